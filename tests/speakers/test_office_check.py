"""Offices of the reference: what a page prints that cannot be, as far as it knows, and which state is spoken for then."""

import datetime as dt
from pathlib import Path

import pytest

from builder.build import read_stage
from builder.build.context import BuildContext
from builder.build.pipeline import build
from builder.lexicon.office_states import russian_offices
from builder.reading.discovery import gather
from builder.speakers.office_check import office_doubts, slip_notices
from builder.speakers.reference import People, Person, Tenure, load_people, read_people
from builder.speakers.resolution import resolve
from tests.support.pages import as_reading, html, said, save

RUDOLF = Person(speaker_id="rudolf-elphberg", name="Rudolf Elphberg", country="SRB", source="a test")
RUPERT = Person(speaker_id="rupert-hentzau", name="Rupert Hentzau", source="a test")


def tenure(
    speaker_id: str, first: str, last: str | None, office: str = "President of Serbia", country: str = "SRB"
) -> Tenure:
    return Tenure(
        speaker_id=speaker_id,
        office=office,
        country=country,
        first=dt.date.fromisoformat(first),
        last=dt.date.fromisoformat(last) if last else None,
        source="a test",
    )


PEOPLE = People(
    person=(RUDOLF, RUPERT),
    tenure=(
        tenure("rudolf-elphberg", "2000-05-07", "2008-05-07"),
        tenure("rupert-hentzau", "2008-05-07", "2012-05-07"),
        tenure("rupert-hentzau", "2012-05-08", None, "Prime Minister of Armenia", "ARM"),
        tenure("rupert-hentzau", "2020-01-01", None, "Chairman of Zenda Works", "ARM"),
    ),
)


def doubts(*labels: str, date: str) -> list[str]:
    body = "".join(said(label, "Good day.") for label in labels)
    transcript = as_reading(html(body, date=date, lead=None, title="Talks"), "page.html")
    return list(office_doubts(resolve(transcript, PEOPLE), dt.date.fromisoformat(date), PEOPLE))


@pytest.mark.parametrize(
    ("label", "date"),
    [
        ("President of Serbia Rudolf Elphberg", "2004-01-01"),
        ("President of the Republic of Serbia Rudolf Elphberg", "2004-01-01"),
        ("President of Serbia Rudolf Elphberg", "2008-05-07"),
        ("President of Serbia Rupert Hentzau", "2008-05-07"),
        ("first President of Serbia Rudolf Elphberg", "2020-01-01"),
        ("Former President of Serbia Rudolf Elphberg", "2020-01-01"),
        ("Chairman of Zenda Steel Rudolf Elphberg", "2020-01-01"),
        ("President of Belarus Rudolf Elphberg", "2020-01-01"),
        ("Rudolf Elphberg", "2020-01-01"),
        ("President of Serbia Fritz Sapt", "2020-01-01"),
        ("President of Vojvodina Fritz Sapt", "2010-01-01"),
        ("President of the Football Union of Serbia Fritz Sapt", "2010-01-01"),
        ("Serbian Football Union President Fritz Sapt", "2010-01-01"),
    ],
)
def test_what_the_reference_does_not_gainsay_is_no_doubt(label: str, date: str) -> None:
    assert doubts(label, date=date) == []


def test_an_office_that_another_holds_on_that_day_is_a_doubt() -> None:
    assert doubts("President of Serbia Rudolf Elphberg", date="2010-01-01") == [
        "President of Serbia Rudolf Elphberg: on 2010-01-01 the reference knows rupert-hentzau in this office"
    ]
    assert doubts("President of the Republic of Serbia Fritz Sapt", date="2010-01-01") == [
        "President of the Republic of Serbia Fritz Sapt: on 2010-01-01 the reference knows rupert-hentzau in this office"
    ]


def test_an_office_is_compared_as_a_whole_also_under_an_adjective() -> None:
    (doubt,) = doubts("Serbian President Fritz Sapt", date="2010-01-01")
    assert doubt.endswith("the reference knows rupert-hentzau in this office")


def slips(*labels: str, lead: str | None = None, slides: tuple[str, ...] = ()) -> tuple[list[str | None], list[str]]:
    body = "".join(said(label, "Good day.") for label in labels)
    page = html(body, lead=lead, slides=slides, title="Meeting with Rupert Hentzau")
    found = resolve(as_reading(page, "page.html"), People())
    return [*found.by_turn], list(slip_notices(found))


def test_a_slip_in_one_label_is_told() -> None:
    told = ["Rupert Hetnzau: taken for Rupert Hentzau, from whom it differs by one typing error"]
    assert slips("Rupert Hentzau", "Rupert Hetnzau", "Rupert Hentzau") == (["rupert-hentzau"] * 3, told)
    assert slips("Rupert Hentzau", "Ruprecht Sapt") == (["rupert-hentzau", "ruprecht-sapt"], [])


def test_a_slip_in_the_name_of_the_title_is_the_labels_where_the_page_prints_the_titles_elsewhere() -> None:
    lead = "Rudolf Elphberg met with Rupert Hentzau."
    assert slips("Rupert Hetnzau", "Anna Sapt", lead=lead)[0] == ["rupert-hentzau", "anna-sapt"]
    assert slips("Rupert Hetnzau", "Anna Sapt")[0] == ["rupert-hetnzau", "anna-sapt"]
    assert slips("Rupert Hetnzau", "Anna Sapt", lead=f"{lead} Rupert Hetnzau spoke.")[0][0] == "rupert-hetnzau"


def test_an_office_that_is_no_longer_or_not_yet_theirs_is_a_doubt() -> None:
    assert doubts("President of Serbia Rudolf Elphberg", date="1999-01-01") == [
        "President of Serbia Rudolf Elphberg: the reference does not know them in this office on 1999-01-01"
    ]


def test_two_who_hold_an_office_on_the_day_of_the_change_are_named_in_order() -> None:
    assert doubts("President of Serbia Fritz Sapt", date="2008-05-07") == [
        "President of Serbia Fritz Sapt: on 2008-05-07 the reference knows rudolf-elphberg, rupert-hentzau in this office"
    ]


def test_every_speaker_s_office_is_looked_up() -> None:
    labels = (
        "Flavia Tarlenheim",
        "Chairman of Zenda Steel Anton Detchard",
        "Prime Minister of Armenia Rupert Hentzau",
        "President of Belarus Michael Strelsau",
        "President of Serbia Fritz Sapt",
        "Prime Minister of Armenia Rudolf Elphberg",
    )
    assert doubts(*labels, date="2013-01-01") == [
        "Prime Minister of Armenia Rudolf Elphberg: on 2013-01-01 the reference knows rupert-hentzau in this office"
    ]


def test_the_build_reports_it_with_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_stage, "context_of", lambda spool: BuildContext(people=PEOPLE))
    page = html(said("President of Serbia Rudolf Elphberg", "Good day."), date="2010-01-01")
    report = build(gather([save(tmp_path / "in", talks=page)]), tmp_path / "out")
    assert report.notices == [
        "talks.txt: President of Serbia Rudolf Elphberg: on 2010-01-01 the reference knows rupert-hentzau in this office"
    ]


@pytest.mark.parametrize(("date", "country"), [("2010-01-01", "SRB"), ("2013-01-01", "ARM"), ("1999-01-01", None)])
def test_without_an_office_the_reference_says_for_which_state_they_speak_that_day(
    date: str, country: str | None
) -> None:
    page = html(said("Rupert Hentzau", "Good day."), date=date, lead=None, title="Talks")
    (speaker,) = resolve(as_reading(page, "page.html"), PEOPLE).speakers
    assert speaker.country == country


LINE = """
[[tenure]]
speaker_id = "rupert-hentzau"
office = "President of Serbia"
country = "SRB"
first = 2008-05-07
last = 2012-05-07
source = "a test"
"""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (LINE.replace("rupert", "fritz"), "fritz-hentzau"),
        (LINE.replace("last = 2012", "last = 2002"), "before it begins"),
        (LINE + LINE, "begins twice"),
        (LINE.replace("SRB", "XYZ"), "XYZ"),
        (LINE.replace('source = "a test"', ""), "source"),
        (LINE.replace("2008-05-07", '"soon"'), "first"),
        (LINE + 'height = "tall"\n', "height"),
    ],
)
def test_what_is_wrong_with_a_line_of_the_offices_is_named(text: str, named: str, tmp_path: Path) -> None:
    people = tmp_path / "people.toml"
    people.write_text(
        '[[person]]\nspeaker_id = "rupert-hentzau"\nname = "Rupert Hentzau"\nsource = "a test"\n', "utf-8"
    )
    (tmp_path / "offices.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"offices\.toml") as caught:
        read_people(people)
    assert named in str(caught.value)


def test_the_projects_own_offices_do_not_overlap() -> None:
    tenures = load_people().tenure
    assert tenures
    for one in tenures:
        for other in tenures:
            if one is not other and one.office == other.office and one.first <= other.first:
                assert one.last is not None
                assert one.last <= other.first


def test_the_list_of_russian_offices_has_no_line_twice() -> None:
    offices = russian_offices()
    for lines in (offices.regions, offices.bodies, offices.titles):
        assert sorted(lines) == sorted({*lines})
