"""What a folder's hand-kept `provenance.csv` says of the files beside it."""

import csv
import io
import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from builder.errors import Problem, quote
from builder.files import read_text
from builder.reading.page_names import PROVENANCE
from schema.records import Line, Record, Sha256, Url


class Provenance(Record):
    """One line of a folder's hand-kept `provenance.csv`: what a file itself does not say."""

    file: Line
    """Its name when the line was written, for readers: the file is found by its hash, so it may be renamed."""
    sha256: Sha256
    url: Url | None


class ProvenanceTable(NamedTuple):
    """A folder's provenance, by SHA-256, and what is wrong with it."""

    entries: Mapping[str, Provenance]
    problems: tuple[Problem, ...] = ()


class ProvenanceTables:
    """The provenance tables of the folders of one build, each read when a file of its folder is first asked about."""

    def __init__(self) -> None:
        self._tables: dict[str, ProvenanceTable] = {}

    def of_folder(self, folder: str) -> ProvenanceTable:
        """What the folder's provenance table says."""
        if folder not in self._tables:
            self._tables[folder] = read_provenance(Path(folder, PROVENANCE))
        return self._tables[folder]


def unmatched(table: ProvenanceTable, folder: str, hashes: Container[str], read: Container[str]) -> Iterator[str]:
    """A notice for each entry of a folder's table whose hash none of the files has that were read.

    `read` are the paths of these files: what stands beside them and was not read may have the hash.
    """
    for entry in table.entries.values():
        beside = os.path.join(folder, entry.file)
        if entry.sha256 not in hashes and (beside in read or not os.path.exists(beside)):
            found = "the file has another" if beside in read else "there is no such file"
            yield f"{os.path.join(folder, PROVENANCE)}: no file that was read has the hash of {entry.file}: {found}"


def read_provenance(path: Path) -> ProvenanceTable:
    """Reads a folder's provenance table; empty where the folder has none."""
    if not path.exists():
        return ProvenanceTable({})
    if not path.is_file():
        return ProvenanceTable(
            {},
            (
                Problem(
                    str(path), "a table", "something that is not a file", "take it away", code="provenance-unreadable"
                ),
            ),
        )
    try:
        content = read_text(path, "utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(
            str(path), "a table in UTF-8", str(error), "save it as UTF-8 or take it away", code="provenance-unreadable"
        )
        return ProvenanceTable({}, (problem,))
    header = list(Provenance.model_fields)
    reader = csv.reader(io.StringIO(content))
    entries: dict[str, Provenance] = {}
    problems: list[Problem] = []
    try:
        first = next(reader, [])
        if first != header:
            found = quote(",".join(first)) if first else "an empty file"
            return ProvenanceTable(
                {},
                (
                    Problem(
                        str(path),
                        f"the header {','.join(header)}",
                        found,
                        "correct the header",
                        line=1,
                        code="provenance-header",
                    ),
                ),
            )
        for cells in reader:
            problems += _add_provenance(cells, header, entries, str(path), reader.line_num)
    except csv.Error as error:
        problems.append(
            Problem(str(path), "a line of CSV", str(error), "correct it", line=reader.line_num, code="provenance-csv")
        )
    return ProvenanceTable(entries, tuple(problems))


def _add_provenance(
    cells: list[str], header: list[str], entries: dict[str, Provenance], path: str, line: int
) -> Iterator[Problem]:
    """Adds a line to the entries, or says what is wrong with it."""
    if not cells:
        return
    if len(cells) != len(header):
        yield Problem(
            path,
            f"{len(header)} cells: {', '.join(header)}",
            f"{len(cells)}",
            "correct the line",
            line=line,
            code="provenance-cells",
        )
        return
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        yield Problem(
            path,
            f"cells of at most {_LONGEST_CELL} characters",
            "a longer one",
            "correct the line",
            line=line,
            code="provenance-cells",
        )
        return
    try:
        entry = Provenance.model_validate({name: cell or None for name, cell in zip(header, cells, strict=True)})
    except ValidationError as error:
        wrong = error.errors()[0]
        field = str(wrong["loc"][0])
        found = quote(str(wrong["input"])) if wrong["input"] is not None else "an empty cell"
        yield Problem(path, _CELLS[field], found, f"correct the {field}", line=line, code="provenance-value")
        return
    if entries.setdefault(entry.sha256, entry).url != entry.url:
        yield Problem(
            path,
            "one address for a file",
            f"a second one for {entry.file}",
            "take one line away",
            line=line,
            code="provenance-conflict",
        )


_LONGEST_CELL = 4096
_CELLS = {
    "file": "the file's name",
    "sha256": "a SHA-256 of 64 digits 0-9 and a-f",
    "url": "an address that begins with http:// or https://, or nothing",
}
