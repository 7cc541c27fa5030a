"""The number of an event, and the reason of a duplicate: what is written can be read again."""

import pytest

from schema.events import (
    EVENT_KEYS,
    DuplicateReason,
    duplicate_reason,
    event_id_of,
    own_address,
    parse_duplicate_reason,
)


@pytest.mark.parametrize("key", EVENT_KEYS)
def test_the_reason_of_a_duplicate_can_be_parsed(key: str) -> None:
    assert parse_duplicate_reason(duplicate_reason("talks: 1.txt", key)) == DuplicateReason("talks: 1.txt", key)


@pytest.mark.parametrize(
    "difference", ['its words differ from turn 4 on, "Good."', 'it ends with turn 2, "So: the same speech"']
)
def test_the_reason_says_from_where_on_the_words_differ(difference: str) -> None:
    reason = duplicate_reason("talks.txt", EVENT_KEYS[0], difference)
    assert parse_duplicate_reason(reason) == DuplicateReason("talks.txt", EVENT_KEYS[0], difference)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "no layout fits",
        "shows the same event as talks.txt: the same weather",
        "of talks.txt, in other words: the same speech",
    ],
)
def test_another_reason_is_not_one_of_a_duplicate(reason: str) -> None:
    assert parse_duplicate_reason(reason) is None


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("http://en.kremlin.ru/events/president/news/60217", "60217"),
        ("http://en.special.kremlin.ru/events/president/transcripts/60217", "60217"),
        ("http://en.kremlin.ru/d/60217?x#y", "60217"),
        ("http://en.kremlin.ru/events/councils/by-council/6/60217/print", "60217"),
        ("http://en.kremlin.ru/supplement/60217", None),
        ("http://en.kremlin.ru/catalog/persons/119/events", None),
        ("http://notkremlin.ru/events/president/news/60217", None),
        (None, None),
    ],
)
def test_the_number_of_an_event_stands_in_the_address_of_an_event(address: str | None, number: str | None) -> None:
    assert event_id_of(address) == number


@pytest.mark.parametrize(
    "archive",
    ["https://web.archive.org/web/20200801120000/http://", "https://web.archive.org/web/2020/http://",
     "http://web.archive.org/web/20200801120000if_/http:/", "https://web.archive.org/web/2020*/", "https://web.archive.org/web/2020/",
     "https://archive.org/wayback/20200801120000/http://", "https://archive.org/web/2020/http://",
     "https://archive.today/20200801120000/http://", "https://archive.ph/2020.08.01-120000/http://", "http://archive.is/newest/http://",
     "https://wayback.archive-it.org/1234/20200801120000/http://", "https://arquivo.pt/wayback/20200801120000/http://",
     "http://webcache.googleusercontent.com/search?q=cache:AbC-1:"],
)  # fmt: skip
def test_a_copy_in_any_archive_has_the_address_of_its_page(archive: str) -> None:
    assert (
        own_address(f"{archive}en.kremlin.ru/events/president/news/51374")
        == "http://en.kremlin.ru/events/president/news/51374"
    )


@pytest.mark.parametrize(
    "url", ["https://archive.ph/AbCdE", "https://web.archive.org/web/2020/", "https://web.archive.org/"]
)
def test_an_archive_s_own_page_keeps_its_address(url: str) -> None:
    assert own_address(url) == url


def test_the_address_of_a_copy_in_a_web_archive_is_the_pages_own() -> None:
    own = "http://en.kremlin.ru/events/president/news/60217"
    assert own_address(f"https://web.archive.org/web/20200801120000id_/{own}") == own
    assert own_address(own) == own
