"""Parquet, JSONL and CSV hold the same rows, and each as the builder writes them; where not, which rows differ."""

from collections.abc import Iterator
from itertools import zip_longest

import pyarrow as pa

from builder.errors import quote
from builder.package.formats import FORMATS, TEXT_FORMATS, TextFormat
from builder.package.publish import DIST
from builder.verify.reading import STREAMED, Package, contrast, key_of
from builder.verify.written import UNREADABLE
from schema.columns import arrow_schema
from schema.tables import BY_NAME, TABLES, Table


def formats_agree(package: Package) -> Iterator[str]:
    """Parquet, JSONL and CSV hold the same rows, as the builder writes them."""
    for table in TABLES:
        found = list(_streams_agree(package, table) if table.name == STREAMED else _tables_agree(package, table))
        yield from found
        yield from package.written[table.name].wrong
        for form in TEXT_FORMATS:
            path = f"{DIST}/{table.name}.{form.name}"
            # A file with other rows needs no second finding.
            if form.name not in package.written[table.name].alike and not any(path in finding for finding in found):
                yield from _spelt_otherwise(package, table, form)
    creators = {name: written.created_by for name, written in package.written.items() if written.created_by}
    first = next(iter(creators.values()), None)
    for name, creator in creators.items():
        if creator != first:
            yield f"{DIST}/{name}.parquet: expected a file written by {first}, as the others, found {quote(creator)}"


def _tables_agree(package: Package, table: Table) -> Iterator[str]:
    read = package.formats[table.name]
    if len(read) < len(FORMATS):
        yield f"{table.name}: only {', '.join(read) or 'no file'} can be read"
    for form, rows in read.items():
        if rows is not package.tables[table.name]:
            yield from different_rows(table, package.tables[table.name], rows, f"{DIST}/{table.name}.{form}")


def _streams_agree(package: Package, table: Table) -> Iterator[str]:
    alike = package.written[table.name].alike
    forms = [form for form in FORMATS if form.name not in alike]
    first_row = 1
    for batches in zip_longest(*(package.batches(table, form) for form in forms)) if len(forms) > 1 else ():
        for form, rows in zip(forms, batches, strict=True):
            wanted = batches[0] if batches[0] is not None else no_rows()
            path = f"{DIST}/{table.name}.{form.name}"
            yield from different_rows(table, wanted, no_rows() if rows is None else rows, path, first_row)
        first_row += max(rows.num_rows for rows in batches if rows is not None)
    for name, reason in package.unread.items():
        if name.startswith(f"{DIST}/{table.name}."):
            yield f"{name}: cannot be read: {reason}"


def _spelt_otherwise(package: Package, table: Table, form: TextFormat) -> Iterator[str]:
    """The first line of a text file that the builder writes otherwise, though the rows are the same."""
    path = package.dist / f"{table.name}.{form.name}"
    try:
        with path.open("rb") as file:
            number, offset = 1, 0
            for content in _rendered(package, table, form):
                found = file.read(len(content))
                if found != content:
                    offset = _first_difference(content, found)
                    number += content.count(b"\n", 0, offset)
                    start = content.rfind(b"\n", 0, offset) + 1
                    expected = content[start:].partition(b"\n")[0]
                    here = (found[start:] + file.readline()).partition(b"\n")[0]
                    yield _spelling(f"{DIST}/{path.name}:{number}", expected, here, offset - start)
                    return
                number += content.count(b"\n")
            if rest := file.readline():
                yield f"{DIST}/{path.name}:{number}: expected the end of the file, found {_excerpt(rest)}"
    except UNREADABLE as error:
        yield f"{DIST}/{path.name}: could not be compared with what the builder writes: {quote(str(error))}"


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _rendered(package: Package, table: Table, form: TextFormat) -> Iterator[bytes]:
    yield form.header(table)
    for rows in package.batches(table, FORMATS[0]):
        yield form.render(rows, table)


_AROUND = 30
"""Characters of a line that a message shows on either side of where two spellings part."""


def _spelling(where: str, expected: bytes, found: bytes, at: int) -> str:
    start = max(0, at - _AROUND)
    one, other = (_excerpt(line[start : at + _AROUND]) for line in (expected, found))
    if one == other:
        one, other = "the line to end there", "another line end or a byte that is no text"
    return f"{where}: expected {one}, found {other}: the same rows, written otherwise; download it again"


def _excerpt(line: bytes) -> str:
    return quote(line.decode("utf-8", "replace"))


def no_rows() -> pa.Table:
    """A table of segments without rows."""
    return arrow_schema(BY_NAME[STREAMED].model).empty_table()


def different_rows(table: Table, wanted: pa.Table, found: pa.Table, path: str, first_row: int = 1) -> Iterator[str]:
    """Says which rows of a table differ from those wanted; compared as whole columns first, since mostly none does."""
    if found.num_rows != wanted.num_rows:
        place = "" if first_row == 1 else f" from row {first_row} on"
        yield f"{path}: expected {wanted.num_rows} rows{place}, found {found.num_rows}"
    if wanted.column_names != found.column_names:
        return
    numbers = list(range(first_row, first_row + wanted.num_rows))
    keys = [_keys(table, rows) for rows in (wanted, found)]
    if keys[0] != keys[1]:
        yield from _other_keys(path, first_row, *keys)
        # What both hold, in the order of the rows wanted.
        places = [{key: index for index, key in enumerate(some)} for some in keys]
        common = [key for key in places[0] if key in places[1]]
        numbers = [first_row + places[0][key] for key in common]
        wanted, found = (
            rows.take(pa.array([place[key] for key in common], pa.int64()))
            for rows, place in zip((wanted, found), places, strict=True)
        )
    for column in wanted.column_names:
        if wanted.column(column).equals(found.column(column)):
            continue
        values = zip(numbers, wanted.column(column).to_pylist(), found.column(column).to_pylist(), strict=True)
        for index, (number, one, other) in enumerate(values):
            if one != other:
                row = wanted.slice(index, 1).to_pylist()[0]
                key = key_of(table, row) or str(row.get("sha256"))
                yield f"{path}: row {number} ({key}): {column}: {contrast(one, other)}"


_Key = tuple[object, ...]


def _keys(table: Table, rows: pa.Table) -> list[_Key]:
    """The keys of some rows; where a column of the key was left out, their places stand for them."""
    if not {*table.primary_key} <= {*rows.column_names}:
        return [(index,) for index in range(rows.num_rows)]
    return list(zip(*(rows.column(name).to_pylist() for name in table.primary_key), strict=True))


def _other_keys(path: str, first_row: int, wanted: list[_Key], found: list[_Key]) -> Iterator[str]:
    """Which rows are missing, too many, or stand elsewhere."""
    lacking, extra = {*wanted} - {*found}, {*found} - {*wanted}
    for keys, some, what in ((wanted, lacking, "expected, but missing"), (found, extra, "not expected")):
        for number, key in enumerate(keys, start=first_row):
            if key in some:
                yield f"{path}: row {number} ({_named(key)}): {what}"
    if not lacking and not extra:
        pairs = zip(wanted, found, strict=False)
        least = min(len(wanted), len(found))
        at = next((index for index, (one, other) in enumerate(pairs) if one != other), least)
        one, other = (_named(keys[at]) if at < len(keys) else "no row" for keys in (wanted, found))
        yield f"{path}: row {first_row + at} ({other if one == 'no row' else one}): expected {one} here, found {other}"


def _named(key: _Key) -> str:
    return ", ".join(map(str, key))
