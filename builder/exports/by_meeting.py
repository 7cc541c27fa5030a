"""Walks a package's tables meeting by meeting; all of them stand in the order of their meetings."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from builder.package.reader import PackageReader

Row = dict[str, Any]


def by_meeting(tables: PackageReader, *names: str) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Each meeting with its rows in these tables. One meeting is held at a time."""
    groups = {name: _Groups(tables.rows(name)) for name in names}
    for meeting in tables.rows("meetings"):
        yield meeting, {name: group.rows_of(meeting["meeting_id"]) for name, group in groups.items()}


class _Groups:
    """The rows of a table, a meeting at a time."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, lambda row: row["meeting_id"])
        self._next = next(self._groups, None)

    def rows_of(self, meeting_id: str) -> list[Row]:
        """The rows of a meeting, which comes after those asked for before."""
        if self._next is None or self._next[0] != meeting_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
