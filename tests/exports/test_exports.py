"""All exports together: which are written, what describes them, and that each is read back."""

import json
import pickle
import shutil
from collections import Counter
from pathlib import Path

import pytest

import builder
from builder import exports
from builder.build import workers
from builder.errors import CommandError
from builder.exports import LAST, LONGEST_FIRST, StagedPackage, TooLargeError, codebook, page
from builder.package.descriptor import Extent, FileStats
from builder.package.export_files import EXPORTS, exports_named
from builder.package.package_files import CHECKSUMS, LICENCE_FILE, file_stats
from builder.package.release import current_release
from builder.verify import verify_package
from builder.verify.files import checksums
from builder.verify.package_rows import Package
from tests.support import pages
from tests.support.exports import findings_of
from tests.support.filled_package import save_pages

NAMES = [export.name for export in EXPORTS]
FILES = {
    export.name: [file.name(current_release().version) for file in export.files if not file.folder]
    for export in EXPORTS
}
"""The files of each export, but for those of folders, which only a large archive has."""


def page_in(folder: Path) -> Path:
    return pages.save(folder / "pages", page=pages.main("Rudolf Elphberg: Good morning."))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("none", []),
        ("all", NAMES),
        ("codebook", ["codebook"]),
        ("bundle, codebook", ["codebook", "bundle"]),
        ("codebook,codebook", ["codebook"]),
    ],
)
def test_exports_are_named_in_a_list_or_all_or_none(asked: str, named: list[str]) -> None:
    assert [export.name for export in exports_named(asked)] == named


@pytest.mark.parametrize("asked", ["pdf", "", "codebook,", "All"])
def test_an_export_that_there_is_not_is_refused(asked: str) -> None:
    with pytest.raises(CommandError, match="--exports: expected names of codebook"):
        exports_named(asked)


def test_a_build_elsewhere_writes_no_export_unless_asked(tmp_path: Path) -> None:
    builder.build_package([page_in(tmp_path)], tmp_path / "without")
    builder.build_package([page_in(tmp_path)], tmp_path / "with", exports="codebook")
    without, with_one = ({path.name for path in (tmp_path / name / "dist").iterdir()} for name in ("without", "with"))
    assert with_one - without == {"codebook.csv"}


def test_a_package_with_every_export_passes_every_check(exported_once: Path) -> None:
    assert [str(finding) for check in verify_package(exported_once) for finding in check.findings] == []


def test_the_descriptor_lists_every_file_once_and_gives_each_a_name(exported_once: Path) -> None:
    resources = json.loads((exported_once / "datapackage.json").read_text("utf-8"))["resources"]
    paths = [resource["path"].removeprefix("dist/") for resource in resources]
    described = {path.name for path in (exported_once / "dist").iterdir()} - {"SHA256SUMS", "LICENSE.txt"}
    assert sorted(paths) == sorted(described)
    assert len({resource["name"] for resource in resources}) == len(resources)


def test_the_id_of_a_package_follows_from_its_rows_alone(tmp_path: Path) -> None:
    page = page_in(tmp_path)
    other = pages.save(tmp_path / "other", page=pages.main("Rudolf Elphberg: Good evening."))
    for name, source, asked in (("a", page, "none"), ("b", page, "codebook"), ("c", other, "none")):
        builder.build_package([source], tmp_path / name, exports=asked)
    one, same, different = (
        json.loads((tmp_path / name / "datapackage.json").read_text("utf-8"))["id"] for name in "abc"
    )
    assert one == same != different
    assert one.startswith("urn:uuid:")


@pytest.mark.parametrize("name", [name for name in NAMES if len(FILES[name]) > 1])
def test_an_export_that_lost_a_file_is_found(name: str, exported: Path) -> None:
    lost = FILES[name][-1]
    (exported / "dist" / lost).unlink()
    said = findings_of(name, exported)
    assert said == [f"dist: expected {lost} beside the other files of {name}, found none"]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with other rows."""
    folder = tmp_path_factory.mktemp("other")
    page = pages.save(folder / "pages", page=pages.main("Flavia Elphberg: Good evening.", title="Another meeting"))
    builder.build_package([page], folder / "package", exports="all")
    return folder / "package"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "bundle"])
def test_an_export_of_other_tables_is_found(name: str, exported: Path, other: Path) -> None:
    """Each export of a package with other rows, in the place of the right one."""
    for file in FILES[name]:
        shutil.copy(other / "dist" / file, exported / "dist" / file)
    said = findings_of(name, exported)
    assert (said == []) == (name in SAME_FOR_ALL_PACKAGES)
    assert all(any(file in line for file in FILES[name]) for line in said)


SAME_FOR_ALL_PACKAGES = {"codebook"}
"""What describes the tables and not their rows."""


def test_an_export_that_would_be_too_large_is_left_out_with_a_notice(tmp_path: Path, monkeypatch) -> None:
    def write(package: StagedPackage, path: Path) -> None:
        path.write_text("half of it", "utf-8")
        raise TooLargeError("more than 5 rows; use the Parquet files")

    monkeypatch.setattr(codebook, "write", write)
    report = builder.build_package([page_in(tmp_path)], tmp_path / "out", exports="codebook,bundle")
    assert "codebook: not written: more than 5 rows; use the Parquet files" in report.notices
    assert not (tmp_path / "out/dist/codebook.csv").exists()
    assert [str(finding) for check in verify_package(tmp_path / "out") for finding in check.findings] == []


def test_an_export_refused_in_its_first_step_is_not_finished(tmp_path: Path, monkeypatch) -> None:
    def write_folder(package: StagedPackage, index: Path, folder: Path, _: Path) -> None:
        folder.mkdir()
        (folder / "2017.html").write_text("half of it", "utf-8")
        raise TooLargeError("2017 is too long; use the tables")

    monkeypatch.setattr(page, "write_folder", write_folder)
    report = builder.build_package([page_in(tmp_path)], tmp_path / "out", exports="page,codebook")
    assert [note for note in report.notices if "not written" in note] == [
        "page: not written: 2017 is too long; use the tables"
    ]
    written = {path.name for path in (tmp_path / "out/dist").iterdir()}
    assert "codebook.csv" in written
    assert not written & {"index.html", "page"}


@pytest.mark.slow
def test_processes_side_by_side_write_the_same_files(exported_once: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(workers, "FILES_WORTH_A_PROCESS", 1)
    told: list[tuple[str, int, int]] = []
    builder.build_package(
        [save_pages(tmp_path / "pages")],
        tmp_path / "package",
        keep_going=True,
        exports="all",
        jobs=2,
        progress=lambda *step: told.append(step),
    )
    assert tree(tmp_path / "package") == tree(exported_once)
    exporting = [(done, total) for what, done, total in told if what == "exporting"]
    assert exporting == [(done, len(EXPORTS)) for done in range(1, len(EXPORTS) + 1)]


def test_a_file_that_several_exports_state_is_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where steps run in processes of their own: each is given a copy of what is known."""
    builder.build_package([page_in(tmp_path)], tmp_path / "package")
    for name in (LICENCE_FILE, CHECKSUMS):  # They are written when the exports are.
        (tmp_path / "package/dist" / name).unlink()
    hashed: Counter[str] = Counter()

    def counted(path: Path) -> FileStats:
        hashed[path.name] += 1
        return file_stats(path)

    monkeypatch.setattr(exports, "file_stats", counted)
    package = StagedPackage(tmp_path / "package", Extent(Counter(), None, None), current_release())
    exports.write_exports(
        exports_named("codebook,croissant,page,bundle"),
        package,
        run=lambda write, steps: (write(pickle.loads(pickle.dumps(step))) for step in steps),
    )
    assert {"meetings.csv", "codebook.csv", "croissant.json", "index.html"} <= {*hashed}
    assert {name: times for name, times in hashed.items() if times > 1} == {}


def tree(folder: Path) -> dict[str, bytes]:
    return {f"{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_order_of_writing_names_exports_that_there_are() -> None:
    assert {*LONGEST_FIRST, *LAST} <= {*NAMES}


@pytest.mark.parametrize("name", [name for names in FILES.values() for name in names])
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_a_damaged_byte_of_any_file_is_found(name: str, place: float, exported: Path) -> None:
    path = exported / "dist" / name
    content = bytearray(path.read_bytes())
    content[round(place * (len(content) - 1))] ^= 1
    path.write_bytes(content)
    found = [str(finding) for finding in checksums(Package(exported))]
    assert [line for line in found if line.startswith(f"dist/{name}: expected sha256")] == found != []
