"""Hugging Face's `datasets` opens the folder of the files, offline."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasets
import huggingface_hub
import pyarrow.parquet as pq
import pytest

import builder
from tests.clients.values import NAMES, differences, rows_of
from tests.support import pages

pytestmark = [
    pytest.mark.client("Hugging Face datasets"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]

Load = Callable[..., Any]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """`load_dataset` that may not use the network and keeps what it reads in a folder of its own."""
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    return lambda *arguments, **options: datasets.load_dataset(*arguments, cache_dir=str(tmp_path / "cache"), **options)


@pytest.mark.parametrize("table", NAMES)
def test_each_table_is_a_configuration(table: str, dist: Path, load: Load) -> None:
    found = load(str(dist), table, split="train").to_list()
    assert differences(rows_of(dist, table), found) == []


def test_utterances_are_what_is_loaded_where_no_table_is_named(dist: Path, load: Load) -> None:
    loaded = load(str(dist))
    assert [*loaded] == ["train"]
    assert differences(rows_of(dist, "utterances"), loaded["train"].to_list()) == []
    assert datasets.get_dataset_config_names(str(dist)) == [*NAMES]


def test_a_table_without_rows_is_left_out_as_it_cannot_be_read(tmp_path: Path, load: Load) -> None:
    page = pages.main("A new station has opened in Zenda.", title="Railway station opened")
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="huggingface")
    folder = tmp_path / "out/dist"
    assert pq.read_metadata(folder / "utterances.parquet").num_rows == 0
    assert differences(rows_of(folder, "meetings"), load(str(folder), split="train").to_list()) == []
    assert "utterances" not in datasets.get_dataset_config_names(str(folder))
    with pytest.raises(ValueError, match="corresponds to no data"):
        load("parquet", data_files=str(folder / "utterances.parquet"), split="train")


def test_the_hub_finds_nothing_wrong_with_the_head_of_the_card(dist: Path) -> None:
    card = huggingface_hub.DatasetCard.load(dist / "README.md")
    assert (card.data.license, card.data.language, card.data.pretty_name) == ("cc-by-4.0", ["en"], "Kremlin Meetings")
    assert [config["config_name"] for config in card.data.to_dict()["configs"]] == [*NAMES]
