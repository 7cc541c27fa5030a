"""npm's `datapackage` reads the tables of the descriptor, with their types."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.values import NAMES, differences, rows_of

SCRIPT = Path(__file__).parent / "node" / "read_package.js"


@pytest.fixture(scope="module")
def tables(complete_package: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, as Node.js prints them."""
    command = ["node", str(SCRIPT), "datapackage.json"]
    result = subprocess.run(
        command, cwd=complete_package, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout))


@pytest.mark.client("npm's datapackage")
@pytest.mark.parametrize("table", NAMES)
def test_every_table_is_read(table: str, tables: dict[str, list[dict[str, Any]]], dist: Path) -> None:
    """But for dates and times, which it gives as moments of the local time zone."""
    kept = [
        {name: value for name, value in row.items() if not hasattr(value, "isoformat")} for row in rows_of(dist, table)
    ]
    found = [{name: row[name] for name in wanted} for row, wanted in zip(tables[table], kept, strict=True)]
    assert differences(kept, found) == []
