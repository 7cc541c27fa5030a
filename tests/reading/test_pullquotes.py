"""Pull quotes, told from what is said by its words standing twice on the page."""

import pytest

from builder.reading.document import Block
from builder.reading.layouts.pullquotes import mark_pullquotes

LONG = "I have seen many bridges in my life, and the one at Zenda is the finest of all that I know"
PASSAGE = f"Rupert Hentzau: Let me say this. {LONG}. Now let us go on."


def marked(*paragraphs: str) -> list[str]:
    """Those of the paragraphs that are pull quotes."""
    text = "\n".join(paragraphs)
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append(Block("body", at, at + len(words)))
        at += len(words) + 1
    found = mark_pullquotes(text, blocks)
    assert [block[1:] for block in found] == [block[1:] for block in blocks]
    return [text[block.start : block.end] for block in found if block.kind == "pullquote"]


@pytest.mark.parametrize(
    "quote",
    [f"“{LONG}.”", f"”{LONG}.“", f"“{LONG}”.", f"«{LONG}.»", f"“{LONG.replace(' in my life', '')}.”", f"{LONG}."],
    ids=[
        "in quotation marks",
        "in marks the wrong way round",
        "a stop behind",
        "other marks",
        "shortened",
        "without marks",
    ],
)
def test_a_paragraph_that_repeats_what_is_said_is_a_pull_quote(quote: str) -> None:
    assert marked(PASSAGE, "So it is.", quote) == [quote]
    # It may stand before what it repeats.
    assert marked("Rudolf Elphberg: Welcome.", quote, PASSAGE) == [quote]


@pytest.mark.parametrize(
    "words",
    ["“The river is deep and the water of the river is cold in spring.”", f"{LONG}, said the Count.", "Let me say this.",
     f"Rupert Hentzau: {LONG}.", "“Zenda.”", f"“{LONG}” is what I say."],
    ids=["other words", "more words", "a few words", "a turn", "a short quotation", "a quotation in a sentence"],
)  # fmt: skip
def test_what_else_is_said_twice_stays_speech(words: str) -> None:
    assert marked(PASSAGE, "So it is.", words) == []


def test_one_paragraph_said_twice_is_no_pull_quote() -> None:
    text = "\n".join([PASSAGE, f"{LONG}.", f"{LONG}."])
    first = text.index(LONG, len(PASSAGE))
    blocks = [Block("body", 0, len(PASSAGE)), Block("body", first, first + len(LONG) + 1)]
    short = text.replace(PASSAGE, "Rupert Hentzau: Let me say this.".ljust(len(PASSAGE)))
    assert mark_pullquotes(short, blocks) == blocks


def test_without_speech_only_quotations_are_pull_quotes() -> None:
    told = PASSAGE.removeprefix("Rupert Hentzau: ")
    assert marked(told, f"{LONG}.") == []
    assert marked(told, f"“{LONG}.”") == [f"“{LONG}.”"]
