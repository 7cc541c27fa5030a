"""Lines of a text, and what the site's text layouts have in common: a head of title, lead, date, time and place."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.errors import DataError, Problem, quote
from builder.lexicon.labels import names_speaker, read_label
from builder.reading.document import LAYOUT_BREAK, Block, BlockKind, Source
from builder.reading.layouts.site import BOX_TITLES
from schema.text import join_paragraphs, normal_form


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line that is not blank, without the white space around it."""

    number: int
    """Counted from 1."""
    start: int
    end: int
    text: str
    """In normal form."""
    after_blank: bool
    """Whether a blank line stands before it."""


def split_lines(text: str) -> list[TextLine]:
    """The lines of a text that are not blank. Offsets count code points."""
    lines, position, after_blank = [], 0, True
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            lines.append(TextLine(number, start, start + len(stripped), normal_form(stripped), after_blank))
        after_blank = not stripped
        position += len(raw) + 1
    return lines


@dataclass(frozen=True)
class SourceLines:
    """A source and its lines, which are split when a layout first asks for them."""

    source: Source

    @cached_property
    def lines(self) -> list[TextLine]:
        return split_lines(self.source.text)


def block(kind: BlockKind, line: TextLine) -> Block:
    return Block(kind, line.start, line.end)


# ---------------------------------------------------------------------------------------------------------------------
# Lines that a layout broke after a link

_OPENS_WITH_PUNCTUATION = re.compile(r"(?!\.\.)[,.;:!?)\]’%]|”(?!\w)")
_OPENS_WITH_NOTE = re.compile(r"\([^()]{1,100}\) ?:")
HEADING = re.compile(
    r"(?:Beginning|Excerpts?|(?:Full )?[Tt]ranscript|Speech|Opening|Introductory|Closing|Concluding|Remarks|"
    r"(?:Press )?[Ss]tatements?|Interview|Answers?|Replies|Address|(?:Press|News) conference|Meeting|Talks|Conversation)\b"
)
ENDS_A_SENTENCE = re.compile(r"[.!?…:;>][”\"’»)\]]*$|\*$")


def is_label(text: str) -> bool:
    """Whether a text begins with a speaker's label."""
    label = read_label(text)
    return label is not None and names_speaker(label)


def _goes_on_from_label(line: TextLine) -> bool:
    """Whether a line begins as what follows a speaker's name does: `: Thank you`, `(retranslated): …`."""
    return line.text.startswith(":") or bool(_OPENS_WITH_NOTE.match(line.text))


def is_cut_label(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line is a speaker's name and the next goes on from it: a label that a layout cut."""
    if index + 1 == len(lines) or not _goes_on_from_label(lines[index + 1]):
        return False
    return is_label(lines[index].text + ":")


def continues(before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the sentence of the line before, so that the break is the layout's.

    The main site's text breaks the line after every link: ``Nursultan Nazarbayev`` / ``: Thank you``,
    ``Narendra Modi`` / ``(retranslated): …``, ``talks with Alexander Lukashenko`` / ``in narrow format``.
    """
    if _goes_on_from_label(line):
        return not ENDS_A_SENTENCE.search(before.text)
    if line.after_blank:
        return False
    if _OPENS_WITH_PUNCTUATION.match(line.text):
        return True
    return line.text[0].islower() and not ENDS_A_SENTENCE.search(before.text)


def paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, ...]]:
    """Groups lines into paragraphs: every line is one, unless it continues the line before."""
    group: list[TextLine] = []
    for line in lines:
        if group and not continues(group[-1], line):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)


def without_layout_breaks(paragraph: str) -> str:
    """A paragraph without the line breaks that a layout put before punctuation."""
    return LAYOUT_BREAK.sub("", paragraph)


def paragraph_blocks(kind: BlockKind, lines: Sequence[TextLine]) -> list[Block]:
    return [Block(kind, group[0].start, group[-1].end) for group in paragraphs(lines)]


# ---------------------------------------------------------------------------------------------------------------------
# Date, time, place

MONTHS = "January February March April May June July August September October November December".split()
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
# One day, or the first of several: `June 13 − 14, 2019`, `June 30 − July 1, 2019`.
_DATE = re.compile(
    rf"(?P<announcement>Announcement, )?(?P<date>{_MONTH} (?P<day>[0-9]{{1,2}})"
    rf"(?: ?[-–—−] ?(?:(?:{'|'.join(MONTHS)}) )?[0-9]{{1,2}})?,? (?P<year>[0-9]{{4}}))(?![0-9])"
)
_TIME = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?![0-9:])")
_PLACE_WORDS = frozenset("a an and at by de du for in near of off on s the upon board".split())
_LONGEST_PLACE = 100


@dataclass(frozen=True, slots=True)
class HeadDate:
    """A date line: `June 30, 2021`, `April 3, 2019, The Kremlin, Moscow`, `May 1, 2020, 15:30, Sochi`."""

    line: TextLine
    date: dt.date
    time: dt.time | None
    place: str | None
    blocks: tuple[Block, ...]


class _ImpossibleDateError(ValueError):
    """A date line that names a day or a time that does not exist."""


def read_when(line: TextLine, source_text: str) -> HeadDate | None:
    """Reads a date line; None where the line is none, or names a day or time that does not exist."""
    try:
        return _read_when(line, source_text)
    except _ImpossibleDateError:
        return None


def _read_when(line: TextLine, source_text: str) -> HeadDate | None:
    # Normal form has one space for any white space; apart from that, a stripped line has the same length.
    single = re.sub(r"\s", " ", source_text[line.start : line.end])
    match = _DATE.match(single)
    if not match:
        return None
    blocks = [Block("date", line.start, line.start + match.end())]
    time, position = None, match.end()
    if (clock := re.compile(r", *").match(single, position)) and (t := _TIME.match(single, clock.end())):
        time = _time(t)
        blocks[-1] = Block("date", line.start, line.start + match.end() + 1)
        blocks.append(Block("time", line.start + t.start(), line.start + t.end()))
        position = t.end()
    rest = single[position:]
    place = None
    if rest.strip():
        place = normal_form(rest.removeprefix(","))
        if not rest.startswith(",") or not looks_like_place(place):
            return None
        last = blocks[-1]
        blocks[-1] = Block(last.kind, last.start, last.end + 1)
        blocks.append(Block("place", line.end - len(rest.removeprefix(",").lstrip()), line.end))
    try:
        date = dt.date(int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        raise _ImpossibleDateError(match["date"]) from None
    return HeadDate(line, date, time, place, tuple(blocks))


def looks_like_place(text: str) -> bool:
    """Whether a line of a head can be a place: short, in capitals but for small words, not a sentence."""
    if len(text) > _LONGEST_PLACE or re.search(r"[:*<>!?]|[^.)]\.$", text) or re.match(r"[0-9]+ of [0-9]+$", text):
        return False
    words = re.findall(r"[^\W_][\w’'-]*", text)
    return bool(words) and not words[0][0].islower() and all(not w[0].islower() or w in _PLACE_WORDS for w in words)


def read_clock(text: str) -> dt.time | None:
    """The time of day that a text is; None where it is none."""
    match = _TIME.fullmatch(normal_form(text))
    try:
        return _time(match) if match else None
    except _ImpossibleDateError:
        return None


def _time(match: re.Match[str]) -> dt.time:
    try:
        return dt.time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        raise _ImpossibleDateError(match[0]) from None


# ---------------------------------------------------------------------------------------------------------------------
# Head

_TEXTUAL_HEADING = re.compile(
    r"(?:Beginning|Excerpts?|Transcript|Speech|Opening|Introductory|Remarks|Statements?|Interview|Answers?|Address)\b"
)


_LONGEST_HEAD = 40
"""Lines that may stand from the title to the date."""


@dataclass(frozen=True, slots=True)
class Head:
    """The part above the body: title, lead, date, time and place, on one line or several."""

    title: str
    lead: str | None
    when: HeadDate
    time: dt.time | None
    place: str | None
    blocks: tuple[Block, ...]
    line_count: int
    """How many of the lines given belong to it."""


def read_head_date(line: TextLine, text: str, path: str) -> HeadDate | None:
    """Reads a line that may be the page's date; None where it is none. Raises `DataError` for an impossible date."""
    try:
        return _read_when(line, text)
    except _ImpossibleDateError as error:
        raise _impossible("a day and time that exist", error, line, path) from None


def read_head(text: str, lines: Sequence[TextLine], path: str) -> Head:
    """Reads the head that begins with the first of these lines. Raises `DataError` where title or date are wrong."""
    index, when = _find_date(text, lines, path)
    title = lines[0]
    lead_blocks = paragraph_blocks("lead", lines[1:index])
    blocks = [block("title", title), *lead_blocks, *when.blocks]
    time, place, count = when.time, when.place, index + 1
    if time is None and place is None and count < len(lines):
        time = _read_time(lines[count], path)
        if time is not None:
            blocks.append(block("time", lines[count]))
            count += 1
    if place is None and count < len(lines):
        line = lines[count]
        is_label = is_cut_label(lines, count)
        if looks_like_place(line.text) and not _TEXTUAL_HEADING.match(line.text) and not is_label:
            place = line.text
            blocks.append(block("place", line))
            count += 1
    lead = join_paragraphs(without_layout_breaks(text[b.start : b.end]) for b in lead_blocks) or None
    return Head(title.text, lead, when, time, place, tuple(blocks), count)


def _find_date(text: str, lines: Sequence[TextLine], path: str) -> tuple[int, HeadDate]:
    """The index of the date line below the title, and what it says. Raises `DataError` where either is missing."""
    first = lines[0].number if lines else text.rstrip().count("\n") + 1
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.text in BOX_TITLES or is_label(line.text):
            break
        if when := read_head_date(line, text, path):
            if index and re.search(r"[^\W_]", lines[0].text):
                return index, when
            found = quote(lines[0].text) if index else f"the date line {quote(line.text)}"
            advice = "add the line with the page's title"
            raise DataError([Problem(path, "the title above the date", found, advice, line=first, code="no-title")])
    title = quote(lines[0].text) if lines else "the end of the text"
    expected = 'a date line such as "April 3, 2019" or "April 3, 2019, The Kremlin, Moscow" under the title'
    advice = "add the line with the date of the event"
    raise DataError([Problem(path, expected, f"none below {title}", advice, line=first, code="no-date")])


def _read_time(line: TextLine, path: str) -> dt.time | None:
    """The time that a line is; None where it is none. Raises `DataError` for an impossible one."""
    try:
        clock = _TIME.fullmatch(line.text)
        return _time(clock) if clock else None
    except _ImpossibleDateError as error:
        raise _impossible("a time that exists", error, line, path) from None


def _impossible(expected: str, error: _ImpossibleDateError, line: TextLine, path: str) -> DataError:
    return DataError(
        [Problem(path, expected, quote(str(error)), "correct it", line=line.number, code="impossible-date")]
    )
