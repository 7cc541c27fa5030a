"""The package in one zip file, read back."""

import json
import zipfile
from pathlib import Path

import pytest

from builder.verify import verify_package
from tests.support.exports import add_member, change_member, findings


def bundle_of(package: Path) -> Path:
    (path,) = (package / "dist").glob("kremlin-meetings-*.zip")
    return path


def test_what_is_unpacked_is_a_package_that_passes(exported_once: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle_of(exported_once)) as bundle:
        bundle.extractall(tmp_path)
    assert [str(finding) for check in verify_package(tmp_path) for finding in check.findings] == []
    assert (tmp_path / "dist" / "codebook.csv").is_file()
    assert bundle_of(exported_once).name not in {path.name for path in (tmp_path / "dist").iterdir()}


def test_members_have_one_date_and_mode_whatever_the_clock(exported_once: Path) -> None:
    with zipfile.ZipFile(bundle_of(exported_once)) as bundle:
        assert {member.date_time for member in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in bundle.infolist()} == {0o100644}


def test_only_what_is_compressed_already_is_stored_as_it_is(exported_once: Path) -> None:
    with zipfile.ZipFile(bundle_of(exported_once)) as bundle:
        stored = {
            Path(member.filename).suffix for member in bundle.infolist() if member.compress_type == zipfile.ZIP_STORED
        }
    assert stored == {".xlsx", ".zip"}


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("dist/names.csv", lambda content: content.replace(b"Hentzau", b"Hentzov")),
        pytest.param("dist/names.csv", lambda content: None, marks=pytest.mark.slow),
        pytest.param("dist/SHA256SUMS", lambda content: content.replace(b"a", b"b", 1), marks=pytest.mark.slow),
        pytest.param("dist/LICENSE.txt", lambda content: content + b"\n", marks=pytest.mark.slow),
        ("datapackage.json", lambda content: content.replace(b"Kremlin Meetings", b"Zenda Meetings", 1)),
        pytest.param(
            "datapackage.json",
            lambda content: json.dumps(json.loads(content) | {"homepage": "x"}).encode(),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_changed_member_is_found(member: str, change: object, exported: Path) -> None:
    change_member(bundle_of(exported), member, change)  # type: ignore[arg-type]
    assert findings(exported) != []


def test_another_member_is_found(exported: Path) -> None:
    add_member(bundle_of(exported), "dist/extra.csv", b"x")
    assert any("members" in line for line in findings(exported))
