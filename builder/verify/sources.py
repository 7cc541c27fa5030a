"""Checks against the source files: they are the ones described, and read again they say the same."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Literal

import pyarrow as pa

from builder.errors import DataError
from builder.package.formats import FORMATS
from builder.reading.decoding import read_file
from builder.reading.discovery import Input
from builder.verify.formats import different_rows, no_rows
from builder.verify.reading import STREAMED, Package
from schema.events import EVENT_KEYS
from schema.tables import TABLES


def hash_files(items: Iterable[Input]) -> dict[str, str | None]:
    """SHA-256 of each file by the path that `sources` gives it; null where the file cannot be read."""
    hashes: dict[str, str | None] = {}
    for item in items:
        try:
            hashes[item.path] = read_file(item).sha256
        except DataError:
            hashes[item.path] = None
    return hashes


def described(package: Package, files: Mapping[str, str | None]) -> Iterator[str]:
    """The source files are the ones that the package describes, whatever their names."""
    present = set(files.values())
    rows = package.rows["sources"]
    for row in rows:
        if row["sha256"] is None or row["sha256"] in present:
            continue
        found = f"sha256 {files[row['path']]}" if files.get(row["path"]) else "none"
        yield f"{row['path']}: expected a file with sha256 {row['sha256']}, found {found}"
    hashes = {row["sha256"] for row in rows}
    unread = {row["path"] for row in rows if row["sha256"] is None}
    for path, digest in files.items():
        if digest is None and path not in unread:
            yield f"{path}: a source that cannot be read, and that the package does not describe"
        elif digest is not None and digest not in hashes:
            yield f"{path}: a source that the package does not describe"


def reread(package: Package, again: Package) -> Iterator[str]:
    """The source files, read again, give the same rows. `again` is the package that they give now."""
    for table in TABLES:
        if table.name == STREAMED:
            for wanted, found in zip_longest(again.batches(table, FORMATS[0]), package.batches(table, FORMATS[0])):
                yield from different_rows(
                    table, no_rows() if wanted is None else wanted, no_rows() if found is None else found, table.name
                )
            continue
        wanted, found = again.tables[table.name], package.tables[table.name]
        if table.name == "sources":
            # Renamed files change their paths, their order, and reasons that name a path.
            order: list[tuple[str, Literal["ascending", "descending"]]] = [
                ("sha256", "ascending"),
                ("status", "ascending"),
            ]
            wanted, found = (_without_paths(rows).sort_by(order) for rows in (wanted, found))
        yield from different_rows(table, wanted, found, table.name)


def _without_paths(sources: pa.Table) -> pa.Table:
    """The ledger without paths: of why a file is a duplicate, what it has in common with the other."""
    reasons = [
        next((key for key in EVENT_KEYS if reason.endswith(key)), reason)
        if reason and status == "duplicate"
        else reason
        for reason, status in zip(
            sources.column("reason").to_pylist(), sources.column("status").to_pylist(), strict=True
        )
    ]
    index = sources.column_names.index("reason")
    return sources.set_column(index, "reason", pa.array(reasons, pa.string())).drop_columns(["path"])
