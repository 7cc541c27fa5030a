"""Values are checked by whole columns: the ids once they are final, and what two fields say together."""

import pytest

from schema.ids import sequence_of, utterance_id
from schema.records import SegmentRecord, UtteranceRecord
from schema.validate import WrongValue, WrongValuesError, validate_ids, validate_lengths

TALK = "2018-05-04-talks"


def test_ids_that_a_model_allows_pass() -> None:
    right = {"utterance_id": [f"{TALK}-0001", f"{TALK}-0002"], "meeting_id": [TALK, TALK]}
    assert validate_ids(UtteranceRecord, right) is None  # type: ignore[func-returns-value]


def test_an_id_that_a_model_does_not_allow_is_named() -> None:
    with pytest.raises(WrongValuesError) as caught:
        validate_ids(UtteranceRecord, {"utterance_id": [f"{TALK}-0001", "talks"], "meeting_id": [TALK, TALK]})
    assert [(wrong.column, wrong.value) for wrong in caught.value.wrong] == [("utterance_id", "talks")]


@pytest.mark.parametrize("end", [5, 4])
def test_a_passage_ends_after_it_begins(end: int) -> None:
    with pytest.raises(WrongValuesError) as caught:
        validate_lengths(UtteranceRecord, {"start_char": [0, 5, 9], "end_char": [5, end, 12]})
    assert caught.value.wrong == (WrongValue("end_char", 1, "not after start_char", end),)


def test_a_segment_is_as_long_as_its_text() -> None:
    validate_lengths(SegmentRecord, {"start_char": [5], "end_char": [9], "text": ["Café"]})
    with pytest.raises(WrongValuesError) as caught:
        validate_lengths(SegmentRecord, {"start_char": [1, 5], "end_char": [5, 10], "text": ["Café", "Café"]})
    assert caught.value.wrong == (WrongValue("end_char", 1, "not the end of the text", 10),)


@pytest.mark.parametrize("sequence", [1, 42, 12_345])
def test_the_sequence_is_read_back_from_an_utterance_s_id(sequence: int) -> None:
    assert sequence_of(utterance_id(TALK, sequence)) == sequence
