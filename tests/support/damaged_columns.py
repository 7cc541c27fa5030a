"""Damages the columns of a table's file, in each format: drops, doubles, renames, reorders and retypes them."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schema.tables import BY_NAME

Cells = list[tuple[str, Any]]
"""Columns: their names and values."""
Edit = Callable[[int, Cells, Callable[[Any], Any]], Cells]
"""Edits the column of a number; the function gives its values another type."""

COLUMN_EDITS: tuple[tuple[str, Edit], ...] = (
    ("dropped", lambda i, cells, _: cells[:i] + cells[i + 1 :]),
    ("doubled", lambda i, cells, _: [*cells[: i + 1], cells[i], *cells[i + 1 :]]),
    ("renamed", lambda i, cells, _: [*cells[:i], (f"{cells[i][0]}_", cells[i][1]), *cells[i + 1 :]]),
    ("reordered", lambda i, cells, _: [*cells[:i], *cells[i + 1 :], cells[i]] if cells[i + 1 :] else [cells[-1], *cells[:-1]]),
    ("of another type", lambda i, cells, retyped: [*cells[:i], (cells[i][0], retyped(cells[i][1])), *cells[i + 1 :]]),
)  # fmt: skip


def edit_columns(index: int, edit: Edit) -> Callable[[Path], None]:
    """What edits the columns of a file, whatever its format."""

    def act(path: Path) -> None:
        read, write, retyped = _FORMATS[path.suffix]
        write(path, edit(index, read(path), retyped))

    return act


# ---------------------------------------------------------------------------------------------------------------------
# Parquet


def _read_parquet(path: Path) -> Cells:
    table = pq.read_table(path)
    return list(zip(table.column_names, table.columns, strict=True))


def _write_parquet(path: Path, cells: Cells) -> None:
    table = pa.Table.from_arrays([values for _, values in cells], names=[name for name, _ in cells])
    pq.write_table(table.replace_schema_metadata(pq.read_schema(path).metadata), path)


def _retyped_parquet(column: Any) -> Any:
    """Texts as bytes, all else as texts."""
    values = column.to_pylist()
    if all(value is None or isinstance(value, str) for value in values):
        return pa.array([None if value is None else value.encode() for value in values], pa.binary())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


# ---------------------------------------------------------------------------------------------------------------------
# JSON Lines


def _read_jsonl(path: Path) -> Cells:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(column.name, [row[column.name] for row in rows]) for column in BY_NAME[path.stem].columns]


def _write_jsonl(path: Path, cells: Cells) -> None:
    names = [json.dumps(name) for name, _ in cells]
    rows = zip(*(values for _, values in cells), strict=True)
    pairs = ([f"{name}:{compact(value)}" for name, value in zip(names, row, strict=True)] for row in rows)
    path.write_text("".join(f"{{{','.join(row)}}}\n" for row in pairs), "utf-8", newline="")


def _retyped_jsonl(values: list[Any]) -> list[Any]:
    """Texts and nulls as lists, all else as texts."""
    return [[value] if isinstance(value, str) or value is None else compact(value) for value in values]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------------------------------------------------------------
# CSV: cells are kept as they are written, in quotes or not

_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\n]*)([,\n])')


def _read_csv(path: Path) -> Cells:
    rows: list[list[str]] = [[]]
    for cell, end in _CELL.findall(path.read_text("utf-8")):
        rows[-1].append(cell)
        if end == "\n":
            rows.append([])
    header, *body = rows[:-1]
    return [(name.strip('"'), [row[index] for row in body]) for index, name in enumerate(header)]


def _write_csv(path: Path, cells: Cells) -> None:
    rows = [[f'"{name}"' for name, _ in cells], *zip(*(values for _, values in cells), strict=True)]
    path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8", newline="")


def _retyped_csv(values: list[str]) -> list[str]:
    """Cells in quotes without them, the others in quotes."""
    return [cell[1:-1] if cell.startswith('"') else f'"{cell}"' for cell in values]


_FORMATS: dict[str, tuple[Callable[[Path], Cells], Callable[[Path, Cells], None], Callable[[Any], Any]]] = {
    ".parquet": (_read_parquet, _write_parquet, _retyped_parquet),
    ".jsonl": (_read_jsonl, _write_jsonl, _retyped_jsonl),
    ".csv": (_read_csv, _write_csv, _retyped_csv),
}
