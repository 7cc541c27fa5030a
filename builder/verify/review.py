"""Lists doubtful speakers: two ids that may be one person, or one id that may be several persons.

Nothing is changed here. A person decides, and enters the decision with its source in builder/speakers/reference/people.toml.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import msgspec
import pyarrow as pa

from builder.errors import CommandError, quote
from builder.lexicon.spelling import is_part_of, is_slip, slip_keys, spelling_key, words_key
from builder.lexicon.vocabulary import CONNECTORS
from builder.package.names import DIST
from builder.package.output_files import write_file
from builder.package.package_files import damaged_package, refuse_links_and_devices
from builder.package.reader import PackageReader
from schema.ids import without_suffix

Reason = Literal["namesakes", "spelling", "slip", "part", "given_name", "family_name", "states", "offices"]

REASONS: dict[Reason, str] = {
    "namesakes": "one name, several persons on the site; a label without a link may mean either",
    "spelling": "the same name, spelt differently",
    "slip": "names that differ by one typing error",
    "part": "one name is part of the other",
    "given_name": "one family name with two given names on a page, one of which occurs nowhere else and has no office",
    "family_name": "only a family name is known; speakers elsewhere who have it",
    "states": "one speaker with offices of several states",
    "offices": "one name without a number of the site, with offices within a year that have no word in common",
}
"""The reasons for doubt, in the order in which they are listed."""
MEETINGS_SHOWN = 3


class SpeakerInDoubt(msgspec.Struct, frozen=True):
    """One doubtful speaker, with what the pages say about that speaker."""

    speaker_id: str
    name: str
    site_person_id: str | None
    forms: tuple[str, ...]
    """Every printed form of the name, how it was resolved, and in how many meetings it occurs."""
    offices: tuple[str, ...]
    """Every office, with the dates of the first and the last meeting that print it."""
    countries: tuple[str, ...]
    meeting_count: int
    meetings: tuple[str, ...]
    """The first meetings: their addresses, or their ids where the address is unknown."""


class Doubt(msgspec.Struct, frozen=True):
    """Speakers who may be the same person, or one speaker who may be several persons."""

    reason: Reason
    candidates: tuple[SpeakerInDoubt, ...]


@dataclass(frozen=True)
class _Tables:
    """The rows of the tables that are needed, by speaker."""

    speakers: list[dict[str, Any]]
    names: dict[str, list[dict[str, Any]]]
    offices: dict[str, list[dict[str, Any]]]
    participations: dict[str, list[dict[str, Any]]]
    addresses: dict[str, str]
    """The address of each meeting, or its id where the address is unknown."""


def review(folder: Path) -> list[Doubt]:
    """Lists the doubtful speakers of a package: reason by reason, then in the order of their ids.

    Raises `CommandError` if the folder holds no package, and `DataError` if the package is damaged.
    """
    refuse_links_and_devices(folder)
    try:
        return _review(folder)
    except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
        found = f"{type(error).__name__}: {quote(str(error))}"
        raise damaged_package(folder, found) from None


def _review(folder: Path) -> list[Doubt]:
    tables = _read(folder)
    by_id = {row["speaker_id"]: row for row in tables.speakers}
    seen: set[frozenset[str]] = set()
    doubts = []
    for reason, groups in _found(tables):
        for group in sorted({tuple(sorted(group)) for group in groups}):
            # Skip a group that was already listed for a better reason.
            if frozenset(group) not in seen and not any(
                reason in ("slip", "part") and {*group} <= known for known in seen
            ):
                doubts.append(
                    Doubt(reason, tuple(_speaker_in_doubt(by_id[speaker_id], tables) for speaker_id in group))
                )
                seen.add(frozenset(group))
    return doubts


def _read(folder: Path) -> _Tables:
    names = ("speakers", "names", "offices", "participations", "meetings")
    try:
        rows = {name: list(PackageReader(folder).rows(name)) for name in names}
    except OSError as error:
        raise CommandError(
            f"{folder}: expected {DIST}/ with the tables {', '.join(names)}, found none ({error.strerror or error}); "
            "name the folder of a package"
        ) from None
    addresses = {row["meeting_id"]: row["url"] or row["meeting_id"] for row in rows["meetings"]}
    return _Tables(
        rows["speakers"],
        _grouped(rows["names"]),
        _grouped(rows["offices"]),
        _grouped(rows["participations"]),
        addresses,
    )


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["speaker_id"]].append(row)
    return groups


def _found(tables: _Tables) -> Iterator[tuple[Reason, Iterable[tuple[str, ...]]]]:
    alone = {
        speaker_id
        for speaker_id, names in tables.names.items()
        if all(name["evidence"] in ("family_name", "site") for name in names)
    }
    full = {
        row["speaker_id"]: _full_names(row["name"], tables.names[row["speaker_id"]])
        for row in tables.speakers
        if row["speaker_id"] not in alone
    }
    yield "namesakes", _namesakes(tables.speakers)
    yield "spelling", _spellings(full)
    yield "slip", _slips(full)
    yield "part", _parts(full)
    yield "given_name", _given_names(tables, full)
    yield "family_name", _family_names(alone, tables.names, full)
    yield "states", [(speaker_id,) for speaker_id, rows in tables.participations.items() if len(_countries(rows)) > 1]
    unnumbered = (row["speaker_id"] for row in tables.speakers if not (row["site_person_id"] or row["wikidata_id"]))
    yield "offices", [(speaker_id,) for speaker_id in unnumbered if _are_far(tables.offices.get(speaker_id, ()))]


def _full_names(name: str, rows: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The full names of a speaker: first the one in `speakers`, then the other forms that are certain."""
    sure = ("link", "tag", "full_name", "alias")
    return tuple(
        dict.fromkeys([name, *(row["form"] for row in rows if row["evidence"] in sure and " " in row["form"])])
    )


def _namesakes(speakers: Iterable[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Speakers with one name and different site numbers, together with the speaker of that name who has no number."""
    groups: dict[str, set[str]] = defaultdict(set)
    ids = set()
    for row in speakers:
        ids.add(row["speaker_id"])
        plain_id = without_suffix(row["speaker_id"], row["site_person_id"])
        if plain_id != row["speaker_id"]:
            groups[plain_id].add(row["speaker_id"])
    yield from (tuple({*group} | ({name} & ids)) for name, group in groups.items())


def _spellings(full: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for speaker_id, names in full.items():
        for name in names:
            groups[spelling_key(name)].add(speaker_id)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def _slips(full: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    groups: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for speaker_id, names in full.items():
        for name in names:
            for key in slip_keys(name):
                groups[key].add((speaker_id, name))
    for group in groups.values():
        for (one, name), (other, other_name) in combinations(sorted(group), 2):
            if one != other and is_slip(name, other_name):
                yield one, other


def _parts(full: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Names of which one leaves out words of the other: `Rudolf Elphberg` and `Rudolf Fritz Elphberg`."""
    by_ends: dict[tuple[str, ...], set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
    for speaker_id, names in full.items():
        for name in names:
            if len(words := words_key(name)) > 1:
                by_ends[words[0], words[-1]].add((speaker_id, words))
    for group in by_ends.values():
        for (one, words), (other, other_words) in combinations(sorted(group), 2):
            if one != other and (is_part_of(words, other_words) or is_part_of(other_words, words)):
                yield one, other


def _given_names(tables: _Tables, full: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """A wrong given name: `Vladimir Hentzau` once, on a page where Vitaly Hentzau speaks."""
    taking_part: dict[tuple[str, str], set[str]] = defaultdict(set)
    once = set()
    for speaker_id, names in full.items():
        rows = tables.participations[speaker_id]
        if len(rows) == 1 and rows[0]["role"] is None:
            once.add(speaker_id)
        for row in rows:
            for family_name in {words_key(name)[-1] for name in names if len(words_key(name)) > 1}:
                taking_part[row["meeting_id"], family_name].add(speaker_id)
    for group in taking_part.values():
        yield from ((one, other) for one in group & once for other in group - {one})


def _family_names(
    alone: Iterable[str], names: dict[str, list[dict[str, Any]]], full: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    by_family_name: dict[str, set[str]] = defaultdict(set)
    for speaker_id, full_names in full.items():
        for name in full_names:
            by_family_name[words_key(name)[-1] if words_key(name) else ""].add(speaker_id)
    for speaker_id in alone:
        words = words_key(names[speaker_id][0]["form"])
        yield speaker_id, *(by_family_name.get(words[-1], ()) if words else ())


def _are_far(offices: Sequence[dict[str, Any]]) -> bool:
    """Whether two of a speaker's offices, held within a year, have no word in common."""
    words = [frozenset(row["office"].casefold().split()) - CONNECTORS for row in offices]
    return any(
        words[one].isdisjoint(words[other])
        and abs((offices[one]["first_date"] - offices[other]["first_date"]).days) < _YEAR
        for one, other in combinations(range(len(offices)), 2)
    )


_YEAR = 366


def _countries(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({row["country"] for row in rows if row["country"]})


def _speaker_in_doubt(speaker: dict[str, Any], tables: _Tables) -> SpeakerInDoubt:
    speaker_id = speaker["speaker_id"]
    meetings = [row["meeting_id"] for row in tables.participations[speaker_id]]
    return SpeakerInDoubt(
        speaker_id=speaker_id,
        name=speaker["name"],
        site_person_id=speaker["site_person_id"],
        forms=tuple(f"{row['form']} ({row['evidence']}, {row['meeting_count']})" for row in tables.names[speaker_id]),
        offices=tuple(
            f"{row['office']} ({row['first_date']} to {row['last_date']})" for row in tables.offices.get(speaker_id, ())
        ),
        countries=tuple(_countries(tables.participations[speaker_id])),
        meeting_count=len(meetings),
        meetings=tuple(tables.addresses[meeting] for meeting in meetings[:MEETINGS_SHOWN]),
    )


def write_jsonl(doubts: Iterable[Doubt], path: Path) -> None:
    """Writes each doubt as a line of JSON. Raises `CommandError` if the file cannot be written."""
    write_file(path, msgspec.json.Encoder().encode_lines(list(doubts)))
