"""Checks of the table `sources`: each meeting has one, and what it says about a file agrees with itself and with the text."""

import codecs
from collections.abc import Iterator

from builder.verify.findings import Finding, Place, Row, same, shown
from builder.verify.package_rows import Meeting, Package
from builder.verify.stated import ENCODINGS, GIVEN, HTML, LAYOUTS, PLAIN_TEXT, SAVED_HTML
from builder.verify.texts import text_of_source
from schema.events import EVENT_KEYS, NARRATION, NUMBER, SPEECH, TEXT, duplicate_reason, parse_duplicate_reason
from schema.ids import meeting_id, possible_meeting_ids
from schema.text import normal_form

_LARGEST_CHARACTER = 4
"""Bytes of a character in UTF-8 at most."""


def files(package: Package) -> Iterator[Finding]:
    """What the table `sources` says about each file agrees with itself."""
    for row in package.rows("sources"):
        yield from _nulls(row)
        yield from _file(row)


def sources_of_meeting(_package: Package, meeting: Meeting) -> Iterator[Finding]:
    """A meeting has one included source; its duplicates name it, and its text is what the segments say."""
    included = sum(row["status"] == "included" for row in meeting.sources)
    for row in meeting.meetings:
        yield from _meeting_id(row, meeting.source["text_sha256"] if meeting.source else None)
        yield from same(Place("sources"), f"included ones of {row['meeting_id']}", 1, included)
    for row in meeting.sources:
        if row["status"] == "duplicate":
            yield from _duplicate(row, meeting.source, meeting)
    if meeting.source and meeting.segments:
        yield from text_of_source(meeting.source, meeting.text)


def _meeting_id(meeting: Row, text_sha256: str | None) -> Iterator[Finding]:
    """A meeting's id is its date and title, and where these do not tell it apart its number or its text's hash."""
    name, date, title = meeting["meeting_id"], meeting["date"], meeting["title"]
    if name not in possible_meeting_ids(date, title, meeting["event_id"], text_sha256 or ""):
        plain = meeting_id(date, title)
        text = f"meeting_id: expected {plain}, of its date and title, found {name}"
        yield Place("meetings", name).says(text, column="meeting_id", expected=plain, found=name)


def _nulls(row: Row) -> Iterator[Finding]:
    """What is null of a file tells how far it could be read."""
    place = Place("sources", row["path"])
    is_page = row["status"] != "rejected"
    is_text = row["encoding"] is not None and row["media_type"] == PLAIN_TEXT
    expected = {
        "meeting_id": not is_page,
        "reason": row["status"] == "included",
        "byte_size": row["sha256"] is None,
        "text_length": not (is_page or is_text),
        "text_sha256": not (is_page or is_text),
    }
    if is_page:
        expected |= dict.fromkeys(("sha256", "encoding", "layout"), False)
    elif row["layout"] is not None or row["media_type"] == SAVED_HTML:
        # Recognised by its text, or at least told by its first bytes.
        expected |= dict.fromkeys(("sha256", "encoding"), False)
    for column, is_null in expected.items():
        yield from same(place, f"whether {column} is null", is_null, row[column] is None)


def _file(row: Row) -> Iterator[Finding]:
    """Type, encoding, layout and sizes of a file are ones that the builder gives, and fit one another."""
    place = Place("sources", row["path"])
    for column, known in (
        ("media_type", (PLAIN_TEXT, SAVED_HTML)),
        ("encoding", (None, *ENCODINGS)),
        ("layout", (None, *LAYOUTS)),
    ):
        if row[column] not in known:
            expected, found = f"one of {', '.join(filter(None, known))}", shown(row[column])
            yield place.says(
                f"{column}: expected {expected}, found {found}", column=column, expected=expected, found=found
            )
    if (given := row["given"]) is not None and (not given or given != sorted({*given} & {*GIVEN})):
        expected, found = f"null, or some of {', '.join(GIVEN)} in order", shown(given)
        yield place.says(f"given: expected {expected}, found {found}", column="given", expected=expected, found=found)
    if row["layout"] is not None:
        # A copy of a page in other HTML is read as text is.
        wanted = SAVED_HTML if row["layout"] == HTML else row["media_type"]
        yield from same(place, f"media_type of a page of the layout {row['layout']}", wanted, row["media_type"])
    if row["media_type"] == PLAIN_TEXT and row["text_length"] is not None and row["byte_size"] is not None:
        # Line feeds may stand for two bytes, and a byte order mark may stand before all.
        largest = (_LARGEST_CHARACTER + 1) * row["text_length"] + len(codecs.BOM_UTF8)
        if not row["text_length"] <= row["byte_size"] <= largest:
            expected, found = f"the bytes of {row['text_length']} characters", str(row["byte_size"])
            text = f"byte_size: expected {expected}, found {found}"
            yield place.says(text, column="byte_size", expected=expected, found=found)


def _duplicate(row: Row, original: Row | None, meeting: Meeting) -> Iterator[Finding]:
    """A duplicate names the included file whose event it shows, and by what the two are known for one."""
    place = Place("sources", row["path"])
    if original is None:
        text = f"reason: expected an included source of {row['meeting_id']}, found none"
        yield place.says(text, column="reason", expected="an included source", found="none")
        return
    reason = parse_duplicate_reason(row["reason"] or "")
    if reason is None or reason.path != normal_form(original["path"]):
        expected, found = shown(duplicate_reason(original["path"], EVENT_KEYS[0])), shown(row["reason"])
        text = f"reason: expected {expected} or another such key, found {found}"
        yield place.says(text, column="reason", expected=expected, found=found)
        return
    if reason.key == TEXT:
        yield from same(place, "text_sha256", original["text_sha256"], row["text_sha256"])
    needed = {
        NUMBER: ("an event_id", any(each["event_id"] is not None for each in meeting.meetings)),
        SPEECH: ("utterances", bool(meeting.utterances)),
        NARRATION: ("no utterances", not meeting.utterances),
    }
    expected, is_so = needed.get(reason.key, ("", True))
    if not is_so:
        text = f"reason: expected {expected} in {row['meeting_id']}, found the key {shown(reason.key)}"
        yield place.says(text, column="reason", expected=expected, found=shown(reason.key))
