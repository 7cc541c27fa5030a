"""The table `metadata.csv` beside pages: titles, dates and the like that they do not print, or print wrong. What it says wins."""

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import chain

from builder.errors import Problem, quote
from builder.reading.containers.columns import find_fields
from builder.reading.containers.csv_rows import numbered_rows
from builder.reading.containers.members import ContainerError
from builder.reading.document import NOTHING_GIVEN, Given
from builder.reading.page_names import METADATA

_FILE_COLUMNS = ("file", "filename", "path")
_ADVICE = "correct it, or take the table away"
_SHOWN = 3
"""Files that are named where more are missing."""


@dataclass(frozen=True)
class MetadataTable:
    """The table of one folder: what it gives of each file, and what is wrong with it."""

    given: dict[str, Given] = field(default_factory=dict)
    """By the names of files; also by these in small letters, where they are no other file's."""
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    """Files that it names and that are not there."""

    def of(self, name: str) -> Given | None:
        """What it gives of a file."""
        return self.given.get(name) or self.given.get(name.casefold())


class MetadataTables:
    """The tables of the folders of a build, each read once."""

    def __init__(self) -> None:
        self._tables: dict[str, MetadataTable] = {}

    def of_folder(self, folder: str) -> MetadataTable:
        """The table in a folder; an empty one where there is none."""
        if folder not in self._tables:
            self._tables[folder] = _read(folder)
        return self._tables[folder]

    def of_page(self, file: str, path: str, member: str) -> Given:
        """What the tables say of a page: that of its file's folder, and those further up to the deepest common one."""
        for folder, name in folders_above(file, path):
            if given := self.of_folder(folder).of(name + member):
                return given
        return NOTHING_GIVEN


def folders_above(file: str, path: str) -> Iterator[tuple[str, str]]:
    """The folders from a file's own up to the deepest common to all inputs, and what the file is called from there."""
    folder, name = os.path.split(file)
    yield folder, name
    for _ in range(path.removeprefix("./").count("/")):
        folder, above = os.path.split(folder)
        name = f"{above}/{name}"
        yield folder, name


def unmatched_rows(table: MetadataTable, folder: str) -> Iterator[str]:
    """A notice that a table names files which are not there."""
    if table.missing:
        shown = ", ".join(table.missing[:_SHOWN]) + (" …" if len(table.missing) > _SHOWN else "")
        yield f"{os.path.join(folder, METADATA)}: {len(table.missing):,} rows name files that are not there: {shown}"


def _read(folder: str) -> MetadataTable:
    path = os.path.join(folder, METADATA)
    if not os.path.lexists(path):
        return MetadataTable()
    try:
        return _table(folder, path)
    except ContainerError as error:
        return MetadataTable({}, (_problem(path, error.expected, error.found, error.line),))
    except (OSError, ValueError) as error:
        return MetadataTable({}, (_problem(path, "a table in UTF-8", str(error), None),))


def _table(folder: str, path: str) -> MetadataTable:
    given: dict[str, Given] = {}
    problems, missing = [], []
    rows = numbered_rows(path)
    first = next(rows, None)
    if first is None:
        return MetadataTable()
    names = [name for name in first[1] if isinstance(name, str)]
    file_column = next((name for name in names if name.strip().casefold() in _FILE_COLUMNS), None)
    columns = {name: column for name, column in find_fields(names).items() if name in Given._fields}
    if file_column is None or not columns:
        expected = "a column file, and some of title, date, url, place …"
        return MetadataTable({}, (_problem(path, expected, f"the columns {', '.join(names)}", 1),))
    entries = {entry.casefold() for entry in os.listdir(folder or os.curdir)}
    for line, row in chain([first], rows):
        if not any(row.values()):
            continue
        name = _file_name(folder, (row[file_column] or "").strip())
        values = {each: (row[column] or "").strip() or None for each, column in columns.items()}
        if row.get(None):
            problems.append(_problem(path, "as many cells as columns", f"{len(row[None]):,} more", line))
        elif not name or name in given:
            expected = "the name of a file, once" if name else "the name of a file"
            problems.append(_problem(path, expected, quote(name), line))
        elif not _is_there(folder, name, entries):
            missing.append(name)
        given[name] = Given(**values)
    folded = {name.casefold(): values for name, values in given.items()}
    return MetadataTable(folded | given, tuple(problems), tuple(missing))


def _file_name(folder: str, name: str) -> str:
    """The name of a file as this system writes it: Windows parts folders by backslashes."""
    if "\\" in name and not os.path.lexists(os.path.join(folder, name)):
        name = name.replace("\\", "/")
    return name.removeprefix("./")


def _is_there(folder: str, name: str, entries: Container[str]) -> bool:
    """Whether there is a file of a name, or one that holds the page: `pages.zip/57366.html`, `speeches.csv#12`.

    `entries` are the folder's own, in small letters.
    """
    ends = (match.start() for match in re.finditer(r"[/#]|::|$", name))
    found = (os.path.join(folder, name[:end]) for end in ends)
    return any(os.path.isfile(file) for file in found) or name.casefold() in entries


def _problem(path: str, expected: str, found: str, line: int | None) -> Problem:
    return Problem(path, expected, found, _ADVICE, line=line, code="metadata-table")
