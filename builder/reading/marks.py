"""What a layout's marks say of a run of a document's text: how much of it is in bold, in italics or a link."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from builder.reading.document import Block, MarkKind, Span


def marked(block: Block, kind: MarkKind) -> list[Span]:
    """Where a block is marked so, in order. Marks of one kind never overlap."""
    return sorted((mark.start, mark.end) for mark in block.marks if mark.kind == kind)


def is_marked(text: str, block: Block, kind: MarkKind) -> bool:
    """Whether all words of a block are marked so."""
    return not any(text[a:b].strip() for a, b in outside(marked(block, kind), block.start, block.end))


def outside(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The stretches of a run outside spans that are in order and do not overlap."""
    position = start
    for index in range(bisect_right(spans, start, key=itemgetter(1)), len(spans)):
        first, last = spans[index]
        if first >= end:
            break
        if first > position:
            yield position, first
        position = last
    if position < end:
        yield position, end


def marked_from(spans: Sequence[Span], start: int) -> int:
    """Where the spans end that begin at a place, one behind the other; the place itself where there is none."""
    position = start
    for first, last in spans:
        if first > position:
            break
        position = max(position, last)
    return position
