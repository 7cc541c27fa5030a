"""The three formats: what is written is what is read back, whoever reads it."""

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field

from builder.build.merge_stage import render_rows
from builder.package.formats import FORMATS, TEXT_FORMATS, Chunk, open_parquet, open_tables
from schema.columns import Column, arrow_schema
from schema.records import Count, Line, PassageText, Record
from schema.tables import BY_NAME, TABLES, Table
from schema.text import join_paragraphs, normal_form
from tests.support.records import record, row_of_examples

EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
METADATA = {"name": "ruritania", "version": "1.2.3"}

# ---------------------------------------------------------------------------------------------------------------------
# Rows made at random, from what the model says of its columns

AWKWARD = (
    '=HYPERLINK("http://a","b")',
    "=1+1",
    "@SUM(A1)",
    "-1",
    '"',
    '""',
    '"quoted", and not',
    "'",
    ",",
    ";",
    "\\",
    "\\n",
    "NULL",
    "null",
    "NA",
    "NaN",
    "None",
    "true",
    "0012",
    "1e5",
    "2020-03-10",
    "18:40:00",
    "[]",
    "{}",
    "#N/A",
    "Документ",
    "Тоқаев",
    "“curly” ’",
    "𝔸😀",
    "a\u200bb",
    "\ufeff",
    "a\u0301\u0327",
    "<…>",
    "a &amp; b",
)
CHARACTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1)
ANY_TEXT = st.one_of(st.sampled_from(AWKWARD), CHARACTERS, st.lists(st.sampled_from(AWKWARD), min_size=1).map(" ".join))
LINES = ANY_TEXT.map(normal_form).filter(bool)
PASSAGES = st.lists(LINES, min_size=1, max_size=3).map(join_paragraphs)
RAW = st.lists(st.one_of(ANY_TEXT, st.sampled_from(("\n", "\n\n", " ", "\xa0", "\t"))), min_size=1, max_size=4).map(
    "".join
)
TIMES = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
NO_CARRIAGE_RETURN, NO_LINE_BREAK = r"[^\r]+", r"[^\r\n]+"


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column may hold, null among them where it may be null."""
    arrow = column.type.arrow
    if column.is_enum:
        found = st.sampled_from(column.constraints["enum"])
    elif column.is_list:
        found = st.lists(st.from_regex(r"[A-Z]{3}", fullmatch=True, alphabet="ABZ"), max_size=3).map(tuple)
        if column.name != "countries":
            found = st.lists(LINES, max_size=3).map(tuple)
    elif arrow == pa.string():
        pattern = column.constraints["pattern"]
        if pattern == NO_CARRIAGE_RETURN:
            found = PASSAGES
        elif pattern == NO_LINE_BREAK:
            found = LINES
        else:
            found = st.from_regex(
                pattern, fullmatch=True, alphabet=st.characters(codec="utf-8", categories=("L", "N", "P"))
            )
    elif arrow == pa.int64():
        found = st.integers(column.constraints["minimum"], 2**62)
    else:
        found = {pa.bool_(): st.booleans(), pa.date32(): st.dates(), pa.time32("ms"): TIMES}[arrow]
    return st.none() | found if column.nullable else found


def _fit(table: Table, row: dict[str, Any], length: int, raw: str) -> Record:
    """A row whose offsets fit, where it has any."""
    if table.name == "segments":
        row |= {"text": raw, "end_char": row["start_char"] + len(raw)}
    elif table.name == "utterances":
        row |= {"end_char": row["start_char"] + length}
    return table.model(**row)


def rows_of(table: Table) -> st.SearchStrategy[list[Record]]:
    row = st.fixed_dictionaries({column.name: values(column) for column in table.columns})
    return st.lists(st.builds(_fit, st.just(table), row, st.integers(1, 2**40), RAW), max_size=4)


def arrow(table: Table, records: Sequence[Record]) -> pa.Table:
    return pa.Table.from_pylist([record.model_dump() for record in records], schema=arrow_schema(table.model))


def write(folder: Path, table: Table, *pieces: pa.Table) -> None:
    """Writes rows in every format, piece by piece as a build does."""
    with open_parquet(folder / f"{table.name}.parquet", table, METADATA) as file:
        for rows in pieces:
            file.write_table(rows)
    for form in TEXT_FORMATS:
        content = form.header(table) + b"".join(form.render(Chunk(rows), table) for rows in pieces)
        (folder / f"{table.name}.{form.name}").write_bytes(content)


def written(table: Table, *pieces: pa.Table) -> dict[str, bytes]:
    """The bytes of a table's files, by format."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), table, *pieces)
        return {form.name: Path(folder, f"{table.name}.{form.name}").read_bytes() for form in FORMATS}


def round_trip(table: Table, *pieces: pa.Table) -> dict[str, pa.Table]:
    """The table as read back from each format."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), table, *pieces)
        return {form.name: form.read(Path(folder, f"{table.name}.{form.name}"), table) for form in FORMATS}


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@EVERY_TABLE
@QUICK
@given(data=st.data())
def test_what_is_written_is_read_back(table, data):
    records = data.draw(rows_of(table))
    for name, found in round_trip(table, arrow(table, records)).items():
        assert found.schema.equals(arrow_schema(table.model)), name
        # Against the records themselves, lest the way to Arrow lose what the way back then lacks as well.
        assert [table.model(**_with_tuples(row)) for row in found.to_pylist()] == records, name


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


@EVERY_TABLE
@settings(QUICK, max_examples=5)
@given(data=st.data())
@pytest.mark.slow
def test_the_same_rows_give_the_same_bytes(table, data):
    rows = arrow(table, data.draw(rows_of(table)))
    assert written(table, rows) == written(table, rows)


@pytest.mark.slow
@EVERY_TABLE
@settings(QUICK, max_examples=10)
@given(data=st.data())
def test_rows_written_in_pieces_are_the_same_rows(table, data):
    """In text formats to the byte; in Parquet each piece is a row group."""
    rows = arrow(table, data.draw(rows_of(table)))
    pieces = (rows.slice(0, 1), rows.slice(1, 0), rows.slice(1))
    whole, parts = written(table, rows), written(table, *pieces)
    assert {form.name: parts[form.name] for form in TEXT_FORMATS} == {f.name: whole[f.name] for f in TEXT_FORMATS}
    assert round_trip(table, *pieces)["parquet"].equals(rows)


@EVERY_TABLE
def test_no_rows_are_written_and_read_back(table):
    none = arrow(table, [])
    for name, found in [*round_trip(table).items(), *round_trip(table, none).items()]:
        assert found.num_rows == 0, name
        assert found.schema.equals(arrow_schema(table.model)), name


def test_without_rows_csv_has_its_header_jsonl_nothing():
    found = written(RIDES)
    assert found["csv"] == b'"horse","rider","date","time","is_long","places","miles","note"\n'
    assert found["jsonl"] == b""


# ---------------------------------------------------------------------------------------------------------------------
# Literal rows


class Ride(Record):
    """One ride out."""

    horse: Line = Field(description="The horse.", examples=["Bay"])
    rider: Line | None = Field(description="Who rides.", examples=["Rudolf"])
    date: dt.date = Field(description="The day.", examples=["2018-05-04"])
    time: dt.time | None = Field(description="The hour.", examples=["12:30:00"])
    is_long: bool | None = Field(description="Whether it is long.", examples=[True])
    places: tuple[Line, ...] | None = Field(description="The places on the way.", examples=[["Zenda"]])
    miles: Count = Field(description="How long it is.", examples=[12])
    note: PassageText | None = Field(description="What there is to say.", examples=["It rained."])


RIDES = Table("rides", "Rides", Ride, ("horse",))
"""A table of these tests' own, with a column of every type: no change of the shipped tables changes it."""


def ride(horse: str = "Bay", **values: Any) -> Record:
    return record(RIDES, **{"horse": horse, "date": dt.date(2018, 5, 4), "miles": 0, **values})


def text_of(form: str, *records: Record) -> str:
    return written(RIDES, arrow(RIDES, records))[form].decode("utf-8")


def test_csv_quotes_every_text_and_leaves_null_empty():
    row = ride('=A "B", C', places=("Zenda, castle", 'El "R"'), note="593")
    assert text_of("csv", row).splitlines()[1] == (
        '"=A ""B"", C",,2018-05-04,,,"[""Zenda, castle"",""El \\""R\\""""]",0,"593"'
    )


def test_csv_writes_dates_times_numbers_and_truth_without_quotes():
    short = ride(time=dt.time(9, 5), is_long=False, places=(), miles=12)
    long = ride(time=dt.time(18, 40), is_long=True, places=("Zenda",), miles=1200)
    assert text_of("csv", short, long).splitlines()[1:] == [
        '"Bay",,2018-05-04,09:05:00,false,"[]",12,',
        '"Bay",,2018-05-04,18:40:00,true,"[""Zenda""]",1200,',
    ]


def test_csv_keeps_line_breaks_in_its_quotes_and_ends_lines_with_a_line_feed():
    content = text_of("csv", ride(note="First.\n\nSecond."), ride(is_long=True))
    assert '"First.\n\nSecond."' in content
    assert "\r" not in content
    assert content.endswith("\n")
    assert not content.startswith("\ufeff")


def test_a_list_in_csv_is_compact_json_with_its_letters_as_they_are():
    cells = next(csv.DictReader(text_of("csv", ride(places=("Тоқаев Қ", "b c"))).splitlines()))
    assert cells["places"] == '["Тоқаев Қ","b c"]'


def test_a_null_list_and_an_empty_one_stay_apart():
    null, empty = text_of("csv", ride(places=None), ride(places=())).splitlines()[1:]
    assert ',,"[]",0,' in empty
    assert "[]" not in null


def speakers(*ids: str) -> pa.Table:
    """Rows of the table of speakers with these ids."""
    table = BY_NAME["speakers"]
    return arrow(table, [record(table, speaker_id=speaker_id) for speaker_id in ids])


@pytest.mark.parametrize("ids", [("rudolf", "rudolf"), ("rudolf", "antonia"), ("antonia", "rudolf", "black-michael")])
def test_rows_out_of_order_are_not_rendered(ids):
    with pytest.raises(ValueError, match=rf"speakers: .*{ids[-1]}.* does not come after .*rudolf"):
        render_rows("speakers", Chunk(speakers(*ids)))


@pytest.mark.parametrize("later", ["rudolf", "antonia"])
def test_a_part_that_does_not_come_after_the_one_before_is_not_written(later, tmp_path):
    with open_tables((BY_NAME["speakers"],), tmp_path, METADATA) as files:
        files["speakers"].append(speakers("black-michael", "rudolf"), {})
        with pytest.raises(ValueError, match=rf"speakers: .*{later}.* does not come after .*rudolf"):
            files["speakers"].append(speakers(later), {})
        files["speakers"].append(speakers("sapt"), {})


def test_jsonl_has_every_key_on_every_line_in_the_tables_order():
    lines = text_of("jsonl", ride("Ä “q”", places=()), ride('B "', places=("x", "y"), is_long=True))
    assert lines == (
        '{"horse":"Ä “q”","rider":null,"date":"2018-05-04","time":null,"is_long":null,"places":[],"miles":0,'
        '"note":null}\n'
        '{"horse":"B \\"","rider":null,"date":"2018-05-04","time":null,"is_long":true,"places":["x","y"],"miles":0,'
        '"note":null}\n'
    )


def test_jsonl_writes_dates_and_times_as_text():
    line = json.loads(text_of("jsonl", ride(time=dt.time(18, 40), is_long=True, places=())))
    assert (line["date"], line["time"]) == ("2018-05-04", "18:40:00")
    assert line["is_long"] is True
    assert line["places"] == []
    assert line["rider"] is None
    assert line["miles"] == 0


def test_a_line_of_jsonl_is_a_line_whatever_its_text():
    """Unicode knows line ends that are none here."""
    content = text_of("jsonl", ride(note="a\n\nb\u200b"), ride("c\x85d".replace("\x85", " ")))
    assert content.count("\n") == 2
    assert json.loads(content.split("\n")[0])["note"] == "a\n\nb\u200b"


@pytest.mark.parametrize("length", [131_073, 1_500_000])
def test_a_long_cell_survives(length):
    """Longer than what Python's csv reads unasked, and than the block that pyarrow's CSV reads at a time."""
    text = ('"Long, ' + "=x\n\n" * length)[:length] + "."
    segments = BY_NAME["segments"]
    row = record(segments, start_char=0, end_char=len(text), text=text)
    for name, found in round_trip(segments, arrow(segments, [row, row])).items():
        assert found.column("text").to_pylist() == [text, text], name


@pytest.mark.slow
def test_many_rows_survive():
    """More than fit in one of pyarrow's batches."""
    rows = pa.concat_tables([arrow(RIDES, [ride(places=("x",))])] * 70_000).combine_chunks()
    for name, found in round_trip(RIDES, rows).items():
        assert found.combine_chunks().equals(rows), name


def test_an_empty_quoted_cell_of_csv_is_not_read_as_null(tmp_path):
    path = tmp_path / "rides.csv"
    content = text_of("csv", ride("A"))
    path.write_text(content.replace('"A",,', '"A","",'), "utf-8", newline="")
    csv_form = next(form for form in FORMATS if form.name == "csv")
    found = csv_form.read(path, RIDES).to_pylist()[0]
    assert (found["rider"], found["note"]) == ("", None)


RIDE = dict.fromkeys(Ride.model_fields) | {"horse": "Bay", "date": "2018-05-04", "miles": 0}


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{}", '{"horse":"Bay"}', json.dumps(RIDE | {"rider": 5}), json.dumps(RIDE | {"more": 1})],
    ids=["blank", "a list", "no keys", "keys missing", "a number for a text", "a key too many"],
)
def test_a_line_of_jsonl_that_is_no_row_of_the_table_is_refused(tmp_path, line):
    path = tmp_path / "rides.jsonl"
    jsonl = next(form for form in FORMATS if form.name == "jsonl")
    path.write_text(json.dumps(RIDE) + "\n", "utf-8")
    assert jsonl.read(path, RIDES).num_rows == 1
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011  # each line is wrong in its own way
        jsonl.read(path, RIDES)


# ---------------------------------------------------------------------------------------------------------------------
# Parquet, as shipped


@EVERY_TABLE
def test_parquet_types_are_real(seed_package, table):
    """Those of the schema, which its own tests name."""
    found = pq.read_schema(seed_package / f"dist/{table.name}.parquet")
    types = {f.name: str(f.type).replace("element:", "item:") for f in found}
    assert types == {column.name: str(column.type.arrow) for column in table.columns}


def test_parquet_says_so_in_its_own_words_too(seed_package):
    """Without the Arrow schema that pyarrow adds, as other readers see it."""
    schema = pq.ParquetFile(seed_package / "dist/meetings.parquet").schema
    columns = {schema.column(i).path.partition(".")[0]: schema.column(i) for i in range(len(schema))}
    assert columns["date"].logical_type.type == "DATE"
    assert columns["time"].logical_type.type == "TIME"
    assert columns["title"].logical_type.type == "STRING"
    assert columns["word_count"].physical_type == "INT64"
    assert columns["is_excerpt"].physical_type == "BOOLEAN"
    assert columns["title"].max_definition_level == 0, "a required column"
    assert columns["place"].max_definition_level == 1, "a column that may be null"


@EVERY_TABLE
def test_parquet_says_which_columns_may_be_null_and_what_they_mean(seed_package, table):
    found = pq.read_schema(seed_package / f"dist/{table.name}.parquet")
    assert {f.name: f.nullable for f in found} == {column.name: column.nullable for column in table.columns}
    assert {f.name: f.metadata[b"description"].decode() for f in found} == {
        column.name: column.description for column in table.columns
    }


@EVERY_TABLE
def test_the_footer_of_parquet_names_dataset_version_and_licence(seed_package, table):
    stated = json.loads((seed_package / "datapackage.json").read_text("utf-8"))
    metadata = pq.read_schema(seed_package / f"dist/{table.name}.parquet").metadata
    assert metadata[b"name"] == b"kremlin-meetings"
    assert metadata[b"version"].decode() == stated["version"]
    assert metadata[b"licence"] == b"CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/"
    assert metadata[b"source"] == b"President of Russia, http://en.kremlin.ru"


@EVERY_TABLE
def test_parquet_is_compressed_and_says_how_it_is_sorted(seed_package, table):
    file = pq.ParquetFile(seed_package / f"dist/{table.name}.parquet")
    group = file.metadata.row_group(0)
    assert {group.column(i).compression for i in range(group.num_columns)} == {"ZSTD"}
    names = [group.column(s.column_index).path_in_schema for s in group.sorting_columns]
    assert names == list(table.order)


def test_a_folders_name_is_not_read_as_a_column(tmp_path):
    """Some readers take NAME=VALUE in a path for a partition."""
    rows = arrow(RIDES, [ride()])
    folder = tmp_path / "year=2020"
    folder.mkdir()
    write(folder, RIDES, rows)
    for form in FORMATS:
        assert form.read(folder / f"rides.{form.name}", RIDES).equals(rows), form.name


# ---------------------------------------------------------------------------------------------------------------------
# Other readers, on the shipped files and on a package that fills every column


@pytest.fixture(scope="session")
def filled_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of every table a row that fills every column, and one that leaves empty what may be."""
    package = tmp_path_factory.mktemp("filled")
    (package / "dist").mkdir()
    for table in TABLES:
        write(package / "dist", table, arrow(table, [table.model(**row_of_examples(table)), record(table)]))
    return package


Rows = list[dict[str, Any]]
Read = Callable[[str], Rows]
"""Reads a file by its path."""


@pytest.fixture
def otherwise(seed_package: Path, filled_package: Path) -> Callable[..., list[str]]:
    """The files of a format that a reader reads otherwise than it is to."""

    def compare(read: Read, form: str, expected: Callable[[Path, Table], Rows]) -> list[str]:
        packages = (seed_package, filled_package)
        files = [(package, table, package / f"dist/{table.name}.{form}") for package in packages for table in TABLES]
        return [str(path) for package, table, path in files if read(str(path)) != expected(package, table)]

    return compare


def json_rows(package: Path, table: Table) -> Rows:
    """The rows as Python's own json reads them; dates and times are text."""
    lines = (package / f"dist/{table.name}.jsonl").read_text("utf-8").split("\n")[:-1]
    return [json.loads(line) for line in lines]


PARSERS: dict[pa.DataType, Callable[[str], Any]] = {
    pa.date32(): dt.date.fromisoformat,
    pa.time32("ms"): dt.time.fromisoformat,
}


def typed_rows(package: Path, table: Table) -> Rows:
    """The rows with dates and times as such."""
    parsers = {column.name: PARSERS.get(column.type.arrow, lambda value: value) for column in table.columns}
    return [
        {name: None if value is None else parsers[name](value) for name, value in row.items()}
        for row in json_rows(package, table)
    ]


def cells(package: Path, table: Table) -> list[dict[str, str | None]]:
    """The rows as the cells of a CSV, null where nothing stands."""
    return [{name: _cell(value) for name, value in row.items()} for row in json_rows(package, table)]


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def records_of(frame: pd.DataFrame) -> Rows:
    """A data frame's rows; null for what pandas says is missing, a number for one that pandas made a float for its nulls."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value


@pytest.fixture(autouse=True)
def long_cells() -> Iterator[None]:
    """Lets Python's csv read cells of any length."""
    before = csv.field_size_limit(2**31 - 1)
    yield
    csv.field_size_limit(before)


def test_the_packages_have_rows_to_compare_and_one_of_them_fills_every_column(seed_package, filled_package):
    assert [table.name for table in TABLES if not json_rows(seed_package, table)] == []
    assert [table.name for table in TABLES if None in json_rows(filled_package, table)[0].values()] == []


def test_python_reads_csv(otherwise):
    """Which does not tell null from an empty text; there is none of the latter."""

    def read(path: str) -> Rows:
        with open(path, encoding="utf-8", newline="") as file:
            return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]

    assert otherwise(read, "csv", cells) == []


def test_pandas_reads_parquet(otherwise):
    assert otherwise(lambda path: records_of(pd.read_parquet(path)), "parquet", typed_rows) == []


def test_pandas_reads_jsonl(otherwise):
    def read(path: str) -> Rows:
        return records_of(pd.read_json(path, lines=True, dtype=False, encoding="utf-8"))

    assert otherwise(read, "jsonl", json_rows) == []


def test_pandas_reads_csv(otherwise):
    """With `dtype=str`: left to itself, it takes an identifier of digits for a number."""

    def read(path: str) -> Rows:
        return records_of(pd.read_csv(path, keep_default_na=False, na_values=[""], dtype=str))

    assert otherwise(read, "csv", cells) == []


def test_polars_reads_parquet(otherwise):
    assert otherwise(lambda path: pl.read_parquet(path).to_dicts(), "parquet", typed_rows) == []


def test_polars_reads_jsonl(otherwise):
    assert otherwise(lambda path: pl.read_ndjson(path, infer_schema_length=None).to_dicts(), "jsonl", json_rows) == []


def test_polars_reads_csv(otherwise):
    assert otherwise(lambda path: pl.read_csv(path, infer_schema=False).to_dicts(), "csv", cells) == []


def query(statement: str) -> Rows:
    with duckdb.connect() as connection:
        result = connection.execute(statement)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_duckdb_reads_parquet(otherwise):
    assert otherwise(lambda path: query(f"FROM read_parquet('{path}')"), "parquet", typed_rows) == []


def test_duckdb_reads_jsonl(otherwise):
    assert otherwise(lambda path: query(f"FROM read_json('{path}')"), "jsonl", typed_rows) == []


def test_duckdb_reads_csv(otherwise):
    assert otherwise(lambda path: query(f"FROM read_csv('{path}', all_varchar = true)"), "csv", cells) == []
