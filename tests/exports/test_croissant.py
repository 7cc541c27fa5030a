"""The description for catalogues, read back."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.verify.exports.croissant import findings
from builder.verify.package_rows import Package


def croissant(package: Path) -> dict[str, Any]:
    return json.loads((package / "dist/croissant.json").read_text("utf-8"))


def record_set(about: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in about["recordSet"] if one["name"] == name)


def field(about: dict[str, Any], table: str, column: str) -> dict[str, Any]:
    return next(one for one in record_set(about, table)["field"] if one["name"] == column)


def test_it_says_what_the_dataset_is(exported_once: Path) -> None:
    about, package = croissant(exported_once), json.loads((exported_once / "datapackage.json").read_text("utf-8"))
    assert about["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert (about["name"], about["version"], about["identifier"]) == (
        package["title"],
        package["version"],
        package["id"],
    )
    assert about["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert about["temporalCoverage"] == "2018-05-04/2018-06-05"


def test_each_table_is_a_file_of_the_type_that_mlcroissant_loads(exported_once: Path) -> None:
    files = {file["@id"]: file for file in croissant(exported_once)["distribution"]}
    content = (exported_once / "dist/tenures.parquet").read_bytes()
    assert len(files) == 10
    assert files["tenures.parquet"]["encodingFormat"] == "application/x-parquet"
    assert files["tenures.parquet"]["contentUrl"] == "tenures.parquet"
    assert files["tenures.parquet"]["contentSize"] == f"{len(content)} B"
    assert files["tenures.parquet"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_columns_have_types_lists_and_references(exported_once: Path) -> None:
    about = croissant(exported_once)
    topics = field(about, "meetings", "topics")
    assert (topics["dataType"], topics["isArray"], topics["arrayShape"]) == ("sc:Text", True, "-1")
    assert field(about, "meetings", "date")["dataType"] == "sc:Date"
    assert "isArray" not in field(about, "meetings", "title")
    assert field(about, "offices", "last_meeting_id")["references"] == {"field": {"@id": "meetings/meeting_id"}}
    assert record_set(about, "meetings")["key"] == {"@id": "meetings/meeting_id"}
    assert record_set(about, "names")["key"] == [
        {"@id": "names/speaker_id"},
        {"@id": "names/form"},
        {"@id": "names/evidence"},
    ]


CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda about: about.update(name="Other meetings"),
    lambda about: about.update(url="http://example.org"),
    lambda about: about.pop("citeAs"),
    lambda about: about["@context"].update(column="cr:columns"),
    lambda about: about["distribution"][3].update(sha256="0" * 64),
    lambda about: about["distribution"].pop(),
    lambda about: about["recordSet"][0].update(description="Something else."),
    lambda about: about["recordSet"].reverse(),
    lambda about: field(about, "meetings", "topics").pop("isArray"),
    lambda about: field(about, "meetings", "topics").update(isArray=1),
    lambda about: field(about, "meetings", "date").update(dataType="sc:Text"),
    lambda about: field(about, "utterances", "text")["source"]["extract"].update(column="label"),
    lambda about: field(about, "utterances", "speaker_id").pop("references"),
    lambda about: record_set(about, "segments")["field"].append({"name": "more"}),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_changed_entry_is_found(number: int, exported_once: Path, tmp_path: Path) -> None:
    about = croissant(exported_once)
    CHANGES[number](about)
    changed = tmp_path / "croissant.json"
    changed.write_text(json.dumps(about), "utf-8")
    found = [str(finding) for finding in findings(Package(exported_once), changed)]
    assert found
    assert all(line.startswith("dist/croissant.json: ") for line in found), found
