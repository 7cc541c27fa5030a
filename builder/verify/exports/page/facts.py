"""What the page must say of all meetings, counted from the tables anew."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from builder.verify.package_rows import Package

Row = dict[str, Any]

_GROUPS = (
    ("speech", "speech insertion"),
    ("labels", "label"),
    ("stage directions and cuts", "direction elision note separator"),
    ("about the event", "title date time place lead narration caption heading pullquote"),
    ("the site’s furniture", "furniture section related tag status"),
    ("white space", "blank"),
    ("not assigned", "unassigned"),
)
GROUPS = [name for name, _ in _GROUPS]
_GROUP_OF = {kind: name for name, kinds in _GROUPS for kind in kinds.split()}


@dataclass
class Facts:
    """Counts by meeting, speaker and year."""

    meetings: dict[str, Row]
    names: dict[str, str]
    wikidata: dict[str, str | None]
    participations: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """Of each speaker, in the order of the meetings."""
    speakers_at: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: Counter[str] = field(default_factory=Counter)
    """By speaker."""
    words_in: Counter[tuple[str | None, int]] = field(default_factory=Counter)
    """By speaker, or None for voices without a name, and year."""
    turns_of: dict[str, list[tuple[int, str | None, int]]] = field(default_factory=lambda: defaultdict(list))
    """Of each meeting: number, speaker and words of each turn."""
    shares: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Characters of each meeting's source, by what they are."""
    offices: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def years(self) -> range:
        years = [row["date"].year for row in self.meetings.values()]
        return range(min(years), max(years) + 1) if years else range(0)

    def of_year(self, year: int) -> tuple[int, int, int]:
        """Meetings, turns and words of a year."""
        rows = [row for row in self.meetings.values() if row["date"].year == year]
        return len(rows), sum(row["utterance_count"] for row in rows), sum(row["word_count"] for row in rows)

    @property
    def ranked(self) -> list[str]:
        """The speakers, first who says most."""
        return sorted(self.names, key=lambda speaker: (-self.words[speaker], speaker))

    @cached_property
    def _patterns(self) -> dict[str | None, int]:
        return {None: 5} | {speaker: rank for rank, speaker in enumerate(self.ranked[:3])}

    def patterns(self, speakers: list[str | None]) -> list[str]:
        """The class of the pattern of each turn: three speakers and voices without a name have their own, others take turns."""
        rest = [speaker for speaker in dict.fromkeys(speakers) if speaker not in self._patterns]
        patterns = self._patterns | {speaker: 3 + at % 2 for at, speaker in enumerate(rest)}
        return [f"f{patterns[speaker]}" for speaker in speakers]


def count(package: Package) -> Facts:
    """Reads the tables. Memory: some hundred bytes a turn."""
    speakers = [*package.tuples("speakers", "speaker_id", "name", "wikidata_id")]
    facts = Facts(
        {row["meeting_id"]: row for row in package.rows("meetings")},
        {speaker: name for speaker, name, _ in speakers},
        {speaker: wikidata for speaker, _, wikidata in speakers},
    )
    years = {key: row["date"].year for key, row in facts.meetings.items()}
    for row in package.rows("participations"):
        facts.participations[row["speaker_id"]].append(row)
        facts.speakers_at[row["meeting_id"]].append(row["speaker_id"])
    for meeting, sequence, speaker, words in package.tuples(
        "utterances", "meeting_id", "sequence", "speaker_id", "word_count"
    ):
        facts.turns_of[meeting].append((sequence, speaker, words))
        facts.words_in[speaker, years[meeting]] += words
        if speaker:
            facts.words[speaker] += words
    for meeting, kind, text in package.tuples("segments", "meeting_id", "kind", "text"):
        facts.shares[meeting][_GROUP_OF[kind]] += len(text)
    for row in package.rows("offices"):
        facts.offices[row["speaker_id"]].append(row)
    return facts


def parts_of(shares: Counter[str]) -> list[tuple[str, str, str]]:
    """What a source consists of, as the page lists it: group, characters, share."""
    whole = sum(shares.values())
    return [(name, f"{shares[name]:,}", f"{100 * shares[name] / whole:.1f}%") for name in GROUPS if shares[name]]
