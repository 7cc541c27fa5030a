"""Whether a segment's text is what its kind may be, to which turn it belongs, and which turns follow a gap."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from builder.document import DIRECTION, ELISION, SEPARATOR
from builder.labels import read_label
from builder.layouts import plain_text
from builder.turns import NOTE
from builder.verify.meetings import SHOWING_CUTS
from builder.verify.reading import Row, same, shown
from schema.text import normal_form

SPOKEN = frozenset({"speech", "insertion"})
OF_A_TURN = frozenset({"label", "direction", "elision", "blank", *SPOKEN})
ALWAYS_OF_A_TURN = frozenset({"label", "direction", *SPOKEN})

_FORMS = {
    "insertion": re.compile(r"(?:\[[^\[\]]*\]\s*)+"),
    "direction": re.compile(rf"(?:{DIRECTION.pattern}[.…]?\s*)+"),
    "elision": re.compile(rf"(?:{ELISION.pattern}\s*)+"),
    "separator": SEPARATOR,
    "note": NOTE,
}
"""What all of a segment of a kind looks like, where its kind is told by its form."""
_ENDS_TURN = frozenset({"separator", "heading", "note"})
_BETWEEN = frozenset({"blank", "furniture"})
"""What may part a segment: a layout's line break, a tool's mark."""


class Segment(NamedTuple):
    """A row of segments, its columns in their order."""

    meeting_id: str
    sequence: int
    kind: str
    start_char: int
    end_char: int
    text: str
    utterance_id: str | None
    paragraph: int | None

    @property
    def where(self) -> str:
        return f"segments: {self.meeting_id}, {self.sequence}"


def forms(segments: Sequence[Segment], layout: str | None) -> Iterator[str]:
    """Segments whose text is not what their kind looks like, or that are one role in two pieces."""
    first: Segment | None = None
    """The first piece of a role that a layout's break or a tool's mark may part."""
    text = ""
    before: Segment | None = None
    for index, segment in enumerate(segments):
        kind = segment.kind
        if segment.text.isspace() != (kind == "blank") and not _parts_marks(segments, index, layout):
            expected = "blank" if segment.text.isspace() else "another kind"
            yield from same(f"{segment.where}: kind of {shown(segment.text)}", expected, kind)
        if kind != "blank" and layout != plain_text.NAME:
            yield from _edges(segments, index)
        if before and _is_one(before, segment, layout):
            yield f"{segment.where}: expected one segment with the one before, which is {kind} too, found two"
        is_next = before is not None and before.kind == kind
        before = segment
        if first and (is_next or (kind != first.kind and kind not in _BETWEEN)):
            yield from _form(first, text)
            first = None
        if kind in _FORMS:
            first, text = (first, text + segment.text) if first else (segment, segment.text)
    if first:
        yield from _form(first, text)


def _parts_marks(segments: Sequence[Segment], index: int, layout: str | None) -> bool:
    """Whether a segment is white space of speech beside a tool's marks: `**so** **it is**`."""
    around = segments[max(0, index - 1) : index + 2]
    return layout == plain_text.NAME and segments[index].kind in SPOKEN and any(s.kind == "furniture" for s in around)


def _form(segment: Segment, text: str) -> Iterator[str]:
    if not _FORMS[segment.kind].fullmatch(normal_form(text)) or text[0] in " \t\n":
        yield f"{segment.where}: kind: expected another for {shown(text)}, found {segment.kind}"


def _edges(segments: Sequence[Segment], index: int) -> Iterator[str]:
    """Speech keeps white space only beside other words of its paragraph; where a blank stands, all of it is blank."""
    segment = segments[index]
    after = segments[index + 1] if index + 1 < len(segments) else None
    is_open = after is not None and after.kind != "blank" and (segment.kind, after.kind) != ("insertion", "speech")
    if segment.text[-1] in " \t\n" and not (is_open and segment.kind in SPOKEN):
        yield f"{segment.where}: text: expected the white space at its end outside of it, found {segment.text[-20:]!r}"
    if segment.text[0] in " \t\n" and (segment.kind not in SPOKEN or segments[index - 1].kind == "blank"):
        yield f"{segment.where}: text: expected the white space at its start outside of it, found {segment.text[:20]!r}"


def _is_one(before: Segment, segment: Segment, layout: str | None) -> bool:
    """Whether two segments in a row are the pieces of one. `[So.][Yes.]` are two, and in plain text from another tool marks
    stand beside one another, and paragraphs that it ran together."""
    if before.kind != segment.kind or segment.kind in _FORMS:
        return False
    if layout != plain_text.NAME or segment.kind == "blank":
        return before.utterance_id == segment.utterance_id
    return segment.kind == "speech" and before[6:] == segment[6:]


def turns(segments: Sequence[Segment]) -> Iterator[str]:
    """Segments inside a turn that do not say so, and others that do."""
    ends = {s.utterance_id: s.start_char for s in segments if s.utterance_id is not None and s.kind != "blank"}
    turn: str | None = None
    for segment in segments:
        if segment.kind == "blank":
            inside = turn if turn is not None and segment.start_char < ends[turn] else None
            yield from same(f"{segment.where}: utterance_id", inside, segment.utterance_id)
        elif segment.utterance_id is not None:
            if segment.utterance_id != turn and segment.kind != "label":
                yield from same(f"{segment.where}: utterance_id", turn, segment.utterance_id)
            turn = segment.utterance_id
        elif segment.kind == "elision" and turn is not None and segment.start_char < ends[turn]:
            yield from same(f"{segment.where}: utterance_id", turn, None)


def gaps(segments: Sequence[Segment]) -> dict[str, bool | None]:
    """Whether each turn follows a gap; null where an elision and a direction on one line leave it open."""
    follows: dict[str, bool | None] = {}
    gap: bool | None = False
    line_end = True
    """Whether a line ended since the last elision."""
    for segment in segments:
        kind = segment.kind
        if kind == "elision":
            gap, line_end = True, False
        elif kind in _ENDS_TURN:
            gap = gap if kind == "note" else True
        elif kind == "label":
            follows.setdefault(segment.utterance_id or "", gap)
        elif kind in SPOKEN:
            gap = False
        elif kind == "direction" and gap and not line_end:
            gap = None
        if "\n" in segment.text:
            line_end = True
    return follows


def label(row: Row, printed: str) -> Iterator[str]:
    """Label and note are what the segment prints, its colon and the note's parentheses apart."""
    where = f"utterances: {row['utterance_id']}"
    read = read_label(printed)
    if read is None:
        yield f"{where}: label: expected a label that ends with a colon in its segment, found {shown(printed)}"
        return
    yield from same(f"{where}: label", read.text, row["label"])
    yield from same(f"{where}: note", read.note, row["note"])
    if read.end != len(printed):
        yield f"{where}: label: expected a segment that ends with it, found {shown(printed)}"


def follows_gap(row: Row, gaps_of: Mapping[str, bool | None], layout: str | None) -> Iterator[str]:
    """A turn follows a gap where one stands before it; else it does not, as far as the layout shows cuts."""
    gap = gaps_of.get(row["utterance_id"], False)
    without = False if layout in SHOWING_CUTS else None
    if gap is None:
        return
    yield from same(f"utterances: {row['utterance_id']}: follows_gap", gap or without, row["follows_gap"])
