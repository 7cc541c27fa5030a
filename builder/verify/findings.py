"""What a check finds wrong: each finding is a value that names its place, and reads as one line of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from builder.errors import quote
from schema.tables import Table

Row = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a package, or with its sources."""

    table: str | None
    """Null where the finding is about a file that holds no table."""
    key: str | None
    """The key of the row, its parts joined by a comma; null where the finding is about more than one row."""
    row: int | None
    """The number of the row in its table, counted from 1, where it is known."""
    file: str | None
    """The file, of the package or of its sources; null where every format of the table says the same."""
    column: str | None
    """The column, or what of the place is compared."""
    expected: str | None
    found: str | None
    text: str
    """What is wrong at that place, in words."""
    check: str = ""
    """The name of the check that found it."""

    def __str__(self) -> str:
        place = str(Place(self.table, self.key, self.row, self.file))
        return f"{place}: {self.text}" if place else self.text

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON gives it; `message` is the line of text."""
        names = ("check", "table", "key", "row", "file", "column", "expected", "found")
        return {name: getattr(self, name) for name in names} | {"message": str(self)}


class Place(NamedTuple):
    """Where something is wrong: a table, a row of it, or a file."""

    table: str | None = None
    key: str | None = None
    row: int | None = None
    file: str | None = None

    def __str__(self) -> str:
        name = self.file or self.table or ""
        if self.row is not None:
            return f"{name}: row {self.row} ({self.key})"
        return name if self.key is None else f"{name}: {self.key}"

    def says(
        self, text: str, *, column: str | None = None, expected: str | None = None, found: str | None = None
    ) -> Finding:
        """A finding here, in words of its own."""
        return Finding(self.table, self.key, self.row, self.file, column, expected, found, text)

    def differs(self, column: str, expected: Any, found: Any) -> Finding:
        """A finding that here a value is not the one expected."""
        one, other = _contrast(expected, found)
        text = f"expected {one}, found {other}"
        return self.says(f"{column}: {text}" if column else text, column=column or None, expected=one, found=other)


@dataclass(frozen=True)
class Check:
    """One check and what it found wrong: nothing, where the package passes."""

    name: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not self.findings

    def to_dict(self) -> dict[str, Any]:
        """The check and its findings as JSON gives them."""
        return {
            "check": self.name,
            "title": self.title,
            "passed": self.passed,
            "findings": [finding.to_dict() for finding in self.findings],
        }


def in_file(path: str, table: Table | None = None) -> Place:
    """A file of a package as the place of a finding."""
    return Place(table.name if table else None, file=path)


def at_row(table: Table, row: Row, number: int | None = None, *, file: str | None = None) -> Place:
    """A row of a table, with its number where that is known."""
    return Place(table.name, key_of(table, row), number, file)


def key_of(table: Table, row: Row) -> str:
    """A row's key, for messages."""
    return ", ".join(str(row[name]) for name in table.primary_key if name in row)


def same(place: Place, column: str, expected: Any, found: Any) -> Iterator[Finding]:
    """A finding where two values differ."""
    if expected != found:
        yield place.differs(column, expected, found)


def first_other_line(place: Place, expected: bytes, found: bytes, lines_of: str = "") -> Iterator[Finding]:
    """A finding at the first line of a text that is another than expected: those after it may differ only by their number."""
    if other := other_line(expected, found):
        yield place.differs(f"line {other[0]}{lines_of}", *other[1:])


def other_line(expected: bytes, found: bytes) -> tuple[int, str | None, str | None] | None:
    """The number of the first line that is another than expected, and the two lines; null where there is none."""
    for number, pair in enumerate(zip_longest(expected.split(b"\n"), found.split(b"\n")), start=1):
        if pair[0] != pair[1]:
            one, other = (None if line is None else line.decode("utf-8", "replace") for line in pair)
            return number, one, other
    return None


def could_not_be_checked(error: Exception) -> str:
    """Why a check ended early, for a finding."""
    return f"could not be checked: {type(error).__name__}: {quote(str(error))}"


def shown(value: Any) -> str:
    """A value, for messages."""
    if value is None:
        return "null"
    return quote(value) if isinstance(value, str) else quote(str(value)).strip('"')


def _contrast(expected: Any, found: Any) -> tuple[str, str]:
    """Two values that differ, for messages; if they look alike, by their code points from the first difference on."""
    one, other = shown(expected), shown(found)
    if one == other:
        texts = str(expected), str(found)
        at = next((i for i, pair in enumerate(zip(*texts, strict=False)) if pair[0] != pair[1]), min(map(len, texts)))
        one, other = (f"{text[at : at + 20]!a} at character {at}" for text in texts)
    return one, other
