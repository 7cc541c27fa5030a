"""What a text and a word are, wherever the dataset stores or counts them."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import filterfalse

WORD = re.compile(r"\w++(?:[’'-]\w++)*+")
"""One word: letters and digits, joined inside by apostrophes and hyphens (``Kassym-Jomart``, ``Russia’s``)."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs of an utterance's text, and nowhere else."""


# In Arabic or Indic letters, and between the parts of an emoji, a joiner is part of the spelling.
_JOINERS = "\u200c\u200d"
_COMMON = "\xad\u180e\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2068\ufeff"
_RARE = "\u202b\u202c\u202d\u2067\u2069"
"""What sets other directions, and ends them: never seen without one of the others."""
_SPELT_WITH_JOINERS = r"[^\0-\u05ff\u2000-\u25ff]"
"""What a joiner may belong to. By what it is not, since a set of so many characters takes long to compile."""
_UNSEEN = _JOINERS + _COMMON
_RUN = re.compile(
    rf"(?:[{_COMMON}{_RARE}]|[{_JOINERS}](?!{_SPELT_WITH_JOINERS})|(?<!{_SPELT_WITH_JOINERS})[{_JOINERS}])+"
)
"""Characters that do not show: zero-width spaces and joiners, soft hyphens, marks of direction, byte order marks in a text.

Editors and tools leave them in names and words. What is said holds none of them: a page is read without them."""


def normal_form(raw: str) -> str:
    """The text as the tables give it: every run of white space one space, none at the ends, Unicode NFC.

    White space includes no-break spaces and line breaks. Returns an empty string where there is nothing else.
    """
    # The site prints no-break spaces all over, and hardly any other white space.
    text = raw.replace("\xa0", " ")
    text = text.strip() if _has_single_spaces(text) else " ".join(text.split())
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
    tokens = text.split()
    # What is letters and digits alone is one word: finding each takes longer.
    others = [*filterfalse(str.isalnum, tokens)]
    return len(tokens) - len(others) + len(WORD.findall(" ".join(others)))


def squeezed(text: str) -> str:
    """A text without white space, as far as it is common: two prints of one text may have other spaces."""
    # Bytes are left out many times faster than characters.
    return text.encode().translate(None, b" \n\t\r").replace("\xa0".encode(), b"").decode()


def find_unseen(text: str) -> tuple[tuple[int, int], ...]:
    """Where characters that do not show stand in a text, in order."""
    # A search for each of them is much faster than a pattern for all, and nearly all pages have none.
    if not any(map(text.__contains__, _UNSEEN)):
        return ()
    return tuple(match.span() for match in _RUN.finditer(text))


def without_unseen(text: str) -> str:
    """A text without its characters that do not show."""
    return _RUN.sub("", text) if any(map(text.__contains__, _UNSEEN)) else text
