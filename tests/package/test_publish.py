"""The package as files: what it holds, that it is made again to the byte, and that strangers can read it."""

import csv
import hashlib
import importlib.util
import json
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pyarrow.parquet as pq
import pytest
import yaml

from builder.build.pipeline import build
from builder.package.formats import FORMATS
from builder.package.release import check_version
from builder.reading.discovery import gather
from builder.verify import verify_package
from tests.conftest import PROJECT, SEED_PAGES, SEEDS
from tests.support import pages
from tests.support.told import refusal

TABLES = (
    *("meetings", "mentions", "names", "offices", "participations", "segments", "sources", "speakers", "tenures"),
    "utterances",
)
FORMS = tuple(form.name for form in FORMATS)
FILES = {"LICENSE.txt", *(f"{table}.{form}" for table in TABLES for form in FORMS)}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(package: Path) -> dict[str, str]:
    """What SHA256SUMS lists, read as `sha256sum --check` reads it."""
    lines = (package / "dist/SHA256SUMS").read_text("utf-8").splitlines()
    matches = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in lines]
    return {match[2]: match[1] for match in matches if match}


def files_of(package: Path) -> dict[str, bytes]:
    """Every file of a package by its path, hidden ones too."""
    found = [package / "datapackage.json", *(path for path in (package / "dist").rglob("*") if path.is_file())]
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in found}


def descriptor_of(package: Path) -> dict[str, Any]:
    return json.loads((package / "datapackage.json").read_text("utf-8"))


def assert_equal(found: Path, wanted: Path, advice: str = "") -> None:
    """Names the files that differ, not their bytes."""
    one, other = files_of(found), files_of(wanted)
    differing = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    assert not differing, f"{', '.join(differing)}: not the same bytes{advice}"


# ---------------------------------------------------------------------------------------------------------------------
# What it holds


def test_dist_holds_each_table_in_each_format_its_licence_and_checksums(seed_package):
    assert {path.name for path in (seed_package / "dist").iterdir()} == {*FILES, "SHA256SUMS"}


def test_checksums_list_every_other_file_of_dist_once_in_order(seed_package):
    lines = (seed_package / "dist/SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.partition("  ")[2] for line in lines] == sorted(FILES)


def test_checksums_are_those_of_the_files(seed_package):
    assert listed(seed_package) == {name: sha256(seed_package / "dist" / name) for name in FILES}


def test_nothing_but_the_package_is_left_in_the_output(seed_package):
    assert {path.name for path in seed_package.iterdir()} == {"dist", "datapackage.json"}


def test_every_resource_states_the_bytes_and_hash_of_its_file(seed_package):
    for resource in descriptor_of(seed_package)["resources"]:
        path = seed_package / resource["path"]
        assert resource["bytes"] == path.stat().st_size, path.name
        assert resource["hash"] == f"sha256:{sha256(path)}", path.name


def test_the_resources_are_every_table_in_every_format(seed_package):
    paths = [resource["path"] for resource in descriptor_of(seed_package)["resources"]]
    assert sorted(paths) == sorted(f"dist/{name}" for name in FILES - {"LICENSE.txt"})


def test_the_csv_resources_bear_the_names_of_the_tables(seed_package):
    resources = descriptor_of(seed_package)["resources"]
    assert {r["name"]: r["path"] for r in resources if r["path"].endswith(".csv")} == {
        name: f"dist/{name}.csv" for name in TABLES
    }
    assert len({resource["name"] for resource in resources}) == len(resources)


def test_the_descriptor_is_a_data_package_of_version_two(seed_package):
    found = descriptor_of(seed_package)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert found["name"] == "kremlin-meetings"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["created"])
    dates = pq.read_table(seed_package / "dist/meetings.parquet").column("date").to_pylist()
    assert found["temporal"] == {"start": min(dates).isoformat(), "end": max(dates).isoformat()}
    assert found["languages"] == ["en"]
    assert all(contributor["title"] and contributor["roles"] for contributor in found["contributors"])


def test_the_descriptor_lets_csv_refer_and_says_how_it_is_written(seed_package):
    resources = {resource["name"]: resource for resource in descriptor_of(seed_package)["resources"]}
    utterances = resources["utterances"]
    assert utterances["dialect"] == {
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "header": True,
    }
    assert utterances["schema"]["primaryKey"] == ["utterance_id"]
    assert utterances["schema"]["foreignKeys"] == [
        {"fields": ["meeting_id"], "reference": {"resource": "meetings", "fields": ["meeting_id"]}},
        {"fields": ["speaker_id"], "reference": {"resource": "speakers", "fields": ["speaker_id"]}},
    ]


def test_the_descriptor_is_text_that_a_reader_can_compare(seed_package):
    content = (seed_package / "datapackage.json").read_bytes()
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert content.count(b"\n") > 1000


def test_no_file_says_where_it_was_made(seed_package):
    folders = [str(folder).encode() for folder in (PROJECT, seed_package, Path.home(), PROJECT.parent)]
    for name, content in files_of(seed_package).items():
        assert not [folder for folder in folders if len(folder) > 4 and folder in content], name


# ---------------------------------------------------------------------------------------------------------------------
# Licence and version


def test_the_licence_is_in_the_package_with_the_attribution_it_asks_for(seed_package):
    text = (seed_package / "dist/LICENSE.txt").read_text("utf-8")
    assert "Creative Commons Attribution 4.0 International (CC-BY-4.0)" in text
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
    assert "Attribution: President of Russia, kremlin.ru (http://en.kremlin.ru)" in text


def test_the_descriptor_names_licence_and_source(seed_package):
    found = descriptor_of(seed_package)
    assert [(licence["name"], licence["path"]) for licence in found["licenses"]] == [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
    ]
    assert [source["path"] for source in found["sources"]] == ["http://en.kremlin.ru"]


def citation() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))


def test_the_citation_names_the_licence_of_the_data():
    assert citation()["license"] == "CC-BY-4.0"


def version_of_the_project() -> str:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_the_citation_has_the_version_of_the_project():
    assert str(citation()["version"]) == version_of_the_project()


@pytest.mark.parametrize(
    ("version", "project", "code", "expected"),
    [
        ("1.2", None, "no-version", "1.2.3"),
        ("next", '[project]\nversion = "next"\n', "no-version", "1.2.3"),
        ("1.2.3", '[project]\nversion = "1.2.4"\n', "version-mismatch", "1.2.4"),
    ],
)
def test_a_version_that_is_none_or_not_that_of_the_project_is_an_error(tmp_path, version, project, code, expected):
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project, "utf-8")
    problem = refusal(check_version, version, tmp_path / "CITATION.cff", tmp_path / "pyproject.toml")
    assert (problem.code, problem.found) == (code, version)
    assert expected in problem.expected
    assert "CITATION.cff" in str(problem)
    assert "pyproject.toml" in str(problem)


def test_without_a_project_file_a_version_is_compared_with_nothing(tmp_path):
    assert check_version("1.2.3", tmp_path / "CITATION.cff", tmp_path / "pyproject.toml") is None


def test_the_descriptor_has_the_version_of_the_project(seed_package):
    assert descriptor_of(seed_package)["version"] == version_of_the_project()


def test_every_parquet_file_has_the_version_of_the_project(seed_package):
    for table in TABLES:
        metadata = pq.read_schema(seed_package / f"dist/{table}.parquet").metadata
        assert metadata[b"version"].decode() == version_of_the_project()


def test_the_licence_file_has_the_version_of_the_project(seed_package):
    first = (seed_package / "dist/LICENSE.txt").read_text("utf-8").splitlines()[0]
    assert first.startswith(f"Kremlin Meetings {version_of_the_project()}:")


def test_the_latest_entry_of_the_changelog_is_the_version_of_the_project():
    lines = (PROJECT / "CHANGELOG.md").read_text("utf-8").splitlines()
    headings = [line for line in lines if re.match(r"## \[?\d", line)]
    assert headings
    assert re.match(rf"## \[?{re.escape(version_of_the_project())}\b", headings[0])


def test_the_package_was_created_on_the_day_of_the_release(seed_package):
    assert descriptor_of(seed_package)["created"] == f"{citation()['date-released']}T00:00:00Z"


# ---------------------------------------------------------------------------------------------------------------------
# The same sources give the same bytes


def test_the_committed_package_is_what_the_seeds_give(complete_package):
    advice = "; the seeds or the code have changed since they were written: refresh them with `make build`"
    assert_equal(PROJECT, complete_package, advice)


@pytest.mark.slow
def test_the_surroundings_do_not_show(complete_package, builder, tmp_path):
    """Many at once; `make reproduce` takes them one by one, and more of them."""
    environment = {
        "PYTHONPATH": str(PROJECT),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4294967295",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONOPTIMIZE": "2",
        "OMP_NUM_THREADS": "1",
    }
    files = SEED_PAGES[::-1]
    command = ("build", *files, "--output", tmp_path / "out", "--quiet", "--exports", "all")
    result = builder(*command, env=environment, cwd=tmp_path, umask=0o077)
    assert result.returncode == 0, result.stderr
    assert_equal(tmp_path / "out", complete_package)


def test_a_build_over_an_older_package_leaves_nothing_of_it(seed_package, tmp_path):
    build(gather([pages.save(tmp_path / "pages", page=pages.main(*pages.TALK))]), tmp_path / "out")
    build(gather([SEEDS]), tmp_path / "out")
    assert_equal(tmp_path / "out", seed_package)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"dist", "datapackage.json"}


@pytest.fixture(scope="module")
def renamed_package(tmp_path_factory) -> Path:
    """The package of the seeds under other names, in another order, one of them in a folder of its own."""
    folder = tmp_path_factory.mktemp("renamed")
    (folder / "seeds/deeper").mkdir(parents=True)
    for number, file in enumerate(SEED_PAGES[::-1]):
        name = f"{number} page" if number else "deeper/ä"
        shutil.copy(file, folder / f"seeds/{name}{file.suffix}")
    for place in (folder / "seeds", folder / "seeds/deeper"):
        shutil.copy(SEEDS / "provenance.csv", place)
    build(gather([folder / "seeds"]), folder / "out")
    return folder / "out"


def test_renamed_seeds_change_the_table_of_sources_and_what_hashes_it(seed_package, renamed_package):
    one, other = files_of(seed_package), files_of(renamed_package)
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == {
        *(f"dist/sources.{form}" for form in FORMS),
        "dist/SHA256SUMS",
        "datapackage.json",
    }


def test_renamed_seeds_change_nothing_in_the_descriptor_but_sizes_and_hashes_of_sources(seed_package, renamed_package):
    one, other = descriptor_of(seed_package), descriptor_of(renamed_package)
    for found in (one, other):
        for resource in found["resources"]:
            if resource["path"].startswith("dist/sources."):
                del resource["bytes"], resource["hash"]
    assert one == other


def test_renamed_seeds_change_nothing_in_the_rows_of_sources_but_their_paths(seed_package, renamed_package):
    one, other = (
        pq.read_table(package / "dist/sources.parquet").to_pylist() for package in (seed_package, renamed_package)
    )
    assert [row["path"].rpartition(".")[0] for row in other] == [
        *sorted(f"{number} page" for number in range(1, len(one))),
        "deeper/ä",
    ]
    for rows in (one, other):
        for row in rows:
            del row["path"]
    assert sorted(map(repr, one)) == sorted(map(repr, other))


# ---------------------------------------------------------------------------------------------------------------------
# Strangers


@pytest.fixture(scope="module")
def profile() -> dict[str, Any]:
    """The profile that every descriptor of Data Package 2.0 has to fit, as a package carries it for use offline."""
    found = importlib.util.find_spec("dplib")
    if found is None or found.origin is None:
        pytest.skip("dplib-py is not installed, which carries the profile of Data Package 2.0")
    return json.loads((Path(found.origin).parent / "profiles/2.0/datapackage.json").read_text("utf-8"))


def test_the_descriptor_fits_the_profile_of_data_package_two(seed_package, profile):
    validator = jsonschema.validators.validator_for(profile)(profile)
    assert [(error.json_path, error.message) for error in validator.iter_errors(descriptor_of(seed_package))] == []


def assert_frictionless_accepts(package: Path) -> None:
    report = frictionless.validate(package / "datapackage.json")
    errors = report.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    assert report.valid, "\n".join(map(str, errors[:10]))
    assert len(report.tasks) == len(FILES - {"LICENSE.txt"})


def test_frictionless_accepts_the_package(seed_package):
    assert_frictionless_accepts(seed_package)


@pytest.mark.slow
def test_frictionless_reads_every_row_of_every_table(seed_package):
    """So that its praise is worth something: a table taken for a mere file would always pass."""
    report = frictionless.validate(seed_package / "datapackage.json")
    rows = {task.name: task.stats.get("rows") for task in report.tasks if task.type == "table"}
    wanted = {table: pq.read_metadata(seed_package / f"dist/{table}.parquet").num_rows for table in TABLES}
    assert rows == wanted | {f"{table}-jsonl": count for table, count in wanted.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change", "error"),
    [
        ("meetings.csv", (b"2017-12-27,", b"2017-12-32,"), "type-error"),
        ("participations.csv", (b'"label"', b'"lapel"'), "constraint-error"),
        ("utterances.csv", (b'0002","2017', b'0001","2017'), "primary-key"),
        ("utterances.csv", (b'"vladimir-putin"', b'"vladimir-patin"'), "foreign-key"),
        ("segments.jsonl", (b'"kind":"speech"', b'"kind":"speach"'), "constraint-error"),
        ("speakers.parquet", (b"Putin", b"Patin"), "hash-count"),
    ],
    ids=["a date", "an enum", "a key", "a reference", "a line of JSON", "a byte of Parquet"],
)
def test_frictionless_finds_what_is_wrong(seed_package, tmp_path, name, change, error):
    before, after = change
    package = shutil.copytree(seed_package, tmp_path / "package")
    path = package / "dist" / name
    content = path.read_bytes()
    path.write_bytes(content.replace(before, after, 1) if before in content else content[:-9] + b"x" + content[-8:])
    report = frictionless.validate(package / "datapackage.json")
    assert error in {found[0] for found in report.flatten(["type"])}


INVENTED = {
    "without_speech": {"news": pages.main("Rudolf Elphberg opened a railway station in Zenda.")},
    "without_people": {"questions": pages.main("Question: Who is there?", "Remark: Nobody.")},
    "bare": {"bare": pages.accessible("Nothing was said.", place=None)},
    "awkward": {
        "awkward": pages.main(
            'Rudolf Elphberg: "Quoted", and, with commas',
            "=1+1",
            "Rupert Hentzau: Документ – 𝔸 e\u0301.",
            title="Meeting with “Rupert” Hentzau, & others",
        )
    },
    "duplicates": {"one": pages.main(*pages.TALK), "two": pages.main(*pages.TALK, topics=("Foreign policy",))},
}


@pytest.fixture(params=INVENTED)
def invented_package(request, tmp_path) -> Path:
    """Packages of invented pages: with no utterance, no speaker, hardly a field, awkward characters, a duplicate."""
    folder = pages.save(tmp_path / "pages", **INVENTED[request.param])
    build(gather([folder]), tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.slow
def test_an_invented_package_passes_frictionless_and_verify(invented_package):
    assert_frictionless_accepts(invented_package)
    assert [check for check in verify_package(invented_package) if not check.passed] == []


# ---------------------------------------------------------------------------------------------------------------------
# It is safe to open

FORMULAS = ("=1+1", "+1-1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://zenda.example/","a")', "=cmd|' /C calc'!A0")


def test_text_that_a_spreadsheet_would_run_is_left_as_it_is_in_every_format(tmp_path):
    """As docs/loading.md says: what was said is not changed for the sake of one reader."""
    page = pages.main(*(f"Rudolf Elphberg: {formula}" for formula in FORMULAS))
    build(gather([pages.save(tmp_path / "pages", page=page)]), tmp_path / "out")
    dist = tmp_path / "out/dist"
    with (dist / "utterances.csv").open(encoding="utf-8", newline="") as file:
        from_csv = [row["text"] for row in csv.DictReader(file)]
    from_jsonl = [json.loads(line)["text"] for line in (dist / "utterances.jsonl").read_text("utf-8").splitlines()]
    from_parquet = pq.read_table(dist / "utterances.parquet").column("text").to_pylist()
    assert from_csv == from_jsonl == from_parquet == list(FORMULAS)
    told = (PROJECT / "docs/loading.md").read_text("utf-8")
    assert "a spreadsheet may take it for a formula" in " ".join(told.split())


def test_no_file_of_the_package_can_be_executed_or_leads_elsewhere(seed_package):
    for path in (seed_package / "datapackage.json", *(seed_package / "dist").rglob("*")):
        mode = path.lstat().st_mode
        assert stat.S_ISREG(mode), path.name
        assert mode & 0o111 == 0, path.name


def test_no_file_of_the_package_is_one_that_programs_run_or_browsers_show(seed_package):
    names = {path.name for path in (seed_package / "dist").iterdir()}
    assert {name.partition(".")[2] for name in names} == {"csv", "jsonl", "parquet", "txt", ""}
    types = {resource["mediatype"] for resource in descriptor_of(seed_package)["resources"]}
    assert types == {"text/csv", "application/jsonl", "application/vnd.apache.parquet"}
    starts = {path.name: path.read_bytes()[:2] for path in (seed_package / "dist").iterdir()}
    assert [name for name, start in starts.items() if start in (b"#!", b"MZ", b"\x7fE", b"<!", b"<h")] == []


def test_no_committed_file_of_the_package_can_be_executed():
    if not (PROJECT / ".git").exists():
        pytest.skip("this is no checkout of git")
    command = ["git", "ls-files", "--stage", "dist", "datapackage.json"]
    tracked = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.splitlines()
    modes = {line.partition("\t")[2]: line.partition(" ")[0] for line in tracked}
    assert modes.keys() == {"datapackage.json", "dist/SHA256SUMS", *(f"dist/{name}" for name in listed(PROJECT))}
    assert {name: mode for name, mode in modes.items() if mode != "100644"} == {}


# ---------------------------------------------------------------------------------------------------------------------
# Pages that hold little


def test_a_page_without_speech_is_a_meeting_without_utterances(tmp_path):
    """And the tables that are empty for it are there all the same."""
    build(gather([pages.save(tmp_path / "pages", **INVENTED["without_speech"])]), tmp_path / "out")
    rows = {table: pq.read_table(tmp_path / f"out/dist/{table}.parquet").to_pylist() for table in TABLES}
    assert len(rows["meetings"]) == len(rows["sources"]) == 1
    assert not rows["utterances"] + rows["speakers"] + rows["participations"]
    assert rows["meetings"][0]["utterance_count"] == rows["meetings"][0]["word_count"] == 0
    assert listed(tmp_path / "out").keys() == FILES
