"""The layouts in which the site's pages come, one module each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.errors import DataError
from builder.reading.document import Document, Source
from builder.reading.layouts import accessible_text, html, main_text, plain_text
from builder.reading.layouts.lines import SourceLines
from builder.reading.layouts.nearest import what_is_missing
from builder.reading.unseen import with_unseen
from schema.text import find_unseen, without_unseen


@dataclass(frozen=True)
class Layout:
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
    unseen = find_unseen(source.text) if source.media_type != "text/html" else ()
    if not unseen:
        return _read(source)
    return with_unseen(_read(replace(source, text=without_unseen(source.text))), source.text, unseen)


def _read(source: Source) -> Document:
    lines = SourceLines(source)
    for layout in LAYOUTS:
        try:
            document = layout.try_read(lines)
        except DataError as error:
            raise LayoutError(layout.name, error) from error
        if document:
            return document
    raise DataError([what_is_missing(source, lines.lines)])
