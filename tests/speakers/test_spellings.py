"""Persons of different pages whose names are one name in two spellings."""

from pathlib import Path

import pytest

from builder.speakers.spellings import SpeltPerson, joined
from tests.speakers.support import linked
from tests.speakers.test_linking import day, package, speakers_of
from tests.support.pages import said

MAYOR = "Mayor of Zenda"


def person(name: str, *roles: str, number: str | None = None, known: bool = False, pages: int = 1) -> SpeltPerson:
    return SpeltPerson(name.lower().replace(" ", "-"), (name,), number, known, roles, pages)


@pytest.mark.parametrize(
    ("persons", "taken"),
    [
        # One spelling of another.
        ([person("Sergei Hentzayev", number="77"), person("Sergey Hentzaev")], {"sergey-hentzaev": "sergei-hentzayev"}),
        ([person("Sergei Hentzayev"), person("Sergey Hentzaev", pages=2)], {"sergei-hentzayev": "sergey-hentzaev"}),
        ([person("Sergei Hentzayev", MAYOR), person("Sergey Hentzaev", "Minister of Bees")], {}),
        ([person("Sergei Hentzayev", number="77"), person("Sergey Hentzaev", number="78")], {}),
        ([person("Sergei Hentzayev", number="77"), person("Sergey Hentzaev", known=True)], {}),
        # Part of another, where an office or the site shows it.
        ([person("Rudolf Elphberg", MAYOR), person("Rudolf F Elphberg", MAYOR)], {"rudolf-f-elphberg": "rudolf-elphberg"}),
        ([person("Rudolf Elphberg"), person("Rudolf Fritz Elphberg", number="7")], {"rudolf-elphberg": "rudolf-fritz-elphberg"}),
        ([person("Rudolf Elphberg"), person("Rudolf Fritz Elphberg")], {}),
        ([person("Rudolf Elphberg", MAYOR), person("Rudolf Fritz Elphberg", MAYOR), person("Rudolf Max Elphberg", MAYOR)], {}),
        # A slip, where the office is the same.
        ([person("Rupert Hentzau", MAYOR, pages=2), person("Rupert Hetnzau", MAYOR)], {"rupert-hetnzau": "rupert-hentzau"}),
        ([person("Rupert Hentzau", MAYOR), person("Rupert Hetnzau")], {}),
        ([person("Rupert Hentzau", "student"), person("Rupert Hetnzau", "student")], {}),
        # Others.
        ([person("Rupert Hentzau", MAYOR), person("Ruperta Hentzau", MAYOR), person("Fritz Sapt", MAYOR)], {}),
        ([person("Hentzau"), person("Henzau")], {}),
    ],
)  # fmt: skip
def test_two_spellings_are_one_person_where_only_one_fits(persons: list[SpeltPerson], taken: dict[str, str]) -> None:
    assert joined(persons, lambda *_: False)[0] == taken
    assert joined(persons[::-1], lambda *_: False)[0] == taken
    assert joined(persons, lambda *_: True)[0] == {}


def test_pages_that_spell_a_name_otherwise_give_one_speaker(tmp_path: Path) -> None:
    report, rows = package(
        tmp_path,
        day(1, linked("Sergei Hentzayev", 77, "Hentzayev Sergei")),
        day(2, said("Sergey Hentzaev", "Yes."), said("Fritz Sapt", "No.")),
        day(3, said("Sergey Hentzaev", "Yes."), linked("Sergei Hentzayeff", 79, "Hentzayeff Sergei")),
    )
    assert speakers_of(rows)[:3] == ["sergei-hentzayev", "sergei-hentzayev", "fritz-sapt"]
    assert "sergei-hentzayev: other pages spell the name Sergey Hentzaev" in report.notices
