"""Names as the site lists them: in which order they are spoken, and which label's name can be one."""

import pytest

from builder.lexicon.site_names import SiteName, fits, in_speech, is_listed_as, orders, spoken_names

THIRTY_WORDS = " ".join(["Elphberg", *("Rudolf" for _ in range(29))])


@pytest.mark.parametrize(
    ("listed", "labels", "spoken"),
    [
        # Two words: the family name stands first in the list, whichever is spoken first
        ("Hentzau Rupert", ["Rupert Hentzau"], SiteName("Rupert Hentzau", "Rupert", "Hentzau", True)),
        ("Hentzau Rupert", ["Hentzau Rupert"], SiteName("Hentzau Rupert", "Rupert", "Hentzau", True)),
        ("Hentzau Rupert", ["Fritz Sapt", "Rupert Hentzau"], SiteName("Rupert Hentzau", "Rupert", "Hentzau", True)),
        ("Hentzau Rupert", ["Mr Hentzau Rupert"], SiteName("Rupert Hentzau", "Rupert", "Hentzau", False)),
        ("Hentzau Rupert", [], SiteName("Rupert Hentzau", "Rupert", "Hentzau", False)),
        ("Rupert Rupert", ["Rupert"], SiteName("Rupert Rupert", "Rupert", "Rupert", False)),
        # More: only a label shows where the family name ends
        ("Elphberg Rudolf Fritz", ["Rudolf Elphberg"], SiteName("Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg", True)),
        ("Elphberg Rudolf Fritz", ["Rudolf V Elphberg"], SiteName("Rudolf Fritz Elphberg", "Rudolf Fritz", "Elphberg", True)),
        ("Von Elphe Flavia", ["Flavia Fritz Von Elphe"], SiteName("Flavia Von Elphe", "Flavia", "Von Elphe", True)),
        ("Sapt Fritz Rudolf", ["Sapt Fritz Rudolf"], SiteName("Sapt Fritz Rudolf", None, None, True)),
        ("Elphberg Rudolf Fritz", ["Rudolf Hentzau"], None),
        ("Elphberg Rudolf Fritz", ["Rupert Hentzau"], None),
        ("Elphberg Rudolf Fritz", ["Fritz Elphberg"], None),
        ("Elphberg Rudolf Fritz", [], None),
        # One
        ("Rudolf", ["Rudolf"], SiteName("Rudolf", None, None, True)),
        ("Rudolf", [], SiteName("Rudolf", None, None, False)),
        # With a title, no order of words shows what of it is a name
        ("Rudolf of Zenda", ["Rudolf of Zenda"], None),
        ("King Rudolf", ["King Rudolf"], None),
        ("Rudolf Prince", ["Prince Rudolf"], None),
        # More words than a name has
        (THIRTY_WORDS, [THIRTY_WORDS], SiteName(THIRTY_WORDS, None, None, True)),
        (f"{THIRTY_WORDS} Fritz", [f"{THIRTY_WORDS} Fritz"], None),
    ],
)  # fmt: skip
def test_a_listed_name_is_put_in_the_order_that_a_label_shows_else_in_the_usual_one(
    listed: str, labels: list[str], spoken: SiteName | None
) -> None:
    assert in_speech(listed, labels) == spoken


@pytest.mark.parametrize(
    ("listed", "label", "is_one"),
    [
        ("Hentzau Rupert", "Rupert Hentzau", True),
        ("Hentzau Rupert", "Hentzau Rupert", True),
        ("Hentzau Rupert", "RUPERT HENTZAU", True),
        ("Hentzau Rupert", "Rupert Hentzow", False),
        ("Hentzau Rupert", "Hentzau", False),
        ("Rudolf V King of Ruritania", "King of Ruritania Rudolf V", True),
        ("Rudolf V King of Ruritania", "KING RUDOLF V", True),
        ("Rudolf V King of Ruritania", "King Michael V", False),
        ("Rudolf V King of Ruritania", "King", False),
        ("Rudolf of Zenda", "Rudolf Zenda", True),
        ("Prince Rudolf Elphberg", "Rudolf Elphberg", True),
        ("Prince Rudolf Elphberg", "Prince Michael", False),
    ],
)
def test_a_label_has_a_listed_name_in_another_order_or_with_a_title_some_of_it(
    listed: str, label: str, is_one: bool
) -> None:
    assert is_listed_as(listed, label) is is_one


@pytest.mark.parametrize(
    ("listed", "label", "does"),
    [
        ("Hentzau Rupert", "Hentzau", True),
        ("Hentzau Rupert", "Rupert Sapt", True),
        ("Hentzayev Sergei", "Hentzaev", True),
        ("Hentzau Rupert", "Ruprt Hentzauh", False),
        ("HentzauRupert", "RupertHentzau", False),
        ("Hentzau Rupert", "RupretHentzau", True),
        ("Hentzau Rupert", "Fritz Sapt", False),
    ],
)
def test_a_listed_name_fits_where_a_word_is_the_same_or_the_whole_but_for_a_slip(
    listed: str, label: str, does: bool
) -> None:
    assert fits(listed, label) is does


def test_a_listed_name_may_be_spoken_from_each_of_its_words_on() -> None:
    assert orders("Von Elphe Flavia") == ("Elphe Flavia Von", "Flavia Von Elphe", "Von Elphe Flavia")
    assert orders("Rudolf") == ("Rudolf",)
    assert len(orders(THIRTY_WORDS)) == 30
    assert orders(f"{THIRTY_WORDS} Fritz") == (f"{THIRTY_WORDS} Fritz",)


def test_the_spoken_names_of_several_are_all_orders_of_each() -> None:
    assert [*spoken_names(["Hentzau Rupert", "Rudolf"])] == ["Rupert Hentzau", "Hentzau Rupert", "Rudolf"]
