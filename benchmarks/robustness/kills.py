"""Builds that are killed at one of their steps on the disk, or whose step fails.

A step is a file opened to be written, a folder made, a file renamed or removed, as Python reports them of itself. What Arrow
and SQLite write themselves is between two of these: that is what the disks without room are for, and the failing calls.
"""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.robustness.harness import COMMAND_WRONG, DATA_WRONG, SEED, Trial
from builder.build.pipeline import build
from builder.reading.discovery import gather

TAKING_SPACE = frozenset({"open", "os.mkdir", "os.rename"})
STEPS = TAKING_SPACE | {"os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Fault:
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


def faulty() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def at_every_step(trial: Trial, act: Callable[[], None], every: int = 1) -> None:
    """Interrupts a build at each of its steps in turn, each time in a process of its own."""

    def work(at: int | None) -> int:
        fault = Fault(trial.place, at, act)
        build(gather([trial.new]), trial.place)
        return fault.count

    with trial.package():
        _, steps = trial.in_child(partial(work, None))
    for step in range(1, steps + 1, every):
        what = f"{act.__name__} at step {step}"
        with trial.package():
            code, _ = trial.in_child(partial(work, step))
        if act is not killed and code not in (0, COMMAND_WRONG):
            trial.broken(what, "an error of the disk came through as a defect")
        # What cannot be removed now is left to the next build.
        trial.judge(what, leaves_nothing=act is full)


def at_random_moments(trial: Trial, count: int, kill: Callable[[int, int], None]) -> None:
    """Kills the command at random moments, from its start to after its end: its main process alone, whose workers must
    then end by themselves, or all its processes. No process and no temporary file may stay."""
    with trial.package():
        start = time.perf_counter()
        trial.end("a build that is let alone", trial.start(trial.command()), (0,))
        seconds = time.perf_counter() - start
    moments = random.Random(SEED)
    for number in range(count):
        what = f"random kill {number + 1}"
        with trial.package():
            process = trial.start(trial.command())
            time.sleep(moments.uniform(0, 1.1 * seconds))
            kill(process.pid, signal.SIGKILL)
            process.communicate()
        trial.no_process_stays(what, process.pid)
        trial.no_file_stays(what)
        trial.judge(what)
    with trial.package():
        trial.end("the build after all kills", trial.start(trial.command()), (0,))


# ---------------------------------------------------------------------------------------------------------------------
# Calls that fail

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int fails(int file) {
    static int count;
    struct stat about;
    const char *at = getenv("FAIL_AT"), *with = getenv("FAIL_WITH");
    if (!at || fstat(file, &about) || !S_ISREG(about.st_mode)) return 0;
    if (__sync_add_and_fetch(&count, 1) < atoi(at)) return 0;
    errno = atoi(with);
    return 1;
}

ssize_t write(int file, const void *data, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "write");
    return fails(file) ? -1 : real(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite");
    return fails(file) ? -1 : real(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    return fails(file) ? -1 : real(file, data, size, at);
}
"""
"""A library that lets each process's writes to files fail from the Nth on, whoever in it writes: Python, Arrow, SQLite."""


def failing_writes(folder: Path) -> Path | None:
    """The library, compiled; none where there is no compiler for it."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    (folder / "shim.c").write_text(SHIM, "utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", str(folder / "shim.so"), str(folder / "shim.c"), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return None if done.returncode else folder / "shim.so"


def at_random_calls(trial: Trial, library: Path, number: int, count: int) -> None:
    """Has every write of a build's processes fail from a random one on, with this error."""
    calls = random.Random(SEED)
    for _ in range(count):
        at = int(calls.triangular(1, 400, 1))
        what = f"{errno.errorcode[number]} from write {at} on"
        with trial.package():
            environment = {"LD_PRELOAD": str(library), "FAIL_AT": str(at), "FAIL_WITH": str(number)}
            process = trial.start(trial.command(jobs=calls.choice((1, 2))), environment=environment)
            trial.end(what, process, (0, DATA_WRONG, COMMAND_WRONG))
        trial.judge(what, leaves_nothing=True)
