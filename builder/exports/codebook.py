"""The codebook: every column of every table in one CSV file, as statistics programs and catalogues list variables."""

import csv
from pathlib import Path

from builder.exports import StagedPackage
from schema.columns import Column
from schema.tables import TABLES

HEADER = ("table", "column", "type", "nullable", "values", "description")


def write(_package: StagedPackage, path: Path) -> None:
    """Writes `codebook.csv`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(HEADER)
        for table in TABLES:
            for column in table.columns:
                nullable = "true" if column.nullable else "false"
                writer.writerow([table.name, column.name, _type(column), nullable, _values(column), column.description])


def _type(column: Column) -> str:
    """The column's type as Table Schema names it; with its items' for a list."""
    return "array of string" if column.is_list else str(column.type.table_schema["type"])


def _values(column: Column) -> str:
    """The values that the column may have, where there are only some, or else the rule that they follow."""
    constraints = column.constraints
    if "enum" in constraints:
        return "; ".join(constraints["enum"])
    if "pattern" in constraints:
        return f"matches {constraints['pattern']}"
    return f"from {constraints['minimum']}" if "minimum" in constraints else ""
