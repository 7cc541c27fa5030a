"""What a problem or a finding tells without its words: where it is, what kind it is, the values that it names.

Tests compare these, so that a message may be reworded: `tests/cli/messages.txt` alone holds its words.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from typer.testing import Result

from builder.errors import DataError, Problem
from builder.verify import Check


def brief(problem: Problem | Mapping[str, Any]) -> str:
    """A problem's place and code: `in/a.txt:2: not-utf-8`."""
    told = problem.to_dict() if isinstance(problem, Problem) else problem
    line = "" if told["line"] is None else f":{told['line']}"
    return f"{told['path']}{line}: {told['code']}"


def refusals(call: Callable[..., object], *arguments: object, **named: object) -> tuple[Problem, ...]:
    """The problems for which a call refuses what it was given."""
    with pytest.raises(DataError) as caught:
        call(*arguments, **named)
    return caught.value.problems


def refusal(call: Callable[..., object], *arguments: object, **named: object) -> Problem:
    """The one problem for which a call refuses what it was given."""
    (problem,) = refusals(call, *arguments, **named)
    return problem


def problems_of(result: Result) -> list[dict[str, Any]]:
    """The problems that a command with `--json` tells."""
    problems: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
    return problems


def briefs_of(result: Result) -> list[str]:
    """The place and code of every problem that a command with `--json` tells."""
    return [brief(problem) for problem in problems_of(result)]


def finding_of(told: Mapping[str, Any]) -> str:
    """A finding's place, column and values: `dist/names.csv: row 2 (a, b): form: expected "A", found "B"`."""
    parts = [told["file"] or told["table"]]
    if told["row"] is not None:
        parts.append(f"row {told['row']} ({told['key']})")
    elif told["key"] is not None:
        parts.append(told["key"])
    values = [f"{name} {told[name]}" for name in ("expected", "found") if told[name] is not None]
    return ": ".join(
        [*(part for part in (*parts, told["column"]) if part is not None), *filter(None, [", ".join(values)])]
    )


def findings_of(checks: Iterable[Check | Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What checks found, by the name of the check; empty where nothing is wrong."""
    told = [check.to_dict() if isinstance(check, Check) else check for check in checks]
    return {check["check"]: tuple(map(finding_of, check["findings"])) for check in told if not check["passed"]}


def wrong_command(result: Result) -> str:
    """What a command that was wrong names in its one line: an option, or the path in its way."""
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line.partition(": ")[0]
