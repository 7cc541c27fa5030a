"""Checks on the files: what there is, what describes it, and of what form each is."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from builder.errors import quote
from builder.files import open_regular, read_bytes
from builder.package.descriptor import Extent, make_descriptor
from builder.package.export_files import EXPORTS
from builder.package.formats import FORMATS, TEXT_FORMATS, Format, parquet_file
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST, LICENCE_FILE
from builder.package.package_files import encode_checksums, encode_descriptor, read_checksums
from builder.package.release import current_release
from builder.verify.findings import Finding, in_file, other_line, same
from builder.verify.package_rows import Package
from schema.columns import arrow_schema
from schema.tables import TABLES, Table


def checksums(package: Package) -> Iterator[Finding]:
    """`dist/` holds the files that SHA256SUMS lists, unchanged, and no other."""
    path = package.dist / CHECKSUMS
    try:
        listed = read_checksums(path)
        is_as_written = read_bytes(path, follow_links=False) == encode_checksums(listed)
    except (OSError, ValueError) as error:
        yield in_file(f"{DIST}/{CHECKSUMS}").says(f"{error}")
        return
    wrong = [*_listing(package, listed), *_hashes(package, listed)]
    yield from wrong
    if not wrong and not is_as_written:
        yield in_file(f"{DIST}/{CHECKSUMS}").says(
            "expected a line a file in the order of their names, found another layout; download it again"
        )


def _listing(package: Package, listed: Mapping[str, str]) -> Iterator[Finding]:
    """Files that are listed and not there, or there and not listed, or no part of a package."""
    present = _present(package)
    for name in sorted(present - {*listed, CHECKSUMS}):
        yield in_file(f"{DIST}/{name}").says(f"not listed in {CHECKSUMS}; take the file away")
    for name in sorted({*listed} - present):
        yield in_file(f"{DIST}/{name}").says(f"listed in {CHECKSUMS}, but there is no such file; download it again")
    exported = _exported(package, present)
    belonging = {f"{table.name}.{form.name}" for table in TABLES for form in FORMATS} | {LICENCE_FILE}
    for name in sorted((present & {*listed}) - belonging - exported):
        yield in_file(f"{DIST}/{name}").says(f"listed in {CHECKSUMS}, but no part of the package; take it away")
    for name in sorted(belonging - {*listed} - present):
        yield in_file(f"{DIST}/{name}").says(f"expected in {CHECKSUMS}, found no such line; download the package again")


def _exported(package: Package, present: set[str]) -> set[str]:
    """Which of these files exports have in a package of this release."""
    version = str(package.version)
    return {name for export in EXPORTS for file in export.files for name in file.names(present, version)}


def _hashes(package: Package, listed: Mapping[str, str]) -> Iterator[Finding]:
    for name in sorted(_present(package) & {*listed}):
        try:
            found = package.file_stats(name).sha256
        except OSError as error:
            yield in_file(f"{DIST}/{name}").says(f"cannot be read: {error.strerror or error}")
            continue
        if found != listed[name]:
            yield in_file(f"{DIST}/{name}").says(f"expected sha256 {listed[name]}, found {found}; download it again")


def _present(package: Package) -> set[str]:
    """Everything below `dist/` but folders that hold something. No link is followed, and no folder into the deep."""
    found: set[str] = set()
    folders = [""]
    while folders:
        folder = folders.pop()
        entries = [*os.scandir(package.dist / folder)]
        if not entries and folder:
            found.add(folder.rstrip("/"))
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and folder.count("/") < _DEEPEST:
                folders.append(f"{folder}{entry.name}/")
            else:
                found.add(f"{folder}{entry.name}")
    return found


_DEEPEST = 8
"""Folders in folders that are looked into for files that do not belong there."""


def descriptor(package: Package) -> Iterator[Finding]:
    """The descriptor is the one that these files and tables give."""
    found = package.descriptor
    if isinstance(found, str):
        yield in_file(DESCRIPTOR).says(f"expected a JSON object, found {found}")
        return
    names = [f"{table.name}.{form.name}" for table in TABLES for form in FORMATS]
    if missing := [name for name in names if not (package.dist / name).is_file()]:
        yield in_file(DIST).says(f"expected {', '.join(missing)}, found no such file")
        return
    dates = {date for (date,) in package.tuples("meetings", "date")} - {None}
    extent = Extent(package.row_counts, min(dates, default=None), max(dates, default=None))
    names += sorted(_exported(package, _present(package)))
    expected = make_descriptor(extent, {name: package.file_stats(name) for name in names}, current_release())
    if isinstance(found.get("version"), str):
        yield from _licence(package.dist / LICENCE_FILE, found["version"])
    is_same = True
    for place, wanted, got in _differences(expected, found, ""):
        is_same = False
        one, other = quote(str(wanted)), quote(str(got))
        # What a package of another release holds, its own builder knows.
        advice = "; verify it with the builder of its release" if place == "version" else ""
        text = f"{place}: expected {one}, found {other}{advice}"
        yield in_file(DESCRIPTOR).says(text, column=place, expected=one, found=other)
    if is_same:
        yield from _layout(package.folder / DESCRIPTOR, encode_descriptor(expected))


def _licence(path: Path, version: str) -> Iterator[Finding]:
    wanted = current_release()._replace(version=version).licence_text
    with contextlib.suppress(OSError):
        found = read_bytes(path, follow_links=False)
        yield from same(in_file(f"{DIST}/{LICENCE_FILE}"), "", wanted, found.decode("utf-8", "replace"))


def _layout(path: Path, wanted: bytes) -> Iterator[Finding]:
    """A descriptor that says the same in another layout may say one key twice, and readers differ on which counts."""
    if other := other_line(wanted, read_bytes(path, follow_links=False)):
        expected, found = ("no line" if line is None else quote(line) for line in other[1:])
        text = f"expected {expected}, found {found}: the same, written otherwise; download it again"
        yield in_file(f"{DESCRIPTOR}:{other[0]}").says(text, expected=expected, found=found)


class _Nothing:
    """What stands where one of two JSON values has no such key."""

    def __str__(self) -> str:
        return "nothing"


_NOTHING = _Nothing()


def _differences(expected: Any, found: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two JSON values differ, and the two values there."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in [*expected, *(key for key in found if key not in expected)]:
            here = f"{place}.{key}" if place else key
            yield from _differences(expected.get(key, _NOTHING), found.get(key, _NOTHING), here)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(one, other, f"{place}[{index}]")
    elif expected != found or type(expected) is not type(found):
        yield place, expected, found


def schemas(package: Package) -> Iterator[Finding]:
    """Every file can be read, and has its table's columns and types."""
    for name, reason in sorted(package.unread.items()):
        yield in_file(name).says(f"cannot be read: {reason}")
    for table in TABLES:
        wanted = arrow_schema(table.model)
        for form in package.formats(table):
            if form.name not in package.written[table.name].alike:
                yield from _columns(package, table, form, wanted)
        if FORMATS[0] in package.formats(table):
            yield from _parquet_footer(package.reader.path(table.name), wanted, package.version)
        for text in TEXT_FORMATS:
            path = package.reader.path(table.name, text)
            if header := text.header(table):
                yield from _header(path, header)
            else:
                yield from _first_line(path, wanted.names)


def _columns(package: Package, table: Table, form: Format, wanted: pa.Schema) -> Iterator[Finding]:
    """The columns of a file and their types."""
    place = in_file(f"{DIST}/{table.name}.{form.name}", table)
    rows = next(package.reader.batches(table, form, most=1), None)
    if rows is None:
        rows = form.read(package.reader.path(table.name, form), table)
    if rows.column_names != wanted.names:
        one, other = ", ".join(wanted.names), ", ".join(rows.column_names)
        yield place.says(f"expected the columns {one}, found {other}", expected=one, found=other)
    for column in wanted:
        index = rows.schema.get_field_index(column.name)
        if index >= 0 and rows.schema.field(index).type != column.type:
            yield from same(place, f"type of {column.name}", str(column.type), str(rows.schema.field(index).type))


def _parquet_footer(path: Path, wanted: pa.Schema, version: str | None) -> Iterator[Finding]:
    with parquet_file(path) as file:
        schema = file.schema_arrow
    place = in_file(f"{DIST}/{path.name}")
    metadata = {
        key.decode("utf-8", "replace"): value.decode("utf-8", "replace")
        for key, value in (schema.metadata or {}).items()
    }
    expected = current_release().file_metadata | {"version": version}
    for key in dict.fromkeys((*expected, *metadata)):
        yield from same(place, f"{key} in its metadata", expected.get(key), metadata.get(key))
    for column in wanted:
        index = schema.get_field_index(column.name)
        if index < 0:
            continue
        if (schema.field(index).metadata or {}) != column.metadata:
            yield place.says(f"column {column.name}: its description is not the schema's", column=column.name)
        # CSV and JSONL do not state it.
        yield from same(place, f"whether {column.name} may be null", column.nullable, schema.field(index).nullable)


def _header(path: Path, header: bytes) -> Iterator[Finding]:
    try:
        with open_regular(path, follow_links=False) as file:
            found = file.readline().rstrip(b"\n")
    except OSError:
        return
    yield from same(
        in_file(f"{DIST}/{path.name}:1"), "", header.decode().rstrip("\n"), found.decode("utf-8", "replace")
    )


def _first_line(path: Path, names: list[str]) -> Iterator[Finding]:
    """The keys of the first line stand in the table's order: some readers take the columns from there."""
    with (
        contextlib.suppress(OSError, msgspec.DecodeError, AttributeError),
        open_regular(path, follow_links=False) as file,
    ):
        if first := file.readline():
            yield from same(in_file(f"{DIST}/{path.name}:1"), "", names, list(msgspec.json.decode(first).keys()))
