"""Measures the turns and kinds of the sample's pages, in each of their forms, and holds them to the floors of accuracy.toml.

`python -m benchmarks.accuracy` prints the tables; with `--write` it also puts them into docs/accuracy.md. Exit code 1 where
a measure is below its floor. Where the sample is not beside the project it says so and measures nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import kinds
from benchmarks.documents import put_between
from benchmarks.draws import Draw
from benchmarks.sample import GOLD, PROJECT, Form, is_here, packages
from builder.evaluation import report
from builder.evaluation.evaluate import Evaluation, evaluate
from builder.evaluation.floors import below, check_digest, read_floors
from builder.evaluation.inputs import read_gold, read_predictions
from builder.evaluation.measures import Estimate

FLOORS = Path(__file__).with_suffix(".toml")
DOCUMENT = PROJECT / "docs" / "accuracy.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"

Measured = list[tuple[Form, Evaluation, list[tuple[Draw, Estimate]]]]


def main() -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write the tables into docs/{DOCUMENT.name}")
    write = parser.parse_args().write
    if not is_here():
        return 0
    floors, gold = read_floors(FLOORS), read_gold(GOLD)
    check_digest(floors, gold.sha256, GOLD)
    measured: Measured = []
    findings: list[str] = []
    console = Console(highlight=False, width=report.WIDTH)
    for form, package in packages():
        evaluation = evaluate(gold, read_predictions(package))
        measured.append((form, evaluation, kinds.measure(package, list(gold.pages))))
        findings += [f"{form.title}: {finding}" for finding in below(floors, evaluation)]
        console.rule(form.title)
        for table in report.tables(evaluation):
            console.print(table)
        for note in report.notes(evaluation):
            console.print(note)
        for draw, estimate in measured[-1][2]:
            console.print(f"meetings.kind, {draw.title}: {report.cell(estimate, ' ')}")
    if write:
        put_between(DOCUMENT, BEGIN, END, _markdown(measured))
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


def _markdown(measured: Measured) -> str:
    """The tables of docs/accuracy.md."""
    overall = [
        (f"{form.title}{'' if stratum.sure else ', unsure pages'}", stratum)
        for sure in (True, False)
        for form, evaluation, _ in measured
        for stratum in evaluation.strata
        if stratum.grouping == "all" and stratum.sure == sure
    ]
    parts = ["### All pages\n", report.markdown(overall)]
    for form, evaluation, _ in measured:
        years = [(report.name(s), s) for s in evaluation.strata if s.grouping == "year"]
        parts += [f"### By year: {form.title}\n", report.markdown(years)]
    parts += ["### Kinds\n", _kinds_table(measured)]
    return "\n".join(parts)


def _kinds_table(measured: Measured) -> str:
    head: Sequence[str] = ["pages", *(draw.title for draw in kinds.DRAWS)]
    rows = [[form.title, *(report.cell(estimate, " ") for _, estimate in found)] for form, _, found in measured]
    return report.markdown_table(head, rows)


if __name__ == "__main__":
    sys.exit(main())
