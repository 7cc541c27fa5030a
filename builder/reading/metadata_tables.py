"""The table `metadata.csv` beside pages: titles, dates and the like that they do not print, or print wrong. What it says wins."""

import csv
import io
import os
from dataclasses import dataclass, field

from builder.errors import Problem, quote
from builder.files import read_text
from builder.reading.containers.columns import find_fields
from builder.reading.document import Given

METADATA = "metadata.csv"
_FILE_COLUMNS = ("file", "filename", "path")
_ADVICE = "correct it, or take the table away"


@dataclass(frozen=True)
class MetadataTable:
    """The table of one folder: what it gives of each file, and what is wrong with it."""

    given: dict[str, Given] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class MetadataTables:
    """The tables of the folders of a build, each read once."""

    def __init__(self) -> None:
        self._tables: dict[str, MetadataTable] = {}

    def of_folder(self, folder: str) -> MetadataTable:
        """The table in a folder; an empty one where there is none."""
        if folder not in self._tables:
            self._tables[folder] = _read(os.path.join(folder, METADATA))
        return self._tables[folder]


def _read(path: str) -> MetadataTable:
    if not os.path.lexists(path):
        return MetadataTable()
    try:
        rows = csv.DictReader(io.StringIO(read_text(path, "utf-8-sig")), strict=True)
        names = [*(rows.fieldnames or ())]
        file_column = next((name for name in names if name.strip().casefold() in _FILE_COLUMNS), None)
        columns = {name: column for name, column in find_fields(names).items() if name in Given._fields}
        if file_column is None or not columns:
            found = f"the columns {', '.join(names)}" if names else "none"
            return MetadataTable(
                {}, (_problem(path, "a column file, and some of title, date, url, place …", found, 1),)
            )
        return _table(path, rows, file_column, columns)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return MetadataTable({}, (_problem(path, "a table in UTF-8", str(error), None),))


def _table(path: str, rows: "csv.DictReader[str]", file_column: str, columns: dict[str, str]) -> MetadataTable:
    given: dict[str, Given] = {}
    problems = []
    for row in rows:
        name = (row[file_column] or "").strip().removeprefix("./")
        values = {field: (row[column] or "").strip() or None for field, column in columns.items()}
        if not name or name in given:
            expected = "the name of a file, once" if name else "the name of a file"
            problems.append(_problem(path, expected, quote(name), rows.line_num))
        given[name] = Given(**values)
    return MetadataTable(given, tuple(problems))


def _problem(path: str, expected: str, found: str, line: int | None) -> Problem:
    return Problem(path, expected, found, _ADVICE, line=line, code="metadata-table")
