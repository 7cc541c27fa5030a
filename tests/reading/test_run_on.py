"""Text in which a tool ran paragraphs together: which paragraphs it had."""

from itertools import pairwise

import pytest

from builder.reading.layouts.lines import split_lines
from builder.reading.layouts.run_on import is_run_on, split_paragraphs


def parted(*lines: str) -> list[str]:
    text = "\n".join(lines)
    segments = split_paragraphs(text, split_lines(text))
    assert [" ".join(text[segment.start : segment.end].split()) for segment in segments] == [
        segment.text for segment in segments
    ]
    assert all(segment.end <= after.start for segment, after in pairwise(segments))
    return [segment.text for segment in segments]


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


TOLD = "We came to Zenda by night, and it was late"


@pytest.mark.parametrize(
    "end",
    [".", "!", "?", "…", " …", ".”", ".\"", ".’", "?”", "].", "%.", " in 1894.", " on the 4.", "” (Laughter.)", ". (Laughter)",
     ". [Laughter]", " <…>", ". * * *", "; there are some …"],
)  # fmt: skip
@pytest.mark.parametrize(
    "label", ["Rupert Hentzau", "Prime Minister of Ruritania Fritz Tarlenheim", "Question", "R. Hentzau"]
)
def test_a_label_within_a_line_follows_the_end_of_a_sentence(end: str, label: str) -> None:
    line = f"Rudolf Elphberg: {TOLD}{end} {label}: So do we."
    parts = parted(line)
    assert (parts[0].startswith("Rudolf Elphberg: "), parts[-1]) == (True, f"{label}: So do we.")
    assert " ".join(parts) == line


@pytest.mark.parametrize(
    ("before", "label"),
    [
        (TOLD, "Rupert Hentzau"),
        ("We have three rivers and eleven bridges", "President of Ruritania Rudolf Elphberg"),
        ("That was in 1894", "Rupert Hentzau"),
        ("We call it “the Castle”", "Rupert Hentzau"),
        ("Videoconference with a children’s hospital in the town", "Rupert Hentzau"),
        ("Speech at the 12th Congress of Bridge Builders", "President of Ruritania Rudolf Elphberg"),
        (
            "Beginning of Meeting with Head of the Bridge Service Fritz Tarlenheim",
            "President of Ruritania Rudolf Elphberg",
        ),
        ("Ceremony of opening the Elphberg and Tarlenheim bridges", "President of Ruritania Rudolf Elphberg"),
    ],
)
def test_a_label_without_a_full_stop_before_it_is_known_by_its_name(before: str, label: str) -> None:
    known = "Rudolf Elphberg: Good. Rupert Hentzau: Good."
    assert parted(f"{known} {before} {label}: So it is.")[2:] == [f"{before}", f"{label}: So it is."] or parted(
        f"{known} {before} {label}: So it is."
    )[1:] == [f"Rupert Hentzau: Good. {before}", f"{label}: So it is."]


@pytest.mark.parametrize(
    "words",
    [
        "I give the floor to Rupert Hentzau: please.",
        "This I told Rupert Hentzau: go home.",
        "I thank my friend, Rupert Hentzau: well done.",
        "It was said by President of Ruritania Rudolf Elphberg: never.",
        "First, there is this: 1. Rupert Tarlenheim: three bridges.",
        "I wrote to Minister Rupert Hentzau: come.",
        "That is what I think of Mr Hentzau: no.",
        "It began at 12:30. It ended at 18:00.",
    ],
)
def test_a_sentence_with_a_name_before_its_colon_is_no_label(words: str) -> None:
    line = f"Rudolf Elphberg: Good. Rupert Hentzau: {words}"
    assert parted(line) == ["Rudolf Elphberg: Good.", f"Rupert Hentzau: {words}"]


def test_an_office_with_a_remark_in_parentheses_is_one_label() -> None:
    label = "Deputy Head of Bridges (builder of the bridge at Zenda) Rupert Hentzau"
    assert parted(f"{label}: So it is. Rudolf Elphberg: Good. Rupert Hentzau: Yes.")[0] == f"{label}: So it is."


def test_a_label_within_a_line_is_one_where_fewer_begin_lines() -> None:
    line = LONG + "Rupert Hentzau: So do we. Rudolf Elphberg: I am glad."
    assert parted(line) == [LONG.strip(), "Rupert Hentzau: So do we.", "Rudolf Elphberg: I am glad."]
    told = "Rudolf Elphberg: " + LONG + "He wrote this. Rupert Hentzau: So do I."
    assert len(parted(told)) == 2
    lines = [told, "Rupert Hentzau: Good."]
    assert parted(*lines) == lines


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
    assert parted(line)[1:] == ["Rupert Hentzau: So do we.", heading, label]


def test_a_colon_before_a_slash_ends_no_label() -> None:
    speech = "Rupert Hentzau: So do we. Rudolf Elphberg:/ no more."
    assert parted(LONG + speech) == [LONG.strip(), speech]


def test_speech_that_begins_with_a_number_may_be_run_together_with_its_label() -> None:
    speeches = ["Rupert Hentzau: So do we.", "Rudolf Elphberg:5 of us came."]
    assert parted(LONG + " ".join(speeches)) == [LONG.strip(), *speeches]


OPENED = "President of Ruritania Rudolf Elphberg: We are glad."
CLOSED = "Rudolf Elphberg: Sit down."


@pytest.mark.parametrize(
    ("before", "label"),
    [
        ("Please, go ahead", "Rupert Hentzau: Thank you."),
        ("We thank J. K.", "Rupert Hentzau: Thank you."),
        ("We are on the way", "Rupert Hentzau (smiling): Thank you."),
        ("We are on the way", "Rupert Hentzau: “Thank you.”"),
    ],
)
def test_behind_no_full_stop_a_label_may_be_known_by_the_name_in_the_title(before: str, label: str) -> None:
    title = "Meeting with Governor of Zenda Rupert Hentzau"
    assert parted(title, f"{OPENED} {before} {label} {CLOSED}") == [title, f"{OPENED} {before}", label, CLOSED]


@pytest.mark.parametrize(
    "words",
    [
        "I recall our friend Rupert Hentzau: he built it.",
        "I recall the word of Rupert Hentzau: Build!",
        "I recall our friend Fritz Tarlenheim: He built it.",
        "Remember Rupert Hentzau: Thank you.",
    ],
)
def test_a_name_of_the_title_within_a_sentence_is_no_label(words: str) -> None:
    title = "Meeting with Rupert Hentzau"
    assert parted(title, f"{OPENED} {words} {CLOSED}") == [title, f"{OPENED} {words}", CLOSED]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_page_most_of_which_is_on_one_line_is_run_on_with_a_line_break_at_its_end_or_none(end: str) -> None:
    text = f"Talks in Zenda\n{LONG}{OPENED} {CLOSED}{end}"
    assert is_run_on(text, split_lines(text))
