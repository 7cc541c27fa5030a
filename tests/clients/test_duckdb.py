"""DuckDB opens Parquet, JSON Lines and CSV where they lie."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schema.tables import BY_NAME
from tests.clients.values import NAMES, differences, rows_of

pytestmark = pytest.mark.client("DuckDB")


def rows(query: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize("table", NAMES)
def test_parquet(table: str, dist: Path) -> None:
    assert differences(rows_of(dist, table), rows(f"FROM '{dist}/{table}.parquet'")) == []


def types_of(table: str, *, lists_as_text: bool) -> str:
    kinds = {"integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "time": "TIME", "array": "VARCHAR[]"}
    if lists_as_text:
        kinds["array"] = "VARCHAR"
    pairs = (f"'{c.name}': '{kinds.get(c.type.table_schema['type'], 'VARCHAR')}'" for c in BY_NAME[table].columns)
    return f"{{{', '.join(pairs)}}}"


@pytest.mark.parametrize("table", NAMES)
def test_json_lines_with_the_types_of_the_columns(table: str, dist: Path) -> None:
    """Without them a column that is null throughout is JSON."""
    query = f"FROM read_json('{dist}/{table}.jsonl', columns = {types_of(table, lists_as_text=False)})"
    assert differences(rows_of(dist, table), rows(query)) == []


@pytest.mark.parametrize("table", NAMES)
def test_csv_with_the_types_of_the_columns(table: str, dist: Path) -> None:
    types = types_of(table, lists_as_text=True)
    found = rows(f"FROM read_csv('{dist}/{table}.csv', header = true, columns = {types})")
    for row in found:
        for column in BY_NAME[table].columns:
            if column.is_list and row[column.name] is not None:
                row[column.name] = json.loads(row[column.name])
    assert differences(rows_of(dist, table), found) == []
