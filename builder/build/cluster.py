"""The workers of a Dask cluster, which must run the same builder as this process, or the bytes would differ."""

import contextlib
import hashlib
import logging
import platform
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor
from importlib.metadata import version
from pathlib import Path
from typing import Any

from builder.errors import CommandError, quote

SECONDS_TO_REACH = 5
SECONDS_FOR_A_WORKER = 30
"""How long a cluster that has no worker yet is given to get one."""
SHAPING_BYTES = (
    *("pyarrow", "pydantic", "pydantic-core", "selectolax", "msgspec", "pycountry", "anyascii", "pyyaml"),
    *("fastwarc", "openpyxl"),
)
"""Packages of which another version may write other bytes: all that a build needs but those that show its result."""


@contextlib.contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int, Callable[[], None]]]:
    """The executor of the cluster at this address, its number of cores, and a check that raises once the cluster is lost.

    Raises `CommandError` where there is no such cluster, where it has no workers or others than this builder's, and when
    it is lost.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  # an optional extra, heavy to import
    except ImportError:
        raise CommandError(
            "--scheduler: expected the package dask.distributed, found none; install the project's extra `cluster`"
        ) from None
    for name in ("distributed", "distributed.client", "tornado.application"):
        # What they log of a lost connection, with tracebacks, comes as one message from here.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=f"{SECONDS_TO_REACH}s")
    except (OSError, TypeError, ValueError) as error:  # `TypeError`: TLS without a certificate
        raise CommandError(f"--scheduler: expected a Dask scheduler at {address}, found none ({error})") from None
    with client:
        _check_workers(client, address)
        try:
            # Not pure: two tasks with equal arguments are still two.
            executor = client.get_executor(pure=False)
            yield executor, sum(client.ncores().values()) or 1, lambda: _check_client(client)
        except (CancelledError, KilledWorker):
            raise CommandError(f"the cluster at {address} was lost, or its workers; nothing was written") from None


def _code_hash() -> str:
    project = Path(__file__).parents[2]
    code = hashlib.sha256()
    for path in sorted(p for room in ("schema", "builder") for p in (project / room).rglob("*") if _is_code(p)):
        code.update(f"{path.relative_to(project).as_posix()}\n{path.stat().st_size}\n".encode() + path.read_bytes())
    return code.hexdigest()[:12]


def _is_code(path: Path) -> bool:
    return path.suffix in (".py", ".toml", ".csv")


_CODE = _code_hash()
"""Taken when this process loads its code: files that change later are not what it runs."""


def builder_version() -> dict[str, str]:
    """What decides which bytes a build writes: this project's code, as its SHA-256, Python, and the packages that it uses.

    Which characters are letters, capitals and alike is Python's own table.
    """
    python = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "Unicode": unicodedata.unidata_version,
        # By which a worker opens the files that this process has found.
        "file names in": sys.getfilesystemencoding(),
    }
    return {"this project": _CODE} | python | {name: version(name) for name in SHAPING_BYTES}


def _check_workers(client: Any, address: str) -> None:
    """Raises `CommandError` unless there are workers, and each of them is this builder."""
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_A_WORKER)
    except TimeoutError:
        raise CommandError(
            f"--scheduler: expected a worker of the cluster at {address}, found none in {SECONDS_FOR_A_WORKER} seconds; "
            f"start one: dask worker {address}"
        ) from None
    try:
        versions: Mapping[str, dict[str, str]] = client.run(builder_version)
    except Exception as error:  # Whatever it is, tasks of this project cannot run there.
        found = f"{type(error).__name__}: {quote(str(error))}"
        raise CommandError(f"--scheduler: expected a cluster that has this project installed, found {found}") from None
    here = builder_version()
    for worker, there in sorted(versions.items()):
        for name, expected in here.items():
            if there.get(name) != expected:
                found = f"{name} {there.get(name, 'missing')} on the worker at {worker}"
                raise CommandError(
                    f"--scheduler: expected {name} {expected} as here, found {found}; install the same requirements there"
                )


def _check_client(client: Any) -> None:
    """The executor does not report a connection that is lost for good."""
    if client.status == "closed":
        raise CancelledError
