"""The SQLite database: all tables with keys, indexes, full-text search and views, and the metadata that Datasette shows.

It is written into a file beside its place and then compacted into it, in one go and without a journal. So the same rows give the
same bytes, with the SQLite that apsw holds.
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import msgspec
import pyarrow as pa

from builder.exports import StagedPackage
from builder.package.release import LICENCE_TITLE, LICENCE_URL, NAME, SOURCE_TITLE, SOURCE_URL
from schema.columns import Column
from schema.tables import BY_NAME, TABLES, Table

SEARCH = "utterances_fts"
"""The full-text index."""
ROW_ID = "id"
"""The number of an utterance, which the full-text index refers to."""
_OF_ROW_ID = "The number of the row, which the full-text index refers to."
_PAGE_SIZE = 4096
_CACHE_KIB = 8_192
_ALSO_INDEXED = (("meetings", "date"), ("utterances", "meeting_id, sequence"))
"""What people look for beside keys."""


@dataclass(frozen=True)
class View:
    """A join that most questions begin with."""

    name: str
    title: str
    description: str
    columns: str
    """Each with its table."""
    source: str

    @property
    def statement(self) -> str:
        columns = ", ".join(self.columns.split())
        return f"CREATE VIEW {self.name} AS -- {self.description}\nSELECT {columns}\n{self.source}"

    @property
    def metadata(self) -> dict[str, Any]:
        """What Datasette shows of it. The columns are described as those of the tables."""
        described = {}
        for name in self.columns.split():
            table, _, column = name.partition(".")
            described[column] = next((c.description for c in BY_NAME[table].columns if c.name == column), _OF_ROW_ID)
        return {"title": self.title, "description": self.description, "columns": described}


VIEWS = (
    View(
        "turns",
        "Turns",
        "Every turn with its meeting, its speaker, and the office and state for which they speak.",
        "utterances.id utterances.utterance_id utterances.meeting_id meetings.date meetings.time meetings.title meetings.kind "
        "meetings.place utterances.sequence utterances.speaker_id speakers.name utterances.label utterances.role "
        "participations.country utterances.text utterances.word_count utterances.follows_gap meetings.url",
        "FROM utterances\n"
        "JOIN meetings ON meetings.meeting_id = utterances.meeting_id\n"
        "LEFT JOIN speakers ON speakers.speaker_id = utterances.speaker_id\n"
        "LEFT JOIN participations\n"
        "  ON participations.meeting_id = utterances.meeting_id AND participations.speaker_id = utterances.speaker_id",
    ),
    View(
        "appearances",
        "Appearances",
        "Every named speaker of every meeting, with its date and title, and their office, state and number of words.",
        "participations.meeting_id meetings.date meetings.title meetings.kind meetings.place participations.speaker_id "
        "speakers.name participations.role participations.country participations.utterance_count participations.word_count "
        "meetings.url",
        "FROM participations\n"
        "JOIN meetings ON meetings.meeting_id = participations.meeting_id\n"
        "JOIN speakers ON speakers.speaker_id = participations.speaker_id",
    ),
)


def write(package: StagedPackage, database: Path, metadata: Path) -> None:
    """Writes `kremlin-meetings.sqlite` and `metadata.json`."""
    loose = database.with_suffix(".loose")
    try:
        with closing(apsw.Connection(str(loose))) as connection:
            connection.execute(
                f"PRAGMA page_size = {_PAGE_SIZE}; PRAGMA cache_size = -{_CACHE_KIB}; PRAGMA journal_mode = OFF; "
                "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE"
            )
            with connection:
                _fill(connection, package)
            connection.execute("VACUUM INTO ?", (str(database),))
    except (apsw.FullError, apsw.IOError, apsw.CantOpenError) as error:
        # As any other file that could not be written.
        raise OSError(errno.EIO, str(error), str(database)) from error
    finally:
        loose.unlink(missing_ok=True)
    metadata.write_bytes(msgspec.json.format(msgspec.json.encode(_metadata(package)), indent=2) + b"\n")


# ---------------------------------------------------------------------------------------------------------------------
# The database


def _fill(connection: apsw.Connection, package: StagedPackage) -> None:
    for table in _in_order_of_references():
        connection.execute(_create(table))
        names = [column.name for column in table.columns]
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", _rows(package, table))
    for name, columns in (*_references(), *_ALSO_INDEXED):
        connection.execute(f"CREATE INDEX {'_'.join((name, *columns.split(', ')))} ON {name} ({columns})")
    connection.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(\n"
        f'  text, content="utterances", content_rowid="{ROW_ID}", tokenize="unicode61 remove_diacritics 2"\n)'
    )
    for command in ("rebuild", "optimize"):
        connection.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES (?)", (command,))
    for view in VIEWS:
        connection.execute(view.statement)


def _in_order_of_references() -> list[Table]:
    """The tables, each after those that it refers to."""
    ordered: list[Table] = []
    left = list(TABLES)
    while left:
        done = {table.name for table in ordered}
        table = next(table for table in left if {key.table for key in table.foreign_keys} <= done)
        ordered.append(table)
        left.remove(table)
    return ordered


def _create(table: Table) -> str:
    """The statement that makes a table. SQLite keeps its comments, so that `.schema` shows what each column means."""
    numbered = table.name == "utterances"
    lines = []
    if numbered:
        lines.append((f"{ROW_ID} INTEGER PRIMARY KEY", _OF_ROW_ID))
    for column in table.columns:
        unique = " UNIQUE" if numbered and (column.name,) == table.primary_key else ""
        null = "" if column.nullable else " NOT NULL"
        lines.append((f"{column.name} {_type(column)}{null}{unique}", column.description))
    if not numbered:
        lines.append((f"PRIMARY KEY ({', '.join(table.primary_key)})", ""))
    lines += [(f"FOREIGN KEY ({key.column}) REFERENCES {key.table} ({key.key})", "") for key in table.foreign_keys]
    written = [
        f"  {line}{',' if number < len(lines) else ''}{f' -- {comment}' if comment else ''}\n"
        for number, (line, comment) in enumerate(lines, start=1)
    ]
    return f"CREATE TABLE {table.name} ( -- {table.description}\n{''.join(written)}) STRICT"


def _type(column: Column) -> str:
    arrow = column.type.arrow
    return "INTEGER" if pa.types.is_integer(arrow) or pa.types.is_boolean(arrow) else "TEXT"


def _references() -> Iterator[tuple[str, str]]:
    """The columns that refer to another table, and by which no key sorts the rows already."""
    for table in TABLES:
        for key in table.foreign_keys:
            if key.column != table.primary_key[0] and (table.name, key.column) != ("utterances", "meeting_id"):
                yield table.name, key.column


def _rows(package: StagedPackage, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as SQLite holds them."""
    changes = [(place, change) for place, column in enumerate(table.columns) if (change := _change(column))]
    rows = package.tables.tuples(table.name, [column.name for column in table.columns])
    if not changes:
        yield from rows
        return
    for values in rows:
        row = list(values)
        for place, change in changes:
            if row[place] is not None:
                row[place] = change(row[place])
        yield tuple(row)


def _change(column: Column) -> Callable[[Any], Any] | None:
    """What makes a value of the column one of SQLite's; None where it is one."""
    if column.is_list:
        encode = msgspec.json.Encoder().encode
        return lambda items: encode(items).decode()
    if pa.types.is_boolean(column.type.arrow):
        return int
    return str if pa.types.is_temporal(column.type.arrow) else None


# ---------------------------------------------------------------------------------------------------------------------
# The metadata


def _metadata(package: StagedPackage) -> dict[str, Any]:
    """What Datasette shows of the database, its tables, views and columns."""
    release = package.release
    about = {
        "title": f"{release.title} {release.version}",
        "description": release.description,
        "license": LICENCE_TITLE,
        "license_url": LICENCE_URL,
        "source": SOURCE_TITLE,
        "source_url": SOURCE_URL,
    }
    tables: dict[str, Any] = {}
    for table in _in_order_of_references():
        of_columns = {column.name: column.description for column in table.columns}
        tables[table.name] = {"title": table.title, "description": table.description, "columns": of_columns}
    tables["utterances"]["columns"] |= {ROW_ID: _OF_ROW_ID}
    # What a link to a row shows in the place of its key.
    tables["meetings"]["label_column"] = "title"
    tables["speakers"]["label_column"] = "name"
    tables |= {view.name: view.metadata for view in VIEWS}
    tables["turns"] |= {"fts_table": SEARCH, "fts_pk": ROW_ID}
    return about | {"databases": {NAME: about | {"tables": tables}}}
