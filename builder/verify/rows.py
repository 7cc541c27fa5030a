"""Checks on the rows: rules, keys, references, counts. Of the segments, what their own pass found of these."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from builder.errors import quote
from builder.verify.reading import STREAMED, Package, Row, key_of, same
from builder.verify.segments import findings
from schema.ids import utterance_id
from schema.tables import TABLES


def valid(package: Package) -> Iterator[str]:
    """Every row keeps the rules of its table."""
    for table in TABLES:
        if table.name == STREAMED:
            yield from findings(package).valid
            continue
        if table.name not in package.rows:
            yield f"{table.name}: no file of it can be read"
            continue
        for index, row in enumerate(package.rows[table.name], start=1):
            try:
                table.model.model_validate({k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"])) or "row"
                found = quote(str(first["input"]))
                yield f"{table.name}: row {index} ({key_of(table, row)}): {place}: {first['msg']}, found {found}"


def keys(package: Package) -> Iterator[str]:
    """Keys are unique and rows stand in their order."""
    for table in TABLES:
        if table.name == STREAMED:
            yield from findings(package).keys
            continue
        before: tuple[Any, ...] | None = None
        for index, row in enumerate(package.rows[table.name], start=1):
            key = tuple(row[name] for name in table.primary_key)
            if before is not None and key == before:
                yield f"{table.name}: row {index} ({key_of(table, row)}): stands twice"
            elif before is not None and key < before:
                yield f"{table.name}: row {index} ({key_of(table, row)}): stands after a greater key"
            before = key


def references(package: Package) -> Iterator[str]:
    """References resolve."""
    for table in TABLES:
        if table.name == STREAMED:
            yield from findings(package).references
            continue
        for foreign in table.foreign_keys:
            known = {row[foreign.key] for row in package.rows[foreign.table]}
            for index, row in enumerate(package.rows[table.name], start=1):
                value = row[foreign.column]
                if value is not None and value not in known:
                    where = f"{table.name}: row {index} ({key_of(table, row)})"
                    yield f"{where}: {foreign.column} {value!r} is not in {foreign.table}"


def counts(package: Package) -> Iterator[str]:
    """Counts and sequences agree, every speaker speaks."""
    rows = package.rows
    by_meeting = group(rows["utterances"], "meeting_id")
    participations = group(rows["participations"], "meeting_id")
    for meeting in rows["meetings"]:
        name = meeting["meeting_id"]
        spoken = by_meeting.get(name, [])
        yield from _meeting_counts(meeting, spoken)
        yield from _participation_counts(name, spoken, participations.get(name, []))
        for sequence, row in enumerate(spoken, start=1):
            yield from same(f"utterances: {row['utterance_id']}: sequence", sequence, row["sequence"])
            wanted = utterance_id(name, row["sequence"])
            yield from same(f"utterances: {row['utterance_id']}: utterance_id", wanted, row["utterance_id"])
    speaking = {row["speaker_id"] for row in rows["utterances"]}
    for row in rows["speakers"]:
        if row["speaker_id"] not in speaking:
            yield f"speakers: {row['speaker_id']}: expected at least one utterance, found none"


def _meeting_counts(meeting: Row, spoken: list[Row]) -> Iterator[str]:
    where = f"meetings: {meeting['meeting_id']}"
    named = {row["speaker_id"] for row in spoken} - {None}
    yield from same(f"{where}: utterance_count", len(spoken), meeting["utterance_count"])
    yield from same(f"{where}: speaker_count", len(named), meeting["speaker_count"])
    yield from same(f"{where}: word_count", sum(row["word_count"] for row in spoken), meeting["word_count"])


def _participation_counts(meeting: str, spoken: list[Row], taking_part: list[Row]) -> Iterator[str]:
    by_speaker = group(spoken, "speaker_id")
    named = sorted(by_speaker.keys() - {None})
    yield from same(f"participations: {meeting}: speakers", named, [row["speaker_id"] for row in taking_part])
    for row in by_speaker.get(None, []):
        yield from same(f"utterances: {row['utterance_id']}: role of a voice without a name", None, row["role"])
    for row in taking_part:
        own = by_speaker.get(row["speaker_id"], [])
        where = f"participations: {meeting}, {row['speaker_id']}"
        yield from same(f"{where}: utterance_count", len(own), row["utterance_count"])
        yield from same(f"{where}: word_count", sum(r["word_count"] for r in own), row["word_count"])
        yield from same(f"{where}: whether role_evidence is none", row["role"] is None, row["role_evidence"] == "none")
        for other in own:
            yield from same(f"utterances: {other['utterance_id']}: role", row["role"], other["role"])


def group(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, each group in the order of the rows."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)
