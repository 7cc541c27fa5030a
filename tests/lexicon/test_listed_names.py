"""Names as the site lists them, family name first, and as labels speak them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.lexicon.site_names import fits, in_speech, is_listed_as, orders


@pytest.mark.parametrize(
    ("listed", "label", "name", "given_name", "family_name"),
    [
        ("Hentzau Rupert", "Rupert Hentzau", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hentzau Rupert", "Hentzau", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hentzau Rupert", "Rupert Hentzow", "Rupert Hentzau", "Rupert", "Hentzau"),
        ("Hen Zau-rup", "Hen Zau-rup", "Hen Zau-rup", "Zau-rup", "Hen"),
        ("Von Elphe Flavia", "Flavia Von Elphe", "Flavia Von Elphe", "Flavia", "Von Elphe"),
        ("Elphberg Rudolf Fritz", "Rudolf Fritz Elphberg", "Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg"),
        ("Elphberg Rudolf Fritz", "Rudolf Elphberg", "Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg"),
        ("el-Elphi Abdul Rudolf", "Abdul Rudolf el-Elphi", "Abdul Rudolf el-Elphi", "Abdul Rudolf", "el-Elphi"),
        ("Rudolf", "Rudolf", "Rudolf", None, None),
    ],
)
def test_a_label_shows_the_order_of_a_listed_name(
    listed: str, label: str, name: str, given_name: str | None, family_name: str | None
) -> None:
    found = in_speech(listed, [label])
    assert found is not None
    assert (found.name, found.given_name, found.family_name) == (name, given_name, family_name)


@pytest.mark.parametrize(
    ("listed", "label"),
    [
        ("Elphberg Rudolf Fritz", "Elphberg"),
        ("Elphberg Rudolf Fritz", "Rupert Hentzau"),
        ("Rudolf V King of Ruritania", "King Rudolf V"),
        ("Rudolf V King of Ruritania", "Rudolf V"),
    ],
)
def test_a_listed_name_of_many_words_is_not_parted_by_a_guess(listed: str, label: str) -> None:
    assert in_speech(listed, [label]) is None


def test_a_name_with_its_title_is_listed_with_more_words_than_are_spoken() -> None:
    assert is_listed_as("Rudolf V King of Ruritania", "King Rudolf V")
    assert not is_listed_as("Rudolf V King of Ruritania", "Rudolf")
    assert not is_listed_as("Hentzau Rupert", "Hentzau")


def test_a_listed_name_fits_a_label_with_which_it_shares_a_word() -> None:
    assert fits("Hentzau Rupert", "Mr Hentzau")
    assert fits("Hentzaev Sergei", "Sergey Hentzayev")
    assert not fits("Hentzau Rupert", "Rudolf Elphberg")


@given(
    st.lists(st.sampled_from(["Rupert", "Hentzau", "von", "der", "Elphe", "Moon", "Zen-da"]), min_size=1, max_size=4)
)
def test_every_order_of_a_listed_name_has_its_words(words: list[str]) -> None:
    for order in orders(" ".join(words)):
        assert sorted(order.split()) == sorted(words)
