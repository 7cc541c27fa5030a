"""A pytest plugin that tries many mutants: for each it runs the tests that reach its function, until one fails.

mutmut's own runner finds out in a single process which tests reach a function, so that a test answered from a cache seems to
reach none; and it has pytest collect the tests again for each mutant, which takes hours in all. Here each test is watched, and
each mutant tried, in a process forked after everything was imported once. `benchmarks.robustness.mutants` starts this plugin.

mutmut also puts a function of its own before each function, which makes a build take three times as long. Here the code's own
functions are called; for a mutant, the one that it changes gets the mutant's code.
"""

import gc
import inspect
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import _lru_cache_wrapper
from importlib import import_module
from itertools import accumulate, groupby, zip_longest
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from pkgutil import walk_packages
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple, TypeVar

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings
from mutmut.mutation import trampoline
from pydantic import BaseModel

MUTANTS, RESULTS = "MUTANTS_TO_TRY", "MUTANTS_TRIED"
"""Environment variables: JSON files, with the names of the mutants to try and for the results."""
MADE_BEFORE = frozenset({"seed_package", "complete_package"})
"""Fixtures that build a package in another process, which takes long: made once, by the code as it is, for tests to read."""
IN_OTHER_PROCESSES = "builder"
"""A fixture that runs the builder in another process, where nothing records which functions a test reaches."""
CALLED_ON_IMPORT = "called on import"
JOBS = int(os.environ.get("MUTANT_JOBS", len(os.sched_getaffinity(0))))
"""Processes at a time; the environment may name fewer than there are cores."""
SECONDS_OF_TESTS = 20
"""For one mutant."""
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


FUNCTIONS: list[tuple[FunctionType, dict[str, FunctionType]]] = []
"""The functions that have mutants, with these."""
RUN: set[CodeType] = set()
"""The code that has run since it was last cleared."""
SHARED: dict[object, set[CodeType]] = {}
"""The code that a fixture ran that more than one test uses."""


def _keep(mutants: dict[str, FunctionType], **_: bool) -> Callable[[FunctionType], FunctionType]:
    """In place of the decorator that mutmut puts on each function: leaves it as it is."""

    def keep(function: FunctionType) -> FunctionType:
        FUNCTIONS.append((function, mutants))
        return function

    return keep


def _record(frame: FrameType, _event: str, _argument: object) -> None:
    RUN.add(frame.f_code)


trampoline.wrap_in_trampoline = _keep
sys.settrace(_record)


def pytest_configure() -> None:
    """Runs before any test is imported: a failing example is enough, it need not be made smaller."""
    settings.register_profile("mutants", database=None, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Runs once the tests are collected, in place of pytest's own loop."""
    names = json.loads(Path(os.environ[MUTANTS]).read_text("utf-8"))
    # Some modules are imported by a function, once it needs them.
    for package in map(import_module, ("builder", "schema")):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    sys.settrace(None)
    functions = {_name_of(mutants): (function, mutants) for function, mutants in FUNCTIONS}
    names_of = {function.__code__: name for name, (function, _) in functions.items()}
    on_import = {names_of[code] for code in RUN & names_of.keys()}
    RUN.clear()
    # What a test calls itself; a package that stands before it is made below.
    tests = [item for item in session.items if not _starts_processes(item)]
    _make_packages(session)
    for model in _models(BaseModel):
        model.model_rebuild()
    # Otherwise a child's garbage collector would touch, and so copy, all memory that it inherits.
    gc.collect()
    gc.freeze()
    reaching = _reaching(tests, names_of)
    _tell(f"{len(tests)} tests watched, {len(reaching)} functions reached, {len(on_import)} called on import")
    tries = [Try(name, _in_order(name, reaching.get(function_of(name), ()), tests)) for name in names]
    results = {}
    for index, killed in _in_children(tries, lambda one: _kills(one, tests, functions)):
        mutant, reached_by = tries[index]
        outcome = "timed out" if killed is None else "killed" if killed else "survived" if reached_by else "not reached"
        if outcome in ("survived", "not reached") and function_of(mutant) in on_import:
            outcome = CALLED_ON_IMPORT
        results[mutant] = outcome
        if len(results) % 50 == 0:
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
    session.config.option.setuponly = True
    for item in users.values():
        runtestprotocol(item, log=False, nextitem=session)  # type: ignore[arg-type]
    session.config.option.setuponly = False


def function_of(mutant: str) -> str:
    """The name that mutmut gives to a mutant's function."""
    return mutant.rpartition("__mutmut_")[0]


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All models: each process would make their validators anew, once it uses them."""
    for below in model.__subclasses__():
        yield from (below, *_models(below))


def _name_of(mutants: Mapping[str, FunctionType]) -> str:
    original = mutants["_mutmut_orig"]
    return f"{original.__module__}.{function_of(original.__name__)}"


def _starts_processes(item: pytest.Item) -> bool:
    function = getattr(item, "function", None)
    return IN_OTHER_PROCESSES in (inspect.signature(function).parameters if function else ())


def _reaching(tests: Sequence[pytest.Item], names_of: Mapping[CodeType, str]) -> dict[str, list[tuple[float, int]]]:
    """For each function the tests that reach it: their seconds and indexes. The tests of a file run in one process."""
    files = [list(group) for _, group in groupby(range(len(tests)), key=lambda index: tests[index].path)]
    reaching: dict[str, list[tuple[float, int]]] = {}
    for number, watched in _in_children(files, lambda indexes: _watch([tests[index] for index in indexes], names_of)):
        for index, one in zip_longest(files[number], watched or ()):
            if not one or not one.passed:
                _tell(f"left out, as it fails without any mutant: {tests[index].nodeid}")
                continue
            for function in one.functions:
                reaching.setdefault(function, []).append((one.seconds, index))
    return reaching


def _in_order(
    mutant: str, reaching: Iterable[tuple[float, int]], tests: Sequence[pytest.Item]
) -> tuple[tuple[float, int], ...]:
    """The tests that reach a mutant's function, as many as its time allows, but at least one: first those in a file that is
    named for its module, then the quickest."""
    parts = mutant.split(".")
    ordered = sorted(reaching, key=lambda test: (tests[test[1]].path.stem.removeprefix("test_") not in parts, test))
    ends = accumulate(seconds for seconds, _ in ordered)
    return tuple(test for test, end in zip(ordered, ends, strict=True) if end <= SECONDS_OF_TESTS or test == ordered[0])


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[None]:
    """What a fixture runs that several tests share is run for each of them, once it is tried alone."""
    if fixturedef.scope == "function":
        return (yield)
    before = {*RUN}
    RUN.clear()
    try:
        return (yield)
    finally:
        SHARED[fixturedef] = {*RUN}
        RUN.update(before)


def _watch(tests: Sequence[pytest.Item], names_of: Mapping[CodeType, str]) -> list[Watched]:
    """What each of some tests reaches; before each, all that was cached is forgotten."""
    gc.unfreeze()
    caches = [found for found in gc.get_objects() if isinstance(found, _lru_cache_wrapper)]
    of_project = [found for found in caches if (found.__module__ or "").startswith(("builder", "schema"))]
    results = []
    for test, following in zip_longest(tests, tests[1:]):
        for cached in of_project:
            cached.cache_clear()
        RUN.clear()
        threading.settrace(_record)
        sys.settrace(_record)
        start = time.process_time()
        passed = _passes(test, following)
        seconds = time.process_time() - start
        sys.settrace(None)
        ran = {*RUN}
        for found in getattr(test, "_fixtureinfo").name2fixturedefs.values():  # noqa: B009
            ran |= SHARED.get(found[-1], set())
        results.append(Watched(sorted(names_of[code] for code in ran & names_of.keys()), seconds, passed))
    return results


def _kills(
    one: Try, tests: Sequence[pytest.Item], functions: Mapping[str, tuple[FunctionType, Mapping[str, FunctionType]]]
) -> bool:
    """Whether a test fails under a mutant."""
    if not one.tests:
        return False
    os.environ["MUTANT_UNDER_TEST"] = one.mutant
    function, mutants = functions[function_of(one.mutant)]
    mutant = mutants[one.mutant.rpartition(".")[2]]
    function.__code__, function.__defaults__ = mutant.__code__, mutant.__defaults__
    function.__kwdefaults__ = mutant.__kwdefaults__
    # The next test is named so that what both stand on is made once.
    following = [*(tests[index] for _, index in one.tests[1:]), None]
    for (seconds, index), after in zip(one.tests, following, strict=True):
        _limit(LEAST_SECONDS + TIMES_AS_LONG * seconds)
        if not _passes(tests[index], after):
            return True
    return False


def _limit(seconds: float) -> None:
    """Ends this process after so much more work: an endless loop is a change that shows."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, resource.RLIM_INFINITY))
    # A test that waits for ever uses no time of the processor; one that works may have to share it.
    signal.alarm(10 * int(seconds))


def _passes(test: pytest.Item, following: pytest.Item | None = None) -> bool:
    return not any(report.failed for report in runtestprotocol(test, log=False, nextitem=following))


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
