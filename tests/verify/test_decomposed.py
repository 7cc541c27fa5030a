"""Pages in decomposed letters (NFD): their values are in normal form, and their package passes its own checks."""

import unicodedata
from pathlib import Path

import pytest

from builder import build_package, verify_package
from tests.support import pages
from tests.support.commands import rows

TALK = ("Prime Minister of Ruritania Rúpert Héntzau: Good day to Zénda, [Mayor] Ḿichael.", "Héntzau (in Españól): Yés.")
PAGES = {
    "main.txt": pages.main(*TALK, title="Talks with Héntzau", place="Zénda"),
    "accessible.txt": pages.accessible(*TALK, title="Talks with Héntzau", date="May 5, 2018", place="Zénda"),
    "saved.html": pages.html(
        pages.said("Prime Minister of Ruritania Rúpert Héntzau", "Good day to Zénda, [Mayor] Ḿichael."),
        pages.said("Héntzau", "Yés."),
        title="Talks with Héntzau",
        date="2018-05-06",
        lead="In Zénda.",
    ),
}


@pytest.mark.parametrize(
    "name", ["main.txt", *(pytest.param(n, marks=pytest.mark.slow) for n in ("accessible.txt", "saved.html"))]
)
def test_a_page_in_decomposed_letters_gives_the_rows_of_one_in_composed_ones(tmp_path: Path, name: str) -> None:
    for form in ("NFC", "NFD"):
        source = tmp_path / form / "in"
        source.mkdir(parents=True)
        (source / name).write_text(unicodedata.normalize(form, PAGES[name]), "utf-8")
        build_package([source], tmp_path / form)
        assert [str(f) for check in verify_package(tmp_path / form, sources=source) for f in check.findings] == []
    offsets = {"start_char", "end_char"}
    for table in ("meetings", "utterances", "speakers", "participations"):
        composed, decomposed = (
            [{column: value for column, value in row.items() if column not in offsets} for row in rows(folder, table)]
            for folder in (tmp_path / "NFC", tmp_path / "NFD")
        )
        assert decomposed == composed
