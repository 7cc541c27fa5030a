"""The text of a meeting in TEI: its turns, and what stands between and within them."""

from collections.abc import Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from builder.exports.by_meeting import ExportedSegment, Row
from builder.exports.tei_xml import child, person_id, xml_id
from schema.segments import SPOKEN
from schema.text import normal_form

NOTES = ("narration", "caption", "pullquote", "note")
"""Kinds of segments that become a `note` of that type."""
_MARKED = ("direction", "elision", "separator", *NOTES)
"""Kinds of segments that nobody speaks and that are part of the transcript."""
_OUTSIDE_TURNS = (*_MARKED, "heading")
"""Kinds of segments of which something is written where they are no part of a turn."""


def body(meeting: Row, utterances: Sequence[Row], segments: Sequence[ExportedSegment], file: str) -> Element:
    """The `text` of a meeting's file: a `div` for each of its sections, which headings begin."""
    text = Element("text")
    writer = _Writer(child(text, "body"), meeting["title"], {row["utterance_id"]: row for row in utterances}, file)
    # The others would write nothing.
    segments = [row for row in segments if row.utterance_id or row.kind in _OUTSIDE_TURNS]
    ends = {(row.utterance_id, row.paragraph): index for index, row in enumerate(segments)}
    last = {row.utterance_id: index for index, row in enumerate(segments)}
    index = 0
    while index < len(segments):
        segment = segments[index]
        end = ends[segment.utterance_id, segment.paragraph] if segment.paragraph else index
        writer.write(segments[index : end + 1])
        index = end + 1
        if segment.utterance_id and last[segment.utterance_id] < index:
            writer.end_turn()
    return text


class _Writer:
    """Writes the segments of a meeting one after the other, those of a paragraph together."""

    def __init__(self, root: Element, title: str, utterances: dict[str, Row], file: str) -> None:
        self._root = root
        self._section = self._new_section(title)
        self._utterances = utterances
        self._file = file
        self._turn: Element | None = None
        """The turn that is being written."""

    def _new_section(self, head: str) -> Element:
        section = child(self._root, "div", type="debateSection")
        child(section, "head", head)
        return section

    def write(self, segments: Sequence[ExportedSegment]) -> None:
        """Writes a segment, or those of a paragraph with what stands between them."""
        first = segments[0]
        kind = first.kind
        if self._turn is None and first.utterance_id:
            self._begin(self._utterances[first.utterance_id])
        if kind in SPOKEN and self._turn is not None:
            seg = child(self._turn, "seg", n=f"{first.paragraph}")
            seg.set("xml:id", f"{self._turn.get('xml:id')}.{first.paragraph}")
            _fill(seg, segments)
        elif kind == "heading":
            self._section = self._new_section(normal_form(first.text))
        else:
            _mark(self._section if self._turn is None else self._turn, first)

    def _begin(self, utterance: Row) -> None:
        note = f" ({utterance['note']})" if utterance["note"] else ""
        child(self._section, "note", utterance["label"] + note, type="speaker")
        source = f"{quote(self._file)}#char={utterance['start_char']},{utterance['end_char']}"
        self._turn = child(self._section, "u", source=source, n=f"{utterance['sequence']}")
        self._turn.set("xml:id", xml_id("u", utterance["utterance_id"]))
        if utterance["speaker_id"]:
            self._turn.set("who", f"#{person_id(utterance['speaker_id'])}")

    def end_turn(self) -> None:
        """Ends the turn that is being written: nothing that follows is part of it."""
        self._turn = None


def _fill(seg: Element, segments: Sequence[ExportedSegment]) -> None:
    """Fills a paragraph. Its text in normal form is parted where its segments are."""
    spoken = [row.text for row in segments if row.kind in SPOKEN]
    whole = normal_form("".join(spoken))
    raw, done = "", 0
    for row in segments:
        if row.kind not in SPOKEN:
            _mark(seg, row)
            continue
        raw += row.text
        # A letter that two segments make together goes to the later one.
        upto = len(whole) if raw == "".join(spoken) else _length_of_common_start(whole, normal_form(raw))
        if raw[-1].isspace() and whole[upto : upto + 1] == " ":
            upto += 1
        piece, done = whole[done:upto], max(done, upto)
        if row.kind == "insertion":
            child(seg, "supplied", piece)
        else:
            _append(seg, piece)


def _length_of_common_start(one: str, other: str) -> int:
    if one.startswith(other):
        return len(other)
    return next(index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])


def _append(element: Element, text: str) -> None:
    """Appends text to an element, behind the last of what it holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _mark(place: Element, segment: ExportedSegment) -> None:
    """Writes a segment that nobody speaks, if it is part of the transcript."""
    kind = segment.kind
    if kind not in _MARKED:
        return
    text = normal_form(segment.text)
    if kind == "direction":
        child(child(place, "incident"), "desc", text)
    elif kind == "elision":
        child(child(place, "gap", reason="editorial"), "desc", text)
    elif kind == "separator":
        child(place, "milestone", unit="section", rend=text)
    else:
        child(place, "note", text, type=kind)
