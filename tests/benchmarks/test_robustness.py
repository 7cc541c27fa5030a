"""The trials can fail: one that always passes would prove nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.robustness import reproduce
from benchmarks.robustness.harness import Trial, sample_page
from benchmarks.robustness.races import Reader
from benchmarks.robustness.reproduce import Environment, differences, unlocked
from tests.conftest import PROJECT
from tests.package.test_publish import FILES


@pytest.fixture
def package(seed_package: Path, tmp_path: Path) -> Path:
    """A copy of the package, for a test to change."""
    return Path(shutil.copytree(seed_package, tmp_path / "package"))


# ---------------------------------------------------------------------------------------------------------------------
# The package, built again


def test_two_packages_that_are_equal_have_no_differences(seed_package: Path, package: Path) -> None:
    assert differences(seed_package, package) == []


def test_a_byte_that_differs_is_named_by_file_and_place(seed_package: Path, package: Path) -> None:
    path = package / "dist/meetings.parquet"
    content = path.read_bytes()
    path.write_bytes(content[:70] + bytes([content[70] ^ 1]) + content[71:])
    assert differences(seed_package, package) == ["dist/meetings.parquet differs from byte 70 on"]


def test_files_missing_too_many_and_too_long_are_named(seed_package: Path, package: Path) -> None:
    (package / "dist/names.csv").unlink()
    (package / "dist/more.csv").touch()
    with (package / "datapackage.json").open("ab") as file:
        file.write(b"\n")
    size = (seed_package / "datapackage.json").stat().st_size
    assert differences(seed_package, package) == [
        "dist/names.csv is missing",
        "dist/more.csv was not expected",
        f"datapackage.json differs from byte {size} on",
    ]


@pytest.mark.parametrize("mode", [0o200, 0o744, 0o611, 0o4600])
def test_a_file_that_may_not_be_read_or_may_be_run_is_named(seed_package: Path, package: Path, mode: int) -> None:
    if mode == 0o200 and os.geteuid():
        pytest.skip("it takes root to compare what may not be read")
    (package / "dist/names.csv").chmod(mode)
    [line] = differences(seed_package, package)
    assert line.startswith("dist/names.csv must be a plain file")
    assert line.endswith(f"its mode is {mode:o}")


@pytest.mark.slow
def test_a_build_that_fails_in_an_environment_is_told_with_its_message() -> None:
    failing = Environment("no such seeds", seeds=lambda folder: [folder / "none"])
    what, [line] = failing.outcome()
    assert (what, line.startswith("the build failed: no such file or folder: ")) == ("different", True)


def test_an_environment_that_this_machine_lacks_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reproduce, "as_nobody", lambda command: None)
    other = Environment("another user", wrap=reproduce.another_user)
    assert other.outcome() == ("skipped", ["it takes root, and the program setpriv"])


def test_a_package_that_is_not_as_it_is_locked_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "build.txt"
    lock.write_text(
        "pyarrow==1.2.3 \\\n    --hash=sha256:0\nno-such-package==1.0 \\\n    --hash=sha256:0\n"
        "colorama==0.4 ; sys_platform == 'none' \\\n    --hash=sha256:0\n",
        "utf-8",
    )
    count, otherwise = unlocked(lock)
    assert count == 2
    assert otherwise[0].startswith("pyarrow: locked ==1.2.3, installed ")
    assert otherwise[1] == "no-such-package: locked ==1.0, installed none"


def test_the_lock_file_is_read_whole() -> None:
    names = {
        line.split("==")[0]
        for line in (PROJECT / "requirements/build.txt").read_text().splitlines()
        if line[:1].isalpha()
    }
    count, _ = unlocked(PROJECT / "requirements/build.txt")
    assert 20 <= count <= len(names)


# ---------------------------------------------------------------------------------------------------------------------
# Builds in which something goes wrong


@pytest.mark.slow
def test_a_build_interrupted_at_a_step_keeps_its_promises() -> None:
    """Each fourteenth step; `make fault-injection` takes every step, and much more."""
    command = [sys.executable, "-m", "benchmarks.robustness.fault_injection", "--only", "at each step", "--every", "14"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=100)
    assert result.returncode == 0, result.stdout + result.stderr
    rows = [re.split(r"\s{2,}", line) for line in result.stdout.splitlines()[1:]]
    assert [(row[0], row[-1]) for row in rows] == [
        ("killed at each step", "0"),
        ("no space at each step", "0"),
        ("a disk error at each step", "0"),
    ]
    assert all(int(builds) == int(old) + int(new) + int(between) > 1 for _, builds, old, new, between, _ in rows)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A trial of a few pages, with the old package in place."""
    folders = tmp_path / "old pages", tmp_path / "new pages"
    for pages, count in zip(folders, (1, 2), strict=True):
        pages.mkdir()
        for number in range(count):
            (pages / f"{number}.txt").write_text(sample_page(number), "utf-8")
    found = Trial(tmp_path, *folders)
    found.begin("a trial")
    found.renew()
    return found


def test_what_is_left_of_the_old_and_of_the_new_package_is_told_apart(trial: Trial) -> None:
    assert trial.judge("undisturbed") == "old"
    assert trial.judge("built again") == "new"
    assert trial.tally.broken == []


def test_a_mixture_that_verify_finds_is_between_and_one_that_it_passes_breaks_a_promise(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mix() -> None:
        (trial.renew() / "dist/names.csv").write_bytes(trial.expected["new"]["dist/mentions.csv"])

    mix()
    assert (trial.judge("mixed"), trial.tally.broken) == ("between", [])
    mix()
    monkeypatch.setattr("benchmarks.robustness.harness.verifies", lambda package: True)
    assert trial.judge("mixed silently") == "between"
    assert trial.tally.broken == ["mixed silently: it is neither package, but verify passes"]


def test_what_stays_behind_breaks_a_promise(trial: Trial) -> None:
    (trial.place / ".dist-staging").mkdir()
    trial.judge("it left a folder", leaves_nothing=True)
    (trial.temporary / "kremlin-abcdefgh").mkdir()
    trial.no_file_stays("it left another")
    assert trial.tally.broken == [
        "it left a folder: .dist-staging left behind",
        "it left another: kremlin-abcdefgh left among the temporary files",
    ]
    assert trial.temporary_files() == []


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise SystemExit(2)", "exit code 2 without a message"),
        ("1 / 0", "exit code 1: ZeroDivisionError: division by zero"),
        ("import os; os.fork() or __import__('time').sleep(60)", "processes remain"),
    ],
)
def test_a_command_that_ends_as_it_should_not_breaks_a_promise(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    monkeypatch.setattr("benchmarks.robustness.harness.SECONDS_TO_END", 0.1)
    quiet = "import os; os.close(1); os.close(2);" if "fork" in program else ""
    trial.end("a program", trial.start([sys.executable, "-c", quiet + program]))
    assert trial.tally.broken == [f"a program: {said}"]


def test_a_reader_finds_a_file_that_is_neither_the_old_nor_the_new_one(trial: Trial) -> None:
    reader = Reader(trial)
    reader.once()
    assert (reader.read, reader.wrong) == (len(FILES), [])
    half = trial.expected["old"]["dist/utterances.csv"][:-20]
    (trial.place / "dist/utterances.csv").write_bytes(half)
    reader.once()
    assert reader.wrong == ["utterances.csv was neither the old file nor the new one"]
