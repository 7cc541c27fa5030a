"""polars opens Parquet, JSON Lines and CSV."""

import json
from pathlib import Path

import polars as pl
import pytest

from schema.tables import BY_NAME
from tests.clients.values import NAMES, as_text, differences, rows_of

pytestmark = pytest.mark.client("polars")


@pytest.mark.parametrize("table", NAMES)
def test_parquet(table: str, dist: Path) -> None:
    assert differences(rows_of(dist, table), pl.read_parquet(dist / f"{table}.parquet").to_dicts()) == []


@pytest.mark.parametrize("table", NAMES)
def test_json_lines_keep_dates_as_text(table: str, dist: Path) -> None:
    found = pl.read_ndjson(dist / f"{table}.jsonl", infer_schema_length=None).to_dicts()
    assert differences(as_text(rows_of(dist, table)), found) == []


@pytest.mark.parametrize("table", NAMES)
def test_csv_with_text_for_ids_and_lists(table: str, dist: Path) -> None:
    kinds = {"integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date, "time": pl.Time}
    columns = BY_NAME[table].columns
    types = {c.name: kinds.get(c.type.table_schema["type"], pl.String) for c in columns}
    found = pl.read_csv(dist / f"{table}.csv", schema=types).to_dicts()
    for row in found:
        for column in columns:
            if column.is_list and row[column.name] is not None:
                row[column.name] = json.loads(row[column.name])
    assert differences(rows_of(dist, table), found) == []


def test_one_pattern_for_all_tables_fails(dist: Path) -> None:
    with pytest.raises(pl.exceptions.PolarsError):
        pl.read_parquet(dist / "*.parquet")
