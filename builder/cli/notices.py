"""What a build says in plain lines. It needs no library of the terminal's, so that a quiet build imports none."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import printable
from builder.package.release import unicode_notice

if TYPE_CHECKING:
    from builder.build.pipeline import Report

FINDINGS_SHOWN = 10


def show_notices(report: "Report", *, stderr: bool = False) -> None:
    """What is no error but should be known: notices, rejected pages, files that were not read."""
    out = sys.stderr if stderr else sys.stdout
    for notice in report.notices:
        print(printable(f"note: {notice}"), file=out)
    for problem in report.problems:
        print(printable(f"rejected: {problem}"), file=out)
    if skipped := report.inputs.skipped:
        names = ", ".join(skipped[:FINDINGS_SHOWN])
        more = f" and {len(skipped) - FINDINGS_SHOWN} more" if len(skipped) > FINDINGS_SHOWN else ""
        print(printable(f"note: skipped, not a page: {names}{more}"), file=out)
    for problem in report.inputs.passed_over:
        print(printable(f"note: skipped, no page in it: {problem}"), file=out)
    for file, counts in report.inputs.left_out.items():
        left_out = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
        print(printable(f"note: {file}: left out {left_out}"), file=out)


def report_as_json(report: "Report", output: Path) -> dict[str, Any]:
    """A build's report as JSON gives it."""
    return {
        "output": str(output),
        "rows": dict(report.rows),
        "statuses": dict(report.statuses),
        "words": report.words,
        "characters": dict(report.characters),
        "notices": [*filter(None, [unicode_notice()]), *report.notices],
        "problems": [problem.to_dict() for problem in report.problems],
        "unassigned": [problem.to_dict() for problem in report.unassigned],
        "skipped": list(report.inputs.skipped),
        "passed_over": [problem.to_dict() for problem in report.inputs.passed_over],
        "left_out": {file: dict(counts) for file, counts in report.inputs.left_out.items()},
    }
