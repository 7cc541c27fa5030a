"""What the words of a label are: a name, a voice, a common noun, a sentence. Each question is about one text, by its words alone.

How two names relate is in `spelling.py`; where in a label the office ends and the name begins, in `names.py`.
"""

import re
from functools import lru_cache

from builder.lexicon.countries import is_state
from builder.lexicon.occupations import bare, is_office_noun
from builder.lexicon.vocabulary import (
    CONNECTORS,
    HEADINGS_OF_VOICES,
    NAME_PARTICLES,
    NAMES_LIKE_SENTENCE_WORDS,
    NOT_NAMES,
    OFFICE_NOUNS,
    PERSON_NOUNS,
    REACTIONS,
    SENTENCE_WORDS,
    VOICE_ADJECTIVES,
    VOICES,
)

LABELS_KEPT = 4096
"""How many labels' results are cached: the same few labels recur on page after page."""
LONGEST_NAME = 6
"""Words in a name, at most."""

_NAME_TOKEN = re.compile(
    r"(?:[^\W\d_a-z]|[ʻʼ’'])[\w’'ʻʼ.-]*,?|(?:al|el|an|as|at|ad|ul|ar|ash|de|d|bin)[-’'][^\W\d_a-z][\w’'-]*"
)
POSSESSIVE = re.compile(r"[’']s?$")
_UNSEEN_VOICE = re.compile(
    r"(?i:(?:a )?(?:fe)?male voices?|(?:person |someone |man |woman |voices? )?(?:from|in) the (?:audience|crowd|floor|hall)|"
    r"participants? in the \w+|q|off-screen voice|(?:all |everyone )?together)"
)


@lru_cache(2 * LABELS_KEPT)
def is_name_token(token: str) -> bool:
    """Whether a word can be part of a person's name."""
    word = bare(token)
    return (
        bool(_NAME_TOKEN.fullmatch(token))
        and word not in NOT_NAMES
        and not is_office_noun(token)
        and word not in CONNECTORS
        and not word.endswith(("’s", "'s"))
    )


@lru_cache(LABELS_KEPT)
def is_common_noun(word: str) -> bool:
    """Whether a word in lower case is one for persons or sounds in general, in the singular or the plural: `sailors`."""
    singular = (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        re.sub("ies$", "y", word),
        re.sub("men$", "man", word),
    )
    if word.endswith(("woman", "women")):
        return True
    nouns = (VOICES, PERSON_NOUNS, HEADINGS_OF_VOICES, OFFICE_NOUNS, REACTIONS)
    return any(one in kind for kind in nouns for one in singular)


def is_bare_name(tokens: list[str]) -> bool:
    """Two to six words that are a name and nothing else."""
    if not 2 <= len(tokens) <= LONGEST_NAME or not is_name_token(tokens[0]) or not is_name_token(tokens[-1]):
        return False
    if any(token.endswith(",") for token in tokens):
        return False
    if not all(is_name_token(t) or t.casefold() in NAME_PARTICLES for t in tokens):
        return False
    return not leading_country(tokens)


def leading_country(tokens: list[str]) -> int:
    """How many words at the start are a country's name."""
    for length in range(len(tokens), 0, -1):
        if is_state(" ".join(tokens[:length])):
            return length
    return 0


def last_name(run: list[str]) -> list[str]:
    """The last two words, and the particles and initials that go with them."""
    start = len(run) - 2
    while start > 0 and (run[start].casefold() in NAME_PARTICLES or run[start - 1].casefold() in NAME_PARTICLES):
        start -= 1
    if start > 0 and re.fullmatch(r"[A-Z]\.", run[start]):
        start -= 1
    return run[start:]


def is_abbreviated(name: str) -> bool:
    """Whether a name is a family name alone, or a family name with initials: `Hentzau`, `R. Hentzau`, `V.R.Hentzau`."""
    return len([word for word in name.replace(".", ". ").split() if not word.endswith(".")]) < 2


def could_be_name(label: str) -> bool:
    """Whether a label that does not split into name and office could still be a name: none of its words is an office's, an
    organisation's or a sentence's, nor one for persons in general."""
    return len(label) > 1 and all(
        (is_name_token(word) or bare(word) in NAME_PARTICLES) and not is_common_noun(bare(word))
        for word in label.split()
    )


def is_capitalised_name(text: str) -> bool:
    """Whether a text is two to four words in capitals and no sentence: if it recurs as a label, it can only be a name."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) and not reads_as_sentence(text)


def is_name_like_a_sentence(text: str) -> bool:
    """Whether a text is a name though its first word is one of a sentence: `He Lifeng`, `Than Shwe`."""
    first, *others = text.split() or [""]
    return 1 <= len(others) <= 2 and first in NAMES_LIKE_SENTENCE_WORDS and all(_may_be_name(word) for word in others)


def _may_be_name(word: str) -> bool:
    return (
        bool(_NAME_TOKEN.fullmatch(word))
        and word.casefold() not in SENTENCE_WORDS
        and not is_common_noun(word.casefold())
    )


@lru_cache(LABELS_KEPT)
def is_voice(label: str) -> bool:
    """Whether a label stands for a voice that the page does not name."""
    if _UNSEEN_VOICE.fullmatch(label) or _names_several(label):
        return True
    words = label.casefold().split()
    if len(words) > 1 and words[0] in VOICE_ADJECTIVES:
        del words[: next((i for i, word in enumerate(words) if word not in VOICE_ADJECTIVES), 0)]
    if not words or words[0].strip(",") not in VOICES:
        return False
    return len(words) == 1 or words[1] in ("from", "by") or (len(words) == 2 and words[1].isdigit())


def _names_several(label: str) -> bool:
    """Whether a label names several persons at once: `Vladimir Putin and Emmanuel Macron`."""
    persons = re.split(r", | and ", label)
    return " and " in label and all(is_bare_name(person.split()) for person in persons)


@lru_cache(LABELS_KEPT)
def reads_as_sentence(text: str) -> bool:
    """Whether a text has words that no label has: in capitals, `US President`, they are other words."""
    words = text.split()
    if words and words[0] in ("His", "Her", "Their") and len(words) > 1 and words[1][0].isupper():
        words = words[1:]
    return any(
        word.casefold().strip('“”"()') in SENTENCE_WORDS
        and (word[0].islower() or word[0] == "I" or (index == 0 and not word.isupper()))
        for index, word in enumerate(words)
    )
