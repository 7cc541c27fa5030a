"""A package as it lies on the disk, read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import quote
from builder.package.descriptor import FileFacts
from builder.package.formats import FORMATS, Format
from builder.package.publish import DESCRIPTOR, DIST, file_facts
from builder.verify.written import UNREADABLE, Written, compare_with_writer
from schema.tables import TABLES, Table
from schema.text import normal_form

Row = dict[str, Any]
Tables = Mapping[str, pa.Table]
"""Tables by name."""

STREAMED = "segments"
"""The table that is read some rows at a time and never held whole: it holds all text of all sources."""


@dataclass
class SegmentFindings:
    """What the pass over the segments found wrong, by check."""

    valid: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    ledger: list[str] = field(default_factory=list)
    cover: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    utterances: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


@dataclass
class Package:
    """A package as it lies on the disk; what cannot be read is null or absent here, and some check says so."""

    folder: Path
    unread: dict[str, str] = field(default_factory=dict)
    """Files that could not be read, and why."""
    segment_findings: SegmentFindings | None = None
    """What the pass over the segments found, once it is made."""
    _file_facts: dict[str, FileFacts] = field(default_factory=dict)

    @property
    def dist(self) -> Path:
        return self.folder / DIST

    @cached_property
    def descriptor(self) -> dict[str, Any] | None:
        try:
            descriptor = msgspec.json.decode((self.folder / DESCRIPTOR).read_bytes())
        except (OSError, msgspec.DecodeError, RecursionError) as error:
            self.unread[DESCRIPTOR] = str(error)
            return None
        return descriptor if isinstance(descriptor, dict) else None

    @cached_property
    def formats(self) -> dict[str, dict[str, pa.Table]]:
        """Each table but the streamed one as each of its files gives it: by the table's name, then the format's."""
        read: dict[str, dict[str, pa.Table]] = {}
        for table in TABLES:
            if table.name != STREAMED:
                read[table.name] = {}
                for form in FORMATS:
                    if form.name in self.written[table.name].alike:
                        read[table.name][form.name] = read[table.name][FORMATS[0].name]
                    elif batches := list(self.batches(table, form)):
                        read[table.name][form.name] = pa.concat_tables(batches)
        return read

    @cached_property
    def written(self) -> dict[str, Written]:
        """How the files of each table compare with what the builder writes of its rows."""
        return {table.name: compare_with_writer(self.dist / f"{table.name}.parquet", table) for table in TABLES}

    def batches(self, table: Table, form: Format) -> Iterator[pa.Table]:
        """A table's rows as one of its files gives them, some at a time, all formats alike; ends where the file cannot be
        read on, and notes why. A file without rows gives one empty batch."""
        path = self.dist / f"{table.name}.{form.name}"
        empty = True
        try:
            for batch in form.read_evenly(path, table):
                empty = False
                yield batch
        except UNREADABLE as error:
            self.unread[f"{DIST}/{path.name}"] = quote(str(error))
        else:
            if empty:
                yield form.read(path, table)

    @cached_property
    def tables(self) -> Tables:
        """The tables but the streamed one as their Parquet files give them, else as another format does."""
        return {name: next(iter(read.values())) for name, read in self.formats.items() if read}

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        return {name: table.to_pylist() for name, table in self.tables.items()}

    @cached_property
    def row_counts(self) -> dict[str, int]:
        """Rows by table; of the streamed one as its Parquet file's footer states."""
        counts = {name: table.num_rows for name, table in self.tables.items()}
        counts[STREAMED] = pq.read_metadata(self.dist / f"{STREAMED}.parquet").num_rows
        return counts

    def file_facts(self, name: str) -> FileFacts:
        """Size and SHA-256 of a file of `dist/`, read once. Raises `OSError` where it cannot be read."""
        if name not in self._file_facts:
            self._file_facts[name] = file_facts(self.dist / name)
        return self._file_facts[name]


def key_of(table: Table, row: Row) -> str:
    """A row's key, for messages."""
    return ", ".join(str(row[name]) for name in table.primary_key if name in row)


def shown(value: Any) -> str:
    """A value, for messages."""
    if value is None:
        return "null"
    return quote(value) if isinstance(value, str) else quote(str(value)).strip('"')


def contrast(expected: Any, found: Any) -> str:
    """Two values that differ, for messages; those that look alike by their code points, from where they part."""
    one, other = shown(expected), shown(found)
    if one == other:
        texts = str(expected), str(found)
        at = next((i for i, pair in enumerate(zip(*texts, strict=False)) if pair[0] != pair[1]), min(map(len, texts)))
        one, other = (f"{text[at : at + 20]!a} at character {at}" for text in texts)
    return f"expected {one}, found {other}"


def same(what: str, expected: Any, found: Any) -> Iterator[str]:
    """A finding where two values differ."""
    if expected != found:
        yield f"{what}: {contrast(expected, found)}"


def squeezed(text: str) -> str:
    """A text's words without the white space between them: a tool may have broken or joined them anywhere."""
    return "".join(normal_form(text).split())
