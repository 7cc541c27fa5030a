"""Words for what a person does: offices by list, occupations by list or by the form of the word."""

import re
from functools import lru_cache

from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import OCCUPATIONS, OFFICE_MODIFIERS, OFFICE_NOUNS

_ALWAYS_AN_OCCUPATION = re.compile(
    r"[a-z-]{2,}(?:ist|ologer|nomer|grapher|maker|keeper|worker|holder|fighter|woman|smith|wright|eer|iatrician|metrician|"
    r"ematician|mason|monger|herd|wife|naut|crat|guard|hand|agogue|urge)"
)
_MAYBE_AN_OCCUPATION = re.compile(r"[a-z-]{3,}(?:er|or|ian|man|ant|ent|ess|eur|ier|rix|ee)")
_SHORTEST_HEAD = 6
"""Letters of a noun with which a longer one may end: `neurosurgeon`, `decathlete` do not stand in any list."""
_HEADS = tuple(sorted(noun for noun in OFFICE_NOUNS if len(noun) >= _SHORTEST_HEAD))
_TITLES_THAT_ARE_NAMES = frozenset(
    "abbot baron bishop count dean duke earl judge king lord major pope priest prince".split()
)


def bare(token: str) -> str:
    """A word in lower case, without the comma after it."""
    return token.strip(",").casefold()


@lru_cache(maxsize=8192)
def is_office_noun(token: str) -> bool:
    """Whether a word heads an office: `Minister`, `President-elect`, `Commander-in-Chief`."""
    word = bare(token)
    if word in OFFICE_NOUNS:
        return True
    first, hyphen, _ = word.partition("-")
    return bool(hyphen) and first in OFFICE_NOUNS and first not in _TITLES_THAT_ARE_NAMES


def is_office_word(token: str) -> bool:
    """Whether a word heads an office or stands before one that does."""
    return is_office_noun(token) or bare(token) in OFFICE_MODIFIERS


@lru_cache(maxsize=4096)
def is_occupation(token: str) -> bool:
    """Whether a word says what a person is, by itself: an office, an occupation of the list, `virologist`, `neurosurgeon`."""
    word = bare(token)
    return (
        is_office_noun(token)
        or word in OCCUPATIONS
        or bool(_ALWAYS_AN_OCCUPATION.fullmatch(word))
        or word.endswith(_HEADS)
    )


def may_be_occupation(token: str) -> bool:
    """Whether a word may say what a person is, by its form alone: `blogger`, but also `Schneider`."""
    return is_occupation(token) or bool(_MAYBE_AN_OCCUPATION.fullmatch(bare(token)))


def occupation_before_name(tokens: list[str]) -> int:
    """How many words before a name of two words or more say what the person is; 0 where all may be the name.

    `Virologist Anna Belova`, `Chess Grandmaster Anna Belova`; not `Alexander Rupert Hentzau`, `Reeshemah Anna Hentzau`.
    """
    length = 0
    for end in range(1, len(tokens) - 1):
        word = tokens[end - 1]
        if is_given_name(word):
            break
        if is_occupation(word) or (may_be_occupation(word) and is_given_name(tokens[end])):
            length = end
    return length
