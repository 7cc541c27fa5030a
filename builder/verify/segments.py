"""Checks on the segments, in one pass over them: they cover each source's text, and say what meetings and utterances say.

There are some fifty segments a page, with all its text: they are read some thousand at a time and never held whole.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from builder.errors import quote
from builder.package.formats import FORMATS
from builder.reading.decoding import sha256_of_text
from builder.verify import cast, meetings, roles
from builder.verify.reading import STREAMED, Package, Row, SegmentFindings, same, shown
from builder.verify.roles import Segment
from builder.verify.texts import text_of_source
from schema.records import SegmentRecord
from schema.segments import ALWAYS_OF_A_TURN, OF_A_TURN, SPOKEN
from schema.tables import BY_NAME
from schema.text import count_words, join_paragraphs, normal_form
from schema.validate import WrongValuesError, validate_columns


def findings(package: Package) -> SegmentFindings:
    """What is wrong with a package's segments; the pass is made once."""
    if package.segment_findings is None:
        package.segment_findings = _Pass(package).run()
    return package.segment_findings


def cover(package: Package) -> Iterator[str]:
    """Segments cover every character of their source."""
    yield from findings(package).cover


def meeting_rows(package: Package) -> Iterator[str]:
    """Meetings are what their segments say."""
    yield from findings(package).meetings


def utterances(package: Package) -> Iterator[str]:
    """Utterances are what their segments say."""
    yield from findings(package).utterances


class _Pass:
    """One pass over the segments, meeting by meeting."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found = SegmentFindings()
        rows = package.rows
        self.sources = {row["meeting_id"]: row for row in rows["sources"] if row["status"] == "included"}
        self.meetings = {row["meeting_id"]: row for row in rows["meetings"]}
        self.utterances: dict[str, list[Row]] = {}
        self.meeting_of: dict[str, str] = {}
        for row in rows["utterances"]:
            self.utterances.setdefault(row["meeting_id"], []).append(row)
            self.meeting_of[row["utterance_id"]] = row["meeting_id"]
        self.mentions: dict[str, list[Row]] = {}
        for row in rows["mentions"]:
            self.mentions.setdefault(row["meeting_id"], []).append(row)
        self.taking_part: dict[str, list[Row]] = {}
        for row in rows["participations"]:
            self.taking_part.setdefault(row["meeting_id"], []).append(row)
        self.evidence: dict[str, set[str]] = {}
        for row in rows["names"]:
            self.evidence.setdefault(row["speaker_id"], set()).add(row["evidence"])
        self.seen: set[str] = set()
        self.last = ""

    def run(self) -> SegmentFindings:
        held: list[Segment] = []
        row_number = 1
        for batch in self.package.batches(BY_NAME[STREAMED], FORMATS[0]):
            columns = {name: batch.column(name).to_pylist() for name in Segment._fields}
            self.validate(columns, row_number)
            row_number += batch.num_rows
            for segment in map(Segment, *columns.values()):
                if held and segment.meeting_id != held[0].meeting_id:
                    self.checked(held)
                    held = []
                held.append(segment)
        if held:
            self.checked(held)
        for name in sorted(self.sources.keys() - self.seen):
            self.meeting_without_segments(name)
        return self.found

    def validate(self, columns: dict[str, list[Any]], first_row: int) -> None:
        try:
            validate_columns(SegmentRecord, columns)
        except WrongValuesError as error:
            for wrong in error.wrong:
                key = f"{columns['meeting_id'][wrong.row]}, {columns['sequence'][wrong.row]}"
                where = f"segments: row {first_row + wrong.row} ({key}): {wrong.column}"
                self.found.valid.append(f"{where}: {wrong.message}, found {quote(str(wrong.value))}")

    def meeting_without_segments(self, name: str) -> None:
        if self.sources[name]["text_length"]:
            self.found.cover.append(f"segments: {name}: expected the segments of its source, found none")
        for row in self.utterances.get(name, []):
            self.found.utterances.append(f"utterances: {row['utterance_id']}: expected segments of speech, found none")

    def checked(self, segments: list[Segment]) -> None:
        """Checks the segments of one meeting; what damage keeps from being checked is said, and the others are checked."""
        try:
            self.meeting(segments)
        except Exception as error:
            what = f"could not be checked: {type(error).__name__}: {quote(str(error))}"
            self.found.cover.append(f"segments: {segments[0].meeting_id}: {what}")

    def meeting(self, segments: list[Segment]) -> None:
        """Checks the segments of one meeting."""
        name = segments[0].meeting_id
        if self.seen and name in self.seen:
            self.found.keys.append(
                f"segments: {name}, {segments[0].sequence}: stands apart from its meeting's other rows"
            )
        elif self.seen and name < self.last:
            self.found.keys.append(f"segments: {name}, {segments[0].sequence}: stands after a greater key")
        self.last = name
        self.seen.add(name)
        if name not in self.meetings:
            self.found.references.append(
                f"segments: {name}, {segments[0].sequence}: meeting_id {name!r} is not in meetings"
            )
        self.in_order(segments)
        source = self.sources.get(name)
        if source is None:
            self.found.cover.append(f"segments: {name}: expected an included source, found none")
        else:
            text = "".join([segment.text for segment in segments])
            self.found.cover += same(f"segments: {name}: text_length", source["text_length"], len(text))
            self.found.cover += same(f"segments: {name}: text_sha256", source["text_sha256"], sha256_of_text(text))
            self.found.ledger += text_of_source(source, text)
        layout = source["layout"] if source else None
        texts: dict[str, list[str]] = {}
        for segment in segments:
            texts.setdefault(segment.kind, []).append(segment.text)
        if source and name in self.meetings:
            self.found.meetings += meetings.facts(self.meetings[name], layout, texts)
            some = self.utterances.get(name, []), self.taking_part.get(name, [])
            self.found.people += cast.findings(self.evidence, name, texts, *some)
        self.found.cover += roles.blanks(segments, layout)
        self.turns(name, segments)
        for row in self.mentions.get(name, []):
            self.found.mentions += _mention(row, segments)

    def in_order(self, segments: list[Segment]) -> None:
        """Each begins where the one before ended, and is as long as its text."""
        position = before = 0
        for segment in segments:
            if segment.sequence != before + 1:
                where = f"segments: {segment.meeting_id}, {segment.sequence}"
                kind = "stands twice" if segment.sequence == before else "stands out of order"
                kind = "stands after a hole" if segment.sequence > before else kind
                self.found.keys.append(f"{where}: sequence: expected {before + 1}, found {segment.sequence}: {kind}")
            before = segment.sequence
            end = position + len(segment.text)
            if segment.start_char != position or segment.end_char != end:
                where = f"segments: {segment.meeting_id}, {segment.sequence}"
                self.found.cover += same(f"{where}: start_char", position, segment.start_char)
                self.found.cover += same(f"{where}: end_char", end, segment.end_char)
            position = end

    def turns(self, name: str, segments: list[Segment]) -> None:
        """The segments of each turn give its utterance, and no others claim to be a turn's."""
        parts: dict[str, list[Segment]] = {}
        for segment in segments:
            if segment.utterance_id is not None:
                parts.setdefault(segment.utterance_id, []).append(segment)
                belongs = segment.kind in OF_A_TURN
            else:
                belongs = segment.kind not in ALWAYS_OF_A_TURN
            if not belongs or (segment.paragraph is None) == (segment.kind in SPOKEN):
                self.misplaced(segment)
        for utterance, of_it in parts.items():
            if utterance not in self.meeting_of:
                self.found.references.append(
                    f"segments: {name}, {of_it[0].sequence}: utterance_id {utterance!r} is not in utterances"
                )
            elif self.meeting_of[utterance] != name:
                where = f"segments: {name}, {of_it[0].sequence}: meeting of {utterance}"
                self.found.utterances += same(where, self.meeting_of[utterance], name)
        before = -1
        for row in self.utterances.get(name, []):
            self.found.utterances += _utterance(row, parts.get(row["utterance_id"], []))
            if row["start_char"] <= before:
                where = f"utterances: {row['utterance_id']}: start_char"
                self.found.utterances.append(f"{where}: expected more than {before}, where the turn before begins")
            before = row["start_char"]

    def misplaced(self, segment: Segment) -> None:
        where = f"segments: {segment.meeting_id}, {segment.sequence}"
        if segment.utterance_id is not None and segment.kind not in OF_A_TURN:
            self.found.utterances.append(
                f"{where}: expected no utterance_id on a {segment.kind}, found {segment.utterance_id}"
            )
        if segment.utterance_id is None and segment.kind in ALWAYS_OF_A_TURN:
            self.found.utterances.append(f"{where}: expected an utterance_id on a {segment.kind}, found null")
        expected = segment.kind not in SPOKEN
        self.found.utterances += same(f"{where}: whether paragraph is null", expected, segment.paragraph is None)


def _utterance(row: Row, parts: list[Segment]) -> Iterator[str]:
    """What is wrong with an utterance, by its segments."""
    where = f"utterances: {row['utterance_id']}"
    spoken = [part for part in parts if part.kind in SPOKEN]
    if not spoken:
        yield f"{where}: expected segments of speech, found none"
        return
    paragraphs: dict[int | None, str] = {}
    for part in spoken:
        paragraphs[part.paragraph] = paragraphs.get(part.paragraph, "") + part.text
    yield from same(f"{where}: paragraphs", list(range(1, len(paragraphs) + 1)), list(paragraphs))
    yield from same(f"{where}: text", join_paragraphs(paragraphs.values()), row["text"])
    yield from same(f"{where}: word_count", count_words(row["text"]), row["word_count"])
    yield from same(f"{where}: start_char", spoken[0].start_char, row["start_char"])
    yield from same(f"{where}: end_char", spoken[-1].end_char, row["end_char"])
    labels = [part for part in parts if part.kind == "label"]
    if labels:
        # A tool's marks may stand inside a label and part it: `**President [Name](address)**:`.
        yield from _label(where, row, "".join([label.text for label in labels]))
    else:
        yield f"{where}: expected a segment with its label, found none"


def _mention(row: Row, segments: list[Segment]) -> Iterator[str]:
    """What is wrong with a mention, by the segments of its meeting."""
    where = f"mentions: {row['meeting_id']}, {row['sequence']}"
    start, end = row["start_char"], row["end_char"]
    first = bisect_right(segments, start, key=attrgetter("end_char"))
    around = segments[first : bisect_left(segments, end, key=attrgetter("start_char"))]
    if not around or any(s.kind not in SPOKEN or s.utterance_id != row["utterance_id"] for s in around):
        yield f"{where}: expected a place in the speech of {row['utterance_id']}, found {start} to {end}"
        return
    text = "".join(s.text for s in around)[start - around[0].start_char : end - around[0].start_char]
    yield from same(f"{where}: text", normal_form(text), row["text"])
    if row["kind"] == "insertion" and around[0].kind != "insertion":
        yield f"{where}: expected a place in an insertion, found one in {around[0].kind}"


def _label(where: str, row: Row, printed: str) -> Iterator[str]:
    """Label and note are what the segment prints, its colons, parentheses and white space apart."""
    wanted = "".join(printed.split()).replace(":", "").replace("(", "").replace(")", "")
    found = "".join((row["label"] + (row["note"] or "")).split()).replace(":", "").replace("(", "").replace(")", "")
    if wanted != found:
        what = shown(row["label"]) + (f" and the note {shown(row['note'])}" if row["note"] else "")
        yield f"{where}: label: expected what its segment prints, {shown(printed)}, found {what}"
