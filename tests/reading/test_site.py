"""What every version of the site prints in the same words."""

import datetime as dt

import pytest

from builder.reading.layouts.site import MENU, PERSON_PAGE, StatusLine, as_printed, known_time, read_status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Published in sections: News, Transcripts", StatusLine(published_in=("News", "Transcripts"))),
        ("Published in section: News", StatusLine(published_in=("News",))),
        ("Published in sections:News ,  Transcripts ", StatusLine(published_in=("News", "Transcripts"))),
        ("Published in sections: News, , Transcripts, ", StatusLine(published_in=("News", "Transcripts"))),
        ("Published in sections: News,Trips", StatusLine(published_in=("News,Trips",))),
        ("Published in sections:", StatusLine(published_in=())),
        ("Publication date: May 4, 2018, 12:30", StatusLine()),
        (
            "Direct link: en.kremlin.ru/d/51374",
            StatusLine(event_id="51374", url="http://en.kremlin.ru/d/51374"),
        ),
        (
            "Direct link: https://en.kremlin.ru/d/51374",
            StatusLine(event_id="51374", url="http://en.kremlin.ru/d/51374"),
        ),
        (
            "Direct link: http://en.kremlin.ru/d/7",
            StatusLine(event_id="7", url="http://en.kremlin.ru/d/7"),
        ),
        ("Direct link: en.kremlin.ru/d/051374", StatusLine()),
        ("Direct link: en.kremlin.ru/d/51374/photos", StatusLine()),
        ("Direct link: zenda.example/d/51374", StatusLine()),
        ("Direct link: en.kremlin.ru/d/51374 and more", None),
        ("Direct link:", None),
        ("Published in sections", None),
        ("It was Published in sections: News", None),
        ("Publication status", None),
        ("", None),
    ],
)
def test_a_line_of_the_publication_status_says_sections_or_address(text: str, status: StatusLine | None) -> None:
    assert read_status(text) == status


def test_a_line_of_the_publication_status_says_nothing_that_it_does_not_print() -> None:
    assert StatusLine() == StatusLine(published_in=None, event_id=None, url=None)


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("SEE ALSO", "See also"),
        ("TOPICS", "Topics"),
        ("See Also", "See Also"),
        ("see also", "see also"),
        ("2018", "2018"),
        ("", ""),
    ],
)
def test_a_heading_in_capitals_is_printed_with_one(heading: str, printed: str) -> None:
    assert as_printed(heading) == printed


@pytest.mark.parametrize(
    ("date", "printed", "time"),
    [
        (dt.date(2006, 12, 31), dt.time(0, 0), None),
        (dt.date(2000, 1, 1), dt.time(0, 0), None),
        (dt.date(2006, 12, 31), dt.time(0, 1), dt.time(0, 1)),
        (dt.date(2006, 12, 31), dt.time(1, 0), dt.time(1, 0)),
        (dt.date(2007, 1, 1), dt.time(0, 0), dt.time(0, 0)),
        (dt.date(2018, 5, 4), dt.time(12, 30), dt.time(12, 30)),
        (dt.date(2006, 12, 31), None, None),
    ],
)
def test_midnight_before_2007_is_a_time_that_the_site_does_not_know(
    date: dt.date, printed: dt.time | None, time: dt.time | None
) -> None:
    assert known_time(date, printed) == time


def test_menus_are_lines_without_white_space_around_them() -> None:
    assert {"About website", "Search", "Русский Английский"} <= MENU
    assert all(line == line.strip() != "" for line in MENU)


def test_the_address_of_a_person_s_page_holds_the_person_s_number() -> None:
    match = PERSON_PAGE.search("http://en.kremlin.ru/catalog/persons/119/events")
    assert match is not None
    assert match[1] == "119"
