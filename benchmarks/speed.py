"""Measures how fast the builder is and what memory it takes, beside programs that do less, on the sample's pages and on an
archive grown from them. Linux only: memory is proportional set size.

`python -m benchmarks.speed` prints the tables; with `--write` it also puts them into benchmarks/speed.md. Where the sample
is not beside the project it says so and measures nothing.
"""

import argparse
import os
import shutil
import sys
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal

import duckdb
import msgspec

from benchmarks import stages
from benchmarks.documents import put_between
from benchmarks.grow import PARTS, grow
from benchmarks.measure import Run, adopt_orphans, peak_memory, timed
from benchmarks.sample import PROJECT, SAMPLE, is_here
from builder.build.workers import default_jobs
from builder.evaluation.report import markdown_table

ALL_PAGES = 33_000
"""The size of the site's archive, and of the one for which the targets are set."""
LEAST_PAGES = 5_800
"""From this size on an archive's ratios are held against their targets."""
SEEDS = "seeds"
MIB = 1 << 20
DOCUMENT = Path(__file__).with_suffix(".md")
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"

What = Literal["builder", "exports", "floor", "soup", "extractor", "verify"]
TITLES: dict[What, str] = {
    "builder": "builder",
    "exports": "builder, with every export",
    "floor": "(a) floor: lexbor and pyarrow",
    "soup": "(b) BeautifulSoup, lxml, pandas",
    "extractor": "(c) trafilatura, pandas",
    "verify": "verify",
}


@dataclass(frozen=True)
class Pages:
    """The pages below a folder."""

    title: str
    folder: Path
    count: int
    byte_size: int


@dataclass(frozen=True)
class Case:
    """What is run on which pages, on how many cores."""

    what: What
    pages: Pages
    cores: int

    def command(self, outputs: Path) -> list[str]:
        """The command of one run; a build's package goes into a folder that its verification finds."""
        package, source = outputs / "package", str(self.pages.folder)
        python = sys.executable
        if self.what == "verify":
            return [python, "-m", "builder", "verify", str(package)]
        if self.what in ("builder", "exports"):
            exports = "all" if self.what == "exports" else "none"
            options = [
                "--jobs",
                str(self.cores),
                "--output",
                str(package),
                "--keep-going",
                "--quiet",
                "--exports",
                exports,
            ]
            return [python, "-m", "builder", "build", source, *options]
        return [python, "-m", f"benchmarks.baselines.{self.what}", source, str(outputs / "rival.parquet")]

    @property
    def title(self) -> str:
        cores = "one core" if self.cores == 1 else f"{self.cores} cores"
        return f"{self.pages.title}: {TITLES[self.what]}, {cores}"


@dataclass
class Measured:
    """All runs of a case: one for its memory, the others timed."""

    peak: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> list[float]:
        return [run.seconds for run in self.runs]


@dataclass(frozen=True)
class Figure:
    """A number that was measured several times."""

    values: Sequence[float]

    @property
    def middle(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({min(self.values):.2f}–{max(self.values):.2f})"


@dataclass(frozen=True)
class Target:
    """A figure, the bound it is to keep, and whether it was measured as the bound demands."""

    title: str
    wanted: str
    figure: Figure
    is_met: bool
    is_asked: bool = True
    """False for a figure of an archive of another size than the target's."""

    def cells(self) -> list[str]:
        verdict = "met" if self.is_met else "NOT MET"
        return [self.title, self.wanted, str(self.figure), verdict if self.is_asked else f"not at {ALL_PAGES:,} pages"]


Results = dict[Case, Measured]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", type=_tens, default=ALL_PAGES, metavar="N", help="pages of the grown archive, default %(default)s"
    )
    parser.add_argument(
        "--repeat", type=int, choices=range(1, 100), default=2, metavar="N", help="timed runs, default %(default)s"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the archive here, or take it from here")
    parser.add_argument("--write", action="store_true", help=f"write the tables into benchmarks/{DOCUMENT.name}")
    arguments = parser.parse_args()
    if not is_here():
        return
    stages.check()
    adopt_orphans()
    load = os.getloadavg()[0]
    with TemporaryDirectory() as temporary:
        sample, tenth, whole = _all_pages(Path(temporary), arguments.keep, arguments.pages)
        results, lookup = _run(_cases(sample, tenth, whole), Path(temporary) / "output", arguments.repeat)
        started = [
            timed([sys.executable, "-c", "import builder.cli.app, builder.build.pipeline"], PROJECT, _cores(1))
            for _ in range(3)
        ]
        by_stage = {"start: imports": median(run.seconds for run in started), **stages.measure(sample.folder)}
    tables = _tables(results, _targets(results, sample, tenth, whole), by_stage, lookup)
    command = f"python -m benchmarks.speed --pages {arguments.pages} --repeat {arguments.repeat}"
    tables = (
        f"`{command}` on a machine of {default_jobs()} cores; its load before the first run was {load:.1f}.\n\n{tables}"
    )
    print(tables)
    if arguments.write:
        put_between(DOCUMENT, BEGIN, END, tables)


def _tens(text: str) -> int:
    number = int(text)
    if number <= 0 or number % PARTS:
        raise argparse.ArgumentTypeError(f"expected a multiple of {PARTS}, found {text}")
    return number


def _cores(count: int) -> list[int]:
    return sorted(os.sched_getaffinity(0))[:count]


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


# ---------------------------------------------------------------------------------------------------------------------
# Pages


def _all_pages(temporary: Path, keep: Path | None, count: int) -> tuple[Pages, Pages, Pages]:
    """The sample, the archive grown from it, and a tenth of that, between them."""
    folder = temporary / "sample"
    with tarfile.open(SAMPLE / "dev-pages.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    grown = (keep or temporary).absolute() / f"pages-{count}"
    if not grown.exists():
        _say(f"growing {count:,} pages")
        partial = grown.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        grow(sorted(folder.rglob("*.html")), partial, count)
        partial.rename(grown)
    return _pages("sample", folder), _pages("a tenth", grown / "0"), _pages("archive", grown)


def _pages(title: str, folder: Path, names: str = "*.html") -> Pages:
    # Read, not asked for their size: so they are in memory when the first run comes.
    sizes = [len(path.read_bytes()) for path in folder.rglob(names)]
    return Pages(title, folder, len(sizes), sum(sizes))


# ---------------------------------------------------------------------------------------------------------------------
# Runs


_TABLES_AND_ALL: tuple[What, ...] = ("builder", "exports")


def _cases(sample: Pages, tenth: Pages, whole: Pages) -> list[Case]:
    """All cases in the order of a round; a verification checks the package built before it."""
    counts = (1, 2) if default_jobs() > 1 else (1,)
    rivals: tuple[What, ...] = ("floor", "soup", "extractor")
    return [
        Case("builder", _pages(SEEDS, PROJECT / "seeds", "*.txt"), 1),
        *(Case("builder", sample, cores) for cores in counts),
        *(Case(rival, sample, 1) for rival in rivals),
        *(Case(what, tenth, cores) for cores in counts for what in _TABLES_AND_ALL),
        Case("floor", whole, 1),
        *(Case("builder", whole, cores) for cores in counts),
        Case("verify", whole, counts[-1]),
    ]


def _run(cases: Sequence[Case], outputs: Path, repeat: int) -> tuple[Results, str]:
    """Runs all cases in rounds, so that whatever else the machine does hits all alike; memory in a round before.

    Returns with them what it takes to look one meeting of the last package up.
    """
    results = {case: Measured() for case in cases}
    for case in cases:
        with _room_for(case, outputs):
            results[case].peak = peak_memory(case.command(outputs), PROJECT, _cores(case.cores))
        _say(f"memory: {case.title}: {results[case].peak / MIB:.0f} MiB")
    for number in range(1, repeat + 1):
        for case in cases:
            with _room_for(case, outputs):
                run = timed(case.command(outputs), PROJECT, _cores(case.cores))
            results[case].runs.append(run)
            _say(f"round {number} of {repeat}: {case.title}: {run.seconds:.2f} s")
    return results, _look_up(outputs / "package" / "dist" / "segments.parquet")


@contextmanager
def _room_for(case: Case, outputs: Path) -> Iterator[None]:
    """An empty folder for what a run writes: to replace an earlier package would be work of its own."""
    if case.what != "verify":
        shutil.rmtree(outputs, ignore_errors=True)
        outputs.mkdir()
    yield


def _look_up(segments: Path) -> str:
    """How much of a table DuckDB reads for the text of one meeting from its middle."""
    with duckdb.connect() as connection:
        count, middle = connection.execute(
            "SELECT count(DISTINCT meeting_id), median(meeting_id) FROM read_parquet(?)", [str(segments)]
        ).fetchall()[0]
        query = "EXPLAIN (ANALYZE, FORMAT json) SELECT text FROM read_parquet(?) WHERE meeting_id = ?"
        profile = msgspec.json.decode(connection.execute(query, [str(segments), middle]).fetchall()[0][1])
    scan = _table_scan(profile)
    read, size = profile["io"]["total_bytes_read"], segments.stat().st_size
    return (
        f"DuckDB, asked for the text of one of {count:,} meetings, read {scan['row_groups_scanned']} of "
        f"{scan['total_row_groups_to_scan']} row groups of segments.parquet: {read / MIB:.1f} of {size / MIB:.1f} MiB, "
        f"for {scan['rows_scanned']} rows."
    )


def _table_scan(profile: dict[str, object]) -> dict[str, int]:
    """The scan in a query's profile."""
    found = [profile]
    while found:
        node = found.pop()
        if node.get("type") == "TABLE_SCAN":
            return {name: value for name, value in node.items() if isinstance(value, int)}
        for key in ("operator", "children"):
            children = node.get(key)
            found += children if isinstance(children, list) else []
    raise LookupError("expected a TABLE_SCAN in DuckDB's profile, found none")


# ---------------------------------------------------------------------------------------------------------------------
# Figures


def _targets(results: Results, sample: Pages, tenth: Pages, whole: Pages) -> list[Target]:
    at_full_size = whole.count == ALL_PAGES
    is_archive = whole.count >= LEAST_PAGES

    def ratio(one: Case, other: Case, times: float = 1.0) -> Figure:
        """Of the faster run of each: what else the machine does makes runs longer, never shorter."""
        return Figure([min(results[one].seconds) / min(results[other].seconds) * times])

    def build(pages: Pages, cores: int = 1) -> Case:
        return Case("builder", pages, cores)

    def at_most(bound: float, unit: str, title: str, figure: Figure, asked: bool = at_full_size) -> Target:
        return Target(title, f"≤ {bound:g}{unit}", figure, figure.middle <= bound, asked)

    def at_least(bound: float, title: str, figure: Figure, asked: bool = at_full_size) -> Target:
        return Target(title, f"≥ {bound:g} times", figure, figure.middle >= bound, asked)

    targets = [
        at_most(
            2.2,
            " times",
            "one core: time, of the floor's, sample",
            ratio(build(sample), Case("floor", sample, 1)),
            True,
        ),
        at_most(
            2.5,
            " times",
            "one core: time, of the floor's, archive",
            ratio(build(whole), Case("floor", whole, 1)),
            is_archive,
        ),
    ]
    for rival in ("soup", "extractor"):
        slow, title = Case(rival, sample, 1), TITLES[rival]
        a_page = whole.count / sample.count
        targets += [
            at_least(6, f"one core: faster than {title}, sample", ratio(slow, build(sample)), True),
            at_least(6, "… a page of the archive, than its of the sample", ratio(slow, build(whole), a_page)),
        ]
    if build(whole, 2) in results:
        targets += [
            at_least(1.8, "two cores: faster than one, sample", ratio(build(sample), build(sample, 2)), True),
            at_least(1.8, "two cores: faster than one, archive", ratio(build(whole), build(whole, 2)), is_archive),
            at_most(40, " s", f"two cores: {ALL_PAGES:,} pages", Figure(results[build(whole, 2)].seconds)),
        ]
    counts = [case.cores for case in results if case.what == "builder" and case.pages == whole]
    for cores in counts:
        title = "one core" if cores == 1 else f"{cores} cores"
        peak = Figure([results[build(whole, cores)].peak / MIB])
        targets += [
            at_most(
                10.5, " times", f"{title}: ten times the pages, time", ratio(build(whole, cores), build(tenth, cores))
            ),
            at_most(600, " MiB", f"{title}: memory of the process tree", peak),
        ]
    targets += [
        at_most(
            1,
            " times",
            f"{cores} {'core' if cores == 1 else 'cores'}: all exports' time, of the tables', a tenth",
            figure,
            is_archive,
        )
        for cores, figure in _times_of_exports(results)
    ]
    verify = next(case for case in results if case.what == "verify")
    seeds = next(case for case in results if case.pages.title == SEEDS)
    return [
        *targets,
        at_most(0.35, " s", "one core: the seeds", Figure([min(results[seeds].seconds)]), True),
        at_most(60, " s", "verify", Figure(results[verify].seconds)),
    ]


def _times_of_exports(results: Results) -> Iterator[tuple[int, Figure]]:
    """By cores, how long all exports take beside the tables, which are built before them."""
    for case, measured in results.items():
        if case.what == "exports":
            tables = results[Case("builder", case.pages, case.cores)].seconds
            yield case.cores, Figure([min(measured.seconds) / min(tables) - 1])


def _tables(results: Results, targets: Sequence[Target], by_stage: dict[str, float], lookup: str) -> str:
    pages = {case.pages.title: case.pages for case in results}.values()
    sizes = "; ".join(f"{p.title}, {p.count:,} pages, {p.byte_size / MIB:,.0f} MiB" for p in pages)
    cases_head = ["pages", "what", "cores", "seconds", "pages/s", "MB/s", "CPU s", "peak MiB"]
    parts = [
        "Whole processes, imports included; median (least–most) of the runs, and in the targets' times the fastest. "
        f"Pages: {sizes}.",
        markdown_table(["target", "wanted", "measured", ""], [target.cells() for target in targets]),
        "Memory is that of the whole process tree, proportional set size, sampled in a run of its own.",
        markdown_table(cases_head, list(starmap(_case_cells, results.items()))),
        "One build of the sample in one process, by stage, each without the stages that it calls:",
        markdown_table(["stage", "seconds", "share"], stages.rows(by_stage)),
        f"{lookup}\n",
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _case_cells(case: Case, measured: Measured) -> list[str]:
    seconds = Figure(measured.seconds)
    a_second = case.pages.count / seconds.middle, case.pages.byte_size / 1e6 / seconds.middle
    cpu = median(run.cpu_seconds for run in measured.runs)
    cells = [case.pages.title, TITLES[case.what], str(case.cores), str(seconds)]
    return [*cells, f"{a_second[0]:,.0f}", f"{a_second[1]:,.1f}", f"{cpu:.2f}", f"{measured.peak / MIB:.0f}"]


if __name__ == "__main__":
    main()
