"""How two names relate: spellings of one name, typing slips, initials, parts of a full name.

None of this proves that two names belong to one person. It says where to look for evidence: speaker resolution joins them
where a page shows that only one person can be meant, and `review` lists the others.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import ne
from pathlib import Path

from anyascii import anyascii

from builder.files import read_text

_SAME_SOUND = (
    # Where systems of romanisation differ; applied in this order.
    (re.compile(r"shch|sch"), "sh"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"tz|ts"), "c"),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"w"), "v"),
    # A glide before a vowel: Fyodorov, Fedorov; Natalya, Natalia; Yury, Iurii; Nazarbayev, Nazarbaev.
    (re.compile(r"[iyj]*(?:yo|jo)"), "e"),
    (re.compile(r"[iyj]+e"), "e"),
    (re.compile(r"[iyj]+a"), "ya"),
    (re.compile(r"[iyj]+u"), "yu"),
    # The short i and what stands for it: Sergei, Sergey; Dmitry, Dmitri, Dmitriy, Dmitrii.
    (re.compile(r"ey\b|ej\b"), "ei"),
    (re.compile(r"[iyj]+(?!u|a)"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_GIVEN_NAMES = Path(__file__).with_name("given_names.txt")
_NOT_A_LETTER = re.compile(r"[^a-z ]")
_LONGEST = 500
"""Letters of a name that are compared. No name has half as many, but what a page lists as one may be of any length."""
_SHORTEST_WITH_SLIP = 8
"""Letters in a name that may have a slip, at least: shorter names that differ in one letter are different names."""


@lru_cache(maxsize=8192)
def words_key(name: str) -> tuple[str, ...]:
    """What the spellings of each word of a name have in common."""
    text = anyascii(name[:_LONGEST])[: 2 * _LONGEST].casefold().replace("-", " ").replace(".", " ")
    text = _NOT_A_LETTER.sub("", text)
    for pattern, replacement in _SAME_SOUND:
        text = pattern.sub(replacement, text)
    return tuple(text.split())


def spelling_key(name: str) -> str:
    """What the spellings of one name have in common, its words run together or not: `Pyotr Fradkov`, `Petr Fradkov`."""
    return "".join(words_key(name))


def is_slip(one: str, other: str) -> bool:
    """Whether two names differ as a typist's slip does: one letter more, fewer or other, or two neighbours exchanged.

    A word's first letter is no slip, nor is the `a` at a word's end, which tells a woman's name from a man's.
    """
    if one.isascii() and other.isascii() and abs(len(one) - len(other)) > 1 + one.count(" ") + other.count(" "):
        # A quick answer for most names; without their spaces, the names may be shorter.
        return False
    first, second = sorted((_letters(one), _letters(other)), key=len)
    if len(first) < _SHORTEST_WITH_SLIP or first == second:
        return False
    words, others = one.casefold().split(), other.casefold().split()
    if len(words) == len(others) and any(map(_are_two_words, words, others)):
        return False
    start = next((index for index, differs in enumerate(map(ne, first, second)) if differs), len(first))
    rest_one, rest_other = first[start:], second[start:]
    if len(first) != len(second):
        return rest_one == rest_other[1:]
    exchanged = rest_one[:2] == rest_other[1::-1] and rest_one[2:] == rest_other[2:]
    return rest_one[1:] == rest_other[1:] or exchanged


def _are_two_words(one: str, other: str) -> bool:
    """Whether two words differ as no slip does: in their first letter, or as a woman's name from a man's."""
    return one != other and (one[0] != other[0] or one.removesuffix("a") == other.removesuffix("a"))


def slip_keys(name: str) -> Iterator[str]:
    """What a name shares with every other that is one slip away: the name, and the name without each of its letters."""
    letters = _letters(name)
    yield letters
    for index in range(len(letters)):
        yield letters[:index] + letters[index + 1 :]


@lru_cache(maxsize=8192)
def _letters(name: str) -> str:
    return "".join(anyascii(name).casefold().split())


def fits_initials(short: str, full: str) -> bool:
    """Whether a name with initials, `V. Hentzau` or `V.R.Hentzau`, can stand for a name in full."""
    words = short.replace(".", ". ").split()
    initials = [word for word in words if re.fullmatch(r"[^\W\d_]\.", word)]
    family = [word for word in words if word not in initials]
    full_words = full.split()
    if not initials or len(family) != 1 or len(full_words) < 2:
        return False
    return words_key(family[0]) == words_key(full_words[-1]) and full_words[0][0] == initials[0][0]


def is_part_of(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of a name are some of a fuller one's, in order: its end, or its first word and more of it.

    `Van der Elphe` of `Flavia Van der Elphe`; `Rudolf Elphberg` of `Rudolf Fritz Elphberg`.
    """
    if len(short) >= len(full):
        return False
    if tuple(full[-len(short) :]) == tuple(short):
        return True
    remaining = iter(full)
    return len(short) > 1 and short[0] == full[0] and all(word in remaining for word in short)


def is_prefix(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of a name are the first of a fuller one: the family name, as the site lists names."""
    return 0 < len(short) < len(full) and tuple(full[: len(short)]) == tuple(short)


def is_given_name(word: str) -> bool:
    """Whether a word is a given name that given_names.txt lists, in whichever spelling."""
    keys = words_key(word)
    return bool(keys) and (keys[0] in _given_names() or "".join(keys) in _given_names())


@cache
def _given_names() -> frozenset[str]:
    lines = read_text(_GIVEN_NAMES).splitlines()
    return frozenset(key for line in lines if not line.startswith("#") for key in line.split())
