"""What the models say, as documents: JSON Schemas, and the data dictionary in Markdown."""

import json
from typing import Any

from schema.columns import Column
from schema.tables import Table

JSON_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(table: Table) -> dict[str, Any]:
    """The JSON Schema of one row, as a line of the table's JSONL file holds it."""
    schema = table.model.model_json_schema()
    return {"$schema": JSON_SCHEMA_DIALECT, **schema, "description": table.description}


def dictionary(table: Table) -> str:
    """The table's columns as a Markdown table, under its name and what a row of it is."""
    rows = [f"| `{c.name}` | {_type(c)} | {_meaning(c, table)} | {_example(c)} |" for c in table.columns]
    heading = (
        f"## {table.name}\n\n{table.description}\n\n| column | type | meaning | example |\n| --- | --- | --- | --- |\n"
    )
    return heading + "\n".join(rows) + "\n"


def _type(column: Column) -> str:
    name = column.type.table_schema["type"]
    return ("list of strings" if name == "array" else name) + (", or null" if column.nullable else "")


def _meaning(column: Column, table: Table) -> str:
    meaning = column.description
    for key in table.foreign_keys:
        if key.column == column.name:
            meaning += f" → {key.table}."
    if column.is_enum:
        meaning += " One of " + ", ".join(f"`{value}`" for value in column.constraints["enum"]) + "."
    return _cell(meaning)


def _example(column: Column) -> str:
    shown = column.example if isinstance(column.example, str) else json.dumps(column.example, ensure_ascii=False)
    return _cell(f"`{shown}`")


def _cell(text: str) -> str:
    """A text as a cell of a Markdown table; between backticks a `<` is one as it stands."""
    cell = text.replace("|", "\\|")
    return cell if "`" in text else cell.replace("<", "&lt;")
