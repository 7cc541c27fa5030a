"""What stands beside a page, in other columns or in a table, and what becomes of it."""

import datetime as dt

import pytest

from builder.errors import DataError
from builder.reading.document import Given
from builder.reading.layouts import read_document
from builder.reading.layouts.given import GivenMetadata, read_given
from tests.support.pages import DIALOGUE, as_source, main
from tests.support.told import brief

DAY = dt.date(2018, 5, 4)
NEWS = "http://en.kremlin.ru/events/president/news/51374"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (Given(date="4 May 2018, 12:30, Zenda"), GivenMetadata(date=DAY, time=dt.time(12, 30), place="Zenda")),
        (Given(date="2018-05-04T00:00"), GivenMetadata(date=DAY)),
        (Given(date="2018-05-04 12:30", time="18:10"), GivenMetadata(date=DAY, time=dt.time(18, 10))),
        (Given(date="May 4, 2018, Zenda", place="Strelsau"), GivenMetadata(date=DAY, place="Strelsau")),
        (Given(time="18:10"), GivenMetadata()),
        (Given(title=" Meeting \n of two ", lead=" "), GivenMetadata(title="Meeting of two")),
        (Given(url=f" https://web.archive.org/web/2020/{NEWS}\n", id=" 51374 "), GivenMetadata(url=NEWS, event_id="51374")),
        (Given(id="number 51374"), GivenMetadata()),
        (Given(url="en.kremlin.ru/events/president/news/51374"), GivenMetadata(url=NEWS)),
        (Given(url="The Zenda Times"), GivenMetadata()),
        (Given(url="http://en.kremlin.ru/a b"), GivenMetadata()),
        (Given(title="Talks &#8211; in Zenda &amp; Strelsau"), GivenMetadata(title="Talks – in Zenda & Strelsau")),
        (Given(date="1525392000"), GivenMetadata(date=DAY)),
    ],
)  # fmt: skip
def test_what_stands_beside_a_page_is_read(given: Given, read: GivenMetadata) -> None:
    assert read_given(given, "a.txt") == read


@pytest.mark.parametrize("given", [Given(date="Mai 4"), Given(date="2018-05-04", time="noon")])
def test_a_correction_that_cannot_be_read_is_told_with_the_page_s_path(given: Given) -> None:
    with pytest.raises(DataError) as caught:
        read_document(as_source(main(*DIALOGUE), "a.txt")._replace(corrections=given))
    assert [brief(problem) for problem in caught.value.problems] == ["a.txt: bad-given"]


@pytest.mark.parametrize(
    ("text", "given", "taken"),
    [
        ("May 4, 2018\n\n" + "\n".join(DIALOGUE), Given(title="Talks"), ("title",)),
        (main(*DIALOGUE, date="no day"), Given(title="Talks", date="2018-05-04"), ("date", "title")),
    ],
)
def test_a_page_without_a_title_or_date_takes_those_beside_it(text: str, given: Given, taken: tuple[str, ...]) -> None:
    metadata = read_document(as_source(text)._replace(given=given)).metadata
    assert (metadata.title, metadata.date, metadata.given) == ("Talks", DAY, taken)
