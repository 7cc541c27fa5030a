"""Checks of what the table `sources` says of a plain text's file, by the text that its segments give.

Which layout a text has is for the reader to say; it is asked only where the text's first lines contradict the stated layout.
"""

import codecs
from collections.abc import Collection, Iterator
from hashlib import sha256

from builder.errors import DataError
from builder.reading.document import Source
from builder.reading.layouts import LayoutError, read_document
from builder.verify.findings import Finding, Place, Row, same
from builder.verify.stated import ACCESSIBLE_HEAD, ACCESSIBLE_TEXT, PLAIN_TEXT

_HEAD = 12
"""Lines of a text by which the accessible version is known."""
_LONGEST_HEAD = 4_000


def text_of_source(row: Row, text: str) -> Iterator[Finding]:
    """What a row says of a plain text's file, by the text itself: its layout, and as far as its line ends are known its bytes."""
    if row["media_type"] != PLAIN_TEXT:
        return
    place = Place("sources", f"{row['path']}")
    yield from same(place, "layout", _layout(text, row["layout"], row["given"] or ()), row["layout"])
    data = text.encode("cp1252", "replace") if row["encoding"] == "windows-1252" else text.encode()
    mark = codecs.BOM_UTF8 if row["encoding"] == "utf-8-sig" else b""
    more = (row["byte_size"] or 0) - len(mark) - len(data)
    lines = data.count(b"\n")
    if row["sha256"] == row["text_sha256"]:
        # The file is its text and nothing else.
        yield from same(place, "encoding", "utf-8", row["encoding"])
        yield from same(place, "byte_size", len(data), row["byte_size"])
    elif not 0 <= more <= lines:
        yield from same(place, "byte_size", len(mark) + len(data), row["byte_size"])
    elif more == lines > 0:
        # All line ends are of one kind; where they are mixed, many files may have this text.
        yield from same(place, "sha256", sha256(mark + data.replace(b"\n", b"\r\n")).hexdigest(), row["sha256"])


def _layout(text: str, stated: str | None, given: Collection[str]) -> str | None:
    """The layout of a text, as far as it costs little: the stated one, unless the accessible version's first lines, which no
    other layout has, say otherwise. What else tells layouts apart, the meetings' columns must be null for or not."""
    lines = [line for raw in text[:_LONGEST_HEAD].split("\n") if (line := raw.strip())][:_HEAD]
    is_accessible = ACCESSIBLE_HEAD.issuperset(lines[:1]) and len(ACCESSIBLE_HEAD & {*lines}) > 1
    if is_accessible == (stated == ACCESSIBLE_TEXT):
        return stated
    try:
        return read_document(Source("", "", "", 0, PLAIN_TEXT, "", text, None)).layout
    except LayoutError as error:
        # A text that lacks title or date is read as plain text where they stand beside it.
        return stated if {"title", "date"}.intersection(given) else error.layout
    except DataError:
        return None
