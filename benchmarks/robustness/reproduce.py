"""Builds the package from the seeds again, in many surroundings, and compares every byte with the one that is shipped.

Each surrounding changes one thing that must not show: the time zone, the locale, Python's hash seed, the order in which files are
named or found, the number of processes, the user, the folder, what may be written. First the installed packages are compared
with requirements/build.txt: what is proved holds for the locked versions.

`python -m benchmarks.robustness.reproduce` (or `make reproduce`) prints a line for each and fails where a byte differs, a file
cannot be read by its owner or can be executed, or a package is not the one that is locked.
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
"""A file system in memory, where there is one: it lists files in another order than a disk."""
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
"""The builder with batches of one page, none of which is read before every process is at work on one."""

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
"""The builder on a file system that lists a folder's files backwards."""


class SkippedError(Exception):
    """This machine has not what a surrounding takes; the reason is its text."""


@dataclass
class Surrounding:
    """How one build is run."""

    title: str
    environment: Mapping[str, str] = field(default_factory=dict)
    seeds: Callable[[Path], list[Path]] = lambda folder: [SEEDS]
    """What the command names; it may be put into a folder that is given."""
    program: str | None = None
    """Python code to be run in place of `python -m builder`."""
    project: Callable[[Path], Path] = lambda folder: PROJECT
    """The code that builds."""
    wrap: Callable[[list[str]], list[str]] = lambda command: command
    cwd: Callable[[Path], Path] = lambda folder: PROJECT
    umask: int = 0o022
    arguments: tuple[str, ...] = ()

    def build(self, folder: Path) -> Path:
        """The folder of the package. Raises `SkippedError`, and `ChildProcessError` where the build fails."""
        output = folder / "out"
        project, cwd = self.project(folder), self.cwd(folder)
        command = ["-m", "builder"]
        if self.program:
            (folder / "program.py").write_text(self.program, "utf-8")
            command = [str(folder / "program.py")]
        command += ["build", *map(str, self.seeds(folder)), "--output", str(output), "--strict", "--quiet"]
        (folder / "seen").mkdir()
        # Whoever builds must be able to write here.
        folder.chmod(0o777)
        done = subprocess.run(
            self.wrap([sys.executable, *command, *self.arguments]),
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(project), "SEEN": str(folder / "seen"), **self.environment},
            umask=self.umask,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode:
            raise ChildProcessError(f"the build failed: {(done.stderr or done.stdout).strip()[-500:]}")
        return output


def environment(title: str, **variables: str) -> Surrounding:
    return Surrounding(title, variables)


# ---------------------------------------------------------------------------------------------------------------------
# What a surrounding takes


def backwards(_: Path) -> list[Path]:
    return sorted(SEEDS.glob("*.txt"), reverse=True)


def relative(_: Path) -> list[Path]:
    return [Path("seeds")]


def copied_backwards(folder: Path) -> list[Path]:
    """The seeds, copied in the reverse order of their names, and as if they were made just now."""
    (folder / "seeds").mkdir()
    for path in sorted(SEEDS.iterdir(), reverse=True):
        shutil.copyfile(path, folder / "seeds" / path.name)
    return [folder / "seeds"]


def read_only_checkout(folder: Path) -> Path:
    """A copy of the code and the seeds that nobody may write to."""
    checkout = folder / "checkout"
    for name in ("builder", "schema", "seeds"):
        shutil.copytree(PROJECT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(PROJECT / "CITATION.cff", checkout / "CITATION.cff")
    for path in (checkout, *checkout.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return checkout


def another_user(command: list[str]) -> list[str]:
    found = as_nobody(command)
    if found is None:
        raise SkippedError("it takes root, and the program setpriv")
    return found


def nobody_who_is_root(command: list[str]) -> list[str]:
    """Root may write to what is read-only."""
    return command if os.geteuid() else another_user(command)


def surroundings() -> Iterator[Surrounding]:
    yield Surrounding("an empty folder")
    yield environment("the time zone of Kiritimati", TZ="Pacific/Kiritimati")
    yield environment("the time zone of Pago Pago", TZ="Pacific/Pago_Pago")
    yield environment("a Turkish locale", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8")
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    yield environment("no locale, and Python not in UTF-8 mode", **bare)
    for seed in ("0", "1", "4294967295"):
        yield environment(f"hash seed {seed}", PYTHONHASHSEED=seed)
    yield environment("Python without assertions and docstrings", PYTHONOPTIMIZE="2")
    yield environment("one thread, another allocator", OMP_NUM_THREADS="1", ARROW_DEFAULT_MEMORY_POOL="mimalloc")
    yield Surrounding("1 process", arguments=("--jobs", "1"))
    yield Surrounding("4 processes, all at work", {"WORKERS": "4"}, program=DRIVER, arguments=("--jobs", "4"))
    yield Surrounding("the seeds named one by one, backwards", seeds=backwards)
    yield Surrounding("folders listed backwards", program=BACKWARDS)
    yield Surrounding("seeds copied backwards, just now", seeds=copied_backwards)
    yield Surrounding("umask 077", umask=0o077)
    yield Surrounding("umask 000", umask=0)
    yield Surrounding("another working folder", cwd=lambda folder: folder)
    yield Surrounding("the seeds by a relative path", seeds=relative)
    yield Surrounding("another user, without a home", {"HOME": "/nonexistent"}, wrap=another_user)
    yield Surrounding("a checkout that may not be written to", project=read_only_checkout, wrap=nobody_who_is_root)


# ---------------------------------------------------------------------------------------------------------------------
# What is compared


def files_of(package: Path) -> dict[str, Path]:
    found = (package / "datapackage.json", *(path for path in (package / "dist").rglob("*") if not path.is_dir()))
    return {path.relative_to(package).as_posix(): path for path in found if path.exists()}


def differences(wanted: Path, found: Path) -> list[str]:
    """What one package has otherwise than another, file by file."""
    one, other = files_of(wanted), files_of(found)
    lines = [f"{name} is missing" for name in sorted(one.keys() - other.keys())]
    lines += [f"{name} is too many" for name in sorted(other.keys() - one.keys())]
    for name in sorted(one.keys() & other.keys()):
        before, after = one[name].read_bytes(), other[name].read_bytes()
        if before != after:
            at = next((i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
            lines.append(f"{name} differs from byte {min(len(before), len(after)) if at is None else at} on")
        mode = stat.S_IMODE(other[name].lstat().st_mode)
        if not mode & stat.S_IRUSR or mode & 0o7111 or other[name].is_symlink():
            lines.append(
                f"{name} should be a plain file that its owner can read and nobody execute; its mode is {mode:o}"
            )
    return lines


def unlocked(requirements: Path) -> tuple[int, list[str]]:
    """How many packages a lock file wants on this machine, and which of them are installed otherwise."""
    lines = re.findall(r"^([a-z0-9][^\\\n]*)", requirements.read_text("utf-8"), re.MULTILINE)
    wanted = [r for r in map(Requirement, map(str.strip, lines)) if r.marker is None or r.marker.evaluate()]
    otherwise = []
    for requirement in wanted:
        try:
            installed = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            installed = "none"
        if installed == "none" or not requirement.specifier.contains(installed, prereleases=True):
            otherwise.append(f"{requirement.name}: locked {requirement.specifier}, installed {installed}")
    return len(wanted), otherwise


def outcome(surrounding: Surrounding, places: Path | None) -> tuple[str, list[str]]:
    """Whether the package comes out identical in a surrounding, and what differs or why it was skipped."""
    with TemporaryDirectory(dir=places, prefix="reproduce-") as folder:
        try:
            found = differences(PROJECT, surrounding.build(Path(folder)))
        except SkippedError as reason:
            return "skipped", [str(reason)]
        except (ChildProcessError, subprocess.TimeoutExpired) as error:
            found = [str(error)]
        finally:
            for path in (Path(folder), *(p for p in Path(folder).rglob("*") if p.is_dir())):
                path.chmod(0o700)
    return ("different", found) if found else ("identical", [])


def main() -> None:
    count, otherwise = unlocked(PROJECT / "requirements/build.txt")
    print(
        f"{count} packages that requirements/build.txt locks: {count - len(otherwise)} installed as they are locked",
        flush=True,
    )
    for line in otherwise:
        print(f"  {line}")
    outcomes: Counter[str] = Counter()
    runs: list[tuple[Surrounding, Path | None]] = [(surrounding, None) for surrounding in surroundings()]
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        runs += [(Surrounding("a file system in memory", seeds=copied_backwards), MEMORY)]
        runs += [(Surrounding("temporary files elsewhere", {"TMPDIR": str(MEMORY)}), None)]
    for surrounding, places in runs:
        what, lines = outcome(surrounding, places)
        outcomes[what] += 1
        shown = f": {lines[0]}" if what == "skipped" else ""
        print(f"{what:<10} {surrounding.title}{shown}", flush=True)
        if what == "different":
            for line in lines[:20]:
                print(f"           {line}")
    told = ", ".join(f"{outcomes[name]} {name}" for name in ("identical", "different", "skipped"))
    print(f"{outcomes.total()} builds of the seeds beside the shipped package: {told}")
    sys.exit(bool(outcomes["different"] or otherwise))


if __name__ == "__main__":
    main()
