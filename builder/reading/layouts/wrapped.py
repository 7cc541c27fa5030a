"""Lines that a tool broke at a fixed column, and the lines of the page that they make up."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from builder.reading.document import DIRECTION, ELISION, SEPARATOR
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.head_fields import is_field
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label, without_layout_breaks
from builder.reading.layouts.site import MENU
from schema.text import normal_form

_FIRST_WORDS = re.compile(r"(?:[\w’']{1,3}[ \xa0]){0,8}\S+")
_FIRST_WORD = re.compile(r"\S+")
_ITEM = re.compile(r"[\s>]{0,40}(?:[*+•-]|#{1,6})\s")
_NARROWEST, _WIDEST = 30, 140
OWN_LINE = re.compile(rf"{SEPARATOR.pattern}|{ELISION.pattern}|{DIRECTION.pattern}[.…]?")
"""What is a paragraph of its own: a separator, an elision, a direction."""


class Printed:
    """The lines of a text as they were when a tool broke them: with its marks, which take room too."""

    def __init__(self, text: str, with_marks: str) -> None:
        """`text` is the text without marks, which has the same line breaks."""
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._rows = with_marks.split("\n")

    def end(self, line: TextLine) -> int:
        """The column at which a line ends."""
        return len(self._rows[self._row(line.end)].rstrip())

    def has_room(self, before: TextLine, line: TextLine, width: int) -> bool:
        """Whether the first words of a line, with the small ones that no-break spaces tie to them, fit on the line before."""
        words = _FIRST_WORDS if line.text[0].islower() else _FIRST_WORD
        first = words.search(self._rows[self._row(line.start)])
        return first is not None and self.end(before) + 1 + len(first[0]) <= width

    def breaks(self, before: TextLine, line: TextLine) -> bool:
        """Whether a line break stands between two lines."""
        return self._row(before.end) < self._row(line.start)

    def begins_item(self, line: TextLine) -> bool:
        """Whether a line begins with the sign of a list's item or of a heading."""
        return bool(_ITEM.match(self._rows[self._row(line.start)]))

    def _row(self, offset: int) -> int:
        return bisect_left(self._breaks, offset)


def unwrap(text: str, lines: Sequence[TextLine], with_marks: str | None = None) -> list[TextLine]:
    """The lines; those that a tool broke at a fixed column are joined. `with_marks` is the text as the tool wrote it."""
    printed, width = _printed(text, lines, with_marks or text)
    if width is None:
        return list(lines)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _is_wrapped(printed, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [joined(text, group[0], group[-1]) for group in groups]


def fit_on_one_line(text: str, lines: Sequence[TextLine], with_marks: str) -> Callable[[TextLine, TextLine], bool]:
    """Whether a line and the first words of the next had room on one line, so that a break between them is the page's own."""
    printed, width = _printed(text, lines, with_marks)
    return lambda before, line: width is None or printed.has_room(before, line, width)


def _printed(text: str, lines: Sequence[TextLine], with_marks: str) -> tuple[Printed, int | None]:
    """The lines as a tool broke them: before it took its marks out, or after."""
    # Markdown keeps the line breaks in the items of the site's menus.
    is_markdown = with_marks != text and "\n# " in f"\n{with_marks}"
    told = [line for line in lines if line.text not in MENU] if is_markdown else lines
    for each in dict.fromkeys((with_marks, text)):
        printed = Printed(text, each)
        if (width := _width(printed, told)) is not None:
            return printed, width
    return printed, None


def joined(text: str, first: TextLine, last: TextLine) -> TextLine:
    """The lines from one to another as one line."""
    words = normal_form(without_layout_breaks(text[first.start : last.end]))
    return TextLine(first.number, first.start, last.end, words, first.after_blank)


def _width(printed: Printed, lines: Sequence[TextLine]) -> int | None:
    """The column at which a tool broke the lines; None where it broke none."""
    broken = [(a, b) for a, b in pairwise(lines) if breaks_a_sentence(a, b) and printed.breaks(a, b)]
    if len(broken) < 3:
        return None
    ends = sorted(printed.end(a) for a, _ in broken)
    width = ends[(len(ends) - 1) * 98 // 100]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(not printed.has_room(a, b, width) for a, b in broken)
    return width if full >= 0.9 * len(broken) else None


def _is_wrapped(printed: Printed, before: TextLine, line: TextLine, width: int) -> bool:
    """Whether a line goes on with the line before, which had no room for its first word."""
    if line.after_blank or stands_alone(line) or printed.begins_item(line) or not printed.breaks(before, line):
        return False
    if breaks_a_sentence(before, line):
        return True
    if printed.end(before) > _WIDEST or printed.has_room(before, line, width):
        return False
    ends = ENDS_A_SENTENCE.search(before.text) or BEGINS_LIKE_HEADING.match(before.text)
    if ends and len(line.text) < width // 2 and not ENDS_A_SENTENCE.search(line.text):
        return False
    return not (ends and is_label(line.text))


def breaks_a_sentence(before: TextLine, line: TextLine) -> bool:
    """Whether a line break seems to stand in the middle of a sentence."""
    if is_field(line):
        return False
    return not line.after_blank and line.text[0].islower() and not ENDS_A_SENTENCE.search(before.text)


def stands_alone(line: TextLine) -> bool:
    """Whether a line is no part of a paragraph of several lines: a head line, a date, a separator or a direction."""
    return is_field(line) or bool(OWN_LINE.fullmatch(line.text)) or read_date_line(line) is not None


def is_wrapped(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a tool broke the lines at a fixed column."""
    return _width(Printed(text, text), lines) is not None
