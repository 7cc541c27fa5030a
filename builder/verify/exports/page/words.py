"""The index of a large archive's page names the meetings at which each word is said and each person speaks, and their files."""

import json
import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from builder.files import read_text
from builder.package.names import DIST
from builder.verify.exports.page.html import parse
from builder.verify.findings import Finding, in_file, same
from builder.verify.package_rows import Package


def words_are_found(package: Package, index: LexborHTMLParser, parts: list[Path], folder: Path) -> Iterator[Finding]:
    """Compares the files of the index with the utterances. Memory: four bytes a word and meeting."""
    wanted, count = _meetings_of_words(package)
    files = sorted(folder.glob("*.json"), key=lambda path: int(path.stem.rpartition("-")[2]))
    firsts = []
    for path in files:
        place = in_file(f"{DIST}/{folder.name}/{path.name}")
        entries: dict[str, Any] = json.loads(read_text(path, follow_links=False))
        firsts.append(next(iter(entries), None))
        units = [term.encode("utf-16-be") for term in entries]
        yield from same(place, "order of the words", sorted(units), units)
        for term, steps in entries.items():
            expected = wanted.pop(term, None)
            if steps == 0 and expected and len(expected) * 2 > count and not term.startswith("@"):
                continue
            found = [*accumulate(steps)] if isinstance(steps, list) else steps
            yield from same(place._replace(key=term), "meetings", expected and [*expected], found)
    place = in_file(f"{DIST}/index.html")
    yield from same(place, "words that the search does not know", [], sorted(wanted)[:5])
    node = index.css_first("#folder-data")
    data = json.loads(node.text() if node else "{}")
    yield from same(place, "first words of the files of the search", firsts, data.get("words"))
    yield from same(place, "files of the search", [*_parts(parts)], data.get("parts"))


def _meetings_of_words(package: Package) -> tuple["dict[str, array[int]]", int]:
    """The numbers of the meetings that have each word, and how many meetings there are."""
    found: dict[str, array[int]] = {}
    numbers = {meeting: number for number, (meeting,) in enumerate(package.tuples("meetings", "meeting_id"))}
    rows = package.tuples("utterances", "meeting_id", "speaker_id", "text")
    for meeting, group in groupby(rows, key=itemgetter(0)):
        terms: set[str] = set()
        for _, speaker, text in group:
            spaced = "".join(character if character.isalnum() else " " for character in text)
            terms.update(map(_plain, set(spaced.split())), [f"@{speaker}"] if speaker else [])
        for term in terms - {""}:
            found.setdefault(term, array("I")).append(numbers[meeting])
    return found, len(numbers)


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c)[0] != "M").lower()


def _parts(parts: list[Path]) -> Iterator[dict[str, Any]]:
    """The files that have meetings, as the index lists them."""
    first = 0
    for path in parts:
        page = parse(path)
        if count := len(page.css("article.meeting")):
            title = page.css_first("h1")
            yield {
                "file": f"page/{path.name}",
                "title": title.text() if title else None,
                "year": path.name[:4],
                "first": first,
                "count": count,
            }
            first += count
