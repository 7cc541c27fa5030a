"""Documents read without the characters that do not show: these stand in it like the marks of a tool; segments keep all."""

from collections.abc import Sequence

from builder.reading.document import Block, Document, Span
from builder.reading.markup import merged, strip_markup


def with_unseen(document: Document, text: str, unseen: Sequence[Span]) -> Document:
    """A document that was read from a text without its unseen characters, as one of that text itself: they are marks in it."""
    stripped = strip_markup(text, unseen)
    markup = [*unseen, *(part for span in document.markup for part in stripped.stretches(*span))]
    blocks = [Block(block.kind, *stripped.origin(block.start, block.end), block.marks) for block in document.blocks]
    return document._replace(text=text, blocks=tuple(blocks), markup=tuple(merged(markup)))
