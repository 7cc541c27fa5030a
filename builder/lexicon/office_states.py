"""The state that an office speaks for, by the words of the office alone; and whether a text speaks of another state's office."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from builder.lexicon.countries import (
    country_of_adjective,
    country_of_parliament,
    country_of_place,
    first_words_of_states,
    is_state_without_code,
    parliaments,
    state_code,
)
from builder.lexicon.hand_kept import read_table
from builder.lexicon.label_words import POSSESSIVE, is_name_token
from builder.lexicon.names import MAX_LABEL_CHARS
from builder.lexicon.occupations import is_office_noun
from builder.lexicon.spelling import is_given_name, slip_keys
from builder.lexicon.vocabulary import CONNECTORS, OFFICE_MODIFIERS
from schema.records import Line, Record
from schema.text import normal_form

_FORMER = re.compile(r"\b(?:[Ff]ormer\b|[Ee]x-|[Rr]etired\b)")
_AND_OFFICE = re.compile(r"(?:,| and|, and| [–-]) (?=[A-Zf])")
_LONGEST_ADJECTIVE = 4

# ---------------------------------------------------------------------------------------------------------------------
# Offices of any state. Their patterns are of small letters, and so is what they are held against: with `re.IGNORECASE` they
# take five times as long to compile.

_TITLE = (
    r"(?:president|prime minister|premier|(?:vice[ -])?chancellor|vice[ -](?:president|premier)|king|queen|emir|sultan|"
    r"emperor|(?:crown )?prince|grand duke|supreme leader|(?:president|prime minister)-(?:elect|designate)|"
    r"secretary of (?:state|defen[cs]e|the treasury|energy|commerce)|head of state|head of government|leader|"
    r"(?:foreign|home|defen[cs]e|treasury|justice|interior) secretary|"
    r"state councill?or|state counsell?or|minister(?: (?:of|for|without) [\w’ ,-]+)?|"
    r"(?:[\w’,-]+ )*minister|ambassador(?: extraordinary and plenipotentiary|-at-large)?|"
    r"(?:permanent|special|plenipotentiary|trade)(?: presidential)? representative|"
    r"(?:(?:special|presidential) )*envoy|consul(?: general)?|charg[eé] d’affaires|"
    r"national security advis[eo]r|parliament(?:ary)? speaker|prosecutor[ -]general|attorney general|senator|congressman)"
)
_BODY = (
    r"(?:government|cabinet(?: of ministers)?|council of (?:ministers|state|the republic)|(?:state|supreme|federal|national) "
    r"council|parliament|(?:[a-z][\w’]+ ){1,3}(?:assembly|congress)|"
    r"senate|house of (?:representatives|commons|lords|councillors)|congress|diet|seimas|saeima|"
    r"knesset|m[ae][jz]h?ilis|mill[iy] m[ae]jlis|jogorku kenesh|verkhovna rada|supreme (?:rada|court|soviet|judicial chamber)|"
    r"oliy majlis|state great (?:people’s )?khural|chamber of deputies|(?:supreme )?(?:national )?security council|presidency|"
    r"state affairs commission|central military commission|constitutional court|(?:national|central|state) bank|"
    r"presidium|central election commission|(?:joint )?general staff|armed forces|(?:air|ground|naval|land) forces?|navy|"
    r"presidential (?:administration|(?:executive )?office)|(?:state|national) security committee|investigative committee|"
    r"supreme state council|(?:[\w’-]+ )?ministry(?: of [\w’ ,-]+)?|(?:foreign )?intelligence service)"
)
_HEAD_NOUN = (
    r"(?:speaker|chair(?:man|person|woman)?|director(?:[ -]general)?|head|"
    r"chief(?: of staff)?|secretary(?:[ -]general)?|governor|judge|commander(?:-in-chief)?|deputy|member|"
    r"spokes(?:man|woman|person)|vice[ -](?:speaker|chair(?:man|person|woman)?|president)|president)"
)
_HEAD = rf"(?:(?:vice|deputy|first|acting)[ -])*{_HEAD_NOUN}"
_OF_BODY = rf"(?:(?:of|in|at) )?(?:the )?{_BODY}"
_MODIFIERS = (
    r"(?:(?:acting|first|second|deputy|vice|interim|federal|state|presidential|senior|special|new|current|caretaker) )*"
)
_END = r"(?: (?:to|in|for|on) [\w’ ,-]+)?"
_OF_STATE = re.compile(
    # A sovereign's name stands between title and realm.
    rf"(?:[\w’-]+ )*?(?:{_TITLE}(?:(?: [a-z][\w’-]*){{0,3}}| of (?:the )?{_BODY})|{_HEAD} {_OF_BODY}"
    rf"(?: (?:and )?{_OF_BODY})?|{_BODY} {_HEAD}|"
    r"(?:to|of|for) the (?:president|prime minister|government|king))",
)
"""What may stand before `of` and a state, perhaps after other words: `President`, `Chairman of the Council of Ministers`."""


@cache
def _qualified() -> re.Pattern[str]:
    """What may follow a state's adjective or name: `German Vice Chancellor and Foreign Minister`; not the words of a firm or a
    union, as `Russian Football Union President` speaks for the union."""
    return re.compile(
        rf"{_MODIFIERS}(?:{_TITLE}(?: cardinal|’s [\w’ -]+)?|presidential (?:aide|advis[eo]r|press secretary)|aide|advis[eo]r|"
        rf"{_BODY} {_HEAD}|{_HEAD} of (?:the )?{_BODY}|"
        rf"(?:government|state|cabinet) [\w’ -]+){_END}(?: and [\w’ ,-]+)?",
    )


_BEHIND_STATE = re.compile(r" (?:Sheikh|Prince|King|General|Cardinal|Marshal|Dr\.?|Central Committee)\Z")
"""What may stand between the state and the name: `Emir of Qatar Sheikh …`."""
_ONE_PARTY = frozenset(("CHN", "CUB", "LAO", "PRK", "VNM"))
_OF_THE_PARTY = re.compile(
    r"General Secretary of the (?:Central Committee of the )?(?:\w+’?s? ){1,2}Party(?: Central Committee)?"
)
"""The leader of the only party leads the state."""
_OF_A_GOVERNMENT = re.compile(
    r"[\w’ -]+ (?:of|to|for) the (?P<adjective>[\w’ -]+?) (?:government|president|prime minister|parliament|armed forces)",
)
_OF_A_PLACE = re.compile(
    rf"(?P<first>[\w’. -]+?) {_MODIFIERS}(?:governor|mayor|minister[ -]president|akim)|"
    rf"{_MODIFIERS}(?:governor|lieutenant governor|lord mayor|mayor|head|president|prime minister|minister[ -]president|premier|"
    r"akim|governing mayor|(?:crown )?prince|emir|king|ruler|sheikh|sultan)(?:-general)? of (?:the )?"
    r"(?:(?:city|state|province|free state|land) of )?(?P<last>[\w’. -]+)",
)
_IN_PARENTHESES = re.compile(r"[^()]{0,60}\b(?:Governor|Mayor|Head|Akim|Minister)\b[^()]* \((?P<state>[^()]+)\)")
_OF_ONE_STATE = re.compile(
    r"\b(?:(?P<KAZ>Akim)|(?P<UZB>(?:Ho|Kho)kim)|(?P<IRL>Taoiseach))\b|\A(?P<VAT>Pope)(?: of Rome)?\Z"
)


@lru_cache(maxsize=4096)
def country_of_office(role: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the state that an office names; None where it names none.

    An office of one of Russia's regions, or of a body that only Russia has, speaks for Russia by the hand-kept list. Of
    several offices the first that names a state counts, and a former one speaks for none.
    """
    for office in _offices(role):
        if code := _state_named(office) or _state_qualifying(office) or _state_of_place(office) or _russian(office):
            return code
    return None


def _offices(role: str) -> Iterator[str]:
    """An office as a whole, then each of those that it may be made of, without the former ones; none of what is too long."""
    if len(role) > MAX_LABEL_CHARS:
        return
    role = role.replace("'", "’")
    if role.isupper():
        role = " ".join(w.lower() if w.lower() in CONNECTORS else w.capitalize() for w in role.split())
    yield from (office for office in dict.fromkeys((role, *_AND_OFFICE.split(role))) if not _FORMER.search(office))


def _small(office: str) -> str:
    """An office in small letters, character for character."""
    return office.replace("\u0130", "I").lower()


def _state_named(office: str) -> str | None:
    """The state of `President of the Republic of Korea`, `Ambassador of France to Russia`."""
    small = _small(office)
    for found in re.finditer(r" of ", office):
        state = _BEHIND_STATE.sub("", re.split(r" (?:to|in) ", office[found.end() :])[0])
        if (code := state_code(state)) and (
            _OF_STATE.fullmatch(small, 0, found.start())
            or (code in _ONE_PARTY and _OF_THE_PARTY.fullmatch(office, 0, found.start()))
        ):
            return code
    match = _OF_A_GOVERNMENT.fullmatch(small)
    adjective = office[slice(*match.span("adjective"))] if match else ""
    return country_of_adjective(adjective) or state_code(adjective)


def _state_qualifying(office: str) -> str | None:
    """The state of `Turkish Prime Minister`, `first US President`, `New Zealand Prime Minister` (where `new` is no modifier)."""
    words = office.split()
    for start, word in enumerate(words):
        for length in range(_LONGEST_ADJECTIVE, 0, -1):
            name, rest = " ".join(words[start : start + length]), " ".join(words[start + length :])
            if code := country_of_adjective(name) or state_code(POSSESSIVE.sub("", name)):
                return code if _qualified().fullmatch(_small(rest)) else None
        if word.casefold() not in OFFICE_MODIFIERS and word != "the":
            return None
    return None


def _state_of_place(office: str) -> str | None:
    """The state of which a region's or a town's office is: `Governor of California`, `Mayor of Zenda (Republic of Korea)`."""
    if named := _IN_PARENTHESES.fullmatch(office):
        return state_code(named["state"])
    if one := _OF_ONE_STATE.search(office):
        return one.lastgroup
    if body := _of_parliament().fullmatch(_small(office)):
        return country_of_parliament(body["first"] or body["last"])
    found = _OF_A_PLACE.fullmatch(_small(office))
    return found and country_of_place(found["first"] or found["last"])


@cache
def _of_parliament() -> re.Pattern[str]:
    """An office of a parliament that only one state calls so: `Speaker of the Knesset`."""
    names = _any_of(parliaments())
    return re.compile(
        rf"{_MODIFIERS}(?:{_HEAD}|Leader) (?:of|in|at) (?:the )?(?P<last>{names})|(?P<first>{names}) {_HEAD}",
    )


# ---------------------------------------------------------------------------------------------------------------------
# Russia's


class RussianOffices(Record):
    """Regions, bodies and titles that show an office to be Russia's though it does not name the state."""

    regions: tuple[Line, ...]
    """Names of regions, without `Region`, `Territory`, `Republic`."""
    cities: tuple[Line, ...]
    bodies: tuple[Line, ...]
    forces: tuple[Line, ...]
    titles: tuple[Line, ...]
    source: Line


@cache
def russian_offices() -> RussianOffices:
    """Reads the hand-kept list. Raises `ValueError`, naming the file, where it is wrong."""
    return read_table(RussianOffices, Path(__file__).with_name("russian_offices.toml"))


def _russian(office: str) -> str | None:
    return "RUS" if any(map(_is_russian, dict.fromkeys((office, _without_slips(office))))) else None


def _is_russian(office: str) -> bool:
    small = _small(office)
    if _NAMING_RUSSIA.fullmatch(small):
        return True
    # `Member of the State Duma` is a title, and may be a place's or a body's office too.
    return any(map(_russian_office().fullmatch, dict.fromkeys((_with_marks(small), _with_marks(small, but="titles")))))


_NAMING_RUSSIA = re.compile(
    r"(?:[\w’-]+ )*(?:commissioner|ombudsman)(?: [\w’ ,-]+)? (?:in|of) (?:russia|the russian federation)|"
    r"[\w’ -]*\brussian (?:armed forces|navy|army|air force|ground forces|group of forces|aerospace forces)\b[\w’ -]*",
)


_LISTS = ("regions", "cities", "bodies", "forces", "titles")
_FIRST_MARK = 0xA000
"""Marks are letters of a script that no office is written in."""


@cache
def _marks(but: str = "") -> Mapping[str, str]:
    """For each name of the hand-kept lists, but those of one, in lower case a letter that stands for it: one for all names that
    are in the same lists. A pattern of letters compiles in much less time than one of names."""
    found: dict[str, list[str]] = {}
    for name in _LISTS:
        for each in getattr(russian_offices(), name):
            found.setdefault(each.lower(), []).append(name)
    kinds = sorted({tuple(lists) for lists in found.values()})
    return {name: chr(_FIRST_MARK + kinds.index(tuple(lists))) for name, lists in found.items() if but not in lists}


@cache
def _marks_of(list_name: str) -> str:
    """A pattern of the marks that stand for names of a list."""
    names = {name.lower() for name in getattr(russian_offices(), list_name)}
    return f"[{''.join(sorted({mark for name, mark in _marks().items() if name in names}))}]"


def _with_marks(office: str, *, but: str = "") -> str:
    """An office with the longest names of the lists, but those of one, as their marks."""
    marks, words, found = _marks(but), office.split(" "), list[str]()
    while words:
        starts = ((n, " ".join(words[:n])) for n in range(min(len(words), _most_words()), 0, -1))
        length, mark = next(((n, marks[start]) for n, start in starts if start in marks), (1, words[0]))
        found.append(mark)
        words = words[length:]
    return " ".join(found)


@cache
def _most_words() -> int:
    return max(len(name.split(" ")) for name in _marks())


def _any_of(names: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")"


@cache
def _russian_office() -> re.Pattern[str]:
    kind = r"(?: (?:region|territory|republic|autonomous (?:area|region|okrug)|district))?"
    region = rf"(?:the )?(?:(?:republic|city) of )?{_marks_of('regions')}{kind}"
    place = rf"(?:{region}|(?:the )?(?:city of )?{_marks_of('cities')}(?: city)?)"
    of_region = (
        rf"(?:{_MODIFIERS}(?:(?:lieutenant |vice[ -])?governor(?:-general)?|head|mayor|president|premier|city manager|ombudsman)|"
        r"(?:[\w’,-]+ ){0,6}minister(?: (?:of|for) [\w’ ,-]+?)?)"
    )
    assembly = (
        r"(?:(?:regional|city|state|legislative|people’s) )*(?:duma|assembly|council|parliament|legislature|government|"
        r"administration|khural|kurultai|gordinsky)"
    )
    head = rf"(?:[\w’-]+ ){{0,4}}?(?:(?:vice|deputy|first|acting)-)*{_HEAD_NOUN}(?: of staff)?"
    body = _marks_of("bodies")
    part = r"(?:(?:[\w’-]+ ){0,3}(?:committee|commission|department|directorate|office|staff)(?: (?:on|for|of) [\w’ ,-]+)?)"
    return re.compile(
        rf"(?:{of_region}|{head} of (?:the )?(?:{place} )?{assembly}) of {place}|{head} of (?:the )?{place} {assembly}|"
        rf"{place} (?:{of_region}|{assembly} {head})|"
        rf"{head} (?:of|at|in) (?:the )?(?:{part} (?:of|at|in) )?(?:the )?{body}(?: {part})?|{body} (?:{part} )?{head}|"
        rf"{head} (?:of|for) (?:the )?(?:troops (?:of|in) the )?{_marks_of('forces')}|{_marks_of('forces')} {head}|"
        rf"(?:{_MODIFIERS})?{_marks_of('titles')}(?: [\w’ ,()-]+)?",
    )


@cache
def _words_by_slip() -> Mapping[str, str]:
    """The words of the hand-kept list and of offices, by what each shares with a word that is one slip away."""
    offices = russian_offices()
    names = (*offices.regions, *offices.bodies, *offices.titles)
    words = {word for name in names for word in name.split()} | {"Governor", "Chairman", "Director", "Secretary"}
    return {key: word for word in sorted(words) if len(word) >= _SHORTEST_WITH_SLIP for key in slip_keys(word)}


_SHORTEST_WITH_SLIP = 7
"""Letters of a word of an office that is known in spite of a slip, at least."""


def _without_slips(office: str) -> str:
    """An office with its words as the lists have them, where one letter is too many, missing, wrong or out of place."""
    by_slip = _words_by_slip()
    return " ".join(
        next((by_slip[key] for key in slip_keys(word) if key in by_slip), word)
        if len(word) >= _SHORTEST_WITH_SLIP - 1
        else word
        for word in office.split()
    )


# ---------------------------------------------------------------------------------------------------------------------
# Offices of a state that is not named

_STATE_BODIES = (
    r"(?:federal [\w ,’-]*(?:service|agency)(?: (?:for|of|on) [\w ,’-]+)?|(?:national )?security council|central bank|"
    r"constitutional court|supreme court|central election commission|(?:general|main) staff|investigative committee|"
    r"(?:armed|air|ground|land|naval|airborne|space) (?:forces?|troops)|navy|national guard(?: troops)?|"
    r"foreign intelligence service|(?:federal |state )?border service|treasury|government (?:executive office|staff)|"
    r"government|pension fund|supreme arbitration court|state council|[\w ,’-]+ ministry|ministry (?:of|for) [\w ,’-]+)"
)


@cache
def _unnamed_states_office() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:first|deputy|acting|vice|interim) )*(?:(?:\w[\w’-]*,? )+minister|"
        # `Minister of Culture`, but not of Bavaria's.
        r"minister(?: (?:of|for|without) (?!.* of )[\w ,’-]+)?)|"
        r"(?:russian )?presidential (?:aide|advis[eo]r|press secretary|"
        r"(?:commissioner|plenipotentiary|special representative) [\w ,’-]+)|"
        r"(?:(?:first|deputy) )*prosecutor[ -]general|senator|"
        r"(?:commissioner|ombudsman) (?:for|on) [\w ,’-]*rights|[\w ,’-]+ rights (?:commissioner|ombudsman)|"
        rf"(?:(?:first|deputy|acting) )*(?:{_HEAD}|chief) of (?:the )?{_STATE_BODIES}(?: of (?:the )?{_STATE_BODIES})?|"
        rf"{_STATE_BODIES} {_HEAD}|"
        r"(?:(?:acting|interim|deputy) )*(?:governor|head) of (?:the )?[\w ’-]+ (?:region|territory|autonomous area)",
    )


@lru_cache(maxsize=4096)
def is_office_of_a_state(role: str) -> bool:
    """Whether an office is a state's though it names none: a minister, or the head of a body that every state has."""
    return any(_unnamed_states_office().fullmatch(_small(office)) for office in _offices(role))


# ---------------------------------------------------------------------------------------------------------------------
# States in running text

_WORDS_TO_OFFICE = 4
"""How many words after a state's name or adjective may stand before the office: `Turkish First Deputy Foreign Minister`."""
_WORDS_FROM_OFFICE = 10
_TALKS = re.compile(
    r"(?:\b(?:talks?|meetings?|met|negotiations|consultations|conversation|delegations?|visit(?:ed|ing)?|trip|telephone call) "
    r"(?:\w+ )?(?:with|between|from|of|to|by) (?:the )?(?:(?:delegation|leaders?|leadership|heads?) of )?(?:the )?"
    r"(?:[A-Z]\w+ and )?(?:Republic of |Kingdom of )?)$",
    re.IGNORECASE,
)
_AFTER_TALKS = re.compile(
    r"(?:talks|summit|negotiations|consultations|delegation|intergovernmental|interparliamentary)", re.I
)


def names_another_state(text: str, state: str) -> bool:
    """Whether a text speaks of an office of a state beside this one, `President of Turkey`, `Turkish delegation`, or of talks
    with one or a visit to it. A state in other words, a war, a match, a person called German, does not speak on the page."""
    words = [word.strip("()[]“”,.;:!?…") for word in normal_form(text).split()]
    capitals = ((start, word) for start, word in enumerate(words) if word and word[0].isupper())
    return any(
        _is_talks_of(word, words[start + 1 : start + 3], state) or _is_of(words, start, state)
        for start, word in capitals
    )


def _is_talks_of(word: str, following: list[str], state: str) -> bool:
    """Whether a word with a hyphen stands before talks of another state: `Russian-Turkish talks`, `Russia–Turkey summit`."""
    parts = re.split(r"[-–]", word)
    return (
        len(parts) > 1
        and bool(_AFTER_TALKS.match(" ".join(following)))
        and any((country_of_adjective(part) or state_code(part) or state) != state for part in parts)
    )


def _is_of(words: list[str], start: int, state: str) -> bool:
    """Whether another state's name or adjective stands at a place, in an office or after `talks with`."""
    if POSSESSIVE.sub("", words[start]).casefold() not in first_words_of_states():
        return False
    for length in range(_LONGEST_ADJECTIVE, 0, -1):
        name = POSSESSIVE.sub("", " ".join(words[start : start + length]))
        if length == 1 and is_given_name(name) and _goes_on_as_name(words[start + 1 : start + 2]):
            return False
        code = country_of_adjective(name) or state_code(name)
        if (code and code != state) or is_state_without_code(name):
            return _before_office(words[start + length : start + length + _WORDS_TO_OFFICE]) or _after_office_or_talks(
                words[max(0, start - _WORDS_FROM_OFFICE) : start]
            )
    return False


def _goes_on_as_name(following: list[str]) -> bool:
    """Whether a family name stands behind `German`, and no `Chancellor` or `Foreign Minister`."""
    return any(is_name_token(word) and word.casefold() not in OFFICE_MODIFIERS for word in following)


def _before_office(following: list[str]) -> bool:
    for word in following:
        if is_office_noun(word) or word in ("delegation", "delegations", "side"):
            return True
        if not word[:1].isupper() and word.casefold() not in OFFICE_MODIFIERS:
            return False
    return False


def _after_office_or_talks(before: list[str]) -> bool:
    if _TALKS.search(" ".join(before) + " "):
        return True
    is_of_state = before[-1:] and before[-1] in ("of", "the", "Republic", "and")
    for word in reversed(before):
        if not (word in CONNECTORS or word[:1].isupper() or is_office_noun(word)):
            return False
        if is_of_state and is_office_noun(word):
            return True
    return False
