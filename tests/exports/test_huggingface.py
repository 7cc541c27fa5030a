"""The card for Hugging Face, read back."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import builder
from builder.exports.huggingface import _size
from builder.verify.exports import huggingface
from builder.verify.package_rows import Package
from tests.support import pages
from tests.support.exports import findings, replace_text


def card(package: Path) -> tuple[dict[str, Any], str]:
    """The head and the body."""
    _, head, body = (package / "dist/README.md").read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_each_table_is_a_configuration_and_utterances_the_default(exported_once: Path) -> None:
    head, _ = card(exported_once)
    names = "meetings utterances speakers participations names offices tenures mentions sources segments"
    assert [config["config_name"] for config in head["configs"]] == names.split()
    assert [config["config_name"] for config in head["configs"] if config.get("default")] == ["utterances"]
    assert head["configs"][0]["data_files"] == [{"split": "train", "path": "meetings.parquet"}]
    assert (head["license"], head["language"], head["size_categories"]) == ("cc-by-4.0", ["en"], ["n<1K"])


def test_the_body_says_how_many_rows_there_are_and_what_each_column_means(exported_once: Path) -> None:
    _, body = card(exported_once)
    assert "holds 7 meetings from 2018-05-04 to 2018-06-05" in body
    assert "| `meetings` | 7 | One accepted source: talks," in body
    assert "| `given_name` | string, or null | The given name, where the site's list of persons" in body
    assert "{" not in body.partition("## Columns")[0]


def test_a_table_without_rows_is_no_configuration(tmp_path: Path) -> None:
    page = pages.main("A new station has opened in Zenda.", title="Railway station opened")
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="huggingface")
    head, body = card(tmp_path / "out")
    assert [config["config_name"] for config in head["configs"]] == ["meetings", "sources", "segments"]
    assert head["configs"][0]["default"] is True
    assert "`utterances` |" not in body
    assert findings(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        (0, "n<1K"),
        (999, "n<1K"),
        (1_000, "1K<n<10K"),
        (99_999, "10K<n<100K"),
        (100_000, "100K<n<1M"),
        (10_000_000, "10M<n<100M"),
    ],
)
def test_the_size_follows_the_number_of_rows(rows: int, size: str) -> None:
    assert _size(rows) == size


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("path: meetings.parquet", "path: names.parquet"),
        ("  default: true\n", ""),
        ("n<1K", "1K<n<10K"),
        ("license: cc-by-4.0", "license: mit"),
        ("license: cc-by-4.0\n", "license: cc-by-4.0\nlicence: none\n"),
        ("- config_name: mentions\n  data_files:\n  - split: train\n    path: mentions.parquet\n", ""),
        ("7 meetings", "8 meetings"),
        ("| `meetings` | 7 |", "| `meetings` | 70 |"),
        ("no verbatim record", "a verbatim record"),
        ("| `given_name` | string, or null", "| `given_name` | string"),
        ("→ speakers.", "→ meetings."),
        ("One of `meeting`,", "One of `meetings`,"),
    ],
)
def test_a_changed_line_is_found(old: str, new: str, exported_once: Path, tmp_path: Path) -> None:
    changed = Path(shutil.copy(exported_once / "dist/README.md", tmp_path))
    replace_text(changed, old, new)
    found = [str(finding) for finding in huggingface.findings(Package(exported_once), changed)]
    assert found
    assert all(line.startswith("dist/README.md: ") for line in found), found
