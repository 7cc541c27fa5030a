"""Full disks and folders without write permission: real ones, mounted in this process's own mount namespace."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from benchmarks.robustness.harness import COMMAND_WRONG, SHARED_MEMORY, Trial
from benchmarks.robustness.users import NOBODY, as_nobody

LIMITED = "import os, resource, sys; n = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (n, n)); \
os.execv(sys.argv[2], sys.argv[2:])"
"""Runs a command that may not write a file longer than so many bytes."""
NEW_MOUNTS = 0x00020000
STEP = 64 << 10


def may_mount() -> bool:
    """Gives this process its own mounts, which end with it; returns whether that is allowed."""
    if os.geteuid() or not hasattr(ctypes.CDLL(None), "unshare"):
        return False
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_MOUNTS):
        return False
    done = subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """Mounts a file system in memory."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def own_shared_memory() -> None:
    """Gives this process and what it starts their own shared memory."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(SHARED_MEMORY)], check=True)


# ---------------------------------------------------------------------------------------------------------------------
# Without space


def _build_on_disk(trial: Trial, what: str, jobs: int, roomy: str, limit: Callable[[os.statvfs_result], str]) -> str:
    """Builds on a disk that holds the old package and is then limited; returns what is left."""
    shutil.rmtree(trial.place, ignore_errors=True)
    with disk(trial.place, roomy):
        shutil.copytree(trial.folder / "old", trial.place, dirs_exist_ok=True)
        remount(trial.place, limit(os.statvfs(trial.place)))
        trial.end(what, trial.start(trial.command(jobs=jobs)))
        remount(trial.place, roomy)
        return trial.judge(what, leaves_nothing=True)


def full_disks(trial: Trial, every: int = 1) -> None:
    """Builds on disks with more and more space beside the old package, until the new one fits."""
    for number in count(1):
        space = STEP * every * number

        def limit(used: os.statvfs_result, space: int = space) -> str:
            return f"size={(used.f_blocks - used.f_bfree) * used.f_frsize + space}"

        if _build_on_disk(trial, f"{space >> 10} KiB of space", 1 + number % 2, "size=1g", limit) == "new":
            break


def few_files(trial: Trial) -> None:
    """Builds on disks that can take only so many more files."""
    for more in range(1, 40, 3):

        def limit(used: os.statvfs_result, more: int = more) -> str:
            return f"nr_inodes={used.f_files - used.f_ffree + more}"

        _build_on_disk(trial, f"space for {more} files", 1, "size=1g,nr_inodes=10k", limit)


def full_temporary(trial: Trial) -> None:
    """Builds while no temporary file can be made, or nothing fits into shared memory."""
    with disk(Path("/tmp") / "full", "size=4k") as place:
        (place / "filled").write_bytes(bytes(4096))
        for jobs in (1, 2):
            what = f"temporary files full, {jobs} processes"
            trial.attempt(what, trial.command(jobs=jobs), {"TMPDIR": str(place)})
    with disk(SHARED_MEMORY, "size=4k,nr_inodes=1"):
        trial.attempt("shared memory full, 2 processes", trial.command(jobs=2))


def file_size_limits(trial: Trial, every: int = 1) -> None:
    """Builds that may not write a file longer than so many bytes."""
    largest = max(len(data) for data in trial.expected["new"].values())
    for number, limit in enumerate(range(1 << 10, 4 * largest, every * largest // 16)):
        limited = [sys.executable, "-c", LIMITED, str(limit), *trial.command(jobs=1 + number % 2)]
        trial.attempt(f"files of {limit} bytes at most", limited)


# ---------------------------------------------------------------------------------------------------------------------
# Without permission


def read_only_disk(trial: Trial) -> None:
    """Builds and verifies on a disk that cannot be written to."""
    shutil.rmtree(trial.place, ignore_errors=True)
    with disk(trial.place, "size=1g"):
        shutil.copytree(trial.folder / "old", trial.place, dirs_exist_ok=True)
        remount(trial.place, "ro")
        trial.end("a read-only disk", trial.start(trial.command()), (COMMAND_WRONG,))
        verify = [*trial.command()[:3], "verify", str(trial.place)]
        trial.end("verify on a read-only disk", trial.start(verify), (0,))
        remount(trial.place, "rw")
        trial.judge("a read-only disk", leaves_nothing=True)


def read_only_folders(trial: Trial) -> None:
    """Builds of a user who may not write to the output folder, or to its dist/, or who owns what is read-only."""
    for what, name, owner in (
        ("a read-only output folder", "", 0),
        ("another user's dist/ in the user's own folder", "dist", 0),
        ("the user's own dist/, read-only", "dist", NOBODY),
        ("the user's own output folder, read-only", "", NOBODY),
    ):
        place = trial.renew()
        for path in (place, *place.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        for path in (place / name, *((place / name).iterdir() if name else ())):
            os.chown(path, owner, owner)
            path.chmod(0o555 if path.is_dir() else 0o444)
        command = as_nobody(trial.command(jobs=1))
        assert command
        trial.end(what, trial.start(command))
        trial.end(f"{what}, once more", trial.start(command))
        for path in (place, *place.rglob("*")):
            os.chown(path, 0, 0)
            path.chmod(0o755 if path.is_dir() else 0o644)
        trial.judge(what)
