"""Whether the Parquet files are cut into row groups as the builder cuts them: how many rows a reader loads at once depends on it.

Meetings make up a chunk until they have as many segments as a row group has rows at least. A row group is as many chunks as make
up that many rows of its table. Tables of which a row comes from many pages are written some thousand rows at a time.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow.compute as pc

from builder.package.formats import ROWS_AT_A_TIME, ROWS_IN_GROUP
from builder.package.names import DIST
from builder.verify.findings import Finding, in_file
from builder.verify.package_rows import Package
from schema.tables import BY_NAME, TABLES, Table


def wrong_row_groups(package: Package) -> Iterator[Finding]:
    """Row groups of other sizes than the builder gives them."""
    chunks = _chunks(package)
    for table in TABLES:
        written = package.written[table.name]
        if not written.is_compared:
            continue
        found = written.row_groups
        expected = [*_groups(_rows_of_chunks(package, table, chunks))]
        if found != expected:
            place = in_file(f"{DIST}/{table.name}.parquet", table)
            first = next((i for i, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), None)
            if first is None:
                text = f"expected {len(expected)} row groups, found {len(found)}"
            else:
                text = f"row group {first + 1}: expected {expected[first]} rows, found {found[first]}"
            yield place.says(f"{text}; download it again")


def _chunks(package: Package) -> list[str]:
    """The last meeting of each chunk."""
    lasts, rows = [], 0
    for meeting, count in sorted(_rows_by_meeting(package, "segments").items()):
        rows += count
        if rows >= ROWS_IN_GROUP:
            lasts.append(meeting)
            rows = 0
    return lasts


def _rows_of_chunks(package: Package, table: Table, chunks: list[str]) -> Iterable[int]:
    """How many rows of a table are written at a time."""
    if table.is_of_one_meeting:
        counts: Counter[int] = Counter()
        for meeting, count in _rows_by_meeting(package, table.name).items():
            counts[bisect_left(chunks, meeting)] += count
        return (counts[number] for number in range(len(chunks) + 1))
    full, rest = divmod(package.row_counts[table.name], ROWS_AT_A_TIME)
    return [ROWS_AT_A_TIME] * full + [rest]


def _groups(chunks: Iterable[int]) -> Iterator[int]:
    held = 0
    for rows in chunks:
        held += rows
        if held >= ROWS_IN_GROUP:
            yield held
            held = 0
    if held:
        yield held


def _rows_by_meeting(package: Package, table: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for batch in package.batches(BY_NAME[table], ["meeting_id"]):
        # A null, which only damage brings, is told by another check.
        found: Any = pc.value_counts(batch.column("meeting_id").combine_chunks().drop_null())
        for meeting, count in zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True):
            counts[meeting] += count
    return counts
