"""Segments a document: its body into turns, and all of its text into segments.

The same rules serve text and HTML. They use what the layout knows of a block (bold, a link to a person) where it knows
something, and the words alone where it does not.
"""

from collections.abc import Iterable, Iterator, Sequence

from builder.errors import DataError, Problem, quote
from builder.lexicon.labels import Label
from builder.reading.around_markup import with_markup, without_markup
from builder.reading.classification import Item, classify
from builder.reading.document import Block, Document, Segment, Transcript, Turn
from builder.reading.runs import all_spoken, holds_words, runs_of
from schema.segments import SPOKEN
from schema.text import join_paragraphs


def segment_document(document: Document, path: str) -> Transcript:
    """Divides a document into turns and segments. Raises `DataError` with every problem of its labels."""
    if document.markup:
        bare, stripped = without_markup(document)
        return with_markup(document, segment_document(bare, path), stripped)
    text = document.text
    items = classify(document)
    _assign_turns(text, items)
    for item in items:
        item.runs = runs_of(text, item)
    speaking = {item.turn for item in items if item.turn is not None and holds_words(text, item.runs)}
    for item in items:
        if item.turn not in speaking and item.kind in ("speech", "direction"):
            # A turn that is nothing but a direction keeps it as its text: `Remark: (no microphone.)`.
            item.runs = all_spoken(text, item)
    segments = _segments(text, items)
    spoken_of: dict[int | None, list[Segment]] = {}
    for segment in segments:
        if segment.kind in SPOKEN:
            spoken_of.setdefault(segment.turn, []).append(segment)
    problems = list(_orphans(document, items, path))
    turns = []
    for item in items:
        if not item.label:
            continue
        if spoken := spoken_of.get(item.turn):
            turns.append(_turn(document, item.label, item, spoken))
        else:
            problems.append(_without_speech(document, item, path))
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return Transcript(document, segments, tuple(turns))


_ELISIONS = ("<…>", "<...>")


def _assign_turns(text: str, items: Sequence[Item]) -> None:
    """Numbers the turns. What follows a label is speech, up to the end of the turn; all other text is narration."""
    turn: int | None = None
    count = 0
    gap = False
    for item in items:
        if item.kind in ("separator", "heading", "note"):
            turn, gap = None, gap or item.kind != "note"
        elif item.kind == "elision":
            gap, item.turn = True, turn
        elif item.kind in ("speech", "direction"):
            if item.label:
                item.follows_gap = gap
                turn, count = count, count + 1
            if turn is None:
                # Narration does not end a gap: what comes after it need not answer the turn before the gap.
                item.kind = "narration"
            else:
                item.turn = turn
                if item.kind == "speech":
                    gap = text[item.block.start : item.block.end].endswith(_ELISIONS)
    last_spoken = {item.turn: index for index, item in enumerate(items) if item.kind == "speech"}
    for index, item in enumerate(items):
        if item.kind == "elision" and item.turn is not None and index > last_spoken[item.turn]:
            # An elision that nothing of the same turn follows stands between turns.
            item.turn = None


# ---------------------------------------------------------------------------------------------------------------------
# Segments and turns


def _segments(text: str, items: Sequence[Item]) -> tuple[Segment, ...]:
    """Segments that cover the whole text: the runs, and the white space between them as `blank`."""
    claimed: list[Segment] = []
    paragraphs: dict[int | None, int] = {}
    for item in items:
        if item.turn is not None and any(run.kind in SPOKEN for run in item.runs):
            paragraphs[item.turn] = paragraphs.get(item.turn, 0) + 1
        for run in item.runs:
            paragraph = paragraphs[item.turn] if run.kind in SPOKEN else None
            claimed.append(Segment(run.kind, run.start, run.end, item.turn, paragraph))
    end_of_turn = {segment.turn: segment.end for segment in claimed}
    segments: list[Segment] = []
    position, turn = 0, None
    for segment in claimed:
        if segment.start > position:
            inside = turn is not None and position < end_of_turn[turn]
            segments.append(_gap(text, position, segment.start, turn if inside else None))
        if segment.end > segment.start:
            segments.append(segment)
        position = segment.end
        turn = segment.turn if segment.turn is not None else turn
    if position < len(text):
        segments.append(_gap(text, position, len(text), None))
    return tuple(segments)


def _gap(text: str, start: int, end: int, turn: int | None) -> Segment:
    return Segment("blank" if text[start:end].isspace() else "unassigned", start, end, turn)


def _turn(document: Document, label: Label, item: Item, spoken: Sequence[Segment]) -> Turn:
    """The turn whose speech these segments are."""
    return Turn(
        label=label.text,
        note=label.note,
        site_person_id=_linked_person(item.block, label),
        text=text_of_segments(document.text, spoken),
        # Where no gap shows, only a layout that would show a cut says that there is none.
        follows_gap=item.follows_gap or (False if document.metadata.shows_elisions else None),
        start=spoken[0].start,
        end=spoken[-1].end,
    )


def _linked_person(block: Block, label: Label) -> str | None:
    """The site's id of the person whom a link in the label names."""
    end = block.start + label.name_end
    return next((m.site_person_id for m in block.marks if m.kind == "person" and m.start < end), None)


def text_of_segments(text: str, spoken: Iterable[Segment]) -> str:
    """An utterance's text: its speech and insertions in normal form, paragraphs separated by a blank line."""
    paragraphs: dict[int | None, str] = {}
    for segment in spoken:
        paragraphs[segment.paragraph] = paragraphs.get(segment.paragraph, "") + text[segment.start : segment.end]
    return join_paragraphs(paragraphs.values())


# ---------------------------------------------------------------------------------------------------------------------
# Problems


def _orphans(document: Document, items: Sequence[Item], path: str) -> Iterator[Problem]:
    """Lines that begin with a colon but follow no label: without a speaker of their own, another would get them."""
    for item in items:
        if item.block.kind == "body" and document.text.startswith(":", item.block.start):
            text = document.text[item.block.start : item.block.end]
            yield Problem(
                path,
                "a speaker's name on the line before one that begins with a colon",
                quote(text),
                "add the line with the speaker's label",
                line=document.line_at(item.block.start),
                code="no-speaker",
            )


def _without_speech(document: Document, item: Item, path: str) -> Problem:
    label = document.text[item.block.start : item.block.end]
    return Problem(
        path,
        "speech after the speaker's label",
        f"none after {quote(label)}",
        "add what was said, or take the label away",
        line=document.line_at(item.block.start),
        code="no-speech",
    )
