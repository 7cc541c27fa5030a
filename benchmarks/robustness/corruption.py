"""Damages packages in every way that the schema allows, and counts what `verify` finds of it, and `frictionless validate`.

Each damage of the catalogue is done to a copy of a package, of the seeds and of sample pages: to bytes, files, checksums,
entries of the descriptor, rows, columns and values, in one format or in all, with everything else made to agree again.
`verify` must find each and name its place: file or table, and the row by its key. What it cannot know without the sources
is listed with the reason; `verify --sources` must find that too.

`python -m benchmarks.robustness.corruption` prints the figures and fails where a damage is not found and not explained.
`--every N` takes each Nth damage; `--frictionless N` has frictionless look at N damages of each kind at most, drawn by a
fixed seed.
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
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.robustness import sample_pages
from benchmarks.robustness.catalogue import Damage, catalogue
from benchmarks.sample import PROJECT
from builder.build.pipeline import build
from builder.reading.discovery import Inputs, gather
from builder.verify import verify_package
from builder.verify.sources import hash_files
from tests.support.resealing import copied

SEED = 20221128
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where packages are copied to and damaged, many times a second."""
OF_FRICTIONLESS = 2


class Unknowable(NamedTuple):
    """A sort of damage that no row of the package contradicts."""

    kind: str
    """A regular expression for the kind of damage."""
    topic: str
    """One for its table and column."""
    reason: str


UNKNOWABLE: tuple[Unknowable, ...] = (
    Unknowable(
        ".*segments? .*|boundary of segments .*|value .*",
        r"segments[.,].+",
        "which role words have, and where it ends, as far as nothing derived of them says otherwise",
    ),
    Unknowable(
        ".*",
        r"meetings\.(?:url|url_ru|event_id|topics|geography|persons|countries)",
        "what HTML keeps in attributes, or a tool in pieces",
    ),
    Unknowable(".*", r"utterances\.follows_gap", "whether a gap stands before a turn: a layout may not show it"),
    Unknowable(
        ".*",
        r"(?:speakers\.(?:name|given_name|family_name|site_person_id|wikidata_id)|names\.(?:evidence|meeting_count)"
        r"|participations\.(?:country|role_evidence|speaker_evidence))",
        "who a name stands for, and how that was resolved: it may hang on links, on other names, on the reference",
    ),
    Unknowable(".*", r"mentions(?:\..+|, row dropped)", "of whom words speak, and that they speak of somebody"),
    Unknowable(".*", r"sources\.(?:sha256|reason)", "the bytes of a file, and why it could not be read"),
)
"""What `verify` cannot find without the sources, and why."""
NOT_EVEN_WITH_SOURCES: tuple[Unknowable, ...] = (
    Unknowable("value .*", r"sources\.path", "the name of a file: files may be renamed"),
)
"""What it cannot find with them, and why."""


@dataclass(frozen=True)
class Outcome:
    """What was found of one damage."""

    alone: bool
    """By `verify`."""
    with_sources: bool
    placed: bool
    """Whether a finding names file or table, and the row."""
    crash: str | None = None
    frictionless: bool | None = None
    """Null where it was not asked."""


class Trial:
    """A package, its sources, and the damages to it."""

    def __init__(self, name: str, package: Path, sources: Path, every: int) -> None:
        self.name = name
        self.package = package
        self.files = hash_files(gather([sources]).files)
        self.damages = list(catalogue(package, with_descriptor=not _TRIALS))[::every]

    def outcome(
        self, damage: Damage, work: Path, *, with_sources: bool = True, ask_frictionless: bool = False
    ) -> Outcome:
        """Does a damage to a copy of the package, and sees who finds it. The sources are asked where nothing else finds it."""
        copied(self.package, work)
        damage.act(work)
        frictionless = finds(work) if ask_frictionless else None
        try:
            alone = [str(finding) for check in verify_package(work) for finding in check.findings]
            checks = verify_package(work, self.package, self.files) if with_sources and not alone else []
        except Exception:
            return Outcome(False, False, False, traceback.format_exc(), frictionless)
        more = [str(finding) for check in checks for finding in check.findings]
        told = alone or more
        placed = any(all(word in finding for word in words) for finding in told for words in damage.names)
        return Outcome(bool(alone), bool(more) or bool(alone), placed, None, frictionless)


def finds(package: Path) -> bool:
    """Whether frictionless finds a package wrong."""
    import frictionless  # noqa: PLC0415  # slow to import, and not always asked

    try:
        return not frictionless.validate(str(package / "datapackage.json")).valid
    except Exception:  # It cannot read the package at all, and its command ends with that.
        return True


_TRIALS: list[Trial] = []
"""What worker processes inherit: damages are functions, which no pipe carries."""


def _outcomes(job: tuple[int, list[tuple[int, bool]]]) -> list[tuple[int, Outcome]]:
    trial = _TRIALS[job[0]]
    with TemporaryDirectory(dir=MEMORY) as folder:
        work = Path(folder) / "package"
        return [(i, trial.outcome(trial.damages[i], work, ask_frictionless=ask)) for i, ask in job[1]]


def drawn(trial: Trial, most: int) -> set[int]:
    """The damages that frictionless is asked about: so many of each kind at most."""
    of_kind: dict[str, list[int]] = defaultdict(list)
    for index, damage in enumerate(trial.damages):
        of_kind[damage.kind].append(index)
    lots = random.Random(SEED)
    return {index for some in of_kind.values() for index in lots.sample(some, min(most, len(some)))}


def run(number: int, frictionless: int, jobs: int) -> list[Outcome]:
    """All damages of a trial, in worker processes."""
    trial = _TRIALS[number]
    asked = drawn(trial, frictionless)
    lots = list(range(len(trial.damages)))
    random.Random(SEED).shuffle(lots)
    shares = [[(index, index in asked) for index in lots[start :: jobs * 8]] for start in range(jobs * 8)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        found = dict(pair for share in pool.map(_outcomes, [(number, share) for share in shares]) for pair in share)
    return [found[index] for index in range(len(trial.damages))]


def explained(damage: Damage, among: Sequence[Unknowable]) -> Unknowable | None:
    """Why a damage cannot be found; null where no reason is known."""
    return next((u for u in among if re.fullmatch(u.kind, damage.kind) and re.fullmatch(u.topic, damage.topic)), None)


def packages(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, package and sources: of the seeds, and of sample pages."""
    seeds: Inputs = gather([PROJECT / "seeds"])
    build(seeds, folder / "seeds")
    yield "seeds", folder / "seeds", PROJECT / "seeds"
    yield ("sample pages", *sample_pages.build_package(folder / "sample"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth damage")
    parser.add_argument(
        "--frictionless", type=int, default=OF_FRICTIONLESS, metavar="N", help="show it N of each kind at most"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    parser.add_argument("--list", action="store_true", help="print every damage that verify alone does not find")
    options = parser.parse_args()
    results: list[tuple[Damage, Outcome]] = []
    with TemporaryDirectory() as folder:
        for number, (name, package, sources) in enumerate(packages(Path(folder))):
            _TRIALS.append(Trial(name, package, sources, options.every))
            results += zip(_TRIALS[-1].damages, run(number, options.frictionless, options.jobs), strict=True)
    print_table(results)
    broken = [*told(results, full=options.every == 1)]
    if options.list:
        for damage, outcome in results:
            if not outcome.alone:
                print(f"not found: {damage}")
    for line in broken[:200]:
        print(line)
    sys.exit(bool(broken))


def print_table(results: Sequence[tuple[Damage, Outcome]]) -> None:
    """A line a kind of damage: how many, and how many each finds."""
    kinds = list(dict.fromkeys(damage.kind for damage, _ in results))
    width = max(map(len, kinds))
    print(f"{'damage':{width}}  {'done':>6}  {'verify':>6}  {'--sources':>9}  frictionless")
    for kind in [*kinds, None]:
        some = [outcome for damage, outcome in results if kind in (damage.kind, None)]
        asked = [outcome for outcome in some if outcome.frictionless is not None]
        figures = f"{len(some):6}  {sum(o.alone for o in some):6}  {sum(o.with_sources for o in some):9}"
        share = f"{sum(bool(o.frictionless) for o in asked)} of {len(asked)}"
        print(f"{kind or 'in all':{width}}  {figures}  {share:>12}")


def told(results: Sequence[tuple[Damage, Outcome]], *, full: bool) -> Iterator[str]:
    """Prints why what was not found cannot be; gives what is not explained."""
    for title, reasons, was_found in (
        ("Not found by verify alone", (*NOT_EVEN_WITH_SOURCES, *UNKNOWABLE), attrgetter("alone")),
        ("Not found by verify --sources", NOT_EVEN_WITH_SOURCES, attrgetter("with_sources")),
    ):
        counted: Counter[Unknowable] = Counter()
        for damage, outcome in results:
            if not was_found(outcome) and not outcome.crash:
                reason = explained(damage, reasons)
                if reason:
                    counted[reason] += 1
                else:
                    yield f"{title.lower()}, and nothing explains it: {damage}"
        print(f"\n{title}: {counted.total()}")
        for reason, count in counted.most_common():
            print(f"  {count:5}  {reason.reason}")
        if full:
            yield from (f"an explanation that explains nothing: {u.reason}" for u in reasons if not counted[u])
    for damage, outcome in results:
        if outcome.crash:
            yield f"verify failed: {damage}\n{outcome.crash}"
        elif outcome.with_sources and not outcome.placed:
            yield f"found, but not at its place: {damage}"


if __name__ == "__main__":
    main()
