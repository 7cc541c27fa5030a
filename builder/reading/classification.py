"""What each block of a document is: speech, with its label if it begins with one, or a heading, a separator, a direction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.lexicon.labels import Label
from builder.reading.document import DIRECTION, ELISION, SEPARATOR, Block, Document
from builder.reading.headings import HEADING
from builder.reading.labelling import labelled_blocks
from builder.reading.marks import is_marked
from schema.text import normal_form
from schema.vocabularies import SegmentKind


class Run(NamedTuple):
    """A run of a block's characters with its role."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(slots=True)
class Item:
    """A block with its role. A body block that is spoken has role `speech`, and its label if it begins with one."""

    block: Block
    kind: SegmentKind
    label: Label | None = None
    turn: int | None = None
    follows_gap: bool | None = None
    runs: Sequence[Run] = ()


_NOTE = re.compile(r"\(?To be continued\b[.…]*\)?", re.IGNORECASE)
_DIRECTION = re.compile(rf"{DIRECTION.pattern}[.…]?")
_OPEN_END = re.compile(r"[^.,;!?…:]$")
_LONGEST_HEADING = 300
_OF_SPEAKER = re.compile(r"\b(?:I|we|We|you|You|my|My|our|Our|us|me|your|Your)\b")
"""Words of one who speaks, which no direction has."""


def classify(document: Document) -> list[Item]:
    """The document's blocks with their roles, in order; a paragraph that holds several labels is several blocks."""
    items: list[Item] = []
    texts: list[str] = []
    for block, label in labelled_blocks(document):
        text = document.text[block.start : block.end]
        if block.kind != "body":
            items.append(Item(block, block.kind))
        elif label:
            items.append(Item(block, "speech", label))
        else:
            items.append(Item(block, _kind_by_words(text)))
        texts.append(text)
    _find_headings(items, texts)
    if document.knows_bold and any(item.label for item in items):
        _find_marked(document, items)
    return items


def _kind_by_words(paragraph: str) -> SegmentKind:
    """What a paragraph without a label is; `speech` where it goes on with whatever stands before it."""
    if paragraph[0] not in "(<*T" and paragraph[-1] in ".!?:;":
        # Most paragraphs end here: no other rule can apply.
        return "speech"
    text = normal_form(paragraph)
    if SEPARATOR.fullmatch(text):
        return "separator"
    if ELISION.fullmatch(text):
        return "elision"
    if _NOTE.fullmatch(text):
        return "note"
    if _DIRECTION.fullmatch(text):
        return "direction"
    if HEADING.match(text) and _OPEN_END.search(text) and len(text) <= _LONGEST_HEADING:
        return "heading"
    return "speech"


def _find_headings(items: Sequence[Item], texts: Sequence[str]) -> None:
    """A line between a separator and a label, if it is no sentence, is the heading of what follows."""
    for before, item, after, text in zip(items, items[1:], items[2:], texts[1:], strict=False):
        is_line = item.kind == "speech" and not item.label
        if before.kind == "separator" and after.label and is_line and _OPEN_END.search(text):
            item.kind = "heading"


def _find_marked(document: Document, items: Sequence[Item]) -> None:
    """A paragraph all in bold or in italics, without a label, right before one with a label is the heading of what follows; one
    all in italics elsewhere is a direction. Neither where it has words of one who speaks, or goes on from a colon."""
    following = [*items[1:], None]
    before: Item | None = None
    for item, after in zip(items, following, strict=True):
        if item.kind == "speech" and not item.label and item.block.marks:
            text = normal_form(document.text[item.block.start : item.block.end])
            is_quoted = before is not None and document.text[before.block.start : before.block.end].rstrip().endswith(
                ":"
            )
            if (
                not is_quoted
                and len(text) <= _LONGEST_HEADING
                and not _OF_SPEAKER.search(text)
                and text[0] not in '“"‘'
            ):
                _mark(document, item, text, before_label=after is not None and after.label is not None)
        if item.kind != "blank":
            before = item


def _mark(document: Document, item: Item, text: str, *, before_label: bool) -> None:
    is_sentence = text[-1] in ".!?…"
    if is_marked(document.text, item.block, "italic"):
        item.kind = "heading" if before_label and not is_sentence else "direction"
    elif before_label and not is_sentence and text[-1] not in ",;:" and is_marked(document.text, item.block, "bold"):
        item.kind = "heading"
