"""Every kind of damage to a package, at every place: derived from the tables, columns, formats and descriptor.

A new table, column or format is damaged like the others, without a change here.
"""

import datetime as dt
import json
import operator
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.package.formats import TEXT_FORMATS, open_parquet
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST
from builder.package.package_files import encode_descriptor, read_checksums
from builder.verify.findings import key_of
from schema.columns import Column
from schema.tables import BY_NAME, TABLES
from tests.support.damaged_columns import COLUMN_EDITS, compact, edit_columns
from tests.support.resealing import FORMAT_NAMES, PARQUET, Row, Rows, reseal, rewrite, rows_of

EVERYWHERE = "all formats"
"""A damage made alike in every format: only a contradiction between rows can reveal it."""

Act = Callable[[Path], object]
"""Changes a package, or one file or folder of it."""
Change = Callable[[bytes], bytes]
Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Damage:
    """One damage to a package."""

    kind: str
    """What is done: a line of the published table."""
    place: str
    """Where: `meetings.csv: title, row 3`."""
    act: Act
    """Does it to a package."""
    names: Names
    """What a finding must contain to name the place: all words of one of these."""
    topic: str = ""
    """Table and column of a changed row, `meetings.title`; empty elsewhere."""
    tables: tuple[str, ...] = ()
    """The tables whose rows or columns change."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}"


def catalogue(package: Path, *, with_descriptor: bool = True) -> Iterator[Damage]:
    """All damages to a package. Those to the descriptor are optional, because all packages have the same one."""
    yield from files(package)
    yield from checksums(package)
    if with_descriptor:
        yield from descriptor(package)
    yield from parquet(package)
    yield from spelling(package)
    rows = rows_of(package)
    for form in (*FORMAT_NAMES, EVERYWHERE):
        yield from values(rows, form)
        yield from whole_rows(rows, form)
        if form != EVERYWHERE:
            yield from columns(form)
    yield from links(rows)
    yield from segments(rows)


def at(where: str, act: Act, *, sealed: bool = False) -> Act:
    """Does something to one file of a package; `sealed` updates the checksums and the descriptor afterwards."""

    def act_on_package(package: Path) -> None:
        act(package / where)
        if sealed:
            reseal(package)

    return act_on_package


def changed(change: Change) -> Act:
    return lambda path: path.write_bytes(change(path.read_bytes()))


# ---------------------------------------------------------------------------------------------------------------------
# Files


def flipped(part: float) -> Change:
    """Flips a bit of the byte that stands after this part of the file."""

    return lambda data: _flip(data, min(int(len(data) * part), len(data) - 1))


def _flip(data: bytes, index: int) -> bytes:
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :]


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def with_byte_order_mark(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def in_utf_16(data: bytes) -> bytes:
    return data.decode().encode("utf-16")


def replaced_by(make: Act) -> Act:
    def act(path: Path) -> None:
        path.unlink()
        make(path)

    return act


def moved_out(path: Path) -> None:
    """Moves a part of a package out of it, and puts a link in its place."""
    package = path.parents[1] if path.parent.name == DIST else path.parent
    target = package.parent / f"outside-{path.name}"
    if target.is_dir():
        shutil.rmtree(target)
    path.replace(target)
    path.symlink_to(target)


_FILE_EDITS: tuple[tuple[str, str, Act], ...] = (
    ("byte flipped", "start", changed(flipped(0))),
    ("byte flipped", "middle", changed(flipped(0.5))),
    ("byte flipped", "end", changed(flipped(1))),
    ("cut short", "by a byte", changed(lambda data: data[:-1])),
    ("cut short", "to the half", changed(lambda data: data[: len(data) // 2])),
    ("emptied", "", changed(lambda data: b"")),
    ("bytes appended", "", changed(lambda data: data + b"\n")),
    ("deleted", "", Path.unlink),
    ("renamed", "", lambda path: path.rename(path.with_name("renamed"))),
    ("replaced by a folder", "", replaced_by(Path.mkdir)),
    ("replaced by a link to nothing", "", replaced_by(lambda path: path.symlink_to("nowhere"))),
    ("replaced by a link to itself elsewhere", "", moved_out),
)
_SEALED = (
    ("byte flipped", "middle"),
    ("cut short", "to the half"),
    ("emptied", ""),
    ("bytes appended", ""),
    ("deleted", ""),
)
"""The edits of a file that are also tried with new checksums."""


def files(package: Path) -> Iterator[Damage]:
    """Damage to the bytes of each file, and to the folder."""
    names = sorted(path.name for path in (package / DIST).iterdir())
    for where in (*(f"{DIST}/{name}" for name in names), DESCRIPTOR):
        is_sealable = not where.endswith((CHECKSUMS, DESCRIPTOR))
        # A wrong hash may be the fault of the file or of SHA256SUMS.
        of_file: Names = ((where,), (CHECKSUMS,), ("expected sha256",)) if where.endswith(CHECKSUMS) else ((where,),)
        for kind, detail, act in _FILE_EDITS:
            yield Damage(kind, f"{where}: {detail}" if detail else where, at(where, act), of_file)
            if is_sealable and (kind, detail) in _SEALED:
                # A Parquet file that is still readable is no less right than the text files that differ from it.
                either: Names = ((where,), (f"{DIST}/{Path(where).stem}.",))
                yield Damage(f"{kind}, sealed again", where, at(where, act, sealed=True), either)
        yield from _replaced_by_another(where, _another(where, names), of_file, is_sealable)
    for name in ("extra.csv", "meetings (1).csv", ".hidden", "deeper/meetings.csv"):
        yield Damage("foreign file added", name, at(f"{DIST}/{name}", _create), ((name,),))
        if "/" not in name:
            sealed = at(f"{DIST}/{name}", _create, sealed=True)
            yield Damage("foreign file added, sealed again", name, sealed, ((name,),))
    yield Damage("foreign folder added", "empty", at(f"{DIST}/empty", Path.mkdir), (("empty",),))
    yield Damage("folder replaced by a link to itself elsewhere", DIST, at(DIST, moved_out), ((DIST,),))


def _replaced_by_another(where: str, other: str, of_file: Names, is_sealable: bool) -> Iterator[Damage]:
    link = replaced_by(lambda path: path.symlink_to(other if where.startswith(DIST) else f"{DIST}/{other}"))
    yield Damage("replaced by a link to another file", where, at(where, link), of_file)

    def copy(path: Path) -> None:
        dist = path.parent if where.startswith(DIST) else path.parent / DIST
        shutil.copyfile(dist / other, path)

    yield Damage("replaced by another file", where, at(where, copy), of_file)
    if is_sealable:
        names = ((where,), (Path(where).stem,))
        yield Damage("replaced by another file, sealed again", where, at(where, copy, sealed=True), names)


def _create(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")


def _another(where: str, names: Sequence[str]) -> str:
    """The next file; for a table's file, the next one of the same format."""
    path = Path(where)
    alike = [name for name in names if path.stem not in BY_NAME or Path(name).suffix == path.suffix]
    return alike[(alike.index(path.name) + 1) % len(alike)] if path.name in alike else alike[0]


# ---------------------------------------------------------------------------------------------------------------------
# SHA256SUMS and the descriptor

Lines = list[str]
_LINE_EDITS: tuple[tuple[str, Callable[[Lines, int], Lines]], ...] = (
    ("line of SHA256SUMS dropped", lambda lines, i: lines[:i] + lines[i + 1 :]),
    ("line of SHA256SUMS doubled", lambda lines, i: [*lines, lines[i]]),
    ("name in SHA256SUMS changed", lambda lines, i: [*lines[:i], lines[i].replace("  ", "  x"), *lines[i + 1 :]]),
    ("hash in SHA256SUMS changed", lambda lines, i: [*lines[:i], _with_other_hash(lines[i]), *lines[i + 1 :]]),
)
_CHECKSUM_LAYOUTS: tuple[tuple[str, Change], ...] = (
    ("CRLF", with_crlf),
    ("an empty line", lambda data: data + b"\n"),
    ("byte order mark", with_byte_order_mark),
    ("capitals", lambda data: data[:64].upper() + data[64:]),
)


def checksums(package: Path) -> Iterator[Damage]:
    """Damage to each line of SHA256SUMS."""
    where = f"{DIST}/{CHECKSUMS}"
    for index, name in enumerate(read_checksums(package / where)):
        for kind, edit in _LINE_EDITS:
            yield Damage(kind, name, at(where, _lines_edited(edit, index)), ((name,), (where,)))
    of_file = ((where,),)
    yield Damage(
        "lines of SHA256SUMS reordered", where, at(where, _lines_edited(lambda lines, _: lines[::-1])), of_file
    )
    for what, change in _CHECKSUM_LAYOUTS:
        yield Damage("SHA256SUMS laid out differently", what, at(where, changed(change)), of_file)


def _lines_edited(edit: Callable[[Lines, int], Lines], index: int = 0) -> Act:
    return changed(lambda data: "".join(edit(data.decode().splitlines(keepends=True), index)).encode())


def _with_other_hash(line: str) -> str:
    return line[:63] + ("1" if line[63] == "0" else "0") + line[64:]


Step = str | int
_DESCRIPTOR_LAYOUTS: tuple[tuple[str, Change], ...] = (
    ("one line", lambda data: json.dumps(json.loads(data), ensure_ascii=False).encode()),
    ("keys sorted", lambda data: encode_descriptor(dict(sorted(json.loads(data).items())))),
    ("a key twice", lambda data: data.replace(b"{\n", b'{\n  "name": "other",\n', 1)),
    ("CRLF", with_crlf),
    ("byte order mark", with_byte_order_mark),
    ("not UTF-8", in_utf_16),
)


def descriptor(package: Path) -> Iterator[Damage]:
    """Every entry of the descriptor changed, dropped, added, doubled, reordered."""
    for path, value in _walk(msgspec.json.decode((package / DESCRIPTOR).read_bytes()), ()):
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        of_place: Names = ((DESCRIPTOR, place),)
        of_entry = (*of_place, (DESCRIPTOR, place.rpartition("[")[0])) if place.endswith("]") else of_place
        names: dict[str, Names] = {
            # If the version is missing, that of the Parquet files is reported as different.
            "dropped": (*of_entry, (DESCRIPTOR, place.rpartition(".")[0] or place.rpartition("[")[0] or place)),
            "changed": (*of_entry, (f"{DIST}/",)),
            "added": ((DESCRIPTOR, "remark"),),
        }
        for what, suffix, edit, fits in _ENTRY_EDITS:
            if fits(value):
                act = _entry_edited(path, edit)
                yield Damage(f"entry of the descriptor {what}", place + suffix, act, names.get(what, of_place))
    for what, change in _DESCRIPTOR_LAYOUTS:
        yield Damage("descriptor laid out differently", what, at(DESCRIPTOR, changed(change)), ((DESCRIPTOR,),))


def _walk(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from _walk(inner, (*path, step))


def _is_list(value: Any, least: int) -> bool:
    return isinstance(value, list) and len(value) >= least


def _entry_edited(path: tuple[Step, ...], edit: Callable[[Any, Any], object]) -> Act:
    """Edits the entry at a path: `edit` gets what holds it, and its key there."""

    def act(file: Path) -> None:
        content = owner = msgspec.json.decode(file.read_bytes())
        for step in path[:-1]:
            owner = owner[step]
        edit(owner, path[-1])
        file.write_bytes(encode_descriptor(content))

    return at(DESCRIPTOR, act)


def _change(owner: Any, step: Step) -> None:
    value = owner[step]
    owner[step] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else _other_text(value)


_ENTRY_EDITS: tuple[tuple[str, str, Callable[[Any, Any], object], Callable[[Any], bool]], ...] = (
    ("dropped", "", operator.delitem, lambda value: True),
    ("changed", "", _change, lambda value: not isinstance(value, dict | list)),
    ("added", ".remark", lambda owner, step: owner[step].update(remark=None), lambda value: isinstance(value, dict)),
    ("doubled", "[0]", lambda owner, step: owner[step].append(owner[step][0]), lambda value: _is_list(value, 1)),
    ("reordered", "", lambda owner, step: owner[step].reverse(), lambda value: _is_list(value, 2)),
)
"""What is done, where in the entry, how, and to which values."""


# ---------------------------------------------------------------------------------------------------------------------
# Parquet alone

_PARQUET_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("another compression", {"compression": "snappy"}),
    ("no statistics", {"write_statistics": False}),
    ("no dictionary", {"use_dictionary": False}),
    ("another version", {"version": "1.0"}),
    ("no page index and no order stated", {}),
    ("a row group a row", {"row_group_size": 1}),
)


def parquet(package: Path) -> Iterator[Damage]:
    """What a Parquet file says besides its values, and how it stores them: always sealed again."""
    for table in TABLES:
        where = f"{DIST}/{table.name}.{PARQUET}"
        schema = pq.read_schema(package / where)
        of_file = ((where,),)
        metadata = {key.decode(): value.decode() for key, value in schema.metadata.items()}
        for key in metadata:
            place = f"{where}: {key}"
            without = {k: v for k, v in metadata.items() if k != key}
            yield Damage("Parquet metadata dropped", place, _with_metadata(where, without), of_file)
            other = metadata | {key: "other"}
            yield Damage("Parquet metadata changed", place, _with_metadata(where, other), of_file)
        more = metadata | {"remark": "x"}
        yield Damage("Parquet metadata added", where, _with_metadata(where, more), of_file)
        content = pq.read_table(package / where)
        for index, field in enumerate(schema):
            if content.column(index).null_count:
                altered = field.with_metadata({b"description": b"other"})
            else:
                altered = field.with_nullable(not field.nullable)
            for detail, new in (("", altered), (", none", field.remove_metadata())):
                kind, place = "Parquet schema: nullability or description", f"{where}: {field.name}{detail}"
                yield Damage(kind, place, _stored(where, schema.set(index, new)), ((where, field.name),))
        for what, options in _PARQUET_OPTIONS:
            if "row_group_size" not in options or content.num_rows > 1:
                yield Damage(
                    "Parquet stored differently", f"{where}: {what}", _stored(where, schema, **options), of_file
                )
        writer = changed(lambda data: data.replace(b"parquet-cpp-arrow", b"parquet-cpp-error"))
        yield Damage(
            "Parquet stored differently", f"{where}: by another writer", at(where, writer, sealed=True), of_file
        )
        version = changed(lambda data: data.replace(b"arrow version 2", b"arrow version 1"))
        yield Damage(
            "Parquet stored differently", f"{where}: by another version", at(where, version, sealed=True), of_file
        )
        first = content.column(0)[0].as_py() if content.num_rows else None
        if first and len(first) > 1:
            false = changed(partial(_with_false_statistics, first.encode()))
            yield Damage("Parquet statistics forged", where, at(where, false, sealed=True), of_file)
        footer = at(where, changed(_footer_flipped), sealed=True)
        yield Damage("Parquet footer flipped", f"{where}: a byte of its middle", footer, of_file)


def _with_false_statistics(value: bytes, data: bytes) -> bytes:
    """Another value wherever the footer says that it is the least or the greatest: a reader then passes over its rows."""
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    other = value[:-1] + (b"~" if value[-1:] != b"~" else b"!")
    return data[:footer] + data[footer:].replace(value, other)


def _with_metadata(where: str, metadata: dict[str, str]) -> Act:
    def act(path: Path) -> None:
        content = pq.read_table(path)
        with open_parquet(path, BY_NAME[path.stem], metadata) as writer:
            writer.write_table(content, row_group_size=max(content.num_rows, 1))

    return at(where, act, sealed=True)


def _stored(where: str, schema: pa.Schema, **options: Any) -> Act:
    """Writes the file anew, not as the builder does: with this schema and these options."""

    def act(path: Path) -> None:
        pq.write_table(pq.read_table(path).cast(schema), path, **({"compression": "zstd"} | options))

    return at(where, act, sealed=True)


def _footer_flipped(data: bytes) -> bytes:
    length = int.from_bytes(data[-8:-4], "little")
    return _flip(data, len(data) - 8 - length // 2)


# ---------------------------------------------------------------------------------------------------------------------
# The same values, spelt differently


def spelling(package: Path) -> Iterator[Damage]:
    """Text files that hold the same values in other bytes, or that readers read differently: sealed again."""
    for table in TABLES:
        for form in TEXT_FORMATS:
            where = f"{DIST}/{table.name}.{form.name}"
            data = (package / where).read_bytes()
            for what, change in (_CSV if form.name == "csv" else _JSONL) + _TEXT:
                if change(data) != data:
                    act = at(where, changed(change), sealed=True)
                    yield Damage("spelt differently", f"{where}: {what}", act, ((where,),))


def _below_header(before: bytes, after: bytes) -> Change:
    """Replaces the first such bytes below the first line."""

    def change(data: bytes) -> bytes:
        head, line_feed, rest = data.partition(b"\n")
        return head + line_feed + rest.replace(before, after, 1)

    return change


def _unquoted(data: bytes) -> bytes:
    cell = data.partition(b"\n")[2].partition(b",")[0]
    return _below_header(cell, cell.strip(b'"'))(data)


def _rows_as(encode: Callable[[dict[str, Any]], str], *, last: bool = False) -> Change:
    """Encodes each row anew, or the last one alone."""

    def change(data: bytes) -> bytes:
        lines = data.decode().splitlines(keepends=True)
        start = len(lines) - 1 if last else 0
        return "".join(lines[:start] + [encode(json.loads(line)) + "\n" for line in lines[start:]]).encode()

    return change


def _backwards(row: dict[str, Any]) -> str:
    return compact(dict(reversed(row.items())))


def _escaped(row: dict[str, Any]) -> str:
    text = compact(row)
    return text if '"e' in text else text.replace("e", "\\u0065", 1)


def _first_twice(data: bytes) -> bytes:
    key = data[1 : data.find(b":") + 1]
    return b"{" + key + b'"other",' + data[1:]


_TEXT: list[tuple[str, Change]] = [
    ("CRLF", with_crlf),
    ("byte order mark", with_byte_order_mark),
    ("no line feed at the end", lambda data: data[:-1]),
    ("an empty line at the end", lambda data: data + b"\n"),
    ("white space at the end of a line", lambda data: data.replace(b"\n", b" \n", 1)),
    ("UTF-16", in_utf_16),
    ("a byte that is no UTF-8", lambda data: data[:-3] + b"\xff" + data[-2:]),
    ("a NUL", lambda data: data + b"\0"),
]
_CSV: list[tuple[str, Change]] = [
    ("a header without quotes", lambda data: data.replace(b'"', b"", 2)),
    ("a cell without quotes", _unquoted),
    ("a space behind a comma", _below_header(b'",', b'", ')),
    ("semicolons", lambda data: data.replace(b'","', b'";"')),
    ("a number in quotes", _below_header(b",1", b',"1"')),
    ("a number with a sign", _below_header(b",1", b",+1")),
    ("a number with zeros", _below_header(b",2", b",02")),
    ("a null as an empty text", _below_header(b",,", b',"",')),
    ("a null as a word", _below_header(b",,", b",null,")),
    ("true as a capital", _below_header(b"true", b"True")),
    ("a list with spaces", _below_header(b'"",""', b'"", ""')),
]
_JSONL: list[tuple[str, Change]] = [
    ("keys in another order", _rows_as(_backwards)),
    ("keys of the last line in another order", _rows_as(_backwards, last=True)),
    ("spaces", _rows_as(lambda row: json.dumps(row, ensure_ascii=False))),
    ("escapes", _rows_as(_escaped)),
    ("a key twice", _first_twice),
    ("a number as 1.0", _rows_as(lambda row: compact({k: float(v) if type(v) is int else v for k, v in row.items()}))),
    ("a null left out", _rows_as(lambda row: compact({k: v for k, v in row.items() if v is not None}))),
    ("NaN", lambda data: data.replace(b":null", b":NaN", 1)),
    ("a list around", lambda data: b"[" + data.replace(b"}\n{", b"},\n{") + b"]"),
]


# ---------------------------------------------------------------------------------------------------------------------
# Values


def values(rows: Rows, form: str) -> Iterator[Damage]:
    """Every column's value altered at the start, in the middle and at the end; two rows' values swapped."""
    for table in TABLES:
        for column in table.columns:
            where = (table.name, column.name)
            cells = [row[column.name] for row in rows[table.name]]
            filled = [index for index, value in enumerate(cells) if value is not None]
            for index in sorted({*_places(len(cells)), *filled[:1], *filled[-1:]}):
                for what, value in alterations(column, cells[index], cells):
                    yield _changed(rows, form, where, f"value {what}", {index: {column.name: value}})
            differing = (index for index, (a, b) in enumerate(pairwise(cells)) if a != b)
            for first in islice(differing, 1):
                swapped = {first: {column.name: cells[first + 1]}, first + 1: {column.name: cells[first]}}
                yield _changed(rows, form, where, "values of two rows swapped", swapped)


def _places(count: int) -> list[int]:
    """The first row, one in the middle, the last."""
    return sorted({0, count // 2, count - 1}) if count else []


def alterations(column: Column, value: Any, others: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Other values that a column's type can hold, each with what was done."""
    if value is None:
        filled = next((other for other in others if other is not None), None)
        yield "filled where null", _example(column) if filled is None else filled
        return
    yield "set to null", None
    if column.is_enum:
        known = column.constraints["enum"]
        yield "changed to another of its kinds", known[(known.index(value) + 1) % len(known)]
    elif isinstance(value, bool):
        yield "flipped", not value
    elif isinstance(value, str):
        yield "changed by a character", _other_text(value)
        yield "with white space added", f"{value} "
        yield "not in normal form C", value.replace("e", "e\u0301", 1) if "e" in value else f"{value}e\u0301"
    elif isinstance(value, int):
        yield "one more", value + 1
        yield "one less", value - 1
    elif isinstance(value, dt.date):
        yield "a day later", value + dt.timedelta(days=1)
        yield "a day earlier", value - dt.timedelta(days=1)
    elif isinstance(value, dt.time):
        yield "a minute later", value.replace(minute=(value.minute + 1) % 60)
        yield "an hour later", value.replace(hour=(value.hour + 1) % 24)
    elif isinstance(value, list):
        yield "with an element added", [*value, *(value[:1] or _example(column))]
        if value:
            yield "without its last element", value[:-1]
            yield "with an element changed", [_other_text(value[0]), *value[1:]]
        if len(value) > 1:
            yield "with its elements reordered", value[::-1]
    else:
        raise TypeError(f"{column.name}: no alteration is known for {type(value).__name__}; add one")


def _other_text(text: str) -> str:
    """A text with its last letter or digit replaced by the next one; a hash stays a hash."""
    is_hexadecimal = set(text) <= set("0123456789abcdef")
    for index in range(len(text) - 1, -1, -1):
        old = text[index]
        if old.isascii() and old.isalnum():
            first, last = ("0", "9") if old.isdigit() else ("A", "Z") if old.isupper() else ("a", "z")
            if is_hexadecimal and last == "z":
                last = "f"
            return text[:index] + (first if old == last else chr(ord(old) + 1)) + text[index + 1 :]
    return text + "x"


def _example(column: Column) -> Any:
    if pa.types.is_date(column.type.arrow):
        return dt.date.fromisoformat(column.example)
    return dt.time.fromisoformat(column.example) if pa.types.is_time(column.type.arrow) else column.example


def _changed(rows: Rows, form: str, where: tuple[str, str], what: str, changes: dict[int, Row]) -> Damage:
    """Rows with other values in one column, given as table and column."""
    table, column = where
    new = [row | changes.get(index, {}) for index, row in enumerate(rows[table])]
    names = tuple(key for index in changes for key in _keys_of(table, form, rows[table][index], new[index]))
    place = f"{column}, row {', '.join(str(index + 1) for index in changes)}"
    return _rewritten(rows, form, what, (table, new), place=place, names=names, topic=f"{table}.{column}")


def _keys_of(table: str, form: str, *some: Row) -> Iterator[tuple[str, ...]]:
    """What a finding must contain to name one of these rows: its key, and its file where only one format changed."""
    for row in some:
        key = key_of(BY_NAME[table], row)
        yield (table, key)
        if form != EVERYWHERE:
            # Rows of one format are compared with the Parquet file, whose own damage shows in the other formats.
            yield (table, "row ", str(row[BY_NAME[table].primary_key[0]]))
            continue
        # If two rows contradict each other, either may be wrong: the finding may name the other one, with this one's key,
        # or the meeting or speaker that both belong to.
        yield (key,)
        if table == "sources":
            # Renamed files are recognised by their hash.
            yield (str(row["sha256"]),)
        yield from ((str(row[foreign.column]),) for foreign in BY_NAME[table].foreign_keys if row[foreign.column])


def _rewritten(
    rows: Rows, form: str, what: str, new: tuple[str, list[Row]], *, place: str, names: Names, topic: str
) -> Damage:
    """A table with other rows, in one format or in all, sealed again."""
    table, changed_rows = new
    is_everywhere = form == EVERYWHERE

    def act(package: Path) -> None:
        rewrite(package, rows | {table: changed_rows}, FORMAT_NAMES if is_everywhere else (form,), before=rows)

    kind = f"{what}, in {'all formats' if is_everywhere else 'one format'}"
    return Damage(kind, f"{table}: {place}, {form}", act, names, topic if is_everywhere else "", (table,))


# ---------------------------------------------------------------------------------------------------------------------
# Rows and columns


def whole_rows(rows: Rows, form: str) -> Iterator[Damage]:
    """Rows dropped, doubled, added, in another order."""
    for table in TABLES:
        some = rows[table.name]
        for index in _places(len(some)):
            row = some[index]
            last = table.primary_key[-1]
            added = row | {last: row[last] + 1000 if isinstance(row[last], int) else f"{row[last]}0"}
            for what, new, meant in (
                ("row dropped", some[:index] + some[index + 1 :], row),
                ("row doubled", [*some[: index + 1], dict(row), *some[index + 1 :]], row),
                ("row added", sorted([*some, added], key=lambda r: [r[key] for key in table.primary_key]), added),
            ):
                names = (*_keys_of(table.name, form, meant), (table.name, str(meant[table.primary_key[0]])))
                if not new:
                    # The descriptor describes the files of a table without rows differently.
                    names += ((f"{DESCRIPTOR}: resources",),)
                place, topic = f"row {index + 1}", f"{table.name}, {what}"
                yield _rewritten(rows, form, what, (table.name, new), place=place, names=names, topic=topic)
        for index in sorted({0, len(some) - 2}) if len(some) > 1 else ():
            new = [*some[:index], some[index + 1], some[index], *some[index + 2 :]]
            names = tuple(_keys_of(table.name, form, some[index], some[index + 1]))
            place, topic = f"rows {index + 1} and {index + 2}", f"{table.name}, order"
            yield _rewritten(rows, form, "rows reordered", (table.name, new), place=place, names=names, topic=topic)


def columns(form: str) -> Iterator[Damage]:
    """Columns dropped, doubled, renamed, reordered, and of another type."""
    for table in TABLES:
        where = f"{DIST}/{table.name}.{form}"
        for index, column in enumerate(table.columns):
            for what, edit in COLUMN_EDITS:
                act = at(where, edit_columns(index, edit), sealed=True)
                yield Damage(f"column {what}", f"{where}: {column.name}", act, ((where,),), tables=(table.name,))


# ---------------------------------------------------------------------------------------------------------------------
# Links, and segments


def links(rows: Rows) -> Iterator[Damage]:
    """Each reference changed to another row, and to none."""
    for table in TABLES:
        for foreign in table.foreign_keys:
            keys = [row[foreign.key] for row in rows[foreign.table]]
            linked = [index for index, row in enumerate(rows[table.name]) if row[foreign.column] is not None]
            for index in [linked[place] for place in _places(len(linked))]:
                value = rows[table.name][index][foreign.column]
                missing = f"{value[:-4]}9999" if value[-4:].isdigit() else f"{value}-of-nobody"
                for what, key in (("another", next((k for k in keys if k != value), None)), ("no", missing)):
                    if key is not None:
                        change = {index: {foreign.column: key}}
                        yield _changed(rows, EVERYWHERE, (table.name, foreign.column), f"link to {what} row", change)


def segments(rows: Rows) -> Iterator[Damage]:
    """Segments split, joined, with another kind or boundary: the first of each kind and the first pair of each two kinds."""
    some = rows["segments"]
    kinds = BY_NAME["segments"].columns[2].constraints["enum"]
    seen: set[tuple[str, ...]] = set()
    for index, row in enumerate(some):
        kind, text = row["kind"], row["text"]
        if (kind,) not in seen:
            seen.add((kind,))
            for other in kinds:
                if other != kind:
                    where = ("segments", f"kind, {kind} to {other}")
                    yield _changed(rows, EVERYWHERE, where, "segment of another kind", {index: {"kind": other}})
            if len(text) > 1:
                for end in (1, len(text) // 2):
                    yield _recut(rows, "segment split in two", index, 1, [text[:end], text[end:]])
        for after in some[index + 1 : index + 2]:
            if after["meeting_id"] == row["meeting_id"] and (kind, after["kind"]) not in seen:
                seen.add((kind, after["kind"]))
                yield from _pair_damaged(rows, index)


def _pair_damaged(rows: Rows, index: int) -> Iterator[Damage]:
    """Damage to two neighbouring segments."""
    row, after = rows["segments"][index : index + 2]
    one, other = row["text"], after["text"]
    for what, texts in (
        ("two segments joined", [one + other]),
        ("boundary of segments moved back", [one[:-1], one[-1:] + other]),
        ("boundary of segments moved on", [one + other[:1], other[1:]]),
        ("texts of two segments swapped", [other, one]),
    ):
        if all(texts):
            yield _recut(rows, what, index, 2, texts)
    if row["kind"] != after["kind"]:
        swapped = {index: {"kind": after["kind"]}, index + 1: {"kind": row["kind"]}}
        where = ("segments", f"kind, {row['kind']} and {after['kind']}")
        yield _changed(rows, EVERYWHERE, where, "kinds of two segments swapped", swapped)


def _recut(rows: Rows, what: str, index: int, count: int, texts: Sequence[str]) -> Damage:
    """Consecutive segments with other texts, with offsets and sequence numbers to match."""
    old = rows["segments"][index : index + count]
    new: list[Row] = []
    start = old[0]["start_char"]
    for number, text in enumerate(texts):
        like = old[min(number, count - 1)]
        new.append(like | {"text": text, "start_char": start, "end_char": start + len(text)})
        start += len(text)
    meeting = old[0]["meeting_id"]
    whole = [*rows["segments"][:index], *new, *rows["segments"][index + count :]]
    of_meeting = [position for position, row in enumerate(whole) if row["meeting_id"] == meeting]
    for number, position in enumerate(of_meeting, 1):
        whole[position] = whole[position] | {"sequence": number}
    utterances = {row["utterance_id"] for row in old if row["utterance_id"]}
    names = (
        *_keys_of("segments", EVERYWHERE, *old),
        *(("utterances", utterance) for utterance in utterances),
        *((table, meeting) for table in ("segments", "meetings")),
    )
    kinds = " and ".join(row["kind"] for row in old)
    place = f"{meeting}, {kinds} {old[0]['sequence']}"
    topic = f"segments, {what}, {kinds}"
    return _rewritten(rows, EVERYWHERE, what, ("segments", whole), place=place, names=names, topic=topic)
