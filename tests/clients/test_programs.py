"""Programs of the command line: VisiData, and DuckDB's own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clients.values import NAMES, as_text, differences, rows_of

BIN = Path(sys.executable).parent


def lines(*command: object) -> list[dict[str, Any]]:
    """The rows that a program prints as JSON Lines."""
    result = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


@pytest.mark.client("VisiData")
@pytest.mark.parametrize("table", NAMES)
def test_visidata_opens_json_lines(table: str, dist: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    lines(BIN / "vd", "--batch", "--overwrite=y", "-o", saved, dist / f"{table}.jsonl")
    found = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    expected = as_text(rows_of(dist, table))
    assert differences(expected, [{name: row.get(name) for name in expected[0]} for row in found]) == []


@pytest.mark.client("VisiData")
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_visidata_opens_every_row_of_the_other_formats(form: str, dist: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    lines(BIN / "vd", "--batch", "--overwrite=y", "-o", saved, dist / f"utterances.{form}")
    found = [json.loads(line)["text"] for line in saved.read_text("utf-8").splitlines()]
    assert found == [row["text"] for row in rows_of(dist, "utterances")]


@pytest.mark.client("DuckDB, command line")
@pytest.mark.parametrize("table", NAMES)
def test_duckdb_on_the_command_line(table: str, dist: Path) -> None:
    query = f"FROM '{dist / table}.parquet'"
    result = subprocess.run(
        [str(BIN / "duckdb"), "-json", "-c", query], capture_output=True, encoding="utf-8", check=True, timeout=120
    )
    assert differences(as_text(rows_of(dist, table)), json.loads(result.stdout)) == []
