"""Damaged markup: no text of a page is lost without a word, and none is invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import FormatError, quote
from builder.reading.layouts.html_blocks import HtmlBlock, read_blocks
from builder.reading.layouts.html_tree import check_nothing_lost, parse
from tests.support.pages import html, said, term_link

SPEECH = ("The railway to Hofbau is open.", "So it is, and the harvest is in.", "Good.")
PAGE = html(
    said("President of Ruritania Rudolf Elphberg", SPEECH[0]),
    said("Rupert Hentzau", f"{SPEECH[1]} {term_link('The League')} met."),
    said("Rudolf Elphberg", SPEECH[2]),
)
ARTICLE = PAGE[PAGE.index("<article") : PAGE.index("</article>") + len("</article>")]
PLACES = [match.start() for match in re.finditer(r"(?<=[^\s])", ARTICLE)]


def words(blocks: list[HtmlBlock]) -> str:
    return "".join("".join(block.text.split()) for block in blocks)


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ('<p><a href="x"">one</a> two</p><p class="y">three</p>', ["one two", "three"]),
        ('<p class="a"b">one</p><p class="y">two</p>', ["one", "two"]),
        ("<p class='a'b'>one</p><p>two</p>", ["one", "two"]),
        ("<p><script><!--<script></script>one--></script>two</p>", ["two"]),
        ("<p><svg><style>p{}<g>one</g></style></svg>two</p>", ["two"]),
        ("<p>one<?php echo 1 ?>two</p>", ["onetwo"]),
        ("<p>one<!--a--!>two</p>", ["onetwo"]),
        ("<p>one<textarea><b>two</b></textarea></p>", ["one<b>two</b>"]),
        ("<xmp><b>one</xmp>two", ["<b>onetwo"]),
        ("<p>one<template>two</template></p>", ["one"]),
        ("<p>one<!-- two --></p>", ["one"]),
        ("<p>one<button>two</button><noscript>Allow scripts.</noscript></p>", ["one"]),
    ],
)
def test_what_a_browser_shows_is_read(markup: str, texts: list[str]) -> None:
    assert [block.text for block in read_blocks(f"<article>{markup}</article>")] == texts


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p class="a>one</p><p class="b">two</p>', "attributes without markup"),
        ('<p class="a>one</p><p class="">two</p>', "attributes without markup"),
        ("<p class='a>one</p><p class='b'>two</p>", "attributes without markup"),
        ('<p>one</p><p class="a>two</p>', "markup that goes on to its end"),
        ("<p>one</p><!-- <p>two</p>", "markup that goes on to its end"),
        ("<p>one</p><script><p>two</p>", "markup that goes on to its end"),
        ("<p>one</p><plaintext><p>two</p>", "markup that goes on to its end"),
        ("<p>one</p><p>two <! three</p><p>four</p>", "whole tags"),
        ("<p>one</p><p>two <? three</p><p>four</p>", "whole tags"),
        (
            "<div><p>one <button>share</p><p>two</p></div>",
            "text of the page outside scripts, cards, buttons and comments",
        ),
        ("<p>one</p><noscript><p>two</p></noscript>", "text of the page outside scripts, cards, buttons and comments"),
        ("<template><p>one</p></template><p>two</p>", "text of the page outside scripts, cards, buttons and comments"),
        (
            "<p>one</p><script/><p>two</p><script></script>",
            "text of the page outside scripts, cards, buttons and comments",
        ),
        ("<p>one</p><!-- ad <p>two</p><!-- /ad -->", "text of the page outside scripts, cards, buttons and comments"),
        (
            '<span class="read__tooltip">one<p>two</p></span>',
            "text of the page outside scripts, cards, buttons and comments",
        ),
        ("<p>one <noscript>two</p>", "at most 0 characters in <noscript>"),
        (f"<p>one <button>{'two ' * 30}</button></p>", "at most 60 characters in <button>"),
        (f"<p>one <span class='read__tooltip'>{'two ' * 200}</p>", "at most 400 characters in <span>"),
        ('<div class="slider"><p>one</p></d"iv><p>two</p>', "whole tags"),
        ('<div class="slider"><p>one</p></"div><p>two</p>', "whole tags"),
        ('<div class="slider"><p>one</p><"/div><p>two</p>', "whole tags"),
        ("<p><b>one:</b two</p><p>three</p>", "whole tags"),
        ("<p><b one:</b> two</p><p>three</p>", "whole tags"),
        ("<p>one <two three</p><p>four</p>", "whole tags"),
        ('<p>one<s"pan class="read__tooltip">card</span></p>', "whole tags"),
        ('<div class="slider"><p>one</p><p>two</p>', "elements that end before the article does"),
    ],
)
def test_markup_that_would_hide_text_is_refused(markup: str, expected: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_blocks(f"<article>{markup}</article>")
    assert caught.value.expected == expected


def test_a_broken_tag_is_told_as_far_as_it_was_read() -> None:
    with pytest.raises(FormatError) as caught:
        read_blocks('<article><p>one<s"pan>two</span></p></article>')
    assert caught.value.found == quote('<s"pan')


@given(
    st.sampled_from(PLACES), st.sampled_from(['"', "'", "<", "</", "<!--", "<?", "<p class='", "<script>", '="', ">"])
)
def test_a_stray_sign_anywhere_hides_no_word_of_speech(place: int, sign: str) -> None:
    try:
        blocks = read_blocks(ARTICLE[:place] + sign + ARTICLE[place:])
    except FormatError:
        return
    found = words(blocks).replace(sign, "")
    for text in SPEECH:
        assert "".join(text.split()) in found


@given(st.sampled_from([match.start() for match in re.finditer(r"""["'<>/]""", ARTICLE)]))
def test_a_missing_sign_hides_no_word_of_speech(place: int) -> None:
    try:
        blocks = read_blocks(ARTICLE[:place] + ARTICLE[place + 1 :])
    except FormatError:
        return
    found = words(blocks)
    for text in SPEECH:
        assert "".join(text.split()) in found


def test_text_that_is_in_no_block_is_told_by_the_parsers_own_count() -> None:
    """Whatever the walk over the tree passes over."""
    article = parse("<article><p>one two</p><p>three</p></article>")
    check_nothing_lost(article, [HtmlBlock(text="one two"), HtmlBlock(text="three")], {})
    check_nothing_lost(article, [HtmlBlock(text="one two")], {"hover cards": ["three"]})
    with pytest.raises(FormatError) as caught:
        check_nothing_lost(article, [HtmlBlock(text="one two")], {"hover cards": ["t"], "controls": ["OK"]})
    assert caught.value.expected == "the article's 11 characters in its blocks"
    assert caught.value.found == "6, 2 in controls, 1 in hover cards"
