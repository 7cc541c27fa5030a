"""Offices in running text: finding the one beside a name, and telling whether two may be one person's."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, takewhile

from builder.lexicon.names import split_label
from builder.lexicon.occupations import is_occupation, is_office_noun, is_office_word
from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import CONNECTORS, DIRECTION_WORDS, NOT_NAMES, SENTENCE_WORDS
from schema.text import normal_form

_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|[()“”«»\[\]<>…]")
_NUMBERED = re.compile(r"\bNo\. (?=[0-9])")
_IN_NAME = re.compile(r"[\w-]")
_WORD = re.compile(r"[^ ]+")
_ASIDE = re.compile(r" \((?:[a-z]+ ){0,3}(?:left|right|centre|center|background|foreground)\)")
"""Where a person stands in a picture."""
_LONGEST_ASIDE = 50
_BEFORE_NAME = re.compile(r" \((?![^()]{0,40}(?:left|right|cent|ground))[^()]{1,45}\) \Z")
"""Years or a short name between the office and the name: `President of Ruritania (1999–2004) …`."""
_LONGEST_OCCUPATION = 4
_MOST_WORDS = 100
"""Words beside a name that are considered; no office has half as many."""
_HELD = "\u2060"
"""Replaces a space that does not separate two words. It is a word joiner, which is not white space."""
# Small words that labels may hold, but that precede the office in a sentence: `met with President …`.
_NEVER_IN_OFFICE = frozenset(
    "with by from as later then earlier meanwhile afterwards previously recently when after before during following".split()
)


def sentences(text: str) -> str:
    """A raw text as `office_in` needs it, made once where many names are searched for."""
    # The full stop of `Hospital No. 40` ends no sentence.
    return _NUMBERED.sub(f"No.{_HELD}", normal_form(text))


def office_in(plain: str, names: Iterable[str]) -> str | None:
    """The office that a text prints right before or after one of these names; None where it prints none.

    `plain` is the text as `sentences` gives it: `… the first President of Kazakhstan Nursultan Nazarbayev` gives `first
    President of Kazakhstan`.
    """
    first = min(filter(None, (_first_office(plain, name) for name in names)), default=None)
    return first[1].replace(_HELD, " ") if first else None


def _first_office(plain: str, name: str) -> tuple[int, str] | None:
    """The first place where a name stands beside an office, and that office."""
    start = plain.find(name)
    while start >= 0:
        end = start + len(name)
        is_whole = not (start and _IN_NAME.match(plain, start - 1)) and not _IN_NAME.match(plain, end)
        if is_whole and (office := _office_before(plain, start) or _office_after(plain, end)):
            return start, office
        start = plain.find(name, end)
    return None


def may_be_one(roles: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the words of one office are among those of another: then both may be one person's, as with
    `Minister of Energy` and `Energy Minister`."""
    one, other = ([_words_of(role) for role in some] for some in (roles, others))
    return any(a.issubset(b) or a.issuperset(b) for a in one for b in other)


@lru_cache(maxsize=4096)
def _words_of(role: str) -> frozenset[str]:
    return frozenset(role.casefold().split()) - CONNECTORS


def _office_before(plain: str, end: int) -> str | None:
    if aside := _BEFORE_NAME.search(plain, max(0, end - _LONGEST_ASIDE), end):
        end = aside.start() + 1
    words: list[str] = []
    for word in _words_before(plain, end):
        if not _may_stand_in_office(word.rstrip(",")) or (word.endswith(",") and not _ends_list(words[::-1])):
            break
        words.append(word)
    words.reverse()
    while len(words) > 1 and is_given_name(words[-1]) and words[-2] not in CONNECTORS:
        # The text has one given name more than the label.
        words.pop()
    return _from_its_first_word(words)


def _ends_list(words: list[str]) -> bool:
    """Whether words after a comma are the end of a list within an office: `Committee on Sport, | Tourism and Youth Affairs`."""
    return (
        "and" in words[1:-1]
        and not any(is_office_noun(word) or is_given_name(word) for word in words)
        and any(word.rstrip(",").casefold() in NOT_NAMES for word in words)
    )


def _words_before(plain: str, end: int) -> Iterator[str]:
    """The words of a sentence before a place, from the last to the first, as many as an office may have."""
    for _ in range(_MOST_WORDS):
        end -= 1
        if end < 0 or plain[end] != " ":
            return
        start = plain.rfind(" ", 0, end) + 1
        broken = [match.end() for match in _SENTENCE_END.finditer(plain, start, end)]
        if broken:
            start = broken[-1]
        if start < end:
            yield plain[start:end]
        if broken:
            return
        end = start


def _words_after(plain: str, start: int) -> Iterator[str]:
    """The words of a sentence from a place on, as many as an office may have."""
    for found in islice(_WORD.finditer(plain, start), _MOST_WORDS):
        word = found[0]
        broken = _SENTENCE_END.search(word)
        yield word[: broken.start()] if broken else word
        if broken:
            return


def _office_after(plain: str, start: int) -> str | None:
    if aside := _ASIDE.match(plain, start):
        start = aside.end()
    if not plain.startswith(", ", start):
        return None
    following = list(_words_after(plain, start + 2))
    length = _length_of_office(following)
    words = [word.rstrip(",") if index == length - 1 else word for index, word in enumerate(following[:length])]
    is_broken = length < len(following) and not following[length - 1].endswith(",") if length else True
    while words and words[-1] in CONNECTORS:
        words.pop()
    if not words:
        return _occupation_after(following)
    if words[0].casefold() == "the" and is_broken:
        # `With Rupert Hentzau, the President discussed …`
        return None
    if not (is_office_word(words[0]) or words[0].casefold() == "the") or _is_anothers(words):
        return None
    return _from_its_first_word(words)


def _length_of_office(words: list[str]) -> int:
    """How many of the words after a name and a comma may be an office, up to the comma or the word that ends it."""
    for index, word in enumerate(words):
        bare = word.rstrip(",")
        if not bare or not _may_stand_in_office(bare):
            return index
        if word.endswith(",") and not _ends_list(list(takewhile(_may_stand_in_office, words[index + 1 :]))):
            return index + 1
    return len(words)


def _occupation_after(words: list[str]) -> str | None:
    """An occupation in small letters, up to the next comma or the sentence's end: `test driver`."""
    end = next((index for index, word in enumerate(words) if word.endswith(",")), len(words) - 1)
    office = [word.rstrip(",") for word in words[: end + 1]]
    is_one = len(office) <= _LONGEST_OCCUPATION and all(w.isalpha() and w.islower() for w in office)
    return " ".join(office) if is_one and is_occupation(office[-1]) and office[0] not in SENTENCE_WORDS else None


def _is_anothers(words: list[str]) -> bool:
    """Whether an office stands before another person's name: `After talks with X, Prime Minister Y …`."""
    parts = split_label(" ".join(words))
    return bool(parts and parts.role)


def _may_stand_in_office(word: str) -> bool:
    """Whether a word of a sentence can be part of an office: a capital, a small word, or a word for an office."""
    key = word.casefold()
    if not key or key in SENTENCE_WORDS or key in _NEVER_IN_OFFICE or key in DIRECTION_WORDS:
        return False
    return word[0].isupper() or word in CONNECTORS or is_office_word(word)


def _from_its_first_word(words: list[str]) -> str | None:
    """The words of an office, from the first that belongs to it; None where there is no noun for an office.

    Before the first word for an office only what qualifies it may stand: `Rostelecom President`, `Federation Council
    Speaker`. Of two persons' offices (`President of Russia Vladimir Putin and Prime Minister of Armenia …`), or two that
    begin alike (`President of Russia and President of Kazakhstan …`), the nearer counts.
    """
    first = next((i for i, word in enumerate(words) if is_office_word(word)), None)
    if first is None or words[-1] in CONNECTORS:
        return None
    while first and words[first - 1].casefold() not in CONNECTORS:
        first -= 1
    words = words[first:]
    for index in range(len(words) - 1, 1, -1):
        is_next = words[index - 1] == "and" and (words[index] == words[0] or split_label(" ".join(words[: index - 1])))
        if is_next:
            words = words[index:]
            break
    return " ".join(words) if any(map(is_office_noun, words)) else None
