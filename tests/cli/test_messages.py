"""One rendered example of each message: `messages.txt` holds them, to be read and reviewed as prose.

Tests elsewhere do not repeat the words: they assert code and place, and the values that a message names. After a message was
reworded, `python -m tests.cli.test_messages` prints the file anew.
"""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import typer

import builder
from builder.errors import CommandError, DataError
from builder.verify import CHECKS
from tests.cli.message_cases import FINDINGS, OF_COMMANDS, OF_FILES, OF_PAGES, TALK, Case, Damage, packaged
from tests.conftest import PROJECT

MESSAGES = Path(__file__).with_name("messages.txt")
SOURCES = sorted((PROJECT / "builder").rglob("*.py"))
LIBRARY_WORDS = (
    *("bad-line", "bad-table", "bad-toml", "bad-xz", "damaged-package: table", "no-toml", "provenance-csv"),
    *("not-utf-8: text", "provenance-unreadable"),
)
"""What these found, a library says: another version of it may say it otherwise."""


def error_of(case: Case, folder: Path) -> DataError | CommandError:
    """The error that a case brings about."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises((DataError, CommandError, typer.Exit)) as caught:
        case(folder, patch)
    error = caught.value.__context__ if isinstance(caught.value, typer.Exit) else caught.value
    assert isinstance(error, DataError | CommandError)
    return error


def problem_message(name: str, case: Case, folder: Path) -> str:
    error = error_of(case, folder)
    assert isinstance(error, DataError)
    code = name.partition(":")[0]
    found = {problem.code: problem for problem in error.problems}
    assert code in found, found
    message = str(found[code])
    return message.replace(found[code].found, "…") if name in LIBRARY_WORDS else message


def finding_message(name: str, damage: Damage, folder: Path) -> str:
    damage(packaged(folder, TALK))
    sources = folder / "pages" if name in OF_SOURCES else None
    check = next(c for c in builder.verify_package(folder / "out", sources=sources) if c.name == name)
    return str(check.findings[0])


def rendered(name: str, folder: Path) -> str:
    """The message of a heading, without the folder in which it came about."""
    kind, _, key = name.partition(" ")
    if kind == "problem":
        message = problem_message(key, (OF_PAGES | OF_FILES)[key], folder)
    elif kind == "command":
        message = re.sub(r"\(Failed to .*?\)", "(…)", str(error_of(OF_COMMANDS[key], folder)))
    else:
        message = finding_message(key, FINDINGS[key], folder)
    return re.sub(r"sha256 [0-9a-f]{64}", "sha256 …", message.replace(f"{folder}/", "").replace(f"{folder}", "."))


OF_SOURCES = {"described", "paragraphs", "reread"}
"""The checks that compare a package with its sources."""
HEADINGS = [
    *(f"problem {name}" for name in [*OF_PAGES, *OF_FILES]),
    *(f"command {name}" for name in OF_COMMANDS),
    *(f"finding {name}" for name in FINDINGS),
]
TAKE_LONG = {
    *(
        f"problem {name}"
        for name in ("file-too-large", "text-too-long: html", "too-many-items", "too-many-styled-words")
    ),
    *(f"finding {name}" for name in FINDINGS if name not in ("counts", "exports", "paragraphs")),
}
"""They need a large page, or a package that is verified. Others of their kinds are quick."""


def shown() -> dict[str, str]:
    """The messages of the file by their headings."""
    return dict(re.findall(r"^\[(.+)\]\n(.+)$", MESSAGES.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in TAKE_LONG else name for name in HEADINGS]
)
def test_each_message_reads_as_the_file_shows(name: str, tmp_path: Path) -> None:
    assert rendered(name, tmp_path) == shown()[name]


def test_the_file_shows_each_case_once_and_in_order() -> None:
    assert list(shown()) == HEADINGS


def calls(words: str) -> Iterator[tuple[Path, ast.Call]]:
    """The calls in every module that has these words; most have not, and need not be parsed."""
    for path in SOURCES:
        if words in (text := path.read_text("utf-8")):
            yield from ((path, node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def test_every_problem_has_a_code_and_every_code_a_message() -> None:
    without, codes = [], set()
    for path, call in chain(calls("Problem("), calls("code=")):
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        if ast.unparse(call.func) == "Problem" and "code" not in named:
            without.append(f"{path.relative_to(PROJECT)}:{call.lineno}")
        if isinstance(code := named.get("code"), ast.Constant):
            codes.add(code.value)
    assert without == []
    assert codes - {name.partition(":")[0] for name in OF_PAGES | OF_FILES} == set()


def test_every_wrong_command_has_a_message(tmp_path: Path) -> None:
    """By the lines where the errors are raised."""
    raised = [(path, call) for path, call in calls("CommandError") if ast.unparse(call.func) == "CommandError"]
    starts = {(path, call.lineno) for path, call in raised}
    places = {
        (path, line) for path, call in raised for line in range(call.lineno, (call.end_lineno or call.lineno) + 1)
    }
    reached = set()
    for number, case in enumerate(OF_COMMANDS.values()):
        (tmp_path / str(number)).mkdir()
        trace = error_of(case, tmp_path / str(number)).__traceback__
        while trace:
            path, line = Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
            reached |= {start for start in starts if start[0] == path and start[1] <= line and (path, line) in places}
            trace = trace.tb_next
    assert {f"{path.relative_to(PROJECT)}:{line}" for path, line in starts - reached} == set()


def test_every_check_has_a_message() -> None:
    assert FINDINGS.keys() == {check.name for check in CHECKS} | OF_SOURCES


if __name__ == "__main__":
    for heading in HEADINGS:
        with TemporaryDirectory() as place:
            print(f"[{heading}]\n{rendered(heading, Path(place))}\n")  # noqa: T201
