"""The flow of a build: inputs read in batches, their duplicates found, their rows merged in order and published."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from builder.build.context import context_of
from builder.build.index_rows import INDEX_TABLES, columns_of
from builder.build.merge_stage import StoredTablePart, merge, merge_tasks, render_rows
from builder.build.page_index import PageIndex
from builder.build.read_stage import ReadTask, read_batch
from builder.build.rows import table_from_columns
from builder.build.workers import Workers, workers, worth_starting
from builder.errors import DataError, Problem
from builder.package.descriptor import Extent
from builder.package.formats import Chunk, open_tables
from builder.package.names import DIST
from builder.package.package_files import complete_package
from builder.package.pins import check_ids
from builder.package.publish import publish, staging
from builder.package.release import current_release
from builder.progress import Progress, silent
from builder.reading.discovery import Input, Inputs
from builder.reading.metadata_tables import folders_above, unmatched_rows
from builder.reading.provenance import unmatched
from builder.speakers.reference import load_people
from schema.tables import BY_NAME, TABLES
from schema.validate import validate_columns

PAGES_IN_BATCH, FEWEST_IN_BATCH = 128, 16
"""At most and at least: a batch costs little of its own, but merging opens a file of each."""
PART_OF_REST = 8
"""A batch is one such part of the pages left for each worker: so the last ones are small, and nobody waits long for them."""

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""Like `map`, of which the calls may be made side by side."""


@dataclass
class Report:
    """What a build found and made, for its summary."""

    inputs: Inputs
    problems: list[Problem] = field(default_factory=list)
    """Of the rejected inputs, and of those that could not be found."""
    unassigned: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What is no error but should be known: duplicates, events of one date and title, ids that a release gave otherwise."""
    statuses: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    """Rows by table."""
    words: int = 0
    characters: Counter[str] = field(default_factory=Counter)
    """Characters of the included sources' texts by the kind of their segment."""


def build(
    inputs: Inputs,
    output: Path,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    keep_going: bool = False,
    strict: bool = False,
    progress: Progress = silent,
    export: Callable[[Path, Extent, Map], list[str]] = lambda staged, extent, run: [],
) -> Report:
    """Builds the package of these inputs below `output`, replacing the one that stands there.

    Raises `DataError` with all that is wrong, leaving the published package as it was; with `keep_going` the wrong
    inputs are listed in `sources` instead. With `strict`, text that no rule claims is wrong too, and in the project's own
    folder always an id that a release gave otherwise. `export` adds files to the staged package, whose tables are written,
    and returns notices; it is given their extent, and what runs a function over many tasks.

    Raises `CommandError` for an output that cannot be written, or a cluster that cannot be reached.
    """
    report = Report(inputs)
    load_people()  # What is wrong with the project's own tables is told before any page is read.
    with staging(output) as staged:
        # A name of its own, by which a process tells one build from the next; see `context_of`.
        spool = Path(mkdtemp(prefix="spool-", dir=staged))
        with closing(PageIndex(spool)) as index, workers(worth_starting(jobs, len(inputs.files)), scheduler) as pool:
            _read(report, index, pool, spool, progress)
            _stop_if_wrong(report, keep_going, strict)
            extent = _write(report, index, pool, spool, progress)
            # A cluster's machines need not have what exports need.
            run = pool.map if scheduler is None else map
            report.notices += export(staged, extent, run)
            complete_package(staged, extent, current_release(), run)
        report.notices += check_ids(staged, output)
        publish(staged, output)
    return report


# ---------------------------------------------------------------------------------------------------------------------
# Read


def _read(report: Report, index: PageIndex, pool: Workers, spool: Path, progress: Progress) -> None:
    """Reads every input; its rows go to the spool, what is known of it to the index."""
    files = report.inputs.files
    report.problems += report.inputs.problems
    context = context_of(str(spool))
    folders = sorted({os.path.dirname(item.file) for item in files})
    # Of many pages in one file their folders are the same.
    of_files = {(item.file, item.path_of_file) for item in files}
    described = sorted({folder for file, path in of_files for folder, _ in folders_above(file, path)})
    for folder in folders:
        report.problems += context.provenance.of_folder(folder).problems
    for folder in described:
        report.problems += context.metadata.of_folder(folder).problems
    done = 0
    for read in pool.map(read_batch, _batches(files, str(spool), pool.count)):
        index.add(read.number, read.entries)
        report.problems += read.problems
        report.unassigned += read.unassigned
        done += len(read.entries)
        progress("reading", done, len(files))
    report.notices = index.decide()
    report.notices += [
        note for folder in described for note in unmatched_rows(context.metadata.of_folder(folder), folder)
    ]
    tables = [(folder, context.provenance.of_folder(folder)) for folder in folders]
    if any(table.entries for _, table in tables):
        hashes, paths = index.hashes(), {item.file for item in files}
        report.notices += [note for folder, table in tables for note in unmatched(table, folder, hashes, paths)]
    report.statuses.update(index.statuses())


def _batches(files: Sequence[Input], spool: str, workers: int) -> Iterator[ReadTask]:
    start = number = 0
    while start < len(files):
        part = (len(files) - start) // (PART_OF_REST * workers)
        pages = min(PAGES_IN_BATCH, max(FEWEST_IN_BATCH, part))
        yield ReadTask(number, tuple(files[start : start + pages]), spool)
        start, number = start + pages, number + 1


def _stop_if_wrong(report: Report, keep_going: bool, strict: bool) -> None:
    nothing_left = not report.statuses["included"]
    problems = report.problems if not keep_going or nothing_left else []
    if strict:
        problems = problems + report.unassigned
    if problems:
        raise DataError(problems)


# ---------------------------------------------------------------------------------------------------------------------
# Write


def _write(report: Report, index: PageIndex, pool: Workers, spool: Path, progress: Progress) -> Extent:
    """Writes every table's files into the staged package, each table in the order of its key."""
    dist = spool.parent / DIST
    dist.mkdir()
    dates: list[dt.date] = []
    total = report.statuses["included"]
    with open_tables(TABLES, dist, current_release().file_metadata) as files:
        done = 0
        merged = pool.map(merge, merge_tasks(index.placed(), str(spool)))
        for name in INDEX_TABLES:
            for columns in columns_of(index.db, name):
                validate_columns(BY_NAME[name].model, columns)
                part = render_rows(name, Chunk(table_from_columns(BY_NAME[name], columns)))
                files[name].append(part.rows, part.texts)
        for stored, tally in merged:
            for part in map(StoredTablePart.take, stored):
                files[part.table].append(part.rows, part.texts)
            done += tally.meetings
            report.words += tally.words
            report.characters.update(tally.characters)
            dates += [tally.first, tally.last]
            progress("writing", done, total)
        report.rows.update({name: table_files.row_count for name, table_files in files.items()})
    return Extent(report.rows, min(dates, default=None), max(dates, default=None))
