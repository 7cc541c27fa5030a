"""Whether a table's files are what the builder writes of its rows, byte for byte.

A file that holds the right values in another spelling (an unquoted cell, keys in another order) is read otherwise by some
client. So the rows of each Parquet file are written again in every format, and the bytes compared: that is faster than
reading the text formats, which are read only where their bytes differ.
"""

import io
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import quote
from builder.package.formats import FORMATS, ROWS_IN_GROUP, TEXT_FORMATS, TextFormat, open_parquet
from builder.package.publish import DIST
from builder.package.reader import ROWS_AS_OBJECTS
from builder.verify.findings import Finding, Place, in_file
from schema.columns import arrow_schema
from schema.tables import Table

UNREADABLE = (OSError, ValueError, KeyError, TypeError, OverflowError, pa.ArrowException, msgspec.DecodeError)
"""What reading a damaged file may raise."""
_CREATED_BY = re.compile(rb"parquet-cpp-arrow version [0-9]+\.[0-9]+\.[0-9]+")


@dataclass
class Written:
    """How a table's files compare with what the builder writes of the rows of its Parquet file."""

    alike: set[str] = field(default_factory=set)
    """The text formats whose bytes are the same: their rows are then those of the Parquet file."""
    wrong: list[Finding] = field(default_factory=list)
    """What is wrong with the bytes of the Parquet file."""
    created_by: str | None = None
    """What the Parquet file says wrote it; null where it could not be compared."""

    @property
    def readable(self) -> set[str]:
        """The formats of which the comparison tells that the file can be read."""
        return self.alike | ({FORMATS[0].name} if self.created_by is not None else set())


class _Sink(io.RawIOBase):
    """A file that keeps of what is written to it the hash and the end."""

    def __init__(self) -> None:
        self.sha256 = sha256()
        self.end = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self.sha256.update(content)
        self.end = (self.end + content)[-_END_OF_FILE:]
        return len(content)


_END_OF_FILE = 4096
"""Bytes at the end of a Parquet file within which it says what wrote it."""


def compare_with_writer(path: Path, table: Table) -> Written:
    """Writes the rows of a table's Parquet file again and compares them with its files, a row group at a time."""
    written = Written()
    place = in_file(f"{DIST}/{path.name}", table)
    try:
        with ExitStack() as stack:
            file = stack.enter_context(pq.ParquetFile(path))
            schema = arrow_schema(table.model)
            if not file.schema_arrow.remove_metadata().equals(schema.remove_metadata()):
                return written
            sink = _Sink()
            metadata = {key.decode(): value.decode() for key, value in (file.schema_arrow.metadata or {}).items()}
            writer = stack.enter_context(open_parquet(pa.PythonFile(sink, "w"), table, metadata))
            texts = [_Text(form, path, table, stack) for form in TEXT_FORMATS]
            for index in range(file.num_row_groups):
                rows = file.read_row_group(index, use_threads=False).combine_chunks()
                if rows.num_rows < ROWS_IN_GROUP and index + 1 < file.num_row_groups:
                    wrong = f"row group {index + 1}: expected at least {ROWS_IN_GROUP} rows, found {rows.num_rows}"
                    written.wrong.append(place.says(wrong))
                writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
                for start in range(0, rows.num_rows, ROWS_AS_OBJECTS):
                    for text in texts:
                        text.compare(rows.slice(start, ROWS_AS_OBJECTS))
            writer.close()
            written.alike = {text.form.name for text in texts if text.is_alike()}
            _compare_parquet(path, place, sink, file.metadata.created_by, written)
            written.created_by = file.metadata.created_by
    except UNREADABLE:
        # What cannot be read or written again is not alike; why, the reading of each file tells.
        written.alike.clear()
    return written


def _compare_parquet(path: Path, place: Place, again: _Sink, created_by: str | None, written: Written) -> None:
    """Of the same version of Arrow the same rows are the same bytes; another version may write them otherwise."""
    with path.open("rb") as file:
        if file_digest(file, "sha256").digest() == again.sha256.digest():
            return
    ours = _CREATED_BY.findall(again.end)
    theirs = (created_by or "").encode()
    if not _CREATED_BY.fullmatch(theirs):
        what = f"expected a file that parquet-cpp-arrow wrote, found {quote(created_by or '')}"
        written.wrong.append(place.says(f"{what}; download it again"))
    elif ours[-1:] == [theirs]:
        what = "expected the bytes that the builder writes of its rows, found others"
        written.wrong.append(place.says(f"{what}; download it again"))


class _Text:
    """A file of a text format, compared with what is rendered, some rows at a time."""

    def __init__(self, form: TextFormat, parquet: Path, table: Table, stack: ExitStack) -> None:
        self.form = form
        self._table = table
        self._file: BinaryIO | None = None
        self._same = True
        try:
            self._file = stack.enter_context(parquet.with_suffix(f".{form.name}").open("rb"))
        except OSError:
            self._same = False
        self._expect(form.header(table))

    def compare(self, rows: pa.Table) -> None:
        if self._same:
            self._expect(self.form.render(rows, self._table))

    def is_alike(self) -> bool:
        """Whether the file held what was rendered and nothing else."""
        return self._same and self._file is not None and not self._file.read(1)

    def _expect(self, content: bytes) -> None:
        if self._same and self._file is not None:
            self._same = self._file.read(len(content)) == content
