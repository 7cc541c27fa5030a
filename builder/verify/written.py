"""Whether a table's files are what the builder writes of its rows, byte for byte.

A file that holds the right values in another spelling (an unquoted cell, keys in another order) is read otherwise by some
client. So the rows of each Parquet file are written again in every format, and the bytes compared: that is faster than
reading the text formats, which are read only where their bytes differ.
"""

import io
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa

from builder.errors import quote
from builder.files import open_regular
from builder.package.formats import FORMATS, TEXT_FORMATS, Chunk, TextFormat, open_parquet, parquet_file
from builder.package.names import DIST
from builder.package.reader import ROWS_AS_OBJECTS
from builder.verify.findings import Finding, Place, in_file
from schema.columns import arrow_schema
from schema.tables import Table

UNREADABLE = (OSError, ValueError, KeyError, TypeError, OverflowError, pa.ArrowException, msgspec.DecodeError)
"""What reading a damaged file may raise."""


@dataclass
class Written:
    """How a table's files compare with what the builder writes of the rows of its Parquet file."""

    alike: set[str] = field(default_factory=set)
    """The text formats whose bytes are the same: their rows are then those of the Parquet file."""
    wrong: list[Finding] = field(default_factory=list)
    """What is wrong with the bytes of the Parquet file."""
    is_compared: bool = False
    """Whether the rows of the Parquet file could be read and written again."""
    row_groups: list[int] = field(default_factory=list)
    """The number of rows in each row group of the Parquet file."""

    @property
    def readable(self) -> set[str]:
        """The formats of which the comparison tells that the file can be read."""
        return self.alike | ({FORMATS[0].name} if self.is_compared else set())


class _Sink(io.RawIOBase):
    """A file that keeps only the hash of what is written to it."""

    def __init__(self) -> None:
        self.sha256 = sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        content = bytes(data)
        self.sha256.update(content)
        return len(content)


def compare_with_writer(path: Path, table: Table) -> Written:
    """Writes the rows of a table's Parquet file again and compares them with its files, a row group at a time."""
    written = Written()
    place = in_file(f"{DIST}/{path.name}", table)
    try:
        with ExitStack() as stack:
            file = stack.enter_context(parquet_file(path))
            schema = arrow_schema(table.model)
            if not file.schema_arrow.remove_metadata().equals(schema.remove_metadata()):
                return written
            sink = _Sink()
            metadata = {key.decode(): value.decode() for key, value in (file.schema_arrow.metadata or {}).items()}
            writer = stack.enter_context(open_parquet(pa.PythonFile(sink, "w"), table, metadata))
            texts = [_Text(form, path, table, stack) for form in TEXT_FORMATS]
            for index in range(file.num_row_groups):
                rows = file.read_row_group(index, use_threads=False).combine_chunks()
                written.row_groups.append(rows.num_rows)
                writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
                for start in range(0, rows.num_rows, ROWS_AS_OBJECTS):
                    for text in texts:
                        text.compare(rows.slice(start, ROWS_AS_OBJECTS))
            writer.close()
            written.alike = {text.form.name for text in texts if text.is_alike()}
            _compare_parquet(path, place, sink, file.metadata.created_by, written)
            written.is_compared = True
    except UNREADABLE:
        # What cannot be read or written again is not alike; why, the reading of each file tells.
        written.alike.clear()
    return written


def _compare_parquet(path: Path, place: Place, again: _Sink, created_by: str | None, written: Written) -> None:
    """The same rows, written by the same version of Arrow, are the same bytes: layout, encodings and statistics too."""
    with open_regular(path, follow_links=False) as file:
        if file_digest(file, "sha256").digest() == again.sha256.digest():
            return
    # Whatever else differs where the writer does, false statistics among it, nobody can tell.
    ours = f"parquet-cpp-arrow version {pa.__version__}"
    if created_by != ours:
        what = f"expected a file that {ours} wrote, as this builder does, found {quote(created_by or '')}"
        advice = "download it again, or verify it with the builder of its release"
    else:
        what, advice = "expected the bytes that the builder writes of its rows, found others", "download it again"
    written.wrong.append(place.says(f"{what}; {advice}"))


class _Text:
    """A file of a text format, compared with what is rendered, some rows at a time."""

    def __init__(self, form: TextFormat, parquet: Path, table: Table, stack: ExitStack) -> None:
        self.form = form
        self._table = table
        self._file: BinaryIO | None = None
        self._same = True
        try:
            path = parquet.with_suffix(f".{form.name}")
            self._file = stack.enter_context(open_regular(path, follow_links=False))
        except OSError:
            self._same = False
        self._expect(form.header(table))

    def compare(self, rows: pa.Table) -> None:
        if self._same:
            self._expect(self.form.render(Chunk(rows), self._table))

    def is_alike(self) -> bool:
        """Whether the file held what was rendered and nothing else."""
        return self._same and self._file is not None and not self._file.read(1)

    def _expect(self, content: bytes) -> None:
        if self._same and self._file is not None:
            self._same = self._file.read(len(content)) == content
