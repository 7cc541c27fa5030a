"""What Python's multiprocessing keeps outside the output folder: under names by which the next build finds what a kill left.

A socket in a temporary folder, and semaphores in shared memory: small, but whoever is killed cannot take them away, and so they
would pile up.
"""

import atexit
import multiprocessing
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

try:
    import fcntl
except ImportError:  # Windows keeps neither as a file.
    fcntl = None  # type: ignore[assignment]

PREFIX = "kremlin-"
SHARED_MEMORY = Path("/dev/shm")
_OURS = re.compile(rf"{PREFIX}\w+")


def name_traces() -> None:
    """Gives what this process and its workers will keep a name of its own, and clears away what killed ones have left.

    The folder is locked for as long as this process lives. Raises `OSError` where no folder can be made.
    """
    if fcntl is None:
        return
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # no other way to name either
    if "tempdir" in config:
        return
    clear_traces()
    folder = _locked_folder()
    config["tempdir"] = str(folder)
    config["semprefix"] = f"/{folder.name}"
    atexit.register(_remove, folder)


def clear_traces() -> None:
    """Removes what processes have left that live no more; of everything else nothing is touched."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        if not _OURS.fullmatch(folder.name):
            continue
        # Another user's, one that vanishes, one whose process lives: not ours to clear.
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
            finally:
                os.close(handle)


def _locked_folder() -> Path:
    while True:
        folder = Path(mkdtemp(prefix=PREFIX))
        # A build that clears up may come between two of these lines; the lock is let go with the process, however it ends.
        with suppress(FileNotFoundError):
            fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)
            if folder.exists():
                return folder


def _remove(folder: Path) -> None:
    """Removes a folder, the sockets in it, and the semaphores of its name; never what else it may hold."""
    for semaphore in SHARED_MEMORY.glob(f"sem.{folder.name}-*"):
        with suppress(OSError):
            semaphore.unlink()
    with suppress(OSError):
        for path in folder.iterdir():
            if stat.S_ISSOCK(path.lstat().st_mode):
                path.unlink()
        folder.rmdir()
