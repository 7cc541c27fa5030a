"""What stands below the body of a page's text."""

import pytest

from builder.reading.layouts.lines import split_lines
from builder.reading.layouts.tails import Tail, read_tail, status_length
from tests.support.pages import as_document, as_reading, main, pieces_of


def tail_of(*lines: str) -> Tail:
    return read_tail(split_lines("\n".join(lines)), is_menu=lambda line: line.text == "Share", other="unassigned")


@pytest.mark.parametrize(
    "lines",
    [
        ("Published in sections: News, Transcripts",),
        ("Published in sections:", "News, Transcripts"),
        ("Published in sections:", "News,", "Transcripts"),
        ("Published in sections:", "News", ", Transcripts"),
        ("Published in sections: News", ", Transcripts"),
        ("Published in sections", ":", "News,", "Transcripts"),
        ("Published in", "sections: News,", "Transcripts"),
    ],
)
def test_a_line_of_the_status_may_be_broken_over_several(lines: tuple[str, ...]) -> None:
    date = ("Publication date:", "May 4, 2018,", "12:30")
    link = ("Direct link:", "en.kremlin.ru/d/51374", "Share", "Zenda")
    tail = tail_of("Publication status", *lines, *date, *link)
    assert tail.published_in == ("News", "Transcripts")
    assert (tail.event_id, tail.url) == ("51374", "http://en.kremlin.ru/d/51374")
    assert [block.kind for block in tail.blocks] == ["status"] * 4 + ["furniture", "unassigned"]


def test_a_page_whose_status_is_broken_is_of_the_main_version() -> None:
    text = main("Rudolf Elphberg: Welcome.", topics=("Bridges",)).replace("sections: News, ", "sections:\nNews,\n")
    transcript = as_reading(text)
    assert transcript.document.layout == "main_text"
    assert transcript.document.metadata.published_in == ("News", "Transcripts")
    assert pieces_of(transcript, "unassigned") == []


def test_the_address_of_an_archive_is_no_part_of_a_direct_link() -> None:
    tail = tail_of("Direct link: https://web.archive.org/web/2020/http://en.kremlin.ru/d/51374")
    assert (tail.event_id, tail.url) == ("51374", "http://en.kremlin.ru/d/51374")


def test_a_head_line_with_the_address_of_an_archive_gives_the_page_s_own() -> None:
    url = "https://web.archive.org/web/20200801id_/http://en.kremlin.ru/events/president/news/51374"
    text = f"title: Talks\ndate: 2018-05-04\nurl: {url}\n\nRudolf Elphberg: Welcome.\n"
    assert as_document(text).metadata.url == "http://en.kremlin.ru/events/president/news/51374"


def test_lines_that_begin_like_a_status_and_are_none_are_taken_one_by_one() -> None:
    assert status_length(split_lines("Published in\nthe town of\nZenda")) == 1
    assert status_length(split_lines("Publication date:\nMay 4, 2018\nZenda")) == 2
