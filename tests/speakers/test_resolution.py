"""Who speaks and as what: names, offices, states, kinds of meeting, ids, and the hand-kept people."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.lexicon.countries import country_code, country_names
from builder.lexicon.names import KnownNames, split_label
from builder.lexicon.offices import (
    country_of_office,
    is_office_of_a_state,
    may_be_one,
    names_another_state,
    office_beside,
)
from builder.speakers.page_speakers import PageSpeaker, SpeakerAssignment
from builder.speakers.reference import People, Person, load_people, read_people
from builder.speakers.resolution import resolve
from schema.ids import meeting_id, slug, utterance_id
from schema.kinds import kind_of
from tests.conftest import Run
from tests.support.pages import DIALOGUE, accessible, as_reading, main, save

NOBODY = People()
SAT = "Rudolf Elphberg: Please, sit down."


def assignment(page: str, people: People = NOBODY) -> SpeakerAssignment:
    return resolve(as_reading(page), people)


def only_speaker(page: str, people: People = NOBODY) -> PageSpeaker:
    (speaker,) = assignment(page, people).speakers
    return speaker


# ---------------------------------------------------------------------------------------------------------------------
# A label's two parts


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("President of Russia", "Rudolf Elphberg"),
        ("President of the Republic of Kazakhstan", "Jean-Rupert Hentzau"),
        ("President of the Republic of Korea", "Moon Zen-da"),
        ("President of Abkhazia", "Rudolf Elphberg"),
        ("President of Turkey", "Rudolf Fritz Elphberg"),
        ("President of the United States", "Rudolf J. Elphberg"),
        ("Presidential Aide", "Rupert Hentzau"),
        ("first President of Kazakhstan", "Rupert Hentzau"),
        ("Zendabank CEO", "Rupert Hentzau"),
        ("CEO of Zenda Steel", "Rupert Hentzau"),
        ("Governor of Zenda Region", "Rupert Hentzau"),
        ("Chairman of the Federation of Independent Trade Unions of Russia", "Rupert Hentzau"),
        ("Deputy Prime Minister and Minister of Finance", "Rupert Hentzau"),
        ("Count of Festenburg", "Rupert Hentzau"),
        ("Federal President", "Rupert Von der Elphe"),
        ("President of the European Commission", "Flavia von der Elphe"),
        ("Crown Prince of Saudi Arabia", "Rudolf bin Michael Al Elph"),
        ("President of Egypt", "Rudolf Fritz el-Elphi"),
        ("PRESIDENT OF KAZAKHSTAN", "RUPERT HENTZAU"),
        ("GOVERNOR OF CALIFORNIA", "RUPERT HENTZAU"),
    ],
)
def test_a_label_is_parted_where_its_office_ends(role: str, name: str) -> None:
    parts = split_label(f"{role} {name}")
    assert parts is not None
    assert (parts.name, parts.role) == (name, role)


@pytest.mark.parametrize(
    ("label", "name", "role"),
    [
        ("Rupert Hentzau, President of Ruritania", "Rupert Hentzau", "President of Ruritania"),
        ("Flavia Elphberg, student of music", "Flavia Elphberg", "student of music"),
        ("Rupert Hentzau", "Rupert Hentzau", None),
        ("RUPERT HENTZAU", "RUPERT HENTZAU", None),
        ("King Rudolf V of Ruritania", "King Rudolf V", "King Rudolf V of Ruritania"),
        ("Patriarch Michael of All Ruritania", "Patriarch Michael", "Patriarch Michael of All Ruritania"),
    ],
)
def test_the_office_may_follow_the_name_or_be_missing_or_be_part_of_it(label: str, name: str, role: str | None) -> None:
    parts = split_label(label)
    assert parts is not None
    assert (parts.name, parts.role) == (name, role)


def test_a_name_that_the_page_gives_in_full_decides_where_the_office_ends() -> None:
    label = "Director of Black Michael Rupert Hentzau"
    assert (parts := split_label(label, KnownNames(["Michael Rupert Hentzau"])))
    assert (parts.name, parts.role) == ("Michael Rupert Hentzau", "Director of Black")


@pytest.mark.parametrize("label", ["Question", "Audience", "President of Ruritania", "Minister of Justice", "Hentzau"])
def test_a_label_that_names_no_person_is_not_parted(label: str) -> None:
    assert split_label(label) is None


# ---------------------------------------------------------------------------------------------------------------------
# Speakers of a page


def test_a_first_label_with_the_office_and_later_ones_without_are_one_speaker() -> None:
    found = assignment(main(*DIALOGUE, "Rupert Hentzau: Thank you."))
    assert found.by_turn == ("rudolf-elphberg", "rupert-hentzau", "rudolf-elphberg", "rupert-hentzau")
    assert [(s.name, s.role, s.role_evidence, s.speaker_evidence) for s in found.speakers] == [
        ("Rudolf Elphberg", "President of Ruritania", "label", "full_name"),
        ("Rupert Hentzau", "Prime Minister of Ruritania", "label", "full_name"),
    ]


def test_a_later_label_without_office_shows_where_the_office_ends() -> None:
    found = assignment(main("Director of Zenda Mills Black Michael Sapt: Good day.", "Black Michael Sapt: Good day."))
    assert found.by_turn == ("black-michael-sapt", "black-michael-sapt")
    assert found.speakers[0].role == "Director of Zenda Mills"


@pytest.mark.parametrize("first", [SAT, "President of Ruritania Rudolf Elphberg: Please, sit down."])
def test_a_family_name_joins_the_only_full_name_that_it_fits(first: str) -> None:
    found = assignment(main(first, "Rupert Hentzau: Thank you.", "Elphberg: And you?"))
    assert found.by_turn == ("rudolf-elphberg", "rupert-hentzau", "rudolf-elphberg")
    assert found.speakers[0].forms == ("Rudolf Elphberg", "Elphberg")


@pytest.mark.parametrize("later", [SAT, "President of Ruritania Rudolf Elphberg: Please, sit down."])
def test_a_family_name_joins_a_full_name_that_comes_later(later: str) -> None:
    found = assignment(main("Elphberg: And you?", "Rupert Hentzau: Thank you.", later))
    assert found.by_turn == ("rudolf-elphberg", "rupert-hentzau", "rudolf-elphberg")


def test_a_family_name_that_two_share_joins_neither() -> None:
    found = assignment(main(SAT, "Flavia Elphberg: Thank you.", "Elphberg: And you?"))
    alone = "elphberg-2018-05-04-meeting-with-rupert-hentzau"
    assert found.by_turn == ("rudolf-elphberg", "flavia-elphberg", alone)
    assert [speaker.name for speaker in found.speakers] == ["Rudolf Elphberg", "Flavia Elphberg", "Elphberg"]
    assert found.speakers[2].speaker_evidence == "family_name"


def test_a_family_name_is_that_of_the_page_and_not_of_a_namesake_in_the_reference() -> None:
    namesake = Person(speaker_id="flavia-elphberg", name="Flavia Elphberg", source="a test")
    found = assignment(main(SAT, "Elphberg: And you?"), People(person=(namesake,)))
    assert found.by_turn == ("rudolf-elphberg", "rudolf-elphberg")


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


@pytest.mark.parametrize("labels", [("RUDOLF ELPHBERG", "Rudolf Elphberg"), ("Rudolf Elphberg", "RUDOLF ELPHBERG")])
def test_a_name_in_capitals_and_in_normal_case_is_one_speaker(labels: tuple[str, str]) -> None:
    speaker = only_speaker(main(f"{labels[0]}: Sit down.", f"{labels[1]}: And you?"))
    assert speaker.speaker_id == "rudolf-elphberg"
    assert speaker.name == "Rudolf Elphberg"
    assert speaker.forms == labels


def test_a_label_in_capitals_with_its_office_joins_the_name_in_normal_case() -> None:
    found = assignment(main("PRESIDENT OF KAZAKHSTAN RUDOLF ELPHBERG: Sit down.", "Flavia Elphberg: And you?", SAT))
    assert found.by_turn == ("rudolf-elphberg", "flavia-elphberg", "rudolf-elphberg")


def test_an_office_in_capitals_is_no_part_of_the_name() -> None:
    speaker = only_speaker(main("GOVERNOR OF CALIFORNIA RUDOLF ELPHBERG: Sit down."))
    assert (speaker.speaker_id, speaker.role) == ("rudolf-elphberg", "GOVERNOR OF CALIFORNIA")


def test_a_king_with_his_realm_and_without_is_one_speaker() -> None:
    found = assignment(main("King Rudolf V of Ruritania: Yes.", "Flavia Elphberg: No.", "King Rudolf V: Well."))
    assert found.by_turn == ("king-rudolf-v", "flavia-elphberg", "king-rudolf-v")


def test_a_person_tag_parts_the_name_and_is_a_form_of_it() -> None:
    rudolf, rupert = assignment(main(*DIALOGUE, persons=("Hentzau Rupert", "Tarlenheim Fritz"))).speakers
    assert (rupert.family_name, rupert.given_name) == ("Hentzau", "Rupert")
    assert rupert.forms == ("Rupert Hentzau", "Hentzau Rupert")
    assert (rudolf.family_name, rudolf.given_name, rudolf.forms) == (None, None, ("Rudolf Elphberg",))


def test_a_person_tag_shows_where_the_office_ends() -> None:
    speaker = only_speaker(main("CEO of Zenda Steel Group Rupert Hentzau: Yes.", persons=("Hentzau Rupert",)))
    assert (speaker.name, speaker.role) == ("Rupert Hentzau", "CEO of Zenda Steel Group")


# ---------------------------------------------------------------------------------------------------------------------
# The reference

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


def test_an_alias_of_the_reference_is_its_person() -> None:
    speaker = only_speaker(main("Ruprecht Henzau: Yes.", "RUPRECHT HENZAU: No."), People(person=(RUPERT,)))
    assert (speaker.speaker_id, speaker.name) == ("rupert-hentzau", "Rupert Hentzau")
    assert speaker.forms == ("Ruprecht Henzau", "RUPRECHT HENZAU")
    assert speaker.speaker_evidence == "alias"
    assert (speaker.given_name, speaker.family_name, speaker.site_person_id) == ("Rupert", "Hentzau", "77")


def test_a_full_name_is_better_evidence_than_an_alias() -> None:
    speaker = only_speaker(main("Ruprecht Henzau: Yes.", "Rupert Hentzau: No."), People(person=(RUPERT,)))
    assert speaker.speaker_evidence == "full_name"


def test_a_person_of_the_reference_keeps_the_id_that_it_gives() -> None:
    person = Person(speaker_id="hentzau-the-elder", name="Rupert Hentzau", source="a test")
    assert assignment(main(*DIALOGUE), People(person=(person,))).by_turn[1] == "hentzau-the-elder"


def test_other_pages_never_change_a_speakers_id(tmp_path: Path, builder: Run) -> None:
    page = main(SAT, "Elphberg: And you?", "Rupert Hentzau: Yes.")
    others = {
        "b": accessible("Flavia Elphberg: Yes.", "Rudolf Elphberg: No.", title="Ball"),
        "c": accessible("RUPERT HENTZAU: Yes.", "Prime Minister Elphberg Hentzau: Well.", title="Hunt"),
    }
    ids = []
    for name, pages in (("alone", {"a": page}), ("among", {"a": page, **others})):
        result = builder("build", save(tmp_path / name, **pages), "--output", tmp_path / name, "--quiet")
        assert result.returncode == 0, result.stderr
        lines = (tmp_path / name / "dist" / "utterances.jsonl").read_text("utf-8").splitlines()
        ids.append({row["utterance_id"]: row["speaker_id"] for row in map(json.loads, lines)})
    alone, among = ids
    assert (len(alone), len(among)) == (3, 7)
    assert {utterance: among[utterance] for utterance in alone} == alone


ENTRY = """
[[person]]
speaker_id = "rupert-hentzau"
name = "Rupert Hentzau"
aliases = ["Ruprecht Henzau"]
site_person_id = "77"
wikidata_id = "Q77"
country = "KAZ"
source = "a test"
"""
OTHER = ENTRY.translate({ord("7"): "8"}).replace("upert", "udolf").replace("Ruprecht", "Rodolfo")


def reference(folder: Path, text: str) -> Path:
    path = folder / "persons.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_reference_file_is_read_as_it_stands(tmp_path: Path) -> None:
    first, second = read_people(reference(tmp_path, ENTRY + OTHER)).person
    assert (first.speaker_id, first.aliases, first.country) == ("rupert-hentzau", ("Ruprecht Henzau",), "KAZ")
    assert second.name == "Rudolf Hentzau"
    assert first.given_name is None


def test_the_projects_own_reference_holds_four_people() -> None:
    assert {p.speaker_id: (p.site_person_id, p.wikidata_id, p.country) for p in load_people().person} == {
        "vladimir-putin": (None, "Q7747", "RUS"),
        "nursultan-nazarbayev": ("43", None, "KAZ"),
        "kassym-jomart-tokayev": ("593", None, "KAZ"),
        "dmitry-medvedev": ("37", None, "RUS"),
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ENTRY + OTHER.replace("rudolf-hentzau", "rupert-hentzau"), "rupert-hentzau"),
        (ENTRY + OTHER.replace("Rodolfo Henzau", "Ruprecht Henzau"), "ruprecht henzau"),
        (ENTRY + OTHER.replace("Rodolfo Henzau", "RUPERT HENTZAU"), "rupert hentzau"),
        (ENTRY + OTHER.replace('"Rudolf Hentzau"', '"Rupert Hentzau"'), "rupert hentzau"),
        (ENTRY + OTHER.replace('"88"', '"77"'), "77"),
        (ENTRY + OTHER.replace('"Q88"', '"Q77"'), "Q77"),
        (ENTRY + 'height = "tall"\n', "height"),
        (ENTRY.replace("KAZ", "KZ"), "country"),
        (ENTRY.replace("KAZ", "kaz"), "country"),
        (ENTRY.replace("KAZ", "XYZ"), "country"),
        (ENTRY.replace("Q77", "77"), "wikidata_id"),
        (ENTRY.replace('"77"', "77"), "site_person_id"),
        (ENTRY.replace("rupert-hentzau", "Rupert Hentzau"), "speaker_id"),
        (ENTRY.replace('name = "Rupert Hentzau"', 'name = ""'), "name"),
        (ENTRY.replace('name = "Rupert Hentzau"', 'name = "Rupert  Hentzau"'), "name"),
        (ENTRY.replace('source = "a test"\n', ""), "source"),
        (ENTRY.replace('"a test"', '"a test'), "line"),
    ],
)
def test_what_is_wrong_with_a_reference_file_is_named(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"persons\.toml") as caught:
        read_people(reference(tmp_path, text))
    assert named in str(caught.value)


# ---------------------------------------------------------------------------------------------------------------------
# Offices

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


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("They met in Zenda with the first President of Kazakhstan Rupert Hentzau.", "first President of Kazakhstan"),
        ("They met with First President of Kazakhstan Rupert Hentzau, who is on a visit.", "First President of Kazakhstan"),
        ("Meeting with President of the Republic of Kazakhstan Rupert Hentzau", "President of the Republic of Kazakhstan"),
        ("Talks with Deputy Premier and Minister of Finance Rupert Hentzau", "Deputy Premier and Minister of Finance"),
        ("Ruritanian President Rupert Hentzau arrived.", "Ruritanian President"),
        ("Zendabank CEO Rupert Hentzau arrived.", "Zendabank CEO"),
        ("The President met Prime Minister Rupert Hentzau.", "Prime Minister"),
        ("Rupert Hentzau, President of Ruritania, arrived.", "President of Ruritania"),
        ("With Rupert Hentzau, the new Prime Minister of Ruritania.", "new Prime Minister of Ruritania"),
        ("The President of Russia Vladimir Putin and President of Kazakhstan Rupert Hentzau met.", "President of Kazakhstan"),
        ("President of Russia Vladimir Putin and Prime Minister of Armenia Rupert Hentzau met.", "Prime Minister of Armenia"),
        ("Vladimir Putin and Prime Minister Rupert Hentzau met.", "Prime Minister"),
        ("With Head Physician of Hospital No. 40 Rupert Hentzau.", "Head Physician of Hospital No. 40"),
        ("With President of\xa0Kazakhstan Rupert\nHentzau.", "President of Kazakhstan"),
        ("Rupert Hentzau came. Later Governor Rupert Hentzau left.", "Governor"),
        ("Governor Rupert Hentzau came. Mayor Rupert Hentzau left.", "Governor"),
        ("Rupert Hentzau came. Governor Rupert Hentzau sat down. Mayor Rupert Hentzau left.", "Governor"),
        ("Mayor Rupert Hentzau-Sapt met Governor Rupert Hentzau.", "Governor"),
        ("Fritz Sapt, Mayor, Governor Rupert Hentzau and others.", "Governor"),
        ("Governor Fritz Sapt and Governor Rupert Hentzau met.", "Governor"),
        ("The Governor and Governor of Zenda Rupert Hentzau met.", "Governor of Zenda"),
        ("The President of Ruritania and President of Zenda Rupert Hentzau met.", "President of Zenda"),
        ("Rupert Hentzau, Governor of Zenda, Mayor of Strelsau, spoke.", "Governor of Zenda"),
        ("Rupert Hentzau, Governor of Zenda is here.", "Governor of Zenda"),
        ("Rupert Hentzau, Governor of Zenda! He is here.", "Governor of Zenda"),
        ("Rupert Hentzau, Director of ZendaX, spoke.", "Director of ZendaX"),
        ("Rupert Hentzau, Director of Zenda.com. Fritz Sapt, Mayor.", "Director of Zenda.com"),
        ("Rupert Hentzau, Director of Zenda (Mayor once), spoke.", "Director of Zenda"),
        ("Rupert Hentzau, , Governor of Zenda.", None),
        ("Rupert Hentzau, (Governor of Zenda) spoke.", None),
        ("With Governor/Rupert Hentzau.", None),
        ("With Governor Jean-Rupert Hentzau.", None),
        ("The second Rupert Hentzau came.", None),
        ("Rupert Hentzau arrived.", None),
        ("The President of Ruritania. Rupert Hentzau left.", None),
        ("The President met Rupert Hentzau.", None),
        ("They met the President’s guest Rupert Hentzau.", None),
        ("In Zenda Rupert Hentzau spoke.", None),
        ("Rupert Hentzau, who was President of Ruritania, spoke.", None),
        ("Rupert Hentzau, and the Prime Minister, spoke.", None),
        ("Prime Minister Ruperta Hentzau spoke.", None),
        ("Prime Minister Rupert Hentzau-Sapt spoke.", None),
        ("Prime Minister Rupert Hentzaus spoke.", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_office_that_stands_beside_a_name(text: str, office: str | None) -> None:
    assert office_beside(text, [HENTZAU]) == office


def test_each_of_two_names_has_the_office_beside_it() -> None:
    text = "Talks between President of Russia Rudolf Elphberg and Prime Minister of Armenia Rupert Hentzau."
    assert office_beside(text, ["Rudolf Elphberg"]) == "President of Russia"
    assert office_beside(text, ["Rupert Hentzau"]) == "Prime Minister of Armenia"


# ---------------------------------------------------------------------------------------------------------------------
# States


@pytest.mark.parametrize(
    ("role", "country"),
    [
        ("President of Kazakhstan", "KAZ"),
        ("first President of Kazakhstan", "KAZ"),
        ("First President of the Republic of Kazakhstan", "KAZ"),
        ("Prime Minister of the Republic of Korea", "KOR"),
        ("Federal Chancellor of Germany", "DEU"),
        ("Foreign Minister of Turkey", "TUR"),
        ("Minister of Foreign Affairs of Japan", "JPN"),
        ("Crown Prince of Saudi Arabia", "SAU"),
        ("Emir of Qatar", "QAT"),
        ("Secretary of State of the United States of America", "USA"),
        ("King Rudolf II of Jordan", "JOR"),
        ("Ambassador of France to Russia", "FRA"),
        ("Speaker of the Parliament of Georgia", "GEO"),
        ("President of Abkhazia", None),
        ("President of South Ossetia", None),
        ("President of the World Jewish Congress", None),
        ("President of the European Commission", None),
        ("President of the Russian Academy of Sciences", None),
        ("CEO of Gazprom", None),
        ("Presidential Aide", None),
        ("Minister of Finance", None),
        ("President", None),
        ("Turkish Prime Minister", "TUR"),
        ("first Turkish Prime Minister", "TUR"),
        ("the new Turkish Prime Minister", "TUR"),
        ("South African President", "ZAF"),
        ("New Zealand Prime Minister", "NZL"),
        ("new New Zealand Prime Minister", "NZL"),
        ("New Ruritanian Prime Minister", None),
        ("Turkish", None),
        ("General", None),
        ("", None),
        ("Russian President", "RUS"),
        ("US President", "USA"),
        ("French Foreign Minister", "FRA"),
        ("German Vice Chancellor and Foreign Minister", "DEU"),
        ("Vatican Secretary of State Cardinal", "VAT"),
        ("Minister of Finance and Trade of the Republic of Serbia", "SRB"),
        ("Prime Minister and Interior Minister of Serbia", "SRB"),
        ("Foreign Minister of Serbia", "SRB"),
        ("Vice Premier of the State Council of China", "CHN"),
        ("Special Envoy of the Japanese Government", "JPN"),
        ("President of the People's Republic of China", "CHN"),
        ("PRESIDENT OF KAZAKHSTAN", "KAZ"),
        ("Director of the Zenda Bank and Prime Minister of Serbia", "SRB"),
        ("Russian Presidential Aide", "RUS"),
        ("Russian Railways President", None),
        ("Russian Football Union President", None),
        ("American Chamber of Commerce President", None),
        ("former Italian Prime Minister", None),
        ("Former President of Kazakhstan", None),
        ("Head of Zenda Steel and former Minister of Finance of Serbia", None),
        ("UN Secretary-General", None),
        ("Governor of California", None),
        ("Minister of Culture", None),
        ("Deputy Prime Minister", None),
        ("Governor of the Central Bank", None),
        ("President of Bashkortostan", "RUS"),
        ("Governor of Moscow Region", "RUS"),
        ("Acting Governor of the Krasnodar Territory", "RUS"),
        ("Head of the Republic of Adygea", "RUS"),
        ("Tomsk Region Governor", "RUS"),
        ("Mayor of Moscow", "RUS"),
        ("Moscow Mayor", "RUS"),
        ("Speaker of the State Duma", "RUS"),
        ("Deputy Chairman of the Federation Council", "RUS"),
        ("Accounts Chamber Chairman", "RUS"),
        ("Presidential Plenipotentiary Envoy to the Volga Federal District", "RUS"),
        ("Leader of the Ruritanian Party faction in the State Duma", None),
        ("Rector of Moscow State University", None),
        ("Moscow Circus Director", None),
    ],
)
def test_the_state_that_an_office_speaks_for(role: str, country: str | None) -> None:
    assert country_of_office(role) == country


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
    for title in ("Visit to Serbia", "Russian-Turkish talks with Turkish delegation", "Serbia’s day"):
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


@pytest.mark.parametrize(
    ("text", "names_one"),
    [
        ("Visit to Serbia", True),
        ("A day (Serbia’s) in Zenda", True),
        ("“Serbia!”", True),
        ("Visit to Sri Lanka", True),
        ("New Zealand’s bees", True),
        ("Visit to United Arab Emirates", True),
        ("Lao People’s Democratic Republic", True),
        ("Visit to Abkhazia", True),
        ("The Turkish guests", True),
        ("Visit to Moscow", False),
        ("Russia and the Russian Federation", False),
        ("Roast turkey for the guests", False),
        ("The SerbiaX show", False),
        ("Sri Zenda", False),
        ("… – !", False),
        ("", False),
    ],
)
def test_a_text_names_another_state_by_its_name_or_adjective_in_capitals(text: str, names_one: bool) -> None:
    assert names_another_state(text, "RUS") is names_one


def test_the_state_itself_is_no_other() -> None:
    assert not names_another_state("Visit to Serbia", "SRB")
    assert names_another_state("Visit to Russia", "SRB")


def test_a_word_in_quotation_marks_is_no_states() -> None:
    assert is_office_of_a_state("Zenda Minister")
    assert not is_office_of_a_state("'Zenda' Minister")


@pytest.mark.parametrize(
    ("roles", "others", "may_be"),
    [
        (["Minister of Energy"], ["Energy Minister"], True),
        (["Minister"], ["Energy Minister"], True),
        (["Energy Minister"], ["Minister"], True),
        (["Mayor", "Energy Minister"], ["Governor", "Minister of Energy"], True),
        (["Mayor"], ["Governor"], False),
        (["Energy Minister"], ["Culture Minister"], False),
        (["Mayor"], [], False),
        ([], ["Mayor"], False),
    ],
)
def test_offices_may_be_one_persons_where_one_has_all_words_of_another(
    roles: list[str], others: list[str], may_be: bool
) -> None:
    assert may_be_one(roles, others) is may_be


def test_no_office_has_more_than_a_hundred_words() -> None:
    zendas = "Zenda " * 200
    before, after = office_beside(f"The {zendas}Governor {HENTZAU}.", [HENTZAU]), f"{HENTZAU}, Governor of {zendas}."
    assert before is not None
    assert len(before.split()) == 100
    found = office_beside(after, [HENTZAU])
    assert found is not None
    assert len(found.split()) == 100


def test_an_office_in_a_direction_is_the_pages_own_word() -> None:
    page = main(
        "Rudolf Elphberg: Well. (Addressing Prime Minister of Zenda Rupert Hentzau.) Please.", "Rupert Hentzau: Yes."
    )
    assert [(s.role, s.role_evidence) for s in assignment(page).speakers] == [
        (None, "none"),
        ("Prime Minister of Zenda", "narration"),
    ]


def test_the_office_names_the_state_before_the_reference_does() -> None:
    people = People(person=(RUPERT,))
    assert only_speaker(main("President of Belarus Rupert Hentzau: Yes."), people).country == "BLR"
    assert only_speaker(main("Rupert Hentzau: Yes."), people).country == "KAZ"
    assert only_speaker(main("Rupert Hentzau: Yes.")).country is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KAZ"),
        ("the Republic of Kazakhstan", "KAZ"),
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("the Netherlands", "NLD"),
        ("Côte d’Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("South Korea", "KOR"),
        ("People’s Republic of China", "CHN"),
        ("People's Republic of China", "CHN"),
        ("United States", "USA"),
        ("UK", "GBR"),
        ("Czech Republic", "CZE"),
        ("Vietnam", "VNM"),
        ("Iran", "IRN"),
        ("Syria", "SYR"),
        ("Moldova", "MDA"),
        ("Brunei", "BRN"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("KAZAKHSTAN", "KAZ"),
        ("Abkhazia", None),
        ("South Ossetia", None),
        ("European Union", None),
        ("CIS", None),
        ("Krasnodar Territory", None),
        ("Moscow", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_the_names_that_the_site_prints(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["abkhazia", "south ossetia"])
def test_a_state_without_a_code_is_still_a_state(name: str) -> None:
    assert name in country_names()
    assert country_names()[name] is None


# ---------------------------------------------------------------------------------------------------------------------
# Kinds


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Meeting with Rupert Hentzau", "meeting"),
        ("Beginning of conversation with Rupert Hentzau", "meeting"),
        ("Rudolf Elphberg met with Rupert Hentzau", "meeting"),
        ("Russia-Kazakhstan talks", "meeting"),
        ("State Council meeting", "meeting"),
        ("Meeting on implementing executive orders", "meeting"),
        ("Meeting with Bill Hentzau", "meeting"),
        ("Meeting with winners of the Teacher of the Year award", "meeting"),
        ("Meeting with working group on amendments to the Constitution", "meeting"),
        ("News conference following the talks", "news_conference"),
        ("Joint news conference with President of Kazakhstan Rupert Hentzau", "news_conference"),
        ("Press statements following Russian-Kazakhstani talks", "news_conference"),
        ("Statement for the press", "news_conference"),
        ("Answers to questions from journalists", "news_conference"),
        ("Direct Line with Rudolf Elphberg", "news_conference"),
        ("Telephone conversation with Rupert Hentzau", "telephone_call"),
        ("Rudolf Elphberg spoke with Rupert Hentzau by telephone", "telephone_call"),
        ("Interview to Zenda News Agency", "interview"),
        ("Presidential Address to the Federal Assembly", "address"),
        ("New Year Address to the Nation", "address"),
        ("Speech at State Reception", "address"),
        ("Presentation of state decorations", "ceremony"),
        ("Ceremony for presenting foreign ambassadors’ letters of credence", "ceremony"),
        ("Gala concert in Zenda", "ceremony"),
        ("Greetings to guests of the Zenda festival", "message"),
        ("Condolences to King of Ruritania Rudolf Elphberg", "message"),
        ("Birthday greetings to Rupert Hentzau", "message"),
        ("Rudolf Elphberg congratulated Rupert Hentzau", "message"),
        ("Executive Order on awards", "document"),
        ("Law on bees signed", "document"),
        ("Trip to Zenda", None),
        ("Visit to Strelsau", None),
    ],
)
def test_the_kind_of_a_page_follows_from_its_title(title: str, kind: str | None) -> None:
    assert kind_of(title, None) == kind
    assert kind_of(title, ()) == kind


def test_an_announcement_is_one_whatever_it_announces() -> None:
    assert kind_of("Meeting with Rupert Hentzau will take place", ("News", "Announcements")) == "announcement"


def test_a_page_among_the_documents_is_one_though_its_title_does_not_say_so() -> None:
    assert kind_of("On bees", ("News", "Documents")) == "document"
    assert kind_of("On bees", ("News",)) is None


# ---------------------------------------------------------------------------------------------------------------------
# Ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meeting with Nursultan Nazarbayev", "meeting-with-nursultan-nazarbayev"),
        ("Kassym-Jomart Tokayev", "kassym-jomart-tokayev"),
        ("Russia’s – and  Côte d’Ivoire's: talks!", "russias-and-cote-divoires-talks"),
        ("Владимир Путин", "vladimir-putin"),
        ("RUDOLF ELPHBERG", "rudolf-elphberg"),
        ("Cafe\u0301", "cafe"),
        ("«2018»", "2018"),
        ("…", ""),
    ],
)
def test_a_slug_is_ascii_letters_digits_and_hyphens(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=60))
def test_the_slug_of_any_text_is_fit_for_an_id(text: str) -> None:
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in made
    assert made == made.strip("-") == slug(made)


def test_a_meetings_id_is_its_date_and_the_slug_of_its_title() -> None:
    day = dt.date(2020, 3, 10)
    assert meeting_id(day, "Meeting with Rupert Hentzau") == "2020-03-10-meeting-with-rupert-hentzau"
    assert meeting_id(day, "Meeting with Rupert Hentzau", "62966") == "2020-03-10-meeting-with-rupert-hentzau-62966"
    assert meeting_id(day, "…") == "2020-03-10-untitled"


def test_the_ids_of_utterances_sort_in_their_order() -> None:
    assert utterance_id("2020-03-10-ball", 7) == "2020-03-10-ball-0007"
    ids = [utterance_id("2020-03-10-ball", sequence) for sequence in range(1, 1200)]
    assert ids == sorted(ids)
