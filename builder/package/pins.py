"""Keeps ids stable: before a package is published, its ids are compared with the pinned ids of every release."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from builder.errors import DataError, Problem
from builder.files import read_bytes
from builder.package.formats import parquet_file
from builder.package.names import DIST
from builder.package.reader import PackageReader
from builder.package.release import PROJECT
from builder.package.releases import (
    FIRST_LINE,
    RELEASES,
    IdChange,
    Pin,
    PinnedRelease,
    Releases,
    display_path,
    load_releases,
    map_path,
    render_pins,
)
from builder.package.versions import parse_version
from schema.ids import sequence_of
from schema.ids import utterance_id as id_of_utterance

ADVICE = "fix the code, or enter in builder/package/releases/map.toml what became of it"
ADVICE_ON_SOURCES = (
    "name another folder with --output, or enter in builder/package/releases/map.toml what became of the meeting"
)


class PinnedTurn(NamedTuple):
    """One utterance of a package: the columns that are pinned."""

    utterance_id: str
    meeting_id: str
    start_char: int
    speaker_id: str | None


class ChangedId(NamedTuple):
    """One id that differs from what a release pinned, or from what the map says."""

    path: str
    line: int | None
    """The line of the pin; null where the map is contradicted and not a pin."""
    id: str
    expected: str
    found: str
    advice: str = ADVICE

    @property
    def problem(self) -> Problem:
        return Problem(self.path, self.expected, self.found, self.advice, line=self.line, code="id-changed")

    @property
    def notice(self) -> str:
        return f"an id that a release pinned is another here: expected {self.expected}, found {self.found}"


def check_ids(staged: Path, output: Path) -> list[str]:
    """Compares the ids of a staged package with those that earlier releases gave the same sources.

    In the project's own folder a changed or lost id raises `DataError`, because every released source must be there. In any
    other folder it is returned as a notice, because other pages may be the reason.
    """
    is_own = output.resolve() == PROJECT
    breaches = list(changed_ids(staged, load_releases(), is_own=is_own))
    if breaches and is_own:
        raise DataError([breach.problem for breach in breaches])
    return [breach.notice for breach in breaches]


def changed_ids(package: Path, releases: Releases, *, is_own: bool) -> Iterator[ChangedId]:
    """Every id that differs from a pin. An id that several releases pin is compared with the newest of them."""
    found = _PackageIds(package, releases)
    told: set[str] = set()
    for release in releases.pinned:
        held = _ReleaseCheck(release, _Successors(releases.changes, release.version), found)
        for breach in held.breaches(is_own):
            if breach.id not in told:
                told.add(breach.id)
                yield breach
    yield from (breach for breach in _reused_ids(releases.changes, found) if breach.id not in told)


def pins_of(package: Path) -> Iterator[Pin]:
    """The pins of a package: one for each utterance, and one for each meeting without utterances."""
    sources = PackageReader(package).tuples("sources", ["status", "meeting_id", "text_sha256"])
    texts = {meeting: text for status, meeting, text in sources if status == "included"}
    turns = _turns(package, set(texts))
    by_meeting = {meeting: list(group) for meeting, group in groupby(turns, key=attrgetter("meeting_id"))}
    for meeting, text in sorted(texts.items()):
        if meeting not in by_meeting:
            yield Pin(text_sha256=text, meeting_id=meeting)
        for turn in by_meeting.get(meeting, ()):
            yield Pin(text_sha256=text, **turn._asdict())


# ---------------------------------------------------------------------------------------------------------------------
# What is found


class _PackageIds:
    """What a package says about pinned sources and ids. Everything else in it is ignored."""

    def __init__(self, package: Path, releases: Releases) -> None:
        pins = [pin for release in releases.pinned for pin in release.pins]
        texts = {pin.text_sha256 for pin in pins}
        self._package = package
        self.sources: dict[str, tuple[str, str | None]] = {}
        """Status and meeting, by the hash of the text. Where several inputs have the same text, the included one counts."""
        self.meetings: set[str] = set()
        for status, meeting, text in PackageReader(package).tuples("sources", ["status", "meeting_id", "text_sha256"]):
            if status == "included":
                self.meetings.add(meeting)
            if text in texts and (status == "included" or text not in self.sources):
                self.sources[text] = status, meeting
        named = {pin.meeting_id for pin in pins} | {c.id for c in releases.changes}
        named |= {into for change in releases.changes for into in change.into}
        named |= {meeting for _, meeting in self.sources.values() if meeting}
        self.turns = {turn.utterance_id: turn for turn in _turns(package, named & self.meetings)}

    def has(self, table: str, row_id: str) -> bool:
        """Whether the package has this pinned or mapped meeting, utterance or speaker."""
        if table == "speakers":
            return any(
                row_id == speaker for (speaker,) in PackageReader(self._package).tuples("speakers", ["speaker_id"])
            )
        return row_id in (self.meetings if table == "meetings" else self.turns)


def _turns(package: Path, meetings: set[str]) -> Iterator[PinnedTurn]:
    """The utterances of some meetings. Row groups that cannot hold any of them are skipped."""
    if not meetings:
        return
    with parquet_file(package / DIST / "utterances.parquet") as file:
        index = file.schema_arrow.get_field_index("meeting_id")
        for group in range(file.num_row_groups):
            bounds: Any = file.metadata.row_group(group).column(index).statistics
            if bounds is None or any(bounds.min <= meeting <= bounds.max for meeting in meetings):
                rows = file.read_row_group(group, list(PinnedTurn._fields))
                turns = map(PinnedTurn, *(rows.column(name).to_pylist() for name in PinnedTurn._fields))
                yield from (turn for turn in turns if turn.meeting_id in meetings)


# ---------------------------------------------------------------------------------------------------------------------
# What was pinned


class _Successors:
    """What became of the ids of one release, according to the changes that the map lists since."""

    def __init__(self, changes: Iterable[IdChange], since: str) -> None:
        self._changes = [change for change in changes if parse_version(change.release) > parse_version(since)]

    def of(self, table: str, row_id: str) -> tuple[tuple[str, ...], bool]:
        """The ids that have taken the place of an id, and whether an entry of the map says so."""
        ids: tuple[str, ...] = (row_id,)
        is_mapped = False
        for change in self._changes:
            if change.table == table and change.id in ids:
                ids = tuple(
                    dict.fromkeys(i for old in ids for i in (change.successors if old == change.id else (old,)))
                )
                is_mapped = True
        return ids, is_mapped

    def of_utterance(self, utterance_id: str, meeting_id: str) -> tuple[tuple[str, ...], bool]:
        """The same for an utterance. Without an entry of its own it follows its meeting and keeps its number."""
        ids, is_mapped = self.of("utterances", utterance_id)
        if is_mapped:
            return ids, True
        sequence = sequence_of(utterance_id)
        return tuple(id_of_utterance(meeting, sequence) for meeting in self.of("meetings", meeting_id)[0]), False


class _ReleaseCheck(NamedTuple):
    """One release, compared with what the package holds."""

    release: PinnedRelease
    trail: _Successors
    found: _PackageIds

    def breaches(self, is_own: bool) -> Iterator[ChangedId]:
        numbered = enumerate(self.release.pins, start=FIRST_LINE)
        for (text, meeting), group in groupby(numbered, key=lambda item: (item[1].text_sha256, item[1].meeting_id)):
            lines = list(group)
            if breach := self._of_meeting(lines[0][0], text, meeting, is_own):
                yield breach
            elif is_own or text in self.found.sources:
                for line, pin in lines:
                    yield from self._of_utterance(line, pin)

    def _of_meeting(self, line: int, text: str, meeting: str, is_own: bool) -> ChangedId | None:
        """What is wrong with a source's meeting. If anything is, its utterances are not compared as well."""
        meetings, is_mapped = self.trail.of("meetings", meeting)
        status, found = self.found.sources.get(text, ("none", None))
        if found is not None:
            if found in meetings:
                return None
            wanted = " or ".join(meetings) if meetings else "no meeting"
            return self._breach(line, meeting, f"the source of {meeting} to be {wanted}", found)
        # A missing page matters only in the project's own folder, where all of them must be.
        if not is_own:
            return None
        if not is_mapped:
            wanted = f"the source of {meeting}, a text with sha256 {text}"
            shown = "it rejected" if status == "rejected" else "no such text among the inputs"
            return self._breach(line, meeting, wanted, shown, ADVICE_ON_SOURCES)
        gone = [successor for successor in meetings if successor not in self.found.meetings]
        wanted = f"the meeting {', '.join(gone)}, by which the map says that {meeting} is named now"
        return self._breach(line, meeting, wanted, "none") if gone else None

    def _of_utterance(self, line: int, pin: Pin) -> Iterator[ChangedId]:
        if pin.utterance_id is None:
            return
        ids, is_mapped = self.trail.of_utterance(pin.utterance_id, pin.meeting_id)
        # In another source of the same event the utterance begins at another character.
        is_same_text = self.found.sources.get(pin.text_sha256, ("none", None))[0] == "included"
        for row_id in ids:
            turn = self.found.turns.get(row_id)
            if turn is None:
                yield self._breach(line, pin.utterance_id, f"an utterance {row_id}", "none")
            elif is_mapped:
                continue
            elif is_same_text and turn.start_char != pin.start_char:
                wanted = f"{row_id} to begin at character {pin.start_char}"
                yield self._breach(line, pin.utterance_id, wanted, str(turn.start_char))
            elif pin.speaker_id is not None:
                speakers, _ = self.trail.of("speakers", pin.speaker_id)
                if turn.speaker_id not in speakers:
                    wanted = f"{row_id} to be spoken by {' or '.join(speakers) or 'nobody whom a release knew'}"
                    yield self._breach(line, pin.utterance_id, wanted, turn.speaker_id or "nobody")

    def _breach(self, line: int, row_id: str, expected: str, found: str, advice: str = ADVICE) -> ChangedId:
        return ChangedId(display_path(self.release.path), line, row_id, expected, found, advice)


def _reused_ids(changes: Iterable[IdChange], found: _PackageIds) -> Iterator[ChangedId]:
    """Ids that are in use although the map says that they are retired."""
    retired: dict[tuple[str, str], IdChange] = {}
    for change in changes:
        for row_id in change.into:
            retired.pop((change.table, row_id), None)
        if change.retires:
            retired[change.table, change.id] = change
    for (table, row_id), change in retired.items():
        if found.has(table, row_id):
            expected = f"nothing in {table} to be {row_id}, which was {change.what} in {change.release}"
            yield ChangedId(map_path(), None, row_id, expected, "a row of that id")


# ---------------------------------------------------------------------------------------------------------------------
# A release is pinned


def pin(package: Path, version: str, *, check: bool = False, folder: Path = RELEASES) -> bool:
    """Writes the pins of a release from its package. Returns whether they had been written before.

    Raises `DataError` where different pins exist: a release is never changed. With `check` nothing is written, and missing
    pins are an error too.
    """
    path = folder / f"{version}.csv"
    content = render_pins(pins_of(package))
    found = read_bytes(path) if path.exists() else None
    if found == content:
        return True
    if found is not None or check:
        advice = "run `python -m builder pin`"
        if found is not None:
            advice = f"raise the version in CITATION.cff; or, while {version} is not released, take the file away and pin again"
        shown = "others" if found is not None else "no such file"
        raise DataError(
            [Problem(display_path(path), f"the ids of {package / DIST}", shown, advice, code="pins-differ")]
        )
    path.write_bytes(content)
    return False
