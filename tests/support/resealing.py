"""Writes other rows or bytes into a package and brings its checksums and descriptor up to date with them."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.package.descriptor import identifier
from builder.package.formats import FORMATS, TEXT_FORMATS, Chunk, open_parquet
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST
from builder.package.package_files import encode_checksums, encode_descriptor, file_stats
from schema.columns import arrow_schema
from schema.tables import BY_NAME, TABLES

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of a package, by table."""

FORMAT_NAMES = tuple(form.name for form in FORMATS)
PARQUET = FORMAT_NAMES[0]


def rows_of(package: Path) -> Rows:
    """The rows that a package's Parquet files hold."""
    return {table.name: pq.read_table(package / DIST / f"{table.name}.{PARQUET}").to_pylist() for table in TABLES}


def arrow_of(table: str, rows: list[Row]) -> pa.Table:
    """Rows as Arrow, of the table's own types whatever the rows break otherwise."""
    return pa.Table.from_pylist(rows, schema=arrow_schema(BY_NAME[table].model))


def write_format(package: Path, table: str, rows: list[Row], form: str) -> None:
    """Writes rows as a table's file of one format, as the builder would; it refuses none."""
    path = package / DIST / f"{table}.{form}"
    content = arrow_of(table, rows)
    text = next((text for text in TEXT_FORMATS if text.name == form), None)
    if text:
        path.write_bytes(text.header(BY_NAME[table]) + text.render(Chunk(content), BY_NAME[table]))
        return
    metadata = {key.decode(): value.decode() for key, value in (pq.read_schema(path).metadata or {}).items()}
    try:
        with open_parquet(path, BY_NAME[table], metadata) as writer:
            writer.write_table(content, row_group_size=max(len(rows), 1))
    except pa.ArrowInvalid:
        # A null where none may be: only in a column that says it may be null can Arrow write it.
        fields = [field.with_nullable(True) for field in content.schema]
        pq.write_table(content.cast(pa.schema(fields).with_metadata(metadata)), path)


def reseal(package: Path, properties: Mapping[str, Any] | None = None) -> None:
    """Makes SHA256SUMS and the descriptor state the files as they are now, and these properties."""
    dist = package / DIST
    facts = {
        path.relative_to(dist).as_posix(): file_stats(path)
        for path in sorted(dist.rglob("*"))
        if path.name != CHECKSUMS and path.is_file()
    }
    (dist / CHECKSUMS).write_bytes(encode_checksums({name: file.sha256 for name, file in facts.items()}))
    descriptor = msgspec.json.decode((package / DESCRIPTOR).read_bytes())
    for resource in descriptor["resources"]:
        if file := facts.get(resource["path"].removeprefix(f"{DIST}/")):
            resource |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    with suppress(KeyError):  # of a table whose file is gone
        descriptor["id"] = identifier(facts, descriptor["version"])
    (package / DESCRIPTOR).write_bytes(encode_descriptor(descriptor | dict(properties or {})))


def rewrite(package: Path, rows: Rows, forms: tuple[str, ...] = FORMAT_NAMES, *, before: Rows | None = None) -> None:
    """Puts other rows into a package, in these formats, and seals it again. Only what differs from the rows `before` is
    written anew, where these are given."""
    for name, some in rows.items():
        if before is None or some != before[name]:
            for form in forms:
                write_format(package, name, some, form)
    dates = sorted(str(row["date"]) for row in rows["meetings"] if row["date"])
    reseal(package, {"temporal": {"start": dates[0], "end": dates[-1]}} if dates else {})


def copied(package: Path, to: Path) -> Path:
    """A copy of a package, in the place of what stands there."""
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(package, to)
