"""Trials: builds that replace an older package while something goes wrong, and what they leave behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sample import PROJECT
from builder.build.pipeline import build
from builder.errors import CommandError, DataError
from builder.reading.discovery import gather
from builder.verify import verify_package

SEED = 20221128
PATIENCE = 120
SECONDS_TO_END: float = 10
"""How long a command's processes may outlive it."""
DATA_WRONG, COMMAND_WRONG, DEFECT = 1, 2, 70
SHARED_MEMORY = Path("/dev/shm")

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """The files below a folder, by path; an empty folder is included without bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


@dataclass
class Tally:
    """The results of one kind of trial."""

    title: str
    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    """The promises broken, and in which build."""

    def __str__(self) -> str:
        counts = (self.outcomes.total(), *(self.outcomes[name] for name in ("old", "new", "between")), len(self.broken))
        return f"{self.title:<58}" + "".join(f"{count:>8}" for count in counts)


HEADING = f"{'':<58}" + "".join(f"{name:>8}" for name in ("builds", "old", "new", "between", "broken"))


class Trial:
    """Builds of new pages over an older package."""

    def __init__(self, folder: Path, old: Path, new: Path) -> None:
        self.folder = folder
        self.new = new
        self.place = folder / "place"
        """The package that each build replaces."""
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.temporary.chmod(0o777)
        self.expected: dict[str, Tree] = {}
        for name, pages in (("old", old), ("new", new)):
            build(gather([pages]), folder / name)
            self.expected[name] = tree(folder / name)
        self.tally = Tally("")
        self.is_alone = False
        """Whether no other process of this machine uses the same shared memory."""

    def begin(self, title: str) -> Tally:
        self.tally = Tally(title)
        return self.tally

    def renew(self) -> Path:
        """Puts a copy of the old package into its place."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.folder / "old", self.place)
        return self.place

    # -----------------------------------------------------------------------------------------------------------------
    # Builds

    def command(self, *arguments: str, pages: Path | None = None, jobs: int = 2) -> list[str]:
        """The command that replaces the package."""
        named = [str(pages or self.new), "--output", str(self.place)]
        return [sys.executable, "-m", "builder", "build", *named, "-q", "--jobs", str(jobs), *arguments]

    def start(self, command: list[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Starts a command in its own process group; its temporary files go into the trial's folder."""
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "TMPDIR": str(self.temporary), "NO_COLOR": "1", **(environment or {})},
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, what: str, process: subprocess.Popen[str], allowed: tuple[int, ...] = (0, COMMAND_WRONG)) -> str:
        """Waits for a command and returns its output. It must leave no process and no temporary file."""
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.broken(what, f"it did not end in {PATIENCE} seconds")
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
        said = (out + err).strip()
        if process.returncode not in allowed or "Traceback" in said:
            last = said.rpartition("\n")[2][-200:]
            self.broken(what, f"exit code {process.returncode}: {last}")
        elif process.returncode and not said:
            self.broken(what, f"exit code {process.returncode} without a message")
        self.no_process_stays(what, process.pid)
        self.no_file_stays(what)
        return said

    def attempt(
        self,
        what: str,
        command: list[str],
        environment: Mapping[str, str] | None = None,
        allowed: tuple[int, ...] = (0, COMMAND_WRONG),
    ) -> None:
        """Runs a command that replaces the old package and judges what it leaves behind."""
        self.renew()
        self.end(what, self.start(command, environment), allowed)
        self.judge(what, leaves_nothing=True)

    def no_process_stays(self, what: str, group: int) -> None:
        """Checks that a process group is gone some seconds after its end."""
        deadline = time.monotonic() + SECONDS_TO_END
        with suppress(ProcessLookupError):
            while time.monotonic() < deadline:
                os.killpg(group, 0)
                time.sleep(0.01)
            os.killpg(group, signal.SIGKILL)
            self.broken(what, "processes remain")

    def temporary_files(self) -> list[Path]:
        """Temporary files of builds, and what they put into shared memory."""
        places = [self.temporary, *([SHARED_MEMORY] if self.is_alone else [])]
        return [path for place in places for path in place.iterdir()]

    def no_file_stays(self, what: str) -> None:
        """Checks that no temporary file is left, and removes what is."""
        left = self.temporary_files()
        if left:
            self.broken(what, f"{', '.join(sorted(path.name for path in left))} left among the temporary files")
        for path in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def in_child(self, work: Callable[[], int]) -> tuple[int, int]:
        """Works in another process; returns its exit code and its result, 0 if it did not finish."""
        reading, writing = os.pipe()
        if child := os.fork():
            os.close(writing)
            with os.fdopen(reading) as answer:
                found = int(answer.read() or "0")
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), found
        code = DEFECT
        try:
            os.write(writing, str(work()).encode())
            code = 0
        except CommandError:
            code = COMMAND_WRONG
        except DataError:
            code = DATA_WRONG
        finally:
            os._exit(code)

    # -----------------------------------------------------------------------------------------------------------------
    # What is left

    def broken(self, what: str, how: str) -> None:
        self.tally.broken.append(f"{what}: {how}")

    def judge(self, what: str, *, leaves_nothing: bool = False) -> str:
        """Checks what is left of the package, and that the next build repairs it."""
        found = tree(self.place)
        package = {name: data for name, data in found.items() if not name.startswith(".")}
        outcome = next((name for name, expected in self.expected.items() if package == expected), "between")
        if outcome == "between" and verifies(self.place):
            self.broken(what, "it is neither package, but verify passes")
        if leaves_nothing and found != package:
            self.broken(what, f"{', '.join(sorted(found.keys() - package.keys())[:3])} left behind")
        self.tally.outcomes[outcome] += 1
        self.repair(what)
        return outcome

    def repair(self, what: str) -> None:
        """Builds once more, undisturbed: then the new package must be there, and nothing else."""
        try:
            build(gather([self.new]), self.place)
        except CommandError as error:
            self.broken(what, f"the next build cannot repair it: {error}")
        else:
            if tree(self.place) != self.expected["new"]:
                self.broken(what, "the next build does not repair it")


def verifies(package: Path) -> bool:
    try:
        return all(check.passed for check in verify_package(package))
    except DataError:
        return False


def sample_pages(folder: Path) -> tuple[Path, Path]:
    """Two folders of sample pages: some talks, and the same ones with more."""
    folders = folder / "old pages", folder / "new pages"
    for pages, count in zip(folders, (3, 300), strict=True):
        pages.mkdir()
        for number in range(count):
            (pages / f"{number}.txt").write_text(sample_page(number), "utf-8")
    return folders


def sample_page(number: int, words: str = "is late") -> str:
    """The talks with this number, on a day of their own."""
    day = f"May {number % 28 + 1}, {1980 + number // 28}"
    return (
        f"Events\nTalks {number}\nRudolf Elphberg met with Rupert Hentzau.\n{day}\n"
        f"12:30\nZenda\nPresident of Ruritania Rudolf Elphberg: Good morning.\nRupert Hentzau: Train {number} {words}.\n"
        "Publication status\nPublished in section: News\nText version\n"
    )
