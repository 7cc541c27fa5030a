"""Which records of a web archive are pages of events, and what the others are."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from fastwarc.warc import WarcRecord, WarcRecordType

from builder.reading.containers.feeds import entries_of, is_of_event
from builder.reading.containers.members import ContainerError, LeftOut, Member
from builder.reading.containers.site_addresses import is_beside_event, is_event_page, is_of_site, plain_address
from builder.reading.containers.web_records import UNREADABLE
from builder.reading.limits import MAX_FILE_BYTES
from builder.reading.saved_pages import HTML_TYPES

_OK, _SEVERAL_CHOICES, _BAD_REQUEST = 200, 300, 400
_UNKNOWN_KINDS = ("", "application/octet-stream", "binary/octet-stream", "unknown", "application/unknown")
"""What is written where a page's media type is not known."""
BEGINS_LIKE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<[!a-z?]", re.IGNORECASE)
_FEEDS = ("application/atom+xml", "application/rss+xml", "application/xml", "text/xml")
_NO_FEEDS = LeftOut("files of XML that are no feeds")
_NOT_HTML = LeftOut("images and other files")
_OTHER_PAGES = LeftOut("pages of other hosts, or of no event")
_BESIDE_EVENTS = LeftOut("pages of an event's photos and videos")
_ABOUT_PAGES, _TURNED = LeftOut("records about pages"), LeftOut("pages that were turned into another form")
_REDIRECTS, _ERRORS = LeftOut("redirects"), LeftOut("errors of the site")
_SAME_AGAIN = LeftOut("visits that found a page unchanged")
_TARGET_ELSEWHERE = LeftOut("visits that found a page of another archive unchanged")
_HEAD = 4_096
_TITLE_OF_ERROR = re.compile(
    rb"<title[^<>]{0,200}>\s*+(?:(?:the )?(?:page|file|document|object|resource)\b[^<>]{0,20}\bnot found|not found"
    rb"|(?:error|http) [45][0-9]{2}\b"
    rb"|[45][0-9]{2}[ .:-]{0,3}(?:<|\w+ not found|not found|error|forbidden|bad gateway|internal|service)"
    rb"|access (?:is )?denied|forbidden\b|bad gateway|(?:service (?:is )?)?(?:temporarily )?unavailable"
    rb"|just a moment|attention required)",
    re.IGNORECASE,
)
"""What a page is called that says that there is none, though the answer's number says that there is."""
_ZLIB_OR_GZIP = zlib.MAX_WBITS | 32

Place = tuple[int, ...]
"""The number of a file, where in it a record stands, how many pages come before it, and by what it is known again."""


class _Visit(NamedTuple):
    """A visit that found a page unchanged."""

    url: str
    stamp: str
    refers_to: tuple[str, ...]
    """What may be known of the page that it found before, the surest first."""


class Listing:
    """What a web archive holds, record by record."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._pages: dict[str, tuple[str, Place]] = {}
        """The address and place of each page, by whatever a visit may call it."""
        self._visits: list[_Visit] = []

    def of_record(self, record: WarcRecord, place: Place) -> Iterator[Member | LeftOut]:
        """What one record is; a visit shows at the end."""
        url, stamp = _target(record), _stamp(record)
        if record.record_type == WarcRecordType.revisit:
            self._visits.append(_Visit(url, stamp, _refers_to(record)))
            return
        if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
            yield _TURNED if record.record_type == WarcRecordType.conversion else _ABOUT_PAGES
            return
        try:
            status = _status(record)
        except UNREADABLE:
            yield _ERRORS
            return
        if status == _OK and is_of_site(url) and media_type(record)[0] in _FEEDS:
            yield from self._entries(record, _name(url, stamp), place)
        elif left_out := _left_out(record, url, status):
            yield left_out
        else:
            for name in _names(record, url, stamp):
                self._pages.setdefault(name, (url, place))
            yield self._member(url, stamp, place)

    def forget(self, place: Place) -> None:
        """Takes out a record that turned out to be damaged."""
        self._pages = {name: page for name, page in self._pages.items() if page[1] != place}

    def revisited(self) -> Iterator[Member | LeftOut]:
        """The visits that found a page unchanged: a page where another address had the same content, from where it is read."""
        for visit in self._visits:
            found = next((self._pages[name] for name in visit.refers_to if name in self._pages), None)
            if not is_event_page(visit.url):
                yield _OTHER_PAGES
            elif found is None:
                yield _TARGET_ELSEWHERE
            elif _bare(found[0]) == _bare(visit.url):
                yield _SAME_AGAIN
            else:
                yield self._member(visit.url, visit.stamp, found[1])

    def _entries(self, record: WarcRecord, name: str, place: Place) -> Iterator[Member | LeftOut]:
        """The entries of a feed of the site that are pages of events."""
        try:
            entries = entries_of(record.reader.read(MAX_FILE_BYTES + 1))
        except (ContainerError, *UNREADABLE):
            yield _NO_FEEDS
            return
        name = self._unused(name)
        for number, entry in enumerate(entries):
            yield Member(f"{name}#{number + 1}", (*place, number)) if is_of_event(entry) else _OTHER_PAGES

    def _member(self, url: str, stamp: str, place: Place) -> Member:
        return Member(self._unused(_name(url, stamp)), place)

    def _unused(self, name: str) -> str:
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}~{self._seen[name]}"


def mark(record: WarcRecord) -> int:
    """By which a record is known again."""
    return zlib.crc32(f"{_target(record)} {_stamp(record)}".encode("utf-8", "replace"))


def media_type(record: WarcRecord) -> tuple[str, str | None]:
    """The media type of a record's page, empty where none is given, and its encoding."""
    if record.record_type == WarcRecordType.response:
        charset = record.http_charset
        return (record.http_content_type or "").casefold(), charset.strip("\"' ") if charset else None
    kind, _, parameters = (record.headers.get("Content-Type") or "").partition(";")
    name, _, value = parameters.strip().partition("=")
    charset = value.partition(";")[0].strip("\"' ") if name.strip().casefold() == "charset" else ""
    return kind.strip().casefold(), charset or None


def _status(record: WarcRecord) -> int | None:
    """The number of an answer; a page that was written without its answer was found."""
    if record.record_type != WarcRecordType.response:
        return _OK
    # What is wrong with the coding of a page shows where that page is read, and spoils no other.
    record.parse_http(auto_decode="all" if "feed" in _target(record) else "none")
    return record.http_headers.status_code if record.http_headers else None


def _left_out(record: WarcRecord, url: str, status: int | None) -> LeftOut | None:
    """Why a response is no page of an event; null where it is one."""
    if not is_event_page(url):
        return _BESIDE_EVENTS if is_of_site(url) and is_beside_event(url) else _OTHER_PAGES
    if status != _OK:
        return _REDIRECTS if status is not None and _SEVERAL_CHOICES <= status < _BAD_REQUEST else _ERRORS
    kind, head = media_type(record)[0], _head(record)
    if kind not in HTML_TYPES and not (kind in _UNKNOWN_KINDS and BEGINS_LIKE_HTML.match(head)):
        return _NOT_HTML
    return _ERRORS if _TITLE_OF_ERROR.search(head) else None


def _head(record: WarcRecord) -> bytes:
    """The first bytes of a page, unpacked where they are packed as most are."""
    head: bytes = record.reader.read(_HEAD)
    sent = record.http_headers
    if sent and "chunked" in (sent.get("Transfer-Encoding") or "").lower():
        head = head.partition(b"\r\n")[2]
    if sent and (sent.get("Content-Encoding") or "").lower() in ("gzip", "x-gzip", "deflate"):
        with suppress(zlib.error):
            head = zlib.decompressobj(_ZLIB_OR_GZIP).decompress(head, _HEAD)
    return head


def _refers_to(record: WarcRecord) -> tuple[str, ...]:
    """What a visit says of the page that it found before; of an address alone the first page."""
    headers = record.headers
    known, digest = headers.get("WARC-Refers-To"), headers.get("WARC-Payload-Digest")
    address = _bare(plain_address(headers.get("WARC-Refers-To-Target-URI") or ""))
    date = _digits(headers.get("WARC-Refers-To-Date"))
    return tuple(filter(None, (known, f"{address} {date}", digest, "" if date or digest else address)))


def _names(record: WarcRecord, url: str, stamp: str) -> tuple[str, ...]:
    """What a visit may call a page by."""
    headers = record.headers
    names = (headers.get("WARC-Record-ID"), f"{_bare(url)} {stamp}", headers.get("WARC-Payload-Digest"), _bare(url))
    return tuple(filter(None, names))


def _bare(url: str) -> str:
    """An address without scheme and last slash, which may differ between two visits."""
    return url.partition("://")[2].rstrip("/")


def _name(url: str, stamp: str) -> str:
    return f"/{url}@{stamp}"


def _target(record: WarcRecord) -> str:
    return plain_address(record.headers.get("WARC-Target-URI") or "")


def _stamp(record: WarcRecord) -> str:
    """When a record was made, as web archives write it in addresses: `20200801120000`."""
    return _digits(record.headers.get("WARC-Date"))


def _digits(date: str | None) -> str:
    return "".join(filter(str.isdigit, date or ""))[:14]
