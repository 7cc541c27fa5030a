"""States by their names, their adjectives and the site's codes."""

import pytest

from builder.lexicon.countries import (
    country_code,
    country_code_of_alpha_2,
    country_of_adjective,
    first_words_of_states,
    is_state,
    is_state_without_code,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kazakhstan", "KAZ"),
        ("KAZAKHSTAN", "KAZ"),
        ("the Netherlands", "NLD"),
        ("The Netherlands", "NLD"),
        ("Gambia", "GMB"),
        ("Republic of Serbia", "SRB"),
        ("Côte d’Ivoire", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Lao People’s Democratic Republic", "LAO"),
        ("Lao People's Democratic Republic", "LAO"),
        ("Abkhazia", None),
        ("Zenda", None),
        ("", None),
    ],
)
def test_the_code_of_a_state_is_found_by_its_names_with_an_article_or_without(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("name", "state", "has_no_code"),
    [
        ("Serbia", True, False),
        ("the Netherlands", True, False),
        ("Abkhazia", True, True),
        ("SOUTH OSSETIA", True, True),
        ("Zenda", False, False),
        ("", False, False),
    ],
)
def test_a_name_is_a_state_s_with_a_code_or_without(name: str, state: bool, has_no_code: bool) -> None:
    assert is_state(name) is state
    assert is_state_without_code(name) is has_no_code


@pytest.mark.parametrize(
    ("adjective", "code"),
    [("Turkish", "TUR"), ("SOUTH AFRICAN", "ZAF"), ("the Dutch", "NLD"), ("Turkey", None), ("Ruritanian", None)],
)
def test_a_state_is_known_by_its_adjective(adjective: str, code: str | None) -> None:
    assert country_of_adjective(adjective) == code


def test_the_first_words_of_states_are_those_of_their_names_and_adjectives() -> None:
    words = first_words_of_states()
    assert {"saudi", "serbia", "south", "sri", "turkish"} <= words
    assert not words & {"arabia", "the", "zenda", "Serbia"}


@pytest.mark.parametrize(("code", "alpha_3"), [("KZ", "KAZ"), ("XA", None), ("XO", None), ("ZZ", None)])
def test_the_site_s_codes_are_iso_s_but_for_states_without_one(code: str, alpha_3: str | None) -> None:
    assert country_code_of_alpha_2(code) == alpha_3
