"""Checks of one meeting by its segments: they cover the text of its source, and say what its other rows say."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from builder.verify import meetings, segment_rows
from builder.verify.findings import Finding, Place, Row, same, shown
from builder.verify.package_rows import Meeting, Package
from builder.verify.segment_rows import SegmentRow
from schema.segments import ALWAYS_OF_A_TURN, OF_A_TURN, SPOKEN
from schema.text import count_words, join_paragraphs, normal_form


def cover(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """The segments of a meeting cover every character of its source."""
    source, place = meeting.source, Place("segments", meeting.meeting_id)
    if not meeting.segments:
        if source and source["text_length"]:
            yield place.says("expected the segments of its source, found none")
        return
    position = 0
    for segment in meeting.segments:
        end = position + len(segment.text)
        if segment.start_char != position or segment.end_char != end:
            yield from same(segment.place, "start_char", position, segment.start_char)
            yield from same(segment.place, "end_char", end, segment.end_char)
        position = end
    if source is None:
        yield place.says("expected an included source, found none")
    else:
        yield from same(place, "text_length", source["text_length"], len(meeting.text))
        yield from same(place, "text_sha256", source["text_sha256"], meeting.text_sha256)
    yield from segment_rows.blanks(meeting.segments, meeting.layout)


def meeting_rows(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """A meeting is what its segments say."""
    if meeting.segments and meeting.source:
        for row in meeting.meetings:
            yield from meetings.facts(row, meeting)


def utterances(package: Package, meeting: Meeting) -> Iterator[Finding]:
    """The segments of each turn give its utterance, and no others claim to be a turn's."""
    parts: dict[str, list[SegmentRow]] = {}
    for segment in meeting.segments:
        if segment.utterance_id is not None:
            parts.setdefault(segment.utterance_id, []).append(segment)
            belongs = segment.kind in OF_A_TURN
        else:
            belongs = segment.kind not in ALWAYS_OF_A_TURN
        if not belongs or (segment.paragraph is None) == (segment.kind in SPOKEN):
            yield from _misplaced(segment)
    own = {row["utterance_id"] for row in meeting.utterances}
    for utterance, segments in parts.items():
        # An utterance that no meeting has is a reference that does not resolve.
        if utterance not in own and (other := package.meeting_of.get(utterance)) is not None:
            yield from same(segments[0].place, f"meeting of {utterance}", other, meeting.meeting_id)
    before = -1
    for row in meeting.utterances:
        yield from _utterance(row, parts.get(row["utterance_id"], []))
        if row["start_char"] <= before:
            expected = f"more than {before}"
            text = f"start_char: expected {expected}, where the turn before begins"
            yield _place_of(row).says(text, column="start_char", expected=expected, found=str(row["start_char"]))
        before = row["start_char"]


def mentions(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """The mentions of a meeting are what its segments say."""
    if meeting.segments:
        for row in meeting.mentions:
            yield from _mention(row, meeting.segments)


def _misplaced(segment: SegmentRow) -> Iterator[Finding]:
    place, utterance = segment.place, segment.utterance_id
    if utterance is not None and segment.kind not in OF_A_TURN:
        text = f"expected no utterance_id on a {segment.kind}, found {utterance}"
        yield place.says(text, column="utterance_id", expected="null", found=utterance)
    if utterance is None and segment.kind in ALWAYS_OF_A_TURN:
        text = f"expected an utterance_id on a {segment.kind}, found null"
        yield place.says(text, column="utterance_id", found="null")
    yield from same(place, "whether paragraph is null", segment.kind not in SPOKEN, segment.paragraph is None)


def _place_of(utterance: Row) -> Place:
    return Place("utterances", utterance["utterance_id"])


def _utterance(row: Row, parts: list[SegmentRow]) -> Iterator[Finding]:
    """What is wrong with an utterance, by its segments."""
    place = _place_of(row)
    spoken = [part for part in parts if part.kind in SPOKEN]
    if not spoken:
        yield place.says("expected segments of speech, found none")
        return
    paragraphs: dict[int | None, str] = {}
    for part in spoken:
        paragraphs[part.paragraph] = paragraphs.get(part.paragraph, "") + part.text
    yield from same(place, "paragraphs", list(range(1, len(paragraphs) + 1)), list(paragraphs))
    yield from same(place, "text", join_paragraphs(paragraphs.values()), row["text"])
    yield from same(place, "word_count", count_words(row["text"]), row["word_count"])
    yield from same(place, "start_char", spoken[0].start_char, row["start_char"])
    yield from same(place, "end_char", spoken[-1].end_char, row["end_char"])
    labels = [part for part in parts if part.kind == "label"]
    if labels:
        # A tool's marks may stand inside a label and part it: `**President [Name](address)**:`.
        yield from _label(place, row, "".join([label.text for label in labels]))
    else:
        yield place.says("expected a segment with its label, found none")


def _mention(row: Row, segments: list[SegmentRow]) -> Iterator[Finding]:
    """What is wrong with a mention, by the segments of its meeting."""
    place = Place("mentions", f"{row['meeting_id']}, {row['sequence']}")
    start, end = row["start_char"], row["end_char"]
    first = bisect_right(segments, start, key=attrgetter("end_char"))
    around = segments[first : bisect_left(segments, end, key=attrgetter("start_char"))]
    if not around or any(s.kind not in SPOKEN or s.utterance_id != row["utterance_id"] for s in around):
        yield place.says(f"expected a place in the speech of {row['utterance_id']}, found {start} to {end}")
        return
    text = "".join(s.text for s in around)[start - around[0].start_char : end - around[0].start_char]
    yield from same(place, "text", normal_form(text), row["text"])
    if row["kind"] == "insertion" and around[0].kind != "insertion":
        yield place.says(f"expected a place in an insertion, found one in {around[0].kind}")


def _label(place: Place, row: Row, printed: str) -> Iterator[Finding]:
    """Label and note are the normal form of what the segment prints, its colons, parentheses and white space apart, and the
    semicolon between two notes."""
    wanted, found = (_letters(text) for text in (printed, row["label"] + (row["note"] or "")))
    if wanted != found:
        what = shown(row["label"]) + (f" and the note {shown(row['note'])}" if row["note"] else "")
        text = f"label: expected what its segment prints, {shown(printed)}, found {what}"
        yield place.says(text, column="label", expected=shown(printed), found=what)


def _letters(text: str) -> str:
    """A label's characters but for colons, semicolons, parentheses and white space, in normal form."""
    return normal_form("".join(character for character in text if character not in ":;()" and not character.isspace()))
