"""Lines that a tool wrote above a page."""

import pytest

from builder.reading.layouts.head_fields import field_name, is_field, part_text_field
from builder.reading.layouts.lines import TextLine, split_lines


@pytest.mark.parametrize(
    ("key", "name"),
    [("Title", "title"), ("published_date", "date"), ("Publish-Date", "date"), ("Where", "place"), ("Minister", None)],
)
def test_keys_of_head_lines_are_known_in_any_spelling(key: str, name: str | None) -> None:
    assert field_name(key) == name


@pytest.mark.parametrize(
    ("text", "is_head_line"),
    [
        ("Title: The Prisoner", True),
        ("url: http://zenda.example/1", True),
        ("PUBLISHED_DATE = 2018-05-04", True),
        ("tags\tZenda, Strelsau", True),
        ("Date:", True),
        ("Minister: Welcome.", False),
        ("http://zenda.example/1", False),
        ("https://zenda.example/title", False),
        ("The King came to Zenda", False),
    ],
)
def test_a_head_line_is_known_by_its_key(text: str, is_head_line: bool) -> None:
    assert is_field(TextLine(1, 0, len(text), text, True)) is is_head_line


@pytest.mark.parametrize(("number", "is_head_line"), [(1, True), (40, True), (41, False)])
def test_a_head_line_is_one_of_the_first_forty(number: int, is_head_line: bool) -> None:
    assert is_field(TextLine(number, 0, 11, "Date: today", True)) is is_head_line


def test_a_body_in_a_head_line_begins_a_line_of_its_own() -> None:
    text = "title: Talks\ndate: 2018-05-04\ntext: Rudolf Elphberg: Welcome.\nRupert Hentzau: Thank you."
    lines = part_text_field(text, split_lines(text))
    expected = ["title: Talks", "date: 2018-05-04", "text:", "Rudolf Elphberg: Welcome.", "Rupert Hentzau: Thank you."]
    assert [line.text for line in lines] == [text[line.start : line.end] for line in lines] == expected
