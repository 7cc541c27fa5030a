"""What Python's multiprocessing keeps outside the output folder does not pile up, however often a build is killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from builder.build import traces
from tests.conftest import PROJECT, Run
from tests.support import pages

Waiting = tuple[subprocess.Popen[str], Path]

WAITING = """
import multiprocessing, sys
from multiprocessing import forkserver
from builder.build.traces import name_traces

name_traces()
forkserver.ensure_running()
lock = multiprocessing.get_context("forkserver").Lock()
print(lock._semlock.name, flush=True)
sys.stdin.read()
"""
"""A process that has what a build with workers has outside its folder."""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, short of name as a socket's address must be, and no other's."""
    folder = Path(mkdtemp(prefix="t"))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(traces, "gettempdir", lambda: str(folder))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def waiting(temporary: Path) -> Iterator[Waiting]:
    """Such a process, and its semaphore."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    yield process, traces.SHARED_MEMORY / f"sem.{process.stdout.readline().strip()[1:]}"
    process.kill()
    process.communicate()


def test_a_process_that_ends_by_itself_leaves_nothing(temporary: Path, waiting: Waiting) -> None:
    process, semaphore = waiting
    assert (len(list(temporary.glob("kremlin-*/listener-*"))), semaphore.exists()) == (1, True)
    process.communicate()
    assert (process.returncode, os.listdir(temporary), semaphore.exists()) == (0, [], False)


def test_what_a_killed_process_left_is_cleared_away_and_what_a_living_one_has_is_not(
    temporary: Path, waiting: Waiting
) -> None:
    process, semaphore = waiting
    [folder] = temporary.iterdir()
    traces.clear_traces()
    assert (folder.is_dir(), semaphore.exists()) == (True, True)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert folder.is_dir()
    traces.clear_traces()
    assert (os.listdir(temporary), semaphore.exists()) == ([], False)


def test_nothing_else_of_such_a_name_is_touched(temporary: Path) -> None:
    (temporary / "kremlin-papers").mkdir()
    (temporary / "kremlin-papers/mine.txt").touch()
    (temporary / "kremlin-note").touch()
    (temporary / "elsewhere").mkdir()
    (temporary / "kremlin-link").symlink_to("elsewhere")
    traces.clear_traces()
    assert sorted(os.listdir(temporary)) == ["elsewhere", "kremlin-link", "kremlin-note", "kremlin-papers"]
    assert os.listdir(temporary / "kremlin-papers") == ["mine.txt"]


@pytest.mark.slow
def test_a_build_with_workers_leaves_no_temporary_file(temporary: Path, builder: Run, tmp_path: Path) -> None:
    talks = {f"{number:03}": pages.main(*pages.TALK, title=f"Talks {number}") for number in range(256)}
    folder = pages.save(tmp_path / "in", **talks)
    assert builder("build", folder, "--output", tmp_path / "out", "--jobs", 2, "--quiet").returncode == 0
    assert os.listdir(temporary) == []
