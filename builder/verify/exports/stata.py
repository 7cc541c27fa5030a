"""The Stata file holds the turns, each joined with its meeting and speaker, and labels them as the descriptor describes them.

It is read here, tag by tag, as Stata documents the format (`help dta`, number 118).
"""

import datetime as dt
import re
import struct
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any, NamedTuple

from builder.files import open_regular
from builder.package.names import DIST
from builder.package.release import LICENCE, LICENCE_URL, SOURCE_TITLE, SOURCE_URL
from builder.verify.exports.joined import turns
from builder.verify.findings import Finding, Place, Row, in_file, same
from builder.verify.package_rows import Package
from schema.tables import BY_NAME

_OF = (
    ("utterances", ("utterance_id", "meeting_id", "sequence")),
    (
        "meetings",
        ("event_id", "date", "time", "title", "kind", "place", "language", "lead", "topics", "geography", "persons"),
    ),
    ("meetings", ("countries", "published_in", "is_excerpt", "url")),
    ("speakers", ("speaker_id", "name", "given_name", "family_name", "site_person_id", "wikidata_id")),
    ("participations", ("country",)),
    ("utterances", ("label", "role", "note", "text", "word_count", "follows_gap", "start_char", "end_char")),
)
"""The variables, by the table that describes them."""
_APART = 32768
_NUMBERS = {65530: ("b", 101), 65528: ("i", 2_147_483_621)}
"""Types of numbers: how each is stored, and its missing value."""
_MOST_TEXT = 1 << 31


class DamagedError(ValueError):
    """The file is not of the format."""


class Described(NamedTuple):
    """A variable, as the file describes it."""

    name: str
    kind: int
    format: str
    label: str


class Reader:
    """Reads a file from its beginning to its end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @property
    def place(self) -> int:
        return self._file.tell()

    def expect(self, tag: str) -> None:
        """Passes over what must stand here."""
        found = self.take(len(tag))
        if found != tag.encode():
            raise DamagedError(f"expected {tag} at byte {self.place - len(tag)}, found {found!r}")

    def take(self, size: int) -> bytes:
        if size > _MOST_TEXT or len(content := self._file.read(size)) != size:
            raise DamagedError(f"expected {size} bytes more after byte {self.place}")
        return content

    def go_to(self, place: int) -> None:
        """Passes over what was read already."""
        self._file.seek(place)

    def numbers(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def text(self, size: int) -> str:
        """A text in a field of this size, which zeros fill."""
        content = self.take(size)
        text = content.rstrip(b"\0")
        if b"\0" in text:
            raise DamagedError(f"expected nothing after a text that ends before byte {self.place}")
        return text.decode("utf-8")


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `kremlin-meetings.dta` with the tables."""
    place = in_file(f"{DIST}/{path.name}")
    columns = [(BY_NAME[table], name) for table, names in _OF for name in names]
    described = {name: c for table, name in columns for c in table.columns if c.name == name}
    with open_regular(path, follow_links=False) as file, open_regular(path, follow_links=False) as beside:
        reader = Reader(file)
        yield from _head(package, place, reader)
        places = [0, reader.place]
        reader.expect("<map>")
        stated = reader.numbers("14Q")
        reader.expect("</map>")
        variables = _variables(reader, places)
        yield from same(place, "variables", [name for _, name in columns], [variable.name for variable in variables])
        for variable in variables:
            if column := described.get(variable.name):
                yield from same(place, f"label of {variable.name}", _label(column.description), variable.label)
                yield from same(place, f"format of {variable.name}", _format(column, variable), variable.format)
        yield from _notes(package, place, reader, places)
        places.append(reader.place)
        texts = Texts(beside, stated[10])
        rows = _rows(reader, variables, package.row_counts["utterances"], texts)
        yield from _compare(Place("utterances", file=place.file), list(described), turns(package), rows)
        yield from same(place, "long texts of no row", 0, len(texts.unused))
        places.append(reader.place)
        reader.go_to(texts.end)
        places.append(reader.place)
        reader.expect("<value_labels></value_labels>")
        places.append(reader.place)
        reader.expect("</stata_dta>")
        places.append(reader.place)
        yield from same(place, "map", places, list(stated))
        yield from same(place, "bytes after the end", b"", file.read(1))


# ---------------------------------------------------------------------------------------------------------------------
# The head


def _head(package: Package, place: Place, reader: Reader) -> Iterator[Finding]:
    stated = package.descriptor if isinstance(package.descriptor, dict) else {}
    reader.expect("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")
    yield from same(place, "number of variables", sum(len(names) for _, names in _OF), *reader.numbers("H"))
    reader.expect("</K><N>")
    yield from same(place, "number of rows", package.row_counts["utterances"], *reader.numbers("Q"))
    reader.expect("</N><label>")
    label = f"{stated.get('title')} {stated.get('version')}: turns ({LICENCE}, kremlin.ru)"[:80]
    yield from same(place, "label", label, reader.take(*reader.numbers("H")).decode())
    reader.expect("</label><timestamp>")
    created = dt.date.fromisoformat(str(stated.get("created"))[:10])
    month = "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * created.month - 3 : 3 * created.month]
    stamp = f"{created.day:02} {month} {created.year} 00:00"
    yield from same(place, "time stamp", stamp, reader.take(*reader.numbers("B")).decode())
    reader.expect("</timestamp></header>")


def _variables(reader: Reader, places: list[int]) -> list[Described]:
    """The variables. Adds to `places` where the parts begin that describe them."""
    count = sum(len(names) for _, names in _OF)
    parts: dict[str, list[Any]] = {}
    for tag, size in (
        ("variable_types", 0),
        ("varnames", 129),
        ("sortlist", 0),
        ("formats", 57),
        ("value_label_names", 129),
        ("variable_labels", 321),
    ):
        places.append(reader.place)
        reader.expect(f"<{tag}>")
        if size:
            parts[tag] = [reader.text(size) for _ in range(count)]
        else:
            parts[tag] = list(reader.numbers(f"{count + (tag == 'sortlist')}H"))
        reader.expect(f"</{tag}>")
    if any(parts["sortlist"]) or any(parts["value_label_names"]):
        raise DamagedError("expected no order of sorting and no labels of values")
    return list(map(Described, parts["varnames"], parts["variable_types"], parts["formats"], parts["variable_labels"]))


def _label(description: str) -> str:
    """The description up to the end of its first clause, or as many of its words as a label holds."""
    said = description[len("Key: ") :] if description.startswith("Key: ") else description
    found = re.match(r"(.*?)[;:.]( |$)", said)
    clause = found[1] if found else said
    clause = clause[:1].upper() + clause[1:]
    while len(clause) > 80:
        clause = clause.removesuffix(" …").rpartition(" ")[0] + " …"
    return clause


def _format(column: Any, variable: Described) -> str:
    if column.type.table_schema["type"] == "date":
        return "%td"
    return "%10.0g" if variable.kind in _NUMBERS else f"%-{min(variable.kind, 40)}s"


def _notes(package: Package, place: Place, reader: Reader, places: list[int]) -> Iterator[Finding]:
    stated = package.descriptor if isinstance(package.descriptor, dict) else {}
    expected = [
        "3",
        stated.get("description"),
        f"{LICENCE} {LICENCE_URL}. Source: {SOURCE_TITLE}, {SOURCE_URL}",
        "An empty text is unknown or not printed, or a list without items. Items are joined by '; '.",
    ]
    places.append(reader.place)
    reader.expect("<characteristics>")
    for number, note in enumerate(expected):
        reader.expect("<ch>")
        (size,) = reader.numbers("I")
        yield from same(
            place, f"place of note {number}", ("_dta", f"note{number}"), (reader.text(129), reader.text(129))
        )
        yield from same(place, f"note {number}", note, reader.text(max(size - 258, 0)))
        reader.expect("</ch>")
    reader.expect("</characteristics>")


# ---------------------------------------------------------------------------------------------------------------------
# The rows


class Texts:
    """The long texts, which stand behind the rows. Where each begins is held, not the texts."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file = file
        self._places: dict[tuple[int, int], tuple[int, int]] = {}
        file.seek(start)
        reader = Reader(file)
        reader.expect("<strls>")
        while (mark := reader.take(3)) == b"GSO":
            variable, row, kind, size = reader.numbers("IQBI")
            if kind != 130 or not size or (variable, row) in self._places:
                raise DamagedError(f"expected a text of its own before byte {reader.place}")
            self._places[variable, row] = reader.place, size
            reader.take(size)
        if mark != b"</s":
            raise DamagedError(f"expected a text or the end of texts before byte {reader.place}")
        reader.expect("trls>")
        self.end = reader.place
        self.unused = set(self._places)

    def text(self, reference: int) -> str:
        """The text that a row refers to."""
        key = reference & 0xFFFF, reference >> 16
        place, size = self._places[key]
        self.unused.discard(key)
        self._file.seek(place)
        content = self._file.read(size)
        if content[-1:] != b"\0" or b"\0" in content[:-1]:
            raise DamagedError(f"expected a text that ends in zero at byte {place}")
        return content[:-1].decode("utf-8")


def _rows(reader: Reader, variables: list[Described], count: int, texts: Texts) -> Iterator[list[Any]]:
    reader.expect("<data>")
    kinds = [variable.kind for variable in variables]
    form = "".join(_NUMBERS[kind][0] if kind in _NUMBERS else "Q" if kind == _APART else f"{kind}s" for kind in kinds)
    for _ in range(count):
        yield [_value(value, kind, texts) for value, kind in zip(reader.numbers(form), kinds, strict=True)]
    reader.expect("</data>")


def _value(value: Any, kind: int, texts: Texts) -> Any:
    if kind in _NUMBERS:
        return None if value == _NUMBERS[kind][1] else value
    if kind == _APART:
        return texts.text(value) if value else ""
    text = value.rstrip(b"\0")
    if b"\0" in text:
        raise DamagedError(f"expected nothing after the end of the text {text!r}")
    return text.decode("utf-8")


def _compare(place: Place, names: list[str], expected: Iterator[Row], found: Iterator[list[Any]]) -> Iterator[Finding]:
    for number, (row, values) in enumerate(zip_longest(expected, found), start=1):
        if row is None or values is None:
            yield place.says(f"expected as many rows as utterances, found other rows at row {number}")
            return
        at = place._replace(row=number, key=row["utterance_id"])
        for name, value in zip(names, values, strict=True):
            yield from same(at, name, _as_stata(row[name], value), value)


def _as_stata(value: Any, found: Any) -> Any:
    """A value as the file holds it; a missing one is an empty text, or a missing number."""
    if value is None:
        return "" if isinstance(found, str) else None
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dt.date):
        return value.toordinal() - dt.date(1960, 1, 1).toordinal()
    return value.isoformat() if isinstance(value, dt.time) else value
