"""Disks without room, and folders without rights: real ones, mounted for the trial in a room of this process's own."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.robustness.harness import COMMAND_WRONG, SHARED_MEMORY, Trial
from benchmarks.robustness.users import as_nobody

LIMITED = "import os, resource, sys; n = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (n, n)); \
os.execv(sys.argv[2], sys.argv[2:])"
"""Runs a command that may write no file longer than so many bytes."""
NEW_MOUNTS = 0x00020000
STEP = 64 << 10


def may_mount() -> bool:
    """Gives this process mounts of its own, which end with it; says whether it may have them."""
    if os.geteuid() or not hasattr(ctypes.CDLL(None), "unshare"):
        return False
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_MOUNTS):
        return False
    done = subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """A file system in memory, mounted at a place."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def own_shared_memory() -> None:
    """Gives this process and what it starts shared memory of their own."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(SHARED_MEMORY)], check=True)


# ---------------------------------------------------------------------------------------------------------------------
# Without room


def full_disks(trial: Trial, every: int = 1) -> None:
    """Builds onto disks with more and more room beside the old package, until the new one fits."""
    shutil.rmtree(trial.place, ignore_errors=True)
    outcome, room, number = "old", 0, 0
    while outcome != "new":
        number += 1
        room += STEP * every
        with disk(trial.place, "size=1g"):
            shutil.copytree(trial.folder / "old", trial.place, dirs_exist_ok=True)
            used = os.statvfs(trial.place)
            taken = (used.f_blocks - used.f_bfree) * used.f_frsize
            remount(trial.place, f"size={taken + room}")
            what = f"{room >> 10} KiB of room"
            trial.end(what, trial.start(trial.command(jobs=1 + number % 2)))
            remount(trial.place, "size=1g")
            outcome = trial.judge(what, leaves_nothing=True)


def few_files(trial: Trial) -> None:
    """Builds onto disks that take so many more files and no more."""
    shutil.rmtree(trial.place, ignore_errors=True)
    for more in range(1, 40, 3):
        with disk(trial.place, "size=1g,nr_inodes=10k"):
            shutil.copytree(trial.folder / "old", trial.place, dirs_exist_ok=True)
            used = os.statvfs(trial.place)
            remount(trial.place, f"nr_inodes={used.f_files - used.f_ffree + more}")
            what = f"room for {more} files"
            trial.end(what, trial.start(trial.command(jobs=1)))
            remount(trial.place, "nr_inodes=10k")
            trial.judge(what, leaves_nothing=True)


def full_temporary(trial: Trial) -> None:
    """Builds while no temporary file can be made, nor anything be put into shared memory."""
    with disk(Path("/tmp") / "full", "size=4k") as place:
        (place / "filled").write_bytes(bytes(4096))
        for jobs in (1, 2):
            what = f"temporary files full, {jobs} processes"
            with trial.package():
                trial.end(what, trial.start(trial.command(jobs=jobs), environment={"TMPDIR": str(place)}))
            trial.judge(what, leaves_nothing=True)
    with disk(SHARED_MEMORY, "size=4k,nr_inodes=1"):
        what = "shared memory full, 2 processes"
        with trial.package():
            trial.end(what, trial.start(trial.command(jobs=2)))
        trial.judge(what, leaves_nothing=True)


def file_size_limits(trial: Trial, every: int = 1) -> None:
    """Builds that may write no file longer than so many bytes."""
    largest = max(len(data) for data in trial.expected["new"].values())
    for number, limit in enumerate(range(1 << 10, 4 * largest, every * largest // 16)):
        what = f"files of {limit} bytes at most"
        with trial.package():
            limited = [sys.executable, "-c", LIMITED, str(limit), *trial.command(jobs=1 + number % 2)]
            process = trial.start(limited)
            trial.end(what, process)
        trial.judge(what, leaves_nothing=True)


# ---------------------------------------------------------------------------------------------------------------------
# Without rights


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
    """Builds of a user who may not write to the output folder, or to its dist/, or to neither; or who owns both."""
    for what, folders, owner in (
        ("a read-only output folder", ("",), 0),
        ("another's dist/ in a folder of one's own", ("dist",), 0),
        ("one's own dist/, read-only", ("dist",), 65534),
        ("one's own output folder, read-only", ("",), 65534),
    ):
        with trial.package() as place:
            for path in (place, *place.rglob("*")):
                os.chown(path, 65534, 65534)
            for name in folders:
                for path in (place / name, *((place / name).iterdir() if name else ())):
                    os.chown(path, owner, owner)
                    path.chmod(0o555 if path.is_dir() else 0o444)
            command = as_nobody(trial.command(jobs=1))
            assert command
            trial.end(what, trial.start(command))
            again = as_nobody(trial.command(jobs=1))
            assert again
            trial.end(f"{what}, once more", trial.start(again))
        for path in (trial.place, *trial.place.rglob("*")):
            os.chown(path, 0, 0)
            path.chmod(0o755 if path.is_dir() else 0o644)
        trial.judge(what)
