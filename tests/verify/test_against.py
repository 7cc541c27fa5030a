"""Two packages side by side: what was added, changed or lost, and which version number that calls for."""

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import Result

from builder.build.pipeline import build
from builder.reading.discovery import gather
from builder.verify.against import Change, Comparison, compare
from tests.support import pages
from tests.support.commands import run
from tests.support.resealing import copied
from tests.support.told import briefs_of, problems_of

TALKS = {
    "one": pages.main(*pages.TALK),
    "two": pages.main("Rudolf Elphberg: Good morning.", title="Greetings", date="May 5, 2018"),
}


def packaged(folder: Path, **texts: str) -> Path:
    """The folder of the package of these pages."""
    build(gather([pages.save(folder / "pages", **texts)]), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the two talks. Never change it: copy it."""
    return packaged(tmp_path_factory.mktemp("old"), **TALKS)


def verify(*arguments: object) -> Result:
    return run("verify", *arguments)


def as_listed(package: Path) -> Path:
    """A package that was changed, with the checksums that it has now, as if it had been released so."""
    dist = package / "dist"
    names = sorted(path.name for path in dist.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256((dist / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (dist / "SHA256SUMS").write_text("".join(lines), "utf-8")
    return package


def said(comparison: Comparison) -> list[tuple[str, str]]:
    return [(change.what, str(change)) for change in comparison.changes]


def rewrite(package: Path, table: str, **changes: object) -> None:
    """Writes a table's Parquet file anew, with a column dropped (null) or added."""
    path = package / f"dist/{table}.parquet"
    rows = pq.read_table(path)
    for column, values in changes.items():
        rows = rows.drop_columns([column]) if values is None else rows.append_column(column, [values])
    pq.write_table(rows, path)


# ---------------------------------------------------------------------------------------------------------------------
# What changed


def test_a_package_is_the_same_as_itself(old: Path, tmp_path: Path) -> None:
    comparison = compare(old, copied(old, tmp_path / "new"))
    assert (said(comparison), comparison.level, comparison.least_version) == ([], "none", comparison.old_version)
    assert comparison.is_version_right


def test_the_same_rows_in_other_bytes_are_a_patch(old: Path, tmp_path: Path) -> None:
    new = copied(old, tmp_path / "new")
    sums = new / "dist/SHA256SUMS"
    sums.write_text(sums.read_text().replace("0", "1", 1))
    comparison = compare(old, new)
    assert (said(comparison), comparison.level) == ([], "patch")
    assert not comparison.is_version_right


def test_a_meeting_added_is_a_minor_change_however_its_speakers_names_grow(old: Path, tmp_path: Path) -> None:
    page = pages.main("RUDOLF ELPHBERG: Good night.", title="Farewell", date="May 6, 2018")
    comparison = compare(old, packaged(tmp_path, **TALKS, three=page))
    assert comparison.level == "minor"
    lines = said(comparison)
    assert ("added", "meetings: 2018-05-06-farewell") in lines
    assert ("added", "utterances: 2018-05-06-farewell-0001") in lines
    assert ("added", "sources: three.txt") in lines
    assert any(line.startswith("speakers: rudolf-elphberg: aliases: ") for _, line in lines)
    assert {what for what, _ in lines} == {"added"}


def test_what_is_said_of_all_meetings_together_may_grow(old: Path, tmp_path: Path) -> None:
    page = pages.main("President of Ruritania Rudolf Elphberg: Good night.", title="Farewell", date="May 6, 2018")
    lines = said(compare(old, packaged(tmp_path, **TALKS, three=page)))
    name = "names: rudolf-elphberg, Rudolf Elphberg, full_name: meeting_count: 2 → 3"
    office = "offices: rudolf-elphberg, President of Ruritania: last_date: 2018-05-04 → 2018-05-06"
    assert {("added", name), ("added", office)} <= {*lines}
    assert {what for what, _ in lines} == {"added"}


def test_a_word_changed_is_a_major_change_and_every_field_that_it_changes_is_listed(old: Path, tmp_path: Path) -> None:
    talks = TALKS | {"two": TALKS["two"].replace("Good morning.", "Good evening, all.")}
    comparison = compare(old, packaged(tmp_path, **talks))
    assert comparison.level == "major"
    lines = said(comparison)
    meeting = "2018-05-05-greetings"
    assert ("changed", f"meetings: {meeting}: word_count: 2 → 3") in lines
    assert ("changed", f'utterances: {meeting}-0001: text: "Good morning." → "Good evening, all."') in lines
    assert any(what == "changed" and line.startswith(f"segments: {meeting}: segments from ") for what, line in lines)
    # The other meeting is as it was.
    assert not [line for _, line in lines if "2018-05-04" in line]


def test_a_meeting_that_is_gone_is_a_major_change_and_all_that_it_held_is_listed(old: Path, tmp_path: Path) -> None:
    comparison = compare(old, packaged(tmp_path, one=TALKS["one"]))
    assert comparison.level == "major"
    assert {
        ("gone", "meetings: 2018-05-05-greetings"),
        ("gone", "utterances: 2018-05-05-greetings-0001"),
        ("gone", "sources: two.txt"),
        ("gone", "participations: 2018-05-05-greetings, rudolf-elphberg"),
    } <= set(said(comparison))


def test_a_column_less_is_a_major_change(old: Path, tmp_path: Path) -> None:
    new = copied(old, tmp_path / "new")
    rewrite(new, "meetings", lead=None)
    comparison = compare(old, new)
    assert (said(comparison), comparison.level) == ([("gone", "meetings: column lead")], "major")


def test_a_column_more_is_a_minor_change(old: Path, tmp_path: Path) -> None:
    new = copied(old, tmp_path / "new")
    rewrite(new, "meetings", mood=["merry", "grave"])
    comparison = compare(old, new)
    assert (said(comparison), comparison.level) == ([("added", "meetings: column mood")], "minor")


@pytest.mark.parametrize(("swapped", "expected"), [(False, "gone"), (True, "added")])
def test_a_table_more_or_less_is_told_as_one_change(old: Path, tmp_path: Path, swapped: bool, expected: str) -> None:
    new = copied(old, tmp_path / "new")
    (new / "dist/participations.parquet").unlink()
    comparison = compare(as_listed(new), old) if swapped else compare(old, new)
    assert said(comparison) == [(expected, "participations: the table")]


def test_a_column_of_another_type_is_a_major_change(old: Path, tmp_path: Path) -> None:
    new = copied(old, tmp_path / "new")
    rows = pq.read_table(new / "dist/meetings.parquet")
    index = rows.column_names.index("word_count")
    rows = rows.set_column(index, "word_count", rows.column("word_count").cast("int32"))
    pq.write_table(rows, new / "dist/meetings.parquet")
    comparison = compare(old, new)
    assert (comparison.level, comparison.changes[0].field) == ("major", "type of word_count")


# ---------------------------------------------------------------------------------------------------------------------
# Which version that calls for


@pytest.mark.parametrize(
    ("changes", "same_files", "least"),
    [
        ((), True, "1.2.3"),
        ((), False, "1.2.4"),
        ((Change("meetings", "added", "a"),), False, "1.3.0"),
        ((Change("meetings", "added", "a"), Change("meetings", "gone", "b")), False, "2.0.0"),
        ((Change("meetings", "changed", "a", "title", "A", "B"),), False, "2.0.0"),
    ],
)
def test_the_change_says_which_part_of_the_version_to_raise(
    changes: tuple[Change, ...], same_files: bool, least: str
) -> None:
    comparison = Comparison("1.2.3", "1.2.3", same_files, changes)
    assert comparison.least_version == least
    assert comparison.is_version_right == (least == "1.2.3")


@pytest.mark.parametrize(("version", "right"), [("1.9.9", False), ("2.0.0", True), ("2.0.1", True), ("10.0.0", True)])
def test_versions_are_compared_as_numbers(version: str, right: bool) -> None:
    assert Comparison("1.2.3", version, False, (Change("meetings", "gone", "b"),)).is_version_right == right


# ---------------------------------------------------------------------------------------------------------------------
# The command


def test_verify_lists_the_changes_and_fails_where_the_version_is_too_low(old: Path, tmp_path: Path) -> None:
    new = packaged(tmp_path, one=TALKS["one"])
    result = verify(new, "--against", old, "--changes", tmp_path / "changes.jsonl")
    assert result.exit_code == 1
    assert "meetings: 1 gone\n         meetings: 2018-05-05-greetings\n" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("WRONG  version ")
    assert result.stdout.splitlines()[-1].endswith(" at least: data changed or are gone")
    written = [json.loads(line) for line in (tmp_path / "changes.jsonl").read_text("utf-8").splitlines()]
    assert {
        "table": "meetings",
        "what": "gone",
        "key": "2018-05-05-greetings",
        "field": None,
        "old": None,
        "new": None,
        "reason": None,
    } in (written)


def test_verify_passes_where_nothing_changed(old: Path) -> None:
    result = verify(old, "--against", old)
    assert (result.exit_code, "no row and no column differs" in result.stdout) == (0, True)


def test_what_is_no_package_cannot_be_compared_with(old: Path, tmp_path: Path) -> None:
    assert briefs_of(verify(old, "--against", tmp_path, "--json")) == [f"{tmp_path}: no-package"]


def test_a_damaged_older_table_is_named(old: Path, tmp_path: Path) -> None:
    new = copied(old, tmp_path / "new")
    (new / "dist/meetings.parquet").write_bytes(b"PAR1 no more PAR1")
    (told,) = briefs_of(verify(old, "--against", as_listed(new), "--json"))
    assert told == f"{new}/dist/meetings.parquet and {old}/dist/meetings.parquet: damaged-package"


def test_an_older_package_that_is_not_as_its_checksums_say_is_not_compared_with(old: Path, tmp_path: Path) -> None:
    """What it lacks would pass for added, and what it holds twice for nothing."""
    damaged = copied(old, tmp_path / "new")
    (damaged / "dist/names.csv").unlink()
    rows = pq.read_table(damaged / "dist/utterances.parquet")
    pq.write_table(pa.concat_tables([rows, rows]), damaged / "dist/utterances.parquet")
    result = verify(old, "--against", damaged, "--json")
    assert result.exit_code == 1
    assert briefs_of(result) == [
        f"{damaged}/dist/names.csv: wrong-checksum",
        f"{damaged}/dist/utterances.parquet: wrong-checksum",
    ]
    assert problems_of(result)[0]["found"] == "No such file or directory"


def test_an_older_table_out_of_order_is_named(old: Path, tmp_path: Path) -> None:
    odd = copied(old, tmp_path / "new")
    rows = pq.read_table(odd / "dist/meetings.parquet")
    pq.write_table(rows.sort_by([("meeting_id", "descending")]), odd / "dist/meetings.parquet")
    result = verify(old, "--against", as_listed(odd), "--json")
    assert result.exit_code == 1
    (problem,) = problems_of(result)
    assert problem["code"] == "damaged-package"
    assert "2018-05-04-meeting-with-rupert-hentzau after 2018-05-05-greetings" in problem["found"]


def test_an_older_key_of_another_type_is_named(old: Path, tmp_path: Path) -> None:
    odd = copied(old, tmp_path / "new")
    rows = pq.read_table(odd / "dist/segments.parquet")
    numbers = pa.array(range(rows.num_rows), pa.int64())
    pq.write_table(rows.set_column(0, "meeting_id", numbers), odd / "dist/segments.parquet")
    result = verify(old, "--against", as_listed(odd), "--json")
    assert (result.exit_code, [problem["code"] for problem in problems_of(result)]) == (1, ["damaged-package"])


@pytest.mark.parametrize("version", ['"one"', "[1]", '"0.1.0-beta"', '"-1.0.0"', "null", "[" * 100_000])
def test_an_older_version_that_is_none_is_named(old: Path, tmp_path: Path, version: str) -> None:
    odd = copied(old, tmp_path / "new")
    (odd / "datapackage.json").write_text(f'{{"version": {version}}}', "utf-8")
    result = verify(old, "--against", odd, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{odd}: no-package"])


def test_changes_are_written_only_of_a_comparison(old: Path, tmp_path: Path) -> None:
    result = verify(old, "--changes", tmp_path / "changes.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("--changes: ")
