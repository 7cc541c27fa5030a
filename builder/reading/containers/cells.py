"""The cells of a table as text, whatever the format gives."""

import ast
import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import unescape
from typing import Any

from builder.reading.containers.members import ContainerError

_EMPTY = frozenset({"", "nan", "nat", "none", "null", "na", "n/a", "<na>", "#n/a", "\\n"})
"""What programs write into a cell that holds nothing."""
_WRAPPERS = frozenset(
    "_source meta metadata fields attributes properties data document doc page article item record info".split()
)
"""Names of objects in a row that hold columns of the page."""
_LITERALS = {"['": "]", '["': "]", "b'": "'", 'b"': '"'}
"""How a list of texts begins as Python or JSON shows it, or bytes, and how it ends."""
_LONGEST_LITERAL = 1 << 24
_LINE_END = re.compile(r"(?:\\r)?\\n")
_BARS = re.compile(r" ?\|{1,2} ?|¶")
_FEWEST_BARS = 3
"""Bars or signs of a paragraph in a text without line ends, by which they are known to stand for these."""

_WRITTEN_OUT = re.compile(r"(?<!\\)\\(?:x(?P<two>[a-f0-9]{2})|u(?P<four>[a-f0-9]{4}))", re.IGNORECASE)
"""A character as Python and JSON show those that are not ASCII: `\\xa0`, `\\u2019`."""
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|[lr][sd]quo|[nm]dash|hellip|[lr]aquo|#[0-9]{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE
)


def cell_text(value: Any, column: str) -> str | None:
    """A cell as text; null where it is empty. The paragraphs of a list each begin a line.

    Bytes that are not UTF-8 are kept as they are: who reads the page says what is wrong with them. Raises `ContainerError` for
    an object of several values.
    """
    while isinstance(value, dict) and len(value) == 1 and str(next(iter(value))).startswith("$"):
        # As MongoDB writes dates and numbers: `{"$date": "2018-05-04T00:00:00Z"}`.
        [value] = value.values()
    if isinstance(value, dict) and isinstance(value.get("rendered"), str):
        # As WordPress gives titles and texts.
        value = value["rendered"]
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(each, dict | list | tuple) for each in value)
    ):
        found = f"a nested one in the column {column}"
        raise ContainerError("a cell with a text", found, "write its text into a cell of its own")
    if isinstance(value, list):
        value = "\n".join(filter(None, (cell_text(each, column) for each in value)))
    if isinstance(value, float | Decimal):
        is_whole = math.isfinite(value) and value == int(value)
        value = None if math.isnan(value) else int(value) if is_whole else value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        value = value.isoformat()
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    text = value if isinstance(value, str) else str(value)
    return None if value is None or text.strip().casefold() in _EMPTY else text


def page_text(text: str) -> str:
    """The text of a cell that holds a page.

    Where a program wrote its line ends out, as `\\n`, or put bars in their places, they are line feeds; where it wrote a list of
    paragraphs or bytes as Python shows them, the text is what these hold; where it wrote other characters out, as `\\xa0` or
    `&nbsp;`, they are what these stand for.
    """
    shown = text.strip()
    if shown.endswith(_LITERALS.get(shown[:2], "\0")) and len(shown) <= _LONGEST_LITERAL:
        try:
            value = ast.literal_eval(shown)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            value = None
        if isinstance(value, bytes):
            return value.decode("utf-8", "surrogateescape")
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return "\n".join(value)
    text = _WRITTEN_OUT.sub(_character, text)
    if "</" not in text and _ENTITY.search(text):
        text = unescape(text)
    is_on_one_line = not any(mark in text for mark in ("\n", "\\n", "</"))
    if is_on_one_line and len(_BARS.findall(text)) >= _FEWEST_BARS:
        return _BARS.sub("\n", text)
    written = text.count("\\n")
    return _LINE_END.sub("\n", text) if written > text.count("\n") else text


def _character(written: re.Match[str]) -> str:
    """The character that is written out; control characters and halves of a pair stay as they are."""
    character = chr(int(written["two"] or written["four"], 16))
    return character if character.isprintable() or character.isspace() else written[0]


def cell_bytes(text: str) -> bytes:
    """A cell's text as a page's bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def unwrapped(row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A row; what a program put into an object of its own in it, `{"metadata": {"title": …}}`, is a column like the others."""
    wrapped = {name: _object(value) for name, value in row.items() if str(name).casefold() in _WRAPPERS}
    inner = [each for each in wrapped.values() if each]
    if not inner:
        return row
    columns = {name: value for each in inner for name, value in each.items()}
    return columns | {name: value for name, value in row.items() if not wrapped.get(name)}


def _object(value: Any) -> dict[str, Any] | None:
    """An object, as such or as JSON shows it."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, dict) else None


def heads(names: Iterable[Any]) -> list[str]:
    """The names of columns, each once: of several of one name the first is known by it."""
    known: dict[str, None] = {}
    for name in names:
        head = "" if name is None else str(name)
        number = 2
        while head in known:
            head, number = f"{name} ({number})", number + 1
        known[head] = None
    return [*known]
