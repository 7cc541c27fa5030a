"""Valid rows of any table, made of what its model says of its fields: a new column is filled in by itself."""

import json
from typing import Any

from schema.records import Record
from schema.tables import Table


def row_of_examples(table: Table) -> dict[str, Any]:
    """The row that a table's own examples make, as Python values."""
    row = table.model.model_validate_json(json.dumps({column.name: column.example for column in table.columns}))
    return {column.name: getattr(row, column.name) for column in table.columns}


def sparse_row(table: Table, **values: Any) -> dict[str, Any]:
    """A row that holds these values, elsewhere null where a column may be null, and its example where not."""
    examples = row_of_examples(table)
    empty = {column.name: None if column.nullable else examples[column.name] for column in table.columns}
    return empty | values


def record(table: Table, **values: Any) -> Record:
    """The same row as a record."""
    return table.model(**sparse_row(table, **values))
