"""Builds the package from the seeds again, in many environments, and compares every byte with the shipped package.

Each environment changes one thing that must not matter: the time zone, the locale, Python's hash seed, the order in which files
are named or found, the number of processes, the user, the folder, permissions. First the installed packages are compared with
requirements/build.txt, because the result holds for the locked versions.

`python -m benchmarks.robustness.reproduce` (or `make reproduce`) prints a line for each environment. It fails if a byte
differs, if a file's owner cannot read it or anyone can execute it, or if a package is not the locked one.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

from benchmarks.robustness.users import as_nobody
from benchmarks.sample import PROJECT

SEEDS = PROJECT / "seeds"
MEMORY = Path("/dev/shm")
"""A file system in memory, if there is one: it lists files in another order than a disk."""
PATIENCE = 120

DRIVER = f"""
import os, sys, time
from pathlib import Path

from builder.build import read_stage as batch, pipeline, workers

count, seen = int(os.environ["WORKERS"]), os.environ["SEEN"]
pipeline.PAGES_IN_BATCH = workers.FILES_WORTH_A_PROCESS = 1
read_page = batch.read_page

def wait_for_all(*arguments):
    Path(seen, str(os.getpid())).touch()
    deadline = time.monotonic() + {PATIENCE}
    while len(os.listdir(seen)) < count:
        if time.monotonic() > deadline:
            sys.exit(f"expected {{count}} processes at work, found {{len(os.listdir(seen))}}")
        time.sleep(0.01)
    return read_page(*arguments)

batch.read_page = wait_for_all
workers.WORKER_CODE = "import program; " + workers.WORKER_CODE

if __name__ == "__main__":
    from builder.cli.app import main
    main()
"""
"""The builder with batches of one page; no page is read before every process is at work on one."""

BACKWARDS = """
import os

class Backwards(list):
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

scandir = os.scandir
os.scandir = lambda *path: Backwards(sorted(scandir(*path), key=lambda entry: entry.name, reverse=True))

from builder.cli.app import main
main()
"""
"""The builder on a file system that lists folders backwards."""


class SkippedError(Exception):
    """This machine lacks what an environment needs; the text says what."""


@dataclass
class Environment:
    """How one build is run."""

    title: str
    variables: Mapping[str, str] = field(default_factory=dict)
    seeds: Callable[[Path], list[Path]] = lambda folder: [SEEDS]
    """The files or folders to name; copies go into the given folder."""
    program: str | None = None
    """Python code to run instead of `python -m builder`."""
    project: Callable[[Path], Path] = lambda folder: PROJECT
    """The code that builds."""
    wrap: Callable[[list[str]], list[str]] = lambda command: command
    cwd: Path | None = PROJECT
    """The working folder; None for a temporary one."""
    umask: int = 0o022
    arguments: tuple[str, ...] = ()
    place: Path | None = None
    """Where to build; None for the usual place of temporary files."""

    def build(self, folder: Path) -> Path:
        """Returns the folder of the package. Raises `SkippedError`, and `ChildProcessError` if the build fails."""
        output = folder / "out"
        command = ["-m", "builder"]
        if self.program:
            (folder / "program.py").write_text(self.program, "utf-8")
            command = [str(folder / "program.py")]
        command += [
            "build",
            *map(str, self.seeds(folder)),
            "--output",
            str(output),
            "--strict",
            "--quiet",
            "--exports",
            "all",
        ]
        (folder / "seen").mkdir()
        variables = {"PYTHONPATH": str(self.project(folder)), "SEEN": str(folder / "seen"), **self.variables}
        # Any user must be able to write here.
        folder.chmod(0o777)
        done = subprocess.run(
            self.wrap([sys.executable, *command, *self.arguments]),
            cwd=self.cwd or folder,
            env=os.environ | variables,
            umask=self.umask,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise ChildProcessError(f"the build failed: {(done.stderr or done.stdout).strip()[-500:]}")
        return output

    def outcome(self) -> tuple[str, list[str]]:
        """Whether the package is identical, and what differs or why the build was skipped."""
        with TemporaryDirectory(dir=self.place, prefix="reproduce-") as name:
            folder = Path(name)
            try:
                found = differences(PROJECT, self.build(folder))
            except SkippedError as reason:
                return "skipped", [str(reason)]
            except (ChildProcessError, subprocess.TimeoutExpired) as error:
                found = [str(error)]
            finally:
                for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                    path.chmod(0o700)
        return ("different", found) if found else ("identical", [])


# ---------------------------------------------------------------------------------------------------------------------
# What an environment needs


def copied_backwards(folder: Path) -> list[Path]:
    """New copies of the seeds, made in the reverse order of their names."""
    (folder / "seeds").mkdir()
    for path in sorted(SEEDS.iterdir(), reverse=True):
        shutil.copyfile(path, folder / "seeds" / path.name)
    return [folder / "seeds"]


def read_only_checkout(folder: Path) -> Path:
    """A copy of the code that nobody may write to."""
    checkout = folder / "checkout"
    for name in ("builder", "schema", "seeds"):
        shutil.copytree(PROJECT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(PROJECT / "CITATION.cff", checkout / "CITATION.cff")
    for path in (checkout, *checkout.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return checkout


def another_user(command: list[str]) -> list[str]:
    if found := as_nobody(command):
        return found
    raise SkippedError("it takes root, and the program setpriv")


def not_root(command: list[str]) -> list[str]:
    """Root may write to what is read-only, so root becomes another user."""
    return command if os.geteuid() else another_user(command)


def environments() -> Iterator[Environment]:
    yield Environment("an empty folder")
    yield Environment("the time zone of Kiritimati", {"TZ": "Pacific/Kiritimati"})
    yield Environment("the time zone of Pago Pago", {"TZ": "Pacific/Pago_Pago"})
    yield Environment("a Turkish locale", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"})
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    yield Environment("no locale, and Python not in UTF-8 mode", bare)
    for seed in ("0", "1", "4294967295"):
        yield Environment(f"hash seed {seed}", {"PYTHONHASHSEED": seed})
    yield Environment("Python without assertions and docstrings", {"PYTHONOPTIMIZE": "2"})
    allocator = {"OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "mimalloc"}
    yield Environment("one thread, another allocator", allocator)
    yield Environment("1 process", arguments=("--jobs", "1"))
    yield Environment("4 processes, all at work", {"WORKERS": "4"}, program=DRIVER, arguments=("--jobs", "4"))
    backwards = sorted(SEEDS.glob("*.txt"), reverse=True)
    yield Environment("the seeds named one by one, backwards", seeds=lambda folder: backwards)
    yield Environment("folders listed backwards", program=BACKWARDS)
    yield Environment("seeds copied backwards, just now", seeds=copied_backwards)
    yield Environment("umask 077", umask=0o077)
    yield Environment("umask 000", umask=0)
    yield Environment("another working folder", cwd=None)
    yield Environment("the seeds by a relative path", seeds=lambda folder: [Path("seeds")])
    yield Environment("another user, without a home", {"HOME": "/nonexistent"}, wrap=another_user)
    yield Environment("a read-only checkout", project=read_only_checkout, wrap=not_root)
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        yield Environment("a file system in memory", seeds=copied_backwards, place=MEMORY)
        yield Environment("temporary files elsewhere", {"TMPDIR": str(MEMORY)})


# ---------------------------------------------------------------------------------------------------------------------
# What is compared


def files_of(package: Path) -> dict[str, Path]:
    found = (package / "datapackage.json", *(path for path in (package / "dist").rglob("*") if not path.is_dir()))
    return {path.relative_to(package).as_posix(): path for path in found if path.exists()}


def differences(expected: Path, found: Path) -> list[str]:
    """How one package differs from another, file by file."""
    one, other = files_of(expected), files_of(found)
    lines = [f"{name} is missing" for name in sorted(one.keys() - other.keys())]
    lines += [f"{name} was not expected" for name in sorted(other.keys() - one.keys())]
    for name in sorted(one.keys() & other.keys()):
        before, after = one[name].read_bytes(), other[name].read_bytes()
        if before != after:
            pairs = enumerate(zip(before, after, strict=False))
            first = next((index for index, (a, b) in pairs if a != b), min(len(before), len(after)))
            lines.append(f"{name} differs from byte {first} on")
        mode = stat.S_IMODE(other[name].lstat().st_mode)
        if not mode & stat.S_IRUSR or mode & 0o7111 or other[name].is_symlink():
            lines.append(f"{name} must be a plain file, readable by its owner and not executable; its mode is {mode:o}")
    return lines


def unlocked(requirements: Path) -> tuple[int, list[str]]:
    """How many packages a lock file requires on this machine, and which of them are not installed as locked."""
    lines = re.findall(r"^([a-z0-9][^\\\n]*)", requirements.read_text("utf-8"), re.MULTILINE)
    required = [r for r in map(Requirement, map(str.strip, lines)) if r.marker is None or r.marker.evaluate()]
    wrong = []
    for requirement in required:
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            version = "none"
        if version == "none" or not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name}: locked {requirement.specifier}, installed {version}")
    return len(required), wrong


def main() -> None:
    count, wrong = unlocked(PROJECT / "requirements/build.txt")
    print(f"{count} packages locked in requirements/build.txt: {count - len(wrong)} installed as locked", flush=True)
    print("".join(f"  {line}\n" for line in wrong), end="")
    outcomes: Counter[str] = Counter()
    for environment in environments():
        what, lines = environment.outcome()
        outcomes[what] += 1
        print(f"{what:<10} {environment.title}{f': {lines[0]}' if what == 'skipped' else ''}", flush=True)
        if what == "different":
            print("".join(f"           {line}\n" for line in lines[:20]), end="")
    counts = ", ".join(f"{outcomes[name]} {name}" for name in ("identical", "different", "skipped"))
    print(f"{outcomes.total()} builds of the seeds, compared with the shipped package: {counts}")
    sys.exit(bool(outcomes["different"] or wrong))


if __name__ == "__main__":
    main()
