"""Two packages side by side: what was added, what changed, what is gone, and which version number that calls for.

The packages may be of different releases, so that one has tables and columns that the other has not. Only the Parquet files
are compared: that the other formats hold the same rows is for each package's own verification.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import DataError, Problem, quote
from builder.outputs import write_file
from builder.package import CHECKSUMS, DESCRIPTOR, DIST, refuse_devices
from builder.verify.reading import STREAMED, key_of, shown
from builder.write import ROWS_AT_A_TIME
from schema.tables import BY_NAME

What = Literal["added", "changed", "gone"]
Level = Literal["none", "patch", "minor", "major"]
Version = tuple[int, int, int]


def _holds_more(old: Any, new: Any) -> bool:
    return {*(old or ())} <= {*(new or ())}


_Grows = Callable[[Any, Any], bool]
_GROWING: Mapping[str, Mapping[str, _Grows]] = {
    "speakers": {"aliases": _holds_more},
    "names": {"meeting_count": operator.lt},
    "offices": {
        "meeting_count": operator.lt,
        **dict.fromkeys(("first_date", "first_meeting_id"), operator.gt),
        **dict.fromkeys(("last_date", "last_meeting_id"), operator.lt),
    },
    # Whoever was spoken of may speak on a page that is added.
    "mentions": {"speaker_id": lambda old, new: old is None},
}
"""Columns that say something of all meetings together: with each meeting added they may grow, and nothing has changed."""


class Change(NamedTuple):
    """One thing that one package has otherwise than the other."""

    table: str
    what: What
    key: str | None = None
    """The row's; null for a whole column or table."""
    field: str | None = None
    """Null for a whole row or table."""
    old: Any = None
    new: Any = None

    def __str__(self) -> str:
        if self.key is None:
            return f"{self.table}: column {self.field}" if self.field else f"{self.table}: the table"
        if self.field is None:
            return f"{self.table}: {self.key}"
        return f"{self.table}: {self.key}: {self.field}: {shown(self.old)} → {shown(self.new)}"


@dataclass(frozen=True)
class Comparison:
    """What one package has otherwise than an older one."""

    old_version: str
    new_version: str
    same_files: bool
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """Which part of the version number the changes call to be raised."""
        if any(change.what != "added" for change in self.changes):
            return "major"
        if self.changes:
            return "minor"
        return "none" if self.same_files else "patch"

    @property
    def least_version(self) -> str:
        """The least version that the newer package may have."""
        major, minor, patch = _parsed(self.old_version)
        raised: dict[Level, Version] = {
            "none": (major, minor, patch),
            "patch": (major, minor, patch + 1),
            "minor": (major, minor + 1, 0),
            "major": (major + 1, 0, 0),
        }
        return ".".join(map(str, raised[self.level]))

    @property
    def is_version_right(self) -> bool:
        return _parsed(self.new_version) >= _parsed(self.least_version)


def compare(old: Path, new: Path) -> Comparison:
    """Compares the package below a folder with an older one. Raises `DataError` where one of them cannot be read."""
    for folder in (old, new):
        refuse_devices(folder)
    (old_version, old_sums), (new_version, new_sums) = _stated(old), _stated(new)
    return Comparison(old_version, new_version, old_sums == new_sums, tuple(_changes(old, new)))


def write_changes(comparison: Comparison, path: Path) -> None:
    """Writes every change as a line of JSON. Raises `CommandError` where the file cannot be written."""
    write_file(path, msgspec.json.Encoder().encode_lines([change._asdict() for change in comparison.changes]))


def _stated(folder: Path) -> tuple[str, bytes]:
    """A package's version, and the checksums of its files."""
    try:
        version = msgspec.json.decode((folder / DESCRIPTOR).read_bytes())["version"]
        _parsed(version)
        return version, (folder / DIST / CHECKSUMS).read_bytes()
    except (OSError, msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        found = f"{type(error).__name__}: {quote(str(error))}"
        problem = Problem(str(folder), f"a package with {DESCRIPTOR} and {DIST}/{CHECKSUMS}", found, "see `verify`")
        raise DataError([problem]) from None


def _parsed(version: str) -> Version:
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def _changes(old: Path, new: Path) -> Iterator[Change]:
    tables = [{path.stem: path for path in sorted((folder / DIST).glob("*.parquet"))} for folder in (old, new)]
    for name in [*BY_NAME, *sorted({*tables[0], *tables[1]} - {*BY_NAME})]:
        one, other = (table.get(name) for table in tables)
        if one and other and name in BY_NAME:
            yield from _changes_in_table(name, one, other)
        elif bool(one) != bool(other):
            yield Change(name, "gone" if one else "added")


def _changes_in_table(name: str, old: Path, new: Path) -> Iterator[Change]:
    try:
        schemas = pq.read_schema(old), pq.read_schema(new)
        common = [column for column in schemas[1].names if column in schemas[0].names]
        for column in schemas[0].names:
            if column not in common:
                yield Change(name, "gone", field=column)
        for column in schemas[1].names:
            if column not in common:
                yield Change(name, "added", field=column)
            elif schemas[0].field(column).type != schemas[1].field(column).type:
                types = (str(schema.field(column).type) for schema in schemas)
                yield Change(name, "changed", "every row", f"type of {column}", *types)
        yield from (_changed_segments if name == STREAMED else _changed_rows)(name, old, new, common)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = Problem(f"{old} and {new}", "two tables", quote(str(error)), "see what `verify` says of each package")
        raise DataError([problem]) from None


def _changed_rows(name: str, old: Path, new: Path, columns: Sequence[str]) -> Iterator[Change]:
    olds, news = (
        {key_of(BY_NAME[name], row): row for row in pq.read_table(path, columns=list(columns)).to_pylist()}
        for path in (old, new)
    )
    for row in olds:
        if row not in news:
            yield Change(name, "gone", row)
    for row, values in news.items():
        if row not in olds:
            yield Change(name, "added", row)
            continue
        for column in columns:
            one, other = olds[row][column], values[column]
            if one != other:
                grows = _GROWING.get(name, {}).get(column)
                has_grown = grows is not None and grows(one, other)
                yield Change(name, "added" if has_grown else "changed", row, column, one, other)


def _changed_segments(name: str, old: Path, new: Path, columns: Sequence[str]) -> Iterator[Change]:
    """The meetings whose segments changed; the table is read some rows at a time, and never held."""
    olds, news = _by_meeting(old, columns), _by_meeting(new, columns)
    before, after = next(olds, None), next(news, None)
    while before and after:
        if before[0] == after[0]:
            if before[1] != after[1]:
                first = next((i for i, (a, b) in enumerate(zip(before[1], after[1], strict=False), 1) if a != b), None)
                first = first or min(len(before[1]), len(after[1])) + 1
                counts = (f"{len(rows)} segments" for rows in (before[1], after[1]))
                yield Change(name, "changed", before[0], f"segments from {first} on", *counts)
            before, after = next(olds, None), next(news, None)
        elif before[0] < after[0]:
            before = next(olds, None)
        else:
            after = next(news, None)


def _by_meeting(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    ordered = ["meeting_id", *(column for column in columns if column != "meeting_id")]
    with pq.ParquetFile(path) as file:
        rows = (
            row
            for batch in file.iter_batches(ROWS_AT_A_TIME, columns=ordered)
            for row in zip(*(batch.column(column).to_pylist() for column in ordered), strict=True)
        )
        for meeting, group in groupby(rows, key=itemgetter(0)):
            yield meeting, list(group)
