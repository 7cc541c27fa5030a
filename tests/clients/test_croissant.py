"""mlcroissant validates `croissant.json` and loads the rows that it describes."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlcroissant
import pandas as pd
import pytest

import builder
from tests.clients.values import NAMES, differences, rows_of
from tests.support import pages

pytestmark = [
    pytest.mark.client("mlcroissant"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"),
]


def opened(dist: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(dist / "croissant.json"))


def rows(dataset: mlcroissant.Dataset, table: str) -> Iterator[dict[str, Any]]:
    """The records of a table: their names bear its own, text is bytes, days are moments."""
    for record in dataset.records(table):
        yield {name.removeprefix(f"{table}/"): plain(value) for name, value in record.items()}


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.date() if isinstance(value, pd.Timestamp) else value


def opened_from_page(dist: Path, folder: Path) -> mlcroissant.Dataset:
    """What the head of the page says, as a file beside the tables."""
    (linked_data,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', (dist / "index.html").read_text("utf-8"), re.DOTALL
    )
    for table in dist.glob("*.parquet"):
        shutil.copy(table, folder)
    (folder / "page.json").write_text(linked_data, "utf-8")
    return mlcroissant.Dataset(jsonld=str(folder / "page.json"))


def test_nothing_is_wrong_or_worth_a_warning(dist: Path, tmp_path: Path) -> None:
    for dataset in (opened(dist), opened_from_page(dist, tmp_path)):
        issues = dataset.metadata.ctx.issues
        assert (issues.errors, issues.warnings) == (set(), set())


def test_the_head_of_the_page_describes_the_rows(dist: Path, tmp_path: Path) -> None:
    dataset = opened_from_page(dist, tmp_path)
    assert differences(rows_of(dist, "utterances"), [*rows(dataset, "utterances")]) == []


@pytest.mark.parametrize("table", NAMES)
def test_the_records_of_a_table_are_its_rows(table: str, dist: Path) -> None:
    assert differences(rows_of(dist, table), [*rows(opened(dist), table)]) == []


def test_a_table_without_rows_has_no_records(tmp_path: Path) -> None:
    page = pages.main("A new station has opened in Zenda.", title="Railway station opened")
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="croissant")
    dataset = opened(tmp_path / "out/dist")
    assert [*rows(dataset, "utterances")] == []
    assert len([*rows(dataset, "meetings")]) == 1
