"""frictionless validates the package, extracts and indexes its tables; dplib and check-datapackage read its descriptor."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import frictionless
import pytest
import sqlalchemy

from schema.tables import BY_NAME
from tests.clients.values import NAMES, Row, as_text, differences, rows_of


@pytest.mark.client("frictionless")
def test_the_descriptor_and_every_file_validate(complete_package: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(command, cwd=complete_package, capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(result.stdout)
    assert [task["errors"] for task in report["tasks"] if not task["valid"]] == []
    assert len(report["tasks"]) == len(list((complete_package / "dist").iterdir())) - 2


@pytest.mark.client("frictionless")
@pytest.mark.parametrize("form", ["", "-jsonl"])
@pytest.mark.parametrize("table", NAMES)
def test_rows_are_extracted_with_their_types(table: str, form: str, complete_package: Path) -> None:
    package = frictionless.Package(complete_package / "datapackage.json")
    found = package.get_resource(f"{table}{form}").extract()[f"{table}{form}"]
    assert differences(rows_of(complete_package / "dist", table), found) == []


def indexed(package: frictionless.Package, table: str, folder: Path) -> list[Row]:
    """The rows of a table in the SQLite database that frictionless makes of it."""
    package.get_resource(table).index(f"sqlite:///{folder}/index.db")
    with closing(sqlite3.connect(folder / "index.db")) as db:
        cursor = db.execute(f'SELECT * FROM "{table}"')
        return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


@pytest.mark.client("frictionless")
def test_a_null_in_a_column_with_a_pattern_stops_the_index(complete_package: Path, tmp_path: Path) -> None:
    """SQLite asks frictionless whether the null fits the pattern, and its function takes text alone."""
    package = frictionless.Package(complete_package / "datapackage.json")
    with pytest.raises(sqlalchemy.exc.OperationalError, match="user-defined function raised exception"):
        indexed(package, "utterances", tmp_path)


@pytest.mark.client("frictionless")
@pytest.mark.parametrize("table", NAMES)
def test_every_table_is_indexed_once_the_patterns_are_taken_off(
    table: str, complete_package: Path, tmp_path: Path
) -> None:
    package = frictionless.Package(complete_package / "datapackage.json")
    for field in package.get_resource(table).schema.fields:
        field.constraints.pop("pattern", None)
    found = indexed(package, table, tmp_path)
    lists = {column.name for column in BY_NAME[table].columns if column.is_list}
    flags = {column.name for column in BY_NAME[table].columns if column.type.table_schema["type"] == "boolean"}
    for row in found:
        row |= {name: json.loads(row[name]) for name in lists if row[name] is not None}
        row |= {name: bool(row[name]) for name in flags if row[name] is not None}
        if row.get("time"):
            row["time"] = row["time"].partition(".")[0]
    assert differences(as_text(rows_of(complete_package / "dist", table)), found) == []


@pytest.mark.client("dplib")
@pytest.mark.filterwarnings("ignore:Field name:UserWarning")  # of dplib's own models
def test_the_descriptor_gives_the_tables_and_their_columns(complete_package: Path) -> None:
    import dplib.models  # noqa: PLC0415  # warns when imported

    package = dplib.models.Package.from_path(str(complete_package / "datapackage.json"))
    tables = {resource.name: resource for resource in package.resources if resource.name in NAMES}
    for name in NAMES:
        fields = [field.name for field in tables[name].get_schema().fields]
        assert fields == list(rows_of(complete_package / "dist", name)[0])


@pytest.mark.client
@pytest.mark.skipif("CHECK_DATAPACKAGE" not in os.environ, reason="check-datapackage needs Python 3.12 or later")
def test_check_datapackage_finds_nothing_even_where_it_is_strict(complete_package: Path) -> None:
    """`CHECK_DATAPACKAGE` names the Python of an environment that has it."""
    code = (
        "import json, check_datapackage as c; "
        "print(c.check(json.load(open('datapackage.json', encoding='utf-8')), c.Config(strict=True)))"
    )
    command = [os.environ["CHECK_DATAPACKAGE"], "-c", code]
    result = subprocess.run(command, cwd=complete_package, capture_output=True, text=True, check=True, timeout=120)
    assert result.stdout == "[]\n"
