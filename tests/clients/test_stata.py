"""pandas, pyreadstat and R's haven open the Stata file."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from tests.clients.test_r import run
from tests.clients.values import as_text, differences, rows_of

FILE = "kremlin-meetings.dta"
NUMBERS = ("sequence", "is_excerpt", "word_count", "follows_gap", "start_char", "end_char")


def expected_of(dist: Path, names: list[str]) -> list[dict[str, Any]]:
    """The turns as Stata holds them, from the tables: text that is missing is empty, truths are 0 and 1."""
    meetings = {row["meeting_id"]: row for row in rows_of(dist, "meetings")}
    people = {row["speaker_id"]: row for row in rows_of(dist, "speakers")}
    states = {(row["meeting_id"], row["speaker_id"]): row for row in rows_of(dist, "participations")}
    found = []
    for turn in rows_of(dist, "utterances"):
        key = turn["meeting_id"], turn["speaker_id"]
        whole = meetings[key[0]] | people.get(key[1], {}) | {"country": states.get(key, {}).get("country")} | turn
        found.append({name: _stored(name, whole.get(name)) for name in names})
    return found


def _stored(name: str, value: Any) -> Any:
    if name in NUMBERS:
        return None if value is None else int(value)
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dt.time):
        return value.isoformat()
    return "" if value is None else value


def cleaned(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of pandas: missing numbers as null, whole numbers as such."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    for row in rows:
        for name in NUMBERS:
            row[name] = None if row[name] is None else int(row[name])
        row["date"] = pd.Timestamp(row["date"]).date()
    return rows


@pytest.mark.client("pandas")
def test_pandas(dist: Path) -> None:
    found = cleaned(pd.read_stata(dist / FILE))
    assert differences(expected_of(dist, [*found[0]]), found) == []


@pytest.mark.client("pyreadstat")
def test_pyreadstat(dist: Path) -> None:
    frame, about = pyreadstat.read_dta(dist / FILE)
    found = cleaned(frame)
    assert differences(expected_of(dist, [*found[0]]), found) == []
    assert about.column_names_to_labels["title"] == "The page's title"
    assert about.notes[1].startswith("CC-BY-4.0")


@pytest.mark.client("R, haven")
def test_haven(dist: Path) -> None:
    found = json.loads(run("haven.R", dist / FILE))
    names = pd.read_stata(dist / FILE).columns.tolist()
    completed = [{name: row.get(name) for name in names} for row in found]
    assert differences(as_text(expected_of(dist, names)), completed) == []
