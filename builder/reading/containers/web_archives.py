"""Web archives: a page a response of the site, as crawlers keep them (WARC 1.0 and 1.1, WACZ).

They are read with FastWARC: the records of an archive are found and unpacked four times as fast as by the other reader that is
kept, warcio, and each can be read again from where it stands.
"""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import IO
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from builder.files import open_regular
from builder.reading.containers.archives import unpacked
from builder.reading.containers.feeds import entries_of, entry_content, is_of_event
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member
from builder.reading.document import Given
from builder.reading.limits import MAX_FILE_BYTES
from schema.events import event_id_of, own_address

_DAMAGED = (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
_HOSTS = frozenset({"en.kremlin.ru", "www.en.kremlin.ru", "en.special.kremlin.ru", "eng.kremlin.ru"})
"""Where the site's English version is."""
_KINDS = WarcRecordType.response | WarcRecordType.revisit
_MAY_BE_FEED = re.compile(r"feed|rss|atom|xml", re.IGNORECASE)
_PORT = re.compile(r"(https?://[^/?#:]+)(?::(?:80|443))?(?=[/?#]|\Z)", re.IGNORECASE)
"""Scheme and host of an address, and the usual port, which says nothing."""
_LONGEST_LINE, _CHUNK = 1 << 16, 1 << 20
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_OK = 200
_SEVERAL_CHOICES, _BAD_REQUEST = 300, 400
_HTML = ("text/html", "application/xhtml+xml")
_FEEDS = ("application/atom+xml", "application/rss+xml", "application/xml", "text/xml")
_NO_FEEDS = LeftOut("files of XML that are no feeds")
_NOT_HTML = LeftOut("images and other files")
_OTHER_PAGES = LeftOut("pages of other hosts, or of no event")
_SAME_AGAIN = LeftOut("visits that found a page unchanged")
_TARGET_ELSEWHERE = LeftOut("visits that found a page of another archive unchanged")


class WebArchive:
    """A WARC file, or the WARC files in a WACZ."""

    def __init__(self, file: str) -> None:
        self._raw = open_regular(file)
        try:
            self._files: list[IO[bytes]] = [*_warcs(self._raw)]
        except _DAMAGED as error:
            self._raw.close()
            raise _damaged(error) from None
        self._streams: dict[int, tuple[int, Iterator[WarcRecord]]] = {}
        """Of the files that are compressed as one stream, how many records were read, and the others."""

    def members(self) -> Iterator[Member | LeftOut]:
        """The pages of events among its responses, in their order.

        A visit that found a page unchanged is a page where another address had the same content: it is read from there.
        """
        seen: Counter[str] = Counter()
        responses: dict[str, tuple[int, ...]] = {}
        revisits: list[tuple[str, str, str]] = []
        for number, file in enumerate(self._files):
            for count, record in enumerate(_records(file)):
                url, stamp = _target(record), _stamp(record)
                place = (number, record.stream_pos, count, _mark(record))
                if record.record_type == WarcRecordType.revisit:
                    refers_to = record.headers.get("WARC-Refers-To-Target-URI") or ""
                    revisits.append((url, stamp, refers_to.strip("<>")))
                elif _is_feed(record, url):
                    yield from _entries(record, url, stamp, place, seen)
                elif left_out := _left_out(record, url):
                    yield left_out
                else:
                    responses.setdefault(url, place)
                    yield _member(url, stamp, place, seen)
        for url, stamp, refers_to in revisits:
            if not _is_page(url):
                yield _OTHER_PAGES
            elif url in responses:
                yield _SAME_AGAIN
            elif found := responses.get(refers_to):
                yield _member(url, stamp, found, seen)
            else:
                yield _TARGET_ELSEWHERE

    def read(self, member: Member) -> Content:
        """The body of one response, without the codings in which it was sent."""
        number, position, count, mark, *entry = member.place
        try:
            record = self._record(number, position, count, mark)
            data = record.reader.read(MAX_FILE_BYTES + 1)
            if entry:
                return entry_content(entries_of(data)[entry[0]])
            url = member.name[1:].rpartition("@")[0]
            return Content(data, Given(url=url), record.http_charset, is_html=True)
        except _DAMAGED as error:
            raise _damaged(error) from None

    def close(self) -> None:
        """Closes the file."""
        for file in self._files:
            file.close()
        self._raw.close()

    def _record(self, number: int, position: int, count: int, mark: int) -> WarcRecord:
        """A record, from where it stands. Of a file that is compressed as one stream only the start can be found."""
        file = self._files[number]
        if number not in self._streams:
            file.seek(position)
            record = next(iter(_iterator(file)), None)
            if record is not None and _mark(record) == mark:
                return record
        if number not in self._streams or self._streams[number][0] > count:
            file.seek(0)
            self._streams[number] = (0, iter(_iterator(file)))
        at, records = self._streams[number]
        record = next(islice(records, count - at, None), None)
        self._streams[number] = (count + 1, records)
        if record is None or _mark(record) != mark:
            raise ContainerError("the web archive as it was listed", "another one", "build again")
        return record


def _warcs(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """The WARC files: the file itself, or those in a WACZ."""
    is_wacz = raw.read(2) == b"PK"
    raw.seek(0)
    if not is_wacz:
        yield raw
        return
    archive = zipfile.ZipFile(raw)
    for info in archive.infolist():
        if info.filename.startswith("archive/") and not info.is_dir():
            yield archive.open(info)


def _records(file: IO[bytes]) -> Iterator[WarcRecord]:
    """The responses and revisits of a file. Raises `ContainerError` where it breaks off, which the reader does not say."""
    last = None
    try:
        file.seek(0)
        for record in ArchiveIterator(file, parse_http=False, fsspec_args=False):
            last = record.stream_pos
            if record.record_type in (WarcRecordType.response, WarcRecordType.revisit):
                # What is wrong with the coding of a page shows where that page is read, and spoils no other.
                record.parse_http(auto_decode="all" if _MAY_BE_FEED.search(_target(record)) else "none")
                yield record
        _check_end(file, last)
    except _DAMAGED as error:
        raise _damaged(error) from None


def _check_end(file: IO[bytes], last: int | None) -> None:
    """Raises `ContainerError` unless a file ends with its last record."""
    size = file.seek(0, 2)
    # Where all is compressed as one stream, its last record begins where the file ends.
    start = last if last is not None and last < size else 0
    if last is None and size:
        raise ContainerError("a web archive", "no record", "fetch it again")
    file.seek(start)
    if file.read(4) == _ZSTANDARD:
        return
    file.seek(start)
    rest = unpacked(file)
    head = []
    while (line := rest.readline(_LONGEST_LINE)).strip():
        head.append(line)
    if start != last:
        while rest.read(_CHUNK):
            pass
        return
    lengths = [int(line.partition(b":")[2]) for line in head if line.lower().startswith(b"content-length:")]
    left = lengths[0] if lengths else 0
    while left and (read := rest.read(min(left, _CHUNK))):
        left -= len(read)
    if left or rest.read(_CHUNK).strip():
        raise ContainerError("a whole web archive", f"one that is damaged after byte {start:,}", "fetch it again")


def _iterator(file: IO[bytes]) -> ArchiveIterator:
    """The responses and revisits of a file from where it stands."""
    return ArchiveIterator(file, record_types=_KINDS, auto_decode="all", fsspec_args=False)


def _target(record: WarcRecord) -> str:
    """The address of a record's page: scheme and host in small letters, and without the usual port."""
    return _PORT.sub(
        lambda match: match[1].lower(), (record.headers.get("WARC-Target-URI") or "").strip("<> "), count=1
    )


def _stamp(record: WarcRecord) -> str:
    """When a record was made, as web archives write it in addresses: `20200801120000`."""
    return "".join(filter(str.isdigit, record.headers.get("WARC-Date") or ""))[:14]


def _mark(record: WarcRecord) -> int:
    """By which a record is known again."""
    return zlib.crc32(f"{_target(record)} {_stamp(record)}".encode("utf-8", "replace"))


def _is_feed(record: WarcRecord, url: str) -> bool:
    is_found = record.http_headers is not None and record.http_headers.status_code == _OK
    return is_found and _host(url) in _HOSTS and (record.http_content_type or "").casefold() in _FEEDS


def _entries(
    record: WarcRecord, url: str, stamp: str, place: tuple[int, ...], seen: Counter[str]
) -> Iterator[Member | LeftOut]:
    """The entries of a feed of the site that are pages of events."""
    try:
        entries = entries_of(record.reader.read(MAX_FILE_BYTES + 1))
    except ContainerError:
        yield _NO_FEEDS
        return
    name = _member(url, stamp, place, seen).name
    for number, entry in enumerate(entries):
        yield Member(f"{name}#{number + 1}", (*place, number)) if is_of_event(entry) else _OTHER_PAGES


def _left_out(record: WarcRecord, url: str) -> LeftOut | None:
    """Why a response is no page of an event; null where it is one."""
    if not _is_page(url):
        return _OTHER_PAGES
    status = record.http_headers.status_code if record.http_headers else None
    if status != _OK:
        is_redirect = status is not None and _SEVERAL_CHOICES <= status < _BAD_REQUEST
        return LeftOut("redirects" if is_redirect else "errors of the site")
    return None if (record.http_content_type or _HTML[0]).casefold() in _HTML else _NOT_HTML


def _is_page(url: str) -> bool:
    # A crawl may be one of another web archive.
    url = own_address(url)
    return _host(url) in _HOSTS and event_id_of(url) is not None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _member(url: str, stamp: str, place: tuple[int, ...], seen: Counter[str]) -> Member:
    name = f"/{url}@{stamp}"
    seen[name] += 1
    return Member(name if seen[name] == 1 else f"{name}~{seen[name]}", place)


def _damaged(error: BaseException) -> ContainerError:
    found = str(error) or type(error).__name__
    return ContainerError("a web archive that can be read", found, "fetch it again")
