"""The SQLite database, read back."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import builder
from tests.support import pages
from tests.support.exports import findings_of, replace_text

TABLES = (
    *("meetings", "mentions", "names", "offices", "participations", "segments", "sources", "speakers", "tenures"),
    "utterances",
)
TALKS = "2018-05-06-talks-with-rupert-hentzau"


def database_of(package: Path) -> Path:
    return package / "dist" / "kremlin-meetings.sqlite"


@pytest.fixture(scope="module")
def database(exported_once: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{database_of(exported_once)}?mode=ro", uri=True)) as connection:
        yield connection


def test_it_holds_every_table_two_views_and_a_full_text_index(database: sqlite3.Connection) -> None:
    listed = {(kind, name) for kind, name in database.execute("SELECT type, name FROM sqlite_schema")}
    assert {name for kind, name in listed if kind == "table" and "fts" not in name} == {*TABLES}
    assert {name for kind, name in listed if kind == "view"} == {"appearances", "turns"}
    assert ("table", "utterances_fts") in listed


def test_tables_are_strict_and_keep_their_keys(database: sqlite3.Connection) -> None:
    strict = {name for name, strict in database.execute("SELECT name, strict FROM pragma_table_list") if strict}
    assert strict == {*TABLES}
    keys = database.execute("SELECT name FROM pragma_table_info('names') WHERE pk ORDER BY pk").fetchall()
    assert keys == [("speaker_id",), ("form",), ("evidence",)]
    refers = database.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(\'mentions\')').fetchall()
    assert sorted(refers) == [
        ("meeting_id", "meetings", "meeting_id"),
        ("speaker_id", "speakers", "speaker_id"),
        ("utterance_id", "utterances", "utterance_id"),
    ]


def test_values_have_a_form_that_sqlite_can_compute_with(database: sqlite3.Connection) -> None:
    """Dates and times as its functions read them, lists as JSON, truth as 0 and 1."""
    query = "SELECT date, time, topics, persons, is_excerpt, word_count, url FROM meetings WHERE meeting_id = ?"
    assert database.execute(query, (TALKS,)).fetchone() == (
        *("2018-05-06", "12:30:00", '["Railways","Ports"]', '["Hentzau Rupert","Elphberg Rudolf"]', 1, 23, None),
    )
    topics = database.execute("SELECT value, count(*) FROM meetings, json_each(topics) GROUP BY value").fetchall()
    assert topics == [("Ports", 3), ("Railways", 3)]


def test_a_turn_stands_beside_its_meeting_speaker_office_and_state(database: sqlite3.Connection) -> None:
    query = "SELECT date, title, name, label, role, country, text, follows_gap FROM turns WHERE id IN (8, 12)"
    assert database.execute(query).fetchall() == [
        ("2018-05-06", "Talks with Rupert Hentzau", None, "Remark", None, None, "Who?", 0),
        (
            *("2018-05-09", "Meeting with Fritz Tarlenheim", "Fritz Tarlenheim", "Minister of Ports Fritz Tarlenheim"),
            *("Minister of Ports", "RUS", "Good evening.", None),
        ),
    ]


def test_appearances_name_who_spoke_where(database: sqlite3.Connection) -> None:
    query = "SELECT date, name, role, country, utterance_count, word_count FROM appearances WHERE speaker_id = ?"
    assert database.execute(query, ("fritz-tarlenheim",)).fetchall() == [
        ("2018-05-09", "Fritz Tarlenheim", "Minister of Ports", "RUS", 1, 2),
        ("2018-06-05", "Fritz Tarlenheim", "Minister of Railways", "RUS", 1, 4),
    ]


@pytest.mark.parametrize(
    ("words", "ids"),
    [("train", [3, 16]), ("train*", [3, 16]), ('"sit down"', [7, 11]), ("STRELSAU", [5, 9]), ("bridge", [])],
)
def test_words_are_found_in_what_was_said(words: str, ids: list[int], database: sqlite3.Connection) -> None:
    found = database.execute("SELECT rowid FROM utterances_fts WHERE utterances_fts MATCH ? ORDER BY rowid", (words,))
    assert [row for (row,) in found] == ids


def test_the_statement_of_a_table_says_what_its_columns_mean(database: sqlite3.Connection) -> None:
    ((sql,),) = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'speakers'")
    assert "  wikidata_id TEXT, -- The person's Wikidata item, where it can be shown.\n" in sql


def test_no_file_stands_beside_it_and_no_page_is_free(exported_once: Path, database: sqlite3.Connection) -> None:
    beside = [
        path.name for path in database_of(exported_once).parent.glob("kremlin-meetings.*") if "sqlite" in path.name
    ]
    assert beside == ["kremlin-meetings.sqlite"]
    assert database.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_datasette_is_told_what_tables_and_columns_are(exported_once: Path) -> None:
    metadata: dict[str, Any] = json.loads((exported_once / "dist" / "metadata.json").read_text("utf-8"))
    assert metadata["license"] == "Creative Commons Attribution 4.0 International"
    tables = metadata["databases"]["kremlin-meetings"]["tables"]
    assert tables.keys() == {*TABLES, "turns", "appearances"}
    assert tables["speakers"]["description"] == "One named person who speaks in at least one meeting."
    assert tables["turns"]["columns"]["title"] == "The page's title."
    assert tables["turns"]["fts_table"] == "utterances_fts"


# ---------------------------------------------------------------------------------------------------------------------
# Damage


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE meetings SET title = 'Meeting with Flavia Elphberg' WHERE rowid = 1", "sqlite::meetings: row 1"),
        ("UPDATE meetings SET topics = '[\"Ports\",\"Railways\"]' WHERE rowid = 1", "topics"),
        ("UPDATE meetings SET topics = NULL WHERE topics = '[]'", "topics"),
        ("UPDATE utterances SET follows_gap = NULL WHERE id = 1", "follows_gap"),
        ("UPDATE utterances SET follows_gap = 2 WHERE id = 1", "follows_gap"),
        ("UPDATE utterances SET id = 100 WHERE id = 15", "sqlite::turns: row 15"),
        ("UPDATE segments SET text = text || ' ' WHERE rowid = 3", "sqlite::segments: row 3"),
        ("UPDATE segments SET rowid = 0 WHERE rowid = 3", "sqlite::segments: row 1"),
        ("DELETE FROM names WHERE rowid = 9", "sqlite::names: expected more rows, found the end at row 9"),
        ("INSERT INTO speakers SELECT 'x', 'X', NULL, NULL, '[]', NULL, NULL", "expected no more rows, found more"),
        ("UPDATE sources SET byte_size = byte_size + 1 WHERE rowid = 2", "byte_size"),
        ("DROP INDEX segments_utterance_id", "tables, indexes and views"),
        ("DROP TABLE offices", "tables, indexes and views"),
        ("CREATE TABLE more (a)", "tables, indexes and views"),
        ("CREATE TRIGGER t AFTER DELETE ON names BEGIN SELECT 1; END", "tables, indexes and views"),
        ("DROP VIEW turns; CREATE VIEW turns AS SELECT * FROM utterances", "the view turns"),
        ("DROP INDEX meetings_date; CREATE INDEX meetings_date ON meetings (time)", "the index meetings_date"),
        ("ALTER TABLE names RENAME COLUMN form TO shape", "the table names"),
        (
            "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'Wikidata item', 'item')",
            "the table speakers",
        ),
        ("INSERT INTO utterances_fts (utterances_fts) VALUES ('delete-all')", "the full-text index does not fit"),
        ("INSERT INTO utterances_fts (utterances_fts, rowid, text) VALUES ('delete', 4, 'At noon.')", "does not fit"),
        ("UPDATE utterances_fts_docsize SET sz = x'07' WHERE id = 4", "the full-text index does not fit"),
        ("CREATE TABLE more (a); INSERT INTO more VALUES (zeroblob(9999)); DROP TABLE more", "freelist_count"),
        ("PRAGMA journal_mode = WAL", "journal_mode"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_damage_is_found(damage: str, told: str, exported: Path) -> None:
    with closing(sqlite3.connect(database_of(exported))) as connection:
        connection.executescript(damage)
        connection.commit()
    said = findings_of("sqlite", exported)
    assert any(told in line for line in said), said
    assert all("dist/kremlin-meetings." in line for line in said)


def test_a_page_of_words_to_which_the_index_does_not_lead_is_found(tmp_path: Path) -> None:
    """SQLite's own check of a full-text index does not find that."""
    words = " ".join(f"word{number}" for number in range(2000))
    page = pages.save(tmp_path / "pages", page=pages.main(f"Rudolf Elphberg: {words}."))
    builder.build_package([page], tmp_path / "out", exports="sqlite")
    with closing(sqlite3.connect(database_of(tmp_path / "out"))) as connection:
        connection.execute("DELETE FROM utterances_fts_idx WHERE pgno = (SELECT max(pgno) FROM utterances_fts_idx)")
        connection.commit()
    (said,) = findings_of("sqlite", tmp_path / "out")
    assert re.search('the full-text index does not fit the utterances: "word[0-9]+" is not found', said)


def test_a_row_that_its_index_lacks_is_found(exported: Path) -> None:
    """The rows are right, and a query by the index does not find them all."""
    with closing(sqlite3.connect(database_of(exported))) as connection:
        ((page, size),) = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'meetings_date'"
        )
    content = bytearray(database_of(exported).read_bytes())
    start = (page - 1) * size
    assert content[start] == 10  # a leaf of an index
    at = content.index(b"2018-05-07", start)
    content[at : at + 10] = b"2018-05-08"
    database_of(exported).write_bytes(content)
    assert any("integrity_check" in line for line in findings_of("sqlite", exported))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"title": "Speakers"', '"title": "Talkers"'),
        ("One named person who speaks", "One person who speaks"),
        ('"label_column": "title"', '"label_column": "time"'),
        ('"fts_pk": "id"', '"fts_pk":  "id"'),
        ("Creative Commons Attribution", "Attribution"),
    ],
)
def test_a_changed_word_of_the_metadata_is_found(old: str, new: str, exported: Path) -> None:
    replace_text(exported / "dist" / "metadata.json", old, new)
    assert any("dist/metadata.json: line" in line for line in findings_of("sqlite", exported))
