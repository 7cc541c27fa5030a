"""The two text layouts: how each is recognised, what its head, its asides and its tail say, and that nothing is lost."""

import datetime as dt
import random
import re
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.errors import DataError, Problem
from builder.reading.document import PLAIN, PageMetadata
from builder.reading.layouts import RANK, Layout, LayoutError, layouts_of, read_document
from builder.reading.layouts.lines import SourceLines
from builder.reading.layouts.site import as_printed
from tests.support.pages import (
    DIALOGUE,
    NBSP,
    accessible,
    as_document,
    as_reading,
    as_source,
    main,
    pieces_of,
    with_direct_link,
)
from tests.support.told import brief, refusal

Page = Callable[..., str]
in_both_layouts = pytest.mark.parametrize("page", [accessible, main])

cut_labels = pytest.mark.parametrize("rest", [": Please, sit down.", "(in German): Please, sit down."])

SAT, THANKED = "Rudolf Elphberg: Please, sit down.", "Rupert Hentzau: Thank you."


def metadata(text: str) -> PageMetadata:
    return as_document(text).metadata


def blocks_of(text: str, kind: str) -> list[str]:
    """The text of a page's blocks of a kind, in order."""
    document = as_document(text)
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def complaint(text: str) -> Problem:
    """The problem for which a page is refused."""
    return refusal(as_reading, text, "zenda.txt")


# ---------------------------------------------------------------------------------------------------------------------
# Recognition


@pytest.mark.parametrize("path", ["page.txt", "A/main_text.txt", "B/accessible_text.txt", "news.html.txt"])
@pytest.mark.parametrize(("page", "name"), [(accessible, "accessible_text"), (main, "main_text")])
def test_a_layout_is_recognised_by_its_marks_and_not_by_the_files_name(page: Page, name: str, path: str) -> None:
    assert read_document(as_source(page(*DIALOGUE), path)).layout == name


@pytest.mark.parametrize("section", ["Events", "News", "Transcripts", "События", "Новости", "Стенограммы"])
def test_the_main_site_heads_its_pages_in_two_languages(section: str) -> None:
    text = main(*DIALOGUE).replace("Events", section, 1)
    assert as_document(text).layout == "main_text"
    assert pieces_of(as_reading(text), "section") == [section]


@pytest.mark.parametrize(
    "section", ["Transcripts", "Документ", "Стенограммы", "News", "Новости", "Speeches and Transcripts"]
)
def test_the_accessible_site_heads_its_pages_in_two_languages(section: str) -> None:
    transcript = as_reading(accessible(*DIALOGUE, section=section))
    assert transcript.document.metadata.title == "Meeting with Rupert Hentzau"
    assert pieces_of(transcript, "section") == [f"{section} /"]


@pytest.mark.parametrize("title", ["On bread, on wine and /", "On bread and wine /", "Speeches and Transcripts"])
def test_a_longer_line_that_ends_in_a_slash_is_the_title_and_so_is_one_without(title: str) -> None:
    text = accessible(*DIALOGUE, title=title).replace(f"Transcripts {NBSP} /\n\n", "")
    assert pieces_of(as_reading(text), "section", "title") == [title]
    assert metadata(text).title == title


def test_a_separator_right_below_the_date_is_no_mark_of_another_tool() -> None:
    document = as_document(main("* * *", *DIALOGUE, place=None))
    assert document.layout == "main_text"
    assert [block.kind for block in document.blocks if document.text[block.start : block.end] == "* * *"] == ["body"]


@pytest.mark.parametrize("line", ["Share", "Strelsau Gazette"])
def test_a_line_above_the_first_is_another_tool_s(line: str) -> None:
    text = accessible(*DIALOGUE).removeprefix("View settings\n\n")
    assert as_document(text).layout == "accessible_text"
    assert as_document(f"{line}\n\n{text}").layout == "plain_text"
    text = main(*DIALOGUE)
    text = text[: text.index("Publication status")]
    assert as_document(f"May 5, 2018\n{text}").layout == "main_text"
    assert as_document(f"{line}\nMay 5, 2018\n{text}").layout == "plain_text"


def test_up_to_three_lines_below_the_publication_status_may_be_new() -> None:
    page = main(*DIALOGUE)
    new = ["\nShare this page", "\nPrint this page", "\nKeep this page", "\nRead this page"]
    assert pieces_of(as_reading(page + "".join(new[:3])), "unassigned") == [line.strip() for line in new[:3]]
    assert as_document(page + "".join(new)).layout == "plain_text"
    above, status, below = page.partition("\nPublication status")
    assert as_document(above + status + "".join(new[:3]) + below).layout == "main_text"
    assert as_document(above + status + "".join(new) + below).layout == "plain_text"


@in_both_layouts
def test_a_page_whose_lines_a_tool_broke_at_a_column_is_read_as_plain_text(page: Page) -> None:
    speech = "over the hills and along the river and by the old town where the bells rang " * 5
    assert as_document(page(SAT, f"We went {speech}home.")).layout in ("main_text", "accessible_text")
    assert as_document(page(SAT, textwrap.fill(f"We went {speech}home.", 60))).layout == "plain_text"


def test_a_page_that_a_tool_wrote_on_one_line_is_read_as_plain_text() -> None:
    reading = as_reading(main(" ".join(DIALOGUE), lead=None))
    assert reading.document.layout == "plain_text"
    assert [turn.text for turn in reading.turns] == [
        "Mr Hentzau, I am glad to see you in Strelsau.",
        "Thank you, Mr President.",
        "Please, sit down.",
    ]


@pytest.mark.parametrize(
    "line", ["# Zenda", "[Zenda](zenda.html)", "title: Zenda", "Share: Zenda", "> Zenda", "*Zenda*"]
)
def test_marks_of_another_tool_show_in_the_first_six_lines(line: str) -> None:
    assert as_document(main(line, *DIALOGUE, time=None, place=None)).layout == "plain_text"
    assert as_document(main(line, *DIALOGUE, place=None)).layout == "plain_text"
    assert as_document(main(line, *DIALOGUE)).layout == "main_text"


@pytest.mark.parametrize("date", ["May 4, 2018", "May 9, 2018"])
def test_two_lines_of_the_accessible_version_s_own_among_the_first_twelve_are_its_marks(date: str) -> None:
    first, second = "View settings", "Font size:"
    lines = [first, "Meeting with Rupert Hentzau", date, *DIALOGUE, *["The wine is good."] * 4]
    assert len(lines) == 11
    assert as_document("\n".join([*lines, second])).layout == "accessible_text"
    assert as_document("\n".join([*lines, "And so on.", second])).layout == "plain_text"
    assert as_document("\n".join(lines)).layout == "plain_text"


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("Events", 1, "the end of the text"),
        ("May 5, 2018\nNews", 2, "the end of the text"),
        ("Topics\nCIS\nPublication status\nMay 4, 2018", 4, "the end of the text"),
        ("Events\nZenda\nTopics\nCIS\nPublication status\nMay 4, 2018", 2, '"Zenda"'),
    ],
)
def test_what_stands_above_and_below_a_main_page_is_no_title_and_no_date_of_it(
    text: str, line: int, found: str
) -> None:
    with pytest.raises(DataError) as caught:
        read_document(as_source(text, "zenda.txt"))
    assert isinstance(caught.value, LayoutError)
    assert caught.value.layout == "main_text"
    (problem,) = caught.value.problems
    assert (problem.line, problem.found) == (line, f"none below {found}")


@pytest.mark.parametrize("layout", [*layouts_of(PLAIN)], ids=lambda layout: layout.name)
@pytest.mark.parametrize("text", ["\n", "Zenda"])
def test_a_text_without_marks_is_of_no_layout(layout: Layout, text: str) -> None:
    assert layout.try_read(SourceLines(as_source(text, "zenda.txt"))) is None


@pytest.mark.parametrize("text", ["Strelsau Gazette\nIt rains.", "x"])
def test_a_text_without_marks_is_refused_with_what_each_layout_looks_for(text: str) -> None:
    problem = complaint(text)
    assert brief(problem) == "zenda.txt:1: no-layout"
    assert "Events" in problem.expected
    assert "View settings" in problem.expected
    assert text.split("\n", maxsplit=1)[0] in problem.found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Strelsau Gazette\nZenda", "Strelsau Gazette"),
        ("\n \t\n  Strelsau  Gazette\n", "Strelsau Gazette"),
        (" \n", ""),
    ],
)
def test_a_refusal_says_what_each_layout_looks_for_and_what_the_text_begins_with(text: str, first: str) -> None:
    problem = refusal(read_document, as_source(text, "zenda.txt"))
    assert brief(problem) == "zenda.txt:1: no-layout"
    assert all(f"{layout.name}: {layout.marks}" in problem.expected for layout in layouts_of(PLAIN))
    assert problem.found.endswith(f'"{first}"')


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (f"Talks\n\n{SAT}\n", "zenda.txt:1: no-date", 'none below "Talks"'),
        (f"{SAT}\n{THANKED}\n", "zenda.txt:1: no-title", f'none above "{SAT}"'),
        (f"Talks\n31 November 2018\n\n{SAT}\n", "zenda.txt:2: impossible-date", '"31 November 2018"'),
        (f"Talks\n03/04/2023\n\n{SAT}\n", "zenda.txt:2: no-date", '"03/04/2023"'),
        (f"Talks\nMai 4, 2018, Zenda\n\n{SAT}\n", "zenda.txt:2: no-date", '"Mai 4, 2018, Zenda"'),
        (f"title: Talks\n\n03/04/2023\n{SAT}\n", "zenda.txt:3: no-date", '"03/04/2023"'),
        (main(SAT, date="Mai 4, 2018"), "zenda.txt:4: no-date", '"Mai 4, 2018"'),
        (accessible(SAT, date="03/04/2018", place=None), "zenda.txt:13: no-date", '"03/04/2018"'),
    ],
    ids=[
        "no date",
        "no first lines",
        "no such day",
        "day or month",
        "a slip",
        "below a head line",
        "main",
        "accessible",
    ],
)
def test_a_refusal_names_the_one_thing_that_is_missing(text: str, place: str, found: str) -> None:
    problem = complaint(text)
    assert (brief(problem), problem.found) == (place, found)
    assert ";" not in problem.expected


def test_of_two_layouts_of_one_event_the_one_that_says_most_ranks_first() -> None:
    assert sorted(RANK, key=RANK.__getitem__) == ["html", "main_text", "accessible_text", "plain_text"]


# ---------------------------------------------------------------------------------------------------------------------
# Title, lead, date, time, place


@pytest.mark.parametrize(
    ("when", "date", "time", "place"),
    [
        ("May 4, 2018", (2018, 5, 4), None, None),
        ("May 4, 2018, Zenda", (2018, 5, 4), None, "Zenda"),
        ("May 4, 2018, 09:05", (2018, 5, 4), (9, 5), None),
        ("May 4, 2018, 15:30, The Castle, Zenda", (2018, 5, 4), (15, 30), "The Castle, Zenda"),
        ("May 4, 2018, On board the Ruritania", (2018, 5, 4), None, "On board the Ruritania"),
        ("May 4, 2018, Hentzau-on-Elphe", (2018, 5, 4), None, "Hentzau-on-Elphe"),
        ("December 31, 1999, St Petersburg", (1999, 12, 31), None, "St Petersburg"),
    ],
)
@in_both_layouts
def test_a_date_line_may_hold_time_and_place(
    page: Page, when: str, date: tuple[int, int, int], time: tuple[int, int] | None, place: str | None
) -> None:
    found = metadata(page(*DIALOGUE, date=when, place=None, **({"time": None} if page is main else {})))
    assert found.date == dt.date(*date)
    assert found.time == (dt.time(*time) if time else None)
    assert found.place == place


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        ("May 4, 2018", {"date": ["May 4, 2018"]}),
        ("May 4, 2018, Zenda", {"date": ["May 4, 2018,"], "place": ["Zenda"]}),
        ("May 4, 2018, 09:05", {"date": ["May 4, 2018,"], "time": ["09:05"]}),
        ("May 4, 2018, 9:05, Zenda", {"date": ["May 4, 2018,"], "time": ["9:05,"], "place": ["Zenda"]}),
    ],
)
def test_each_part_of_a_date_line_is_a_piece(when: str, printed: dict[str, list[str]]) -> None:
    in_main = as_reading(main(*DIALOGUE, date=when, time=None, place=None))
    in_accessible = as_reading(accessible(*DIALOGUE, date=when, place=None))
    for kind in ("date", "time", "place"):
        assert pieces_of(in_main, kind) == printed.get(kind, [])
        assert pieces_of(in_accessible, kind) == printed.get(kind, []) * 2


@pytest.mark.parametrize(
    ("date", "printed", "time"),
    [
        ("December 31, 2006", "00:00", None),
        ("December 31, 2006", "00:01", dt.time(0, 1)),
        ("January 1, 2007", "00:00", dt.time(0, 0)),
    ],
)
def test_midnight_before_2007_is_a_placeholder(date: str, printed: str, time: dt.time | None) -> None:
    assert metadata(main(*DIALOGUE, date=date, time=printed)).time == time
    assert metadata(accessible(*DIALOGUE, date=f"{date}, {printed}")).time == time


@pytest.mark.parametrize(
    ("lines", "time", "place"),
    [
        (("May 4, 2018", "12:30", "The Castle, Zenda"), dt.time(12, 30), "The Castle, Zenda"),
        (("May 4, 2018", "The Castle, Zenda"), None, "The Castle, Zenda"),
        (("May 4, 2018", "9:05"), dt.time(9, 5), None),
        (("May 4, 2018, 12:30", "The Castle, Zenda"), dt.time(12, 30), "The Castle, Zenda"),
    ],
)
@in_both_layouts
def test_time_and_place_may_stand_on_lines_of_their_own(
    page: Page, lines: tuple[str, ...], time: dt.time | None, place: str | None
) -> None:
    first, *others = lines
    options = {"time": None} if page is main else {}
    found = metadata(page(*others, *DIALOGUE, date=first, place=None, **options))
    assert (found.date, found.time, found.place) == (dt.date(2018, 5, 4), time, place)


@in_both_layouts
def test_what_is_said_first_is_not_a_place(page: Page) -> None:
    transcript = as_reading(page(*DIALOGUE, place=None))
    assert transcript.document.metadata.place is None
    assert len(transcript.turns) == 3


@pytest.mark.parametrize(
    "line",
    [
        "the two spoke of peace",
        "The two spoke of peace",
        "The Castle and its moat",
        "The Castle, Zenda.",
        "4 of 4",
        "— …",
    ],
)
@in_both_layouts
def test_a_line_below_the_date_is_a_place_only_if_its_words_are_in_capitals_and_end_in_no_full_stop(
    page: Page, line: str
) -> None:
    transcript = as_reading(page(line, *DIALOGUE, place=None))
    assert transcript.document.metadata.place is None
    assert pieces_of(transcript, "place") == []
    assert pieces_of(transcript, "narration", "caption") == [line]


@in_both_layouts
def test_a_place_has_a_hundred_characters_at_most(page: Page) -> None:
    place = "The Castle of " + "Z" * 86
    assert metadata(page(*DIALOGUE, place=place)).place == place
    assert metadata(page(f"{place}Z", *DIALOGUE, place=None)).place is None


@cut_labels
def test_a_label_that_a_link_cuts_right_below_the_date_is_not_a_place(rest: str) -> None:
    transcript = as_reading(main("Rudolf Elphberg", rest, place=None))
    assert transcript.document.metadata.place is None
    assert [(turn.label, turn.text) for turn in transcript.turns] == [("Rudolf Elphberg", "Please, sit down.")]


@pytest.mark.parametrize("heading", ["Beginning of Ruritania–Graustark Talks", "Excerpts from Transcript"])
def test_a_heading_right_below_the_date_is_not_a_place(heading: str) -> None:
    transcript = as_reading(main(heading, *DIALOGUE, place=None))
    assert transcript.document.metadata.place is None
    assert pieces_of(transcript, "heading") == [heading]


@in_both_layouts
def test_the_extra_spaces_around_a_link_are_no_part_of_the_place(page: Page) -> None:
    assert metadata(page(*DIALOGUE, place=f"The {NBSP}Castle,  Zenda")).place == "The Castle, Zenda"


@pytest.mark.parametrize("body", [(), ("The talks were held in Zenda.",)])
def test_an_accessible_page_may_hold_little_or_nothing_between_its_dates_and_need_not_repeat_the_date(
    body: tuple[str, ...],
) -> None:
    transcript = as_reading(accessible(*body))
    assert len(pieces_of(transcript, "date")) == 2
    assert pieces_of(transcript, "narration") == list(body)
    text = accessible(*body)
    with_footer = as_reading(f"{text}\nShare this page")
    assert len(pieces_of(with_footer, "date")) == 2
    assert pieces_of(with_footer, "furniture")[4:] == ["Share this page"]
    without = as_reading(text[: text.rindex("May 4, 2018")])
    assert len(pieces_of(without, "date")) == 1
    assert pieces_of(without, "narration") == list(body)


@pytest.mark.parametrize("count", [1, 2, 38])
def test_lines_below_the_date_at_the_end_of_an_accessible_page_are_furniture(count: int) -> None:
    footer = [f"Link {number}" for number in range(count)]
    transcript = as_reading(accessible(*DIALOGUE) + "\n" + "\n".join(footer))
    assert len(pieces_of(transcript, "date")) == 2
    assert pieces_of(transcript, "furniture")[4:] == footer
    assert transcript.turns[-1].text == "Please, sit down."


@pytest.mark.parametrize("count", [39, 40])
def test_a_date_further_up_an_accessible_page_does_not_end_it(count: int) -> None:
    lines = [f"Link {number}" for number in range(1, count + 1)]
    transcript = as_reading(accessible(*DIALOGUE) + "\n" + "\n".join(lines))
    assert len(pieces_of(transcript, "date")) == 1
    assert transcript.turns[-1].text.endswith(f"Link {count}")


def test_what_the_date_line_at_the_end_says_more_than_the_first_is_of_the_meeting_too() -> None:
    line = "May 4, 2018, The Castle, Zenda"
    text = accessible(*DIALOGUE)
    assert text.count(line) == 2
    found = metadata(text.replace(line, "May 4, 2018", 1).removesuffix(line) + "May 4, 2018, 12:30, The Castle, Zenda")
    assert (found.time, found.place) == (dt.time(12, 30), "The Castle, Zenda")
    found = metadata(text.removesuffix(line) + "May 4, 2018, Strelsau")
    assert found.place == "The Castle, Zenda"


def test_an_accessible_page_that_does_not_repeat_its_date_ends_with_speech() -> None:
    text = accessible(*DIALOGUE)
    transcript = as_reading(text[: text.rindex("May 4, 2018")])
    assert len(pieces_of(transcript, "date")) == 1
    assert transcript.turns[-1].text == "Please, sit down."


def test_speech_that_begins_with_a_date_stays_speech() -> None:
    transcript = as_reading(main(SAT, "May 4, 2018, was a day that nobody in Zenda will forget.", THANKED))
    assert transcript.turns[0].text.endswith("\n\nMay 4, 2018, was a day that nobody in Zenda will forget.")


@pytest.mark.parametrize(
    ("printed", "first_day"),
    [
        ("June 13 − 14, 2019", dt.date(2019, 6, 13)),
        ("June 13–14, 2019", dt.date(2019, 6, 13)),
        ("June 13-14, 2019", dt.date(2019, 6, 13)),
        ("June 30 − July 1, 2019", dt.date(2019, 6, 30)),
        ("June 30 – July 1, 2019", dt.date(2019, 6, 30)),
    ],
)
@in_both_layouts
def test_of_several_days_the_first_is_the_date(page: Page, printed: str, first_day: dt.date) -> None:
    found = metadata(page(*DIALOGUE, date=printed))
    assert found.date == first_day
    assert found.place == "The Castle, Zenda"


@pytest.mark.parametrize(
    ("announced", "time"),
    [
        ("March 4, 2013", None),
        ("March 4, 2013, 15:30", dt.time(15, 30)),
        ("March 4, 2013, 00:00", dt.time(0, 0)),
        ("March 4, 2003, 00:00", None),
    ],
)
def test_an_announcement_has_the_time_that_it_announces_and_not_that_of_its_publication(
    announced: str, time: dt.time | None
) -> None:
    page = main("The two will discuss the harvest.", date=announced.partition(", 0")[0].partition(", 1")[0])
    assert metadata(f"Announcement, {announced}\n{page}").time == time


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (main(SAT, date="February 30, 2018"), 4, "February 30, 2018"),
        (main(SAT, date="May 32, 2018"), 4, "May 32, 2018"),
        (accessible(SAT, date="June 31, 2018"), 13, "June 31, 2018"),
        (
            accessible(SAT, THANKED).removesuffix("May 4, 2018, The Castle, Zenda") + "June 31, 2018",
            20,
            "June 31, 2018",
        ),
        (main(SAT, date="May 4, 2018, 12:75", time=None), 4, "12:75"),
    ],
)
def test_a_day_or_time_that_does_not_exist_is_refused_with_its_line(text: str, line: int, found: str) -> None:
    problem = complaint(text)
    assert (brief(problem), problem.found) == (f"zenda.txt:{line}: impossible-date", f'"{found}"')


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (main(SAT, date="Some day in May"), 2, '"Meeting with Rupert Hentzau"'),
        (accessible(SAT, date="Some day in May", place=None), 11, '"Meeting with Rupert Hentzau"'),
        ("\nView settings\nFont size:\n\n\n", 3, "the end of the text"),
    ],
)
def test_a_page_without_a_date_is_refused(text: str, line: int, found: str) -> None:
    problem = complaint(text)
    assert (brief(problem), problem.found) == (f"zenda.txt:{line}: no-date", f"none below {found}")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (
            main(SAT, lead=None).replace("Meeting with Rupert Hentzau\n", ""),
            2,
            'the date line "May 4, 2018"',
        ),
        (
            accessible(SAT).replace("Meeting with Rupert Hentzau\n\n", ""),
            11,
            'the date line "May 4, 2018, The Castle, Zenda"',
        ),
        (main(SAT, title="…"), 2, '"…"'),
        (accessible(SAT, title="— _ —"), 11, '"— _ —"'),
    ],
)
def test_a_page_without_a_title_is_refused(text: str, line: int, found: str) -> None:
    problem = complaint(text)
    assert (brief(problem), problem.found) == (f"zenda.txt:{line}: no-title", found)


# ---------------------------------------------------------------------------------------------------------------------
# No-break spaces


@in_both_layouts
def test_no_break_spaces_change_nothing_that_the_page_says(page: Page) -> None:
    body = (
        "Beginning of Ruritania–Graustark talks",
        *DIALOGUE,
        "* * *",
        "Rupert Hentzau (in German): Good [day]. (Laughter.)",
    )
    usual, unbroken = as_reading(page(*body)), as_reading(page(*body).replace(" ", NBSP))
    assert unbroken.document.layout == usual.document.layout
    assert unbroken.document.metadata == usual.document.metadata
    assert unbroken.turns == usual.turns
    assert [(p.kind, p.start, p.end) for p in unbroken.segments] == [(p.kind, p.start, p.end) for p in usual.segments]


def test_no_break_spaces_change_no_tag_and_no_caption() -> None:
    page = main(
        "4 of 4",
        "With Rupert Hentzau in Zenda.",
        *DIALOGUE,
        "See also",
        "Trip to Zenda",
        "May 3 − 5, 2018",
        topics=("Foreign policy",),
        persons=("Hentzau Rupert",),
    )
    usual, unbroken = as_reading(page), as_reading(page.replace(" ", NBSP))
    assert unbroken.document.metadata == usual.document.metadata
    for kind in ("caption", "related", "tag", "status", "furniture"):
        assert pieces_of(unbroken, kind) == pieces_of(usual, kind)


# ---------------------------------------------------------------------------------------------------------------------
# Captions and boxes


@cut_labels
def test_somebody_whose_label_a_link_cuts_below_a_slide_count_is_not_a_caption(rest: str) -> None:
    transcript = as_reading(main("1 of 3", "Prime Minister of Ruritania Rupert Hentzau", rest))
    assert pieces_of(transcript, "caption") == ["1 of 3"]
    assert [turn.label for turn in transcript.turns] == ["Prime Minister of Ruritania Rupert Hentzau"]


@pytest.mark.parametrize(
    "caption",
    [
        "With President of Ruritania Rudolf Elphberg. Photo by Zenda Press Service",
        "At the meeting. Photo: Strelsau Gazette",
        "Wreath-laying at the tomb of Rudolf III.",
    ],
)
def test_a_photo_credit_belongs_to_its_caption(caption: str) -> None:
    assert pieces_of(as_reading(main("3 of 6", caption, *DIALOGUE)), "caption") == ["3 of 6", caption]


@pytest.mark.parametrize(
    "credit",
    ["Photo by Zenda Press Service", "Photo: Strelsau Gazette", "Photos by Fritz Tarlenheim, Zenda Press Service"],
)
def test_a_photo_credit_on_a_line_of_its_own_is_a_caption(credit: str) -> None:
    transcript = as_reading(main(SAT, credit, THANKED))
    assert pieces_of(transcript, "caption") == [credit]
    assert [turn.text for turn in transcript.turns] == ["Please, sit down.", "Thank you."]


@pytest.mark.parametrize("end", ["", "!"])
def test_a_line_of_two_hundred_characters_at_most_is_a_photo_credit(end: str) -> None:
    credit = f"Photo by {'Zenda ' * 31}Press{end}"
    assert len(credit) == 200 + len(end)
    assert pieces_of(as_reading(main(SAT, credit, THANKED)), "caption") == ([] if end else [credit])


@pytest.mark.parametrize(("body", "captions"), [((SAT, "4 of 4"), ["4 of 4"]), ((SAT, "3 of 4", "At last."), None)])
def test_a_slide_count_may_be_the_last_line_or_the_last_but_one(
    body: tuple[str, ...], captions: list[str] | None
) -> None:
    transcript = as_reading(main(*body))
    assert pieces_of(transcript, "caption") == (captions or ["3 of 4", "At last."])
    assert transcript.turns[0].text == "Please, sit down."


@pytest.mark.parametrize("count", ["4 of 4.", "4 of them", "Of 4 of 4"])
def test_what_is_no_slide_count_is_said(count: str) -> None:
    assert as_reading(main(SAT, count)).turns[0].text == f"Please, sit down.\n\n{count}"


@cut_labels
def test_a_label_that_a_link_cuts_is_no_caption_though_it_names_the_page_s_subject(rest: str) -> None:
    label = "Visiting Professor Rupert Hentzau Jr."
    title = "Talks with Professor Rupert Hentzau"
    assert label in blocks_of(main(SAT, label, rest, title=title), "body")
    assert label in blocks_of(main(SAT, label, title=title), "caption")


def test_a_caption_has_four_hundred_characters_at_most() -> None:
    caption = f"Meeting with Rupert Hentzau{' at last' * 46} now."
    assert len(caption) == 400
    assert pieces_of(as_reading(main(caption, *DIALOGUE)), "caption") == [caption]
    assert pieces_of(as_reading(main(caption.replace("now", "then"), *DIALOGUE)), "caption") == []


@pytest.mark.parametrize(
    "said",
    [
        "Meeting with Rupert Hentzau in Zenda at 15:30.",
        "Meeting with Rupert Hentzau!",
        "Meeting with Rupert Hentzau is what I wanted.",
        "At the meeting we spoke of peace.",
        "With respect to bread, prices rose.",
        "Photographs of Zenda are my hobby.",
        "Photo albums lie on the table.",
    ],
)
def test_what_is_said_about_meetings_and_photos_is_no_caption(said: str) -> None:
    transcript = as_reading(main(SAT, said, THANKED))
    assert transcript.turns[0].text == f"Please, sit down.\n\n{said}"


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (("News of the Bridge Council",), "The wine is good."),
        (("News of the Bridge Council", "Castle Commission"), "The wine is good."),
        (("Trip to Zenda", "May 3, 2018"), "Let us drink, gentlemen"),
        (("Trip to Zenda", "3 May 2018"), "The wine is good."),
    ],
)
def test_a_box_is_one_whose_links_are_titles_with_dates_or_all_without(links: tuple[str, ...], said: str) -> None:
    transcript = as_reading(main(SAT, "See also", *links, said))
    assert pieces_of(transcript, "related") == ["See also", *links]
    assert transcript.turns[0].text == f"Please, sit down.\n\n{said}"


@pytest.mark.parametrize("words", ["That the doors are shut.", "Friends,", "that the doors", "Rupert Hentzau: I see."])
def test_no_box_holds_what_somebody_says(words: str) -> None:
    transcript = as_reading(main(SAT, "See also", words))
    assert pieces_of(transcript, "related") == []


# ---------------------------------------------------------------------------------------------------------------------
# Tags and publication status


def test_a_list_that_the_accessible_layout_cannot_print_is_unknown() -> None:
    found = metadata(accessible(*DIALOGUE))
    assert (found.geography, found.topics, found.persons, found.published_in) == (None, None, None, None)


@pytest.mark.parametrize(
    ("line", "sections"),
    [
        ("Published in sections: News, Transcripts", ("News", "Transcripts")),
        ("Published in section: News", ("News",)),
    ],
)
def test_the_sections_that_carry_a_page_are_a_list(line: str, sections: tuple[str, ...]) -> None:
    text = main(*DIALOGUE).replace("Published in sections: News, Transcripts", line)
    assert metadata(text).published_in == sections
    assert line in pieces_of(as_reading(text), "status")


def test_each_line_of_the_publication_status_leaves_what_the_others_say() -> None:
    page = with_direct_link(main(*DIALOGUE), 12345)
    top, _, below = page.partition("Published in")
    published, dated, link, version = ("Published in" + below).split("\n")
    for lines in (
        (link, published, dated, version),
        (published, version, link, dated),
        (dated, link, published, version),
    ):
        found = metadata(top + "\n".join(lines))
        assert found.event_id == "12345"
        assert found.url == "http://en.kremlin.ru/d/12345"
        assert found.published_in == ("News", "Transcripts")


def test_a_tag_list_begins_sixty_lines_above_the_publication_status_at_most() -> None:
    tags = tuple(f"Zenda {number}" for number in range(60))
    assert metadata(main(*DIALOGUE, topics=tags[:59])).topics == tags[:59]
    assert metadata(main(*DIALOGUE, topics=tags)).topics == ()


@pytest.mark.parametrize(
    "line", ["There are many of them.", "Long live Zenda!", "Are there?", "And so on <…>", "First: bread", "Zenda" * 21]
)
def test_what_looks_like_no_tag_is_said_also_as_the_last_line_above_the_status(line: str) -> None:
    transcript = as_reading(main(SAT, "Topics", line))
    assert transcript.document.metadata.topics == ()
    assert transcript.turns[0].text == f"Please, sit down.\n\nTopics\n\n{line.removesuffix(' <…>')}"


def test_a_tag_has_a_hundred_characters_at_most() -> None:
    assert metadata(main(SAT, topics=("Zenda" * 20,))).topics == ("Zenda" * 20,)
    assert metadata(main(SAT, topics=("Zenda" * 20 + "s",))).topics == ()


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("SEE ALSO", "See also"),
        ("GEOGRAPHY", "Geography"),
        ("Videos and Photos", "Videos and Photos"),
        ("See Also", "See Also"),
        ("topics", "topics"),
    ],
)
def test_a_heading_in_capitals_is_the_site_s_and_any_other_stands_as_it_is(heading: str, printed: str) -> None:
    assert as_printed(heading) == printed


def test_a_cut_can_show_in_the_main_layout_alone() -> None:
    assert metadata(main(*DIALOGUE)).shows_elisions
    assert not metadata(accessible(*DIALOGUE)).shows_elisions


# ---------------------------------------------------------------------------------------------------------------------
# Nothing lost

PARTS = (
    "Rudolf Elphberg: Please, sit down.",
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "Prime Minister of Ruritania Rupert Hentzau\n: Thank you.",
    "Rupert Hentzau\n(retranslated): Thank you.",
    "Question (in German): Why?",
    "Remark: (no microphone.)",
    "I am glad to see you in Strelsau.",
    "We spoke of peace [in Zenda] (laughter), and of bread. <…> And of wine.",
    "I met Rupert Hentzau\n, and we left with Flavia\n’s brother.",
    "Here it is: I see no other way at 15:30.",
    "(Applause.)",
    "(Applause",
    "[no end",
    "<…>",
    "* * *",
    "Beginning of Ruritania–Graustark talks",
    "To be continued.",
    "4 of 4",
    "With Rupert Hentzau.",
    "Photo by Zenda Press Service",
    "See also\nTrip to Zenda\nMay 3 − 5, 2018",
    "See also",
    "Geography",
    "May 4, 2018",
    "Pri\u200bvet 🙂 é",
)
WEIRD_SPACES = {
    " ": (" ", " ", NBSP, "  ", "\t", "\u2009", f" {NBSP} ", "\u3000"),
    "\n": ("\n", "\n", "\n\n", f"{NBSP}\n", "\n \n\t", f"\n{NBSP}", "\n\n\n\n", " \n ", "\u2028\n"),
}


def with_weird_spaces(text: str, choose: random.Random) -> str:
    return re.sub(r"[ \n]", lambda space: choose.choice(WEIRD_SPACES[space[0]]), text)


@in_both_layouts
@example(parts=["4 of 4", "Prime Minister of Ruritania Rupert Hentzau\n: Thank you."], choose=random.Random(0))
@settings(deadline=None)
@given(parts=st.lists(st.sampled_from(PARTS), max_size=14), choose=st.randoms(use_true_random=False))
def test_the_pieces_of_any_page_are_contiguous_and_joined_give_its_text(
    page: Page, parts: list[str], choose: random.Random
) -> None:
    text = page("BODY", topics=("Foreign policy",)) if page is main else page("BODY")
    text = text.replace("BODY", with_weird_spaces("\n".join(parts), choose))
    transcript = as_reading(text)
    position = 0
    for segment in transcript.segments:
        assert segment.start == position
        assert segment.end > segment.start
        assert (segment.kind == "blank") == text[segment.start : segment.end].isspace()
        position = segment.end
    assert position == len(text)
    assert "".join(text[p.start : p.end] for p in transcript.segments) == transcript.document.text == text
    assert pieces_of(transcript, "unassigned") == []


@in_both_layouts
@settings(deadline=None)
@given(choose=st.randoms(use_true_random=False))
def test_odd_spaces_in_the_head_change_nothing_that_it_says(page: Page, choose: random.Random) -> None:
    text = page(*DIALOGUE)
    odd = re.sub(" ", lambda _: choose.choice((" ", NBSP, "\t", "\u2009")), text)
    odd = re.sub("\n", lambda _: choose.choice(("\n", "\n\n", f"{NBSP}\n", "\n \n")), odd)
    assert metadata(odd) == metadata(text)
    assert [turn.text for turn in as_reading(odd).turns] == [turn.text for turn in as_reading(text).turns]


def test_only_what_no_rule_claims_is_unassigned() -> None:
    text = main(*DIALOGUE).replace("Text version", "Share this page\nText version")
    assert pieces_of(as_reading(text), "unassigned") == ["Share this page"]


@in_both_layouts
def test_no_character_of_a_usual_page_is_unassigned(page: Page) -> None:
    assert pieces_of(as_reading(page(*DIALOGUE)), "unassigned") == []
