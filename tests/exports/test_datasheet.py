"""The datasheet and the metadata for Zenodo, read back."""

import json
import re
from pathlib import Path

import pytest

from tests.support.exports import findings_of, replace_text


def test_the_datasheet_counts_what_the_tables_hold(exported_once: Path) -> None:
    """Of the invented pages: seven meetings and a duplicate; one of them without a turn."""
    text = (exported_once / "dist" / "datasheet.md").read_text("utf-8")
    counts = dict(re.findall(r"^\| (.+) \| ([\d,]+) \|$", text, re.MULTILINE))
    assert counts["rows of `meetings`"] == "7"
    assert counts["meetings at which nobody speaks"] == "1"
    assert counts["sources that are included"] == "7"
    assert counts["sources that are duplicates"] == "1"
    assert counts["sources that were rejected"] == "2"
    assert counts["turns of a voice that the page does not name"] == "2"
    assert "Events from 2018-05-04 to 2018-06-05." in text
    assert "{" not in text


def test_zenodo_gets_title_version_days_and_licence(exported_once: Path) -> None:
    about = json.loads((exported_once / "dist" / ".zenodo.json").read_text("utf-8"))
    package = json.loads((exported_once / "datapackage.json").read_text("utf-8"))
    assert (about["title"], about["version"]) == (package["title"], package["version"])
    assert (about["upload_type"], about["license"], about["access_right"]) == ("dataset", "cc-by-4.0", "open")
    assert about["dates"][0]["start"] == "2018-05-04"
    assert "7 meetings" in about["description"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("datasheet.md", "| rows of `meetings` | 7 |", "| rows of `meetings` | 6 |"),
        ("datasheet.md", "| words spoken |", "| words written |"),
        ("datasheet.md", "no verbatim record", "a verbatim record"),
        ("datasheet.md", "from 2018-05-04", "from 2018-05-05"),
        (".zenodo.json", '"version": "', '"version": "1'),
        (".zenodo.json", "7 meetings", "5 meetings"),
        (".zenodo.json", "cc-by-4.0", "cc-zero"),
        (".zenodo.json", '"upload_type"', '"upload_kind"'),
        (".zenodo.json", "2018-06-05", "2018-06-06"),
    ],
)
def test_a_changed_line_is_found_by_its_file(name: str, old: str, new: str, exported: Path) -> None:
    replace_text(exported / "dist" / name, old, new)
    found = findings_of("zenodo" if "zenodo" in name else "datasheet", exported)
    assert any(line.startswith(f"dist/{name}") for line in found), found


def test_a_value_of_another_type_is_found_by_its_place(exported: Path) -> None:
    replace_text(exported / "dist" / ".zenodo.json", '"cc-by-4.0"', "4")
    assert findings_of("zenodo", exported) == ['dist/.zenodo.json: license: expected "cc-by-4.0", found 4']
