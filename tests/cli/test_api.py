"""The Python API: a few functions that do what the commands do."""

import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import builder
from builder.errors import CommandError, DataError
from tests.conftest import PROJECT, SEED_PAGES, SEEDS
from tests.support import pages

TALKS = pages.main("President of Ruritania Rudolf Elphberg: Good morning.\nRupert Hentzau: Good day.", title="Talks")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package of one page, built by the API."""
    builder.build_package([pages.save(tmp_path / "in", a=TALKS)], tmp_path / "out")
    return tmp_path / "out"


def test_a_package_is_built_and_its_report_says_what_of(tmp_path: Path) -> None:
    report = builder.build_package([SEEDS], tmp_path, exports="all")
    assert report.rows["meetings"] == len(SEED_PAGES)
    assert (tmp_path / "datapackage.json").read_bytes() == (PROJECT / "datapackage.json").read_bytes()


def test_a_folder_and_a_page_may_be_named_as_text(tmp_path: Path) -> None:
    folder = pages.save(tmp_path / "in", a=TALKS)
    assert builder.build_package([str(folder)], str(tmp_path / "out")).rows["meetings"] == 1
    assert builder.read_page(str(folder / "a.txt")).transcript.document.metadata.title == "Talks"


def test_an_opened_package_gives_its_tables(package: Path) -> None:
    opened = builder.open_package(package)
    assert opened.table("utterances").equals(pq.read_table(package / "dist/utterances.parquet"))
    assert [row["speaker_id"] for row in opened.rows("utterances")] == ["rudolf-elphberg", "rupert-hentzau"]


def test_a_package_that_is_whole_passes_every_check(package: Path) -> None:
    assert [check.title for check in builder.verify_package(package) if not check.passed] == []


def test_a_package_is_checked_against_its_sources(package: Path) -> None:
    source = package.parent / "in/a.txt"
    assert all(check.passed for check in builder.verify_package(package, sources=source.parent))
    source.write_text(source.read_text("utf-8").replace("Good day", "Good night"), "utf-8")
    failed = {check.name for check in builder.verify_package(package, sources=source.parent) if not check.passed}
    assert failed == {"described", "reread"}


def test_a_page_is_read_into_its_turns_and_speakers(tmp_path: Path) -> None:
    page = builder.read_page(pages.save(tmp_path / "in", a=TALKS) / "a.txt")
    assert [turn.text for turn in page.transcript.turns] == ["Good morning.", "Good day."]
    assert page.assignment.by_turn == ("rudolf-elphberg", "rupert-hentzau")


def test_a_page_that_cannot_be_read_raises_all_that_is_wrong(tmp_path: Path) -> None:
    empty = pages.save(tmp_path / "in", a="") / "a.txt"
    with pytest.raises(DataError) as caught:
        builder.read_page(empty)
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [(str(empty), 1)]


@pytest.mark.parametrize("call", [builder.open_package, builder.verify_package])
def test_a_folder_without_a_package_is_refused(call: object, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"^{re.escape(str(tmp_path))}: "):
        call(tmp_path)  # type: ignore[operator]


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"^{re.escape(str(tmp_path))}: "):
        builder.read_page(tmp_path)


def test_importing_the_api_loads_nothing_heavy() -> None:
    code = "import sys, builder; sys.exit(any(name in sys.modules for name in ('pyarrow', 'pydantic', 'selectolax')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_pages_are_found_without_loading_what_reads_them() -> None:
    """Other processes start once they are found, and load it while this one does."""
    code = (
        "import sys, builder.reading.discovery; sys.exit(any(name in sys.modules for name in ('pyarrow', 'pydantic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


@pytest.mark.slow
def test_a_page_is_read_without_loading_the_layouts_of_others(tmp_path: Path) -> None:
    [path] = pages.save(tmp_path, page=pages.html("Rudolf Elphberg: Good day.")).iterdir()
    code = (
        "import sys, builder; builder.read_page(sys.argv[1]); "
        "print(*(name.rpartition('.')[2] for name in sys.modules if name.startswith('builder.reading.layouts.')))"
    )
    command = [sys.executable, "-c", code, str(path)]
    loaded = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.split()
    assert {"html", "plain_text", "main_text", "other_html"}.intersection(loaded) == {"html"}
