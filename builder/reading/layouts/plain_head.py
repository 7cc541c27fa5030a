"""The head of a page as plain text: what a tool wrote above it (`title: …`), then title, lead, date, time and place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.lexicon.label_words import is_voice
from builder.lexicon.occupations import is_office_word
from builder.reading.document import Block, BlockKind
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.captions import is_credit, long_words
from builder.reading.layouts.dates import DateLine, looks_like_place, read_clock, read_date_line
from builder.reading.layouts.head_fields import FIELD, field_name, is_field
from builder.reading.layouts.heads import breaks_a_title, is_place_line
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label, without_layout_breaks
from builder.reading.layouts.plain_page import PageText, is_furniture, line_blocks
from builder.reading.layouts.site import BOX_TITLES, as_printed, begins_status, is_section_heading
from builder.reading.layouts.wrapped import breaks_a_sentence, joined
from schema.events import own_address
from schema.text import join_paragraphs, normal_form

_FURTHEST_DATE = 40
"""Lines from the title to the date at most."""
_NEAR_DATE = 3
"""Lines from a title without a lead to its date at most."""
_RUNS_ON = re.compile(r"[.,:;]$")
_LONGEST_TITLE = 600
_LONGEST_MENU_ITEM = 20
_LONGEST_END = 8
"""Lines at the end of a page among which title and date may stand."""

_SITE_NAME = re.compile(
    r"(?<!\s)\s*+[•|·–—-]\s*+(?:(?:Official [Ww]ebsite of the )?President of Russia|Kremlin(?:\.ru)?)$"
)
_KREMLIN = re.compile(r"https?://(?:[\w-]+\.)*kremlin\.ru/\S*")
_OF_MAIL = re.compile(r"^(?:From|Subject|Sent|To): ", re.MULTILINE)
_MAIL_REACH = 1_000
_FIELD_SIGN = re.compile("[:=]")
_BLOCK_SIGN = re.compile(r"(?:[^\S\n]*[>|][+-]?(?=\s))?")
"""What YAML writes before a text of several lines: `title: >-`."""
_LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"\S(?:.*\S)?", re.DOTALL)


@dataclass
class PlainHead:
    """What stands above the body, as far as it is found."""

    title: str | None = None
    when: DateLine | None = None
    lead: str | None = None
    url: str | None = None
    end: int = 0
    """The index of the first line of the body."""
    blocks: list[Block] = field(default_factory=list)
    fields: dict[str, TextLine] = field(default_factory=dict)


def read_head(page: PageText) -> PlainHead:
    """Reads head lines, then the page's own head below them."""
    head = PlainHead()
    start = _read_fields(page, head)
    date_at = _find_date(page, start)
    if date_at is not None and _is_announced(page, date_at):
        _read_announced(page, head, start, date_at)
    else:
        _read_printed(page, head, start, date_at)
    _take_fields(page, head)
    if head.title is None and head.when is None:
        _read_at_end(page, head)
    return head


def _read_at_end(page: PageText, head: PlainHead) -> None:
    """Reads title, address and date that stand below the body: the last lines but for menus, the title above the others."""
    lines = page.lines
    below = range(max(0, len(lines) - _LONGEST_END), len(lines))
    date_at = next((index for index in reversed(below) if read_date_line(lines[index])), None)
    if date_at is None or not all(map(_may_stand_below, lines[date_at + 1 :])):
        return
    if any(begins_status(lines[index].text) for index in below):
        return
    above = (i for i in range(date_at - 1, below[0] - 1, -1) if not is_furniture(lines[i].text))
    title_at = next(above, None)
    if title_at is None or not _can_be_title(lines[title_at]) or ENDS_A_SENTENCE.search(lines[title_at].text):
        return
    if _contradicts(page, title_at, date_at):
        return
    head.when = read_date_line(lines[date_at])
    _take_title(page, head, lines[title_at])
    others = [*lines[title_at + 1 : date_at], *lines[date_at + 1 :]]
    address = next((own_address(line.text) for line in others if _KREMLIN.fullmatch(own_address(line.text))), None)
    head.url = head.url or address
    head.blocks += line_blocks("date", [lines[date_at]]) + line_blocks("furniture", others)
    page.lines = lines[:title_at]


def _may_stand_below(line: TextLine) -> bool:
    return is_furniture(line.text) or not (ENDS_A_SENTENCE.search(line.text) or is_label(line.text))


def _read_printed(page: PageText, head: PlainHead, start: int, date_at: int | None) -> None:
    """Reads the head that a page prints: title, lead, date, time and place, as far as they stand there."""
    lines = page.lines
    title_at = _find_title(page, head, start, date_at)
    if date_at is not None and title_at is not None and _contradicts(page, title_at, date_at):
        title_at = date_at = None
    if date_at is not None and title_at is not None and date_at > title_at + _FURTHEST_DATE:
        date_at = None
    end = start
    if title_at is not None:
        end = title_at + 1
        while (
            not page.title
            and end < (date_at if date_at is not None else 0)
            and breaks_a_title(lines[end - 1], lines[end])
        ):
            end += 1
        _take_title(page, head, lines[title_at]._replace(end=lines[end - 1].end))
    if date_at is not None:
        if title_at is not None:
            _take_lead(page, head, lines[end:date_at])
        end = max(end, _take_date(page, head, date_at, title_at))
        if title_at is not None and title_at > date_at and end < len(lines):
            end = _take_place(page, head, end)
    covered = [block for block in head.blocks if block.kind != "furniture"]
    rest = [line for line in lines[start:end] if not any(b.start <= line.start < b.end for b in covered)]
    head.blocks += line_blocks("furniture", rest)
    head.end = end


def _contradicts(page: PageText, title_at: int, date_at: int) -> bool:
    """Whether lines are no head, though they look like a title and a date: title and date stand beside the text; the line is a
    sentence, or is far from the date and shares few words with that title; and the date stands alone."""
    if not (page.beside.title and page.beside.is_dated) or page.title:
        return False
    title, when = page.lines[title_at], read_date_line(page.lines[date_at])
    below = page.lines[date_at + 1 : date_at + 2]
    if when is None or when.time or when.place or any(read_clock(line.text) for line in below):
        return False
    if _RUNS_ON.search(title.text):
        return title.text != normal_form(page.beside.title)
    words, beside = long_words(title.text), long_words(page.beside.title)
    return date_at - title_at > _NEAR_DATE and 2 * len(words & beside) < max(len(words), len(beside))


def _read_fields(page: PageText, head: PlainHead) -> int:
    """Reads `title: …`, `date: …`, `url: …` at the top; returns the index of the line after them."""
    below = 0
    for index, line in enumerate(page.lines):
        if index < below:
            continue
        match = FIELD.fullmatch(line.text)
        name = "url" if match and match["bare"] else field_name(match["key"]) if match else None
        if match and name:
            whole, below = _whole_field(page, index)
            value = (
                None if name in ("other", "text") or name in head.fields else _value(page, whole, bool(match["bare"]))
            )
            if value:
                head.fields[name] = value
                around = ((whole.start, value.start), (value.end, whole.end))
                head.blocks += [Block("furniture", start, end) for start, end in around if start < end]
            else:
                head.blocks += line_blocks("furniture", page.lines[index:below])
            continue
        if index and _continues_title(page, head, index):
            title = head.fields["title"]
            head.fields["title"] = title._replace(end=line.end, text=f"{title.text} {line.text}")
            continue
        if not index or line.after_blank or not line.text.startswith(("- ", "[", '"')):
            return index
        head.blocks += line_blocks("furniture", [line])
    return len(page.lines)


def _whole_field(page: PageText, index: int) -> tuple[TextLine, int]:
    """A head line with the lines that go on with its value, which are indented, and the index of the line below them."""
    end = index + 1
    while end < len(page.lines) and _is_indented(page, page.lines[end]):
        end += 1
    return joined(page.text, page.lines[index], page.lines[end - 1]) if end > index + 1 else page.lines[index], end


def _is_indented(page: PageText, line: TextLine) -> bool:
    """Whether a line goes on with the value of the head line above it: it is indented, and no item of a list."""
    return page.text[line.start - 1 : line.start] in (" ", "\t") and not (
        line.after_blank or line.text.startswith("- ")
    )


def _continues_title(page: PageText, head: PlainHead, index: int) -> bool:
    """Whether a line goes on with the title in the head line above it: it stands between two head lines."""
    before, line, following = page.lines[index - 1], page.lines[index], page.lines[index + 1 : index + 2]
    title = head.fields.get("title")
    if title is None or title.end != before.end or line.after_blank or line.text == title.text:
        return False
    return breaks_a_title(before, line) or any(is_field(below) and not below.after_blank for below in following)


def _value(page: PageText, line: TextLine, is_bare: bool) -> TextLine | None:
    """The part of a head line that is its value, without quotation marks; None where there is none."""
    sign = None if is_bare else _FIELD_SIGN.search(page.text, line.start)
    words = _VALUE.search(page.text, _BLOCK_SIGN.match(page.text, sign.end()).end() if sign else line.start, line.end)  # type: ignore[union-attr]  # matches all
    if not words:
        return None
    start, end = words.span()
    if end - start > 2 and _is_in_quotation_marks(words[0]):
        bare = words[0][1:-1].strip()
        start = page.text.index(bare, start + 1)
        end = start + len(bare)
    return line._replace(start=start, end=end, text=normal_form(page.text[start:end]))


def _is_in_quotation_marks(value: str) -> bool:
    """Whether a tool put a value in quotation marks: `"Meeting on "Zenda""`, but not `Meeting on "Zenda"` or `"A" and "B"`."""
    sign, within = value[0], value[1:-1]
    if sign not in "\"'" or value[-1] != sign or not within.strip():
        return False
    first = within.find(sign)
    return first == -1 or (first < len(within) - 1 and within[first - 1 : first] in ("", " ", "\\"))


def _is_mail(page: PageText) -> bool:
    """Whether the head lines are those of a message, whose subject is not always the title of the page in it."""
    return len(_OF_MAIL.findall(page.text, 0, _MAIL_REACH)) > 1


def _take_fields(page: PageText, head: PlainHead) -> None:
    """Takes from the head lines what the page's own head does not say."""
    # In the order of their names: the date comes before the place and the time, which need it.
    for name, value in sorted(head.fields.items()):
        kind: BlockKind = "furniture"
        if name == "title" and head.title is None:
            _take_title(page, head, value)
            continue
        if name == "date" and head.when is None:
            kind, head.when = "date", read_date_line(value)
            # A message says when it was sent, which is no time of an event.
            if head.when and _is_mail(page):
                head.when = replace(head.when, time=None)
        elif name == "lead" and head.lead is None:
            kind, head.lead = "lead", value.text
        elif name == "url" and _KREMLIN.fullmatch(own_address(value.text)):
            head.url = own_address(value.text)
        elif head.when and name == "time" and head.when.time is None and (clock := read_clock(value.text)):
            kind, head.when = "time", replace(head.when, time=clock)
        elif head.when and name == "place" and head.when.place is None and looks_like_place(value.text):
            kind, head.when = "place", replace(head.when, place=value.text)
        head.blocks.append(Block(kind, value.start, value.end))


def _is_announced(page: PageText, date_at: int) -> bool:
    """Whether a date heads an announcement: above the section's name and the title."""
    return date_at + 2 < len(page.lines) and is_section_heading(page.lines[date_at + 1].text)


def _read_announced(page: PageText, head: PlainHead, start: int, date_at: int) -> None:
    """Reads an announcement's head: the day of the event above the title, the day of publication below it."""
    lines, title_at = page.lines, date_at + 2
    head.blocks += line_blocks("furniture", lines[start:date_at]) + line_blocks("section", [lines[date_at + 1]])
    head.blocks += line_blocks("date", [lines[date_at]])
    _take_title(page, head, lines[title_at])
    head.when, head.end = read_date_line(lines[date_at]), title_at + 1
    published_at = _find_date(page, title_at + 1)
    if published_at is not None and published_at <= title_at + _FURTHEST_DATE:
        lead = lines[title_at + 1 : published_at]
        head.lead = join_paragraphs(line.text for line in lead) or None
        head.end = published_at + 1
        if head.end < len(lines) and read_clock(lines[head.end].text):
            head.end += 1
        head.blocks += line_blocks("lead", lead) + line_blocks("status", lines[published_at : head.end])


def _find_date(page: PageText, start: int) -> int | None:
    """The index of the first line that is a date, above the first turn; not one in a box of links."""
    for index, line in enumerate(page.lines[start:], start=start):
        if is_label(line.text) or begins_status(line.text):
            return None
        if read_date_line(line) and not any(
            as_printed(above.text) in BOX_TITLES for above in page.lines[max(0, index - 2) : index]
        ):
            return index
    return None


def _find_title(page: PageText, head: PlainHead, start: int, date_at: int | None) -> int | None:
    """The index of the line that is the page's title, or prints it again below its head lines."""
    lines = page.lines
    above = range(start, min(len(lines), start + 400) if date_at is None else date_at)
    known = head.fields["title"].text if "title" in head.fields else page.title
    if known is None and start < len(lines) and _SITE_NAME.search(lines[start].text):
        known = _SITE_NAME.sub("", lines[start].text)
    if known:
        bare = _SITE_NAME.sub("", known)
        again = [i for i in above if _SITE_NAME.sub("", lines[i].text) == bare]
        is_own = page.title or ("title" in head.fields and not (date_at is not None and _is_mail(page)))
        if again or is_own:
            return again[-1] if again else None
    marked = [i for i in above if lines[i].start in page.headings]
    below = [i + 1 for i in above[:-1] if is_section_heading(lines[i].text)]
    first: Sequence[int] = [i for i in above if not is_furniture(lines[i].text) and _LETTER.search(lines[i].text)]
    if date_at is not None and not first:
        first = range(date_at + 1, len(lines))
    for candidate in (*marked[-1:], *below[-1:], *_below_menu(lines, first), *first[:1]):
        if _can_be_title(lines[candidate]):
            return candidate
    return None


def _below_menu(lines: Sequence[TextLine], above: Sequence[int]) -> Iterator[int]:
    """The line that can be a title below a word or two that may be a menu's: of the next few, the first of four words."""
    if above and len(lines[above[0]].text) < _LONGEST_MENU_ITEM and not BEGINS_LIKE_HEADING.match(lines[above[0]].text):
        yield from (
            index
            for index in above[1:4]
            if len(lines[index].text.split()) > 3 and not ENDS_A_SENTENCE.search(lines[index].text)
        )


def _can_be_title(line: TextLine) -> bool:
    if len(line.text) > _LONGEST_TITLE or is_furniture(line.text) or not _LETTER.search(line.text):
        return False
    return not is_label(line.text)


def _take_title(page: PageText, head: PlainHead, line: TextLine) -> None:
    suffix = _SITE_NAME.search(page.text[line.start : line.end])
    end = line.start + suffix.start() if suffix else line.end
    head.title = normal_form(without_layout_breaks(page.text[line.start : end]))
    head.blocks.append(Block("title", line.start, end))
    if suffix:
        head.blocks.append(Block("furniture", end, line.end))


def _take_lead(page: PageText, head: PlainHead, lines: Sequence[TextLine]) -> None:
    """What stands between title and date: the lead, where it is a sentence."""
    is_parted = bool(lines) and lines[0].after_blank
    paragraphs: list[TextLine] = []
    for line in lines:
        before = paragraphs[-1] if paragraphs and not is_furniture(paragraphs[-1].text) else None
        if before and ((is_parted and not line.after_blank) or breaks_a_sentence(before, line)):
            paragraphs[-1] = joined(page.text, before, line)
        else:
            paragraphs.append(line)
    lead = [line for line in paragraphs if ENDS_A_SENTENCE.search(line.text) and not is_furniture(line.text)]
    head.lead = join_paragraphs(line.text for line in lead) or None
    head.blocks += line_blocks("lead", lead)


def _take_date(page: PageText, head: PlainHead, index: int, title_at: int | None) -> int:
    """Takes the date line, and the lines of time and place below it; returns the index of the line after them."""
    # Where nothing but menus stands above the date, the title is the line below it, whatever else that looks like.
    lines = page.lines[:title_at] if title_at == index + 1 else page.lines
    when = read_date_line(lines[index])
    if when is None:
        return index
    head.blocks += line_blocks("date", [lines[index]])
    index += 1
    if index < len(lines) and when.time is None and (clock := read_clock(lines[index].text)):
        when = replace(when, time=clock)
        head.blocks += line_blocks("time", [lines[index]])
        index += 1
    head.when = when
    return _take_place(page, head, index) if index < len(lines) else index


def _take_place(page: PageText, head: PlainHead, index: int) -> int:
    """Takes a line below the date that is the place, where the date has none; returns the index of the line after it."""
    if head.when is None or head.when.place is not None or not _is_place(page, head, index):
        return index
    head.when = replace(head.when, place=page.lines[index].text)
    head.blocks += line_blocks("place", [page.lines[index]])
    return index + 1


def _is_place(page: PageText, head: PlainHead, index: int) -> bool:
    """Whether a line below the date is the place."""
    line = page.lines[index]
    subject = " ".join(filter(None, (head.title, head.lead)))
    if (
        not is_place_line(page.lines, index, subject)
        or is_furniture(line.text)
        or is_credit(line.text)
        or as_printed(line.text) in BOX_TITLES
    ):
        return False
    # A label may be broken after a word of the office or after the name; a place has neither.
    if is_voice(line.text) or any(map(is_office_word, line.text.split())):
        return False
    return index + 1 == len(page.lines) or not page.lines[index + 1].text.startswith((":", "("))
