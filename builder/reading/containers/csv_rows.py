"""The rows of a table as text: CSV, TSV and their like."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from builder.reading.containers.archives import Readable, Unpacked
from builder.reading.containers.cells import heads
from builder.reading.containers.columns import find_fields
from builder.reading.containers.members import ContainerError, NoPagesError
from builder.reading.encodings import UTF_16_MARKS, WINDOWS

Row = Mapping[Any, Any]
_MAX_CELL_CHARS = 1 << 26
"""Of a cell: one without its closing quotation mark goes on to the end of the file."""
_DELIMITERS = ",;\t|"
_STATED_DELIMITER = re.compile(r"\"?sep=([,;\t|])\"?\s*")
_FURTHEST_HEAD = 9
"""Lines below the first one among which the names of the columns are looked for."""
_LOOKED_INTO = 1 << 20
"""Characters of a table by which it is decided how it writes quotation marks."""
_ESCAPED = re.compile(r"[^,;\t|\n\"]\\\"(?![,;\t|\r\n])")
_DOUBLED = re.compile(r"[^,;\t|\n\"]\"\"[^,;\t|\n\"]")
_OTHER_BACKSLASH = re.compile(r"\\(?![\"\\])")


def text_rows(file: str) -> Iterator[Row]:
    """The rows of a CSV or TSV file, whatever its delimiter, compressed or not: in UTF-8, or as Excel writes it."""
    return (row for _, row in numbered_rows(file))


def numbered_rows(file: str) -> Iterator[tuple[int, Row]]:
    """The same, each with the line in which it ends."""
    csv.field_size_limit(_MAX_CELL_CHARS)
    with closing(Unpacked(file)) as stream:
        raw = io.BufferedReader(Readable(stream))
        encoding = "utf-16" if raw.peek(2).startswith(UTF_16_MARKS) else "utf-8-sig"
        lines = iter(io.TextIOWrapper(raw, encoding=encoding, errors=WINDOWS, newline=""))
        head = next((line for line in lines if line.strip()), "")
        if not head:
            raise NoPagesError("a table with a head", "an empty file", "check the file")
        if "\0" in head:
            raise ContainerError("a table in UTF-8, or in UTF-16 with its mark", "bytes 00", "save it as UTF-8")
        head, lines = _head(head, lines)
        # In the names of columns delimiters are rare.
        delimiter = _delimiter(head)
        if stated := _STATED_DELIMITER.fullmatch(head):
            # Excel looks there for the delimiter.
            delimiter, head = stated[1], next(lines, "")
        yield from _rows(itertools.chain([head], lines), delimiter)


def _head(first: str, lines: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The line that names the columns, and those below it: a title or a comment may stand above."""
    if _fields(first):
        return first, lines
    above = [first, *itertools.islice(lines, _FURTHEST_HEAD)]
    for index, line in enumerate(above):
        fields = _fields(line)
        if {"text", "html"} & fields and {"title", "date"} & fields:
            return line, itertools.chain(above[index + 1 :], lines)
    return first, itertools.chain(above[1:], lines)


def _fields(line: str) -> set[str]:
    """What the columns hold that a line names."""
    return {*find_fields(cell.strip('"\r\n ') for cell in line.split(_delimiter(line)))}


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    sample = [*_first(lines)]
    is_escaped = _escapes_quotation_marks("".join(sample))
    lines = itertools.chain(sample, lines)
    if is_escaped:
        # Other backslashes, as in `\\n`, are the text's own.
        lines = (_OTHER_BACKSLASH.sub(r"\\\\", line) for line in lines)
    # A cell without its closing quotation mark would take all others in: a strict reader refuses it.
    rows = csv.reader(
        lines, delimiter=delimiter, strict=True, doublequote=not is_escaped, escapechar="\\" if is_escaped else None
    )
    try:
        names = heads(next(rows, ()))
        for cells in filter(None, rows):
            row: dict[Any, Any] = dict(itertools.zip_longest(names, cells[: len(names)]))
            if any(cells[len(names) :]):
                row[None] = cells[len(names) :]
            yield rows.line_num, row
    except csv.Error as error:
        advice = "put texts between quotation marks, and double those within"
        raise ContainerError("a table that can be read", str(error), advice, line=rows.line_num) from None


def _first(lines: Iterable[str]) -> Iterator[str]:
    """The first lines of a table."""
    length = 0
    for line in lines:
        yield line
        length += len(line)
        if length >= _LOOKED_INTO:
            return


def _escapes_quotation_marks(sample: str) -> bool:
    """Whether a table writes a quotation mark in a cell with a backslash, as Spark and MySQL do, and not twice."""
    return bool(_ESCAPED.search(sample)) and not _DOUBLED.search(sample)
