"""Cuts a document's body into turns, and every character of it into pieces.

Text and HTML meet here: the same rules cut both, by what a layout knows of a block where it knows something, by the
words alone where it does not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.document import Block, Document, Piece, Reading, Turn
from builder.errors import DataError, Problem, quote
from builder.labels import Label, names_speaker, read_label
from builder.names import split_label
from builder.vocabulary import DIRECTION_WORDS, LANGUAGES
from schema.records import SegmentKind
from schema.text import join_paragraphs, normal_form

SPOKEN: tuple[SegmentKind, ...] = ("speech", "insertion")
"""The kinds whose text makes up an utterance's text."""


def cut(document: Document, path: str) -> Reading:
    """Cuts a document into turns and pieces. Raises `DataError` with all that is wrong with its labels."""
    items = _assign_turns(_classify(document))
    problems = list(_orphans(document, items, path))
    spoken = [_runs(document.text, item) for item in items]
    turn_count = 1 + max((item.turn for item in items if item.turn is not None), default=-1)
    speaks = {item.turn for item, runs in zip(items, spoken, strict=True) if any(r.kind in SPOKEN for r in runs)}
    for item, runs in zip(items, spoken, strict=True):
        if item.turn is not None and item.turn not in speaks:
            # A turn that is nothing but a direction keeps it as its text: `Remark: (no microphone.)`.
            runs[:] = [run._replace(kind="speech") if run.kind == "direction" else run for run in runs]
    pieces = _pieces(document.text, items, spoken)
    pieces_of: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.turn is not None:
            pieces_of.setdefault(piece.turn, []).append(piece)
    label_items = {item.turn: item for item in items if item.turn is not None and item.label}
    turns = []
    for number in range(turn_count):
        label_item = label_items[number]
        turn = _turn(document, label_item, pieces_of.get(number, []))
        if turn is None:
            problems.append(_without_speech(document.text, label_item, path))
        else:
            turns.append(turn)
    if problems:
        raise DataError(problems)
    return Reading(document, pieces, tuple(turns))


# ---------------------------------------------------------------------------------------------------------------------
# What each block is

_SEPARATOR = re.compile(r"\*(?: ?\*)+")
_ELISION = re.compile(r"<\s*(?:…|\.\.\.)\s*>")
_NOTE = re.compile(r"\(?To be continued\b[.…]*\)?", re.IGNORECASE)
_DIRECTION = re.compile(r"\((?:[^()]|\([^()]*\))*\)[.…]?")
_HEADING = re.compile(
    r"(?:Beginning of|Excerpts? from|(?:Full )?[Tt]ranscript of|Speech (?:at|by|to|during)|Address (?:at|to|by)|"
    r"(?:Opening|Closing|Introductory|Concluding) (?:remarks|speech|statement|address|words)|Remarks (?:at|by|during)|"
    r"(?:Press )?[Ss]tatements? (?:following|for the press|to the press)|Answers? to (?:journalists|questions)|"
    r"Replies to|Interview (?:to|with|by)|(?:Press|News) conference)\b"
)
_OPEN_END = re.compile(r"[^.,;!?…:]$")
_LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class _Item:
    """A block with its role. A body block that is spoken has role `speech`, and its label if it begins with one."""

    block: Block
    kind: SegmentKind
    label: Label | None = None
    turn: int | None = None
    follows_gap: bool | None = None


def _classify(document: Document) -> list[_Item]:
    texts = [document.text[b.start : b.end] for b in document.blocks]
    labels = [read_label(t) if b.kind == "body" else None for b, t in zip(document.blocks, texts, strict=True)]
    named = [label.text for label in labels if label and names_speaker(label)]
    known = set(named)
    for label_text in named:
        if parts := split_label(label_text):
            known |= {parts.name, parts.name.split()[-1]}
    items: list[_Item] = []
    for index, (block, text) in enumerate(zip(document.blocks, texts, strict=True)):
        label = labels[index]
        if block.kind != "body":
            items.append(_Item(block, block.kind))
        elif label and names_speaker(label, known):
            items.append(_Item(block, "speech", label))
        else:
            items.append(_Item(block, _kind_by_words(normal_form(text))))
    return _headings_before_labels(items, texts)


def _kind_by_words(text: str) -> SegmentKind:
    """What a paragraph without a label is; `speech` where it goes on with whatever stands before it."""
    if _SEPARATOR.fullmatch(text):
        return "separator"
    if _ELISION.fullmatch(text):
        return "elision"
    if _NOTE.fullmatch(text):
        return "note"
    if _DIRECTION.fullmatch(text):
        return "direction"
    if _HEADING.match(text) and _OPEN_END.search(text) and len(text) <= _LONGEST_HEADING:
        return "heading"
    return "speech"


def _headings_before_labels(items: list[_Item], texts: Sequence[str]) -> list[_Item]:
    """A line between a separator and a label, if it is no sentence, is the heading of what follows."""
    for i in range(1, len(items) - 1):
        between = items[i - 1].kind == "separator" and items[i + 1].label is not None
        if between and items[i].kind == "speech" and not items[i].label and _OPEN_END.search(texts[i]):
            items[i] = replace(items[i], kind="heading")
    return items


def _assign_turns(items: Iterable[_Item]) -> list[_Item]:
    """Numbers the turns, and tells speech from narration: speech is what follows a label, up to where the turn ends."""
    assigned: list[_Item] = []
    turn: int | None = None
    count = 0
    gap = False
    for item in items:
        if item.label:
            turn, count = count, count + 1
            assigned.append(replace(item, turn=turn, follows_gap=gap))
            gap = False
        elif item.kind in ("separator", "heading", "note"):
            turn, gap = None, gap or item.kind != "note"
            assigned.append(item)
        elif item.kind == "elision":
            gap = True
            assigned.append(replace(item, turn=turn))
        elif item.kind == "direction":
            assigned.append(replace(item, turn=turn, kind="direction" if turn is not None else "narration"))
        elif item.kind == "speech":
            gap = False
            assigned.append(replace(item, turn=turn, kind="speech" if turn is not None else "narration"))
        else:
            assigned.append(item)
    return _without_trailing_elisions(assigned)


def _without_trailing_elisions(items: list[_Item]) -> list[_Item]:
    """An elision that nothing of the same turn follows stands between turns."""
    last = {item.turn: i for i, item in enumerate(items) if item.turn is not None and item.kind == "speech"}
    return [
        replace(item, turn=None) if item.turn is not None and item.kind == "elision" and i > last[item.turn] else item
        for i, item in enumerate(items)
    ]


# ---------------------------------------------------------------------------------------------------------------------
# What each character is

_INLINE = re.compile(
    r"(?P<elision><\s*(?:…|\.\.\.)\s*>)|(?P<insertion>\[[^\[\]]*\])|(?P<direction>\((?:[^()]|\([^()]*\))*\))"
)
_BREAK_BEFORE_PUNCTUATION = re.compile(r"[^\S\n]*\n\s*(?=[,.;:!?%)\]…]|’s?\b|”(?!\w))")


class _Run(NamedTuple):
    """A run of a block's characters with its role."""

    kind: SegmentKind
    start: int
    end: int


def is_direction(words: str) -> bool:
    """Whether what stands in parentheses is a stage direction and not the speaker's aside, by its first words."""
    tokens = re.findall(r"[\w’'-]+", words.casefold())
    if not tokens:
        return False
    if tokens[0] == "in" and len(tokens) > 1:
        return tokens[1] in LANGUAGES
    return tokens[0] in DIRECTION_WORDS or (tokens[0] in LANGUAGES and len(tokens) == 1)


def _runs(text: str, item: _Item) -> list[_Run]:
    """The roles within one block: label, speech, insertions, directions, elisions, and the white space that is none."""
    start, end = item.block.start, item.block.end
    if item.turn is None or item.kind != "speech":
        return [_Run(item.kind, start, end)]
    runs: list[_Run] = []
    if item.label:
        runs.append(_Run("label", start, start + item.label.end))
        start = _skip_space(text, start + item.label.end, end)
    body = list(_paragraph_runs(text, start, end))
    spoken = [i for i, run in enumerate(body) if run.kind in SPOKEN]
    if spoken:
        first, last = spoken[0], spoken[-1]
        body[first] = body[first]._replace(start=_skip_space(text, body[first].start, body[first].end))
        trimmed = text[body[last].start : body[last].end].rstrip()
        body[last] = body[last]._replace(end=body[last].start + len(trimmed))
    return runs + [part for run in body for part in _without_layout_breaks(text, run)]


def _paragraph_runs(text: str, start: int, end: int) -> Iterator[_Run]:
    """Speech, insertions, directions and elisions of one paragraph; white space between two of these may be left out."""
    runs: list[_Run] = []
    position = start
    for match in _INLINE.finditer(text, start, end):
        kind: SegmentKind = match.lastgroup  # type: ignore[assignment]  # the groups are named for the kinds
        if kind == "direction" and not is_direction(match[0]):
            continue
        _add_speech(text, runs, position, match.start())
        runs.append(_Run(kind, match.start(), match.end()))
        position = match.end()
    _add_speech(text, runs, position, end)
    for i, run in enumerate(runs):
        follows_removed = i + 1 < len(runs) and runs[i + 1].kind not in SPOKEN
        if run.kind == "speech" and follows_removed and re.match(r"[,.;:!?]", text[runs[i + 1].end : end]):
            # `No (laughter), not me`: without the direction the space before it would stand before the comma.
            yield run._replace(end=run.start + len(text[run.start : run.end].rstrip()))
        else:
            yield run


def _add_speech(text: str, runs: list[_Run], start: int, end: int) -> None:
    if not text[start:end].strip():
        if runs and runs[-1].kind == "insertion":
            runs[-1] = runs[-1]._replace(end=end)
        return
    runs.append(_Run("speech", start, end))


def _without_layout_breaks(text: str, run: _Run) -> Iterator[_Run]:
    """A run without the line breaks that a layout put before punctuation."""
    if run.kind not in SPOKEN:
        yield run
        return
    position = run.start
    for match in _BREAK_BEFORE_PUNCTUATION.finditer(text, run.start, run.end):
        if match.start() > position:
            yield _Run(run.kind, position, match.start())
        position = match.end()
    if run.end > position:
        yield _Run(run.kind, position, run.end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


# ---------------------------------------------------------------------------------------------------------------------
# Pieces and turns


def _pieces(text: str, items: Sequence[_Item], runs_of: Sequence[list[_Run]]) -> tuple[Piece, ...]:
    """Every character of the text in a piece: the runs, and as `blank` the white space between them."""
    claimed: list[Piece] = []
    paragraphs: dict[int, int] = {}
    for item, runs in zip(items, runs_of, strict=True):
        paragraph = None
        if item.turn is not None and any(run.kind in SPOKEN for run in runs):
            paragraph = paragraphs[item.turn] = paragraphs.get(item.turn, 0) + 1
        for run in runs:
            claimed.append(Piece(run.kind, run.start, run.end, item.turn, paragraph if run.kind in SPOKEN else None))
    end_of_turn = {piece.turn: piece.end for piece in claimed if piece.turn is not None}
    pieces: list[Piece] = []
    position, turn = 0, None
    for piece in [*claimed, Piece("blank", len(text), len(text))]:
        if piece.start > position:
            inside = turn is not None and piece.start < end_of_turn[turn]
            pieces.append(_gap(text, position, piece.start, turn if inside else None))
        if piece.end > piece.start:
            pieces.append(piece)
        position = piece.end
        turn = piece.turn if piece.turn is not None else turn
    return tuple(pieces)


def _gap(text: str, start: int, end: int, turn: int | None) -> Piece:
    return Piece("blank" if text[start:end].isspace() else "unassigned", start, end, turn)


def _turn(document: Document, item: _Item, pieces: Sequence[Piece]) -> Turn | None:
    """The turn that these pieces make up; null where they hold no speech."""
    spoken = [piece for piece in pieces if piece.kind in SPOKEN]
    if not spoken or item.label is None:
        return None
    return Turn(
        label=item.label.text,
        note=item.label.note,
        site_person_id=None,
        text=text_of_pieces(document.text, spoken),
        # Where no gap shows, only a layout that would show a cut says that there is none.
        follows_gap=item.follows_gap or (False if document.facts.shows_elisions else None),
        start=spoken[0].start,
        end=spoken[-1].end,
    )


def text_of_pieces(text: str, spoken: Iterable[Piece]) -> str:
    """An utterance's text: its speech and insertions in normal form, paragraphs parted by a blank line."""
    paragraphs: dict[int | None, str] = {}
    for piece in spoken:
        paragraphs[piece.paragraph] = paragraphs.get(piece.paragraph, "") + text[piece.start : piece.end]
    return join_paragraphs(paragraphs.values())


# ---------------------------------------------------------------------------------------------------------------------
# Problems


def _orphans(document: Document, items: Sequence[_Item], path: str) -> Iterator[Problem]:
    """Lines that go on from a label that is not there: without their speaker, they would be given to another."""
    for item in items:
        text = document.text[item.block.start : item.block.end]
        if item.block.kind == "body" and not item.label and text.startswith(":"):
            yield Problem(
                path,
                "a speaker's name on the line before one that begins with a colon",
                quote(text),
                "add the line with the speaker's label",
                line=_line_number(document.text, item.block.start),
            )


def _without_speech(text: str, item: _Item, path: str) -> Problem:
    label = text[item.block.start : item.block.end]
    return Problem(
        path,
        "speech after the speaker's label",
        f"none after {quote(label)}",
        "add what was said, or take the label away",
        line=_line_number(text, item.block.start),
    )


def _line_number(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
