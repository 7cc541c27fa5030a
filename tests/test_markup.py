"""Marks that tools leave in a text: which are found, which signs are the page's own, and how offsets map back."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.markup import find_markup, strip_markup


def stripped(text: str) -> str:
    """A text without a tool's marks, none of which holds a line break, meets another or is empty."""
    marks = find_markup(text)
    assert all(start < end and "\n" not in text[start:end] for start, end in marks)
    assert all(before[1] <= after[0] for before, after in pairwise(marks))
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


# ---------------------------------------------------------------------------------------------------------------------
# Links and cards


def test_of_a_link_its_words_alone_are_the_page_s() -> None:
    assert stripped("In [Zenda](http://zenda.example/a_b) they met.") == "In Zenda they met."


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
