"""Pages as text that other tools made of them: which are read, and what of them is speech."""

import datetime as dt
import textwrap
import time
from collections import defaultdict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.build.page import check_cover
from builder.errors import DataError
from builder.reading.document import Transcript
from builder.reading.layouts import plain_text, read_document
from builder.reading.layouts.lines import SourceLines
from builder.reading.segmentation import SPOKEN, text_of_segments
from schema.text import normal_form
from tests.support import pages
from tests.support.told import brief, refusal, refusals

TITLE = "Meeting with Rupert Hentzau"
SAID = [
    ("President of Ruritania Rudolf Elphberg", "Mr Hentzau,\n\nI am glad to see you in Strelsau."),
    ("Prime Minister of Ruritania Rupert Hentzau", "Thank you, Mr President."),
    ("Rudolf Elphberg", "Please, sit down."),
]
MENU = "President of Russia\n\n  * Events\n  * Structure\n  * Videos and Photos\n  * Documents\n  * Search\n"
FOOTER = "\nText version\n\nShare\n\n  * VK\n  * Facebook\n\nLast updated at May 5, 2018, 10:00\n"


def read(text: str) -> Transcript:
    """A text read as this layout, every character of it in a piece, every turn the normal form of its speech."""
    transcript = pages.as_reading(text)
    assert transcript.document.layout == "plain_text"
    assert all(block.start < block.end for block in transcript.document.blocks)
    assert "".join(text[segment.start : segment.end] for segment in transcript.segments) == text
    by_turn = defaultdict(list)
    for segment in transcript.segments:
        if segment.kind in SPOKEN:
            by_turn[segment.turn].append(segment)
    for number, turn in enumerate(transcript.turns):
        spoken = by_turn[number]
        assert text_of_segments(text, spoken) == turn.text
        assert (spoken[0].start, spoken[-1].end) == (turn.start, turn.end)
    return transcript


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in read(text).turns]


def page(*body: str, title: str = TITLE, date: str = "May 4, 2018") -> str:
    return "\n\n".join((title, date, *body)) + "\n"


DIALOGUE = "\n\n".join(pages.DIALOGUE)


@pytest.mark.parametrize(
    ("line", "date", "time", "place"),
    [
        ("May 4, 2018", dt.date(2018, 5, 4), None, None),
        ("Fri, 4th May 2018", dt.date(2018, 5, 4), None, None),
        ("04.05.2018", dt.date(2018, 5, 4), None, None),
        ("2018-05-04T12:30:00+03:00", dt.date(2018, 5, 4), dt.time(12, 30), None),
        ("2018-05-04T00:00:00", dt.date(2018, 5, 4), None, None),
        ("2018-05-04T12:30:00Z", dt.date(2018, 5, 4), None, None),
        ("May 4, 2018, 12:30, The Castle, Zenda", dt.date(2018, 5, 4), dt.time(12, 30), "The Castle, Zenda"),
        ("Zenda, 4 May 2018", dt.date(2018, 5, 4), None, "Zenda"),
    ],
)
def test_dates_are_read_in_any_usual_form(line: str, date: dt.date, time: dt.time | None, place: str | None) -> None:
    metadata = read(page(*pages.DIALOGUE, date=line)).document.metadata
    assert (metadata.date, metadata.time, metadata.place) == (date, time, place)


def test_what_the_text_does_not_say_is_null() -> None:
    metadata = read(page(*pages.DIALOGUE)).document.metadata
    assert (metadata.time, metadata.place, metadata.lead, metadata.url, metadata.event_id) == (None,) * 5
    assert (metadata.topics, metadata.geography, metadata.persons, metadata.published_in) == (None,) * 4
    assert metadata.shows_elisions is False


def test_tags_and_status_below_the_body_are_taken() -> None:
    below = "Geography\n\n  * Ruritania\n\nTopics\n\n  * Culture\n\nPublication status\n\nPublished in sections: News\n"
    metadata = read(page(*pages.DIALOGUE) + "\n" + below + FOOTER).document.metadata
    assert (metadata.geography, metadata.topics, metadata.published_in) == (("Ruritania",), ("Culture",), ("News",))


@pytest.mark.parametrize("column", [60, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "no blank lines"])
def test_lines_broken_at_a_column_are_put_together(column: int, between: str) -> None:
    speech = "I remember how we walked over the hills and along the river, and how the old bells rang in the town. " * 5
    body = [
        f"President of Ruritania Rudolf Elphberg: {speech}".strip(),
        f"Prime Minister of the Kingdom of Ruritania in the West and the East Rupert Hentzau: {speech}".strip(),
        "Rudolf Elphberg: Please, sit down.",
    ]
    text = f"title: {TITLE}\ndate: 2018-05-04\n\n" + between.join(textwrap.fill(line, column) for line in body)
    assert said(text) == [tuple(line.split(": ", 1)) for line in body]


def test_head_lines_are_not_joined_with_the_lines_that_a_tool_broke() -> None:
    title = "Meeting with Prime Minister of the Kingdom of Ruritania Rupert Hentzau"
    speech = textwrap.fill(
        "Rudolf Elphberg: " + "I remember how we walked over the hills and along the river. " * 9, 66
    )
    transcript = read(f"Title: {title}\nPublished Date: 2018-05-04\n\n{speech}")
    assert (transcript.document.metadata.title, transcript.document.metadata.date) == (title, dt.date(2018, 5, 4))


def test_marks_of_a_tool_are_no_part_of_labels_and_speech() -> None:
    body = (
        "**President of Ruritania [Rudolf Elphberg](http://en.kremlin.ru/catalog/persons/1/events):** Mr Hentzau,",
        'I am *glad* to see you[1] in [Strelsau](/catalog/2 "the town"), where the 10^th^ fair opens.¹',
        "**Rupert Hentzau**: Thank you \\[for the tea\\] <http://en.kremlin.ru/1>.",
        "__Rudolf Elphberg:__ Please[^2] sit down.",
        r"\* \* \*",
    )
    assert said(page(*body)) == [
        (
            "President of Ruritania Rudolf Elphberg",
            "Mr Hentzau,\n\nI am glad to see you in Strelsau, where the 10th fair opens.",
        ),
        ("Rupert Hentzau", "Thank you [for the tea]."),
        ("Rudolf Elphberg", "Please sit down."),
    ]


def test_a_label_cut_at_its_link_is_one_label() -> None:
    body = (
        "President of Ruritania\nRudolf Elphberg\n:\nMr Hentzau, I am glad\nto see you.\nRupert Hentzau\n: Thank you."
    )
    assert said(f"{TITLE}\nMay 4, 2018\n{body}") == [
        ("President of Ruritania Rudolf Elphberg", "Mr Hentzau, I am glad to see you."),
        ("Rupert Hentzau", "Thank you."),
    ]


def test_a_hover_card_that_a_tool_wrote_into_the_text_is_not_read() -> None:
    body = (
        "Minister of Music Rudolf Elphberg Elphberg Rudolf : Welcome.",
        "Rupert Hentzau: I live near the Castle of Zenda Background information Castle of Zenda (CZ), as you know.",
    )
    assert said(page(*body)) == [
        ("Minister of Music Rudolf Elphberg", "Welcome."),
        ("Rupert Hentzau", "I live near the Castle of Zenda, as you know."),
    ]


@pytest.mark.parametrize(
    "card",
    [
        "Rupert Hentzau      Hentzau RupertPrime Minister of Ruritania, Keeper of the Seal : Thank you.",
        "Rupert Hentzau\n\n\n\nHentzau Rupert\n\nPrime Minister of Ruritania\n\n: Thank you.",
        "Rupert Hentzau Hentzau Rupert Head of ZEN.DA (Castle of Zenda) leader (retranslated): Thank you.",
        "Rupert Hentzau [http://static.kremlin.ru/1.jpg]\nHentzau RupertPrime Minister of Ruritania\n"
        "[http://en.kremlin.ru/catalog/persons/2/events]: Thank you.",
        "[Rupert Hentzau ![Hentzau Rupert](/1.jpg) Hentzau RupertPrime Minister of ZEN.DA](/catalog/persons/2) : Thank you.",
    ],
    ids=[
        "run together",
        "with blank lines",
        "with parentheses and a note",
        "addresses in brackets",
        "a picture in the link",
    ],
)
def test_the_office_in_a_hover_card_is_no_part_of_the_label(card: str) -> None:
    body = ("Rudolf Elphberg: Welcome.", f"Prime Minister {card}", "Rudolf Elphberg: Please sit down.")
    assert said(page(*body))[1] == ("Prime Minister Rupert Hentzau", "Thank you.")


def test_a_hover_card_in_speech_ends_with_the_words_in_capitals() -> None:
    body = (
        "Rudolf Elphberg: Mr Hentzau Hentzau RupertPrime Minister of Ruritania and I met Rupert Hentzau's aunt.",
        "Fritz Tarlenheim: And Fritz Strofzin Strofzin FritzHead of the Guard of ZEN.DA agreed. Duke Michael Strelsau came.",
    )
    assert [text for _, text in said(page(*body))] == [
        "Mr Hentzau and I met Rupert Hentzau's aunt.",
        "And Fritz Strofzin agreed. Duke Michael Strelsau came.",
    ]


def test_a_card_is_no_label_before_the_colon_of_a_sentence() -> None:
    line = "Rudolf Elphberg greeted Rupert Hentzau Hentzau RupertHead of the Guard on his birthday: he turned 53."
    assert said(page(line)) == []


HEADING = "Opening remarks at the meeting of the Council of the Kingdom of Ruritania"


@pytest.mark.parametrize("break_at", [" Ruritania", " Kingdom"])
def test_the_heading_above_a_label_is_no_part_of_it(break_at: str) -> None:
    heading = HEADING.replace(break_at, "\n" + break_at.strip())
    body = (
        f"The King came to\nZenda.\n* * *\n{heading}\nPresident of Ruritania Rudolf Elphberg: Mr Hentzau, I am\nglad."
    )
    assert said(f"{TITLE}\nMay 4, 2018\n{body}") == [
        ("President of Ruritania Rudolf Elphberg", "Mr Hentzau, I am glad.")
    ]


def test_headings_in_capitals_are_the_sites() -> None:
    below = "SEE ALSO\n\nA look back\nMay 3, 2018\n\nGEOGRAPHY\n\n * Ruritania\n\nTOPICS\n\n * Culture\n\nPUBLICATION STATUS\n"
    transcript = read(page(*pages.DIALOGUE) + "\n" + below)
    assert [(turn.label, turn.text) for turn in transcript.turns] == SAID
    assert (transcript.document.metadata.geography, transcript.document.metadata.topics) == (
        ("Ruritania",),
        ("Culture",),
    )


def test_the_length_of_a_video_does_not_end_what_stands_below_the_body() -> None:
    buttons = "\n\nPublication status\n\nText version\n\nText\n\n4\n\nPhoto\n\n: 2 hrs 51m\n\nVideo\n\nShare\n"
    assert said(page(*pages.DIALOGUE) + buttons) == SAID


FLAT = [*pages.DIALOGUE, "* * *", HEADING, "President of Ruritania Rudolf Elphberg: It is late.", "Let us go."]


@pytest.mark.parametrize(
    "between", ["", " ", "      "], ids=["run together", "a space as between sentences", "wide spaces"]
)
def test_paragraphs_that_a_tool_wrote_on_one_line_are_parted(between: str) -> None:
    speech = (
        "I remember how we walked over the hills and along the river. The old bells rang in the town of\nZenda. " * 8
    )
    flat = between.join([*FLAT, f"Rupert Hentzau: {speech}".strip(), "Rudolf Elphberg: Good."])
    turns = said(f"title: {TITLE}\ndate: 2018-05-04\n\n{flat}")
    assert [label for label, _ in turns] == [
        *(label for label, _ in SAID),
        "President of Ruritania Rudolf Elphberg",
        "Rupert Hentzau",
        "Rudolf Elphberg",
    ]
    assert [" ".join(text.split()) for _, text in turns] == [
        *(" ".join(text.split()) for _, text in SAID),
        "It is late. Let us go.",
        " ".join(speech.split()),
        "Good.",
    ]


def test_a_slip_between_two_sentences_parts_no_line() -> None:
    body = ("Rudolf Elphberg: I came.I saw Mr Hentzau.", "Rupert Hentzau: Thank you. It was a pleasure.")
    assert said(page(*body)) == [
        ("Rudolf Elphberg", "I came.I saw Mr Hentzau."),
        ("Rupert Hentzau", "Thank you. It was a pleasure."),
    ]


def test_boxes_captions_and_footers_are_not_speech() -> None:
    text = page(
        "Rudolf Elphberg: Welcome.",
        "See also",
        "Talks: a look back",
        "May 3, 2018",
        "1 of 2",
        "Rupert Hentzau in the garden.",
        "Rupert Hentzau: Thank you.",
    )
    assert said(text + FOOTER) == [("Rudolf Elphberg", "Welcome."), ("Rupert Hentzau", "Thank you.")]


def test_a_news_item_has_no_turns() -> None:
    text = page(
        "The King went to Zenda.", "He said: I repeat: we will come back.", "Minister of Music: Fritz Tarlenheim."
    )
    assert read(text + FOOTER).turns == ()


@pytest.mark.parametrize(
    ("text", "missing", "found"),
    [
        (f"title: {TITLE}\n\n{DIALOGUE}", "no-date", TITLE),
        (f"title: {TITLE}\ndate: some day\n\n{DIALOGUE}", "no-date", '"some day"'),
        (f"date: 2018-05-04\n\n{DIALOGUE}", "no-title", ""),
    ],
)
def test_a_text_without_title_or_date_is_refused_by_what_is_missing(text: str, missing: str, found: str) -> None:
    problem = refusal(pages.as_reading, text)
    assert problem.code == missing
    assert found in problem.found


@pytest.mark.parametrize(
    "text",
    [
        "Once upon a time there was a king. He lived in Zenda.\n\nHe was content.",
        "Shopping\n\nbread\n\nbutter",
        "x" * 1000,
    ],
)
def test_prose_without_title_and_date_is_no_page(text: str) -> None:
    problem = refusal(read_document, pages.as_source(text))
    assert problem.code == "no-layout"
    assert "plain_text" in problem.expected


# ---------------------------------------------------------------------------------------------------------------------
# Head


def of_kind(text: str, *kinds: str) -> list[str]:
    """The text of the pieces of some kinds, in order."""
    return [text[segment.start : segment.end] for segment in read(text).segments if segment.kind in kinds]


def test_all_that_is_missing_is_told_with_the_place() -> None:
    problem = refusal(pages.as_reading, f"title: {TITLE}\n\n{DIALOGUE}")
    assert (brief(problem), problem.found) == ("page.txt:1: no-date", f'none below "{TITLE}"')
    no_title, no_date = refusals(pages.as_reading, f"date: the day before\n\n{DIALOGUE}")
    assert (brief(no_title), no_title.found) == ("page.txt:1: no-title", "none")
    assert (brief(no_date), no_date.found) == ("page.txt:1: no-date", '"the day before"')


ANNOUNCED = ("Search", "President", "May 4, 2018", "News", TITLE)
"""The head of an announcement below the site's menus: the day of the event, the section, the title."""


def test_an_announcement_heads_the_day_of_the_event_above_its_section() -> None:
    text = "\n\n".join((*ANNOUNCED, "The King will be there.", "May 2, 2018", "10:05", "Come early, he said."))
    metadata = read(text).document.metadata
    assert (metadata.title, metadata.date, metadata.time, metadata.place) == (TITLE, dt.date(2018, 5, 4), None, None)
    assert metadata.lead == "The King will be there."
    assert [
        of_kind(text, kind) for kind in ("furniture", "date", "section", "title", "lead", "status", "narration")
    ] == [
        ["Search", "President"],
        ["May 4, 2018"],
        ["News"],
        [TITLE],
        ["The King will be there."],
        ["May 2, 2018", "10:05"],
        ["Come early, he said."],
    ]


@pytest.mark.parametrize(
    ("below", "lead", "status"),
    [
        (("May 2, 2018", "He will come."), None, ["May 2, 2018"]),
        (("The King will come.",), None, []),
        (("One.", "Two.", "May 2, 2018"), "One.\n\nTwo.", ["May 2, 2018"]),
    ],
    ids=["no lead", "not published", "two paragraphs"],
)
def test_what_an_announcement_prints_below_its_title(
    below: tuple[str, ...], lead: str | None, status: list[str]
) -> None:
    text = "\n\n".join((*ANNOUNCED, *below))
    assert read(text).document.metadata.lead == lead
    assert of_kind(text, "status") == status


def test_the_date_of_publication_stands_near_the_title_or_is_none() -> None:
    far = ["The King comes."] * 41
    assert of_kind("\n\n".join((*ANNOUNCED, *far, "May 2, 2018")), "status") == []
    assert of_kind("\n\n".join((*ANNOUNCED, *far[:39], "May 2, 2018")), "status") == ["May 2, 2018"]


def test_head_lines_say_what_an_announcement_does_not() -> None:
    text = "\n".join(
        ("url: http://en.kremlin.ru/events/president/news/7", "place: Zenda", *ANNOUNCED, "The King comes.")
    )
    metadata = read(text).document.metadata
    assert (metadata.url, metadata.place) == ("http://en.kremlin.ru/events/president/news/7", "Zenda")


def test_lines_of_time_and_place_stand_below_the_date() -> None:
    text = "\n\n".join((TITLE, "May 4, 2018", "12:30", "The Castle, Zenda", DIALOGUE))
    metadata = read(text).document.metadata
    assert (metadata.date, metadata.time, metadata.place) == (dt.date(2018, 5, 4), dt.time(12, 30), "The Castle, Zenda")
    assert of_kind(text, "date", "time", "place") == ["May 4, 2018", "12:30", "The Castle, Zenda"]


@pytest.mark.parametrize("line", ["Prime Minister of Ruritania", "Rupert Hentzau: Good morning.", "Question:", "* * *"])
def test_a_line_below_the_date_that_may_begin_the_talk_is_no_place(line: str) -> None:
    assert read("\n\n".join((TITLE, "May 4, 2018", line, "He came.", *pages.DIALOGUE))).document.metadata.place is None


def test_a_name_before_its_colon_is_no_place() -> None:
    metadata = read(f"{TITLE}\nMay 4, 2018\nStrelsau\n: Good morning.\nRupert Hentzau: Good morning.").document.metadata
    assert metadata.place is None


def test_head_lines_of_time_and_place_are_read() -> None:
    text = f"title: {TITLE}\ndate: 2018-05-04\ntime: 12:30\nplace: Zenda\nlead: They met.\n\n{DIALOGUE}"
    metadata = read(text).document.metadata
    assert (metadata.time, metadata.place, metadata.lead) == (dt.time(12, 30), "Zenda", "They met.")
    kinds = ("title", "date", "time", "place", "lead")
    assert [of_kind(text, kind) for kind in kinds] == [[TITLE], ["2018-05-04"], ["12:30"], ["Zenda"], ["They met."]]


def test_the_page_s_own_head_is_believed_before_head_lines() -> None:
    text = f"date: 2018-05-06\ntime: 18:00\nplace: Strelsau\n\n# {TITLE}\n\nMay 4, 2018, 12:30, The Castle, Zenda\n\n{DIALOGUE}"
    metadata = read(text).document.metadata
    assert (metadata.date, metadata.time, metadata.place) == (dt.date(2018, 5, 4), dt.time(12, 30), "The Castle, Zenda")


@pytest.mark.parametrize(
    "head", ["time: late", "place: He said that it was late. It was.", "url: http://example.org/1"]
)
def test_a_head_line_that_says_nothing_of_the_sort_is_of_the_site(head: str) -> None:
    text = f"title: {TITLE}\ndate: 2018-05-04\n{head}\n\n{DIALOGUE}"
    metadata = read(text).document.metadata
    assert (metadata.time, metadata.place, metadata.url) == (None, None, None)
    assert head.partition(": ")[2] in of_kind(text, "furniture")


def test_lines_of_a_list_among_the_head_lines_are_of_the_site() -> None:
    text = f"title: {TITLE}\ntags:\n- News\n- Culture\ndate: 2018-05-04\ntitle: Another\n\n{DIALOGUE}"
    assert read(text).document.metadata.title == TITLE
    assert of_kind(text, "furniture")[-4:] == ["- News", "- Culture", "date: ", "title: Another"]


def test_sentences_between_title_and_date_are_the_lead() -> None:
    text = "\n\n".join((TITLE, "Search", "The King met Mr Hentzau.", "They spoke.", "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.lead == "The King met Mr Hentzau.\n\nThey spoke."
    assert of_kind(text, "lead") == ["The King met Mr Hentzau.", "They spoke."]
    assert of_kind(text, "furniture") == ["Search"]


def test_the_site_s_name_behind_the_title_is_no_part_of_it() -> None:
    for behind in (" • President of Russia", " | Official website of the President of Russia", " - Kremlin.ru"):
        text = page(*pages.DIALOGUE, title=TITLE + behind)
        assert read(text).document.metadata.title == TITLE
        assert of_kind(text, "title", "furniture") == [TITLE, behind]


def test_the_last_of_several_lines_with_the_title_is_the_title() -> None:
    text = "\n\n".join((f"{TITLE} • President of Russia", "Search", TITLE, "May 4, 2018", DIALOGUE))
    assert of_kind(text, "title") == [TITLE]
    assert of_kind(text, "furniture") == [f"{TITLE} • President of Russia", "Search"]


def test_the_line_below_the_section_is_the_title() -> None:
    text = "\n\n".join(("Search", "A word of welcome", "Transcripts", TITLE, "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE
    assert of_kind(text, "furniture") == ["Search", "A word of welcome", "Transcripts"]


@pytest.mark.parametrize("below", ["The Castle, Zenda", "12:30 May", "May 4, 2018"])
def test_below_a_date_that_nothing_stands_above_the_first_line_is_the_title_and_nothing_else(below: str) -> None:
    text = f"May 4, 2018\n\n{below}\n\n{DIALOGUE}"
    metadata = read(text).document.metadata
    assert (metadata.title, metadata.time, metadata.place) == (below, None, None)
    assert of_kind(text, "date", "title", "time", "place") == ["May 4, 2018", below]


def test_a_line_longer_than_any_title_is_none() -> None:
    for length, title in ((600, "x" * 600), (601, None)):
        text = "\n\n".join(("x" * length, "May 4, 2018", DIALOGUE))
        if title:
            assert read(text).document.metadata.title == title
        else:
            with pytest.raises(DataError):
                pages.as_reading(text)


def test_a_date_far_below_the_title_is_another_s() -> None:
    head = [f"title: {TITLE}", "date: 2018-05-04", "", TITLE]
    near, far = ("\n\n".join((*head, *["Some words"] * count, "May 3, 2018", DIALOGUE)) for count in (39, 40))
    assert [read(text).document.metadata.date for text in (near, far)] == [dt.date(2018, 5, 3), dt.date(2018, 5, 4)]


def test_a_date_in_a_box_of_links_is_not_the_page_s() -> None:
    text = "\n\n".join(
        (f"title: {TITLE}", "date: 2018-05-04", "", TITLE, "See also", "A look back", "May 3, 2018", DIALOGUE)
    )
    assert read(text).document.metadata.date == dt.date(2018, 5, 4)


HEADS = (
    TITLE, f"# {TITLE}", f"title: {TITLE}", f"{TITLE} • President of Russia", "Zenda", "Transcripts", "Events", "Search",
    "May 4, 2018", "date: 2018-05-04", "date: May 4, 2018, 12:30", "May 5, 2018, Zenda", "12:30", "time: 12:30",
    "place: Zenda", "The King met Mr Hentzau.", "lead: They met.", "url: http://en.kremlin.ru/1", "See also", "---", "- News",
    "Publication status", "Topics", "Culture", "Rudolf Elphberg: Welcome.", "[Zenda](http://en.kremlin.ru/2)", "**Zenda**",
)  # fmt: skip


@example(["May 4, 2018", "May 4, 2018"], "\n")
@settings(deadline=None)
@given(st.lists(st.sampled_from(HEADS), max_size=9), st.sampled_from(["\n", "\n\n"]))
def test_whatever_stands_in_the_head_each_character_is_in_one_piece(lines: list[str], between: str) -> None:
    try:
        transcript = pages.as_reading(between.join(lines))
    except DataError:
        return
    check_cover(transcript.document, transcript.segments, "zenda.txt")


# ---------------------------------------------------------------------------------------------------------------------
# Body


def test_a_box_of_links_ends_where_the_body_goes_on() -> None:
    body = (
        "Rudolf Elphberg: Welcome.",
        "See also",
        "[A look back](http://en.kremlin.ru/1)",
        "Talks in Strelsau",
        "May 3, 2018",
        "A third page May 2, 2018",
        "He rose and went to the window.",
        "Rupert Hentzau: Thank you.",
    )
    text = page(*body)
    assert [" ".join(segment.split()) for segment in of_kind(text, "related") if segment.strip("[]")] == [
        "See also",
        "A look back",
        "Talks in Strelsau",
        "May 3, 2018",
        "A third page May 2, 2018",
    ]
    assert said(text) == [
        ("Rudolf Elphberg", "Welcome.\n\nHe rose and went to the window."),
        ("Rupert Hentzau", "Thank you."),
    ]


@pytest.mark.parametrize(
    ("caption", "taken"),
    [
        (("1 of 12", "Rupert Hentzau in the garden."), 2),
        (("1/12", "With Rupert Hentzau."), 2),
        (("Photo by Fritz Tarlenheim",), 1),
        (("Photograph: Fritz Tarlenheim",), 1),
        (("[The King and Mr Hentzau in the garden]",), 1),
        (("![The King in the garden](http://en.kremlin.ru/1.jpg)",), 1),
    ],
    ids=["a slide", "a slide with a stroke", "a credit", "a credit with a colon", "in brackets", "Markdown's picture"],
)
def test_words_of_a_picture_are_a_caption(caption: tuple[str, ...], taken: int) -> None:
    text = page("Rudolf Elphberg: Welcome.", *caption, "Rupert Hentzau: Thank you.")
    assert said(text) == [("Rudolf Elphberg", "Welcome."), ("Rupert Hentzau", "Thank you.")]
    assert len(of_kind(text, "caption")) == taken


@pytest.mark.parametrize("words", ["[the King]", "Photo finish was what we had", "1 of 12 came, they say."])
def test_words_that_look_like_a_caption_s_are_speech(words: str) -> None:
    text = page("Rudolf Elphberg: Welcome.", words, "Rupert Hentzau: Thank you.")
    assert said(text)[0] == ("Rudolf Elphberg", f"Welcome.\n\n{words}")


# ---------------------------------------------------------------------------------------------------------------------
# Below the body


def test_lists_of_tags_below_the_body_are_told_apart() -> None:
    below = (
        "Geography", "Ruritania", "Topics", "Culture", "Railways", "Persons", "Hentzau Rupert",
        "Publication status", "Published in sections: News, Transcripts", "Publication date: May 4, 2018, 15:00",
        "Direct link: en.kremlin.ru/d/57400", "Text version", "Share", "Print", "Not a tag", "Back to top",
    )  # fmt: skip
    text = page(*pages.DIALOGUE, *below)
    metadata = read(text).document.metadata
    assert (metadata.geography, metadata.topics) == (("Ruritania",), ("Culture", "Railways"))
    assert [tag.name for tag in metadata.persons or ()] == ["Hentzau Rupert"]
    assert (metadata.published_in, metadata.event_id) == (("News", "Transcripts"), "57400")
    assert metadata.url == "http://en.kremlin.ru/d/57400"
    assert of_kind(text, "tag") == list(below[:7])
    assert of_kind(text, "status") == list(below[7:11])
    assert of_kind(text, "furniture") == list(below[11:])


def test_a_line_too_long_for_a_tag_is_none() -> None:
    text = page(*pages.DIALOGUE, "Topics", "Culture", "x" * 101, "x" * 100)
    assert read(text).document.metadata.topics == ("Culture", "x" * 100)


def test_date_and_place_printed_again_below_the_body_are_of_the_site() -> None:
    text = page(*pages.DIALOGUE, "May 4, 2018, Zenda", "Text version")
    assert said(text) == SAID
    assert of_kind(text, "furniture") == ["May 4, 2018, Zenda", "Text version"]


def test_words_that_stand_below_the_body_on_other_pages_may_be_speech() -> None:
    for words in ("Share", "Text version"):
        text = page("Rudolf Elphberg: What do you do with bread?", words, "Rupert Hentzau: I see.")
        assert said(text)[-1] == ("Rupert Hentzau", "I see.")


def test_a_name_within_a_sentence_broken_anywhere_is_no_label() -> None:
    lines = [
        "Rudolf Elphberg: We came by night to the old town,",
        "and there we met",
        "Fritz Tarlenheim: he was late, and",
        "it rained.",
    ]
    more = ["Rupert Hentzau: So it was.", "Rudolf Elphberg: It rained.", "We went home."]
    assert said(page("\n".join(lines), *more)) == [
        ("Rudolf Elphberg", " ".join(lines).removeprefix("Rudolf Elphberg: ")),
        ("Rupert Hentzau", "So it was."),
        ("Rudolf Elphberg", "It rained.\n\nWe went home."),
    ]


def test_a_heading_of_several_lines_is_no_part_of_the_label_below_it() -> None:
    wrapped = "We remember how we walked over the hills\nand along the river, by the old town where\nthe bells rang\nall night."
    heading = "Excerpts from transcript of the plenary session\nof the Forum of Bridges in Old Zenda"
    text = (
        f"title: {TITLE}\ndate: 2018-05-04\n\n{heading}\nPresident of Ruritania Rudolf Elphberg: {wrapped}\n{wrapped}\n"
    )
    assert [label for label, _ in said(text)] == ["President of Ruritania Rudolf Elphberg"]


# ---------------------------------------------------------------------------------------------------------------------
# Time


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["[" * 50_000, "](" * 50_000, "*_" * 50_000, "A " * 50_000, "Aa-" * 50_000, "(a" * 50_000, "<a " * 50_000,
     "\\" * 50_000, "[a](b" * 20_000, "* " * 50_000 + "x", "- " * 50_000, "Background information " * 5_000,
     "1:" * 50_000, "A: " * 30_000, "\n".join(["a b"] * 30_000), "Ab Ab " * 20_000, "Ab Bc Bc Ab" * 20_000,
     "ab.Ab:" * 20_000, "Ab Bc: x. " * 20_000, "ab. Ab " * 20_000 + ":", "Ab  " * 30_000],
    ids=lambda line: line[:8],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    start = time.process_time()
    read(page("Rudolf Elphberg: Welcome.", line))
    assert time.process_time() - start < 10  # a second; where each character is compared with each, minutes


# ---------------------------------------------------------------------------------------------------------------------
# Head: what stands where, and what does not


def kinds_of(text: str, *kinds: str) -> list[tuple[str, str]]:
    return [(p.kind, " ".join(text[p.start : p.end].split())) for p in read(text).segments if p.kind in kinds]


def test_html_is_never_read_as_text() -> None:
    text = f"<p>\ntitle: {TITLE}\ndate: 2018-05-04\n\n{DIALOGUE}"
    with pytest.raises(DataError):
        pages.as_reading(text)


def test_a_text_that_has_nothing_of_a_page_is_not_of_this_layout() -> None:
    source = pages.as_source("Rudolf Elphberg: Once upon a time there was a king.")
    assert plain_text.try_read(SourceLines(source)) is None


@pytest.mark.parametrize(
    "heading",
    [f"# {TITLE}", f"  #    {TITLE}", f"# **{TITLE}**", f"# [ {TITLE} ](http://en.kremlin.ru/1)", f"{TITLE}\n====",
     f"     {TITLE}\n=====  ", f"=====\n{TITLE}\n====="],
)  # fmt: skip
def test_the_line_marked_as_heading_is_the_title(heading: str) -> None:
    text = "\n".join(("A word of welcome", "Another word", heading, "Then a third", "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE


def test_the_sign_of_a_heading_without_words_is_nothing() -> None:
    assert said(page(*pages.DIALOGUE) + "\n# \n") == SAID


def test_a_rule_below_a_blank_line_underlines_nothing() -> None:
    text = "\n\n".join((TITLE, "=====", "A word of welcome", "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE


def test_an_address_alone_at_the_top_is_the_page_s() -> None:
    text = f"http://en.kremlin.ru/events/president/news/7\n{page(*pages.DIALOGUE)}"
    assert read(text).document.metadata.url == "http://en.kremlin.ru/events/president/news/7"
    assert said(text) == SAID


def test_head_lines_without_a_value_say_nothing() -> None:
    text = f"title:\ndate:\nlead:\nplace:\ntime:\nurl:\n\n{page(*pages.DIALOGUE)}"
    metadata = read(text).document.metadata
    assert (metadata.title, metadata.date) == (TITLE, dt.date(2018, 5, 4))
    assert (metadata.lead, metadata.place, metadata.time, metadata.url) == (None,) * 4
    assert of_kind(text, "furniture") == ["title:", "date:", "lead:", "place:", "time:", "url:"]


@pytest.mark.parametrize("again", [TITLE, f"{TITLE} • President of Russia"])
def test_the_title_in_a_head_line_is_found_again_in_the_page(again: str) -> None:
    text = "\n\n".join((f"title: {TITLE}\ndate: 2018-05-04", "A word of welcome", again, "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE
    assert kinds_of(text, "title", "furniture")[:4] == [
        ("furniture", "title:"),
        ("furniture", TITLE),
        ("furniture", "date:"),
        ("furniture", "2018-05-04"),
    ]
    assert of_kind(text, "title") == [TITLE]


def test_no_other_line_is_the_title_where_a_head_line_is() -> None:
    text = f"title: {TITLE}\ndate: 2018-05-04\n\n# A word of welcome\n\nThe King came to Zenda.\n"
    assert read(text).document.metadata.title == TITLE
    assert of_kind(text, "narration", "heading") == ["A word of welcome", "The King came to Zenda."]


def test_the_title_stands_within_four_hundred_lines_of_menus() -> None:
    site = ["Search", "Structure"] * 200
    for menus in (399, 400):
        text = "date: 2018-05-04\n" + "\n".join([*site[:menus], TITLE])
        if menus < 400:
            assert read(text).document.metadata.title == TITLE
        else:
            assert refusal(pages.as_reading, text).code == "no-title"


def test_menus_in_capitals_and_addresses_are_no_title_and_no_lead() -> None:
    text = "\n\n".join(("SEARCH", "www.kremlin.ru", TITLE, "A word of welcome", "SHARE", "May 4, 2018", DIALOGUE))
    metadata = read(text).document.metadata
    assert (metadata.title, metadata.lead) == (TITLE, None)
    assert of_kind(text, "furniture") == ["SEARCH", "www.kremlin.ru", "A word of welcome", "SHARE"]


def test_a_date_in_a_box_of_links_at_the_top_is_not_the_page_s() -> None:
    text = "\n\n".join(("See also", "A look back", "May 3, 2018", TITLE, "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.date == dt.date(2018, 5, 4)


@pytest.mark.parametrize(
    ("last", "place"),
    [((), None), (("12:30",), None), (("Zenda",), "Zenda"), (("12:30", "Zenda"), "Zenda"), (("News",), None)],
    ids=["the date", "the time", "the place", "time and place", "a section"],
)
def test_a_page_may_end_with_its_head(last: tuple[str, ...], place: str | None) -> None:
    transcript = read("\n".join((f"title: {TITLE}", "", TITLE, "May 4, 2018", *last)))
    assert (transcript.document.metadata.date, transcript.document.metadata.place) == (dt.date(2018, 5, 4), place)
    assert transcript.turns == ()


def test_head_lines_above_an_announcement_are_of_the_site() -> None:
    text = "\n".join(("url: http://en.kremlin.ru/events/president/news/7", *ANNOUNCED))
    assert of_kind(text, "furniture") == [
        "url: ",
        "http://en.kremlin.ru/events/president/news/7",
        "Search",
        "President",
    ]


def test_an_announcement_s_title_may_look_like_a_label() -> None:
    text = "\n\n".join((*ANNOUNCED[:-1], "King Rudolf V: Ten Years", "The King will be there.", "May 2, 2018"))
    assert read(text).document.metadata.lead == "The King will be there."


# ---------------------------------------------------------------------------------------------------------------------
# Lines of the body that go on with one another

WHOLE = ("Rupert Hentzau: I came to Zenda.", "It was a pleasure.", "I saw the Castle.")
"""Lines that end with their sentences: nothing in them shows that a tool broke lines."""
BROKEN = (
    "Rupert Hentzau: I spoke with",
    "Duke Michael",
    "about the fair in",
    "Strelsau",
    "and about the old",
    "Castle of Zenda.",
)
"""Lines that a tool broke at each link."""
SPOKEN_WHOLE, SPOKEN_BROKEN = (" ".join(lines).removeprefix("Rupert Hentzau: ") for lines in (WHOLE, BROKEN))


def text_of(*lines: str) -> str:
    """A page with no blank line below its head."""
    return "\n".join((TITLE, "May 4, 2018", *lines)) + "\n"


def test_lines_that_a_tool_broke_at_links_are_one_paragraph() -> None:
    assert said(text_of(*BROKEN)) == [("Rupert Hentzau", SPOKEN_BROKEN)]


@pytest.mark.parametrize(("breaks", "joined"), [(10, True), (11, False)])
def test_one_break_in_ten_within_a_sentence_shows_that_a_tool_broke_the_lines(breaks: int, joined: bool) -> None:
    # Four breaks stand above the first whole sentence: two of the head's, and two of which one is before a small letter.
    lines = ["Rupert Hentzau: I spoke with", "Duke Michael", "and the Duke left.", *["It was late."] * (breaks - 4)]
    between = " " if joined else "\n\n"
    assert said(text_of(*lines))[0][1].startswith(f"I spoke with{between}Duke Michael and the Duke left.\n\nIt was")


@pytest.mark.parametrize(
    ("after_blank", "joined"), [("11", False), ("111", True), ("11100", True), ("11000", False), ("111110000", False)]
)
def test_where_blank_lines_part_most_sentences_a_single_break_means_nothing(after_blank: str, joined: bool) -> None:
    sentences = ["Rupert Hentzau: We came.", *["We stayed."] * (len(after_blank) - 1)]
    body = "".join(
        line + ("\n\n" if blank == "1" else "\n") for line, blank in zip(sentences, after_blank, strict=True)
    )
    text = f"{TITLE}\nMay 4, 2018\n{body}There was a fair in\nStrelsau"
    assert said(text)[0][1].endswith(" Strelsau" if joined else "\n\nStrelsau")


@pytest.mark.parametrize(
    "label",
    [
        ("President of Ruritania", "Rudolf Elphberg", ": Good."),
        ("President of Ruritania", "Rudolf Elphberg", "(in French.)", ": Good."),
        ("President of Ruritania", "Rudolf Elphberg", "(retranslated): Good."),
    ],
    ids=["three lines", "a note that ends as a sentence", "a note and a colon"],
)
@pytest.mark.parametrize("others", [WHOLE, BROKEN], ids=["whole lines", "broken lines"])
def test_a_label_cut_into_lines_is_one_label(label: tuple[str, ...], others: tuple[str, ...]) -> None:
    turns = said(text_of(*others, *label))
    assert [turn[0] for turn in turns] == ["Rupert Hentzau", "President of Ruritania Rudolf Elphberg"]
    assert turns[-1][1].endswith("Good.")


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        (("President of", "Ruritania", "Rudolf Elphberg: Good."), "President of Ruritania Rudolf Elphberg"),
        (("President of Ruritania", "Rudolf Elphberg (retranslated): Good."), "President of Ruritania Rudolf Elphberg"),
        (
            ("Minister of Music Fritz Tarlenheim (standing in for", "Rupert Hentzau", "who is ill", "): Good."),
            "Minister of Music Fritz Tarlenheim",
        ),
    ],
    ids=["in the office", "before the name", "in a note with a name"],
)
def test_a_cut_label_begins_a_turn_below_a_line_that_ends_no_sentence(label: tuple[str, ...], printed: str) -> None:
    turns = said(text_of(*BROKEN, "Rupert Hentzau: Yes, of course", *label))
    assert turns[1:] == [("Rupert Hentzau", "Yes, of course"), (printed, "Good.")]


def test_a_name_cut_into_lines_below_a_separator_is_no_heading() -> None:
    turns = said(text_of(*BROKEN, "* * *", "It was late in Zenda and the King", "Rudolf", "Elphberg: Good."))
    assert turns[-1] == ("Rudolf Elphberg", "Good.")


def test_a_body_may_end_within_a_sentence() -> None:
    assert said(page("Rudolf Elphberg: Welcome.", "I see")) == [("Rudolf Elphberg", "Welcome.\n\nI see")]


# ---------------------------------------------------------------------------------------------------------------------
# Pictures, boxes and menus in the body


def test_what_follows_a_label_on_a_line_of_its_own_is_speech() -> None:
    words = "Photo: this is what the fair was about."
    assert said(page("Rudolf Elphberg:", words)) == [("Rudolf Elphberg", words)]


def test_a_caption_below_a_colon_in_speech_is_a_caption() -> None:
    text = page("Rudolf Elphberg: Welcome.", "Let me say this:", "Photo by Fritz Tarlenheim", "We are glad.")
    assert of_kind(text, "caption") == ["Photo by Fritz Tarlenheim"]
    assert said(text) == [("Rudolf Elphberg", "Welcome.\n\nLet me say this:\n\nWe are glad.")]


def test_a_slide_s_number_is_alone_where_somebody_speaks_below_it() -> None:
    text = page("Rudolf Elphberg: Welcome.", "1 of 2", "Rupert Hentzau: Thank you.", "2 of 2", "The King in the garden")
    assert of_kind(text, "caption") == ["1 of 2", "2 of 2", "The King in the garden"]
    assert said(text) == [("Rudolf Elphberg", "Welcome."), ("Rupert Hentzau", "Thank you.")]


def test_a_credit_is_short() -> None:
    for length in (200, 201):
        credit = "Photo by Fritz Tarlenheim".ljust(length, "x")
        text = page("Rudolf Elphberg: Welcome.", credit, "We are glad.")
        assert of_kind(text, "caption") == ([credit] if length == 200 else [])


def test_menus_of_several_words_in_the_body_are_of_the_site_and_words_of_the_talk_are_not() -> None:
    text = page(
        "Rudolf Elphberg: Welcome.",
        "Fullscreen gallery",
        "President of Russia Mobile version",
        "We met the",
        "President of Russia",
        "Search",
        "We are glad.",
    )
    assert of_kind(text, "furniture") == ["Fullscreen gallery", "President of Russia Mobile version"]
    assert said(text) == [
        ("Rudolf Elphberg", "Welcome.\n\nWe met the\n\nPresident of Russia\n\nSearch\n\nWe are glad.")
    ]


def test_a_line_that_names_the_page_s_scene_is_a_caption() -> None:
    text = page("Rudolf Elphberg: Welcome.", "During the meeting with Rupert Hentzau.", "We are glad.")
    assert of_kind(text, "caption") == ["During the meeting with Rupert Hentzau."]
    other = page("Rudolf Elphberg: Welcome.", "During the fair in Strelsau.", "We are glad.")
    assert of_kind(other, "caption") == []


@pytest.mark.parametrize(("lines", "taken"), [(1, 1), (5, 5), (6, 0)])
def test_a_picture_s_words_stand_on_five_lines_at_most(lines: int, taken: int) -> None:
    words = "\n".join(["the King came to town"] * lines)
    picture = f"![{words}](http://en.kremlin.ru/1.jpg)"
    text = "[Search](http://en.kremlin.ru/search)\n\n" + page("Rudolf Elphberg: Welcome.", picture, "We are glad.")
    assert len(of_kind(text, "caption")) == taken


BOX = ("Rudolf Elphberg: Welcome.", "See also", "A look back", "May 3, 2018")


@pytest.mark.parametrize(
    ("after", "in_box"),
    [
        ("He rose and went.", 3),
        ("He rose and went\nto the window.", 3),
        ("[Strelsau](http://en.kremlin.ru/1) is a town.", 3),
        ("He came to [Strelsau.](http://en.kremlin.ru/1)", 3),
        ("[What is new in Zenda?](http://en.kremlin.ru/1)", 4),
        ("What is new in Zenda?\nMay 2, 2018\nHe went.", 5),
        ("Another look", 3),
    ],
    ids=["a sentence", "a sentence on two lines", "a link in a sentence", "a link that ends a sentence",
         "a link that is a question", "a question with its date", "what has no date where others have"],
)  # fmt: skip
def test_what_stands_below_the_date_of_a_link_in_a_box(after: str, in_box: int) -> None:
    text = page(*BOX, after)
    assert len([words for words in of_kind(text, "related") if words.strip("[]")]) == in_box
    shown = after.replace("[", "").replace("](http://en.kremlin.ru/1)", "").replace("\n", " ")
    assert said(text) == [
        ("Rudolf Elphberg", "Welcome." if in_box == 4 else f"Welcome.\n\n{shown.rpartition(' 2018 ')[2]}")
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Where the body ends


def test_a_list_of_tags_is_read_once_and_ends_at_the_site_s_menus() -> None:
    text = page(*pages.DIALOGUE, "Topics", "Culture", "Share", "With friends", "Topics", "Sport", "Search", "Zenda")
    assert read(text).document.metadata.topics == ("Culture",)
    assert of_kind(text, "furniture") == ["Share", "With friends", "Topics", "Sport", "Search", "Zenda"]


def test_menus_at_the_end_of_the_page_are_no_speech() -> None:
    text = page(*pages.DIALOGUE, "Search", "Structure", "Events")
    assert said(text) == SAID
    assert of_kind(text, "furniture") == ["Search", "Structure", "Events"]


@pytest.mark.parametrize(
    "last",
    [
        "And so we went on. " * 20 + "And on.",
        "Fritz Tarlenheim\n: And so we went on.",
        "Fritz Tarlenheim\n:\n12\nm on.",
    ],
    ids=["long", "cut label", "a number below the colon"],
)
def test_the_body_goes_on_to_its_last_words(last: str) -> None:
    text = page("Rudolf Elphberg: What do you do with bread?", "Share", last)
    assert "".join(turn[1] for turn in said(text)).endswith("on.")
    assert of_kind(text, "furniture") == []


# ---------------------------------------------------------------------------------------------------------------------
# Head: lines that stand close to what they could be taken for


def test_a_caption_may_name_what_the_end_of_the_title_and_the_start_of_the_lead_name() -> None:
    caption = "With Rupert Hentzau."
    text = "\n\n".join(
        (
            "Talks with Rupert",
            "Hentzau came to Zenda.",
            "May 4, 2018",
            "Rudolf Elphberg: Welcome.",
            caption,
            "We are glad.",
        )
    )
    assert of_kind(text, "caption") == [caption]


@pytest.mark.parametrize(
    ("date", "time"),
    [("May 4, 2004, 00:00", None), ("May 4, 2004, 09:05", dt.time(9, 5)), ("May 4, 2018, 00:00", dt.time(0))],
)
def test_midnight_of_a_page_from_before_2007_is_no_time(date: str, time: dt.time | None) -> None:
    assert read(page(*pages.DIALOGUE, date=date)).document.metadata.time == time


def test_a_lead_stands_right_below_the_title() -> None:
    text = "\n\n".join((TITLE, "The King met Mr Hentzau.", "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.lead == "The King met Mr Hentzau."
    assert of_kind(text, "lead") == ["The King met Mr Hentzau."]


@pytest.mark.parametrize("title", ["Council: what comes next", "President X", "News X", "Zenda = Home"])
def test_a_title_may_look_like_a_head_line_or_a_menu_s(title: str) -> None:
    text = page(*pages.DIALOGUE, title=title)
    assert read(text).document.metadata.title == title
    assert of_kind(text, "title") == [title]


@pytest.mark.parametrize("item", ["- News", '["News", "Culture"]', '"News"'])
def test_each_way_to_write_a_list_among_the_head_lines_is_of_the_site(item: str) -> None:
    text = f"title: {TITLE}\ntags:\n{item}\ndate: 2018-05-04\n\n{DIALOGUE}"
    assert read(text).document.metadata.date == dt.date(2018, 5, 4)
    assert of_kind(text, "furniture") == ["title: ", "tags:", item, "date: "]
    assert said(text) == SAID


def test_a_line_with_a_dash_below_a_blank_line_is_no_head_line() -> None:
    assert said(f"title: {TITLE}\ndate: 2018-05-04\n\n- What\n\n{DIALOGUE}") == SAID
    assert of_kind(f"title: {TITLE}\ndate: 2018-05-04\n\n- What\n\n{DIALOGUE}", "narration") == ["- What"]


def test_a_head_line_that_says_nothing_of_the_event_is_of_the_site_with_its_value() -> None:
    text = f"author: Nobody\ntitle: {TITLE}\nlanguage: English\ndate: 2018-05-04\n\n{DIALOGUE}"
    assert of_kind(text, "furniture") == ["author: Nobody", "title: ", "language: English", "date: "]


@pytest.mark.parametrize(
    ("line", "title", "around"),
    [
        (f'title: "{TITLE}"', TITLE, ['title: "', '"']),
        ('title: Screening of "Zenda"', 'Screening of "Zenda"', ["title: "]),
        ('title: "Zenda" and "Strelsau"', '"Zenda" and "Strelsau"', ["title: "]),
        ('title: "Screening of "Zenda""', 'Screening of "Zenda"', ['title: "', '"']),
        ("title: Greetings to the 5th ABC.Fest festival", "Greetings to the 5th ABC.Fest festival", ["title: "]),
        (
            "title: Meeting with Prime Minister of\nRuritania Rupert Hentzau",
            "Meeting with Prime Minister of Ruritania Rupert Hentzau",
            ["title: "],
        ),
        ("title: Talks in the Castle\nZenda", "Talks in the Castle Zenda", ["title: "]),
        (f"title: ' {TITLE} '", TITLE, ["title: ' ", " '"]),
        ("title: Meeting with\xa0Rupert Hentzau", TITLE, ["title: "]),
        ("title: title", "title", ["title: "]),
        ("title: Rudolf X", "Rudolf X", ["title: "]),
        ("title: XXX years of Zenda", "XXX years of Zenda", ["title: "]),
        ("title: Meeting  with\tRupert   Hentzau", TITLE, ["title: "]),
        ("Title = The King's", "The King's", ["Title = "]),
        ("title: Q", "Q", ["title: "]),
        ("title: Rene\u0301 of Zenda", "René of Zenda", ["title: "]),
        (f"title: {TITLE} • President of Russia", TITLE, ["title: ", " • President of Russia"]),
    ],
)
def test_the_value_of_a_head_line_is_what_stands_in_its_quotation_marks(
    line: str, title: str, around: list[str]
) -> None:
    text = f"{line}\ndate: 2018-05-04\n\n{DIALOGUE}"
    assert read(text).document.metadata.title == title
    assert normal_form(*of_kind(text, "title")) == title
    assert of_kind(text, "furniture") == [*around, "date: "]


def test_a_head_line_that_a_tool_broke_is_read_whole() -> None:
    title = "Meeting with Prime Minister of the Kingdom of Ruritania in the West and the East Rupert Hentzau"
    speech = "Rudolf Elphberg: " + "I remember how we walked over the hills and along the river. " * 9
    text = "\n".join(textwrap.fill(line, 72) for line in (f"title: {title}", "date: 2018-05-04", "", speech))
    assert read(text).document.metadata.title == title
    assert said(text) == [tuple(speech.strip().split(": ", 1))]


def test_the_title_in_a_head_line_is_found_again_without_the_site_s_name() -> None:
    head = f"title: {TITLE} • President of Russia\ndate: 2018-05-04"
    text = "\n\n".join((head, "A word of welcome", TITLE, "May 4, 2018", DIALOGUE))
    assert of_kind(text, "title") == [TITLE]
    assert of_kind(text, "furniture") == [
        "title: ",
        f"{TITLE} • President of Russia",
        "date: ",
        "2018-05-04",
        "A word of welcome",
    ]


@pytest.mark.parametrize(
    "order", [("place: Zenda", "date: 2018-05-04", "time: 12:30"), ("time: 12:30", "place: Zenda", "date: 2018-05-04")]
)
def test_head_lines_of_time_and_place_may_stand_above_the_date(order: tuple[str, ...]) -> None:
    metadata = read("\n".join((*order, f"title: {TITLE}", "", DIALOGUE))).document.metadata
    assert (metadata.date, metadata.time, metadata.place) == (dt.date(2018, 5, 4), dt.time(12, 30), "Zenda")


def test_words_below_the_title_of_an_announcement_are_its_body_where_no_date_of_publication_follows() -> None:
    text = "\n\n".join((*ANNOUNCED, "The King will come.", "He will stay."))
    assert of_kind(text, "narration") == ["The King will come.", "He will stay."]


def test_a_date_is_the_page_s_where_two_lines_part_it_from_a_box_of_links() -> None:
    text = "\n\n".join(("See also", "A look back", f"# {TITLE}", "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.date == dt.date(2018, 5, 4)


@pytest.mark.parametrize("line", ["# url: http://en.kremlin.ru/events/president/news/7", "# author: Nobody"])
def test_a_head_line_marked_as_a_heading_is_no_title(line: str) -> None:
    assert read(f"{line}\n{page(*pages.DIALOGUE)}").document.metadata.title == TITLE


def test_a_line_among_the_head_lines_is_not_the_title_again() -> None:
    text = f"title: [Zenda]\n[Zenda]\ndate: 2018-05-04\n\n{DIALOGUE}"
    assert kinds_of(text, "title", "furniture")[:3] == [
        ("furniture", "title:"),
        ("title", "[Zenda]"),
        ("furniture", "[Zenda]"),
    ]


def test_the_line_below_the_last_of_several_sections_is_the_title() -> None:
    text = "\n\n".join(
        ("Search", "Print", "Share", "News", "A word of welcome", "Transcripts", TITLE, "May 4, 2018", DIALOGUE)
    )
    assert read(text).document.metadata.title == TITLE


def test_a_heading_of_the_site_s_menus_is_no_title() -> None:
    text = "\n\n".join(("# President of Russia", TITLE, "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE


@pytest.mark.parametrize("first", ["x" * 601, "Rudolf Elphberg: Welcome."])
def test_where_the_first_line_can_be_no_title_no_other_is(first: str) -> None:
    with pytest.raises(DataError):
        pages.as_reading("\n\n".join((first, TITLE, "May 4, 2018", DIALOGUE)))


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (("Main page", TITLE), TITLE),
        (("Home", "Search", TITLE), TITLE),
        (("Guest book", TITLE), TITLE),
        (
            ("Meeting with Prime Minister of", "Ruritania Rupert Hentzau"),
            "Meeting with Prime Minister of Ruritania Rupert Hentzau",
        ),
        (("Meeting with builders", "of bridges"), "Meeting with builders of bridges"),
        (("Talks", "The King spoke with the Count."), "Talks"),
    ],
)
def test_no_line_of_a_menu_is_the_title_and_a_broken_title_is_whole(above: tuple[str, ...], title: str) -> None:
    assert read("\n".join((*above, "May 4, 2018", "", DIALOGUE))).document.metadata.title == title
    if len(above) == 2 and above[0] != "Guest book":
        lines = ("Main page", "Events", *above) if above[0] != "Main page" else ("Main page", "Events", title)
        found = pages.as_reading("\n".join((*lines, "May 4, 2018", "12:30", "Zenda", *pages.DIALOGUE))).document
        assert (found.layout, found.metadata.title, found.metadata.place) == ("main_text", title, "Zenda")


@pytest.mark.parametrize("line", ["| Search |", "- Search", "Search /", "•Search", "*Search*", "SEARCH"])
def test_signs_around_the_words_of_a_menu_are_the_menu_s(line: str) -> None:
    text = "\n\n".join((line, TITLE, "May 4, 2018", DIALOGUE))
    assert read(text).document.metadata.title == TITLE


def test_the_talk_begins_right_below_the_lines_of_time_and_place() -> None:
    assert said("\n\n".join((TITLE, "May 4, 2018", "12:30", "The Castle, Zenda", DIALOGUE))) == SAID


@pytest.mark.parametrize("line", ["Question", "Reply", "From the Floor"])
def test_a_voice_below_the_date_is_no_place(line: str) -> None:
    assert read("\n\n".join((TITLE, "May 4, 2018", line, "He came.", *pages.DIALOGUE))).document.metadata.place is None


def test_a_name_before_its_note_is_no_place() -> None:
    text = f"{TITLE}\nMay 4, 2018\nRupert Hentzau\n(in German): Good morning.\nRudolf Elphberg: Good morning."
    assert read(text).document.metadata.place is None
    assert said(text) == [("Rupert Hentzau", "Good morning."), ("Rudolf Elphberg", "Good morning.")]


# ---------------------------------------------------------------------------------------------------------------------
# Labels among broken lines


def test_a_label_that_a_tool_broke_below_a_slide_s_number_is_no_caption() -> None:
    text = page("Rudolf Elphberg: Welcome.", "1 of 2", "President\nof Ruritania Rudolf Elphberg: Thank you.")
    assert of_kind(text, "caption") == ["1 of 2"]
    assert said(text)[1:] == [("President of Ruritania Rudolf Elphberg", "Thank you.")]


@pytest.mark.parametrize("aside", ["(Applause)", "<…>", "* * *"])
def test_what_stands_on_a_line_of_its_own_goes_on_with_nothing(aside: str) -> None:
    sentences = "Rupert Hentzau: We came.\n\nWe stayed.\n\nWe left.\n\nWe were glad."
    text = f"{TITLE}\nMay 4, 2018\n{sentences}\n{aside}\nThen we went to\nStrelsau"
    blocks = [text[b.start : b.end] for b in read(text).document.blocks if b.kind == "body"]
    assert blocks[-3:] == ["We were glad.", aside, "Then we went to\nStrelsau"]


@pytest.mark.parametrize(
    ("lines", "turns"),
    [
        (
            ("I said to the", "prime minister Fritz Tarlenheim: come to Zenda."),
            [("Rupert Hentzau", f"{SPOKEN_BROKEN}\n\nI said to the prime minister Fritz Tarlenheim: come to Zenda.")],
        ),
        (
            ("I spoke with", "Black Michael", "Fritz Tarlenheim: Good."),
            [("Rupert Hentzau", f"{SPOKEN_BROKEN}\n\nI spoke with Black Michael"), ("Fritz Tarlenheim", "Good.")],
        ),
        (
            ("I spoke with the", "President of Ruritania", "Rudolf Elphberg", "Fritz Tarlenheim: Good."),
            [
                ("Rupert Hentzau", f"{SPOKEN_BROKEN}\n\nI spoke with the President of Ruritania Rudolf Elphberg"),
                ("Fritz Tarlenheim", "Good."),
            ],
        ),
        (
            ("I spoke with the", "President of Ruritania", "", "Rudolf Elphberg: Good."),
            [
                ("Rupert Hentzau", f"{SPOKEN_BROKEN}\n\nI spoke with the President of Ruritania"),
                ("Rudolf Elphberg", "Good."),
            ],
        ),
        (
            ("I spoke with the", "President of Ruritania", "Rudolf Elphberg (in French.)", "Fritz Tarlenheim: Good."),
            [
                (
                    "Rupert Hentzau",
                    f"{SPOKEN_BROKEN}\n\nI spoke with the President of Ruritania Rudolf Elphberg",
                ),
                ("Fritz Tarlenheim", "Good."),
            ],
        ),
    ],
    ids=[
        "within a sentence",
        "a name above it",
        "office and name above it",
        "a blank line above it",
        "a note above it",
    ],
)
def test_a_label_has_none_of_the_lines_above_that_are_no_part_of_it(
    lines: tuple[str, ...], turns: list[tuple[str, str]]
) -> None:
    assert said(text_of(*BROKEN, *lines)) == turns


@pytest.mark.parametrize(
    ("above", "label"),
    [
        (
            ("* * *", "First Deputy", "Minister of Music Rupert Hentzau: Good."),
            "First Deputy Minister of Music Rupert Hentzau",
        ),
        (("* * *", "We came.", "Ruritanian", "President Rudolf Elphberg: Good."), "President Rudolf Elphberg"),
        (
            ("* * *", "We came.", "We stayed.", "Ruritanian", "President Rudolf Elphberg: Good."),
            "Ruritanian President Rudolf Elphberg",
        ),
        (
            ("Meeting of the Council", "in Strelsau", "President of Ruritania Rudolf Elphberg: Good."),
            "President of Ruritania Rudolf Elphberg",
        ),
    ],
    ids=["the line has an office", "two lines above", "three lines above", "the page ends with the label"],
)
def test_a_line_below_a_heading_begins_the_label_where_it_has_an_office_or_stands_further_down(
    above: tuple[str, ...], label: str
) -> None:
    assert said(text_of(*BROKEN, *above))[-1] == (label, "Good.")


# ---------------------------------------------------------------------------------------------------------------------
# Pictures, boxes and what stands below the body


@pytest.mark.parametrize(
    ("below", "last"),
    [
        ("He said: we will come back.", ("Rudolf Elphberg", "Welcome.\n\nHe said: we will come back.")),
        ("Rupert Hentzau\n: Thank you.", ("Rupert Hentzau", "Thank you.")),
        ("Rupert Hentzau\n(in German): Thank you.", ("Rupert Hentzau", "Thank you.")),
    ],
)
def test_what_is_said_below_a_slide_s_number_is_no_caption(below: str, last: tuple[str, str]) -> None:
    text = page("Rudolf Elphberg: Welcome.", "1 of 2", below)
    assert of_kind(text, "caption") == ["1 of 2"]
    assert said(text)[-1] == last


def test_a_sentence_that_names_the_page_s_scene_above_a_cut_label_is_a_caption_and_no_label() -> None:
    caption = "During the meeting with Rupert Hentzau."
    text = page("Rudolf Elphberg: Welcome.", caption, "Fritz Tarlenheim\n: Good.")
    assert of_kind(text, "caption") == [caption]
    assert said(text)[-1] == ("Fritz Tarlenheim", "Good.")


def test_a_sentence_that_a_colon_goes_on_from_is_no_caption() -> None:
    sentence = "During the meeting with Rupert Hentzau."
    text = page("Rudolf Elphberg: We came.", "We stayed.", "We left.", "We were glad.", f"{sentence}\n: it was late.")
    assert of_kind(text, "caption") == []
    assert read(text).turns[0].text.startswith("We came.\n\nWe stayed.\n\nWe left.\n\nWe were glad.\n\nDuring the")


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (("Photo by Fritz Tarlenheim",), "caption"),
        (("1 of 2", "The Castle, Zenda"), "caption"),
        (("Additional", "A look back"), "related"),
        (("ADDITIONAL", "A look back"), "related"),
    ],
)
def test_a_body_may_begin_with_a_picture_or_a_box_which_are_no_place(first: tuple[str, ...], kind: str) -> None:
    text = page(*first, *pages.DIALOGUE)
    assert of_kind(text, kind) == [*first]
    assert read(text).document.metadata.place is None
    assert said(text) == SAID


def test_what_goes_on_below_a_picture_is_no_part_of_its_words() -> None:
    text = page("Rudolf Elphberg: We went to the river.\nPhoto by Fritz Tarlenheim\nand came back.")
    assert of_kind(text, "caption") == ["Photo by Fritz Tarlenheim"]
    assert said(text) == [("Rudolf Elphberg", "We went to the river.\n\nand came back.")]


def test_a_menu_s_bullet_in_the_body_is_of_the_site() -> None:
    text = page("Rudolf Elphberg: Welcome.", "•President of Russia", "We are glad.")
    assert said(text) == [("Rudolf Elphberg", "Welcome.\n\nWe are glad.")]
    assert of_kind(text, "furniture") == ["•President of Russia"]


@pytest.mark.parametrize(
    ("box", "taken"),
    [
        (("Rupert Hentzau: Thank you.",), 1),
        (("[A look back](http://en.kremlin.ru/1)", "Rupert Hentzau: Thank you."), 2),
        (("King Rudolf V: a look back May 3, 2018", "Rupert Hentzau: Thank you."), 2),
        (("X" * 300, "Rupert Hentzau: Thank you."), 2),
        (("X" * 301, "Rupert Hentzau: Thank you."), 1),
    ],
    ids=["nothing", "a link without a date", "a name and a colon", "as long as a title", "longer than a title"],
)
def test_a_box_of_links_holds_titles_and_dates_alone(box: tuple[str, ...], taken: int) -> None:
    text = page("Rudolf Elphberg: Welcome.", "See also", *box)
    assert len([words for words in of_kind(text, "related") if words.strip("[]")]) == taken
    assert said(text)[-1] == ("Rupert Hentzau", "Thank you.")


def test_a_box_of_links_is_one_without_blank_lines_too() -> None:
    text = text_of("Rudolf Elphberg: Welcome.", "See also", "A look back", "Another look", "Rupert Hentzau: Thank you.")
    assert of_kind(text, "related") == ["See also", "A look back", "Another look"]
    assert said(text) == [("Rudolf Elphberg", "Welcome."), ("Rupert Hentzau", "Thank you.")]


def test_the_last_link_of_a_box_has_its_date_where_the_page_s_own_is_printed_again_below() -> None:
    text = page(*BOX, "What is new in Zenda?", "May 2, 2018", "May 4, 2018, Zenda", "Text version")
    assert of_kind(text, "related")[-2:] == ["What is new in Zenda?", "May 2, 2018"]
    assert of_kind(text, "furniture") == ["May 4, 2018, Zenda", "Text version"]


@pytest.mark.parametrize("heading", ["Back to top", "Notes:", "© 2018", "Search", "SHARE"])
def test_a_list_of_tags_ends_where_something_else_begins(heading: str) -> None:
    text = page(*pages.DIALOGUE, "Topics", "Culture", heading, "Zenda")
    assert read(text).document.metadata.topics == ("Culture",)
    assert of_kind(text, "furniture") == [heading, "Zenda"]


@pytest.mark.parametrize("length", [": 2 hrs 51m", ":\n2 hrs 51m", ":51 m", ":\n1 hr"])
def test_the_length_of_a_video_may_stand_below_its_colon(length: str) -> None:
    text = page(*pages.DIALOGUE, "Share", length, "Video")
    assert said(text) == SAID
    assert of_kind(text, "furniture") == ["Share", *length.split("\n"), "Video"]


def test_a_page_may_have_no_body() -> None:
    assert of_kind(page("Text version", "Share"), "furniture") == ["Text version", "Share"]
    assert of_kind(page("Text version"), "furniture") == ["Text version"]


def test_head_lines_are_never_below_the_body() -> None:
    text = f"title: {TITLE}\ndate: 2018-05-04\nTags: News\n\nText version\n"
    assert of_kind(text, "furniture") == ["title: ", "date: ", "Tags: News", "Text version"]


@pytest.mark.parametrize(
    "line", ["2. http://en.kremlin.ru/2", "2. http://en.kremlin.ru/2 (Zenda)", "3. mailto:king@example.org, the King"]
)
def test_numbered_addresses_at_the_end_are_no_speech(line: str) -> None:
    text = page(*pages.DIALOGUE, line)
    assert said(text) == SAID
    assert of_kind(text, "furniture") == [line]


@pytest.mark.parametrize(("length", "is_below"), [(300, True), (301, False)])
def test_a_line_at_the_end_has_three_hundred_characters_at_most(length: int, is_below: bool) -> None:
    text = page(*pages.DIALOGUE, "Share", "x" * length)
    assert of_kind(text, "furniture") == (["Share", "x" * length] if is_below else [])


@pytest.mark.parametrize(
    "lines",
    [
        ("Meeting with Rupert Hentzau", "http://en.kremlin.ru/events/president/news/51374", "May 4, 2018"),
        ("Meeting with Rupert Hentzau", "May 4, 2018", "http://en.kremlin.ru/events/president/news/51374"),
        (
            "Meeting with Rupert Hentzau",
            "http://en.kremlin.ru/events/president/news/51374",
            "May 4, 2018",
            "Text version",
        ),
    ],
)
def test_title_address_and_date_may_stand_below_the_body(lines: tuple[str, ...]) -> None:
    text = "\n\n".join(("Rudolf Elphberg: Sit down.", "Rupert Hentzau: Thank you.", *lines))
    document = pages.as_document(text)
    assert document.metadata.title == "Meeting with Rupert Hentzau"
    assert document.metadata.date.isoformat() == "2018-05-04"
    assert document.metadata.url == "http://en.kremlin.ru/events/president/news/51374"
    assert [turn.text for turn in pages.as_reading(text).turns] == ["Sit down.", "Thank you."]


@pytest.mark.parametrize(
    "lines", [("That was all.", "May 4, 2018"), ("Meeting with Rupert Hentzau",), ("May 4, 2018",)]
)
def test_below_the_body_title_and_date_stand_both(lines: tuple[str, ...]) -> None:
    with pytest.raises(DataError):
        pages.as_document("\n\n".join(("Rudolf Elphberg: Sit down.", *lines)))


def test_a_text_longer_than_its_head_is_read_to_its_end() -> None:
    long = "The winter was long and the river high. " * 40
    text = page("Rudolf Elphberg: Welcome.", *[long] * 60, "Rupert Hentzau: Thank you.")
    assert len(text) > 90_000
    assert said(text)[-1] == ("Rupert Hentzau", "Thank you.")


LONG = "The railway from the castle of Zenda to Strelsau was the subject, and what it will cost all in the years from now on."


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("Hentzau and others\n\n", "The King is to meet with Rupert Hentzau and others"),
        ("All of it\n", "The King is to meet with Rupert"),
        ("[The King is to meet with Rupert](http://a.b/c)\n", "The King is to meet with Rupert"),
    ],
)
def test_a_heading_that_was_too_long_for_its_line_goes_on_in_the_next(below: str, title: str) -> None:
    text = textwrap.fill(f"Rudolf Elphberg: {LONG} {LONG}", 40)
    assert read(f"# The King is to meet with Rupert\n{below}May 4, 2018\n\n{text}\n").document.metadata.title == title


def test_a_lead_of_several_lines_is_read_whole() -> None:
    lead = textwrap.fill(LONG, 60)
    assert read(page(*pages.DIALOGUE, date=f"{lead}\n\nMay 4, 2018")).document.metadata.lead == LONG
