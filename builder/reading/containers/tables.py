"""Tables of pages: a page a row. They are read row by row, so that no table is ever held whole."""

import csv
import lzma
import os
import sqlite3
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from builder.files import open_regular
from builder.reading.containers.cells import cell_bytes, cell_text, heads, page_text, unwrapped
from builder.reading.containers.columns import find_columns, find_fields
from builder.reading.containers.csv_rows import text_rows
from builder.reading.containers.json_rows import json_line_rows, json_rows
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member, NoPagesError
from builder.reading.document import Given

Row = Mapping[Any, Any]
"""The cells of a row by their columns; by null those that no column heads."""
_NO_PAGE = LeftOut("rows without a page")
_ROWS_AT_A_TIME = 64
"""Of a Parquet file: a page may have a megabyte."""
_MAX_WORKBOOK_BYTES = 1 << 30
"""Of what a workbook unpacks to."""
_MOST_KINDS_OF_ROWS = 1_000
_FURTHEST_HEAD = 10
"""Rows of a sheet among which its head is looked for: a title may stand above."""
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
        self._id_counts_rows = False

    def members(self) -> Iterator[Member | LeftOut]:
        """Its rows, in their order, counted from 1."""
        for number, row in self._numbered():
            yield Member(f"#{number}", (number,)) if self._holds_page(row) else _NO_PAGE

    def read(self, member: Member) -> Content:
        """One row. One before the last that was read takes reading from the start again."""
        wanted = member.place[0]
        if wanted < self._next or not self._next:
            self._rows = self._numbered()
        for number, row in self._rows:
            self._next = number + 1
            if number == wanted:
                return self._content(row)
        raise ContainerError("the table as it was listed", "a shorter one", "build again")

    def _content(self, row: Row) -> Content:
        if more := row.get(None):
            raise ContainerError(
                "as many cells as columns", f"{len(more):,} more", "put texts with delimiters between quotation marks"
            )
        given = {field: self._value(row, field) for field in Given._fields}
        if self._id_counts_rows:
            given["id"] = None
        return Content(
            cell_bytes(page_text(self._page(row))), Given(**given), is_html=self._value(row, "html") is not None
        )

    def close(self) -> None:
        """Leaves the file."""
        self._rows, self._next = iter(()), 0

    def _numbered(self) -> Iterator[tuple[int, Row]]:
        number = 0
        try:
            for number, row in enumerate(self._open_rows(), start=1):
                if not self._columns:
                    self._columns[_names(row)] = find_columns(_names(row), self._stated)
                if number == 1:
                    # Many a table counts its rows, and calls that an id too.
                    self._id_counts_rows = "id" not in self._stated and self._value(row, "id") in ("0", "1")
                yield number, row
        except GeneratorExit:
            # Where the program ends first, the classes of the errors below are gone already.
            raise
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

    def _holds_page(self, row: Row) -> bool:
        try:
            return bool(self._page(row))
        except ContainerError:
            # Reading the page says what is wrong with it.
            return True

    def _page(self, row: Row) -> str:
        """The cell that holds the page: its HTML, or else its text."""
        return self._value(row, "html") or self._value(row, "text") or ""

    def _value(self, row: Row, field: str) -> str | None:
        """A cell as text; null where it is empty, or where there is no such column."""
        column = self._columns_of(row).get(field)
        return cell_text(row.get(column), column) if column is not None else None


def _names(row: Row) -> tuple[str, ...]:
    """The columns of a row. What stands in cells that no column heads has no name."""
    return tuple(name for name in row if isinstance(name, str))


def rows_of(file: str, form: str, table: str | None) -> Callable[[], Iterator[Row]]:
    """What reads the rows of a table of this form from their start."""
    if form == "database":
        return partial(database_rows, file, table)
    return partial(_READERS[form], file)


def parquet_rows(file: str) -> Iterator[Row]:
    """The rows of a Parquet file."""
    with open_regular(file) as raw:
        yield from _batch_rows(pq.ParquetFile(raw).iter_batches(_ROWS_AT_A_TIME))


def arrow_rows(file: str) -> Iterator[Row]:
    """The rows of an Arrow file, as Feather is one, or of an Arrow stream."""
    with open_regular(file) as raw:
        try:
            reader = pa.ipc.open_file(raw)
            batches = (reader.get_batch(number) for number in range(reader.num_record_batches))
        except pa.ArrowInvalid:
            raw.seek(0)
            batches = (batch for batch in pa.ipc.open_stream(raw))
        for batch in batches:
            yield from _batch_rows(batch.slice(at, _ROWS_AT_A_TIME) for at in range(0, batch.num_rows, _ROWS_AT_A_TIME))


def _batch_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from map(unwrapped, batch.rename_columns(heads(batch.schema.names)).to_pylist())


def workbook_rows(file: str) -> Iterator[Row]:
    """The rows of the sheets of a workbook that hold pages, of which one may be for each year; hidden ones are not read."""
    from openpyxl import load_workbook  # noqa: PLC0415  # takes a while, and few need it

    with open_regular(file) as raw:
        if sum(info.file_size for info in zipfile.ZipFile(raw).infolist()) > _MAX_WORKBOOK_BYTES:
            raise ContainerError(f"a workbook of at most {_MAX_WORKBOOK_BYTES:,} bytes", "more", "save it as CSV")
        try:
            with warnings.catch_warnings(action="ignore"):
                book = load_workbook(raw, read_only=True, data_only=True)
        except (AttributeError, *_DAMAGED) as error:
            raise ContainerError("a workbook that can be read", str(error), "save it as CSV") from None
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                advice = "save it as an Excel workbook (.xlsx), not as Strict Open XML, or as CSV"
                raise ContainerError("a workbook with a sheet", "none that can be read", advice)
            for sheet in sheets:
                # Some programs state fewer rows or columns than there are.
                sheet.reset_dimensions()
            of_pages = [sheet for sheet in sheets if _head_of(sheet)[1]]
            for sheet in of_pages or sheets[:1]:
                at, _ = _head_of(sheet)
                rows = sheet.iter_rows(min_row=at, values_only=True)
                names = heads(next(rows, ()))
                yield from (dict(zip(names, row, strict=False)) for row in rows)
        finally:
            book.close()


def _head_of(sheet: Any) -> tuple[int, bool]:
    """The row of a sheet that names its columns, counted from 1, and whether it names one of pages; else the first."""
    for number, row in enumerate(sheet.iter_rows(max_row=_FURTHEST_HEAD, values_only=True), start=1):
        if not {"text", "html"}.isdisjoint(find_fields(heads(row))):
            return number, True
    return 1, False


def database_rows(file: str, table: str | None) -> Iterator[Row]:
    """The rows of a table of an SQLite database, or of its only table or view."""
    open_regular(file).close()
    if os.path.exists(f"{file}-wal") and os.path.getsize(f"{file}-wal"):
        found = f"changes that are not in it yet, in {os.path.basename(file)}-wal"
        raise ContainerError("a database with all of its rows", found, "close what uses it, or copy it by VACUUM INTO")
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
        db.text_factory = _text_of
        rows = db.execute(f"SELECT * FROM {_quoted(chosen)}")  # a name that the database itself gives
        names = heads(column[0] for column in rows.description)
        yield from (dict(zip(names, row, strict=True)) for row in rows)
    finally:
        db.close()


def _text_of(data: bytes) -> str:
    """Text of a database; bytes that are not UTF-8 are those of one row alone."""
    return data.decode("utf-8", "surrogateescape")


def _may_hold_pages(db: sqlite3.Connection, table: str) -> bool:
    """Whether a table has a column for pages, by its name."""
    columns = [column[0] for column in db.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0").description]
    return bool({"text", "html"} & find_fields(columns).keys())


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


_READERS: Mapping[str, Callable[[str], Iterator[Row]]] = {
    "csv": text_rows,
    "jsonl": json_line_rows,
    "json": json_rows,
    "parquet": parquet_rows,
    "arrow": arrow_rows,
    "xlsx": workbook_rows,
}
