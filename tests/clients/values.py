"""The values that a tool must find, from the Parquet files as pyarrow gives them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schema.tables import TABLES

NAMES = tuple(table.name for table in TABLES)

Row = dict[str, Any]


def rows_of(dist: Path, table: str) -> list[Row]:
    """A table's rows; dates, times and lists are Python's."""
    return pq.read_table(dist / f"{table}.parquet").to_pylist()


def as_text(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows with dates and times as ISO text, for tools whose files or types have none."""
    return [{name: _text(value) for name, value in row.items()} for row in rows]


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def differences(expected: list[Row], found: list[Row]) -> list[str]:
    """Where the values that a tool finds are others: table by table, cell by cell."""
    if len(expected) != len(found):
        return [f"{len(expected)} rows expected, {len(found)} found"]
    if expected and [*expected[0]] != [*found[0]]:
        return [f"columns {[*expected[0]]} expected, {[*found[0]]} found"]
    return [
        f"row {number}, {name}: {value!r} expected, {other[name]!r} found"
        for number, (one, other) in enumerate(zip(expected, found, strict=True), start=1)
        for name, value in one.items()
        if value != other[name] or type(value) is not type(other[name])
    ]
