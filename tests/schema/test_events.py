"""The number of an event, and the reason of a duplicate: what is written can be read again."""

import pytest

from schema.events import EVENT_KEYS, DuplicateReason, duplicate_reason, parse_duplicate_reason


@pytest.mark.parametrize("key", EVENT_KEYS)
def test_the_reason_of_a_duplicate_can_be_parsed(key: str) -> None:
    assert parse_duplicate_reason(duplicate_reason("talks: 1.txt", key)) == DuplicateReason("talks: 1.txt", key)


@pytest.mark.parametrize(
    "difference", ['its words differ from turn 4 on, "Good."', 'it ends with turn 2, "So: the same speech"']
)
def test_the_reason_says_from_where_on_the_words_differ(difference: str) -> None:
    reason = duplicate_reason("talks.txt", EVENT_KEYS[0], difference)
    assert parse_duplicate_reason(reason) == DuplicateReason("talks.txt", EVENT_KEYS[0], difference)


@pytest.mark.parametrize("reason", ["", "no layout fits", "shows the same event as talks.txt: the same weather"])
def test_another_reason_is_not_one_of_a_duplicate(reason: str) -> None:
    assert parse_duplicate_reason(reason) is None
