"""The Stata file: a row for each turn, joined with its meeting, its speaker and the state for which they speak.

It is written here, row by row, in the format of Stata 14 (`help dta` in Stata, number 118): the libraries that write it hold all
rows in memory, ten times their size.
"""

import datetime as dt
import re
import shutil
import struct
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.exports import StagedPackage, TooLargeError
from builder.exports.by_meeting import by_meeting
from builder.package.release import LICENCE, LICENCE_URL, SOURCE_TITLE, SOURCE_URL
from schema.columns import Column
from schema.tables import BY_NAME

BETWEEN = "; "
"""What stands between the items of a list."""
MOST_ROWS = 2_147_483_619
"""Rows that Stata can count."""
_VARIABLES = {
    "utterances": "utterance_id meeting_id sequence",
    "meetings": "event_id date time title kind place language lead topics geography persons countries published_in is_excerpt "
    "url",
    "speakers": "speaker_id name given_name family_name site_person_id wikidata_id",
    "participations": "country",
    " utterances": "label role note text word_count follows_gap start_char end_char",
}
"""The variables in their order, by the table that describes them."""
_LONG = ("lead", "persons", "text")
"""Those that are kept apart from the rows (strL), whatever their length."""
_LONGEST_LABEL, _LONGEST_FIXED = 80, 2045
_STRL, _LONG_INTEGER, _BYTE = 32768, 65528, 65530
_NO_LONG_INTEGER, _NO_BYTE = 2_147_483_621, 101
"""What stands for a missing number."""
_EPOCH = dt.date(1960, 1, 1)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TEXT = 130
"""The kind of a long text that is no bytes."""


@dataclass(frozen=True)
class Variable:
    """A column as Stata has it."""

    column: Column
    kind: int
    """Stata's number of its type; of a text of fixed length the bytes of the longest."""

    @property
    def format(self) -> str:
        """How Stata shows it."""
        if self.kind in (_LONG_INTEGER, _BYTE):
            return "%td" if self.column.type.table_schema["type"] == "date" else "%10.0g"
        return f"%-{min(self.kind, 40)}s"

    @property
    def code(self) -> str:
        """Its place in a row, as `struct` says it."""
        return {_STRL: "Q", _LONG_INTEGER: "i", _BYTE: "b"}.get(self.kind, f"{self.kind}s")

    @property
    def label(self) -> str:
        """The first clause of the description, as long as a label may be."""
        said = self.column.description.removeprefix("Key: ")
        clause = re.split(r"[;:.](?= |$)", said, maxsplit=1)[0]
        return textwrap.shorten(clause[0].upper() + clause[1:], _LONGEST_LABEL, placeholder=" …")


def write(package: StagedPackage, path: Path) -> None:
    """Writes `kremlin-meetings.dta`."""
    rows = package.extent.row_counts["utterances"]
    if rows > MOST_ROWS:
        raise TooLargeError(f"{rows:,} turns, and Stata counts to {MOST_ROWS:,}; use the Parquet files")
    variables = _variables(package)
    with path.open("wb") as file, TemporaryFile(dir=path.parent) as texts:
        places = _write_head(file, package, variables, rows)
        places.append(file.tell())
        file.write(b"<data>")
        _write_rows(file, texts, package, variables)
        file.write(b"</data>")
        places.append(file.tell())
        file.write(b"<strls>")
        texts.seek(0)
        shutil.copyfileobj(texts, file, 1 << 20)
        file.write(b"</strls>")
        places.append(file.tell())
        file.write(b"<value_labels></value_labels>")
        places.append(file.tell())
        file.write(b"</stata_dta>")
        places.append(file.tell())
        file.seek(places[1])
        file.write(_map(places))


# ---------------------------------------------------------------------------------------------------------------------
# The variables


def _variables(package: StagedPackage) -> list[Variable]:
    variables = []
    for table, names in _VARIABLES.items():
        columns = {column.name: column for column in BY_NAME[table.strip()].columns}
        widths = _widths(package, table.strip(), names.split())
        variables += [Variable(columns[name], _kind(columns[name], widths[name])) for name in names.split()]
    return variables


def _widths(package: StagedPackage, table: str, names: list[str]) -> dict[str, int]:
    """The bytes of the longest value of each column that is text."""
    widths = dict.fromkeys(names, 1)
    for batch in package.tables.batches(BY_NAME[table], columns=names):
        for name in names:
            values: Any = batch.column(name)
            if pa.types.is_list(values.type):
                values = pc.binary_join(values, BETWEEN)
            if pa.types.is_string(values.type):
                widths[name] = max(widths[name], pc.max(pc.binary_length(values)).as_py() or 1)
            elif pa.types.is_time(values.type):
                widths[name] = len("00:00:00")
    return widths


def _kind(column: Column, width: int) -> int:
    kind = column.type.table_schema["type"]
    if kind in ("integer", "date"):
        return _LONG_INTEGER
    if kind == "boolean":
        return _BYTE
    return _STRL if column.name in _LONG or width > _LONGEST_FIXED else width


# ---------------------------------------------------------------------------------------------------------------------
# The head


def _write_head(file: IO[bytes], package: StagedPackage, variables: list[Variable], rows: int) -> list[int]:
    """Writes what stands before the rows. Returns where its parts begin, as the map lists them."""
    release = package.release
    label = f"{release.title} {release.version}: turns ({LICENCE}, kremlin.ru)"[:_LONGEST_LABEL].encode()
    day = release.created
    stamp = f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year} 00:00".encode()
    notes = (
        release.description,
        f"{LICENCE} {LICENCE_URL}. Source: {SOURCE_TITLE}, {SOURCE_URL}",
        f"An empty text is unknown or not printed, or a list without items. Items are joined by '{BETWEEN}'.",
    )
    places = [0]
    file.write(
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        + b"<K>" + struct.pack("<H", len(variables)) + b"</K><N>" + struct.pack("<Q", rows) + b"</N>"
        + b"<label>" + struct.pack("<H", len(label)) + label + b"</label>"
        + b"<timestamp>" + struct.pack("<B", len(stamp)) + stamp + b"</timestamp></header>"
    )  # fmt: skip
    places.append(file.tell())
    file.write(_map([]))
    for name, content in (
        ("variable_types", b"".join(struct.pack("<H", variable.kind) for variable in variables)),
        ("varnames", b"".join(_padded(variable.column.name, 129) for variable in variables)),
        ("sortlist", bytes(2 * (len(variables) + 1))),
        ("formats", b"".join(_padded(variable.format, 57) for variable in variables)),
        ("value_label_names", bytes(129 * len(variables))),
        ("variable_labels", b"".join(_padded(variable.label, 321) for variable in variables)),
        ("characteristics", b"".join(_notes(notes))),
    ):
        places.append(file.tell())
        file.write(f"<{name}>".encode() + content + f"</{name}>".encode())
    return places


def _map(places: list[int]) -> bytes:
    return b"<map>" + struct.pack("<14Q", *places, *[0] * (14 - len(places))) + b"</map>"


def _padded(text: str, size: int) -> bytes:
    return text.encode().ljust(size, b"\0")


def _notes(notes: tuple[str, ...]) -> Iterator[bytes]:
    """What Stata's `notes` shows: their number as note 0, then each."""
    for number, note in enumerate((str(len(notes)), *notes)):
        content = _padded("_dta", 129) + _padded(f"note{number}", 129) + note.encode() + b"\0"
        yield b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


# ---------------------------------------------------------------------------------------------------------------------
# The rows


def _write_rows(file: IO[bytes], texts: IO[bytes], package: StagedPackage, variables: list[Variable]) -> None:
    """Writes the rows, and beside them the long texts, each of which a row names by variable and row."""
    pack = struct.Struct("<" + "".join(variable.code for variable in variables)).pack
    changes = [_change(variable) for variable in variables]
    names = [variable.column.name for variable in variables]
    before: dict[int, tuple[str, int]] = {}
    for row, turn in enumerate(_rows(package), start=1):
        values = [change(turn.get(name)) for change, name in zip(changes, names, strict=True)]
        for number, variable in enumerate(variables, start=1):
            if variable.kind == _STRL:
                text = values[number - 1]
                # What all turns of a meeting have is kept once.
                if text and before.get(number, ("", 0))[0] != text:
                    before[number] = text, row << 16 | number
                    content = text.encode() + b"\0"
                    texts.write(b"GSO" + struct.pack("<IQBI", number, row, _TEXT, len(content)) + content)
                values[number - 1] = before[number][1] if text else 0
        file.write(pack(*values))


def _rows(package: StagedPackage) -> Iterator[dict[str, Any]]:
    """The turns, each with what the other tables say of it. The turn's own values win."""
    people = {row["speaker_id"]: row for row in package.tables.rows("speakers")}
    for meeting, rows in by_meeting(package.tables, "utterances", "participations"):
        states = {row["speaker_id"]: row["country"] for row in rows["participations"]}
        for turn in rows["utterances"]:
            who = turn["speaker_id"]
            yield {**meeting, **people.get(who, {}), "country": states.get(who), **turn}


def _change(variable: Variable) -> Callable[[Any], Any]:
    """What makes a value of the column one of Stata's. Stata has no missing text: it is empty."""
    match variable.column.type.table_schema["type"]:
        case "integer":
            return lambda value: _NO_LONG_INTEGER if value is None else value
        case "date":
            return lambda value: _NO_LONG_INTEGER if value is None else (value - _EPOCH).days
        case "boolean":
            return lambda value: _NO_BYTE if value is None else int(value)
        case "array":
            return _encoded(variable, BETWEEN.join)
        case "time":
            return _encoded(variable, dt.time.isoformat)
    return _encoded(variable, str)


def _encoded(variable: Variable, text: Callable[..., str]) -> Callable[[Any], Any]:
    """Texts of fixed length as bytes, long ones as they are."""
    if variable.kind == _STRL:
        return lambda value: "" if value is None else text(value)
    return lambda value: b"" if value is None else text(value).encode()
