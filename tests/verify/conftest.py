"""The package that the tests of `verify` damage: always of the five pages of the first release, whatever seeds there are."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import SEEDS, Run
from tests.support.findings import check_every_finding

FIRST_SEEDS = (
    "000_120d7ad5254d731b.txt",
    "001_94d1d4e3d959143d.txt",
    "002_ab5bf782828af87f.txt",
    "003_68c74ac3b36af49f.txt",
    "004_49ad9724eaf95afd.txt",
    "provenance.csv",
)


@pytest.fixture(autouse=True)
def findings_name_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    check_every_finding(monkeypatch)


@pytest.fixture(scope="session")
def first_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the first release. Never change them: copy them."""
    folder = tmp_path_factory.mktemp("first") / "seeds"
    folder.mkdir()
    for name in FIRST_SEEDS:
        shutil.copy(SEEDS / name, folder)
    return folder


@pytest.fixture(scope="session")
def seed_package(tmp_path_factory: pytest.TempPathFactory, builder: Run, first_seeds: Path) -> Path:
    """The package of these pages. Never change it: copy it."""
    output = tmp_path_factory.mktemp("package")
    result = builder("build", first_seeds, "--output", output, "--quiet")
    assert result.returncode == 0, result.stderr
    return output
