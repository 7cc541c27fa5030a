"""Which form of file of many pages a file is by its first bytes, whatever its name."""

import lzma
import re
import zipfile
import zlib
from typing import IO

from builder.files import open_regular
from builder.reading.containers.archives import unpacked
from builder.reading.containers.mails import HEAD_BYTES, is_mail

_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--[^>]*+>\s*+)?<(?:\w+:)?(?:feed|rss|RDF)\b")


def form_by_bytes(file: str) -> str | None:
    """The form of a file; null where its first bytes do not tell."""
    try:
        with open_regular(file) as raw:
            head = raw.read(HEAD_BYTES)
            raw.seek(0)
            if head.startswith(b"PK"):
                return _form_of_zip(raw)
            if is_mail(head):
                return "mails"
            return _form(head) or _form(unpacked(raw).read(HEAD_BYTES))
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return None


def _form(head: bytes) -> str | None:
    if head.startswith(b"WARC/"):
        return "web archive"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"ARROW1\x00\x00"):
        return "arrow"
    if head.startswith(b"SQLite format 3\x00"):
        return "database"
    if head[_TAR_MARK_AT:].startswith(_TAR_MARK):
        return "tar"
    return "feed" if _FEED.match(head) else None


def _form_of_zip(raw: IO[bytes]) -> str | None:
    """Workbooks and the archives of web archives are zip archives too; so are the documents that are not read."""
    try:
        names = set(zipfile.ZipFile(raw).namelist())
    except (zipfile.BadZipFile, NotImplementedError):
        return "zip"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names or "mimetype" in names:
        return None
    is_wacz = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
    return "web archive" if is_wacz else "zip"
