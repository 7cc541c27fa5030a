"""Offices in running text: the one that stands beside a name, and the state that it speaks for."""

import re
from collections.abc import Iterable

from builder.countries import country_code
from builder.names import split_label
from builder.vocabulary import CONNECTORS, OFFICE_MODIFIERS, OFFICE_NOUNS, SENTENCE_WORDS
from schema.text import normal_form

_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|[()“”«»\[\]<>…]")
# Small words that stand inside printed labels, but in a sentence before the office: `met with President …`.
_NEVER_IN_OFFICE = frozenset(
    "with by from as later then earlier meanwhile afterwards previously recently when after before during following".split()
)
# Offices that speak for the state that follows them; `President of the World Jewish Congress` has none.
_STATE_OFFICE = re.compile(
    r"(?:[\w’-]+ )*?(?:President|Prime Minister|Premier|Chancellor|King|Queen|Emir|Sultan|Emperor|Crown Prince|"
    r"Vice[ -]President|Minister(?: of (?:the )?[\w’ ,-]+?)?|Ambassador|Secretary of State|Head of State|"
    r"Leader|Speaker of (?:the )?[\w’ -]+?|Chairman of the Government)"
    # A sovereign's own name stands between the title and the realm; an ambassador's post behind the state.
    r"(?: [A-Z][\w’-]*){0,3} of (?P<state>[\w’ ,-]+?)(?: to [\w’ ,-]+)?"
)


def office_beside(text: str, names: Iterable[str]) -> str | None:
    """The office that a text prints right before or after one of these names; null where it prints none.

    `… the first President of Kazakhstan Nursultan Nazarbayev` gives `first President of Kazakhstan`.
    """
    plain = normal_form(text)
    found: list[tuple[int, str]] = []
    for name in names:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", plain):
            if office := _office_before(plain[: match.start()]) or _office_after(plain[match.end() :]):
                found.append((match.start(), office))
    return min(found)[1] if found else None


def country_of_office(role: str) -> str | None:
    """The state that an office speaks for by its own words, ISO 3166-1 alpha-3; null where it names none."""
    match = _STATE_OFFICE.fullmatch(role)
    return country_code(match["state"]) if match else None


def _office_before(text: str) -> str | None:
    clause = _SENTENCE_END.split(text)[-1]
    if not clause.endswith(" "):
        return None
    words: list[str] = []
    for word in reversed(clause.split()):
        if word.endswith(",") or not _may_stand_in_office(word):
            break
        words.insert(0, word)
    return _from_its_first_word(words)


def _office_after(text: str) -> str | None:
    if not text.startswith(", "):
        return None
    words: list[str] = []
    for word in _SENTENCE_END.split(text[2:])[0].split():
        if not _may_stand_in_office(word.rstrip(",")):
            break
        words.append(word.rstrip(","))
        if word.endswith(","):
            break
    while words and words[-1] in CONNECTORS:
        words.pop()
    if not words or not (_is_office_word(words[0]) or words[0].casefold() == "the"):
        return None
    return _from_its_first_word(words)


def _may_stand_in_office(word: str) -> bool:
    """Whether a word of a sentence can be part of an office: a capital, a small word, or a word for an office."""
    key = word.casefold()
    if key in SENTENCE_WORDS or key in _NEVER_IN_OFFICE:
        return False
    return word[0].isupper() or word in CONNECTORS or _is_office_word(word)


def _is_office_word(word: str) -> bool:
    return word.casefold() in OFFICE_NOUNS or word.casefold() in OFFICE_MODIFIERS


def _from_its_first_word(words: list[str]) -> str | None:
    """The words of an office from the first that belongs to it; null where no noun heads it.

    Before the first word for an office only what qualifies it may stand: `Rostelecom President`, `Federation Council
    Speaker`. Of two persons' offices (`President of Russia Vladimir Putin and Prime Minister of Armenia …`), or two that
    begin alike (`President of Russia and President of Kazakhstan …`), the nearer counts.
    """
    first = next((i for i, word in enumerate(words) if _is_office_word(word)), None)
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
    return " ".join(words) if any(word.casefold() in OFFICE_NOUNS for word in words) else None
