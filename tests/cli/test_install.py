"""The builder works where it is installed, away from the project's folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.support import pages


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which `pip install` has put the project, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--target"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, folder, PROJECT], check=True, timeout=120)
    return folder


def run(installed: Path, cwd: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the installed builder from another folder: `-P` keeps that folder from being imported from."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "builder", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_an_installed_builder_builds_and_verifies(installed: Path, tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main("President of Ruritania Rudolf Elphberg: Good morning."))
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import builder, schema; print(builder.__file__, schema.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [Path(path).parents[1] for path in where.stdout.split()] == [installed, installed]
    built = run(installed, tmp_path, "build", "in", "--output", "out", "--quiet")
    assert (built.returncode, built.stderr) == (0, "")
    assert run(installed, tmp_path, "verify", "out", "--sources", "in").returncode == 0


@pytest.mark.slow
def test_an_installed_builder_asks_for_what_it_has_no_default_for(installed: Path, tmp_path: Path) -> None:
    told = run(installed, tmp_path, "build")
    assert (told.returncode, told.stderr.partition(": ")[0]) == (2, "INPUT")
    assert run(installed, tmp_path, "verify").stderr.startswith("DIR: ")
