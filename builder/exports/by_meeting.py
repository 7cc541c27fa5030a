"""Walks a package's tables meeting by meeting; all of them stand in the order of their meetings."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from builder.package.reader import PackageReader

Row = dict[str, Any]


class ExportedSegment(NamedTuple):
    """What the exports read of a segment. Most rows of a package are segments, and a dictionary would take twice as long."""

    meeting_id: str
    kind: str
    text: str
    utterance_id: str | None
    paragraph: int | None


def by_meeting(tables: PackageReader, *names: str) -> Iterator[tuple[Row, dict[str, list[Any]]]]:
    """Each meeting with its rows in these tables; those of `segments` as `ExportedSegment`. One meeting is held at a time."""
    groups = {name: _Groups(tables.rows(name), "meeting_id") for name in names if name != "segments"}
    if "segments" in names:
        groups["segments"] = _Groups(map(ExportedSegment._make, tables.tuples("segments", ExportedSegment._fields)), 0)
    for meeting in tables.rows("meetings"):
        yield meeting, {name: group.rows_of(meeting["meeting_id"]) for name, group in groups.items()}


class _Groups:
    """The rows of a table, a meeting at a time."""

    def __init__(self, rows: Iterator[Any], meeting: str | int) -> None:
        self._groups = groupby(rows, itemgetter(meeting))
        self._next = next(self._groups, None)

    def rows_of(self, meeting_id: str) -> list[Any]:
        """The rows of a meeting, which comes after those asked for before."""
        if self._next is None or self._next[0] != meeting_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
