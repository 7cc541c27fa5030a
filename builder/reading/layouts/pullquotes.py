"""Pull quotes of a page whose layout does not mark them: paragraphs that repeat what the page says elsewhere."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from builder.reading.document import Block
from builder.reading.layouts.lines import is_label

_MARKS = '“”„«»"'
_QUOTATION = re.compile(r"[“”„«»\"](?P<words>[^“”„«»\"]{20,1000})[“”„«»\"]\.?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 12
"""Words of a paragraph without quotation marks that nobody says twice by chance."""
_SHORTEST, _LONGEST = 60, 400
_LEAST_SHARED = 0.8
"""The share of a quotation's words that one paragraph has: the site shortens what it quotes."""


def mark_pullquotes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks; those of the body that are pull quotes are marked so.

    A pull quote stands in a longer paragraph word for word, or is a quotation whose words one paragraph has. What else is
    said twice stays speech.
    """
    told = [b for b in blocks if b.kind == "body"]
    texts = [text[b.start : b.end] for b in told]
    first = next((index for index, words in enumerate(texts) if is_label(words)), len(told))
    if first == len(told) and not any(words[0] in _MARKS for words in texts):
        return list(blocks)
    found = set()
    spaced = text.replace("\xa0", " ")
    words_of = cache(_words)  # of this page alone
    for index, (block, words) in enumerate(zip(told, texts, strict=True)):
        if words[0] in _MARKS and (quotation := _QUOTATION.fullmatch(words)):
            if _is_shared(quotation["words"], [*texts[:index], *texts[index + 1 :]], words_of):
                found.add(block)
        elif (
            index > first and _SHORTEST <= len(words) <= _LONGEST and words[-1] == "." and _is_part(spaced, block, told)
        ):
            found.add(block)
    return [b._replace(kind="pullquote") if b in found else b for b in blocks] if found else list(blocks)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _is_shared(words: str, paragraphs: Sequence[str], words_of: Callable[[str], frozenset[str]]) -> bool:
    """Whether one paragraph has the words of a quotation, but for a few."""
    wanted = words_of(words)
    return any(
        len(wanted & words_of(paragraph)) >= _LEAST_SHARED * len(wanted)
        for paragraph in paragraphs
        if paragraph[0] not in _MARKS and 2 * len(paragraph) > len(words)
    )


def _is_part(text: str, block: Block, told: Sequence[Block]) -> bool:
    """Whether a paragraph's words, apart from its first and last letters, stand in a longer paragraph."""
    words = text[block.start + 2 : block.end - 2]
    at = text.find(words, 0, block.start)
    if at == -1:
        at = text.find(words, block.end)
    if at == -1 or len(words.split()) < _FEWEST_WORDS or is_label(words):
        return False
    other = told[bisect_right(told, at, key=lambda b: b.start) - 1]
    return at < other.end and other.end - other.start > block.end - block.start + _MORE


_MORE = 10
"""By how many characters the paragraph is longer that a pull quote is taken from."""
