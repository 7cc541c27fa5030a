"""An evaluation as tables for a terminal, as Markdown and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from math import ceil, floor
from pathlib import Path
from typing import Any

import msgspec
from rich import box
from rich.markup import escape
from rich.table import Table

from builder.errors import printable
from builder.evaluation.evaluate import Evaluation, Grouping, Stratum
from builder.evaluation.measures import MEASURES, Estimate
from builder.package.output_files import write_file

TITLES: dict[Grouping, str] = {"all": "All pages", "layout": "By layout", "year": "By year"}
WIDTH = 132
"""How many columns the widest table takes."""

_NONE = "–"


def tables(evaluation: Evaluation) -> list[Table]:
    """One table for all pages, one by layout where that is known, one by year."""
    return [
        _table(title, [s for s in evaluation.strata if s.grouping == grouping])
        for grouping, title in TITLES.items()
        if any(s.grouping == grouping for s in evaluation.strata)
    ]


def notes(evaluation: Evaluation) -> list[str]:
    """What the tables do not show, a sentence each."""
    said = ["Each cell: per cent, 95 % interval, number of cases."]
    if evaluation.unread:
        said.append(f"Not read, so without turns: {_some(evaluation.unread)}.")
    if evaluation.unknown:
        said.append(f"Not in the gold standard, so not measured: {_some(evaluation.unknown)}.")
    if absent := sum(s.counts.absent for s in evaluation.strata if s.grouping == "all"):
        said.append(f"Gold turns that the texts do not show, so not held against the predictions: {absent}.")
    return said


def markdown(rows: Sequence[tuple[str, Stratum]]) -> str:
    """Groups of pages as a Markdown table, one a line under the name that is given with it."""
    return markdown_table(["pages", *_columns()], [[title, *_cells(stratum, "<br>")] for title, stratum in rows])


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_json(evaluation: Evaluation, path: Path) -> None:
    """Writes every count, and every measure in per cent with its interval and `n`. Raises `CommandError`."""
    write_file(path, _to_json(evaluation))


def _to_json(evaluation: Evaluation) -> bytes:
    content = {
        "gold_sha256": evaluation.gold_sha256,
        "strata": [_stratum(s) for s in evaluation.strata],
        "unread": evaluation.unread,
        "unknown": evaluation.unknown,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _stratum(stratum: Stratum) -> dict[str, Any]:
    return {
        "by": stratum.grouping,
        "value": stratum.value,
        "sure": stratum.sure,
        "counts": {name: int(count) for name, count in asdict(stratum.counts).items()},
        "measures": {name: asdict(estimate) for name, estimate in stratum.estimates.items()},
    }


# ---------------------------------------------------------------------------------------------------------------------


def name(stratum: Stratum) -> str:
    """Which pages these are, within their group."""
    return stratum.value if stratum.sure else f"{stratum.value}, unsure"


def _table(title: str, strata: Sequence[Stratum]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_lines=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for heading in _columns():
        table.add_column(heading, justify="right", min_width=9)
    for stratum in strata:
        # The layouts of a package that somebody else made may be anything.
        table.add_row(escape(printable(name(stratum))), *_cells(stratum, "\n"))
    return table


def _columns() -> list[str]:
    return [*(m.title for m in MEASURES), "false turns"]


def _cells(stratum: Stratum, between: str) -> list[str]:
    return [*(cell(stratum.estimates[m.name], between) for m in MEASURES), f"{stratum.counts.invented:,}"]


def cell(estimate: Estimate, between: str) -> str:
    """A measure's value, interval and number of cases."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return _NONE
    return f"{estimate.value:.2f}{between}{_interval(estimate.low, estimate.high)}{between}n {estimate.n:,}"


def _interval(low: float, high: float) -> str:
    """Bounds to one decimal, rounded outwards: an interval is never shown narrower than it is."""
    return f"{floor(10 * low) / 10:.4g}–{ceil(10 * high) / 10:.4g}"


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
