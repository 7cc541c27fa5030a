"""pandas opens Parquet, CSV and JSON Lines."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schema.tables import BY_NAME
from tests.clients.values import NAMES, as_text, differences, rows_of

pytestmark = pytest.mark.client("pandas")


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: None if value is None or value is pd.NA or value is pd.NaT else value for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]


def lists(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: v if isinstance(v, str) or not hasattr(v, "tolist") else v.tolist() for name, v in row.items()}
        for row in values
    ]


@pytest.mark.parametrize("table", NAMES)
def test_parquet(table: str, dist: Path) -> None:
    frame = pd.read_parquet(dist / f"{table}.parquet", dtype_backend="pyarrow")
    assert differences(rows_of(dist, table), lists(rows(frame))) == []


@pytest.mark.parametrize("table", NAMES)
def test_csv(table: str, dist: Path) -> None:
    columns = BY_NAME[table].columns
    kinds = {"string": "string", "integer": "Int64", "boolean": "boolean"}
    types = {c.name: kinds.get(c.type.table_schema["type"], "string") for c in columns}
    frame = pd.read_csv(dist / f"{table}.csv", keep_default_na=False, na_values=[""], dtype=types)
    found = rows(frame)
    for row in found:
        for column in columns:
            if column.is_list and row[column.name] is not None:
                row[column.name] = json.loads(row[column.name])
    assert differences(as_text(rows_of(dist, table)), found) == []


@pytest.mark.parametrize("table", NAMES)
def test_json_lines(table: str, dist: Path) -> None:
    """`dtype=False` keeps ids as text, and numbers with nulls become floats."""
    frame = pd.read_json(dist / f"{table}.jsonl", lines=True, dtype=False)
    found = rows(frame)
    expected = as_text(rows_of(dist, table))
    for row, wanted in zip(found, expected, strict=True):
        for name, value in row.items():
            if isinstance(value, float):
                row[name] = None if value != value else int(value)  # noqa: PLR0124  # how nan shows
            if isinstance(wanted[name], bool) and not isinstance(value, bool):
                row[name] = bool(value)
    assert differences(expected, found) == []


def test_dates_of_parquet_are_objects_until_they_are_cast(dist: Path) -> None:
    meetings = pd.read_parquet(dist / "meetings.parquet")
    assert meetings["date"].dtype == object
    assert isinstance(meetings["date"].iloc[0], dt.date)
    assert meetings["date"].astype("datetime64[s]").dt.year.tolist() == [2017, 2019, 2020, 2021, 2022]


def test_ids_become_numbers_in_csv_and_json_lines_unless_their_type_is_named(dist: Path) -> None:
    assert pd.read_csv(dist / "meetings.csv")["event_id"].dtype != object
    assert pd.read_json(dist / "meetings.jsonl", lines=True)["event_id"].dtype.kind in "if"
