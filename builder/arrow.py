"""From validated records to Arrow tables."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from builder.assemble import Dataset
from schema.columns import arrow_schema
from schema.records import Record
from schema.tables import TABLES, Table

Tables = Mapping[str, pa.Table]
"""The dataset as Arrow tables, by the table's name."""


def to_arrow(dataset: Dataset) -> Tables:
    """The six tables, each with the schema of its model, its rows in the order of its key."""
    return {table.name: table_from_records(table, getattr(dataset, table.name)) for table in TABLES}


def table_from_records(table: Table, rows: Sequence[Record]) -> pa.Table:
    schema = arrow_schema(table.model)
    arrays = [pa.array([getattr(row, column.name) for row in rows], column.type.arrow) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema)
