"""The SQLite database holds the rows of the tables, in the schema that is stated here, and its indexes fit these rows.

It is read by the `sqlite3` of the standard library, from a copy: the check of the full-text index asks for the right to write.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from builder.errors import quote
from builder.files import open_regular, read_bytes
from builder.package.names import DIST
from builder.package.release import LICENCE_TITLE, LICENCE_URL, NAME, SOURCE_TITLE, SOURCE_URL
from builder.verify.exports.joined import appearances, turns
from builder.verify.findings import Finding, Place, Row, first_other_line, in_file, key_of, same
from builder.verify.package_rows import Package
from schema.tables import BY_NAME, Table

_ORDER = (
    *("meetings", "speakers", "utterances", "participations", "names", "offices", "tenures", "mentions", "sources"),
    "segments",
)
_ID = "The number of the row, which the full-text index refers to."
_INDEXES = {
    "meetings_date": "meetings (date)",
    "utterances_meeting_id_sequence": "utterances (meeting_id, sequence)",
    "utterances_speaker_id": "utterances (speaker_id)",
    "participations_speaker_id": "participations (speaker_id)",
    "offices_first_meeting_id": "offices (first_meeting_id)",
    "offices_last_meeting_id": "offices (last_meeting_id)",
    "mentions_utterance_id": "mentions (utterance_id)",
    "mentions_speaker_id": "mentions (speaker_id)",
    "sources_meeting_id": "sources (meeting_id)",
    "segments_utterance_id": "segments (utterance_id)",
}
_OF_SEARCH = ("config", "data", "docsize", "idx")
"""The tables in which SQLite keeps the full-text index."""
_SEARCH = (
    "CREATE VIRTUAL TABLE utterances_fts USING fts5(\n"
    '  text, content="utterances", content_rowid="id", tokenize="unicode61 remove_diacritics 2"\n)'
)
_VIEWS = {
    "turns": (
        "Every turn with its meeting, its speaker, and the office and state for which they speak.",
        "utterances.id, utterances.utterance_id, utterances.meeting_id, meetings.date, meetings.time, meetings.title, "
        "meetings.kind, meetings.place, utterances.sequence, utterances.speaker_id, speakers.name, utterances.label, "
        "utterances.role, participations.country, utterances.text, utterances.word_count, utterances.follows_gap, meetings.url",
        """FROM utterances
JOIN meetings ON meetings.meeting_id = utterances.meeting_id
LEFT JOIN speakers ON speakers.speaker_id = utterances.speaker_id
LEFT JOIN participations
  ON participations.meeting_id = utterances.meeting_id AND participations.speaker_id = utterances.speaker_id""",
    ),
    "appearances": (
        "Every named speaker of every meeting, with its date and title, and their office, state and number of words.",
        "participations.meeting_id, meetings.date, meetings.title, meetings.kind, meetings.place, "
        "participations.speaker_id, speakers.name, participations.role, participations.country, "
        "participations.utterance_count, participations.word_count, meetings.url",
        """FROM participations
JOIN meetings ON meetings.meeting_id = participations.meeting_id
JOIN speakers ON speakers.speaker_id = participations.speaker_id""",
    ),
}


def findings(package: Package, database: Path, metadata: Path) -> Iterator[Finding]:
    """Compares `kremlin-meetings.sqlite` and `metadata.json` with the tables."""
    yield from first_other_line(
        in_file(f"{DIST}/{metadata.name}"), _metadata(package), read_bytes(metadata, follow_links=False)
    )
    place = in_file(f"{DIST}/{database.name}")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / database.name
        with open_regular(database, follow_links=False) as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        with closing(sqlite3.connect(copy)) as connection:
            differing = list(_schema(place, connection))
            yield from differing
            # The queries of a schema that is another one may never end.
            if not differing:
                yield from _contents(package, place, connection)


# ---------------------------------------------------------------------------------------------------------------------
# The schema


def _schema(place: Place, connection: sqlite3.Connection) -> Iterator[Finding]:
    """The tables, indexes and views are those expected, each made by the statement expected."""
    expected = {("table", table): _statement(BY_NAME[table]) for table in _ORDER}
    expected |= {("index", name): f"CREATE INDEX {name} ON {columns}" for name, columns in _INDEXES.items()}
    expected |= {
        ("view", name): f"CREATE VIEW {name} AS -- {description}\nSELECT {columns}\n{source}"
        for name, (description, columns, source) in _VIEWS.items()
    }
    expected["table", "utterances_fts"] = _SEARCH
    # SQLite writes the statements of its own tables, and has none for the indexes of keys.
    own = {("table", f"utterances_fts_{name}") for name in _OF_SEARCH}
    own |= {("index", f"sqlite_autoindex_{table}_1") for table in _ORDER}
    found = {(kind, name): sql for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema")}
    yield from same(place, "tables, indexes and views", sorted(expected.keys() | own), sorted(found))
    for kind, name in expected.keys() & found.keys():
        yield from same(place, f"the {kind} {name}", expected[kind, name], found[kind, name])


def _statement(table: Table) -> str:
    lines = [] if table.name != "utterances" else [f"id INTEGER PRIMARY KEY, -- {_ID}"]
    for column in table.columns:
        kind = "INTEGER" if column.type.table_schema["type"] in ("integer", "boolean") else "TEXT"
        null = "" if column.nullable else " NOT NULL"
        unique = " UNIQUE" if column.name == "utterance_id" and table.name == "utterances" else ""
        lines.append(f"{column.name} {kind}{null}{unique}, -- {column.description}")
    ends = [] if table.name == "utterances" else [f"PRIMARY KEY ({', '.join(table.primary_key)})"]
    ends += [f"FOREIGN KEY ({key.column}) REFERENCES {key.table} ({key.key})" for key in table.foreign_keys]
    body = "".join(f"  {line}\n" for line in lines) + ",\n".join(f"  {end}" for end in ends)
    return f"CREATE TABLE {table.name} ( -- {table.description}\n{body}\n) STRICT"


# ---------------------------------------------------------------------------------------------------------------------
# The rows


def _contents(package: Package, place: Place, connection: sqlite3.Connection) -> Iterator[Finding]:
    for name in _ORDER:
        table = BY_NAME[name]
        columns = [column.name for column in table.columns]
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY rowid")
        yield from _compare(Place(name, file=f"{place.file}::{name}"), columns, package.rows(name), found)
    for name, expected, order in (
        ("turns", turns(package), "id"),
        ("appearances", appearances(package), "meeting_id, speaker_id"),
    ):
        columns = [column.split(".")[1] for column in _VIEWS[name][1].split(", ")]
        found = connection.execute(f"SELECT * FROM {name} ORDER BY {order}")
        yield from _compare(Place(file=f"{place.file}::{name}"), columns, expected, found)
    for pragma, wanted in (
        ("integrity_check", [("ok",)]),
        ("foreign_key_check", []),
        ("freelist_count", [(0,)]),
        ("journal_mode", [("delete",)]),
        ("encoding", [("UTF-8",)]),
    ):
        yield from same(place, pragma, wanted, connection.execute(f"PRAGMA {pragma}").fetchall())
    yield from _search(place, connection)


def _search(place: Place, connection: sqlite3.Connection) -> Iterator[Finding]:
    """The full-text index holds the words of the utterances, and a search for each finds it."""
    try:
        connection.execute("INSERT INTO utterances_fts (utterances_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield place.says(f"the full-text index does not fit the utterances: {quote(str(error))}")
        return
    # That check does not miss a page which the index no longer leads to.
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'utterances_fts', 'row')")
    query = "SELECT 1 FROM utterances_fts WHERE utterances_fts MATCH ? LIMIT 1"
    for (word,) in connection.execute("SELECT term FROM temp.words"):
        if not connection.execute(query, (f'"{word}"',)).fetchone():
            yield place.says(f"the full-text index does not fit the utterances: {quote(word)} is not found")
            return


def _compare(place: Place, columns: list[str], expected: Iterator[Row], found: Iterator[Any]) -> Iterator[Finding]:
    for number, (row, values) in enumerate(zip_longest(expected, found), start=1):
        if row is None or values is None:
            which = "no more rows, found more" if row is None else "more rows, found the end"
            yield place.says(f"expected {which} at row {number}")
            return
        wanted = [_cell(row[name]) for name in columns]
        if wanted != list(values):
            key = key_of(BY_NAME[place.table], row) if place.table else None
            at = place._replace(row=number, key=key or row["meeting_id"])
            for name, one, other in zip(columns, wanted, values, strict=True):
                yield from same(at, name, one, other)


def _cell(value: Any) -> Any:
    """A value as the database holds it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return int(value) if isinstance(value, int) else value.isoformat()


# ---------------------------------------------------------------------------------------------------------------------
# The metadata


def _metadata(package: Package) -> bytes:
    """What `metadata.json` must hold."""
    stated = package.descriptor if isinstance(package.descriptor, dict) else {}
    about = {
        "title": f"{stated.get('title')} {stated.get('version')}",
        "description": stated.get("description"),
        "license": LICENCE_TITLE,
        "license_url": LICENCE_URL,
        "source": SOURCE_TITLE,
        "source_url": SOURCE_URL,
    }
    meant = {f"{name}.{column.name}": column.description for name in _ORDER for column in BY_NAME[name].columns}
    meant["utterances.id"] = _ID
    tables: dict[str, Any] = {}
    for name in _ORDER:
        table = BY_NAME[name]
        columns = {column.name: column.description for column in table.columns}
        tables[name] = {"title": table.title, "description": table.description, "columns": columns}
    tables["utterances"]["columns"]["id"] = _ID
    tables["meetings"]["label_column"] = "title"
    tables["speakers"]["label_column"] = "name"
    for name, (description, listed, _) in _VIEWS.items():
        columns = {column.split(".")[1]: meant[column] for column in listed.split(", ")}
        tables[name] = {"title": name.capitalize(), "description": description, "columns": columns}
    tables["turns"] |= {"fts_table": "utterances_fts", "fts_pk": "id"}
    whole = about | {"databases": {NAME: about | {"tables": tables}}}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
