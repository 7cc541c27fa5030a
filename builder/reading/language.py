"""Whether a page is in English: only such pages are read."""

from builder.errors import DataError, Problem, quote

_SAMPLE = 1_200
"""Characters from the middle of a page by which its language is told."""
_LEAST_ASCII = 0.6
"""The share of ASCII characters in English is over 0.9, in Russian or Greek under 0.3."""
_ENGLISH = frozenset(
    "the of and to in a is that for on with as at by was are it we be this i you have has will not".split()
)
_OTHERS = frozenset(
    """
    der die das und den dem des ein eine ist nicht zu mit von für auf im sich wir haben wird
    le les et du un une est que dans pour pas nous vous sur au aux avec qui sont
    el los las y en es por con para del una se lo al su
    il di che non per della sono gli anche
    os um uma não em da do pelo
    """.split()
)
"""The commonest words of English, and of German, French, Spanish, Italian and Portuguese."""
_LEAST_OTHERS = 0.1
"""The share of the other languages' words in a text of one of them is over 0.2, in English under 0.05."""


def check_english(text: str, path: str) -> None:
    """Raises `DataError` for a text in another language."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    sample = text[start : start + _SAMPLE]
    is_latin = sample.isascii() or len(sample.encode("ascii", "ignore")) >= _LEAST_ASCII * len(sample)
    words = sample.lower().split()
    others = sum(map(_OTHERS.__contains__, words))
    # Few English pages need the second count.
    is_other = others > _LEAST_OTHERS * len(words) and others > sum(map(_ENGLISH.__contains__, words))
    if not is_latin or is_other:
        advice = "save the page of the English site, en.kremlin.ru"
        raise DataError([Problem(path, "a page in English", quote(sample), advice, code="not-english")])
