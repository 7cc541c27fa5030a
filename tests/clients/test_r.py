"""R opens CSV with base R and readr, and JSON Lines with jsonlite."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from schema.tables import BY_NAME
from tests.clients.values import NAMES, as_text, differences, rows_of

SCRIPTS = Path(__file__).parent / "r"


def run(script: str, *arguments: object, **environment: str) -> str:
    """What an R script prints, in a locale of UTF-8 unless another is named."""
    command = ["Rscript", "--vanilla", str(SCRIPTS / script), *map(str, arguments)]
    env = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


def completed(found: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Rows with all columns: R's JSON leaves out nulls; lists are JSON in a cell of CSV."""
    columns = BY_NAME[table].columns
    rows = []
    for row in found:
        whole = {c.name: row.get(c.name) for c in columns}
        for column in columns:
            value = whole[column.name]
            if isinstance(value, str) and column.is_list:
                whole[column.name] = json.loads(value)
            if isinstance(value, str) and column.type.table_schema["type"] == "boolean":
                whole[column.name] = value == "true"
        rows.append(whole)
    return rows


def types_of(table: str) -> list[str]:
    return [column.type.table_schema["type"] for column in BY_NAME[table].columns]


@pytest.mark.client("R, base")
@pytest.mark.parametrize("table", NAMES)
def test_read_csv_of_base_r(table: str, dist: Path) -> None:
    found = json.loads(run("read_csv.R", dist / f"{table}.csv", ",".join(types_of(table))))
    assert differences(as_text(rows_of(dist, table)), completed(found, table)) == []


@pytest.mark.client("R, readr")
@pytest.mark.parametrize("table", NAMES)
def test_readr(table: str, dist: Path) -> None:
    letters = {"integer": "i", "boolean": "l", "date": "D", "time": "t"}
    types = "".join(letters.get(kind, "c") for kind in types_of(table))
    found = json.loads(run("readr.R", dist / f"{table}.csv", types))
    assert differences(as_text(rows_of(dist, table)), completed(found, table)) == []


@pytest.mark.client("R, jsonlite")
@pytest.mark.parametrize("table", NAMES)
def test_jsonlite(table: str, dist: Path) -> None:
    found = json.loads(run("jsonlite.R", dist / f"{table}.jsonl"))
    assert differences(as_text(rows_of(dist, table)), completed(found, table)) == []


@pytest.mark.client("R, base")
def test_offsets_hold_in_a_locale_of_utf8_and_not_in_c(dist: Path) -> None:
    right, utterances = map(int, run("offsets.R", dist).split())
    assert right == utterances
    wrong, _ = map(int, run("offsets.R", dist, LC_ALL="C").split())
    assert wrong < utterances
