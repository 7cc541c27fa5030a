"""Checks on the ledger of sources: each meeting has one, and what is said of a file agrees with itself and with its text."""

import codecs
from collections import Counter
from collections.abc import Iterator

from builder.reading.decoding import ENCODINGS, HTML, PLAIN
from builder.reading.layouts import RANK, html
from builder.verify.reading import Package, Row, same, shown
from builder.verify.segments import findings
from schema.events import EVENT_KEYS, duplicate_reason
from schema.ids import meeting_id

_LARGEST_CHARACTER = 4
"""Bytes of a character in UTF-8 at most."""


def ledger(package: Package) -> Iterator[str]:
    """Each meeting has one included source."""
    rows = package.rows
    included = {row["meeting_id"]: row for row in rows["sources"] if row["status"] == "included"}
    count = Counter(row["meeting_id"] for row in rows["sources"] if row["status"] == "included")
    for meeting in rows["meetings"]:
        name = meeting["meeting_id"]
        yield from _meeting_id(meeting, included[name]["text_sha256"] if name in included else None)
        yield from same(f"sources: included ones of {name}", 1, count[name])
    for row in rows["sources"]:
        yield from _nulls(row)
        yield from _file(row)
        if row["status"] == "duplicate":
            yield from _duplicate(row, included.get(row["meeting_id"]))
    yield from findings(package).ledger


def _meeting_id(meeting: Row, text_sha256: str | None) -> Iterator[str]:
    """A meeting's id is its date and title, and where these do not tell it apart its number or its text's hash."""
    name, event, text = meeting["meeting_id"], meeting["event_id"], (text_sha256 or "")[:8]
    plain = meeting_id(meeting["date"], meeting["title"])
    allowed = {plain, f"{plain}-{event}", f"{plain}-{text}", f"{plain}-{event}-{text}", f"{plain}-{text}-{text}"}
    if name not in allowed:
        yield f"meetings: {name}: meeting_id: expected {plain}, of its date and title, found {name}"


def _nulls(row: Row) -> Iterator[str]:
    """What is null of a file tells how far it could be read."""
    where = f"sources: {row['path']}"
    is_page = row["status"] != "rejected"
    is_text = row["encoding"] is not None and row["media_type"] == PLAIN
    expected = {
        "meeting_id": not is_page,
        "reason": row["status"] == "included",
        "byte_size": row["sha256"] is None,
        "text_length": not (is_page or is_text),
        "text_sha256": not (is_page or is_text),
    }
    if is_page:
        expected |= dict.fromkeys(("sha256", "encoding", "layout"), False)
    elif row["layout"] is not None or row["media_type"] == HTML:
        # Recognised by its text, or at least told by its first bytes.
        expected |= dict.fromkeys(("sha256", "encoding"), False)
    for column, is_null in expected.items():
        yield from same(f"{where}: whether {column} is null", is_null, row[column] is None)


def _file(row: Row) -> Iterator[str]:
    """Type, encoding, layout and sizes of a file are ones that the builder gives, and fit one another."""
    where = f"sources: {row['path']}"
    for column, known in (("media_type", (PLAIN, HTML)), ("encoding", (None, *ENCODINGS)), ("layout", (None, *RANK))):
        if row[column] not in known:
            yield f"{where}: {column}: expected one of {', '.join(filter(None, known))}, found {shown(row[column])}"
    if row["layout"] is not None:
        wanted = HTML if row["layout"] == html.NAME else PLAIN
        yield from same(f"{where}: media_type of a page of the layout {row['layout']}", wanted, row["media_type"])
    if row["media_type"] == PLAIN and row["text_length"] is not None and row["byte_size"] is not None:
        # Line feeds may stand for two bytes, and a byte order mark may stand before all.
        largest = (_LARGEST_CHARACTER + 1) * row["text_length"] + len(codecs.BOM_UTF8)
        if not row["text_length"] <= row["byte_size"] <= largest:
            yield f"{where}: byte_size: expected the bytes of {row['text_length']} characters, found {row['byte_size']}"


def _duplicate(row: Row, original: Row | None) -> Iterator[str]:
    """A duplicate names the included file whose event it shows, and by what the two are known for one."""
    where = f"sources: {row['path']}: reason"
    if original is None:
        yield f"{where}: expected an included source of {row['meeting_id']}, found none"
        return
    reasons = {key: duplicate_reason(original["path"], key) for key in EVENT_KEYS}
    if row["reason"] not in reasons.values():
        expected = shown(reasons[EVENT_KEYS[0]])
        yield f"{where}: expected {expected} or another such key, found {shown(row['reason'])}"
    elif row["reason"] == reasons["the same text"]:
        yield from same(f"sources: {row['path']}: text_sha256", original["text_sha256"], row["text_sha256"])
