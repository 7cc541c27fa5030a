"""The grammar of a speaker label: where the office ends and the name begins, by the words alone.

What its words are (a name? a voice?) is in `label_words.py`; how two names relate, in `spelling.py`.

President of Russia | Vladimir Putin          office, name
Alisa Shmelyova | metrology engineer          name, office
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from builder.lexicon.countries import is_state
from builder.lexicon.label_words import (
    LABELS_KEPT,
    LONGEST_NAME,
    is_bare_name,
    is_name_like_a_sentence,
    is_name_token,
    last_name,
    leading_country,
    reads_as_sentence,
)
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
    NAME_PARTICLES,
    VOICES,
)

MAX_LABEL_CHARS = 220
"""Characters in a label without its note; the longest that the site prints has nearly 200."""

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


class NamedLabel(NamedTuple):
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
    return NamedLabel(label, None) if courtesy and is_name_token(label) else None


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


@lru_cache(LABELS_KEPT)
def _split_by_words(label: str) -> NamedLabel | None:
    tokens = label.split()
    if not tokens or len(label) > MAX_LABEL_CHARS:
        return None
    if honorific := _HONORIFIC.match(label):
        rest = label[honorific.end() :]
        return _split_by_words(rest) or (NamedLabel(rest, None) if is_name_token(rest) else None)
    first, comma, rest = label.partition(", ")
    if comma and is_bare_name(first.split()):
        return NamedLabel(first, rest)
    if ranked := _with_rank(label):
        return ranked
    if is_bare_name(tokens):
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
    if not rank or not is_bare_name(label[rank.end() :].split()):
        return None
    return NamedLabel(label[rank.end() :], rank["rank"].strip())


def name_in_parentheses(label: str) -> NamedLabel | None:
    """`Minister of Culture (Flavia Elphberg)`, `Flavia Elphberg (Minister of Culture)`."""
    match = _NAME_IN_PARENTHESES.fullmatch(label)
    if not match:
        return None
    before, inside = match["before"], match["inside"]
    if is_bare_name(inside.split()) and _is_office(before):
        # `Correspondent (Zenda Today)` is no person's name.
        is_sure = VOICES.isdisjoint(before.casefold().split()) or is_given_name(inside.split()[0])
        return NamedLabel(inside, before) if is_sure else None
    return NamedLabel(before, inside) if is_bare_name(before.split()) and _is_office(inside) else None


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


def is_addressed_politely(label: str) -> bool:
    """Whether a label is a name with a title of courtesy: `Mr Hentzau`."""
    return label[:1] in _INITIALS_OF_COURTESY and bool(_COURTESY.match(label)) and split_label(label) is not None


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
    if not stripped or len(stripped) > LONGEST_NAME:
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


def _strip_country(run: list[str]) -> list[str]:
    """A run of words without the country's name that it begins with."""
    length = leading_country(run)
    return run[length:] if len(run) - length >= 2 else run
