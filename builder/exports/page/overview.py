"""What the page says of all meetings together: the numbers behind its pictures, and who spoke where with whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from builder.exports.by_meeting import Row
from builder.exports.page.transcript import group_of
from builder.package.reader import PackageReader

PATTERNS = 3
"""How many persons have a pattern of their own in every picture: those who say most."""
_CYCLE = (3, 4)
"""The patterns of all others, which take turns within a meeting."""
UNNAMED = 5
"""The pattern of voices without a name."""


@dataclass
class Year:
    """What one year holds."""

    meetings: int = 0
    turns: int = 0
    words: int = 0
    shares: Counter[str] = field(default_factory=Counter)
    """Characters of the sources, by what they are."""


@dataclass
class SpeakerFacts:
    """One speaker over all meetings."""

    row: Row
    turns: int = 0
    words: int = 0
    by_year: Counter[int] = field(default_factory=Counter)
    """Words by year."""
    meetings: list[Row] = field(default_factory=list)
    """Their participations, in the order of the meetings."""
    companions: Counter[str] = field(default_factory=Counter)
    """At how many meetings each other person spoke too."""
    offices: list[Row] = field(default_factory=list)
    sequences: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Their turns in each meeting; of a small package only."""


@dataclass
class Overview:
    """All meetings, years and persons of a package."""

    meetings: dict[str, Row]
    years: dict[int, Year]
    people: dict[str, SpeakerFacts]
    sources: dict[str, Row]
    """The included source of each meeting."""
    strips: dict[str, list[tuple[str | None, int]]]
    """Of each meeting the turns, by speaker and words; of a small package only."""

    @cached_property
    def ranked(self) -> list[SpeakerFacts]:
        """The persons, first who says most."""
        return sorted(self.people.values(), key=lambda person: (-person.words, person.row["speaker_id"]))

    def total(self) -> Year:
        """All years together."""
        total = Year()
        for year in self.years.values():
            total.meetings += year.meetings
            total.turns += year.turns
            total.words += year.words
            total.shares.update(year.shares)
        return total

    def unnamed(self) -> Counter[int]:
        """Words by year of voices without a name."""
        words = Counter({number: year.words for number, year in self.years.items()})
        for person in self.people.values():
            words.subtract(person.by_year)
        return words

    def pattern(self, speaker: str) -> int:
        """The pattern of a person outside a meeting."""
        return self._top.get(speaker, _CYCLE[0])

    def patterns(self, speakers: Sequence[str | None]) -> list[int]:
        """The pattern of each turn of a meeting, by who speaks."""
        patterns = dict[str | None, int](self._top) | {None: UNNAMED}
        others = [speaker for speaker in dict.fromkeys(speakers) if speaker not in patterns]
        patterns |= {speaker: _CYCLE[number % len(_CYCLE)] for number, speaker in enumerate(others)}
        return [patterns[speaker] for speaker in speakers]

    @cached_property
    def _top(self) -> dict[str, int]:
        return {person.row["speaker_id"]: rank for rank, person in enumerate(self.ranked[:PATTERNS])}


def gather(tables: PackageReader) -> Overview:
    """Reads what the page says of all meetings. Memory: a few hundred bytes a meeting and a participation."""
    meetings = {row["meeting_id"]: row for row in tables.rows("meetings")}
    sources = {row["meeting_id"]: row for row in tables.rows("sources") if row["status"] == "included"}
    years = {number: Year() for number in _span(meetings.values())}
    for row in meetings.values():
        year = years[row["date"].year]
        year.meetings += 1
        year.turns += row["utterance_count"]
        year.words += row["word_count"]
    return Overview(meetings, years, _people(tables, meetings), sources, {})


def with_shares(overview: Overview, tables: PackageReader) -> Overview:
    """Adds what only the index shows: what the sources consist of."""
    of_years: dict[int, Counter[str]] = {number: Counter() for number in overview.years}
    of_meetings = {meeting: of_years[row["date"].year] for meeting, row in overview.meetings.items()}
    for meeting, kind, start, end in tables.tuples("segments", ["meeting_id", "kind", "start_char", "end_char"]):
        of_meetings[meeting][kind] += end - start
    for number, of_kinds in of_years.items():
        for kind, length in of_kinds.items():
            overview.years[number].shares[group_of(kind)] += length
    return overview


def with_turns(overview: Overview, tables: PackageReader) -> Overview:
    """Adds what only a small package's page shows: each turn of each person, and the strips of all meetings."""
    for meeting, speaker, sequence, words in tables.tuples(
        "utterances", ["meeting_id", "speaker_id", "sequence", "word_count"]
    ):
        overview.strips.setdefault(meeting, []).append((speaker, words))
        if speaker:
            overview.people[speaker].sequences[meeting].append(sequence)
    return overview


def _people(tables: PackageReader, meetings: Mapping[str, Row]) -> dict[str, SpeakerFacts]:
    people = {row["speaker_id"]: SpeakerFacts(row) for row in tables.rows("speakers")}
    for meeting, group in groupby(tables.rows("participations"), key=itemgetter("meeting_id")):
        rows = list(group)
        for row in rows:
            person = people[row["speaker_id"]]
            person.turns += row["utterance_count"]
            person.words += row["word_count"]
            person.by_year[meetings[meeting]["date"].year] += row["word_count"]
            person.meetings.append(row)
            person.companions.update(other["speaker_id"] for other in rows if other is not row)
    for row in tables.rows("offices"):
        people[row["speaker_id"]].offices.append(row)
    for person in people.values():
        person.offices.sort(key=lambda row: (row["first_date"], row["office"]))
    return people


def _span(meetings: Iterable[Row]) -> range:
    """Every year from the first to the last."""
    years = {row["date"].year for row in meetings}
    return range(min(years), max(years) + 1) if years else range(0)
