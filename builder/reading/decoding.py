"""Reading one input file: its bytes, its hash, its text."""

import codecs
import hashlib
import os
import re
from typing import NamedTuple

from builder.errors import DataError, FormatError, Problem
from builder.files import open_regular
from builder.reading.containers import OpenContainers
from builder.reading.discovery import Input, unreadable_file
from builder.reading.document import HTML, NOTHING_GIVEN, PLAIN, Given, Source, merged
from builder.reading.encodings import decode_html, decode_text, kind_of_other_file
from builder.reading.limits import MAX_FILE_BYTES, check_size, check_text
from builder.reading.metadata_tables import MetadataTables
from builder.reading.provenance import ProvenanceTables
from builder.reading.saved_pages import page_in
from schema.events import own_address

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|article|!--|\?xml)|.{0,2000}?<(?:!doctype\s+html|html|article)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    rb"\s*<(?:p|div|section|main|span|h[1-6]|table|blockquote|ul|ol|b|strong|em|i)(?:\s[^<>]{0,500})?>(?=[^<>]*<)",
    re.IGNORECASE,
)
"""A part of a page, as a cell of a table may hold it."""
_TRANSLATED = re.compile(r"<html\b[^>]{0,2000}\btranslated-(?:ltr|rtl)\b", re.IGNORECASE)
"""A class that browsers give the root of a page while they show it in another language."""
_HEAD = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def sha256_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as `sources.text_sha256` gives it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class RawFile(NamedTuple):
    """One input and its bytes."""

    item: Input
    data: bytes
    given: Given = NOTHING_GIVEN
    """What the file of many pages gives that it stands in."""
    charset: str | None = None
    is_html: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_file(item: Input, containers: OpenContainers) -> RawFile:
    """Reads one input's bytes. Raises `DataError` where they cannot be read, or are too many."""
    if item.problem:
        raise DataError([item.problem])
    if item.of and item.member:
        content = containers.read(item.of, item.member, item.display_path)
        check_size(len(content.data), item.display_path)
        return RawFile(item, *content)
    try:
        with open_regular(item.file) as file:
            size = os.fstat(file.fileno()).st_size
            check_size(size, item.display_path)
            data = file.read(size + 1)
            if len(data) > size:
                # The file has grown, or is of a kind whose size is not known in advance.
                data += file.read(MAX_FILE_BYTES + 1 - size)
                check_size(len(data), item.display_path)
            return RawFile(item, data)
    except OSError as error:
        raise DataError([unreadable_file(item.display_path, error)]) from None


def decode(raw: RawFile, provenance: ProvenanceTables, metadata: MetadataTables) -> Source:
    """The text of a file, and what the tables of its folder know of it. Raises `DataError` where it is no text."""
    data, charset, given, is_html = raw.data, raw.charset, raw.given, raw.is_html
    try:
        if saved := page_in(data):
            data, charset, is_html = saved.data, saved.charset, True
            given = given._replace(url=given.url or saved.url)
    except FormatError as error:
        problem = Problem(
            raw.item.display_path, error.expected, error.found, "save the page again, as HTML", code="damaged-page"
        )
        raise DataError([problem]) from None
    text, encoding, media_type = _decode(data, raw.item.display_path, charset, is_html=is_html)
    folder = os.path.dirname(raw.item.file)
    entries = provenance.of_folder(folder).entries
    sha256 = raw.sha256
    of_table = metadata.of_page(raw.item.file, raw.item.path_of_file, raw.item.member.name if raw.item.member else "")
    # The same text saved with other line ends is still that page.
    entry = (entries.get(sha256) or entries.get(sha256_of_text(text))) if entries else None
    return Source(
        path=raw.item.path,
        display_path=raw.item.display_path,
        sha256=sha256,
        byte_size=len(raw.data),
        media_type=media_type,
        encoding=encoding,
        text=text,
        url=own_address(entry.url) if entry and entry.url else None,
        given=given,
        corrections=merged(raw.item.given, of_table),
    )


def _decode(data: bytes, path: str, charset: str | None, *, is_html: bool) -> tuple[str, str, str]:
    """The text of a file's bytes, without byte order mark and with line feeds as line ends; its encoding, its media type."""
    if not data:
        raise DataError(
            [Problem(path, "the text of a page", "an empty file", "save the page again", line=1, code="empty-file")]
        )
    if other := kind_of_other_file(data):
        kind, advice = other
        raise DataError([Problem(path, "a page as HTML or text", kind, advice, code="other-file")])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError(
            [Problem(path, "UTF-8 text", "UTF-16 text", "save the file as UTF-8", line=1, code="not-utf-8")]
        )
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if b"\x00" in data:
        offset = data.index(b"\x00")
        found = f"a binary file (byte {offset} is 00)"
        line = data.count(b"\n", 0, offset) + 1
        raise DataError(
            [Problem(path, "UTF-8 text", found, "name the page's text instead", line=line, code="binary-file")]
        )
    if (is_html and b"<" in data) or _HTML.match(data) or _FRAGMENT.match(data):
        text, encoding = decode_html(data, path, charset)
        head = text[:_HEAD]
        if "translated-" in head and _TRANSLATED.search(head):
            advice = "show the page as the site has it, and save it again"
            found = "a page that a browser translated"
            raise DataError([Problem(path, "a page in the site's own words", found, advice, code="translated-page")])
        return _with_line_feeds(text), encoding, HTML
    try:
        text, encoding = decode_text(data)
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark, editors from the start of the file.
        offset = error.start + (len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        line = 1 + len(re.findall(rb"\r\n?|\n", data[:offset]))
        found = f"byte {offset} = {data[offset]:02x}, which is not UTF-8"
        raise DataError(
            [Problem(path, "UTF-8 text", found, "save the file as UTF-8", line=line, code="not-utf-8")]
        ) from None
    text = _with_line_feeds(text)
    check_text(text, path)
    if not text.strip():
        raise DataError(
            [Problem(path, "the text of a page", "white space alone", "save the page again", line=1, code="empty-file")]
        )
    if problems := _control_characters(text, path):
        raise DataError(problems)
    return text, encoding, PLAIN


def _control_characters(text: str, path: str) -> list[Problem]:
    """A problem for the first control character of each line."""
    return [
        Problem(
            path,
            "text without control characters",
            f"U+{ord(match[0]):04X} at character {match.start() - text.rfind(chr(10), 0, match.start())}",
            "take it out",
            line=text.count("\n", 0, match.start()) + 1,
            code="control-character",
        )
        for match in _first_in_each_line(text)
    ]


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _first_in_each_line(text: str) -> list[re.Match[str]]:
    """The first control character of each of the first ten lines that hold one."""
    found: dict[int, re.Match[str]] = {}
    for match in _CONTROL.finditer(text):
        found.setdefault(text.rfind("\n", 0, match.start()), match)
        if len(found) == 10:
            break
    return list(found.values())
