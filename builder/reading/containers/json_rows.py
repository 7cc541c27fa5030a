"""The rows of a table in JSON, in the forms in which programs write one."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

import msgspec

from builder.reading.containers.archives import Readable, Unpacked
from builder.reading.containers.cells import heads, unwrapped
from builder.reading.containers.columns import find_fields
from builder.reading.containers.members import ContainerError, NoPagesError
from builder.reading.encodings import UTF_16_MARKS

Row = Mapping[str, Any]
_MAX_BYTES = 1 << 28
"""Of JSON that is one value, which must be read whole; a table in lines may be of any size."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NO_SPACE = re.compile(r"\S")
_DEEPEST = 5
"""Objects in objects in which rows are looked for."""


def json_line_rows(file: str) -> Iterator[Row]:
    """The objects of a JSON Lines file, compressed or not."""
    with closing(Unpacked(file)) as stream:
        raw = io.BufferedReader(Readable(stream))
        # Windows PowerShell writes UTF-16.
        as_text = io.TextIOWrapper(raw, "utf-16") if raw.peek(2).startswith(UTF_16_MARKS) else None
        lines = (line for line in (map(str.encode, as_text) if as_text else raw) if line.strip())
        first = next(lines, b"").removeprefix(_BYTE_ORDER_MARK)
        is_list = first.lstrip().startswith(b"[")
        if first and not is_list:
            yield _object(_value(first))
            yield from (_object(_value(line)) for line in lines)
    if is_list:
        # Many lists bear this name.
        yield from json_rows(file)


def json_rows(file: str) -> Iterator[Row]:
    """The objects of a JSON file, compressed or not: of a list, or of the longest list in it, or as pandas writes a table."""
    with closing(Unpacked(file)) as stream:
        data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ContainerError(f"at most {_MAX_BYTES:,} bytes of JSON", "more", "write an object a line, as .jsonl")
    data = data.decode("utf-16").encode() if data.startswith(UTF_16_MARKS) else data.removeprefix(_BYTE_ORDER_MARK)
    try:
        value = _value(data)
    except ValueError:
        # Many files of this name hold an object a line, or one behind the other.
        value = [*_values(data.decode("utf-8"))]
    yield from map(_object, _rows(value))


def _value(data: bytes) -> Any:
    """A value. The quick reader refuses `NaN` and halves of characters, which many programs write."""
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError:
        return json.loads(data.decode("utf-8"))


def _values(text: str) -> Iterator[Any]:
    """Values that stand one behind the other."""
    decoder, position = json.JSONDecoder(), 0
    while word := _NO_SPACE.search(text, position):
        value, position = decoder.raw_decode(text, word.start())
        yield value


def _rows(value: Any, depth: int = 0) -> Iterable[Any]:
    """The rows that a value holds."""
    if not isinstance(value, dict):
        return value if isinstance(value, list) else [value]
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        names = heads(columns)
        return (dict(zip(names, row, strict=False)) for row in data)
    is_of_pages = not {"text", "html"}.isdisjoint(find_fields(value))
    inner = [*value.values()]
    if is_of_pages and all(isinstance(each, dict) for each in inner):
        return ({name: column.get(key) for name, column in value.items()} for key in max(inner, key=len))
    if is_of_pages and all(isinstance(each, list) for each in inner):
        return (dict(zip(value, row, strict=False)) for row in zip(*inner, strict=True))
    if is_of_pages:
        return [value]
    if inner and all(isinstance(each, dict) for each in inner) and (len(inner) > 1 or depth == _DEEPEST):
        return inner
    lists = [each for each in inner if isinstance(each, list)]
    if not lists and depth < _DEEPEST:
        lists = [[*_rows(each, depth + 1)] for each in inner if isinstance(each, dict)]
    return max(lists, key=len, default=[value])


def _object(value: Any) -> Row:
    if not isinstance(value, dict):
        raise NoPagesError("a list of objects", json.dumps(value)[:40], "write a JSON object a page")
    return unwrapped(value)
