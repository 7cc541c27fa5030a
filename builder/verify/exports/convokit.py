"""The ConvoKit corpus has the turns, speakers and meetings of the tables, and each turn replies to the one before."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.names import DIST
from builder.package.release import LICENCE, SOURCE_TITLE, SOURCE_URL, current_release
from builder.verify.findings import Finding, Place, in_file, same
from builder.verify.package_rows import Package
from schema.tables import BY_NAME

FOLDER = "kremlin-meetings"
FILES = ("utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json")
META = {
    "utterances": ["label", "role", "note", "word_count", "follows_gap", "start_char", "end_char"],
    "speakers": ["name", "given_name", "family_name", "wikidata_id", "site_person_id"],
    "meetings": ["title", "kind", "date", "time", "place", "url", "lead", "topics", "countries", "is_excerpt"],
}
PYTHON_TYPES = {"integer": "int", "boolean": "bool", "array": "list"}
"""What JSON makes of the types of a Table Schema; of the others it makes text."""


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `convokit.zip` with the tables, turn by turn."""
    folder = f"{DIST}/{path.name}/{FOLDER}"
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as corpus:
        members = [f"{FOLDER}/{name}" for name in FILES]
        yield from same(in_file(f"{DIST}/{path.name}"), "members", sorted(members), sorted(corpus.namelist()))
        voices: dict[str, None] = {}
        meetings: dict[str, None] = {}
        with corpus.open(f"{FOLDER}/utterances.jsonl") as lines:
            pairs = zip_longest(_turns(package, voices, meetings), lines)
            for number, (wanted, line) in enumerate(pairs, start=1):
                expected = wanted and f"{_json(wanted)}\n"
                found = line and line.decode("utf-8", "replace")
                yield from same(in_file(f"{folder}/utterances.jsonl:{number}"), "", expected, found)
        objects = {
            "speakers.json": _speakers(package, voices),
            "conversations.json": _meetings(package, meetings),
            "corpus.json": _about(package),
            "index.json": _index(),
        }
        for name, expected in objects.items():
            yield from _object(in_file(f"{folder}/{name}"), expected, corpus.read(f"{FOLDER}/{name}"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(place: Place, expected: dict[str, Any], content: bytes) -> Iterator[Finding]:
    """Compares a file that holds one object, key by key; then as text, for it may say one key twice, or `1` for `true`."""
    found = json.loads(content)
    is_same = True
    for finding in _differences(place, expected, found):
        is_same = False
        yield finding
    if is_same:
        yield from same(place, "", _json(expected), content.decode("utf-8", "replace"))


def _differences(place: Place, expected: dict[str, Any], found: dict[str, Any]) -> Iterator[Finding]:
    yield from same(place, "keys", sorted(expected), sorted(found))
    for key in sorted(expected.keys() & found.keys()):
        yield from same(place, key, expected[key], found[key])


def _turns(package: Package, voices: dict[str, None], meetings: dict[str, None]) -> Iterator[dict[str, Any]]:
    """What each line should say. Notes the meetings that have turns, and the voices that have no name."""
    before: tuple[str | None, str | None] = (None, None)
    names = ["utterance_id", "meeting_id", "speaker_id", "text", *META["utterances"]]
    for utterance, meeting, speaker, text, *meta in package.tuples("utterances", *names):
        meetings[meeting] = None
        by = speaker or f"{meeting}: {meta[0]}"
        if not speaker:
            voices[by] = None
        yield {
            "id": utterance,
            "conversation_id": meeting,
            "text": text,
            "speaker": by,
            "meta": dict(zip(META["utterances"], meta, strict=True)),
            "reply-to": before[1] if before[0] == meeting else None,
            "timestamp": None,
            "vectors": [],
        }
        before = (meeting, utterance)


def _speakers(package: Package, voices: dict[str, None]) -> dict[str, Any]:
    named = {key: meta for key, *meta in package.tuples("speakers", "speaker_id", *META["speakers"])}
    nobody = [None] * len(META["speakers"])
    return {
        key: {"meta": dict(zip(META["speakers"], meta, strict=True)), "vectors": []}
        for key, meta in (named | dict.fromkeys(voices, nobody)).items()
    }


def _meetings(package: Package, with_turns: dict[str, None]) -> dict[str, Any]:
    return {
        key: {"meta": dict(zip(META["meetings"], map(_as_json, meta), strict=True)), "vectors": []}
        for key, *meta in package.tuples("meetings", "meeting_id", *META["meetings"])
        if key in with_turns
    }


def _as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _about(package: Package) -> dict[str, Any]:
    return {
        "name": current_release().title,
        "version": package.version,
        "licence": LICENCE,
        "source": f"{SOURCE_TITLE}, {SOURCE_URL}",
        "timestamps": "null: the source prints no times of turns",
    }


def _index() -> dict[str, Any]:
    """What kind of value each name of `meta` has, by the models of the tables."""
    parts = {"utterances-index": "utterances", "speakers-index": "speakers", "conversations-index": "meetings"}
    index: dict[str, Any] = {}
    for part, table in parts.items():
        types = {column.name: column.type.table_schema["type"] for column in BY_NAME[table].columns}
        index[part] = {name: [f"<class '{PYTHON_TYPES.get(types[name], 'str')}'>"] for name in META[table]}
    about = ("name", "version", "licence", "source", "timestamps")
    return index | {"overall-index": {name: ["<class 'str'>"] for name in about}, "version": 1, "vectors": []}
