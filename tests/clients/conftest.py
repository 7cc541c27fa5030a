"""The package that the tools open, and the table in README of which tools opened what.

Each test names its tool: `@pytest.mark.client("pandas")`. A row of the table stands for a tool of which every test passed, with
the version that ran. `make test-clients` fails where README shows another table; with `--tools write` it writes it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.tools import TOOLS, Tool
from tests.conftest import PROJECT

README = PROJECT / "README.md"
BEGIN, END = "<!-- tools: begin (make test-clients) -->", "<!-- tools: end -->"

outcomes: defaultdict[str, set[str]] = defaultdict(set)
"""What the tests of each tool came to."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--tools", choices=("check", "write"), default="check", help="check or write README's table of tools"
    )


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # what a hook wrapper is given
    report.user_properties += [("client", name) for marker in item.iter_markers("client") for name in marker.args]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for key, name in report.user_properties:
        if key == "client" and (report.when == "call" or report.outcome != "passed"):
            outcomes[str(name)].add(report.outcome)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where every tool was tried, holds README to the table that the run gives."""
    if hasattr(session.config, "workerinput") or {tool.name for tool in TOOLS} - outcomes.keys():
        return
    if unknown := outcomes.keys() - {tool.name for tool in TOOLS}:
        print(f"\nexpected tools that tests/clients/tools.py lists, found {', '.join(sorted(unknown))}")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    opened = [tool for tool in TOOLS if outcomes[tool.name] == {"passed"}]
    text = README.read_text("utf-8")
    new = _with_table(text, opened)
    if session.config.getoption("--tools") == "write":
        README.write_text(new, "utf-8", newline="\n")
    elif _without_versions(new) != _without_versions(text):
        print(f"\n{README.name}: its table of tools is not what this run gives; write it with --tools write")  # noqa: T201
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _with_table(text: str, opened: list[Tool]) -> str:
    rows = "".join(f"| {tool.name} | {tool.version()} | {tool.opens} | {tool.know} |\n" for tool in opened)
    table = f"| tool | tried with | opens | what to know |\n| --- | --- | --- | --- |\n{rows}"
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"expected {BEGIN} and {END} in README.md"
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def _without_versions(text: str) -> str:
    """The table without its column of versions, which differ from machine to machine."""
    table = text.partition(BEGIN)[2].partition(END)[0]
    return re.sub(r"^(\| [^|]+ \|)[^|]+\|", r"\1", table, flags=re.MULTILINE)


@pytest.fixture(scope="session")
def dist(complete_package: Path) -> Path:
    """The folder of the files, built afresh from the seeds with all exports."""
    return complete_package / "dist"
