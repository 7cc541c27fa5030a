"""ConvoKit opens its corpus, in an environment of its own."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.clients.values import as_text, rows_of

pytestmark = pytest.mark.client("ConvoKit")


@pytest.fixture(scope="module")
def corpus(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ConvoKit finds in the corpus."""
    folder = tmp_path_factory.mktemp("convokit")
    with ZipFile(dist / "convokit.zip") as file:
        file.extractall(folder)
    script = Path(__file__).with_name("convokit_corpus.py")
    command = [os.environ["APART"], str(script), str(folder / "kremlin-meetings")]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout.splitlines()[-1]))


def test_every_turn_is_there_with_speaker_text_and_the_turn_it_replies_to(corpus: dict[str, Any], dist: Path) -> None:
    before: dict[str, str] = {}
    for row in rows_of(dist, "utterances"):
        meeting, speaker, reply_to, text, meta = corpus["utterances"].pop(row["utterance_id"])
        assert (meeting, speaker, text) == (row["meeting_id"], row["speaker_id"], row["text"])
        assert reply_to == before.get(meeting)
        assert meta == {name: row[name] for name in meta}
        before[meeting] = row["utterance_id"]
    assert corpus["utterances"] == {}


def test_every_meeting_is_a_conversation_with_one_root(corpus: dict[str, Any], dist: Path) -> None:
    meetings = {row["meeting_id"]: row for row in as_text(rows_of(dist, "meetings"))}
    assert corpus["conversations"].keys() == meetings.keys()
    for meeting_id, conversation in corpus["conversations"].items():
        assert conversation["is_tree"]
        assert conversation["meta"] == {name: meetings[meeting_id][name] for name in conversation["meta"]}
        assert len(conversation["turns"]) == meetings[meeting_id]["utterance_count"]


def test_every_speaker_is_there_by_name(corpus: dict[str, Any], dist: Path) -> None:
    names = {row["speaker_id"]: row["name"] for row in rows_of(dist, "speakers")}
    assert {key: meta["name"] for key, meta in corpus["speakers"].items()} == names
