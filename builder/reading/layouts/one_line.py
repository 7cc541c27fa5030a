"""The ends of a page that a tool wrote on one line: menus, title, lead and date above the body, tags and status below it.

On one line, each is known by the site's own words, by the form of a date, or by the title that stands beside the text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple

from builder.lexicon.occupations import is_office_word
from builder.reading.layouts.dates import MONTHS, looks_like_place, read_date_line
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label
from builder.reading.layouts.site import BOX_TITLES, SECTIONS, TAG_LISTS
from schema.text import normal_form

_SHORTEST = 200
"""Characters of a line that may hold a page."""
_HEAD_REACH = 8_000
"""Characters of a line in which its head stands, menus and lead counted."""
_STATUS_REACH = 8_000
"""Characters from the publication status to the end of a text at most: menus may stand below it."""
_TAGS_REACH = 2_000
"""Characters from the first tag, or the box of links above it, to the publication status at most."""
_LONGEST_TITLE = 600
_LONGEST_CLOSING = 130
"""Of the date and place at the end."""
_NEAR = 20
"""Characters before a place that show whether a sentence ends there."""

DATE = re.compile(
    rf"(?:{'|'.join(MONTHS)})\s[0-9]{{1,2}}(?:\s?[–−-]\s?(?:[A-Z][a-z]{{2,8}}\s)?[0-9]{{1,2}})?,\s[12][0-9]{{3}}"
    # The clock may follow with no space between.
    r"(?:(?![0-9])|(?=[0-9]{1,2}:[0-9]{2}(?![0-9])))"
)
_WORD = re.compile(r"\S+")
_FURTHEST_COLON = 300
_NEAR_MOSCOW = re.compile(
    r"\s*[^\W\d_a-z][\w’.-]*(?:\s[^\W\d_a-z][\w’.-]*){0,3},\sMoscow(?:\sRegion)?+(?=\s?[^\W_a-z])"
)
"""Where most events are: `The Kremlin, Moscow`."""
_BELOW_PLACE = re.compile(r"\s(?=[0-9]{1,3}\sof\s[0-9]{1,3}\s|\*(?:\s?\*){2}\s)")
_AFTER_DATE = re.compile(r"(?:,?\s*+(?P<time>[0-9]{1,2}:[0-9]{2})(?![0-9:]))?(?:,\s*(?=[^\W\d_a-z]))?")
_ACCESSIBLE = re.compile(
    r"\s*(?:View\ssettings\s*)?(?:Font\ssize:\s*)?(?:Site\scolours:\s*)?Official\swebsite\sof\sthe\sPresident\sof\sRussia\s*"
    r"(?:[^\W\d_]+(?:\s[^\W\d_]+){0,3}\s*/\s*)?(?=\S)"
)
"""What stands above the title in the accessible version, with the name of the section: `Transcripts /`."""
_SITE_NAME = re.compile(r"(?<!\s)\s*+[•|–—-]\s*(?:Official\s[Ww]ebsite\sof\sthe\s)?President\sof\sRussia\b")
_JOINED_WORDS = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z][^\W\d_A-Z])|(?<=[^\W\d_])(?=[0-9])")
_SECTION = re.compile(rf"\s*(?:{'|'.join(sorted(SECTIONS))})\b\s*")
_ABOVE_TITLE = re.compile(rf"(?:(?:{'|'.join(sorted(SECTIONS))})|/)\s*+$")
_SECTION_ABOVE = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(SECTIONS))})(?=\s*+$)")
_STATUS = re.compile(
    r"(?:Publication\sstatus\s*)?Published\sin\ssections?\s?:|Publication\sstatus\s*(?=Publication\sdate\s?:)"
)
_STATUS_LINES = re.compile(r"Published\sin\ssections?\s?:|Publication\sdate\s?:|Direct\slink\s?:|Text\sversion")
_TAG_LISTS = tuple(re.compile(rf"(?<!\w){name}(?=\s*[^\W\d_a-z])|(?<=[a-z]){name}(?=[A-Z])") for name in TAG_LISTS)
_BOX_TITLE = "|".join(title.replace(" ", r"\s") for title in sorted(BOX_TITLES))
BOX = re.compile(rf"(?<![^\s.!?…>”’\"»)\]*])(?:{_BOX_TITLE})(?=\s*[^\W_a-z])")


@cache
def links() -> re.Pattern[str]:
    """Other pages' titles, each with its date behind it, as a box of links holds them."""
    return re.compile(rf"(?:[^.!?…:]{{3,250}}?|[^!?…:]{{3,100}}?){DATE.pattern}(?:[^.!?…:]{{3,250}}?{DATE.pattern})*")


_BREAKS_TAGS = re.compile(r"(?<!\bSt)(?<![\s.][A-Z])[.!?…][”’\"»)\]]*(?=\s|[^\W\d_a-z])|[:;>]")


class WordsBeside(NamedTuple):
    """What stands beside a text of the words in it."""

    title: str | None = None
    place: str | None = None
    is_dated: bool = False
    """Whether a date stands beside the text too."""


NOTHING_BESIDE = WordsBeside()


class Ends(NamedTuple):
    """A page's lines, parted where its body begins and ends."""

    lines: list[TextLine]
    """Of the head and the body; the words of the head are lines of their own."""
    below: list[TextLine]
    title: str | None
    """The title, if it is one of the lines."""


def part_ends(text: str, lines: Sequence[TextLine], beside: WordsBeside) -> Ends:
    """The lines; what stands above and below the body of a page on one line are lines of their own."""
    body, below = _part_tail(text, lines)
    closing = read_date_line(below[0]) if below else None
    places = tuple(filter(None, (beside.place, closing.place if closing else None)))
    title = None
    if body and _may_hold_page(text, body[0]):
        cuts, title = _head(text, body[0], beside.title, places)
        body[:1] = cut(text, body[0], [body[0].start, *cuts, body[0].end])
    return Ends(body, below, title)


def _may_hold_page(text: str, line: TextLine) -> bool:
    return line.end - line.start > _SHORTEST or bool(_ACCESSIBLE.match(text, line.start, line.end))


def cut(text: str, line: TextLine, places: Sequence[int]) -> Iterator[TextLine]:
    """The line in parts, which begin and end at places of the text."""
    after_blank = line.after_blank
    for start, end in pairwise(places):
        if words := text[start:end].strip():
            at = text.index(words, start)
            yield TextLine(line.number, at, at + len(words), normal_form(words), after_blank)
            after_blank = False


# ---------------------------------------------------------------------------------------------------------------------
# Below the body


def _part_tail(text: str, lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines of head and body, and those below: tags and publication status, or the date that ends the accessible version."""
    if not lines:
        return [], []
    last = lines[-1]
    found = [*_STATUS.finditer(text, max(lines[0].start, last.end - _STATUS_REACH), last.end)]
    if not found:
        start = _closing_date(text, last) if _may_hold_page(text, last) else None
        if start is None:
            return [*lines], []
        return [*lines[:-1], *cut(text, last, [last.start, start])], [*cut(text, last, [start, last.end])]
    status = found[-1]
    index = max(i for i, line in enumerate(lines) if line.start <= status.start())
    start = _above_status(text, lines[index].start, status.start())
    if start == lines[index].start:
        # The lines are the page's own.
        return [*lines], []
    marks = sorted(
        {status.start(), *(match.start() for match in _STATUS_LINES.finditer(text, status.start(), last.end))}
    )
    below = [
        *cut(text, lines[index], [start, *(at for at in marks if start < at < lines[index].end), lines[index].end])
    ]
    for line in lines[index + 1 :]:
        below += cut(text, line, [line.start, *(at for at in marks if line.start < at < line.end), line.end])
    return [*lines[:index], *cut(text, lines[index], [lines[index].start, start])], below


def _above_status(text: str, start: int, status: int) -> int:
    """Where the tags above the publication status begin, or the box of links above these."""
    reach, end = max(start, status - _TAGS_REACH), status
    for pattern in reversed(_TAG_LISTS):
        at = max((match.start() for match in pattern.finditer(text, reach, end)), default=None)
        if at is not None and not _BREAKS_TAGS.search(text, at, end):
            end = at
    for box in BOX.finditer(text, reach, end):
        linked = links().match(text, box.end(), end)
        if not _BREAKS_TAGS.search(text, box.start(), end) or (linked and not text[linked.end() : end].strip()):
            return box.start()
    return end


def _closing_date(text: str, line: TextLine) -> int | None:
    """Where the last words of a line begin, if they are a date, with a place or none, behind a sentence or printed twice."""
    for date in DATE.finditer(text, max(line.start, line.end - _LONGEST_CLOSING), line.end):
        closing = text[date.start() : line.end]
        if not (_ends_sentence(text, line.start, date.start()) or text.find(closing, line.start, date.start()) != -1):
            continue
        if any(map(read_date_line, cut(text, line, [date.start(), line.end]))):
            return date.start()
    return None


def _ends_sentence(text: str, start: int, end: int) -> bool:
    return bool(ENDS_A_SENTENCE.search(text[max(start, end - _NEAR) : end].rstrip()))


# ---------------------------------------------------------------------------------------------------------------------
# Above the body


def _head(text: str, line: TextLine, beside: str | None, places: Sequence[str]) -> tuple[list[int], str | None]:
    """Where to cut a line between menus, title, lead, date, time, place and body; and the title, where it is found."""
    reach = min(line.end, line.start + _HEAD_REACH)
    dates = [date.span() for date in DATE.finditer(text, line.start, reach)]
    titles = list(_titles(text, line.start, reach, beside, dates))
    for (start, end), (date, below) in product(titles, dates):
        if end <= date and (not text[end:date].strip() or _ends_sentence(text, end, date)):
            section = _SECTION_ABOVE.search(text, max(line.start, start - _NEAR), start)
            above = [section.start()] if section else []
            return [*above, start, end, date, *_below_date(text, below, reach, places)], normal_form(text[start:end])
    for start, end in titles:
        # A title with no date, right above the first label.
        if not text[line.start : start].strip() and is_label(
            normal_form(text[end : min(reach, end + _FURTHEST_COLON)])
        ):
            return [end], normal_form(text[start:end])
    return [], None


def _titles(
    text: str, start: int, reach: int, beside: str | None, dates: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where the title may stand, in order."""
    site = _SITE_NAME.search(text, start, min(reach, start + _LONGEST_TITLE))
    if title := beside or (site and text[start : site.start()]):
        words = re.compile(r"\s+".join(map(re.escape, title.split())))
        spans = [match.span() for match in words.finditer(text, start, reach)]
        # The page's name in the browser is its title too, and the lead may repeat it.
        headed = [span for span in spans if _ABOVE_TITLE.search(text, max(start, span[0] - _NEAR), span[0])]
        yield from headed[-1:] or [span for span in spans if not _SITE_NAME.match(text, span[1])][:1]
    elif above := _ACCESSIBLE.match(text, start, reach):
        if dates and dates[0][0] - above.end() <= _LONGEST_TITLE:
            yield above.end(), dates[0][0]
    elif (section := _SECTION.match(text, start, reach)) and dates:
        # Words that are run together show where the title ends.
        joint = _JOINED_WORDS.search(text, section.end(), dates[0][0] + 1)
        if joint and joint.end() - section.end() <= _LONGEST_TITLE:
            yield section.end(), joint.end()


def _below_date(text: str, at: int, reach: int, places: Sequence[str]) -> Iterator[int]:
    """Where to cut behind a date: behind the time, and behind the place, where that is known."""
    behind = _AFTER_DATE.match(text, at, reach)
    if behind is None:
        return
    if behind["time"]:
        if text[behind.start("time") - 1].isdigit():
            yield behind.start("time")
        yield behind.end("time")
    for place in places:
        words = r"\s*" + r"\s+".join(map(re.escape, place.split()))
        if match := re.compile(words).match(text, behind.end(), reach):
            yield match.end()
            return
    yield _end_of_place(text, behind.end(), reach) or _label_below_place(text, behind.end(), reach) or behind.end()


def _end_of_place(text: str, at: int, reach: int) -> int | None:
    """Where a place ends that shows by its own words, or by what follows: a picture's count, a separator, a word run together
    with it."""
    if usual := _NEAR_MOSCOW.match(text, at, reach):
        return usual.end()
    is_joined = text[at : at + 1].isupper()
    mark = (_JOINED_WORDS if is_joined else _BELOW_PLACE).search(text, at, min(reach, at + _FURTHEST_COLON))
    place = normal_form(text[at : mark.start()]) if mark else ""
    return mark.start() if mark and place and looks_like_place(place) else None


def _label_below_place(text: str, at: int, reach: int) -> int | None:
    """Where the first label begins, with an office, if nothing but a place stands before it; None where that does not show."""
    colon = text.find(":", at, min(reach, at + _FURTHEST_COLON))
    for word in _WORD.finditer(text, at, max(at, colon)):
        if is_office_word(word[0]):
            place, label = normal_form(text[at : word.start()]), normal_form(text[word.start() : colon + 1])
            return word.start() if place and looks_like_place(place) and is_label(label) else None
    return None
