"""Lines of a text: where each stands, which of them go on with one another, and what the head above the body says."""

import datetime as dt

import pytest

from builder.reading.layouts.lines import (
    TextLine,
    block,
    continues,
    is_cut_label,
    is_label,
    paragraph_blocks,
    paragraphs,
    split_lines,
    without_layout_breaks,
)

DAY = dt.date(2018, 5, 4)
NBSP = "\xa0"


def only_line(text: str) -> TextLine:
    (line,) = split_lines(text)
    return line


# ---------------------------------------------------------------------------------------------------------------------
# Lines


def test_a_line_knows_its_number_its_place_and_whether_a_blank_line_stands_above_it() -> None:
    text = f"Zenda\n  The \t Castle{NBSP}\n \t\n\n\tZenda and Zenda\nStrelsau\n"
    assert split_lines(text)[1:] == [
        TextLine(2, 8, 20, "The Castle", False),
        TextLine(5, 27, 42, "Zenda and Zenda", True),
        TextLine(6, 43, 51, "Strelsau", False),
    ]
    assert split_lines(text)[0].start == 0


@pytest.mark.parametrize("text", ["", "\n", f" \t\n{NBSP}\n"])
def test_a_text_of_white_space_has_no_lines(text: str) -> None:
    assert split_lines(text) == []


def test_a_block_is_as_long_as_its_line() -> None:
    assert block("title", only_line("\n  Zenda  \n")) == ("title", 3, 8, ())


# ---------------------------------------------------------------------------------------------------------------------
# Lines that a layout broke after a link


@pytest.mark.parametrize(
    ("before", "line", "goes_on"),
    [
        ("Rudolf Elphberg", ": Thank you.", True),
        ("Rudolf Elphberg", "(retranslated): Thank you.", True),
        ("Rudolf Elphberg", "(in German) : Thank you.", True),
        ("Rudolf Elphberg", "(Applause) Thank you.", False),
        ("It was late.", ": Thank you.", False),
        ("It was late…”", "(retranslated): Thank you.", False),
        ("The King spoke with Rupert Hentzau", "in Zenda.", True),
        ("The King spoke with Rupert Hentzau.", "in Zenda.", False),
        ("The King spoke with Rupert Hentzau", "In Zenda.", False),
        ("The King spoke with Rupert Hentzau", ", Fritz Tarlenheim and others.", True),
        ("Is this Zenda?", ", he asked.", True),
        ("The King said “Zenda", "” and went.", True),
        ("The King", "’s castle", True),
        ("The King went", "... and came.", False),
    ],
)
def test_a_line_goes_on_with_the_line_above_where_its_first_characters_show_it(
    before: str, line: str, goes_on: bool
) -> None:
    assert continues(*split_lines(f"{before}\n{line}")) is goes_on


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [(": Thank you.", True), ("(retranslated): Thank you.", True), (", and others.", False), ("in Zenda.", False)],
)
def test_behind_a_blank_line_a_line_goes_on_only_from_a_label(line: str, goes_on: bool) -> None:
    assert continues(*split_lines(f"Rudolf Elphberg\n\n{line}")) is goes_on


@pytest.mark.parametrize(
    ("lines", "is_cut"),
    [
        (("Rudolf Elphberg", ": Thank you."), True),
        (("Rudolf Elphberg", "(in German): Thank you."), True),
        (("President of Ruritania Rudolf Elphberg", ": Thank you."), True),
        (("Question", ": Are you glad?"), True),
        (("Rudolf Elphberg", "Thank you."), False),
        (("Rudolf Elphberg", "and others: Thank you."), False),
        (("Rudolf Elphberg", "Rupert Hentzau", ": Thank you."), False),
        (("Rudolf Elphberg",), False),
        (("What they said is this", ": Thank you."), False),
        (("«Zenda»", ": Thank you."), False),
    ],
)
def test_a_name_is_a_cut_label_where_the_next_line_goes_on_as_behind_a_name(
    lines: tuple[str, ...], is_cut: bool
) -> None:
    assert is_cut_label(split_lines("\n".join(lines)), 0) is is_cut


def test_a_cut_label_is_looked_for_at_the_line_asked_for() -> None:
    lines = split_lines("The King rose.\nRudolf Elphberg\n: Thank you.\nThe King sat down.")
    assert [is_cut_label(lines, index) for index in range(4)] == [False, True, False, False]


PAGE = "The King spoke with\nRupert Hentzau\nin Zenda\n, and went.\n\nIt was late.\nIt rained."


def test_lines_that_go_on_with_one_another_are_one_paragraph() -> None:
    groups = [[line.text for line in group] for group in paragraphs(split_lines(PAGE))]
    assert groups == [
        ["The King spoke with"],
        ["Rupert Hentzau", "in Zenda", ", and went."],
        ["It was late."],
        ["It rained."],
    ]
    assert list(paragraphs([])) == []


def test_a_paragraph_s_block_reaches_from_its_first_line_to_its_last() -> None:
    blocks = paragraph_blocks("lead", split_lines(PAGE))
    assert {found.kind for found in blocks} == {"lead"}
    assert [PAGE[found.start : found.end] for found in blocks] == [
        "The King spoke with",
        "Rupert Hentzau\nin Zenda\n, and went.",
        "It was late.",
        "It rained.",
    ]


def test_a_break_before_punctuation_is_no_space() -> None:
    assert without_layout_breaks("Rupert Hentzau\n, in Zenda\nby night\n.") == "Rupert Hentzau, in Zenda\nby night."


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Rudolf Elphberg:", True), ("Rudolf Elphberg", False), ("What they said is this:", False), ("“Zenda”:", False)],
)
def test_a_label_names_a_speaker_before_a_colon(text: str, is_one: bool) -> None:
    assert is_label(text) is is_one
