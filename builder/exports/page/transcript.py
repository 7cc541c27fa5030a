"""A meeting as the page shows it: its source's characters, each in one segment, grouped into turns and paragraphs.

Nothing is stored twice. The reader shows the speech and hides the rest; "source" shows all of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

import pycountry

from builder.exports.by_meeting import Row

Piece = tuple[str, str]
"""The kind and the text of a segment."""

SPOKEN = ("speech", "insertion")
_WITHIN = (*SPOKEN, "direction", "elision", "note")
"""What may stand on a line with speech."""


@dataclass(frozen=True)
class Passage:
    """A run of segments: a paragraph of a turn, a line beside the speech, or what the reader does not show."""

    kind: str
    """`said`, `aside` or `around`."""
    pieces: Sequence[Piece]

    @property
    def markup(self) -> str:
        """The segments as HTML. Most of a page is made of them, and a template would take thrice as long."""
        return "".join([f'<span class="{kind}">{escape(text)}</span>' for kind, text in self.pieces])


@dataclass
class ShownTurn:
    """One utterance with all that stands within it."""

    row: Row
    number: int
    """The turn's place in the meeting, from 1."""
    name: str
    country: str | None
    pattern: int
    """Which of the page's patterns stands for the speaker."""
    blocks: list[Passage] = field(default_factory=list)

    @property
    def state(self) -> str | None:
        return self.country and state_name(self.country)


def blocks_of(segments: Sequence[Row]) -> list[Passage]:
    """The paragraphs and other runs of a turn's segments, in their order."""
    paragraph_of: dict[int, int] = {}
    for number, ends in _paragraphs(segments).items():
        first, last = _widened(segments, *ends)
        paragraph_of |= dict.fromkeys(range(first, last + 1), number)
    blocks: list[Passage] = []
    before: object = None
    for index, segment in enumerate(segments):
        kind = "said" if index in paragraph_of else "aside" if segment["kind"] in _WITHIN else "around"
        key = (kind, paragraph_of.get(index))
        if key != before:
            blocks.append(Passage(kind, []))
            before = key
        blocks[-1].pieces.append((segment["kind"], segment["text"]))  # type: ignore[attr-defined]  # a list made here
    return blocks


def _paragraphs(segments: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Where each paragraph begins and ends: indices of segments."""
    ranges: dict[int, tuple[int, int]] = {}
    for index, segment in enumerate(segments):
        if (number := segment["paragraph"]) is not None:
            ranges[number] = (ranges.get(number, (index, index))[0], index)
    return ranges


def _widened(segments: Sequence[Row], first: int, last: int) -> tuple[int, int]:
    """A paragraph with the directions and cuts that stand on a line with it."""
    for step in (-1, 1):
        index = first if step < 0 else last
        while 0 <= (index := index + step) < len(segments):
            segment = segments[index]
            if segment["kind"] in _WITHIN and segment["paragraph"] is None:
                first, last = min(first, index), max(last, index)
            elif segment["kind"] != "blank" or "\n" in segment["text"]:
                break
    return first, last


def parts_of(segments: Sequence[Row], turns: Mapping[str, ShownTurn]) -> Iterator[ShownTurn | Passage]:
    """A meeting's turns, and what stands between them, in the order of the text."""
    ends = {segment["utterance_id"]: index for index, segment in enumerate(segments) if segment["utterance_id"]}
    index = 0
    while index < len(segments):
        if turn := turns.get(segments[index]["utterance_id"]):
            end = ends[segments[index]["utterance_id"]] + 1
            turn.blocks = blocks_of(segments[index:end])
            yield turn
        else:
            end = index + 1
            while end < len(segments) and not segments[end]["utterance_id"]:
                end += 1
            yield Passage("around", [(segment["kind"], segment["text"]) for segment in segments[index:end]])
        index = end


@cache
def state_name(code: str) -> str:
    """The usual name of a state by its ISO 3166-1 alpha-3 code."""
    if code == "RUS":
        return "Russia"
    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", None) or country.name.partition(",")[0])


GROUPS: dict[str, tuple[str, ...]] = {
    "speech": SPOKEN,
    "labels": ("label",),
    "stage directions and cuts": ("direction", "elision", "note", "separator"),
    "about the event": ("title", "date", "time", "place", "lead", "narration", "caption", "heading", "pullquote"),
    "the site’s furniture": ("furniture", "section", "related", "tag", "status"),
    "white space": ("blank",),
    "not assigned": ("unassigned",),
}
"""What a source consists of, as the page counts it: kinds of segments by group."""
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


def group_of(kind: str) -> str:
    """The group of a kind of segment."""
    return _GROUP_OF[kind]
