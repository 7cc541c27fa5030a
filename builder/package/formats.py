"""Writes and reads back a table in each format.

A text format is a function that renders rows and one that reads a file back, and a line of `TEXT_FORMATS`: a file is its
header and the rendered rows of every chunk, one after the other. Parquet is written a row group at a time.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise
from operator import lt
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.files import open_regular
from schema.columns import arrow_schema
from schema.tables import Table

ROWS_IN_GROUP = 16_384
"""Rows in a Parquet row group, at least: few enough that one meeting loads without the rest of a large archive, many
enough that a scan does not stumble over small ones. A chunk of meetings is never parted."""
ROWS_AT_A_TIME = 32_768
"""Rows that are read back at a time."""
_LARGEST_CSV_BLOCK = 1 << 26


class Chunk:
    """Some rows of a table: as Arrow holds them, and as lists, which Arrow takes long to make."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows

    @cached_property
    def lists(self) -> dict[str, list[Any]]:
        """The columns by name, each a list of one value a row."""
        return {name: self.rows.column(name).to_pylist() for name in self.rows.column_names}

    def check_order(self, table: Table) -> None:
        """Raises `ValueError` where the rows do not stand in the table's order, each once: a defect of the builder."""
        keys = [*zip(*(self.lists[name] for name in table.order), strict=True)]
        if not all(map(lt, keys, keys[1:])):
            before, key = next(pair for pair in pairwise(keys) if not lt(*pair))
            raise ValueError(f"{table.name}: {key} does not come after {before}; nothing was published")


# ---------------------------------------------------------------------------------------------------------------------
# JSON Lines


def render_jsonl(chunk: Chunk, table: Table) -> bytes:
    """Rows as JSON Lines: every key on every line, in the table's order, nulls written out."""
    return msgspec.json.Encoder().encode_lines(list(map(_row_type(table), *chunk.lists.values())))


def read_jsonl(path: Path, table: Table) -> Iterator[pa.Table]:
    """Reads JSON Lines back. Raises `ValueError` for a line that is not an object of exactly this table's fields."""
    decode = msgspec.json.Decoder(_row_type(table)).decode
    with open_regular(path, follow_links=False) as file:
        while lines := list(islice(file, ROWS_AT_A_TIME)):
            columns = zip(*(msgspec.structs.astuple(decode(line)) for line in lines), strict=True)
            arrays = [pa.array(values, c.type.arrow) for values, c in zip(columns, table.columns, strict=True)]
            yield pa.Table.from_arrays(arrays, schema=arrow_schema(table.model))


@cache
def _row_type(table: Table) -> Any:
    """A row of the table as msgspec writes and reads it."""
    kinds: dict[Any, Any] = {pa.date32(): dt.date, pa.time32("ms"): dt.time, pa.bool_(): bool, pa.int64(): int}
    fields = [(c.name, (list[str] if c.is_list else kinds.get(c.type.arrow, str)) | None) for c in table.columns]
    return msgspec.defstruct(table.model.__name__, fields, forbid_unknown_fields=True, gc=False)


# ---------------------------------------------------------------------------------------------------------------------
# CSV


def render_csv(chunk: Chunk, table: Table) -> bytes:
    """Rows as CSV: text quoted, null as nothing, a list as compact JSON, time as HH:MM:SS."""
    rows = chunk.rows
    cells = [_csv_cells(rows.column(c.name), c.is_list) for c in table.columns]
    sink = pa.BufferOutputStream()
    options = pa_csv.WriteOptions(include_header=False)
    pa_csv.write_csv(pa.Table.from_arrays(cells, names=rows.column_names), sink, options)
    return sink.getvalue().to_pybytes()


def csv_header(table: Table) -> bytes:
    return (",".join(f'"{column.name}"' for column in table.columns) + "\n").encode()


def _csv_cells(values: "pa.ChunkedArray[Any]", is_list: bool) -> "pa.ChunkedArray[Any]":
    if is_list:
        encode = msgspec.json.Encoder().encode
        cells = [None if value is None else encode(value).decode() for value in values.to_pylist()]
        return pa.chunked_array([pa.array(cells, pa.string())])
    if pa.types.is_time(values.type):
        return pa.chunked_array([pa.array(values.to_pylist(), pa.time32("s"))])
    return values


def read_csv(path: Path, table: Table) -> Iterator[pa.Table]:
    """Reads CSV back: an empty cell without quotes is null, an empty quoted one would be an empty text."""
    as_read = {c.name: pa.string() if c.is_list else c.type.arrow for c in table.columns}
    options = pa_csv.ConvertOptions(
        column_types=as_read,
        null_values=[""],
        true_values=["true"],
        false_values=["false"],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    with open_regular(path, follow_links=False) as file:
        # A row must fit into a block, and a cell may be as long as a page.
        size = os.fstat(file.fileno()).st_size
        read = pa_csv.ReadOptions(block_size=min(max(size, 1), _LARGEST_CSV_BLOCK), use_threads=False)
        with pa_csv.open_csv(file, read_options=read, parse_options=parse, convert_options=options) as reader:
            for batch in reader:
                rows = pa.Table.from_batches([batch])
                arrays = [_from_csv_cells(rows.column(c.name), c.is_list) for c in table.columns]
                yield pa.Table.from_arrays(arrays, schema=arrow_schema(table.model))


def _from_csv_cells(values: "pa.ChunkedArray[Any]", is_list: bool) -> "pa.ChunkedArray[Any]":
    if not is_list:
        return values
    decode = msgspec.json.Decoder(list[str]).decode
    cells = [None if value is None else decode(value) for value in values.to_pylist()]
    return pa.chunked_array([pa.array(cells, pa.list_(pa.string()))])


# ---------------------------------------------------------------------------------------------------------------------
# Parquet


def open_parquet(path: Path | pa.NativeFile, table: Table, metadata: dict[str, str]) -> pq.ParquetWriter:
    """Opens a Parquet file to which row groups are written, `metadata` in its footer: files get separated from what
    describes them. No clock goes into it, so that the same rows give the same bytes."""
    schema = arrow_schema(table.model).with_metadata(metadata)
    repeated = [
        c.name for c in table.columns if c.is_enum or (c.name.endswith("_id") and (c.name,) != table.primary_key)
    ]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        use_dictionary=repeated,  # type: ignore[arg-type]  # columns are allowed; the stubs do not know it
        write_page_index=True,
        sorting_columns=[pq.SortingColumn(schema.names.index(name)) for name in table.order],
    )


@contextmanager
def parquet_file(path: Path) -> Iterator[pq.ParquetFile]:
    """Opens a Parquet file to be read. Raises `OSError` where it is a link or no regular file."""
    with open_regular(path, follow_links=False) as file, pq.ParquetFile(file) as parquet:
        yield parquet


def read_parquet(path: Path, _table: Table) -> Iterator[pa.Table]:
    with parquet_file(path) as file:
        # Group by group: asked for all groups together, Arrow holds the whole file in memory.
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(ROWS_AT_A_TIME, row_groups=[group]):
                yield pa.Table.from_batches([batch], file.schema_arrow)


# ---------------------------------------------------------------------------------------------------------------------
# All of them


@dataclass(frozen=True)
class Format:
    """One serialisation of a table."""

    name: str
    title: str
    media_type: str
    batches: Callable[[Path, Table], Iterator[pa.Table]]
    """Reads a file back, some rows at a time."""
    resource: Callable[[int], dict[str, Any]]
    """How the descriptor says that a file is read, from its number of rows; with `type` where it is read as a table."""

    def read(self, path: Path, table: Table) -> pa.Table:
        """Reads a whole file back."""
        rows = list(self.batches(path, table))
        return pa.concat_tables(rows) if rows else arrow_schema(table.model).empty_table()

    def read_evenly(self, path: Path, table: Table) -> Iterator[pa.Table]:
        """Reads a file back, the same number of rows at a time whatever the format."""
        held: list[pa.Table] = []
        for batch in self.batches(path, table):
            held.append(batch)
            while sum(rows.num_rows for rows in held) >= ROWS_AT_A_TIME:
                rows = pa.concat_tables(held)
                yield rows.slice(0, ROWS_AT_A_TIME)
                held = [rows.slice(ROWS_AT_A_TIME)]
        if held and (rows := pa.concat_tables(held)).num_rows:
            yield rows


@dataclass(frozen=True)
class TextFormat(Format):
    """A format whose file is a header and rendered rows."""

    header: Callable[[Table], bytes]
    render: Callable[[Chunk, Table], bytes]


# Written out in full although these are the defaults: readers that guess a dialect are slow and guess wrong.
CSV_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def _jsonl_resource(row_count: int) -> dict[str, Any]:
    """Without rows as a file, not as a table: frictionless fails on JSONL without lines."""
    return {"type": "table", "format": "jsonl"} if row_count else {"format": "txt"}


TEXT_FORMATS = (
    TextFormat("jsonl", "JSONL", "application/jsonl", read_jsonl, _jsonl_resource, lambda table: b"", render_jsonl),
    TextFormat(
        "csv",
        "CSV",
        "text/csv",
        read_csv,
        lambda row_count: {"type": "table", "format": "csv", "dialect": CSV_DIALECT},
        csv_header,
        render_csv,
    ),
)
FORMATS: tuple[Format, ...] = (
    # As a file, not as a table: frictionless reads no Parquet with lists or null integers. So it checks the bytes;
    # `verify` checks the contents.
    Format("parquet", "Parquet", "application/vnd.apache.parquet", read_parquet, lambda row_count: {"format": "pq"}),
    *TEXT_FORMATS,
)


def format_titles() -> str:
    """All formats, as a sentence names them."""
    *titles, last = [form.title for form in FORMATS]
    return f"{', '.join(titles)} and {last}"


class TableFiles:
    """The files of one table, as they are written chunk by chunk."""

    def __init__(self, table: Table, folder: Path, metadata: dict[str, str], stack: ExitStack) -> None:
        self.row_count = 0
        self._held: list[pa.Table] = []
        """Rows that make up no row group yet."""
        self._last_key: pa.Table | None = None
        self.paths = [folder / f"{table.name}.{form.name}" for form in FORMATS]
        self._table = table
        self._parquet = stack.enter_context(open_parquet(folder / f"{table.name}.parquet", table, metadata))
        self._texts = {
            form.name: stack.enter_context((folder / f"{table.name}.{form.name}").open("wb")) for form in TEXT_FORMATS
        }
        for form in TEXT_FORMATS:
            self._texts[form.name].write(form.header(table))

    def append(self, rows: pa.Table, texts: Mapping[str, bytes]) -> None:
        """Appends rows, and the same as each text format renders them."""
        if not rows.num_rows:
            return
        self._check_order(rows)
        self.row_count += rows.num_rows
        self._held.append(rows)
        if sum(held.num_rows for held in self._held) >= ROWS_IN_GROUP:
            self.flush()
        for name, text in texts.items():
            self._texts[name].write(text)

    def flush(self) -> None:
        """Writes the rows that are held as one row group."""
        if self._held:
            rows = pa.concat_tables(self._held).combine_chunks()
            self._parquet.write_table(rows, row_group_size=rows.num_rows)
            self._held = []

    def _check_order(self, rows: pa.Table) -> None:
        """Raises `ValueError` where the rows do not come after those before them: a defect of the builder."""
        keys = rows.select(self._table.order)
        if self._last_key is not None:
            Chunk(pa.concat_tables([self._last_key, keys.slice(0, 1)])).check_order(self._table)
        self._last_key = keys.slice(keys.num_rows - 1)


@contextmanager
def open_tables(tables: tuple[Table, ...], folder: Path, metadata: dict[str, str]) -> Iterator[dict[str, TableFiles]]:
    """Opens the files of these tables below a folder, to be written chunk by chunk; closed, they are complete."""
    with ExitStack() as stack:
        files = {table.name: TableFiles(table, folder, metadata, stack) for table in tables}
        yield files
        for table_files in files.values():
            table_files.flush()
