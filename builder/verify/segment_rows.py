"""What a segment is, and whether it is white space where it says so."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from builder.verify.findings import Finding, Place, same, shown
from builder.verify.stated import PLAIN
from schema.segments import SPOKEN


class SegmentRow(NamedTuple):
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
    def place(self) -> Place:
        return Place("segments", f"{self.meeting_id}, {self.sequence}")


def blanks(segments: Sequence[SegmentRow], layout: str | None) -> Iterator[Finding]:
    """Segments of white space alone that are not `blank`, and `blank` ones of anything else."""
    for index, segment in enumerate(segments):
        if segment.text.isspace() != (segment.kind == "blank") and not _is_between_marks(segments, index, layout):
            expected = "blank" if segment.text.isspace() else "another kind"
            yield from same(segment.place, f"kind of {shown(segment.text)}", expected, segment.kind)


def _is_between_marks(segments: Sequence[SegmentRow], index: int, layout: str | None) -> bool:
    """Whether a segment is white space of speech next to the marks of another tool: `**so** **it is**`."""
    around = segments[max(0, index - 1) : index + 2]
    return layout == PLAIN and segments[index].kind in SPOKEN and any(s.kind == "furniture" for s in around)
