"""The TEI files hold the turns, insertions, cuts and directions of the tables, and the persons with their offices."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.package_files import DIST
from builder.verify.findings import Finding, Place, Row, in_file, same
from builder.verify.package_rows import Meeting, Package
from schema.text import normal_form

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
CORPUS = "kremlin-meetings.xml"
NOTES = ("narration", "caption", "pullquote", "note")
_UNPRINTABLE = re.compile("[\ufffe\uffff]")


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `tei.zip` with the tables, meeting by meeting."""
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as files:
        names = []
        for meeting in package.by_meeting():
            if not meeting.utterances:
                continue
            key = meeting.meeting_id or ""
            name = f"{key if len(key) <= 180 else f'{key[:180]}--{sha256(key.encode()).hexdigest()[:8]}'}.xml"
            names.append(name)
            if name in files.NameToInfo:
                place = in_file(f"{DIST}/{path.name}/{name}")
                yield from _meeting(place, meeting, fromstring(files.read(name)))
        yield from same(in_file(f"{DIST}/{path.name}"), "members", sorted([*names, CORPUS]), sorted(files.namelist()))
        yield from _corpus(in_file(f"{DIST}/{path.name}/{CORPUS}"), package, names, fromstring(files.read(CORPUS)))


class TeiTurn(NamedTuple):
    """A turn as a file shows it, or as the tables give it."""

    key: str | None
    who: str | None
    label: str | None
    source: str | None
    paragraphs: list[str]


def _meeting(place: Place, meeting: Meeting, root: Element) -> Iterator[Finding]:
    row = meeting.meetings[0]
    yield from same(place, "xml:id", f"m.{meeting.meeting_id}", root.get(ID))
    header = root.find(f"{TEI}teiHeader")
    time = f"T{row['time']}" if row["time"] else ""
    source = meeting.source or {}
    expected = {
        "titleStmt/title": row["title"],
        "sourceDesc/bibl/title": row["title"],
        "sourceDesc/bibl/idno[1]": source.get("path"),
        "sourceDesc/bibl/idno[2]": source.get("sha256"),
        "abstract/p": row["lead"],
        "setting/name": row["place"],
        "extent/measure[1]": f"{row['utterance_count']} turns",
        "extent/measure[2]": f"{row['word_count']} words",
    }
    for steps, value in expected.items():
        yield from same(place, steps, _printable(value), _text_at(header, steps))
    yield from same(place, "setting/date", f"{row['date']}{time}", _attribute(header, "setting/date", "when"))
    yield from same(place, "sourceDesc/bibl/date", f"{row['date']}", _attribute(header, "sourceDesc/bibl/date", "when"))
    yield from same(place, "sourceDesc/bibl/ptr", row["url"], _attribute(header, "sourceDesc/bibl/ptr", "target"))
    wanted, found = list(_stated_turns(meeting)), list(_turns(root))
    for number, (one, other) in enumerate(zip_longest(wanted, found), start=1):
        yield from same(place, f"turn {number}", one, other)
    marks = {"supplied": "insertion", "incident": "direction", "gap": "elision", "milestone": "separator"}
    for tag, kind in marks.items():
        yield from same(place, f"{tag} elements", _segments(meeting, kind), list(_words(root, tag)))
    for kind in NOTES:
        yield from same(place, f"{kind} notes", _segments(meeting, kind), list(_words(root, f"note[@type='{kind}']")))
    heads = [_printable(row["title"]), *_segments(meeting, "heading")]
    yield from same(place, "heads", heads, [_joined(head) for head in root.iter(f"{TEI}head")])


def _stated_turns(meeting: Meeting) -> Iterator[TeiTurn]:
    path = quote((meeting.source or {}).get("path", ""))
    for row in meeting.utterances:
        note = f" ({row['note']})" if row["note"] else ""
        yield TeiTurn(
            f"u.{row['utterance_id']}",
            f"#s.{row['speaker_id']}" if row["speaker_id"] else None,
            _printable(row["label"] + note),
            f"{path}#char={row['start_char']},{row['end_char']}",
            (_printable(row["text"]) or "").split("\n\n"),
        )


def _turns(root: Element) -> Iterator[TeiTurn]:
    label = None
    for element in root.iter():
        if element.tag == f"{TEI}note" and element.get("type") == "speaker":
            label = element.text
        if element.tag == f"{TEI}u":
            paragraphs = [_said(seg) for seg in element.findall(f"{TEI}seg")]
            yield TeiTurn(element.get(ID), element.get("who"), label, element.get("source"), paragraphs)


def _said(seg: Element) -> str:
    """The text of a paragraph, without what nobody says in it."""
    inner = ((_said(part) if part.tag == f"{TEI}supplied" else "") + (part.tail or "") for part in seg)
    return (seg.text or "") + "".join(inner)


def _segments(meeting: Meeting, kind: str) -> list[str | None]:
    return [_printable(normal_form(segment.text)) for segment in meeting.segments if segment.kind == kind]


def _words(root: Element, tag: str) -> Iterator[str]:
    """What the elements of a kind hold, without the white space around it."""
    for element in root.findall(f".//{TEI}{tag}"):
        yield (element.get("rend") or "") if tag == "milestone" else _joined(element).strip()


def _joined(element: Element) -> str:
    return "".join(element.itertext())


def _corpus(place: Place, package: Package, names: list[str], root: Element) -> Iterator[Finding]:
    yield from same(place, "includes", names, [element.get("href") for element in root.findall(INCLUDE)])
    header = root.find(f"{TEI}teiHeader")
    yield from same(place, "edition", package.version, _text_at(header, "editionStmt/edition"))
    offices: dict[str, list[Row]] = {}
    for row in package.rows("offices"):
        offices.setdefault(row["speaker_id"], []).append(row)
    wanted = [_stated_person(row, offices.get(row["speaker_id"], [])) for row in package.rows("speakers")]
    found = [_person(element) for element in root.iter(f"{TEI}person")]
    for one, other in zip_longest(wanted, found):
        yield from same(place, f"person {(one or other or {}).get('id')}", one, other)


def _stated_person(row: Row, offices: list[Row]) -> dict[str, Any]:
    is_parted = row["given_name"] and row["family_name"]
    name = [row["given_name"], row["family_name"]] if is_parted else [row["name"]]
    numbers = {"wikidata": row["wikidata_id"], "kremlin.ru": row["site_person_id"]}
    return {
        "id": f"s.{row['speaker_id']}",
        "name": [_printable(part) for part in name],
        "numbers": {kind: number for kind, number in numbers.items() if number},
        "offices": sorted((f"{o['first_date']}", f"{o['last_date']}", _printable(o["office"])) for o in offices),
    }


def _person(element: Element) -> dict[str, Any]:
    affiliations = element.findall(f"{TEI}affiliation")
    return {
        "id": element.get(ID),
        "name": [text for part in element.iter(f"{TEI}persName") for text in part.itertext()],
        "numbers": {number.get("type"): number.text for number in element.findall(f"{TEI}idno")},
        "offices": sorted((a.get("from") or "", a.get("to") or "", _joined(a)) for a in affiliations),
    }


def _printable(text: str | None) -> str | None:
    return None if text is None else _UNPRINTABLE.sub("\ufffd", text)


def _at(header: Element | None, steps: str) -> Element | None:
    if header is None:
        return None
    return header.find(".//" + "/".join(f"{TEI}{step}" for step in steps.split("/")))


def _text_at(header: Element | None, steps: str) -> str | None:
    element = _at(header, steps)
    return None if element is None else element.text


def _attribute(header: Element | None, steps: str, name: str) -> str | None:
    element = _at(header, steps)
    return None if element is None else element.get(name)
