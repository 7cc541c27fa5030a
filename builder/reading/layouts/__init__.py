"""The layouts in which the site's pages come, one module each."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from builder.errors import DataError, Problem, quote
from builder.reading.document import NOTHING_GIVEN, Document, Source, merged
from builder.reading.layouts import accessible_text, html, main_text, other_html, plain_text
from builder.reading.layouts.given import read_given
from builder.reading.layouts.lines import SourceLines
from builder.reading.layouts.nearest import what_is_missing
from builder.reading.unseen import with_unseen
from schema.text import find_unseen, without_unseen


class Layout(NamedTuple):
    """One layout: its name, its marks, and how it is read."""

    name: str
    marks: str
    """What it is detected by, for messages."""
    try_read: Callable[[SourceLines], Document | None]
    """Reads a source; returns None where the source is not of this layout. Raises `DataError` where it is, but lacks a title
    or a date."""


LAYOUTS = tuple(
    Layout(module.NAME, module.MARKS, module.try_read)
    # In order of preference: of two sources that show one event, the one whose layout stands first is kept.
    for module in (html, main_text, accessible_text, plain_text)
)
RANK = {layout.name: rank for rank, layout in enumerate(LAYOUTS)}


class LayoutError(DataError):
    """A source of a known layout cannot be read."""

    def __init__(self, layout: str, error: DataError) -> None:
        super().__init__(error.problems)
        self.layout = layout


def read_document(source: Source) -> Document:
    """Reads a source in the first layout that fits it.

    Raises `LayoutError` where that layout's title or date is missing, and `DataError` with what is missing where no layout fits.
    """
    given = source.given
    around = other_html.Around()
    if is_other := html.is_other(source):
        given = merged(given, other_html.head_facts(source.text))
        source, around = other_html.as_text(source)
    corrections = read_given(source.corrections, source.display_path)
    beside = read_given(given, source.display_path)
    title, date = corrections.title or beside.title, corrections.date or beside.date
    try:
        document = _read_seen(source, title, date)
    except DataError as error:
        if is_other and title and date is None and error.problems[0].code == "no-layout":
            raise _dateless(source.display_path, title) from None
        raise _without_lines(error) if is_other else error from None
    if given != NOTHING_GIVEN or source.corrections != NOTHING_GIVEN:
        document = corrections.correct(beside.complete(beside.correct_misread(document)))
    return other_html.as_html(document, around) if is_other else document


def _dateless(path: str, title: str) -> DataError:
    """The error of HTML that says what it is called, but of no day: a reader view, which leaves the date out."""
    advice = "save the page itself, or write its date into a metadata.csv beside it"
    return DataError(
        [Problem(path, "the date of the event", f"none in the page {quote(title)}", advice, code="no-date")]
    )


def _without_lines(error: DataError) -> DataError:
    """The same error of a source whose lines are none of its file."""
    without = DataError([replace(problem, line=None) for problem in error.problems])
    return LayoutError(error.layout, without) if isinstance(error, LayoutError) else without


def _read_seen(source: Source, title: str | None, date: dt.date | None) -> Document:
    """Reads a source without the characters in it that do not show."""
    unseen = find_unseen(source.text) if source.media_type != html.MEDIA_TYPE else ()
    if not unseen:
        return _read(source, title, date)
    return with_unseen(_read(source._replace(text=without_unseen(source.text)), title, date), source.text, unseen)


def _read(source: Source, title: str | None, date: dt.date | None) -> Document:
    """Reads a source in the first layout that fits it; where none does, as a text whose title or date stands beside it."""
    lines = SourceLines(source)
    may_be_completed = bool(title or date) and source.media_type != html.MEDIA_TYPE
    for layout in LAYOUTS:
        try:
            document = layout.try_read(lines)
        except DataError as error:
            if may_be_completed and (completed := plain_text.complete(lines, title, date)):
                return completed
            raise LayoutError(layout.name, error) from error
        if document:
            return document
    if may_be_completed and (completed := plain_text.complete(lines, title, date)):
        return completed
    raise DataError([what_is_missing(source, lines.lines)])
