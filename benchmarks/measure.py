"""Runs a command as a process of its own and measures it, with all processes that it starts."""

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLING_INTERVAL = 0.05
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Run:
    """What one run took."""

    seconds: float
    """From the start of its first process to that one's end."""
    cpu_seconds: float
    """Of all its processes, user and system."""


def adopt_orphans() -> None:
    """Makes this process the parent of what a run leaves behind, so that its CPU time is counted. Linux only."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl: this process cannot adopt orphans")


def timed(command: Sequence[str], cwd: Path, cores: Collection[int]) -> Run:
    """Runs a command on these cores. Raises `CalledProcessError` where it fails."""
    others, cpu_before = _children(), _cpu_of_children()
    start = time.perf_counter()
    process = _start(command, cwd, cores)
    process.wait()
    seconds = time.perf_counter() - start
    _end(process, others)
    return Run(seconds, _cpu_of_children() - cpu_before)


def peak_memory(command: Sequence[str], cwd: Path, cores: Collection[int]) -> int:
    """Runs a command and returns the most bytes that its processes held at one time, as proportional set size.

    Memory that several processes share counts once. Sampling slows a run down: it is not for timing.
    """
    others, peak = _children(), 0
    process = _start(command, cwd, cores)
    tree = psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, sum(map(_pss, [tree, *_children(tree)])))
        time.sleep(SAMPLING_INTERVAL)
    _end(process, others)
    return peak


def _start(command: Sequence[str], cwd: Path, cores: Collection[int]) -> subprocess.Popen[bytes]:
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)  # A process inherits its parent's cores.
    try:
        return subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    finally:
        os.sched_setaffinity(0, own)


def _end(process: "subprocess.Popen[bytes]", others: Collection[psutil.Process]) -> None:
    """Waits for what a run leaves behind: a server that forks workers ends a moment after the process that it served."""
    while left := [child for child in _children() if child not in others]:
        for child in left:
            os.waitpid(child.pid, 0)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)


def _children(process: psutil.Process | None = None) -> list[psutil.Process]:
    """The processes below one, or below this one."""
    try:
        return list((process or psutil.Process()).children(recursive=process is not None))
    except psutil.Error:  # It has ended since.
        return []


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:  # It has ended since.
        return 0
