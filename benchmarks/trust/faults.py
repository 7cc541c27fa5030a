"""Strikes builds down at every step that they take on the disk, and looks at what is left of the package.

A build replaces an older package. At each step in turn (a file opened to be written, a folder made, a file renamed or
removed) it is killed as by `kill -9`, and in another run the step fails as on a full disk. After each, the published package
must be the old one or the new one, byte for byte; if a kill falls between the two steps of publishing, `verify` must say so;
and the next build must give the new package and leave nothing else behind. Then builds are killed at random moments, in
processes of their own, with workers.

`python -m benchmarks.trust.faults` prints what came of it and fails where a promise was broken; `--every N` takes each Nth step.
"""

import argparse
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample import PROJECT
from builder.errors import CommandError
from builder.inputs import gather
from builder.pipeline import build
from builder.verify import verify_package

TAKING_SPACE = frozenset({"open", "os.mkdir", "os.rename"})
STEPS = TAKING_SPACE | {"os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
"""What Python reports of a build's work on the disk. What Arrow and SQLite write themselves is between two of these."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
SEED = 20221128
COMMAND_WRONG, DEFECT = 2, 70

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file below a folder: its bytes by its path; an empty folder as no bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


class Strike:
    """Counts a build's steps on the disk, below one folder, and does something at one of them."""

    def __init__(self, folder: Path, at: int | None, act: Callable[[], None]) -> None:
        self.count = 0
        self._steps = TAKING_SPACE if act is full else STEPS
        self._folder = str(folder)
        self._at = at
        self._act = act
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in self._steps or not str(arguments[0]).startswith(self._folder):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITING):
            return
        self.count += 1
        if self.count == self._at:
            self._act()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Trial:
    """Builds of new pages over an older package."""

    def __init__(self, folder: Path, old: Path, new: Path) -> None:
        self.new = new
        self.place = folder / "place"
        self.expected: dict[str, Tree] = {}
        for name, pages in (("old", old), ("new", new)):
            build(gather([pages]), folder / name)
            self.expected[name] = tree(folder / name)
        self._old = folder / "old"
        self.outcomes: Counter[str] = Counter()
        self.broken: list[str] = []

    @contextmanager
    def package(self) -> Iterator[Path]:
        """A copy of the old package, to be replaced."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self._old, self.place)
        yield self.place

    def steps(self, act: Callable[[], None]) -> int:
        """How many steps a build takes at which this could befall it."""
        return self._in_child(None, act)[1]

    def strike(self, step: int, act: Callable[[], None]) -> None:
        """Builds in a process of its own, which something befalls at one step."""
        code, _ = self._in_child(step, act)
        what = f"{act.__name__} at step {step}"
        if act is full and code not in (0, COMMAND_WRONG):
            self.broken.append(f"{what}: an error of the disk came through as a defect")
        self.judge(what, leaves_nothing=act is full)

    def _in_child(self, step: int | None, act: Callable[[], None]) -> tuple[int, int]:
        """Replaces a copy of the old package; gives the exit code and the number of steps, 0 where it did not end."""
        with self.package():
            reading, writing = os.pipe()
            if os.fork():
                os.close(writing)
                with os.fdopen(reading) as answer:
                    steps = int(answer.read() or "0")
                return os.waitstatus_to_exitcode(os.wait()[1]), steps
            code = DEFECT
            try:
                strike = Strike(self.place, step, act)
                code = self._build()
                os.write(writing, str(strike.count).encode())
            finally:
                os._exit(code)

    def _build(self) -> int:
        try:
            build(gather([self.new]), self.place)
        except CommandError:
            return COMMAND_WRONG
        return 0

    def judge(self, what: str, *, leaves_nothing: bool = False) -> None:
        """Sees what is left, and whether the next build makes it whole."""
        found = tree(self.place)
        package = {name: data for name, data in found.items() if not name.startswith(".")}
        outcome = next((name for name, expected in self.expected.items() if package == expected), "between")
        if outcome == "between" and all(check.passed for check in verify_package(self.place)):
            self.broken.append(f"{what}: neither package is whole, and verify passes")
        if leaves_nothing and found != package:
            self.broken.append(f"{what}: {', '.join(sorted(found.keys() - package.keys()))} left behind")
        self.outcomes[outcome] += 1
        build(gather([self.new]), self.place)
        if tree(self.place) != self.expected["new"]:
            self.broken.append(f"{what}: the next build does not mend it")

    def random_kills(self, count: int) -> None:
        """Kills the command and its workers at random moments, from its start to after its end."""
        command = [
            sys.executable,
            "-m",
            "builder",
            "build",
            str(self.new),
            "--output",
            str(self.place),
            "-q",
            "--jobs",
            "2",
        ]
        with self.package():
            start = time.perf_counter()
            subprocess.run(command, cwd=PROJECT, check=True)
            seconds = time.perf_counter() - start
        moments = random.Random(SEED)
        for number in range(count):
            with self.package():
                process = subprocess.Popen(command, cwd=PROJECT, start_new_session=True)
                time.sleep(moments.uniform(0, 1.1 * seconds))
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                self.judge(f"random kill {number + 1}")


def invented_pages(folder: Path) -> tuple[Path, Path]:
    """Two folders of invented pages: some talks, and the same ones with more talks beside them."""
    folders = folder / "old pages", folder / "new pages"
    for pages, count in zip(folders, (3, 300), strict=True):
        pages.mkdir()
        for number in range(count):
            day = f"May {number % 28 + 1}, {1980 + number // 28}"
            text = (
                f"Events\nTalks {number}\nRudolf Elphberg met with Rupert Hentzau.\n{day}\n"
                f"12:30\nZenda\nPresident of Ruritania Rudolf Elphberg: Good morning.\nRupert Hentzau: Train {number} is late.\n"
                "Publication status\nPublished in section: News\nText version\n"
            )
            (pages / f"{number}.txt").write_text(text, "utf-8")
    return folders


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth step of a build")
    parser.add_argument("--random", type=int, default=300, metavar="N", help="how many random moments")
    options = parser.parse_args()
    broken = 0
    with TemporaryDirectory() as folder:
        trial = Trial(Path(folder), *invented_pages(Path(folder)))
        for title in ("killed at a step", "disk full at a step", "killed at a random moment"):
            trial.outcomes.clear()
            trial.broken.clear()
            if title == "killed at a random moment":
                trial.random_kills(options.random)
            else:
                act = killed if title == "killed at a step" else full
                for step in range(1, trial.steps(act) + 1, options.every):
                    trial.strike(step, act)
            told = ", ".join(f"{trial.outcomes[name]} {name}" for name in ("old", "new", "between"))
            print(f"{title}: {trial.outcomes.total()} builds: {told}; promises broken: {len(trial.broken)}")
            for line in trial.broken[:20]:
                print(f"  {line}")
            broken += len(trial.broken)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
