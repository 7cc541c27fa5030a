"""Web archives: a page a response of the site, as crawlers keep them (WARC 1.0 and 1.1, WACZ)."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO

from fastwarc.warc import WarcRecord, WarcRecordType

from builder.files import open_regular
from builder.reading.containers.feeds import entries_of, entry_content
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member
from builder.reading.containers.web_listing import BEGINS_LIKE_HTML, Listing, Place, mark, media_type
from builder.reading.containers.web_records import PAGES, UNREADABLE, Damage, pages, records, unreadable
from builder.reading.document import Given
from builder.reading.limits import MAX_FILE_BYTES
from builder.reading.saved_pages import has_end

_DAMAGES_SHOWN = 3
_PLACE = 4
"""Numbers by which a record is found; behind them that of an entry of a feed."""


class WebArchive:
    """A WARC file, or the WARC files in a WACZ."""

    def __init__(self, file: str) -> None:
        self._raw = open_regular(file)
        try:
            self._files: list[IO[bytes]] = [*_warcs(self._raw)]
        except UNREADABLE as error:
            self._raw.close()
            raise unreadable(error) from None
        self._streams: dict[int, tuple[int, Iterator[WarcRecord]]] = {}
        """Of the files that are compressed as one stream, how many records were read, and the others."""

    def members(self) -> Iterator[Member | LeftOut]:
        """The pages of events among its responses, in their order. Raises `ContainerError` at the end for what is damaged."""
        listing = Listing()
        damages: list[str] = []
        for number, file in enumerate(self._files):
            last: list[Member | LeftOut] = []
            place: Place = ()
            count = 0
            for record in records(file):
                if isinstance(record, Damage):
                    damages.append(f"{record.position:,}" + (f" of file {number + 1}" if len(self._files) > 1 else ""))
                    if record.spoils_last:
                        last = []
                        listing.forget(place)
                    continue
                yield from last
                place = (number, record.stream_pos, count, mark(record))
                last = [*listing.of_record(record, place)]
                count += bool(record.record_type & PAGES)
            yield from last
        yield from listing.revisited()
        if damages:
            raise _damaged(damages)

    def read(self, member: Member) -> Content:
        """The body of one response, without the codings in which it was sent."""
        *_, entry = (*member.place, None) if len(member.place) == _PLACE else member.place
        try:
            data, charset = self._body(member, is_decoded=True)
            if entry is not None:
                return entry_content(entries_of(data)[entry])
        except UNREADABLE as error:
            data, charset = self._body(member, is_decoded=False)
            # A tool may have taken the codings off and left what the head says of them.
            if entry is not None or not BEGINS_LIKE_HTML.match(data):
                raise unreadable(error) from None
        return Content(data, Given(url=member.name[1:].rpartition("@")[0]), charset, is_html=True)

    def close(self) -> None:
        """Closes the file."""
        for file in self._files:
            file.close()
        self._raw.close()

    def _body(self, member: Member, *, is_decoded: bool) -> tuple[bytes, str | None]:
        """The body of a record, and the encoding that it was sent in."""
        try:
            record = self._record(*member.place[:_PLACE])
            if record.record_type == WarcRecordType.response:
                record.parse_http(auto_decode="all" if is_decoded else "none")
            data = record.reader.read(MAX_FILE_BYTES + 1)
            if (reason := record.headers.get("WARC-Truncated")) and not has_end(data):
                raise ContainerError("a whole page", f"one that the crawler cut short ({reason:.20})", "fetch it again")
            return data, media_type(record)[1]
        except UNREADABLE:
            # What comes behind is no longer found.
            self._streams.pop(member.place[0], None)
            raise

    def _record(self, number: int, position: int, count: int, known: int) -> WarcRecord:
        """A record, from where it stands. Of a file that is compressed as one stream only the start can be found."""
        file = self._files[number]
        if number not in self._streams:
            file.seek(position)
            record = next(pages(file), None)
            if record is not None and mark(record) == known:
                return record
        if number not in self._streams or self._streams[number][0] > count:
            file.seek(0)
            self._streams[number] = (0, pages(file))
        at, others = self._streams[number]
        record = next(islice(others, count - at, None), None)
        self._streams[number] = (count + 1, others)
        if record is None or mark(record) != known:
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


def _damaged(positions: list[str]) -> ContainerError:
    """The problem of a file that was read past its damaged places."""
    shown = ", ".join(positions[:_DAMAGES_SHOWN]) + (" and others" if len(positions) > _DAMAGES_SHOWN else "")
    found = f"one that is damaged after byte {shown}; the other records were read"
    return ContainerError("a whole web archive", found, "fetch it again")
