"""What a layout's marks say of a run of a document's text: how much of it is in bold, in italics or a link."""

from collections.abc import Iterator

from builder.reading.document import Block, MarkKind, Span


def is_marked(text: str, block: Block, kind: MarkKind) -> bool:
    """Whether all words of a block are marked so."""
    return not any(text[start:end].strip() for start, end in without_mark(block, kind, block.start, block.end))


def without_mark(block: Block, kind: MarkKind, start: int, end: int) -> Iterator[Span]:
    """The stretches of a run that are not marked so; there may be several marks in a row."""
    position = start
    for mark in sorted(mark for mark in block.marks if mark.kind == kind):
        if mark.end <= position:
            continue
        if mark.start >= end:
            break
        if mark.start > position:
            yield position, mark.start
        position = mark.end
    if position < end:
        yield position, end


def marked_from(block: Block, kind: MarkKind, start: int) -> int:
    """Where the marks of a kind end that begin at a place, one behind the other; the place itself where there is none."""
    position = start
    for mark in sorted(mark for mark in block.marks if mark.kind == kind):
        if mark.start <= position:
            position = max(position, mark.end)
    return position
