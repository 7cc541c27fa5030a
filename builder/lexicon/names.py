"""The grammar of a speaker label: where the office ends and the name begins, by the words alone.

Questions about one text (is it a name? an office? a voice?) belong here; how two names relate, in `spelling.py`.

President of Russia | Vladimir Putin          office, name
Alisa Shmelyova | metrology engineer          name, office
Question from Perm Territory                  a voice without a name
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from builder.lexicon.countries import is_state
from builder.lexicon.occupations import (
    bare,
    is_occupation,
    is_office_noun,
    is_office_word,
    may_be_occupation,
    occupation_before_name,
)
from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import (
    CONNECTORS,
    COURTESY_TITLES,
    DIRECTION_WORDS,
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

MAX_LABEL_CHARS = 220
"""Characters in a label without its note; the longest that the site prints has nearly 200."""

_LABELS_KEPT = 4096
"""How many labels' results are cached: the same few labels recur on page after page."""

_NAME_TOKEN = re.compile(
    r"(?:[^\W\d_a-z]|[ʻʼ’'])[\w’'ʻʼ.-]*,?|(?:al|el|an|as|at|ad|ul|ar|ash|de|d|bin)[-’'][^\W\d_a-z][\w’'-]*"
)
POSSESSIVE = re.compile(r"[’']s?$")
_NUMERAL = re.compile(r"[IVX]+")
TITLES_OF_NAMES = frozenset(
    "king queen patriarch pope prince princess emperor emir sheikh sultan metropolitan archbishop catholicos duke "
    "archimandrite hegumen".split()
)
"""Titles, in lower case, that are spoken as part of a name: `King Rudolf V`."""
_TITLES_OF_CLERGY = frozenset(
    "abbess abbot archdeacon archpriest bishop father hieromonk lama monk mother rabbi".split()
)
_BEFORE_TITLES = frozenset("grand sovereign reigning supreme hereditary ecumenical".split())
_HONORIFIC = re.compile(
    r"(?:His|Her|Their) (?:Royal )?(?:Holiness|Majesty|Highness|Excellency|Eminence|Beatitude) (?=\w)"
)
_LONGEST_NAME = 6
_RANK = re.compile(
    r"(?P<rank>(?:(?:Acad|Adm|Brig|Capt|Cmdr|Col|Cpl|Gen|Lieut|Lt|Maj|Prof|Sen|Sgt|Rear|Vice)(?:\.[ -]?| (?=[A-Z][a-z]+\.)))+)"
    r"(?=[^\W\d_a-z])"
)
"""A rank in short: `Lt. Gen. Rupert Hentzau`."""
_COURTESY = re.compile(
    rf"(?:(?:{'|'.join(sorted(title.capitalize() for title in COURTESY_TITLES))})(?:\. ?| ))+(?=[^\W\d_a-z])"
)
"""What is no part of the name: `Mr Hentzau`."""
_INITIALS_OF_COURTESY = ("D", "M", "S")
_INITIALS_AND_NAME = re.compile(r"(?:[^\W\d_a-z]\.){1,3}[^\W\d_a-z][\w’'-]+")
_NAME_IN_PARENTHESES = re.compile(r"(?P<before>[^()]+) \((?P<inside>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class NamedLabel:
    """A label's two parts."""

    name: str
    role: str | None


def split_label(label: str, known_names: "KnownNames | None" = None) -> NamedLabel | None:
    """Splits a label, in normal form, into a person's name and an office; None where it names no person.

    `known_names` are names that the page or the project's reference gives in full: they decide where they fit.
    """
    courtesy = _COURTESY.match(label) if label[:1] in _INITIALS_OF_COURTESY else None
    if courtesy:
        label = label[courtesy.end() :]
    if known_names and (name := known_names.fitting(label)) and not _is_anothers(label, name):
        if label == name:
            return NamedLabel(name, None)
        if label.endswith(" " + name):
            return NamedLabel(name, _before(label, name) or None)
        return NamedLabel(name, label.removeprefix(name).strip(" ,"))
    if parts := _split_by_words(label):
        return parts
    # `Mr Hentzau`: politeness shows that one word is a name.
    return NamedLabel(label, None) if courtesy and " " not in label and is_name_token(label) else None


def _is_anothers(label: str, name: str) -> bool:
    """Whether a label names somebody by another person: `Mother of Rupert Hentzau`."""
    return label.endswith((f" of {name}", f" to {name}"))


def _before(label: str, name: str) -> str:
    """What a label has before the name with which it ends."""
    return label.removesuffix(name).strip(" ,")


class KnownNames:
    """Full names, looked up by the words of a label: the time does not depend on how many names there are."""

    def __init__(self, names: Iterable[str]) -> None:
        # The longest first; among names of one length, the first given.
        self._ranks = {name: rank for rank, name in enumerate(sorted(dict.fromkeys(names), key=len, reverse=True))}

    def fitting(self, label: str) -> str | None:
        """The longest name that a label is, ends with, or begins with before a comma; None where there is none."""
        ranks = self._ranks
        parts = [part for part in (label, *ends_of(label), *_heads(label)) if part in ranks]
        return min(parts, key=ranks.__getitem__) if parts else None


def ends_of(label: str) -> Iterator[str]:
    """What a label ends with, from each of its spaces on."""
    for space in re.finditer(" ", label):
        yield label[space.end() :]


def _heads(label: str) -> Iterator[str]:
    """What a label begins with, up to each of its commas that a space follows."""
    for comma in re.finditer(", ", label):
        yield label[: comma.start()]


@lru_cache(_LABELS_KEPT)
def _split_by_words(label: str) -> NamedLabel | None:
    tokens = label.split()
    if not tokens or len(label) > MAX_LABEL_CHARS:
        return None
    if honorific := _HONORIFIC.match(label):
        rest = label[honorific.end() :]
        return _split_by_words(rest) or (NamedLabel(rest, None) if is_name_token(rest) else None)
    first, comma, rest = label.partition(", ")
    if comma and _is_bare_name(first.split()):
        return NamedLabel(first, rest)
    if ranked := _with_rank(label):
        return ranked
    if _is_bare_name(tokens):
        name = " ".join(tokens[occupation_before_name(tokens) :])
        return NamedLabel(name, _before(label, name) or None)
    if _INITIALS_AND_NAME.fullmatch(label) or is_name_like_a_sentence(label):
        return NamedLabel(label, None)
    if label.endswith(")"):
        return name_in_parentheses(label)
    return (
        _sovereign(label, tokens)
        or _numbered(label, tokens)
        or _sovereign_of_realm(label, tokens)
        or _name_at_end(label, tokens)
        or _titled_name(label, tokens)
        or (_name_before_office(first, rest) if comma else None)
    )


def _with_rank(label: str) -> NamedLabel | None:
    rank = _RANK.match(label)
    if not rank or not _is_bare_name(label[rank.end() :].split()):
        return None
    return NamedLabel(label[rank.end() :], rank["rank"].strip())


def name_in_parentheses(label: str) -> NamedLabel | None:
    """`Minister of Culture (Flavia Elphberg)`, `Flavia Elphberg (Minister of Culture)`."""
    match = _NAME_IN_PARENTHESES.fullmatch(label)
    if not match:
        return None
    before, inside = match["before"], match["inside"]
    if _is_bare_name(inside.split()) and _is_office(before):
        # `Correspondent (Zenda Today)` is no person's name.
        is_sure = VOICES.isdisjoint(before.casefold().split()) or is_given_name(inside.split()[0])
        return NamedLabel(inside, before) if is_sure else None
    return NamedLabel(before, inside) if _is_bare_name(before.split()) and _is_office(inside) else None


def _is_office(text: str) -> bool:
    """Whether a text is an office and nothing else."""
    words = text.split()
    if words[0].casefold() in DIRECTION_WORDS or not any(is_office_noun(word) for word in words):
        return False
    return all(word[0].isupper() or word in CONNECTORS or is_office_word(word) for word in words)


def _name_before_office(label: str, office: str) -> NamedLabel | None:
    """`Director of Zendabank Rupert Hentzau, moderator of the meeting`."""
    if reads_as_sentence(office) or not any(map(is_office_word, office.split())):
        return None
    return _name_at_end(label, label.split())


@lru_cache(_LABELS_KEPT)
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


_UNSEEN_VOICE = re.compile(
    r"(?i:(?:a )?(?:fe)?male voices?|(?:person |someone |man |woman |voices? )?(?:from|in) the (?:audience|crowd|floor|hall)|"
    r"participants? in the \w+|q|off-screen voice|(?:all |everyone )?together)"
)


def _names_several(label: str) -> bool:
    """Whether a label names several persons at once: `Vladimir Putin and Emmanuel Macron`."""
    persons = re.split(r", | and ", label)
    return " and " in label and all(_is_bare_name(person.split()) for person in persons)


@lru_cache(_LABELS_KEPT)
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


def is_addressed_politely(label: str) -> bool:
    """Whether a label is a name with a title of courtesy: `Mr Hentzau`."""
    return label[:1] in _INITIALS_OF_COURTESY and bool(_COURTESY.match(label)) and split_label(label) is not None


@lru_cache(2 * _LABELS_KEPT)
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


def is_capitalised_name(text: str) -> bool:
    """Whether a text is two to four words in capitals and no sentence: if it recurs as a label, it can only be a name."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() for word in words) and not reads_as_sentence(text)


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


@lru_cache(_LABELS_KEPT)
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


def _is_bare_name(tokens: list[str]) -> bool:
    """Two to six words that are a name and nothing else."""
    if not 2 <= len(tokens) <= _LONGEST_NAME or not is_name_token(tokens[0]) or not is_name_token(tokens[-1]):
        return False
    if any(token.endswith(",") for token in tokens):
        return False
    if not all(is_name_token(t) or t.casefold() in NAME_PARTICLES for t in tokens):
        return False
    return not _leading_country(tokens)


def _name_at_end(label: str, tokens: list[str]) -> NamedLabel | None:
    """A name after an office: the last words that can be a name, without the country or firm before them."""
    run: list[str] = []
    for token in reversed(tokens):
        is_particle = bool(run) and token in NAME_PARTICLES
        if not is_particle and (not is_name_token(token) or (run and token.endswith(","))):
            break
        run.insert(0, token)
    while run and run[0].islower() and "-" not in run[0] and "’" not in run[0]:
        run.pop(0)
    before = tokens[: len(tokens) - len(run)]
    if len(run) < 2 or not (any(map(is_office_word, before)) or _is_occupation_before(before, run)):
        return None
    stripped = _strip_country(run)
    if stripped == run and not is_occupation(before[-1]):
        stripped = _after_office(before[-1], run)
    if not stripped or len(stripped) > _LONGEST_NAME:
        return None
    name = " ".join(stripped)
    return NamedLabel(name, _before(label, name))


def _is_occupation_before(before: list[str], run: list[str]) -> bool:
    """Whether the words before a name say what the person is, in small letters and by their form: `Literary critic …`."""
    if not before or not before[-1].islower():
        return False
    return is_occupation(before[-1]) or (may_be_occupation(before[-1]) and is_given_name(run[0]))


def _after_office(last: str, run: list[str]) -> list[str]:
    """The name at the end of a run of capitals, of which the first may be the office's; `last` is the word before the run.

    An office ends in no preposition, `President of | Zenda`, and in no given name, but `Mayor of Vladimir` in a town.
    """
    is_object = bare(last) in CONNECTORS
    name = last_name(run)
    if is_object and len(name) == len(run):
        # `Mother of Rupert Hentzau` names no speaker; `President of Zenda Rudolf`, `President of Serbia Hentzau` give one word
        # of a name; `Head of the Service for Bees and Honey Surveillance` gives none.
        is_one_word = not is_given_name(run[0]) and (is_given_name(run[-1]) or is_state(run[0]))
        return run[1:] if is_one_word else []
    start = len(run) - len(name)
    while start > is_object and is_given_name(run[start - 1]):
        start -= 1
    return run[start:]


def _sovereign(label: str, tokens: list[str]) -> NamedLabel | None:
    """`King Abdullah II of Jordan`, `Patriarch Kirill of Moscow and All Russia`: the title is part of the name."""
    named = _titled_name(label, tokens)
    return named if named and label.removeprefix(named.name).startswith(" of ") else None


def _numbered(label: str, tokens: list[str]) -> NamedLabel | None:
    """`King Abdullah II`: a numeral is no family name."""
    return _titled_name(label, tokens) if _NUMERAL.fullmatch(tokens[-1]) else None


def _sovereign_of_realm(label: str, tokens: list[str]) -> NamedLabel | None:
    """`King of Jordan Abdullah II`, `Patriarch of Moscow and All Russia Kirill`: named as without the realm."""
    realm = _title_length(tokens) + 1
    if realm == 1 or tokens[realm - 1 : realm] != ["of"]:
        return None
    is_numbered = bool(_NUMERAL.fullmatch(tokens[-1]))
    start = len(tokens) - 1 - is_numbered
    if start <= realm or not is_name_token(tokens[start]):
        return None
    of_realm = tokens[realm:start]
    is_realm = not is_name_token(of_realm[-1]) or is_state(" ".join(of_realm))
    if any(is_given_name(word) or word.casefold() in NAME_PARTICLES for word in of_realm) or not (
        is_realm or is_numbered or is_given_name(tokens[start])
    ):
        return None
    name = " ".join(tokens[start:])
    return NamedLabel(f"{tokens[realm - 2]} {name}", _before(label, name))


def _title_length(tokens: list[str]) -> int:
    """How many words at the start are a title that is spoken with a name: `King`, `Grand Duke`; 0 where there is none."""
    length = next((index for index, token in enumerate(tokens) if token.casefold() not in _BEFORE_TITLES), 0)
    title = tokens[length].casefold()
    return length + 1 if title in TITLES_OF_NAMES or title in _TITLES_OF_CLERGY else 0


def _titled_name(label: str, tokens: list[str]) -> NamedLabel | None:
    """A sovereign's or prelate's title, the name with its numeral, and perhaps the realm."""
    title = _title_length(tokens)
    if not title or len(tokens) <= title or not is_name_token(tokens[title]):
        return None
    end = title + 1
    while end < len(tokens) and (is_name_token(tokens[end]) or tokens[end] in NAME_PARTICLES):
        end += 1
    if end < len(tokens) and tokens[end] != "of":
        return None
    name = " ".join(tokens[:end])
    # The office is what is printed round the name: `King of Ruritania`.
    return NamedLabel(name, " ".join(tokens[:title]) + label.removeprefix(name))


def last_name(run: list[str]) -> list[str]:
    """The last two words, and the particles and initials that go with them."""
    start = len(run) - 2
    while start > 0 and (run[start].casefold() in NAME_PARTICLES or run[start - 1].casefold() in NAME_PARTICLES):
        start -= 1
    if start > 0 and re.fullmatch(r"[A-Z]\.", run[start]):
        start -= 1
    return run[start:]


def _strip_country(run: list[str]) -> list[str]:
    """A run of words without the country's name that it begins with."""
    length = _leading_country(run)
    return run[length:] if len(run) - length >= 2 else run


def _leading_country(tokens: list[str]) -> int:
    """How many words at the start are a country's name."""
    for length in range(len(tokens), 0, -1):
        if is_state(" ".join(tokens[:length])):
            return length
    return 0


# ---------------------------------------------------------------------------------------------------------------------
# Person tags: `Nazarbayev Nursultan`, family name first


def names_of_tags(tags: Iterable[str]) -> list[str]:
    """The names that person tags give family name first, in the order of speech."""
    return [name for tag in tags if (name := _given_name_first(tag))]


def _given_name_first(tag: str) -> str | None:
    """A person tag's name in the order of speech; None where it is not two words."""
    words = tag.split()
    return f"{words[1]} {words[0]}" if len(words) == 2 else None
