"""Reads a package from the disk: its descriptor, and the rows of its tables in bounded memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from builder.package import formats
from builder.package.formats import FORMATS, Format, parquet_file
from builder.package.names import DESCRIPTOR, DIST
from builder.package.package_files import read_descriptor
from schema.tables import Table

ROWS_AS_OBJECTS = 4_096
"""Rows that become Python objects at a time: a row of Python objects takes ten times the memory of one in Arrow."""


class PackageReader(NamedTuple):
    """The package in a folder. Nothing is held between two calls; reading a damaged file raises what its library raises."""

    folder: Path

    @property
    def dist(self) -> Path:
        return self.folder / DIST

    def path(self, table: str, form: Format = FORMATS[0]) -> Path:
        """The file of a table in one format."""
        return self.dist / f"{table}.{form.name}"

    def read_descriptor(self) -> Any:
        """The descriptor, decoded. Raises `OSError`, and `ValueError` where it is not JSON."""
        return read_descriptor(self.folder / DESCRIPTOR)

    def batches(
        self,
        table: Table,
        form: Format = FORMATS[0],
        columns: Sequence[str] | None = None,
        most: int | None = None,
    ) -> Iterator[pa.Table]:
        """A table's rows, some at a time: the same number whatever the format, or with `most` that many at most.

        Of these columns alone, where they are named.
        """
        path = self.path(table.name, form)
        if form is FORMATS[0] and (columns is not None or most is not None):
            # Parquet alone can give some columns, or few rows, without reading the others.
            for batch in _parquet_batches(path, columns, most or formats.ROWS_AT_A_TIME):
                yield pa.Table.from_batches([batch])
            return
        for rows in form.read_evenly(path, table):
            yield rows if columns is None else rows.select(list(columns))

    def table(self, name: str) -> pa.Table:
        """A whole table by its name (`utterances`), as its Parquet file gives it."""
        with parquet_file(self.path(name)) as file:
            return file.read()

    def tuples(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, a tuple for each row, from the Parquet file."""
        return tuples_of(self.path(table), columns)

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, as its Parquet file gives them."""
        for batch in _parquet_batches(self.path(table), None, ROWS_AS_OBJECTS):
            yield from batch.to_pylist()


def tuples_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns of a Parquet file, a tuple for each row."""
    for batch in _parquet_batches(path, columns, ROWS_AS_OBJECTS):
        yield from as_tuples(batch, columns)


def as_tuples(rows: pa.Table | pa.RecordBatch, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns, a tuple for each row."""
    for start in range(0, rows.num_rows, ROWS_AS_OBJECTS):
        part = rows.slice(start, ROWS_AS_OBJECTS)
        yield from zip(*(part.column(name).to_pylist() for name in columns), strict=True)


def as_dicts(rows: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows as dictionaries."""
    names = rows.column_names
    for values in as_tuples(rows, names):
        yield dict(zip(names, values, strict=True))


def _parquet_batches(path: Path, columns: Sequence[str] | None, most: int) -> Iterator[pa.RecordBatch]:
    with parquet_file(path) as file:
        names = file.schema_arrow.names
        if missing := [name for name in columns or () if name not in names]:
            raise KeyError(missing[0])
        # Group by group: asked for all groups together, Arrow holds the whole file in memory.
        for group in range(file.num_row_groups):
            yield from file.iter_batches(most, row_groups=[group], columns=None if columns is None else list(columns))
