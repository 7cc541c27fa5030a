"""The records of a web archive, in order, and past what is damaged.

They are read with FastWARC: the records of an archive are found and unpacked four times as fast as by the other reader that is
kept, warcio, and each can be read again from where it stands.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import IO, NamedTuple, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from builder.reading.containers.archives import unpacked
from builder.reading.containers.members import ContainerError

UNREADABLE = (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What the readers of records, compressed files and zip archives raise."""
PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
_ABOUT_PAGES = WarcRecordType.metadata | WarcRecordType.conversion
_MOST_DAMAGES = 50
"""Damaged places of a file past which it is read on: each may take reading the rest of the file."""
_STARTS = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|WARC/[01]\.")
"""What a record may begin with: gzip, Zstandard, or its own first line."""
_LONGEST_START, _END = 8, 4
_LENGTH = re.compile(rb"^Content-Length\s*:\s*([0-9]{1,18})\s", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD, _CHUNK, _FIRST_CHUNK = 1 << 16, 1 << 20, 1 << 14
_LONGEST_FOUND = 200


class Damage(NamedTuple):
    """A place where a file cannot be read."""

    position: int
    """Of the record that is damaged, or the last one before the place."""
    spoils_last: bool
    """Whether the record that was given last is damaged itself."""


def records(file: IO[bytes]) -> Iterator[WarcRecord | Damage]:
    """The records of a file that are pages or tell of pages, and where it is damaged: it is read on at the next record.

    A record is whole once the next one is given without a damage that spoils it.
    """
    start: int | None = 0
    damages = 0
    while start is not None:
        at, given, count = start, None, 0
        try:
            file.seek(start)
            for record in ArchiveIterator(file, parse_http=False, fsspec_args=False):
                at, count = record.stream_pos, count + 1
                if record.record_type & (PAGES | _ABOUT_PAGES):
                    given = at
                    yield record
            is_whole = _is_whole(file, at, count)
            if is_whole and _ends(file, at, count):
                return
        except UNREADABLE:
            is_whole = _is_whole(file, at, count, is_followed=True)
        yield Damage(at, spoils_last=given == at and not is_whole)
        damages += 1
        start = _next_start(file, at + 1) if damages < _MOST_DAMAGES else None


def pages(file: IO[bytes]) -> Iterator[WarcRecord]:
    """The records that are pages, or tell that one is unchanged, from where a file stands."""
    return iter(ArchiveIterator(file, record_types=PAGES, parse_http=False, fsspec_args=False))


def unreadable(error: BaseException) -> ContainerError:
    """The problem that a web archive, or a record, cannot be read."""
    found = str(error) or type(error).__name__
    # What a reader says may hold the whole page.
    found = found if len(found) <= _LONGEST_FOUND else found[:_LONGEST_FOUND] + "…"
    return ContainerError("a web archive that can be read", found, "fetch it again")


def _is_whole(file: IO[bytes], position: int, count: int, *, is_followed: bool = False) -> bool:
    """Whether the last of so many records, at this place, is as long as it says, and ends there.

    Where something follows in the same stream that is no record, that cannot be known: it is taken for damaged.
    """
    try:
        if not count:
            return not file.seek(0, 2)
        if _is_one_stream(file, position):
            return not is_followed and _is_last_whole(file, count)
        return _behind(file, position) is not None
    except UNREADABLE:
        return False


def _ends(file: IO[bytes], position: int, count: int) -> bool:
    """Whether nothing comes behind a whole record at this place: the reader passes over a head that breaks off."""
    try:
        if not count:
            return True
        if not _is_one_stream(file, position):
            behind = _behind(file, position)
            return behind is not None and not behind.read(_CHUNK).strip(b"\x00\r\n ")
        file.seek(0)
        rest = unpacked(cast(IO[bytes], _StaysOpen(file)))
        while rest.read(_CHUNK):
            pass
    except UNREADABLE:
        return False
    return True


def _behind(file: IO[bytes], position: int) -> IO[bytes] | None:
    """What comes behind the record at a place; null where that is not as long as it says, or does not end there."""
    file.seek(position)
    rest: IO[bytes] = unpacked(cast(IO[bytes], _StaysOpen(file)))
    left = _length(rest)
    while left and (read := rest.read(min(left, _CHUNK))):
        left -= len(read)
    return rest if left == 0 and rest.read(_END) in (b"", b"\r\n", b"\n\n", b"\r\n\r\n") else None


class _StaysOpen:
    """A file that is left open when what reads it is done."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell

    def close(self) -> None:
        """Nothing: whoever opened the file closes it."""


def _is_one_stream(file: IO[bytes], position: int) -> bool:
    """Whether all records are compressed as one stream: in it no record begins at the place that the reader gives."""
    file.seek(position)
    return not _STARTS.match(file.read(_LONGEST_START))


def _is_last_whole(file: IO[bytes], count: int) -> bool:
    file.seek(0)
    every = ArchiveIterator(file, parse_http=False, fsspec_args=False)
    last = next(islice(every, count - 1, None))
    left = last.content_length
    while left and (read := last.reader.read(min(left, _CHUNK))):
        left -= len(read)
    return not left


def _length(rest: IO[bytes]) -> int | None:
    """How long a record says it is; null where its head breaks off.

    The head is read byte by byte: what stands behind the record may be damaged.
    """
    head = b""
    while not head.endswith((b"\n\r\n", b"\n\n")) and len(head) < _LONGEST_HEAD and (byte := rest.read(1)):
        head += byte
    length = _LENGTH.search(head)
    return int(length[1]) if length else None


def _next_start(file: IO[bytes], start: int) -> int | None:
    """The next place from which a record can be read; None where there is none."""
    chunk = _FIRST_CHUNK
    while data := _read_at(file, start, chunk):
        for match in _STARTS.finditer(data):
            if _begins_record(file, start + match.start()):
                return start + match.start()
        if len(data) < chunk:
            break
        start += len(data) - _LONGEST_START
        chunk = _CHUNK
    return None


def _read_at(file: IO[bytes], position: int, size: int) -> bytes:
    """The bytes at a place; none where they cannot be read."""
    try:
        file.seek(position)
        return file.read(size)
    except UNREADABLE:
        return b""


def _begins_record(file: IO[bytes], position: int) -> bool:
    try:
        file.seek(position)
        return next(iter(ArchiveIterator(file, parse_http=False, fsspec_args=False)), None) is not None
    except UNREADABLE:
        return False
