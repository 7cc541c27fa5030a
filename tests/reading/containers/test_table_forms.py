"""Tables as the programs write them that people keep their pages with."""

import bz2
import datetime as dt
import gzip
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import feather

from builder.reading.containers.columns import find_fields
from builder.reading.metadata_tables import MetadataTables, unmatched_rows
from tests.reading.containers.support import about, pages_of, problem_in, words
from tests.support.containers import database, table

SAID = [("Rudolf Elphberg", "It’s “raining”, – he said."), ("Rupert Hentzau", "Yes.")]
TEXT = "\n".join(f"{name}: {words}" for name, words in SAID)
ROW = {"title": "Talks", "date": "2018-05-04", "text": TEXT}
HEAD, CELL = "title,date,place,text\n", f'"{TEXT}"'


def _written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}Talks,2018-05-04,,{CELL}\n".encode("cp1251"),
        f"{HEAD}Talks,2018-05-04,,{CELL}\n".encode("cp1252"),
        f"{HEAD}Talks,2018-05-04,\\N,{CELL}\n",
        f"{HEAD}Talks,2018-05-04,NA,{CELL}\n",
        f"{HEAD}Talks,2018-05-04,,{CELL}\n".replace("\n", "\r"),
        f"# exported by hand, in 2018\n\n{HEAD}Talks,2018-05-04,,{CELL}\n",
    ],
    ids=["windows-1251", "windows-1252", "null-of-mysql", "null-of-r", "line-ends-of-old-macs", "line-above-the-head"],
)
def test_csv_as_excel_mysql_and_r_write_it(tmp_path: Path, data: bytes | str) -> None:
    [page] = pages_of(_written(tmp_path / "a.csv", data)).values()
    assert (words(page), about(page).place) == (SAID, None)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (r'"Rupert Hentzau: He said \"yes\", and \"no\"."', 'He said "yes", and "no".'),
        (r'"Rupert Hentzau: \"Yes\", he said.\nAnd \"no\"."', '"Yes", he said.\n\nAnd "no".'),
        (r'"Rupert Hentzau: He said ""yes"" on C:\Zenda."', 'He said "yes" on C:\\Zenda.'),
        ('Rupert Hentzau: He said "yes".', 'He said "yes".'),
    ],
    ids=["escaped", "escaped-beside-other-backslashes", "doubled", "bare"],
)
def test_quotation_marks_in_cells_as_programs_write_them(tmp_path: Path, cell: str, said: str) -> None:
    [page, _] = pages_of(
        _written(tmp_path / "a.csv", f"{HEAD}Talks,2018-05-04,,{cell}\nTalks,2018-05-05,,{CELL}\n")
    ).values()
    assert words(page) == [("Rupert Hentzau", said)]


@pytest.mark.parametrize(
    ("rows", "line", "found"),
    [
        ('Talks,2018-05-04,,"A B: He said "yes" to me."\n', 2, "',' expected after '\"'"),
        (f'Talks,2018-05-04,,{CELL}\n"Talks" of Zenda,2018-05-04,,A B: Yes.\n', 4, "',' expected after '\"'"),
    ],
)
def test_a_stray_quotation_mark_is_refused_with_its_line(tmp_path: Path, rows: str, line: int, found: str) -> None:
    problem = problem_in(_written(tmp_path / "a.csv", HEAD + rows))
    assert (problem.line, problem.found) == (line, found)


@pytest.mark.parametrize("data", ["é".encode("cp1252"), "й".encode("cp1251")])
def test_a_letter_that_the_encodings_of_windows_read_otherwise_is_refused(tmp_path: Path, data: bytes) -> None:
    problem = problem_in(_written(tmp_path / "a.csv", HEAD.encode() + b"Talks,2018-05-04," + data + b",A B: Yes.\n"))
    assert (problem.expected, problem.code) == ("a table in UTF-8", "unreadable-container")


def test_utf_16_without_its_mark_is_named(tmp_path: Path) -> None:
    problem = problem_in(_written(tmp_path / "a.csv", HEAD.encode("utf-16-le")))
    assert problem.expected == "a table in UTF-8, or in UTF-16 with its mark"


@pytest.mark.parametrize(
    "row",
    [
        {"meta": {"title": "Talks", "date": "2018-05-04"}, "text": TEXT},
        {"text": TEXT, "metadata": {"headline": "Talks", "published": "2018-05-04", "author": {"name": "A"}}},
        {"_index": "pages", "_id": "x", "_source": ROW},
        ROW | {"_id": {"$oid": "5f"}, "date": {"$date": {"$numberLong": "1525392000000"}}},
        ROW | {"date": 1525392000},
        ROW | {"title": {"rendered": "Talks"}, "text": {"rendered": TEXT, "protected": False}},
        {"text": TEXT, "meta": json.dumps({"title": "Talks", "date": "2018-05-04"})},
        {"title": "Talks", "date": "2018-05-04", "paragraphs": TEXT.split("\n")},
        ROW | {"source": {"id": None, "name": "Zenda Times"}, "url": None},
    ],
)
def test_objects_in_which_programs_wrap_rows_and_cells_are_unwrapped(tmp_path: Path, row: dict[str, object]) -> None:
    for name, data in (("a.jsonl", json.dumps(row)), ("a.json", json.dumps({"hits": {"total": 1, "hits": [row]}}))):
        [page] = pages_of(_written(tmp_path / name, data)).values()
        assert (about(page).title, about(page).date, words(page)) == ("Talks", dt.date(2018, 5, 4), SAID)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jl", json.dumps(ROW).encode()),
        ("a.jsonl", json.dumps(ROW, ensure_ascii=False).encode("utf-16")),
        ("a.json", json.dumps([ROW], ensure_ascii=False).encode("utf-16")),
        ("a.json", json.dumps(ROW, indent=1).encode() * 2),
        ("a.jsonl.bz2", bz2.compress(json.dumps(ROW).encode())),
        ("a.csv.bz2", bz2.compress(f"{HEAD}Talks,2018-05-04,,{CELL}\n".encode())),
    ],
    ids=["scrapy", "utf-16-lines", "utf-16", "one-behind-the-other", "jsonl-bz2", "csv-bz2"],
)
def test_json_and_packed_tables_as_other_programs_write_them(tmp_path: Path, name: str, data: bytes) -> None:
    _written(tmp_path / name, data)
    assert {about(page).title for page in pages_of(tmp_path).values()} == {"Talks"}
    assert words(pages_of(tmp_path)[f"{name}#1"]) == SAID


def _with_parts(path: Path, others: dict[bytes, bytes]) -> Path:
    """A workbook in whose parts some bytes are others."""
    made = table(path.with_name("made.xlsx"), [ROW, ROW | {"title": "More talks"}])
    with zipfile.ZipFile(made) as book, zipfile.ZipFile(path, "w") as changed:
        for info in book.infolist():
            data = book.read(info)
            for old, new in others.items():
                data = data.replace(old, new)
            changed.writestr(info, data)
    return path


def test_a_workbook_that_states_fewer_rows_than_it_has_is_read_whole(tmp_path: Path) -> None:
    path = _with_parts(tmp_path / "a.xlsx", {b'ref="A1:C3"': b'ref="A1:B2"'})
    assert [about(page).title for page in pages_of(path).values()] == ["Talks", "More talks"]


def test_strict_open_xml_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    others = {
        usual + b"spreadsheetml/2006/main": strict + b"spreadsheetml/main",
        usual + b"officeDocument/2006/relationships": strict + b"officeDocument/relationships",
    }
    path = _with_parts(tmp_path / "a.xlsx", others)
    assert "Strict Open XML" in problem_in(path).advice
    assert capsys.readouterr().err == ""


def test_a_table_of_pages_in_html_is_named(tmp_path: Path) -> None:
    head = '<table border="1" class="dataframe">\n<thead><tr><th></th>\n<th>title</th><th>date</th>\n<th>text</th></tr></thead>'
    problem = problem_in(
        _written(tmp_path / "a.html", f"{head}<tr><td>Talks</td><td>May 4, 2018</td><td>{TEXT}</td></tr></table>")
    )
    assert (problem.code, problem.found) == ("other-file", "a table of pages in HTML")


def test_columns_of_a_struct_are_columns(tmp_path: Path) -> None:
    pq.write_table(
        pa.Table.from_pylist([{"meta": {"title": "Talks", "date": "2018-05-04"}, "text": TEXT}]), tmp_path / "a.parquet"
    )
    [page] = pages_of(tmp_path).values()
    assert (about(page).title, words(page)) == ("Talks", SAID)


def _stream(written: pa.Table, path: Path) -> None:
    with pa.ipc.new_stream(path, written.schema) as stream:
        stream.write_table(written)


@pytest.mark.parametrize("write", [lambda rows, path: feather.write_feather(rows, str(path)), _stream])
@pytest.mark.parametrize("name", ["a.feather", "a.arrow"])
def test_arrow_is_read_as_a_file_and_as_a_stream(
    tmp_path: Path, name: str, write: Callable[[pa.Table, Path], None]
) -> None:
    write(pa.Table.from_pylist([ROW, ROW | {"title": "More talks"}]), tmp_path / name)
    read = pages_of(tmp_path)
    assert [(path, about(page).title) for path, page in read.items()] == [
        (f"{name}#1", "Talks"),
        (f"{name}#2", "More talks"),
    ]


@pytest.mark.parametrize("name", ["created_at", "timestamp", "crawled", "scraped_date", "updated"])
def test_the_day_on_which_a_tool_made_a_row_is_no_date_of_a_page(tmp_path: Path, name: str) -> None:
    assert find_fields([name]) == {}
    problem = problem_in(table(tmp_path / "a.csv", [{"title": "Talks", name: "2025-01-01", "text": TEXT}]))
    assert (problem.code, "--columns" in problem.advice) == ("no-title", True)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("1525392000", "2018-05-04"),
        ("1525392000000", "2018-05-04"),
        ("946684799.0", "1999-12-31"),
        ("1525392000000000000", "2018-05-04"),
    ],
)
def test_seconds_since_1970_are_a_date_and_no_time(tmp_path: Path, date: str, expected: str) -> None:
    [page] = pages_of(table(tmp_path / "a.csv", [ROW | {"date": date}])).values()
    assert (str(about(page).date), about(page).time) == (expected, None)


@pytest.mark.parametrize("date", ["43224", "2458243", "15253920000", "2018", "05/04/2018"])
def test_numbers_that_may_be_other_dates_are_refused(tmp_path: Path, date: str) -> None:
    assert problem_in(table(tmp_path / "a.csv", [ROW | {"date": date}])).found == f'the date "{date}"'


def test_a_database_with_rows_that_are_not_in_it_yet_is_refused(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", "pages", [ROW])
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("DELETE FROM pages")
    db.commit()
    assert "a.db-wal" in problem_in(path).found
    db.close()
    assert problem_in(path).code == "no-pages-in-file"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<stata_dta><header>", "Stata"),
        (b"$FL2@(#) SPSS", "SPSS"),
        (gzip.compress(b"X\n\x00\x00\x00\x03", mtime=0), "a file of R"),
        (b"\x80\x04\x95\x10\x00", "pickle"),
        (b"\x89HDF\r\n", "HDF5"),
    ],
)
def test_files_of_other_programs_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    problem = problem_in(_written(tmp_path / "a.data", content))
    assert (problem.code, problem.advice) == ("other-file", "write it as CSV (.csv) or Parquet")
    assert said in problem.found


# ---------------------------------------------------------------------------------------------------------------------
# metadata.csv


@pytest.mark.parametrize(
    "rows",
    [
        "file,title,date\n2018/My Talk.txt,Talks,2018-05-04\n",
        "File;Title;Date\r\n.\\2018\\My Talk.txt;Talks;04.05.2018\r\n;;\r\n",
        "file\ttitle\tdate\n2018/MY TALK.TXT\tTalks\tMay 4, 2018\n",
    ],
    ids=["below", "excel-on-windows", "capitals"],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_metadata_may_be_written_by_excel_and_name_files_in_folders(tmp_path: Path, rows: str, encoding: str) -> None:
    (tmp_path / "2018").mkdir()
    _written(tmp_path / "2018" / "My Talk.txt", TEXT)
    table(tmp_path / "a.csv", [ROW])
    _written(tmp_path / "metadata.csv", rows.replace("Talks", "Talks – again").encode(encoding))
    page = pages_of(tmp_path)["2018/My Talk.txt"]
    assert (about(page).title, str(about(page).date), about(page).given) == (
        "Talks – again",
        "2018-05-04",
        ("date", "title"),
    )


def test_the_table_nearest_to_a_file_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "2018").mkdir()
    _written(tmp_path / "2018" / "a.txt", TEXT)
    _written(tmp_path / "b.txt", TEXT)
    _written(tmp_path / "metadata.csv", "file,title,date\n2018/a.txt,Far,2018-05-04\nb.txt,B,2018-05-04\n")
    _written(tmp_path / "2018" / "metadata.csv", "file,title,date\na.txt,Near,2018-05-04\n")
    assert [about(page).title for page in pages_of(tmp_path).values()] == ["Near", "B"]


def test_rows_of_metadata_whose_files_are_not_there_are_noted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.zip"):
        _written(tmp_path / name, TEXT)
    names = ["a.txt", "A.TXT", "b.zip/1.html", "b.zip#1", *"pqrs"]
    _written(tmp_path / "metadata.csv", "file,title\n" + "".join(f"{name},T\n" for name in names))
    known = MetadataTables().of_folder(str(tmp_path))
    [note] = unmatched_rows(known, str(tmp_path))
    assert note == f"{tmp_path}/metadata.csv: 4 rows name files that are not there: p, q, r …"
    assert known.problems == ()


def test_a_row_of_metadata_with_a_cell_too_many_is_a_problem(tmp_path: Path) -> None:
    _written(tmp_path / "metadata.csv", "file,title\na.txt,Talks, and more\n")
    [problem] = MetadataTables().of_folder(str(tmp_path)).problems
    assert (problem.line, problem.found) == (2, "1 more")
