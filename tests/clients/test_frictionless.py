"""frictionless validates the package and extracts its tables; dplib reads its descriptor."""

import json
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest

from tests.clients.values import NAMES, differences, rows_of


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


@pytest.mark.client("frictionless")
def test_tables_whose_null_columns_have_no_pattern_are_indexed(complete_package: Path, tmp_path: Path) -> None:
    """SQLite's check of a pattern fails on nulls, so the other tables are not: the SQLite file is for that."""
    package = frictionless.Package(complete_package / "datapackage.json")
    names = package.get_resource("names").index(f"sqlite:///{tmp_path}/index.db")
    assert names == ["names"]


@pytest.mark.client("dplib")
@pytest.mark.filterwarnings("ignore:Field name:UserWarning")  # of dplib's own models
def test_the_descriptor_gives_the_tables_and_their_columns(complete_package: Path) -> None:
    import dplib.models  # noqa: PLC0415  # warns when imported

    package = dplib.models.Package.from_path(str(complete_package / "datapackage.json"))
    tables = {resource.name: resource for resource in package.resources if resource.name in NAMES}
    for name in NAMES:
        fields = [field.name for field in tables[name].get_schema().fields]
        assert fields == list(rows_of(complete_package / "dist", name)[0])
