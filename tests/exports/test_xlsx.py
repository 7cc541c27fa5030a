"""The workbook, read back."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import builder
from builder.exports import StagedPackage, TooLargeError, xlsx
from builder.package.descriptor import Extent
from builder.package.release import current_release
from schema.tables import TABLES
from tests.support import pages
from tests.support.exports import add_member, change_member, findings_of, swap
from tests.support.resealing import copied

SHEETS = [
    *("Read me", "meetings", "utterances", "speakers", "participations", "names", "offices", "tenures", "mentions"),
    "sources",
]
FORMULAS = ("=1+1", "+1-1", "@SUM(A1)", "http://zenda.example/", "12", "<r>bold</r>", "_x0041_", "<b>&amp;</b>")
LONG = " ".join(f"Word{number}" for number in range(12_000))
"""112,888 characters, so four cells."""


def workbook_of(package: Path) -> Path:
    return package / "dist" / "kremlin-meetings.xlsx"


@pytest.fixture(scope="module")
def book(exported_once: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(workbook_of(exported_once))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with a long turn, and turns that are no formulas."""
    folder = tmp_path_factory.mktemp("odd")
    turns = [f"Rudolf Elphberg: {text}" for text in (f"{LONG}.", *FORMULAS)]
    builder.build_package([pages.save(folder / "pages", page=pages.main(*turns))], folder / "out", exports="xlsx")
    return folder / "out"


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *others = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in others]


def test_the_sheets_are_those_of_the_tables_but_segments(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert book.properties.creator
    assert book.properties.created == dt.datetime.combine(current_release().created, dt.time())


def test_values_are_real_dates_times_numbers_and_truths(book: openpyxl.Workbook) -> None:
    talks = rows(book, "meetings")[1]
    assert {
        name: talks[name] for name in ("date", "time", "topics", "is_excerpt", "word_count", "url", "event_id")
    } == {
        "date": dt.datetime(2018, 5, 6),  # noqa: DTZ001  # workbooks have no time zones
        "time": dt.time(12, 30),
        "topics": "Railways; Ports",
        "is_excerpt": True,
        "word_count": 23,
        "url": None,
        "event_id": None,
    }
    assert rows(book, "meetings")[0]["event_id"] == "51374"
    assert rows(book, "meetings")[2]["topics"] is None
    assert rows(book, "utterances")[11]["text"] == "Good evening."


def test_the_head_stays_in_sight_has_filters_and_says_what_columns_mean(book: openpyxl.Workbook) -> None:
    sheet = book["speakers"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G5"
    comment = sheet["G1"].comment
    assert (sheet["G1"].value, comment and comment.text) == (
        *("wikidata_id", "The person's Wikidata item, where it can be shown."),
    )
    assert all(cell.comment for name in SHEETS[1:] for cell in book[name][1])


def test_the_first_sheet_says_what_there_is_and_how_to_read_it(book: openpyxl.Workbook) -> None:
    said = {str(name): text for name, text in book["Read me"].iter_rows(values_only=True)}
    assert said["Days"] == "2018-05-04 to 2018-06-05"
    assert said["speakers"] == "One named person who speaks in at least one meeting. 4 rows."
    assert said["meetings.title"] == "The page's title."
    assert "Long text" not in said
    assert said["Licence"].startswith("Creative Commons Attribution 4.0 International")


def test_text_that_looks_like_a_formula_an_address_or_markup_is_text(odd: Path) -> None:
    sheet = openpyxl.load_workbook(workbook_of(odd))["utterances"]
    place = [cell.value for cell in sheet[1]].index("text")
    cells = [row[place] for row in sheet.iter_rows(min_row=3)]
    # openpyxl leaves characters escaped, which Excel shows as they are.
    assert [cell.value for cell in cells] == [*FORMULAS[:6], "_x005F_x0041_", "<b>&amp;</b>"]
    assert [cell.hyperlink for cell in cells] == [None] * len(FORMULAS)
    with zipfile.ZipFile(workbook_of(odd)) as members:
        assert re.search(rb"<f[ >]", members.read("xl/worksheets/sheet3.xml")) is None
    assert findings_of("xlsx", odd) == []


def test_a_text_longer_than_a_cell_goes_on_to_its_right(odd: Path) -> None:
    book = openpyxl.load_workbook(workbook_of(odd))
    names = ["text", "text_2", "text_3", "text_4"]
    first, second = rows(book, "utterances")[:2]
    assert [name for name in first if name.startswith("text")] == names
    assert "".join(first[name] for name in names) == f"{LONG}."
    assert all(first[name].endswith(" ") for name in names[:-1])
    assert [second[name] for name in names] == ["=1+1", None, None, None]
    said = {str(name): text for name, text in book["Read me"].iter_rows(values_only=True)}
    assert said["Long text"] == (
        "utterances.text: a cell holds at most 32,767 characters. Longer texts, 1 in all, go on in text_2 and text_3 and "
        "text_4. Nothing is cut: joined, the cells are the text."
    )


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("a" * 32_767, [32_767]),
        ("a" * 32_768, [32_767, 1]),
        ("a" * 30_000 + " " + "b" * 5_000, [30_001, 5_000]),
        ("a" * 30_000 + "\n\n" + "b" * 5_000, [30_002, 5_000]),
        ("\U0001f682" * 16_383, [16_383]),
        ("\U0001f682" * 16_384, [16_383, 1]),
        ("a" + "\U0001f682" * 16_384, [16_384, 1]),
        ("é" * 70_000, [32_767, 32_767, 4_466]),
    ],
)
def test_a_text_is_parted_after_white_space_and_nothing_is_lost(text: str, lengths: list[int]) -> None:
    parts = xlsx.parted(text)
    assert [len(part) for part in parts] == lengths
    assert "".join(parts) == text


def test_more_rows_than_a_sheet_holds_are_too_many(tmp_path: Path) -> None:
    counts = {table.name: 0 for table in TABLES} | {"utterances": 1_048_576}
    package = StagedPackage(tmp_path, Extent(counts, None, None), current_release())
    with pytest.raises(TooLargeError, match="utterances has 1,048,576 rows, and a sheet of a workbook holds 1,048,575"):
        xlsx.write(package, tmp_path / "out.xlsx")


# ---------------------------------------------------------------------------------------------------------------------
# Damage

Change = Callable[[bytes], bytes | None]


def sheet(name: str) -> str:
    return f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml"


def cell(at: str, old: str, new: str) -> Change:
    """A change of the element of one cell."""

    def change(content: bytes) -> bytes:
        found = re.search(rf'<c r="{at}".*?(</c>|/>)'.encode(), content)
        assert found
        assert old.encode() in found[0]
        return content.replace(found[0], found[0].replace(old.encode(), new.encode()), 1)

    return change


@pytest.mark.parametrize(
    ("member", "change", "told"),
    [
        (sheet("names"), cell("B2", "Fritz", "Franz"), "xlsx::names: row 1 (fritz-tarlenheim, Fritz Tarlenheim, full_name)"),
        (sheet("names"), cell("D2", "<v>2<", "<v>3<"), "meeting_count: expected"),
        (sheet("names"), cell("D2", "<v>2<", "<v>2.5<"), "meeting_count: expected"),
        (sheet("names"), cell("D2", "<c", '<c t="str"'), "meeting_count: expected"),
        (sheet("meetings"), cell("E2", "<v>43224<", "<v>43225<"), "date: expected"),
        (sheet("meetings"), cell("E2", ' s="4"', ""), "date: expected"),
        (sheet("meetings"), cell("F2", "<v>0.52", "<v>0.53"), "time: expected"),
        (sheet("meetings"), cell("O2", "<v>1<", "<v>0<"), "is_excerpt: expected"),
        (sheet("meetings"), cell("O2", ' t="b"', ""), "is_excerpt: expected"),
        (sheet("meetings"), cell("J2", "Railways; Ports", "Railways, Ports"), "topics: expected"),
        (sheet("meetings"), cell("A1", "meeting_id", "meeting"), "xlsx::meetings: head"),
        (sheet("names"), swap(b'<row r="3"', b'<row r="99"'), "xlsx::names: row 2"),
        (sheet("speakers"), lambda old: re.sub(rb'<row r="5".*?</row>', b"", old), "found the end at row 4"),
        (sheet("speakers"), lambda old: re.sub(rb'<c r="B1".*?</c>', b"", old), "xlsx::speakers: head"),
        (
            sheet("speakers"),
            swap(b"</sheetData>", b'<row r="6"><c r="A6"><v>1</v></c></row></sheetData>'),
            "expected no more rows",
        ),
        (
            sheet("speakers"),
            lambda old: re.sub(rb'(<row r="4".*?)</row>', rb'\1<c r="Z4"><v>1</v></c></row>', old),
            "cells beyond the last column",
        ),
        (
            sheet("names"),
            lambda old: re.sub(rb'<c r="B2" t="inlineStr"><is><t>.*?</t></is>', b'<c r="B2"><f>1+1</f><v>2</v>', old),
            "xlsx::names: formulas",
        ),
        (sheet("names"), swap(b'state="frozen"', b'state="split"'), "frozen rows"),
        (sheet("names"), swap(b'<autoFilter ref="A1:D10"', b'<autoFilter ref="A1:D9"'), "filter"),
        (sheet("names"), swap(b'<col min="1"', b'<col hidden="1" min="1"'), "hidden columns"),
        (sheet("Read me"), swap(b"3 rows.", b"4 rows."), "xlsx::Read me: row"),
        (sheet("Read me"), swap(b"There are none", b"There are some"), "xlsx::Read me: row"),
        (sheet("Read me"), swap(b"</sheetData>", b'<row r="999"/></sheetData>'), "xlsx::Read me: row"),
        ("xl/comments3.xml", swap(b"Wikidata item", b"item"), "xlsx::speakers: comment on G1"),
        ("xl/comments3.xml", swap(b'ref="G1"', b'ref="H1"'), "xlsx::speakers: comment on"),
        ("xl/comments3.xml", lambda old: None, "xlsx"),
        ("xl/workbook.xml", swap(b'name="speakers"', b'name="people"'), "xlsx: sheets"),
        ("xl/workbook.xml", swap(b'name="speakers" ', b'name="speakers" state="hidden" '), "xlsx: hidden sheets"),
        ("docProps/core.xml", swap(b"Kremlin Meetings", b"Zenda Meetings"), "xlsx: title"),
        ("docProps/core.xml", swap(b"T00:00:00Z", b"T01:00:00Z"), "xlsx: created"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_damage_is_found(member: str, change: Change, told: str, exported: Path) -> None:
    change_member(workbook_of(exported), member, change)
    said = findings_of("xlsx", exported)
    assert any(told in line for line in said), said
    assert all("dist/kremlin-meetings.xlsx" in line for line in said)


def test_a_byte_that_is_not_that_of_the_checksum_is_found_in_any_member(exported: Path) -> None:
    path = workbook_of(exported)
    with zipfile.ZipFile(path) as members:
        info = members.getinfo("xl/theme/theme1.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 1
    path.write_bytes(content)
    assert findings_of("xlsx", exported) != []


def test_another_member_is_found(exported: Path) -> None:
    add_member(workbook_of(exported), "xl/vbaProject.bin", b"x")
    assert any("xlsx: members" in line for line in findings_of("xlsx", exported))


@pytest.mark.parametrize(
    ("member", "change", "told"),
    [
        (sheet("utterances"), swap(b"Word11999", b"Word11998"), "text: expected"),
        (sheet("utterances"), cell("I1", "text_2", "text_3"), "utterances: head"),
        (sheet("Read me"), swap(b"texts, 1 in", b"texts, 2 in"), "Read me: row"),
        ("xl/comments2.xml", swap(b"longer than a cell may be", b"long"), "utterances: comment on"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_damage_of_a_long_text_is_found(member: str, change: Change, told: str, odd: Path, tmp_path: Path) -> None:
    package = copied(odd, tmp_path / "package")
    change_member(workbook_of(package), member, change)
    said = findings_of("xlsx", package)
    assert any(told in line for line in said), said
