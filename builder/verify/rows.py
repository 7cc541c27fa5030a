"""Checks of rows: the rules of each table, keys, references, counts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from builder.errors import quote
from builder.package.reader import ROWS_AS_OBJECTS, as_dicts, as_tuples
from builder.verify.findings import Finding, Place, Row, at_row, same
from builder.verify.package_rows import Meeting, Package, UnreadableTableError
from schema.ids import utterance_id
from schema.tables import BY_NAME, TABLES, Table
from schema.validate import validate_columns


def valid(package: Package) -> Iterator[Finding]:
    """Every row keeps the rules of its table."""
    for table in TABLES:
        number = 1
        try:
            for batch in package.batches(table, most=ROWS_AS_OBJECTS):
                yield from _valid_rows(table, batch, number)
                number += batch.num_rows
        except UnreadableTableError:
            yield Place(table.name).says("no file of it can be read")


def _valid_rows(table: Table, rows: pa.Table, first_row: int) -> Iterator[Finding]:
    """The first broken rule of each row. Rows are validated one by one only where whole columns do not tell."""
    # The only rule for several columns of a segment is checked with the segment's place.
    if table.name == "segments" or not table.has_row_rules:
        lists = {column.name for column in table.columns if column.is_list}
        columns = {name: rows.column(name).to_pylist() for name in rows.column_names}
        for name in lists & columns.keys():
            columns[name] = [value if value is None else tuple(value) for value in columns[name]]
        try:
            validate_columns(table.model, columns)
        except ValueError:  # also what it raises for wrong values
            pass
        else:
            return
    for number, row in enumerate(as_dicts(rows), start=first_row):
        try:
            table.model.model_validate({k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        except ValidationError as error:
            first = error.errors()[0]
            column = ".".join(map(str, first["loc"])) or "row"
            found = quote(str(first["input"]))
            text = f"{column}: {first['msg']}, found {found}"
            yield at_row(table, row, number).says(text, column=column, expected=first["msg"], found=found)


def keys(package: Package) -> Iterator[Finding]:
    """Keys are unique and rows stand in their order."""
    for table in TABLES:
        number = 1
        last: pa.Table | None = None
        for batch in package.batches(table, table.order):
            rows = batch if last is None else pa.concat_tables([last, batch])
            if not in_order(rows):
                yield from _wrong_keys(table, rows, number - (last is not None))
            last = batch.slice(batch.num_rows - 1) if batch.num_rows else last
            number += batch.num_rows


def in_order(keys: pa.Table) -> bool:
    """Whether each row's key is greater than the one before it. Nulls are ignored."""
    before, after = keys.slice(0, max(keys.num_rows - 1, 0)), keys.slice(1)
    # From the last column of the key to the first: greater, or equal and greater in the columns behind.
    ascending: Any = None
    for name in reversed(keys.column_names):
        one, other = before.column(name), after.column(name)
        less = pc.less(one, other)
        ascending = less if ascending is None else pc.or_(less, pc.and_(pc.equal(one, other), ascending))
    return pc.all(ascending).as_py() is not False


def event_ids(package: Package) -> Iterator[Finding]:
    """No two meetings are one event of the site."""
    meetings: dict[str, str] = {}
    for meeting, number in package.tuples("meetings", "meeting_id", "event_id"):
        if number is not None and (other := meetings.setdefault(number, meeting)) != meeting:
            text = f"event_id: expected a number of its own, found {number}, which {other} has too"
            yield Place("meetings", meeting).says(text, column="event_id", expected="a number of its own", found=number)


def _wrong_keys(table: Table, rows: pa.Table, first_row: int) -> Iterator[Finding]:
    before: tuple[Any, ...] | None = None
    for number, key in enumerate(as_tuples(rows, table.order), start=first_row):
        if None in key:  # against the rules of the table already
            continue
        place = Place(table.name, ", ".join(map(str, key)), number)
        if before is not None and key == before:
            yield place.says("stands twice")
        elif before is not None and key < before:
            yield place.says("stands after a greater key")
        before = key


def segment_sequence(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """The segments of a meeting are numbered from 1, without holes."""
    before = 0
    for segment in meeting.segments:
        if segment.sequence != before + 1:
            kind = "stands twice" if segment.sequence == before else "stands out of order"
            kind = "stands after a hole" if segment.sequence > before else kind
            expected, found = str(before + 1), str(segment.sequence)
            text = f"sequence: expected {expected}, found {found}: {kind}"
            yield segment.place.says(text, column="sequence", expected=expected, found=found)
        before = segment.sequence


def references(package: Package) -> Iterator[Finding]:
    """References resolve. Keys are held as their hashes: those of a whole archive take tens of megabytes."""
    for name in dict.fromkeys(foreign.table for table in TABLES for foreign in table.foreign_keys):
        (key,) = BY_NAME[name].primary_key
        known = {hash(value) for (value,) in package.tuples(name, key)}
        for table in TABLES:
            for foreign in table.foreign_keys:
                if foreign.table == name:
                    yield from _references(package, table, foreign.column, name, known)


def _references(package: Package, table: Table, column: str, target: str, known: set[int]) -> Iterator[Finding]:
    number = 1
    for batch in package.batches(table, list(dict.fromkeys((*table.primary_key, column)))):
        values = batch.column(column)
        missing = {v for v in values.unique().to_pylist() if v is not None and hash(v) not in known}
        if missing:
            for row_number, row in enumerate(as_dicts(batch), start=number):
                if (value := row[column]) in missing:
                    text = f"{column} {value!r} is not in {target}"
                    yield at_row(table, row, row_number).says(text, column=column, found=value)
        number += batch.num_rows


def every_speaker_speaks(package: Package) -> Iterator[Finding]:
    """Every speaker has an utterance."""
    speaking: set[str | None] = set()
    for batch in package.batches(BY_NAME["utterances"], ["speaker_id"]):
        speaking.update(batch.column("speaker_id").unique().to_pylist())
    for (speaker,) in package.tuples("speakers", "speaker_id"):
        if speaker not in speaking:
            yield Place("speakers", speaker).says("expected at least one utterance, found none")


def counts(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """Counts and sequences of a meeting agree with its utterances."""
    for row in meeting.meetings:
        name = row["meeting_id"]
        yield from _meeting_counts(row, meeting.utterances)
        yield from _participation_counts(name, meeting.utterances, meeting.participations)
        for sequence, utterance in enumerate(meeting.utterances, start=1):
            place = Place("utterances", utterance["utterance_id"])
            yield from same(place, "sequence", sequence, utterance["sequence"])
            wanted = utterance_id(name, utterance["sequence"])
            yield from same(place, "utterance_id", wanted, utterance["utterance_id"])


def _meeting_counts(meeting: Row, spoken: list[Row]) -> Iterator[Finding]:
    place = Place("meetings", meeting["meeting_id"])
    named = {row["speaker_id"] for row in spoken} - {None}
    yield from same(place, "utterance_count", len(spoken), meeting["utterance_count"])
    yield from same(place, "speaker_count", len(named), meeting["speaker_count"])
    yield from same(place, "word_count", sum(row["word_count"] for row in spoken), meeting["word_count"])


def _participation_counts(meeting: str, spoken: list[Row], taking_part: list[Row]) -> Iterator[Finding]:
    by_speaker = group(spoken, "speaker_id")
    named = sorted(by_speaker.keys() - {None})
    yield from same(Place("participations", meeting), "speakers", named, [row["speaker_id"] for row in taking_part])
    for row in by_speaker.get(None, []):
        yield from same(Place("utterances", row["utterance_id"]), "role of a voice without a name", None, row["role"])
    for row in taking_part:
        own = by_speaker.get(row["speaker_id"], [])
        place = Place("participations", f"{meeting}, {row['speaker_id']}")
        yield from same(place, "utterance_count", len(own), row["utterance_count"])
        yield from same(place, "word_count", sum(r["word_count"] for r in own), row["word_count"])
        yield from same(place, "whether role_evidence is none", row["role"] is None, row["role_evidence"] == "none")
        for other in own:
            yield from same(Place("utterances", other["utterance_id"]), "role", row["role"], other["role"])


def group(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by the value of a column, each group in the order of the rows."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)
