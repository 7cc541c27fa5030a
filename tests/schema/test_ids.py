"""Ids: readable, fit for an address, in order."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.ids import (
    meeting_id,
    plain_speaker_id,
    possible_meeting_ids,
    sequence_of,
    slug,
    speaker_id,
    utterance_id,
    without_suffix,
)


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
    assert meeting_id(day, "…") == "2020-03-10-untitled"


def test_an_utterances_id_is_its_meetings_and_its_number_in_four_digits_or_more() -> None:
    assert utterance_id("2020-03-10-ball", 7) == "2020-03-10-ball-0007"
    assert utterance_id("2020-03-10-ball", 12_345) == "2020-03-10-ball-12345"
    assert sequence_of("2020-03-10-ball-0007") == 7


def test_a_speakers_id_is_the_slug_of_the_name_and_a_suffix_for_a_namesake() -> None:
    assert plain_speaker_id("Rupert Hentzau") == "rupert-hentzau"
    assert plain_speaker_id("…") == "unnamed"
    assert speaker_id("rupert-hentzau") == "rupert-hentzau"
    assert speaker_id("rupert-hentzau", "77") == "rupert-hentzau--77"
    assert without_suffix("rupert-hentzau--77", "77") == without_suffix("rupert-hentzau", "77") == "rupert-hentzau"
    assert without_suffix("rupert-hentzau--77", None) == "rupert-hentzau--77"


def test_a_meeting_has_the_plain_id_or_one_with_its_number_or_its_text_s_hash() -> None:
    text_sha256 = "0123abcd" + "f" * 56
    assert possible_meeting_ids(dt.date(2018, 5, 4), "Talks", "5", text_sha256) == {
        "2018-05-04-talks",
        "2018-05-04-talks--5",
    }
    assert possible_meeting_ids(dt.date(2018, 5, 4), "Talks", None, text_sha256) == {
        "2018-05-04-talks",
        "2018-05-04-talks--0123abcdffffffff",
    }
