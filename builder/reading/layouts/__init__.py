"""The layouts in which the site's pages come, one module each."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import NamedTuple

from builder.errors import DataError, Problem, quote
from builder.reading.document import HTML, Document, Given, Source, merged
from builder.reading.layouts.given import NOTHING_READ, GivenMetadata, read_given
from builder.reading.layouts.lines import SourceLines
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


RANK = {name: rank for rank, name in enumerate(("html", "main_text", "accessible_text", "plain_text"))}
"""Of two sources that show one event, the one whose layout has the least rank is kept."""


def layouts_of(media_type: str) -> Iterator[Layout]:
    """The layouts of such sources, by rank. Each is loaded when it is first tried: most archives need one or two."""
    if media_type == HTML:
        from builder.reading.layouts import html  # noqa: PLC0415

        yield _layout(html)
        return
    from builder.reading.layouts import main_text  # noqa: PLC0415

    yield _layout(main_text)
    from builder.reading.layouts import accessible_text  # noqa: PLC0415

    yield _layout(accessible_text)
    from builder.reading.layouts import plain_text  # noqa: PLC0415

    yield _layout(plain_text)


def _layout(module: ModuleType) -> Layout:
    return Layout(module.NAME, module.MARKS, module.try_read)


class LayoutError(DataError):
    """A source of a known layout cannot be read."""

    def __init__(self, layout: str, error: DataError) -> None:
        super().__init__(error.problems)
        self.layout = layout


def read_document(source: Source) -> Document:
    """Reads a source in the first layout that fits it.

    Raises `LayoutError` where that layout's title or date is missing, and `DataError` with what is missing where no layout fits.
    """
    # Known by the class of its title.
    if source.media_type == HTML and "entry-title" not in source.text:
        return _read_other_html(source)
    return _read_with(source, *_stated(source, source.given))


def _read_other_html(source: Source) -> Document:
    """Reads HTML that is no page of the site as it is today."""
    from builder.reading.layouts import other_html  # noqa: PLC0415

    corrections, beside = _stated(source, merged(source.given, other_html.head_facts(source.text)))
    text, around = other_html.as_text(source)
    try:
        return other_html.as_html(_read_with(text, corrections, beside), around)
    except DataError as error:
        title, date = corrections.title or beside.title, corrections.date or beside.date
        if title and date is None and error.problems[0].code == "no-layout":
            raise _dateless(source.display_path, title) from None
        raise _without_lines(error) from None


def _stated(source: Source, given: Given) -> tuple[GivenMetadata, GivenMetadata]:
    """What corrects a source, and what completes it."""
    return read_given(source.corrections, source.display_path), read_given(given, source.display_path)


def _read_with(source: Source, corrections: GivenMetadata, beside: GivenMetadata) -> Document:
    document = _read_seen(source, corrections.title or beside.title, corrections.date or beside.date)
    if corrections == beside == NOTHING_READ:
        return document
    return corrections.correct(beside.complete(beside.correct_misread(document)))


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
    unseen = find_unseen(source.text) if source.media_type != HTML else ()
    if not unseen:
        return _read(source, title, date)
    return with_unseen(_read(source._replace(text=without_unseen(source.text)), title, date), source.text, unseen)


def _read(source: Source, title: str | None, date: dt.date | None) -> Document:
    """Reads a source in the first layout that fits it; where none does, as a text whose title or date stands beside it."""
    lines = SourceLines(source)
    for layout in layouts_of(source.media_type):
        try:
            document = layout.try_read(lines)
        except DataError as error:
            if completed := _completed(lines, title, date):
                return completed
            raise LayoutError(layout.name, error) from error
        if document:
            return document
    if completed := _completed(lines, title, date):
        return completed
    from builder.reading.layouts.nearest import what_is_missing  # noqa: PLC0415

    raise DataError([what_is_missing(source, lines.lines)])


def _completed(lines: SourceLines, title: str | None, date: dt.date | None) -> Document | None:
    """A text with the title and the date that stand beside it; None where neither does, or one is lacking still."""
    if lines.source.media_type == HTML or not (title or date):
        return None
    from builder.reading.layouts import plain_text  # noqa: PLC0415

    return plain_text.complete(lines, title, date)
