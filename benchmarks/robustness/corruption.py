"""Damages packages in every way that the schema allows, and counts what `verify` and `frictionless validate` find.

Each damage of the catalogue is done to a copy of a package, of the seeds and of sample pages: to bytes, files, checksums,
entries of the descriptor, rows, columns and values, in one format or in all, with everything else made consistent again.
`verify` must find each and name its place: the file or table, and the row by its key. What it cannot know without the sources
is listed with the reason; `verify --sources` must find that too.

`python -m benchmarks.robustness.corruption` prints the figures and fails if a damage is neither found nor explained.
`--every N` takes each Nth damage. `--frictionless N` shows frictionless at most N damages of each kind, chosen at random with
a fixed seed.
"""

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample import PROJECT
from builder.build.pipeline import build
from builder.reading.discovery import gather
from tests.support.damages import Damage
from tests.support.filled_package import build_filled_package
from tests.support.referee import NOT_EVEN_WITH_SOURCES, UNKNOWABLE, Outcome, Trial, explained

SEED = 20221128
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where packages are copied and damaged, many times a second."""


_TRIALS: list[Trial] = []
"""Inherited by worker processes: damages are functions, which cannot be pickled. The last one is tried."""


def run(trial: Trial, every: int, frictionless: int, jobs: int) -> list[tuple[Damage, Outcome]]:
    """Tries each Nth damage, in worker processes."""
    _TRIALS.append(trial)
    numbers = range(0, len(trial.damages), every)
    asked = drawn(trial, numbers, frictionless)
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        outcomes = pool.map(_outcome, numbers, [index in asked for index in numbers], chunksize=50)
        return [(trial.damages[index], outcome) for index, outcome in zip(numbers, outcomes, strict=True)]


def drawn(trial: Trial, numbers: Iterable[int], most: int) -> set[int]:
    """The damages that frictionless is shown: at most so many of each kind."""
    of_kind: dict[str, list[int]] = defaultdict(list)
    for index in numbers:
        of_kind[trial.damages[index].kind].append(index)
    lots = random.Random(SEED)
    return {index for some in of_kind.values() for index in lots.sample(some, min(most, len(some)))}


def _outcome(index: int, ask_frictionless: bool) -> Outcome:
    trial = _TRIALS[-1]
    with TemporaryDirectory(dir=MEMORY) as folder:
        return trial.outcome(trial.damages[index], Path(folder, "package"), ask_frictionless=ask_frictionless)


def packages(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Packages and their sources: the seeds, and sample pages."""
    build(gather([PROJECT / "seeds"]), folder / "seeds")
    yield folder / "seeds", PROJECT / "seeds"
    yield build_filled_package(folder / "sample")


def print_table(results: Sequence[tuple[Damage, Outcome]]) -> None:
    """One line for each kind of damage: how many, and how many each finds."""
    kinds = list(dict.fromkeys(damage.kind for damage, _ in results))
    width = max(map(len, kinds))
    print(f"{'damage':{width}}  {'done':>6}  {'verify':>6}  {'--sources':>9}  frictionless")
    for kind in [*kinds, None]:
        some = [outcome for damage, outcome in results if kind in (damage.kind, None)]
        asked = [outcome for outcome in some if outcome.frictionless is not None]
        figures = f"{len(some):6}  {sum(o.alone for o in some):6}  {sum(o.with_sources for o in some):9}"
        share = f"{sum(bool(o.frictionless) for o in asked)} of {len(asked)}"
        print(f"{kind or 'in all':{width}}  {figures}  {share:>12}")


def unexplained(results: Sequence[tuple[Damage, Outcome]], *, full: bool) -> Iterator[str]:
    """Prints why some damages cannot be found; yields what is not explained, and explanations that no damage needs."""
    for title, reasons, missed in (
        ("Not found by verify alone", (*NOT_EVEN_WITH_SOURCES, *UNKNOWABLE), [d for d, o in results if not o.alone]),
        ("Not found by verify --sources", NOT_EVEN_WITH_SOURCES, [d for d, o in results if not o.with_sources]),
    ):
        counted = Counter(explained(damage, reasons) for damage in missed)
        yield from (f"{title.lower()}, and not explained: {d}" for d in missed if not explained(d, reasons))
        print(f"\n{title}: {len(missed)}")
        for reason, count in counted.most_common():
            print(f"  {count:5}  {reason.reason if reason else 'not explained'}")
        if full:
            yield from (
                f"no damage needs the explanation: {reason.reason}" for reason in reasons if not counted[reason]
            )
    for damage, outcome in results:
        if outcome.crash:
            yield f"verify failed: {damage}\n{outcome.crash}"
        elif outcome.with_sources and not outcome.placed:
            yield f"found, but not at its place: {damage}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth damage")
    parser.add_argument("--frictionless", type=int, default=2, metavar="N", help="show it at most N of each kind")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    parser.add_argument("--list", action="store_true", help="print every damage that verify alone does not find")
    options = parser.parse_args()
    results: list[tuple[Damage, Outcome]] = []
    with TemporaryDirectory() as folder:
        for package, sources in packages(Path(folder)):
            trial = Trial(package, sources, with_descriptor=not results)
            results += run(trial, options.every, options.frictionless, options.jobs)
    print_table(results)
    broken = [*unexplained(results, full=options.every == 1)]
    if options.list:
        print(*(f"not found: {damage}" for damage, outcome in results if not outcome.alone), sep="\n")
    print(*broken[:200], sep="\n")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
