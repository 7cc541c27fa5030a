"""What a text and a word are, wherever the dataset stores or counts them."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"\w++(?:[’'-]\w++)*+")
"""One word: letters and digits, joined inside by apostrophes and hyphens (``Kassym-Jomart``, ``Russia’s``)."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs of an utterance's text, and nowhere else."""


def normal_form(raw: str) -> str:
    """The text as the tables give it: every run of white space one space, none at the ends, Unicode NFC.

    White space includes no-break spaces and line breaks. Returns an empty string where there is nothing else.
    """
    text = raw.strip() if _has_single_spaces(raw) else " ".join(raw.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _has_single_spaces(text: str) -> bool:
    """Whether a text's only white space is single spaces, as in most texts: of all white space they alone are printable."""
    return text.isprintable() and "  " not in text


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """An utterance's text from the raw text of its paragraphs, each brought to normal form."""
    return PARAGRAPH_BREAK.join(filter(None, map(normal_form, paragraphs)))


def is_normal(text: str) -> bool:
    """Whether every paragraph of a text is in normal form and none is empty."""
    if text and text.isascii() and _has_single_spaces(text):
        return text[0] != " " and text[-1] != " "
    return all(part and part == normal_form(part) for part in text.split(PARAGRAPH_BREAK))


def count_words(text: str) -> int:
    """How many words a text holds; see `WORD`."""
    return len(WORD.findall(text))
