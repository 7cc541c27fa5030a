"""How the templates write numbers, dates and lengths: the same on every machine."""

import datetime as dt
import math
from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.exports.page.citation import day
from builder.exports.page.head import HERE
from builder.exports.page.transcript import state_name

_MARGIN = 0.02
"""What a time line leaves free at both ends, so that no dot is cut off."""


def environment(years: Sequence[int]) -> Environment:
    """The templates, and what they write values with. A time line shows these years."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    line = _TimeLine(years)
    made.filters |= {
        "number": lambda value: f"{value:,}",
        "percent": _percent,
        "share": lambda part, whole: f"{100 * part / whole:.1f}%",
        "day": day,
        "state": state_name,
        "size": _size,
        "date_at": line.date_at,
        "year_at": line.year_at,
        "radius": lambda words, most: f"{4 + 8 * math.sqrt(words / most if most else 0):.1f}",
    }
    return made


class _TimeLine:
    """Where a date stands on a time line of whole years."""

    def __init__(self, years: Sequence[int]) -> None:
        self._first = dt.date(years[0] if years else 2000, 1, 1)
        self._days = (dt.date(years[-1] + 1 if years else 2001, 1, 1) - self._first).days

    def date_at(self, date: dt.date) -> str:
        return self._at((date - self._first).days)

    def year_at(self, year: int, part: float = 0) -> str:
        """Where a year begins, or how far a part of it reaches."""
        begin, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        return self._at((begin - self._first).days + part * (end - begin).days)

    def _at(self, days: float) -> str:
        return _percent(_MARGIN + (1 - 2 * _MARGIN) * days / self._days, 1)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole if whole else 0:.2f}%"


def _size(count: int) -> str:
    if count < 1000:
        return f"{count:,} bytes"
    return f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
