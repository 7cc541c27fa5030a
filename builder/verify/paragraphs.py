"""Looks into the source files itself, with nothing of the code that reads pages: is what stands there in the segments?

A reader that loses text loses it again when it reads the file again. So the paragraphs of a saved page are found here by the
plainest means, its bytes and one pattern, and what the reader may leave out by rule is left out before.
"""

import email
import html
import plistlib
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from builder.errors import quote
from builder.verify.findings import Finding, Place
from builder.verify.package_rows import Meeting, Package
from builder.verify.stated import HTML, SAVED_HTML

_NO_TEXT = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)"
    r"|<(script|style|iframe|noembed|noframes|template|noscript|button)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""What is no text of the page, unless it holds paragraphs: then its own end is missing."""
_IN_TAG, _IN_TAG_WITH_VALUES = "[^<>]*+", r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*+"""
"""What stands in a tag: up to the next sign that may end it, or with values in quotation marks, which may hold that sign. Of
markup that is not as it should be either may be right."""
_TAGS = tuple(re.compile(f"</?[a-z]{inside}>", re.IGNORECASE) for inside in (_IN_TAG, _IN_TAG_WITH_VALUES))
_PARAGRAPHS = tuple(
    re.compile(rf"<p(?:\s{inside})?>((?:(?!</?p[\s>]|</?div|<span|<br).)+)</p\s*>", re.DOTALL | re.IGNORECASE)
    for inside in (_IN_TAG, _IN_TAG_WITH_VALUES)
)
"""A paragraph without hover cards and line breaks: these the reader takes apart."""


def paragraphs(content: Callable[[str], bytes | None], _package: Package, meeting: Meeting) -> Iterator[Finding]:
    """Every paragraph of a meeting's source file is in its segments, or for a text every character.

    `content` gives the bytes of each file by their SHA-256.
    """
    source = meeting.source
    data = content(source["sha256"]) if source and source["encoding"] is not None else None
    if source is None or data is None:
        return  # Another check tells that.
    text = _page(data).decode(_codec(source["encoding"]), "replace")
    place = Place("sources", source["path"])
    if source["media_type"] != SAVED_HTML:
        found = sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")).hexdigest()
        if found != source["text_sha256"]:
            text = f"text_sha256: expected that of the file's text, {found}, found {source['text_sha256']}"
            yield place.says(text, column="text_sha256", expected=found, found=source["text_sha256"])
        return
    # In other HTML than the site's no end is missed: what a script says is none of the page's.
    left_out = _without_text if source["layout"] == HTML else " "
    in_segments, markup = _letters_and_figures(meeting.text), _NO_TEXT.sub(left_out, _article(text))
    for paragraph in _PARAGRAPHS[0].finditer(markup):
        readings = [*_readings(paragraph)]
        if not any(_letters_and_figures(reading) in in_segments for reading in readings):
            expected = f"a segment with the file's paragraph {quote(readings[0])}"
            yield place.says(f"expected {expected}, found none", expected=expected, found="none")


def _page(data: bytes) -> bytes:
    """The page's bytes: those of the file, or in what a browser saved of the site's page, else of the first."""
    pages = [data]
    if data.startswith((b"bplist00", b"<?xml")) and b"WebMainResource" in data:
        pages = [*_resources(plistlib.loads(data))]
    head = data[:2_000].lower()
    if b"mime-version:" in head and b"\ncontent-type:" in head and not data.lstrip().startswith(b"<"):
        parts = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n")).walk()
        pages = [bytes(part.get_payload(decode=True)) for part in parts if "html" in part.get_content_type()]
    return next((page for page in pages if b"entry-title" in page), next(iter(pages), data))


def _resources(archive: dict[str, Any]) -> Iterator[bytes]:
    """The page in an archive of Safari's, and those in its frames."""
    yield bytes(archive["WebMainResource"]["WebResourceData"])
    for frame in archive.get("WebSubframeArchives", ()):
        yield from _resources(frame)


def _readings(paragraph: re.Match[str]) -> Iterator[str]:
    """The text of a paragraph, as its markup may be understood."""
    for pattern, tag in zip(_PARAGRAPHS, _TAGS, strict=True):
        if match := pattern.match(paragraph.string, paragraph.start()):
            yield html.unescape(tag.sub("", match[1]))


def _without_text(match: re.Match[str]) -> str:
    return match[0] if re.search(r"</?p[\s>]", match[0], re.IGNORECASE) else ""


def _article(page: str) -> str:
    """The page's article; the whole page where it has none."""
    lowered = page.lower()
    start, end = lowered.find("<article"), lowered.rfind("</article")
    return page[start:] if start >= 0 and end < start else page[start:end] if start >= 0 else page


def _codec(encoding: str) -> str:
    """What Python calls an encoding."""
    return {"x-mac-cyrillic": "mac-cyrillic"}.get(encoding, encoding)


def _letters_and_figures(text: str) -> str:
    """Letters and figures alone: what else there is, tools and parsers resolve differently."""
    return re.sub(r"[\W_]+", "", text)
