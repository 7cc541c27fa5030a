"""Several pages in one text, as mails and forums copy them: parted where every part has a title and a date of its own."""

import os
import re
from collections.abc import Iterator, Sequence

from builder.files import open_regular
from builder.reading.containers.mails import HEAD_BYTES, is_mail
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member
from builder.reading.document import Span
from builder.reading.encodings import decode_text
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.head_fields import FIELD, field_name, is_field
from builder.reading.layouts.lines import ENDS_A_SENTENCE, is_label, split_lines
from builder.reading.layouts.site import BOX_TITLES, as_printed
from builder.reading.limits import MAX_TEXT_CHARS

_MAX_BYTES = 16 * MAX_TEXT_CHARS
"""Of a text that is looked into."""
_QUICK_SIGNS = (
    b"\f",
    b"\n* *",
    b"\n***",
    b"\n---",
    b"\n- -",
    b"\n===",
    b"\n___",
    b"\n###",
    b"\n~~~",
    b"\nFrom",
    b"\nSubject:",
)
"""Without one of these a text has no border. The search for them takes most of the time, so that white space before is none."""
_SITE_SIGNS = ("View settings\n", "\nText version")
_RULE = re.compile(
    r"^[^\S\n]*+((?:\*[^\S\n]?){3,}|-{3,}|={3,}|_{3,}|~{3,}|#{3,}|(?:-[^\S\n]){3,})[^\S\n]*+$", re.MULTILINE
)
"""A line of nothing but one sign."""
_SITE_PAGE = re.compile(r"(?P<first>View settings)\n\s*+Font size:|\nText version(?P<last>)\s*+(?=\S)")
"""Where one of the site's own texts ends or begins, which have a first and a last line."""
_DATE = r"(?:[A-Z][a-z]{2,8} [0-9]{1,2}, ?|[0-9]{1,2} [A-Z][a-z]{2,8},? )[12][0-9]{3}\b"
_DATE_LINE = re.compile(rf"\n[ \t]*+{_DATE}(?=[^\n]{{0,100}}\n\s*+\S)".encode())
"""A date that heads something: a page may print it again at its end."""
_HEAD = re.compile(
    # Below a sentence and a blank line a title, perhaps a lead, and a date.
    r"\n(?<=[.!?…)”’»*]\n)(?:[^\S\n]*+\n)++"
    rf"(?=[A-Z][^\n:]{{5,300}}(?<![.!?;,])\n\s{{0,20}}(?:[^\n]{{20,1000}}\n\s{{0,20}})?{_DATE}[^\n]{{0,100}}\n)"
)
"""Where a page begins without a border."""
_FORM_FEED = re.compile(r"\f")
_MAIL = re.compile(
    # Where a message begins: a mailbox's own line, a forwarded message's, or the first of the lines of its head.
    r"^(?:From \S+ .*[0-9]{4}|-+ ?(?:Original|Forwarded) [Mm]essage ?-+)[^\S\n]*+$"
    r"|(?<=\n\n)(?=(?:From|Subject|Date): .*\n(?:[A-Z][\w-]*: .*\n)+)",
    re.MULTILINE,
)
_MAIL_SIGNS = ("From ", "Message", "message", "Subject:")
_KEY = re.compile(r"(?:[A-Za-z][\w-]{0,30}:(?:\s|$)|- )")
"""A line of front matter: `updated: 2022-01-02`, `- News`."""
_HEAD_LINES = 12
_FURTHEST_DATE = 7
_HEAD_CHARS = 4_000
_LONGEST_TITLE = 400
_MOST_PARTS = 10_000
_LINES_SHOWN = 10


def form_of_text(file: str) -> str | None:
    """Which form of file of many pages a text file seems to be; null for one of one page."""
    data = _data(file)
    if data is None:
        return None
    if data.find(b"\nSubject:", 0, HEAD_BYTES) >= 0 and is_mail(data):
        return "mails"
    text = _decoded(data)
    return "texts" if text is not None and len(_seeming_pages(text)) > 1 else None


class PartedText:
    """A text of several pages."""

    def __init__(self, file: str) -> None:
        self._text = _decoded(_data(file) or b"") or ""

    def members(self) -> Iterator[Member | LeftOut]:
        """Its pages, in their order, counted from 1."""
        parts = _pages(self._text)
        if not parts:
            starts = [_line_of(self._text, start) for start, _ in _seeming_pages(self._text)]
            shown = ", ".join(map(str, starts[:_LINES_SHOWN])) + (" …" if len(starts) > _LINES_SHOWN else "")
            raise ContainerError(
                "one page, or several of which each has its title and date",
                f"pages that seem to begin in the lines {shown}, and parts between them without title and date",
                "part the file, or give each part a title and a date",
                line=starts[1],
            )
        for number, (start, end) in enumerate(parts, start=1):
            yield Member(f"#{number}", (start, end))

    def read(self, member: Member) -> Content:
        """The text of one page."""
        start, end = member.place
        return Content(self._text[start:end].encode("utf-8"))

    def close(self) -> None:
        """Leaves the text."""
        self._text = ""


def _data(file: str) -> bytes | None:
    """A file's bytes; null where they are no text, are too many, or have no sign of a border."""
    try:
        with open_regular(file) as raw:
            if os.fstat(raw.fileno()).st_size > _MAX_BYTES:
                return None
            data = raw.read()
    except OSError:
        return None
    has_border = (
        any(sign in data for sign in _QUICK_SIGNS)
        or any(data.count(sign.encode()) > 1 for sign in _SITE_SIGNS)
        or len(_DATE_LINE.findall(data)) > 1
    )
    return data if has_border and b"\x00" not in data else None


def _decoded(data: bytes) -> str | None:
    try:
        return decode_text(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def _pages(text: str) -> list[Span]:
    """The pages of a text, where borders of one kind part it into such as all have a title and a date; else none."""
    for borders in _borders(text):
        parts = _parts(text, borders)
        if borders and "essage" in text[slice(*borders[0])] and parts and _is_letter(text[slice(*parts[0])]):
            parts = parts[1:]
        if len(parts) > 1 and all(_has_head(text[start:end]) for start, end in parts):
            return parts
    return []


def _seeming_pages(text: str) -> list[Span]:
    """The parts of a text with a title and a date at their top, by the kind of border that gives most of them."""
    return max((_with_heads(text, _parts(text, borders)) for borders in _borders(text)), key=len, default=[])


def _with_heads(text: str, parts: Sequence[Span]) -> list[Span]:
    """Those of some parts that have a title and a date at their top. Most pages with such a line inside have none below it."""
    found = [part for part in parts[1:] if _has_head(text[slice(*part)])]
    return [*parts[:1], *found] if found and _has_head(text[slice(*parts[0])]) else found


def _borders(text: str) -> Iterator[Sequence[Span]]:
    """The borders of each kind in a text."""
    yield _spans(_FORM_FEED, text)
    if any(sign in text for sign in _MAIL_SIGNS):
        yield _spans(_MAIL, text)
    rules: dict[str, list[Span]] = {}
    for match in _RULE.finditer(text):
        rules.setdefault(match[1].strip()[0], []).append(match.span())
    yield from rules.values()
    if any(text.count(sign) > 1 for sign in _SITE_SIGNS):
        found = (match.start("first") if match["first"] else match.end("last") for match in _SITE_PAGE.finditer(text))
        yield [(place, place) for place in found]
    heads = _spans(_HEAD, text)
    # Without a border a page is known by what is said in it too.
    if heads and all(_has_turn(text[slice(*part)]) for part in _parts(text, heads)):
        yield heads


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text)]


def _parts(text: str, borders: Sequence[Span]) -> list[Span]:
    """What stands between the borders, without white space at its ends. The head lines of a page may be fenced by borders too."""
    if not borders or len(borders) > _MOST_PARTS:
        return []
    starts, ends = [0, *(end for _, end in borders)], [*(start for start, _ in borders), len(text)]
    parts: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        if words := text[start:end].strip():
            begin = start + text[start:end].index(words)
            parts.append((begin, begin + len(words)))
    joined: list[Span] = []
    for part in parts:
        if joined and (_is_fields(text[slice(*joined[-1])]) or _is_front_matter(text, *joined[-1])):
            joined[-1] = (joined[-1][0], part[1])
        else:
            joined.append(part)
    return joined


def _is_fields(part: str) -> bool:
    """Whether a part is head lines alone: `title: …`, `date: …`."""
    lines = split_lines(part)
    return len(lines) <= _HEAD_LINES and all(map(is_field, lines))


def _is_front_matter(text: str, start: int, end: int) -> bool:
    """Whether a part is what tools write above a page between two lines of dashes: keys, and values over several lines."""
    lines = split_lines(text[start:end])
    if not text[:start].rstrip().endswith("---") or not any(map(is_field, lines)):
        return False
    return all(
        _KEY.match(line.text) or text[start + line.start - 1 : start + line.start] in (" ", "\t") for line in lines
    )


def _has_head(part: str) -> bool:
    """Whether a part has a title and a date at its top, above the first turn."""
    first = part[:_LONGEST_TITLE].partition("\n")[0].rstrip()
    if ":" not in first and ENDS_A_SENTENCE.search(first):
        return False
    lines = split_lines(part[:_HEAD_CHARS])[:_HEAD_LINES]
    fields = {field_name(match["key"]) for line in lines if (match := FIELD.fullmatch(line.text)) and match["key"]}
    if {"title", "date"} <= fields:
        return True
    if not lines or len(lines[0].text) > _LONGEST_TITLE or ENDS_A_SENTENCE.search(lines[0].text):
        return False
    for index, line in enumerate(lines[: _FURTHEST_DATE + 1]):
        if line.text.startswith((":", "(")) or (is_label(line.text) and not is_field(line)):
            return False
        if as_printed(line.text) in BOX_TITLES:
            return False
        if read_date_line(line):
            # A part that ends with a date has none at its top.
            return ("title" in fields or index > 0) and index + 1 < len(lines)
    return False


def _has_turn(part: str) -> bool:
    return any(is_label(line.text) and not is_field(line) for line in split_lines(part))


def _is_letter(part: str) -> bool:
    """Whether a part is the head of a message and some words to go with the messages below it."""
    lines = split_lines(part[:_HEAD_CHARS])
    return bool(lines) and is_field(lines[0]) and not _has_turn(part)


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
