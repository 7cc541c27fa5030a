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
import re
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.robustness import sample_pages
from benchmarks.robustness.catalogue import Damage, catalogue
from benchmarks.sample import PROJECT
from builder.build.pipeline import build
from builder.reading.discovery import gather
from builder.verify import verify_package
from builder.verify.sources import hash_files
from tests.support.resealing import copied

SEED = 20221128
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where packages are copied and damaged, many times a second."""


class Unknowable(NamedTuple):
    """A kind of damage that contradicts no row of the package."""

    kind: str
    """A regular expression for the kind of damage."""
    topic: str
    """One for its table and column."""
    reason: str


UNKNOWABLE: tuple[Unknowable, ...] = (
    Unknowable(
        ".*segments? .*|boundary of segments .*|value .*",
        r"segments[.,].+",
        "which role words have and where it ends, unless a derived value says otherwise",
    ),
    Unknowable(
        ".*",
        r"meetings\.(?:url|url_ru|event_id|topics|geography|persons|countries)",
        "what HTML keeps in attributes, or a tool in pieces",
    ),
    Unknowable(".*", r"utterances\.follows_gap", "whether a gap precedes a turn: not every layout shows it"),
    Unknowable(
        ".*",
        r"(?:speakers\.(?:name|given_name|family_name|site_person_id|wikidata_id)|names\.(?:evidence|meeting_count)"
        r"|participations\.(?:country|role_evidence|speaker_evidence))",
        "who a name refers to and how that was resolved: it may depend on links, other names or the reference",
    ),
    Unknowable(".*", r"mentions(?:\..+|, row dropped)", "that words mention somebody, and whom"),
    Unknowable(".*", r"sources\.(?:sha256|reason)", "the bytes of a file, and why it could not be read"),
)
"""What `verify` cannot find without the sources, and why."""
NOT_EVEN_WITH_SOURCES: tuple[Unknowable, ...] = (
    Unknowable("value .*", r"sources\.path", "the name of a file: files may be renamed"),
)
"""What it cannot find with them, and why."""


@dataclass(frozen=True)
class Outcome:
    """Who found a damage."""

    alone: bool
    """`verify`."""
    with_sources: bool
    placed: bool
    """Whether a finding names the file or table, and the row."""
    crash: str | None = None
    frictionless: bool | None = None
    """None if frictionless was not asked."""


class Trial:
    """A package, its sources, and the damages to it."""

    def __init__(self, package: Path, sources: Path, every: int = 1) -> None:
        self.package = package
        self.files = hash_files(gather([sources]).files)
        self.damages = list(catalogue(package, with_descriptor=not _TRIALS))[::every]

    def outcome(
        self, damage: Damage, work: Path, *, with_sources: bool = True, ask_frictionless: bool = False
    ) -> Outcome:
        """Damages a copy of the package and sees who finds it. The sources are read only if nothing else finds it."""
        copied(self.package, work)
        damage.act(work)
        frictionless = finds(work) if ask_frictionless else None
        try:
            alone = [str(finding) for check in verify_package(work) for finding in check.findings]
            checks = verify_package(work, self.package, self.files) if with_sources and not alone else []
        except Exception:
            return Outcome(False, False, False, traceback.format_exc(), frictionless)
        found = alone or [str(finding) for check in checks for finding in check.findings]
        placed = any(all(word in finding for word in words) for finding in found for words in damage.names)
        return Outcome(bool(alone), bool(found), placed, None, frictionless)

    def drawn(self, most: int) -> set[int]:
        """The damages that frictionless is shown: at most so many of each kind."""
        of_kind: dict[str, list[int]] = defaultdict(list)
        for index, damage in enumerate(self.damages):
            of_kind[damage.kind].append(index)
        lots = random.Random(SEED)
        return {index for some in of_kind.values() for index in lots.sample(some, min(most, len(some)))}

    def run(self, frictionless: int, jobs: int) -> list[tuple[Damage, Outcome]]:
        """Tries all damages, in worker processes."""
        _TRIALS.append(self)
        asked = self.drawn(frictionless)
        with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
            numbers = range(len(self.damages))
            outcomes = pool.map(_outcome, numbers, [index in asked for index in numbers], chunksize=50)
            return list(zip(self.damages, outcomes, strict=True))


def finds(package: Path) -> bool:
    """Whether frictionless finds a package invalid."""
    import frictionless  # noqa: PLC0415  # slow to import, and not always asked

    try:
        return not frictionless.validate(str(package / "datapackage.json")).valid
    except Exception:  # It cannot read the package at all; its command fails then.
        return True


_TRIALS: list[Trial] = []
"""Inherited by worker processes: damages are functions, which cannot be pickled. The last one is tried."""


def _outcome(index: int, ask_frictionless: bool) -> Outcome:
    trial = _TRIALS[-1]
    with TemporaryDirectory(dir=MEMORY) as folder:
        return trial.outcome(trial.damages[index], Path(folder, "package"), ask_frictionless=ask_frictionless)


def explained(damage: Damage, among: Sequence[Unknowable]) -> Unknowable | None:
    """Why a damage cannot be found; None if no reason is known."""
    return next((u for u in among if re.fullmatch(u.kind, damage.kind) and re.fullmatch(u.topic, damage.topic)), None)


def packages(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Packages and their sources: the seeds, and sample pages."""
    build(gather([PROJECT / "seeds"]), folder / "seeds")
    yield folder / "seeds", PROJECT / "seeds"
    yield sample_pages.build_package(folder / "sample")


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
            results += Trial(package, sources, options.every).run(options.frictionless, options.jobs)
    print_table(results)
    broken = [*unexplained(results, full=options.every == 1)]
    if options.list:
        print(*(f"not found: {damage}" for damage, outcome in results if not outcome.alone), sep="\n")
    print(*broken[:200], sep="\n")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
