"""Lines that a tool broke at a column, or ran together: which lines of the page they make up."""

import textwrap

import pytest

from builder.reading.layouts.lines import split_lines
from builder.reading.layouts.wrapped import (
    breaks_a_sentence,
    is_wrapped,
    unwrap,
)


def unwrapped(*lines: str) -> list[str]:
    text = "\n".join(lines)
    return [line.text for line in unwrap(text, split_lines(text))]


# ---------------------------------------------------------------------------------------------------------------------
# Broken at a column


def column(width: int, last: str = "bells") -> str:
    """A line of just this width, without the end of a sentence."""
    words = "over the hills and along the river and by the old town where the bells rang " * 3
    start = words[: width - len(last) - 1].rpartition(" ")[0]
    return start + "x" * (width - len(start) - len(last) - 1) + " " + last


@pytest.mark.parametrize("width", [30, 72, 140])
def test_lines_broken_at_a_column_are_one_line_of_the_page(width: int) -> None:
    lines = [column(width)] * 4
    assert unwrapped(*lines, "", *lines) == [" ".join(lines)] * 2


@pytest.mark.parametrize("width", [29, 141])
def test_no_tool_breaks_lines_at_so_few_or_many_characters(width: int) -> None:
    lines = [column(width)] * 4
    assert unwrapped(*lines) == lines
    assert not is_wrapped("\n".join(lines), split_lines("\n".join(lines)))


def test_three_breaks_within_sentences_show_that_a_tool_broke_the_lines() -> None:
    assert unwrapped(*[column(50)] * 3) == [column(50)] * 3
    assert len(unwrapped(*[column(50)] * 4)) == 1


@pytest.mark.parametrize(("short", "joined"), [(1, True), (2, False)])
def test_nine_breaks_in_ten_stand_where_the_next_word_has_no_room(short: int, joined: bool) -> None:
    lines = [column(50)] * (11 - short) + [column(40, "and")] * short
    text = "\n".join([*lines[-short:], *lines[:-short]])
    assert is_wrapped(text, split_lines(text)) is joined


@pytest.mark.parametrize(("filled", "wrapped"), [(50, True), (49, False)])
def test_two_lines_in_a_hundred_may_stand_beyond_the_column(filled: int, wrapped: bool) -> None:
    text = "\n".join([column(60)] * 2 + [column(50)] * filled + ["over"])
    assert is_wrapped(text, split_lines(text)) is wrapped


def test_a_column_is_counted_from_the_line_s_own_start() -> None:
    lines = [column(45)] + [column(50)] * 8 + [column(45)] * 1 + [column(50)]
    for text in ("\n".join(lines), "\n" + "\n".join(lines)):
        assert not is_wrapped(text, split_lines(text))


def test_two_lines_are_joined_as_many_are() -> None:
    filled = [column(60)] * 4
    assert unwrapped(*filled, "", column(60), "and on", "", "So") == [" ".join(filled), column(60) + " and on", "So"]


@pytest.mark.parametrize("words", ["of the town", "of\xa0the\xa0town", "to a new town"])
def test_small_words_go_to_the_next_line_with_the_word_that_they_belong_to(words: str) -> None:
    long, short = f"{words} {column(48 - len(words))}", f"{words} {column(42 - len(words))}"
    text = "\n".join([long, short] * 6)
    assert is_wrapped(text, split_lines(text))


def test_a_break_behind_a_sentence_is_the_tool_s_where_the_next_word_has_no_room() -> None:
    full, filled = column(60, "bells."), column(60)
    after = "Strelsau is a town of music, as they say."
    assert unwrapped(*[filled] * 5, full, after) == [" ".join([*[filled] * 5, full, after])]
    early = column(45, "bells.")
    assert unwrapped(*[filled] * 5, early, after) == [" ".join([*[filled] * 5, early]), after]


@pytest.mark.parametrize(("end", "joined"), [(54, False), (55, True)])
def test_a_word_has_room_where_it_would_end_at_the_column(end: int, joined: bool) -> None:
    lines = unwrapped(*[column(60)] * 5, column(end, "bells."), "Zenda is a town of music, as they say.")
    assert len(lines) == (1 if joined else 2)


def test_small_words_that_begin_a_sentence_are_each_a_word() -> None:
    lines = unwrapped(*[column(60)] * 5, column(55, "bells."), "It is a fine town of music, as they say.")
    assert lines[1:] == ["It is a fine town of music, as they say."]


@pytest.mark.parametrize(("width", "joined"), [(140, True), (141, False)])
def test_a_line_wider_than_any_column_was_not_broken(width: int, joined: bool) -> None:
    filled, full = column(140), column(width, "bells.")
    lines = unwrapped(*[filled] * 40, "", full, "Strelsau is a town of music, as they say.")
    assert len(lines) == (2 if joined else 3)


@pytest.mark.parametrize(
    "line",
    ["* * *", "<…>", "(Applause.)", "(Applause).", "May 4, 2018", "May 4, 2018, Zenda", "Published Date: 2018-05-04"],
)  # fmt: skip
def test_what_is_a_paragraph_of_its_own_goes_on_with_no_line(line: str) -> None:
    after = "Strelsau is a town of music."
    assert unwrapped(*[column(60)] * 4, line, after) == [" ".join([column(60)] * 4), line, after]


def test_a_date_with_a_long_place_goes_on_with_no_line() -> None:
    line = "May 4, 2018, The Castle of Zenda on the River, Strelsau, Kingdom of Ruritania, The West"
    assert unwrapped(*[column(60)] * 4, line)[1:] == [line]


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("A Short Heading", False),
        ("A Heading That Is Wider Tha" + "n" * 2, False),
        ("A Heading That Is Wider Tha" + "n" * 3, True),
        ("So it was, he said.", True),
        ("Rupert Hentzau: So it was.", False),
    ],
    ids=["short", "shorter than half a line", "half a line", "a sentence", "a label"],
)
def test_what_goes_on_behind_a_full_line_that_ends_a_sentence(line: str, joined: bool) -> None:
    filled, full = column(60), column(60, "bells.")
    lines = unwrapped(*[filled] * 5, full, line)
    assert lines[1:] == ([] if joined else [line])


@pytest.mark.parametrize(("length", "joined"), [(29, False), (30, True)])
def test_half_a_line_of_an_odd_width_is_rounded_down(length: int, joined: bool) -> None:
    line = "A Heading".ljust(length, "g")
    lines = unwrapped(*[column(61)] * 5, column(61, "bells."), line)
    assert lines[1:] == ([] if joined else [line])


HEADING_OF_A_LINE = "Meeting with Fritz Tarlenheim, Count of Tarlenheim, and others"


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        (HEADING_OF_A_LINE, "Rupert Hentzau: So it was.", False),
        (HEADING_OF_A_LINE, "Zenda", False),
        (HEADING_OF_A_LINE, "Rupert Hentzau, who came to Zenda by night with the King", True),
        (column(62), "Rupert Hentzau: So it was.", True),
        (column(62), "Zenda", True),
    ],
    ids=["a label below a heading", "a short line below a heading", "a heading of two lines", "a label cut in two",
         "a word of a sentence"],
)  # fmt: skip
def test_a_heading_that_fills_its_line_ends_as_a_sentence_does(before: str, line: str, joined: bool) -> None:
    filled = [column(62)] * 5
    lines = unwrapped(*filled, "", before, line)
    assert lines[1:] == ([f"{before} {line}"] if joined else [before, line])


@pytest.mark.parametrize(
    ("before", "line", "breaks"),
    [
        ("The King came to", "the town", True),
        ("The King came to", "Zenda", False),
        ("The King came.", "the town", False),
        ("The King came to", "url: http://zenda.example/1", False),
        ("The King came to", "\nthe town", False),
    ],
)
def test_a_break_stands_within_a_sentence_where_a_small_letter_follows_no_end(
    before: str, line: str, breaks: bool
) -> None:
    assert breaks_a_sentence(*split_lines(f"{before}\n{line}")) is breaks


def test_a_blank_line_ends_every_line() -> None:
    filled = column(60)
    assert len(unwrapped(*[filled] * 5, "", "of the town", "", "Strelsau")) == 3


def test_paragraphs_keep_their_place_when_lines_are_joined() -> None:
    text = "\n\n" + textwrap.fill("I remember how we walked over the hills and along the river. " * 9, 50)
    (line,) = unwrap(text, split_lines(text))
    assert (line.number, line.start, line.end, line.after_blank) == (3, 2, len(text), True)
    assert line.text == " ".join(text.split())


# ---------------------------------------------------------------------------------------------------------------------
# With a tool's marks, which take room too


def test_lines_are_as_wide_as_the_tool_wrote_them() -> None:
    marked = "\n".join(["**" + line[:20] + "** " + line[25:] for line in [column(50)] * 5])
    text = marked.replace("**", "")
    assert len(unwrap(text, split_lines(text), marked)) == 1
    # An item of a list begins a paragraph, however full the line above it is.
    listed = marked + "\n* Over the hills and far away"
    text = listed.replace("**", "").replace("* ", "")
    assert len(unwrap(text, split_lines(text), listed)) == 2


def test_items_of_menus_that_break_anywhere_do_not_hide_in_markdown_that_lines_are_broken() -> None:
    menu = ["President's", "website", "sections", "President's", "website", "resources"] * 3
    lines = "\n".join([*menu, "", "# Talks", "", *[column(50)] * 4])
    text = lines.replace("# ", "")
    assert unwrap(text, split_lines(text), lines)[-1].text == " ".join([column(50)] * 4)
    assert len(unwrap(text, split_lines(text))) > len(menu)
