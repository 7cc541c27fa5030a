"""The layouts in which the site's pages come, one module each."""

from collections.abc import Callable
from dataclasses import dataclass

from builder.errors import DataError, Problem, quote
from builder.reading.document import Document, Source
from builder.reading.layouts import accessible_text, html, main_text, plain_text


@dataclass(frozen=True)
class Layout:
    """One layout: how it is recognised by its own marks, and how it is read."""

    name: str
    marks: str
    """What it is recognised by, for messages."""
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Document]


LAYOUTS = tuple(
    Layout(module.NAME, module.MARKS, module.recognises, module.read)
    # Of two sources that show one event, the layout that stands first here is the one to keep.
    for module in (html, main_text, accessible_text, plain_text)
)
RANK = {layout.name: rank for rank, layout in enumerate(LAYOUTS)}


def recognise(source: Source) -> Layout:
    """The layout of a source. Raises `DataError` where none fits."""
    for layout in LAYOUTS:
        if layout.recognises(source):
            return layout
    first = next((line for line in source.text.split("\n") if line.strip()), "")
    raise DataError(
        [
            Problem(
                source.display_path,
                "; or ".join(f"{layout.name}: {layout.marks}" for layout in LAYOUTS),
                f"a text that begins {quote(first)}",
                "save the whole page as text, from its first line to its last",
                line=1,
            )
        ]
    )
