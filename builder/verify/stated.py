"""What the data dictionary and the site's pages say, in the referee's own words.

A check that took these from the code that reads pages would follow each of its mistakes. So they are stated twice, and a test
compares the two: whoever changes one has to look at the other.
"""

import hashlib
from collections.abc import Mapping

PLAIN_TEXT, SAVED_HTML = "text/plain", "text/html"
"""What `sources.media_type` may say."""
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "windows-1251",
    "windows-1252",
    "koi8-r",
    "iso-8859-5",
    "ibm866",
    "x-mac-cyrillic",
)

GIVEN = ("date", "event_id", "lead", "place", "time", "title", "url")
"""Columns of `meetings` that `sources.given` may name."""
HTML, MAIN_TEXT, ACCESSIBLE_TEXT, PLAIN = "html", "main_text", "accessible_text", "plain_text"
LAYOUTS = (HTML, MAIN_TEXT, ACCESSIBLE_TEXT, PLAIN)

ACCESSIBLE_HEAD = frozenset(
    {"View settings", "Font size:", "Site colours:", "Official website of the President of Russia"}
)
"""The lines above a page of the accessible version, which no other layout has."""

COLUMN_OF_TAGS: Mapping[str, str] = {"Geography": "geography", "Topics": "topics", "Persons": "persons"}
"""The column that holds the tags which a page prints below a heading."""

KINDS_OF_EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "lead": ("lead",),
    "title": ("title",),
    "heading": ("heading",),
    "caption": ("caption",),
    "narration": ("narration", "direction"),
}
"""The kinds of segments in which an office stands, by `participations.role_evidence`; one of a label stands in the label."""


def sha256_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as `sources.text_sha256` gives it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
