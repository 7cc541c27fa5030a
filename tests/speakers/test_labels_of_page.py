"""Labels: where the office ends and the name begins, and which labels name nobody."""

import pytest

from builder.speakers.reference import People, Person
from tests.speakers.support import SAT, assignment, ids, linked, only_speaker
from tests.support.pages import html, main, said


@pytest.mark.parametrize(
    "voice",
    [
        "Question",
        "Question (in German)",
        "Remark",
        "Audience",
        "Question from Zenda Territory",
        "Voice from the audience",
    ],
)
def test_a_voice_that_the_page_does_not_name_has_no_speaker(voice: str) -> None:
    found = assignment(main(SAT, f"{voice}: Why?", "Rudolf Elphberg: Why not?"))
    assert found.by_turn == ("rudolf-elphberg", None, "rudolf-elphberg")
    assert len(found.speakers) == 1


@pytest.mark.parametrize(
    "label",
    ["Minister of Justice", "President of Ruritania", "Zenda Steel Company", "Chairman", "BBC correspondent", "Voices",
     "Woman", "Questions", "Channel One", "Komsomolskaya Pravda", "Interfax", "Response", "Zenda Region", "Minister for bees"],
)  # fmt: skip
def test_a_label_without_a_name_has_no_speaker(label: str) -> None:
    page = html(said("Rudolf Elphberg", "Yes."), said(label, "Good day."), said("Rupert Hentzau", "No."))
    assert ids(page) == ["rudolf-elphberg", None, "rupert-hentzau"]


@pytest.mark.parametrize(
    ("label", "said_later", "speaker"),
    [
        ("Stallholders", "The stallholders came.", None),
        ("Stallholders", "Stallholders came.", "stallholders--2018-05-04-meeting-with-rupert-hentzau"),
        ("Sailors", "They came.", None),
        ("Young Man", "He came.", None),
        ("Tarlenheim", "Mr Tarlenheim came.", "tarlenheim--2018-05-04-meeting-with-rupert-hentzau"),
        ("Hentzau", "A hentzau is a sword.", "rupert-hentzau"),
        ("Will Power", "The will has power.", "will-power"),
        ("Lt. Gen. Fritz Tarlenheim", "He came.", "fritz-tarlenheim"),
        ("Prof. Fritz Tarlenheim", "He came.", "fritz-tarlenheim"),
        ("Mr Hentzau", "He came.", "rupert-hentzau"),
        ("Minister of Culture (Flavia Elphberg)", "She came.", "flavia-elphberg"),
    ],
)
def test_a_label_in_bold_is_a_person_unless_its_words_are_for_persons_in_general(
    label: str, said_later: str, speaker: str | None
) -> None:
    page = html(said(label, "Good day."), said("Rudolf Elphberg", said_later), said("Rupert Hentzau", "No."))
    assert ids(page) == [speaker, "rudolf-elphberg", "rupert-hentzau"]


def test_a_later_label_without_office_shows_where_the_office_ends() -> None:
    found = assignment(main("Director of Zenda Mills Black Michael Sapt: Good day.", "Black Michael Sapt: Good day."))
    assert found.by_turn == ("black-michael-sapt", "black-michael-sapt")
    assert found.speakers[0].role == "Director of Zenda Mills"


def test_a_person_tag_shows_where_the_office_ends() -> None:
    speaker = only_speaker(main("CEO of Zenda Steel Group Rupert Hentzau: Yes.", persons=("Hentzau Rupert",)))
    assert (speaker.name, speaker.role) == ("Rupert Hentzau", "CEO of Zenda Steel Group")


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Director of Black Michael Rupert Sapt", "Michael Rupert Sapt", "Director of Black"),
        ("Prime MinisterGeorgia Michaela Sapt", "Georgia Michaela Sapt", "Prime Minister"),
    ],
)
def test_a_full_name_that_is_known_shows_where_the_office_ends(label: str, name: str, role: str) -> None:
    family, *given = name.split()[::-1]
    known = People(person=(Person(speaker_id="sapt", name=name, source="a test"),))
    tag = " ".join([family, *given[::-1]])
    for (speaker,) in (
        assignment(main(f"{label}: Yes."), known).speakers,
        assignment(main(f"{label}: Yes.", persons=(tag,))).speakers,
    ):
        assert (speaker.name, speaker.role) == (name, role)


def test_an_office_in_capitals_is_no_part_of_the_name() -> None:
    speaker = only_speaker(main("GOVERNOR OF CALIFORNIA RUDOLF ELPHBERG: Sit down."))
    assert (speaker.speaker_id, speaker.role) == ("rudolf-elphberg", "GOVERNOR OF CALIFORNIA")


def test_an_office_run_together_with_the_name_is_parted() -> None:
    (speaker,) = assignment(main("Prime MinisterRupert Hentzau: Yes.")).speakers
    assert (speaker.speaker_id, speaker.role) == ("rupert-hentzau", "Prime Minister")


def test_a_linked_label_is_the_linked_persons_whatever_its_words() -> None:
    page = html(linked("the Chairman of Zenda", 77, "Hentzau Rupert"), said("Fritz Sapt", "Yes."))
    assert [speaker.site_person_id for speaker in assignment(page).speakers] == ["77", None]


def test_a_label_that_is_linked_once_is_linked_wherever_it_stands() -> None:
    page = html(linked("Hentzau", 77, "Hentzau Rupert"), said("Fritz Hentzau", "Yes."), said("Hentzau", "No."))
    assert ids(page) == ["rupert-hentzau", "fritz-hentzau", "rupert-hentzau"]


def test_a_label_that_is_linked_to_two_persons_is_neithers_where_it_is_not_linked() -> None:
    one, other = linked("Rupert Hentzau", 77, "Hentzau Rupert"), linked("Rupert Hentzau", 78, "Hentzau Rupert")
    assert ids(html(one, other)) == ["rupert-hentzau--77", "rupert-hentzau--78"]
    assert ids(html(one, other, said("Rupert Hentzau", "No."))) == [
        "rupert-hentzau--77",
        "rupert-hentzau--78",
        "rupert-hentzau",
    ]


@pytest.mark.parametrize(
    ("label", "other", "title", "name", "role"),
    [
        ("Zavlab Anna Belova", "Anna Belova", "Talks", "Anna Belova", "Zavlab"),
        ("Barista Zulfugar Hentzau", "Zulfugar Hentzau", "Talks", "Zulfugar Hentzau", "Barista"),
        ("Reeshemah Flavia Ball", "Ball", "Talks", "Reeshemah Flavia Ball", None),
        ("Jean Rupert Hentzau", "Rupert Hentzau", "Talks", "Jean Rupert Hentzau", None),
        ("Head of Zenda Zulfugar Elph Hentzau", "Anna Sapt", "Meeting with Zulfugar Elph Hentzau", "Zulfugar Elph Hentzau",
         "Head of Zenda"),
        ("Head of Zenda Rudolf Elphberg", "Anna Sapt", "Meeting with Head of Zenda Rudolf Elphberg", "Rudolf Elphberg",
         "Head of Zenda"),
        ("PresidentofZendaRudolf Elphberg", "Anna Sapt", "Meeting with President of Zenda Rudolf Elphberg",
         "Rudolf Elphberg", "President of Zenda"),
        ("Presidentof Zenda Rudolf Elphberg", "Anna Sapt", "Talks", "Rudolf Elphberg", "President of Zenda"),
        ("RudolfElphberg", "Anna Sapt", "Meeting with Rudolf Elphberg", "Rudolf Elphberg", None),
        ("RupertMcDonald", "Anna Sapt", "Talks", "RupertMcDonald", None),
    ],
)  # fmt: skip
def test_the_page_shows_elsewhere_where_the_name_begins(
    label: str, other: str, title: str, name: str, role: str | None
) -> None:
    speaker = assignment(html(said(label, "Yes."), said(other, "No."), title=title)).speakers[0]
    assert (speaker.name, speaker.role) == (name, role)


@pytest.mark.parametrize(
    ("label", "title", "name", "role"),
    [
        ("RudolfElphberg", "Meeting with Rudolf Elphberg s", "Rudolf Elphberg", None),
        ("RudolfElphberg", "Meeting: Rudolf Elphberg (left)", "Rudolf Elphberg", None),
        ("RudolfElphberg", "Rudolf Elphberg", "Rudolf Elphberg", None),
        ("RudolfElphberg", "Meeting of Rudolf Elphbergs and others", "RudolfElphberg", None),
        ("RudolfElphberg", "Meeting of aRudolf Elphberg", "RudolfElphberg", None),
        ("Director of ZendaBank Rupert Hentzau", "Talks", "Rupert Hentzau", "Director of ZendaBank"),
        ("Director of ZendaRupert Hentzau", "Talks", "Rupert Hentzau", "Director of Zenda"),
    ],
)
def test_a_label_that_lost_its_spaces_is_parted_where_the_page_has_its_words_whole(
    label: str, title: str, name: str, role: str | None
) -> None:
    page = html(said(label, "Yes."), said("Anna Sapt", "No."), title=title, lead=None)
    speaker = assignment(page).speakers[0]
    assert (speaker.name, speaker.role) == (name, role)
