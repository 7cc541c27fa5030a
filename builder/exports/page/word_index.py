"""The index by which a large archive's page is searched: at which meetings each word is said and each person speaks.

It is cut into files of bounded size in the order of the words, so that a search loads only those that its words may stand in.
"""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, count, takewhile
from operator import sub
from pathlib import Path

import msgspec

from builder.exports.by_meeting import Row

LONGEST = 250_000
"""Bytes of a file of the index, about."""
_NAME = "words-{}.json"
"""What its files are called, by their number."""
_WORD = re.compile(r"[^\W_]+")


class WordIndex:
    """Collects the meetings of each word. Memory: four bytes a word and meeting, and a hundred a word."""

    def __init__(self) -> None:
        self._meetings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._count = 0

    def add(self, utterances: Iterable[Row]) -> None:
        """Adds the next meeting."""
        utterances = [*utterances]
        tokens = {*chain.from_iterable([row["text"].split() for row in utterances])}
        terms = {*chain.from_iterable(map(_terms, tokens))}
        terms |= {f"@{row['speaker_id']}" for row in utterances if row["speaker_id"]}
        for term in terms:
            self._meetings[term].append(self._count)
        self._count += 1

    def write(self, folder: Path) -> None:
        """Writes the files of the index."""
        for number, content in enumerate(self._files(), start=1):
            (folder / _NAME.format(number)).write_bytes(content)

    def _files(self) -> Iterator[bytes]:
        """The content of each file: of each word the first meeting's number and the steps to the next ones, or 0 where more
        than half of the meetings have it."""
        entries: list[bytes] = []
        length = 0
        # As browsers compare texts: by their units of UTF-16.
        for term in sorted(self._meetings, key=lambda term: term.encode("utf-16-be")):
            meetings = self._meetings[term]
            steps = [meetings[0], *map(sub, meetings[1:], meetings)]
            is_common = len(meetings) * 2 > self._count and not term.startswith("@")
            entry = msgspec.json.encode(term) + b":" + msgspec.json.encode(0 if is_common else steps)
            if entries and length + len(entry) > LONGEST:
                yield _joined(entries)
                entries, length = [], 0
            entries.append(entry)
            length += len(entry)
        if entries:
            yield _joined(entries)


def first_words(folder: Path) -> list[str]:
    """The first word of each file of the index."""
    paths = (folder / _NAME.format(number) for number in count(1))
    return [next(iter(msgspec.json.decode(path.read_bytes()))) for path in takewhile(Path.exists, paths)]


def _joined(entries: list[bytes]) -> bytes:
    return b"{" + b",\n".join(entries) + b"}\n"


@lru_cache(maxsize=1 << 16)
def _terms(token: str) -> tuple[str, ...]:
    """The words of what stands between two spaces, as they are searched for. Most of it comes in many meetings."""
    return tuple(plain for word in _WORD.findall(token) if (plain := _plain(word)))


def _plain(word: str) -> str:
    """A word in small letters, without accents."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join([letter for letter in decomposed if not unicodedata.category(letter).startswith("M")]).lower()
