"""The texts for corpus tools, read back."""

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

import builder
from tests.support import pages
from tests.support.exports import add_member, change_member, findings, findings_of, swap

TALK = "meetings/2018-05-06-talks-with-rupert-hentzau.txt"


def texts(package: Path) -> dict[str, str]:
    with ZipFile(package / "dist" / "text.zip") as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_a_file_of_a_meeting_holds_what_was_said_and_nothing_else(exported_once: Path) -> None:
    """Not the labels, `(Laughter.)` or `<…>`; the editors' insertion is there."""
    assert texts(exported_once)[TALK] == (
        "Mr Hentzau,\n\nI am glad to see you in Strelsau, and so is [Rupert Hentzau].\n\nThank you, Mr President.\n\n"
        "Please, sit down.\n\nWho?\n"
    )


def test_a_file_of_a_speaker_holds_all_their_turns_in_order(exported_once: Path) -> None:
    said = texts(exported_once)["speakers/fritz-tarlenheim.txt"]
    assert said.split("\n\n") == ["Good evening.", "So is the train.\n"]


def test_the_table_of_the_meetings_describes_each_file(exported_once: Path) -> None:
    rows = {row["file"]: row for row in csv.DictReader(io.StringIO(texts(exported_once)["metadata.csv"]))}
    assert rows.keys() == {name for name in texts(exported_once) if name.startswith("meetings/")}
    row = rows[TALK]
    assert (row["date"], row["year"], row["title"]) == ("2018-05-06", "2018", "Talks with Rupert Hentzau")
    assert row["speakers"] == "Rudolf Elphberg; Rupert Hentzau"
    assert row["turns"] == "4"


def test_a_meeting_at_which_nobody_speaks_has_no_file(exported_once: Path) -> None:
    assert [name for name in texts(exported_once) if "railway-station-opened" in name] == []


def test_the_file_of_a_meeting_with_a_long_title_can_be_unpacked(tmp_path: Path) -> None:
    page = pages.main("Rudolf Elphberg: Good morning.", title=f"Meeting {'on railways ' * 40}".strip())
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="text")
    (name,) = (name for name in texts(tmp_path / "out") if name.startswith("meetings/"))
    assert len(name.encode()) < 255
    with ZipFile(tmp_path / "out/dist/text.zip") as file:
        file.extractall(tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / name).read_text("utf-8") == "Good morning.\n"
    assert findings(tmp_path / "out") == []


def test_two_persons_of_one_name_are_two_in_the_table(tmp_path: Path) -> None:
    links = {site_id: pages.person_link("Rupert Hentzau", site_id, "Hentzau Rupert") for site_id in (119, 120)}
    page = pages.html(
        *(pages.said(link, "Good morning.") for link in links.values()),
        persons=tuple(("Hentzau Rupert", site_id) for site_id in links),
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    builder.build_package([tmp_path / "page.html"], tmp_path / "out", exports="text")
    (row,) = csv.DictReader(io.StringIO(texts(tmp_path / "out")["metadata.csv"]))
    assert row["speakers"] == "Rupert Hentzau; Rupert Hentzau"
    assert findings(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (TALK, b"sit down", b"stand up"),
        (TALK, b"\n\nWho?", b""),
        ("speakers/rupert-hentzau.txt", b"Thank you", b"Thank me"),
        ("speakers.csv", b"Rupert Hentzau", b"Rupert"),
        ("metadata.csv", b"Talks with Rupert Hentzau", b"Talks"),
        ("metadata.csv", b"2018-05-06,2018", b"2018-05-06,2019"),
        ("metadata.csv", b"\n", b"\r"),
        ("README.txt", b"paragraphs", b"pages"),
        ("README.txt", b"CC-BY-4.0", b"CC-BY-3.0"),
    ],
)
@pytest.mark.slow
def test_a_changed_text_or_row_is_found_by_its_file(member: str, old: bytes, new: bytes, exported: Path) -> None:
    change_member(exported / "dist/text.zip", member, swap(old, new))
    found = findings_of("text", exported)
    assert any(line.startswith(f"dist/text.zip/{member}") for line in found), found


@pytest.mark.parametrize("member", [TALK, "speakers/rupert-hentzau.txt", "metadata.csv", "README.txt"])
def test_a_lost_file_is_found(member: str, exported: Path) -> None:
    change_member(exported / "dist/text.zip", member, lambda content: None)
    assert any("members" in line for line in findings_of("text", exported))


def test_another_file_is_found(exported: Path) -> None:
    add_member(exported / "dist/text.zip", "speakers/nobody.txt", b"Never said.\n")
    assert any("members" in line for line in findings_of("text", exported))
