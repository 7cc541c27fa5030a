"""The head of a page: what it says, and where title or date are missing."""

import datetime as dt

import pytest

from builder.errors import DataError
from builder.reading.layouts.dates import is_place_with_small_words, looks_like_place, read_clock, read_when
from builder.reading.layouts.heads import Head, read_head, read_head_date
from builder.reading.layouts.lines import TextLine, split_lines
from tests.support.told import brief, refusal

DAY = dt.date(2018, 5, 4)
NBSP = "\xa0"


def only_line(text: str) -> TextLine:
    (line,) = split_lines(text)
    return line


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
    assert (when.date, when.time, when.place) == (DAY, time, place)
    assert [(found.kind, text[found.start : found.end]) for found in when.blocks(line)] == list(segments.items())


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
        "May 4",
        "May 4, 20189",
        "May 4, 2018, 12:305",
        "May 4, 2018, was a day that nobody in Zenda will forget.",
        "May 32, 2018",
        "February 29, 2018",
        "May 4, 0000",
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
    ("text", "is_place"),
    [
        ("Zenda region, Tarlenheim", True),
        ("Zenda region, 3rd street, Strelsau", True),
        ("Zenda region, old fort", False),
        ("Tower, old bridge, Zenda", False),
        ("Zenda airport", True),
        ("Zenda weather", False),
        ("On board ship Ruritania", True),
    ],
)
def test_a_place_may_have_words_in_small_letters(text: str, is_place: bool) -> None:
    assert is_place_with_small_words(text) is is_place


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("12:30", dt.time(12, 30)),
        ("9:05", dt.time(9, 5)),
        ("00:00", dt.time(0, 0)),
        (f" {NBSP}23:59\n", dt.time(23, 59)),
        ("24:00", None),
        ("12:60", None),
        ("12:30:00", dt.time(12, 30)),
        ("at 12:30", dt.time(12, 30)),
        ("18:00–20:00", dt.time(18, 0)),
        ("18:00 - 20:00", dt.time(18, 0)),
        ("3:30 pm", dt.time(15, 30)),
        ("12:30, Zenda", None),
        ("12:30, ", dt.time(12, 30)),
        ("12:30 /", dt.time(12, 30)),
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


@pytest.mark.parametrize(
    ("below", "is_place"),
    [
        # The last word of the title, and the first of the lead, are of the subject: three words of four, or two.
        ("Railway Bridge Strelsau Harbour", False),
        ("Railway Bridge Festenburg Harbour", True),
        ("Railway Bridge Strelsau", True),
        ("Railway, Bridge, Strelsau, Harbour", True),
    ],
)
def test_a_line_below_the_date_that_repeats_two_thirds_of_its_words_from_the_title_is_no_place(
    below: str, is_place: bool
) -> None:
    head = head_of("Opening of the Railway Bridge", "Strelsau Castle Station was opened.", "May 4, 2018", below)
    assert head.place == (below if is_place else None)


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
    ("below", "title", "lead"),
    [
        ("Hentzau, Governor of Zenda", "Meeting with Rupert Hentzau, Governor of Zenda", None),
        ("Hentzau met the King", "Meeting with Rupert", "Hentzau met the King"),
        ("The King sent his greetings", "Meeting with Rupert", "The King sent his greetings"),
        ("Hentzau, Governor of Zenda.", "Meeting with Rupert", "Hentzau, Governor of Zenda."),
        (
            "One two three four five six seven eight",
            "Meeting with Rupert One two three four five six seven eight",
            None,
        ),
        (
            "One two three four five six seven eight nine",
            "Meeting with Rupert",
            "One two three four five six seven eight nine",
        ),
    ],
)
def test_a_title_may_go_on_where_no_lead_stands(below: str, title: str, lead: str | None) -> None:
    text = f"Meeting with Rupert\n{below}\nMay 4, 2018\n"
    head = read_head(text, split_lines(text), "a.txt")
    assert (head.title, head.lead) == (title, lead)
