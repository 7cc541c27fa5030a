"""The referee: whatever is wrong with a package, `verify` says so, and says where."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.build.pipeline import build
from builder.package import formats
from builder.reading.discovery import gather
from builder.verify import verify_package
from schema.tables import BY_NAME, TABLES
from tests.conftest import PROJECT
from tests.support import pages
from tests.support.commands import run
from tests.support.resealing import Rows, reseal, rewrite, rows_of, write_format
from tests.support.told import findings_of

CHECKS = (
    *("files", "descriptor", "schemas", "formats", "rows", "keys", "references", "counts", "people", "mentions"),
    *("sources", "segments", "meetings", "utterances", "exports"),
)
WITH_SOURCES = ("described", "paragraphs", "reread")

FORMATS = tuple(sorted(form.name for form in formats.FORMATS))
FILES = ("LICENSE.txt", *(f"{table.name}.{form}" for table in TABLES for form in FORMATS))

M17 = "2017-12-27-meeting-with-president-of-kazakhstan-nursultan-nazarbayev"
M19 = "2019-04-03-beginning-of-conversation-with-kassym-jomart-tokayev"
M20 = "2020-03-10-meeting-with-nursultan-nazarbayev"
M21 = "2021-06-30-meeting-with-nursultan-nazarbayev"
SEED_19 = "000_120d7ad5254d731b.txt"


@pytest.fixture
def package(seed_package, tmp_path) -> Path:
    """A copy of the package, to be damaged."""
    return shutil.copytree(seed_package, tmp_path / "package")


def findings(package: Path) -> dict[str, tuple[str, ...]]:
    """What is wrong, by the check that found it; empty where nothing is."""
    return findings_of(verify_package(package))


def all_findings(package: Path) -> str:
    return "\n".join(finding for some in findings(package).values() for finding in some)


def flip(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)


def replace(path: Path, before: str, after: str) -> None:
    content = path.read_bytes().decode("utf-8")
    assert content.count(before) >= 1
    path.write_bytes(content.replace(before, after, 1).encode("utf-8"))


def pick(rows: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    """The first row with these values."""
    return next(row for row in rows if all(row[name] == value for name, value in values.items()))


# ---------------------------------------------------------------------------------------------------------------------
# A whole package


def test_a_whole_package_passes_every_check(seed_package):
    assert tuple(check.name for check in verify_package(seed_package)) == CHECKS
    assert findings(seed_package) == {}


def test_a_package_written_anew_from_its_own_rows_passes(seed_package, package):
    """So that what the tests below find is the damage, and not the way they do it."""
    rewrite(package, rows_of(package))
    assert findings(package) == {}
    for name in FILES:
        if not name.endswith(".parquet"):
            assert (package / "dist" / name).read_bytes() == (seed_package / "dist" / name).read_bytes(), name


def test_a_package_whose_checksums_are_stated_anew_passes(package):
    reseal(package)
    assert findings(package) == {}


# ---------------------------------------------------------------------------------------------------------------------
# Files


@pytest.mark.parametrize("name", ["extra.csv", "meetings (1).csv", ".DS_Store", "deeper/meetings.csv", "SHA256SUMS~"])
def test_a_file_too_many_is_found(package, name):
    path = package / "dist" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")
    assert findings(package) == {"files": (f"dist/{name}",)}


def test_a_file_too_many_is_found_though_it_is_listed(package):
    """The contract says what dist/ holds; a list does not make it more."""
    (package / "dist/extra.csv").write_text("x", "utf-8")
    reseal(package)
    assert "extra.csv" in all_findings(package)


def test_a_missing_licence_is_found_though_it_is_not_listed(package):
    (package / "dist/LICENSE.txt").unlink()
    reseal(package)
    assert "LICENSE.txt" in all_findings(package)


def test_another_licence_is_found_though_its_checksum_is_right(package):
    (package / "dist/LICENSE.txt").write_text("All rights reserved.\n", "utf-8")
    reseal(package)
    assert "LICENSE.txt" in all_findings(package)


def test_a_flipped_digit_in_the_checksums_is_found(package):
    path = package / "dist/SHA256SUMS"
    line = path.read_text("utf-8").index("  segments.jsonl")
    flip(path, line - 1)
    (finding,) = findings(package)["files"]
    assert finding == "dist/segments.jsonl"


def test_a_flipped_letter_of_a_name_in_the_checksums_is_found(package):
    replace(package / "dist/SHA256SUMS", "  segments.jsonl", "  segmentz.jsonl")
    assert findings(package) == {"files": ("dist/segments.jsonl", "dist/segmentz.jsonl")}


@pytest.mark.parametrize(
    "line", ["", "abc  meetings.csv", "x", f"{'0' * 64} meetings.csv", f"{'0' * 64}  meetings.csv"]
)
@pytest.mark.slow
def test_a_line_too_many_in_the_checksums_is_found(package, line):
    """An empty one, one that is none of its, one that stands there already."""
    path = package / "dist/SHA256SUMS"
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")
    (check,) = (check for check in verify_package(package) if check.name == "files")
    (finding,) = check.findings
    assert finding.file == "dist/SHA256SUMS"
    assert f"SHA256SUMS:{len(FILES) + 1}: " in finding.text


@pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
def test_checksums_that_list_nothing_are_found(package, content):
    (package / "dist/SHA256SUMS").write_bytes(content)
    assert "files" in findings(package)


def test_missing_checksums_are_found(package):
    (package / "dist/SHA256SUMS").unlink()
    assert findings(package)["files"] == ("dist/SHA256SUMS",)


def test_a_missing_dist_is_found_by_every_check(package):
    shutil.rmtree(package / "dist")
    assert tuple(findings(package)) == CHECKS


def test_an_empty_folder_passes_no_check(tmp_path):
    assert tuple(findings(tmp_path)) == CHECKS


# ---------------------------------------------------------------------------------------------------------------------
# The descriptor


def set_(*path: str | int, to: Any) -> Callable[[Any], None]:
    def change(descriptor: Any) -> None:
        for step in path[:-1]:
            descriptor = descriptor[step]
        descriptor[path[-1]] = to

    return change


def drop(*path: str | int) -> Callable[[Any], None]:
    def change(descriptor: Any) -> None:
        for step in path[:-1]:
            descriptor = descriptor[step]
        del descriptor[path[-1]]

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "place"),
    [
        (set_("title", to="Ruritanian Meetings"), "title"),
        (set_("description", to="x"), "description"),
        (set_("$schema", to="https://example.org"), "$schema"),
        (set_("licenses", 0, "name", to="CC0-1.0"), "licenses[0].name"),
        (set_("sources", to=[]), "sources"),
        (set_("temporal", "start", to="2017-12-28"), "temporal.start"),
        (drop("temporal"), "temporal"),
        (drop("keywords", 0), "keywords"),
        (drop("resources", 17), "resources"),
        (set_("resources", 0, "path", to="dist/utterances.csv"), "resources[0].path"),
        (set_("resources", 0, "hash", to=f"sha256:{'0' * 64}"), "resources[0].hash"),
        (set_("resources", 17, "hash", to=f"sha256:{'0' * 64}"), "resources[17].hash"),
        (set_("resources", 0, "bytes", to=1), "resources[0].bytes"),
        (set_("resources", 0, "bytes", to="1"), "resources[0].bytes"),
        (set_("resources", 0, "dialect", "delimiter", to=";"), "resources[0].dialect.delimiter"),
        (set_("resources", 0, "schema", "primaryKey", to=["title"]), "resources[0].schema.primaryKey[0]"),
        (drop("resources", 1, "schema", "foreignKeys"), "resources[1].schema.foreignKeys"),
        (set_("resources", 0, "schema", "fields", 4, "type", to="string"), "resources[0].schema.fields[4].type"),
        (set_("resources", 0, "schema", "fields", 4, "name", to="day"), "resources[0].schema.fields[4].name"),
        (
            set_("resources", 0, "schema", "fields", 2, "description", to="x"),
            "resources[0].schema.fields[2].description",
        ),
        (drop("resources", 0, "schema", "fields", 3, "constraints", "enum", 0), "fields[3].constraints.enum"),
        (drop("resources", 0, "schema", "fields", 2, "constraints", "required"), "fields[2].constraints.required"),
        (set_("remark", to="x"), "remark"),
        (set_("remark", to="nothing"), "remark"),
        (set_("resources", 0, "remark", to=None), "resources[0].remark"),
        (drop("created"), "created"),
        (set_("created", to=2026), "created"),
        (set_("created", to="yesterday"), "created"),
        (drop("version"), "version"),
    ],
    ids=lambda value: value if isinstance(value, str) else "changed",
)
def test_a_changed_property_of_the_descriptor_is_found(package, change, place):
    path = package / "datapackage.json"
    before, descriptor = (json.loads(path.read_text("utf-8")) for _ in range(2))
    change(descriptor)
    assert descriptor != before
    path.write_text(json.dumps(descriptor), "utf-8")
    found = findings(package)["descriptor"]
    assert len(found) == 1
    assert found[0].startswith("datapackage.json: ")
    assert f"{place}: expected " in found[0]


def test_a_version_that_the_parquet_files_do_not_state_is_found(package):
    replace(package / "datapackage.json", '"version": "', '"version": "9')
    found = findings(package)["schemas"]
    assert [finding.partition(":")[0] for finding in found] == [f"dist/{table.name}.parquet" for table in TABLES]
    assert "version in its metadata: expected " in found[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe{}", b"{}", b"[" * 100_000, b'{"resources": 5}'],
    ids=["empty", "half", "a list", "null", "a text", "not UTF-8", "an empty object", "deep", "other types"],
)
@pytest.mark.slow
def test_a_descriptor_that_is_none_is_found(package, content):
    (package / "datapackage.json").write_bytes(content)
    assert any(finding.startswith("datapackage.json") for finding in findings(package)["descriptor"])


def test_a_missing_descriptor_is_found(package):
    (package / "datapackage.json").unlink()
    assert findings(package)["descriptor"] == ("datapackage.json",)


def test_a_descriptor_laid_out_otherwise_is_found_by_the_line(package):
    """It may say one key twice, and readers differ on which counts."""
    replace(package / "datapackage.json", "{\n", '{\n  "name": "other",\n')
    assert findings(package)["descriptor"] == (
        'datapackage.json:2: expected ""$schema": "https://datapackage.org/profiles/2.0/datapackage.json",", '
        'found ""name": "other","',
    )


# ---------------------------------------------------------------------------------------------------------------------
# One format alone, its checksum and the descriptor stated anew


@pytest.mark.parametrize(
    ("file", "row", "changed", "told"),
    [
        ("utterances.csv", 11, {"text": "Yes, it did!"}, 'expected "Yes, it did.", found "Yes, it did!"'),
        ("utterances.jsonl", 11, {"text": "Yes, it didn’t."}, 'expected "Yes, it did.", found "Yes, it didn’t."'),
        ("speakers.csv", 1, {"wikidata_id": ""}, 'expected null, found ""'),
        ("speakers.csv", 1, {"site_person_id": None}, 'expected "593", found null'),
        ("meetings.csv", 2, {"word_count": 396}, "expected 395, found 396"),
        ("meetings.csv", 2, {"date": dt.date(2019, 4, 4)}, "expected 2019-04-03, found 2019-04-04"),
        ("meetings.csv", 4, {"time": dt.time(18, 41)}, "expected 18:40:00, found 18:41:00"),
        ("meetings.jsonl", 2, {"is_excerpt": False}, "expected True, found False"),
        ("meetings.jsonl", 1, {"topics": []}, "expected null, found []"),
        (
            *("speakers.csv", 2, {"aliases": ["Nursultan Nazarbayev", "Nazarbayev Nursultan"]}),
            "expected ['Nazarbayev Nursultan', 'Nursultan Nazarbayev'], "
            "found ['Nursultan Nazarbayev', 'Nazarbayev Nursultan']",
        ),
        ("segments.csv", 2, {"kind": "elision"}, 'expected "blank", found "elision"'),
    ],
)
def test_one_changed_value_in_one_format_is_found(package, file, row, changed, told):
    table, form = file.split(".")
    rows = rows_of(package)[table]
    rows[row - 1] |= changed
    write_format(package, table, rows, form)
    reseal(package)
    key = ", ".join(str(rows[row - 1][name]) for name in BY_NAME[table].primary_key)
    assert findings(package) == {"formats": (f"dist/{file}: row {row} ({key}): {next(iter(changed))}: {told}",)}


def lines_changed(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(change(lines)), "utf-8", newline="")

    return damage


def keys_backwards(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines = [json.dumps(dict(reversed(row.items())), ensure_ascii=False, separators=(",", ":")) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "damage", "check", "finding"),
    [
        ("speakers.csv", lines_changed(lambda x: x[:-1]), "formats", "dist/speakers.csv: expected 3 rows, found 2"),
        (
            "speakers.csv",
            lines_changed(lambda x: [*x, x[-1]]),
            "formats",
            "dist/speakers.csv: expected 3 rows, found 4",
        ),
        ("speakers.jsonl", lines_changed(lambda x: x[1:]), "formats", "dist/speakers.jsonl: expected 3 rows, found 2"),
        ("speakers.jsonl", lines_changed(lambda x: x[::-1]), "formats", "dist/speakers.jsonl: row 1 (kassym"),
        ("speakers.csv", lines_changed(lambda x: [x[0].upper(), *x[1:]]), "schemas", "dist/speakers.csv"),
        ("speakers.csv", lines_changed(lambda x: x[1:]), "schemas", "dist/speakers.csv"),
        ("speakers.csv", lines_changed(lambda x: [y[:-1] + "\r\n" for y in x]), "schemas", "dist/speakers.csv:1"),
        ("speakers.csv", lines_changed(lambda x: [y[:-1] + ',"x"\n' for y in x]), "schemas", "dist/speakers.csv"),
        ("speakers.csv", lines_changed(lambda x: ["\ufeff", *x]), "schemas", "dist/speakers.csv:1"),
        ("speakers.jsonl", lines_changed(lambda x: ["\n", *x]), "schemas", "dist/speakers.jsonl"),
        (
            "speakers.jsonl",
            lines_changed(lambda x: [y.replace('"593"', "593") for y in x]),
            "schemas",
            "speakers.jsonl",
        ),
        (
            "speakers.jsonl",
            lines_changed(lambda x: [y.replace(',"wikidata_id":null', "") for y in x]),
            "schemas",
            "jsonl",
        ),
        (
            "speakers.jsonl",
            lines_changed(lambda x: [y.replace("}", ',"x":1}') for y in x]),
            "schemas",
            "speakers.jsonl",
        ),
        ("speakers.jsonl", keys_backwards, "schemas", "dist/speakers.jsonl"),
    ],
    ids=[
        "a row less in CSV",
        "a row more in CSV",
        "a row less in JSONL",
        "rows of JSONL backwards",
        "another header",
        "no header",
        "other line ends",
        "a column more",
        "a byte order mark",
        "a blank line",
        "a number for a text",
        "a key missing",
        "a key too many",
        "keys in another order",
    ],
)
def test_one_format_that_is_laid_out_otherwise_is_found(package, name, damage, check, finding):
    damage(package / "dist" / name)
    reseal(package)
    assert finding in "\n".join(findings(package).get(check, ()))


def parquet_changed(package: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    path = package / f"dist/{name}.parquet"
    pq.write_table(change(pq.read_table(path)), path)
    reseal(package)


def test_a_parquet_file_that_differs_from_the_others_is_found(package):
    parquet_changed(package, "speakers", lambda table: table.take([0, 2, 1]))
    found = findings(package)
    assert any(finding.startswith("dist/speakers.csv: row 2 (") for finding in found["formats"])
    assert "speakers: row 3 (nursultan-nazarbayev)" in found["keys"]


def test_a_date_stored_as_text_in_parquet_is_found(package):
    def change(table: pa.Table) -> pa.Table:
        index = table.column_names.index("date")
        field = table.schema.field(index).with_type(pa.string())
        return table.set_column(index, field, table.column("date").cast(pa.string()))

    parquet_changed(package, "meetings", change)
    (finding,) = findings(package)["schemas"]
    assert finding.startswith("dist/meetings.parquet: ")
    assert all(word in finding for word in ("date", "date32[day]", "string"))


def test_columns_in_another_order_in_parquet_are_found(package):
    parquet_changed(package, "speakers", lambda table: table.select(table.column_names[::-1]))
    assert any(finding.startswith("dist/speakers.parquet: expected ") for finding in findings(package)["schemas"])


def test_a_column_missing_from_parquet_is_found(package):
    parquet_changed(package, "speakers", lambda table: table.drop_columns(["wikidata_id"]))
    assert any(finding.startswith("dist/speakers.parquet: expected ") for finding in findings(package)["schemas"])


# ---------------------------------------------------------------------------------------------------------------------
# Every format, checksum and the descriptor changed alike: only the rows themselves can tell


Change = Callable[[Rows], None]
CHANGES: list[Any] = []


def found_by(check: str, *parts: str, exactly: str | None = None) -> Callable[[Change], Change]:
    """Registers a change to the rows, with the check that finds it, parts of what it finds, and a whole finding."""

    def register(change: Change) -> Change:
        CHANGES.append(pytest.param(change, check, parts, exactly, id=change.__name__))
        return change

    return register


# Rows that are not there, or too many


@found_by("references", exactly=f"utterances: row 1 ({M17}-0001): meeting_id: found {M17}")
def a_meeting_dropped(rows):
    del rows["meetings"][0]


@found_by("counts", f"meetings: {M20}: utterance_count: expected 4, found 5")
def the_last_utterance_dropped(rows):
    rows["utterances"].remove(pick(rows["utterances"], utterance_id=f"{M20}-0005"))


@found_by(
    "references",
    exactly=f"participations: row 3 ({M19}, kassym-jomart-tokayev): speaker_id: found kassym-jomart-tokayev",
)
def a_speaker_dropped(rows):
    del rows["speakers"][0]


@found_by(
    "counts",
    f"participations: {M17}: speakers: expected ['nursultan-nazarbayev', 'vladimir-putin'], found ['vladimir-putin']",
)
def a_participation_dropped(rows):
    del rows["participations"][0]


@found_by(
    "counts", f"participations: {M17}: speakers: expected ['nursultan-nazarbayev', 'vladimir-putin'], found ['kassym-"
)
def a_participation_of_someone_who_does_not_speak_there(rows):
    rows["participations"].insert(0, rows["participations"][0] | {"speaker_id": "kassym-jomart-tokayev"})


@found_by("counts", exactly="speakers: zenda")
def a_speaker_who_never_speaks(rows):
    rows["speakers"].append(rows["speakers"][0] | {"speaker_id": "zenda", "name": "Zenda"})


@found_by("sources", f"sources: included ones of {M19}: expected 1, found 0")
def a_source_dropped(rows):
    del rows["sources"][0]


@found_by("sources", f"sources: included ones of {M19}: expected 1, found 2")
def a_second_included_source(rows):
    rows["sources"].append(rows["sources"][0] | {"path": "a second.txt"})


@found_by("keys", f"segments: {M17}, 3: sequence: expected 2, found 3")
def a_segment_dropped(rows):
    del rows["segments"][1]


@found_by("segments", exactly=f"segments: {M17}")
def all_segments_of_a_meeting_dropped(rows):
    rows["segments"] = [row for row in rows["segments"] if row["meeting_id"] != M17]


@found_by("people", "names: vladimir-putin, Vladimir Putin, full_name: meeting_count: expected at most 5, found 6")
def a_name_in_more_meetings_than_its_speaker(rows):
    pick(rows["names"], speaker_id="vladimir-putin")["meeting_count"] = 6


@found_by("people", "speakers: vladimir-putin: aliases: expected ['Vladimir Putin'], found ['Zenda']")
def an_alias_that_is_no_name(rows):
    pick(rows["speakers"], speaker_id="vladimir-putin")["aliases"] = ["Zenda"]


@found_by("people", exactly="speakers: nursultan-nazarbayev: site_person_id: found 593")
def one_number_of_two_speakers(rows):
    pick(rows["speakers"], speaker_id="nursultan-nazarbayev")["site_person_id"] = "593"


@found_by("people", f"offices: nursultan-nazarbayev, President of Kazakhstan: last_date: expected {M17[:10]}, found ")
def an_office_that_lasts_too_long(rows):
    pick(rows["offices"], last_meeting_id=M17)["last_date"] = dt.date(2019, 3, 20)


@found_by("people", exactly="offices: vladimir-putin, President of Zenda")
def an_office_that_nobody_prints(rows):
    rows["offices"].append(rows["offices"][-1] | {"office": "President of Zenda"})


ACTING = "tenures: vladimir-putin, 1999-12-31, Acting President of Russia"


@found_by("people", exactly=ACTING)
def a_tenure_that_is_lost(rows):
    rows["tenures"].remove(pick(rows["tenures"], office="Acting President of Russia"))


@found_by("people", exactly="tenures: vladimir-putin, 2012-05-07, President of Zenda")
def a_tenure_that_the_reference_lacks(rows):
    rows["tenures"][-1]["office"] = "President of Zenda"


@found_by("people", f"{ACTING}: last_date: expected 2000-05-07, found 2000-05-08")
def a_tenure_that_lasts_too_long(rows):
    pick(rows["tenures"], office="Acting President of Russia")["last_date"] = dt.date(2000, 5, 8)


@found_by("people", f"{ACTING}: country: expected ", "found null")
def a_tenure_for_no_state(rows):
    pick(rows["tenures"], office="Acting President of Russia")["country"] = None


@found_by("people", f"{ACTING}: source: expected ", 'found "nowhere"')
def a_tenure_from_another_source(rows):
    pick(rows["tenures"], office="Acting President of Russia")["source"] = "nowhere"


@found_by("references", exactly="tenures: row 7 (zenda, 2012-05-07, President of Russia): speaker_id: found zenda")
def a_tenure_of_nobody_who_speaks(rows):
    rows["tenures"][-1]["speaker_id"] = "zenda"


@found_by("mentions", f"mentions: {M21}, 1: text: expected ", 'found "Kassym-Jomart"')
def a_mention_of_other_words(rows):
    rows["mentions"][0]["text"] = "Kassym-Jomart"


@found_by("mentions", exactly=f"mentions: {M21}, 1")
def a_mention_outside_of_speech(rows):
    rows["mentions"][0] |= {"start_char": 0, "end_char": 21}


@found_by("mentions", exactly=f"mentions: {M21}, 1")
def a_mention_in_another_turn(rows):
    rows["mentions"][0]["utterance_id"] = f"{M21}-0002"


@found_by("mentions", f"mentions: {M21}, 2: sequence: expected 1, found 2")
def a_mention_numbered_with_a_hole(rows):
    rows["mentions"][0]["sequence"] = 2


@found_by("mentions", exactly=f"mentions: {M21}, 1: site_person_id: found null")
def a_link_without_a_number(rows):
    rows["mentions"][0]["kind"] = "link"


@found_by("mentions", f"mentions: {M21}, 1: site_person_id of kassym-jomart-tokayev: expected ", 'found "7"')
def a_mention_with_anothers_number(rows):
    rows["mentions"][0]["site_person_id"] = "7"


# Keys and references


@found_by("references", exactly=f"mentions: row 1 ({M21}, 1): speaker_id: found zenda")
def a_mention_of_nobody_known(rows):
    rows["mentions"][0]["speaker_id"] = "zenda"


@found_by(
    "references", "offices: row 1 (kassym-jomart-tokayev, President of Kazakhstan): first_meeting_id: found 2001-"
)
def an_office_from_no_meeting(rows):
    rows["offices"][0]["first_meeting_id"] = "2001-01-01-talks"


@found_by("references", exactly=f"utterances: row 1 ({M17}-0001): speaker_id: found rudolf-elphberg")
def an_utterance_of_nobody_known(rows):
    rows["utterances"][0]["speaker_id"] = "rudolf-elphberg"


@found_by("references", exactly=f"segments: row 1 ({M17}, 1): utterance_id: found {M17}-0099")
def a_segment_of_no_utterance(rows):
    rows["segments"][0]["utterance_id"] = f"{M17}-0099"


@found_by("references", exactly=f"sources: row 1 ({SEED_19}): meeting_id: found 2018-05-04-talks")
def a_source_of_no_meeting(rows):
    rows["sources"][0]["meeting_id"] = "2018-05-04-talks"


@found_by("references", "participations: row 10 (2023-01-01-talks, vladimir-putin): meeting_id: found 2023-01-01-talks")
def a_participation_in_no_meeting(rows):
    rows["participations"][9]["meeting_id"] = "2023-01-01-talks"


@found_by(
    "counts", f"utterances: {M17}-0001: utterance_id: expected ", f"meetings: {M19}: utterance_count: expected 6,"
)
def an_utterance_moved_to_another_meeting(rows):
    rows["utterances"][0]["meeting_id"] = M19


# Counts and sequences


@found_by("counts", f"meetings: {M20}: utterance_count: expected 5, found 6")
def a_wrong_utterance_count(rows):
    pick(rows["meetings"], meeting_id=M20)["utterance_count"] = 6


@found_by("counts", f"meetings: {M20}: speaker_count: expected 2, found 3")
def a_wrong_speaker_count(rows):
    pick(rows["meetings"], meeting_id=M20)["speaker_count"] = 3


@found_by("counts", f"meetings: {M20}: word_count: expected 442, found 443")
def a_wrong_word_count_of_a_meeting(rows):
    pick(rows["meetings"], meeting_id=M20)["word_count"] = 443


@found_by("utterances", f"utterances: {M20}-0002: word_count: expected 3, found 4")
def a_wrong_word_count_all_along(rows):
    """Wrong in the utterance, its participation and its meeting, so that the sums agree."""
    pick(rows["utterances"], utterance_id=f"{M20}-0002")["word_count"] += 1
    pick(rows["participations"], meeting_id=M20, speaker_id="nursultan-nazarbayev")["word_count"] += 1
    pick(rows["meetings"], meeting_id=M20)["word_count"] += 1


@found_by("counts", f"participations: {M20}, nursultan-nazarbayev: utterance_count: expected 2, found 3")
def a_wrong_utterance_count_of_a_participation(rows):
    pick(rows["participations"], meeting_id=M20, speaker_id="nursultan-nazarbayev")["utterance_count"] = 3


@found_by("counts", f"participations: {M20}, nursultan-nazarbayev: word_count: expected 280, found 281")
def a_wrong_word_count_of_a_participation(rows):
    pick(rows["participations"], meeting_id=M20, speaker_id="nursultan-nazarbayev")["word_count"] = 281


def renumber(rows: Rows, before: str, after: str) -> None:
    for table in ("utterances", "segments"):
        for row in rows[table]:
            if row["utterance_id"] == before:
                row["utterance_id"] = after


@found_by("counts", f"utterances: {M20}-0006: sequence: expected 5, found 6")
def a_hole_in_the_sequence_of_utterances(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0005")["sequence"] = 6
    renumber(rows, f"{M20}-0005", f"{M20}-0006")


@found_by("counts", f'utterances: {M20}-0007: utterance_id: expected "{M20}-0005", found "{M20}-0007"')
def an_utterance_id_that_is_not_its_sequence(rows):
    renumber(rows, f"{M20}-0005", f"{M20}-0007")


@found_by("keys", ": sequence: expected ")
def a_hole_in_the_sequence_of_segments(rows):
    rows["segments"][-1]["sequence"] += 1


@found_by(
    "utterances", f"utterances: {M17}-0001: paragraphs: expected [1, 2, 3, 4, 5, 6, 7], found [1, 2, 3, 4, 5, 6, 8]"
)
def a_hole_in_the_paragraphs_of_an_utterance(rows):
    pick(rows["segments"], utterance_id=f"{M17}-0001", paragraph=7)["paragraph"] = 8


# Roles


@found_by("counts", f'utterances: {M20}-0003: role: expected "President of Russia", found "President of Ruritania"')
def another_role_on_one_utterance_alone(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0003")["role"] = "President of Ruritania"


@found_by("counts", f'utterances: {M20}-0003: role: expected "President of Russia", found null')
def no_role_on_one_utterance_alone(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0003")["role"] = None


@found_by("counts", f"utterances: {M20}-0005: role of a voice without a name: expected null, found ")
def a_role_of_a_voice_without_a_name(rows):
    row = pick(rows["utterances"], utterance_id=f"{M20}-0005")
    row |= {"speaker_id": None, "role": "President of Russia"}


@found_by(
    "counts", f"participations: {M17}, nursultan-nazarbayev: whether role_evidence is none: expected False, found True"
)
def a_role_without_evidence(rows):
    rows["participations"][0]["role_evidence"] = "none"


# The table sources


@found_by("sources", f"sources: {SEED_19}: whether meeting_id is null: expected True, found False")
def a_rejected_source_with_a_meeting(rows):
    rows["sources"][0] |= {"status": "rejected", "reason": "x"}


@found_by("sources", f"sources: {SEED_19}: whether meeting_id is null: expected False, found True")
def an_included_source_without_a_meeting(rows):
    rows["sources"][0]["meeting_id"] = None


@found_by("sources", f"sources: {SEED_19}: whether reason is null: expected True, found False")
def an_included_source_with_a_reason(rows):
    rows["sources"][0]["reason"] = "Because."


@found_by("sources", f"sources: {SEED_19}: whether reason is null: expected False, found True")
def a_duplicate_without_a_reason(rows):
    rows["sources"][0]["status"] = "duplicate"


@found_by("segments", exactly=f"segments: {M19}")
def segments_of_a_duplicate(rows):
    rows["sources"][0] |= {"status": "duplicate", "reason": "x"}


# Segments


@found_by("segments", f"segments: {M20}: text_sha256: expected ")
def another_letter_in_a_segment_of_furniture(rows):
    row = pick(rows["segments"], meeting_id=M20, kind="furniture")
    row["text"] = "W" + row["text"][1:]


@found_by("utterances", f'utterances: {M20}-0002: text: expected "Yes, it did!", found "Yes, it did."')
def another_letter_in_a_segment_of_speech(rows):
    pick(rows["segments"], text="Yes, it did.")["text"] = "Yes, it did!"


@found_by("segments", f"segments: {M20}: text_sha256: expected ")
def another_letter_in_a_segment_of_speech_and_its_utterance(rows):
    pick(rows["segments"], text="Yes, it did.")["text"] = "Yes, it did!"
    pick(rows["utterances"], text="Yes, it did.")["text"] = "Yes, it did!"


@found_by("segments", f"segments: {M20}: text_sha256: expected ")
def another_kind_of_white_space_in_a_segment(rows):
    row = pick(rows["segments"], meeting_id=M20, kind="blank")
    row["text"] = "\t" + row["text"][1:]


@found_by("segments", ": start_char: expected 1110, found 1111")
def the_offsets_of_a_segment_moved(rows):
    row = pick(rows["segments"], text="Yes, it did.")
    row |= {"start_char": 1111, "end_char": 1123}


@found_by("segments", f"segments: {M17}, 1: start_char: expected 0, found 7")
def the_offsets_of_all_segments_moved(rows):
    for row in rows["segments"]:
        row["start_char"] += 7
        row["end_char"] += 7


@found_by("segments", f"segments: {M17}: text_length: expected 5664, found 5663")
def a_wrong_text_length(rows):
    pick(rows["sources"], meeting_id=M17)["text_length"] += 1


@found_by("segments", f'segments: {M17}: text_sha256: expected "{"0" * 64}", found ')
def a_wrong_hash_of_the_text(rows):
    pick(rows["sources"], meeting_id=M17)["text_sha256"] = "0" * 64


@found_by("segments", f"segments: {M17}, 1: ", 'found "blank"')
def words_called_blank(rows):
    pick(rows["segments"], kind="furniture")["kind"] = "blank"


@found_by("segments", f"segments: {M17}, 2: ", 'expected "blank", found "narration"')
def white_space_called_narration(rows):
    pick(rows["segments"], kind="blank", utterance_id=None)["kind"] = "narration"


# Utterances


@found_by("utterances", f'utterances: {M20}-0002: text: expected "Yes, it did.", found "No, it did not."')
def another_text_of_an_utterance(rows):
    pick(rows["utterances"], text="Yes, it did.")["text"] = "No, it did not."


@found_by("utterances", f"utterances: {M20}-0001: text: expected ")
def a_paragraph_break_lost(rows):
    row = pick(rows["utterances"], utterance_id=f"{M20}-0001")
    row["text"] = row["text"].replace("\n\n", " ", 1)


@found_by("utterances", f"utterances: {M20}-0002: start_char: expected 1110, found 1109")
def an_utterance_that_begins_too_early(rows):
    pick(rows["utterances"], text="Yes, it did.")["start_char"] = 1109


@found_by("utterances", f"utterances: {M20}-0002: end_char: expected 1122, found 1123")
def an_utterance_that_ends_too_late(rows):
    pick(rows["utterances"], text="Yes, it did.")["end_char"] = 1123


@found_by("utterances", exactly=f"utterances: {M20}-0002")
def speech_called_a_direction(rows):
    row = pick(rows["segments"], text="Yes, it did.")
    row |= {"kind": "direction", "paragraph": None}


@found_by("utterances", f"segments: {M20}, 33: utterance_id: found null", exactly=f"utterances: {M20}-0002")
def speech_that_belongs_to_no_turn(rows):
    pick(rows["segments"], text="Yes, it did.")["utterance_id"] = None


@found_by("utterances", f"segments: {M17}, 1: utterance_id: expected null, found {M17}-0001")
def furniture_that_belongs_to_a_turn(rows):
    rows["segments"][0]["utterance_id"] = f"{M17}-0001"


@found_by("utterances", ": whether paragraph is null: expected False, found True")
def speech_without_a_paragraph(rows):
    pick(rows["segments"], text="Yes, it did.")["paragraph"] = None


@found_by("utterances", f"segments: {M17}, 1: whether paragraph is null: expected True, found False")
def furniture_with_a_paragraph(rows):
    rows["segments"][0]["paragraph"] = 1


@found_by("utterances", exactly=f"utterances: {M20}-0002")
def a_turn_without_a_label(rows):
    pick(rows["segments"], utterance_id=f"{M20}-0002", kind="label")["kind"] = "direction"


@found_by("utterances", f'utterances: {M20}-0002: label: expected "Nursultan Nazarbayev:"')
def another_label(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0002")["label"] = "Kassym-Jomart Tokayev"


@found_by("utterances", f"utterances: {M20}-0002: label")
def a_label_cut_short(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0002")["label"] = "Nursultan"


@found_by("utterances", f"utterances: {M20}-0002: ")
def a_note_that_is_not_printed(rows):
    pick(rows["utterances"], utterance_id=f"{M20}-0002")["note"] = "Nursultan"


# Values


@found_by("rows", f"segments: row 1 ({M17}, 1): kind: ", 'found "party"')
def a_kind_of_segment_that_there_is_not(rows):
    rows["segments"][0]["kind"] = "party"


@found_by("rows", f"meetings: row 1 ({M17}): title: ")
def a_title_with_two_spaces(rows):
    rows["meetings"][0]["title"] = "Meeting  with"


@found_by("rows", f"meetings: row 1 ({M17}): place: ")
def an_empty_place(rows):
    rows["meetings"][0]["place"] = ""


@found_by("rows", "meetings: row 4 (2021-06-30-meeting-with-nursultan-nazarbayev): countries.0: ", 'found "Kazakhstan"')
def a_country_that_is_no_code(rows):
    rows["meetings"][3]["countries"] = ["Kazakhstan"]


@found_by("rows", f"meetings: row 1 ({M17}): kind: ", 'found "party"')
def a_kind_that_there_is_not(rows):
    rows["meetings"][0]["kind"] = "party"


@found_by("rows", f"meetings: row 1 ({M17}): url: ")
def an_address_that_is_none(rows):
    rows["meetings"][0]["url"] = "kremlin.ru"


@found_by("rows", f"utterances: row 1 ({M17}-0001): text: ")
def a_no_break_space_in_an_utterance(rows):
    rows["utterances"][0]["text"] = rows["utterances"][0]["text"].replace(" ", "\xa0", 1)


@found_by("rows", f"utterances: row 1 ({M17}-0001): row: ")
def an_utterance_that_ends_where_it_begins(rows):
    rows["utterances"][0]["end_char"] = rows["utterances"][0]["start_char"]


@found_by("segments", f"segments: {M17}, 1: end_char: expected ")
def a_segment_longer_than_its_offsets(rows):
    rows["segments"][0]["text"] += "x"


@found_by("rows", "speakers: row 3 (vladimir-putin): wikidata_id: ", 'found "7747"')
def an_identifier_that_breaks_its_pattern(rows):
    rows["speakers"][2]["wikidata_id"] = "7747"


@found_by("rows", f"participations: row 1 ({M17}, nursultan-nazarbayev): utterance_count: ", 'found "0"')
def a_count_below_its_least(rows):
    rows["participations"][0]["utterance_count"] = 0


@pytest.mark.slow
@pytest.mark.parametrize(("change", "check", "parts", "exactly"), CHANGES)
def test_rows_that_break_what_always_holds_are_found(package, change, check, parts, exactly):
    """Though every format, every checksum and the descriptor agree with one another."""
    rows = rows_of(package)
    change(rows)
    rewrite(package, rows)
    found = findings(package)
    assert not found.keys() & {"files", "descriptor", "schemas", "formats"}
    for part in parts:
        assert part in "\n".join(found.get(check, ())), found
    assert exactly is None or exactly in found.get(check, ()), found


def test_a_meeting_whose_date_is_not_that_of_its_id_is_found(package):
    rows = rows_of(package)
    rows["meetings"][0]["date"] = rows["meetings"][1]["date"]
    rewrite(package, rows)
    assert M17 in all_findings(package)


def test_a_meeting_whose_title_is_not_that_of_its_id_is_found(package):
    rows = rows_of(package)
    rows["meetings"][0]["title"] = "Meeting with Rupert Hentzau"
    rewrite(package, rows)
    assert M17 in all_findings(package)


def test_two_turns_that_changed_places_are_found(package):
    """All their values and segments go along, so that only the order of the source can tell."""
    rows = rows_of(package)
    one, other = (pick(rows["utterances"], utterance_id=f"{M20}-000{number}") for number in (2, 3))
    for name in one.keys() - {"utterance_id", "sequence"}:
        one[name], other[name] = other[name], one[name]
    ids = {one["utterance_id"]: other["utterance_id"], other["utterance_id"]: one["utterance_id"]}
    for row in rows["segments"]:
        row["utterance_id"] = ids.get(row["utterance_id"], row["utterance_id"])
    rewrite(package, rows)
    assert f"{M20}-000" in all_findings(package)


@pytest.mark.slow
@pytest.mark.parametrize("rows_at_a_time", [1, 7, 100])
def test_how_many_rows_are_read_at_a_time_does_not_show(seed_package, package, monkeypatch, rows_at_a_time):
    rows = rows_of(package)
    rows["segments"][-1]["sequence"] += 1
    rewrite(package, rows)
    replace(package / "dist/segments.csv", "\xa0", " ")
    lines = (package / "dist/segments.jsonl").read_text("utf-8").splitlines(keepends=True)
    (package / "dist/segments.jsonl").write_text("".join(lines[:-3]), "utf-8", newline="")
    reseal(package)
    wanted = findings(package)
    monkeypatch.setattr("builder.package.formats.ROWS_AT_A_TIME", rows_at_a_time)
    assert findings(seed_package) == {}
    found = findings(package)
    assert found.keys() == wanted.keys() >= {"formats", "keys"}
    assert found["keys"] == wanted["keys"]
    csv_row = [finding for finding in wanted["formats"] if finding.startswith("dist/segments.csv: row ")]
    assert len(csv_row) == 1
    assert csv_row[0] in found["formats"]


# ---------------------------------------------------------------------------------------------------------------------
# The command, and the sources


def verify(*arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """The command's exit code and the checks that it tells as JSON."""
    result = run("verify", *arguments, "--json")
    return result.exit_code, json.loads(result.stdout)["checks"]


def run_against(package: Path, sources: Path) -> dict[str, tuple[str, ...]]:
    """What is wrong with a package and its sources, by the check that found it."""
    code, checks = verify(package, "--sources", sources)
    found = findings_of(checks)
    assert [check["check"] for check in checks] == [*CHECKS, *WITH_SOURCES]
    assert code == (1 if found else 0)
    return found


@pytest.fixture
def seeds(tmp_path, first_seeds) -> Path:
    """A copy of the seeds, to be damaged."""
    return shutil.copytree(first_seeds, tmp_path / "seeds")


def test_the_seeds_are_what_the_package_describes(seed_package, first_seeds):
    assert run_against(seed_package, first_seeds) == {}


def test_renamed_seeds_are_what_the_package_describes(seed_package, seeds):
    (seeds / "deeper").mkdir()
    shutil.copy(seeds / "provenance.csv", seeds / "deeper")
    for number, path in enumerate(sorted(seeds.glob("*.txt"), reverse=True)):
        path.rename(seeds / "deeper" / f"{number}.txt" if number % 2 else seeds / f"{number}.txt")
    assert run_against(seed_package, seeds) == {}


def test_a_changed_byte_of_a_source_is_found_by_its_file(seed_package, seeds):
    content = (seeds / SEED_19).read_bytes()
    (seeds / SEED_19).write_bytes(content.replace(b"Let me welcome", b"Let us welcome"))
    found = run_against(seed_package, seeds)
    (finding,) = found["described"][:1]
    assert finding.startswith(f"{SEED_19}: expected ")
    assert "sha256 e7d84008f020d9f6d84ed4a51527e03630ae5c149df2cbd2" in finding
    assert any(finding.startswith(f"utterances: row 5 ({M19}-0001): text: ") for finding in found["reread"])


def test_a_source_that_can_no_longer_be_read_is_found_by_its_file(seed_package, seeds):
    (seeds / SEED_19).write_bytes(b"\xff" + (seeds / SEED_19).read_bytes()[1:])
    found = run_against(seed_package, seeds)
    assert found["described"][0].startswith(f"{SEED_19}: expected ")
    assert found["reread"]


def test_a_missing_source_is_found_by_its_file(seed_package, seeds):
    (seeds / SEED_19).unlink()
    found = run_against(seed_package, seeds)
    (finding,) = found["described"]
    assert finding.startswith(f"{SEED_19}: expected ")
    assert "e7d84008f020d9f6d84ed4a51527e03630ae5c149df2cbd2ca53563999c7e727" in finding


def test_a_source_that_is_not_described_is_found_by_its_file(seed_package, seeds):
    pages.save(seeds, zenda=pages.main(*pages.TALK))
    found = run_against(seed_package, seeds)
    assert found["described"] == ("zenda.txt",)


def test_a_file_that_is_no_page_among_the_sources_is_found(seed_package, seeds):
    (seeds / "notes.txt").write_text("Buy bread.", "utf-8")
    assert run_against(seed_package, seeds)["described"] == ("notes.txt",)


def test_a_link_that_leads_nowhere_among_the_sources_is_found(seed_package, seeds):
    (seeds / "gone.txt").symlink_to("nowhere")
    code, checks = verify(seed_package, "--sources", seeds)
    assert code == 1
    assert any("gone.txt" in finding for found in findings_of(checks).values() for finding in found)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_among_the_sources_is_not_waited_for(seed_package, seeds):
    os.mkfifo(seeds / "pipe.txt")
    command = [sys.executable, "-m", "builder", "verify", str(seed_package), "--sources", str(seeds)]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20, check=False)
    assert result.returncode == 1
    assert "pipe.txt" in result.stdout + result.stderr


def test_a_package_with_duplicates_and_rejected_pages_passes_with_its_sources(tmp_path):
    folder = pages.save(
        tmp_path / "pages", one=pages.main(*pages.TALK), two=pages.main(*pages.TALK, lead=None), no_page="Buy bread."
    )
    build(gather([folder]), tmp_path / "out", keep_going=True)
    statuses = [row["status"] for row in rows_of(tmp_path / "out")["sources"]]
    assert sorted(statuses) == ["duplicate", "included", "rejected"]
    assert run_against(tmp_path / "out", folder) == {}


@pytest.mark.parametrize("key", ["the event's number", "the same title and narration", "the same text"])
def test_what_a_duplicate_is_said_to_have_in_common_must_be_there(tmp_path, key):
    """The page has no number, its people speak, and the two texts differ by the lead."""
    folder = pages.save(tmp_path / "pages", one=pages.main(*pages.TALK), two=pages.main(*pages.TALK, lead=None))
    build(gather([folder]), tmp_path / "out")
    rows = rows_of(tmp_path / "out")
    duplicate = pick(rows["sources"], status="duplicate")
    assert "the same speech" in duplicate["reason"]
    duplicate["reason"] = duplicate["reason"].replace("the same speech", key)
    rewrite(tmp_path / "out", rows)
    (finding,) = findings(tmp_path / "out")["sources"]
    assert finding.startswith(f"sources: {duplicate['path']}: ")


def change_value(table: str, index: int, **values: Any) -> Change:
    def change(rows: Rows) -> None:
        assert all(rows[table][index][name] != value for name, value in values.items())
        rows[table][index] |= values

    return change


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            change_value("meetings", 1, url="http://en.kremlin.ru/events/president/news/60217"),
            f"meetings: row 2 ({M19}): url: expected ",
        ),
        (change_value("mentions", 0, speaker_id=None), 'speaker_id: expected "kassym-jomart-tokayev", found null'),
    ],
)
@pytest.mark.slow
def test_what_only_the_sources_can_tell_is_found_with_them(package, change, finding, first_seeds):
    rows = rows_of(package)
    change(rows)
    rewrite(package, rows)
    assert findings(package) == {}
    found = run_against(package, first_seeds)
    assert found.keys() == {"reread"}
    assert len(found["reread"]) == 1
    assert finding in found["reread"][0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "check", "finding"),
    [
        (
            change_value("meetings", 0, kind="ceremony"),
            "meetings",
            f'meetings: {M17}: kind: expected "meeting", found "ceremony"',
        ),
        (
            change_value("meetings", 0, place="Zenda"),
            "meetings",
            f'meetings: {M17}: place: expected "The Kremlin, Moscow", found "Zenda"',
        ),
        (
            change_value("meetings", 1, is_excerpt=False),
            "meetings",
            f"meetings: {M19}: is_excerpt: expected True, found False",
        ),
        (
            change_value("meetings", 3, geography=["Ruritania"]),
            "meetings",
            f"meetings: {M21}: geography: expected ['Kazakhstan'], found ['Ruritania']",
        ),
        (
            change_value("participations", 0, country="RUS"),
            "people",
            f'participations: {M17}, nursultan-nazarbayev: country: expected "KAZ", found "RUS"',
        ),
        (
            change_value("participations", 0, role_evidence="lead"),
            "people",
            f"participations: {M17}, nursultan-nazarbayev: role",
        ),
        (
            change_value("speakers", 2, wikidata_id="Q1"),
            "people",
            'speakers: vladimir-putin: wikidata_id: expected "Q7747", found "Q1"',
        ),
        (
            change_value("sources", 0, layout="plain_text"),
            "sources",
            f'sources: {SEED_19}: layout: expected "accessible_text", found "plain_text"',
        ),
        (
            change_value("sources", 0, byte_size=2885),
            "sources",
            f"sources: {SEED_19}: byte_size: expected 2884, found 2885",
        ),
    ],
)
def test_what_a_row_says_otherwise_than_the_words_of_its_page_is_found(package, change, check, finding):
    rows = rows_of(package)
    change(rows)
    rewrite(package, rows)
    assert any(found.startswith(finding) for found in findings(package)[check]), findings(package)


def test_a_wrong_row_of_sources_is_named_by_its_file_or_hash(package, first_seeds):
    rows = rows_of(package)
    rows["sources"][0]["byte_size"] = 1
    rewrite(package, rows)
    (finding,) = run_against(package, first_seeds)["reread"]
    assert SEED_19 in finding or "e7d84008f020d9f6" in finding


def test_a_meeting_taken_out_whole_is_found_with_its_source(package, first_seeds):
    """Every row of it is gone, so that what is left is a good package, of other sources."""
    rows = {name: [row for row in some if row.get("meeting_id") != M17] for name, some in rows_of(package).items()}
    for name in rows["names"]:
        name["meeting_count"] -= name["evidence"] == "full_name" and name["speaker_id"] != "kassym-jomart-tokayev"
    rows["offices"].remove(pick(rows["offices"], first_meeting_id=M17, last_meeting_id=M17))
    putin = pick(rows["offices"], speaker_id="vladimir-putin")
    putin |= {"first_meeting_id": M19, "first_date": dt.date(2019, 4, 3), "meeting_count": putin["meeting_count"] - 1}
    rewrite(package, rows)
    assert findings(package) == {}
    assert run_against(package, first_seeds)["described"] == ("004_49ad9724eaf95afd.txt",)


def test_verify_changes_nothing(package, seeds):
    def all_files() -> dict[Path, bytes]:
        return {p: p.read_bytes() for folder in (package, seeds) for p in folder.rglob("*") if p.is_file()}

    before = all_files()
    run("verify", package)
    run("verify", package, "--sources", seeds)
    assert all_files() == before


def test_every_check_is_one_line(seed_package):
    result = run("verify", seed_package)
    assert result.exit_code == 0
    assert result.output.splitlines() == [f"ok     {check.title}" for check in verify_package(seed_package)]


def test_what_is_wrong_stands_below_its_check(package):
    (package / "dist/extra.csv").write_text("x", "utf-8")
    wrong, *right = verify_package(package)
    result = run("verify", package)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"WRONG  {wrong.title}",
        f"         {wrong.findings[0]}",
        *(f"ok     {check.title}" for check in right),
    ]


def test_of_many_findings_ten_are_shown_and_the_rest_counted(package):
    for number in range(13):
        (package / f"dist/extra-{number:02d}.csv").write_text("x", "utf-8")
    lines = run("verify", package).output.splitlines()
    assert lines[1].strip().startswith("dist/extra-00.csv: ")
    assert lines[10].strip().startswith("dist/extra-09.csv: ")
    assert lines[11].strip() == "… and 3 more"
    assert lines[12].startswith("ok ")


def test_what_a_package_holds_does_not_steer_the_terminal(package):
    rows = rows_of(package)
    rows["utterances"][0]["label"] = "\x1b[2J\x07[bold]Rudolf[/bold]"
    rewrite(package, rows)
    result = run("verify", package)
    assert result.exit_code == 1
    assert [c for c in result.output if not c.isprintable() and c != "\n"] == []
    assert "[bold]Rudolf[/bold]" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/no/such/folder"], "/no/such/folder: "),
        ([PROJECT / "pyproject.toml"], f"{PROJECT}/pyproject.toml: "),
        ([PROJECT, "--sources", "/no/such/folder"], "/no/such/folder"),
        ([PROJECT, "--no-such-option"], "No such option"),
        ([PROJECT, PROJECT], "unexpected extra argument"),
    ],
    ids=["no such folder", "a file", "no such sources", "no such option", "two folders"],
)
def test_a_wrong_command_ends_with_two(arguments, said):
    result = run("verify", *arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.slow
def test_the_exit_codes_are_the_processs_own(builder, seed_package, package):
    (package / "dist/LICENSE.txt").unlink()
    codes = [builder("verify", folder).returncode for folder in (seed_package, package, package / "nowhere")]
    assert codes == [0, 1, 2]
