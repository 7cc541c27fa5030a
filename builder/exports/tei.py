"""TEI for linguists and historians, as Parla-CLARIN encodes transcripts: a file a meeting, and one that joins them.

A turn is a `u`, with a `seg` for each paragraph; the text of its segs, but for what `incident` and `gap` hold, is the utterance's
text. What the page's editors inserted is `supplied`, what they left out a `gap`. `@source` of a turn says where it stands in the
source's text, as RFC 5147 counts characters.

Source: https://clarin-eric.github.io/parla-clarin/, https://tei-c.org/release/doc/tei-p5-doc/en/html/
"""

from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from builder.exports import StagedPackage
from builder.exports.by_meeting import Row, by_meeting
from builder.exports.tei_body import body
from builder.exports.tei_xml import TEI, XINCLUDE, child, encode, person_id, xml_id
from builder.exports.zips import file_name, open_zip
from builder.package.read_me import ENCODING_OF_TEI
from builder.package.release import LICENCE_TITLE, LICENCE_URL, NAME, SOURCE_TITLE, SOURCE_URL, Release

CORPUS = f"{NAME}.xml"
"""The file that joins those of the meetings."""


def write(package: StagedPackage, path: Path) -> None:
    """Writes `tei.zip`. Memory: a meeting, and a line for each."""
    columns = ("meeting_id", "status", "path", "sha256")
    sources = {row[0]: row[2:] for row in package.tables.tuples("sources", columns) if row[1] == "included"}
    names = []
    with open_zip(path) as files:
        for meeting, tables in by_meeting(package.tables, "utterances", "segments"):
            if tables["utterances"]:
                file, digest = sources[meeting["meeting_id"]]
                root = Element("TEI", {"xmlns": TEI, "xml:id": xml_id("m", meeting["meeting_id"]), "xml:lang": "en"})
                root.append(_header(meeting, file, digest, package.release))
                root.append(body(meeting, tables["utterances"], tables["segments"], file))
                names.append(file_name(meeting["meeting_id"], ".xml"))
                files.write(names[-1], encode(root))
        files.write(CORPUS, encode(_corpus(package, names)))


def _header(meeting: Row, file: str, digest: str, release: Release) -> Element:
    """The header of a meeting's file: its title and size, where it comes from, and where and when it took place."""
    header = Element("teiHeader")
    description = child(header, "fileDesc")
    child(child(description, "titleStmt"), "title", meeting["title"])
    extent = child(description, "extent")
    for unit, column in (("turns", "utterance_count"), ("words", "word_count")):
        child(extent, "measure", f"{meeting[column]} {unit}", unit=unit, quantity=f"{meeting[column]}")
    _publication(description, release)
    source = child(child(description, "sourceDesc"), "bibl")
    child(source, "title", meeting["title"])
    child(source, "publisher", SOURCE_TITLE)
    child(source, "date", when=meeting["date"].isoformat())
    if meeting["url"]:
        child(source, "ptr", target=meeting["url"])
    child(source, "idno", file, type="file")
    child(source, "idno", digest, type="sha256")
    profile = child(header, "profileDesc")
    if meeting["lead"]:
        child(child(profile, "abstract"), "p", meeting["lead"])
    setting = child(child(profile, "settingDesc"), "setting")
    if meeting["place"]:
        child(setting, "name", meeting["place"], type="place")
    time = f"T{meeting['time'].isoformat()}" if meeting["time"] else ""
    child(setting, "date", when=f"{meeting['date'].isoformat()}{time}")
    return header


def _publication(description: Element, release: Release) -> None:
    publication = child(description, "publicationStmt")
    child(publication, "publisher", ", ".join(release.authors))
    child(publication, "date", when=release.created.isoformat())
    licence = child(child(publication, "availability"), "licence", target=LICENCE_URL)
    child(licence, "p", f"{LICENCE_TITLE}. Source: {SOURCE_TITLE}, {SOURCE_URL}.")


def _corpus(package: StagedPackage, names: list[str]) -> Element:
    """The file that joins the meetings' files, with the persons who speak in them."""
    release = package.release
    corpus = Element("teiCorpus", {"xmlns": TEI, "xmlns:xi": XINCLUDE, "xml:id": NAME, "xml:lang": "en"})
    header = child(corpus, "teiHeader")
    description = child(header, "fileDesc")
    child(child(description, "titleStmt"), "title", release.title)
    child(child(description, "editionStmt"), "edition", release.version)
    child(child(description, "extent"), "measure", f"{len(names)} meetings", unit="meetings", quantity=f"{len(names)}")
    _publication(description, release)
    child(child(description, "sourceDesc"), "p", f"{SOURCE_TITLE}, {SOURCE_URL}")
    encoding = child(header, "encodingDesc")
    child(child(encoding, "projectDesc"), "p", release.description)
    child(child(encoding, "editorialDecl"), "p", ENCODING_OF_TEI)
    persons = child(child(child(header, "profileDesc"), "particDesc"), "listPerson")
    offices = groupby(package.tables.rows("offices"), lambda row: row["speaker_id"])
    held = {speaker: list(rows) for speaker, rows in offices}
    for speaker in package.tables.rows("speakers"):
        persons.append(_person(speaker, held.get(speaker["speaker_id"], [])))
    for name in names:
        child(corpus, "xi:include", href=name)
    return corpus


def _person(speaker: Row, offices: list[Row]) -> Element:
    person = Element("person", {"xml:id": person_id(speaker["speaker_id"])})
    name = child(person, "persName")
    if speaker["given_name"] and speaker["family_name"]:
        child(name, "forename", speaker["given_name"])
        child(name, "surname", speaker["family_name"])
    else:
        name.text = speaker["name"]
    for column, kind in (("wikidata_id", "wikidata"), ("site_person_id", "kremlin.ru")):
        if speaker[column]:
            child(person, "idno", speaker[column], type=kind)
    for office in sorted(offices, key=lambda row: (row["first_date"], row["office"])):
        days = {"from": office["first_date"].isoformat(), "to": office["last_date"].isoformat()}
        child(person, "affiliation", **days).append(role := Element("roleName"))
        role.text = office["office"]
    return person
