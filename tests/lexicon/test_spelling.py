"""One name spelled otherwise: what its spellings share, what a slip is, and what is another name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.lexicon.spelling import (
    fits_initials,
    is_given_name,
    is_part_of,
    is_prefix,
    is_slip,
    slip_keys,
    spelling_key,
    words_key,
)

WORD = st.text("abcdefghijklmnopqrstuvwxyzёйяю'’-", min_size=1, max_size=12)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Elphberg", "Sergey Elphberg"),
        ("Pyotr Sapt", "Petr Sapt"),
        ("Dmitry Sapt", "Dmitriy Sapt"),
        ("Dmitry Sapt", "Dmitri Sapt"),
        ("Alexei Sapt", "Aleksey Sapt"),
        ("Alexander Sapt", "Aleksander Sapt"),
        ("Natalya Sapt", "Natalia Sapt"),
        ("Yevgeny Sapt", "Evgeny Sapt"),
        ("Yury Sapt", "Iurii Sapt"),
        ("Fyodor Sapt", "Fedor Sapt"),
        ("Rupert Hentzaev", "Rupert Hentzayev"),
        ("Rupert Hentzyov", "Rupert Hentzev"),
        ("RUPERT HENTZAU", "Rupert Hentzau"),
        ("RupertHentzau", "Rupert Hentzau"),
        ("Abdul Aziz Sapt", "Abdulaziz Sapt"),
        ("Jean-Rupert Sapt", "Jean Rupert Sapt"),
        ("Filipp Sapt", "Philip Sapt"),
        ("Rüpert Sapt", "Rupert Sapt"),
    ],
)
def test_the_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rupert Hentzau", "Rudolf Hentzau"),
        ("Alexander Sapt", "Alexandra Sapt"),
        ("Maria Sapt", "Mara Sapt"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Rupert Sapt", "Rupert Sapf"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("Rpuert Hentzau", "Rupert Hentzau"),
        ("Ruprt Hentzau", "Rupert Hentzau"),
        ("Rupeert Hentzau", "Rupert Hentzau"),
        ("Rupert Hemtzau", "Rupert Hentzau"),
        ("Rupert Hentzua", "Rupert Hentzau"),
        ("Rupert Hentzauu", "RupertHentzau"),
        ("RupertHentzauu", "Rupert Hentzau"),
        ("Rupert von Hentzaun", "RupertvonHentzau"),
        ("Ivan Sabt", "Ivan Sapt"),
        ("RUPERT HEMTZAU", "Rupert Hentzau"),
        ("Rüpert Hemtzau", "Rupert Hentzau"),
    ],
)
def test_a_letter_more_fewer_or_other_or_two_exchanged_is_a_slip(slip: str, name: str) -> None:
    assert is_slip(slip, name)
    assert is_slip(name, slip)
    assert {*slip_keys(slip)} & {*slip_keys(name)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rupert Hentzau", "Rupert Hentzau"),
        ("Rupert Hentzau", "Rudolf Hentzau"),
        ("Ivan Petrov", "Ivan Vetrov"),
        ("Ivan Petrov", "Ivan Petrova"),
        ("Alexander Petrov", "Alexandra Petrov"),
        ("Li Na", "Li Ma"),
        ("Ivan Sap", "Ivan Sab"),
        ("Rupert Hentzau", "Rupert Hentzauer"),
        ("Rupert Hentzau", "Rupert Hentzauerer"),
        ("Rupert Hentzau", "Ruperta Hentzau"),
    ],
)
def test_another_name_is_no_slip(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert not is_slip(other, one)


@given(NAME, NAME)
def test_a_slip_is_one_both_ways_and_shares_a_key(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    assert not is_slip(one, other) or {*slip_keys(one)} & {*slip_keys(other)}


@given(NAME)
def test_the_key_of_a_name_does_not_see_capitals_or_spaces(name: str) -> None:
    assert spelling_key(name.upper()) == spelling_key(name.upper().lower())
    assert spelling_key(name) == "".join(words_key(name))


@given(st.from_regex(r"[A-Za-z]{1,12}( [A-Za-z]{1,12}){0,2}", fullmatch=True), st.data())
def test_a_name_without_one_of_its_letters_is_found_by_a_shared_key(name: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(name) - 1))
    assert {*slip_keys(name)} & {*slip_keys(name[:index] + name[index + 1 :])}


@pytest.mark.parametrize("short", ["R.Hentzau", "R. Hentzau", "R.F. Hentzau", "R. F. Hentzau"])
def test_initials_fit_the_name_that_begins_with_them(short: str) -> None:
    assert fits_initials(short, "Rupert Hentzau")
    assert not fits_initials(short, "Michael Hentzau")
    assert not fits_initials(short, "Rupert Sapt")
    assert not fits_initials("Rupert Hentzau", "Rupert Hentzau")
    assert fits_initials(short, "Rupert Fritz Michael Hentzau")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Hentzau", "Rupert Hentzau"),
        ("R. Hentzau Elphberg", "Rupert Hentzau"),
        ("R. F.", "Rupert Hentzau"),
        ("H. Hentzau", "Hentzau"),
    ],
)
def test_initials_stand_beside_one_family_name_and_for_a_given_name(short: str, full: str) -> None:
    assert not fits_initials(short, full)


def test_a_part_of_a_name_is_its_end_or_its_first_word_and_more() -> None:
    full = "Rudolf Fritz von der Elphe".split()
    assert is_part_of(["Elphe"], full)
    assert is_part_of("von der Elphe".split(), full)
    assert is_part_of(["Rudolf", "Elphe"], full)
    assert not is_part_of(["Rudolf"], full)
    assert not is_part_of(["Fritz"], full)
    assert not is_part_of(["Rupert", "Elphe"], full)
    assert not is_part_of(full, full)
    assert not is_part_of([], full)


def test_a_prefix_of_a_name_is_some_of_its_first_words_but_not_all() -> None:
    full = ["Von", "Elphe", "Rudolf"]
    assert is_prefix(["Von"], full)
    assert is_prefix(["Von", "Elphe"], full)
    assert not is_prefix(["Rudolf"], full)
    assert not is_prefix(["Elphe", "Rudolf"], full)
    assert not is_prefix([], full)
    assert not is_prefix(full, full)


@pytest.mark.parametrize(
    "word", ["Vladimir", "Sergey", "Sergei", "Jean-Claude", "Natalia", "Abd-Ullah", "Zulfiya", "Rupert"]
)
def test_a_given_name_is_known_in_any_spelling(word: str) -> None:
    assert is_given_name(word)


@pytest.mark.parametrize("word", ["Nizhny", "Buenos", "Phytosanitary", "Tula", "Georgia", "Key", ""])
def test_another_word_is_no_given_name(word: str) -> None:
    assert not is_given_name(word)
