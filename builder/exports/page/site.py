"""Which file of the page holds which meeting and person, and how one links to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from builder.exports.page.overview import Overview

INDEX = "index.html"
FOLDER = "page"
"""The folder of a large archive's pages, beside the index."""

_TOO_LONG = 1_000_000
"""Estimated bytes of transcripts beyond which they do not stand in the index but in the folder."""
_LONGEST_PART = 2_500_000
"""Estimated bytes of a file of the folder. The estimate is rough, and the bound is 5 MB."""
_OF_MEETING, _OF_TURN, _OF_CHARACTER = 6_000, 3_000, 1.6
_OF_PERSON, _OF_APPEARANCE = 3_000, 500
MOST_APPEARANCES = 500
"""Meetings that a person's page lists in a large archive."""


@dataclass(frozen=True)
class Part:
    """A file of the folder: some meetings of one year, or some persons."""

    file: str
    title: str
    meetings: Sequence[str] = ()
    people: Sequence[str] = ()


@dataclass(frozen=True)
class Site:
    """The files of the page, seen from one of them."""

    parts: Sequence[Part] = ()
    people_parts: Sequence[Part] = ()
    here: str = INDEX
    _file_of: dict[str, str] = field(default_factory=dict)
    """The file of each meeting and each `person:ID`; the index holds those not listed."""

    @property
    def is_folder(self) -> bool:
        return bool(self.parts)

    def seen_from(self, file: str) -> "Site":
        """The same files, with links as they are in another of them."""
        return replace(self, here=file)

    def file(self, name: str) -> str:
        """A link to a file of `dist/`."""
        if "/" not in self.here:
            return name
        return name.removeprefix(f"{FOLDER}/") if name.startswith(f"{FOLDER}/") else f"../{name}"

    def link(self, file: str, anchor: str = "") -> str:
        """A link to a place in a file of the page."""
        target = "" if file == self.here else self.file(file)
        return f"{target}#{anchor}" if anchor else target

    def meeting(self, meeting_id: str) -> str:
        return self.link(self._file_of.get(meeting_id, INDEX), meeting_id)

    def turn(self, meeting_id: str, sequence: int) -> str:
        """A link to a turn. Its id is its meeting's and its number, padded."""
        return self.link(self._file_of.get(meeting_id, INDEX), f"{meeting_id}-{sequence:04}")

    def person(self, speaker_id: str) -> str:
        anchor = f"person:{speaker_id}"
        return self.link(self._file_of.get(anchor, INDEX), anchor)


def plan(overview: Overview) -> Site:
    """Decides which files there are: the index alone, or a folder beside it."""
    if sum(_size_of_meeting(overview, meeting) for meeting in overview.meetings) <= _TOO_LONG:
        return Site()
    parts = [*_parts_of_years(overview)]
    people = [*_parts_of_people(overview)]
    files = {meeting: part.file for part in parts for meeting in part.meetings}
    files |= {f"person:{speaker}": part.file for part in people for speaker in part.people}
    return Site(parts, people, INDEX, files)


def _parts_of_years(overview: Overview) -> Iterator[Part]:
    by_year = groupby(overview.meetings.values(), key=lambda row: row["date"].year)
    for year, rows in by_year:
        sizes = [(row["meeting_id"], _size_of_meeting(overview, row["meeting_id"])) for row in rows]
        runs = [*_runs(sizes)]
        for number, run in enumerate(runs, start=1):
            name = f"{year}" if len(runs) == 1 else f"{year}-{number}"
            title = f"{year}" if len(runs) == 1 else f"{year}, part {number} of {len(runs)}"
            yield Part(f"{FOLDER}/{name}.html", title, meetings=run)


def _parts_of_people(overview: Overview) -> Iterator[Part]:
    people = sorted(overview.people)
    sizes = [
        (speaker, _OF_PERSON + _OF_APPEARANCE * min(len(overview.people[speaker].meetings), MOST_APPEARANCES))
        for speaker in people
    ]
    for number, run in enumerate(_runs(sizes), start=1):
        first, last = (overview.people[speaker].row["name"] for speaker in (run[0], run[-1]))
        yield Part(f"{FOLDER}/people-{number}.html", f"People: {first} – {last}" if len(run) > 1 else first, people=run)


def _runs(sizes: Sequence[tuple[str, float]]) -> Iterator[list[str]]:
    """Parts a list where a part would be too long."""
    run: list[str] = []
    length = 0.0
    for key, size in sizes:
        if run and length + size > _LONGEST_PART:
            yield run
            run, length = [], 0.0
        run.append(key)
        length += size
    if run:
        yield run


def _size_of_meeting(overview: Overview, meeting: str) -> float:
    characters = (overview.sources.get(meeting) or {}).get("text_length") or 0
    turns = overview.meetings[meeting]["utterance_count"]
    return _OF_MEETING + _OF_TURN * float(turns) + _OF_CHARACTER * characters
