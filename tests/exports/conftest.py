"""The package whose exports the tests read: invented pages that fill every column."""

import shutil
from pathlib import Path

import pytest

import builder
from tests.support.filled_package import save_pages
from tests.support.findings import check_every_finding


@pytest.fixture(autouse=True)
def findings_name_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    check_every_finding(monkeypatch)


@pytest.fixture(scope="session")
def exported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    builder.build_package([save_pages(folder / "pages")], folder / "package", keep_going=True, exports="all")
    return folder / "package"


@pytest.fixture
def exported(exported_once: Path, tmp_path: Path) -> Path:
    """A package with all exports, which a test may change."""
    return Path(shutil.copytree(exported_once, tmp_path / "package"))
