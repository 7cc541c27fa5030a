"""Tables of pages: a page a row. They are read row by row, so that no table is ever held whole."""

import csv
import datetime as dt
import io
import itertools
import json
import lzma
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import Any
from urllib.parse import quote

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.files import open_regular
from builder.reading.containers.archives import Unpacked
from builder.reading.containers.columns import find_columns, find_fields
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member, NoPagesError
from builder.reading.document import Given

Row = Mapping[str, Any]
_NO_PAGE = LeftOut("rows without a page")
_ROWS_AT_A_TIME = 64
"""Of a Parquet file: a page may have a megabyte."""
_MAX_JSON_BYTES = 1 << 28
"""Of a list of objects, which must be read whole; a table in lines may be of any size."""
_MAX_WORKBOOK_BYTES = 1 << 30
"""Of what a workbook unpacks to."""
_MAX_CELL_CHARS = 1 << 26
"""Of a cell of a CSV table: one without its closing quotation mark goes on to the end of the file."""
_MOST_KINDS_OF_ROWS = 1_000
_DELIMITERS = ",;\t|"
_DAMAGED = (
    *(OSError, EOFError, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError, SyntaxError),
    *(csv.Error, sqlite3.Error, pa.ArrowException, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)


class PageTable:
    """A table of pages, in any format."""

    def __init__(self, rows: Callable[[], Iterator[Row]], stated: Mapping[str, str]) -> None:
        """`rows` begins to read the table anew; `stated` says which column holds which field."""
        self._open_rows = rows
        self._stated = stated
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}
        self._rows: Iterator[tuple[int, Row]] = iter(())
        self._next = 0

    def members(self) -> Iterator[Member | LeftOut]:
        """Its rows, in their order, counted from 1."""
        for number, row in self._numbered():
            yield Member(f"#{number}", (number,)) if self._page(row) else _NO_PAGE

    def read(self, member: Member) -> Content:
        """One row. One before the last that was read takes reading from the start again."""
        wanted = member.place[0]
        if wanted < self._next or not self._next:
            self._rows = self._numbered()
        for number, row in self._rows:
            self._next = number + 1
            if number == wanted:
                given = {field: self._value(row, field) for field in Given._fields}
                is_html = self._value(row, "html") is not None
                return Content(self._page(row).encode("utf-8", "surrogatepass"), Given(**given), is_html=is_html)
        raise ContainerError("the table as it was listed", "a shorter one", "build again")

    def close(self) -> None:
        """Leaves the file."""
        self._rows, self._next = iter(()), 0

    def _numbered(self) -> Iterator[tuple[int, Row]]:
        number = 0
        try:
            for number, row in enumerate(self._open_rows(), start=1):
                if not self._columns:
                    self._columns[_names(row)] = find_columns(_names(row), self._stated)
                yield number, row
        except UnicodeDecodeError:
            found = "bytes that are not" + (f" after row {number:,}" if number else "")
            raise ContainerError("a table in UTF-8", found, "save it as UTF-8") from None
        except _DAMAGED as error:
            found = f"{str(error) or type(error).__name__}" + (f" after row {number:,}" if number else "")
            raise ContainerError("a table that can be read", found, "check the file") from None

    def _columns_of(self, row: Row) -> dict[str, str]:
        """The columns that hold what is known. In a list of objects each may have others."""
        names = _names(row)
        if names not in self._columns:
            if len(self._columns) > _MOST_KINDS_OF_ROWS:
                self._columns.clear()
            stated = {field: column for field, column in self._stated.items() if column in names}
            self._columns[names] = {**find_fields(names), **stated}
        return self._columns[names]

    def _page(self, row: Row) -> str:
        """The cell that holds the page: its HTML, or else its text."""
        return self._value(row, "html") or self._value(row, "text") or ""

    def _value(self, row: Row, field: str) -> str | None:
        """A cell as text; null where it is empty, or where there is no such column."""
        column = self._columns_of(row).get(field)
        value = row.get(column) if column is not None else None
        if isinstance(value, float) and (value != value or value.is_integer()):  # noqa: PLR0124  # not a number
            value = None if value != value else int(value)  # noqa: PLR0124
        if isinstance(value, dt.datetime | dt.date | dt.time):
            value = value.isoformat()
        text = value if isinstance(value, str) else "" if value is None else str(value)
        return text if text.strip() else None


def _names(row: Row) -> tuple[str, ...]:
    """The columns of a row. What stands in cells that no column heads has no name."""
    return tuple(name for name in row if isinstance(name, str))


def rows_of(file: str, form: str, table: str | None) -> Callable[[], Iterator[Row]]:
    """What reads the rows of a table of this form from their start."""
    if form == "database":
        return partial(database_rows, file, table)
    return partial(_READERS[form], file)


def text_rows(file: str) -> Iterator[Row]:
    """The rows of a CSV or TSV file in UTF-8, whatever its delimiter, compressed or not."""
    csv.field_size_limit(_MAX_CELL_CHARS)
    with closing(Unpacked(file)) as stream:
        lines = io.TextIOWrapper(io.BufferedReader(_Readable(stream)), encoding="utf-8-sig", newline="")
        head = lines.readline()
        if not head:
            raise NoPagesError("a table with a head", "an empty file", "check the file")
        # In the names of columns delimiters are rare.
        delimiter = max(_DELIMITERS, key=head.count)
        yield from csv.DictReader(itertools.chain([head], lines), delimiter=delimiter)


def json_line_rows(file: str) -> Iterator[Row]:
    """The objects of a JSON Lines file, compressed or not."""
    with closing(Unpacked(file)) as stream:
        for line in io.BufferedReader(_Readable(stream)):
            if line.strip():
                yield _object(msgspec.json.decode(line))


def json_rows(file: str) -> Iterator[Row]:
    """The objects of a list in a JSON file, compressed or not; of the longest list in an object."""
    with closing(Unpacked(file)) as stream:
        data = stream.read(_MAX_JSON_BYTES + 1)
    if len(data) > _MAX_JSON_BYTES:
        raise ContainerError(f"at most {_MAX_JSON_BYTES:,} bytes of JSON", "more", "write an object a line, as .jsonl")
    try:
        value = msgspec.json.decode(data)
    except msgspec.DecodeError:
        # Many files of this name hold an object a line.
        yield from (_object(msgspec.json.decode(line)) for line in data.splitlines() if line.strip())
        return
    if isinstance(value, dict):
        value = max((each for each in value.values() if isinstance(each, list)), key=len, default=[value])
    yield from map(_object, value)


def parquet_rows(file: str) -> Iterator[Row]:
    """The rows of a Parquet file."""
    with open_regular(file) as raw:
        for batch in pq.ParquetFile(raw).iter_batches(_ROWS_AT_A_TIME):
            yield from batch.to_pylist()


def workbook_rows(file: str) -> Iterator[Row]:
    """The rows of the first sheet of a workbook."""
    from openpyxl import load_workbook  # noqa: PLC0415  # takes a while, and few need it

    with open_regular(file) as raw:
        if sum(info.file_size for info in zipfile.ZipFile(raw).infolist()) > _MAX_WORKBOOK_BYTES:
            raise ContainerError(f"a workbook of at most {_MAX_WORKBOOK_BYTES:,} bytes", "more", "save it as CSV")
        book = load_workbook(raw, read_only=True, data_only=True)
        try:
            rows = book.worksheets[0].iter_rows(values_only=True)
            names = [str(name) if name is not None else "" for name in next(rows, ())]
            yield from (dict(zip(names, row, strict=False)) for row in rows)
        finally:
            book.close()


def database_rows(file: str, table: str | None) -> Iterator[Row]:
    """The rows of a table of an SQLite database, or of its only table or view."""
    open_regular(file).close()
    address = f"file:{quote(file)}?mode=ro&immutable=1"
    db = sqlite3.connect(address, uri=True)
    try:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        own = [name for name in tables if not name.startswith("sqlite_")]
        of_pages = [name for name in own if _may_hold_pages(db, name)] if len(own) != 1 else own
        if table is None and len(of_pages) != 1:
            found = f"the tables {', '.join(of_pages or own)}" if own else "no table"
            wrong = ContainerError if of_pages else NoPagesError
            raise wrong("a database of one table of pages", found, "name the table, as in file.db::table")
        chosen = table or of_pages[0]
        if chosen not in tables:
            raise ContainerError(f"the table {chosen}", f"the tables {', '.join(own)}", "name one of these")
        rows = db.execute(f"SELECT * FROM {_quoted(chosen)}")  # a name that the database itself gives
        names = [column[0] for column in rows.description]
        yield from (dict(zip(names, row, strict=True)) for row in rows)
    finally:
        db.close()


def _may_hold_pages(db: sqlite3.Connection, table: str) -> bool:
    """Whether a table has a column for pages, by its name."""
    columns = [column[0] for column in db.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0").description]
    return bool({"text", "html"} & find_fields(columns).keys())


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _object(value: Any) -> Row:
    if not isinstance(value, dict):
        raise NoPagesError("a list of objects", json.dumps(value, default=str)[:40], "write a JSON object a page")
    return value


_READERS: Mapping[str, Callable[[str], Iterator[Row]]] = {
    "csv": text_rows,
    "jsonl": json_line_rows,
    "json": json_rows,
    "parquet": parquet_rows,
    "xlsx": workbook_rows,
}


class _Readable(io.RawIOBase):
    """Any stream that has `read`, for the standard library's readers."""

    def __init__(self, stream: Unpacked) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
