"""A photo's caption, told from the text around it by its words."""

import pytest

from builder.reading.layouts.captions import (
    LONGEST,
    is_caption_below_count,
    is_caption_in_body,
    is_caption_in_speech,
    is_credit,
)

SUBJECT = "Meeting with Rupert Hentzau The King spoke with the Count of Festenburg in Strelsau"


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("The King in the garden", True),
        ("The King said: Welcome.", False),
        ("Rudolf Elphberg:", False),
        ("It was late. The King said: Welcome.", True),
        ("At 12:30 in the garden", True),
        ("Photo: Fritz Tarlenheim", True),
        ("Z" * 400, True),
        ("Z" * 401, False),
    ],
)
def test_below_a_photo_s_count_stands_its_caption_unless_it_is_long_or_a_label(text: str, is_caption: bool) -> None:
    assert is_caption_below_count(text) is is_caption


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Meeting with Rupert Hentzau.", True),
        ("MEETING with Rupert HENTZAU.", False),
        ("Before the meeting with RUPERT HENTZAU.", True),
        ("At the meeting with Count Rupert Hentzau.", True),
        ("Meeting with Rupert Hentzau", False),
        ("Meeting with Rupert Hentzau: Zenda.", False),
        ("The meeting with Rupert Hentzau.", False),
        ("During the meeting he was with Rupert Hentzau.", False),
        ("At the Castle of Zenda.", False),
        ("At Rupert.", False),
        ("At Rupert Hentzau.", True),
        ("At King Rupert.", True),
        ("At Sir Rupert.", False),
        ("At Rupert Hentzau, Fritz Tarlenheim.", True),
        ("At Rupert Hentzau, Fritz Tarlenheim, Michael.", False),
    ],
)
def test_a_line_of_the_body_is_a_caption_where_it_names_the_page_s_scene_and_states_nothing(
    text: str, is_caption: bool
) -> None:
    assert is_caption_in_body(text, SUBJECT) is is_caption


def test_a_caption_has_at_most_four_hundred_characters() -> None:
    start = "Meeting with Rupert Hentzau "
    for length in (LONGEST, LONGEST + 1):
        caption = start + "z" * (length - len(start) - 1) + "."
        assert len(caption) == length
        assert is_caption_in_body(caption, SUBJECT) is (length == 400)


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Minister of Bridges Fritz Tarlenheim.", True),
        ("Minister of Bridges Fritz Tarlenheim before the meeting.", True),
        ("Minister of Bridges Fritz Tarlenheim (left) at the talks in the Castle.", True),
        ("Rupert Hentzau in Strelsau with the Count of Festenburg.", True),
        ("Minister of Bridges Fritz Tarlenheim reported on the bridges.", False),
        ("Minister of Bridges Fritz Tarlenheim, please.", False),
        ("Minister of Bridges Fritz Tarlenheim is here.", False),
        ("Minister of Bridges beside Fritz Tarlenheim.", False),
        ("Head of the garrison, Captain Tarlenheim.", False),
        ("Fritz Tarlenheim.", False),
        ("Today Rupert Hentzau and the Count of Festenburg.", False),
        ("Strelsau thanks the Count of Festenburg, Rupert Hentzau.", False),
        ("Rupert Hentzau of Festenburg. In Strelsau.", False),
        ("Rupert Hentzau, Count of Festenburg", False),
    ],
)
def test_a_caption_between_speech_names_the_scene_or_a_person_with_an_office(text: str, is_caption: bool) -> None:
    assert is_caption_in_speech(text, SUBJECT, "Let us go on.") is is_caption


def test_an_office_and_name_before_that_person_s_own_label_give_the_floor() -> None:
    text = "Minister of Bridges Fritz Tarlenheim."
    assert not is_caption_in_speech(text, SUBJECT, "Fritz Tarlenheim: Thank you.")
    assert is_caption_in_speech(text, SUBJECT, "Rupert Hentzau: Thank you.")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Photo: Zenda Press", True),
        ("Meeting with Rupert Hentzau. Photo: Zenda Press", True),
        ("Rupert Hentzau at the talks. Photo by Fritz Tarlenheim", True),
        ("We looked at the pictures. Photos by you were there too. And then", False),
        ("He said: look. Photo by Fritz Tarlenheim", False),
    ],
)
def test_a_credit_stands_alone_or_ends_a_caption(text: str, is_one: bool) -> None:
    assert is_credit(text) is is_one
