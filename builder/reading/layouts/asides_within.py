"""Captions and boxes of links that stand within a line, where a tool wrote the paragraphs of a page on one line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.reading.layouts.captions import LONGEST, is_caption_in_body, is_caption_in_speech
from builder.reading.layouts.lines import TextLine
from builder.reading.layouts.one_line import BOX, DATE, cut, links
from schema.text import normal_form

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…>*”])\s+(?=[“<(]?[^\W_a-z])")


def part_asides(text: str, lines: Sequence[TextLine], subject: str) -> Iterator[TextLine]:
    """The lines of a body; captions and boxes of links within them are lines of their own."""
    for line in lines:
        cuts = {*_captions(text, line, subject), *_boxes(text, line)}
        yield from cut(text, line, sorted({line.start, *cuts, line.end})) if cuts else [line]


def _captions(text: str, line: TextLine, subject: str) -> Iterator[int]:
    """Where a sentence that is a caption begins and ends."""
    ends = [match.end() for match in _BETWEEN_SENTENCES.finditer(text, line.start, line.end)]
    for start, end in pairwise([line.start, *ends, line.end]):
        if end - start <= LONGEST:
            sentence = normal_form(text[start:end])
            if is_caption_in_body(sentence, subject) or is_caption_in_speech(sentence, subject, ""):
                yield from (start, end)


def _boxes(text: str, line: TextLine) -> Iterator[int]:
    """Where a box of links begins and ends, and its title and its links: other pages' titles, with their dates."""
    for box in BOX.finditer(text, line.start, line.end):
        linked = links().match(text, box.end(), line.end)
        if linked:
            yield from (box.start(), box.end(), *(date.end() for date in DATE.finditer(text, box.end(), linked.end())))
