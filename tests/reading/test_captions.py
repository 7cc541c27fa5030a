"""A photo's caption, told from the text around it by its words."""

import pytest

from builder.reading.layouts.captions import LONGEST, is_caption_below_count, is_caption_in_body

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
