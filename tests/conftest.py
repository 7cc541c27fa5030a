"""What the tests share: the project's folder, its sample of real pages where there is one, and the command line."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from builder.reading.page_names import PAGE_SUFFIXES

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
SEED_PAGES = sorted(path for path in SEEDS.iterdir() if path.suffix in PAGE_SUFFIXES)
"""The seeds that are pages, however many there are."""
SHARED = PROJECT.parent / "shared"

# `make test` uses the first; `make test-all` asks for the second with --hypothesis-profile.
settings.register_profile("quick", max_examples=10, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=100, deadline=None)
settings.load_profile("quick")


def is_thorough() -> bool:
    """Whether `make test-all` runs: what it does besides may take long."""
    return settings.get_current_profile_name() == "thorough"


Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves out the tests of other tools and of the browser where they are not asked for: these need not be installed."""
    marker = {PROJECT / "tests/clients": "client", PROJECT / "tests/page": "browser"}.get(collection_path)
    asked = config.option.markexpr
    return True if marker and (marker not in asked or f"not {marker}" in asked) else None


@pytest.fixture(scope="session")
def builder() -> Run:
    """Runs `python -m builder` as a user would, in a process of its own; gives its exit code and output."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", **options.pop("env", {})}  # type: ignore[dict-item]
        return subprocess.run(
            [sys.executable, "-m", "builder", *map(str, arguments)],
            cwd=options.pop("cwd", PROJECT),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=environment,
            **options,
        )

    return run


@pytest.fixture(scope="session")
def seed_package(tmp_path_factory: pytest.TempPathFactory, builder: Run) -> Path:
    """The package of the seeds, built afresh. Never change it: copy it."""
    output = tmp_path_factory.mktemp("package")
    result = builder("build", SEEDS, "--output", output, "--quiet")
    assert result.returncode == 0, result.stderr
    return output


@pytest.fixture(scope="session")
def complete_package(tmp_path_factory: pytest.TempPathFactory, builder: Run) -> Path:
    """The package of the seeds with all exports, built afresh. Never change it: copy it."""
    output = tmp_path_factory.mktemp("complete")
    result = builder("build", SEEDS, "--output", output, "--quiet", "--exports", "all")
    assert result.returncode == 0, result.stderr
    return output


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the sample of real pages; skips where it is absent."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the sample of real pages is not here ({folder.name})")
    return folder
