"""A worker: a process that runs the tasks that arrive on its standard input, and answers each on its standard output.

Tasks and answers are pickled. The worker ends when its input does, so it never outlives the process that started it.
"""

import os
import pickle
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO

from builder.build.process import prepare_process


def main() -> None:
    """Runs tasks until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What anything prints must not end up among the answers.
    prepare_process()
    import pyarrow as pa  # noqa: PLC0415  # after the process is prepared

    import builder.build.pipeline  # noqa: F401, PLC0415  # all that tasks need, loaded while the parent is still busy

    pa.set_cpu_count(1)
    tasks: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, tasks), daemon=True).start()
    while True:
        function, task = tasks.get()
        try:
            answer = (True, function(task))
        except Exception as error:
            answer = (False, error)
        answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        answers.flush()


def _receive(source: BinaryIO, tasks: "SimpleQueue[Any]") -> None:
    """Queues what arrives. The parent waits for every answer before it closes the input, so at the end of the input
    nobody needs what is still running."""
    try:
        while True:
            tasks.put(pickle.load(source))
    except EOFError:
        os._exit(0)
    except BaseException:
        os._exit(1)


if __name__ == "__main__":
    main()
