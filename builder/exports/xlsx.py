"""The workbook: a sheet for each table but `segments`, and one before them that says how to read them.

A sheet is written row by row. No text is cut: what is longer than a cell may be goes on in columns to its right, so that a row
stays a row.
"""

import datetime as dt
import errno
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from builder.exports import StagedPackage, TooLargeError
from builder.exports.zips import MODE, UNIX
from builder.package.release import LICENCE, LICENCE_TITLE, LICENCE_URL, SOURCE_TITLE, SOURCE_URL
from schema.columns import Column
from schema.tables import TABLES, Table

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its head."""
MOST_IN_CELL = 32_767
"""Characters that a cell holds, as UTF-16 counts them."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it the days of workbooks are not those of the calendar: earlier dates are text."""
BETWEEN = "; "
"""What stands between the items of a list."""
SHEETS = tuple(table for table in TABLES if table.name != "segments")


@dataclass(frozen=True)
class Field:
    """A column of a table, and the columns of its sheet that hold it."""

    column: Column
    count: int = 1
    """How many columns its longest value needs."""
    longer: int = 0
    """How many of its values need more than one."""

    @property
    def names(self) -> list[str]:
        name = self.column.name
        return [name, *(f"{name}_{number}" for number in range(2, self.count + 1))]


def write(package: StagedPackage, path: Path) -> None:
    """Writes `kremlin-meetings.xlsx`."""
    for table in SHEETS:
        if (rows := package.extent.row_counts[table.name]) > MOST_ROWS:
            raise TooLargeError(
                f"{table.name} has {rows:,} rows, and a sheet of a workbook holds {MOST_ROWS:,}; use the SQLite, Parquet or "
                "CSV files"
            )
    fields = {table.name: _fields(package, table) for table in SHEETS}
    # What looks like a formula, an address or a number is text.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with (
            TemporaryDirectory(dir=path.parent) as folder,
            closing(Workbook(str(path), options | {"tmpdir": folder})) as workbook,
        ):
            _fill(workbook, package, fields)
    except FileCreateError as error:
        # As any other file that could not be written.
        raise OSError(errno.EIO, str(error), str(path)) from error
    _settle_modes(path)


def _fill(workbook: Workbook, package: StagedPackage, fields: dict[str, list[Field]]) -> None:
    workbook.use_zip64()
    _describe(workbook, package)
    _write_read_me(workbook, package, fields)
    formats = Formats(
        workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
        workbook.add_format({"num_format": "hh:mm"}),
        workbook.add_format(),
    )
    for table in SHEETS:
        _write_sheet(workbook.add_worksheet(table.name), package, table, fields[table.name], formats)


def _settle_modes(path: Path) -> None:
    """Gives the members one mode: it would be that of temporary files, which differs from machine to machine."""
    with ZipFile(path, "a") as file:
        for member in file.infolist():
            member.external_attr = MODE << 16
            member.create_system = UNIX
        # Only a file that was changed gets a new list of its members.
        file.comment = b""


# ---------------------------------------------------------------------------------------------------------------------
# Cells


def _fields(package: StagedPackage, table: Table) -> list[Field]:
    """The columns of a table, each with what its longest value needs."""
    fields = {column.name: Field(column) for column in table.columns}
    for batch in package.tables.batches(table):
        for column in table.columns:
            counts = [count for value in _long(batch.column(column.name)) if (count := len(parted(value))) > 1]
            field = fields[column.name]
            fields[column.name] = Field(column, max([field.count, *counts]), field.longer + len(counts))
    return list(fields.values())


def _long(values: Any) -> list[str]:
    """The texts of a column that may need more than one cell: a character outside the basic plane counts as two."""
    if pa.types.is_list(values.type):
        values = pc.binary_join(values, BETWEEN)
    if not pa.types.is_string(values.type):
        return []
    may_be_long: Any = pc.greater(pc.utf8_length(values), pa.scalar(MOST_IN_CELL // 2))
    long: list[str] = values.filter(may_be_long).to_pylist()
    return long


def parted(text: str) -> list[str]:
    """A text as the cells that hold it: joined, they are the text. Each but the last ends in white space, where there is any."""
    parts = []
    while _length(text) > MOST_IN_CELL:
        end = min(MOST_IN_CELL, len(text))
        while (excess := _length(text[:end]) - MOST_IN_CELL) > 0:
            end -= -(-excess // 2)
        space = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        end = space + 1 if space > 0 else end
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


# ---------------------------------------------------------------------------------------------------------------------
# Sheets


@dataclass(frozen=True)
class Formats:
    """How cells look."""

    head: Format
    date: Format
    time: Format
    plain: Format


def _write_sheet(sheet: Worksheet, package: StagedPackage, table: Table, fields: list[Field], formats: Formats) -> None:
    places = []
    at = 0
    for field in fields:
        places.append(at)
        for name in field.names:
            sheet.set_column(at, at, _width(field.column, name))
            sheet.write_string(0, at, name, formats.head)
            sheet.write_comment(0, at, _meaning(field, name), {"width": 360, "height": 110})
            at += 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, package.extent.row_counts[table.name], at - 1)
    names = [field.column.name for field in fields]
    for row, values in enumerate(package.tables.tuples(table.name, names), start=1):
        for place, value in zip(places, values, strict=True):
            if value is not None and value != []:
                _write_cell(sheet, row, place, value, formats)


def _write_cell(sheet: Worksheet, row: int, place: int, value: Any, formats: Formats) -> None:
    match value:
        case bool():
            sheet.write_boolean(row, place, value)
        case int():
            sheet.write_number(row, place, value)
        case dt.date() if value >= FIRST_DAY:
            sheet.write_datetime(row, place, value, formats.date)
        case dt.time():
            sheet.write_datetime(row, place, value, formats.time)
        case _:
            text = BETWEEN.join(value) if isinstance(value, list) else str(value)
            for offset, part in enumerate(parted(text)):
                _write_text(sheet, row, place + offset, part, formats)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, formats: Formats) -> None:
    if text.startswith("<r>") and text.endswith("</r>"):
        # The library would take it for marked-up text of its own making.
        failed = sheet.write_rich_string(row, place, text[0], formats.plain, text[1:])
    else:
        failed = sheet.write_string(row, place, text)
    if failed:
        raise ValueError(f"row {row}, column {place}: could not be written: code {failed}")


def _meaning(field: Field, name: str) -> str:
    """What the comment on the head of a column says."""
    if name == field.column.name:
        return field.column.description
    return f"Where {field.column.name} is longer than a cell may be, it goes on here."


def _width(column: Column, name: str) -> int:
    """The width of a column, in characters."""
    kind = column.type.table_schema["type"]
    if kind == "string":
        wide = 70 if column.name in ("text", "lead", "reason") else 28
        return 16 if column.is_enum else wide
    return 36 if column.is_list else max(len(name) + 4, 11)


# ---------------------------------------------------------------------------------------------------------------------
# What it says of itself


def _describe(workbook: Workbook, package: StagedPackage) -> None:
    release = package.release
    workbook.set_properties(
        {
            "title": f"{release.title} {release.version}",
            "subject": release.description,
            "author": ", ".join(release.authors),
            "comments": f"{LICENCE_TITLE} ({LICENCE}), {LICENCE_URL}. Source: {SOURCE_TITLE}, {SOURCE_URL}",
            "keywords": ", ".join(release.keywords),
            "created": dt.datetime.combine(release.created, dt.time()),
        }
    )


def _write_read_me(workbook: Workbook, package: StagedPackage, fields: dict[str, list[Field]]) -> None:
    sheet = workbook.add_worksheet("Read me")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 120)
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for row, (name, text) in enumerate(_read_me(package, fields)):
        if name:
            sheet.write_string(row, 0, name, bold)
        if text:
            sheet.write_string(row, 1, text, wrapped)


def _read_me(package: StagedPackage, fields: dict[str, list[Field]]) -> Iterator[tuple[str, str]]:
    release, extent = package.release, package.extent
    yield f"{release.title} {release.version}", release.description
    yield "Source", f"{SOURCE_TITLE}, {SOURCE_URL}"
    yield "Licence", f"{LICENCE_TITLE} ({LICENCE}), {LICENCE_URL}"
    if extent.first and extent.last:
        yield "Days", f"{extent.first.isoformat()} to {extent.last.isoformat()}"
    yield "", ""
    yield "Sheet", "What a row is"
    for table in SHEETS:
        yield table.name, f"{table.description} {extent.row_counts[table.name]:,} rows."
    yield "", ""
    yield "How to read it", ""
    yield "Columns", "What a column means stands below, and in the comment on its head. Filters are set."
    yield "Keys", "Sheets are joined by meeting_id, speaker_id and utterance_id. Identifiers are text, numbers too."
    yield "Empty cells", "The value is unknown or not printed. A list without items is an empty cell too."
    yield "Lists", f"Items are joined by a semicolon and a space: {BETWEEN.join(('Economy', 'Trade'))}."
    yield "Dates and times", "They are real dates and times, but for dates before 1 March 1900, which are text."
    yield "Formulas", "There are none: text that begins with =, +, - or @ is text."
    for table in SHEETS:
        for field in fields[table.name]:
            if field.longer:
                yield "Long text", _on_length(table, field)
    yield (
        "Not here",
        "The table segments, every character of each source by its role: see the SQLite, Parquet and CSV files.",
    )
    yield "", ""
    yield "Column", "What it means"
    for table in SHEETS:
        for column in table.columns:
            yield f"{table.name}.{column.name}", column.description


def _on_length(table: Table, field: Field) -> str:
    name, *more = field.names
    return (
        f"{table.name}.{name}: a cell holds at most {MOST_IN_CELL:,} characters. Longer texts, {field.longer:,} in all, go on in "
        f"{' and '.join(more)}. Nothing is cut: joined, the cells are the text."
    )
