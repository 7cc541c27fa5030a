"""What a source lacks that no layout fits: the layout that comes nearest, and the one thing that is missing."""

from collections.abc import Sequence

from builder.errors import Problem, quote
from builder.reading.document import HTML, Source
from builder.reading.layouts import accessible_text, html, main_text, plain_text
from builder.reading.layouts.dates import date_problem, read_date_line, unreadable_date
from builder.reading.layouts.lines import TextLine, is_label

_LAYOUTS = (html, main_text, accessible_text, plain_text)
_LONGEST_TITLE = 600


def what_is_missing(source: Source, lines: Sequence[TextLine]) -> Problem:
    """The problem of a source that is of no layout."""
    path, first = source.display_path, lines[0].text if lines else ""
    if source.media_type == HTML:
        return _of_no_layout(path, f"{html.NAME}: {html.MARKS}", first)
    speaks = next((index for index, line in enumerate(lines) if is_label(line.text)), None)
    above = lines[:speaks] if speaks is not None else lines
    if unreadable := unreadable_date(above):
        return date_problem(unreadable, path, f"{plain_text.NAME}: the date of the event below its title")
    if speaks == 0:
        found, advice = f"none above {quote(first)}", "add lines “title: …” and “date: YYYY-MM-DD” at the top"
        return Problem(path, f"{plain_text.NAME}: the page's title and date", found, advice, line=1, code="no-title")
    if speaks is not None and len(first) <= _LONGEST_TITLE and not any(map(read_date_line, above)):
        found, advice = f"none below {quote(first)}", "add a line with the date of the event below the title"
        expected = f"{plain_text.NAME}: the date of the event"
        return Problem(path, expected, found, advice, line=lines[0].number, code="no-date")
    return _of_no_layout(path, "; or ".join(f"{layout.NAME}: {layout.MARKS}" for layout in _LAYOUTS), first)


def _of_no_layout(path: str, expected: str, first: str) -> Problem:
    advice = "save the whole page as text, from its first line to its last"
    return Problem(path, expected, f"a text that begins {quote(first)}", advice, line=1, code="no-layout")
