"""Offices: finding the one beside a name in running text, and the state that an office speaks for."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from builder.lexicon.countries import country_code, country_of_adjective, first_words_of_states, is_state_without_code
from builder.lexicon.hand_kept import read_table
from builder.lexicon.names import POSSESSIVE, split_label
from builder.lexicon.occupations import is_office_noun, is_office_word
from builder.lexicon.vocabulary import CONNECTORS, DIRECTION_WORDS, OFFICE_MODIFIERS, SENTENCE_WORDS
from schema.records import Line, Record
from schema.text import normal_form

_SENTENCE_END = re.compile(r"[.!?;:](?=\s|$)|[()“”«»\[\]<>…]")
_NUMBERED = re.compile(r"\bNo\. (?=[0-9])")
_IN_NAME = re.compile(r"[\w-]")
_WORD = re.compile(r"[^ ]+")
_MOST_WORDS = 100
"""Words beside a name that are considered; no office has half as many."""
_HELD = "\u2060"
"""Replaces a space that does not separate two words. It is a word joiner, which is not white space."""
# Small words that labels may hold, but that precede the office in a sentence: `met with President …`.
_NEVER_IN_OFFICE = frozenset(
    "with by from as later then earlier meanwhile afterwards previously recently when after before during following".split()
)
_FORMER = re.compile(r"\b(?:[Ff]ormer\b|[Ee]x-)")
_OF_A_GOVERNMENT = re.compile(r"(?:[\w’-]+ )+of the (?P<adjective>[\w’ -]+?) Government")
# What follows the office has to be a state: `President of the World Jewish Congress` speaks for none.
_STATE_OFFICE = re.compile(
    r"(?:[\w’-]+ )*?(?:[\w’-]+ of the (?:Government|State Council|Cabinet of Ministers|Council of Ministers|Parliament|"
    r"National Assembly|Supreme Council|Senate|House of Representatives)|President|Prime Minister|Premier|"
    r"Chancellor|King|Queen|Emir|Sultan|Emperor|Crown Prince|"
    r"Vice[ -]President|Minister(?: (?:of|for) (?:the )?[\w’ ,-]+?)?|Ambassador|Secretary of State|Head of State|"
    r"Leader|Speaker of (?:the )?[\w’ -]+?|Chairman of the Government)"
    # A sovereign's name stands between title and realm, an ambassador's post behind the state.
    r"(?: [A-Z][\w’-]*){0,3} of (?P<state>[\w’ ,-]+?)(?: to [\w’ ,-]+)?"
)
_OFFICE_OF_STATE = re.compile(
    r"(?:(?:Federal|Vice|First|Deputy|Acting|State|Crown|Presidential) )*"
    r"(?:President|Prime Minister|Premier|(?:Vice[ -])?Chancellor|Vice[ -](?:President|Premier)|King|Queen|Emir|Sultan|"
    r"Emperor|Prince|Ambassador(?: to [\w’ ,-]+)?|Secretary of State(?: [A-Z]\w+)?|Head of State|Aide|Adviser|"
    r"(?:[\w’,-]+ )*Minister(?: (?:of|for) [\w’ ,-]+)?|Parliament(?:ary)? Speaker)(?: and [\w’ ,-]+)?"
)
"""What may follow a state's adjective or name: `German Vice Chancellor and Foreign Minister`; not the words of a firm or a
union, as `Russian Football Union President` speaks for the union."""
_LONGEST_ADJECTIVE = 4
_OF_A_REGION = (
    r"(?:(?:Acting|First|Deputy|Interim|Lieutenant) )*(?:Governor|Head|Mayor|President|Prime Minister|Premier)"
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


@lru_cache(maxsize=4096)
def country_of_office(role: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the state that an office names; None where it names none.

    An office of one of Russia's regions, or of a body that only Russia has, speaks for Russia by the hand-kept list. Of
    several offices the first that names a state counts, and a former one speaks for none.
    """
    role = role.replace("'", "’")
    if role.isupper():
        role = " ".join(w.lower() if w.lower() in CONNECTORS else w.capitalize() for w in role.split())
    for office in dict.fromkeys((role, *_AND_OFFICE.split(role))):
        if _FORMER.search(office):
            continue
        if code := _state_named(office) or _state_qualifying(office) or _russian(office):
            return code
    return None


_AND_OFFICE = re.compile(r"(?:,| and|, and) (?=[A-Zf])")


def _state_named(office: str) -> str | None:
    if match := _STATE_OFFICE.fullmatch(office):
        return country_code(match["state"])
    match = _OF_A_GOVERNMENT.fullmatch(office)
    return country_of_adjective(match["adjective"]) if match else None


def _state_qualifying(office: str) -> str | None:
    """The state of `Turkish Prime Minister`, `first US President`, `New Zealand Prime Minister` (where `new` is no modifier)."""
    words = office.split()
    for start, word in enumerate(words):
        for length in range(_LONGEST_ADJECTIVE, 0, -1):
            name, rest = " ".join(words[start : start + length]), " ".join(words[start + length :])
            if code := country_of_adjective(name) or country_code(name):
                return code if _OFFICE_OF_STATE.fullmatch(rest) else None
        if word.casefold() not in OFFICE_MODIFIERS and word != "the":
            return None
    return None


def _russian(office: str) -> str | None:
    return "RUS" if _russian_office().fullmatch(office) else None


class RussianOffices(Record):
    """Regions, bodies and titles that show an office to be Russia's though it does not name the state."""

    regions: tuple[Line, ...]
    """Names of regions, without `Region`, `Territory`, `Republic`."""
    bodies: tuple[Line, ...]
    titles: tuple[Line, ...]
    source: Line


@cache
def russian_offices() -> RussianOffices:
    """Reads the hand-kept list. Raises `ValueError`, naming the file, where it is wrong."""
    return read_table(RussianOffices, Path(__file__).with_name("russian_offices.toml"))


@cache
def _russian_office() -> re.Pattern[str]:
    offices = russian_offices()
    regions = "|".join(map(re.escape, sorted(offices.regions, key=len, reverse=True)))
    kind = r"(?: (?:Region|Territory|Republic|Autonomous (?:Area|Region|Okrug)))?"
    bodies = "|".join(map(re.escape, sorted(offices.bodies, key=len, reverse=True)))
    titles = "|".join(map(re.escape, sorted(offices.titles, key=len, reverse=True)))
    return re.compile(
        rf"{_OF_A_REGION} of (?:the )?(?:(?:Republic|City) of )?(?:{regions}){kind}|(?:{regions}){kind} {_OF_A_REGION}|"
        rf"(?:{_OF_A_BODY}) (?:of|at|in) the (?:{bodies})|(?:{bodies}) (?:{_OF_A_BODY})|(?:{titles})(?: [\w’ ,-]+)?"
    )


def is_office_of_a_state(role: str) -> bool:
    """Whether an office is a state's though it names none: a minister, or the head of a body that every state has."""
    role = role.replace("'", "’")
    return any(
        _UNNAMED_STATES_OFFICE.fullmatch(office) and not _FORMER.search(office)
        for office in dict.fromkeys((role, *_AND_OFFICE.split(role)))
    )


def names_another_state(text: str, state: str) -> bool:
    """Whether a text names a state beside this one, by its name or its adjective."""
    words = [word.strip("()[]“”,.;:!?…") for word in normal_form(text).split()]
    for start, word in enumerate(words):
        if not word or not word[0].isupper() or POSSESSIVE.sub("", word).casefold() not in first_words_of_states():
            continue
        for length in range(_LONGEST_ADJECTIVE, 0, -1):
            name = POSSESSIVE.sub("", " ".join(words[start : start + length]))
            if (country_of_adjective(name) or country_code(name) or state) != state or is_state_without_code(name):
                return True
    return False


_OF_A_BODY = (
    r"(?:(?:Acting|First|Deputy) )*(?:Speaker|Chairman|Chairperson|Chairwoman|Chair|Director|Head|Chief of Staff|Secretary|"
    r"Deputy (?:Speaker|Chairman|Director|Head|Chief of Staff)|Prosecutor General|Governor)"
)


_STATE_BODIES = (
    r"(?:Federal [\w ,’-]*(?:Service|Agency)(?: (?:for|of|on) [\w ,’-]+)?|(?:National )?Security Council|Central Bank|"
    r"Constitutional Court|Supreme Court|Central Election Commission|General Staff|Investigative Committee)"
)
_UNNAMED_STATES_OFFICE = re.compile(
    r"(?:(?:First|Deputy|Acting|Vice|Interim) )*(?:(?:[A-Z][\w’-]+,? (?:and )?)+Minister|"
    # `Minister of Culture`, but not of Bavaria's.
    r"Minister(?: (?:of|for) (?!.* of )[\w ,’-]+)?)|"
    r"Presidential (?:Aide|Adviser|Advisor|Press Secretary|Commissioner [\w ,’-]+)|Prosecutor[ -]General|"
    rf"(?:(?:{_OF_A_BODY})|Chief|Judge) of the {_STATE_BODIES}|{_STATE_BODIES} (?:{_OF_A_BODY})"
)


def may_be_one(roles: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the words of one office are among those of another: then both may be one person's, as with
    `Minister of Energy` and `Energy Minister`."""
    one, other = ([_words_of(role) for role in some] for some in (roles, others))
    return any(a.issubset(b) or a.issuperset(b) for a in one for b in other)


@lru_cache(maxsize=4096)
def _words_of(role: str) -> frozenset[str]:
    return frozenset(role.casefold().split()) - CONNECTORS


def _office_before(plain: str, end: int) -> str | None:
    words: list[str] = []
    for word in _words_before(plain, end):
        if word.endswith(",") or not _may_stand_in_office(word):
            break
        words.append(word)
    return _from_its_first_word(words[::-1])


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
    if not plain.startswith(", ", start):
        return None
    words: list[str] = []
    for word in _words_after(plain, start + 2):
        bare = word.rstrip(",")
        if not bare or not _may_stand_in_office(bare):
            break
        words.append(bare)
        if word.endswith(","):
            break
    while words and words[-1] in CONNECTORS:
        words.pop()
    if not words or not (is_office_word(words[0]) or words[0].casefold() == "the"):
        return None
    return _from_its_first_word(words)


def _may_stand_in_office(word: str) -> bool:
    """Whether a word of a sentence can be part of an office: a capital, a small word, or a word for an office."""
    key = word.casefold()
    if key in SENTENCE_WORDS or key in _NEVER_IN_OFFICE or key in DIRECTION_WORDS:
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
