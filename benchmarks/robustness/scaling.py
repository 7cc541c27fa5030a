"""Times the reading of growing pages: does the time grow faster than the page?

Each hostile page (labels without end, brackets that never close, thousands of namesakes) is read at one size and at four times
that size, each in its own process with limited memory. It must not take more than `MAX_RATIO` times as long.

`python -m benchmarks.robustness.scaling` prints the results and fails if a page takes longer. With `--full` it reads pages as
large as the limits allow instead; none may take more than a third of the time that a page may take. `--only WORD` takes the
pages whose name contains the word, `--size N` sets the smaller size.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.robustness.hostile_pages import PAGES
from builder.build.page import check_counts
from builder.build.read_stage import ReadTask, read_batch
from builder.errors import DataError
from builder.reading.decoding import RawFile, decode
from builder.reading.discovery import Input
from builder.reading.layouts import read_document
from builder.reading.limits import ADVICE, MAX_READING_SECONDS, MAX_TEXT_CHARS
from builder.reading.metadata_tables import MetadataTables
from builder.reading.provenance import ProvenanceTables
from builder.reading.segmentation import segment_document
from builder.speakers.mentions import find_mentions
from builder.speakers.reference import load_people
from builder.speakers.resolution import resolve

SIZE = 25_000
"""Characters of the smaller page's body, roughly."""
SMALLEST = 1_000
"""A page of at most so many characters is not made smaller."""
TIMES = 4
MAX_RATIO = 6
"""Linear is 4, quadratic 16; a full cache costs up to twice as much."""
NOISE = 0.15
"""Seconds; a larger page that takes less is not judged."""
LONGEST = 120
"""Seconds of processor time for one page at most."""
MEMORY = 6 << 30

T = TypeVar("T")


@dataclass
class Reading:
    """How a page was read."""

    outcome: str
    seconds: dict[str, float] = field(default_factory=dict)
    """Of processor time, by stage; `all` is the whole reading."""
    mebibytes: float = 0
    """The most memory used."""

    @property
    def total(self) -> float:
        return self.seconds.get("all", 0)

    @property
    def is_broken(self) -> bool:
        return self.outcome.startswith("BROKEN")

    @property
    def is_too_large(self) -> bool:
        """Whether the page was rejected for its size, and not for the time it took."""
        return self.outcome.endswith(ADVICE) and self.total < MAX_READING_SECONDS

    def timed(self, stage: str, act: Callable[[], T]) -> T:
        start = time.process_time()
        try:
            return act()
        finally:
            self.seconds[stage] = time.process_time() - start


def read(name: str, size: int) -> Reading:
    """Reads a page stage by stage, then as the builder does."""
    reading = Reading("")
    people = load_people()
    with TemporaryDirectory() as folder:
        file = Path(folder, "page")
        file.write_text(PAGES[name](size), "utf-8", newline="")
        item = Input(str(file), file.name, file.name)
        try:
            source = reading.timed(
                "decode", lambda: decode(RawFile(item, file.read_bytes()), ProvenanceTables(), MetadataTables())
            )
            document = reading.timed("layout", lambda: read_document(source))
            transcript = reading.timed("cut", lambda: segment_document(document, file.name))
            check_counts(transcript, file.name)
            assignment = reading.timed("people", lambda: resolve(transcript, people))
            reading.timed("mentions", lambda: find_mentions(transcript, assignment))
            turns, speakers = len(transcript.turns), len(assignment.speakers)
            reading.outcome = f"{document.layout}, {turns} turns, {speakers} speakers"
        except DataError as error:
            reading.outcome = error.problems[0].found[:60]
        (entry,) = reading.timed("all", lambda: read_batch(ReadTask(0, (item,), folder))).entries
        if entry.status != "included":
            reading.outcome = f"rejected: {(entry.reason or '')[-90:]}"
    reading.mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return reading


def limit_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def measured(name: str, size: int) -> Reading:
    """Reads a page in its own process; an error, or the death of the process, breaks the promise."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=limit_process) as pool:
        try:
            return pool.submit(read, name, size).result()
        except Exception as error:
            return Reading(f"BROKEN {type(error).__name__}: {error}"[:500])


def measured_at_limits(name: str, size: int) -> Reading:
    """Reads the largest version of a page that no limit rejects, to within a third: many turns reach their limit early."""
    found = measured(name, size)
    while found.is_too_large and size > SMALLEST:
        size //= 2
        found = measured(name, size)
        if not found.is_too_large and not (larger := measured(name, size * 3 // 2)).is_too_large:
            size, found = size * 3 // 2, larger
    if not found.is_broken:
        found.outcome = f"{size:,} characters: {found.outcome}"
    return found


def too_steep(small: Reading, large: Reading) -> Iterator[str]:
    """What takes longer than the size explains: all stages together, and those that take most of the time."""
    before, after = sum(small.seconds.values()), sum(large.seconds.values())
    if after > NOISE and after > MAX_RATIO * before:
        yield f"{before:.2f} → {after:.2f} s"
        for stage, seconds in large.seconds.items():
            if seconds > after / 5:
                yield f"{stage} {small.seconds.get(stage, 0):.2f} → {seconds:.2f}"
    yield from (reading.outcome for reading in (small, large) if reading.is_broken)


def grow(names: list[str], size: int) -> int:
    """Reads pages at two sizes and returns how many took longer than their size explains."""
    broken = 0
    for name in names:
        small, large = measured(name, size), measured(name, TIMES * size)
        steep = [*too_steep(small, large)]
        broken += bool(steep)
        show("STEEP" if steep else "ok", name, large, "; ".join(steep))
    print(f"{len(names)} pages, each at {size:,} and {TIMES * size:,} characters: {broken} grow too fast")
    return broken


def fill(names: list[str], size: int) -> int:
    """Reads pages as large as the limits allow and returns how many took too long."""
    most = MAX_READING_SECONDS / 3
    readings = {name: measured_at_limits(name, size) for name in names}
    too_long = {name for name, found in readings.items() if found.total > most or found.is_broken}
    for name, found in readings.items():
        show("LONG" if name in too_long else "ok", name, found)
    print(f"{len(names)} pages, each as large as the limits allow: {len(too_long)} take more than {most:.0f} s")
    slowest = max(readings, key=lambda name: readings[name].total)
    largest = max(readings, key=lambda name: readings[name].mebibytes)
    print(f"slowest: {readings[slowest].total:.1f} s ({slowest})")
    print(f"most memory: {readings[largest].mebibytes:.0f} MiB ({largest})")
    return len(too_long)


def show(mark: str, name: str, found: Reading, more: str = "") -> None:
    print(f"{mark:5} {found.total:7.2f} s {found.mebibytes:5.0f} MiB  {name}: {found.outcome}  {more}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--only", default="", help="only the pages whose name contains this word")
    arguments.add_argument("--size", type=int, default=SIZE, help="characters of the smaller page")
    arguments.add_argument("--full", action="store_true", help="read pages as large as the limits allow")
    options = arguments.parse_args()
    names = [name for name in PAGES if options.only in name]
    sys.exit(bool(fill(names, MAX_TEXT_CHARS - 2_000) if options.full else grow(names, options.size)))


if __name__ == "__main__":
    main()
