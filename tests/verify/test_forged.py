"""Packages that somebody forged with care: every checksum fits, every row is right, and something else is not."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import builder
from builder.build.pipeline import build
from builder.errors import DataError
from builder.package import formats
from builder.package.formats import open_parquet
from builder.reading.discovery import gather
from builder.verify import row_groups, verify_package
from builder.verify.against import compare
from builder.verify.review import review
from schema.tables import BY_NAME, TABLES
from tests.support import pages
from tests.support.resealing import reseal

FIRST_TURN = "2017-12-27-meeting-with-president-of-kazakhstan-nursultan-nazarbayev-0001"
SECRET = "a secret outside the package"


@pytest.fixture
def package(seed_package: Path, tmp_path: Path) -> Path:
    """A copy of the package, to be forged."""
    return shutil.copytree(seed_package, tmp_path / "package")


def findings(package: Path) -> dict[str, list[str]]:
    """What is wrong, by the name of the check."""
    return {check.name: [*map(str, check.findings)] for check in verify_package(package) if not check.passed}


def rewritten(package: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    path = package / f"dist/{table}.parquet"
    data = path.read_bytes()
    changed = change(data)
    assert changed != data
    path.write_bytes(changed)
    reseal(package)


# ---------------------------------------------------------------------------------------------------------------------
# Parquet


@pytest.mark.parametrize("is_everywhere", [True, False], ids=["every file", "one file"])
def test_files_that_another_version_of_the_writer_says_it_wrote_are_found(package: Path, is_everywhere: bool) -> None:
    for table in TABLES if is_everywhere else TABLES[:1]:
        rewritten(package, table.name, lambda data: data.replace(b"arrow version 26.", b"arrow version 25."))
    found = findings(package)["formats"]
    assert len(found) == (len(TABLES) if is_everywhere else 1)
    assert "wrote, as this builder does, found " in found[0]
    assert "version 25." in found[0]


@pytest.mark.parametrize("is_claimed", [True, False], ids=["and another writer", "and the same writer"])
def test_false_statistics_are_found(package: Path, is_claimed: bool) -> None:
    """A reader that believes them passes over rows that it was asked for."""

    def forge(data: bytes) -> bytes:
        footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        forged = data[footer:].replace(b"2017-12-27", b"2021-12-27")
        if is_claimed:
            forged = forged.replace(b"arrow version 26.", b"arrow version 25.")
        return data[:footer] + forged

    path = package / "dist/utterances.parquet"
    wanted = f"SELECT count(*) FROM '{path}' WHERE utterance_id = '{FIRST_TURN}'"
    assert duckdb.execute(wanted).fetchone() == (1,)
    rewritten(package, "utterances", forge)
    assert duckdb.execute(wanted).fetchone() == (0,)
    assert [line.partition(":")[0] for line in findings(package)["formats"]] == ["dist/utterances.parquet"]


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row groups of few rows, so that small packages have several."""
    for module in (formats, row_groups):
        monkeypatch.setattr(module, "ROWS_IN_GROUP", 40)
    monkeypatch.setattr("builder.build.merge_stage.ROWS_IN_GROUP", 40)


@pytest.fixture
def grouped(small_groups: None, tmp_path: Path) -> Path:
    """A package with several row groups."""
    talks = {
        f"p{number}": pages.main(
            *pages.TALK,
            *(f"Rupert Hentzau: Sentence {number}.{n}." for n in range(number % 5)),
            title=f"Talks {number}",
        )
        for number in range(25)
    }
    build(gather([pages.save(tmp_path / "pages", **talks)]), tmp_path / "grouped")
    return tmp_path / "grouped"


def test_row_groups_as_the_builder_cuts_them_pass(grouped: Path) -> None:
    sizes = {table.name: pq.ParquetFile(grouped / f"dist/{table.name}.parquet").num_row_groups for table in TABLES}
    assert sizes["segments"] > 5
    assert sizes["utterances"] > 1
    assert findings(grouped) == {}


@pytest.mark.parametrize("size", [pytest.param(1, marks=pytest.mark.slow), 41, 60, 1_000_000])
@pytest.mark.parametrize("table", ["segments", "utterances"])
@pytest.mark.slow
def test_row_groups_of_other_sizes_are_found(grouped: Path, table: str, size: int) -> None:
    path = grouped / f"dist/{table}.parquet"
    with pq.ParquetFile(path) as file:
        rows = file.read()
    stated = {key.decode(): value.decode() for key, value in rows.schema.metadata.items()}
    with open_parquet(path, BY_NAME[table], stated) as writer:
        for start in range(0, rows.num_rows, size):
            writer.write_table(rows.slice(start, size).combine_chunks(), row_group_size=size)
    reseal(grouped)
    found = findings(grouped)
    assert [*found] == ["formats"]
    assert found["formats"][0].startswith(f"dist/{table}.parquet: ")
    assert "row group" in found["formats"][0]


# ---------------------------------------------------------------------------------------------------------------------
# Links


@pytest.mark.parametrize(
    "name", ["dist", "dist/meetings.csv", "dist/utterances.parquet", "dist/SHA256SUMS", "datapackage.json"]
)
@pytest.mark.parametrize("target", ["the same", "a secret", "nothing"])
@pytest.mark.slow
def test_a_part_of_a_package_that_is_a_link_is_found(package: Path, tmp_path: Path, name: str, target: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    os.rename(package / name, elsewhere)
    if target != "the same":
        shutil.rmtree(elsewhere) if elsewhere.is_dir() else elsewhere.unlink()
    if target == "a secret":
        elsewhere.write_text(SECRET)
    (package / name).symlink_to(elsewhere)
    found = findings(package)
    assert any(line.startswith(f"{name}: ") for lines in found.values() for line in lines), found
    assert SECRET not in str(found)
    assert found.keys() >= ({"files"} if name.startswith("dist") else {"descriptor"})
    for read in (builder.open_package, review, lambda folder: compare(folder, folder)):
        with pytest.raises(DataError) as raised:
            read(package)
        (problem,) = raised.value.problems
        assert (problem.code, problem.path) == ("link", str(package / name))


def test_a_link_to_a_folder_in_dist_is_found(package: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/secret.txt").write_text(SECRET)
    (package / "dist/more").symlink_to(tmp_path / "other")
    found = findings(package)
    assert found == {"files": ["dist/more: not listed in SHA256SUMS; take the file away"]}


# ---------------------------------------------------------------------------------------------------------------------
# Version and date


def restated(package: Path, version: str, created: str) -> None:
    """States another version and date in every place that has one."""
    path = package / "datapackage.json"
    descriptor: dict[str, Any] = json.loads(path.read_text("utf-8"))
    old = descriptor["version"]
    descriptor |= {"version": version, "created": created}
    path.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n", "utf-8")
    licence = package / "dist/LICENSE.txt"
    licence.write_text(licence.read_text("utf-8").replace(old, version, 1), "utf-8")
    for table in TABLES:
        parquet = package / f"dist/{table.name}.parquet"
        rows = pq.read_table(parquet)
        stated = {key.decode(): value.decode() for key, value in rows.schema.metadata.items()}
        with open_parquet(parquet, table, stated | {"version": version}) as writer:
            writer.write_table(rows.combine_chunks(), row_group_size=max(rows.num_rows, 1))
    reseal(package)


@pytest.mark.parametrize(("version", "created"), [("9.9.9", "2030-01-01"), ("0.1.0", "2022-11-22")])
def test_a_version_forged_in_every_place_is_found(package: Path, version: str, created: str) -> None:
    restated(package, version, f"{created}T00:00:00Z")
    found = findings(package)["descriptor"]
    assert any(line.startswith("datapackage.json: version: expected ") for line in found), found
    assert any(line.startswith("datapackage.json: created: expected ") for line in found), found
    assert "verify it with the builder of its release" in found[0]


def test_a_date_alone_that_is_forged_is_found(package: Path) -> None:
    restated(package, json.loads((package / "datapackage.json").read_text("utf-8"))["version"], "2022-11-21T00:00:00Z")
    assert [*findings(package)] == ["descriptor"]


# ---------------------------------------------------------------------------------------------------------------------
# Paths of sources


def test_paths_of_two_sources_that_were_exchanged_are_found(first_seeds: Path, tmp_path: Path) -> None:
    one, other = sorted(path.name for path in first_seeds.glob("*.txt"))[:2]
    exchanged = shutil.copytree(first_seeds, tmp_path / "exchanged")
    os.rename(exchanged / one, exchanged / "aside")
    os.rename(exchanged / other, exchanged / one)
    os.rename(exchanged / "aside", exchanged / other)
    build(gather([exchanged]), tmp_path / "package")
    found = [
        str(finding)
        for check in builder.verify_package(tmp_path / "package", sources=first_seeds)
        for finding in check.findings
    ]
    assert [line.partition(":")[0] for line in found] == [one, other]
