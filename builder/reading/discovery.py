"""Which files the command names: from files and folders to a list of inputs."""

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from builder.errors import CommandError, Problem
from builder.files import NOT_A_FILE
from builder.package.package_files import CHECKSUMS, DESCRIPTOR, DIST
from builder.reading.provenance import PROVENANCE

SUFFIXES = frozenset({".txt", ".html", ".htm"})
"""Suffixes of the files that are read in a folder; a file that the command names is read whatever its name."""


_OTHERS_SHOWN = 3
"""Other files that are named where there are no pages."""
DEEPEST_FOLDER = 100
"""Folders within folders that are looked into: no archive is so deep, and each is a call within a call."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    file: str
    path: str
    """Below the deepest folder common to all inputs, with ``/``."""
    display_path: str
    """As the command named it, for messages."""
    problem: Problem | None = None
    """Why it cannot be read, where that shows without opening it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in the order of their paths, and what is wrong with the folders named."""

    files: tuple[Input, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]
    """Files in the folders whose names do not end as those of transcripts do."""


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
        before, problems_before, skipped_before = len(walk.files), len(walk.problems), len(walk.skipped)
        if is_folder:
            walk.folder(str(path), ())
            if len(walk.files) == before and len(walk.problems) == problems_before:
                expected = f"transcripts, files named {' or '.join(f'*{suffix}' for suffix in sorted(SUFFIXES))}"
                others = [os.path.relpath(other, path) for other in sorted(walk.skipped[skipped_before:])]
                found = f"others: {', '.join(others[:_OTHERS_SHOWN])}" if others else "none"
                advice = "name the folder that holds them"
                walk.problems.append(Problem(str(path), expected, _escaped(found), advice, code="no-pages"))
        else:
            walk.file(str(path))
    root = os.path.join(os.path.commonpath(folders) if folders else os.curdir, "")
    files = [_input(path, problem, root) for path, problem in walk.files]
    if len(named) > 1 or walk.has_links:
        files = _each_once(files)
    files.sort(key=attrgetter("path"))
    return Inputs(tuple(files), tuple(walk.problems), tuple(sorted(map(_shown, walk.skipped))))


def _input(path: str, problem: Problem | None, root: str) -> Input:
    shown = _shown(path)
    relative = _in_utf8(os.path.abspath(path).removeprefix(root).replace(os.sep, "/"))
    if unfit := _UNFIT_NAME.search(relative):
        # The path of no file begins so: a name that is shown escaped stays apart from one that is spelt like it.
        relative = f"./{_escaped(relative.replace(chr(92), chr(92) * 2))}"
        problem = Problem(
            shown,
            "a file name in UTF-8 without line breaks",
            repr(unfit[0]),
            "rename it",
            code="bad-file-name",
        )
    return Input(path, relative, shown, problem)


def _each_once(files: Iterable[Input]) -> list[Input]:
    """The files, each once: under the first of its names in sorted order where several names or links lead to it."""
    once: dict[str, Input] = {}
    for found in files:
        same = os.path.realpath(found.file)
        if same not in once or found.path < once[same].path:
            once[same] = found
    return list(once.values())


class _Walk:
    """Collects the files below folders. It follows links, but never in a circle."""

    def __init__(self) -> None:
        self.files: list[tuple[str, Problem | None]] = []
        self.problems: list[Problem] = []
        self.skipped: list[str] = []
        self.has_links = False

    def folder(self, folder: str, above: tuple[str, ...]) -> None:
        if len(above) == DEEPEST_FOLDER:
            found = "a deeper one"
            advice = "name a folder further down"
            expected = f"a folder at most {DEEPEST_FOLDER} below the one that is named"
            self.problems.append(Problem(folder, expected, found, advice, code="folder-too-deep"))
            return
        real = os.path.realpath(folder)
        if real in above:
            self.problems.append(
                Problem(
                    folder, "a folder", f"a link that leads back to {real!r}", "take the link away", code="link-loop"
                )
            )
            return
        try:
            entries = sorted(os.scandir(folder), key=attrgetter("name"))
        except OSError as error:
            self.problems.append(unreadable_file(folder, error))
            return
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith(".") or _is_part_of_page(entry.name, names) or _is_of_package(entry.path, names):
                continue
            self.has_links = self.has_links or entry.is_symlink()
            try:
                is_folder, is_file = entry.is_dir(), entry.is_file()
            except OSError as error:
                self.files.append((entry.path, unreadable_file(entry.path, error)))
                continue
            if is_folder:
                self.folder(entry.path, (*above, real))
            elif os.path.splitext(entry.name)[1].casefold() not in SUFFIXES:
                if entry.name != PROVENANCE:
                    self.skipped.append(entry.path)
            elif is_file:
                self.files.append((entry.path, None))
            else:
                self.file(entry.path)

    def file(self, path: str) -> None:
        problem = None
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):
                problem = Problem(path, "a file", NOT_A_FILE, "name a regular file", code="not-a-file")
        except OSError as error:
            problem = unreadable_file(path, error)
        self.files.append((path, problem))


def _is_part_of_page(name: str, beside: Collection[str]) -> bool:
    """Whether a folder holds what a browser saved with a page: `12345_files` beside `12345.html`."""
    stem = name.removesuffix("_files").removesuffix(".files")
    return stem != name and any(stem + suffix in beside for suffix in SUFFIXES)


def _is_of_package(path: str, beside: Collection[str]) -> bool:
    """Whether a folder is the `dist/` of a package: a build may write into the folder that it reads."""
    return DESCRIPTOR in beside and os.path.basename(path) == DIST and os.path.isfile(os.path.join(path, CHECKSUMS))


_UNFIT_NAME = re.compile(r"[\r\n\udc80-\udcff]+")
"""What the table `sources` cannot hold of a path: line breaks, and bytes that are not UTF-8."""


def _in_utf8(path: str) -> str:
    """A path whose bytes are read as UTF-8, whatever encoding the locale gives file names."""
    return path if os.name == "nt" else os.fsencode(path).decode("utf-8", "surrogateescape")


def _shown(path: str) -> str:
    """A path for messages. Names that differ are shown differently, so a backslash that is part of one is doubled."""
    return _escaped(_in_utf8(path) if os.sep == "\\" else _in_utf8(path).replace("\\", "\\\\"))


def _escaped(path: str) -> str:
    return _UNFIT_NAME.sub(lambda match: ascii(match[0])[1:-1], path)


def unreadable_file(path: str, error: OSError) -> Problem:
    """The problem that a file cannot be opened or read."""
    found = "a link that leads in a circle" if error.errno == errno.ELOOP else (error.strerror or str(error))
    is_refused = isinstance(error, PermissionError)
    advice = "check its permissions" if is_refused else "check the file and where it links to"
    return Problem(path, "a file that can be read", found, advice, code="unreadable-file")
