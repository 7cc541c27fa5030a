"""The promise that any bytes become a package that verifies or a clean message: checked of one input at a time."""

from pathlib import Path
from tempfile import TemporaryDirectory

from builder.build.context import BuildContext
from builder.build.page import Page, read_page
from builder.build.page_index import PageEntry
from builder.build.pipeline import build
from builder.build.read_stage import ReadResult, ReadTask, read_batch
from builder.build.rows import Rows
from builder.errors import DataError, Problem, printable
from builder.reading.discovery import Input, gather
from builder.verify import verify_package
from tests.support import pages


class BrokenPromiseError(AssertionError):
    """An input became neither a package that verifies nor a clean message."""


def become(data: bytes) -> PageEntry:
    """Reads bytes as a page, through every stage that needs no other page, and checks what came of them.

    Raises `BrokenPromiseError` for what should never come, and whatever else a reader raises.
    """
    (entry,) = _read(data).entries
    return entry


def problem_of(data: bytes) -> Problem:
    """The one problem for which these bytes are rejected as a page."""
    read = _read(data)
    (entry,), (problem,) = read.entries, read.problems
    if (entry.status, entry.reason) != ("rejected", problem.reason):
        raise BrokenPromiseError(f"{entry.status}, though {problem}")
    return problem


def _read(data: bytes) -> ReadResult:
    with TemporaryDirectory() as folder:
        file = Path(folder, "page.txt")
        file.write_bytes(data)
        return _read_all((Input(str(file), "page.txt", "page.txt"),), folder)


def become_pages(name: str, data: bytes) -> list[PageEntry]:
    """Reads bytes as a file of many pages with a name that the command names, as `become` reads a page."""
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        inputs = gather([file])
        for problem in (*inputs.problems, *inputs.passed_over):
            check_problem(problem)
        Path(folder, "spool").mkdir()
        return [*_read_all(inputs.files, str(Path(folder, "spool"))).entries]


def _read_all(items: tuple[Input, ...], folder: str) -> ReadResult:
    context = BuildContext()
    for item in items:
        page = read_page(item, context)
        if isinstance(page, Page):
            check_page(page)
    read = read_batch(ReadTask(0, items, folder))
    for problem in read.problems:
        check_problem(problem)
    return read


def check_page(page: Page) -> None:
    """The segments are the text; rows can be made of it that the models allow."""
    document, segments = page.transcript.document, page.transcript.segments
    position = 0
    for segment in segments:
        if segment.start != position or segment.end <= segment.start:
            raise BrokenPromiseError(f"a piece from {segment.start} to {segment.end} after {position}")
        position = segment.end
    if position != len(document.text):
        raise BrokenPromiseError(f"pieces up to {position} of {len(document.text)}")
    rows = Rows()
    rows.add(page, "2018-05-04-page")
    rows.validate()


def check_problem(problem: Problem) -> None:
    """A problem says what to do, is none of a defect, and nothing of it steers a terminal once it is shown."""
    if problem.code == "builder-error":
        raise BrokenPromiseError(str(problem))
    shown = printable(str(problem))
    if not shown.isprintable() or not all((problem.path, problem.expected, problem.found, problem.advice)):
        raise BrokenPromiseError(f"not a message: {shown[:200]}")
    shown.encode("utf-8")


def become_package(data: bytes, name: str = "page.txt", *, keep_going: bool = False) -> str:
    """Builds a package of a file with these bytes, and verifies it; says what came of them: `included` or `rejected`.

    Raises `BrokenPromiseError` where the package does not verify.
    """
    with TemporaryDirectory() as folder:
        Path(folder, "in").mkdir()
        file = Path(folder, "in", name)
        file.write_bytes(data)
        # A file of many pages is named; one page stands in a folder.
        named = file.parent if name == "page.txt" else file
        try:
            build(gather([named]), Path(folder, "out"), keep_going=keep_going)
        except DataError as error:
            for problem in error.problems:
                check_problem(problem)
            return "rejected"
        for check in verify_package(Path(folder, "out")):
            if not check.passed:
                raise BrokenPromiseError(f"{check.title}: {'; '.join(map(str, check.findings))[:500]}")
    return "included"


def first_inputs() -> dict[str, bytes]:
    """Sample pages in every layout, from which the fuzzer starts."""
    talk = (
        *pages.TALK,
        "* * *",
        "Rupert Hentzau: Yes [in Zenda], (laughs) and <…>",
        "Question (retranslated): Why?",
        "<…>",
    )
    card = pages.person_link("Rupert Hentzau", 3, "Hentzau Rupert")
    marked = (
        pages.said("President of Ruritania Rudolf Elphberg", f"Dear {card}, [Flavia] Elphberg."),
        pages.said(card, "Yes.<br>No. (Applause.)"),
        pages.photo("At a meeting with Rupert Hentzau."),
        pages.box("Talks", "May 3, 2018"),
        pages.term_link("League"),
    )
    plain = "title: Talks with Rupert Hentzau\ndate: 2018-05-04\nurl: http://en.kremlin.ru/d/5\n\n"
    marks = "**Rudolf Elphberg:** Yes, [Rupert](http://a.b/c) \\* and ![a](b.png)\n\n- one\n- two\n\n> quote\n"
    wrapped = (
        "Rudolf Elphberg: It goes on and on, from there it goes on again and\nthen again until it is time to say that\n"
    )
    return {
        "main": pages.main(*talk, topics=("Peace",), persons=("Hentzau Rupert",), geography=("Kazakhstan",)).encode(),
        "accessible": pages.accessible(*talk).encode(),
        "plain": f"{plain}{marks}".encode(),
        "wrapped": f"{plain}{wrapped * 6}".encode(),
        "heading": ("# Talks\n\nMay 4, 2018, 12:30\n\n" + "\n\n".join(talk)).encode(),
        "html": pages.html(
            *marked,
            slides=("At talks.",),
            persons=(("Hentzau Rupert", 3),),
            geography=(("countries/KZ", "Kazakhstan"),),
        ).encode(),
        "html-announced": pages.html(announced_for="Announcement, May 5, 2018").encode(),
    }
