"""Processes that work for a build leave nothing outside its output folder, and run the code that the build runs."""

import os
import sys
import time
from itertools import chain
from pathlib import Path

import pytest

from builder.build import pipeline, workers
from builder.errors import CommandError
from tests.conftest import Run
from tests.support import pages


@pytest.mark.slow
def test_a_build_with_workers_leaves_no_temporary_file(
    monkeypatch: pytest.MonkeyPatch, builder: Run, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    talks = {f"{number:03}": pages.main(*pages.TALK, title=f"Talks {number}") for number in range(256)}
    folder = pages.save(tmp_path / "in", **talks)
    assert builder("build", folder, "--output", tmp_path / "out", "--jobs", 2, "--quiet").returncode == 0
    assert os.listdir(tmp_path / "temporary") == []


def test_results_come_in_the_order_of_the_tasks() -> None:
    with workers.workers(2) as pool:
        numbers = list(pool.map(divmod_by_seven, range(50)))
    assert numbers == [divmod(number, 7) for number in range(50)]


def test_this_process_is_one_of_those_that_work(tmp_path: Path) -> None:
    with workers.workers(2) as pool:
        ids = list(pool.map(met, [tmp_path, tmp_path]))
    assert len(set(ids)) == 2
    assert os.getpid() in ids


def test_the_others_begin_before_a_result_is_asked_for(tmp_path: Path) -> None:
    with workers.workers(2) as pool:
        results = pool.map(visit, [tmp_path])
        while not os.listdir(tmp_path):
            time.sleep(0.001)
        assert list(results) != [os.getpid()]


@pytest.mark.parametrize("files", [0, 1, 16, 17, 300, 33_000])
@pytest.mark.parametrize("count", [1, 2, 8])
def test_batches_hold_every_page_once_in_order_and_the_last_are_small(files: int, count: int) -> None:
    batches = [batch.items for batch in pipeline._batches(range(files), "spool", count)]  # type: ignore[arg-type]
    sizes = [len(batch) for batch in batches]
    assert [*chain(*batches)] == [*range(files)]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes[-count:], default=0) <= pipeline.FEWEST_IN_BATCH
    assert max(sizes, default=0) <= pipeline.PAGES_IN_BATCH


@pytest.mark.slow
def test_an_error_in_a_task_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError), workers.workers(2) as pool:
        list(pool.map(one_over, [1, 0]))


def test_a_worker_that_cannot_start_ends_the_build_with_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORKER_CODE", "sys.exit(3)")
    with pytest.raises(CommandError, match="--jobs 1"), workers.workers(2) as pool:
        list(pool.map(one_over, [1, 2, 3]))


@pytest.mark.slow
def test_a_worker_has_the_path_of_the_process_that_started_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with workers.workers(2) as pool:
        assert list(pool.map(path_of, [0])) == [sys.path]


def divmod_by_seven(number: int) -> tuple[int, int]:
    return divmod(number, 7)


def one_over(number: int) -> float:
    return 1 / number


def visit(folder: Path) -> int:
    (folder / str(os.getpid())).touch()
    return os.getpid()


def met(folder: Path) -> int:
    """The number of this process, once two have come here."""
    visit(folder)
    while len(os.listdir(folder)) < 2:
        time.sleep(0.001)
    return os.getpid()


def path_of(_: int) -> list[str]:
    return sys.path
