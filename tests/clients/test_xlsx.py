"""openpyxl, pandas, LibreOffice, R's readxl and VisiData open the workbook."""

import csv
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from schema.tables import BY_NAME
from tests.clients.test_r import run
from tests.clients.values import NAMES, as_text, differences, rows_of

BIN = Path(sys.executable).parent
FILE = "kremlin-meetings.xlsx"
SHEETS = [name for name in NAMES if name != "segments"]


def expected_of(dist: Path, table: str) -> list[dict[str, Any]]:
    """A table's rows as a sheet holds them: lists joined, those without items left out."""
    return [{name: _joined(value) for name, value in row.items()} for row in rows_of(dist, table)]


def _joined(value: Any) -> Any:
    return ("; ".join(value) or None) if isinstance(value, list) else value


def in_columns(found: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """Rows with the columns of the table: what goes on in further columns is joined, days have no time of day."""
    rows = []
    for row in found:
        whole: dict[str, Any] = {}
        for column in BY_NAME[table].columns:
            parts = [row[n] for n in row if n == column.name or (n.startswith(f"{column.name}_") and n[-1].isdigit())]
            present = [part for part in parts if part is not None]
            value = "".join(present) if len(present) > 1 else next(iter(present), None)
            whole[column.name] = value.date() if isinstance(value, dt.datetime) else value
        rows.append(whole)
    return rows


@pytest.mark.client("openpyxl")
@pytest.mark.parametrize("table", SHEETS)
def test_openpyxl(table: str, dist: Path) -> None:
    head, *rows = openpyxl.load_workbook(dist / FILE)[table].iter_rows(values_only=True)
    found = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    assert differences(expected_of(dist, table), in_columns(found, table)) == []


@pytest.mark.client("pandas")
@pytest.mark.parametrize("table", SHEETS)
def test_pandas(table: str, dist: Path) -> None:
    frame = pd.read_excel(dist / FILE, sheet_name=table, dtype=object, keep_default_na=False, na_values=[""])
    found = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert differences(expected_of(dist, table), in_columns(found, table)) == []


@pytest.mark.client("R, readxl")
@pytest.mark.parametrize("table", SHEETS)
def test_readxl(table: str, dist: Path) -> None:
    found = json.loads(run("readxl.R", dist / FILE, table))
    completed = [{c.name: row.get(c.name) for c in BY_NAME[table].columns} | row for row in found]
    assert differences(as_text(expected_of(dist, table)), in_columns(completed, table)) == []


@pytest.fixture(scope="module")
def converted(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets as LibreOffice writes them in CSV, its own view of dates and truths."""
    folder = tmp_path_factory.mktemp("libreoffice")
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", folder, dist / FILE], check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.client("LibreOffice")
@pytest.mark.parametrize("table", SHEETS)
def test_libreoffice(table: str, dist: Path, converted: Path) -> None:
    with (converted / f"kremlin-meetings-{table}.csv").open(encoding="utf-8", newline="") as file:
        found = [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    expected = [{name: _shown(value) for name, value in row.items()} for row in expected_of(dist, table)]
    assert differences(expected, in_columns(found, table)) == []


def _shown(value: Any) -> str | None:
    """A value as LibreOffice writes it: times with AM and PM, whatever the format in which it shows them."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.time):
        return value.strftime("%I:%M:%S %p")
    return None if value is None else str(value)


@pytest.mark.client("LibreOffice")
def test_libreoffice_shows_the_first_sheet(converted: Path) -> None:
    text = (converted / "kremlin-meetings-Read me.csv").read_text("utf-8")
    assert text.startswith("Kremlin Meetings ")


@pytest.mark.client("VisiData")
@pytest.mark.parametrize("table", SHEETS)
def test_visidata_opens_the_workbook(table: str, dist: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    command = [BIN / "vd", "--batch", "--overwrite=y", "-o", saved, dist / FILE, f"+:{table}::"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    key = BY_NAME[table].columns[0].name
    assert [row[key] for row in found] == [row[key] for row in rows_of(dist, table)]
