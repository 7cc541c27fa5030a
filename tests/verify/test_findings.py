"""Findings are values: they name their place, print as one line, and go into JSON."""

import json
import shutil

import pyarrow as pa
import pytest

from builder.verify import CHECKS, verify_package
from builder.verify.findings import Place, in_file, same
from builder.verify.rows import in_order
from tests.support.resealing import rewrite, rows_of

MEETING = "2020-03-10-meeting-with-nursultan-nazarbayev"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("meetings", MEETING), f"meetings: {MEETING}"),
        (Place("utterances", f"{MEETING}-0002", 11), f"utterances: row 11 ({MEETING}-0002)"),
        (
            Place("utterances", f"{MEETING}-0002", 11, "dist/utterances.csv"),
            f"dist/utterances.csv: row 11 ({MEETING}-0002)",
        ),
        (Place("sources"), "sources"),
        (in_file("dist/SHA256SUMS"), "dist/SHA256SUMS"),
    ],
)
def test_a_place_is_named_by_its_file_or_table_and_its_row(place, text):
    assert str(place) == text


def test_values_that_look_alike_are_shown_by_their_code_points():
    (finding,) = same(Place("meetings", MEETING), "title", "Astana", "Astаna")  # the second one with a Cyrillic letter
    assert (finding.expected, finding.found) == ('"Astana"', '"Astаna"')
    (finding,) = same(Place("meetings", MEETING), "title", "a\u200b b", "a\u200b  b")
    assert finding.expected != finding.found


def test_equal_values_are_no_finding():
    assert list(same(Place("meetings", MEETING), "title", "Astana", "Astana")) == []


def test_a_check_and_its_findings_go_into_json(seed_package, tmp_path):
    rows = rows_of(seed_package)
    package = tmp_path / "package"
    shutil.copytree(seed_package, package)
    index = next(i for i, row in enumerate(rows["meetings"]) if row["meeting_id"] == MEETING)
    rows["meetings"][index]["utterance_count"] = 6
    rewrite(package, rows)
    checks = [json.loads(json.dumps(check.to_dict())) for check in verify_package(package)]
    assert [check["check"] for check in checks] == [check.name for check in CHECKS]
    wrong = [check for check in checks if not check["passed"]]
    assert [check["check"] for check in wrong] == ["counts"]
    assert wrong[0]["title"] == next(check.title for check in CHECKS if check.name == "counts")
    assert wrong[0]["findings"] == [
        {
            "check": "counts",
            "table": "meetings",
            "key": MEETING,
            "row": None,
            "file": None,
            "column": "utterance_count",
            "expected": "5",
            "found": "6",
            "message": str(next(check.findings[0] for check in verify_package(package) if not check.passed)),
        }
    ]


@pytest.mark.parametrize(
    ("keys", "right"),
    [
        ({"a": []}, True),
        ({"a": ["x"]}, True),
        ({"a": ["x", "y", "z"]}, True),
        ({"a": ["x", "y", "y"]}, False),
        ({"a": ["x", "z", "y"]}, False),
        ({"a": ["x", "x", "y"], "b": [1, 2, 1]}, True),
        ({"a": ["x", "x", "y"], "b": [1, 1, 1]}, False),
        ({"a": ["x", None, "y"]}, True),
    ],
)
def test_keys_are_in_order_where_each_is_greater_than_the_one_before(keys, right):
    types = {"a": pa.string(), "b": pa.int64()}
    assert in_order(pa.table({name: pa.array(some, types[name]) for name, some in keys.items()})) == right
