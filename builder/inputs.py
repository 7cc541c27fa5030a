"""Which files the command names: from files and folders to a list of inputs, and what a folder's provenance table says."""

import errno
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.errors import CommandError, Problem

SUFFIXES = frozenset({".txt", ".html", ".htm"})
"""What a folder's transcripts are named; a file named on its own is read whatever its name."""

PROVENANCE = "provenance.csv"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    file: Path
    path: str
    """Below the deepest folder common to all inputs, with ``/``."""
    shown_path: str
    """As the command named it, for messages."""
    problem: Problem | None = None
    """Why it cannot be read, where that shows without opening it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in the order of their paths, and what is wrong with the folders named."""

    files: tuple[Input, ...]
    problems: tuple[Problem, ...]
    passed_over: tuple[str, ...]
    """Files in the folders that are not named as transcripts are."""


def gather(named: Sequence[Path]) -> Inputs:
    """Finds the files behind the files and folders that a command names. Raises `CommandError` for what does not exist."""
    missing = [str(path) for path in named if not os.path.lexists(path)]
    if missing:
        raise CommandError(f"no such file or folder: {', '.join(missing)}")
    walk = _Walk()
    folders = []
    for path in named:
        is_folder = path.is_dir()
        folders.append(os.path.abspath(path if is_folder else path.parent))
        before, problems_before = len(walk.files), len(walk.problems)
        if is_folder:
            walk.folder(path, ())
            if len(walk.files) == before and len(walk.problems) == problems_before:
                expected = f"transcripts, files named {' or '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))}"
                walk.problems.append(Problem(str(path), expected, "none", "name the folder that holds them"))
        else:
            walk.file(path)
    root = os.path.commonpath(folders) if folders else os.curdir
    files: dict[str, Input] = {}
    for path, known_problem in walk.files:
        problem = known_problem
        relative = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
        if unfit := _UNFIT_NAME.search(relative):
            problem = Problem(
                _escaped(str(path)), "a file name in UTF-8 without line breaks", repr(unfit[0]), "rename it"
            )
        found = Input(path, _escaped(relative), _escaped(str(path)), problem)
        # A file and a link to it are one input: which of them was named first must not show.
        same = os.path.realpath(path)
        if same not in files or found.path < files[same].path:
            files[same] = found
    return Inputs(
        tuple(sorted(files.values(), key=lambda i: i.path)), tuple(walk.problems), tuple(sorted(walk.passed_over))
    )


class _Walk:
    """Collects files below folders, following links but never in a circle."""

    def __init__(self) -> None:
        self.files: list[tuple[Path, Problem | None]] = []
        self.problems: list[Problem] = []
        self.passed_over: list[str] = []

    def folder(self, folder: Path, above: tuple[str, ...]) -> None:
        real = os.path.realpath(folder)
        if real in above:
            self.problems.append(
                Problem(str(folder), "a folder", f"a link that leads back to {real!r}", "take the link away")
            )
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.problems.append(_unreadable(folder, error))
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            try:
                is_folder = entry.is_dir()
            except OSError as error:
                self.files.append((path, _unreadable(path, error)))
                continue
            if is_folder:
                self.folder(path, (*above, real))
            elif path.suffix.casefold() in SUFFIXES:
                self.file(path)
            elif entry.name != PROVENANCE:
                self.passed_over.append(str(path))

    def file(self, path: Path) -> None:
        problem = None
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                problem = Problem(str(path), "a file", "a pipe, socket or device", "name a regular file")
        except OSError as error:
            problem = _unreadable(path, error)
        self.files.append((path, problem))


_UNFIT_NAME = re.compile(r"[\r\n\udc80-\udcff]+")
"""What a path has and the table `sources` cannot hold: line breaks, and bytes that are not UTF-8."""


def _escaped(path: str) -> str:
    return _UNFIT_NAME.sub(lambda match: ascii(match[0])[1:-1], path)


def _unreadable(path: Path, error: OSError) -> Problem:
    found = "a link that leads in a circle" if error.errno == errno.ELOOP else (error.strerror or str(error))
    return Problem(str(path), "a file that can be read", found, "check the file, its permissions and where it links to")
