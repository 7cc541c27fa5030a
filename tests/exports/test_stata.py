"""The Stata file, read back: by the project's reader of it, and by pandas."""

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.io.stata import StataReader

import builder
from builder.exports import StagedPackage, TooLargeError, stata
from builder.package.descriptor import Extent
from builder.package.release import current_release
from schema.tables import TABLES
from tests.support import pages
from tests.support.exports import findings, findings_of, swap


def stata_of(package: Path) -> Path:
    return package / "dist" / "kremlin-meetings.dta"


@pytest.fixture(scope="module")
def turns(exported_once: Path) -> list[dict[str, Any]]:
    return pd.read_stata(stata_of(exported_once)).to_dict("records")


def test_a_row_is_a_turn_with_its_meeting_speaker_and_state(turns: list[dict[str, Any]]) -> None:
    assert len(turns) == 16
    names = (
        "date",
        "time",
        "title",
        "topics",
        "is_excerpt",
        "name",
        "family_name",
        "role",
        "country",
        "text",
        "word_count",
    )
    assert [turns[4][name] for name in names] == [
        *(pd.Timestamp(2018, 5, 6), "12:30:00", "Talks with Rupert Hentzau", "Railways; Ports", 1),
        *("Rudolf Elphberg", "Elphberg", "President of Ruritania", ""),
        *("Mr Hentzau,\n\nI am glad to see you in Strelsau, and so is [Rupert Hentzau].", 15),
    ]
    assert [turns[11][name] for name in ("country", "label")] == ["RUS", "Minister of Ports Fritz Tarlenheim"]


def test_what_is_missing_is_empty_text_or_a_missing_number(turns: list[dict[str, Any]]) -> None:
    remark = turns[7]
    assert [remark[name] for name in ("label", "speaker_id", "name", "country")] == ["Remark", "", "", ""]
    assert [turns[number]["follows_gap"] for number in (4, 5)] == [0, 1]
    assert pd.isna(turns[8]["follows_gap"])
    assert pd.isna(turns[8]["is_excerpt"])
    assert turns[8]["lead"] == ""


def test_variables_have_labels_and_the_file_its_release(exported_once: Path) -> None:
    with StataReader(stata_of(exported_once)) as reader:
        labels = reader.variable_labels()
        release = current_release()
        assert reader.data_label == f"Kremlin Meetings {release.version}: turns (CC-BY-4.0, kremlin.ru)"
        assert dt.datetime.strptime(reader.time_stamp, "%d %b %Y %H:%M").date() == release.created  # noqa: DTZ007
    assert labels["title"] == "The page's title"
    assert labels["event_id"] == "The site's own number of the event, the last part of its address"
    assert labels["role"] == "The office that this page gives the speaker, on every turn of theirs, as in …"
    assert all(0 < len(label) <= 80 for label in labels.values())


def test_texts_of_any_length_and_script_are_whole(tmp_path: Path) -> None:
    texts = ("=1+1", "Köln – “Strelsau” 🚂", "long " * 20_000 + "end", "GSO</strls>")
    page = pages.main(*(f"Rudolf Elphberg: {text}" for text in texts), title="Zend" + "ạ" * 900)
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="stata")
    found = pd.read_stata(stata_of(tmp_path / "out"))
    assert tuple(found["text"]) == texts
    assert set(found["title"]) == {"Zend" + "ạ" * 900}
    assert findings_of("stata", tmp_path / "out") == []


def test_a_package_without_turns_has_no_rows(tmp_path: Path) -> None:
    page = pages.save(tmp_path / "pages", page=pages.main("The station was opened."))
    builder.build_package([page], tmp_path / "out", exports="stata,xlsx,sqlite")
    assert len(pd.read_stata(stata_of(tmp_path / "out"))) == 0
    assert findings(tmp_path / "out") == []


def test_more_rows_than_stata_counts_are_too_many(tmp_path: Path) -> None:
    counts = {table.name: 0 for table in TABLES} | {"utterances": 2_147_483_620}
    package = StagedPackage(tmp_path, Extent(counts, None, None), current_release())
    with pytest.raises(TooLargeError, match="2,147,483,620 turns, and Stata counts to 2,147,483,619"):
        stata.write(package, tmp_path / "out.dta")


# ---------------------------------------------------------------------------------------------------------------------
# Damage

Change = Callable[[bytes], bytes]


def in_part(name: str, old: bytes, new: bytes) -> Change:
    """The same, behind the tag of a part."""

    def change(content: bytes) -> bytes:
        start = content.index(f"<{name}>".encode())
        assert old in content[start:]
        return content[:start] + content[start:].replace(old, new, 1)

    return change


def first_row(change: Change) -> Change:
    def changed(content: bytes) -> bytes:
        start = content.index(b"<data>") + len(b"<data>")
        size = (content.index(b"</data>") - start) // 15
        return content[:start] + change(content[start : start + size]) + content[start + size :]

    return changed


def another_reference(row: bytes) -> bytes:
    """The first row's long text `lead` where its `text` should be."""
    start = row.index(b"Elphberg\0")  # the family name is far before the text
    text = row.index(struct.pack("<Q", 1 << 16 | 29), start)
    return row[:text] + struct.pack("<Q", 1 << 16 | 11) + row[text + 8 :]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (in_part("strls", b"Good morning", b"Good evening"), "dta: row 1 (2018-05-04-meeting-with-rupert-hentzau-0001): text"),
        (in_part("data", b"Talks with Rupert Hentzau", b"Talks with Rupert Hentzov"), "title: expected"),
        (in_part("data", b"RUS", b"RUT"), "country: expected"),
        (in_part("data", struct.pack("<i", 17), struct.pack("<i", 18)), "word_count: expected"),
        (in_part("data", struct.pack("<i", 21308), struct.pack("<i", 21309)), "date: expected"),
        (in_part("data", b"Remark\0", b"Remark\1"), "label: expected"),
        (first_row(another_reference), "text: expected"),
        (in_part("strls", b"GSO", b"GSX"), "could not be checked"),
        (in_part("variable_labels", b"The page's title", b"The page's words"), "label of title"),
        (in_part("varnames", b"country", b"kountry"), "variables: expected"),
        (in_part("formats", b"%td", b"%tc"), "format of date"),
        (in_part("characteristics", b"is unknown", b"is no text"), "note 3"),
        (in_part("characteristics", b"note2", b"note4"), "place of note 2"),
        (swap(b"Kremlin Meetings", b"Zenda's Meetings"), "label: expected"),
        (swap(b" 00:00</timestamp>", b" 00:01</timestamp>"), "time stamp"),
        (swap(b"<release>118", b"<release>119"), "could not be checked"),
        (swap(b"<map>" + bytes(8), b"<map>" + struct.pack("<Q", 1)), "map: expected"),
        (lambda content: content[:-1], "could not be checked"),
        (lambda content: content + b"\n", "bytes after the end"),
        (lambda content: content[: len(content) // 2], "bytes more after byte"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_damage_is_found(change: Change, told: str, exported: Path) -> None:
    path = stata_of(exported)
    path.write_bytes(change(path.read_bytes()))
    said = findings_of("stata", exported)
    assert any(told in line for line in said), said
    assert all(line.startswith("dist/kremlin-meetings.dta") for line in said)
