"""Writes and reads back a table in each format. A new format is one function of each kind and one line of `FORMATS`."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.arrow import Tables
from schema.columns import arrow_schema
from schema.tables import BY_NAME, Table

PARQUET_ROW_GROUP = 16_384
"""Rows in a row group: small enough that one meeting of a large archive loads without reading the rest."""


# ---------------------------------------------------------------------------------------------------------------------
# Parquet


def write_parquet(rows: pa.Table, table: Table, path: Path, metadata: dict[str, str]) -> None:
    """Writes a table as Parquet, `metadata` in its footer: files get separated from what describes them."""
    # Chunks are combined and no clock is written, so that the same rows give the same bytes.
    rows = rows.combine_chunks().replace_schema_metadata(metadata)
    repeated = [
        c.name for c in table.columns if c.is_enum or (c.name.endswith("_id") and (c.name,) != table.primary_key)
    ]
    pq.write_table(
        rows,
        path,
        compression="zstd",
        row_group_size=PARQUET_ROW_GROUP,
        use_dictionary=repeated,  # type: ignore[arg-type]  # columns are allowed, the stubs know it not
        write_page_index=True,
        sorting_columns=[pq.SortingColumn(rows.column_names.index(name)) for name in table.primary_key],
    )


def read_parquet(path: Path, _table: Table) -> pa.Table:
    return pq.read_table(path)


# ---------------------------------------------------------------------------------------------------------------------
# JSON Lines


def write_jsonl(rows: pa.Table, _table: Table, path: Path, _metadata: dict[str, str]) -> None:
    """Writes a table as JSON Lines: every key on every line, in the table's order, nulls written out."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for batch in rows.to_batches(max_chunksize=PARQUET_ROW_GROUP):
            file.write(encoder.encode_lines(batch.to_pylist()))


def read_jsonl(path: Path, table: Table) -> pa.Table:
    """Reads JSON Lines back. Raises `ValueError` for a line that is not an object of this table's fields."""
    kinds: dict[Any, Any] = {pa.date32(): dt.date, pa.time32("ms"): dt.time, pa.bool_(): bool, pa.int64(): int}
    fields = [(c.name, (list[str] if c.is_list else kinds.get(c.type.arrow, str)) | None) for c in table.columns]
    row = msgspec.defstruct(table.model.__name__, fields, forbid_unknown_fields=True)
    decoder = msgspec.json.Decoder(row)
    with path.open("rb") as file:
        rows = [decoder.decode(line) for line in file]
    schema = arrow_schema(table.model)
    return pa.Table.from_arrays(
        [pa.array([getattr(r, c.name) for r in rows], c.type.arrow) for c in table.columns], schema=schema
    )


# ---------------------------------------------------------------------------------------------------------------------
# CSV


def write_csv(rows: pa.Table, table: Table, path: Path, _metadata: dict[str, str]) -> None:
    """Writes a table as CSV: text quoted, null as nothing, a list as compact JSON, time as HH:MM:SS."""
    cells = [_csv_cells(rows.column(c.name), c.is_list) for c in table.columns]
    pa_csv.write_csv(pa.Table.from_arrays(cells, names=rows.column_names), path)


def _csv_cells(values: "pa.ChunkedArray[Any]", is_list: bool) -> "pa.ChunkedArray[Any]":
    if is_list:
        encode = msgspec.json.Encoder().encode
        cells = [None if value is None else encode(value).decode() for value in values.to_pylist()]
        return pa.chunked_array([pa.array(cells, pa.string())])
    if pa.types.is_time(values.type):
        return pc.cast(values, pa.time32("s"))
    return values


def read_csv(path: Path, table: Table) -> pa.Table:
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
    # One block for the whole file: a cell may be longer than pyarrow's default block.
    read = pa_csv.ReadOptions(block_size=max(path.stat().st_size, 1))
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    rows = pa_csv.read_csv(path, read_options=read, parse_options=parse, convert_options=options)
    arrays = [_from_csv_cells(rows.column(c.name), c.is_list) for c in table.columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table.model))


def _from_csv_cells(values: "pa.ChunkedArray[Any]", is_list: bool) -> "pa.ChunkedArray[Any]":
    if not is_list:
        return values
    decode = msgspec.json.Decoder(list[str]).decode
    cells = [None if value is None else decode(value) for value in values.to_pylist()]
    return pa.chunked_array([pa.array(cells, pa.list_(pa.string()))])


# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Format:
    """One serialisation of a table."""

    name: str
    media_type: str
    write: Callable[[pa.Table, Table, Path, dict[str, str]], None]
    """Writes rows of a table to a path, with what the file should say of its release where the format can."""
    read: Callable[[Path, Table], pa.Table]


FORMATS = (
    Format("parquet", "application/vnd.apache.parquet", write_parquet, read_parquet),
    Format("jsonl", "application/jsonl", write_jsonl, read_jsonl),
    Format("csv", "text/csv", write_csv, read_csv),
)


def write_tables(tables: Tables, folder: Path, metadata: dict[str, str]) -> Iterator[Path]:
    """Writes every table in every format below a folder; gives each file as it is done."""
    for name, rows in tables.items():
        for form in FORMATS:
            path = folder / f"{name}.{form.name}"
            form.write(rows, BY_NAME[name], path, metadata)
            yield path
