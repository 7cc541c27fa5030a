"""Which pages show one event, decided from their numbers and words alone."""

import hashlib
from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.build.events import (
    OPENING,
    SURE_BEGINNING,
    EventPage,
    events_by_words,
    find_duplicates,
    number_event,
    page_event,
)
from schema.events import NARRATION, SPEECH, TEXT
from schema.text import squeezed

LONG = "word " * (SURE_BEGINNING // 4 + 1)
"""Words that are long enough to be known again under another title."""


def page(path: str, words: str, number: str | None = None, *, title: str = "talks", kind: str = SPEECH) -> EventPage:
    digest = hashlib.sha256(squeezed(words).encode()).hexdigest()
    return EventPage(
        path=path,
        event_id=number,
        name=f"2018-05-04-{title}",
        words_kind=kind,
        opening=squeezed(words)[:OPENING],
        words_sha256=digest,
        rank=0,
        shows_cut=False,
        word_count=len(words.split()),
        sha256=hashlib.sha256(f"{path} {words}".encode()).hexdigest(),
        event=number_event(number) if number else page_event(path),
    )


def events(**words: tuple[str, str | None]) -> dict[str, str]:
    """The event of each page, by its words and its number."""
    pages = [page(path, text, number) for path, (text, number) in words.items()]
    return _events(pages, {path: text for path, (text, _) in words.items()})


def _events(pages: list[EventPage], words: dict[str, str]) -> dict[str, str]:
    found = {page.path: page.event for page in pages}
    return found | {path: event for path, event, _ in events_by_words(pages, lambda path: [words[path]])}


def test_the_same_words_are_the_event_of_the_page_with_a_number() -> None:
    assert events(a=("One two.", "7"), b=("One  two.", None)) == {"a": "number 7", "b": "number 7"}


def test_the_beginning_of_a_page_is_its_event_and_so_is_what_goes_on() -> None:
    assert events(a=("One", None), b=("One two", "7"), c=("One two three", None)) == dict.fromkeys("abc", "number 7")


def test_pages_without_a_number_that_go_on_from_one_another_are_one_event() -> None:
    assert events(a=("One", None), b=("One two", None), c=("One two three", None)) == dict.fromkeys("abc", "page c")


def test_a_beginning_of_two_events_is_an_event_of_its_own() -> None:
    found = events(a=("One", None), b=("One two", "7"), c=("One three", "8"))
    assert found == {"a": "page a", "b": "number 7", "c": "number 8"}


def test_a_beginning_that_goes_on_in_two_ways_is_an_event_of_its_own() -> None:
    assert len(set(events(a=("One", None), b=("One two", None), c=("One three", None)).values())) == 3


def test_a_beginning_of_a_numbered_page_and_of_one_without_a_number_is_an_event_of_its_own() -> None:
    found = events(a=("One", None), b=("One two", "7"), c=("One three", None))
    assert found == {"a": "page a", "b": "number 7", "c": "page c"}


def test_words_that_go_on_from_two_events_are_neithers_though_their_titles_differ() -> None:
    words = {"a": "Good day. ", "b": f"Good day. {LONG}", "c": f"Good day. {LONG} More."}
    pages = [page("a", words["a"], "7"), page("b", words["b"], "8", title="ball"), page("c", words["c"])]
    assert _events(pages, words)["c"] == "page c"


def test_of_two_ways_in_which_a_numbered_page_goes_on_none_is_its_event() -> None:
    found = events(a=("One", "7"), b=("One two", None), c=("One three", None))
    assert found == {"a": "number 7", "b": "page b", "c": "page c"}


def test_the_same_words_decide_before_a_beginning_does() -> None:
    found = events(a=("One", None), b=("One", "7"), c=("One two", "8"))
    assert found == {"a": "number 7", "b": "number 7", "c": "number 8"}


def test_the_words_of_two_numbers_are_neithers() -> None:
    found = events(a=("One", None), b=("One", "7"), c=("One", "8"))
    assert found["a"] == "page a"


@pytest.mark.parametrize(("beginning", "is_one"), [("Good day. ", False), (LONG, True)], ids=["a greeting", "long"])
def test_under_another_title_a_beginning_must_be_long(beginning: str, is_one: bool) -> None:
    words = {"a": beginning, "b": f"{beginning} More."}
    found = _events([page("a", words["a"], title="ball"), page("b", words["b"], "7")], words)
    assert (found["a"] == found["b"]) == is_one


def test_narration_is_compared_under_one_title_alone() -> None:
    words = dict.fromkeys("abc", LONG)
    pages = [
        page("a", LONG, "7", kind=NARRATION),
        page("b", LONG, kind=NARRATION),
        page("c", LONG, kind=NARRATION, title="ball"),
    ]
    assert _events(pages, words) == {"a": "number 7", "b": "number 7", "c": "page c"}


def test_a_text_without_speech_and_narration_must_be_the_same_as_a_whole() -> None:
    words = {"a": LONG, "b": LONG, "c": f"{LONG} More."}
    pages = [page(path, text, kind=TEXT) for path, text in words.items()]
    assert _events(pages, words) == {"a": "page a", "b": "page a", "c": "page c"}


# ---------------------------------------------------------------------------------------------------------------------
# What always holds

PAGES = st.lists(st.tuples(st.text("ab", max_size=5), st.sampled_from([None, None, "7", "8"])), max_size=8, unique=True)


@given(PAGES, st.randoms())
def test_whatever_the_pages_no_two_numbers_are_one_event_and_no_words_are_lost(
    drawn: list[tuple[str, str | None]], shuffled: object
) -> None:
    words = {f"p{number}": text for number, (text, _) in enumerate(drawn)}
    pages = [page(f"p{number}", text, event_id) for number, (text, event_id) in enumerate(drawn)]
    found = _events(pages, words)
    for one in pages:
        assert one.event_id is None or found[one.path] == number_event(one.event_id)
    of_event: dict[str, list[EventPage]] = defaultdict(list)
    for one in pages:
        of_event[found[one.path]].append(one)
    for together in of_event.values():
        unnumbered = sorted((words[one.path] for one in together if not one.event_id), key=len)
        assert all(longer.startswith(shorter) for shorter, longer in pairwise(unnumbered))
    shuffled.shuffle(pages)  # type: ignore[attr-defined]
    assert _events(pages, words) == found


@given(st.lists(st.text("ab", max_size=5), min_size=1, max_size=6))
def test_the_page_that_stands_for_an_event_is_no_beginning_of_another_one(texts: list[str]) -> None:
    words = {f"p{number}": text for number, text in enumerate(texts)}
    pages = [page(path, text, "7") for path, text in words.items()]
    found = find_duplicates(pages, lambda path: [words[path]])
    [fullest] = {*words} - {duplicate.path for duplicate in found}
    assert not [text for text in texts if text != words[fullest] and text.startswith(words[fullest])]
    for duplicate in found:
        assert duplicate.duplicate_of == fullest
        assert (duplicate.difference is None) == (words[duplicate.path] == words[fullest])
