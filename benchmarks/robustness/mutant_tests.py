"""A pytest plugin that tries many mutants: for each it runs the tests that reach its function, until one fails.

mutmut's own runner finds out in a single process which tests reach a function, so that a test answered from a cache seems to
reach none; and it has pytest collect the tests again for each mutant, which takes hours in all. Here each test is watched, and
each mutant tried, in a process forked after everything was imported once. `benchmarks.robustness.mutants` starts this plugin.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

MUTANTS, RESULTS = "MUTANTS_TO_TRY", "MUTANTS_TRIED"
"""Environment variables: JSON files, with the names of the mutants to try and for the results."""
MADE_BEFORE = frozenset({"seed_package", "complete_package"})
"""Fixtures that build a package in another process, which takes long: made once, by the code as it is, for tests to read."""
REACHED_ELSEWHERE = "FUNCTIONS_REACHED"
"""Environment variable: the folder where processes that a test starts write which functions they reach."""
CALLED_ON_IMPORT = "called on import"
JOBS = len(os.sched_getaffinity(0))
SECONDS_OF_TESTS = 20
"""For one mutant; tests that build whole packages are left out."""
LEAST_SECONDS, TIMES_AS_LONG, MEMORY = 5, 10, 4 << 30
FORK = get_context("fork")

T = TypeVar("T")
R = TypeVar("R")


class Watched(NamedTuple):
    """What a test reached, and how long it took."""

    functions: list[str]
    seconds: float
    passed: bool


class Try(NamedTuple):
    """One mutant, and the tests that reach its function: their seconds and indexes."""

    mutant: str
    tests: tuple[tuple[float, int], ...]


def pytest_configure() -> None:
    """Runs before any test is imported: a failing example is enough, it need not be made smaller."""
    settings.register_profile("mutants", database=None, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Runs once the tests are collected, in place of pytest's own loop."""
    names = json.loads(Path(os.environ[MUTANTS]).read_text("utf-8"))
    on_import = {*state()._stats}
    tests = session.items
    _make_packages(session)
    # Otherwise a child's garbage collector would touch, and so copy, all memory that it inherits.
    gc.collect()
    gc.freeze()
    reaching = _reaching(tests)
    _tell(f"{len(tests)} tests watched, {len(reaching)} functions reached, {len(on_import)} called on import")
    tries = [Try(name, _quickest(reaching.get(function_of(name), ()))) for name in names]
    results = {}
    for index, killed in _in_children(tries, lambda one: _kills(one, tests)):
        mutant, reached_by = tries[index]
        outcome = "timed out" if killed is None else "killed" if killed else "survived" if reached_by else "not reached"
        if outcome in ("survived", "not reached") and function_of(mutant) in on_import:
            outcome = CALLED_ON_IMPORT
        results[mutant] = outcome
        if len(results) % 100 == 0:
            _tell(f"{len(results)} of {len(tries)} mutants tried")
    Path(os.environ[RESULTS]).write_text(json.dumps(results), "utf-8")
    return True


def _make_packages(session: pytest.Session) -> None:
    """Sets up one test for each of the fixtures to make before, and tears it down without them: they last for the session."""
    users = {}
    for item in session.items:
        for name, found in getattr(item, "_fixtureinfo").name2fixturedefs.items():  # noqa: B009
            if name in MADE_BEFORE:
                users[found[-1]] = item
    set_mutant_under_test("")
    session.config.option.setuponly = True
    for item in users.values():
        runtestprotocol(item, log=False, nextitem=session)  # type: ignore[arg-type]
    session.config.option.setuponly = False
    set_mutant_under_test("stats")


def function_of(mutant: str) -> str:
    """The name that mutmut gives to a mutant's function."""
    return mutant.rpartition("__mutmut_")[0]


def _reaching(tests: Sequence[pytest.Item]) -> dict[str, list[tuple[float, int]]]:
    """For each function the tests that reach it: their seconds and indexes."""
    reaching: dict[str, list[tuple[float, int]]] = {}
    for number, (index, watched) in enumerate(_in_children(tests, _watch), start=1):
        if not watched or not watched.passed:
            _tell(f"left out, as it fails without any mutant: {tests[index].nodeid}")
            continue
        for function in watched.functions:
            reaching.setdefault(function, []).append((watched.seconds, index))
        if number % 1_000 == 0:
            _tell(f"{number} of {len(tests)} tests watched")
    return reaching


def _quickest(tests: Iterable[tuple[float, int]]) -> tuple[tuple[float, int], ...]:
    """The quickest tests, as many as the time for one mutant allows, but at least one."""
    ordered = sorted(tests)
    ends = accumulate(seconds for seconds, _ in ordered)
    return tuple(test for test, end in zip(ordered, ends, strict=True) if end <= SECONDS_OF_TESTS or test == ordered[0])


def _watch(test: pytest.Item) -> Watched:
    set_mutant_under_test("stats")
    with TemporaryDirectory() as folder:
        os.environ[REACHED_ELSEWHERE] = folder
        start = time.monotonic()
        passed = _passes(test)
        seconds = time.monotonic() - start
        elsewhere = {name for path in Path(folder).iterdir() for name in path.read_text("utf-8").split()}
    return Watched(sorted(state()._stats | elsewhere), seconds, passed)


def _kills(one: Try, tests: Sequence[pytest.Item]) -> bool:
    """Whether a test fails under a mutant; the quickest run first."""
    set_mutant_under_test(one.mutant)
    for seconds, index in one.tests:
        _limit(LEAST_SECONDS + TIMES_AS_LONG * seconds)
        if not _passes(tests[index]):
            return True
    return False


def _limit(seconds: float) -> None:
    """Ends this process after so much more work: an endless loop is a change that shows."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, resource.RLIM_INFINITY))
    # A test that waits for ever uses no time of the processor; one that works may have to share it.
    signal.alarm(10 * int(seconds))


def _passes(test: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(test, log=False, nextitem=None))


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _in_children(values: Sequence[T], work: Callable[[T], R]) -> Iterator[tuple[int, R | None]]:
    """Works on each value in its own process: yields its index and the result, None if the process died."""
    waiting = iter(enumerate(values))
    running: dict[Connection, tuple[int, Any]] = {}
    while True:
        while len(running) < JOBS and (following := next(waiting, None)):
            reading, writing = FORK.Pipe(duplex=False)
            child = FORK.Process(target=_answer, args=(writing, work, following[1]))
            child.start()
            writing.close()
            running[reading] = following[0], child
        if not running:
            return
        for ready in wait([*running]):
            assert isinstance(ready, Connection)
            index, child = running.pop(ready)
            with ready:
                try:
                    result = ready.recv()
                except EOFError:
                    result = None
            child.join()
            yield index, result


def _answer(writing: Connection, work: Callable[[T], object], value: T) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    try:
        writing.send(work(value))
    finally:
        os._exit(0)
