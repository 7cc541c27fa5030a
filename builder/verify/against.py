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

from builder.errors import DataError, Problem, quote
from builder.files import read_bytes
from builder.package.formats import parquet_file
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST
from builder.package.output_files import write_file
from builder.package.package_files import (
    damaged_package,
    file_stats,
    read_checksums,
    read_descriptor,
    refuse_links_and_devices,
)
from builder.package.reader import tuples_of
from builder.package.releases import load_releases
from builder.package.versions import Version, parse_version
from builder.verify.findings import shown
from schema.tables import BY_NAME

What = Literal["added", "changed", "gone"]
Level = Literal["none", "patch", "minor", "major"]


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
    # An office comes to its end.
    "tenures": {"last_date": lambda old, new: old is None},
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
    reason: str | None = None
    """What the release map says became of the row's id; of rows that are gone alone."""

    def __str__(self) -> str:
        if self.key is None:
            return f"{self.table}: column {self.field}" if self.field else f"{self.table}: the table"
        if self.field is None:
            return f"{self.table}: {self.key}" + (f" ({self.reason})" if self.reason else "")
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
        major, minor, patch = parse_version(self.old_version)
        raised: dict[Level, Version] = {
            "none": (major, minor, patch),
            "patch": (major, minor, patch + 1),
            "minor": (major, minor + 1, 0),
            "major": (major + 1, 0, 0),
        }
        return ".".join(map(str, raised[self.level]))

    @property
    def is_version_right(self) -> bool:
        return parse_version(self.new_version) >= parse_version(self.least_version)


def compare(old: Path, new: Path) -> Comparison:
    """Compares the package below a folder with an older one. Raises `DataError` where one of them cannot be read, or the older
    one is not as its checksums say: what a damaged package lacks would pass for added."""
    for folder in (old, new):
        refuse_links_and_devices(folder)
    (old_version, old_sums), (new_version, new_sums) = _stated(old), _stated(new)
    _check_sums(old)
    releases = load_releases()
    changes = (
        change._replace(reason=releases.reason(change.table, change.key, old_version))
        if change.what == "gone" and change.key and change.field is None
        else change
        for change in _changes(old, new)
    )
    return Comparison(old_version, new_version, old_sums == new_sums, tuple(changes))


def write_changes(comparison: Comparison, path: Path) -> None:
    """Writes every change as a line of JSON. Raises `CommandError` where the file cannot be written."""
    write_file(path, msgspec.json.Encoder().encode_lines([change._asdict() for change in comparison.changes]))


def _stated(folder: Path) -> tuple[str, bytes]:
    """A package's version, and the checksums of its files."""
    try:
        version = read_descriptor(folder / DESCRIPTOR)["version"]
        parse_version(version)
        return version, read_bytes(folder / DIST / CHECKSUMS, follow_links=False)
    except (OSError, KeyError, TypeError, ValueError) as error:
        found = f"{type(error).__name__}: {quote(str(error))}"
        problem = Problem(
            str(folder), f"a package with {DESCRIPTOR} and {DIST}/{CHECKSUMS}", found, "see `verify`", code="no-package"
        )
        raise DataError([problem]) from None


def _check_sums(folder: Path) -> None:
    """Raises `DataError` where a file of a package is not the one that its checksums list."""
    dist, problems = folder / DIST, []
    try:
        listed = read_checksums(dist / CHECKSUMS)
    except ValueError as error:
        listed, problems = (
            {},
            [
                Problem(
                    str(folder), "checksums", str(error), "see what `verify` says of that package", code="no-checksums"
                )
            ],
        )
    for name, digest in listed.items():
        try:
            found = file_stats(dist / name).sha256
        except OSError as error:
            found = error.strerror or str(error)
        if found != digest:
            problems.append(
                Problem(
                    str(dist / name),
                    f"the file with sha256 {digest}",
                    found,
                    "see what `verify` says of that package",
                    code="wrong-checksum",
                )
            )
    if problems:
        raise DataError(problems)


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
        schemas = _schema(old), _schema(new)
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
        yield from (_changed_segments if name == "segments" else _changed_rows)(name, old, new, common)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        advice = "see what `verify` says of each package"
        raise damaged_package(f"{old} and {new}", quote(str(error)), advice) from None


def _schema(path: Path) -> pa.Schema:
    with parquet_file(path) as file:
        return file.schema_arrow


def _changed_rows(name: str, old: Path, new: Path, columns: Sequence[str]) -> Iterator[Change]:
    """The rows that only one of the files has, and the fields in which they differ; both are read side by side, never held."""
    key = BY_NAME[name].primary_key
    if not {*key} <= {*columns}:
        return
    ordered = [*key, *(column for column in columns if column not in key)]
    olds, news = _in_order(old, ordered, len(key)), _in_order(new, ordered, len(key))
    before, after = next(olds, None), next(news, None)
    while before or after:
        if after is None or (before and before[0] < after[0]):
            assert before
            yield Change(name, "gone", _shown_key(before[0]))
            before = next(olds, None)
        elif before is None or after[0] < before[0]:
            yield Change(name, "added", _shown_key(after[0]))
            after = next(news, None)
        else:
            for column, one, other in zip(ordered, before[1], after[1], strict=True):
                if one != other:
                    grows = _GROWING.get(name, {}).get(column)
                    has_grown = grows is not None and grows(one, other)
                    yield Change(name, "added" if has_grown else "changed", _shown_key(after[0]), column, one, other)
            before, after = next(olds, None), next(news, None)


_Key = tuple[Any, ...]


def _shown_key(key: _Key) -> str:
    return ", ".join(map(str, key))


def _in_order(path: Path, columns: Sequence[str], key_length: int) -> Iterator[tuple[_Key, tuple[Any, ...]]]:
    """The rows of a file, each with its key. Raises `ValueError` where they do not stand in the order of their keys."""
    last: _Key | None = None
    for row in tuples_of(path, columns):
        key = row[:key_length]
        if last is not None and not last < key:
            raise ValueError(f"{_shown_key(key)} after {_shown_key(last)}, where rows stand in the order of their keys")
        last = key
        yield key, row


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
    for meeting, group in groupby(tuples_of(path, ordered), key=itemgetter(0)):
        yield meeting, list(group)
