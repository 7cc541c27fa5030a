"""Marks that tools leave in a text: which are found, which signs are the page's own, and how offsets map back."""

from itertools import accumulate, pairwise
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.reading.markup import find_markup, strip_markup
from builder.reading.markup_cards import find_cards


def stripped(text: str) -> str:
    """A text without a tool's marks, none of which holds a line break, meets another or is empty."""
    marks = find_markup(text)
    assert all(start < end and "\n" not in text[start:end] for start, end in marks)
    assert all(before[1] < after[0] for before, after in pairwise(marks))
    return strip_markup(text, marks).text


# ---------------------------------------------------------------------------------------------------------------------
# Emphasis


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Zenda** lies on the Elphe.", "Zenda lies on the Elphe."),
        ("*Zenda* lies on the Elphe.", "Zenda lies on the Elphe."),
        ("__Zenda__ lies on the Elphe.", "Zenda lies on the Elphe."),
        ("A*B* and ***C***", "AB and C"),
        ("We won _in the end_.", "We won in the end."),
        ("**_Zenda_** lies on the Elphe.", "Zenda lies on the Elphe."),
        ("____Zenda____ and ****peace****", "Zenda and peace"),
    ],
)
def test_emphasis_is_a_mark_from_the_first_character_of_a_text_on(text: str, plain: str) -> None:
    assert stripped(text) == plain
    assert stripped(f"Long ago.\n{text}") == f"Long ago.\n{plain}"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"2 \* 3 \* 4", "2 * 3 * 4"),
        (r"\*Zenda", "*Zenda"),
        (r"a \*** b", "a *** b"),
        (r"\_Zenda\_", "_Zenda_"),
        (r"19\. May \[4\]", "19. May [4]"),
        (r"C:\Zenda", r"C:\Zenda"),
        (r"\*\*Zenda\*\* and *Elphe*", "**Zenda** and Elphe"),
    ],
)
def test_of_an_escaped_sign_the_backslash_alone_is_a_mark(text: str, plain: str) -> None:
    assert stripped(text) == plain


@pytest.mark.parametrize("separator", ["* * *", "***", "*  *  *", " * * *"])
def test_a_separator_of_asterisks_is_the_page_s_own(separator: str) -> None:
    assert stripped(f"They met.\n{separator}\nThey *parted*.") == f"They met.\n{separator}\nThey parted."
    assert stripped(separator) == separator


def test_an_escaped_separator_is_one_without_its_backslashes() -> None:
    assert stripped("They met.\n\\* \\* \\*\nThey parted.") == "They met.\n* * *\nThey parted."


def test_an_underscore_within_a_word_is_the_page_s_own() -> None:
    assert stripped("the file zenda_map_2 and _this_") == "the file zenda_map_2 and this"


# ---------------------------------------------------------------------------------------------------------------------
# Notes in Markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[[Rupert]] met [[Flavia Elphberg|Flavia]].", "Rupert met Flavia."),
        ("They met [in Zenda].", "They met [in Zenda]."),
        ("It ==rains in Zenda== now.", "It rains in Zenda now."),
        ("1 == 1 and 2 == 2", "1 == 1 and 2 == 2"),
        ("Talks\n=====", "Talks\n"),
        ("They met.[^a]\n\n[^a]: In Zenda: so the King says.\nAnd left.", "They met.\n\n\nAnd left."),
        ("::: {.lead}\nThey met.\n:::::", "\nThey met.\n"),
        ("# Talks {#talks .title}\nThey met {in Zenda}.", "Talks \nThey met {in Zenda}."),
        ("[Rupert](/5){.person} met [Flavia][1] and [2].\n\n[1]:\nhttp://a.b/c", "Rupert met Flavia and .\n\n\n"),
    ],
)
def test_marks_of_notes_and_of_pandoc_are_found(text: str, plain: str) -> None:
    assert stripped(text) == plain


# ---------------------------------------------------------------------------------------------------------------------
# Bullets and headings


def test_a_dash_is_a_bullet_where_more_than_half_of_the_lines_begin_with_one() -> None:
    assert (
        stripped("– Bread.\n– Wine.\n– Peace.\n\nAnd that is all.\n")
        == " Bread.\n Wine.\n Peace.\n\nAnd that is all.\n"
    )


def test_dashes_that_half_of_the_lines_begin_with_are_the_page_s_own() -> None:
    text = "– Bread.\n– Wine.\n\nPeace.\nAnd that is all.\n"
    assert stripped(text) == text


def test_where_dashes_are_bullets_other_signs_at_the_start_of_a_line_still_are_marks() -> None:
    assert stripped("# Talks\n– Bread.\n– Wine.\n* Peace.\n– Songs.") == "Talks\n Bread.\n Wine.\nPeace.\n Songs."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("> We met.\n> They left.", "We met.\nThey left."),
        ("We met.\n-----\nThey left.", "We met.\n\nThey left."),
        ("We met.\n\n\n=====\n\n~~~\nThey left.", "We met.\n\n\n\n\n\nThey left."),
        ("## Talks\n> ## Peace", "Talks\nPeace"),
    ],
)
def test_quotation_marks_and_rules_of_a_line_are_marks(text: str, plain: str) -> None:
    assert stripped(text).replace(" ", "") == plain.replace(" ", "")


# ---------------------------------------------------------------------------------------------------------------------
# Addresses and notes


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("By the Elphe <http://elphe.example>, they met.", "By the Elphe, they met."),
        ("They met (http://elphe.example/a_b).", "They met."),
        ("They met [http://elphe.example]", "They met"),
        ("At <http://elphe.example> they met.", "At  they met."),
        ("In <http://zenda.example>Xanten they met.", "In Xanten they met."),
        ("By the Elphe,<http://elphe.example>, they met.", "By the Elphe,, they met."),
        ("<http://elphe.example>, they met. ", ", they met. "),
        ("<http://elphe.example/(http://zenda.example>) they met.", ") they met."),
    ],
)
def test_an_address_goes_with_the_space_before_it_where_punctuation_or_nothing_follows(text: str, plain: str) -> None:
    assert stripped(text) == plain


def test_a_note_s_sign_leaves_the_space_before_it() -> None:
    assert stripped("They met [1], and parted.[^2]") == "They met , and parted."


# ---------------------------------------------------------------------------------------------------------------------
# Links and cards


def test_of_a_link_its_words_alone_are_the_page_s() -> None:
    assert stripped("In [Zenda](http://zenda.example/a_b) they met.") == "In Zenda they met."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("They met] in [Zenda](/zenda).", "They met] in Zenda."),
        ("In [Zenda]{.place} they met.", "In Zenda they met."),
        ("In [old [Zenda](/zenda) town](/town) they met.", "In old Zenda town they met."),
        (r"In [Zenda \[old\] town](/zenda) they met.", "In Zenda [old] town they met."),
        (r"In [Zenda\. Town](/zenda) they met.", "In Zenda. Town they met."),
        ("They met [in Zenda](laughter) and parted.", "They met [in Zenda](laughter) and parted."),
        ("They met [in Zenda] and parted.", "They met [in Zenda] and parted."),
    ],
)
def test_brackets_are_a_mark_where_they_are_a_link_s(text: str, plain: str) -> None:
    assert stripped(text) == plain


def test_of_a_link_by_name_the_words_alone_are_the_page_s_and_an_editor_s_words_keep_their_brackets() -> None:
    text = "We met [in Zenda], on the [Elphe].\n\n[elphe]: http://zenda.example/elphe\n"
    assert stripped(text) == "We met [in Zenda], on the Elphe.\n\n\n"


@pytest.mark.parametrize(
    ("before", "after", "plain"),
    [
        ("![Moat](/moat.jpg) ", " came.", "Moat Rupert Hentzau came."),
        ("", " came. ![Moat](/moat.jpg)", "Rupert Hentzau came. Moat"),
        ("![Moat](/moat.jpg) ", " came. ![Moat](/moat.jpg)", "Moat Rupert Hentzau came. Moat"),
    ],
)
def test_a_picture_beside_a_link_leaves_the_link_s_words_alone(before: str, after: str, plain: str) -> None:
    assert stripped(f"{before}[Rupert Hentzau](/persons/52){after}") == plain


@pytest.mark.parametrize("beside", ["", "![Moat](/moat.jpg) "])
@pytest.mark.parametrize(
    "card",
    ["![](/small/52.jpg) Head of a later day", " Hentzau RupertCount of Festenburg", " Background information Card"],
)
def test_a_hover_card_within_a_link_is_not_the_page_s_words(card: str, beside: str) -> None:
    text = f"{beside}[Rupert Hentzau{card}](/persons/52) came."
    assert stripped(text).removeprefix("Moat ").replace("  ", " ") == "Rupert Hentzau came."


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Zenda Background information on a castle Background information on a town", "Zenda "),
        ("Background information on a castle", ""),
        ("XX![](/20.jpg) a century ago", "XX"),
        ("Zenda![](/1.jpg) a castle ![](/2.jpg) of old", "Zenda"),
        ("**![Moat](/moat.jpg)**", "Moat"),
        ("\xa0\\_![Moat](/moat.jpg)", "\xa0_Moat"),
        ("Rupert Hentzau Hentzau Rupert keeper of the seal", "Rupert Hentzau"),
    ],
)
def test_of_a_link_s_words_all_from_a_card_or_a_picture_behind_a_word_on_are_a_tool_s(words: str, plain: str) -> None:
    assert stripped(f"In [{words}](/zenda) they met.") == f"In {plain} they met."


@pytest.mark.parametrize(("more", "left"), [(0, ""), (1, " keeper of the seal")])
def test_a_person_s_card_stands_in_the_first_thousand_characters_of_a_link(more: int, left: str) -> None:
    name, card = "Rupert Hentzau", " Rupert Hentzau"
    before = "o" * (1000 - len(f" {name}{card}") + more)
    assert stripped(f"[{before} {name}{card} keeper of the seal](/persons/52)") == f"{before} {name}{left}"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Rupert Hentzau Rupert Hentzau came.", "Rupert Hentzau came."),
        ("Rupert Hentzau Hentzau RupertCount of Festenburg came.", "Rupert Hentzau came."),
        ("Jan Jan Hentzau Hentzau Jan Jan came.", "Jan Jan Hentzau came."),
        ("Rupert Hentzau Hentzau Rupert met Fritz Sapt Sapt Fritz.", "Rupert Hentzau met Fritz Sapt."),
        ("Rupert Hentzau Hentzau Rupert Hentzau Rupert and Fritz Sapt Sapt Fritz.", "Rupert Hentzau and Fritz Sapt."),
        (
            "Rupert Hentzau Hentzau RupertHead of the Guard (Zenda)Fritz Sapt Fritz Sapt came.",
            "Rupert HentzauFritz Sapt came.",
        ),
        ("He met Mr Hentzau Hentzau Rupert and Mr Sapt Sapt Fritz.", "He met Mr Hentzau and Mr Sapt."),
        ("In Zenda Zenda he met Rupert Hentzau Hentzau Rupert.", "In Zenda Zenda he met Rupert Hentzau."),
        (
            "Rupert Hentzau Hentzau Rupert lives at Zenda Background information Castle of Zenda (CZ), I hear.",
            "Rupert Hentzau lives at Zenda, I hear.",
        ),
        ("So Rupert Hentzau\nHentzau RupertCount\nof the\nCastle came.", "So Rupert Hentzau\n\n\n came."),
    ],
)
def test_of_each_card_in_a_text_nothing_is_left(text: str, plain: str) -> None:
    assert stripped(text) == plain


@pytest.mark.parametrize("name", ["Rupert Hentzau", "Mr Hentzau"])
def test_a_card_ends_390_characters_behind_the_name_that_stands_twice_at_the_latest(name: str) -> None:
    text = f"{name} Hentzau Rupert " + " ".join("Grandmaster" + letter * 15 for letter in ascii_lowercase)
    end = len(f"{name} Hentzau") + 390
    assert stripped(text) == name + text[end:]


def test_a_card_behind_a_link_leaves_the_link_s_words_alone() -> None:
    text = "In the [Duma Duma](/duma) he met Rupert Hentzau Hentzau Rupert yesterday."
    assert stripped(text) == "In the Duma Duma he met Rupert Hentzau yesterday."


# ---------------------------------------------------------------------------------------------------------------------
# Offsets


@given(parts=st.lists(st.tuples(st.booleans(), st.text("ab \n", min_size=0, max_size=4)), max_size=8))
def test_offsets_map_to_what_is_kept_and_back(parts: list[tuple[bool, str]]) -> None:
    text = "".join(part for _, part in parts)
    bounds = [0, *accumulate(len(part) for _, part in parts)]
    marks = [span for (is_mark, _), span in zip(parts, pairwise(bounds), strict=True) if is_mark]
    kept = [
        at for (is_mark, _), span in zip(parts, pairwise(bounds), strict=True) if not is_mark for at in range(*span)
    ]
    without = strip_markup(text, marks)
    assert without.text == "".join(text[at] for at in kept)
    for offset in range(len(text) + 1):
        assert without.find(offset) == sum(at < offset for at in kept)
    for start in range(len(kept)):
        for end in range(start + 1, len(kept) + 1):
            assert without.origin(start, end) == (kept[start], kept[end - 1] + 1)
            assert [at for a, b in without.stretches(start, end) for at in range(a, b)] == kept[start:end]


# ---------------------------------------------------------------------------------------------------------------------
# The examples that stand beside the patterns


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("Rupert Hentzau Hentzau RupertPrime Minister of Ruritania: Yes.", [" Hentzau RupertPrime Minister of Ruritania"]),
        ("Rupert Hentzau Rupert Hentzau said that", [" Rupert Hentzau"]),
        ("Rupert Hentzau said that Hentzau", []),
        ("MinisterRupert HentzauHentzau RupertKeeper of the Seal: Yes.", ["Hentzau RupertKeeper of the Seal"]),
        ("CEORupert HentzauHentzau RupertHead of zenda.org: Yes.", ["Hentzau RupertHead of zenda.org"]),
        ("Rupert HentzauHentzau RupertHead of the Mint.Fritz Sapt: Yes.", ["Hentzau RupertHead of the Mint"]),
        ("Mr Hentzau Hentzau RupertPrime Minister of Ruritania.", [" Hentzau RupertPrime Minister of Ruritania"]),
        ("Mr Hentzau Hentzau Rupert is here.", [" Hentzau Rupert"]),
        ("Mr Hentzau Rupert is here.", []),
        (
            "the ZEU Background information Zenda Economic Union (ZEU) met",
            [" Background information Zenda Economic Union (ZEU)"],
        ),
        (
            "the Union Background information Zenda Union of Trade met",
            [" Background information Zenda Union of Trade"],
        ),
    ],
)  # fmt: skip
def test_a_card_is_the_name_once_more_and_what_is_run_together_with_it(text: str, cards: list[str]) -> None:
    assert [text[start:end] for start, end in find_cards(text)] == cards


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        # What a line begins with
        ("# Zenda", ["# "]),
        ("> * Zenda", ["> * "]),
        ("-   Zenda", ["-   "]),
        ("On the Elphe\n- Zenda\nthey met.", []),
        ("* * *", []),
        # What stands in a line
        (r"2 \* 4\.", ["\\", "\\"]),
        ('Zenda<br>lies <a href="…">here</a>', ["<br>", '<a href="…">', "</a>"]),
        ("See <http://zenda.example> there", ["<http://zenda.example>"]),
        ("Zenda (/events/1) lies", ["(/events/1)"]),
        ("Zenda [http://zenda.example] lies", ["[http://zenda.example]"]),
        ("Zenda[1] and[^1] so^[1]^", ["[1]", "[^1]", "^[1]^"]),
        ("Zenda¹ and peace.² Elphe† 5 m²", ["¹", "²", "†"]),
        ("Zenda[] lies", ["[]"]),
        ("21^st^ 21^(st) 21^st", ["^", "^", "^(", ")", "^"]),
        ("**Zenda** _lies_ zenda_castle", ["**", "**", "_", "_"]),
        # What follows a link's text
        ('[Zenda](http://zenda.example "Zenda")', ["[", '](http://zenda.example "Zenda")']),
        ("[Zenda](/events/1)", ["[", "](/events/1)"]),
        ("[Zenda]{.person #1}", ["[", "]{.person #1}"]),
    ],
)
def test_a_tool_s_marks_are_these_and_no_more(text: str, marks: list[str]) -> None:
    assert [text[start:end] for start, end in find_markup(text)] == marks
