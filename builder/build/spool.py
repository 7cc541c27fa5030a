"""The rows of the pages that were read, in files of the build's own folder until they are merged."""

from pathlib import Path

import pyarrow as pa

Slices = dict[str, tuple[int, int]]
"""Where a page's rows stand in its batch: for each table, the first row and how many."""


def spool_file(folder: str, batch: int, table: str) -> str:
    """The file that holds one table's rows of the pages of one batch."""
    return str(Path(folder) / f"{batch}-{table}.arrow")


def open_spool(folder: str, batch: int, table: str) -> pa.Table:
    """One table's rows of a batch. They are mapped, not read: whoever needs some pages touches these alone."""
    return pa.ipc.open_file(pa.memory_map(spool_file(folder, batch, table))).read_all()


def rows_of_page(folder: str, batch: int, table: str, slices: Slices, columns: list[str]) -> pa.Table:
    """Some columns of one page's rows in a table."""
    return open_spool(folder, batch, table).select(columns).slice(*slices[table])
