"""Lines that a tool broke at a fixed column, and the lines of the page that they make up."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from builder.lexicon.labels import names_speaker, read_label
from builder.reading.document import DIRECTION, ELISION, SEPARATOR
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine
from schema.text import normal_form

_FIRST_WORDS = re.compile(r"(?:[\w’']{1,3}[ \xa0]){0,8}\S+")
_FIRST_WORD = re.compile(r"\S+")
_NARROWEST, _WIDEST = 30, 140
_LAST_FIELD = 40
"""The last line, counted from 1, that can be a head line."""
HEADING = re.compile(
    r"(?:Beginning|Excerpts?|(?:Full )?[Tt]ranscript|Speech|Opening|Introductory|Closing|Concluding|Remarks|"
    r"(?:Press )?[Ss]tatements?|Interview|Answers?|Replies|Address|(?:Press|News) conference|Meeting|Talks|Conversation)\b"
)
OWN_LINE = re.compile(rf"{SEPARATOR.pattern}|{ELISION.pattern}|{DIRECTION.pattern}[.…]?")
"""What is a paragraph of its own: a separator, an elision, a direction."""

_FIELDS = {
    "title": "title headline heading name subject",
    "date": "date published pubdate publishdate publicationdate publisheddate datepublished datetime day eventdate "
    "publishedon publishedat postdate posted postedon created",
    "time": "time eventtime",
    "place": "place location venue where",
    "url": "url source link canonical canonicalurl address permalink sourceurl uri href originalurl webpage from",
    "lead": "lead summary description excerpt abstract subtitle",
    "other": "author authors byline by sitename site hostname host website publisher domain categories category tags tag "
    "keywords fingerprint license licence id eventid identifier section sections language lang type image images comments "
    "pagetype filedate modified updated lastmodified accessed retrieved crawled fetched downloaded saved format "
    "extractor encoding charset words wordcount length hash sha256 draft layout country",
}
_FIELD_OF = {key: name for name, keys in _FIELDS.items() for key in keys.split()}
FIELD = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,24}?) ?(?::|=|\t)(?![^\s]*//) ?(?P<value>.*)|(?P<bare>https?://\S+)")


def unwrap(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; those that a tool broke at a fixed column are joined."""
    width = _width(text, lines)
    if width is None:
        return list(lines)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _is_wrapped(text, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(text, group[0], group[-1]) for group in groups]


def _joined(text: str, first: TextLine, last: TextLine) -> TextLine:
    words = normal_form(text[first.start : last.end])
    return TextLine(first.number, first.start, last.end, words, first.after_blank)


_RUN_TOGETHER = re.compile(
    # Where a paragraph ends and the next begins with no space between: `Strelsau.Thank you`, `friends,It is`, `* * *Talks`.
    r"(?<=[^\W_]{2}[.!?…:;,])(?=[“«‘(\[]?[^\W\d_a-z](?:[^\W\d_A-Z]|[’'\s]))"
    r"|(?<=[\w)][.!?…][”’)\]])(?=[“«‘(\[]?[^\W\d_a-z])|(?<=\w[)”’][.!?…])(?=[^\W\d_a-z][^\W\d_A-Z])"
    r"|(?<=[^\W_]{2}[.!?…])(?=\* ?\*)|(?<=\* \*)(?=[^\s*])"
    r"|(?<=[.!?…:,;”)\w])(?=<[…])|(?<=[…]>)(?=\S)"
)
_JOINED_WORDS = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z][^\W\d_A-Z])")
_WIDE_SPACE = re.compile(r"[^\S\n]{2,}")
_AFTER_SENTENCE = re.compile(r"(?<=[^\W_]{2}[.!?…])\s|(?<=\w[)”’][.!?…])\s|(?<=[.!?…][”’)\]])\s|(?<=…>)\s|(?<=\* \*)\s")
_BEFORE_OFFICE = re.compile(r"(?<![Vv]ice )(?<!Deputy )(?<=\w)\s?(?=President of\s)")
_LONGEST_LABEL = 300
_FEWEST_WIDE = 10


def split_paragraphs(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; those in which a tool ran paragraphs together are split."""
    junctions = sum(1 for line in lines for _ in _RUN_TOGETHER.finditer(line.text))
    is_run_together = junctions >= 2 and junctions > sum(bool(ENDS_A_SENTENCE.search(line.text)) for line in lines)
    if not is_run_together and not _is_flat(text, lines):
        return list(lines)
    return [segment for line, after in zip_longest(lines, lines[1:]) for segment in _parts(text, line, after)]


def _is_flat(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a tool wrote the paragraphs on one line: most labels stand within lines, or wide spaces separate what it wrote."""
    wide = sum(
        len(_WIDE_SPACE.findall(text, line.start, line.end)) for line in lines if len(line.text) > _LONGEST_LABEL
    )
    if wide > max(_FEWEST_WIDE, len(lines)):
        return True
    within = sum(
        1 for line in lines if len(line.text) > _LONGEST_LABEL for _ in _labels_within(text, line.start, line.end)
    )
    return bool(within) and within > sum(is_label(line.text) for line in lines)


def _parts(text: str, line: TextLine, after: TextLine | None) -> Iterator[TextLine]:
    """A line's paragraphs. It is split between two sentences without a space, at a wide space, and before a label."""
    patterns = (_RUN_TOGETHER, _WIDE_SPACE)
    cuts = {match.end() for pattern in patterns for match in pattern.finditer(text, line.start, line.end)}
    after_blank = line.after_blank
    # A label may go on in the next line.
    colon = (
        text.find(":", after.start, min(after.end, after.start + _LONGEST_LABEL))
        if after and not after.after_blank
        else -1
    )
    for start, end in pairwise(sorted({line.start, *cuts, line.end})):
        reach = colon + 1 if end == line.end and colon != -1 else end
        for a, b in pairwise([start, *(at for at in _labels_within(text, start, reach) if at < end), end]):
            if words := text[a:b].strip():
                at = text.index(words, a)
                yield TextLine(line.number, at, at + len(words), normal_form(words), after_blank)
                after_blank = False


def _labels_within(text: str, start: int, end: int) -> Iterator[int]:
    """Where in a run of text a speaker's label follows the end of a sentence, or a heading that is run together with it."""
    position = start
    while (colon := text.find(":", position, end)) != -1:
        window = max(position, colon - _LONGEST_LABEL)
        ends = [match.end() for match in _AFTER_SENTENCE.finditer(text, window, colon)][-1:]
        sentence = ends[0] if ends else window
        joint = _JOINED_WORDS.search(text, sentence, colon)
        places = [*ends, *([joint.end()] if joint else ())]
        if HEADING.match(text, sentence):
            places = [match.end() for match in _BEFORE_OFFICE.finditer(text, sentence, colon)][-1:]
        for at in places:
            if is_label(text[at : colon + 2]):
                yield at
                break
        position = colon + 1


def _width(text: str, lines: Sequence[TextLine]) -> int | None:
    """The column at which a tool broke the lines; None where it broke none."""
    broken = [(a, b) for a, b in pairwise(lines) if breaks_a_sentence(a, b)]
    if len(broken) < 3:
        return None
    ends = sorted(_column(text, a.end) for a, _ in broken)
    width = ends[(len(ends) - 1) * 98 // 100]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(not _fits(text, a, b, width) for a, b in broken)
    return width if full >= 0.9 * len(broken) else None


def _is_wrapped(text: str, before: TextLine, line: TextLine, width: int) -> bool:
    """Whether a line goes on with the line before, which had no room for its first word."""
    if line.after_blank or _stands_alone(line):
        return False
    if breaks_a_sentence(before, line):
        return True
    if _column(text, before.end) > _WIDEST or _fits(text, before, line, width):
        return False
    ends = ENDS_A_SENTENCE.search(before.text) or HEADING.match(before.text)
    if ends and len(line.text) < width // 2 and not ENDS_A_SENTENCE.search(line.text):
        return False
    return not (ends and is_label(line.text))


def breaks_a_sentence(before: TextLine, line: TextLine) -> bool:
    """Whether a line break seems to stand in the middle of a sentence."""
    if is_field(line):
        return False
    return not line.after_blank and line.text[0].islower() and not ENDS_A_SENTENCE.search(before.text)


def _stands_alone(line: TextLine) -> bool:
    return is_field(line) or bool(OWN_LINE.fullmatch(line.text)) or read_date_line(line) is not None


def _fits(text: str, before: TextLine, line: TextLine, width: int) -> bool:
    """Whether the first words of a line, with the small ones that no-break spaces tie to them, fit on the line before."""
    words = _FIRST_WORDS if line.text[0].islower() else _FIRST_WORD
    first = next(words.finditer(text, line.start))
    return _column(text, before.end) + 1 + len(first[0]) <= width


def _column(text: str, offset: int) -> int:
    return offset - text.rfind("\n", 0, offset) - 1


def is_label(text: str) -> bool:
    label = read_label(text)
    return label is not None and names_speaker(label)


def is_field(line: TextLine) -> bool:
    """Whether a line near the top is a head line, by its form and its key: `url: http://…`, `Date: May 4, 2018`."""
    match = FIELD.fullmatch(line.text) if line.number <= _LAST_FIELD else None
    return bool(match and match["key"] and field_name(match["key"]))


def field_name(key: str) -> str | None:
    return _FIELD_OF.get(re.sub(r"[\W_]", "", key).casefold())


def is_wrapped(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a tool broke the lines at a fixed column."""
    return _width(text, lines) is not None
