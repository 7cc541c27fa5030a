"""One person, one id; two persons, two ids: on a page by what it shows, between pages by the site's number or the full name."""

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.build.page_index import Ledger, PageEntry
from builder.build.pipeline import Report, build
from builder.lexicon.site_names import fits, in_speech, is_listed_as, orders
from builder.reading.discovery import gather
from builder.speakers.linking import Identities, NumberedName
from builder.speakers.linking import identities as identities_of
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker, PrintedName, SpeakerAssignment
from builder.speakers.reference import People, Person, Tenure
from builder.speakers.resolution import resolve
from builder.verify import verify_package
from schema.ids import slug
from tests.support.pages import as_reading, html, main, person_link, said

NOBODY = People()


def identities(names: Iterable[tuple[str, str, bool, bool]]) -> Identities:
    return identities_of(NumberedName(*name) for name in names)


def assignment(page: str, people: People = NOBODY) -> SpeakerAssignment:
    return resolve(as_reading(page, "page.html" if page.startswith("<") else "page.txt"), people)


def ids(page: str, people: People = NOBODY) -> list[str | None]:
    return [*assignment(page, people).by_turn]


# ---------------------------------------------------------------------------------------------------------------------
# The site's list of persons


@pytest.mark.parametrize(
    ("listed", "label", "name", "given_name", "family_name"),
    [
        ("Hentzau Rupert", "Rupert Hentzau", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hentzau Rupert", "Hentzau", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hentzau Rupert", "Rupert Hentzow", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hen Zau-rup", "Hen Zau-rup", "Hen Zau-rup", "Zau-rup", "Hen"),
        ("Von Elphe Flavia", "Flavia Von Elphe", "Flavia Von Elphe", "Flavia", "Von Elphe"),
        ("Elphberg Rudolf Fritz", "Rudolf Fritz Elphberg", "Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg"),
        ("Elphberg Rudolf Fritz", "Rudolf Elphberg", "Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg"),
        ("el-Elphi Abdul Rudolf", "Abdul Rudolf el-Elphi", "Abdul Rudolf el-Elphi", "Abdul Rudolf", "el-Elphi"),
        ("Rudolf", "Rudolf", "Rudolf", None, None),
    ],
)
def test_a_label_shows_the_order_of_a_listed_name(
    listed: str, label: str, name: str, given_name: str | None, family_name: str | None
) -> None:
    found = in_speech(listed, [label])
    assert found is not None
    assert (found.name, found.given_name, found.family_name) == (name, given_name, family_name)


@pytest.mark.parametrize(
    ("listed", "label"),
    [
        ("Elphberg Rudolf Fritz", "Elphberg"),
        ("Elphberg Rudolf Fritz", "Rupert Hentzau"),
        ("Rudolf V King of Ruritania", "King Rudolf V"),
        ("Rudolf V King of Ruritania", "Rudolf V"),
    ],
)
def test_a_listed_name_of_many_words_is_not_parted_by_a_guess(listed: str, label: str) -> None:
    assert in_speech(listed, [label]) is None


def test_a_name_with_its_title_is_listed_with_more_words_than_are_spoken() -> None:
    assert is_listed_as("Rudolf V King of Ruritania", "King Rudolf V")
    assert not is_listed_as("Rudolf V King of Ruritania", "Rudolf")
    assert not is_listed_as("Hentzau Rupert", "Hentzau")


def test_a_listed_name_fits_a_label_with_which_it_shares_a_word() -> None:
    assert fits("Hentzau Rupert", "Mr Hentzau")
    assert fits("Hentzaev Sergei", "Sergey Hentzayev")
    assert not fits("Hentzau Rupert", "Rudolf Elphberg")


@given(
    st.lists(st.sampled_from(["Rupert", "Hentzau", "von", "der", "Elphe", "Moon", "Zen-da"]), min_size=1, max_size=4)
)
def test_every_order_of_a_listed_name_has_its_words(words: list[str]) -> None:
    for order in orders(" ".join(words)):
        assert sorted(order.split()) == sorted(words)


# ---------------------------------------------------------------------------------------------------------------------
# Links and tags


def linked(label: str, number: int, card: str, office: str = "") -> str:
    return f"<p><b>{office}{person_link(label, number, card)}:</b> Good day from {label}, whose number is {number}.</p>"


def test_a_linked_speaker_is_named_as_the_site_lists_them() -> None:
    (speaker,) = assignment(html(linked("Rupert Hentzow", 77, "Hentzau Rupert"))).speakers
    assert (speaker.speaker_id, speaker.name, speaker.site_person_id) == ("rupert-hentzau", "Rupert Hentzau", "77")
    assert (speaker.given_name, speaker.family_name) == ("Rupert", "Hentzau")
    assert speaker.speaker_evidence == "link"
    assert speaker.forms == ("Rupert Hentzow",)


def test_the_office_on_a_card_is_no_evidence() -> None:
    (speaker,) = assignment(html(linked("Rupert Hentzau", 77, "Hentzau Rupert"), lead=None, title="Talks")).speakers
    assert (speaker.role, speaker.role_evidence) == (None, "none")


def test_a_card_that_names_another_gives_no_name() -> None:
    (speaker,) = assignment(html(linked("Rupert Hentzau", 77, "Elphberg Rudolf"))).speakers
    assert (speaker.speaker_id, speaker.name, speaker.site_person_id) == ("rupert-hentzau", "Rupert Hentzau", "77")
    assert (speaker.given_name, speaker.family_name) == (None, None)


def test_a_card_is_read_where_saving_rewrote_its_links() -> None:
    page = html(linked("Rupert Hentzow", 77, "Hentzau Rupert")).replace(
        'data-href="/catalog/persons/77/events"', 'data-href="../../catalog/persons/77.html"'
    )
    assert ids(page) == ["rupert-hentzau"]
    page = page.replace(' data-href="../../catalog/persons/77.html"', "")
    assert ids(page) == ["rupert-hentzau"]


def test_short_labels_join_the_linked_one() -> None:
    page = html(
        linked("Rupert Hentzau", 77, "Hentzau Rupert", "Prime Minister of Ruritania "),
        said("Rudolf Elphberg", "Good day."),
        said("Rupert Hentzau", "Yes."),
        said("Hentzau", "No."),
    )
    assert ids(page) == ["rupert-hentzau", "rudolf-elphberg", "rupert-hentzau", "rupert-hentzau"]
    assert [s.role for s in assignment(page).speakers] == ["Prime Minister of Ruritania", None]


def test_a_tag_with_a_number_is_evidence_for_the_full_name() -> None:
    page = html(said("Rupert Hentzau", "Good day."), persons=[("Hentzau Rupert", 77)])
    (speaker,) = assignment(page).speakers
    assert (speaker.site_person_id, speaker.speaker_evidence) == ("77", "tag")
    assert speaker.forms == ("Rupert Hentzau", "Hentzau Rupert")


def test_a_name_spoken_as_the_site_lists_it_is_its_own() -> None:
    page = html(said("President of Zenda Hen Zaurup", "Good day."), persons=[("Hen Zaurup", 77)])
    (speaker,) = assignment(page).speakers
    assert (speaker.speaker_id, speaker.name) == ("hen-zaurup", "Hen Zaurup")
    assert (speaker.given_name, speaker.family_name) == ("Zaurup", "Hen")


def test_a_family_name_that_stands_first_joins_too() -> None:
    page = html(said("President of Zenda Hen Zaurup", "Good day."), said("Hen", "Yes."), persons=[("Hen Zaurup", 77)])
    assert ids(page) == ["hen-zaurup", "hen-zaurup"]


def test_a_given_name_alone_joins_nobody() -> None:
    page = html(
        said("Rudolf", "Good day."), said("Fritz Sapt", "Yes."), persons=[("Elphberg Rudolf", 77)], title="Talks"
    )
    assert ids(page) == ["rudolf-2018-05-04-talks", "fritz-sapt"]


def test_two_linked_namesakes_of_a_page_are_two() -> None:
    page = html(
        linked("Rupert Hentzau", 77, "Hentzau Rupert", "Mayor "),
        linked("Rupert Hentzau", 78, "Hentzau Rupert", "Governor "),
        said("Rupert Hentzau", "Which?"),
    )
    found = assignment(page)
    assert found.by_turn == ("rupert-hentzau-77", "rupert-hentzau-78", "rupert-hentzau")
    assert [s.plain_id for s in found.speakers] == ["rupert-hentzau"] * 3
    assert [s.site_person_id for s in found.speakers] == ["77", "78", None]


def test_a_namesake_whom_the_site_numbers_otherwise_is_not_the_references_person() -> None:
    known = Person(
        speaker_id="rupert-hentzau", name="Rupert Hentzau", site_person_id="77", country="KAZ", source="a test"
    )
    (speaker,) = assignment(html(linked("Rupert Hentzau", 78, "Hentzau Rupert")), People(person=(known,))).speakers
    assert (speaker.person, speaker.site_person_id, speaker.country) == (None, "78", None)


def without_card(label: str, number: int, office: str = "") -> str:
    """A label with the site's link to a person, but no card that lists the name."""
    link = f'<a href="http://en.kremlin.ru/catalog/persons/{number}/events" class="person_tag read__tag">{label}</a>'
    return f"<p><b>{office}{link}:</b> Good day from {label}, whose number is {number}.</p>"


def test_a_page_without_turns_has_no_speakers() -> None:
    assert assignment(html("They met in Zenda.")) == SpeakerAssignment((), ())


def test_a_label_that_is_linked_once_is_linked_wherever_it_stands() -> None:
    page = html(linked("Hentzau", 77, "Hentzau Rupert"), said("Fritz Hentzau", "Yes."), said("Hentzau", "No."))
    assert ids(page) == ["rupert-hentzau", "fritz-hentzau", "rupert-hentzau"]


def test_a_label_that_is_linked_to_two_persons_is_neithers_where_it_is_not_linked() -> None:
    one, other = linked("Rupert Hentzau", 77, "Hentzau Rupert"), linked("Rupert Hentzau", 78, "Hentzau Rupert")
    assert ids(html(one, other)) == ["rupert-hentzau-77", "rupert-hentzau-78"]
    assert ids(html(one, other, said("Rupert Hentzau", "No."))) == [
        "rupert-hentzau-77",
        "rupert-hentzau-78",
        "rupert-hentzau",
    ]


def test_a_link_shows_who_an_earlier_label_is() -> None:
    page = html(said("Rupert Hentzau", "Yes."), without_card("Rupert Hentzau", 77, "Mayor "), said("Fritz Sapt", "No."))
    rupert, _ = assignment(page).speakers
    assert rupert.site_person_id == "77"
    assert rupert.printed == (PrintedName("Rupert Hentzau", "link"), PrintedName("Rupert Hentzau", "full_name"))


def test_a_link_without_a_card_is_a_person_of_its_own() -> None:
    page = html(
        without_card("Rupert Hentzau", 77), said("Fritz Tarlenheim", "Yes."), persons=[("Tarlenheim Fritz", 79)]
    )
    rupert, fritz = assignment(page).speakers
    assert (rupert.speaker_id, rupert.site_person_id, rupert.speaker_evidence) == ("rupert-hentzau", "77", "link")
    assert (fritz.speaker_id, fritz.site_person_id) == ("fritz-tarlenheim", "79")


def test_namesakes_without_a_link_are_one_who_takes_the_name_in_normal_case() -> None:
    page = html(
        linked("Rupert Hentzau", 77, "Hentzau Rupert", "Mayor "),
        linked("Rupert Hentzau", 78, "Hentzau Rupert", "Governor "),
        said("RUPERT HENTZAU", "Which?"),
        said("Rupert Hentzau", "Who?"),
    )
    assert [speaker.name for speaker in assignment(page).speakers] == ["Rupert Hentzau"] * 3
    assert ids(page)[2:] == ["rupert-hentzau"] * 2


def test_a_label_shows_the_order_of_a_listed_name_of_which_it_has_a_part() -> None:
    (speaker,) = assignment(html(said("Flavia Von Elphe", "Yes."), persons=[("Von Elphe Flavia Maria", 77)])).speakers
    assert (speaker.name, speaker.site_person_id) == ("Flavia Maria Von Elphe", "77")


def test_every_person_listed_is_known_once() -> None:
    page = html(
        linked("Rupert Hentzau", 77, "Hentzau Rupert"),
        said("Tarlenheim", "Yes."),
        persons=[("Hentzau Rupert", 77), ("Tarlenheim Fritz", 78)],
    )
    assert [speaker.site_person_id for speaker in assignment(page).speakers] == ["77", "78"]
    page = main("F. Tarlenheim: Yes.", "R. Hentzau: No.", persons=("Hentzau Rupert", "Tarlenheim Fritz"))
    assert ids(page) == ["fritz-tarlenheim", "rupert-hentzau"]


def test_a_link_elsewhere_on_the_page_is_evidence_for_a_label() -> None:
    met = f"They met {person_link('Mr Hentzau', 77, 'Hentzau Rupert')}."
    (speaker,) = assignment(html(met, said("Rupert Hentzau", "Yes."))).speakers
    assert (speaker.site_person_id, speaker.speaker_evidence) == ("77", "link")
    page = html(met, said("Fritz Sapt", "Yes."), said("Hentzau", "No."), persons=[("Hentzau Rupert", 77)])
    assert [speaker.site_person_id for speaker in assignment(page).speakers] == [None, "77"]


def test_a_tag_without_a_number_adds_no_evidence_to_the_full_name() -> None:
    (speaker,) = assignment(main("Rupert Hentzau: Yes.", persons=("Hentzau Rupert",))).speakers
    assert (speaker.speaker_evidence, speaker.printed) == (
        "full_name",
        (PrintedName("Rupert Hentzau", "full_name"), PrintedName("Hentzau Rupert", "site")),
    )


def test_a_tag_of_one_word_is_the_label_of_that_word() -> None:
    page = html(said("Zaurup", "Yes."), said("Fritz Sapt", "No."), persons=[("Zaurup", 77)])
    assert [(s.site_person_id, s.speaker_evidence) for s in assignment(page).speakers] == [
        ("77", "tag"),
        (None, "full_name"),
    ]
    page = html(said("Hentzauer", "Yes."), said("Fritz Sapt", "No."), persons=[("Zaurup", 77)])
    assert [speaker.site_person_id for speaker in assignment(page).speakers] == [None, None]


def test_initials_fit_a_listed_name_of_three_words_whose_first_is_the_family_name() -> None:
    page = html(said("R. Elphberg", "Yes."), said("F. Elphberg", "No."), persons=[("Elphberg Rudolf Fritz", 77)])
    assert [(s.site_person_id, s.speaker_evidence) for s in assignment(page).speakers] == [
        ("77", "spelling"),
        (None, "family_name"),
    ]


def test_initials_fit_a_listed_name_whose_order_a_label_shows() -> None:
    page = html(
        said("Rudolf Fritz Elphberg", "Yes."), said("R. Elphberg", "No."), persons=[("Elphberg Rudolf Fritz", 77)]
    )
    assert ids(page) == ["rudolf-fritz-elphberg"] * 2
    page = html(said("Rudolf Elphberg", "Yes."), said("R. Elphberg", "No."), persons=[("Elphberg Rudolf", 77)])
    assert ids(page) == ["rudolf-elphberg"] * 2


def test_initials_of_another_are_not_the_persons_whose_family_name_was_said() -> None:
    page = html(said("Rudolf Elphberg", "Yes."), said("Elphberg", "And?"), said("F. Elphberg", "No."), title="Talks")
    assert ids(page) == ["rudolf-elphberg", "rudolf-elphberg", "f-elphberg-2018-05-04-talks"]


def test_a_listed_name_that_is_not_parted_is_printed_as_labels_print_it() -> None:
    king = [("Rudolf V King of Ruritania", 77)]
    (speaker,) = assignment(html(said("KING RUDOLF V", "Yes."), said("King Rudolf V", "No."), persons=king)).speakers
    assert (speaker.speaker_id, speaker.name, speaker.site_person_id) == ("rudolf-v", "Rudolf V", "77")
    page = html(said("Elphberg", "Yes."), said("Fritz Sapt", "No."), persons=[("Elphberg Rudolf Fritz", 77)])
    assert assignment(page).speakers[0].name == "Elphberg Rudolf Fritz"


def test_whether_the_order_of_a_name_is_shown() -> None:
    (speaker,) = assignment(main("Rupert Hentzau: Yes.")).speakers
    assert speaker.is_order_shown is True
    page = html(said("Hentzau", "Yes."), said("Fritz Sapt", "No."), persons=[("Hentzau Rupert", 77)])
    hentzau, fritz = assignment(page).speakers
    assert (hentzau.is_order_shown, fritz.is_order_shown) == (False, True)


def test_a_linked_label_without_letters_has_an_id_too() -> None:
    assert ids(html(linked("Ь", 77, "Hentzau Rupert"), said("Fritz Sapt", "No.")))[0] == "unnamed"


# ---------------------------------------------------------------------------------------------------------------------
# Persons of the reference, on a page

THE_ELDER = Person(
    speaker_id="hentzau-the-elder",
    name="Rupert Hentzau",
    aliases=("Ruprecht Henzau", "R. Hentzau"),
    site_person_id="77",
    country="KAZ",
    source="a test",
)
FLAVIA = Person(speaker_id="princess-flavia", name="Flavia Elphberg", site_person_id="80", source="a test")
KNOWN = People(person=(THE_ELDER, FLAVIA))


def test_a_link_to_a_person_of_the_reference_is_theirs_whatever_the_label() -> None:
    page = html(without_card("Michael Sapt", 77), said("Fritz Tarlenheim", "Yes."), persons=[("Tarlenheim Fritz", 79)])
    assert ids(page, KNOWN) == ["hentzau-the-elder", "fritz-tarlenheim"]


def test_a_person_whom_the_reference_does_not_number_has_all_numbers_of_the_page() -> None:
    known = Person(speaker_id="hentzau-the-elder", name="Rupert Hentzau", source="a test")
    page = html(
        without_card("Rupert Hentzau", 77, "Mayor "),
        without_card("Rupert Hentzau", 78, "Governor "),
        said("Rupert Hentzau", "Who?"),
        persons=[("Tarlenheim Fritz", 79)],
    )
    assert ids(page, People(person=(known,))) == ["hentzau-the-elder"] * 3


def test_a_namesake_without_a_link_is_the_references_person_whose_id_is_that_name() -> None:
    known = Person(speaker_id="rupert-hentzau", name="Rupert Hentzau", site_person_id="77", source="a test")
    page = html(
        linked("Rupert Hentzau", 77, "Hentzau Rupert", "Mayor "),
        linked("Rupert Hentzau", 78, "Hentzau Rupert", "Governor "),
        said("Rupert Hentzau", "Who?"),
    )
    found = assignment(page, People(person=(known,)))
    assert found.by_turn == ("rupert-hentzau", "rupert-hentzau-78", "rupert-hentzau")
    assert found.speakers[0].printed == (
        PrintedName("Rupert Hentzau", "link"),
        PrintedName("Rupert Hentzau", "full_name"),
    )


def test_tags_of_persons_of_the_reference_are_theirs() -> None:
    page = main("Ruprecht Henzau: Yes.", "Flavia Elphberg: No.", persons=("Hentzau Rupert", "Elphberg Flavia"))
    rupert, flavia = assignment(page, KNOWN).speakers
    assert (rupert.person, rupert.forms) == (THE_ELDER, ("Ruprecht Henzau", "Hentzau Rupert"))
    assert (flavia.person, flavia.forms) == (FLAVIA, ("Flavia Elphberg", "Elphberg Flavia"))


def test_two_tags_of_one_person_of_the_reference_are_one() -> None:
    tags = ("Hentzau Rupert", "Henzau Ruprecht", "Tarlenheim Fritz")
    page = main("Ruprecht Henzau: Yes.", "F. Tarlenheim: No.", persons=tags)
    rupert, fritz = assignment(page, KNOWN).speakers
    assert (rupert.speaker_id, rupert.speaker_evidence) == ("hentzau-the-elder", "alias")
    assert fritz.speaker_id == "fritz-tarlenheim"


def test_a_family_name_joins_the_person_of_the_reference_whose_alias_it_ends() -> None:
    labels = "Fritz Sapt", "Rupert Hentzau", "Ruprecht Henzau", "Henzau"
    page = html(*(said(label, "Yes.") for label in labels), title="Talks", lead=None)
    assert ids(page, KNOWN) == ["fritz-sapt", *["hentzau-the-elder"] * 3]


def test_an_alias_with_initials_makes_no_second_person() -> None:
    labels = "Fritz Sapt", "Rupert Hentzau", "R. Hentzau", "Hentzau"
    page = html(*(said(label, "Yes.") for label in labels), title="Talks", lead=None)
    assert ids(page, KNOWN) == ["fritz-sapt", *["hentzau-the-elder"] * 3]


def test_an_office_is_found_beside_any_full_form_of_the_name() -> None:
    for lead in ("They met Governor Rupert Hentzau.", "They met Governor Ruprecht Henzau."):
        (speaker,) = assignment(main("Ruprecht Henzau: Yes.", lead=lead, title="Talks"), KNOWN).speakers
        assert (speaker.role, speaker.role_evidence) == ("Governor", "lead")
    page = html(
        said("Rupert Hentzau", "Yes."), said("Hentzau", "No."), lead="They met Governor Hentzau.", title="Talks"
    )
    assert [speaker.role for speaker in assignment(page).speakers] == [None]


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


# ---------------------------------------------------------------------------------------------------------------------
# Spellings, slips, parts of a name


@pytest.mark.parametrize(
    ("other", "evidence"),
    [
        ("Sergey Hentzaev", "spelling"),
        ("Sergei Hentzayve", "spelling"),
        ("Sregei Hentzayev", "spelling"),
        ("SergeiHentzayev", "spelling"),
        ("SergeiHentzayve", "spelling"),
        ("SergeiHen Tzayev", "spelling"),
        ("Hentzayve", "spelling"),
        ("S. Hentzayev", "spelling"),
        ("S.Hentzayev", "spelling"),
        ("Hentzaev", "spelling"),
        ("Hentzayev", "short_name"),
        ("Sergei Michael Hentzayev", "short_name"),
        ("SERGEI HENTZAYEV", "full_name"),
    ],
)
def test_another_spelling_joins_the_only_person_whom_it_fits(other: str, evidence: str) -> None:
    page = html(
        said("Sergei Hentzayev", "Good day."),
        said("Rudolf Elphberg", "Sit down."),
        said(other, "Thank you."),
        said("Rudolf Elphberg", "And now?"),
        said("Sergei Hentzayev", "Yes."),
    )
    found = assignment(page)
    assert [speaker.speaker_id for speaker in found.speakers] == ["sergei-hentzayev", "rudolf-elphberg"]
    assert {name.evidence for name in found.speakers[0].printed if name.form == other} == {evidence}
    assert found.speakers[0].speaker_evidence == "full_name"


def test_of_two_spellings_the_one_that_speaks_most_names_the_person() -> None:
    page = main("Sergey Hentzaev: Yes.", "Sergei Hentzayev: Good day.", "Rudolf Elphberg: So.", "Sergei Hentzayev: No.")
    assert ids(page) == ["sergei-hentzayev", "sergei-hentzayev", "rudolf-elphberg", "sergei-hentzayev"]


def test_turns_count_under_whatever_office_they_are_spoken() -> None:
    page = main(
        "Governor Sergei Hentzayev: A.",
        "Sergey Hentzaev: B.",
        "Governor Sergei Hentzayev: C.",
        "Sergey Hentzaev: D.",
        "Sergei Hentzayev: E.",
    )
    assert {*ids(page)} == {"sergei-hentzayev"}


def test_of_two_spellings_with_as_many_turns_the_one_with_an_office_names_the_person() -> None:
    assert {*ids(main("Sergey Hentzaev: A.", "Governor Sergei Hentzayev: B."))} == {"sergei-hentzayev"}


def test_a_slip_in_the_family_name_of_three_words_joins_them() -> None:
    page = html(said("Sergei Michael Hentzayev", "A."), said("Fritz Sapt", "B."), said("Hentzayve", "C."))
    assert ids(page) == ["sergei-michael-hentzayev", "fritz-sapt", "sergei-michael-hentzayev"]


def test_a_person_who_took_another_spelling_has_the_turns_of_both() -> None:
    page = main("Pyotr Hentzyov: A.", "Petr Hentzev: B.", "Pyotr Hentzyov: C.", "Petr Hentzev: D.", "Pyotr Hentzev: E.")
    assert {*ids(page)} == {"pyotr-hentzyov"}


def test_three_spellings_of_one_name_are_one_person() -> None:
    page = main(
        "Pyotr Hentzyov: A.", "Petr Hentzev: B.", "Rudolf Elphberg: So.", "Pyotr Hentzev: C.", "Pyotr Hentzyov: D."
    )
    assert {*ids(page)} == {"pyotr-hentzyov", "rudolf-elphberg"}


def test_a_spelling_joins_the_person_of_a_tag_and_takes_that_name() -> None:
    (speaker,) = assignment(html(said("Sergey Hentzaev", "Yes."), persons=[("Hentzayev Sergei", 77)])).speakers
    assert (speaker.speaker_id, speaker.site_person_id, speaker.speaker_evidence) == (
        "sergei-hentzayev",
        "77",
        "spelling",
    )


def test_a_spelling_that_fits_two_persons_joins_neither() -> None:
    page = html(said("Sergey Hentzaev", "Yes."), persons=[("Hentzayev Sergei", 77), ("Hentzaiev Sergei", 78)])
    assert ids(page) == ["sergey-hentzaev"]


def test_two_offices_keep_two_spellings_apart() -> None:
    page = main("Governor Sergei Hentzayev: Good day.", "Mayor Sergey Hentzaev: Good day.")
    assert ids(page) == ["sergei-hentzayev", "sergey-hentzaev"]


def test_one_office_in_other_words_does_not() -> None:
    page = main("Energy Minister Sergei Hentzayev: Good day.", "Minister of Energy Sergey Hentzaev: Good day.")
    assert {*ids(page)} == {"sergei-hentzayev"}


def test_two_links_keep_two_spellings_apart() -> None:
    page = html(linked("Sergei Hentzayev", 77, "Hentzayev Sergei"), linked("Sergey Hentzaev", 78, "Hentzaev Sergey"))
    assert ids(page) == ["sergei-hentzayev", "sergey-hentzaev"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ivan Petrov", "Ivan Petrova"), ("Alexander Petrov", "Alexandra Petrova"), ("Ivan Petrov", "Ivan Vetrov")],
)
def test_a_man_and_a_woman_or_two_families_are_no_slip(one: str, other: str) -> None:
    assert len({*ids(main(f"{one}: Yes.", f"{other}: No."))}) == 2


def test_an_alias_of_the_reference_joins_without_other_evidence() -> None:
    known = Person(speaker_id="rupert-hentzau", name="Rupert Hentzau", aliases=("RupertHentzau",), source="a test")
    assert ids(main("RupertHentzau: Yes."), People(person=(known,))) == ["rupert-hentzau"]


def test_an_office_run_together_with_the_name_is_parted() -> None:
    (speaker,) = assignment(main("Prime MinisterRupert Hentzau: Yes.")).speakers
    assert (speaker.speaker_id, speaker.role) == ("rupert-hentzau", "Prime Minister")


def test_a_family_name_is_completed_by_the_only_full_name_in_the_pages_own_words() -> None:
    body = said("Petrov", "Yes."), said("Fritz Sapt", "No.")
    page = html(*body, title="Meeting with Governor Ivan Petrov", lead=None)
    assert ids(page)[0] == "ivan-petrov"
    assert assignment(page).speakers[0].role == "Governor"
    page = html(*body, title="Meeting with Ivan Petrov and Pavel Petrov", lead=None)
    assert ids(page)[0] == "petrov-2018-05-04-meeting-with-ivan-petrov-and-pavel-petrov"
    page = html(*body, title="Meeting with Mr Petrov", lead=None)
    assert ids(page)[0] == "petrov-2018-05-04-meeting-with-mr-petrov"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ivan Petrov", "Ivan Petrov"),
        ("Ivan Petrov in Zenda", "Ivan Petrov"),
        ("Talks: Ivan Petrov’s visit", "Ivan Petrov"),
        ("Talks: Ivan Petrov's visit", "Ivan Petrov"),
        ("With Ivan Petrov, Governor", "Ivan Petrov"),
        ("With “Governor Ivan Petrov”", "Ivan Petrov"),
        ("With (the late Ivan Petrov).", "Ivan Petrov"),
        ("Zenda y Ivan Petrov", "Ivan Petrov"),
        ("Zenda welcomes Ivan Van Der Petrov", "Ivan Van Der Petrov"),
        ("Zenda: Ivan " + "Van " * 9 + "Petrov", "Ivan " + "Van " * 9 + "Petrov"),
        ("Zenda: Ivan " + "Van " * 10 + "Petrov", None),
        ("Talks of Ivan, Petrov and others", None),
        ("With Ivan Petrov_", None),
        ("With Ivan Petrova", None),
        ("With Ivan Petrov-Sapt", None),
        ("With Zenda Petrov", None),
        ("Petrov", None),
    ],
)
def test_the_full_name_that_a_title_prints(title: str, name: str | None) -> None:
    page = html(said("Petrov", "Yes."), said("Fritz Sapt", "No."), title=title, lead=None)
    speaker = assignment(page).speakers[0]
    assert speaker.name == (name or "Petrov")
    assert speaker.speaker_evidence == ("short_name" if name else "family_name")


def test_a_name_completed_from_the_pages_words_stays_complete() -> None:
    page = html(said("Petrov", "Yes."), said("I. Petrov", "No."), title="Meeting with Ivan Petrov", lead=None)
    (speaker,) = assignment(page).speakers
    assert (speaker.speaker_id, speaker.name) == ("ivan-petrov", "Ivan Petrov")


def test_a_family_name_in_capitals_and_in_normal_case_is_one_person() -> None:
    page = html(said("HENTZAU", "Yes."), said("Fritz Sapt", "No."), said("Hentzau", "So."), title="Talks", lead=None)
    assert ids(page) == ["hentzau-2018-05-04-talks", "fritz-sapt", "hentzau-2018-05-04-talks"]
    assert assignment(page).speakers[0].printed == (
        PrintedName("HENTZAU", "family_name"),
        PrintedName("Hentzau", "family_name"),
    )


@pytest.mark.parametrize(
    "label",
    ["Minister of Justice", "President of Ruritania", "Zenda Steel Company", "Chairman", "BBC correspondent", "Voices",
     "Woman", "Questions", "Channel One", "Komsomolskaya Pravda", "Interfax", "Response", "Zenda Region", "Minister for bees"],
)  # fmt: skip
def test_a_label_without_a_name_has_no_speaker(label: str) -> None:
    page = html(said("Rudolf Elphberg", "Yes."), said(label, "Good day."), said("Rupert Hentzau", "No."))
    assert ids(page) == ["rudolf-elphberg", None, "rupert-hentzau"]


@pytest.mark.parametrize(
    ("label", "office"),
    [
        ("King Rudolf V of Jordan", "King Rudolf V of Jordan"),
        ("King of Jordan Rudolf V", "King of Jordan"),
        ("King of Saudi Arabia Rudolf V", "King of Saudi Arabia"),
    ],
)
def test_a_sovereign_is_one_person_wherever_the_realm_stands(label: str, office: str) -> None:
    (speaker,) = assignment(main(f"{label}: Good day.", "King Rudolf V: Yes.")).speakers
    assert (speaker.speaker_id, speaker.role, speaker.country) == (
        "king-rudolf-v",
        office,
        "SAU" if "Saudi" in label else "JOR",
    )


def test_a_prelate_is_one_person_wherever_the_see_stands() -> None:
    page = html(said("Patriarch of Moscow and All Russia Michael", "Yes."), said("Patriarch Michael", "No."))
    assert ids(page) == ["patriarch-michael", "patriarch-michael"]


def test_a_linked_label_is_the_linked_persons_whatever_its_words() -> None:
    page = html(linked("the Chairman of Zenda", 77, "Hentzau Rupert"), said("Fritz Sapt", "Yes."))
    assert [speaker.site_person_id for speaker in assignment(page).speakers] == ["77", None]


# ---------------------------------------------------------------------------------------------------------------------
# Over all pages


def test_namesakes_are_told_apart_and_a_label_without_a_number_is_neithers() -> None:
    found = identities([("77", "rupert-hentzau", False, True), ("78", "rupert-hentzau", False, True)])
    assert found.of_person == {"77": "rupert-hentzau-77", "78": "rupert-hentzau-78"}
    assert found.of_name == {}
    assert found.notices == (
        "rupert-hentzau: 2 persons of the site bear this name, told apart as rupert-hentzau-77, rupert-hentzau-78",
    )


def test_a_person_under_two_names_is_one_and_so_are_the_labels_of_either_name() -> None:
    found = identities([("77", "rupert-hentzau", False, True), ("77", "ruprecht-henzau", False, True)])
    assert found.of_person == {"77": "rupert-hentzau"}
    assert found.of_name == {"ruprecht-henzau": "rupert-hentzau"}
    assert found.notices == ("rupert-hentzau: person 77 of the site, whom pages also name ruprecht-henzau",)


def test_the_references_id_and_an_order_that_a_label_shows_come_first() -> None:
    assert identities([("7", "a-b", False, True), ("7", "b-a", True, False)]).of_person == {"7": "b-a"}
    assert identities([("7", "a-b", False, False), ("7", "b-a", False, True)]).of_person == {"7": "b-a"}
    found = identities([("7", "a-b", True, True), ("8", "a-b", False, True)])
    assert found.of_person == {"7": "a-b", "8": "a-b-8"}


@given(
    st.lists(
        st.tuples(st.sampled_from("123456"), st.sampled_from(["a", "b", "c", "d"]), st.booleans(), st.booleans()),
        max_size=20,
    )
)
def test_every_person_has_one_id_and_no_two_the_same(named: list[tuple[str, str, bool, bool]]) -> None:
    # A name is the reference's of one person at most.
    owners: dict[str, str] = {}
    named = [(n, p, r and owners.setdefault(p, n) == n, o) for n, p, r, o in named]
    found = identities(named)
    assert {*found.of_person} == {number for number, *_ in named}
    assert len({*found.of_person.values()}) == len(found.of_person)
    assert found == identities(reversed(named))
    assert {*found.of_name.values()} <= {*found.of_person.values()}


def test_the_only_name_of_a_person_is_their_id_however_little_is_known_of_it() -> None:
    found = identities([("77", "rupert-hentzau", False, False)])
    assert (found.of_person, found.of_name, found.notices) == ({"77": "rupert-hentzau"}, {}, ())


def test_persons_are_named_in_the_order_of_their_numbers() -> None:
    namesakes = [(number, "rupert-hentzau", False, True) for number in ("10", "9", "101")]
    assert identities(namesakes).notices == (
        "rupert-hentzau: 3 persons of the site bear this name, told apart as rupert-hentzau-9, rupert-hentzau-10, "
        "rupert-hentzau-101",
    )
    renamed = [(number, name + number, False, True) for number in ("10", "9") for name in ("a", "c", "b")]
    assert identities(renamed).notices == (
        "a9: person 9 of the site, whom pages also name b9, c9",
        "a10: person 10 of the site, whom pages also name b10, c10",
    )


def speaking(
    name: str, number: str | None = None, person: Person | None = None, role: str | None = None
) -> PageSpeaker:
    """A speaker of a page, as the page alone knows them."""
    plain_id = person.speaker_id if person else slug(name)
    return PageSpeaker(
        speaker_id=f"{plain_id}-{number}" if number else plain_id,
        plain_id=plain_id,
        name=name,
        person=person,
        printed=(PrintedName(name, "full_name"),),
        family_name=None,
        given_name=None,
        site_person_id=number,
        is_order_shown=True,
        role=role,
        role_evidence="label" if role else "none",
        speaker_evidence="full_name",
        country=None,
    )


def spoken_of(name: str, number: str | None = None, role: str | None = None) -> Mentioned:
    """A person of whom a page speaks: each with an id of its own on the page."""
    return Mentioned(name, "-".join(filter(None, (slug(name), number, role and slug(role)))), slug(name), number, role)


def page_of(
    *persons: PageSpeaker | Mentioned, status: Literal["included", "duplicate", "rejected"] = "included"
) -> PageEntry:
    return PageEntry(
        path="",
        sha256=None,
        byte_size=None,
        media_type="text/html",
        encoding=None,
        layout=None,
        status=status,
        reason=None,
        text_length=None,
        text_sha256=None,
        speakers=tuple(person for person in persons if isinstance(person, PageSpeaker)),
        mentioned=tuple(person for person in persons if isinstance(person, Mentioned)),
        slices={"utterances": (0, 1)},
    )


def settled(*pages: PageEntry) -> tuple[list[str], list[dict[str, str]], list[dict[str, str]]]:
    """What a build of these pages gives notice of; the id of every speaker of each included one, by the id on the page; and
    whom each speaks of, where that is a speaker."""
    named = [replace(page, path=f"{number}.html", name=f"talks-{number}") for number, page in enumerate(pages, start=1)]
    with TemporaryDirectory() as folder, closing(Ledger(Path(folder))) as ledger:
        ledger.add(0, named)
        notices = ledger.settle()
        placed = [*ledger.placed()]
    included = [page for page in named if page.status == "included"]
    assert [page.name for page in included] == [place.name for place in placed]
    ids = [
        {s.speaker_id: place.speaker_ids.get(s.speaker_id, s.speaker_id) for s in page.speakers}
        for page, place in zip(included, placed, strict=True)
    ]
    return notices, ids, [dict(place.mentioned_ids) for place in placed]


def test_the_numbers_of_all_pages_decide_who_is_who() -> None:
    notices, ids, _ = settled(
        page_of(speaking("Rupert Hentzau", "77"), speaking("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "78"), speaking("Michael Elphberg", "79")),
        page_of(speaking("Rupert Hentzau"), speaking("Michael Elphberg", "79"), speaking("Black Michael", "79")),
        page_of(speaking("Michael Elphberg")),
    )
    assert ids == [
        {"rupert-hentzau-77": "rupert-hentzau-77", "fritz-sapt": "fritz-sapt"},
        {"rupert-hentzau-78": "rupert-hentzau-78", "michael-elphberg-79": "black-michael"},
        {
            "rupert-hentzau": "rupert-hentzau",
            "michael-elphberg-79": "black-michael",
            "black-michael-79": "black-michael",
        },
        {"michael-elphberg": "black-michael"},
    ]
    assert notices == [
        "rupert-hentzau: 2 persons of the site bear this name, told apart as rupert-hentzau-77, rupert-hentzau-78",
        "black-michael: person 79 of the site, whom pages also name michael-elphberg",
    ]


def test_what_is_no_included_page_decides_nothing() -> None:
    notices, ids, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77"), spoken_of("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "78"), speaking("Fritz Sapt"), status="rejected"),
    )
    assert (notices, ids, mentioned) == ([], [{"rupert-hentzau-77": "rupert-hentzau"}], [{}])


def test_a_person_of_the_reference_keeps_its_id_under_a_name_that_is_anothers() -> None:
    known = Person(speaker_id="michael-elphberg", name="Michael Elphberg", source="a test")
    _, ids, _ = settled(
        page_of(speaking("Black Michael", "79"), speaking("Fritz Sapt")),
        page_of(speaking("Michael Elphberg", "79"), speaking("Fritz Sapt")),
        page_of(speaking("Michael Elphberg", person=known)),
        page_of(speaking("Michael Elphberg")),
    )
    assert ids[2:] == [{"michael-elphberg": "michael-elphberg"}, {"michael-elphberg": "black-michael"}]


def test_a_speaker_without_a_number_beside_the_numbered_one_is_known_on_that_page_alone() -> None:
    _, ids, _ = settled(
        page_of(speaking("Ruprecht Henzau", "77")),
        page_of(speaking("Rupert Hentzau", "77"), speaking("Ruprecht Henzau")),
    )
    assert ids[1] == {"rupert-hentzau-77": "rupert-hentzau", "ruprecht-henzau": "ruprecht-henzau-talks-2"}


def test_a_person_spoken_of_is_the_speaker_of_that_number_or_else_of_that_name() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77"), speaking("Fritz Sapt")),
        page_of(
            spoken_of("Ruprecht Henzau", "77"),
            spoken_of("Rupert Hentzau"),
            spoken_of("Rupert Hentzau", "78"),
            spoken_of("Fritz Sapt", "79"),
            spoken_of("Flavia Elphberg"),
        ),
    )
    assert mentioned == [
        {},
        {"ruprecht-henzau-77": "rupert-hentzau", "rupert-hentzau": "rupert-hentzau", "fritz-sapt-79": "fritz-sapt"},
    ]


def test_a_name_that_two_speakers_bear_is_neithers_where_it_is_spoken_of() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77")),
        page_of(speaking("Rupert Hentzau", "78")),
        page_of(spoken_of("Rupert Hentzau"), spoken_of("Rupert Hentzau", "78")),
    )
    assert mentioned[2] == {"rupert-hentzau-78": "rupert-hentzau-78"}


def test_an_office_that_is_none_of_the_speakers_is_a_namesakes() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77", role="Energy Minister"), speaking("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "77", role="Mayor of Zenda")),
        page_of(
            spoken_of("Rupert Hentzau"),
            spoken_of("Rupert Hentzau", role="Minister of Energy"),
            spoken_of("Rupert Hentzau", role="Mayor"),
            spoken_of("Rupert Hentzau", role="Governor of Strelsau"),
            spoken_of("Rupert Hentzau", "77", role="Governor of Strelsau"),
            spoken_of("Fritz Sapt", role="Governor of Strelsau"),
        ),
    )
    rupert = "rupert-hentzau", "rupert-hentzau-minister-of-energy", "rupert-hentzau-mayor"
    assert mentioned[2] == {
        **dict.fromkeys((*rupert, "rupert-hentzau-77-governor-of-strelsau"), "rupert-hentzau"),
        "fritz-sapt-governor-of-strelsau": "fritz-sapt",
    }


def package(folder: Path, *pages: str) -> tuple[Report, dict[str, list[dict[str, Any]]]]:
    """The package that these pages give, and what the build reports; it passes every check."""
    source = folder / "pages"
    source.mkdir(parents=True)
    for number, page in enumerate(pages, start=1):
        (source / f"{number}.html").write_text(page, "utf-8")
    report = build(gather([source]), folder / "out")
    assert not [finding for check in verify_package(folder / "out") for finding in check.findings]
    tables = ("utterances", "speakers", "participations", "names", "offices", "mentions", "meetings")
    rows = {
        name: [json.loads(line) for line in (folder / f"out/dist/{name}.jsonl").read_text("utf-8").splitlines()]
        for name in tables
    }
    return report, rows


def day(number: int, *body: str, **metadata: Any) -> str:
    """A page of its own event."""
    return html(*body, title=f"Talks {number}", date=f"2018-05-{number:02}", number=500 + number, lead=None, **metadata)


def speakers_of(rows: dict[str, list[dict[str, Any]]]) -> list[str | None]:
    return [row["speaker_id"] for row in rows["utterances"]]


def test_namesakes_of_different_pages_are_told_apart_wherever_they_speak(tmp_path: Path) -> None:
    report, rows = package(
        tmp_path,
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert"), said("Alfred Sapt", "Yes.")),
        day(2, said("Rupert Hentzau", "Yes."), persons=[("Hentzau Rupert", 78)]),
        day(3, said("Rupert Hentzau", "No.")),
        day(
            4,
            said("Fritz Tarlenheim", f"I know {person_link('Mr Hentzau', 78, 'Hentzau Rupert')} and [Rupert Hentzau]."),
        ),
    )
    told = ["rupert-hentzau-77", "alfred-sapt", "rupert-hentzau-78", "rupert-hentzau", "fritz-tarlenheim"]
    assert speakers_of(rows) == told
    assert [row["site_person_id"] for row in rows["speakers"] if row["name"] == "Rupert Hentzau"] == [None, "77", "78"]
    assert [(row["name"], row["speaker_id"]) for row in rows["mentions"]] == [
        ("Rupert Hentzau", "rupert-hentzau-78")
    ] * 2
    assert any(notice.startswith("rupert-hentzau: 2 persons of the site bear this name") for notice in report.notices)
    # The order of the key, of which the final id is part.
    first = [row["speaker_id"] for row in rows["participations"] if row["meeting_id"] == "2018-05-01-talks-1"]
    assert first == ["alfred-sapt", "rupert-hentzau-77"]


def test_a_person_whom_pages_name_in_two_ways_is_one_speaker(tmp_path: Path) -> None:
    without_card = linked("Ruprecht Henzau", 77, "On Nobody")
    report, rows = package(
        tmp_path,
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert", "Mayor of Zenda ")),
        day(2, without_card),
        day(3, said("Ruprecht Henzau", "No.")),
    )
    assert speakers_of(rows) == ["rupert-hentzau"] * 3
    (speaker,) = rows["speakers"]
    assert (speaker["name"], speaker["family_name"], speaker["site_person_id"]) in {
        ("Rupert Hentzau", "Hentzau", "77"),
        ("Ruprecht Henzau", "Hentzau", "77"),
    }
    assert speaker["aliases"] == ["Rupert Hentzau", "Ruprecht Henzau"]
    assert any("whom pages also name ruprecht-henzau" in notice for notice in report.notices)
    assert rows["names"] == [
        {"speaker_id": "rupert-hentzau", "form": "Rupert Hentzau", "evidence": "link", "meeting_count": 1},
        {"speaker_id": "rupert-hentzau", "form": "Ruprecht Henzau", "evidence": "full_name", "meeting_count": 1},
        {"speaker_id": "rupert-hentzau", "form": "Ruprecht Henzau", "evidence": "link", "meeting_count": 1},
    ]


def test_two_speakers_of_one_page_do_not_become_one(tmp_path: Path) -> None:
    """Another page names person 77 so, but here someone of that name speaks beside person 77."""
    _, rows = package(
        tmp_path,
        day(1, linked("Ruprecht Henzau", 77, "On Nobody")),
        day(2, linked("Rupert Hentzau", 77, "Hentzau Rupert"), said("Ruprecht Henzau", "No.")),
    )
    assert len({*speakers_of(rows)[1:]}) == 2
    assert len(rows["participations"]) == 3


def test_a_family_name_alone_is_another_person_on_every_page(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(1, said("Hentzau", "Yes."), said("Fritz Sapt", "Indeed.")),
        day(2, said("Hentzau", "No."), said("Fritz Sapt", "Really?")),
        day(3, said("Rupert Hentzau", "So.")),
    )
    first, second, other = "hentzau-2018-05-01-talks-1", "hentzau-2018-05-02-talks-2", "fritz-sapt"
    assert speakers_of(rows) == [first, other, second, other, "rupert-hentzau"]
    evidence = [row["speaker_evidence"] for row in rows["participations"] if row["speaker_id"] in (first, second)]
    assert evidence == ["family_name", "family_name"]


def test_a_duplicate_page_does_not_tell_namesakes_apart(tmp_path: Path) -> None:
    page = day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert"))
    again = page.replace("persons/77", "persons/78").replace("<p>Publication", "<p> Publication")
    _, rows = package(tmp_path, page, again)
    assert speakers_of(rows) in (["rupert-hentzau"], ["rupert-hentzau"])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_pages_are_read_does_not_show(tmp_path: Path, order: tuple[int, ...]) -> None:
    pages = [
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert")),
        day(2, linked("Ruprecht Henzau", 77, "On Nobody")),
        day(3, linked("Ruprecht Henzau", 78, "Henzau Ruprecht")),
    ]
    _, rows = package(tmp_path, *(pages[index] for index in order))
    assert speakers_of(rows) == ["rupert-hentzau", "rupert-hentzau", "ruprecht-henzau"]


# ---------------------------------------------------------------------------------------------------------------------
# Offices over time


def test_an_office_lasts_from_the_first_page_that_prints_it_to_the_last(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(3, said("Mayor of Zenda Rupert Hentzau", "A.")),
        day(1, said("Mayor of Zenda Rupert Hentzau", "B.")),
        day(2, said("Rupert Hentzau", "C.")),
        day(4, said("Governor Rupert Hentzau", "D.")),
    )
    assert [(row["office"], row["first_date"], row["last_date"], row["meeting_count"]) for row in rows["offices"]] == [
        ("Governor", "2018-05-04", "2018-05-04", 1),
        ("Mayor of Zenda", "2018-05-01", "2018-05-03", 2),
    ]
    assert rows["offices"][1]["last_meeting_id"] == "2018-05-03-talks-3"


def test_capitals_make_no_other_office(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(1, said("former Mayor of Zenda Rupert Hentzau", "A.")),
        day(2, said("Former Mayor of Zenda Rupert Hentzau", "B.")),
        day(3, said("FORMER MAYOR OF ZENDA RUPERT HENTZAU", "C.")),
    )
    assert [(row["office"], row["last_date"], row["meeting_count"]) for row in rows["offices"]] == [
        ("former Mayor of Zenda", "2018-05-03", 3)
    ]


# ---------------------------------------------------------------------------------------------------------------------
# What always holds

LABELS = [
    *(
        "Sergei Hentzayev",
        "Sergey Hentzaev",
        "SERGEI HENTZAYEV",
        "Sregei Hentzayev",
        "S. Hentzayev",
        "Hentzayev",
        "Hentzaev",
    ),
    *(
        "Pavel Hentzayev",
        "Sergei Michael Hentzayev",
        "Governor Sergei Hentzayev",
        "Mayor Sergey Hentzaev",
        "SergeiHentzayev",
    ),
    *(
        "Michael Hentzayev Sergei",
        "Hentzayev Sergei",
        "King Rudolf V",
        "King of Jordan Rudolf V",
        "Rudolf V",
        "Question",
        "Mayor",
    ),
]
"""Labels of a few persons, and of none."""
TURN = st.tuples(st.sampled_from(LABELS), st.sampled_from([None, None, None, 77, 78, 79]))
TAG = st.tuples(
    st.sampled_from(["Hentzayev Sergei", "Hentzaev Sergey", "Rudolf V King of Jordan", "Hentzayev Pavel"]),
    st.integers(77, 80),
)
CARDS = {77: "Hentzayev Sergei", 78: "Hentzayev Sergei", 79: "Hentzaev Sergey Michael"}
REFERENCE = People(
    person=(
        Person(
            speaker_id="old-sergei",
            name="Sergei Hentzayev",
            aliases=("Hentzaev",),
            site_person_id="77",
            source="a test",
        ),
    )
)


@settings(deadline=None)
@given(st.lists(TURN, min_size=1, max_size=8), st.lists(TAG, max_size=3, unique_by=lambda tag: tag[1]), st.booleans())
def test_whatever_the_labels_every_speaker_speaks_under_one_id(
    turns: list[tuple[str, int | None]], tags: list[tuple[str, int]], has_reference: bool
) -> None:
    body = [linked(label, number, CARDS[number]) if number else said(label, "Yes.") for label, number in turns]
    transcript = as_reading(html(*body, said("Fritz Sapt", "Indeed."), persons=tags), "page.html")
    people = REFERENCE if has_reference else NOBODY
    found = resolve(transcript, people)
    ids = [speaker.speaker_id for speaker in found.speakers]
    assert len({*ids}) == len(ids)
    assert {*found.by_turn} - {None} == {*ids}
    assert len(found.by_turn) == len(transcript.turns)
    numbers = {speaker.speaker_id: speaker.site_person_id for speaker in found.speakers}
    for turn, speaker_id in zip(transcript.turns, found.by_turn, strict=True):
        # A label with a link is that person's, and of two persons linked none is the other.
        if turn.site_person_id and turn.label not in ("Question", "Mayor"):
            assert speaker_id is not None
            assert numbers[speaker_id] == turn.site_person_id
    for speaker in found.speakers:
        assert speaker.speaker_id.startswith(speaker.plain_id)
        assert speaker.printed
    assert found == resolve(transcript, people)


PERSONS = st.lists(TURN, min_size=1, max_size=4)


@settings(deadline=None, max_examples=12)
@given(st.lists(PERSONS, min_size=2, max_size=4))
def test_whatever_the_pages_the_package_passes_every_check(pages: list[list[tuple[str, int | None]]]) -> None:
    with TemporaryDirectory() as folder:
        package(
            Path(folder),
            *(
                day(
                    number,
                    *(linked(label, link, CARDS[link]) if link else said(label, f"{number}.") for label, link in turns),
                    said(
                        "Fritz Sapt",
                        f"On day {number} I met {person_link('him', 78, CARDS[78])} and [Sergei Hentzayev].",
                    ),
                )
                for number, turns in enumerate(pages, start=1)
            ),
        )
