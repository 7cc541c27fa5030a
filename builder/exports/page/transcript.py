"""A meeting as the page shows it: its source's characters, each in one segment, grouped into turns and paragraphs.

Nothing is stored twice. The reader shows the speech and hides the rest; "source" shows all of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import NamedTuple

import pycountry

from builder.exports.by_meeting import ExportedSegment, Row

SPOKEN = ("speech", "insertion")
_WITHIN = (*SPOKEN, "direction", "elision", "note")
"""What may stand on a line with speech."""


class ShownTurn(NamedTuple):
    """One utterance as the page shows it."""

    row: Row
    number: int
    """The turn's place in the meeting, from 1."""
    name: str
    country: str | None
    pattern: int
    """Which of the page's patterns stands for the speaker."""

    @property
    def state(self) -> str | None:
        return self.country and state_name(self.country)


def _spans(segments: Iterable[ExportedSegment]) -> str:
    """Segments as HTML. Most of a page is made of them, and a template would take thrice as long."""
    return "".join([f'<span class="{each.kind}">{escape(each.text)}</span>' for each in segments])


def _passages(segments: Sequence[ExportedSegment]) -> Iterator[str]:
    """A turn's segments as HTML: paragraphs (`said`), lines beside the speech (`aside`), what the reader does not show."""
    paragraph_of: dict[int, int] = {}
    for number, ends in _paragraphs(segments).items():
        first, last = _widened(segments, *ends)
        paragraph_of |= dict.fromkeys(range(first, last + 1), number)

    def place(index: int) -> tuple[str, int | None]:
        number = paragraph_of.get(index)
        kind = "said" if number is not None else "aside" if segments[index].kind in _WITHIN else "around"
        return kind, number

    for (kind, _), run in groupby(range(len(segments)), place):
        spans = _spans([segments[index] for index in run])
        yield spans if kind == "around" else f'<p class="{kind}">{spans}</p>'


def _paragraphs(segments: Sequence[ExportedSegment]) -> dict[int, tuple[int, int]]:
    """Where each paragraph begins and ends: indices of segments."""
    ranges: dict[int, tuple[int, int]] = {}
    for index, segment in enumerate(segments):
        if (number := segment.paragraph) is not None:
            ranges[number] = (ranges.get(number, (index, index))[0], index)
    return ranges


def _widened(segments: Sequence[ExportedSegment], first: int, last: int) -> tuple[int, int]:
    """A paragraph with the directions and cuts that stand on a line with it."""
    for step in (-1, 1):
        index = first if step < 0 else last
        while 0 <= (index := index + step) < len(segments):
            segment = segments[index]
            if segment.kind in _WITHIN and segment.paragraph is None:
                first, last = min(first, index), max(last, index)
            elif segment.kind != "blank" or "\n" in segment.text:
                break
    return first, last


def parts_of(
    segments: Sequence[ExportedSegment], turns: Mapping[str, ShownTurn]
) -> Iterator[tuple[ShownTurn | None, str]]:
    """A meeting's turns, and with None what stands between them, each as HTML and in the order of the text."""
    ends = {segment.utterance_id: index + 1 for index, segment in enumerate(segments) if segment.utterance_id}
    index = 0
    while index < len(segments):
        if utterance := segments[index].utterance_id:
            end = ends[utterance]
            yield turns[utterance], "".join(_passages(segments[index:end]))
        else:
            end = next((at for at in range(index, len(segments)) if segments[at].utterance_id), len(segments))
            yield None, _spans(segments[index:end])
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
