"""The lines of a text, and the paragraphs that they make up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from builder.lexicon.labels import names_speaker, read_label
from builder.reading.document import LAYOUT_BREAK, Block, BlockKind, Source
from schema.text import normal_form


class TextLine(NamedTuple):
    """One line that is not blank, without the white space around it."""

    number: int
    """Counted from 1."""
    start: int
    end: int
    text: str
    """In normal form."""
    after_blank: bool
    """Whether a blank line stands before it."""


def split_lines(text: str) -> list[TextLine]:
    """The lines of a text that are not blank. Offsets count code points."""
    lines, position, after_blank = [], 0, True
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            lines.append(TextLine(number, start, start + len(stripped), normal_form(stripped), after_blank))
        after_blank = not stripped
        position += len(raw) + 1
    return lines


@dataclass(frozen=True)
class SourceLines:
    """A source and its lines, which are split when a layout first asks for them."""

    source: Source

    @cached_property
    def lines(self) -> list[TextLine]:
        return split_lines(self.source.text)


def block(kind: BlockKind, line: TextLine) -> Block:
    return Block(kind, line.start, line.end)


# ---------------------------------------------------------------------------------------------------------------------
# Lines that a layout broke after a link

_OPENS_WITH_PUNCTUATION = re.compile(r"(?!\.\.)[,.;:!?)\]’%]|”(?!\w)")
_OPENS_WITH_NOTE = re.compile(r"\([^()]{1,100}\) ?:")
ENDS_A_SENTENCE = re.compile(r"[.!?…:;>][”\"’»)\]]*$|\*$")


def is_label(text: str) -> bool:
    """Whether a text begins with a speaker's label."""
    label = read_label(text) if ":" in text else None
    return label is not None and names_speaker(label)


def _goes_on_from_label(line: TextLine) -> bool:
    """Whether a line begins as what follows a speaker's name does: `: Thank you`, `(retranslated): …`."""
    return line.text.startswith(":") or bool(_OPENS_WITH_NOTE.match(line.text))


def is_cut_label(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line is a speaker's name and the next goes on from it: a label that a layout cut."""
    if index + 1 == len(lines) or not _goes_on_from_label(lines[index + 1]):
        return False
    return is_label(lines[index].text + ":")


def continues(before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the sentence of the line before, so that the break is the layout's.

    The main site's text breaks the line after every link: ``Nursultan Nazarbayev`` / ``: Thank you``,
    ``Narendra Modi`` / ``(retranslated): …``, ``talks with Alexander Lukashenko`` / ``in narrow format``.
    """
    if _goes_on_from_label(line):
        return not ENDS_A_SENTENCE.search(before.text)
    if line.after_blank:
        return False
    if _OPENS_WITH_PUNCTUATION.match(line.text):
        return True
    return line.text[0].islower() and not ENDS_A_SENTENCE.search(before.text)


def paragraphs(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, ...]]:
    """Groups lines into paragraphs: every line is one, unless it continues the line before."""
    group: list[TextLine] = []
    for line in lines:
        if group and not continues(group[-1], line):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)


def without_layout_breaks(paragraph: str) -> str:
    """A paragraph without the line breaks that a layout put before punctuation."""
    return LAYOUT_BREAK.sub("", paragraph) if "\n" in paragraph else paragraph


def paragraph_blocks(kind: BlockKind, lines: Sequence[TextLine]) -> list[Block]:
    return [Block(kind, group[0].start, group[-1].end) for group in paragraphs(lines)]
