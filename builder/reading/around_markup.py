"""Documents without their markup, and their transcripts with it: markup stands between the segments, as furniture."""

from collections.abc import Sequence

from builder.reading.document import Block, Document, Mark, Segment, Transcript
from builder.reading.markup import Stripped, strip_markup
from schema.segments import SPOKEN


def without_markup(document: Document) -> tuple[Document, Stripped]:
    """The document as it would be without its markup, and where what is left of its text stood."""
    stripped = strip_markup(document.text, document.markup)
    blocks = [_moved(block, stripped) for block in document.blocks]
    # A block that was nothing but markup is none.
    kept = tuple(block for block in blocks if stripped.text[block.start : block.end].strip())
    return document._replace(text=stripped.text, blocks=kept, markup=()), stripped


def _moved(block: Block, stripped: Stripped) -> Block:
    marks = [
        Mark(mark.kind, stripped.find(mark.start), stripped.find(mark.end), mark.site_person_id) for mark in block.marks
    ]
    kept = tuple(mark for mark in marks if mark.start < mark.end)
    return Block(block.kind, stripped.find(block.start), stripped.find(block.end), kept)


def with_markup(document: Document, transcript: Transcript, stripped: Stripped) -> Transcript:
    """The transcript of a document, from that of the document without its markup."""
    segments: list[Segment] = []
    position = 0
    for segment in transcript.segments:
        for start, end in stripped.stretches(segment.start, segment.end):
            if start > position:
                segments.append(Segment("furniture", position, start))
            segments.append(segment._replace(start=start, end=end))
            position = end
    if position < len(document.text):
        segments.append(Segment("furniture", position, len(document.text)))
    turns = [
        turn._replace(start=start, end=end)
        for turn in transcript.turns
        for start, end in [stripped.origin(turn.start, turn.end)]
    ]
    return Transcript(document, _with_blanks(document.text, segments), tuple(turns))


def _with_blanks(text: str, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments; those of which markup leaves only white space become blank, joined with the blank ones beside them.

    White space between two words of speech stays speech, even where markup separates the words.
    """
    ends = {p.turn: p.end for p in segments if p.turn is not None and not text[p.start : p.end].isspace()}
    merged: list[Segment] = []
    turn: int | None = None
    for segment in segments:
        if segment.kind in SPOKEN or not text[segment.start : segment.end].isspace():
            turn = turn if segment.turn is None else segment.turn
            merged.append(segment)
        elif merged and merged[-1].kind == "blank":
            merged[-1] = merged[-1]._replace(end=segment.end)
        else:
            inside = turn is not None and segment.start < ends[turn]
            merged.append(Segment("blank", segment.start, segment.end, turn if inside else None))
    return tuple(merged)
