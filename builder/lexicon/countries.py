"""States and their ISO 3166-1 alpha-3 codes, from pycountry and the few names that the site writes its own way."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pycountry

REFERENCE = Path(__file__).parent / "countries.toml"


@cache
def country_names() -> Mapping[str, str | None]:
    """Every name of a state, case-folded and without a leading article, and its code; None where ISO assigns none."""
    names: dict[str, str | None] = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if name := getattr(country, attribute, None):
                names[_key(name)] = country.alpha_3
    for name, code in _reference()["names"].items():
        if code and pycountry.countries.get(alpha_3=code) is None:
            raise ValueError(f"{REFERENCE.name}: {name}: expected an ISO 3166-1 alpha-3 code, found {code!r}")
        names[_key(name)] = code or None
    return names


def is_state(name: str) -> bool:
    """Whether a name is a state's."""
    return _key(name) in country_names()


def country_code(name: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a state by its name; None where it is none, or ISO assigns it no code."""
    return country_names().get(_key(name))


_FORMAL = re.compile(
    r"(?:(?:Arab|Bolivarian|Democratic|Federal|Federative|Hashemite|Islamic|People’s|Plurinational|Popular|Socialist|Sovereign|"
    r"United) )*(?:Republic|Kingdom|State|Sultanate|Emirate|Principality|Grand Duchy|Commonwealth) of (?:the )?(?:Union of )?"
    r"(?P<name>.+)|(?P<adjective>[A-Z][\w’]+) (?:Arab )?(?:Republic|Kingdom|Confederation|(?:National )?Authority)"
)


@lru_cache(maxsize=4096)
def state_code(name: str) -> str | None:
    """The alpha-3 code of a state by its name, also one that is formal in another way than ISO's: `Kyrgyz Republic`,
    `Socialist Republic of Vietnam`."""
    if code := country_code(name):
        return code
    formal = None if is_state(name) else _FORMAL.fullmatch(name.removeprefix("the "))
    if not formal:
        return None
    return state_code(formal["name"]) if formal["name"] else country_of_adjective(formal["adjective"])


def country_of_place(name: str) -> str | None:
    """The alpha-3 code of the state of which a region or town outside Russia is, as countries.toml lists some."""
    return _places().get(_key(name))


@cache
def _places() -> Mapping[str, str]:
    return {_key(name): code for code, names in _reference()["places"].items() for name in names}


def country_of_parliament(name: str) -> str | None:
    """The alpha-3 code of the one state that calls its parliament so, as countries.toml lists some."""
    return _parliaments().get(_key(name))


def parliaments() -> tuple[str, ...]:
    """The names of these parliaments, case-folded."""
    return tuple(_parliaments())


@cache
def _parliaments() -> Mapping[str, str]:
    return {_key(name): code for code, names in _reference()["parliaments"].items() for name in names}


@cache
def first_words_of_states() -> frozenset[str]:
    """The first words, case-folded, of all names and adjectives of states."""
    return frozenset(name.split()[0] for name in (*country_names(), *_adjectives()))


def is_state_without_code(name: str) -> bool:
    """Whether a name is listed as a state's to which ISO assigns no code."""
    return is_state(name) and country_code(name) is None


def country_of_adjective(adjective: str) -> str | None:
    """The alpha-3 code of the state whose adjective this is: `Turkish`; None where it is none."""
    return _adjectives().get(_key(adjective))


@cache
def _adjectives() -> Mapping[str, str]:
    adjectives = {}
    for adjective, code in _reference()["adjectives"].items():
        if pycountry.countries.get(alpha_3=code) is None:
            raise ValueError(f"{REFERENCE.name}: {adjective}: expected an ISO 3166-1 alpha-3 code, found {code!r}")
        adjectives[_key(adjective)] = code
    return adjectives


@cache
def _reference() -> dict[str, dict[str, Any]]:
    return tomllib.loads(REFERENCE.read_text("utf-8"))


@cache
def country_code_of_alpha_2(code: str) -> str | None:
    """The alpha-3 code of an alpha-2 code; None for those of the site that ISO does not assign, which countries.toml lists."""
    if code in _reference()["site_codes"]:
        return country_code(_reference()["site_codes"][code])
    country = pycountry.countries.get(alpha_2=code)
    return country.alpha_3 if country else None


def _key(name: str) -> str:
    return name.replace("'", "’").casefold().removeprefix("the ")
