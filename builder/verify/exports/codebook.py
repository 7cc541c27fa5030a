"""The codebook says of each column what the package's descriptor says."""

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from builder.files import read_text
from builder.package.names import DIST
from builder.verify.findings import Finding, in_file, same
from builder.verify.package_rows import Package
from schema.tables import TABLES

HEADER = ["table", "column", "type", "nullable", "values", "description"]


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `codebook.csv` with the fields of the descriptor's tables."""
    place = in_file(f"{DIST}/{path.name}")
    header, *rows = csv.reader(read_text(path, follow_links=False).splitlines())
    yield from same(place, "", HEADER, header)
    expected = [_row(table.name, field) for table in TABLES for field in _fields(package, table.name)]
    yield from same(place, "number of columns", len(expected), len(rows))
    for wanted, found in zip(expected, rows, strict=False):
        for name, one, other in zip_longest(HEADER, wanted, found):
            yield from same(place, f"{name} of {wanted[0]}.{wanted[1]}", one, other)


def _fields(package: Package, table: str) -> list[dict[str, Any]]:
    if isinstance(package.descriptor, str):
        return []
    resources = {resource["name"]: resource for resource in package.descriptor["resources"]}
    return list(resources[table]["schema"]["fields"])


def _row(table: str, field: dict[str, Any]) -> list[str]:
    constraints = field.get("constraints", {})
    kind = f"array of {field['arrayItem']['type']}" if field["type"] == "array" else field["type"]
    values = "; ".join(constraints.get("enum", []))
    if not values and "pattern" in constraints:
        values = f"matches {constraints['pattern']}"
    if not values and "minimum" in constraints:
        values = f"from {constraints['minimum']}"
    nullable = "false" if constraints.get("required") else "true"
    return [table, field["name"], kind, nullable, values, field["description"]]
