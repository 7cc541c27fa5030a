"""Makes, reads and checks packages of the Kremlin Meetings dataset.

    >>> import builder
    >>> report = builder.build_package(["pages"], "out", keep_going=True)
    >>> builder.open_package("out").table("utterances").num_rows
    >>> all(check.passed for check in builder.verify_package("out"))

The names end in a noun because `builder.build` and `builder.verify` are packages: importing one would replace a function of
that name. Each function imports what it needs when it is called, so that `import builder` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from builder.progress import silent

if TYPE_CHECKING:
    from builder.build.page import Page
    from builder.build.pipeline import Report
    from builder.package.reader import PackageReader
    from builder.progress import Progress
    from builder.verify.findings import Check

    AnyPath = str | Path

__all__ = ["build_package", "open_package", "read_page", "verify_package"]


def build_package(  # long: its options, and what each means
    inputs: Iterable[AnyPath],
    output: AnyPath,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    keep_going: bool = False,
    strict: bool = False,
    columns: Mapping[str, str] | str = "",
    title: str | None = None,
    date: str | None = None,
    exports: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Builds a package from pages and replaces the one in `output`.

    Args:
        inputs: Pages, files of many pages (tables, archives, web archives), and folders of them.
        output: The folder that gets `dist/` and `datapackage.json`.
        jobs: How many processes work, this one among them.
        scheduler: The address of a Dask cluster to work on instead.
        keep_going: Build from the pages that can be read, and list the others in the table `sources`.
        strict: Fail where a page holds text that no rule claims.
        columns: Which column of a table holds what, where its name does not say so: `{"title": "headline"}`.
        title: The title of the page, where there is one page and it does not print it.
        date: The date of its event, likewise.
        exports: Names of exports, separated by commas, or `all` or `none`. Without it all for the project's own package,
            and none for any other.
        progress: Called with what is being done, how much of it is done, and how much there is.

    Returns:
        What was read and written: rows by table, words, characters by kind, notices, problems.

    Raises:
        DataError: Pages cannot be read. It holds every problem; the package in `output` stays as it was.
        CommandError: An input does not exist, `columns` names no known field, `title` or `date` is given for several pages,
            `exports` names no export or one whose library is not installed, the output cannot be written, or the cluster
            cannot be reached.
    """
    from builder.build.workers import start_early, worth_starting  # noqa: PLC0415
    from builder.package.export_files import ALL, NONE, exports_named  # noqa: PLC0415
    from builder.package.release import PROJECT, current_release  # noqa: PLC0415
    from builder.reading.containers.columns import columns_stated  # noqa: PLC0415
    from builder.reading.discovery import gather  # noqa: PLC0415
    from builder.reading.document import Given  # noqa: PLC0415

    found = gather([Path(path) for path in inputs], columns_stated(columns), Given(title=title, date=date))
    if scheduler is None:
        start_early(worth_starting(jobs, len(found.files)))
    from builder.build.pipeline import build  # noqa: PLC0415  # takes a while: the workers import it at the same time
    from builder.exports import StagedPackage, check_installed, write_exports  # noqa: PLC0415

    wanted = exports_named(exports or (ALL if Path(output).resolve() == PROJECT else NONE))
    check_installed(wanted)
    return build(
        found,
        Path(output),
        jobs=jobs,
        scheduler=scheduler,
        keep_going=keep_going,
        strict=strict,
        progress=progress,
        export=lambda staged, extent, run: write_exports(
            wanted, StagedPackage(staged, extent, current_release()), progress, run
        ),
    )


def read_page(path: AnyPath) -> Page:
    """Reads one page: its text cut into segments and turns, its speakers, the persons it mentions.

    A page in a file of many is named as `sources.path` names it: `pages.zip/60217.html`, `speeches.csv#12`. Raises `DataError`
    where it cannot be read as a page, and `CommandError` where `path` is not one page.
    """
    from builder.build.context import BuildContext  # noqa: PLC0415
    from builder.build.page import Rejected  # noqa: PLC0415
    from builder.build.page import read_page as read  # noqa: PLC0415
    from builder.errors import DataError  # noqa: PLC0415
    from builder.reading.discovery import find_page  # noqa: PLC0415

    page = read(find_page(str(path)), BuildContext())
    if isinstance(page, Rejected):
        raise DataError(page.problems)
    return page


def open_package(folder: AnyPath) -> PackageReader:
    """Opens the package in a folder, to read its tables.

    Raises `CommandError` where there is no package, and `DataError` where a part of it is a link.
    """
    from builder.package.package_files import refuse_links_and_devices  # noqa: PLC0415
    from builder.package.reader import PackageReader  # noqa: PLC0415

    path = _folder_of_package(folder)
    refuse_links_and_devices(path)
    return PackageReader(path)


def _folder_of_package(folder: AnyPath) -> Path:
    """The folder, if it holds a package or a part of one. Raises `CommandError` where it does not."""
    from builder.errors import CommandError  # noqa: PLC0415
    from builder.package.names import DESCRIPTOR, DIST  # noqa: PLC0415

    path = Path(folder)
    if not path.is_dir():
        raise CommandError(f"{path}: expected a folder with datapackage.json and dist/, found none")
    if not (path / DIST).is_dir() and not (path / DESCRIPTOR).is_file():
        raise CommandError(f"{path}: expected datapackage.json and dist/, found neither; name the folder of a package")
    return path


def verify_package(
    folder: AnyPath, *, sources: AnyPath | None = None, jobs: int = 1, progress: Progress = silent
) -> list[Check]:
    """Checks that a package is whole: checksums, schemas, keys, references, counts, every character of every source.

    With `sources`, the folder of its source files, these are read again by `jobs` processes and compared too. Returns every
    check with what it found wrong. Raises `CommandError` where there is no package, and `DataError` where a build was ended
    while it put the package in its place.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from builder.build.pipeline import build  # noqa: PLC0415
    from builder.reading.discovery import gather  # noqa: PLC0415
    from builder.verify import verify_package as verify  # noqa: PLC0415
    from builder.verify.sources import SourceFiles  # noqa: PLC0415

    package = _folder_of_package(folder)
    if sources is None:
        return verify(package, progress=progress)
    found = gather([Path(sources)])
    files = SourceFiles(found.files)
    with TemporaryDirectory() as again:
        build(found, Path(again), jobs=jobs, keep_going=True, progress=progress)
        return verify(package, Path(again), files, progress=progress)
