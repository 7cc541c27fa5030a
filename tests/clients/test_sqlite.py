"""sqlite-utils, Datasette, VisiData and SQLite's own library open the SQLite file."""

import html
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from schema.tables import BY_NAME
from tests.clients.values import NAMES, as_text, differences, rows_of

BIN = Path(sys.executable).parent
FILE = "kremlin-meetings.sqlite"


def printed(*command: object) -> str:
    """What a program prints."""
    result = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    return result.stdout


def expected_of(dist: Path, table: str) -> list[dict[str, Any]]:
    """A table's rows as SQLite holds them: dates and times as text, lists as JSON, truth as 0 and 1."""
    return [{name: _stored(value) for name, value in row.items()} for row in as_text(rows_of(dist, table))]


def _stored(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return int(value) if isinstance(value, bool) else value


def in_columns(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Rows without the number of the row, which the utterances have beside the table's columns."""
    return [{column.name: row.get(column.name) for column in BY_NAME[table].columns} for row in rows]


@pytest.mark.client("SQLite, Python's")
@pytest.mark.parametrize("table", NAMES)
def test_the_standard_library_reads_every_table(table: str, dist: Path) -> None:
    with closing(sqlite3.connect(dist / FILE)) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
    assert differences(expected_of(dist, table), in_columns(found, table)) == []


@pytest.mark.client("sqlite-utils")
@pytest.mark.parametrize("table", NAMES)
def test_sqlite_utils_reads_every_table(table: str, dist: Path) -> None:
    found = json.loads(printed(BIN / "sqlite-utils", "rows", dist / FILE, table))
    assert differences(expected_of(dist, table), in_columns(found, table)) == []


@pytest.mark.client("sqlite-utils")
def test_sqlite_utils_knows_keys_and_finds_words(dist: Path) -> None:
    with closing(sqlite_utils.Database(dist / FILE)) as database:
        assert database["utterances"].detect_fts() == "utterances_fts"
        assert database["participations"].pks == ["meeting_id", "speaker_id"]
        assert all(database[name].strict for name in NAMES)
        found = {row["utterance_id"] for row in database["utterances"].search("trade OR economy")}
    said = {
        row["utterance_id"]
        for row in rows_of(dist, "utterances")
        if re.search(r"(?<!\w)(trade|economy)(?!\w)", row["text"], re.I)
    }
    assert found == said != set()


def page(dist: Path, path: str) -> str:
    """What Datasette answers to a request."""
    return printed(BIN / "datasette", dist / FILE, "--metadata", dist / "metadata.json", "--get", path)


@pytest.mark.client("Datasette")
@pytest.mark.parametrize("table", NAMES)
def test_datasette_gives_every_row(table: str, dist: Path) -> None:
    found = json.loads(page(dist, f"/kremlin-meetings/{table}.json?_size=1000&_shape=array"))
    expected = sorted(expected_of(dist, table), key=str)
    assert differences(expected, sorted(in_columns(found, table), key=str)) == []


@pytest.mark.client("Datasette")
def test_datasette_shows_titles_descriptions_and_licence(dist: Path) -> None:
    shown = html.unescape(page(dist, "/kremlin-meetings/speakers"))
    assert "<title>kremlin-meetings: speakers" in shown
    assert re.search(r"<h1[^>]*>Speakers</h1>", shown)
    assert "One named person who speaks in at least one meeting." in shown
    assert "The person's Wikidata item, where it can be shown." in shown
    assert "Creative Commons Attribution 4.0 International" in shown
    assert "Kremlin Meetings" in page(dist, "/kremlin-meetings")


@pytest.mark.client("Datasette")
def test_datasette_searches_turns_with_their_meetings(dist: Path) -> None:
    found = json.loads(page(dist, "/kremlin-meetings/turns.json?_search=economy&_shape=array"))
    with closing(sqlite3.connect(dist / FILE)) as connection:
        query = "SELECT count(*) FROM utterances_fts WHERE utterances_fts MATCH 'economy'"
        assert (len(found),) == connection.execute(query).fetchone()
    assert all("economy" in row["text"].lower() and row["title"] and row["date"] for row in found)


@pytest.mark.client("VisiData")
@pytest.mark.parametrize("table", NAMES)
def test_visidata_opens_every_table(table: str, dist: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    printed(BIN / "vd", "--batch", "--overwrite=y", "-o", saved, dist / FILE, f"+:{table}::")
    found = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    assert differences(expected_of(dist, table), in_columns(found, table)) == []
