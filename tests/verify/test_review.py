"""Who is in doubt: listed with what the pages say of them, for a reader to decide."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.build.pipeline import build
from builder.reading.discovery import gather
from builder.verify.review import REASONS, Doubt, review
from tests.conftest import Run
from tests.support.pages import html, person_link, said


def talk(number: int, *body: str, **facts: Any) -> str:
    return html(*body, title=f"Talks {number}", date=f"2018-05-{number:02}", number=500 + number, lead=None, **facts)


def package(folder: Path, *pages: str) -> Path:
    source = folder / "pages"
    source.mkdir()
    for number, page in enumerate(pages, start=1):
        (source / f"{number}.html").write_text(page, "utf-8")
    build(gather([source]), folder)
    return folder


def doubts(folder: Path, *pages: str) -> list[tuple[str, list[str]]]:
    found: list[Doubt] = review(package(folder, *pages))
    return [(doubt.reason, [candidate.speaker_id for candidate in doubt.candidates]) for doubt in found]


def says(name: str, number: int) -> str:
    return said(name, f"This is what I say on day {number}.")


def test_nobody_is_in_doubt_where_names_have_nothing_in_common(tmp_path: Path) -> None:
    assert doubts(tmp_path, talk(1, says("Rupert Hentzau", 1)), talk(2, says("Rudolf Elphberg", 2))) == []


@pytest.mark.parametrize(
    ("reason", "one", "other"),
    [
        ("spelling", "Sergei Hentzayev", "Sergey Hentzaev"),
        ("slip", "Rupert Hentzau", "Rupert Hentzua"),
        ("part", "Rudolf Elphberg", "Rudolf Fritz Elphberg"),
    ],
)
def test_names_of_different_pages_that_may_be_one_are_listed(tmp_path: Path, reason: str, one: str, other: str) -> None:
    ids = sorted(name.casefold().replace(" ", "-") for name in (one, other))
    pages = talk(1, says(f"Mayor of Zenda {one}", 1)), talk(2, says(f"Count of Strelsau {other}", 2))
    assert doubts(tmp_path, *pages) == [(reason, ids)]


def test_namesakes_are_listed_with_the_labels_that_are_neithers(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        talk(1, says("Rupert Hentzau", 1), persons=[("Hentzau Rupert", 77)]),
        talk(2, says("Rupert Hentzau", 2), persons=[("Hentzau Rupert", 78)]),
        talk(3, says("Rupert Hentzau", 3)),
    )
    assert found == [("namesakes", ["rupert-hentzau", "rupert-hentzau--77", "rupert-hentzau--78"])]


def test_a_family_name_alone_is_listed_with_all_who_bear_it(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        talk(1, says("Hentzau", 1), says("Fritz Sapt", 1)),
        talk(2, says("Rupert Hentzau", 2)),
        talk(3, says("Michael Hentzau", 3)),
    )
    assert found == [("family_name", ["hentzau--2018-05-01-talks-1", "michael-hentzau", "rupert-hentzau"])]


def test_another_given_name_on_a_page_is_listed_where_it_speaks_there_alone(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        talk(1, says("Mayor Vitaly Hentzau", 1), says("Vladimir Hentzau", 1)),
        talk(2, says("Mayor Rudolf Elphberg", 2), says("Count Fritz Elphberg", 2)),
    )
    assert found == [("given_name", ["vitaly-hentzau", "vladimir-hentzau"])]


def test_one_name_that_speaks_for_two_states_is_listed(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        talk(1, says("President of Serbia Rupert Hentzau", 1)),
        talk(2, says("Prime Minister of Armenia Rupert Hentzau", 2)),
    )
    assert found == [("states", ["rupert-hentzau"])]


def test_one_name_with_offices_that_have_nothing_in_common_is_listed(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        talk(1, says("Mayor of Zenda Rupert Hentzau", 1), says("Governor of Zenda Fritz Sapt", 1)),
        talk(2, says("Roscosmos cosmonaut Rupert Hentzau", 2), says("Acting Governor of Zenda Fritz Sapt", 2)),
    )
    assert found == [("offices", ["rupert-hentzau"])]


def test_a_candidate_comes_with_its_names_offices_and_pages(tmp_path: Path) -> None:
    link = person_link("Sergei Hentzayev", 77, "Hentzayev Sergei")
    (doubt,) = review(
        package(
            tmp_path,
            talk(1, f"<p><b>President of Serbia {link}:</b> Good day.</p>"),
            talk(2, says("Mayor Sergey Hentzaev", 2)),
        )
    )
    linked, other = doubt.candidates
    assert (linked.site_person_id, linked.countries, linked.meeting_count) == ("77", ("SRB",), 1)
    assert linked.forms == ("Sergei Hentzayev (link, 1)",)
    assert linked.offices == ("President of Serbia (2018-05-01 to 2018-05-01)",)
    assert linked.meetings == ("http://en.kremlin.ru/events/president/news/501",)
    assert (other.site_person_id, other.offices) == (None, ("Mayor (2018-05-02 to 2018-05-02)",))


@pytest.mark.slow
def test_the_command_lists_every_reason_and_writes_json(tmp_path: Path, builder: Run) -> None:
    folder = package(tmp_path, talk(1, says("Mayor Sergei Hentzayev", 1)), talk(2, says("Count Sergey Hentzaev", 2)))
    result = builder("review", folder, "--jsonl", tmp_path / "doubts.jsonl")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert [line.split()[1].rstrip(":") for line in lines if line[:5].strip().isdigit()] == list(REASONS)
    assert any(line.startswith("       - sergei-hentzayev: Sergei Hentzayev") for line in lines)
    (row,) = map(json.loads, (tmp_path / "doubts.jsonl").read_text("utf-8").splitlines())
    assert row["reason"] == "spelling"
    assert [candidate["speaker_id"] for candidate in row["candidates"]] == ["sergei-hentzayev", "sergey-hentzaev"]


def test_the_seeds_hold_nobody_in_doubt(seed_package: Path) -> None:
    assert review(seed_package) == []


@pytest.mark.slow
def test_a_folder_without_a_package_is_a_wrong_command(tmp_path: Path, builder: Run) -> None:
    result = builder("review", tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{tmp_path}: ")
