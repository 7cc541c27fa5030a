"""Which files the command names: from files and folders to a list of inputs."""

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from builder.errors import CommandError, Problem
from builder.files import NOT_A_FILE
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST
from builder.reading.containers import (
    USUAL_SUFFIXES,
    FileOfPages,
    container_problem,
    form_by_name,
    form_of,
    list_members,
)
from builder.reading.containers.members import ContainerError, LeftOut, Member, NoPagesError
from builder.reading.document import NOTHING_GIVEN, Given
from builder.reading.page_names import METADATA, PAGE_SUFFIXES, PROVENANCE, is_page_name, is_saved_with_page

_OTHERS_SHOWN = 3
"""Other files that are named where there are no pages."""
DEEPEST_FOLDER = 100
"""Folders within folders that are looked into: no archive is so deep, and each is a call within a call."""


class Input(NamedTuple):
    """One page to read: a file, or a part of one."""

    file: str
    path: str
    """Below the deepest folder common to all inputs, with ``/``."""
    display_path: str
    """As the command named it, for messages."""
    problem: Problem | None = None
    """Why it cannot be read, where that shows without opening it."""
    of: FileOfPages | None = None
    """The file of many pages that holds it."""
    member: Member | None = None
    """Which of its pages it is."""
    given: Given = NOTHING_GIVEN
    """What the command says of it."""

    @property
    def path_of_file(self) -> str:
        """The path of the file that it is, or that holds it."""
        return self.path.removesuffix(self.member.name) if self.member else self.path


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to read, in the order of their paths, and what is wrong with the folders named."""

    files: tuple[Input, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]
    """Files in the folders whose names do not end as those of transcripts do."""
    left_out: Mapping[str, Counter[str]] = field(default_factory=dict)
    """What in files of many pages is no page, by the file."""
    passed_over: tuple[Problem, ...] = ()
    """Why a file in a folder, of a kind that may hold many pages, was taken for none: no fault of the input."""


def gather(
    named: Sequence[Path], columns: Mapping[str, str] = MappingProxyType({}), given: Given = NOTHING_GIVEN
) -> Inputs:
    """Finds the pages behind the files and folders that a command names.

    `columns` says which column of a table holds which field, `given` what the one page does not print. Raises `CommandError`
    for what does not exist, and where something is given for several pages.
    """
    missing = [str(path) for path in named if not os.path.lexists(file_of(str(path)))]
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
                names = [f"*{suffix}" for suffix in sorted(PAGE_SUFFIXES.union(USUAL_SUFFIXES))]
                expected = f"pages, files named {' or '.join(names)}"
                others = [os.path.relpath(other, path) for other in sorted(walk.skipped[skipped_before:])]
                found = f"others: {', '.join(others[:_OTHERS_SHOWN])}" if others else "none"
                advice = "name the folder that holds them"
                walk.problems.append(Problem(str(path), expected, _escaped(found), advice, code="no-pages"))
        else:
            walk.file(str(path))
            walk.named.add(os.path.realpath(path))
    root = os.path.join(os.path.commonpath(folders) if folders else os.curdir, "")
    files = [_input(path, problem, root) for path, problem in walk.files]
    if len(named) > 1 or walk.has_links:
        files = _each_once(files)
    files.sort(key=attrgetter("path"))
    opened = _Opened(walk.named, tuple(columns.items()))
    # The pages of a file stay in its order, in which they are read best.
    files = [page for file in files for page in opened.pages(file)]
    problems, passed_over = walk.problems, tuple(opened.passed_over)
    if not files and not problems:
        problems, passed_over = opened.passed_over, ()
    if given != NOTHING_GIVEN:
        if len(files) != 1:
            raise CommandError(
                f"--title, --date: expected one page, found {len(files):,}; write a {METADATA} beside them"
            )
        files = [files[0]._replace(given=given)]
    return Inputs(tuple(files), tuple(problems), tuple(sorted(map(_shown, walk.skipped))), opened.left_out, passed_over)


def find_page(name: str) -> Input:
    """One page: a file, or a page in a file of many, as `sources.path` names it. Raises `CommandError` where there is none."""
    if os.path.isdir(name):
        raise CommandError(f"{name}: expected one file, found a folder")
    ends = (match.start() for match in re.finditer(r"[/#]|$", name))
    file = next((name[:end] for end in ends if end and os.path.isfile(file_of(name[:end]))), name)
    pages = gather([Path(file)]).files
    wanted = _plain_slashes(name)
    fitting = [page for page in pages if _plain_slashes(page.display_path) == wanted] if file != name else [*pages]
    if len(fitting) != 1:
        found = f"{len(pages):,}: name one of them, as in {pages[0].display_path}" if pages else "none"
        raise CommandError(f"{name}: expected one page, found {found}")
    return fitting[0]


def file_of(name: str) -> str:
    """The file of a name such as `file.db::table`."""
    return name if "::" not in name or os.path.lexists(name) else name.partition("::")[0]


def _plain_slashes(path: str) -> str:
    """A path with single slashes: whoever handles paths may have made one of two."""
    return re.sub("/+", "/", path)


class _Opened:
    """Opens the files of many pages among those that were found."""

    def __init__(self, named: Collection[str], columns: tuple[tuple[str, str], ...]) -> None:
        """`named` are the files that the command names itself, by their real paths."""
        self._named = named
        self._columns = columns
        self.left_out: dict[str, Counter[str]] = {}
        self.passed_over: list[Problem] = []

    def pages(self, file: Input) -> Iterator[Input]:
        """The pages of a file: itself, unless it is one of many."""
        name = file_of(file.file)
        is_named = bool(self._named) and os.path.realpath(file.file) in self._named
        form = None if file.problem else form_of(name, is_named=is_named)
        if form is None:
            yield file
            return
        of = FileOfPages(name, form, file.file[len(name) :].removeprefix("::") or None, self._columns)
        counts: Counter[str] = Counter()
        found_any = False
        try:
            for member in list_members(of):
                if isinstance(member, LeftOut):
                    counts[member.what] += 1
                else:
                    found_any = True
                    yield _page_in(file, of, member)
            if not found_any:
                found = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items())) or "nothing"
                raise NoPagesError("a file with pages of the site", found, "name the file that holds them")
        except ContainerError as error:
            problem = container_problem(file.display_path, error)
            if isinstance(error, NoPagesError) and not is_named:
                self.passed_over.append(problem)
                return
            yield file._replace(problem=problem)
        if counts:
            self.left_out[file.display_path] = counts


def _page_in(file: Input, of: FileOfPages, member: Member) -> Input:
    page = _named(of.file, file.path + member.name, file.display_path + _escaped(member.name), None)
    page = page._replace(of=of, member=member)
    if member.refusal is None or page.problem:
        return page
    advice = "unpack it, and name the folder"
    return page._replace(problem=Problem(page.display_path, "a page", member.refusal, advice, code="nested-archive"))


def _input(path: str, problem: Problem | None, root: str) -> Input:
    relative = _in_utf8(os.path.abspath(path).removeprefix(root).replace(os.sep, "/"))
    return _named(path, relative, _shown(path), problem)


def _named(file: str, path: str, shown: str, problem: Problem | None) -> Input:
    if unfit := _UNFIT_NAME.search(path):
        # The path of no file begins so: a name that is shown escaped stays apart from one that is spelt like it.
        path = f"./{_escaped(path.replace(chr(92), chr(92) * 2))}"
        problem = Problem(
            shown,
            "a file name in UTF-8 without line breaks",
            repr(unfit[0]),
            "rename it",
            code="bad-file-name",
        )
    return Input(file, path, shown, problem)


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
        self.named: set[str] = set()
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
            if entry.name.startswith(".") or is_saved_with_page(entry.name, names) or _is_of_package(entry.path, names):
                continue
            self.has_links = self.has_links or entry.is_symlink()
            try:
                is_folder, is_file = entry.is_dir(), entry.is_file()
            except OSError as error:
                self.files.append((entry.path, unreadable_file(entry.path, error)))
                continue
            if is_folder:
                self.folder(entry.path, (*above, real))
            elif entry.name in (PROVENANCE, METADATA, DESCRIPTOR):
                continue
            elif not is_page_name(entry.name) and form_by_name(entry.name) is None:
                self.skipped.append(entry.path)
            elif is_file:
                self.files.append((entry.path, None))
            else:
                self.file(entry.path)

    def file(self, path: str) -> None:
        problem = None
        try:
            if not stat.S_ISREG(os.stat(file_of(path)).st_mode):
                problem = Problem(path, "a file", NOT_A_FILE, "name a regular file", code="not-a-file")
        except OSError as error:
            problem = unreadable_file(path, error)
        self.files.append((path, problem))


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
