"""A ConvoKit corpus: conversations, utterances and speakers in the five files that `Corpus(filename=…)` opens.

A meeting is a conversation. Each turn replies to the one before; the first has none to reply to. `follows_gap` in a turn's `meta`
says where something stands between the two. Timestamps are null: the site prints when an event took place, not each turn.

Source: https://convokit.cornell.edu/documentation/data_format.html
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from builder.exports import StagedPackage
from builder.exports.by_meeting import Row, by_meeting
from builder.exports.zips import open_zip
from builder.package.release import LICENCE, SOURCE_TITLE, SOURCE_URL, Release

FOLDER = "kremlin-meetings"
OF_CONVERSATION = ("title", "kind", "date", "time", "place", "url", "lead", "topics", "countries", "is_excerpt")
OF_UTTERANCE = ("label", "role", "note", "word_count", "follows_gap", "start_char", "end_char")
OF_SPEAKER = ("name", "given_name", "family_name", "wikidata_id", "site_person_id")

_encode = msgspec.json.Encoder().encode


def write(package: StagedPackage, path: Path) -> None:
    """Writes `convokit.zip`. Memory: a meeting, and the objects of all conversations and speakers, a few hundred bytes each."""
    conversations: dict[str, Any] = {}
    speakers = {
        row["speaker_id"]: _object({name: row[name] for name in OF_SPEAKER}) for row in package.tables.rows("speakers")
    }
    with open_zip(path) as corpus:
        lines = _lines(package, conversations, speakers)
        corpus.write_parts(f"{FOLDER}/utterances.jsonl", lines)
        corpus.write(f"{FOLDER}/speakers.json", _encode(speakers))
        corpus.write(f"{FOLDER}/conversations.json", _encode(conversations))
        corpus.write(f"{FOLDER}/corpus.json", _encode(_about(package.release)))
        corpus.write(f"{FOLDER}/index.json", _encode(_index(package.release)))


def _lines(package: StagedPackage, conversations: dict[str, Any], speakers: dict[str, Any]) -> Iterator[bytes]:
    """The lines of `utterances.jsonl`; on the way, the conversations and the voices without a name are noted."""
    for meeting, tables in by_meeting(package.tables, "utterances"):
        before = None
        for row in tables["utterances"]:
            speaker = row["speaker_id"] or voice(row)
            speakers.setdefault(speaker, _object(dict.fromkeys(OF_SPEAKER)))
            line = {
                "id": row["utterance_id"],
                "conversation_id": row["meeting_id"],
                "text": row["text"],
                "speaker": speaker,
                "meta": {name: row[name] for name in OF_UTTERANCE},
                "reply-to": before,
                "timestamp": None,
                "vectors": [],
            }
            before = row["utterance_id"]
            yield _encode(line) + b"\n"
        if before:
            conversations[meeting["meeting_id"]] = _object({name: meeting[name] for name in OF_CONVERSATION})


def voice(row: Row) -> str:
    """The speaker of a turn whose page names nobody: one for each such label of a meeting, since nothing says who it is."""
    return f"{row['meeting_id']}: {row['label']}"


def _object(meta: Row) -> dict[str, Any]:
    return {"meta": meta, "vectors": []}


def _about(release: Release) -> dict[str, str]:
    return {
        "name": release.title,
        "version": release.version,
        "licence": LICENCE,
        "source": f"{SOURCE_TITLE}, {SOURCE_URL}",
        "timestamps": "null: the source prints no times of turns",
    }


_TEXT, _LIST, _NUMBER, _TRUTH = (["<class 'str'>"], ["<class 'list'>"], ["<class 'int'>"], ["<class 'bool'>"])
_KINDS = {
    "topics": _LIST,
    "countries": _LIST,
    "is_excerpt": _TRUTH,
    "follows_gap": _TRUTH,
    "word_count": _NUMBER,
    "start_char": _NUMBER,
    "end_char": _NUMBER,
}


def _index(release: Release) -> dict[str, Any]:
    """What kind of value each name of `meta` has."""

    def kinds(names: tuple[str, ...]) -> dict[str, list[str]]:
        return {name: _KINDS.get(name, _TEXT) for name in names}

    return {
        "utterances-index": kinds(OF_UTTERANCE),
        "speakers-index": kinds(OF_SPEAKER),
        "conversations-index": kinds(OF_CONVERSATION),
        "overall-index": dict.fromkeys(_about(release), _TEXT),
        "version": 1,
        "vectors": [],
    }
