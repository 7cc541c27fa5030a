"""The catalogue of exports: which files each has, and what the descriptor says of them.

An export is the dataset in the form that a tool expects. `builder.exports` writes it from the tables, and
`builder.verify.exports` reads it back.
"""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from builder.errors import CommandError


class ExportFile(NamedTuple):
    """A file of an export, in `dist/`; or the files of a folder there, of which there may be any number or none."""

    path: str
    """Below `dist/`. `{version}` stands for the release, and `FOLDER/*.SUFFIX` for the files that a folder directly holds."""
    title: str
    description: str
    """Whom it is for and what it holds."""
    media_type: str
    format: str
    """What the descriptor calls its format. Not `xlsx`: frictionless would read it as one table."""

    @property
    def folder(self) -> str | None:
        """The folder below `dist/` that holds the files; None where it is one file."""
        return self.path.partition("/")[0] if "/" in self.path else None

    def name(self, version: str) -> str:
        """The file's name below `dist/` in a release; of the files of a folder the folder's."""
        return self.folder or self.path.format(version=version)

    def names(self, files: Iterable[str], version: str) -> list[str]:
        """Those of the names of files below `dist/` that are this file's, in order."""
        pattern = self.path.format(version=version)
        return sorted(name for name in files if fnmatchcase(name, pattern) and name.count("/") == pattern.count("/"))

    def resource(self, name: str, version: str) -> dict[str, Any]:
        """How the descriptor lists the file of this name, but for its size and hash."""
        title = self.title if not self.folder else f"{self.title}: {name.rpartition('/')[2].partition('.')[0]}"
        return {
            "name": re.sub(r"[./-]+", "-", name.replace(version, "").strip(".-")).lower(),
            "path": f"dist/{name}",
            "format": self.format,
            "mediatype": self.media_type,
            "title": title,
            "description": self.description,
        }


class Export(NamedTuple):
    """The dataset in the form that one kind of tool expects."""

    name: str
    """What `--exports` calls it. The modules that write it and read it back have this name too."""
    files: tuple[ExportFile, ...]


EXPORTS: tuple[Export, ...] = (
    Export(
        "codebook",
        (
            ExportFile(
                "codebook.csv",
                "Codebook",
                "Every column of every table: type, whether it may be null, values, description.",
                "text/csv",
                "csv",
            ),
        ),
    ),
    Export(
        "huggingface",
        (
            ExportFile(
                "README.md",
                "Dataset card",
                "What makes this folder a dataset of Hugging Face: load_dataset() opens each table, and the Hub shows it.",
                "text/markdown",
                "md",
            ),
        ),
    ),
    Export(
        "croissant",
        (
            ExportFile(
                "croissant.json",
                "Croissant",
                "The dataset as catalogues describe it, in schema.org's words: files, tables and columns, to be opened with "
                "mlcroissant.",
                "application/ld+json",
                "json",
            ),
        ),
    ),
    Export(
        "datasheet",
        (
            ExportFile(
                "datasheet.md",
                "Datasheet",
                "Where the data come from, what they can tell and what not: the questions of Datasheets for Datasets, answered.",
                "text/markdown",
                "md",
            ),
        ),
    ),
    Export(
        "zenodo",
        (
            ExportFile(
                ".zenodo.json",
                "Metadata for Zenodo",
                "With which the package is deposited at Zenodo.",
                "application/json",
                "json",
            ),
        ),
    ),
    Export(
        "tei",
        (
            ExportFile(
                "tei.zip",
                "TEI",
                "The transcripts in TEI as Parla-CLARIN encodes them, a file a meeting and one that joins them: for linguists "
                "and historians.",
                "application/zip",
                "zip",
            ),
        ),
    ),
    Export(
        "text",
        (
            ExportFile(
                "text.zip",
                "Plain text",
                "What was said as plain text, a file for each meeting and each speaker, with tables that describe the files: for "
                "AntConc, Voyant, quanteda and the like.",
                "application/zip",
                "zip",
            ),
        ),
    ),
    Export(
        "convokit",
        (
            ExportFile(
                "convokit.zip",
                "ConvoKit corpus",
                "Meetings as conversations of turns that reply to each other, to be opened with ConvoKit.",
                "application/zip",
                "zip",
            ),
        ),
    ),
    Export(
        "xlsx",
        (
            ExportFile(
                "kremlin-meetings.xlsx",
                "Workbook",
                "For Excel, LibreOffice and whatever else opens workbooks: a sheet for each table but segments, with real dates, "
                "and a sheet that says how to read them.",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "excel",
            ),
        ),
    ),
    Export(
        "sqlite",
        (
            ExportFile(
                "kremlin-meetings.sqlite",
                "SQLite database",
                "All tables in one database with keys, indexes, a full-text index of what was said, and views that join turns "
                "with their meeting and speaker.",
                "application/vnd.sqlite3",
                "sqlite",
            ),
            ExportFile(
                "metadata.json",
                "Metadata for Datasette",
                "Titles, descriptions and licence of the SQLite database, as Datasette shows them.",
                "application/json",
                "json",
            ),
        ),
    ),
    Export(
        "stata",
        (
            ExportFile(
                "kremlin-meetings.dta",
                "Stata file",
                "For Stata 14 and later, and R's haven: a row for each turn, joined with its meeting and speaker, each variable "
                "with a label.",
                "application/x-stata-dta",
                "dta",
            ),
        ),
    ),
    Export(
        "page",
        (
            ExportFile(
                "index.html",
                "Page",
                "A page to look at, search and quote from in any browser, without a network: transcripts, pictures, people, and "
                "the source's own text behind every line.",
                "text/html",
                "html",
            ),
            ExportFile(
                "page/*.html",
                "Page",
                "A part of the page of a large archive: the transcripts of a year or less, or some of the people.",
                "text/html",
                "html",
            ),
            ExportFile(
                "page/*.json",
                "Page, search",
                "A part of the index by which a large archive's page is searched.",
                "application/json",
                "json",
            ),
        ),
    ),
    Export(
        "bundle",
        (
            ExportFile(
                "kremlin-meetings-{version}.zip",
                "Everything in one file",
                "The whole package, with its descriptor at the root, to download and keep as one file.",
                "application/zip",
                "zip",
            ),
        ),
    ),
)
"""In the order in which they are written: the last holds all the others."""

ALL, NONE = "all", "none"


def exports_named(names: str) -> tuple[Export, ...]:
    """The exports of a list such as `xlsx,tei`, or of `all` or `none`. Raises `CommandError` for a name that there is not."""
    if names in (ALL, NONE):
        return EXPORTS if names == ALL else ()
    wanted = {name.strip() for name in names.split(",")}
    known = [export.name for export in EXPORTS]
    if unknown := sorted(wanted - {*known}):
        raise CommandError(
            f"--exports: expected names of {', '.join(known)}, or {ALL} or {NONE}, found {', '.join(unknown)}"
        )
    return tuple(export for export in EXPORTS if export.name in wanted)


def exports_among(files: Iterable[str], version: str) -> tuple[Export, ...]:
    """The exports of which a package has a file, from the names of the files in its `dist/`."""
    present = [*files]
    return tuple(export for export in EXPORTS if any(file.names(present, version) for file in export.files))


def export_folders() -> set[str]:
    """The folders that packages may hold in their `dist/`."""
    return {file.folder for export in EXPORTS for file in export.files if file.folder}
