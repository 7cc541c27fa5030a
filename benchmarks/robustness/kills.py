"""Builds that are killed at one of their steps on the disk, or at which such a step fails.

A step opens a file for writing, makes a folder, or renames or removes something, as Python's audit events report. What Arrow
and SQLite write themselves falls between two steps: the failing calls and the full disks try that.
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
    """Counts a build's steps on the disk below one folder, and acts at one of them."""

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
    """Interrupts a build at each of its steps in turn, each time in another process."""

    def work(at: int | None) -> int:
        fault = Fault(trial.place, at, act)
        build(gather([trial.new]), trial.place)
        return fault.count

    trial.renew()
    _, steps = trial.in_child(partial(work, None))
    for step in range(1, steps + 1, every):
        what = f"{act.__name__} at step {step}"
        trial.renew()
        code, _ = trial.in_child(partial(work, step))
        if act is not killed and code not in (0, COMMAND_WRONG):
            trial.broken(what, "an error of the disk was reported as a defect")
        # The next build removes what this one cannot.
        trial.judge(what, leaves_nothing=act is full)


def at_random_moments(trial: Trial, count: int, kill: Callable[[int, int], None]) -> None:
    """Kills a build at random moments, from its start to after its end: all its processes, or its main process alone, whose
    workers must then end by themselves."""
    trial.renew()
    start = time.perf_counter()
    trial.end("an undisturbed build", trial.start(trial.command()), (0,))
    seconds = time.perf_counter() - start
    moments = random.Random(SEED)
    for number in range(count):
        what = f"random kill {number + 1}"
        trial.renew()
        process = trial.start(trial.command())
        time.sleep(moments.uniform(0, 1.1 * seconds))
        kill(process.pid, signal.SIGKILL)
        process.communicate()
        trial.no_process_stays(what, process.pid)
        trial.no_file_stays(what)
        trial.judge(what)
    trial.renew()
    trial.end("the build after all kills", trial.start(trial.command()), (0,))


# ---------------------------------------------------------------------------------------------------------------------
# Failing calls

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

#define FAILING(name, parameters, arguments)              \
ssize_t name parameters {                                \
    static ssize_t (*real) parameters;                   \
    if (!real) real = dlsym(RTLD_NEXT, #name);           \
    return fails(file) ? -1 : real arguments;            \
}

FAILING(write, (int file, const void *data, size_t size), (file, data, size))
FAILING(pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
FAILING(pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
"""
"""A library that makes all writes to files fail from the Nth on in each process, whether by Python, Arrow or SQLite."""


def failing_writes(folder: Path) -> Path | None:
    """Compiles the library; None if there is no compiler for it."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    source, library = folder / "shim.c", folder / "shim.so"
    source.write_text(SHIM, "utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    return None if done.returncode else library


def at_random_calls(trial: Trial, library: Path, number: int, count: int) -> None:
    """Makes every write of a build fail with this error, from a random one on."""
    calls = random.Random(SEED)
    for _ in range(count):
        at = int(calls.triangular(1, 400, 1))
        environment = {"LD_PRELOAD": str(library), "FAIL_AT": str(at), "FAIL_WITH": str(number)}
        command = trial.command(jobs=calls.choice((1, 2)))
        what = f"{errno.errorcode[number]} from write {at} on"
        trial.attempt(what, command, environment, (0, DATA_WRONG, COMMAND_WRONG))
