"""The limits of a page. A page beyond them is rejected with a message, before it takes all memory or hours.

All but the last depend on the page alone, so that every machine rejects the same pages. The largest page known reports a
talk of four hours: 280 kB, 2,918 tags, 342 turns, 70 labels.
"""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from builder.errors import DataError, Problem

MAX_FILE_BYTES = 16 * 1024 * 1024
"""Bytes. A saved page may hold its pictures, which are not read."""
MAX_TEXT_CHARS = 2 * 1024 * 1024
"""Characters of a text, or of the article of an HTML page without the pictures that it holds itself."""
MAX_LINES = 50_000
"""Lines of a text that are not blank."""
MAX_MARKS = 100_000
"""Brackets, asterisks and the like in a text, each of which may make a segment or be a tool's mark."""
MAX_TAGS = 20_000
"""`<` in an article. The parser's time grows with the square of the depth, which is no greater."""
MAX_STYLED = 400_000
"""Tags times those that mark words (`<b style=…>`) and may be left open: each paragraph below repeats them."""
MAX_ATTRIBUTES = 8_000
"""Of one tag, or words of one attribute. The parser compares each attribute with each."""
MAX_BODIES = 8
"""Tags `<html>` and `<body>` in an article: the attributes of all go to one element."""
MAX_TURNS = 9_999
"""`utterance_id` counts turns in four digits: of more the ids would no longer sort in order."""
MAX_TITLE_CHARS = 1_000
"""Characters of a title. A meeting's id holds it, and each of the page's turns and segments holds the id."""
MAX_NAMES = 1_000
"""Different labels of a page, and persons in its tags and on its cards: each is compared with each."""
MAX_READING_SECONDS = 60
"""Seconds of processor time for one page, for whatever the other limits let through; no page within them takes a third."""

ADVICE = "save the page again, or in parts"
"""What to do with a page beyond the limits."""

_PICTURE = re.compile(r"\bdata:[a-z]++/[\w.+-]++;base64,[A-Za-z0-9+/=]++")
_STYLED = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE)
_BODY = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def check_size(size: int, path: str) -> None:
    """Raises `DataError` for a file of too many bytes, which need not be read for that."""
    if size > MAX_FILE_BYTES:
        found = f"{size:,} bytes" if size > MAX_FILE_BYTES + 1 else "more"
        _reject(path, f"a page of at most {MAX_FILE_BYTES:,} bytes", found, code="file-too-large")


def check_text(text: str, path: str) -> None:
    """Raises `DataError` for a plain text that is too long."""
    if len(text) > MAX_TEXT_CHARS:
        _reject(path, f"a text of at most {MAX_TEXT_CHARS:,} characters", f"{len(text):,}", code="text-too-long")
    if len(text) < min(MAX_LINES, MAX_MARKS):
        return
    if text.count("\n") >= MAX_LINES and (lines := sum(map(bool, map(str.strip, text.split("\n"))))) > MAX_LINES:
        _reject(path, f"a text of at most {MAX_LINES:,} lines that are not blank", f"{lines:,}", code="too-many-lines")
    if (marks := sum(map(text.count, "([<*_\\"))) > MAX_MARKS:
        _reject(
            path,
            f"a text with at most {MAX_MARKS:,} brackets, asterisks and the like",
            f"{marks:,}",
            code="too-many-marks",
        )


def check_count(count: int, most: int, what: str, path: str) -> None:
    """Raises `DataError` where a page has too many of something."""
    if count > most:
        _reject(path, f"at most {most:,} {what}", f"{count:,}", code="too-many-items")


def checked_article(markup: str, path: str) -> str:
    """An article's markup, without the pictures that it holds itself where they make it long.

    Raises `DataError` for one that the parser must not see.
    """
    if len(markup) > MAX_TEXT_CHARS:
        markup = _PICTURE.sub("data:,", markup)
        if len(markup) > MAX_TEXT_CHARS:
            _reject(
                path, f"an article of at most {MAX_TEXT_CHARS:,} characters", f"{len(markup):,}", code="text-too-long"
            )
    tags = markup.count("<")
    check_count(tags, MAX_TAGS, "tags in the article", path)
    # What is shorter than this cannot hold so many that it would do harm.
    if tags * tags > MAX_STYLED and tags * len(_STYLED.findall(markup)) > MAX_STYLED:
        _reject(
            path,
            f"at most {MAX_STYLED // tags:,} marked words in an article of {tags:,} tags",
            "more",
            code="too-many-styled-words",
        )
    if len(markup) > _SHORTEST_OF_MANY:
        check_count(most_attributes(markup), MAX_ATTRIBUTES, "attributes of a tag and words in them", path)
        check_count(len(_BODY.findall(markup)), MAX_BODIES, "tags <html> and <body> in the article", path)
    return markup


_SHORTEST_OF_MANY = 100_000
"""Characters below which there is no room for so many attributes that they would do harm."""
_IN_TAG = re.compile(r"""=[\t\n\f\r ]*+"|=[\t\n\f\r ]*+'|["'>]|</?[a-zA-Z]|[\t\n\f\r /]++""")
_NOWHERE = -1_000_000_000


def most_attributes(markup: str) -> int:
    """How many attributes one tag may have at most, whatever of the markup is a comment, a script or a quoted value.

    That shows only to the parser, so all is followed at once: that a place is in a tag between its attributes, in a value
    between double quotation marks, or in one between single ones; and for each how many attributes stand before it.
    """
    between = double = single = _NOWHERE
    most = 0
    for token in _IN_TAG.findall(markup):
        last = token[-1]
        if last == ">":
            between = _NOWHERE
        elif last == '"':
            between, double = max(between, double + 1), between if len(token) > 1 else _NOWHERE
        elif last == "'":
            between, single = max(between, single + 1), between if len(token) > 1 else _NOWHERE
        elif token[0] == "<":
            between = max(between, 0)
        else:
            between += 1
        most = max(most, between)
    return most


def _reject(path: str, expected: str, found: str, code: str) -> NoReturn:
    raise DataError([Problem(path, expected, found, ADVICE, code=code)])


# ---------------------------------------------------------------------------------------------------------------------
# Time


@contextmanager
def time_bound(path: str) -> Iterator[None]:
    """Raises `DataError` inside, once what is done there has taken too long.

    Only where the platform has such a timer, and in a process's main thread: so everywhere but on Windows and in the threads
    of a Dask worker.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(*_: object) -> NoReturn:
        _reject(path, f"a page that is read in at most {MAX_READING_SECONDS} seconds", "more", code="too-slow")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_READING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
