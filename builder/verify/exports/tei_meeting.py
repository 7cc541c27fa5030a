"""What the TEI file of a meeting should hold, by the tables."""

import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from builder.package.release import LICENCE_TITLE, LICENCE_URL, SOURCE_TITLE, SOURCE_URL, current_release
from builder.verify.exports.tei_outline import element
from builder.verify.findings import Row
from builder.verify.package_rows import Meeting
from builder.verify.segment_rows import SegmentRow
from schema.segments import SPOKEN
from schema.text import normal_form

NOTES = ("narration", "caption", "pullquote", "note")


def publication() -> list[str]:
    """Who publishes the file, when, and under which licence."""
    release = current_release()
    words = element("p", f"{LICENCE_TITLE}. Source: {SOURCE_TITLE}, {SOURCE_URL}.")
    return element(
        "publicationStmt",
        element("publisher", ", ".join(release.authors)),
        element("date", when=f"{release.created}"),
        element("availability", element("licence", words, target=LICENCE_URL)),
    )


def stated_meeting(meeting: Meeting) -> list[str]:
    """The whole file of a meeting that has turns."""
    row, source = meeting.meetings[0], meeting.source or {}
    header = element("teiHeader", _file(row, source), _profile(row))
    text = element("text", element("body", *_sections(meeting, f"{source.get('path')}")))
    return element("TEI", header, text, xml_id=f"m.{meeting.meeting_id}", xml_lang="en")


def _file(row: Row, source: Row) -> list[str]:
    turns, words = row["utterance_count"], row["word_count"]
    origin = element(
        "bibl",
        element("title", row["title"]),
        element("publisher", SOURCE_TITLE),
        element("date", when=f"{row['date']}"),
        element("ptr", target=row["url"]) if row["url"] else None,
        element("idno", source.get("path"), type="file"),
        element("idno", source.get("sha256"), type="sha256"),
    )
    return element(
        "fileDesc",
        element("titleStmt", element("title", row["title"])),
        element(
            "extent",
            element("measure", f"{turns} turns", unit="turns", quantity=f"{turns}"),
            element("measure", f"{words} words", unit="words", quantity=f"{words}"),
        ),
        publication(),
        element("sourceDesc", origin),
    )


def _profile(row: Row) -> list[str]:
    time = f"T{row['time']}" if row["time"] else ""
    setting = element(
        "setting",
        element("name", row["place"], type="place") if row["place"] else None,
        element("date", when=f"{row['date']}{time}"),
    )
    abstract = element("abstract", element("p", row["lead"])) if row["lead"] else None
    return element("profileDesc", abstract, element("settingDesc", setting))


def _sections(meeting: Meeting, path: str) -> list[list[str]]:
    """The sections of the text, which headings begin: turns, and what stands between them."""
    spans: dict[str, list[int]] = {}
    for index, segment in enumerate(meeting.segments):
        if segment.utterance_id:
            spans.setdefault(segment.utterance_id, []).append(index)
    utterances = {row["utterance_id"]: row for row in meeting.utterances}
    sections = [[element("head", meeting.meetings[0]["title"])]]
    index = 0
    while index < len(meeting.segments):
        segment = meeting.segments[index]
        if segment.utterance_id:
            end = spans[segment.utterance_id][-1] + 1
            row = utterances[segment.utterance_id]
            note = f" ({row['note']})" if row["note"] else ""
            sections[-1].append(element("note", row["label"] + note, type="speaker"))
            sections[-1].append(_turn(row, meeting.segments[index:end], path))
            index = end
            continue
        if segment.kind == "heading":
            sections.append([element("head", normal_form(segment.text))])
        else:
            sections[-1].append(_mark(segment))
        index += 1
    return [element("div", *section, type="debateSection") for section in sections]


def _turn(row: Row, segments: Sequence[SegmentRow], path: str) -> list[str]:
    paragraphs = row["text"].split("\n\n")
    last = {segment.paragraph: index for index, segment in enumerate(segments) if segment.kind in SPOKEN}
    key = f"u.{row['utterance_id']}"
    content: list[list[str]] = []
    index = 0
    while index < len(segments):
        number = segments[index].paragraph
        if number is None:
            content.append(_mark(segments[index]))
            index += 1
            continue
        end = last[number] + 1
        inner = _paragraph(paragraphs[number - 1], segments[index:end])
        content.append(element("seg", *inner, n=f"{number}", xml_id=f"{key}.{number}"))
        index = end
    who = f"#s.{row['speaker_id']}" if row["speaker_id"] else None
    place = f"{quote(path)}#char={row['start_char']},{row['end_char']}"
    return element("u", *content, n=f"{row['sequence']}", source=place, xml_id=key, who=who)


def _paragraph(text: str, segments: Sequence[SegmentRow]) -> list[str | list[str]]:
    """A paragraph of the utterance's text, parted where its segments meet."""
    content: list[str | list[str]] = []
    begin, raw = 0, ""
    for number, segment in enumerate(segments):
        if segment.kind not in SPOKEN:
            content.append(_mark(segment))
            continue
        raw += segment.text
        end = len(text) if number == len(segments) - 1 else _boundary(text, raw)
        content.append(element("supplied", text[begin:end]) if segment.kind == "insertion" else text[begin:end])
        begin = end
    return content


def _boundary(text: str, raw: str) -> int:
    """Where in a paragraph the characters of its raw beginning end, white space apart: by counting letters and marks.

    A letter that two segments make together is the later one's.
    """
    left = sum(not mark.isspace() for mark in unicodedata.normalize("NFD", raw))
    end = 0
    for index, character in enumerate(text):
        left -= 0 if character == " " else len(unicodedata.normalize("NFD", character))
        if left < 0:
            break
        end = end if character == " " else index + 1
    return end + (raw[-1].isspace() and text[end : end + 1] == " ")


def _mark(segment: SegmentRow) -> list[str]:
    """An element of a segment that nobody speaks; nothing for one that is not part of the transcript."""
    text = normal_form(segment.text)
    if segment.kind == "direction":
        return element("incident", element("desc", text))
    if segment.kind == "elision":
        return element("gap", element("desc", text), reason="editorial")
    if segment.kind == "separator":
        return element("milestone", unit="section", rend=text)
    return element("note", text, type=segment.kind) if segment.kind in NOTES else []
