"""What a build must not depend on, and what it says where it does: the locale, Python's tables, a worker's packages."""

import hashlib
import os
import re
import shutil
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builder.build import cluster
from builder.cli.app import app
from builder.errors import CommandError
from builder.package import release
from builder.package.publish import staging
from tests.conftest import PROJECT, Run
from tests.support import pages

NOT_UTF8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def names_in_dist(package: Path) -> dict[str, str]:
    found = [package / "datapackage.json", *(package / "dist").iterdir()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Pages whose names no locale but UTF-8 can say, one of which is rejected."""
    folder = tmp_path / "Straße"
    pages.save(folder, **{"ä": pages.main(*pages.TALK), "z": pages.main(*pages.TALK, topics=("Zenda",)), "ж": ""})
    return folder


@pytest.fixture
def latin_1(tmp_path: Path) -> dict[str, str]:
    """A locale whose file names are in Latin-1, made for the test."""
    if not shutil.which("localedef") or not Path("/usr/share/i18n/charmaps").is_dir():
        pytest.skip("no locale can be made here")
    command = ["localedef", "-c", "-i", "en_US", "-f", "ISO-8859-1", str(tmp_path / "locales" / "en_US")]
    (tmp_path / "locales").mkdir()
    subprocess.run(command, check=False, capture_output=True)
    return NOT_UTF8 | {"LOCPATH": str(tmp_path / "locales"), "LC_ALL": "en_US"}


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C", "Latin-1"])
def test_a_locale_in_another_encoding_gives_the_same_bytes(
    builder: Run, named: Path, tmp_path: Path, request: pytest.FixtureRequest, locale: str
) -> None:
    there = NOT_UTF8 if locale == "C" else request.getfixturevalue("latin_1")
    for output, environment in (("ö", {"PYTHONUTF8": "1"}), ("ü", there)):
        printed_in = {"PYTHONIOENCODING": "utf-8"}
        result = builder(
            "build", named, "--keep-going", "--output", tmp_path / output, "-q", env=environment | printed_in
        )
        assert result.returncode == 0, result.stderr
    assert names_in_dist(tmp_path / "ö") == names_in_dist(tmp_path / "ü")
    assert '"ä.txt"' in (tmp_path / "ü/dist/sources.csv").read_text("utf-8")


def test_what_a_terminal_of_another_encoding_cannot_show_is_escaped(builder: Run, named: Path, tmp_path: Path) -> None:
    result = builder("build", named, "--output", tmp_path / "out", env=NOT_UTF8)
    assert result.returncode == 1
    assert result.stderr.isascii()
    assert r"Stra\xdfe/\u0436.txt:1: expected the text of a page" in result.stderr


def test_an_output_whose_path_is_not_in_utf8_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="expected a path in UTF-8"), staging(Path(os.fsdecode(b"/nowhere/\xff"))):
        pass


# ---------------------------------------------------------------------------------------------------------------------
# Packages and tables


def test_a_worker_is_compared_in_every_package_that_a_build_needs() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[; ]", requirement)[0] for requirement in project["dependencies"]}
    assert needed - {"typer", "rich"} <= {*cluster.SHAPING_BYTES}
    compared = cluster.builder_version()
    assert {"Python", "Unicode", "file names in", "this project"} < {*compared}
    assert {*cluster.SHAPING_BYTES} < {*compared}


def test_documents_say_which_python_builds_the_releases() -> None:
    told = " ".join((PROJECT / "docs/building.md").read_text("utf-8").split())
    assert f"Python {release.PYTHON_OF_RELEASES}, which knows Unicode {release.UNICODE_OF_RELEASES}" in told


def test_the_summary_says_where_python_s_tables_are_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path / "in", a=pages.main(*pages.TALK))
    command = ["build", str(tmp_path / "in"), "--output", str(tmp_path / "out")]
    for here, is_told in ((release.UNICODE_OF_RELEASES, False), ("99.0.0", True)):
        monkeypatch.setattr(unicodedata, "unidata_version", here)
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0
        assert (
            "note: this Python knows Unicode 99.0.0; releases are built with Python 3.11" in result.stdout
        ) == is_told
        assert ("knows Unicode" in CliRunner().invoke(app, [*command, "--json"]).stdout) == is_told
