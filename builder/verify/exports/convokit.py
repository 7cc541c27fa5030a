"""The ConvoKit corpus has the turns, speakers and meetings of the tables, and each turn replies to the one before."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.package_files import DIST
from builder.verify.findings import Finding, in_file, same
from builder.verify.package_rows import Package

FOLDER = "kremlin-meetings"
FILES = ("utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json")
META = {
    "utterances": ["label", "role", "note", "word_count", "follows_gap", "start_char", "end_char"],
    "speakers": ["name", "given_name", "family_name", "wikidata_id", "site_person_id"],
    "meetings": ["title", "kind", "date", "time", "place", "url", "lead", "topics", "countries", "is_excerpt"],
}


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `convokit.zip` with the tables, turn by turn."""
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as corpus:
        members = [f"{FOLDER}/{name}" for name in FILES]
        yield from same(in_file(f"{DIST}/{path.name}"), "members", sorted(members), sorted(corpus.namelist()))
        voices: dict[str, None] = {}
        meetings: dict[str, None] = {}
        place = f"{DIST}/{path.name}/{FOLDER}/utterances.jsonl"
        with corpus.open(f"{FOLDER}/utterances.jsonl") as lines:
            pairs = zip_longest(_turns(package, voices, meetings), lines)
            for number, (wanted, line) in enumerate(pairs, start=1):
                yield from same(in_file(f"{place}:{number}"), "", wanted, line and json.loads(line))
        objects = {"speakers.json": _speakers(package, voices), "conversations.json": _meetings(package, meetings)}
        for name, expected in objects.items():
            found = json.loads(corpus.read(f"{FOLDER}/{name}"))
            yield from same(in_file(f"{DIST}/{path.name}/{FOLDER}/{name}"), "ids", sorted(expected), sorted(found))
            for key in expected.keys() & found.keys():
                yield from same(in_file(f"{DIST}/{path.name}/{FOLDER}/{name}"), key, expected[key], found[key])
        about = json.loads(corpus.read(f"{FOLDER}/corpus.json"))
        yield from same(
            in_file(f"{DIST}/{path.name}/{FOLDER}/corpus.json"), "version", package.version, about["version"]
        )
        yield from _index(json.loads(corpus.read(f"{FOLDER}/index.json")), path)


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


def _index(index: dict[str, Any], path: Path) -> Iterator[Finding]:
    place = in_file(f"{DIST}/{path.name}/{FOLDER}/index.json")
    parts = {"utterances-index": "utterances", "speakers-index": "speakers", "conversations-index": "meetings"}
    for part, name in parts.items():
        yield from same(place, part, META[name], list(index[part]))
