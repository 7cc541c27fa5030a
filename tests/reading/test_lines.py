"""Lines of a text: where each stands, which of them go on with one another, and what the head above the body says."""

import datetime as dt

import pytest

from builder.errors import DataError
from builder.reading.layouts.lines import (
    Head,
    TextLine,
    block,
    continues,
    is_cut_label,
    is_label,
    looks_like_place,
    paragraph_blocks,
    paragraphs,
    read_clock,
    read_head,
    read_head_date,
    read_when,
    split_lines,
    without_layout_breaks,
)
from tests.support.told import brief, refusal

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


# ---------------------------------------------------------------------------------------------------------------------
# Date, time, place


@pytest.mark.parametrize(
    ("printed", "time", "place", "segments"),
    [
        ("May 4, 2018", None, None, {"date": "May 4, 2018"}),
        ("May 4 2018", None, None, {"date": "May 4 2018"}),
        ("May 4 – 6, 2018", None, None, {"date": "May 4 – 6, 2018"}),
        ("May 4 − June 1, 2018", None, None, {"date": "May 4 − June 1, 2018"}),
        ("Announcement, May 4, 2018", None, None, {"date": "Announcement, May 4, 2018"}),
        ("May 4, 2018, 9:05", dt.time(9, 5), None, {"date": "May 4, 2018,", "time": "9:05"}),
        ("May 4, 2018,09:05", dt.time(9, 5), None, {"date": "May 4, 2018,", "time": "09:05"}),
        ("May 4, 2018,  09:05", dt.time(9, 5), None, {"date": "May 4, 2018,", "time": "09:05"}),
        ("May 4, 2018, Zenda", None, "Zenda", {"date": "May 4, 2018,", "place": "Zenda"}),
        ("May 4, 2018,Zenda", None, "Zenda", {"date": "May 4, 2018,", "place": "Zenda"}),
        (f"May{NBSP}4, 2018,{NBSP}Zenda", None, "Zenda", {"date": f"May{NBSP}4, 2018,", "place": "Zenda"}),
        (
            f"May 4, 2018, The  {NBSP}Castle, Zenda",
            None,
            "The Castle, Zenda",
            {"date": "May 4, 2018,", "place": f"The  {NBSP}Castle, Zenda"},
        ),
        (
            "May 4, 2018, 23:59, Zenda",
            dt.time(23, 59),
            "Zenda",
            {"date": "May 4, 2018,", "time": "23:59,", "place": "Zenda"},
        ),
    ],
)
def test_a_date_line_is_parted_into_date_time_and_place(
    printed: str, time: dt.time | None, place: str | None, segments: dict[str, str]
) -> None:
    text = f"Meeting\n\n  {printed}  \n"
    line = split_lines(text)[1]
    when = read_when(line, text)
    assert when is not None
    assert (when.line, when.date, when.time, when.place) == (line, DAY, time, place)
    assert [(found.kind, text[found.start : found.end]) for found in when.blocks] == list(segments.items())


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("January", 1), ("February", 2), ("March", 3), ("April", 4), ("May", 5), ("June", 6),
        ("July", 7), ("August", 8), ("September", 9), ("October", 10), ("November", 11), ("December", 12),
    ],
)  # fmt: skip
def test_a_date_line_names_its_month(name: str, month: int) -> None:
    text = f"{name} 13, 1999"
    when = read_when(only_line(text), text)
    assert when is not None
    assert when.date == dt.date(1999, month, 13)


@pytest.mark.parametrize(
    "text",
    [
        "Zenda, May 4, 2018",
        "May 4",
        "May 4, 20189",
        "May 4, 2018 Zenda",
        "May 4, 2018 12:30",
        "May 4, 2018, 12:30 Zenda",
        "May 4, 2018, 12:305",
        "May 4, 2018, was a day that nobody in Zenda will forget.",
        "May 4, 2018,",
        "May 4, 2018.",
        "May 32, 2018",
        "February 29, 2018",
        "May 4, 0000",
        "May 4, 2018, 24:00",
        "May 4, 2018, 12:60",
    ],
)
def test_a_line_with_other_words_or_an_impossible_day_or_time_is_no_date_line(text: str) -> None:
    assert read_when(only_line(text), text) is None


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Zenda", True),
        ("The Castle, Zenda", True),
        ("Hentzau-on-Elphe", True),
        ("On board the Ruritania", True),
        ("Château de Zenda", True),
        ("a house in Zenda", False),
        ("and Zenda", False),
        ("The Castle and its moat", False),
        ("The King spoke of Zenda", False),
        ("Zenda.", False),
        ("The Castle (Zenda).", True),
        ("The Castle, Zenda...", True),
        ("Rudolf Elphberg: Zenda", False),
        ("Zenda: The Castle", False),
        ("Is This Zenda?", False),
        ("To Zenda! To Strelsau", False),
        ("* * * Zenda", False),
        ("<Zenda", False),
        ("Zenda>", False),
        ("4 of 5", False),
        ("12 of 15", False),
        ("4 of 5 Towers, Zenda", True),
        ("Tower 4 of 5", True),
        ("", False),
        ("— …", False),
        ("___", False),
        ("9 Castle Road, Zenda", True),
        ("Z" * 100, True),
        ("Z" * 101, False),
    ],
)
def test_a_place_is_short_in_capitals_and_no_sentence(text: str, is_place: bool) -> None:
    assert looks_like_place(text) is is_place


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("12:30", dt.time(12, 30)),
        ("9:05", dt.time(9, 5)),
        ("00:00", dt.time(0, 0)),
        (f" {NBSP}23:59\n", dt.time(23, 59)),
        ("24:00", None),
        ("12:60", None),
        ("12:30:00", None),
        ("at 12:30", None),
        ("12:30, Zenda", None),
        ("noon", None),
        ("", None),
    ],
)
def test_a_time_of_day_stands_alone(text: str, clock: dt.time | None) -> None:
    assert read_clock(text) == clock


# ---------------------------------------------------------------------------------------------------------------------
# Head

TITLE = "Meeting with Rupert Hentzau"


def head_of(*lines: str) -> Head:
    text = "\n".join(lines)
    return read_head(text, split_lines(text), "zenda.txt")


def pieces_of_head(*lines: str) -> list[tuple[str, str]]:
    text = "\n".join(lines)
    return [(found.kind, text[found.start : found.end]) for found in head_of(*lines).blocks]


def complaint(*lines: str) -> tuple[str, str]:
    """The place and code of the problem for which a head is refused, and what was found there."""
    problem = refusal(head_of, *lines)
    return brief(problem), problem.found


def test_a_head_has_title_lead_date_time_and_place() -> None:
    lead = ("The King met with", "Rupert Hentzau", ", his friend.", "They spoke of Zenda.")
    lines = (TITLE, *lead, "May 4, 2018", "12:30", "The Castle, Zenda", "Rudolf Elphberg: Welcome.")
    head = head_of(*lines)
    assert head.title == TITLE
    assert head.lead == "The King met with\n\nRupert Hentzau, his friend.\n\nThey spoke of Zenda."
    assert (head.when.date, head.time, head.place) == (DAY, dt.time(12, 30), "The Castle, Zenda")
    assert head.line_count == 8
    assert pieces_of_head(*lines) == [
        ("title", TITLE),
        ("lead", "The King met with"),
        ("lead", "Rupert Hentzau\n, his friend."),
        ("lead", "They spoke of Zenda."),
        ("date", "May 4, 2018"),
        ("time", "12:30"),
        ("place", "The Castle, Zenda"),
    ]


@pytest.mark.parametrize(
    ("below", "time", "place", "count"),
    [
        ((), None, None, 2),
        (("12:30",), dt.time(12, 30), None, 3),
        (("Zenda",), None, "Zenda", 3),
        (("12:30", "Zenda"), dt.time(12, 30), "Zenda", 4),
        (("Zenda", "12:30"), None, "Zenda", 3),
        (("12:30", "12:40"), dt.time(12, 30), None, 3),
        (("12:30, Zenda",), None, None, 2),
        (("Zenda", "Strelsau"), None, "Zenda", 3),
        (("Rudolf Elphberg", ": Welcome."), None, None, 2),
        (("12:30", "Rudolf Elphberg", ": Welcome."), dt.time(12, 30), None, 3),
        (("Transcript of the Talks",), None, None, 2),
        (("Remarkable Hill",), None, "Remarkable Hill", 3),
        (("It was late in Zenda.",), None, None, 2),
    ],
)
def test_below_the_date_may_stand_a_time_and_below_it_a_place(
    below: tuple[str, ...], time: dt.time | None, place: str | None, count: int
) -> None:
    head = head_of(TITLE, "May 4, 2018", *below)
    assert (head.time, head.place, head.line_count) == (time, place, count)
    assert head.lead is None


@pytest.mark.parametrize(
    ("when", "time", "place", "count"),
    [
        ("May 4, 2018, 9:05", dt.time(9, 5), "Zenda", 3),
        ("May 4, 2018, Strelsau", None, "Strelsau", 2),
        ("May 4, 2018, 9:05, Strelsau", dt.time(9, 5), "Strelsau", 2),
    ],
)
def test_what_the_date_line_says_is_said_below_it_no_more(
    when: str, time: dt.time, place: str | None, count: int
) -> None:
    head = head_of(TITLE, when, "Zenda")
    assert (head.time, head.place, head.line_count) == (time, place, count)


@pytest.mark.parametrize("when", ["May 4, 2018, 9:05", "May 4, 2018, Strelsau"])
def test_below_a_date_line_with_a_time_or_a_place_a_time_is_no_time_of_the_page(when: str) -> None:
    head = head_of(TITLE, when, "12:30")
    assert head.line_count == 2
    assert head.time == head.when.time


def test_forty_lines_may_stand_from_the_title_to_the_date() -> None:
    lead = [f"The King spoke of town {number}." for number in range(38)]
    assert head_of(TITLE, *lead, "May 4, 2018").when.date == DAY
    assert complaint(TITLE, "They met.", *lead, "May 4, 2018")[0] == "zenda.txt:1: no-date"


@pytest.mark.parametrize(
    "line", ["Rudolf Elphberg: Welcome.", "See also", "Additional"], ids=["a label", "a box", "another box"]
)
def test_no_date_of_the_page_stands_below_its_first_label_or_a_box_of_links(line: str) -> None:
    assert complaint(TITLE, line, "May 4, 2018")[0] == "zenda.txt:1: no-date"


def test_a_colon_in_the_lead_begins_no_speech() -> None:
    assert head_of(TITLE, "What they spoke of: Zenda.", "May 4, 2018").lead == "What they spoke of: Zenda."


def test_a_head_without_a_date_is_refused_where_its_title_stands() -> None:
    assert complaint("", TITLE, "The King came.") == ("zenda.txt:2: no-date", f'none below "{TITLE}"')


@pytest.mark.parametrize(("text", "number"), [("", 1), ("View settings\nFont size:\n\n", 2)])
def test_a_text_that_ends_above_its_head_is_refused_at_its_last_line(text: str, number: int) -> None:
    with pytest.raises(DataError) as caught:
        read_head(text, [], "zenda.txt")
    (problem,) = caught.value.problems
    assert (problem.line, problem.found) == (number, "none below the end of the text")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("May 4, 2018", "Zenda"), 'the date line "May 4, 2018"'),
        (("May 4, 2018, Zenda",), 'the date line "May 4, 2018, Zenda"'),
        (("* * *", "May 4, 2018"), '"* * *"'),
        (("___", "The King came.", "May 4, 2018"), '"___"'),
    ],
)
def test_a_head_without_a_title_is_refused_with_what_stands_in_its_place(lines: tuple[str, ...], found: str) -> None:
    assert complaint("", "", *lines) == ("zenda.txt:3: no-title", found)


@pytest.mark.parametrize("title", ["Ω", "7", "« Zenda »"])
def test_a_title_has_one_letter_or_digit(title: str) -> None:
    assert head_of(title, "May 4, 2018").title == title


def test_a_day_that_does_not_exist_is_refused_where_it_stands() -> None:
    found = complaint(TITLE, "The King came.", "May 32, 2018, Zenda")
    assert found == ("zenda.txt:3: impossible-date", '"May 32, 2018"')
    assert complaint(TITLE, "May 4, 2018, 24:30, Zenda") == ("zenda.txt:2: impossible-date", '"24:30"')


def test_a_time_that_does_not_exist_is_refused_where_it_stands() -> None:
    found = complaint(TITLE, "", "May 4, 2018", "", "24:30", "Zenda")
    assert found == ("zenda.txt:5: impossible-date", '"24:30"')


def test_a_line_may_be_read_as_the_page_s_date_and_is_refused_if_there_is_no_such_day() -> None:
    text = "Zenda\nMay 4, 2018\nJune 31, 2018"
    none, day, impossible = split_lines(text)
    assert read_head_date(none, text, "zenda.txt") is None
    assert read_head_date(day, text, "zenda.txt") == read_when(day, text)
    problem = refusal(read_head_date, impossible, text, "zenda.txt")
    assert (brief(problem), problem.found) == ("zenda.txt:3: impossible-date", '"June 31, 2018"')


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Rudolf Elphberg:", True), ("Rudolf Elphberg", False), ("What they said is this:", False), ("“Zenda”:", False)],
)
def test_a_label_names_a_speaker_before_a_colon(text: str, is_one: bool) -> None:
    assert is_label(text) is is_one
