"""The hand-kept reference: what a file may say, and what the project's own says."""

from pathlib import Path

import pytest

from builder.speakers.reference import load_people, read_people

ENTRY = """
[[person]]
speaker_id = "rupert-hentzau"
name = "Rupert Hentzau"
aliases = ["Ruprecht Henzau"]
site_person_id = "77"
wikidata_id = "Q77"
country = "KAZ"
source = "a test"
"""


OTHER = ENTRY.translate({ord("7"): "8"}).replace("upert", "udolf").replace("Ruprecht", "Rodolfo")


def reference(folder: Path, text: str) -> Path:
    path = folder / "persons.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_reference_file_is_read_as_it_stands(tmp_path: Path) -> None:
    first, second = read_people(reference(tmp_path, ENTRY + OTHER)).person
    assert (first.speaker_id, first.aliases, first.country) == ("rupert-hentzau", ("Ruprecht Henzau",), "KAZ")
    assert second.name == "Rudolf Hentzau"
    assert first.given_name is None


def test_the_projects_own_reference_holds_these_people_and_may_hold_others() -> None:
    known = {p.speaker_id: (p.site_person_id, p.wikidata_id, p.country) for p in load_people().person}
    assert (
        known.items()
        >= {
            "vladimir-putin": (None, "Q7747", "RUS"),
            "nursultan-nazarbayev": ("43", None, "KAZ"),
            "kassym-jomart-tokayev": ("593", None, "KAZ"),
            "dmitry-medvedev": ("37", None, "RUS"),
        }.items()
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ENTRY + OTHER.replace("rudolf-hentzau", "rupert-hentzau"), "rupert-hentzau"),
        (ENTRY + OTHER.replace("Rodolfo Henzau", "Ruprecht Henzau"), "ruprecht henzau"),
        (ENTRY + OTHER.replace("Rodolfo Henzau", "RUPERT HENTZAU"), "rupert hentzau"),
        (ENTRY + OTHER.replace('"Rudolf Hentzau"', '"Rupert Hentzau"'), "rupert hentzau"),
        (ENTRY + OTHER.replace('"88"', '"77"'), "77"),
        (ENTRY + OTHER.replace('"Q88"', '"Q77"'), "Q77"),
        (ENTRY + 'height = "tall"\n', "height"),
        (ENTRY.replace("KAZ", "KZ"), "country"),
        (ENTRY.replace("KAZ", "kaz"), "country"),
        (ENTRY.replace("KAZ", "XYZ"), "country"),
        (ENTRY.replace("Q77", "77"), "wikidata_id"),
        (ENTRY.replace('"77"', "77"), "site_person_id"),
        (ENTRY.replace("rupert-hentzau", "Rupert Hentzau"), "speaker_id"),
        (ENTRY.replace('name = "Rupert Hentzau"', 'name = ""'), "name"),
        (ENTRY.replace('name = "Rupert Hentzau"', 'name = "Rupert  Hentzau"'), "name"),
        (ENTRY.replace('source = "a test"\n', ""), "source"),
        (ENTRY.replace('"a test"', '"a test'), "line"),
    ],
)
def test_what_is_wrong_with_a_reference_file_is_named(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"persons\.toml") as caught:
        read_people(reference(tmp_path, text))
    assert named in str(caught.value)
