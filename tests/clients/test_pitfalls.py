"""What trips people, as docs/loading.md lists it, and that what it says to do helps. The rest is in the tests of each tool."""

import os
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

pytestmark = pytest.mark.client
IDS = ["56509", "60217", "62966"]


def r(code: str, dist: Path) -> str:
    """What a line of R prints, run beside the files."""
    command = ["Rscript", "--vanilla", "-e", code]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, cwd=dist, capture_output=True, encoding="utf-8", check=True, timeout=120, env=env
    ).stdout


def test_pandas_keeps_ids_of_csv_and_json_lines_where_their_type_is_named(dist: Path) -> None:
    types = {"event_id": str}
    assert pd.read_json(dist / "meetings.jsonl", lines=True)["event_id"].tolist()[2] == 62966.0
    assert pd.read_json(dist / "meetings.jsonl", lines=True, dtype=types)["event_id"].tolist()[:3] == IDS
    assert pd.read_csv(dist / "meetings.csv")["event_id"].tolist()[2] == 62966.0
    assert pd.read_csv(dist / "meetings.csv", dtype=types)["event_id"].tolist()[:3] == IDS


def test_a_column_that_is_null_throughout_has_no_type_in_json_lines(dist: Path) -> None:
    assert pl.read_ndjson(dist / "utterances.jsonl").schema["note"] == pl.Null
    described = {name: kind for name, kind, *_ in duckdb.sql(f"DESCRIBE FROM '{dist}/utterances.jsonl'").fetchall()}
    assert described["label"] == "VARCHAR"
    assert described["note"] != "VARCHAR"
    assert pl.read_parquet(dist / "utterances.parquet").schema["note"] == pl.String


def test_read_csv_of_r_takes_an_empty_cell_of_text_for_empty_text(dist: Path) -> None:
    assert r('cat(sum(read.csv("meetings.csv")$url == ""))', dist) == "2"
    assert r('cat(sum(is.na(read.csv("meetings.csv", na.strings = "")$url)))', dist) == "2"
    assert r('cat(class(read.csv("meetings.csv")$event_id))', dist) == "integer"


def test_readr_loses_white_space_unless_told(dist: Path) -> None:
    read = 'readr::read_csv("segments.csv", show_col_types = FALSE{})'
    length = "x <- {}; cat(sum(is.na(x$text)), sum(nchar(x$text), na.rm = TRUE))"
    nulls, characters = map(int, r(length.format(read.format("")), dist).split())
    kept, all_characters = map(int, r(length.format(read.format(', trim_ws = FALSE, na = ""')), dist).split())
    assert nulls > kept == 0
    assert characters < all_characters == pl.read_parquet(dist / "sources.parquet")["text_length"].sum()


def test_sha256sum_checks_the_files_beside_the_list(dist: Path) -> None:
    check = ["sha256sum", "--check", "--quiet"]
    assert subprocess.run([*check, "SHA256SUMS"], cwd=dist, check=False).returncode == 0
    assert subprocess.run([*check, "dist/SHA256SUMS"], cwd=dist.parent, check=False).returncode != 0
