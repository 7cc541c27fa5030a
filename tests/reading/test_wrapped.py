"""Lines that a tool broke at a column, or ran together: which lines of the page they make up."""

import textwrap
from itertools import pairwise

import pytest

from builder.reading.layouts.lines import TextLine, split_lines
from builder.reading.layouts.wrapped import (
    breaks_a_sentence,
    field_name,
    is_field,
    is_label,
    is_wrapped,
    split_paragraphs,
    unwrap,
)


def unwrapped(*lines: str) -> list[str]:
    text = "\n".join(lines)
    return [line.text for line in unwrap(text, split_lines(text))]


def parted(*lines: str) -> list[str]:
    text = "\n".join(lines)
    segments = split_paragraphs(text, split_lines(text))
    assert [" ".join(text[segment.start : segment.end].split()) for segment in segments] == [
        segment.text for segment in segments
    ]
    assert all(segment.end <= after.start for segment, after in pairwise(segments))
    return [segment.text for segment in segments]


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


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Rudolf Elphberg:", True), ("Rudolf Elphberg", False), ("What they said is this:", False), ("“Zenda”:", False)],
)
def test_a_label_names_a_speaker_before_a_colon(text: str, is_one: bool) -> None:
    assert is_label(text) is is_one


# ---------------------------------------------------------------------------------------------------------------------
# Run together

LONG = "I remember how we walked over the hills and along the river and by the old town. " * 5


def test_sentences_run_together_more_often_than_lines_end_show_that_a_tool_did_it() -> None:
    run_together = "We came to Zenda.It was late.So we went home"
    assert parted(run_together) == ["We came to Zenda.", "It was late.", "So we went home"]
    assert parted("We came to Zenda.It was late") == ["We came to Zenda.It was late"]
    lines = [run_together, "It rained.", "We sat by the fire."]
    assert parted(*lines) == lines


@pytest.mark.parametrize(("count", "is_parted"), [(10, False), (11, True)])
def test_many_wide_spaces_part_what_a_tool_wrote_on_one_line(count: int, is_parted: bool) -> None:
    paragraphs = ["We came to Zenda and it was very late"] * (count + 1)
    assert parted("   ".join(paragraphs)) == (paragraphs if is_parted else [" ".join(paragraphs)])


@pytest.mark.parametrize(("count", "is_parted"), [(12, False), (13, True)])
def test_wide_spaces_part_lines_where_they_are_more_than_the_lines(count: int, is_parted: bool) -> None:
    told = ["It was late and it rained"] * 11
    text = "   ".join(["We came to Zenda and it was very late"] * (count + 1))
    assert len(parted(text, *told)) == (count + 12 if is_parted else 12)


@pytest.mark.parametrize(("length", "is_parted"), [(300, False), (301, True)])
def test_wide_spaces_count_in_lines_of_more_than_three_hundred_characters(length: int, is_parted: bool) -> None:
    words = ["Zenda and Strelsau"] * 12
    line = "   ".join([*words, "z" * (length - len(" ".join(words)) - 1)])
    short = "the King   and   Rupert"
    assert len(parted(line, short, "", short)) == (19 if is_parted else 3)


def test_wide_spaces_of_short_lines_do_not_count() -> None:
    line = "   ".join(["We came to Zenda and it was very late"] * 10)
    assert len(parted(line, *["the King   and   Rupert"] * 4)) == 5


@pytest.mark.parametrize(("length", "is_parted"), [(300, False), (301, True)])
def test_labels_count_within_lines_of_more_than_three_hundred_characters(length: int, is_parted: bool) -> None:
    end = " was late. Rupert Hentzau: So do we."
    line = "We came by night and it".ljust(length - len(end), "t") + end
    assert len(line) == length
    assert len(parted(line)) == (2 if is_parted else 1)


def test_what_a_line_is_parted_into_keeps_its_place() -> None:
    lines = ["", "", "  We came to Zenda.It was late.So we went home", "The King said.Good", "", "He went.So did we  "]
    text = "\n".join(lines)
    segments = split_paragraphs(text, split_lines(text))
    assert [(segment.number, segment.after_blank, segment.text) for segment in segments] == [
        (3, True, "We came to Zenda."),
        (3, False, "It was late."),
        (3, False, "So we went home"),
        (4, False, "The King said."),
        (4, False, "Good"),
        (6, True, "He went."),
        (6, False, "So did we"),
    ]
    assert [text[segment.start : segment.end] for segment in segments] == [segment.text for segment in segments]


def test_a_label_within_a_line_is_one_where_fewer_begin_lines() -> None:
    line = LONG + "Rupert Hentzau: So do we. Rudolf Elphberg: I am glad."
    assert parted(line) == [LONG.strip(), "Rupert Hentzau: So do we.", "Rudolf Elphberg: I am glad."]
    told = "Rudolf Elphberg: " + LONG + "He wrote this. Rupert Hentzau: So do I."
    assert parted(told) == [told]


def test_labels_that_begin_lines_are_not_within_the_long_line_above_them() -> None:
    lines = [LONG.strip()] * 2 + ["Rupert Hentzau: So do we.", "Rudolf Elphberg: We are glad."]
    text = "\n".join(lines).replace("are glad", "are   glad")
    assert parted(text) == lines


def test_a_label_goes_on_in_the_next_line_and_no_further() -> None:
    line = LONG + "Rupert Hentzau: So do we. Rudolf Elphberg: I am glad. Rupert"
    assert parted(line, "Hentzau: Good.")[2:] == ["Rudolf Elphberg: I am glad.", "Rupert", "Hentzau: Good."]
    assert parted(line, "", "Hentzau: Good.")[2:] == ["Rudolf Elphberg: I am glad. Rupert", "Hentzau: Good."]
    assert parted(line, "Hentzau", "Elphberg: Good.")[2:] == [
        "Rudolf Elphberg: I am glad. Rupert",
        "Hentzau",
        "Elphberg: Good.",
    ]


def test_a_short_sentence_before_a_label_is_no_part_of_it() -> None:
    line = LONG + "Rupert Hentzau: It is late. No. Rudolf Elphberg: I am glad."
    assert parted(line)[1:] == ["Rupert Hentzau: It is late. No.", "Rudolf Elphberg: I am glad."]


def test_a_heading_is_parted_from_the_label_that_is_run_together_with_it() -> None:
    line = LONG + "Rupert Hentzau: So do we. Beginning of the meeting President of Ruritania Rudolf Elphberg: Good."
    assert parted(line)[-1] == "President of Ruritania Rudolf Elphberg: Good."


def test_speech_behind_a_label_is_no_heading() -> None:
    speech = "Rupert Hentzau: Meeting with the President of Ruritania Rudolf Elphberg: it was good."
    assert parted(LONG + speech) == [LONG.strip(), speech]


def test_a_vice_president_s_label_is_not_parted_within_the_office() -> None:
    label = "Vice President of Ruritania Rudolf Elphberg: Good."
    assert parted(LONG + "Rupert Hentzau: So do we. " + label)[1:] == ["Rupert Hentzau: So do we.", label]


def test_a_label_that_is_run_together_with_the_words_before_it_is_parted_from_them() -> None:
    line = LONG + "Rupert Hentzau: So do we. It was in ZendaRudolf Elphberg: Good."
    assert parted(line)[1:] == ["Rupert Hentzau: So do we. It was in Zenda", "Rudolf Elphberg: Good."]


def test_each_label_within_a_line_begins_a_paragraph() -> None:
    turns = ["Rupert Hentzau: So do we.", "Rudolf Elphberg: At 12:30: good.", "Fritz Tarlenheim: Yes."]
    assert parted(LONG + " ".join(turns)) == [LONG.strip(), *turns]


@pytest.mark.parametrize(
    "label",
    ["President of Ruritania Rudolf Elphberg: I met the President of Graustark.",
     "President of Ruritania Rudolf Elphberg: I met the King. The President of Graustark wrote."],
)  # fmt: skip
@pytest.mark.parametrize(
    "heading", ["Beginning of the meeting", "Meeting with President of Graustark Fritz Tarlenheim"]
)
def test_a_heading_s_label_begins_with_the_last_office_before_its_colon(heading: str, label: str) -> None:
    line = LONG + f"Rupert Hentzau: So do we. {heading} {label}"
    assert parted(line)[1:] == [f"Rupert Hentzau: So do we. {heading}", label]


@pytest.mark.parametrize("words", ["5 of us came.", "/ no more."])
def test_a_colon_before_a_digit_or_a_slash_ends_no_label(words: str) -> None:
    speech = f"Rupert Hentzau: So do we. Rudolf Elphberg:{words}"
    assert parted(LONG + speech) == [LONG.strip(), speech]
