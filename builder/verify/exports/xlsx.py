"""The workbook holds the rows of the tables, and says of its columns what the descriptor says. It is read by openpyxl."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from builder.files import open_regular
from builder.package.names import DIST
from builder.package.release import LICENCE, LICENCE_TITLE, LICENCE_URL, SOURCE_TITLE, SOURCE_URL
from builder.verify.findings import Finding, Place, in_file, key_of, same
from builder.verify.package_rows import Package
from schema.tables import BY_NAME, TABLES, Table

_SHEETS = tuple(table.name for table in TABLES if table.name != "segments")
_READ_ME = "Read me"
_IN_CELL = 32_767
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FORMULA = re.compile(rb"<f[ >/]")
_KEPT = 4096
"""Bytes at the end of a sheet that hold its filter."""


@dataclass
class Sheet:
    """What a sheet was found to hold."""

    table: Table
    head: list[str] = field(default_factory=list)
    longer: dict[str, int] = field(default_factory=dict)
    """How many values of a column are longer than a cell may be."""
    used: dict[str, int] = field(default_factory=dict)
    """How many cells the longest value of a column has."""

    def names(self, column: str) -> list[str]:
        """The columns of the sheet that hold a column of the table."""
        return [name for name in self.head if name == column or re.fullmatch(rf"{column}_[2-9]\d*", name)]


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `kremlin-meetings.xlsx` with the tables."""
    place = in_file(f"{DIST}/{path.name}")
    with open_regular(path, follow_links=False) as file:
        with ZipFile(file) as members:
            yield from same(place, "members", sorted(_members()), sorted(members.namelist()))
            yield from same(place, "members whose bytes are not those of their checksum", None, members.testzip())
        workbook = load_workbook(file, read_only=True)
        yield from same(place, "sheets", [_READ_ME, *_SHEETS], workbook.sheetnames)
        yield from same(
            place, "hidden sheets", [], [s.title for s in workbook.worksheets if s.sheet_state != "visible"]
        )
        yield from _properties(package, place, workbook.properties)
        sheets = {}
        for name in (name for name in _SHEETS if name in workbook.sheetnames):
            sheets[name] = Sheet(BY_NAME[name])
            yield from _rows(package, place, _rows_of(workbook[name]), sheets[name])
        if _READ_ME in workbook.sheetnames:
            yield from _read_me(package, place, _rows_of(workbook[_READ_ME]), sheets)
        with ZipFile(file) as members:
            for number, sheet in enumerate(sheets.values(), start=1):
                yield from _comments(place, members, number, sheet)
                with members.open(f"xl/worksheets/sheet{number + 1}.xml") as content:
                    rows = package.row_counts[sheet.table.name]
                    yield from _layout(_at(place, sheet.table.name), content, len(sheet.head), rows)


def _at(place: Place, sheet: str) -> Place:
    return Place(sheet if sheet in BY_NAME else None, file=f"{place.file}::{sheet}")


# ---------------------------------------------------------------------------------------------------------------------
# The file


def _members() -> Iterator[str]:
    yield from ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml")
    yield from ("xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml", "xl/workbook.xml")
    yield "xl/worksheets/sheet1.xml"
    for number in range(1, len(_SHEETS) + 1):
        yield from (f"xl/comments{number}.xml", f"xl/drawings/vmlDrawing{number}.vml")
        yield from (f"xl/worksheets/_rels/sheet{number + 1}.xml.rels", f"xl/worksheets/sheet{number + 1}.xml")


def _comments(place: Place, members: ZipFile, number: int, sheet: Sheet) -> Iterator[Finding]:
    """The head of each column has a comment that says what the column means."""
    with members.open(f"xl/comments{number}.xml") as file:
        comments = ET.parse(file).getroot().iter(f"{_MAIN}comment")
        said = {str(c.get("ref")): "".join(t.text or "" for t in c.iter(f"{_MAIN}t")) for c in comments}
    expected = {}
    for at, name in enumerate(sheet.head, start=1):
        meant = {column.name: column.description for column in sheet.table.columns}
        more = f"Where {name.rpartition('_')[0]} is longer than a cell may be, it goes on here."
        expected[f"{get_column_letter(at)}1"] = meant.get(name, more)
    for cell in sorted(expected.keys() | said.keys()):
        yield from same(_at(place, sheet.table.name), f"comment on {cell}", expected.get(cell), said.get(cell))


def _layout(place: Place, sheet: IO[bytes], width: int, rows: int) -> Iterator[Finding]:
    """The head stays in sight and has filters for all rows; no cell computes."""
    before = b""
    is_first, computes = True, False
    while block := sheet.read(1 << 20):
        text = before + block
        if is_first:
            head = text.partition(b"<sheetData")[0]
            yield from same(
                place, "frozen rows", True, b'<pane ySplit="1" topLeftCell="A2"' in head and b'"frozen"' in head
            )
            yield from same(place, "hidden columns", False, b"hidden" in head)
            is_first = False
        computes = computes or bool(_FORMULA.search(text))
        before = text[-_KEPT:]
    yield from same(place, "formulas", False, computes)
    found = re.search(rb'<autoFilter ref="([^"]*)"', before)
    expected = f"A1:{get_column_letter(max(width, 1))}{rows + 1}"
    yield from same(place, "filter", expected, found and found[1].decode("ascii", "replace"))


def _properties(package: Package, place: Place, found: Any) -> Iterator[Finding]:
    stated = package.descriptor if isinstance(package.descriptor, dict) else {}
    authors = [person["title"] for person in stated.get("contributors", ()) if "maintainer" in person["roles"]]
    expected = {
        "title": f"{stated.get('title')} {stated.get('version')}",
        "subject": stated.get("description"),
        "creator": ", ".join(authors),
        "description": f"{LICENCE_TITLE} ({LICENCE}), {LICENCE_URL}. Source: {SOURCE_TITLE}, {SOURCE_URL}",
        "keywords": ", ".join(stated.get("keywords", ())),
        "created": stated.get("created"),
    }
    for name, value in expected.items():
        other = getattr(found, name)
        yield from same(place, name, value, f"{other.isoformat()}Z" if isinstance(other, dt.datetime) else other)


# ---------------------------------------------------------------------------------------------------------------------
# The sheets


def _rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The sheet states its size too: what stands beyond it would not be read.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield tuple(_unescaped(value) if isinstance(value, str) else value for value in row)


def _unescaped(text: str) -> str:
    """Workbooks write characters that XML has not, and what looks like such a character, by their numbers."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _rows(package: Package, place: Place, found: Iterator[tuple[Any, ...]], sheet: Sheet) -> Iterator[Finding]:
    here = _at(place, sheet.table.name)
    sheet.head = [str(name) for name in next(found, ())]
    columns = [column.name for column in sheet.table.columns]
    groups = {column: sheet.names(column) for column in columns}
    wanted = [name if n == 1 else f"{name}_{n}" for name in columns for n in range(1, len(groups[name]) + 1)]
    yield from same(here, "head", wanted, sheet.head)
    if wanted != sheet.head:
        return
    starts = {name: wanted.index(name) for name in columns}
    for number, (row, cells) in enumerate(zip_longest(package.rows(sheet.table.name), found), start=1):
        if row is None or cells is None:
            which = "no more rows, found more" if row is None else "more rows, found the end"
            yield here.says(f"expected {which} at row {number}")
            return
        at = here._replace(row=number, key=key_of(sheet.table, row))
        padded = [*cells, *[None] * (len(wanted) - len(cells))]
        yield from same(at, "cells beyond the last column", [], padded[len(wanted) :])
        for name in columns:
            parts = padded[starts[name] : starts[name] + len(groups[name])]
            yield from _cell(at, name, row[name], parts, sheet)
    for name in columns:
        yield from same(here, f"columns of {name}", max(sheet.used.get(name, 1), 1), len(groups[name]))


def _cell(at: Place, name: str, value: Any, parts: list[Any], sheet: Sheet) -> Iterator[Finding]:
    """The cells of a value hold it, all of them together."""
    present = [part for part in parts if part is not None]
    sheet.used[name] = max(sheet.used.get(name, 0), len(present))
    is_text = len(present) > 1 and all(isinstance(part, str) for part in present)
    found = "".join(present) if is_text else present[0] if len(present) == 1 else present or None
    expected = _as_cell(value)
    if isinstance(expected, str) and _length(expected) > _IN_CELL:
        sheet.longer[name] = sheet.longer.get(name, 0) + 1
    if found != expected or type(found) is not type(expected):
        yield at.differs(name, expected, found)
    if parts[: len(present)] != present:
        yield at.says(f"{name}: expected no empty cell before the last part", column=name)
    if any(isinstance(part, str) and _length(part) > _IN_CELL for part in present):
        yield at.says(f"{name}: expected at most {_IN_CELL:,} characters in a cell", column=name)


def _length(text: str) -> int:
    """The length of a text as workbooks count it."""
    return sum(2 if ord(c) > 0xFFFF else 1 for c in text) if len(text) > _IN_CELL // 2 else len(text)


def _as_cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(value) or None
    if isinstance(value, dt.date):
        midnight = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  # workbooks have no time zones
        return midnight if value >= dt.date(1900, 3, 1) else value.isoformat()
    return value


# ---------------------------------------------------------------------------------------------------------------------
# What it says of itself


def _read_me(
    package: Package, place: Place, found: Iterator[tuple[Any, ...]], sheets: dict[str, Sheet]
) -> Iterator[Finding]:
    here = _at(place, _READ_ME)
    expected = ((name or None, text or None) for name, text in _lines(package, sheets))
    for number, (wanted, cells) in enumerate(zip_longest(expected, found), start=1):
        line = None if cells is None else tuple([*cells, None, None][: max(len(cells), 2)])
        yield from same(here, f"row {number}", wanted, line)


def _lines(package: Package, sheets: dict[str, Sheet]) -> Iterator[tuple[str, str]]:
    stated = package.descriptor if isinstance(package.descriptor, dict) else {}
    yield f"{stated.get('title')} {stated.get('version')}", str(stated.get("description"))
    yield "Source", f"{SOURCE_TITLE}, {SOURCE_URL}"
    yield "Licence", f"{LICENCE_TITLE} ({LICENCE}), {LICENCE_URL}"
    if days := stated.get("temporal"):
        yield "Days", f"{days['start']} to {days['end']}"
    yield "", ""
    yield "Sheet", "What a row is"
    for name in _SHEETS:
        yield name, f"{BY_NAME[name].description} {package.row_counts[name]:,} rows."
    yield "", ""
    yield "How to read it", ""
    yield from _NOTES
    for sheet in sheets.values():
        for name, count in sheet.longer.items():
            more = " and ".join(sheet.names(name)[1:])
            yield (
                "Long text",
                f"{sheet.table.name}.{name}: a cell holds at most 32,767 characters. Longer texts, {count:,} in all, go on "
                f"in {more}. Nothing is cut: joined, the cells are the text.",
            )
    yield (
        "Not here",
        "The table segments, every character of each source by its role: see the SQLite, Parquet and CSV files.",
    )
    yield "", ""
    yield "Column", "What it means"
    for name in _SHEETS:
        for column in BY_NAME[name].columns:
            yield f"{name}.{column.name}", column.description


_NOTES = (
    ("Columns", "What a column means stands below, and in the comment on its head. Filters are set."),
    ("Keys", "Sheets are joined by meeting_id, speaker_id and utterance_id. Identifiers are text, numbers too."),
    ("Empty cells", "The value is unknown or not printed. A list without items is an empty cell too."),
    ("Lists", "Items are joined by a semicolon and a space: Economy; Trade."),
    ("Dates and times", "They are real dates and times, but for dates before 1 March 1900, which are text."),
    ("Formulas", "There are none: text that begins with =, +, - or @ is text."),
)
