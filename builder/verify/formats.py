"""Every format holds the same rows, and each as the builder writes them; where not, which rows differ."""

from collections.abc import Iterator
from itertools import zip_longest

import pyarrow as pa

from builder.errors import quote
from builder.files import open_regular
from builder.package.formats import FORMATS, TEXT_FORMATS, Chunk, TextFormat
from builder.package.names import DIST
from builder.verify.findings import Finding, Place, in_file, key_of
from builder.verify.package_rows import Package
from builder.verify.row_groups import wrong_row_groups
from builder.verify.written import UNREADABLE
from schema.columns import arrow_schema
from schema.tables import TABLES, Table


def formats_agree(package: Package) -> Iterator[Finding]:
    """Every format holds the same rows, as the builder writes them."""
    for table in TABLES:
        found = list(_same_rows(package, table))
        yield from found
        yield from package.written[table.name].wrong
        for form in TEXT_FORMATS:
            # A file with other rows, or one that cannot be read, needs no second finding.
            path = f"{DIST}/{table.name}.{form.name}"
            is_told = path in package.unread or any(finding.file == path for finding in found)
            if form.name not in package.written[table.name].alike and not is_told:
                yield from _spelt_otherwise(package, table, form)
    yield from wrong_row_groups(package)


def _same_rows(package: Package, table: Table) -> Iterator[Finding]:
    """Files of a table with other rows than the first that can be read, and files that cannot be read."""
    readable = package.formats(table)
    if len(readable) < len(FORMATS):
        names = ", ".join(form.name for form in readable)
        yield Place(table.name).says(f"only {names or 'no file'} can be read")
    for form in FORMATS:
        path = f"{DIST}/{table.name}.{form.name}"
        if path in package.unread:
            yield in_file(path, table).says(f"cannot be read: {package.unread[path]}")
    for form in readable[1:]:
        if form.name in package.written[table.name].alike:
            continue
        first_row, place = 1, in_file(f"{DIST}/{table.name}.{form.name}", table)
        for pair in zip_longest(package.batches(table), package.reader.batches(table, form), fillvalue=no_rows(table)):
            yield from different_rows(table, *pair, place, first_row)
            first_row += max(rows.num_rows for rows in pair)


def _spelt_otherwise(package: Package, table: Table, form: TextFormat) -> Iterator[Finding]:
    """The first line of a text file that the builder writes otherwise, though the rows are the same."""
    path = package.reader.path(table.name, form)
    place = in_file(f"{DIST}/{path.name}", table)
    try:
        with open_regular(path, follow_links=False) as file:
            number, offset = 1, 0
            for content in _rendered(package, table, form):
                found = file.read(len(content))
                if found != content:
                    offset = _first_difference(content, found)
                    number += content.count(b"\n", 0, offset)
                    start = content.rfind(b"\n", 0, offset) + 1
                    expected = content[start:].partition(b"\n")[0]
                    here = (found[start:] + file.readline()).partition(b"\n")[0]
                    yield _spelling(_at_line(place, number), expected, here, offset - start)
                    return
                number += content.count(b"\n")
            if rest := file.readline():
                yield _at_line(place, number).says(f"expected the end of the file, found {_excerpt(rest)}")
    except UNREADABLE as error:
        yield place.says(f"could not be compared with what the builder writes: {quote(str(error))}")


def _first_difference(one: bytes, other: bytes) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _rendered(package: Package, table: Table, form: TextFormat) -> Iterator[bytes]:
    yield form.header(table)
    for rows in package.reader.batches(table):
        yield form.render(Chunk(rows), table)


_AROUND = 30
"""Characters of a line that a message shows on either side of where two spellings part."""


def _spelling(place: Place, expected: bytes, found: bytes, at: int) -> Finding:
    start = max(0, at - _AROUND)
    one, other = (_excerpt(line[start : at + _AROUND]) for line in (expected, found))
    if one == other:
        one, other = "the line to end there", "another line end or a byte that is no text"
    text = f"expected {one}, found {other}: the same rows, written otherwise; download it again"
    return place.says(text, expected=one, found=other)


def _excerpt(line: bytes) -> str:
    return quote(line.decode("utf-8", "replace"))


def _at_line(place: Place, number: int) -> Place:
    """A line of a file as the place of a finding."""
    return place._replace(file=f"{place.file}:{number}")


def no_rows(table: Table) -> pa.Table:
    """A table without rows."""
    return arrow_schema(table.model).empty_table()


def different_rows(
    table: Table, wanted: pa.Table, found: pa.Table, place: Place, first_row: int = 1
) -> Iterator[Finding]:
    """Which rows of a table differ from those wanted; compared as whole columns first, since mostly none does."""
    if found.num_rows != wanted.num_rows:
        start = "" if first_row == 1 else f" from row {first_row} on"
        expected, here = f"{wanted.num_rows} rows{start}", str(found.num_rows)
        yield place.says(f"expected {expected}, found {here}", expected=expected, found=here)
    if wanted.column_names != found.column_names:
        return
    numbers = list(range(first_row, first_row + wanted.num_rows))
    keys = [_keys(table, rows) for rows in (wanted, found)]
    if keys[0] != keys[1]:
        yield from _other_keys(place, first_row, *keys)
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
                yield place._replace(row=number, key=key).differs(column, one, other)


_Key = tuple[object, ...]


def _keys(table: Table, rows: pa.Table) -> list[_Key]:
    """The keys of some rows; where a column of the key was left out, their places stand for them."""
    if not {*table.primary_key} <= {*rows.column_names}:
        return [(index,) for index in range(rows.num_rows)]
    return list(zip(*(rows.column(name).to_pylist() for name in table.primary_key), strict=True))


def _other_keys(place: Place, first_row: int, wanted: list[_Key], found: list[_Key]) -> Iterator[Finding]:
    """Which rows are missing, too many, or stand elsewhere."""
    lacking, extra = {*wanted} - {*found}, {*found} - {*wanted}
    for keys, some, what in ((wanted, lacking, "expected, but missing"), (found, extra, "not expected")):
        for number, key in enumerate(keys, start=first_row):
            if key in some:
                yield place._replace(row=number, key=_named(key)).says(what)
    if not lacking and not extra:
        pairs = zip(wanted, found, strict=False)
        least = min(len(wanted), len(found))
        at = next((index for index, (one, other) in enumerate(pairs) if one != other), least)
        one, other = (_named(keys[at]) if at < len(keys) else "no row" for keys in (wanted, found))
        here = place._replace(row=first_row + at, key=other if one == "no row" else one)
        yield here.says(f"expected {one} here, found {other}", expected=one, found=other)


def _named(key: _Key) -> str:
    return ", ".join(map(str, key))
