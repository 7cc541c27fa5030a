"""The page in a file as some browsers save one, with its pictures: MHTML, and Safari's `.webarchive`."""

import re
from typing import TYPE_CHECKING, NamedTuple

from builder.errors import FormatError

if TYPE_CHECKING:
    from email.message import Message

_HEADS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){2,60}")
_IS_MHTML = re.compile(rb"^Content-Type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_PLIST_HEADS = (b"bplist00", b"<?xml", b"<!DOCTYPE plist")
_MAIN, _DATA, _ENCODING, _URL = (
    *("WebMainResource", "WebResourceData"),
    *("WebResourceTextEncodingName", "WebResourceURL"),
)
_HEAD_BYTES = 20_000


class SavedPage(NamedTuple):
    """A page as a browser saved it."""

    html: bytes
    charset: str | None
    """The encoding that it was sent in."""
    url: str | None


def page_in(data: bytes) -> SavedPage | None:
    """The page in a browser's file, known by its first bytes whatever its name; null for any other file.

    Raises `FormatError` where the file holds no page, or is damaged.
    """
    if _is_mhtml(data):
        return _page_in_mhtml(data)
    if data.startswith(_PLIST_HEADS) and b"WebMainResource" in data:
        return _page_in_webarchive(data)
    return None


def _is_mhtml(data: bytes) -> bool:
    if data.startswith(b"<") or not any(data.find(sign, 0, _HEAD_BYTES) >= 0 for sign in (b"ersion:", b"ERSION:")):
        return False
    heads = _HEADS.match(data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n"))
    return bool(heads and b"mime-version:" in heads[0].lower() and _IS_MHTML.search(heads[0]))


def _page_in_mhtml(data: bytes) -> SavedPage:
    import email.policy  # noqa: PLC0415  # few pages need it

    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    # The part that the file says to begin with, else the first.
    page = next((part for part in pages if start and part.get("Content-ID") == start), pages[0] if pages else None)
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes) or b"<" not in content:
        raise FormatError("a web archive (MHTML) with a page", "none")
    return SavedPage(content, page.get_content_charset(), _address(page, message))


def _address(page: "Message", message: "Message") -> str | None:
    addresses = (page.get("Content-Location"), message.get("Snapshot-Content-Location"))
    return next((str(each).strip() for each in addresses if str(each or "").startswith("http")), None)


def _page_in_webarchive(data: bytes) -> SavedPage:
    import plistlib  # noqa: PLC0415  # few pages need it
    from xml.parsers.expat import ExpatError  # noqa: PLC0415

    try:
        main = plistlib.loads(data)[_MAIN]
        html, charset, url = main[_DATA], main.get(_ENCODING), main.get(_URL)
    except (
        plistlib.InvalidFileException,
        ExpatError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
    ) as error:
        raise FormatError("a web archive of Safari", f"one that is damaged ({type(error).__name__})") from None
    if not isinstance(html, bytes) or b"<" not in html:
        raise FormatError("a web archive of Safari with a page", "none")
    return SavedPage(html, charset if isinstance(charset, str) else None, url if isinstance(url, str) else None)
