"""Every kind of damage to a package, at every place: made of the tables, columns, formats and descriptor as they are.

A new table, column or format is damaged as the old ones are without a line here.
"""

import datetime as dt
import functools
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.package.formats import TEXT_FORMATS, open_parquet
from builder.package.publish import (
    CHECKSUMS,
    DESCRIPTOR,
    DIST,
    encode_checksums,
    encode_descriptor,
    read_checksums,
)
from builder.verify.findings import key_of
from schema.columns import Column
from schema.tables import BY_NAME, TABLES
from tests.support.resealing import FORMAT_NAMES, PARQUET, Row, Rows, arrow_of, reseal, rewrite, rows_of

EVERYWHERE = "all formats"
"""A damage made alike in every format: only what rows say of one another can tell."""


Act = Callable[[Path], object]
"""Does something to a package."""
Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Damage:
    """One damage to a package."""

    kind: str
    """What is done: a line of the published table."""
    place: str
    """Where: `meetings.csv: title, row 3`."""
    act: Act
    """Does it to a package."""
    names: tuple[tuple[str, ...], ...]
    """What a finding must hold to name the place: all words of one of these."""
    topic: str = ""
    """Table and column of a changed row, `meetings.title`; empty elsewhere."""
    tables: tuple[str, ...] = ()
    """The tables touched; none where it is more than some tables' files."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}"


def catalogue(package: Path, *, with_descriptor: bool = True) -> Iterator[Damage]:
    """All damages to a package; to its descriptor only where asked, since all packages have the same."""
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


# ---------------------------------------------------------------------------------------------------------------------
# Files


def files(package: Path) -> Iterator[Damage]:
    """Damage to the bytes of each file, and to the folder."""
    dist = package / DIST
    names = sorted(path.name for path in dist.iterdir())
    for path in (*(dist / name for name in names), package / DESCRIPTOR):
        where = path.relative_to(package).as_posix()
        # Of a hash that is not the file's nobody can tell which of the two is wrong.
        of_file = ((where,), (CHECKSUMS,), ("expected sha256",)) if path.name == CHECKSUMS else ((where,),)
        size = path.stat().st_size
        for part, at in (("start", 0), ("middle", size // 2), ("end", size - 1)):
            yield Damage("byte flipped", f"{where}: {part}", _bytes(where, functools.partial(_flip, at)), of_file)
        yield Damage("cut short", f"{where}: by a byte", _bytes(where, lambda data: data[:-1]), of_file)
        yield Damage("cut short", f"{where}: to the half", _bytes(where, lambda data: data[: len(data) // 2]), of_file)
        yield Damage("emptied", where, _bytes(where, lambda data: b""), of_file)
        yield Damage("bytes appended", where, _bytes(where, lambda data: data + b"\n"), of_file)
        yield Damage("deleted", where, functools.partial(_delete, where), of_file)
        yield Damage("renamed", where, functools.partial(_rename, where), of_file)
        yield Damage("replaced by a folder", where, functools.partial(_to_folder, where), of_file)
        yield Damage("replaced by a link to nothing", where, functools.partial(_to_link, where, "nowhere"), of_file)
        act: Act
        for other in _another(path, names):
            target = other if path.parent == dist else f"{DIST}/{other}"
            yield Damage(
                "replaced by a link to another file", where, functools.partial(_to_link, where, target), of_file
            )
            act = functools.partial(_copy_over, f"{DIST}/{other}", where)
            yield Damage("replaced by another file", where, act, of_file)
            if path.name not in (CHECKSUMS, DESCRIPTOR):
                yield Damage("replaced by another file, sealed again", where, _sealed(act), ((where,), (path.stem,)))
        if path.name not in (CHECKSUMS, DESCRIPTOR):
            for name, act in (
                ("byte flipped, sealed again", _bytes(where, functools.partial(_flip, size // 2))),
                ("emptied, sealed again", _bytes(where, lambda data: b"")),
                ("bytes appended, sealed again", _bytes(where, lambda data: data + b"\n")),
                ("cut short, sealed again", _bytes(where, lambda data: data[: len(data) // 2])),
                ("deleted, sealed again", functools.partial(_delete, where)),
            ):
                # A Parquet file that can be read still is no less right than the text files that differ from it.
                yield Damage(name, where, _sealed(act), ((where,), (f"{DIST}/{path.stem}.",)))
    for name in ("extra.csv", "meetings (1).csv", ".hidden", "deeper/meetings.csv"):
        for sealed in (False, True):
            act = functools.partial(_add_file, f"{DIST}/{name}")
            if sealed and "/" not in name:
                yield Damage("foreign file added, sealed again", name, _sealed(act), ((name,),))
            elif not sealed:
                yield Damage("foreign file added", name, act, ((name,),))
    yield Damage("foreign folder added", "empty", lambda folder: (folder / DIST / "empty").mkdir(), (("empty",),))


def _bytes(where: str, change: Change) -> Act:
    def act(package: Path) -> None:
        (package / where).write_bytes(change((package / where).read_bytes()))

    return act


def _flip(at: int, data: bytes) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _sealed(act: Act) -> Act:
    def both(package: Path) -> None:
        act(package)
        reseal(package)

    return both


def _delete(where: str, package: Path) -> None:
    (package / where).unlink()


def _rename(where: str, package: Path) -> None:
    (package / where).rename((package / where).with_name("renamed"))


def _to_folder(where: str, package: Path) -> None:
    (package / where).unlink()
    (package / where).mkdir()


def _to_link(where: str, target: str, package: Path) -> None:
    (package / where).unlink()
    (package / where).symlink_to(target)


def _copy_over(source: str, where: str, package: Path) -> None:
    shutil.copyfile(package / source, package / where)


def _add_file(where: str, package: Path) -> None:
    (package / where).parent.mkdir(exist_ok=True)
    (package / where).write_text("x", "utf-8")


def _another(path: Path, names: Sequence[str]) -> list[str]:
    """The next file of the same kind; that of another table."""
    alike = [name for name in names if Path(name).suffix == path.suffix] if path.stem in BY_NAME else list(names)
    return [alike[(alike.index(path.name) + 1) % len(alike)]] if path.name in alike else alike[:1]


# ---------------------------------------------------------------------------------------------------------------------
# SHA256SUMS and the descriptor


def checksums(package: Path) -> Iterator[Damage]:
    """Damage to each line of SHA256SUMS."""
    where = f"{DIST}/{CHECKSUMS}"
    sums = read_checksums(package / DIST / CHECKSUMS)

    def lines(change: Callable[[list[str]], list[str]]) -> Act:
        return _bytes(where, lambda data: "".join(change(data.decode().splitlines(keepends=True))).encode())

    for index, name in enumerate(sums):
        of_line = ((name,), (where,))
        drop = lines(functools.partial(_without, index))
        yield Damage("line of SHA256SUMS dropped", name, drop, of_line)
        yield Damage("line of SHA256SUMS doubled", name, lines(functools.partial(_with_twice, index)), of_line)
        renamed = _bytes(where, functools.partial(_replaced, f"  {name}\n".encode(), f"  x{name}\n".encode()))
        yield Damage("name in SHA256SUMS changed", name, renamed, of_line)
        wrong = sums | {name: sums[name][:-1] + ("0" if sums[name][-1] != "0" else "1")}
        yield Damage(
            "hash in SHA256SUMS changed",
            name,
            _bytes(where, functools.partial(_instead, encode_checksums(wrong))),
            of_line,
        )
    of_file = ((where,),)
    yield Damage("lines of SHA256SUMS reordered", where, lines(lambda some: some[::-1]), of_file)
    yield Damage("SHA256SUMS laid out otherwise", "CRLF", _bytes(where, lambda d: d.replace(b"\n", b"\r\n")), of_file)
    yield Damage("SHA256SUMS laid out otherwise", "an empty line", _bytes(where, lambda d: d + b"\n"), of_file)
    yield Damage(
        "SHA256SUMS laid out otherwise", "byte order mark", _bytes(where, lambda d: b"\xef\xbb\xbf" + d), of_file
    )
    yield Damage("SHA256SUMS laid out otherwise", "capitals", _bytes(where, lambda d: d[:64].upper() + d[64:]), of_file)


def _without(index: int, some: list[str]) -> list[str]:
    return some[:index] + some[index + 1 :]


def _with_twice(index: int, some: list[str]) -> list[str]:
    return [*some, some[index]]


def _replaced(before: bytes, after: bytes, data: bytes) -> bytes:
    return data.replace(before, after)


def _instead(content: bytes, _data: bytes) -> bytes:
    return content


Step = str | int


def descriptor(package: Path) -> Iterator[Damage]:
    """Every entry of the descriptor changed, dropped, added, doubled, reordered."""
    content = (package / DESCRIPTOR).read_bytes()
    for path, value in _walk(msgspec.json.decode(content), ()):
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        container = place.rpartition("[")[0] if place.endswith("]") else place
        of_entry = ((DESCRIPTOR, place),) if place == container else ((DESCRIPTOR, place), (DESCRIPTOR, container))
        if not isinstance(value, dict | list):
            change = functools.partial(_change_entry, path)
            yield Damage("entry of the descriptor changed", place, change, (*of_entry, (f"{DIST}/",)))
        if path:
            drop = functools.partial(_edit_descriptor, path, _drop)
            # A version that is not stated is one that the Parquet files do not have.
            yield Damage("entry of the descriptor dropped", place, drop, (*of_entry, (DESCRIPTOR, _parent(place))))
        if isinstance(value, dict):
            add = functools.partial(_edit_descriptor, (*path, "remark"), _add)
            yield Damage("entry of the descriptor added", f"{place}.remark", add, ((DESCRIPTOR, "remark"),))
        if isinstance(value, list) and value:
            double = functools.partial(_edit_descriptor, path, lambda owner, step: owner[step].append(owner[step][0]))
            yield Damage("entry of the descriptor doubled", f"{place}[0]", double, ((DESCRIPTOR, place),))
        if isinstance(value, list) and len(value) > 1:
            turn = functools.partial(_edit_descriptor, path, lambda owner, step: owner[step].reverse())
            yield Damage("entries of the descriptor reordered", place, turn, ((DESCRIPTOR, place),))
    of_file = ((DESCRIPTOR,),)
    layouts: tuple[tuple[str, Change], ...] = (
        ("one line", lambda data: json.dumps(json.loads(data), ensure_ascii=False).encode()),
        ("keys sorted", lambda data: encode_descriptor(dict(sorted(json.loads(data).items())))),
        ("a key twice", lambda data: data.replace(b"{\n", b'{\n  "name": "other",\n', 1)),
        ("CRLF", lambda data: data.replace(b"\n", b"\r\n")),
        ("byte order mark", lambda data: b"\xef\xbb\xbf" + data),
        ("not UTF-8", lambda data: data.decode().encode("utf-16")),
    )
    for what, layout in layouts:
        yield Damage("descriptor laid out otherwise", what, _bytes(DESCRIPTOR, layout), of_file)


def _walk(value: Any, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Any]]:
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from _walk(inner, (*path, step))


def _parent(place: str) -> str:
    return place.rpartition(".")[0] or place.rpartition("[")[0] or place


def _edit_descriptor(path: tuple[Step, ...], edit: Callable[[Any, Step], None], package: Path) -> None:
    file = package / DESCRIPTOR
    content = msgspec.json.decode(file.read_bytes())
    owner = content
    for step in path[:-1]:
        owner = owner[step]
    edit(owner, path[-1])
    file.write_bytes(encode_descriptor(content))


def _change_entry(path: tuple[Step, ...], package: Path) -> None:
    _edit_descriptor(path, _change, package)


def _change(owner: Any, step: Step) -> None:
    value = owner[step]
    owner[step] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else _other_text(value)


def _drop(owner: Any, step: Step) -> None:
    del owner[step]


def _add(owner: Any, step: Step) -> None:
    owner[step] = None


# ---------------------------------------------------------------------------------------------------------------------
# Parquet alone


def parquet(package: Path) -> Iterator[Damage]:
    """What a Parquet file says besides its values, and how it is stored: everything sealed again."""
    for table in TABLES:
        act: Act
        where = f"{DIST}/{table.name}.{PARQUET}"
        schema = pq.read_schema(package / where)
        of_file = ((where,),)
        for key in schema.metadata:
            for what, metadata in (
                ("dropped", {k: v for k, v in schema.metadata.items() if k != key}),
                ("changed", schema.metadata | {key: b"other"}),
            ):
                act = functools.partial(_store, where, schema.with_metadata(metadata), {})
                yield Damage(f"Parquet metadata {what}", f"{where}: {key.decode()}", act, of_file)
        act = functools.partial(_store, where, schema.with_metadata(schema.metadata | {b"remark": b"x"}), {})
        yield Damage("Parquet metadata added", where, act, of_file)
        for index, field in enumerate(schema):
            names = ((where, field.name),)
            other = schema.set(index, field.with_nullable(not field.nullable))
            if field.nullable and pq.read_table(package / where, columns=[field.name]).column(0).null_count:
                other = schema.set(index, field.with_metadata({b"description": b"other"}))
            act = functools.partial(_store, where, other, {})
            yield Damage("Parquet schema: nullability or description", f"{where}: {field.name}", act, names)
            act = functools.partial(_store, where, schema.set(index, field.remove_metadata()), {})
            yield Damage("Parquet schema: nullability or description", f"{where}: {field.name}, none", act, names)
        for what, options in (
            ("another compression", {"compression": "snappy"}),
            ("no statistics", {"write_statistics": False}),
            ("no dictionary", {"use_dictionary": False}),
            ("another version", {"version": "1.0"}),
            ("no page index and no order stated", {}),
            ("a row group a row", {"row_group_size": 1}),
        ):
            if what != "a row group a row" or pq.read_metadata(package / where).num_rows > 1:
                yield Damage(
                    "Parquet stored otherwise",
                    f"{where}: {what}",
                    functools.partial(_store, where, schema, options),
                    of_file,
                )
        act = _sealed(_bytes(where, lambda data: data.replace(b"parquet-cpp-arrow", b"parquet-cpp-error")))
        yield Damage("Parquet stored otherwise", f"{where}: by another writer", act, of_file)
        act = _sealed(_bytes(where, _statistics_swapped))
        yield Damage("Parquet footer flipped", f"{where}: a byte of its middle", act, of_file)


def _statistics_swapped(data: bytes) -> bytes:
    length = int.from_bytes(data[-8:-4], "little")
    return _flip(len(data) - 8 - length // 2, data)


def _store(where: str, schema: pa.Schema, options: dict[str, Any], package: Path) -> None:
    path = package / where
    table = pq.read_table(path)
    if not options:
        stated = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
        own = schema.equals(pq.read_schema(path).with_metadata(schema.metadata), check_metadata=True)
        if own and schema.metadata != pq.read_schema(path).metadata:
            with open_parquet(path, BY_NAME[path.stem], stated) as writer:
                writer.write_table(table.cast(schema), row_group_size=max(table.num_rows, 1))
            reseal(package)
            return
        options = {"compression": "zstd"}
    size = options.pop("row_group_size", None) if "row_group_size" in options else None
    pq.write_table(table.cast(schema), path, row_group_size=size, **({"compression": "zstd"} | options))
    if size:
        options["row_group_size"] = size
    reseal(package)


# ---------------------------------------------------------------------------------------------------------------------
# The same values, spelt otherwise


def spelling(package: Path) -> Iterator[Damage]:
    """Text files that hold the same values in other bytes, or that readers read differently: sealed again."""
    for table in TABLES:
        for form in TEXT_FORMATS:
            where = f"{DIST}/{table.name}.{form.name}"
            data = (package / where).read_bytes()
            for what, change in (_CSV if form.name == "csv" else _JSONL) + _TEXT:
                if change(data) != data:
                    yield Damage("spelt otherwise", f"{where}: {what}", _sealed(_bytes(where, change)), ((where,),))


def _in_line(before: bytes, after: bytes) -> Change:
    """Replaces the first such bytes below the first line."""

    def change(data: bytes) -> bytes:
        head, line_feed, rest = data.partition(b"\n")
        return head + line_feed + rest.replace(before, after, 1)

    return change


def _rows_as(encode: Callable[[dict[str, Any]], str]) -> Change:
    return lambda data: "".join(encode(json.loads(line)) + "\n" for line in data.decode().split("\n") if line).encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _unquoted(data: bytes) -> bytes:
    head, line_feed, rest = data.partition(b"\n")
    cell = rest.partition(b",")[0]
    return head + line_feed + rest.replace(cell, cell.strip(b'"'), 1)


def _first_twice(data: bytes) -> bytes:
    key = data[1 : data.find(b":") + 1]
    return b"{" + key + b'"other",' + data[1:]


_TEXT: list[tuple[str, Change]] = [
    ("CRLF", lambda data: data.replace(b"\n", b"\r\n")),
    ("byte order mark", lambda data: b"\xef\xbb\xbf" + data),
    ("no line feed at the end", lambda data: data[:-1]),
    ("an empty line at the end", lambda data: data + b"\n"),
    ("white space at the end of a line", lambda data: data.replace(b"\n", b" \n", 1)),
    ("UTF-16", lambda data: data.decode().encode("utf-16")),
    ("a byte that is no UTF-8", lambda data: data[:-3] + b"\xff" + data[-2:]),
    ("a NUL", lambda data: data + b"\0"),
]
_CSV: list[tuple[str, Change]] = [
    ("a header without quotes", lambda data: data.replace(b'"', b"", 2)),
    ("a cell without quotes", _unquoted),
    ("a space behind a comma", _in_line(b'",', b'", ')),
    ("semicolons", lambda data: data.replace(b'","', b'";"')),
    ("a number in quotes", _in_line(b",1", b',"1"')),
    ("a number with a sign", _in_line(b",1", b",+1")),
    ("a number with zeros", _in_line(b",2", b",02")),
    ("a null as an empty text", _in_line(b",,", b',"",')),
    ("a null as a word", _in_line(b",,", b",null,")),
    ("true as a capital", _in_line(b"true", b"True")),
    ("a list with spaces", _in_line(b'"",""', b'"", ""')),
]
_JSONL: list[tuple[str, Change]] = [
    ("keys in another order", _rows_as(lambda row: _compact(dict(reversed(row.items()))))),
    (
        "keys of the last line in another order",
        lambda data: _last_line(data, lambda r: _compact(dict(reversed(r.items())))),
    ),
    ("spaces", _rows_as(lambda row: json.dumps(row, ensure_ascii=False))),
    (
        "escapes",
        _rows_as(lambda row: _compact(row).replace("e", "\\u0065", 1) if '"e' not in _compact(row) else _compact(row)),
    ),
    ("a key twice", _first_twice),
    ("a number as 1.0", _rows_as(lambda row: _compact({k: float(v) if type(v) is int else v for k, v in row.items()}))),
    ("a null left out", _rows_as(lambda row: _compact({k: v for k, v in row.items() if v is not None}))),
    ("NaN", lambda data: data.replace(b":null", b":NaN", 1)),
    ("a list around", lambda data: b"[" + data.replace(b"}\n{", b"},\n{") + b"]"),
]


def _last_line(data: bytes, encode: Callable[[dict[str, Any]], str]) -> bytes:
    lines = data.decode().rstrip("\n").split("\n")
    return "".join(f"{line}\n" for line in [*lines[:-1], encode(json.loads(lines[-1])) if lines[-1] else ""]).encode()


# ---------------------------------------------------------------------------------------------------------------------
# Values


def values(rows: Rows, form: str) -> Iterator[Damage]:
    """Every column's value altered at the start, in the middle and at the end; two rows' values swapped."""
    for table in TABLES:
        some = rows[table.name]
        for column in table.columns:
            filled = [index for index, row in enumerate(some) if row[column.name] is not None]
            for index in sorted({*_places(len(some)), *filled[:1], *filled[-1:]}):
                for what, value in alterations(column, some[index][column.name], [row[column.name] for row in some]):
                    yield _changed(
                        rows, form, (table.name, column.name), f"value {what}", {index: {column.name: value}}
                    )
            if pair := next(
                ((a, b) for a, b in pairwise(range(len(some))) if some[a][column.name] != some[b][column.name]), None
            ):
                changes = {one: {column.name: some[other][column.name]} for one, other in (pair, pair[::-1])}
                yield _changed(rows, form, (table.name, column.name), "values of two rows swapped", changes)


def _places(count: int) -> list[int]:
    """The first row, one in the middle, the last."""
    return sorted({0, count // 2, count - 1}) if count else []


def alterations(column: Column, value: Any, others: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Other values than this one that a column's type can hold, each with what was done."""
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
    """A text with its last letter or digit changed into another of the same sort."""
    for index in range(len(text) - 1, -1, -1):
        old = text[index]
        if old.isascii() and old.isalnum():
            first, last = ("0", "9") if old.isdigit() else ("a", "z") if old.islower() else ("A", "Z")
            if all(c in "0123456789abcdef" for c in text) and old.isalpha():
                last = "f"
            new = first if old == last else chr(ord(old) + 1)
            return text[:index] + new + text[index + 1 :]
    return text + "x"


def _example(column: Column) -> Any:
    example = column.example
    if pa.types.is_date(column.type.arrow):
        return dt.date.fromisoformat(example)
    return dt.time.fromisoformat(example) if pa.types.is_time(column.type.arrow) else example


def _changed(rows: Rows, form: str, topic: tuple[str, str], what: str, changes: dict[int, Row]) -> Damage:
    """Rows of a table with other values, in one format or in all, sealed again. The topic is table and column."""
    table, column = topic
    new = [row | changes.get(index, {}) for index, row in enumerate(rows[table])]
    names = tuple(key for index in changes for key in _keys_of(table, form, rows[table][index], new[index]))
    numbers = ", ".join(str(index + 1) for index in changes)
    place = f"{table}: {column}, row {numbers}"
    return _rewritten(rows, form, what, {table: new}, place=place, names=names, topic=f"{table}.{column}")


def _keys_of(table: str, form: str, *some: Row) -> Iterator[tuple[str, ...]]:
    """What a finding must hold to name one of these rows: of one format its file, and the key."""
    for row in some:
        key = key_of(BY_NAME[table], row)
        yield (table, key)
        if form == EVERYWHERE:
            # Which of two rows that contradict one another is wrong nobody can tell: the other one may be named, with this
            # one's key, or the meeting or speaker that both belong to.
            yield (key,)
            if table == "sources":
                # With renamed files compared, a file is known by its hash.
                yield (str(row["sha256"]),)
            yield from ((str(row[foreign.column]),) for foreign in BY_NAME[table].foreign_keys if row[foreign.column])
        # What rows of one format say is compared with the Parquet file's, whose own damage shows in the others.
        if form != EVERYWHERE:
            yield (table, "row ", str(row[BY_NAME[table].primary_key[0]]))


def _rewritten(
    rows: Rows, form: str, what: str, changed: Rows, *, place: str, names: tuple[tuple[str, ...], ...], topic: str
) -> Damage:
    forms = FORMAT_NAMES if form == EVERYWHERE else (form,)

    def act(package: Path) -> None:
        rewrite(package, rows | changed, forms, before=rows)

    kind = f"{what}, in {'all formats' if form == EVERYWHERE else 'one format'}"
    return Damage(kind, f"{place}, {form}", act, names, topic if form == EVERYWHERE else "", tuple(changed))


# ---------------------------------------------------------------------------------------------------------------------
# Rows and columns


def whole_rows(rows: Rows, form: str) -> Iterator[Damage]:
    """Rows dropped, doubled, added, in another order."""
    for table in TABLES:
        some = rows[table.name]
        for index in _places(len(some)):
            row = some[index]
            added = row | {name: _other_key(row[name]) for name in table.primary_key[-1:]}
            for what, new, meant in (
                ("row dropped", some[:index] + some[index + 1 :], row),
                ("row doubled", [*some[: index + 1], dict(row), *some[index + 1 :]], row),
                ("row added", sorted([*some, added], key=functools.partial(_order, table.primary_key)), added),
            ):
                names = (
                    *_keys_of(table.name, form, meant),
                    *((table.name, str(meant[c])) for c in table.primary_key[:1]),
                )
                if not new:
                    # Of a table without rows the descriptor says otherwise what its files are.
                    names += ((f"{DESCRIPTOR}: resources",),)
                place = f"{table.name}: row {index + 1}"
                yield _rewritten(
                    rows, form, what, {table.name: new}, place=place, names=names, topic=f"{table.name}, {what}"
                )
        if len(some) > 1:
            for index in sorted({0, len(some) - 2}):
                new = [*some[:index], some[index + 1], some[index], *some[index + 2 :]]
                names = tuple(_keys_of(table.name, form, some[index], some[index + 1]))
                place = f"{table.name}: rows {index + 1} and {index + 2}"
                yield _rewritten(
                    rows,
                    form,
                    "rows reordered",
                    {table.name: new},
                    place=place,
                    names=names,
                    topic=f"{table.name}, order",
                )


def _other_key(value: Any) -> Any:
    return value + 1000 if isinstance(value, int) else f"{value}0"


def _order(names: tuple[str, ...], row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def columns(form: str) -> Iterator[Damage]:
    """Columns dropped, doubled, renamed, reordered, and of another type where the format has types."""
    for table in TABLES:
        where = f"{DIST}/{table.name}.{form}"
        for index, column in enumerate(table.columns):
            for what, edit in _COLUMN_EDITS:
                act = functools.partial(_edit_columns, where, form, functools.partial(edit, index))
                yield Damage(
                    f"column {what}", f"{where}: {column.name}", _sealed(act), ((where,),), tables=(table.name,)
                )


Cells = list[tuple[str, Any]]
"""Columns: their names and values."""


def _edit_columns(where: str, form: str, edit: Callable[[Cells], Cells], package: Path) -> None:
    path = package / where
    if form == PARQUET:
        table = pq.read_table(path)
        cells = edit([(name, table.column(name)) for name in table.column_names])
        arrays: list[Any] = [_as_text(values) if isinstance(values, _Retyped) else values for _, values in cells]
        changed = pa.Table.from_arrays(arrays, names=[name for name, _ in cells])
        pq.write_table(changed.replace_schema_metadata(table.schema.metadata), path)
        return
    table_name = path.stem
    rows = arrow_of(table_name, pq.read_table(path.with_suffix(f".{PARQUET}")).to_pylist())
    text = next(text for text in TEXT_FORMATS if text.name == form)
    if form == "jsonl":
        lines = [json.loads(line) for line in text.render(rows, BY_NAME[table_name]).decode().split("\n") if line]
        out = []
        for line in lines:
            cells = edit(list(line.items()))
            pairs = (
                f"{json.dumps(n)}:{_compact(_json_of_another_type(v.values) if isinstance(v, _Retyped) else v)}"
                for n, v in cells
            )
            out.append("{" + ",".join(pairs) + "}\n")
        path.write_text("".join(out), "utf-8", newline="")
        return
    names = [column.name for column in BY_NAME[table_name].columns]
    single = [_csv_cells(rows, table_name, index) for index in range(len(names))]
    cells = edit(list(zip(names, single, strict=True)))
    header = ",".join(f'"{name}"' for name, _ in cells)
    columns_ = [
        [f'"{v}"' if not v.startswith('"') else v[1:-1] for v in c.values] if isinstance(c, _Retyped) else c
        for _, c in cells
    ]
    body = "".join(",".join(values) + "\n" for values in zip(*columns_, strict=True))
    path.write_text(f"{header}\n{body}", "utf-8", newline="")


def _json_of_another_type(value: Any) -> Any:
    return [value] if isinstance(value, str) or value is None else _compact(value)


def _csv_cells(rows: pa.Table, table: str, index: int) -> list[str]:
    """The cells of one column as the CSV file holds them, row by row."""
    column = BY_NAME[table].columns[index]
    cells = []
    for number in range(rows.num_rows):
        one = rows.slice(number, 1).to_pylist()[0][column.name]
        if one is None:
            cells.append("")
        elif isinstance(one, bool | int | dt.date | dt.time):
            cells.append(str(one).lower())
        else:
            plain = one if isinstance(one, str) else _compact(one)
            cells.append('"' + plain.replace('"', '""') + '"')
    return cells


@dataclass
class _Retyped:
    """A column to be written as values of another type."""

    values: Any


def _as_text(column: _Retyped) -> Any:
    values = column.values.to_pylist()
    if all(value is None or isinstance(value, str) for value in values):
        return pa.array([None if value is None else value.encode() for value in values], pa.binary())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


_COLUMN_EDITS: tuple[tuple[str, Callable[[int, Cells], Cells]], ...] = (
    ("dropped", lambda i, cells: cells[:i] + cells[i + 1 :]),
    ("doubled", lambda i, cells: [*cells[: i + 1], cells[i], *cells[i + 1 :]]),
    ("renamed", lambda i, cells: [*cells[:i], (f"{cells[i][0]}_", cells[i][1]), *cells[i + 1 :]]),
    ("reordered", lambda i, cells: [*cells[:i], *cells[i + 1 :], cells[i]] if i + 1 < len(cells) else [cells[-1], *cells[:-1]]),
    ("of another type", lambda i, cells: [*cells[:i], (cells[i][0], _Retyped(cells[i][1])), *cells[i + 1 :]]),
)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------------
# Links, and segments


def links(rows: Rows) -> Iterator[Damage]:
    """Each reference led to another row, and to none."""
    for table in TABLES:
        for foreign in table.foreign_keys:
            keys = [row[foreign.key] for row in rows[foreign.table]]
            linked = [index for index, row in enumerate(rows[table.name]) if row[foreign.column] is not None]
            for index in [linked[place] for place in _places(len(linked))]:
                value = rows[table.name][index][foreign.column]
                for what, key in (
                    ("to another row", next((k for k in keys if k != value), None)),
                    ("to no row", _dangling(value)),
                ):
                    if key is not None:
                        changes = {index: {foreign.column: key}}
                        yield _changed(rows, EVERYWHERE, (table.name, foreign.column), f"link {what}", changes)


def _dangling(key: str) -> str:
    """A key of the same form that no row has."""
    return f"{key[:-4]}9999" if key[-4:].isdigit() else f"{key}-of-nobody"


def segments(rows: Rows) -> Iterator[Damage]:
    """Boundaries of segments moved, segments parted, joined, of another role: at the first of each pair of kinds."""
    some = rows["segments"]
    kinds = BY_NAME["segments"].columns[2].constraints["enum"]
    seen: set[tuple[str, ...]] = set()
    for index, row in enumerate(some):
        if (row["kind"],) not in seen:
            seen.add((row["kind"],))
            for kind in kinds:
                if kind != row["kind"]:
                    yield _changed(
                        rows,
                        EVERYWHERE,
                        ("segments", f"kind, {row['kind']} to {kind}"),
                        "segment of another kind",
                        {index: {"kind": kind}},
                    )
            if len(row["text"]) > 1:
                yield _recut(rows, "segment parted in two", index, 1, [row["text"][:1], row["text"][1:]])
                middle = len(row["text"]) // 2
                yield _recut(rows, "segment parted in two", index, 1, [row["text"][:middle], row["text"][middle:]])
        if index + 1 < len(some) and some[index + 1]["meeting_id"] == row["meeting_id"]:
            after = some[index + 1]
            if (pair := (row["kind"], after["kind"])) in seen:
                continue
            seen.add(pair)
            one, other = row["text"], after["text"]
            yield _recut(rows, "two segments joined", index, 2, [one + other])
            if len(one) > 1:
                yield _recut(rows, "boundary of segments moved back", index, 2, [one[:-1], one[-1:] + other])
            if len(other) > 1:
                yield _recut(rows, "boundary of segments moved on", index, 2, [one + other[:1], other[1:]])
            if row["kind"] != after["kind"]:
                swapped = {index: {"kind": after["kind"]}, index + 1: {"kind": row["kind"]}}
                column = f"kind, {row['kind']} and {after['kind']}"
                yield _changed(rows, EVERYWHERE, ("segments", column), "kinds of two segments swapped", swapped)
            yield _recut(rows, "texts of two segments swapped", index, 2, [other, one])


def _recut(rows: Rows, what: str, index: int, count: int, texts: Sequence[str]) -> Damage:
    """Some segments in a row with other texts, their offsets and their meeting's sequence put right."""
    old = rows["segments"][index : index + count]
    new: list[Row] = []
    start = old[0]["start_char"]
    for number, text in enumerate(texts):
        like = old[min(number, count - 1)]
        new.append(like | {"text": text, "start_char": start, "end_char": start + len(text)})
        start += len(text)
    meeting = old[0]["meeting_id"]
    whole = [*rows["segments"][:index], *new, *rows["segments"][index + count :]]
    number = 0
    for place, row in enumerate(whole):
        if row["meeting_id"] == meeting:
            number += 1
            whole[place] = row | {"sequence": number}
    utterances = {row["utterance_id"] for row in old if row["utterance_id"]}
    names = (
        *_keys_of("segments", EVERYWHERE, *old),
        *(("utterances", u) for u in utterances),
        ("segments", meeting),
        ("meetings", meeting),
    )
    kinds = " and ".join(row["kind"] for row in old)
    topic = f"segments, {what}, {kinds}"
    where = f"{meeting}, {kinds} {old[0]['sequence']}"
    return _rewritten(rows, EVERYWHERE, what, {"segments": whole}, place=where, names=names, topic=topic)
