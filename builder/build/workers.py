"""Runs one function over many tasks: in this process, in many, or on a cluster. What comes out is the same."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from importlib.abc import MetaPathFinder
from multiprocessing import forkserver
from typing import TypeVar

from builder.build.traces import name_traces
from builder.errors import CommandError

FILES_WORTH_A_PROCESS = 128
"""Starting a process costs more than reading fewer."""
_CAN_FORK = hasattr(os, "fork")
_BUILDER = "builder.build.pipeline"

Task = TypeVar("Task")
Result = TypeVar("Result")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Workers:
    """Where tasks run: `map` gives results in the order of the tasks, a bounded number of them under way at a time."""

    def __init__(self, executor: Executor | None, count: int, check: Callable[[], None] = lambda: None) -> None:
        self._executor = executor
        self._check = check
        """Raises the error that it is where no result will come any more."""
        self._ahead = 2 * count
        """Tasks under way at a time: enough to keep every worker busy, few enough that results do not pile up."""

    @property
    def is_here(self) -> bool:
        """Whether tasks run in this process."""
        return self._executor is None

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The function's result for each task, in order."""
        if self._executor is None:
            yield from map(function, tasks)
            return
        under_way: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                with _signals_held(), _starting():
                    under_way.append(self._executor.submit(function, task))
                if len(under_way) >= self._ahead:
                    yield self._result(under_way.popleft())
            while under_way:
                yield self._result(under_way.popleft())
        except BrokenProcessPool:
            raise CommandError(
                "a worker process was ended from outside, perhaps for want of memory; nothing was written; try --jobs 1"
            ) from None

    def _result(self, future: Future[Result]) -> Result:
        while not wait([future], timeout=1).done:
            self._check()
        return future.result()


def default_jobs() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worth_starting(jobs: int, files: int) -> int:
    """As many of the processes wanted as have work."""
    return max(1, min(jobs, files // FILES_WORTH_A_PROCESS))


def start_early(jobs: int) -> None:
    """Where several processes are to work, starts the server that forks them: it imports the builder while this process
    does. The workers then start at once, and share its memory."""
    if jobs > 1 and _CAN_FORK:
        multiprocessing.get_context("forkserver").set_forkserver_preload([_BUILDER])
        with _starting():
            name_traces()
            forkserver.ensure_running()


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    """Says of a machine that starts no more processes, or has no room for what they share, that it is not the output."""
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"--jobs: expected processes that can be started, found {error.strerror or error}; try --jobs 1"
        ) from None


@contextlib.contextmanager
def workers(jobs: int, scheduler: str | None = None) -> Iterator[Workers]:
    """Workers on this machine (`jobs` processes; 1 is this process), or on the Dask cluster at an address.

    Raises `CommandError` where the cluster cannot be reached, or no process be started.
    """
    if scheduler is not None:
        from builder.build.cluster import cluster  # noqa: PLC0415  # few builds need it

        with cluster(scheduler) as there:
            yield there
    elif jobs == 1:
        with _one_thread():
            yield Workers(None, 1)
    else:
        context = multiprocessing.get_context("forkserver" if _CAN_FORK else "spawn")
        with _starting():
            name_traces()
            executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker)
        try:
            yield Workers(executor, jobs, lambda: _check_processes(executor))
        except BaseException:
            # Nothing is waited for: what the workers still do is of no use.
            for process in list((executor._processes or {}).values()):
                process.terminate()
            # A result may be cut off: who reads it must not wait for its end.
            executor._result_queue._writer.close()  # type: ignore[attr-defined]
            # Nothing is cancelled: the executor itself gives up what waits, and stumbles over what is cancelled already.
            executor.shutdown(wait=True)
            raise
        executor.shutdown()


def _check_processes(executor: ProcessPoolExecutor) -> None:
    """The executor sees that a worker has ended, but not while it reads what that one has written half."""
    if not all(process.is_alive() for process in list((executor._processes or {}).values())):
        raise BrokenProcessPool


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Puts off Ctrl-C and the like while a worker may be starting: one that is half started nobody would end.

    The mask is for what starts meanwhile: it inherits it, and so is not struck before it has set itself up.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handlers = {held: signal.signal(held, lambda number, frame: came.append(number)) for held in _SIGNALS}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _start_worker() -> None:
    """A worker leaves Ctrl-C to the process that started it, ends with that one, and computes in one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    never_import_pandas()
    collect_seldom()
    import pyarrow as pa  # noqa: PLC0415  # as below

    pa.set_cpu_count(1)


def never_import_pandas() -> None:
    """Lets this process find no pandas. Where it is installed, Arrow would import it, a quarter of a second, only to ask of
    every list whether it is one of its series."""
    sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _end_with_parent() -> None:
    """Ends a worker when the process that started it is gone, however that ended: no other task would ever come."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def collect_seldom() -> None:
    """Pages are many small values without cycles: looking through them again and again took a third of the time."""
    gc.set_threshold(200_000, 50, 100)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    import pyarrow as pa  # noqa: PLC0415  # heavy: whoever starts workers early has not imported it yet

    threads = pa.cpu_count()
    pa.set_cpu_count(1)
    try:
        yield
    finally:
        pa.set_cpu_count(threads)
