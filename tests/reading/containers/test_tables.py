"""Tables of pages: a page a row, in every format, whatever the columns are called."""

import datetime as dt
import gc
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from builder.build.page import Page, Rejected
from builder.errors import CommandError
from builder.reading.containers import tables
from builder.reading.containers.columns import FIELDS, columns_stated, find_fields
from builder.reading.discovery import gather
from tests.reading.containers.support import about, found, outcomes, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import ADDRESS, database, table

TURNS = "President of Ruritania Rudolf Elphberg: Mr Hentzau, it rains.\nRupert Hentzau: Thank you, Mr President."
ROWS = [
    {
        **{"id": "57366", "Headline": "Talks with Rupert Hentzau", "published_at": "2018-05-04T12:30:00"},
        **{
            "location": "The Castle, Zenda",
            "summary": "They met in Zenda.",
            "transcript": TURNS,
            "link": f"{ADDRESS}57366",
        },
    },
    {
        **{"id": "57367", "Headline": "Visit to Hentzau", "published_at": "2018-05-05", "location": "", "summary": ""},
        **{"transcript": "Rupert Hentzau: Welcome.\n\nRudolf Elphberg: Good day.", "link": ""},
    },
]
FORMATS = (
    *(".csv", ".tsv", ".jsonl", ".json", ".parquet", ".xlsx", ".db", ".sqlite"),
    *(".csv.gz", ".csv.xz", ".csv.zst", ".jsonl.gz", ".json.zst"),
)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_row_of_any_format_gives_the_same_page(tmp_path: Path, suffix: str) -> None:
    read = pages_of(table(tmp_path / f"speeches{suffix}", ROWS))
    assert [*read] == [f"speeches{suffix}#1", f"speeches{suffix}#2"]
    first, second = read.values()
    meta = about(first)
    assert (meta.title, meta.date, meta.time) == ("Talks with Rupert Hentzau", dt.date(2018, 5, 4), dt.time(12, 30))
    assert (meta.place, meta.lead, meta.url) == ("The Castle, Zenda", "They met in Zenda.", f"{ADDRESS}57366")
    assert sorted(meta.given) == ["date", "lead", "place", "time", "title", "url"]
    assert words(first) == [
        ("President of Ruritania Rudolf Elphberg", "Mr Hentzau, it rains."),
        ("Rupert Hentzau", "Thank you, Mr President."),
    ]
    assert (about(second).date, about(second).time, about(second).event_id) == (dt.date(2018, 5, 5), None, "57367")
    assert first.source.byte_size == len(TURNS)


@pytest.mark.parametrize("column", ["html", "Raw_HTML", "text", "content"])
def test_a_column_of_html_is_read_as_pages_are(tmp_path: Path, column: str) -> None:
    page = pages.html(pages.said("Rupert Hentzau", "It rains."))
    read = pages_of(table(tmp_path / "a.parquet", [{column: page, "title": "Another title"}]))
    (tmp_path / "page.html").write_text(page, "utf-8")
    [alone] = pages_of(tmp_path / "page.html").values()
    assert [page.transcript for page in read.values()] == [alone.transcript]


def test_a_part_of_a_page_is_read_as_html_with_what_stands_beside_it(tmp_path: Path) -> None:
    cell = "<p><b>Rudolf Elphberg:</b> Good&nbsp;day.</p><p><b>Rupert Hentzau:</b> It <i>rains</i>.</p>"
    [page] = pages_of(table(tmp_path / "a.csv", [{"title": "Talks", "date": "2018-05-04", "html": cell}])).values()
    assert words(page) == [("Rudolf Elphberg", "Good day."), ("Rupert Hentzau", "It rains.")]
    assert page.source.media_type == "text/html"


def test_a_cell_that_prints_title_and_date_itself_needs_no_other(tmp_path: Path) -> None:
    text = pages.main(*pages.DIALOGUE)
    [page] = pages_of(table(tmp_path / "a.csv", [{"body": text, "date": "2001-01-01"}])).values()
    assert (about(page).date, about(page).given) == (dt.date(2018, 5, 4), ())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"date": "2018-05-04"}, (dt.date(2018, 5, 4), None)),
        ({"date": "2018-05-04", "time": "18:10"}, (dt.date(2018, 5, 4), dt.time(18, 10))),
        ({"date": "2018-05-04 18:10:00"}, (dt.date(2018, 5, 4), dt.time(18, 10))),
        ({"date": "2018-05-04T18:10:00+03:00"}, (dt.date(2018, 5, 4), dt.time(18, 10))),
        # Whether a tool that wrote another zone had moved the clock cannot be known.
        ({"date": "2018-05-04T18:10:00Z"}, (dt.date(2018, 5, 4), None)),
        ({"date": "2018-05-04T00:00:00"}, (dt.date(2018, 5, 4), None)),
        ({"date": "May 4, 2018"}, (dt.date(2018, 5, 4), None)),
        ({"date": dt.date(2018, 5, 4)}, (dt.date(2018, 5, 4), None)),
        ({"date": dt.datetime(2018, 5, 4, 18, 10)}, (dt.date(2018, 5, 4), dt.time(18, 10))),  # noqa: DTZ001
    ],
)
def test_dates_and_times_are_read_as_people_write_them(
    tmp_path: Path, cells: dict[str, Any], expected: tuple[dt.date, dt.time | None]
) -> None:
    [page] = pages_of(table(tmp_path / "a.parquet", [{"title": "Talks", "text": TURNS, **cells}])).values()
    assert (about(page).date, about(page).time) == expected


@pytest.mark.parametrize(("column", "value"), [("date", "soon"), ("date", "2018-02-31"), ("time", "half past six")])
def test_a_date_or_time_that_is_none_is_a_problem_of_its_row(tmp_path: Path, column: str, value: str) -> None:
    row = {"title": "Talks", "date": "2018-05-04", "time": "", "text": TURNS}
    problem = problem_in(table(tmp_path / "a.csv", [row | {column: value}]))
    assert (problem.path, problem.code) == (f"{tmp_path}/a.csv#1", "bad-given")
    assert value in problem.found


def test_columns_are_known_by_their_usual_names() -> None:
    assert find_fields(["Event ID", "Full Text", "Published-At", "Source_URL", "TITLE", "other"]) == {
        **{"text": "Full Text", "title": "TITLE", "date": "Published-At", "url": "Source_URL", "id": "Event ID"}
    }
    assert find_fields(["content", "text"])["text"] == "text"
    names = [name for known in FIELDS.values() for name in known]
    assert len(names) == len({*names})


def test_columns_of_other_names_are_stated(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"kop": "Talks", "dag": "2018-05-04", "woorden": TURNS}])
    problem = problem_in(path)
    assert (problem.code, problem.found) == ("no-pages-in-file", "the columns kop, dag, woorden")
    assert problem.advice == 'state them, as in --columns "text=kop"'
    [page] = pages_of(path, columns={"title": "kop", "date": "dag", "text": "woorden"}).values()
    assert (about(page).title, len(page.transcript.turns)) == ("Talks", 2)


def test_a_column_that_is_stated_and_not_there_is_a_problem(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"title": "Talks", "text": TURNS}])
    [item] = gather([path], {"text": "words"}).files
    assert item.problem
    assert item.problem.code == "unreadable-container"
    assert item.problem.advice == 'state them, as in --columns "title=title,text=text"'


def test_stated_columns_are_parted_by_commas() -> None:
    assert columns_stated("title=headline, text=the body,") == {"title": "headline", "text": "the body"}
    for wrong in ("words=body", "text", "text="):
        with pytest.raises(CommandError):
            columns_stated(wrong)


def test_rows_without_a_page_are_counted(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [ROWS[0], {**ROWS[1], "transcript": " "}, ROWS[1]])
    inputs = found(path)
    assert [item.path for item in inputs.files] == ["a.csv#1", "a.csv#3"]
    assert inputs.left_out == {str(path): {"rows without a page": 1}}


def test_objects_of_a_list_may_have_each_its_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "x y"}\n\n{"headline": "Talks", "date": "2018-05-04", "body": "Rupert Hentzau: Yes."}\n{"n": 1}\n'
    )
    read = outcomes(path)
    assert [*read] == ["a.jsonl#1", "a.jsonl#2"]
    assert read["a.jsonl#2"].transcript.document.metadata.title == "Talks"  # type: ignore[union-attr]


@pytest.mark.parametrize("content", ['{"pages": [{"title": "T", "date": "2018-05-04", "text": "A B: Yes."}]}', None])
def test_json_may_hold_its_list_in_an_object_or_an_object_a_line(tmp_path: Path, content: str | None) -> None:
    row = '{"title": "T", "date": "2018-05-04", "text": "Rupert Hentzau: Yes."}'
    (tmp_path / "a.json").write_text(content or f"{row}\n{row}\n")
    assert len(pages_of(tmp_path / "a.json")) == (1 if content else 2)


def test_a_database_needs_its_table_where_it_has_several_of_pages(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "pages", ROWS)
    database(path, "numbers", [{"n": 1}])
    assert len(pages_of(path)) == 2
    database(path, "older pages", ROWS[:1])
    assert "older pages" in problem_in(path).found
    assert [*pages_of(Path(f"{path}::older pages"))] == ["a.db::older pages#1"]
    assert problem_in(Path(f"{path}::nothing")).code == "unreadable-container"


@pytest.mark.parametrize(
    "content",
    [
        b"title,text\nT,caf\xe9\n",
        b'title,text\nT,"no end\n' + b"x" * 100,
        b"title,text\nT,a\x00b\n",
        b'[{"text": "x"}, ',
        b"[" * 100_000,
        b'[{"text": ' + b"[" * 5_000,
        b"PAR1" + b"x" * 100,
        b"SQLite format 3\x00" + b"x" * 1_000,
        b"\x1f\x8b\x08\x00" + b"x" * 50,
        b"PK\x03\x04" + b"x" * 50,
        b"",
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".parquet", ".xlsx", ".db"])
def test_a_damaged_table_gives_a_message(tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(content)
    problems = [p for page in outcomes(tmp_path / f"a{suffix}").values() for p in getattr(page, "problems", ())]
    assert problems
    assert "builder-error" not in {problem.code for problem in problems}


def test_a_table_cut_short_keeps_what_was_read(tmp_path: Path) -> None:
    path = table(tmp_path / "a.jsonl", ROWS)
    path.write_bytes(path.read_bytes()[:-30])
    read = outcomes(path)
    assert [*read] == ["a.jsonl#1", "a.jsonl"]
    assert "after row 1" in problem_in(path).found


def test_a_cell_beyond_the_limits_costs_its_row_alone(tmp_path: Path) -> None:
    huge = {**ROWS[0], "transcript": "x" * 20_000_000}
    rejected, page = outcomes(table(tmp_path / "a.csv", [huge, ROWS[1]])).values()
    assert isinstance(rejected, Rejected)
    assert [problem.code for problem in rejected.problems] == ["file-too-large"]
    assert isinstance(page, Page)


def test_odd_types_of_parquet_are_read_as_text_or_passed_over(tmp_path: Path) -> None:
    values = {
        **{
            "title": pa.array(["T"]).dictionary_encode(),
            "date": pa.array([dt.date(2018, 5, 4)]),
            "id": pa.array([57366.0]),
        },
        **{"text": pa.array([TURNS], pa.large_string()), "tags": pa.array([["a"]]), "m": pa.array([{"a": 1}])},
    }
    pq.write_table(pa.table(values), tmp_path / "a.parquet")
    [page] = pages_of(tmp_path / "a.parquet").values()
    assert (about(page).title, about(page).event_id) == ("T", "57366")
    pq.write_table(pa.table({"text": pa.array([[1, 2]])}), tmp_path / "b.parquet")
    assert problem_in(tmp_path / "b.parquet").code == "no-layout"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "a.xlsx", ROWS)
    monkeypatch.setattr(tables, "_MAX_WORKBOOK_BYTES", 100)
    assert problem_in(path).code == "unreadable-container"


def test_files_in_a_folder_that_are_no_tables_of_pages_are_passed_over(tmp_path: Path) -> None:
    pages.save(tmp_path, page=pages.main(*pages.DIALOGUE))
    (tmp_path / "settings.json").write_text('{"a": 1}')
    (tmp_path / "list.json").write_text("[1, 2]")
    (tmp_path / "numbers.csv").write_text("a,b\n1,2\n")
    (tmp_path / "map.xml").write_text("<?xml version='1.0'?><urlset/>")
    inputs = found(tmp_path)
    assert [item.path for item in inputs.files] == ["page.txt"]
    names = ["list.json", "map.xml", "numbers.csv", "settings.json"]
    assert [Path(problem.path).name for problem in inputs.passed_over] == names
    assert {problem_in(tmp_path / name).code for name in names} == {"no-pages-in-file"}


def test_a_folder_of_such_files_alone_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "numbers.csv").write_text("a,b\n1,2\n")
    inputs = found(tmp_path)
    assert ([problem.code for problem in inputs.problems], inputs.passed_over) == (["no-pages-in-file"], ())


def test_a_database_is_not_written_to(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "pages", ROWS)
    before = path.read_bytes()
    pages_of(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]
    assert path.read_bytes() == before
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM pages")
    db.close()
    assert problem_in(path).code == "no-pages-in-file"


def _csv(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


CELL = f'"{TURNS}"'
HEAD = "title,date,text,place\n"


@pytest.mark.parametrize(
    "data",
    [
        f"\n \n{HEAD}Talks,2018-05-04,{CELL},Zenda\n",
        f"sep=;\r\n{HEAD.replace(',', ';')}Talks;2018-05-04;{CELL};Zenda\n",
        f"{HEAD.replace(',', chr(9))}Talks\t2018-05-04\t{CELL}\tZenda\n".encode("utf-16"),
        f"title,date,text,text,place\nTalks,2018-05-04,{CELL},other words,Zenda\n",
        f"Unnamed: 0,title,date,text,place,url,lead\n0,Talks,2018-05-04,{CELL},Zenda,NaN,None\n",
        f"{HEAD}\n\nTalks,2018-05-04,{CELL},Zenda,,\n",
    ],
    ids=[
        "blank-lines-above",
        "excel-states-the-delimiter",
        "utf-16",
        "two-of-one-name",
        "empty-by-word",
        "blank-cells-behind",
    ],
)
def test_a_csv_table_as_programs_write_it(tmp_path: Path, data: str | bytes) -> None:
    [page] = pages_of(_csv(tmp_path / "a.csv", data)).values()
    meta = about(page)
    assert (meta.title, meta.date, meta.place) == ("Talks", dt.date(2018, 5, 4), "Zenda")
    assert (meta.url, meta.lead) == (None, None)
    assert [label for label, _ in words(page)] == ["President of Ruritania Rudolf Elphberg", "Rupert Hentzau"]


@pytest.mark.parametrize(
    ("rows", "expected", "found"),
    [
        (
            'Talks,2018-05-04,"Good day.\nTalks,2018-05-05,Good day.\n',
            "a table that can be read",
            "unexpected end of data",
        ),
        ("Talks,2018-05-04,Good day, it rains.,Zenda\n", "as many cells as columns", "1 more"),
    ],
)
def test_a_table_whose_cells_are_not_as_they_seem_is_refused(
    tmp_path: Path, rows: str, expected: str, found: str
) -> None:
    problem = problem_in(_csv(tmp_path / "a.csv", HEAD + rows))
    assert (problem.expected, problem.found) == (expected, found)


@pytest.mark.parametrize(
    "cell",
    [
        TURNS.replace("\n", "\\n\\n"),
        TURNS.replace("\n", "\\r\\n"),
        repr(TURNS.split("\n")),
        repr(TURNS.encode()),
        TURNS.encode(),
        TURNS.split("\n"),
    ],
    ids=["written-out", "written-out-both", "list-as-text", "bytes-as-text", "bytes", "list"],
)
def test_a_text_is_read_however_its_cell_keeps_it(tmp_path: Path, cell: object) -> None:
    [page] = pages_of(table(tmp_path / "a.parquet", [{"title": "Talks", "date": "2018-05-04", "text": cell}])).values()
    assert words(page) == [
        ("President of Ruritania Rudolf Elphberg", "Mr Hentzau, it rains."),
        ("Rupert Hentzau", "Thank you, Mr President."),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        r"Rudolf Elphberg:\xa0It\u2019s late.\u000aRupert Hentzau: Yes \x00.",
        "Rudolf Elphberg:&nbsp;It&rsquo;s late.&#10;Rupert Hentzau: Yes \\x00.",
    ],
    ids=["escapes", "entities"],
)
def test_characters_that_a_program_wrote_out_are_what_they_stand_for(tmp_path: Path, cell: str) -> None:
    [page] = pages_of(table(tmp_path / "a.parquet", [{"title": "Talks", "date": "2018-05-04", "text": cell}])).values()
    assert words(page) == [("Rudolf Elphberg", "It’s late."), ("Rupert Hentzau", r"Yes \x00.")]


@pytest.mark.parametrize("bar", [" | ", "|", " || ", "¶"])
def test_bars_or_signs_of_paragraphs_may_stand_for_line_ends(tmp_path: Path, bar: str) -> None:
    cell = bar.join(("Rudolf Elphberg: It rains.", "It snows.", "Rupert Hentzau: It hails.", "It thaws."))
    [page] = pages_of(table(tmp_path / "a.parquet", [{"title": "Talks", "date": "2018-05-04", "text": cell}])).values()
    assert words(page) == [
        ("Rudolf Elphberg", "It rains.\n\nIt snows."),
        ("Rupert Hentzau", "It hails.\n\nIt thaws."),
    ]


def test_a_nested_cell_is_refused_and_the_other_rows_are_read(tmp_path: Path) -> None:
    row = {"title": "Talks", "date": "2018-05-04", "text": TURNS, "place": "Zenda"}
    read = outcomes(table(tmp_path / "a.json", [row | {"place": {"city": "Zenda", "gate": 2}}, row]))
    assert [isinstance(page, Page) for page in read.values()] == [False, True]
    [problem] = read["a.json#1"].problems  # type: ignore[union-attr]
    assert (problem.expected, problem.found) == ("a cell with a text", "a nested one in the column place")


ONE_ROW = {"title": "Talks", "date": "2018-05-04", "text": TURNS}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"response": {"docs": [ONE_ROW]}}),
        json.dumps({"data": [ONE_ROW], "meta": {"n": 1}}),
        json.dumps({"57366": ONE_ROW, "57367": {}}),
        json.dumps({name: {"0": value} for name, value in ONE_ROW.items()}),
        json.dumps({name: [value] for name, value in ONE_ROW.items()}),
        json.dumps({"columns": [*ONE_ROW], "index": [0], "data": [[*ONE_ROW.values()]]}),
        json.dumps(ONE_ROW),
        json.dumps([ONE_ROW | {"place": float("nan")}]),
        "\ufeff" + json.dumps([ONE_ROW]),
        json.dumps([ONE_ROW | {"date": {"$date": "2018-05-04T00:00:00Z"}}]),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_in_the_forms_in_which_programs_write_tables(tmp_path: Path, data: str, name: str) -> None:
    if name == "a.jsonl":
        # A list, or one object a line.
        data = data if data.lstrip("\ufeff").startswith("[") else "\ufeff" + json.dumps(ONE_ROW)
    [page] = pages_of(_csv(tmp_path / name, data)).values()
    assert (about(page).title, about(page).date, about(page).place) == ("Talks", dt.date(2018, 5, 4), None)
    assert len(words(page)) == 2


@pytest.mark.parametrize(("first", "event_id"), [("0", None), ("1", None), ("57366", "57366")])
def test_an_id_that_counts_the_rows_is_no_number_of_an_event(tmp_path: Path, first: str, event_id: str | None) -> None:
    rows = [{"id": first, **ONE_ROW}, {"id": "57366", **ONE_ROW}]
    assert {about(page).event_id for page in pages_of(table(tmp_path / "a.csv", rows)).values()} == {event_id}


def test_the_sheets_of_a_workbook_that_hold_pages_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["About these speeches"])  # type: ignore[union-attr]
    for name, state in (("2018", "visible"), ("2019", "visible"), ("old", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for cells in (
            ["Speeches of the King"],
            [],
            ["title", "date", "text"],
            [f"Talks {name}", dt.date(2018, 5, 4), TURNS],
        ):
            sheet.append(cells)
    book.save(tmp_path / "a.xlsx")
    assert [about(page).title for page in pages_of(tmp_path / "a.xlsx").values()] == ["Talks 2018", "Talks 2019"]


def test_text_of_a_database_that_is_not_utf_8_costs_its_row_alone(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "pages", [ONE_ROW] * 2)
    db = sqlite3.connect(path)
    db.execute("UPDATE pages SET text = CAST(x'ff41' AS text) WHERE rowid = 1")
    db.commit()
    db.close()
    assert [isinstance(page, Page) for page in outcomes(path).values()] == [False, True]


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (
            "date persons transcript_unfiltered kremlin_id place title teaser transcript_filtered",
            "text=transcript_unfiltered title=title date=date place=place lead=teaser id=kremlin_id",
        ),
        ("articleTitle postDate rawHTML pageURL", "html=rawHTML title=articleTitle date=postDate url=pageURL"),
        ("clean_text text", "text=text"),
        ("speaker wordlist tags", ""),
    ],
)
def test_a_name_with_a_word_beside_it_is_known_too(names: str, fields: str) -> None:
    assert find_fields(names.split()) == dict(each.split("=") for each in fields.split())


def test_the_columns_to_edit_name_one_that_may_hold_the_text(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"persons": "x", "date": "x", "transcript_german": "x"}])
    assert '--columns "date=date,text=transcript_german"' in problem_in(path).advice


def test_a_title_that_was_misread_in_a_text_gives_way_to_the_one_beside_it(tmp_path: Path) -> None:
    text = f"Go to content Font\n\nBarley prices, a report\n\nMay 3, 2018\n\nTalks in Zenda\n\n{TURNS}"
    row = {"title": "Talks in Zenda", "date": "2018-05-04", "text": text}
    read = pages_of(table(tmp_path / "a.csv", [row, row | {"title": "A title of the collector's"}]))
    assert (about(read["a.csv#1"]).title, about(read["a.csv#1"]).date.day) == ("Talks in Zenda", 4)
    assert about(read["a.csv#2"]).title != "A title of the collector's"


def test_a_table_that_is_open_when_the_program_ends_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tables.PageTable(tables.rows_of(str(table(tmp_path / "a.csv", [ONE_ROW] * 2)), "csv", None), {})
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    members = opened.members()
    next(members)
    # Classes of other modules are gone then.
    monkeypatch.setattr(tables, "_DAMAGED", (None,))
    del members
    gc.collect()
    assert said == []
