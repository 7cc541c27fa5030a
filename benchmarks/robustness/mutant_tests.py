"""A plugin of pytest that runs, for each of many mutants, the tests that reach its function, until one fails.

`benchmarks.robustness.mutants` runs it. mutmut's own runner starts pytest anew for each mutant, and takes which test reaches
which function from one process, in which a test that finds its answer in a cache seems to reach nothing. Here each test is
watched in a process of its own, forked after everything was imported, and so is each mutant tried.
"""

import gc
import json
import os
import resource
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

MUTANTS, RESULTS = "MUTANTS_TO_TRY", "MUTANTS_TRIED"
"""Environment variables: a JSON file with the names of the mutants to try, and the one that the results are written to."""
IN_OTHER_PROCESSES = frozenset({"builder", "seed_package"})
"""Fixtures whose tests run the builder in a process of its own, where nothing tells which functions they reach."""
CALLED_ON_IMPORT = "called on import"
JOBS = os.cpu_count() or 1
SECONDS_OF_TESTS = 20
LEAST_SECONDS, TIMES_AS_LONG, MEMORY = 5, 10, 4 << 30

T = TypeVar("T")


class Watched(NamedTuple):
    """What a test reached, and how long it took."""

    functions: list[str]
    seconds: float
    passed: bool


class Try(NamedTuple):
    """One mutant, and the tests that reach its function: how long each takes, and which it is."""

    mutant: str
    tests: tuple[tuple[float, int], ...]


def pytest_configure() -> None:
    """Before any test is imported: that one fails is enough, no need to find the least example of why."""
    settings.register_profile("mutants", database=None, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Takes the place of the run of all tests, once they are collected."""
    names = json.loads(Path(os.environ[MUTANTS]).read_text("utf-8"))
    on_import = {*state()._stats}
    tests = [item for item in session.items if not IN_OTHER_PROCESSES & {*getattr(item, "fixturenames", ())}]
    # A child's collector would go through all that was imported, and so copy its memory.
    gc.collect()
    gc.freeze()
    reaching: dict[str, list[tuple[float, int]]] = {}
    for index, found in _in_children(tests, _watch):
        watched = Watched(*found) if found else Watched([], 0, False)
        if not watched.passed:
            raise pytest.UsageError(f"fails without any mutant: {tests[index].nodeid}")
        for function in watched.functions:
            reaching.setdefault(function, []).append((watched.seconds, index))
    print(f"{len(tests)} tests watched, {len(reaching)} functions reached", file=sys.stderr, flush=True)
    tries = [Try(name, _quickest(reaching.get(function_of(name), ()))) for name in names]
    results = {}
    for index, killed in _in_children(tries, lambda a_try: _kills(a_try, tests)):
        a_try = tries[index]
        outcome = "timed out" if killed is None else "killed" if killed else "survived"
        if outcome == "survived" and function_of(a_try.mutant) in on_import:
            outcome = CALLED_ON_IMPORT
        results[a_try.mutant] = outcome if a_try.tests or outcome == CALLED_ON_IMPORT else "not reached"
        if len(results) % 100 == 0:
            print(f"{len(results)} of {len(tries)} mutants tried", file=sys.stderr, flush=True)
    Path(os.environ[RESULTS]).write_text(json.dumps(results), "utf-8")
    return True


def function_of(mutant: str) -> str:
    """The function that a mutant is of, as mutmut names both."""
    return mutant.rpartition("__mutmut_")[0]


def _quickest(tests: Iterable[tuple[float, int]]) -> tuple[tuple[float, int], ...]:
    """The quickest of the tests, as many as the time for one mutant allows: the others build whole packages."""
    ordered = sorted(tests)
    until = accumulate(seconds for seconds, _ in ordered)
    return tuple(
        test for test, end in zip(ordered, until, strict=True) if end <= SECONDS_OF_TESTS or test == ordered[0]
    )


def _watch(test: pytest.Item) -> Watched:
    set_mutant_under_test("stats")
    _allow(LEAST_SECONDS)
    start = time.process_time()
    passed = _passes(test)
    return Watched(sorted(state()._stats), time.process_time() - start, passed)


def _kills(a_try: Try, tests: Sequence[pytest.Item]) -> bool:
    """Whether a test fails under a mutant, the quickest first."""
    set_mutant_under_test(a_try.mutant)
    for seconds, index in a_try.tests:
        _allow(LEAST_SECONDS + TIMES_AS_LONG * seconds)
        if not _passes(tests[index]):
            return True
    return False


def _allow(seconds: float) -> None:
    """Ends this process once it has worked so many seconds more: a loop that never ends is a change that shows."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, resource.RLIM_INFINITY))
    signal.alarm(3 * int(seconds))


def _passes(test: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(test, log=False, nextitem=None))


def _in_children(values: Sequence[T], work: Callable[[T], Any]) -> Iterator[tuple[int, Any]]:
    """What work makes of each value, with the value's index, each in a process of its own; None where it did not end."""
    with selectors.DefaultSelector() as selector:
        waiting = iter(enumerate(values))
        while True:
            while len(selector.get_map()) < JOBS and (following := next(waiting, None)):
                index, value = following
                reading, writing = os.pipe()
                child = os.fork()
                if not child:
                    os.close(reading)
                    _work_and_end(writing, work, value)
                os.close(writing)
                selector.register(reading, selectors.EVENT_READ, (index, child))
            if not selector.get_map():
                return
            for key, _ in selector.select():
                index, child = key.data
                with open(key.fd, "rb", closefd=True) as answer:
                    selector.unregister(key.fd)
                    said = answer.read()
                os.waitpid(child, 0)
                yield index, json.loads(said) if said else None


def _work_and_end(writing: int, work: Callable[[T], Any], value: T) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    answer = b""
    try:
        answer = json.dumps(work(value)).encode()
    finally:
        os.write(writing, answer)
        os._exit(0)
