"""Builds that share the disk: with sources that change, other builds, verify, readers."""

import hashlib
import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.robustness.harness import COMMAND_WRONG, DATA_WRONG, SEED, Trial, sample_page, tree, verifies
from builder.package.package_files import read_checksums


@contextmanager
def meanwhile(work: Callable[[], None]) -> Iterator[None]:
    """Repeats some work in another thread."""
    is_over = threading.Event()

    def repeat() -> None:
        while not is_over.is_set():
            work()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


class Vandal:
    """Changes sources: rewrites, lengthens, shortens and removes them, or replaces them by folders, pipes and links."""

    def __init__(self, pages: Path, seed: int) -> None:
        self._pages = sorted(pages.iterdir())
        self._random = random.Random(seed)

    def once(self) -> None:
        path = self._random.choice(self._pages)
        what = self._random.choice(("other", "longer", "shorter", "half", "gone", "folder", "pipe", "circle"))
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        elif what not in ("longer", "shorter") or not path.is_file():
            path.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            if what in ("other", "longer"):
                with path.open("a") as file:
                    file.write(sample_page(self._random.randrange(300), "is early"))
            elif what == "half":
                path.write_text(sample_page(self._random.randrange(300))[:100])
            elif what == "shorter":
                os.truncate(path, self._random.randrange(50))
            elif what == "folder":
                path.mkdir()
            elif what == "pipe":
                os.mkfifo(path)
            elif what == "circle":
                path.symlink_to(path.name)
        time.sleep(0.0005)


def changing_sources(trial: Trial, count: int) -> None:
    """Builds from files that change all the time: the package must be whole, or the old one."""
    pages = trial.folder / "changing pages"
    for number in range(count):
        what = f"changing sources, build {number + 1}"
        shutil.rmtree(pages, ignore_errors=True)
        shutil.copytree(trial.new, pages)
        trial.renew()
        keep_going = ("--keep-going",) if number % 4 else ()
        with meanwhile(Vandal(pages, SEED + number).once):
            process = trial.start(trial.command(*keep_going, pages=pages, jobs=1 + number % 2))
            trial.end(what, process, (0, DATA_WRONG, COMMAND_WRONG))
        found = tree(trial.place)
        if process.returncode and found != trial.expected["old"]:
            trial.broken(what, "the build failed, and the package is not the old one")
        elif not verifies(trial.place):
            trial.broken(what, "verify finds the package damaged")
        trial.tally.outcomes["old" if found == trial.expected["old"] else "new"] += 1
        trial.repair(what)


def two_builds(trial: Trial, count: int) -> None:
    """Starts two builds of one package almost together: one must win; the other must say so, or come after it."""
    moments = random.Random(SEED)
    for number in range(count):
        what = f"two builds, time {number + 1}"
        trial.renew()
        first = trial.start(trial.command())
        time.sleep(moments.uniform(0, 0.6))
        second = trial.start(trial.command(jobs=1))
        said = {process: trial.end(what, process) for process in (first, second)}
        if first.returncode and second.returncode:
            trial.broken(what, "neither build won")
        for process, words in said.items():
            if process.returncode and "another build is at work there" not in words:
                trial.broken(what, f"a build does not say why it gave up: {words[-200:]}")
        if trial.judge(what, leaves_nothing=True) != "new":
            trial.broken(what, "the package is not the winner's")


def build_and_verify(trial: Trial, count: int) -> None:
    """Verifies a package while it is replaced: if verify passes, it was the old package or the new one."""
    moments = random.Random(SEED)
    passed = 0
    for number in range(count):
        what = f"build and verify, time {number + 1}"
        trial.renew()
        building = trial.start(trial.command())
        time.sleep(moments.uniform(0, 1.2))
        verifying = trial.start([*trial.command()[:3], "verify", str(trial.place)])
        said = "".join(verifying.communicate())
        trial.end(what, building, (0,))
        passed += verifying.returncode == 0
        if verifying.returncode not in (0, DATA_WRONG, COMMAND_WRONG) or "Traceback" in said:
            trial.broken(what, f"verify ends with {verifying.returncode}: {said.strip()[-200:]}")
        trial.judge(what, leaves_nothing=True)
    trial.tally.title += f" (verify passed {passed} times)"


class Reader:
    """Reads a package as a user would: its checksums, then the files that they list."""

    def __init__(self, trial: Trial) -> None:
        self._dist = trial.place / "dist"
        self._sums = {
            path.removeprefix("dist/"): {hashlib.sha256(t.get(path, b"")).hexdigest() for t in trial.expected.values()}
            for path in trial.expected["new"]
        }
        self.read = 0
        self.wrong: list[str] = []

    def once(self) -> None:
        with suppress(FileNotFoundError):
            for name in read_checksums(self._dist / "SHA256SUMS"):
                digest = hashlib.sha256((self._dist / name).read_bytes()).hexdigest()
                self.read += 1
                if digest not in self._sums[name]:
                    self.wrong.append(f"{name} was neither the old file nor the new one")


def build_and_reader(trial: Trial, count: int) -> None:
    """Reads a package while it is replaced: every file that can be opened must be whole."""
    read = 0
    for number in range(count):
        what = f"build and reader, time {number + 1}"
        trial.renew()
        reader = Reader(trial)
        with meanwhile(reader.once):
            trial.end(what, trial.start(trial.command()), (0,))
        read += reader.read
        for line in reader.wrong:
            trial.broken(what, line)
        trial.judge(what, leaves_nothing=True)
    trial.tally.title += f" ({read:,} files read)"
