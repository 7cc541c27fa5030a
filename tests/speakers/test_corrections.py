"""What a reader has looked up stays so: the speakers of tests/speakers/corrections.toml, on the sample of real pages."""

import io
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

from builder.speakers.reference import load_people
from builder.speakers.resolution import resolve
from tests.conftest import PROJECT
from tests.support.pages import as_reading

CORRECTIONS: list[dict[str, Any]] = tomllib.loads((PROJECT / "tests/speakers/corrections.toml").read_text("utf-8"))[
    "correction"
]


@pytest.fixture(scope="module")
def pages(corpus: Path) -> dict[str, str]:
    wanted = {f"{correction['page']}.html" for correction in CORRECTIONS}
    found = {}
    with tarfile.open(corpus / "dev-pages.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).name
            if name in wanted and (file := archive.extractfile(member)):
                found[name.removesuffix(".html")] = io.TextIOWrapper(file, "utf-8").read()
    return found


@pytest.mark.parametrize(
    "correction", CORRECTIONS, ids=lambda correction: f"{correction['page']} {correction['label']}"
)
def test_a_correction_holds(correction: dict[str, Any], pages: dict[str, str]) -> None:
    transcript = as_reading(pages[correction["page"]], f"{correction['page']}.html")
    assignment = resolve(transcript, load_people())
    speakers = {
        who for turn, who in zip(transcript.turns, assignment.by_turn, strict=True) if turn.label == correction["label"]
    }
    assert speakers == {correction["speaker"] or None}


@pytest.mark.parametrize(
    "correction", CORRECTIONS, ids=lambda correction: f"{correction['page']} {correction['label']}"
)
def test_a_correction_names_its_source(correction: dict[str, Any]) -> None:
    assert correction.keys() == {"page", "label", "speaker", "source"}
    assert correction["source"]
