"""The TEI files hold what the tables say, element by element, and the file that joins them the persons with their offices."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.names import DIST
from builder.package.read_me import ENCODING_OF_TEI
from builder.package.release import SOURCE_TITLE, SOURCE_URL, current_release
from builder.verify.exports.tei_meeting import publication, stated_meeting
from builder.verify.exports.tei_outline import differences, element, outline_of
from builder.verify.findings import Finding, Row, in_file, same
from builder.verify.package_rows import Package

CORPUS = "kremlin-meetings.xml"


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `tei.zip` with the tables, meeting by meeting."""
    place = f"{DIST}/{path.name}"
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as files:
        names = []
        for meeting in package.by_meeting():
            if not meeting.utterances:
                continue
            key = meeting.meeting_id or ""
            name = f"{key if len(key) <= 180 else f'{key[:180]}--{sha256(key.encode()).hexdigest()[:8]}'}.xml"
            names.append(name)
            if name in files.NameToInfo:
                found = outline_of(files.read(name))
                yield from differences(in_file(f"{place}/{name}"), stated_meeting(meeting), found)
        yield from same(in_file(place), "members", sorted([*names, CORPUS]), sorted(files.namelist()))
        found = outline_of(files.read(CORPUS))
        yield from differences(in_file(f"{place}/{CORPUS}"), _stated_corpus(package, names), found)


def _stated_corpus(package: Package, names: list[str]) -> list[str]:
    release = current_release()
    offices: dict[str, list[Row]] = {}
    for row in package.rows("offices"):
        offices.setdefault(row["speaker_id"], []).append(row)
    persons = [_stated_person(row, offices.get(row["speaker_id"], [])) for row in package.rows("speakers")]
    size = element("measure", f"{len(names)} meetings", unit="meetings", quantity=f"{len(names)}")
    file = element(
        "fileDesc",
        element("titleStmt", element("title", release.title)),
        element("editionStmt", element("edition", f"{package.version}")),
        element("extent", size),
        publication(),
        element("sourceDesc", element("p", f"{SOURCE_TITLE}, {SOURCE_URL}")),
    )
    encoding = element(
        "encodingDesc",
        element("projectDesc", element("p", release.description)),
        element("editorialDecl", element("p", ENCODING_OF_TEI)),
    )
    profile = element("profileDesc", element("particDesc", element("listPerson", *persons)))
    includes = [element("xi:include", href=name) for name in names]
    header = element("teiHeader", file, encoding, profile)
    return element("teiCorpus", header, *includes, xml_id="kremlin-meetings", xml_lang="en")


def _stated_person(row: Row, offices: list[Row]) -> list[str]:
    if row["given_name"] and row["family_name"]:
        name = element("persName", element("forename", row["given_name"]), element("surname", row["family_name"]))
    else:
        name = element("persName", row["name"])
    numbers = {"wikidata": row["wikidata_id"], "kremlin.ru": row["site_person_id"]}
    held = [
        element("affiliation", element("roleName", office), **{"from": f"{first}", "to": f"{last}"})
        for first, office, last in sorted((row["first_date"], row["office"], row["last_date"]) for row in offices)
    ]
    idnos = [element("idno", number, type=kind) for kind, number in numbers.items() if number]
    return element("person", name, *idnos, *held, xml_id=f"s.{row['speaker_id']}")
