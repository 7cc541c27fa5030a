"""One rendered example of each message about a page: `messages.txt` holds them, to be read and reviewed as prose.

Tests elsewhere need not repeat the words: they assert a problem's code, its file and its line.
"""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import builder
from builder.errors import DataError, Problem
from builder.reading import limits
from tests.conftest import PROJECT
from tests.support import pages

MESSAGES = Path(__file__).with_name("messages.txt")
SOURCES = sorted((PROJECT / "builder").rglob("*.py"))
HEAD = "Events\nTalks\nMay 4, 2018\nZenda\n"
TAIL = "\nPublication status\nPublished in section: News\nText version\n"
PROVENANCE = "file,sha256,url\n"


def text(content: str | bytes) -> Callable[[Path], None]:
    """A page of this content."""
    data = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / "page.txt").write_bytes(data) and None  # type: ignore[func-returns-value]


def with_provenance(table: str | bytes) -> Callable[[Path], None]:
    """A page that can be read, beside a table of provenance."""

    def write(folder: Path) -> None:
        (folder / "page.txt").write_text(pages.main("Rudolf Elphberg: Good morning."), "utf-8")
        (folder / "provenance.csv").write_bytes(table.encode() if isinstance(table, str) else table)

    return write


def link_loop(folder: Path) -> None:
    (folder / "again").symlink_to(folder)


def bad_file_name(folder: Path) -> None:
    (folder / "two\nlines.txt").write_text("x", "utf-8")


CASES: dict[str, Callable[[Path], None]] = {
    "bad-file-name": bad_file_name,
    "binary-file": text(b"\x00\x01\x02"),
    "control-character": text(f"{HEAD}Rudolf Elphberg: Good \x07 morning.{TAIL}"),
    "empty-file": text(""),
    "file-too-large": text(b"x" * (limits.MAX_FILE_BYTES + 1)),
    "impossible-date": text(HEAD.replace("May 4", "May 44") + f"Rudolf Elphberg: Good morning.{TAIL}"),
    "link-loop": link_loop,
    "no-layout": text("Only some words.\n"),
    "no-pages": lambda folder: None,
    "no-speaker": text(f"{HEAD}(Applause.)\n: Good morning.{TAIL}"),
    "no-speech": text(f"{HEAD}President of Ruritania Rudolf Elphberg:\nRupert Hentzau: Good morning.{TAIL}"),
    "no-title": text("date: 2018-05-04\n"),
    "no-date": text("title: Talks\n"),
    "not-utf-8": text("Caf\xe9\n".encode("latin-1")),
    "provenance-cells": with_provenance(PROVENANCE + "one cell\n"),
    "provenance-header": with_provenance("hash;address\n"),
    "provenance-value": with_provenance(PROVENANCE + "page.txt,abc,http://en.kremlin.ru/d/1\n"),
    "text-too-long": text("title: Talks\n" + "word " * (limits.MAX_TEXT_CHARS // 5 + 1)),
    "too-many-lines": text("title: Talks\n" + "word\n" * (limits.MAX_LINES + 1)),
    "too-many-marks": text("title: Talks\n" + "(" * (limits.MAX_MARKS + 1)),
}
"""For each code a folder of pages that has such a problem."""


def problem_of(code: str, folder: Path) -> Problem:
    """The problem of this code that building the case's folder reports."""
    CASES[code](folder)
    with pytest.raises(DataError) as caught:
        builder.build_package([folder], folder.parent / "out")
    found = {problem.code: problem for problem in caught.value.problems}
    assert code in found, found
    return found[code]


def shown() -> dict[str, str]:
    """The messages of the file by their code."""
    return dict(re.findall(r"^\[([a-z0-9-]+)\]\n(.+)$", MESSAGES.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("code", CASES)
def test_each_message_reads_as_the_file_shows(code: str, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    message = str(problem_of(code, folder)).replace(f"{tmp_path}/", "")
    assert message == shown()[code]


def test_the_file_shows_each_case_once_and_in_order() -> None:
    assert list(shown()) == sorted(CASES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_problem_has_a_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem":
            assert "code" in [keyword.arg for keyword in node.keywords], f"line {node.lineno}"
