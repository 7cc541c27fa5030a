"""Checks against the source files: they are the ones described, and read again they give the same rows.

The files are read by the code that reads pages (`decoding`, `discovery`): what they give again is compared, not judged.
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal, NamedTuple

import pyarrow as pa

from builder.errors import DataError
from builder.reading.containers import OpenContainers
from builder.reading.decoding import read_file
from builder.reading.discovery import Input
from builder.verify.findings import Finding, Place, in_file
from builder.verify.formats import different_rows, no_rows
from builder.verify.package_rows import Package
from schema.columns import arrow_schema
from schema.events import parse_duplicate_reason
from schema.tables import BY_NAME, TABLES


class SourceFile(NamedTuple):
    """A file that may be the source of a package."""

    item: Input
    sha256: str | None
    """Null where the file cannot be read."""


class SourceFiles:
    """The files that may be the sources of a package, and their content by its hash."""

    def __init__(self, items: Iterable[Input]) -> None:
        self._containers = OpenContainers()
        self.files = [SourceFile(item, self._sha256(item)) for item in items]
        self._by_hash = {file.sha256: file.item for file in self.files if file.sha256}

    def content(self, sha256: str) -> bytes | None:
        """The bytes of the file with this hash; null where there is none."""
        item = self._by_hash.get(sha256)
        return read_file(item, self._containers).data if item else None

    def _sha256(self, item: Input) -> str | None:
        try:
            return read_file(item, self._containers).sha256
        except DataError:
            return None


def described(package: Package, source_files: SourceFiles) -> Iterator[Finding]:
    """The source files are the ones that the package describes. They may be renamed, but a file that has the name of another
    one is a wrong path."""
    files = {file.item.path: file.sha256 for file in source_files.files}
    present = set(files.values())
    hashes: set[str | None] = set()
    unread: set[str] = set()
    for path, digest in package.tuples("sources", "path", "sha256"):
        hashes.add(digest)
        if digest is None:
            unread.add(path)
        elif digest not in present or files.get(path, digest) != digest:
            found = f"sha256 {files[path]}" if files.get(path) else "none"
            expected = f"a file with sha256 {digest}"
            yield in_file(path).says(f"expected {expected}, found {found}", expected=expected, found=found)
    for path, digest in files.items():
        if digest is None and path not in unread:
            yield in_file(path).says("a source that cannot be read, and that the package does not describe")
        elif digest is not None and digest not in hashes:
            yield in_file(path).says("a source that the package does not describe")


def reread(package: Package, again: Package) -> Iterator[Finding]:
    """The source files, read again, give the same rows. `again` is the package that they give now."""
    for table in TABLES:
        if table.name == "sources":
            yield from _sources(package, again)
            continue
        first_row = 1
        for pair in zip_longest(again.batches(table), package.batches(table), fillvalue=no_rows(table)):
            yield from different_rows(table, *pair, Place(table.name), first_row)
            first_row += max(rows.num_rows for rows in pair)


def _sources(package: Package, again: Package) -> Iterator[Finding]:
    """Renamed files change their paths, their order, and reasons that name a path."""
    table = BY_NAME["sources"]
    order: list[tuple[str, Literal["ascending", "descending"]]] = [("sha256", "ascending"), ("status", "ascending")]
    wanted, found = (
        _without_paths(pa.concat_tables(each.batches(table))).sort_by(order)
        if each.row_counts["sources"]
        else arrow_schema(table.model).empty_table()
        for each in (again, package)
    )
    yield from different_rows(table, wanted, found, Place(table.name))


def _without_paths(sources: pa.Table) -> pa.Table:
    """The table without paths: of the reason of a duplicate what it has in common with the included source."""
    reasons = [
        f"{parsed.key}; {parsed.difference}"
        if reason and status == "duplicate" and (parsed := parse_duplicate_reason(reason))
        else reason
        for reason, status in zip(
            sources.column("reason").to_pylist(), sources.column("status").to_pylist(), strict=True
        )
    ]
    index = sources.column_names.index("reason")
    return sources.set_column(index, "reason", pa.array(reasons, pa.string())).drop_columns(["path"])
