"""The page in a file as some browsers save one: MHTML, Safari's `.webarchive`, HTML that unpacks itself, a page's source."""

import base64
import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from builder.errors import FormatError
from builder.reading.encodings import UTF_16_MARKS
from builder.reading.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from email.message import Message

_HEADS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){2,90}")
_HAS_PARTS = re.compile(rb"^Content-Type:\s*multipart/[^\n]{0,200}(?:\n[ \t][^\n]{0,200}){0,5}boundary=", re.I | re.M)
_MAY_HOLD_PAGE = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html|application/xhtml\+xml)", re.I | re.M)
_PLIST_HEADS = (b"bplist00", b"<?xml", b"<!DOCTYPE plist")
_HEAD_BYTES = 20_000
_OF_SITE = b"entry-title"
"""What every page of the site has, so that it is known among a page's frames."""
HTML_TYPES = ("text/html", "application/xhtml+xml")
_ENDS = (b"</html", b"</HTML", b"</article")
_UTF_16 = {"utf-16": "utf-16", "unicode": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
_NO_BASE_64 = re.compile(rb"[^A-Za-z0-9+/]+")
_LINE = '<td class="line-content">'
_MARKS_OF_SOURCE = (_LINE.encode(), b'id="viewsource"')
_TAG = re.compile(r"<[^<>]*>")
_MOST_PARTS = 5_000
_END_OF_ZIP, _LONGEST_END_OF_ZIP = b"PK\x05\x06", 1 << 17
"""What ends a zip archive, and how far from the end of a page it may stand."""


class SavedPage(NamedTuple):
    """A page as a browser saved it."""

    data: bytes
    charset: str | None
    """The encoding that it was sent in."""
    url: str | None


def page_in(data: bytes) -> SavedPage | None:
    """The page in a browser's file, known by its first bytes whatever its name; null for any other file.

    Raises `FormatError` where the file holds no page or several, or is damaged.
    """
    if _is_message(data):
        return _page_in_message(data)
    if data.startswith(_PLIST_HEADS) and b"WebMainResource" in data:
        return _page_in_webarchive(data)
    # One byte is found sooner than four.
    if data.startswith(b"<") and _END_OF_ZIP[-1:] in data and data.rfind(_END_OF_ZIP, -_LONGEST_END_OF_ZIP) >= 0:
        return _page_in_zip(data)
    head = data[:_HEAD_BYTES]
    if any(map(head.__contains__, _MARKS_OF_SOURCE)):
        return _page_in_source(data)
    return None


def has_end(page: bytes) -> bool:
    """Whether a page holds the end of its markup, which one that breaks off does not."""
    return any(end in page for end in _ENDS)


def _is_message(data: bytes) -> bool:
    """Whether a file is a message of parts, or of HTML: MHTML, whichever program wrote it."""
    if data.startswith(b"<") or (b"ontent-" not in data[:_HEAD_BYTES] and b"ONTENT-" not in data[:_HEAD_BYTES]):
        return False
    heads = _HEADS.match(_with_line_feeds(data[:_HEAD_BYTES]))
    if not heads:
        return False
    if b"mime-version:" not in heads[0].lower():
        return bool(_HAS_PARTS.search(heads[0]))
    return bool(_MAY_HOLD_PAGE.search(heads[0]))


def _with_line_feeds(data: bytes) -> bytes:
    """Bytes from the first line on, with line feeds where all their lines end otherwise."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _page_in_message(data: bytes) -> SavedPage:
    import email.policy  # noqa: PLC0415  # few pages need it

    if (count := data.count(b"\n--")) > _MOST_PARTS:
        raise FormatError(f"a web archive (MHTML) of at most {_MOST_PARTS:,} parts", f"{count:,}")
    try:
        message = email.message_from_bytes(_with_line_feeds(data), policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        raise FormatError("a web archive (MHTML) of a few parts", "parts within parts") from None
    pages = [part for part in parts if part.get_content_type() in HTML_TYPES]
    start = message.get_param("start")
    # The part that the file says to begin with, else the first.
    pages.sort(key=lambda part: not start or part.get("Content-ID") != start)
    found = [SavedPage(_content(part), part.get_content_charset(), _address(part, message)) for part in pages]
    page = _of_site(found, first_is_main=message.get_content_type() == "multipart/related")
    if page is None:
        raise FormatError("a web archive (MHTML) with a page", "none")
    if _content(parts[-1]) == page.data and _breaks_off(message) and not has_end(page.data):
        raise FormatError("a web archive (MHTML) that is whole", "one that breaks off")
    return page._replace(data=_in_utf_8(page))


def _of_site(pages: Sequence[SavedPage], *, first_is_main: bool) -> SavedPage | None:
    """The page of the site among a page and its frames, else the first one that says anything."""
    pages = [page for page in pages if b"<" in page.data]
    of_site = {page.url or page.data: page for page in reversed(pages) if _OF_SITE in page.data}
    if len(of_site) > 1 and not (first_is_main and _OF_SITE in pages[0].data):
        raise FormatError("a file with one page of the site", f"{len(of_site)}")
    return next((page for page in pages if not of_site or _OF_SITE in page.data), None)


def _content(part: "Message") -> bytes:
    """The bytes of a part. What breaks off in base64 is read up to there, which the standard library does not do."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        coded = _NO_BASE_64.sub(b"", str(part.get_payload()).encode("ascii", "replace"))
        return base64.b64decode(coded[: len(coded) // 4 * 4] + _padded(coded[len(coded) // 4 * 4 :]))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _padded(rest: bytes) -> bytes:
    return rest.ljust(4, b"=") if len(rest) > 1 else b""


def _breaks_off(message: "Message") -> bool:
    from email.errors import CloseBoundaryNotFoundDefect  # noqa: PLC0415

    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects)


def _in_utf_8(page: SavedPage) -> bytes:
    """The bytes of a page; one in UTF-16 in UTF-8."""
    coding = "utf-16" if page.data.startswith(UTF_16_MARKS) else _UTF_16.get((page.charset or "").lower())
    if coding is None or b"\x00" not in page.data:
        return page.data
    if coding == "utf-16" and not page.data.startswith(UTF_16_MARKS):
        coding = "utf-16-le"
    return page.data.decode(coding, "replace").encode("utf-8")


def _address(page: "Message", message: "Message") -> str | None:
    addresses = (page.get("Content-Location"), message.get("Snapshot-Content-Location"))
    return next((str(each).strip() for each in addresses if str(each or "").startswith("http")), None)


def _page_in_webarchive(data: bytes) -> SavedPage:
    import plistlib  # noqa: PLC0415  # few pages need it
    from xml.parsers.expat import ExpatError  # noqa: PLC0415

    try:
        pages = [*_resources(plistlib.loads(data))]
    except (
        plistlib.InvalidFileException,
        ExpatError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise FormatError("a web archive of Safari", f"one that is damaged ({type(error).__name__})") from None
    page = _of_site(pages, first_is_main=True)
    if page is None:
        raise FormatError("a web archive of Safari with a page", "none")
    return page._replace(data=_in_utf_8(page))


def _resources(archive: dict[str, Any]) -> Iterator[SavedPage]:
    """The page of an archive, and those of its frames."""
    main = archive["WebMainResource"]
    data, charset, url = main["WebResourceData"], main.get("WebResourceTextEncodingName"), main.get("WebResourceURL")
    if isinstance(data, bytes):
        yield SavedPage(data, charset if isinstance(charset, str) else None, url if isinstance(url, str) else None)
    for frame in archive.get("WebSubframeArchives", ()):
        yield from _resources(frame)


def _page_in_zip(data: bytes) -> SavedPage | None:
    """The page in HTML that unpacks itself, as SingleFile saves one if asked to: a zip archive stands in it."""
    import io  # noqa: PLC0415  # few pages need them
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        name = next((name for name in archive.namelist() if name.rpartition("/")[2] == "index.html"), None)
        if name is None:
            return None
        with archive.open(name) as file:
            page = file.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise FormatError("a page that unpacks itself", f"one that is damaged ({type(error).__name__})") from None
    if len(page) > MAX_FILE_BYTES:
        raise FormatError(f"a page of at most {MAX_FILE_BYTES:,} bytes", "more")
    return SavedPage(page, None, None)


def _page_in_source(data: bytes) -> SavedPage | None:
    """The page whose source a browser showed, line by line, where that was saved and not the page."""
    text = data.decode("utf-8", "replace")
    if _LINE.encode() in data:
        lines = [line.partition("</td>")[0] for line in text.split(_LINE)[1:]]
    else:
        lines = [text.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]]
    source = html.unescape(_TAG.sub("", "\n".join(lines)))
    return SavedPage(source.encode("utf-8", "replace"), "utf-8", None) if "<" in source else None
