"""The codebook, read back."""

import csv
from pathlib import Path

import pytest

from tests.support.exports import findings_of, replace_text


def rows(package: Path) -> list[dict[str, str]]:
    with (package / "dist" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_column_has_its_type_values_and_description(exported_once: Path) -> None:
    by_name = {(row["table"], row["column"]): row for row in rows(exported_once)}
    assert by_name["meetings", "topics"]["type"] == "array of string"
    assert by_name["meetings", "time"]["nullable"] == "true"
    assert by_name["utterances", "sequence"]["values"] == "from 1"
    assert by_name["names", "evidence"]["values"].startswith("link; tag; full_name; ")
    assert by_name["speakers", "wikidata_id"]["values"] == "matches Q[1-9][0-9]*"
    assert "link" in by_name["participations", "speaker_evidence"]["values"].split("; ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"title","string","false"', '"title","string","true"', 'nullable of meetings.title: expected "false"'),
        ('"time","time","true"', '"time","time","false"', 'nullable of meetings.time: expected "true"'),
        ('"meetings","title"', '"meetings","titel"', "codebook.csv"),
        ("matches Q[1-9][0-9]*", "matches Q[0-9]*", "codebook.csv"),
        ('"table","column"', '"table","name"', "codebook.csv"),
    ],
)
def test_a_changed_cell_is_found(old: str, new: str, says: str, exported: Path) -> None:
    replace_text(exported / "dist" / "codebook.csv", old, new)
    assert any(says in line for line in findings_of("codebook", exported))


def test_a_lost_line_is_found(exported: Path) -> None:
    path = exported / "dist" / "codebook.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert any("number of columns: expected" in line for line in findings_of("codebook", exported))
