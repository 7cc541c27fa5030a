"""The index by which a large archive's page is searched: at which meetings each word is said and each person speaks.

It is cut into files of bounded size in the order of the words, so that a search loads only those that its words may stand in.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import msgspec

from builder.exports.by_meeting import Row

LONGEST = 250_000
"""Bytes of a file of the index, about."""
_WORD = re.compile(r"[^\W_]+")


class WordIndex:
    """Collects the meetings of each word. Memory: four bytes a word and meeting, and a hundred a word."""

    def __init__(self) -> None:
        self._meetings: dict[str, array[int]] = {}
        self._count = 0

    def add(self, utterances: Iterable[Row]) -> None:
        """Adds the next meeting."""
        utterances = [*utterances]
        raw = {word for row in utterances for word in _WORD.findall(row["text"])}
        terms = {_plain(word) for word in raw} | {f"@{row['speaker_id']}" for row in utterances if row["speaker_id"]}
        for term in terms:
            if term:
                self._meetings.setdefault(term, array("I")).append(self._count)
        self._count += 1

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The first word and the content of each file: of each word the first meeting's number and the steps to the next ones,
        or 0 where more than half of the meetings have it."""
        entries: list[bytes] = []
        first, length = "", 0
        # As browsers compare texts: by their units of UTF-16.
        for term in sorted(self._meetings, key=lambda term: term.encode("utf-16-be")):
            meetings = self._meetings[term]
            steps = [meetings[0], *(after - before for before, after in pairwise(meetings))]
            is_common = len(meetings) * 2 > self._count and not term.startswith("@")
            entry = msgspec.json.encode(term) + b":" + msgspec.json.encode(0 if is_common else steps)
            if entries and length + len(entry) > LONGEST:
                yield first, _joined(entries)
                entries, length = [], 0
            first = first if entries else term
            entries.append(entry)
            length += len(entry)
        if entries:
            yield first, _joined(entries)


def _joined(entries: list[bytes]) -> bytes:
    return b"{" + b",\n".join(entries) + b"}\n"


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """A word as it is searched for: in small letters, without accents."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join([letter for letter in decomposed if not unicodedata.category(letter).startswith("M")]).lower()
