"""Runs a function over many tasks: in this process, in child processes, or on a cluster. The results are the same."""

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from queue import SimpleQueue
from typing import Generic, TypeVar

from builder.errors import CommandError

FILES_WORTH_A_PROCESS = 128
"""Reading fewer files takes less time than starting a process."""
TASKS_AHEAD = 8
"""Tasks a worker that are under way at a time: enough that a process that starts late or has a long task holds nobody up, few
enough that results do not pile up."""
SECONDS_TO_ANSWER = 0.0005
"""How long this process goes on with its own task when another one has answered."""
WORKER_CODE = "from builder.build.worker import main; main()"
"""What a worker process runs."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerEndedError(Exception):
    """A worker process has ended before it answered."""


class Workers:
    """Where tasks run: `map` gives results in the order of the tasks, a bounded number of them under way at a time."""

    def __init__(
        self,
        executor: Executor | None,
        count: int,
        *,
        works_here: bool = True,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._executor = executor
        self.count = count
        self._works_here = works_here
        """This process is one of the workers."""
        self._check = check
        """Raises an error if no more results will come."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The function's result for each task, in order. Other workers begin at once, this process when a result is asked for."""
        if self._executor is None:
            return map(function, tasks)
        calls = self._calls(self._executor, function, tasks)
        return self._results(deque(islice(calls, TASKS_AHEAD * self.count)), calls)

    def _calls(
        self, executor: Executor, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> "Iterator[_Call[Task, Result]]":
        for task in tasks:
            with _starting():
                call = _Call(executor, function, task)
            yield call

    def _results(
        self, under_way: "deque[_Call[Task, Result]]", calls: "Iterator[_Call[Task, Result]]"
    ) -> Iterator[Result]:
        try:
            while under_way:
                yield self._first(under_way)
                under_way.extend(islice(calls, 1))
        except WorkerEndedError:
            raise CommandError(
                "a worker process was killed, perhaps because memory ran out; nothing was written; try --jobs 1"
            ) from None

    def _first(self, under_way: "deque[_Call[Task, Result]]") -> Result:
        """The result of the first call; while it is waited for, this process works too."""
        future = under_way[0].future
        while not under_way[0].future.done():
            if not (self._works_here and any(call.run_here() for call in under_way)):
                wait([future], timeout=1)
                self._check()
        return under_way.popleft().future.result()


class _Call(Generic[Task, Result]):
    """A function's call for a task, by the executor or here."""

    def __init__(self, executor: Executor, function: Callable[[Task], Result], task: Task) -> None:
        self._function, self._task = function, task
        self.future: Future[Result] = executor.submit(function, task)

    def run_here(self) -> bool:
        """Runs it in this process; false where it has begun elsewhere."""
        if not self.future.cancel():
            return False
        self.future = Future()
        self.future.set_result(self._function(self._task))
        return True


def default_jobs() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worth_starting(jobs: int, files: int) -> int:
    """As many of the processes wanted as have work."""
    return max(1, min(jobs, files // FILES_WORTH_A_PROCESS))


class Process:
    """A child process that runs one task at a time.

    It has a session of its own, so that Ctrl-C reaches this process alone. Raises `OSError` where it cannot be started.
    """

    def __init__(self) -> None:
        # The same interpreter, options and paths: the worker imports the code that this process runs.
        code = f"import sys; sys.path[:] = {sys.path!r}; {WORKER_CODE}"
        options = ["-" + "O" * sys.flags.optimize] if sys.flags.optimize else []
        # A file's name must mean the same file there.
        options += ["-X", f"utf8={sys.flags.utf8_mode}"]
        self._child = subprocess.Popen(
            [sys.executable, *options, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, function: Callable[[Task], Result], task: Task) -> Result:
        """The function's result for a task; what the function raises, or `WorkerEndedError`."""
        assert self._child.stdin
        assert self._child.stdout
        message = pickle.dumps((function, task), pickle.HIGHEST_PROTOCOL)
        try:
            self._child.stdin.write(message)
            self._child.stdin.flush()
            succeeded, answer = pickle.load(self._child.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):  # `ValueError`: the pipe is closed
            raise WorkerEndedError from None
        if not succeeded:
            raise answer
        result: Result = answer
        return result

    def kill(self) -> None:
        """Ends the process at once; a `run` under way raises `WorkerEndedError`."""
        self._child.kill()

    def close(self) -> None:
        """Ends the process and waits for its end."""
        assert self._child.stdin
        assert self._child.stdout
        with contextlib.suppress(OSError):
            self._child.stdin.close()
        self._child.wait()
        self._child.stdout.close()


_started: list[Process] = []
"""Processes started before there is work for them."""


def start_early(jobs: int) -> None:
    """Starts the processes that are to work beside this one: they import the builder while this process does."""
    with _starting():
        while len(_started) < jobs - 1:
            _started.append(Process())


@atexit.register
def _end_started() -> None:
    while _started:
        process = _started.pop()
        process.kill()
        process.close()


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    """Reports that this machine cannot start another process or thread."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # `RuntimeError`: no more threads
        found = getattr(error, "strerror", None) or error
        raise CommandError(f"--jobs: expected processes that can be started, found {found}; try --jobs 1") from None


@contextlib.contextmanager
def workers(jobs: int, scheduler: str | None = None) -> Iterator[Workers]:
    """Workers on this machine (`jobs` processes, this one among them), or on the Dask cluster at an address.

    Raises `CommandError` if the cluster cannot be reached or no process can be started.
    """
    if scheduler is not None:
        from builder.build.cluster import cluster  # noqa: PLC0415  # few builds need it

        with cluster(scheduler) as (executor, count, check):
            yield Workers(executor, count, works_here=False, check=check)
    elif jobs == 1:
        with _one_thread():
            yield Workers(None, 1)
    else:
        with _one_thread(), _processes(jobs - 1) as executor:
            yield Workers(executor, jobs)


class ProcessExecutor(ThreadPoolExecutor):
    """Hands each task to a process that is free: one thread a process sends the task and waits for the answer."""

    def __init__(self, processes: list[Process]) -> None:
        super().__init__(len(processes))
        self._free: SimpleQueue[Process] = SimpleQueue()
        for process in processes:
            self._free.put(process)

    def submit(self, function, /, *arguments, **_):  # type: ignore[no-untyped-def]  # as the class above
        """Runs the function on its one argument in a process."""
        return super().submit(self._run, function, *arguments)

    def _run(self, function: Callable[[Task], Result], task: Task) -> Result:
        process = self._free.get()
        try:
            return process.run(function, task)
        finally:
            self._free.put(process)


@contextlib.contextmanager
def _processes(count: int) -> Iterator[Executor]:
    start_early(count + 1)
    processes = [_started.pop() for _ in range(count)]
    before = sys.getswitchinterval()
    # So long a process waits for its next task while this one is at work on its own.
    sys.setswitchinterval(SECONDS_TO_ANSWER)
    try:
        with ProcessExecutor(processes) as executor:
            try:
                yield executor
            except BaseException:
                # Nothing is waited for: the answers are of no use.
                for process in processes:
                    process.kill()
                executor.shutdown(wait=True, cancel_futures=True)
                raise
    finally:
        sys.setswitchinterval(before)
        for process in processes:
            process.close()


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    import pyarrow as pa  # noqa: PLC0415  # heavy: whoever starts workers early has not imported it yet

    threads = pa.cpu_count()
    pa.set_cpu_count(1)
    try:
        yield
    finally:
        pa.set_cpu_count(threads)
