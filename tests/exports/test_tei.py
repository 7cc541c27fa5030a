"""The TEI files, read back."""

from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest

import builder
from tests.support import pages
from tests.support.exports import add_member, change_member, findings, findings_of, swap

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
TALK = "2018-05-06-talks-with-rupert-hentzau"
CORPUS = "kremlin-meetings.xml"


def read(package: Path, name: str) -> Element:
    with ZipFile(package / "dist" / "tei.zip") as file:
        return fromstring(file.read(name))


@pytest.fixture(scope="module")
def talk(exported_once: Path) -> Element:
    return read(exported_once, f"{TALK}.xml")


def test_a_turn_has_its_speaker_label_and_place_in_the_source(talk: Element) -> None:
    first, *_, last = talk.iter(f"{TEI}u")
    assert first.get(ID) == f"u.{TALK}-0001"
    assert first.get("who") == "#s.rudolf-elphberg"
    assert first.get("source") == "talk.txt#char=171,256"
    labels = [note.text for note in talk.iter(f"{TEI}note") if note.get("type") == "speaker"]
    assert labels == [
        "President of Ruritania Rudolf Elphberg (in German)",
        "Count of Festenburg Rupert Hentzau",
        "Rudolf Elphberg",
        "Remark",
    ]
    assert last.get("who") is None


def test_directions_insertions_and_cuts_stand_where_the_page_has_them(talk: Element) -> None:
    second = list(talk.iter(f"{TEI}seg"))[1]
    assert second.text == "I am glad to see you in Strelsau"
    incident, supplied = second
    assert "".join(incident.itertext()).strip() == "(Laughter.)"
    assert incident.tail == ", and so is "
    assert (supplied.tag, supplied.text, supplied.tail) == (f"{TEI}supplied", "[Rupert Hentzau]", ".")
    (gap,) = talk.iter(f"{TEI}gap")
    assert "".join(gap.itertext()).strip() == "<…>"


def test_the_header_says_what_it_is_and_where_it_comes_from(talk: Element) -> None:
    header = talk[0]
    assert header.find(f".//{TEI}titleStmt/{TEI}title").text == "Talks with Rupert Hentzau"  # type: ignore[union-attr]
    assert header.find(f".//{TEI}setting/{TEI}date").get("when", "").startswith("2018-05-06")  # type: ignore[union-attr]
    assert next(number.text for number in header.iter(f"{TEI}idno")) == "talk.txt"


def test_the_corpus_joins_every_file_and_dates_the_offices_of_each_person(exported_once: Path) -> None:
    corpus = read(exported_once, CORPUS)
    with ZipFile(exported_once / "dist" / "tei.zip") as file:
        names = {*file.namelist()} - {CORPUS}
    assert {part.get("href") for part in corpus.iter("{http://www.w3.org/2001/XInclude}include")} == names
    persons = {person.get(ID): person for person in corpus.iter(f"{TEI}person")}
    offices = persons["s.rupert-hentzau"].findall(f"{TEI}affiliation")
    assert [("".join(o.itertext()), o.get("from"), o.get("to")) for o in offices] == [
        ("Count of Festenburg", "2018-05-06", "2018-06-05"),
        ("Prime Minister of Ruritania", "2018-05-08", "2018-05-08"),
    ]


def test_what_xml_cannot_hold_is_replaced_and_markup_is_escaped(tmp_path: Path) -> None:
    page = pages.main("Rudolf Elphberg: A <seg> & a bell \uffff rang.")
    builder.build_package([pages.save(tmp_path / "pages", page=page)], tmp_path / "out", exports="tei")
    (name,) = (path.stem for path in (tmp_path / "out/dist").glob("tei.zip"))
    with ZipFile(tmp_path / "out/dist" / f"{name}.zip") as file:
        (meeting,) = {*file.namelist()} - {CORPUS}
    (seg,) = read(tmp_path / "out", meeting).iter(f"{TEI}seg")
    assert seg.text == "A <seg> & a bell \ufffd rang."
    assert findings(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (f"{TALK}.xml", b"sit down", b"stand up"),
        (f"{TALK}.xml", b"(Laughter.)", b"(Applause.)"),
        (f"{TALK}.xml", b"[Rupert Hentzau]", b"[Rupert]"),
        (f"{TALK}.xml", b"<supplied>", b"<supplied><note/>x"),
        (f"{TALK}.xml", b'who="#s.rupert-hentzau"', b'who="#s.rudolf-elphberg"'),
        (f"{TALK}.xml", b"#char=171,", b"#char=172,"),
        (f"{TALK}.xml", b'type="speaker">Remark', b'type="speaker">Question'),
        (f"{TALK}.xml", b"<title>Talks", b"<title>Talk"),
        (f"{TALK}.xml", b'date when="2018-05-06', b'date when="2018-05-07'),
        (f"{TALK}.xml", b"<gap ", b"<note "),
        (f"{TALK}.xml", b"<publisher>President", b"<publisher>Resident"),
        (f"{TALK}.xml", b'<seg n="2"', b'<seg n="3"'),
        (f"{TALK}.xml", b"-0001.2", b"-0001.9"),
        (f"{TALK}.xml", b'quantity="4"', b'quantity="5"'),
        (f"{TALK}.xml", b"</seg>\n</u>", b"</seg>\n</u><u/>"),
        (f"{TALK}.xml", b"<teiHeader>", b"<teiHeader><!-- no -->"),
        (f"{TALK}.xml", b"<teiHeader>", b"<teiHeader><?no?>"),
        (CORPUS, b"licenses/by/4.0", b"licenses/by/3.0"),
        (CORPUS, b"<editorialDecl>", b"<editorialDecl><p>None.</p>"),
        (CORPUS, b'from="2018-05-06"', b'from="2018-05-05"'),
        (CORPUS, b"Count of Festenburg", b"Duke of Festenburg"),
        (CORPUS, b"<forename>Rupert", b"<forename>Rudolf"),
        (CORPUS, f'href="{TALK}.xml"'.encode(), b'href="x.xml"'),
    ],
)
@pytest.mark.slow
def test_a_changed_value_is_found_by_its_file(member: str, old: bytes, new: bytes, exported: Path) -> None:
    change_member(exported / "dist/tei.zip", member, swap(old, new))
    if old == b"<gap ":
        change_member(exported / "dist/tei.zip", member, swap(b"</gap>", b"</note>"))
    found = findings_of("tei", exported)
    assert any(line.startswith(f"dist/tei.zip/{member}") for line in found), found


@pytest.mark.parametrize("member", [f"{TALK}.xml", CORPUS])
def test_a_lost_file_is_found(member: str, exported: Path) -> None:
    change_member(exported / "dist/tei.zip", member, lambda content: None)
    assert any("tei.zip" in line for line in findings_of("tei", exported))


def test_another_file_is_found(exported: Path) -> None:
    add_member(exported / "dist/tei.zip", "extra.xml", b"<TEI/>")
    assert any("members" in line for line in findings_of("tei", exported))
