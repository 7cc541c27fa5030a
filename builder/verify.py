"""The referee: everything that always holds, checked on the files as a stranger downloaded them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from builder.describe import Extent, describe
from builder.errors import DataError, quote
from builder.ids import utterance_id
from builder.inputs import Input
from builder.package import CHECKSUMS, DESCRIPTOR, DIST, file_facts, read_checksums
from builder.release import current_release
from builder.sources import read_file, sha256_of_text
from builder.write import FORMATS
from schema.columns import arrow_schema
from schema.tables import BY_NAME, TABLES, Table
from schema.text import count_words, join_paragraphs

Row = dict[str, Any]
Tables = Mapping[str, pa.Table]
"""The dataset as Arrow tables, by the table's name."""


@dataclass(frozen=True)
class Check:
    """One check and what it found wrong: nothing, where the package passes."""

    title: str
    findings: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.findings


@dataclass
class Package:
    """A package as it lies on the disk; what cannot be read is null or absent here, and some check says so."""

    folder: Path
    unread: dict[str, str] = field(default_factory=dict)
    """Files that could not be read, and why."""

    @property
    def dist(self) -> Path:
        return self.folder / DIST

    @cached_property
    def descriptor(self) -> dict[str, Any] | None:
        try:
            descriptor = msgspec.json.decode((self.folder / DESCRIPTOR).read_bytes())
        except (OSError, msgspec.DecodeError) as error:
            self.unread[DESCRIPTOR] = str(error)
            return None
        return descriptor if isinstance(descriptor, dict) else None

    @cached_property
    def formats(self) -> dict[str, dict[str, pa.Table]]:
        """Each table as each of its files gives it: by the table's name, then the format's."""
        read: dict[str, dict[str, pa.Table]] = {table.name: {} for table in TABLES}
        for table in TABLES:
            for form in FORMATS:
                path = self.dist / f"{table.name}.{form.name}"
                try:
                    read[table.name][form.name] = form.read(path, table)
                except (OSError, ValueError, KeyError, pa.ArrowException, msgspec.DecodeError) as error:
                    self.unread[f"{DIST}/{path.name}"] = quote(str(error))
        return read

    @cached_property
    def tables(self) -> Tables:
        """The tables as their Parquet files give them, else as another format does; those that no file gives are absent."""
        return {name: next(iter(read.values())) for name, read in self.formats.items() if read}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        return {name: table.to_pylist() for name, table in self.tables.items()}

    @property
    def is_complete(self) -> bool:
        return len(self.tables) == len(TABLES) and all(
            rows.column_names == [c.name for c in BY_NAME[name].columns] for name, rows in self.tables.items()
        )


Finder = Callable[[Package], Iterator[str]]


def verify_package(
    folder: Path, reread: Tables | None = None, source_files: Mapping[str, str | None] | None = None
) -> list[Check]:
    """Checks a package. With `reread`, the tables that its sources give when read again, and `source_files`, the
    SHA-256 of each source file by its path, also that the sources are the ones described and say the same."""
    package = Package(folder)
    checks = [_run(title, finder, package) for title, finder in CHECKS]
    if source_files is not None:
        checks.append(
            _run("the source files are the ones described", lambda p: _source_files(p, source_files), package)
        )
    if reread is not None:
        checks.append(_run("the source files, read again, give the same rows", lambda p: _reread(p, reread), package))
    return checks


def _run(title: str, finder: Finder, package: Package) -> Check:
    try:
        return Check(title, tuple(finder(package)))
    except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
        # A damaged file may lack what a check needs; that it was not done must show, never pass.
        return Check(title, (f"could not be checked: {type(error).__name__}: {quote(str(error))}",))


# ---------------------------------------------------------------------------------------------------------------------
# Files


def _checksums(package: Package) -> Iterator[str]:
    try:
        listed = read_checksums(package.dist / CHECKSUMS)
    except (OSError, ValueError) as error:
        yield f"{DIST}/{CHECKSUMS}: {error}"
        return
    present = {path.relative_to(package.dist).as_posix() for path in package.dist.rglob("*") if not path.is_dir()}
    for name in sorted(present - {*listed, CHECKSUMS}):
        yield f"{DIST}/{name}: not listed in {CHECKSUMS}; take the file away"
    for name in sorted({*listed} - present):
        yield f"{DIST}/{name}: listed in {CHECKSUMS}, but there is no such file; download it again"
    for name in sorted(present & {*listed}):
        found = file_facts(package.dist / name).sha256
        if found != listed[name]:
            yield f"{DIST}/{name}: expected sha256 {listed[name]}, found {found}; download it again"


def _descriptor(package: Package) -> Iterator[str]:
    found = package.descriptor
    if found is None:
        yield f"{DESCRIPTOR}: expected a JSON object, found {package.unread.get(DESCRIPTOR, 'something else')}"
        return
    names = [f"{table.name}.{form.name}" for table in TABLES for form in FORMATS]
    if missing := [name for name in names if not (package.dist / name).is_file()]:
        yield f"{DIST}: expected {', '.join(missing)}, found no such file"
        return
    dates = package.tables["meetings"].column("date")
    row_counts = {name: rows.num_rows for name, rows in package.tables.items()}
    extent = Extent(row_counts, pc.min(dates).as_py(), pc.max(dates).as_py())
    expected = describe(extent, {name: file_facts(package.dist / name) for name in names}, current_release())
    # A package of another release states its own version and date.
    for key in ("version", "created"):
        if isinstance(found.get(key), str):
            expected[key] = found[key]
    for place, wanted, got in _differences(expected, found, ""):
        yield f"{DESCRIPTOR}: {place}: expected {quote(str(wanted))}, found {quote(str(got))}"


def _differences(expected: Any, found: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two JSON values differ, and the two values there."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in [*expected, *(key for key in found if key not in expected)]:
            here = f"{place}.{key}" if place else key
            yield from _differences(expected.get(key, "nothing"), found.get(key, "nothing"), here)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(one, other, f"{place}[{index}]")
    elif expected != found or type(expected) is not type(found):
        yield place, expected, found


def _schemas(package: Package) -> Iterator[str]:
    formats = package.formats
    for name, reason in sorted(package.unread.items()):
        yield f"{name}: cannot be read: {reason}"
    version = (package.descriptor or {}).get("version")
    for table in TABLES:
        wanted = arrow_schema(table.model)
        for form, rows in formats[table.name].items():
            path = f"{DIST}/{table.name}.{form}"
            # Whether a column may be null is the models' to check: CSV and JSONL do not state it.
            if rows.column_names != wanted.names:
                yield f"{path}: expected the columns {', '.join(wanted.names)}, found {', '.join(rows.column_names)}"
            elif [f.type for f in rows.schema] != [f.type for f in wanted]:
                wrong = [
                    f"{w.name} {w.type} (found {f.type})"
                    for w, f in zip(wanted, rows.schema, strict=True)
                    if w.type != f.type
                ]
                yield f"{path}: expected the types {', '.join(wrong)}"
        if "parquet" in formats[table.name]:
            yield from _parquet_footer(package.dist / f"{table.name}.parquet", wanted, version)
        yield from _header(package.dist / f"{table.name}.csv", wanted.names)


def _parquet_footer(path: Path, wanted: pa.Schema, version: str | None) -> Iterator[str]:
    schema = pq.read_schema(path)
    metadata = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    stated = current_release().file_metadata | {"version": version}
    for key, value in stated.items():
        yield from _same(f"{DIST}/{path.name}: {key} in its metadata", value, metadata.get(key))
    for column in wanted:
        index = schema.get_field_index(column.name)
        if index >= 0 and (schema.field(index).metadata or {}) != column.metadata:
            yield f"{DIST}/{path.name}: column {column.name}: its description is not the schema's"


def _header(path: Path, names: list[str]) -> Iterator[str]:
    try:
        with path.open("rb") as file:
            found = file.readline().rstrip(b"\n")
    except OSError:
        return
    header = ",".join(f'"{name}"' for name in names)
    yield from _same(f"{DIST}/{path.name}:1", header, found.decode("utf-8", "replace"))


def _formats_agree(package: Package) -> Iterator[str]:
    for table in TABLES:
        read = package.formats[table.name]
        if len(read) < len(FORMATS):
            yield f"{table.name}: only {', '.join(read) or 'no file'} can be read"
        for form, rows in read.items():
            yield from _different_rows(table, package.tables[table.name], rows, f"{DIST}/{table.name}.{form}")


def _different_rows(table: Table, wanted: pa.Table, found: pa.Table, path: str) -> Iterator[str]:
    """Says which rows of a table differ from those wanted; compared as whole columns first, since mostly none does."""
    if found.num_rows != wanted.num_rows:
        yield f"{path}: expected {wanted.num_rows} rows, found {found.num_rows}"
    if wanted.column_names != found.column_names:
        return
    count = min(found.num_rows, wanted.num_rows)
    wanted, found = wanted.slice(0, count), found.slice(0, count)
    for column in wanted.column_names:
        if wanted.column(column).equals(found.column(column)):
            continue
        for index, (one, other) in enumerate(
            zip(wanted.column(column).to_pylist(), found.column(column).to_pylist(), strict=True)
        ):
            if one != other:
                key = _key(table, wanted.slice(index, 1).to_pylist()[0])
                yield f"{path}: row {index + 1} ({key}): {column}: expected {_value(one)}, found {_value(other)}"


# ---------------------------------------------------------------------------------------------------------------------
# Rows


def _rows_valid(package: Package) -> Iterator[str]:
    for table in TABLES:
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
                yield f"{table.name}: row {index} ({_key(table, row)}): {place}: {first['msg']}, found {found}"


def _keys(package: Package) -> Iterator[str]:
    for table in TABLES:
        before: tuple[Any, ...] | None = None
        for index, row in enumerate(package.rows[table.name], start=1):
            key = tuple(row[name] for name in table.primary_key)
            if before is not None and key == before:
                yield f"{table.name}: row {index} ({_key(table, row)}): stands twice"
            elif before is not None and key < before:
                yield f"{table.name}: row {index} ({_key(table, row)}): stands after a greater key"
            before = key


def _references(package: Package) -> Iterator[str]:
    keys = {
        table.name: {row[table.primary_key[0]] for row in package.rows[table.name]}
        for table in TABLES
        if len(table.primary_key) == 1
    }
    for table in TABLES:
        for foreign in table.foreign_keys:
            for index, row in enumerate(package.rows[table.name], start=1):
                value = row[foreign.column]
                if value is not None and value not in keys[foreign.table]:
                    where = f"{table.name}: row {index} ({_key(table, row)})"
                    yield f"{where}: {foreign.column} {value!r} is not in {foreign.table}"


def _counts(package: Package) -> Iterator[str]:
    rows = package.rows
    by_meeting = _group(rows["utterances"], "meeting_id")
    participations = _group(rows["participations"], "meeting_id")
    for meeting in rows["meetings"]:
        name = meeting["meeting_id"]
        spoken = by_meeting.get(name, [])
        named = {row["speaker_id"] for row in spoken} - {None}
        yield from _same(f"meetings: {name}: utterance_count", len(spoken), meeting["utterance_count"])
        yield from _same(f"meetings: {name}: speaker_count", len(named), meeting["speaker_count"])
        yield from _same(f"meetings: {name}: word_count", sum(r["word_count"] for r in spoken), meeting["word_count"])
        yield from _same(
            f"utterances: {name}: sequences", list(range(1, len(spoken) + 1)), [r["sequence"] for r in spoken]
        )
        for row in spoken:
            wanted = utterance_id(name, row["sequence"])
            yield from _same(f"utterances: {row['utterance_id']}: utterance_id", wanted, row["utterance_id"])
        taking_part = participations.get(name, [])
        yield from _same(f"participations: {name}: speakers", sorted(named), [row["speaker_id"] for row in taking_part])
        for row in taking_part:
            own = [r for r in spoken if r["speaker_id"] == row["speaker_id"]]
            where = f"participations: {name}, {row['speaker_id']}"
            yield from _same(f"{where}: utterance_count", len(own), row["utterance_count"])
            yield from _same(f"{where}: word_count", sum(r["word_count"] for r in own), row["word_count"])
            yield from _same(
                f"{where}: whether role_evidence is none", row["role"] is None, row["role_evidence"] == "none"
            )
            for other in own:
                yield from _same(f"utterances: {other['utterance_id']}: role", row["role"], other["role"])
    for row in rows["utterances"]:
        if row["speaker_id"] is None:
            yield from _same(f"utterances: {row['utterance_id']}: role of a voice without a name", None, row["role"])
    speaking = {row["speaker_id"] for row in rows["utterances"]}
    for row in rows["speakers"]:
        if row["speaker_id"] not in speaking:
            yield f"speakers: {row['speaker_id']}: expected at least one utterance, found none"


def _ledger(package: Package) -> Iterator[str]:
    rows = package.rows
    included = Counter(row["meeting_id"] for row in rows["sources"] if row["status"] == "included")
    for meeting in rows["meetings"]:
        yield from _same(f"sources: included ones of {meeting['meeting_id']}", 1, included[meeting["meeting_id"]])
    for row in rows["sources"]:
        where = f"sources: {row['path']}"
        yield from _same(f"{where}: whether meeting_id is null", row["status"] == "rejected", row["meeting_id"] is None)
        yield from _same(f"{where}: whether reason is null", row["status"] == "included", row["reason"] is None)


def _segments(package: Package) -> Iterator[str]:
    rows = package.rows
    by_meeting = _group(rows["segments"], "meeting_id")
    for source in rows["sources"]:
        if source["status"] != "included":
            continue
        name = source["meeting_id"]
        position = 0
        parts = by_meeting.pop(name, [])
        for number, row in enumerate(parts, start=1):
            where = f"segments: {name}, {row['sequence']}"
            yield from _same(f"{where}: sequence", number, row["sequence"])
            yield from _same(f"{where}: start_char", position, row["start_char"])
            yield from _same(f"{where}: whether it is white space alone", row["kind"] == "blank", row["text"].isspace())
            position = row["end_char"]
        text = "".join(row["text"] for row in parts)
        yield from _same(f"segments: {name}: text_length", source["text_length"], len(text))
        yield from _same(f"segments: {name}: text_sha256", source["text_sha256"], sha256_of_text(text))
    for name in by_meeting:
        yield f"segments: {name}: expected an included source, found none"


_OF_A_TURN = frozenset({"label", "speech", "insertion", "direction", "elision", "blank"})
_SPOKEN = frozenset({"speech", "insertion"})


def _utterances(package: Package) -> Iterator[str]:
    rows = package.rows
    parts_of = _group((row for row in rows["segments"] if row["utterance_id"] is not None), "utterance_id")
    for row in rows["segments"]:
        where = f"segments: {row['meeting_id']}, {row['sequence']}"
        if row["utterance_id"] is not None and row["kind"] not in _OF_A_TURN:
            yield f"{where}: expected no utterance_id on a {row['kind']}, found {row['utterance_id']}"
        if row["utterance_id"] is None and row["kind"] in (_SPOKEN | {"label"}):
            yield f"{where}: expected an utterance_id on a {row['kind']}, found null"
        yield from _same(f"{where}: whether paragraph is null", row["kind"] not in _SPOKEN, row["paragraph"] is None)
    for row in rows["utterances"]:
        where = f"utterances: {row['utterance_id']}"
        parts = parts_of.get(row["utterance_id"], [])
        spoken = [part for part in parts if part["kind"] in _SPOKEN]
        if not spoken:
            yield f"{where}: expected segments of speech, found none"
            continue
        paragraphs: dict[int, str] = {}
        for part in spoken:
            paragraphs[part["paragraph"]] = paragraphs.get(part["paragraph"], "") + part["text"]
        yield from _same(f"{where}: paragraphs", list(range(1, len(paragraphs) + 1)), list(paragraphs))
        yield from _same(f"{where}: text", join_paragraphs(paragraphs.values()), row["text"])
        yield from _same(f"{where}: word_count", count_words(row["text"]), row["word_count"])
        yield from _same(f"{where}: start_char", spoken[0]["start_char"], row["start_char"])
        yield from _same(f"{where}: end_char", spoken[-1]["end_char"], row["end_char"])
        yield from _same(f"{where}: labels", 1, sum(part["kind"] == "label" for part in parts))
        if parts and parts[0]["kind"] == "label":
            printed = join_paragraphs([parts[0]["text"]])
            if not printed.startswith(row["label"]) or (row["note"] and row["note"] not in printed):
                yield f"{where}: label: expected what its segment prints, {_value(printed)}, found {_value(row['label'])}"
        yield from _same(f"{where}: meeting_id", {part["meeting_id"] for part in parts}, {row["meeting_id"]})


CHECKS: tuple[tuple[str, Finder], ...] = (
    ("dist/ holds the files that SHA256SUMS lists, unchanged", _checksums),
    ("datapackage.json describes these files", _descriptor),
    ("every file has its table's columns and types", _schemas),
    ("Parquet, JSONL and CSV hold the same rows", _formats_agree),
    ("every row keeps the rules of its table", _rows_valid),
    ("keys are unique and rows stand in their order", _keys),
    ("references resolve", _references),
    ("counts and sequences agree, every speaker speaks", _counts),
    ("each meeting has one included source", _ledger),
    ("segments cover every character of their source", _segments),
    ("utterances are what their segments say", _utterances),
)


# ---------------------------------------------------------------------------------------------------------------------
# Against the sources


def hash_files(items: Iterable[Input]) -> dict[str, str | None]:
    """SHA-256 of each file by the path that `sources` gives it; null where the file cannot be read."""
    hashes: dict[str, str | None] = {}
    for item in items:
        try:
            hashes[item.path] = read_file(item).sha256
        except DataError:
            hashes[item.path] = None
    return hashes


def _source_files(package: Package, files: Mapping[str, str | None]) -> Iterator[str]:
    present = set(files.values())
    for row in package.rows["sources"]:
        if row["sha256"] is None or row["sha256"] in present:
            continue
        found = f"sha256 {files[row['path']]}" if files.get(row["path"]) else "none"
        yield f"{row['path']}: expected a file with sha256 {row['sha256']}, found {found}"
    described = {row["sha256"] for row in package.rows["sources"]}
    unread = {row["path"] for row in package.rows["sources"] if row["sha256"] is None}
    for path, digest in files.items():
        if digest is None and path not in unread:
            yield f"{path}: a source that cannot be read, and that the package does not describe"
        elif digest is not None and digest not in described:
            yield f"{path}: a source that the package does not describe"


def _reread(package: Package, reread: Tables) -> Iterator[str]:
    for table in TABLES:
        wanted, found = reread[table.name], package.tables[table.name]
        if table.name == "sources":
            # Renamed files change their paths, their order, and reasons that name a path.
            wanted, found = (
                rows.drop_columns(["path", "reason"]).sort_by([("sha256", "ascending"), ("status", "ascending")])
                for rows in (wanted, found)
            )
        yield from _different_rows(table, wanted, found, table.name)


# ---------------------------------------------------------------------------------------------------------------------


def _group(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return dict(groups)


def _same(what: str, expected: Any, found: Any) -> Iterator[str]:
    if expected != found:
        yield f"{what}: expected {_value(expected)}, found {_value(found)}"


def _value(value: Any) -> str:
    if value is None:
        return "null"
    return quote(value) if isinstance(value, str) else quote(str(value)).strip('"')


def _key(table: Table, row: Row) -> str:
    return ", ".join(str(row[name]) for name in table.primary_key if name in row)
