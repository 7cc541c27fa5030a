"""The tenures are those that the reference gives the speakers."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builder.speakers.reference
from builder.files import read_text
from builder.verify.findings import Finding, Place, same
from builder.verify.package_rows import Package
from builder.verify.rows import group

FOLDER = Path(builder.speakers.reference.__file__).parent
COLUMNS = {"last_date": "last", "country": "country", "source": "source"}


def tenures(package: Package) -> Iterator[Finding]:
    """Each speaker of the reference has all tenures that it gives them, and nobody else has any.

    The reference is read here as it lies on the disk, not as the builder reads it.
    """
    entries: dict[tuple[str, ...], dict[str, Any]] = {}
    for entry in _entries("offices.toml", "tenure"):
        entries[entry["speaker_id"], str(entry["first"]), entry["office"]] = entry
    numbers = {person["speaker_id"]: person.get("site_person_id") for person in _entries("people.toml", "person")}
    rows = {(r["speaker_id"], str(r["first_date"]), r["office"]): r for r in package.rows("tenures")}
    found = group(rows.values(), "speaker_id")
    for speaker, number in package.speakers.numbers.items():
        # Whoever the site numbers otherwise may be another person of the name: then there need be none.
        may_be_another = None not in (number, numbers.get(speaker)) and number != numbers[speaker]
        if may_be_another and speaker not in found:
            continue
        for key in sorted(key for key in entries if key[0] == speaker and key not in rows):
            yield Place("tenures", ", ".join(key)).says("expected from the reference, found none")
    for key, row in rows.items():
        place = Place("tenures", ", ".join(key))
        if key not in entries:
            yield place.says("the reference has no such tenure")
            continue
        for column, name in COLUMNS.items():
            yield from same(place, column, entries[key].get(name), row[column])


def _entries(file: str, table: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(read_text(FOLDER / file)).get(table, [])
    return entries
