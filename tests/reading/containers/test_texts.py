"""Several pages in one text are parted where each has its title and date, and else refused."""

from pathlib import Path

import pytest

from builder.reading.containers.texts import form_of_text
from tests.conftest import SEED_PAGES
from tests.reading.containers.support import about, pages_of, problem_in, words
from tests.support import pages

TALKS = "Talks with Rupert Hentzau\nMay 4, 2018\n\nRudolf Elphberg: Good morning.\n\nRupert Hentzau: Thank you.\n"
VISIT = "Visit to Hentzau\nMay 5, 2018\n\nRupert Hentzau: Welcome.\n\nRudolf Elphberg: It rains.\n"
FENCED = "---\ntitle: Talks with Rupert Hentzau\ndate: 2018-05-04\n---\n\nRudolf Elphberg: Good day.\n\n"
LETTER = "From: A B\nSent: Friday, May 04, 2018 9:12 AM\nTo: list\nSubject: FW: talks\n\nSee below.\n\n"
FORWARDED = "-----Original Message-----\nFrom: C D\nSent: Friday, May 04, 2018 9:12 AM\nSubject: Talks\n\n"
JOPLIN = (
    "---\ntitle: Talks with Rupert Hentzau\nupdated: 2022-01-02 10:11:12Z\nsomething: |\n  of\n\n  two lines\n---\n\n"
)
MAIL = "From: A B <a@zenda.example>\nSubject: {}\nDate: Fri, 4 May 2018 12:30:00 +0300\n\nRupert Hentzau: It rains.\n\n"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (f"{TALKS}\n* * *\n\n{VISIT}", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (
            f"#1\nKremlin.ru\n{TALKS}\n*****\n#2\nen.kremlin.ru\n{VISIT}",
            ["Talks with Rupert Hentzau", "Visit to Hentzau"],
        ),
        (f"{TALKS}\f{VISIT}", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (f"{TALKS}\n-----\n{VISIT}\n-----\n", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (f"{TALKS}\n==========\r\n{VISIT}", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        # What stands inside a page is none of the borders, where borders of another kind part all.
        (f"{TALKS}\f{VISIT}\n* * *\n\nRupert Hentzau: Farewell.\n", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (
            FENCED + FENCED.replace("Talks", "More talks"),
            ["Talks with Rupert Hentzau", "More talks with Rupert Hentzau"],
        ),
        # The site's own texts have a first and a last line; any page has a title and a date above its turns.
        (pages.accessible(*pages.DIALOGUE) + pages.accessible(*pages.DIALOGUE), ["Meeting with Rupert Hentzau"] * 2),
        (pages.main(*pages.DIALOGUE) + "\n" + pages.main(*pages.DIALOGUE), ["Meeting with Rupert Hentzau"] * 2),
        (f"{TALKS}\n{VISIT}", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (
            f"{TALKS}\n\n{VISIT.replace('May 5', 'They spoke of the railway to Zenda.' + chr(10) + '5 May')}",
            ["Talks with Rupert Hentzau", "Visit to Hentzau"],
        ),
        # A letter goes with the messages below it.
        (f"{LETTER}{FORWARDED}{TALKS}\n{FORWARDED}{VISIT}", ["Talks with Rupert Hentzau", "Visit to Hentzau"]),
        (MAIL.format("Talks") + MAIL.format("Visit"), ["Talks", "Visit"]),
        ("From a@b Fri May 4 2018\n" + MAIL.format("Talks") + "From a@b Fri May 4 2018\n" + MAIL.format("Visit"), None),
        (
            "---- Forwarded Message ----\n"
            + MAIL.format("Talks")
            + "---- Forwarded Message ----\n"
            + MAIL.format("Visit"),
            None,
        ),
    ],
)
def test_a_text_of_several_pages_is_parted(tmp_path: Path, text: str, titles: list[str] | None) -> None:
    (tmp_path / "all.txt").write_text(text, "utf-8", newline="")
    read = pages_of(tmp_path)
    assert [*read] == ["all.txt#1", "all.txt#2"]
    assert [about(page).title for page in read.values()] == (titles or ["Talks", "Visit"])
    assert words([*read.values()][1])[0][0].endswith(("Rupert Hentzau", "Rudolf Elphberg"))


@pytest.mark.parametrize(
    "text",
    [
        f"{TALKS}\n* * *\n\nRudolf Elphberg: And again.\n",
        f"{TALKS}\n* * *\n\nSee also\nVisit to Hentzau\nMay 5, 2018\n\nRupert Hentzau: Well.\n",
        f"{TALKS}\n* * *\n\nPresident of Ruritania Rudolf Elphberg\n: Well, on\nMay 5, 2018\nwe met.\n",
        f"{TALKS}\n* * *\n\nThis is about the year.\n\nMay 5, 2018\n",
        "Talks\n=====\n\nMay 4, 2018\n\nRupert Hentzau: Yes.\n",
        FENCED,
        f"{JOPLIN}# Talks with Rupert Hentzau\n\nMay 4, 2018\n\nRudolf Elphberg: Good day.\n",
        f"{TALKS}\nA list of days\n\nMay 5, 2018\n",
        f"{TALKS}\nThis is about the year.\n\nMay 5, 2018\n\nRupert Hentzau: Well.\n",
        f"{TALKS}\nSee also\nVisit to Hentzau\nMay 5, 2018\n\nVisit to Zenda\nMay 6, 2018\n",
        pages.main(*pages.DIALOGUE, "* * *", "Rudolf Elphberg: And again."),
        pages.accessible(*pages.DIALOGUE, "* * *", "Rudolf Elphberg: And again."),
    ],
)
def test_a_page_with_such_signs_inside_stays_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.txt").write_text(text, "utf-8")
    assert [*pages_of(tmp_path)] == ["one.txt"]


def test_texts_in_an_encoding_of_windows_are_parted_too(tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_bytes(f"{TALKS}\n-----\n{VISIT}".replace("It rains", "It’s raining").encode("cp1251"))
    assert words(pages_of(tmp_path)["all.txt#2"])[1] == ("Rudolf Elphberg", "It’s raining.")


def test_a_text_that_cannot_be_parted_is_refused_with_the_lines_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "all.txt").write_text(f"{TALKS}\n-----\n\nRupert Hentzau: I said so.\n\n-----\n{VISIT}", "utf-8")
    problem = problem_in(tmp_path)
    assert (problem.code, problem.line) == ("unreadable-container", 13)
    assert "1, 13" in problem.found


def test_seeds_are_one_page_each() -> None:
    assert [path for path in SEED_PAGES if form_of_text(str(path))] == []


def test_what_is_no_text_holds_no_several(tmp_path: Path) -> None:
    for content in (b"\xff\n---\n", b"\x00\n---\n", b"", b"\n---\n" * 20_000):
        (tmp_path / "a.txt").write_bytes(content)
        assert not form_of_text(str(tmp_path / "a.txt"))
    assert not form_of_text(str(tmp_path / "nowhere.txt"))
