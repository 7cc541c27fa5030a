"""What is noticed as odd about a page that is read."""

from pathlib import Path

import pytest

import builder
from builder.reading.oddities import oddities
from tests.support import pages

SAT, THANKED = "Rudolf Elphberg: Please, sit down.", "Rupert Hentzau: Thank you."


def noticed(text: str) -> list[str]:
    return [*oddities(pages.as_reading(text))]


@pytest.mark.parametrize(
    "slip",
    ["Rupert Hentzau; Thank you.", "Rupert Hentzau – Thank you.", "Rupert Hentzau - Thank you.", "Rupert Hentzau — Thank you.",
     "Count of Festenburg Rupert Hentzau; Thank you."],
)  # fmt: skip
def test_a_line_with_a_slip_for_its_colon_is_noticed(slip: str) -> None:
    (notice,) = noticed(pages.main(SAT, THANKED, slip))
    assert slip in notice


@pytest.mark.parametrize(
    "words",
    ["Zenda; Strelsau.", "We met Rupert Hentzau – he was late.", "Rupert Hentzau came.", "Fritz Tarlenheim; he."],
)
def test_other_lines_are_not(words: str) -> None:
    assert noticed(pages.main(SAT, THANKED, words)) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (pages.main("They met.", published="News, Transcripts"), 1),
        (pages.main("They met.", published="News"), 0),
        (pages.main(SAT), 0),
        ("Meeting with Rupert Hentzau\nMay 4, 2018\n\nThey met in the Castle.\n", 1),
        ("Message to Rupert Hentzau\nMay 4, 2018\n\nDear Count.\n", 0),
    ],
)
def test_a_transcript_of_a_meeting_without_a_turn_is_noticed(text: str, count: int) -> None:
    assert len(noticed(text)) == count


def test_a_hash_that_fits_no_file_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    page = pages.save(folder, page=pages.main(SAT)) / "page.txt"
    pages.save(folder, other=pages.main(THANKED, title="Talks"))
    lines = [f"{page.name},{'0' * 64},http://en.kremlin.ru/1", f"gone.txt,{'1' * 64},", f"other.txt,{'2' * 64},"]
    (folder / "provenance.csv").write_text("file,sha256,url\n" + "\n".join(lines) + "\n")
    report = builder.build_package([folder], tmp_path / "out")
    found = [notice for notice in report.notices if "provenance.csv" in notice]
    assert len(found) == 3
    # What was not read may be what the table speaks of.
    one = builder.build_package([page], tmp_path / "one")
    assert len([notice for notice in one.notices if "other.txt" in notice]) == 0


@pytest.mark.parametrize(
    ("words", "count"), [("It&rsquo;s raining &ndash;&nbsp;in Zenda.", 1), ("Black & White; so.", 0)]
)
def test_characters_that_a_tool_wrote_out_are_noticed(words: str, count: int) -> None:
    notices = noticed(f"Talks\nMay 4, 2018\n\nRupert Hentzau: {words}\n")
    assert len(notices) == count
    assert all("&rsquo;, &ndash;, &nbsp;" in notice for notice in notices)
