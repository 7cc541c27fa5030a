"""The office of a speaker on a page, where the page prints it, and the country."""

import datetime as dt

import pytest

from builder.speakers.reference import People, Person, Tenure
from tests.speakers.support import assignment, linked, only_speaker
from tests.support.pages import html, main, said

HENTZAU = "Rupert Hentzau"


@pytest.mark.parametrize(
    ("missing", "role", "evidence"),
    [
        ((), "Prime Minister of Zenda", "label"),
        (("label",), "Governor of Zenda", "lead"),
        (("label", "lead"), "Mayor of Strelsau", "title"),
        (("label", "lead", "title"), "Ambassador of Ruritania", "heading"),
        (("label", "lead", "title", "heading"), "Colonel", "caption"),
        (("label", "lead", "title", "heading", "caption"), "former Secretary of State", "narration"),
        (("label", "lead", "title", "heading", "caption", "narration"), None, "none"),
    ],
)
def test_the_best_place_that_prints_an_office_gives_the_role(
    missing: tuple[str, ...], role: str | None, evidence: str
) -> None:
    offices = {
        "label": "Prime Minister of Zenda ",
        "lead": "Governor of Zenda ",
        "title": "Mayor of Strelsau ",
        "heading": "Ambassador of Ruritania ",
        "caption": "Colonel ",
        "narration": "the former Secretary of State ",
    }
    office = {place: "" if place in missing else printed for place, printed in offices.items()}
    speaker = only_speaker(
        main(
            "1 of 2",
            f"With {office['caption']}{HENTZAU}.",
            f"They met {office['narration']}{HENTZAU} in the hall.",
            "* * *",
            f"Beginning of conversation with {office['heading']}{HENTZAU}",
            f"{office['label']}{HENTZAU}: Thank you.",
            title=f"Meeting with {office['title']}{HENTZAU}",
            lead=f"They spoke with {office['lead']}{HENTZAU} today.",
        )
    )
    assert (speaker.role, speaker.role_evidence) == (role, evidence)


def test_of_two_labels_with_an_office_the_first_gives_the_role() -> None:
    speaker = only_speaker(main("Rupert Hentzau: Yes.", "Governor Rupert Hentzau: So.", "Mayor Rupert Hentzau: No."))
    assert (speaker.role, speaker.role_evidence) == ("Governor", "label")


def test_of_two_sentences_with_an_office_the_first_gives_the_role() -> None:
    lead = "Vladimir Putin met with Governor Rupert Hentzau.\nMayor Rupert Hentzau thanked him."
    assert only_speaker(main("Rupert Hentzau: Yes.", lead=lead)).role == "Governor"


def test_an_office_said_in_a_speech_is_no_evidence() -> None:
    rudolf, rupert = assignment(main("Rudolf Elphberg: Meet Governor Rupert Hentzau.", "Rupert Hentzau: Yes.")).speakers
    assert (rupert.role, rupert.role_evidence) == (None, "none")
    assert rudolf.role is None


def test_an_office_in_a_direction_is_the_pages_own_word() -> None:
    page = main(
        "Rudolf Elphberg: Well. (Addressing Prime Minister of Zenda Rupert Hentzau.) Please.", "Rupert Hentzau: Yes."
    )
    assert [(s.role, s.role_evidence) for s in assignment(page).speakers] == [
        (None, "none"),
        ("Prime Minister of Zenda", "narration"),
    ]


def test_the_office_on_a_card_is_no_evidence() -> None:
    (speaker,) = assignment(html(linked("Rupert Hentzau", 77, "Hentzau Rupert"), lead=None, title="Talks")).speakers
    assert (speaker.role, speaker.role_evidence) == (None, "none")


THE_ELDER = Person(
    speaker_id="hentzau-the-elder",
    name="Rupert Hentzau",
    aliases=("Ruprecht Henzau", "R. Hentzau"),
    site_person_id="77",
    country="KAZ",
    source="a test",
)


KNOWN = People(person=(THE_ELDER,))


def test_an_office_is_found_beside_any_full_form_of_the_name() -> None:
    for lead in ("They met Governor Rupert Hentzau.", "They met Governor Ruprecht Henzau."):
        (speaker,) = assignment(main("Ruprecht Henzau: Yes.", lead=lead, title="Talks"), KNOWN).speakers
        assert (speaker.role, speaker.role_evidence) == ("Governor", "lead")
    page = html(
        said("Rupert Hentzau", "Yes."), said("Hentzau", "No."), lead="They met Governor Hentzau.", title="Talks"
    )
    assert [speaker.role for speaker in assignment(page).speakers] == [None]


@pytest.mark.parametrize(
    "role",
    [
        "Minister of Culture",
        "Deputy Prime Minister",
        "First Deputy Minister of Digital Development, Bees and Mass Media",
        "Energy Minister",
        "Economic Development Minister",
        "Minister for Civil Defence, Emergencies and Natural Disaster Relief",
        "Presidential Aide",
        "Presidential Commissioner for Entrepreneurs’ Rights",
        "Presidential Commissioner for Children's Rights",
        "Zendabank CEO and Presidential Commissioner for Children's Rights",
        "Head of the Federal Customs Service",
        "Head of the Federal Service for the Oversight of Bees",
        "Federal Archive Agency Director",
        "Security Council Secretary",
        "Governor of the Central Bank",
        "Chairman of the Constitutional Court",
        "Chief of the General Staff",
    ],
)
def test_an_office_of_a_state_that_names_none_is_russias_where_the_page_names_no_other(role: str) -> None:
    assert only_speaker(main(f"{role} Rupert Hentzau: Yes.", title="Talks", lead=None)).country == "RUS"
    assert only_speaker(main(f"{role} Rupert Hentzau: Yes.", title="Russian talks", lead=None)).country == "RUS"
    for title in ("Visit to Serbia", "Russian-Turkish talks", "Talks with Serbia’s delegation"):
        assert only_speaker(main(f"{role} Rupert Hentzau: Yes.", title=title, lead=None)).country is None
    guest, host = assignment(
        main("President of Serbia Fritz Sapt: Yes.", f"{role} Rupert Hentzau: No.", title="Talks")
    ).speakers
    assert (guest.country, host.country) == ("SRB", None)


@pytest.mark.parametrize(
    "role",
    ["Prime Minister of Ruritania", "Foreign Minister of Ruritania", "Minister of Culture of Bavaria",
     "Minister of Culture of Abkhazia", "Zendabank CEO", "Chief Physician", "student of music", "former Minister of Culture",
     "Federal President", "President", "Head of the Zenda Agency", "Chairman of the Board",
     "Leader of the Ruritanian faction", "Minister’s friend Count"],
)  # fmt: skip
def test_another_office_that_names_no_state_speaks_for_none(role: str) -> None:
    assert only_speaker(main(f"{role} Rupert Hentzau: Yes.", title="Talks", lead=None)).country is None


RUPERT = Person(
    speaker_id="rupert-hentzau",
    name="Rupert Hentzau",
    given_name="Rupert",
    family_name="Hentzau",
    aliases=("Ruprecht Henzau",),
    site_person_id="77",
    country="KAZ",
    source="a test",
)


def test_the_office_names_the_state_before_the_reference_does() -> None:
    people = People(person=(RUPERT,))
    assert only_speaker(main("President of Belarus Rupert Hentzau: Yes."), people).country == "BLR"
    assert only_speaker(main("Rupert Hentzau: Yes."), people).country == "KAZ"
    assert only_speaker(main("Rupert Hentzau: Yes.")).country is None


def test_the_reference_knows_the_state_of_the_day() -> None:
    tenure = Tenure(
        speaker_id="hentzau-the-elder",
        office="Minister",
        country="SRB",
        first=dt.date(2018, 5, 1),
        last=dt.date(2018, 5, 31),
        source="a test",
    )
    known = People(person=(THE_ELDER,), tenure=(tenure,))
    assert assignment(main("Rupert Hentzau: Yes."), known).speakers[0].country == "SRB"
    assert assignment(main("Rupert Hentzau: Yes.", date="June 4, 2018"), known).speakers[0].country == "KAZ"


@pytest.mark.parametrize(("heading", "country"), [("Turkey", None), ("Ruritania", "RUS")])
def test_a_heading_that_names_another_state_s_office_leaves_the_country_of_a_minister_open(
    heading: str, country: str | None
) -> None:
    talks = f"Beginning of conversation with President of {heading} Fritz Sapt"
    assert only_speaker(main("* * *", talks, "Minister of Culture Rupert Hentzau: Yes.")).country == country
