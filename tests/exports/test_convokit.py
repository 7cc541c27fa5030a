"""The ConvoKit corpus, read back."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.support.exports import change_member, findings_of, swap

FOLDER = "kremlin-meetings"
TALK = "2018-05-06-talks-with-rupert-hentzau"


def read(package: Path, name: str) -> str:
    with ZipFile(package / "dist" / "convokit.zip") as file:
        return file.read(f"{FOLDER}/{name}").decode()


def turns(package: Path, meeting: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in read(package, "utterances.jsonl").splitlines()]
    return [line for line in lines if line["conversation_id"] == meeting]


def test_each_turn_replies_to_the_one_before_and_the_first_to_none(exported_once: Path) -> None:
    said = turns(exported_once, TALK)
    assert [turn["reply-to"] for turn in said] == [None, *(turn["id"] for turn in said[:-1])]
    assert [turn["speaker"] for turn in said] == [
        "rudolf-elphberg",
        "rupert-hentzau",
        "rudolf-elphberg",
        f"{TALK}: Remark",
    ]
    assert said[2]["text"] == "Please, sit down."


def test_what_stands_between_two_turns_is_in_their_meta(exported_once: Path) -> None:
    assert [turn["meta"]["follows_gap"] for turn in turns(exported_once, TALK)] == [False, True, False, False]


def test_timestamps_are_null_and_the_corpus_says_why(exported_once: Path) -> None:
    assert {turn["timestamp"] for turn in turns(exported_once, TALK)} == {None}
    assert json.loads(read(exported_once, "corpus.json"))["timestamps"].startswith("null: ")


def test_a_voice_without_a_name_is_a_speaker_of_its_meeting_alone(exported_once: Path) -> None:
    speakers = json.loads(read(exported_once, "speakers.json"))
    assert speakers[f"{TALK}: Remark"]["meta"]["name"] is None
    assert speakers["rupert-hentzau"]["meta"]["name"] == "Rupert Hentzau"


def test_a_meeting_is_a_conversation_with_its_date_and_title(exported_once: Path) -> None:
    conversation = json.loads(read(exported_once, "conversations.json"))[TALK]
    assert conversation["meta"]["date"] == "2018-05-06"
    assert conversation["meta"]["title"] == "Talks with Rupert Hentzau"
    assert conversation["meta"]["topics"] == ["Railways", "Ports"]


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("utterances.jsonl", b"sit down", b"stand up"),
        ("utterances.jsonl", b'"reply-to":null', b'"reply-to":"x"'),
        ("utterances.jsonl", b'"speaker":"rupert-hentzau"', b'"speaker":"rudolf-elphberg"'),
        ("utterances.jsonl", b'"follows_gap":true', b'"follows_gap":false'),
        ("utterances.jsonl", b'"follows_gap":true', b'"follows_gap":1'),
        ("speakers.json", b'"name":"Rupert Hentzau"', b'"name":"Rupert"'),
        ("conversations.json", b"Talks with Rupert", b"Talks without Rupert"),
        ("conversations.json", b'"is_excerpt":true', b'"is_excerpt":1'),
        ("conversations.json", b'"meta":{', b'"meta":{},"meta":{'),
        ("corpus.json", b'"version":"', b'"version":"1'),
        ("corpus.json", b'"licence":"CC-BY-4.0"', b'"licence":"CC-BY-3.0"'),
        ("corpus.json", b"no times of turns", b"all times of turns"),
        ("index.json", b'"note":', b'"notes":'),
        ("index.json", b"<class 'int'>", b"<class 'str'>"),
        ("index.json", b'"vectors":[]', b'"vectors":["x"]'),
    ],
)
@pytest.mark.slow
def test_a_changed_value_is_found_by_its_file(member: str, old: bytes, new: bytes, exported: Path) -> None:
    change_member(exported / "dist/convokit.zip", f"{FOLDER}/{member}", swap(old, new))
    found = findings_of("convokit", exported)
    assert any(line.startswith(f"dist/convokit.zip/{FOLDER}/{member}") for line in found), found


def test_a_lost_turn_is_found(exported: Path) -> None:
    def change(content: bytes) -> bytes:
        return b"".join(content.splitlines(keepends=True)[:-1])

    change_member(exported / "dist/convokit.zip", f"{FOLDER}/utterances.jsonl", change)
    assert any("utterances.jsonl" in line for line in findings_of("convokit", exported))
