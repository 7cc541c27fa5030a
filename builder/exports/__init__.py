"""Writes the exports: the dataset in the forms that people's tools expect, each made from the tables of one package.

A module for each export, with its name and a function `write(package, *paths)` that writes the export's files, in the order in
which the catalogue (`builder.package.export_files`) lists them. Of the files of a folder it is given the folder, which
it makes where it needs it. It streams the tables, and knows no other export.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from builder.errors import CommandError
from builder.package.croissant import make_croissant
from builder.package.descriptor import Extent, FileStats
from builder.package.export_files import Export
from builder.package.names import DIST
from builder.package.package_files import file_stats
from builder.package.reader import PackageReader
from builder.package.release import NAME, Release
from builder.progress import Progress, silent
from schema.tables import TABLES


class TooLargeError(Exception):
    """The tables hold more than an export can; it says what the bound is and what to use instead."""


class StagedPackage(NamedTuple):
    """A package whose tables are written and whose descriptor is not yet."""

    folder: Path
    extent: Extent
    release: Release
    known: dict[str, FileStats] | None = None
    """Size and hash of files that are whole, by their paths in `dist/`: three exports state them, and hashing takes long."""

    @property
    def tables(self) -> PackageReader:
        return PackageReader(self.folder)

    @property
    def dist(self) -> Path:
        return self.folder / DIST

    def croissant(self) -> dict[str, Any]:
        """The dataset as catalogues describe it: its tables, columns and Parquet files."""
        names = [file.name for table in TABLES for file in self.dist.glob(f"{table.name}.*")]
        return make_croissant(self.extent, self.stats(names), self.release)

    def stats(self, names: Iterable[str]) -> dict[str, FileStats]:
        """Size and hash of these files of `dist/`, which are whole."""
        known = {} if self.known is None else self.known
        return {name: known.get(name) or known.setdefault(name, file_stats(self.dist / name)) for name in names}


def check_installed(exports: Sequence[Export]) -> None:
    """Raises `CommandError` where a library that one of the exports needs is not installed."""
    for export in exports:
        _module(export)


class Step(NamedTuple):
    """A part of the writing of an export, and the function of its module that does it."""

    package: StagedPackage
    export: Export
    function: str = "write"


class Done(NamedTuple):
    """What a step gives: a notice where the export would be too large, and what is known of files."""

    notice: str | None
    known: dict[str, FileStats]


Run = Callable[[Callable[[Step], Done], Iterable[Step]], Iterator[Done]]
"""Like `map`, of which the calls may be made side by side."""

LONGEST_FIRST = ("page", "xlsx", "sqlite", "bundle", "tei", "text", "convokit")
"""So that no long one is left for the end, when the others are done."""
LAST = ("page", "bundle")
"""Exports that read the files beside the tables, in the order in which they are written."""
BEFORE = {"page": "write_folder", "bundle": "write_tables"}
"""What of these needs the tables alone."""


def write_exports(
    exports: Sequence[Export], package: StagedPackage, progress: Progress = silent, run: Run = map
) -> list[str]:
    """Writes the files of these exports into the package's `dist/`.

    Returns a notice for each that would be too large, and is left out.
    """
    notices: dict[str, str] = {}
    known: dict[str, FileStats] = {}
    done = 0
    for planned in _rounds(exports, package):
        # A copy each: a step may be on its way to another process when the next results come.
        steps = [
            step._replace(package=package._replace(known={**known}))
            for step in planned
            if step.export.name not in notices
        ]
        for step, (notice, found) in zip(steps, run(_write, steps), strict=True):
            known.update(found)
            if notice:
                notices[step.export.name] = notice
            if notice or step.function == "write":
                done += 1
                progress("exporting", done, len(exports))
    return [notices[export.name] for export in exports if export.name in notices]


def _rounds(exports: Sequence[Export], package: StagedPackage) -> Iterator[list[Step]]:
    """The steps of all exports, in rounds: those of one round read no file that another of it writes."""
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    ranked = sorted(exports, key=lambda export: ranks.get(export.name, len(ranks)))
    yield [
        Step(package, export, BEFORE.get(export.name, "write"))
        for export in ranked
        if export.name not in LAST or export.name in BEFORE
    ]
    for name in LAST:
        yield [Step(package, export) for export in exports if export.name == name]


def _write(step: Step) -> Done:
    """Does a step. Gives a notice, and leaves nothing of the export, where it would be too large."""
    package, export, function = step
    paths = [package.dist / file.name(package.release.version) for file in export.files]
    try:
        getattr(_module(export), function)(package, *paths)
    except TooLargeError as error:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
        return Done(f"{export.name}: not written: {error}", {})
    if export.name not in LAST:
        # Side by side with other steps, and not when the last exports ask.
        package.stats(path.name for path in paths if path.is_file())
    return Done(None, package.known or {})


def _module(export: Export):  # type: ignore[no-untyped-def]  # a module
    try:
        return import_module(f"{__name__}.{export.name}")
    except ModuleNotFoundError as error:
        raise CommandError(
            f"--exports {export.name}: expected the package {error.name}, found none; "
            f"install the extra: pip install '{NAME}[exports]'"
        ) from None
