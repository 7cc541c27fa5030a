"""Saved pages of the main site: what their markup says of the event, what is text, who speaks, and what never is speech."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.build import pipeline
from builder.build.rows import is_excerpt
from builder.reading.decoding import RawFile, decode
from builder.reading.discovery import Input, gather
from builder.reading.document import Document, Mark, PageMetadata, PersonTag, Transcript
from builder.reading.layouts import read_document
from builder.reading.layouts.cards import read_cards
from builder.reading.layouts.html_blocks import HtmlBlock, read_blocks
from builder.reading.metadata_tables import MetadataTables
from builder.reading.provenance import ProvenanceTables
from builder.reading.segmentation import segment_document
from builder.speakers.reference import People, load_people
from builder.speakers.resolution import resolve
from tests.support.commands import rows
from tests.support.pages import (
    CATALOG,
    NBSP,
    NEWS,
    accessible,
    as_document,
    as_reading,
    box,
    html,
    main,
    person_link,
    photo,
    pieces_of,
    said,
    save,
    slide,
    term_link,
)
from tests.support.told import brief, refusal, refusals

SAT = said("Rudolf Elphberg", "Please, sit down.")
THANKED = said("Rupert Hentzau", "Thank you.")
HEAD = """Events
Meeting with Rupert Hentzau
Rudolf Elphberg met with Rupert Hentzau in Zenda.
May 4, 2018
12:30
The Castle, Zenda
"""
TAIL = """
Publication status
Published in sections: News, Transcripts
Publication date: May 4, 2018, 15:10
Direct link: en.kremlin.ru/d/51374
Text version"""


def metadata(page: str) -> PageMetadata:
    return as_document(page).metadata


def body_text(*body: str) -> str:
    """The text of a page between its head and its tail."""
    text = as_document(html(*body)).text
    assert text.startswith(HEAD)
    assert text.endswith(TAIL)
    return text.removeprefix(HEAD).removesuffix(TAIL)


def said_text(markup: str) -> str:
    return re.sub("<.*?>", "", markup)


def talk(page: str) -> list[tuple[str, str]]:
    """Every turn's label and text."""
    return [(turn.label, turn.text) for turn in as_reading(page).turns]


def read_bytes(data: bytes) -> Document:
    """A file's bytes as the builder reads them."""
    source = decode(
        RawFile(Input("/nowhere/page.html", "page.html", "page.html"), data), ProvenanceTables(), MetadataTables()
    )
    return read_document(source)


def complaints(page: str) -> list[str]:
    """The place and code of every problem for which a page is refused."""
    return [brief(problem) for problem in refusals(as_reading, page, "zenda.html")]


def without_article(page: str) -> str:
    return re.sub(r"<(/?)article\b", r"<\1div", page)


def print_version(page: str) -> str:
    """The article alone: no menus, and none of the links above it."""
    article = page[page.index("<article") : page.index("</article>")]
    return f"<!doctype html><html><head><title>Print</title></head><body>{article}</article></body></html>"


# ---------------------------------------------------------------------------------------------------------------------
# What the head says


def test_a_saved_page_is_known_by_its_markup_whatever_its_name() -> None:
    assert as_document(html(SAT), "page.txt").layout == "html"


def test_html_without_the_class_of_the_site_s_title_is_read_as_its_text_is() -> None:
    pages = (html(SAT), html(SAT).replace("entry-title", "headline"), f"The class entry-title\nMay 4, 2018\n\n{SAT}")
    assert [as_document(page).layout for page in pages] == ["html", "main_text", "plain_text"]


def test_the_text_of_a_page_of_html_is_not_the_source_s() -> None:
    assert as_document(html(SAT)).is_source_text is False
    assert as_document(main("The wine is good.")).is_source_text is True


def test_a_page_says_title_lead_date_time_place_and_section() -> None:
    transcript = as_reading(html(SAT, title="Meeting  with\nRupert Hentzau"))
    found = transcript.document.metadata
    assert found.title == "Meeting with Rupert Hentzau"
    assert found.lead == "Rudolf Elphberg met with Rupert Hentzau in Zenda."
    assert (found.date, found.time, found.place) == (dt.date(2018, 5, 4), dt.time(12, 30), "The Castle, Zenda")
    assert found.language == "en"
    assert pieces_of(transcript, "section") == ["Events"]
    assert [pieces_of(transcript, kind) for kind in ("date", "time", "place")] == [
        ["May 4, 2018"],
        ["12:30"],
        ["The Castle, Zenda"],
    ]


def test_a_page_may_have_no_lead_no_time_and_no_place() -> None:
    found = metadata(html(SAT, lead=None, time=None, place=None))
    assert (found.lead, found.time, found.place) == (None, None, None)


def test_a_lead_of_two_paragraphs_keeps_them_apart() -> None:
    page = html(SAT, lead="Rudolf Elphberg met with Rupert Hentzau.</p> <p>The talks were held in Zenda.")
    assert metadata(page).lead == "Rudolf Elphberg met with Rupert Hentzau.\n\nThe talks were held in Zenda."


def test_links_in_title_and_lead_leave_their_words_alone() -> None:
    page = html(SAT, title=f"Meeting with {person_link('Rupert Hentzau')}", lead=f"Talks in the {term_link('League')}.")
    assert metadata(page).title == "Meeting with Rupert Hentzau"
    assert metadata(page).lead == "Talks in the League."


def test_the_date_is_the_machine_readable_one() -> None:
    assert metadata(html(SAT).replace(">May 4, 2018</time>", ">Friday</time>", 1)).date == dt.date(2018, 5, 4)


@pytest.mark.parametrize("attribute", ["", 'datetime=""', 'datetime="2018-02-30"', 'datetime="soon"'])
def test_without_a_machine_readable_date_the_printed_one_counts(attribute: str) -> None:
    page = html(SAT, date="2018-05-04").replace('datetime="2018-05-04"', attribute, 1)
    assert metadata(page).date == dt.date(2018, 5, 4)


def test_a_machine_readable_date_may_hold_a_time() -> None:
    page = html(SAT).replace('"2018-05-04"', '"2018-05-04T12:30:00+04:00"')
    assert metadata(page).date == dt.date(2018, 5, 4)
    assert metadata(page.replace(">May 4, 2018</time>", ">Friday</time>", 1)).date == dt.date(2018, 5, 4)


@pytest.mark.parametrize(
    "printed", ["May 4, 2018, Zenda", "May 4, 2018, 12:30, Zenda", "May 4,<br>2018", "May 4 – 5, 2018"]
)
def test_a_printed_date_may_stand_beside_what_else_a_date_line_says(printed: str) -> None:
    page = re.sub(r'<time class="read__published.*?</time>', f'<div class="read__published">{printed}</div>', html(SAT))
    assert metadata(page).date == dt.date(2018, 5, 4)


def test_an_announcement_has_the_date_of_the_event_and_not_that_of_its_publication() -> None:
    transcript = as_reading(html("Rudolf Elphberg will visit Zenda.", announced_for="Announcement, May 9, 2018"))
    found = transcript.document.metadata
    assert (found.date, found.time, found.place) == (dt.date(2018, 5, 9), None, None)
    assert pieces_of(transcript, "date") == ["Announcement, May 9, 2018"]


def test_an_announcements_date_goes_before_a_day_of_publication_beside_it() -> None:
    announced = '<div class="announce_date"> <div class="width_limiter">Announcement, May 9, 2018</div> </div>'
    page = html("Rudolf Elphberg will visit Zenda.").replace(
        '<div class="entry-content', announced + '<div class="entry-content'
    )
    assert metadata(page).date == dt.date(2018, 5, 9)


@pytest.mark.parametrize(
    ("date", "printed", "time"),
    [
        ("2006-12-31", "00:00", None),
        ("2006-12-31", "00:01", dt.time(0, 1)),
        ("2007-01-01", "00:00", dt.time(0, 0)),
        ("2018-05-04", "00:00", dt.time(0, 0)),
        ("2001-03-01", "9:05", dt.time(9, 5)),
    ],
)
def test_midnight_before_2007_is_a_placeholder(date: str, printed: str, time: dt.time | None) -> None:
    assert metadata(html(SAT, date=date, time=printed)).time == time


@pytest.mark.parametrize("printed", ["24:00", "noon"])
def test_a_time_that_is_none_is_unknown(printed: str) -> None:
    assert metadata(html(SAT, time=printed)).time is None


def test_of_several_times_the_first_counts() -> None:
    page = html(SAT).replace('<div class="read__time">', '<div class="read__time">9:05</div><div class="read__time">')
    assert metadata(page).time == dt.time(9, 5)


def test_a_title_or_a_place_in_two_blocks_is_one_line() -> None:
    found = metadata(html(SAT, title="Meeting<div>with Rupert Hentzau</div>", place="The Castle,<p>Zenda"))
    assert (found.title, found.place) == ("Meeting with Rupert Hentzau", "The Castle, Zenda")


def test_a_page_without_title_is_refused() -> None:
    assert complaints(html(SAT, title=" ")) == ["zenda.html: no-title"]


def test_a_page_without_date_is_refused() -> None:
    assert complaints(re.sub(r'<time class="read__published.*?</time>', "", html(SAT))) == ["zenda.html: no-date"]


def test_a_page_of_frames_without_a_body_is_refused() -> None:
    found = complaints('<!doctype html><html><frameset><frame class="entry-title"></frameset></html>')
    assert found[0] == "zenda.html: text-lost"


def test_what_is_missing_is_said_in_one_go() -> None:
    page = re.sub(r'<time class="read__published.*?</time>', "", html(SAT, title="…"))
    assert complaints(page) == ["zenda.html: no-title", "zenda.html: no-date"]


def test_what_is_missing_is_named_by_its_class() -> None:
    no_title, no_date = refusals(as_reading, re.sub(r'<time class="read__published.*?</time>', "", html(SAT, title="")))
    assert "entry-title" in no_title.expected
    assert "read__published" in no_date.expected
    assert "announce_date" in no_date.expected


@pytest.mark.parametrize("title", ["", " … ", "_ — _"])
def test_a_title_without_a_letter_is_none(title: str) -> None:
    assert complaints(html(SAT, title=title)) == ["zenda.html: no-title"]


@pytest.mark.parametrize(
    ("printed", "found"),
    [("", "none"), ("Some day in May", '"Some day in May"'), ("May 4,<p>some year", '"May 4, some year"')],
)
def test_a_page_whose_date_is_none_is_refused_with_what_it_prints(printed: str, found: str) -> None:
    page = re.sub(r'<time class="read__published.*?</time>', f'<div class="read__published">{printed}</div>', html(SAT))
    problem = refusal(as_reading, page, "zenda.html")
    assert (brief(problem), problem.found) == ("zenda.html: no-date", found)
    no_title, no_date = refusals(as_reading, page.replace(">Meeting with Rupert Hentzau<", "><"), "zenda.html")
    assert (brief(no_title), no_title.found) == ("zenda.html: no-title", "none")
    assert (brief(no_date), no_date.found) == ("zenda.html: no-date", found)


@pytest.mark.parametrize(
    ("body", "code", "bound"),
    [("<br>" * 20_001, "too-many-items", "20,000 tags"), ("(" * 100_001, "too-many-marks", "100,000 brackets")],
)
def test_a_page_beyond_the_bounds_is_refused(body: str, code: str, bound: str) -> None:
    problem = refusal(as_reading, html(body), "zenda.html")
    assert brief(problem) == f"zenda.html: {code}"
    assert bound in problem.expected


# ---------------------------------------------------------------------------------------------------------------------
# Number and addresses


def test_a_page_says_its_number_its_address_and_that_of_the_russian_original() -> None:
    found = metadata(html(SAT, number=60408))
    assert found.event_id == "60408"
    assert found.url == "http://en.kremlin.ru/events/president/news/60408"
    assert found.url_ru == "http://kremlin.ru/events/president/news/60408"


@pytest.mark.parametrize(
    "rewritten",
    ["../../../../kremlin.ru/news/51374.html", "51374-2.html", "", "/ru/51374", "http\x01://kremlin.ru/1", "http"],
)
def test_the_russian_address_survives_a_tool_that_rewrote_the_links(rewritten: str) -> None:
    page = html(SAT).replace("http://kremlin.ru/events/president/news/51374", rewritten)
    page = page.replace(NEWS, "../../").replace(CATALOG, "../../../catalog/")
    page = page.replace('content="../../51374"', 'content="http://en.kremlin.ru/events/president/news/51374"')
    assert metadata(page).url_ru == "http://kremlin.ru/events/president/news/51374"


def test_rewritten_links_still_show_whom_and_what_they_name() -> None:
    page = html(
        f"<p><b>{person_link('Rupert Hentzau', 52)}:</b> Thank you.</p>",
        geography=[("Kazakhstan", "countries/KZ")],
        persons=[("Hentzau Rupert", 52)],
    ).replace(CATALOG, "../../../catalog/")
    assert as_reading(page).turns[0].site_person_id == "52"
    assert metadata(page).countries == ("KAZ",)
    assert [tag.site_person_id for tag in metadata(page).persons or ()] == ["52"]


def test_an_address_outside_the_tag_for_it_is_none() -> None:
    page = '<meta property="og:url"><meta content="http://zenda.example/">' + html(SAT)[html(SAT).index("<article") :]
    assert metadata(page).url == "http://en.kremlin.ru/d/51374"


def test_a_rewritten_link_to_the_russian_original_of_a_page_without_address_says_nothing() -> None:
    page = re.sub(r'<meta property="og:url".*?>|Direct link:', "", html(SAT))
    assert (metadata(page).url, metadata(page).url_ru) == (None, "http://kremlin.ru/events/president/news/51374")
    assert metadata(page.replace("http://kremlin.ru/events/president/news/51374", "51374.html")).url_ru is None


def test_a_page_without_a_russian_original_names_none() -> None:
    """The switch of languages in the menu leads to the front page."""
    assert metadata(re.sub(r'<link rel="alternate".*?>', "", html(SAT))).url_ru is None


def test_the_direct_link_gives_number_and_address_where_nothing_else_does() -> None:
    page = html(SAT).replace(' id="event-51374"', "")
    found = metadata(re.sub(r'<meta property="og:url".*?>', "", page))
    assert (found.event_id, found.url) == ("51374", "http://en.kremlin.ru/d/51374")


def test_a_page_without_a_publication_status_has_no_number_and_no_address_but_its_own() -> None:
    page = re.sub(r'<div class="read__status.*?</div>', "", html(SAT))
    assert metadata(page).event_id == "51374"
    assert metadata(page).published_in == ()
    found = metadata(re.sub(r'<meta property="og:url".*?>', "", page).replace(' id="event-51374"', ""))
    assert (found.event_id, found.url, found.published_in) == (None, None, ())


@pytest.mark.parametrize("number", ["event-0", "event-", "event-x", "events-5", "my-event-5"])
def test_what_is_no_number_of_an_event_is_none(number: str) -> None:
    """The direct link's then stands for it."""
    assert metadata(html(SAT).replace('id="event-51374"', f'id="{number}"')).event_id == "51374"


ADDRESS = '<meta property="og:url" content="http://en.kremlin.ru/events/president/news/60408"/>'


@pytest.mark.parametrize(
    "tag",
    [
        ADDRESS,
        ADDRESS.replace('"', "'"),
        ADDRESS.replace('"/', "").replace('"', ""),
        ADDRESS.replace("meta", "META"),
        '<meta content="http://en.kremlin.ru/events/president/news/60408" property="og:url">',
        f'<link property="og:url" content="http://zenda.example/">{ADDRESS}',
        f'{ADDRESS}<meta content="http://zenda.example/" property="og:url">',
        f"<!-- og:url -->{ADDRESS}<meta property=og:url content=http://zenda.example/>",
        f'<meta property="og:url_of" content="http://zenda.example/"{ADDRESS}',
    ],
)
def test_the_address_is_the_content_of_the_first_tag_for_it(tag: str) -> None:
    page = tag + html(SAT)[html(SAT).index("<article") :]
    assert metadata(page).url == "http://en.kremlin.ru/events/president/news/60408"


def test_the_order_of_attributes_does_not_matter() -> None:
    page = html(SAT, geography=[("Kazakhstan", "countries/KZ")], persons=[("Hentzau Rupert", 52)])

    def turned(match: re.Match[str]) -> str:
        return match[1] + "".join(reversed(re.findall(r' [\w:-]+="[^"]*"', match[2])))

    assert metadata(re.sub(r'(<\w+)((?: [\w:-]+="[^"]*")+)', turned, page)) == metadata(page)


# ---------------------------------------------------------------------------------------------------------------------
# Tags and status


def test_the_tags_of_a_page_are_lists() -> None:
    found = metadata(
        html(
            SAT,
            geography=[("Kazakhstan", "countries/KZ"), ("Krasnodar Territory", "regions/KDA")],
            topics=["Foreign policy", "Agriculture"],
            persons=[("Hentzau Rupert", 52), ("Elphberg Rudolf", 7)],
        )
    )
    assert found.geography == ("Kazakhstan", "Krasnodar Territory")
    assert found.topics == ("Foreign policy", "Agriculture")
    assert [(tag.name, tag.site_person_id) for tag in found.persons or ()] == [
        ("Hentzau Rupert", "52"),
        ("Elphberg Rudolf", "7"),
    ]


def test_the_codes_of_countries_are_iso_codes_of_three_letters() -> None:
    geography = [("Belarus", "countries/BY"), ("Germany", "countries/DE"), ("Moscow", "regions/MOW")]
    assert metadata(html(SAT, geography=geography)).countries == ("BLR", "DEU")


def test_a_country_is_known_by_its_code_and_not_by_its_name() -> None:
    assert metadata(html(SAT, geography=[("Land of the Eagles", "countries/AL")])).countries == ("ALB",)


def test_a_country_tagged_twice_is_one_country_and_one_tagged_as_a_topic_is_none() -> None:
    page = html(SAT, geography=[("Belarus", "countries/BY"), ("Minsk", "countries/BY")], topics=["Germany"])
    page = page.replace("keywords/70", "countries/DE")
    assert metadata(page).geography == ("Belarus", "Minsk")
    assert metadata(page).countries == ("BLR",)


@pytest.mark.parametrize("code", ["XA", "XO"])
def test_a_code_of_the_sites_own_is_no_country(code: str) -> None:
    found = metadata(html(SAT, geography=[("Ruritania", f"countries/{code}"), ("France", "countries/FR")]))
    assert found.geography == ("Ruritania", "France")
    assert found.countries == ("FRA",)


def test_a_list_that_a_page_does_not_print_is_empty() -> None:
    found = metadata(html(SAT, topics=["CIS"]))
    assert (found.geography, found.countries, found.topics, found.persons) == ((), (), ("CIS",), ())


def test_tags_hidden_behind_a_button_count_and_the_button_does_not() -> None:
    names = [f"{name} Fritz" for name in "Tarlenheim Sapt Strakencz Bersonin Detchard Lauengram".split()]
    transcript = as_reading(html(SAT, persons=[(name, number) for number, name in enumerate(names, start=30)]))
    assert [tag.name for tag in transcript.document.metadata.persons or ()] == names
    assert [tag.site_person_id for tag in transcript.document.metadata.persons or ()] == [
        "30",
        "31",
        "32",
        "33",
        "34",
        "35",
    ]
    assert pieces_of(transcript, "furniture") == ["2 more", "Text version"]


def test_the_sections_that_carry_a_page_are_a_list() -> None:
    assert metadata(html(SAT, published=["News", "Security Council"])).published_in == ("News", "Security Council")
    assert metadata(html(SAT, published=["News"]).replace("in sections:", "in section:")).published_in == ("News",)


def test_the_tail_of_a_page_is_tags_status_and_furniture() -> None:
    transcript = as_reading(html(SAT, geography=[("Kazakhstan", "countries/KZ")], topics=["CIS"]))
    assert pieces_of(transcript, "tag") == ["Geography", "Kazakhstan", "Topics", "CIS"]
    assert pieces_of(transcript, "status") == [
        "Publication status",
        "Published in sections: News, Transcripts",
        "Publication date: May 4, 2018, 15:10",
        "Direct link: en.kremlin.ru/d/51374",
    ]
    assert pieces_of(transcript, "furniture") == ["Text version"]
    assert transcript.turns[-1].text == "Please, sit down."


def test_no_character_of_a_usual_page_is_unassigned() -> None:
    page = html(
        "Talks began.",
        SAT,
        photo("In Zenda."),
        box("Trip to Zenda", "May 3, 2018"),
        slides=["At the castle."],
        topics=["CIS"],
    )
    assert pieces_of(as_reading(page), "unassigned") == []


@pytest.mark.parametrize("name", ["article", "ARTICLE"])
def test_an_article_goes_from_its_first_tag_to_its_last(name: str) -> None:
    page = html(SAT, "<article>The wine is good.</article>", THANKED).replace("article", name)
    page = page[page.index("<" + name) :]
    assert "Subscribe" in page
    assert as_document(page).text == f"{HEAD}{said_text(SAT)}\nThe wine is good.\n{said_text(THANKED)}{TAIL}"


def test_an_end_above_an_article_does_not_end_it() -> None:
    page = html(SAT).replace("<article", "</article><article")
    assert as_document(page).text == HEAD + said_text(SAT) + TAIL


@pytest.mark.parametrize("end", ["</article", "</article\n"])
def test_the_end_of_an_article_may_lack_its_last_sign(end: str) -> None:
    page = html(SAT)
    page = page[: page.index("</article>")] + end
    assert as_document(page).text == HEAD + said_text(SAT) + TAIL


def test_what_stands_around_the_article_is_no_text() -> None:
    """The menu above it, and the footer, whatever that says."""
    page = html(SAT)
    assert "Portal Menu" in page
    assert as_document(page).text == HEAD + "Rudolf Elphberg: Please, sit down." + TAIL


# ---------------------------------------------------------------------------------------------------------------------
# Captions of slides

CAPTIONS = ["With Rupert Hentzau.", "At the castle & “park”.", "With Rupert Hentzau.", 'Zenda, the "moat".']
DISTINCT = ["With Rupert Hentzau.", "At the castle & “park”.", 'Zenda, the "moat".']


def saved_by_browser(page: str, copied: int, shown: int) -> str:
    """A page as a browser saves it once the script of the slider has run: it copies one slide and shows one caption."""
    copy = slide(CAPTIONS[copied], copied, "slide cycle-slide cycle-sentinel")
    page = page.replace('data-cycle-starting-slide="0">', f'data-cycle-starting-slide="0">{copy}', 1)
    page = page.replace('<div class="slide"', '<div class="slide cycle-slide" style="opacity: 0;"')
    page = page.replace('<div class="slider_caption">', f'<div class="slider_caption">{shown + 1} of {len(CAPTIONS)}')
    overlay = '<div class="slider_overlay">'
    return page.replace(overlay, f"{overlay}<div>\n {CAPTIONS[shown].replace('&', '&amp;')}</div>")


def test_each_distinct_caption_of_the_slides_is_read_once() -> None:
    assert pieces_of(as_reading(html(SAT, slides=CAPTIONS)), "caption") == DISTINCT


@pytest.mark.parametrize("shown", [0, 1, 3])
@pytest.mark.parametrize("copied", [0, 1, 3])
def test_a_copy_that_a_browser_saved_reads_the_same(copied: int, shown: int) -> None:
    page = html("They met.", SAT, slides=CAPTIONS)
    saved = saved_by_browser(page, copied, shown)
    assert len(saved) > len(page)
    assert as_reading(saved) == as_reading(page)


def test_a_caption_that_the_page_only_shows_is_read_too() -> None:
    page = html(SAT, slides=["In Zenda."]).replace(
        '<div class="slider_overlay">', '<div class="slider_overlay">In Strelsau.'
    )
    assert pieces_of(as_reading(page), "caption") == ["In Zenda.", "In Strelsau."]


def test_no_break_spaces_around_a_caption_are_its_characters_as_they_are_a_paragraph_s() -> None:
    words = f"{NBSP}In Zenda.{NBSP}"
    assert read_blocks(f'<p>{words}</p><div class="slider"><p data-text=" {words} "></p></div>') == [
        HtmlBlock(text=words),
        HtmlBlock("caption", words),
    ]


def test_slides_without_captions_have_none() -> None:
    assert pieces_of(as_reading(html(SAT, slides=["", " "])), "caption") == []


# ---------------------------------------------------------------------------------------------------------------------
# What is text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("peace \t and\n\n  bread ", "peace and bread"),
        ("peace&nbsp;and&nbsp; bread", f"peace{NBSP}and{NBSP} bread"),
        (f"peace {NBSP}{NBSP} and", f"peace {NBSP}{NBSP} and"),
        ("peace&#160;and&#xA0;bread", f"peace{NBSP}and{NBSP}bread"),
        ("peace<br>bread", "peace\nbread"),
        ("peace <br/> bread", "peace\nbread"),
        ("peace<br><br>bread", "peace\n\nbread"),
        ("<br>peace<br>", "peace"),
        ("the 21<sup>st</sup> century", "the 21st century"),
        ("H<sub>2</sub>O", "H2O"),
        ("<span>Str</span><em>el</em><u>sau</u>", "Strelsau"),
        ("peace <b> and </b> <i>bread</i> .", "peace and bread ."),
        ("Stre<wbr>lsau<!-- not said --> is", "Strelsau is"),
        ("bread &amp; wine &lt;5 &quot;x&quot; &#8212; &hellip;", 'bread & wine <5 "x" — …'),
        ("&amp;lt; &amp;nbsp; &amp;amp;", "&lt; &nbsp; &amp;"),
        ("a < b, c > d & e", "a < b, c > d & e"),
        (f"I met {person_link('Rupert Hentzau')}, and left.", "I met Rupert Hentzau, and left."),
        (f"the {term_link('League’s')} budget", "the League’s budget"),
        ("<i></i><b> </b>peace", "peace"),
        ('peace<img src="x.jpg" alt="a dove">', "peace"),
        ('peace<script>if (a<b && c == "x) { d }</script> and', "peace and"),
        ('peace<style>q::before { content: "<b" }</style> and', "peace and"),
        ('peace<iframe src="x"><b title="></iframe> and', "peace and"),
        ("peace<noscript>no script</noscript> and", "peace and"),
        ("<button>Play</button>peace", "peace"),
        ("Pri\u200bvet 🙂 e\u0301", "Pri\u200bvet 🙂 e\u0301"),
        ("X-ray: Te<b>X</b> is not Te<i>X", "X-ray: TeX is not TeX"),
        ("TeX<br>TeX", "TeX\nTeX"),
    ],
)
def test_inline_markup_is_no_text_and_no_break(markup: str, text: str) -> None:
    assert body_text(f"<p>Zenda.</p><p>{markup}</p><p>End.</p>") == f"Zenda.\n{text}\nEnd."


@pytest.mark.parametrize(
    "markup",
    [
        "<p>one</p><p>two</p>",
        "<p>one</p>\n\n  <p> two </p>",
        "<p>one<p>two",
        "<div>one<div>two</div></div>",
        "<div>one<p>two</p></div>",
        "<ul><li>one</li><li>two</li></ul>",
        "<ul><li>one<li>two</ul>",
        "<table><tr><td>one</td><td>two</td></tr></table>",
        "<h2>one</h2>two",
        "<p>one<hr>two",
        "<p>one</p><p>&nbsp;</p><p></p><p><b> </b></p><p>two</p>",
        "<P>one</P><DIV>two</DIV>",
    ],
)
def test_each_block_of_the_page_is_one_line_and_an_empty_one_is_none(markup: str) -> None:
    assert body_text(markup) == "one\ntwo"


def test_a_hover_card_is_never_text() -> None:
    text = as_document(html(f"<p><b>{person_link('Rupert Hentzau')}:</b> In the {term_link('League')}.</p>")).text
    assert "Rupert Hentzau: In the League." in text
    assert not re.search("Card|later day|Background|towns", text)


def test_speech_is_in_normal_form_and_the_text_of_the_page_is_not() -> None:
    transcript = as_reading(html(said("Rudolf Elphberg", f"Peace{NBSP}{NBSP}and<br>cafe\u0301.")))
    assert transcript.turns[0].text == "Peace and café."
    assert f"Peace{NBSP}{NBSP}and\ncafe\u0301." in transcript.document.text


# ---------------------------------------------------------------------------------------------------------------------
# Hover cards


def card(name: str, attributes: str = "") -> str:
    """A card's title, as it stands inside the card."""
    return f'<span class="tooltip_title"{attributes}>{name}</span>'


def person_card(link: str, name: str, attributes: str = "", words: str = "Mr Hentzau") -> str:
    """A card on a link."""
    return f'<a {link}>{words}<span class="read__tooltip tooltip_person">{card(name, attributes)}</span></a>'


IN_CATALOG = ' data-href="/catalog/persons/52/events"'
ON_LINK = 'href="/catalog/persons/52/events"'


@pytest.mark.parametrize(
    "markup",
    [
        card("Hentzau Rupert", IN_CATALOG),
        person_card('href="/catalog/glossary/8"', "Hentzau Rupert", IN_CATALOG),
        person_card('href="/catalog/persons/9/events"', "Hentzau Rupert", IN_CATALOG),
        person_card(ON_LINK, "Hentzau Rupert"),
        person_card(f'class="read__tag" {ON_LINK} rel="tag"', "Hentzau Rupert"),
        f"<p>By {person_card('href=/persons/52', 'Hentzau Rupert')}, in Zenda.</p>",
        person_card(ON_LINK, "Hentzau Rupert", words="<b>persons/9</b>"),
        person_card(ON_LINK, "Hentzau Rupert", words="<b></b>" * 500),
        f'<a {ON_LINK} class="tooltip_person tooltip_title">Hentzau Rupert</a>',
        card(" Hentzau \n Rupert&nbsp;", IN_CATALOG),
        card("Hentzau &#82;upert", IN_CATALOG),
    ],
)
def test_a_card_gives_the_person_s_name_with_the_number_on_its_title_or_else_on_its_link(markup: str) -> None:
    assert read_cards(markup) == (PersonTag("Hentzau Rupert", "52"),)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>Mr Hentzau, persons/52</p>",
        card("Hentzau Rupert"),
        card(" ", IN_CATALOG),
        card("Hentzau Rupert", ' data-href="/catalog/glossary/8"'),
        person_card(ON_LINK, "Hentzau Rupert", ' data-href="/catalog/glossary/8"'),
        person_card('href="/catalog/glossary/8"', "Hentzau Rupert"),
        person_card('href="/catalog/glossary/8"', "Hentzau Rupert", words="persons/52"),
        person_card(ON_LINK, "The League").replace("tooltip_person", "tooltip_term"),
        f'<a {ON_LINK}>Rupert</a> <span class="tooltip_person">{card("Elphberg Rudolf")}</span>',
        person_card(ON_LINK, "Hentzau Rupert", words=" " * 4_000),
        f'<span class="tooltip_title"{IN_CATALOG}',
        f'<span class="tooltip_title"{IN_CATALOG}>Hentzau Rup',
        card("H" * 301, IN_CATALOG),
        card("Hentzau Rupert", f'{IN_CATALOG} title="{"a" * 1_000}"'),
        f'<span{IN_CATALOG} title="{"a" * 4_000}" class="tooltip_title">Hentzau Rupert<',
        f"tooltip_title{IN_CATALOG}>Hentzau Rupert<",
    ],
)
def test_a_card_without_a_name_or_of_no_person_or_of_another_s_link_names_nobody(markup: str) -> None:
    assert read_cards(markup) == ()


def test_the_longest_name_that_a_card_may_have() -> None:
    assert read_cards(card("H" * 300, IN_CATALOG)) == (PersonTag("H" * 300, "52"),)


def test_the_persons_on_the_cards_of_a_page_are_facts_of_it() -> None:
    found = metadata(
        html(f"{person_link('Rupert', 52, 'Hentzau Rupert')} and {person_link('Rudolf', 7, 'Elphberg Rudolf')}")
    )
    assert found.linked_persons == (PersonTag("Hentzau Rupert", "52"), PersonTag("Elphberg Rudolf", "7"))
    assert metadata(html(SAT)).linked_persons == ()


def test_of_several_cards_of_a_person_the_first_counts_and_the_persons_stand_in_order() -> None:
    page = "".join(
        [
            person_card('href="/persons/52"', "Hentzau Rupert"),
            card("", ' data-href="/persons/7"'),
            card("Elphberg Rudolf", ' data-href="/persons/7"'),
            "<p>Of tooltip_title they speak.</p>",
            person_card('href="/persons/3"', "Sapt Fritz", ' data-href="/persons/52"'),
            person_card('href="/persons/9"', "Elphberg Flavia"),
        ]
    )
    assert read_cards(page) == (
        PersonTag("Hentzau Rupert", "52"),
        PersonTag("Elphberg Rudolf", "7"),
        PersonTag("Elphberg Flavia", "9"),
    )


# ---------------------------------------------------------------------------------------------------------------------
# Labels

MINISTER = "Prime Minister of Ruritania Rupert Hentzau"


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("<b>Rupert Hentzau:</b> Thank you.", "Rupert Hentzau"),
        ("<b>Rupert Hentzau: </b>Thank you.", "Rupert Hentzau"),
        ("<b>Rupert Hentzau</b>: Thank you.", "Rupert Hentzau"),
        ("<b>Rupert Hentzau</b> : Thank you.", "Rupert Hentzau"),
        ("<strong>Rupert Hentzau:</strong> Thank you.", "Rupert Hentzau"),
        (f"<b>Rupert{NBSP}Hentzau:{NBSP}</b>Thank you.", "Rupert Hentzau"),
        ("<b>Rupert\n   Hentzau:</b>Thank you.", "Rupert Hentzau"),
        ("<b>Rupert Hentzau</b><b>:</b> Thank you.", "Rupert Hentzau"),
        ("<b>Rupert</b><b> Hentzau</b> <b>: </b> Thank you.", "Rupert Hentzau"),
        ("<b>Prime Minister of Ruritania</b> <b>Rupert Hentzau:</b> Thank you.", MINISTER),
        ("<b>Prime Minister</b> <strong>of Ruritania<br>Rupert Hentzau</strong>: Thank you.", MINISTER),
        ("<b>Prime Minister of Ruritania<br/>Rupert Hentzau:</b><br>Thank you.", MINISTER),
        ("<b>Prime Minister of <i>Ruritania</i> <b>Rupert Hentzau</b>:</b> Thank you.", MINISTER),
        (f"<b>{person_link('Rupert Hentzau')}: </b>Thank you.", "Rupert Hentzau"),
        (f"<b>{person_link('Rupert Hentzau')}</b>: Thank you.", "Rupert Hentzau"),
        (f"{person_link('<b>Rupert Hentzau</b>')}<b>:</b> Thank you.", "Rupert Hentzau"),
        (f"<b>Prime Minister of Ruritania </b>{person_link('<b>Rupert Hentzau</b>')}: Thank you.", MINISTER),
        ("<span><b>Rupert Hentzau:</b></span> <span>Thank you.</span>", "Rupert Hentzau"),
        ("<!-- x --><b>Rupert <!-- : -->Hentzau:</b> Thank you.", "Rupert Hentzau"),
    ],
)
def test_a_label_in_bold_starts_a_turn_however_its_markup_is_cut(paragraph: str, label: str) -> None:
    assert talk(html(SAT, paragraph, SAT)) == [
        ("Rudolf Elphberg", "Please, sit down."),
        (label, "Thank you."),
        ("Rudolf Elphberg", "Please, sit down."),
    ]


def test_the_colon_may_stand_in_the_bold_and_after_it_on_one_page() -> None:
    page = html(
        SAT, "<b>Rupert Hentzau</b>: Thank you.", "<b>Rudolf Elphberg: </b>Well?", "<b>Rupert Hentzau</b> : Well."
    )
    assert talk(page) == [
        ("Rudolf Elphberg", "Please, sit down."),
        ("Rupert Hentzau", "Thank you."),
        ("Rudolf Elphberg", "Well?"),
        ("Rupert Hentzau", "Well."),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "<b>Rupert Hentzau</b> <i>(retranslated)</i><b>:</b> Thank you.",
        "<b>Rupert Hentzau</b> <i>(retranslated)</i>: Thank you.",
        "<b>Rupert Hentzau <i>(retranslated):</i></b> Thank you.",
        "<b>Rupert Hentzau (retranslated):</b> Thank you.",
        "<b>Rupert Hentzau</b> (retranslated): Thank you.",
        f"<b>{person_link('Rupert Hentzau')}</b> <i>(retranslated)</i>: Thank you.",
    ],
)
def test_a_note_between_name_and_colon_is_no_part_of_the_label(paragraph: str) -> None:
    (turn,) = as_reading(html(paragraph)).turns
    assert (turn.label, turn.note, turn.text) == ("Rupert Hentzau", "retranslated", "Thank you.")


@pytest.mark.parametrize(
    "alone", ["<b>Rupert Hentzau:</b>", "<b>Rupert Hentzau</b>:", "<b>Rupert Hentzau:<br></b>&nbsp;"]
)
def test_a_label_alone_in_its_paragraph_goes_with_the_next(alone: str) -> None:
    page = html(SAT, alone, "Thank you.", "I am glad.", SAT)
    assert talk(page)[1] == ("Rupert Hentzau", "Thank you.\n\nI am glad.")
    assert len(talk(page)) == 3


def test_bold_around_two_paragraphs_is_bold_in_both() -> None:
    page = html("<div><b><p>Rudolf Elphberg:</p><p>Rupert Hentzau:</b> Thank you.</p></div>")
    assert as_document(page).text.removeprefix(HEAD).startswith("Rudolf Elphberg:\nRupert Hentzau: Thank you.")
    bold = [
        as_document(page).text[m.start : m.end]
        for block in as_document(page).blocks
        for m in block.marks
        if m.kind == "bold"
    ]
    assert bold == ["Rudolf Elphberg:", "Rupert Hentzau:"]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p><b>Zenda</b> lies</p>", [("Zenda lies", [(0, 5)])]),
        ("<p>In <b>Zenda</b></p>", [("In Zenda", [(3, 8)])]),
        ("<b><p>In Zenda</p><p>On the Elphe</p></b>", [("In Zenda", [(0, 8)]), ("On the Elphe", [(0, 12)])]),
        ("<p>In <b>Zenda<p>on the</b> Elphe", [("In Zenda", [(3, 8)]), ("on the Elphe", [(0, 6)])]),
        ("<p>In <b>Zenda <br></b></p>", [("In Zenda", [(3, 8)])]),
        ("<p>Zenda<b> </b></p>", [("Zenda", [])]),
        ("<p>Zenda<b></b> lies</p>", [("Zenda lies", [])]),
        ("<p>In <b>the <strong>old</strong> town</b></p>", [("In the old town", [(3, 15)])]),
    ],
)
def test_bold_is_marked_from_its_first_to_its_last_character_and_never_empty(
    markup: str, blocks: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    marks = [[Mark("bold", start, end) for start, end in bold] for _, bold in blocks]
    expected = [HtmlBlock(text=text, marks=bold) for (text, _), bold in zip(blocks, marks, strict=True)]
    assert read_blocks(markup) == expected


@pytest.mark.parametrize("void", ["img", "hr", "input", "wbr", "area", "br"])
def test_an_element_that_holds_nothing_leaves_open_what_is_open(void: str) -> None:
    """So a caption's class holds beyond the picture that stands before it."""
    assert read_blocks(f'<div class="media"><{void}><span>At the castle.</span></div><p>Zenda.</p>') == [
        HtmlBlock("caption", "At the castle."),
        HtmlBlock(text="Zenda."),
    ]


@pytest.mark.parametrize(
    ("markup", "bold"),
    [
        ("<p>At <br><br> last <b>Zenda</b></p>", "At\n\nlast <Zenda>"),
        ("<p>At last<u> </u><br><b>Zenda</b></p>", "At last\n<Zenda>"),
        ("<p>At <u> </u><br> <b> Zenda</b> lies</p>", "At\n<Zenda> lies"),
        (f"<p>{NBSP}<br><b>Zenda</b></p>", f"{NBSP}\n<Zenda>"),
        ("<p>At<button>a<br>b</button> <b>Zenda</b></p>", "At <Zenda>"),
        ("<p><br><b>Zenda</b></p>", "<Zenda>"),
        ("<b>Zenda<br> </b>lies", "<Zenda\n>lies"),
        ("<p>Q&amp;A <b>Zenda</b> &lt;…&gt;</p>", "Q&A <Zenda> <…>"),
        ("one<p>In <b>Zenda</b></p>", "In <Zenda>"),
    ],
)
def test_where_bold_begins_is_counted_in_characters_of_the_text(markup: str, bold: str) -> None:
    block = read_blocks(markup)[-1]
    ((kind, start, end, person),) = [(m.kind, m.start, m.end, m.site_person_id) for m in block.marks]
    marked = f"{block.text[:start]}<{block.text[start:end]}>{block.text[end:]}"
    assert (kind, person, marked) == ("bold", None, bold)


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("", []),
        ("<blockquote>Zenda</blockquote>", [HtmlBlock("unassigned", "Zenda")]),
        (
            '<div class="entry-content"><blockquote>At last</blockquote>Zenda</div>',
            [HtmlBlock("pullquote", "At last"), HtmlBlock("body", "Zenda")],
        ),
        ('<div class="media entry-content">Zenda</div>', [HtmlBlock("body", "Zenda")]),
        ('<div class="other media">Zenda</div>', [HtmlBlock("caption", "Zenda")]),
        ('<div data-class="media">Zenda</div>', [HtmlBlock("unassigned", "Zenda")]),
        ('<p>In <span class="media">Zenda</span></p>', [HtmlBlock("unassigned", "In Zenda")]),
        ('<p> <span class="media">Zenda</span> lies</p>', [HtmlBlock("caption", "Zenda lies")]),
        ('<div><span class="read__tooltip">Card<i>Card</i><br></span>Zenda</div>', [HtmlBlock(text="Zenda")]),
        (
            "<p><template>a</template><noscript>Allow scripts.</noscript><button>c</button>Zenda",
            [HtmlBlock(text="Zenda")],
        ),
        ("<button>a<b>b</b>c</button>Zenda", [HtmlBlock(text="Zenda")]),
    ],
)
def test_a_block_is_what_the_innermost_element_around_its_first_words_says(
    markup: str, blocks: list[HtmlBlock]
) -> None:
    assert read_blocks(markup) == blocks


@pytest.mark.parametrize("name", ["xmp", "xmps", "plaintext", "plaintexts"])
def test_the_name_of_an_element_of_old_in_a_comment_or_a_script_or_an_attribute_is_none(name: str) -> None:
    for beside in (f"<!-- <{name}> -->", f"<script>x = '<{name}>'</script>", f'<img title="<{name}" alt="<{name}>">'):
        assert read_blocks(f"<p>Zenda{beside} lies</p>") == [HtmlBlock(text="Zenda lies")]


@pytest.mark.parametrize(
    ("markup", "datetimes"),
    [
        ('<time datetime="2018-05-04">May 4</time>', ["2018-05-04"]),
        ("<time>May 4</time>", [None]),
        ('<time data-datetime="2018-05-04">May 4</time>', [None]),
        ('<time datetime="2018-05-04">May 4</time>, <time datetime="2018-05-09">May 9</time>', ["2018-05-04"]),
        ('<time datetime="2018-05-04">May 4</time><p>May 9</p>', ["2018-05-04", None]),
        ('<p><time datetime="2018-05-04"></time></p><p>May 9</p>', ["2018-05-04"]),
        ('On <time datetime="2018-05-04">May 4</time>', ["2018-05-04"]),
        ('<time datetime="2018-05-04"> </time><time>May 4</time>', [None]),
        ('<a href="/persons/5">He</a> <time datetime="2018-05-04">came</time>', ["2018-05-04"]),
    ],
)
def test_a_block_has_the_machine_readable_time_of_its_first_words_that_have_one(
    markup: str, datetimes: list[str | None]
) -> None:
    assert [block.datetime for block in read_blocks(markup)] == datetimes


@pytest.mark.parametrize(
    ("markup", "ids"),
    [
        ('<a href="/persons/5">He</a>', ["5"]),
        ('<a href="/persons/5">He</a> and <a href="/persons/9">she</a>', ["5"]),
        ('<a href="/persons/5"><p>He</p></a><p>Nobody</p>', ["5", None]),
        ('<a href="/countries/KZ">There</a>', ["KZ"]),
        ('<a href="/countries/KAZ">There</a>', [None]),
        ('<a href="/regions/KZ">There</a>', [None]),
        ('<a href="/persons/0">He</a>', [None]),
        ('<time datetime="2018-05-04">Then</time> <a href="/persons/5">he</a> came', ["5"]),
    ],
)
def test_a_block_has_the_site_s_id_of_the_first_that_it_links_to(markup: str, ids: list[str | None]) -> None:
    assert [block.tag_id for block in read_blocks(markup)] == ids


@pytest.mark.parametrize(
    ("markup", "block"),
    [
        ('<a href="/persons/5">He</a>', HtmlBlock(text="He", marks=[Mark("person", 0, 2, "5")], tag_id="5")),
        ('<time datetime="2018-05-04">Then</time>', HtmlBlock(text="Then", datetime="2018-05-04")),
        ("In Zenda", HtmlBlock(text="In Zenda")),
    ],
)
def test_what_a_block_says_is_not_said_of_the_next(markup: str, block: HtmlBlock) -> None:
    other = '<p><a href="/countries/KZ">There</a></p><p><time datetime="2018-05-09">later</time></p>'
    for before in ("", "<p>Zenda.</p>", other):
        assert read_blocks(f"{before}<p>{markup}</p>")[-1] == block


def test_a_tag_stands_in_the_list_under_whose_title_it_stands() -> None:
    markup = "<h3> To&nbsp;pics </h3><li>Trade</li><li>CIS</li><h3>Persons</h3><li>Hentzau Rupert</li>"
    blocks = read_blocks(f'<div class="read__tags">{markup}</div><li>Nothing</li><h3>More</h3>')
    assert [(block.kind, block.text, block.tag_list) for block in blocks] == [
        ("tag", f"To{NBSP}pics", None),
        ("tag", "Trade", "To pics"),
        ("tag", "CIS", "To pics"),
        ("tag", "Persons", None),
        ("tag", "Hentzau Rupert", "Persons"),
        ("unassigned", "Nothing", None),
        ("unassigned", "More", None),
    ]


@pytest.mark.parametrize(
    ("markup", "captions"),
    [
        ('<img alt="a dove">', []),
        ('<div class="slider"><img alt="a dove"></div><img alt="a crow">', ["a dove"]),
        ('<div class="slider" data-text="a dove">a crow</div>', ["a dove", "a crow"]),
        (
            '<div class="slider"><div class="slide cycle-sentinel" data-text="a dove"><img alt="a crow">no</div></div>',
            [],
        ),
        ('<div class="slider"><p alt="a &amp; b">a &amp; b</p><p alt="b"></p></div>', ["a & b", "b"]),
        ('<div class="slider"><p>1 of 4</p><p>10 of 12</p><p>4 of them</p></div>', ["4 of them"]),
        ('<div class="slider"><p>&nbsp;</p> <p data-text=""> </p></div>', []),
        ('<div class="slider"> X-ray of TeX </div>', ["X-ray of TeX"]),
        ('<span class="read__tags" data-text="a dove" alt="a crow"></span>', []),
        ('<div class="slider"><p data-cycle-desc="a" data-text="b" alt="c" title="d"></p></div>', ["a", "b", "c"]),
        ('<div class="slider"><br>a<br>b</div>', ["a", "b"]),
        ('<div class="slider"><div class="slider">a</div>b</div>', ["a", "b"]),
        ('<div class="slider"><i>a</i><button>b<img alt="c"></button></div>', ["a"]),
    ],
)
def test_of_a_slider_each_text_is_a_caption(markup: str, captions: list[str]) -> None:
    assert read_blocks(f"{markup}<p>Zenda</p>") == [
        *(HtmlBlock("caption", caption) for caption in captions),
        HtmlBlock(text="Zenda"),
    ]


def test_a_tag_below_no_heading_stands_in_no_list() -> None:
    assert read_blocks('<div class="read__tags"><ul><li>Zenda</li></ul></div>') == [HtmlBlock("tag", "Zenda")]


@pytest.mark.parametrize(
    "voice", ["Question", "Remark", "Reply", "Response", "Audience", "Question from Perm Territory"]
)
def test_a_voice_without_a_name_is_a_turn_of_nobody(voice: str) -> None:
    transcript = as_reading(html(SAT, said(voice, "Why?"), said(voice, "And when?"), THANKED))
    assert [turn.label for turn in transcript.turns] == ["Rudolf Elphberg", voice, voice, "Rupert Hentzau"]
    assert [turn.text for turn in transcript.turns[1:3]] == ["Why?", "And when?"]
    assert resolve(transcript, People()).by_turn[1:3] == (None, None)


def test_the_same_speaker_twice_in_a_row_takes_two_turns() -> None:
    assert talk(html(SAT, SAT)) == [("Rudolf Elphberg", "Please, sit down.")] * 2


def test_a_link_in_a_label_gives_the_sites_id_of_the_person() -> None:
    transcript = as_reading(html(f"<p><b>{person_link('Rupert Hentzau', 52)}: </b>Thank you.</p>", SAT))
    assert [turn.site_person_id for turn in transcript.turns] == ["52", None]


def test_a_link_around_the_bold_of_a_label_gives_the_sites_id_too() -> None:
    transcript = as_reading(html(f"<p>{person_link('<b>Rupert Hentzau</b>', 52)}<b>:</b> Thank you.</p>"))
    assert [turn.site_person_id for turn in transcript.turns] == ["52"]


def test_a_link_that_begins_where_the_name_ends_is_not_the_speakers() -> None:
    transcript = as_reading(html(f"<p><b>Rudolf Elphberg</b>{person_link(': Rupert', 52)}, sit down.</p>"))
    assert [(t.label, t.site_person_id, t.text) for t in transcript.turns] == [
        ("Rudolf Elphberg", None, "Rupert, sit down."),
    ]


def test_a_link_in_the_speech_is_not_the_speakers() -> None:
    transcript = as_reading(html(said("Rudolf Elphberg", f"Mr {person_link('Hentzau', 52)}, sit down.")))
    assert transcript.turns[0].site_person_id is None
    assert transcript.turns[0].text == "Mr Hentzau, sit down."


def test_links_to_persons_are_marked_with_the_sites_id() -> None:
    document = as_document(html(f"{person_link('Rupert Hentzau', 52)} met {person_link('Flavia Elphberg', 9)}."))
    marks = [
        mark for block in document.blocks for mark in block.marks if mark.kind == "person" and block.kind == "body"
    ]
    assert [(document.text[m.start : m.end], m.site_person_id) for m in marks] == [
        ("Rupert Hentzau", "52"),
        ("Flavia Elphberg", "9"),
    ]


def test_a_link_to_a_term_is_nobody() -> None:
    document = as_document(html(f"The {term_link('League')} met."))
    assert [mark for block in document.blocks for mark in block.marks] == []


# ---------------------------------------------------------------------------------------------------------------------
# What looks like a label and is not


@pytest.mark.parametrize(
    "paragraph",
    [
        "Rupert Hentzau: so he is called.",
        "<i>Rupert Hentzau:</i> so he is called.",
        f"{person_link('Rupert Hentzau')}: so he is called.",
        "Rupert <b>Hentzau</b>: so he is called.",
        "<b>Rupert</b> Hentzau: so he is called.",
        "Question: who is he?",
        "<b>Rupert Hentzau</b> is a count.",
        "<b>Peace and bread.</b>",
        "I repeat: <b>peace and bread</b>.",
        "<b>I repeat: we will have peace.</b>",
        "<b>At 15:30</b> we met.",
        "http://<b>zenda</b>.example/page",
    ],
)
def test_what_has_no_name_and_colon_in_bold_is_said_by_whoever_spoke_before(paragraph: str) -> None:
    words = body_text(paragraph)
    assert talk(html(SAT, paragraph, THANKED)) == [
        ("Rudolf Elphberg", f"Please, sit down.\n\n{words}"),
        ("Rupert Hentzau", "Thank you."),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Rupert Hentzau: so he is called.",
        "<b>Badges for journalists:</b>",
        "<b>Badges for journalists will be issued at the following places:</b>",
        "<b>The following documents were signed:</b>",
        "<b>Statements following the meeting:</b>",
        "<b>Rudolf Elphberg</b> met with <b>Rupert Hentzau</b>.",
        "The Minister of Justice: <b>Rupert Hentzau</b>.",
        "Contact: +7 (495) 000-00-00",
    ],
)
def test_a_page_of_news_has_no_turns(paragraph: str) -> None:
    transcript = as_reading(
        html("Talks were held in Zenda.", paragraph, "May 6, 12 pm – 4:30 pm, at the gate.", published=["News"])
    )
    assert transcript.turns == ()
    assert "Talks were held in Zenda." in pieces_of(transcript, "narration")
    assert pieces_of(transcript, "speech", "label") == []


# ---------------------------------------------------------------------------------------------------------------------
# Between turns, and in the middle of them


@pytest.mark.parametrize(
    "heading", ["<b>Beginning of Ruritania–Graustark Talks</b>", "<i>Excerpts from Transcript</i>"]
)
def test_a_heading_ends_a_turn(heading: str) -> None:
    transcript = as_reading(html(SAT, heading, "The guests came in.", THANKED))
    assert pieces_of(transcript, "heading") == [re.sub("<.*?>", "", heading)]
    assert pieces_of(transcript, "narration") == ["The guests came in."]
    assert [turn.text for turn in transcript.turns] == ["Please, sit down.", "Thank you."]
    assert [turn.follows_gap for turn in transcript.turns] == [False, True]


@pytest.mark.parametrize(
    "stars", ["* * *", "<i>* * *</i>", "<b>* * *</b>", "<b>*&nbsp;*&nbsp;*</b>", "<i>*</i> * *", "***"]
)
def test_a_row_of_stars_ends_a_turn(stars: str) -> None:
    transcript = as_reading(html("They met.", stars, SAT, stars, "They parted."))
    assert len(pieces_of(transcript, "separator")) == 2
    assert pieces_of(transcript, "narration") == ["They met.", "They parted."]
    assert [(turn.text, turn.follows_gap) for turn in transcript.turns] == [("Please, sit down.", True)]


ASIDES = [
    pytest.param(
        "<blockquote> <p>“Sit down, I say.”</p> </blockquote>", "pullquote", ["“Sit down, I say.”"], id="pull quote"
    ),
    pytest.param(
        "<blockquote>“Sit,</p><p>I say.”</blockquote>", "pullquote", ["“Sit,", "I say.”"], id="long pull quote"
    ),
    pytest.param(photo("At the castle."), "caption", ["At the castle."], id="photo"),
    pytest.param(
        photo("Rupert Hentzau: the new count."), "caption", ["Rupert Hentzau: the new count."], id="photo of label"
    ),
    pytest.param('<div class="video__description masha-ignore">In Zenda</div>', "caption", ["In Zenda"], id="video"),
    pytest.param(
        box("Trip to Zenda", "May 3, 2018"), "related", ["See also", "Trip to Zenda", "May 3, 2018"], id="box"
    ),
    pytest.param(
        box("<b>Rupert Hentzau:</b> his life", "May 3, 2018"),
        "related",
        ["See also", "Rupert Hentzau: his life", "May 3, 2018"],
        id="box with label",
    ),
]


@pytest.mark.parametrize(("aside", "kind", "words"), ASIDES)
def test_an_aside_in_the_middle_of_a_speech_neither_ends_it_nor_is_said(
    aside: str, kind: str, words: list[str]
) -> None:
    transcript = as_reading(html(SAT, aside, "The wine is good this year.", THANKED))
    assert pieces_of(transcript, kind) == words
    assert [turn.text for turn in transcript.turns] == [
        "Please, sit down.\n\nThe wine is good this year.",
        "Thank you.",
    ]
    assert [turn.follows_gap for turn in transcript.turns] == [False, False]


@pytest.mark.parametrize(("aside", "kind", "words"), ASIDES)
def test_an_aside_between_turns_or_before_them_is_nobodys(aside: str, kind: str, words: list[str]) -> None:
    transcript = as_reading(html(aside, SAT, aside, THANKED, aside))
    assert pieces_of(transcript, kind) == words * 3
    assert [turn.text for turn in transcript.turns] == ["Please, sit down.", "Thank you."]


@pytest.mark.parametrize(
    "direction", ["<i>(Applause.)</i>", "<i>(Applause)</i>.", "(<i>Applause.</i>)", "<b>(Applause.)</b>"]
)
def test_a_direction_in_italics_is_not_said(direction: str) -> None:
    transcript = as_reading(html(SAT, direction, "The wine is good.", said("Rupert Hentzau", f"Thank you {direction}")))
    assert [turn.text.rstrip(".") for turn in transcript.turns] == [
        "Please, sit down.\n\nThe wine is good",
        "Thank you",
    ]
    assert len(pieces_of(transcript, "direction")) == 2


def test_a_direction_in_the_line_takes_its_space_with_it() -> None:
    page = html(said("Rudolf Elphberg", "Sit down <i>(laughter)</i>, please <i>(pause)</i> do."))
    assert talk(page) == [("Rudolf Elphberg", "Sit down, please do.")]


def test_a_turn_that_is_nothing_but_a_direction_keeps_it() -> None:
    assert talk(html(said("Remark", "<i>(no microphone.)</i>"), THANKED))[0] == ("Remark", "(no microphone.)")


def test_the_editors_words_are_part_of_the_speech() -> None:
    transcript = as_reading(html(said("Rudolf Elphberg", "I met him <i>[in Zenda]</i> and left.")))
    assert transcript.turns[0].text == "I met him [in Zenda] and left."
    assert pieces_of(transcript, "insertion") == ["[in Zenda]"]


@pytest.mark.parametrize("cut_mark", ["&lt;…&gt;", "&lt;...&gt;", "<i>&lt;…&gt;</i>", "&lt;&hellip;&gt;", "< … >"])
def test_after_a_cut_the_same_speaker_goes_on(cut_mark: str) -> None:
    transcript = as_reading(html(SAT, cut_mark, "The wine is good.", cut_mark, THANKED))
    assert [turn.text for turn in transcript.turns] == ["Please, sit down.\n\nThe wine is good.", "Thank you."]
    assert [turn.follows_gap for turn in transcript.turns] == [False, True]
    assert len(pieces_of(transcript, "elision")) == 2
    assert is_excerpt(transcript) is True


def test_a_cut_in_the_line_is_not_said() -> None:
    assert talk(html(said("Rudolf Elphberg", "Sit down. &lt;…&gt; And drink."))) == [
        ("Rudolf Elphberg", "Sit down. And drink.")
    ]


@pytest.mark.parametrize("note", ["To be continued.", "<i>To be continued</i>", "<b>(To be continued.)</b>"])
def test_to_be_continued_is_said_by_nobody(note: str) -> None:
    transcript = as_reading(html(SAT, note))
    assert talk(html(SAT, note)) == [("Rudolf Elphberg", "Please, sit down.")]
    assert pieces_of(transcript, "note") == [re.sub("<.*?>", "", note)]
    assert is_excerpt(transcript) is True


def test_a_page_that_shows_no_cut_is_no_excerpt() -> None:
    assert is_excerpt(as_reading(html(SAT, THANKED))) is False


# ---------------------------------------------------------------------------------------------------------------------
# One talk in three forms

IN_HTML = html(
    "The talks were held in Zenda.",
    "<b>* * *</b>",
    said("President of Ruritania Rudolf Elphberg", f"Mr {person_link('Hentzau')},"),
    "I am glad to see you in the 21<sup>st</sup> century.",
    photo("The kings of old."),
    f"<p><b>Prime Minister of Ruritania {person_link('Rupert Hentzau')} </b><i>(retranslated)</i>: Thank you, Mr President.</p>",
    "<i>(Applause.)</i>",
    said("Question", "Why?"),
    "<b>Rudolf Elphberg</b>: Please, sit down.",
)
LINES = (
    "The talks were held in Zenda.",
    "* * *",
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in the 21st century.",
    "Prime Minister of Ruritania Rupert Hentzau (retranslated): Thank you, Mr President.",
    "(Applause.)",
    "Question: Why?",
    "Rudolf Elphberg: Please, sit down.",
)
IN_MAIN_TEXT = main(*LINES).replace("Minister of Ruritania Rupert Hentzau", "Minister of Ruritania Rupert Hentzau\n")
IN_ACCESSIBLE_TEXT = accessible(*LINES)


@pytest.mark.parametrize("text", [IN_MAIN_TEXT, IN_ACCESSIBLE_TEXT], ids=["main", "accessible"])
def test_a_talk_has_the_same_turns_in_html_and_in_text(text: str) -> None:
    def told(transcript: Transcript) -> list[tuple[object, ...]]:
        speakers = resolve(transcript, load_people()).by_turn
        return [(t.label, t.note, t.text, s) for t, s in zip(transcript.turns, speakers, strict=True)]

    assert told(as_reading(IN_HTML)) == told(as_reading(text))
    assert told(as_reading(IN_HTML)) == [
        (
            "President of Ruritania Rudolf Elphberg",
            None,
            "Mr Hentzau,\n\nI am glad to see you in the 21st century.",
            "rudolf-elphberg",
        ),
        ("Prime Minister of Ruritania Rupert Hentzau", "retranslated", "Thank you, Mr President.", "rupert-hentzau"),
        ("Question", None, "Why?", None),
        ("Rudolf Elphberg", None, "Please, sit down.", "rudolf-elphberg"),
    ]


def test_of_one_talk_in_three_forms_the_html_is_the_meeting_and_the_texts_are_duplicates(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", a=IN_ACCESSIBLE_TEXT, m=IN_MAIN_TEXT)
    (folder / "z.html").write_text(IN_HTML, "utf-8")
    pipeline.build(gather([folder]), tmp_path / "out")

    assert [(row["path"], row["layout"], row["status"]) for row in rows(tmp_path / "out", "sources")] == [
        ("a.txt", "accessible_text", "duplicate"),
        ("m.txt", "main_text", "duplicate"),
        ("z.html", "html", "included"),
    ]
    (meeting,) = rows(tmp_path / "out", "meetings")
    assert (meeting["event_id"], meeting["utterance_count"]) == ("51374", 4)
    assert meeting["url_ru"] == "http://kremlin.ru/events/president/news/51374"
    assert "".join(str(row["text"]) for row in rows(tmp_path / "out", "segments")) == as_document(IN_HTML).text


# ---------------------------------------------------------------------------------------------------------------------
# The same page, written otherwise


def in_capitals(page: str) -> str:
    return re.sub(r"</?[a-z][a-z0-9]*", lambda tag: tag[0].upper(), page)


def without_quotes(page: str) -> str:
    return re.sub(r'="([\w:./-]+)"', r"=\1", page.replace("/>", ">"))


def without_closing_tags(page: str) -> str:
    return re.sub(r"</(?:p|li|ul|html|body)>", "", page)


def with_comments(page: str) -> str:
    return re.sub(r"(<(?:p|b|div|li|ul)\b)", r"<!-- <b>Rupert Hentzau:</b> > no -->\1", page)


def on_one_line(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def on_many_lines(page: str) -> str:
    return re.sub(r"> +<", ">\n\t  <", page)


@pytest.mark.parametrize(
    "rewrite",
    [
        in_capitals,
        without_quotes,
        without_closing_tags,
        with_comments,
        on_one_line,
        on_many_lines,
        lambda page: page.replace('="', "='").replace('" ', "' ").replace('">', "'>").replace('"/>', "'/>"),
        lambda page: page.replace("<b>", '<b class="x" title="a > b">'),
        lambda page: page.replace("<p>", "<p><span>").replace("</p>", "</span></p>"),
    ],
    ids=[*"capitals unquoted unclosed comments one-line many-lines single-quotes attributes spans".split()],
)
def test_the_same_page_written_otherwise_reads_the_same(rewrite: Callable[[str], str]) -> None:
    page = html(
        "They met.",
        "<b>* * *</b>",
        SAT,
        photo("At the castle."),
        "<i>(Applause.)</i>",
        THANKED,
        topics=["CIS", "Trade"],
    )
    assert rewrite(page) != page
    before, after = as_reading(page), as_reading(rewrite(page))
    assert after.document.text == before.document.text
    assert after.document.metadata == before.document.metadata
    assert after.turns == before.turns
    assert after.segments == before.segments


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(line_end: str, encoding: str) -> None:
    page = html(SAT, "The wine\nis good,\n\nI say.", THANKED, slides=["At the\ncastle."])
    assert read_bytes(page.replace("\n", line_end).encode(encoding)) == as_document(page)


def test_a_byte_that_is_no_text_becomes_a_replacement_character() -> None:
    document = read_bytes(html(said("Rudolf Elphberg", "The caf#.")).encode().replace(b"caf#", b"caf\xe9"))
    assert "Rudolf Elphberg: The caf\ufffd." in document.text
    assert [turn.text for turn in segment_document(document, "page.html").turns] == ["The caf\ufffd."]


def test_the_print_version_reads_the_same() -> None:
    """It has no menus, nor the links above the article: the direct link is its address."""
    page = html("They met.", "<b>* * *</b>", SAT, THANKED, topics=["CIS"], slides=["At the castle."])
    printed = as_reading(print_version(page))
    assert printed.document.text == as_document(page).text
    assert printed.turns == as_reading(page).turns
    assert (printed.document.metadata.event_id, printed.document.metadata.title) == (
        "51374",
        "Meeting with Rupert Hentzau",
    )
    assert (printed.document.metadata.url, printed.document.metadata.url_ru) == ("http://en.kremlin.ru/d/51374", None)


def test_a_page_without_article_has_the_same_facts_and_its_menus_are_unassigned() -> None:
    page = html(SAT, THANKED, topics=["CIS"])
    transcript = as_reading(without_article(page))
    assert transcript.document.metadata == metadata(page)
    assert [(turn.label, turn.text) for turn in transcript.turns] == talk(page)
    assert pieces_of(transcript, "unassigned")[0].startswith("Portal Menu")
    assert pieces_of(transcript, "unassigned")[-1] == "All content on this site is licensed."


@pytest.mark.parametrize("end", ["", "<p>one</p>", "<p><b>Rudolf Elphberg:</b> Please", "<p>one<", "<p>one<!--"])
def test_a_page_that_breaks_off_is_refused(end: str) -> None:
    page = html("They met.", SAT)
    assert complaints(page[: page.index('<div class="read__bottommeta')] + end) == ["zenda.html: text-lost"]


# ---------------------------------------------------------------------------------------------------------------------
# Pages that nobody would write


@pytest.mark.slow
@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>" + "<span class=x>" * 19_000 + "deep", id="spans"),
        pytest.param("<p>" + "<b>" * 19_000 + "deep", id="bold"),
        pytest.param("<p>" + "<span class=slider>" * 9_000 + "</span>" * 9_000 + "deep", id="sliders"),
        pytest.param("<div>" * 9_000 + "deep" + "</div>" * 9_000, id="blocks"),
        pytest.param("<b><div>" * 2_000 + "deep" + "</div></b>" * 2_000, id="bold blocks"),
        pytest.param("<p>" + f"<a href=/persons/3>{'x'}</a> " * 9_000 + "deep", id="links"),
        pytest.param("<p>" + "<b>x</b> <i>y</i> " * 4_500 + "deep", id="bold runs"),
        pytest.param("<p>" + "x<br>" * 19_000 + "deep", id="line breaks"),
        pytest.param(f'<p title="{"x>" * 500_000}">deep', id="attribute"),
        pytest.param(f'<p class="{"slide " * 7_000}">deep', id="classes"),
        pytest.param(f"<p>{'&lt;' * 90_000}deep", id="signs"),
        pytest.param(f"<p>{' ' * 1_000_000}deep", id="spaces"),
        pytest.param("<p>x" * 19_000 + "deep", id="paragraphs"),
    ],
)
def test_deep_and_long_markup_is_read_in_time(markup: str) -> None:
    start = dt.datetime.now(dt.UTC)
    transcript = as_reading(html(SAT, markup))
    assert (dt.datetime.now(dt.UTC) - start).total_seconds() < 20
    assert "deep" in transcript.turns[0].text
    assert transcript.turns[0].text.startswith("Please, sit down.")


# ---------------------------------------------------------------------------------------------------------------------
# Nothing lost, nothing invented

BREAK = "\x01"
INLINE = {
    "peace ": "peace ",
    " bread\n ": " bread ",
    "wine&nbsp;": f"wine{NBSP}",
    "&lt;5 &amp;amp; ": "<5 &amp; ",
    "21<sup>st</sup>": "21st",
    "<b> Zenda </b>": " Zenda ",
    "<b>Strel<i>sau</i></b>": "Strelsau",
    "<i>and</i>": "and",
    "<br>": BREAK,
    " <br/>\n": BREAK,
    "<!-- unsaid -->": "",
    "<i></i>": "",
    "<script>unsaid('<b')</script>": "",
    "(Applause.) ": "(Applause.) ",
    "&lt;…&gt; ": "<…> ",
    " [in Zenda] ": " [in Zenda] ",
    "e\u0301 🙂": "e\u0301 🙂",
    person_link("Rupert Hentzau"): "Rupert Hentzau",
    term_link("the League"): "the League",
}
"""Markup, and the characters of it that are text."""


def as_text(characters: str) -> str:
    """The text of one block: runs of white space one space, a break's line feed without spaces around it."""
    single = re.sub(r"[ \t\n\f\r]+", " ", characters)
    return re.sub(f" *{BREAK} *", "\n", single).strip(" \n")


LABELS = ["<b>Rudolf Elphberg:</b> ", "<b>Rupert Hentzau</b>: ", "<b>Question: </b>", "<b>Rupert Hentzau</b><b>:</b> "]

inline = st.lists(st.sampled_from(sorted(INLINE)), max_size=6)


def block(before: str, parts: list[str], after: str = "") -> tuple[str, str]:
    """A block's markup and its text."""
    characters = re.sub("<.*?>", "", before) + "".join(INLINE[part] for part in parts)
    return before + "".join(parts) + after, as_text(characters)


spoken = st.builds(lambda label, parts: block(f"<p>{label}Well, ", parts, "</p>"), st.sampled_from(LABELS), inline)
paragraph = st.builds(lambda parts: block("<p>", parts, "</p>"), inline)
unclosed = st.builds(lambda parts: block("<P>", parts), inline)
pull_quote = st.builds(lambda parts: block("<blockquote> <p>quoted ", parts, "</p> </blockquote>"), inline)
asides = st.sampled_from(
    [
        (photo("An unsaid thing."), "An unsaid thing."),
        (box("Unsaid unsaid", "May 3, 2018"), "See also\nUnsaid unsaid\nMay 3, 2018"),
        ("<p><i>(Applause.)</i></p>", "(Applause.)"),
        ("<p><i>* * *</i></p>", "* * *"),
        ("<p>&lt;…&gt;</p>", "<…>"),
        ("<p><b>Beginning of Talks</b></p>", "Beginning of Talks"),
        ("<p>To be continued.</p>", "To be continued."),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<p>&nbsp;</p>", ""),
        ("<!-- unsaid -->", ""),
        ("\n \t", ""),
    ]
)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@example(blocks=[("<p><b>Question: </b>Well, <br></p>", "Question: Well,")])
@given(blocks=st.lists(st.one_of(spoken, spoken, paragraph, unclosed, pull_quote, asides), max_size=12))
def test_any_page_is_its_blocks_line_by_line_and_its_speech_is_nothing_else(blocks: list[tuple[str, str]]) -> None:
    transcript = as_reading(html("".join(markup for markup, _ in blocks) or "<p></p>"))
    text = transcript.document.text
    body = [words for _, words in blocks if words.strip()]
    assert text == HEAD + "\n".join(body) + TAIL if body else HEAD.rstrip() + TAIL

    position = 0
    for segment in transcript.segments:
        assert segment.start == position
        assert segment.end > segment.start
        assert (segment.kind == "blank") == text[segment.start : segment.end].isspace()
        position = segment.end
    assert position == len(text)
    assert pieces_of(transcript, "unassigned") == []

    assert len(transcript.turns) == sum("Well, " in markup for markup, _ in blocks)
    for number, turn in enumerate(transcript.turns):
        paragraphs: dict[int | None, str] = {}
        for segment in transcript.segments:
            if segment.turn == number and segment.kind in ("speech", "insertion"):
                paragraphs[segment.paragraph] = (
                    paragraphs.get(segment.paragraph, "") + text[segment.start : segment.end]
                )
        normal = [unicodedata.normalize("NFC", " ".join(words.split())) for words in paragraphs.values()]
        assert turn.text == "\n\n".join(words for words in normal if words)
        assert turn.text.startswith("Well,")
        assert not re.search(r"(?i)unsaid|card|applause|<…>|\* \*|continued", turn.text)
