"""Many pages, many processes, a cluster: what comes out is the same, what goes wrong stays where it is, and nothing is
left behind."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from builder.build import cluster, merge_stage, pipeline, read_stage, rows, workers
from builder.build.workers import worth_starting
from builder.errors import CommandError
from builder.package import formats, publish
from builder.reading import discovery, layouts
from builder.reading.discovery import Inputs, gather
from builder.reading.document import PLAIN, Document
from builder.reading.layouts.lines import SourceLines
from builder.verify import row_groups
from tests.conftest import PROJECT, Run
from tests.support import pages
from tests.support.commands import rows as rows_of
from tests.support.commands import run, tree
from tests.support.told import brief, briefs_of, problems_of, wrong_command

PATIENCE = 60
"""Seconds after which a wait has failed: far more than anything here takes."""

PAGES_IN_BATCH, ROWS_IN_GROUP = 16, 400
"""So few that a few hundred small pages make many batches and many chunks."""

MAIN = """
import os, sys

if __name__ == "__main__" and sys.argv[1] == "cluster":
    from distributed import LocalCluster
    workers = int(os.environ.get("WORKERS", "2"))
    options = dict(n_workers=workers, threads_per_worker=2, processes=True, host="127.0.0.1", dashboard_address=None)
    with LocalCluster(**options) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
elif __name__ == "__main__":
    from builder.cli.app import main
    main()
"""
"""The builder, or a real Dask cluster of two processes on this machine until its input is closed."""

DRIVER = f"""
import os, time
from pathlib import Path

from builder.build import merge_stage, pipeline, read_stage, workers
from builder.package import formats

pipeline.PAGES_IN_BATCH, workers.FILES_WORTH_A_PROCESS = {PAGES_IN_BATCH}, {2 * PAGES_IN_BATCH}
merge_stage.ROWS_IN_GROUP = formats.ROWS_IN_GROUP = {ROWS_IN_GROUP}

def slow(function):
    def slowed(*arguments):
        Path(os.environ["SEEN"], str(os.getpid())).touch()
        time.sleep(float(os.environ["SECONDS"]))
        return function(*arguments)
    return slowed

if os.environ.get("SLOW") == "reading":
    read_stage.read_page = slow(read_stage.read_page)
if os.environ.get("SLOW") == "writing":
    merge_stage.render_rows = slow(merge_stage.render_rows)
# A worker imports this file too, so that it is as slow.
workers.WORKER_CODE = "import driver; " + workers.WORKER_CODE
{MAIN}"""
"""The same with small batches and chunks, and with slow work on demand: it notes the number of each process at work."""


def statuses(output: Path) -> dict[str, str]:
    return {row["path"]: row["status"] for row in rows_of(output, "sources")}


def day(number: int) -> str:
    """A day of its own for each number up to 336."""
    month = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
    )
    return f"{month[number // 28 % 11]} {number % 28 + 1}, 2018"


def talk(number: int, title: str | None = None) -> str:
    """A page with four turns."""
    turns = (*pages.DIALOGUE, f"Rupert Hentzau: Train {number} is late.")
    return pages.main(*turns, title=title or "Talks", date=day(number))


def invented_archive() -> dict[str, str]:
    """Three hundred pages: talks, the same ones again, events of one date and title, news without speech, bad pages."""
    texts = {f"talk-{number:03}": talk(number) for number in range(260)}
    # The accessible site's text of ten of them, read after all of them.
    words = {number: (*pages.DIALOGUE, f"Rupert Hentzau: Train {number} is late.") for number in range(0, 100, 10)}
    texts |= {f"twin-{number:03}": pages.accessible(*words[number], date=day(number)) for number in words}
    # Another event of the date and title of each of ten.
    for number in range(100, 110):
        page = talk(number).replace(f"Train {number} is late.", "All trains are late, Mr President.")
        texts[f"also-{number:03}"] = page.replace("Mr Hentzau,", f"Mr Hentzau, it is the {number}th train.")
    for number in range(10):
        news = f"The President took train {number} to Hofbau."
        texts[f"news-{number:03}"] = pages.main(news, title=f"Journey {number}", lead=None, date="May 4, 2019")
    texts |= {f"bad-{number:03}": f"Events\nTalks {number}\n" for number in range(10)}
    return texts


ARCHIVE = {"files": 300, "included": 280, "duplicate": 10, "rejected": 10}


@dataclass
class Builder:
    """Starts builds of one folder by the driver, each a process of its own."""

    driver: Path
    folder: Path

    def start(self, output: Path, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        return self._start("build", self.folder, "--output", output, "--keep-going", *arguments, **environment)

    @contextmanager
    def cluster(self, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
        """A Dask cluster, in processes of its own as its warnings are not the tests': its address and its main process."""
        process = self._start("cluster", **environment)
        assert process.stdout
        try:
            yield process.stdout.readline().strip(), process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def _start(self, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.driver), *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a process group of its own, as a shell gives to what it starts
        )

    def build(self, output: Path, *arguments: object, **environment: str) -> dict[str, bytes]:
        """The package that a build makes, by the paths of its files."""
        process = self.start(output, "--quiet", *arguments, **environment)
        said = process.communicate(timeout=PATIENCE)
        out, err = said
        assert (process.returncode, out) == (0, "")
        assert all(line.startswith(("note: ", "rejected: ")) for line in err.splitlines())
        return tree(output)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "driver.py").write_text(DRIVER, "utf-8")
    return Builder(folder / "driver.py", pages.save(folder / "in", **invented_archive()))


@pytest.fixture(scope="module")
def reference(archive: Builder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's package, built in one process. Never change it."""
    output = tmp_path_factory.mktemp("reference")
    archive.build(output, "--jobs", 1)
    return output


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches and chunks for builds in this process."""
    monkeypatch.setattr(pipeline, "PAGES_IN_BATCH", PAGES_IN_BATCH)
    monkeypatch.setattr(merge_stage, "ROWS_IN_GROUP", ROWS_IN_GROUP)
    monkeypatch.setattr(formats, "ROWS_IN_GROUP", ROWS_IN_GROUP)


# ---------------------------------------------------------------------------------------------------------------------
# The same bytes


@pytest.mark.slow
def test_the_archive_is_what_it_was_made_to_be(reference: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of = [*statuses(reference).values()]
    assert {"files": len(of), **{name: of.count(name) for name in ("included", "duplicate", "rejected")}} == ARCHIVE
    ids = [str(row["meeting_id"]) for row in rows_of(reference, "meetings")]
    # Ten dates and titles with two events each, told apart by sixteen digits of their texts' hashes.
    assert sum(len(name) == len("2018-05-04-talks--0123456789abcdef") for name in ids if "talks" in name) == 20
    monkeypatch.setattr(row_groups, "ROWS_IN_GROUP", ROWS_IN_GROUP)
    assert run("verify", reference).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 4])
def test_many_processes_give_the_bytes_of_one(archive: Builder, reference: Path, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "seen").mkdir()
    observed = {"SLOW": "reading", "SECONDS": "0.003", "SEEN": str(tmp_path / "seen")}
    assert archive.build(tmp_path / "out", "--jobs", jobs, **observed) == tree(reference)
    assert 1 < len(os.listdir(tmp_path / "seen")) <= jobs


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_of_one_process(archive: Builder, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "seen").mkdir()
    with archive.cluster(SLOW="reading", SECONDS="0.003", SEEN=str(tmp_path / "seen")) as (address, _):
        assert archive.build(tmp_path / "out", "--scheduler", address) == tree(reference)
    assert len(os.listdir(tmp_path / "seen")) == 2


@pytest.mark.slow
def test_batches_and_chunks_of_their_real_size_give_the_same_bytes_too(
    archive: Builder, builder: Run, tmp_path: Path
) -> None:
    for jobs in (1, 2):
        result = builder("build", archive.folder, "--output", tmp_path / str(jobs), "--keep-going", "-j", jobs, "-q")
        assert (result.returncode, result.stdout) == (0, "")
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_the_size_of_batches_does_not_show(
    archive: Builder, reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "PAGES_IN_BATCH", 7)
    assert run("build", archive.folder, "--output", tmp_path, "--keep-going", "--jobs", 1).exit_code == 0
    assert tree(tmp_path) == tree(reference)


@pytest.mark.parametrize(("files", "jobs"), [(1, 1), (127, 1), (128, 1), (256, 2), (511, 3), (512, 4), (33_000, 4)])
def test_a_process_is_started_for_every_128_files(files: int, jobs: int) -> None:
    assert worth_starting(4, files) == jobs


# ---------------------------------------------------------------------------------------------------------------------
# The order of rows


@pytest.mark.slow
def test_rows_stand_in_the_order_of_their_keys(reference: Path) -> None:
    keys = {
        "meetings": ("meeting_id",),
        "utterances": ("utterance_id",),
        "speakers": ("speaker_id",),
        "participations": ("meeting_id", "speaker_id"),
        "sources": ("path",),
        "segments": ("meeting_id", "sequence"),
    }
    for table, key in keys.items():
        found = [tuple(row[name] for name in key) for row in rows_of(reference, table)]
        assert found == sorted(set(found)), table  # type: ignore[type-var]


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_renamed_files_change_sources_and_what_hashes_it_alone(
    archive: Builder, reference: Path, tmp_path: Path
) -> None:
    """In their new order the last file is the first, so every page is in another batch."""
    names = sorted(os.listdir(archive.folder))
    (tmp_path / "in").mkdir()
    for number, name in enumerate(reversed(names)):
        shutil.copy(archive.folder / name, tmp_path / f"in/{number:03}.txt")
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going", "--jobs", 1).exit_code == 0
    before, after = tree(reference), tree(tmp_path / "out")
    assert {path for path in before if before[path] != after[path]} == {
        "datapackage.json",
        "dist/SHA256SUMS",
        *(f"dist/sources.{form.name}" for form in formats.FORMATS),
    }
    assert before.keys() == after.keys()


@pytest.mark.slow
def test_a_meeting_lies_in_one_row_group_of_segments(reference: Path) -> None:
    seen: set[str] = set()
    with pq.ParquetFile(reference / "dist/segments.parquet") as file:
        groups = [file.read_row_group(number, ["meeting_id"]) for number in range(file.num_row_groups)]
    for group in groups:
        ids = set(group.column("meeting_id").to_pylist())
        assert not ids & seen
        seen |= ids
    # A row group ends with the page that fills it: none of these pages has more than 40 segments.
    assert len(groups) > 5
    assert all(ROWS_IN_GROUP <= group.num_rows < ROWS_IN_GROUP + 40 for group in groups[:-1])
    assert groups[-1].num_rows < ROWS_IN_GROUP + 40


@pytest.mark.slow
def test_one_meeting_is_found_by_the_bounds_of_the_row_groups(reference: Path) -> None:
    metadata = pq.read_metadata(reference / "dist/segments.parquet")
    bounds = [metadata.row_group(number).column(0).statistics for number in range(metadata.num_row_groups)]
    assert all(one.max < other.min for one, other in pairwise(bounds))


# ---------------------------------------------------------------------------------------------------------------------
# One bad page of many


@pytest.mark.slow
def test_a_bad_page_costs_itself_alone_and_its_line_says_why(reference: Path) -> None:
    [row] = [row for row in rows_of(reference, "sources") if row["path"] == "bad-003.txt"]
    assert (row["status"], row["byte_size"], row["meeting_id"]) == ("rejected", 15, None)
    assert row["reason"].startswith("line 2: ")
    assert 'none below "Talks 3"' in row["reason"]


@pytest.mark.slow
def test_without_keep_going_the_messages_are_those_of_the_bad_pages(
    builder: Run, archive: Builder, tmp_path: Path
) -> None:
    result = builder("build", archive.folder, "--output", tmp_path / "out", "--jobs", 2)
    lines = result.stderr.splitlines()
    assert (result.returncode, len(lines), lines[-1]) == (1, 11, "10 problems; nothing was written")
    assert [line.split(":")[0] for line in lines[:-1]] == [
        str(archive.folder / f"bad-{number:03}.txt") for number in range(10)
    ]
    assert not (tmp_path / "out").exists()


def forty(folder: Path) -> Path:
    """A folder of forty pages; the one of the seventeenth train is `017.txt`."""
    return pages.save(folder, **{f"{number:03}": talk(number) for number in range(40)})


@pytest.mark.usefixtures("small")
def test_the_size_of_batches_does_not_show_in_forty_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = forty(tmp_path / "in")
    for size in (7, 100):
        monkeypatch.setattr(pipeline, "PAGES_IN_BATCH", size)
        assert run("build", folder, "--output", tmp_path / str(size), "--jobs", 1).exit_code == 0
    assert tree(tmp_path / "7") == tree(tmp_path / "100")


def with_reader(monkeypatch: pytest.MonkeyPatch, change: Callable[[Document], Document]) -> None:
    """Has the reader of the main version's text treat the page of the seventeenth train in another way."""

    def otherwise(layout: layouts.Layout) -> layouts.Layout:
        def try_read(page: SourceLines) -> Document | None:
            document = layout.try_read(page)
            return change(document) if document and "Train 17 " in document.text else document

        return layout._replace(try_read=try_read)

    changed = tuple(map(otherwise, layouts.layouts_of(PLAIN)))
    monkeypatch.setattr(layouts, "layouts_of", lambda _: changed)


def with_a_defect(_: Document) -> Document:
    raise RuntimeError("No such\nrule")


def without_end(document: Document) -> Document:
    return without_end(document)


def out_of_memory(_: Document) -> Document:
    raise MemoryError


def without_place(document: Document) -> Document:
    return document._replace(metadata=document.metadata._replace(place=""))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("change", "code", "found"),
    [
        (with_a_defect, "builder-error", 'RuntimeError: "No such rule"'),
        (without_end, "builder-error", 'RecursionError: "maximum recursion depth exceeded'),
        (out_of_memory, "builder-error", 'MemoryError: ""'),
        (without_place, "bad-value", '""'),
    ],
    ids=["a defect", "no end of calls", "no memory", "a value against the schema"],
)
def test_whatever_a_reader_does_costs_the_page_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Document], Document],
    code: str,
    found: str,
) -> None:
    with_reader(monkeypatch, change)
    result = run("build", forty(tmp_path / "in"), "--output", tmp_path, "--keep-going", "--jobs", 1, "--json")
    assert result.exit_code == 0
    [problem] = problems_of(result)
    assert brief(problem) == f"{tmp_path}/in/017.txt: {code}"
    assert problem["found"].startswith(found)
    [row] = [row for row in rows_of(tmp_path, "sources") if row["status"] != "included"]
    assert (row["path"], row["status"]) == ("017.txt", "rejected")
    assert problem["message"] == f"{tmp_path}/in/017.txt: {row['reason']}"
    # What is known of the file is not lost.
    assert row["byte_size"] == (tmp_path / "in/017.txt").stat().st_size
    assert row["sha256"] is not None
    assert len(rows_of(tmp_path, "meetings")) == 39
    monkeypatch.undo()
    monkeypatch.setattr(row_groups, "ROWS_IN_GROUP", ROWS_IN_GROUP)
    assert run("verify", tmp_path).exit_code == 0


@pytest.mark.usefixtures("small")
def test_a_page_of_which_no_rows_can_be_made_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kind_of(title: str, _: object) -> None:
        if title == "Odd talks":
            raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(rows, "kind_of", kind_of)
    pages.save(forty(tmp_path / "in"), odd=talk(300, "Odd talks"))
    result = run("build", tmp_path / "in", "--output", tmp_path, "--keep-going", "--jobs", 1, "--json")
    assert (result.exit_code, briefs_of(result)) == (0, [f"{tmp_path}/in/odd.txt: builder-error"])
    assert problems_of(result)[0]["found"] == 'ZeroDivisionError: "division by zero"'
    assert {path: of for path, of in statuses(tmp_path).items() if of != "included"} == {"odd.txt": "rejected"}


# ---------------------------------------------------------------------------------------------------------------------
# Files that change while a build is at work


def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Changes something after the files were found and before they are read."""
    gather = discovery.gather

    def gather_and_change(*named: Any) -> Inputs:
        found = gather(*named)
        change()
        return found

    monkeypatch.setattr(discovery, "gather", gather_and_change)


def test_a_file_that_vanishes_is_rejected_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path / "in", a=talk(1), b=talk(2))
    meanwhile(monkeypatch, (tmp_path / "in/a.txt").unlink)
    result = run("build", tmp_path / "in", "--output", tmp_path, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/a.txt: unreadable-file"])
    assert problems_of(result)[0]["found"] == "No such file or directory"


def test_a_file_that_vanishes_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path / "in", a=talk(1), b=talk(2))
    meanwhile(monkeypatch, (tmp_path / "in/a.txt").unlink)
    result = run("build", tmp_path / "in", "--output", tmp_path, "--keep-going", "--json")
    assert (result.exit_code, briefs_of(result)) == (0, [f"{tmp_path}/in/a.txt: unreadable-file"])
    assert problems_of(result)[0]["found"] == "No such file or directory"
    assert statuses(tmp_path) == {"a.txt": "rejected", "b.txt": "included"}


def turned_into(path: Path, what: str) -> None:
    path.unlink()
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path.symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            here = os.open(path.parent, os.O_RDONLY)  # an address may not be as long as a path
            listener.bind(f"/proc/self/fd/{here}/{path.name}")
            os.close(here)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("folder", "Is a directory"),
        ("pipe", "a pipe, socket or device"),
        ("device", "a pipe, socket or device"),
        ("socket", "a pipe, socket or device"),
    ],
)
def test_a_file_that_becomes_something_else_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, found: str
) -> None:
    pages.save(tmp_path / "in", a=talk(1), b=talk(2))
    meanwhile(monkeypatch, lambda: turned_into(tmp_path / "in/a.txt", what))
    result = run("build", tmp_path / "in", "--output", tmp_path, "--keep-going", "--json")
    assert (result.exit_code, briefs_of(result)) == (0, [f"{tmp_path}/in/a.txt: unreadable-file"])
    assert problems_of(result)[0]["found"] == found
    assert statuses(tmp_path) == {"a.txt": "rejected", "b.txt": "included"}


def test_a_file_that_is_emptied_is_rejected_with_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path / "in", a=talk(1), b=talk(2))
    meanwhile(monkeypatch, lambda: (tmp_path / "in/a.txt").write_bytes(b""))
    result = run("build", tmp_path / "in", "--output", tmp_path, "--keep-going", "--json")
    assert (result.exit_code, briefs_of(result)) == (0, [f"{tmp_path}/in/a.txt:1: empty-file"])
    assert statuses(tmp_path) == {"a.txt": "rejected", "b.txt": "included"}


def test_a_file_that_changes_is_told_as_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read once: its hash, its text and its rows are of the same bytes."""
    pages.save(tmp_path / "in", a=talk(1), b=talk(2))
    meanwhile(monkeypatch, lambda: pages.save(tmp_path / "in", a=talk(3)))
    assert run("build", tmp_path / "in", "--output", tmp_path).exit_code == 0
    assert [row["meeting_id"] for row in rows_of(tmp_path, "meetings")] == ["2018-01-03-talks", "2018-01-04-talks"]
    assert run("verify", tmp_path, "--sources", tmp_path / "in").exit_code == 0


# ---------------------------------------------------------------------------------------------------------------------
# Ended before its end


@dataclass
class AtWork:
    """A build of the archive over a published package, at work in two processes and slow."""

    process: subprocess.Popen[str]
    output: Path
    seen: Path
    family: list[psutil.Process]
    """It and all that it started."""

    @property
    def workers(self) -> list[int]:
        """The numbers of the processes that the first has started and that have work."""
        return [int(name) for name in os.listdir(self.seen) if int(name) != self.process.pid]

    def end(self) -> tuple[int, str]:
        """Waits for the end of all its processes; gives the exit code and what it wrote."""
        out, err = self.process.communicate(timeout=PATIENCE)
        _, alive = psutil.wait_procs(self.family, timeout=PATIENCE)
        assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
        return self.process.returncode, out + err


def wait_for_two(seen: Path, process: subprocess.Popen[str]) -> None:
    """Waits until two processes have noted that they work for a build."""
    deadline = time.monotonic() + PATIENCE
    while len(os.listdir(seen)) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def at_work(request: pytest.FixtureRequest, archive: Builder, reference: Path, tmp_path: Path) -> Iterator[AtWork]:
    """A build that reads, or one that writes: as the test asks for it."""
    output, seen = tmp_path / "out", tmp_path / "seen"
    shutil.copytree(reference, output)
    seen.mkdir()
    slow = {"SLOW": getattr(request, "param", "reading"), "SECONDS": "0.2", "SEEN": str(seen)}
    process = archive.start(output, "--jobs", 2, **slow)
    wait_for_two(seen, process)
    main = psutil.Process(process.pid)
    at_work = AtWork(process, output, seen, [main, *main.children(recursive=True)])
    yield at_work
    for member in at_work.family:
        if member.is_running():
            member.kill()
    process.communicate()


CTRL_C, TERMINATE = (signal.SIGINT, 130), (signal.SIGTERM, 143)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at_work", "sent", "send"),
    [
        ("reading", CTRL_C, os.killpg),
        ("writing", CTRL_C, os.kill),
        ("reading", TERMINATE, os.kill),
        ("writing", TERMINATE, os.killpg),
    ],
    indirect=["at_work"],
    ids=[
        "Ctrl-C to all its processes while it reads",
        "Ctrl-C to the first alone while it writes",
        "SIGTERM to the first alone while it reads",
        "SIGTERM to all its processes while it writes",
    ],
)
def test_an_interrupted_build_leaves_the_old_package_and_nothing_else(
    at_work: AtWork, reference: Path, sent: tuple[int, int], send: Callable[[int, int], None]
) -> None:
    assert (at_work.output / ".dist-staging").is_dir()
    number, code = sent
    send(at_work.process.pid, number)
    assert at_work.end() == (code, "")
    assert tree(at_work.output) == tree(reference)
    assert sorted(os.listdir(at_work.output)) == ["datapackage.json", "dist"]


@pytest.mark.slow
@pytest.mark.parametrize("at_work", ["reading", "writing"], indirect=True)
def test_a_worker_that_is_killed_ends_the_build_with_a_message(at_work: AtWork, reference: Path) -> None:
    os.kill(at_work.workers[0], signal.SIGKILL)
    code, said = at_work.end()
    assert (code, said.count("\n")) == (2, 1)
    assert "--jobs 1" in said
    assert tree(at_work.output) == tree(reference)
    assert sorted(os.listdir(at_work.output)) == ["datapackage.json", "dist"]


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_of_its_answer_ends_the_build_too(tmp_path: Path) -> None:
    """Its answer is too long for a pipe that nobody reads while the main process is stopped."""
    (tmp_path / "ask.py").write_text(ASK, "utf-8")
    seen = tmp_path / "seen"
    process = subprocess.Popen(
        [sys.executable, "-c", "import ask; ask.main()", str(seen)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(PROJECT), str(tmp_path)))},
        stdout=subprocess.PIPE,
        text=True,
    )
    while not (seen.exists() and seen.read_text()):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGSTOP)
    worker = psutil.Process(int(seen.read_text()))
    (tmp_path / "go").touch()
    while worker.cpu_times().system == 0 or worker.status() != psutil.STATUS_SLEEPING:
        time.sleep(0.01)
    time.sleep(0.5)  # until it has written what the pipe takes
    worker.kill()
    process.send_signal(signal.SIGCONT)
    out, _ = process.communicate(timeout=PATIENCE)
    assert out.startswith("a worker process was killed")


ASK = """
import os, sys, time
from functools import partial
from pathlib import Path

from builder.errors import CommandError
from builder.build.workers import workers

def answer(main, seen):
    if os.getpid() != main:
        Path(seen).write_text(str(os.getpid()))
    while not Path(seen).with_name("go").exists():
        time.sleep(0.01)
    return bytes(50_000_000) if os.getpid() != main else b""

def main():
    try:
        with workers(2) as pool:
            list(pool.map(partial(answer, os.getpid()), [sys.argv[1]] * 2))
    except CommandError as error:
        print(error)
"""


@pytest.mark.slow
def test_of_a_killed_build_no_worker_stays_and_the_next_one_clears_the_rest(
    at_work: AtWork, archive: Builder, reference: Path
) -> None:
    at_work.process.kill()
    code, _ = at_work.end()
    assert code == -signal.SIGKILL
    assert sorted(os.listdir(at_work.output)) == [".dist-staging", "datapackage.json", "dist"]
    published = tree(reference)
    assert {path: data for path, data in tree(at_work.output).items() if path in published} == published
    archive.build(at_work.output, "--jobs", 1)
    assert sorted(os.listdir(at_work.output)) == ["datapackage.json", "dist"]
    assert tree(at_work.output) == published


@pytest.mark.slow
@pytest.mark.parametrize("step", ["rename to replaced", "rename to dist", "replace"])
def test_ctrl_c_between_two_steps_of_publishing_leaves_one_package_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """After the last step that is the new one, before it the old one."""
    for name, number in (("old", 1), ("new", 2)):
        pages.save(tmp_path / name / "in", a=talk(number))
        assert run("build", tmp_path / name / "in", "--output", tmp_path / name, "--quiet").exit_code == 0
    trees = {name: tree(tmp_path / name) for name in ("old", "new")}
    call, _, target = step.partition(" to ")
    real = getattr(os, call)

    def interrupted(source: Path, destination: Path) -> None:
        real(source, destination)
        if not target or destination.name == target:
            monkeypatch.undo()
            raise KeyboardInterrupt

    monkeypatch.setattr(os, call, interrupted)
    assert run("build", tmp_path / "new/in", "--output", tmp_path / "old").exit_code == 130
    whole = "new" if step == "replace" else "old"
    left = {path: data for path, data in tree(tmp_path / "old").items() if not path.startswith((".dist", "in/"))}
    assert left == {path: data for path, data in trees[whole].items() if not path.startswith("in/")}
    assert not (tmp_path / "old" / publish.STAGING).exists()


# ---------------------------------------------------------------------------------------------------------------------
# A cluster that is left, or that cannot be used


@pytest.mark.slow
@pytest.mark.parametrize("lost", [False, True], ids=["Ctrl-C", "the cluster is killed"])
def test_a_build_on_a_cluster_that_ends_early_leaves_the_old_package_and_nothing_else(
    archive: Builder, reference: Path, tmp_path: Path, lost: bool
) -> None:
    output, seen = tmp_path / "out", tmp_path / "seen"
    shutil.copytree(reference, output)
    seen.mkdir()
    with archive.cluster(SLOW="reading", SECONDS="0.1", SEEN=str(seen)) as (address, machines):
        process = archive.start(output, "--scheduler", address)
        wait_for_two(seen, process)
        os.killpg(*((machines.pid, signal.SIGKILL) if lost else (process.pid, signal.SIGINT)))
        said = "".join(process.communicate(timeout=PATIENCE))
        assert (process.returncode, said.count("\n"), address in said) == ((2, 1, True) if lost else (130, 0, False))
    assert tree(output) == tree(reference)
    assert sorted(os.listdir(output)) == ["datapackage.json", "dist"]


@pytest.mark.slow
def test_an_address_without_a_scheduler_is_named_soon(builder: Run, tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=talk(1))
    start = time.monotonic()
    result = builder("build", tmp_path / "in", "--output", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    assert time.monotonic() - start < 30
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("--scheduler: ")
    assert " tcp://127.0.0.1:1," in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("address", ["nonsense", "tls://127.0.0.1:1"])
def test_what_is_no_address_is_a_wrong_command(builder: Run, tmp_path: Path, address: str) -> None:
    pages.save(tmp_path / "in", a=talk(1))
    result = builder("build", tmp_path / "in", "--output", tmp_path / "out", "--scheduler", address)
    assert result.returncode == 2
    assert result.stderr.startswith("--scheduler: ")
    assert f" {address}," in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_cluster_without_workers_is_not_waited_for_without_end(
    archive: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_FOR_A_WORKER", 0.2)
    pages.save(tmp_path / "in", a=talk(1))
    with archive.cluster(WORKERS="0") as (address, _):
        result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--scheduler", address)
    assert wrong_command(result) == "--scheduler"
    assert result.stderr.endswith(f"dask worker {address}\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["this project", "Python", "pyarrow"])
def test_a_worker_that_is_another_builder_is_named(name: str) -> None:
    class Cluster:
        """One with two workers, the second of which has another version of something."""

        def wait_for_workers(self, count: int, timeout: float) -> None: ...

        def run(self, function: Callable[[], dict[str, str]]) -> dict[str, dict[str, str]]:
            return {"tcp://one": function(), "tcp://two": function() | {name: "0.1"}}

    here = cluster.builder_version()[name]
    with pytest.raises(CommandError) as caught:
        cluster._check_workers(Cluster(), "tcp://zenda")
    assert str(caught.value).startswith("--scheduler: ")
    assert all(part in str(caught.value) for part in (f"{name} {here}", f"{name} 0.1", "tcp://two"))
    assert "tcp://one" not in str(caught.value)


def test_the_version_is_that_of_the_code_that_was_loaded_whatever_the_files_say_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = cluster.builder_version()
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"changed since")
    assert cluster._code_hash() != before["this project"]
    assert cluster.builder_version() == before


def test_without_dask_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    pages.save(tmp_path / "in", a=talk(1))
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:8786")
    assert wrong_command(result) == "--scheduler"
    assert "dask.distributed" in result.stderr
    assert "`cluster`" in result.stderr


# ---------------------------------------------------------------------------------------------------------------------
# Memory


class Counted:
    """An executor that does each task at once and counts them."""

    def __init__(self) -> None:
        self.tasks = 0

    def submit(self, function: Callable[[int], int], task: int) -> Future[int]:
        self.tasks += 1
        future: Future[int] = Future()
        future.set_result(function(task))
        return future


def test_eight_tasks_a_worker_are_under_way_however_many_there_are() -> None:
    executor = Counted()
    results = workers.Workers(executor, 3).map(lambda number: number**2, iter(range(1000)))  # type: ignore[arg-type]
    seen = [(executor.tasks - number, square) for number, square in enumerate(results)]
    assert max(under_way for under_way, _ in seen) == 3 * 8
    assert [square for _, square in seen] == [number**2 for number in range(1000)]


def peak_of_a_build(folder: Path, count: int) -> int:
    """The most bytes of Python's that a build of so many pages holds at one time."""
    turns = [f"{name} Elphberg: {name} word {turn}." for turn in range(20) for name in ("Rudolf", "Flavia")]
    texts = {
        f"{number:03}": pages.main(f"Rudolf Elphberg: Page {number}.", *turns, title=f"Talks {number}")
        for number in range(count)
    }
    pages.save(folder / "in", **texts)
    tracemalloc.start()
    try:
        assert run("build", folder / "in", "--output", folder / "out", "--quiet", "--jobs", 1).exit_code == 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_four_times_the_pages_do_not_take_half_as_much_again_of_memory(tmp_path: Path) -> None:
    peak_of_a_build(tmp_path / "first", 128)  # what is loaded once, at whatever page, and kept
    assert peak_of_a_build(tmp_path / "many", 128) < 1.5 * peak_of_a_build(tmp_path / "few", 32)


def test_a_second_build_in_one_process_reads_the_provenance_again(tmp_path: Path) -> None:
    [path] = pages.save(tmp_path / "in", a=talk(1)).iterdir()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    for number in (1, 2):
        url = f"http://en.kremlin.ru/events/president/news/{number}"
        (tmp_path / "in/provenance.csv").write_text(f"file,sha256,url\na.txt,{sha256},{url}\n", "utf-8")
        assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
        assert [row["url"] for row in rows_of(tmp_path / "out", "meetings")] == [url]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="it needs the list of mapped files")
def test_no_file_of_a_build_stays_mapped_after_it(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=talk(1))
    for _ in range(3):
        assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    assert [line for line in Path("/proc/self/maps").read_text().splitlines() if str(tmp_path) in line] == []


def test_a_batch_puts_its_rows_by_and_gives_none_back(tmp_path: Path) -> None:
    """What comes back from a worker is the entries of the page index, however much its pages hold."""
    pages.save(tmp_path / "in", a=talk(1))
    read = read_stage.read_batch(read_stage.ReadTask(0, gather([tmp_path / "in"]).files, str(tmp_path)))
    assert "Train 1 is late." not in repr(read)
    assert sorted(path.name for path in tmp_path.glob("*.arrow")) == [
        f"0-{table}.arrow" for table in ("meetings", "mentions", "participations", "segments", "utterances")
    ]
