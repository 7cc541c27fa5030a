"""The table tenures: what the reference knows of the speakers' offices."""

import datetime as dt
from pathlib import Path
from typing import Any

import builder
from builder.verify import verify_package
from tests.speakers.support import linked
from tests.support import pages
from tests.support.pages import html


def tenures(folder: Path, *sources: str) -> list[dict[str, Any]]:
    """The tenures of a package of these pages, which passes every check."""
    (folder / "pages").mkdir()
    for number, source in enumerate(sources):
        (folder / f"pages/{number}.html").write_text(source, "utf-8")
    builder.build_package([folder / "pages"], folder / "out")
    assert not [finding for check in verify_package(folder / "out") for finding in check.findings]
    return builder.open_package(folder / "out").table("tenures").to_pylist()


def test_a_speaker_has_every_tenure_of_the_reference_in_order(tmp_path: Path) -> None:
    rows = tenures(tmp_path, html(pages.said("Dmitry Medvedev", "Good evening.")))
    assert [(row["first_date"], row["last_date"], row["office"], row["country"]) for row in rows] == [
        (dt.date(2008, 5, 7), dt.date(2012, 5, 7), "President of Russia", "RUS"),
        (dt.date(2012, 5, 8), dt.date(2020, 1, 16), "Prime Minister of Russia", "RUS"),
    ]
    assert {row["speaker_id"] for row in rows} == {"dmitry-medvedev"}
    assert rows[1]["source"] == "https://en.wikipedia.org/wiki/Prime_Minister_of_Russia"


def test_whoever_is_only_mentioned_has_none(tmp_path: Path) -> None:
    said = "I spoke with [Dmitry Medvedev] yesterday."
    assert tenures(tmp_path, html(pages.said("Rudolf Elphberg", said), persons=(("Medvedev Dmitry", 37),))) == []


def test_a_namesake_whom_the_site_numbers_otherwise_has_none(tmp_path: Path) -> None:
    assert tenures(tmp_path, html(linked("Dmitry Medvedev", 999, "Medvedev Dmitry"))) == []
