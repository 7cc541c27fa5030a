"""Zip and tar archives: a page a file in them. Nothing is unpacked to disk, so no name in an archive can do harm."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

import pyarrow as pa

from builder.files import open_regular
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member
from builder.reading.limits import MAX_FILE_BYTES
from builder.reading.page_names import PAGE_SUFFIXES, is_saved_with_page

NESTED = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".wacz", ".warc", ".xz", ".zip", ".zst")
"""Suffixes of archives in an archive."""
_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".parquet", ".xlsx", ".db", ".sqlite", ".sqlite3")
_OTHERS = LeftOut("files that are no pages")
_TABLES_INSIDE = LeftOut("tables, which are read once they are unpacked")
_UTF_8_NAME = 0x800
"""The flag of a zip archive that a name is in UTF-8."""
_ENCRYPTED = 0x1
_MAX_RATIO, _RATIO_COUNTS_FROM = 1_100, 1 << 28
"""How many times its size a compressed archive may unpack to, once it has unpacked to so many bytes: gzip reaches 1,032."""
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, ValueError)


class ZipArchive:
    """A zip archive."""

    def __init__(self, file: str) -> None:
        self._raw = open_regular(file)
        try:
            self._zip = zipfile.ZipFile(self._raw)
        except (NotImplementedError, *_DAMAGED) as error:
            self._raw.close()
            raise _damaged(error) from None
        self._entries = self._zip.infolist()

    def members(self) -> Iterator[Member | LeftOut]:
        """Its files, in the order of its directory."""
        names = (None if info.is_dir() else _name_in_zip(info) for info in self._entries)
        yield from _members(names)

    def read(self, member: Member) -> Content:
        """The bytes of one file."""
        info = self._entries[member.place[0]]
        if info.flag_bits & _ENCRYPTED:
            raise ContainerError("a file without a password", "one with a password", "unpack it, and name the folder")
        try:
            with self._zip.open(info) as file:
                return Content(file.read(MAX_FILE_BYTES + 1))
        except (NotImplementedError, RuntimeError, *_DAMAGED) as error:
            raise _damaged(error) from None

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()
        self._raw.close()


class TarArchive:
    """A tar archive, compressed or not. It has no directory, so it is read from its start."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stream: Unpacked | None = None
        self._entries: Iterator[tuple[int, tarfile.TarInfo]] = iter(())
        self._tar: tarfile.TarFile | None = None
        self._next = 0

    def members(self) -> Iterator[Member | LeftOut]:
        """Its files, in their order."""
        self._rewind()
        try:
            yield from _members(info.name if info.isreg() else None for _, info in self._entries)
        except _DAMAGED as error:
            raise _damaged(error) from None
        finally:
            self.close()

    def read(self, member: Member) -> Content:
        """The bytes of one file. One before the last that was read takes reading from the start again."""
        wanted = member.place[0]
        if self._tar is None or wanted < self._next:
            self._rewind()
        try:
            for number, info in self._entries:
                self._next = number + 1
                if number == wanted:
                    file = cast(tarfile.TarFile, self._tar).extractfile(info)
                    return Content(file.read(MAX_FILE_BYTES + 1) if file else b"")
        except _DAMAGED as error:
            raise _damaged(error) from None
        raise ContainerError("the archive as it was listed", "a shorter one", "build again")

    def close(self) -> None:
        """Closes the file."""
        for each in (self._tar, self._stream):
            if each:
                each.close()
        self._tar = self._stream = None

    def _rewind(self) -> None:
        self.close()
        try:
            self._stream = Unpacked(self._file)
            self._tar = tarfile.open(fileobj=cast(Any, self._stream), mode="r|")  # noqa: SIM115  # closed by `close`
        except _DAMAGED as error:
            raise _damaged(error) from None
        self._next = 0
        self._entries = enumerate(self._without_list(self._tar))

    @staticmethod
    def _without_list(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
        """The entries of a tar archive, which it would all keep."""
        while info := tar.next():
            yield info
            tar.members.clear()  # type: ignore[attr-defined]


class Unpacked:
    """The bytes of a file, unpacked if it is compressed, as many as a file of its size may unpack to."""

    def __init__(self, file: str) -> None:
        self._raw = open_regular(file)
        self._size = self._raw.seek(0, 2)
        self._raw.seek(0)
        self._bytes = unpacked(self._raw)
        self._done = 0

    def read(self, size: int = -1) -> bytes:
        """As many bytes, or fewer at the end. Raises `ContainerError` for a file that unpacks to too many."""
        data = cast(bytes, self._bytes.read(size))
        self._done += len(data)
        if self._done > max(_RATIO_COUNTS_FROM, _MAX_RATIO * self._size):
            raise ContainerError(
                f"a file that unpacks to at most {_MAX_RATIO:,} times its size", "more", "unpack it and look inside"
            )
        return data

    def close(self) -> None:
        """Closes the file."""
        self._bytes.close()
        self._raw.close()


class Readable(io.RawIOBase):
    """The bytes of a file, unpacked, for the standard library's readers."""

    def __init__(self, stream: Unpacked) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def unpacked(raw: IO[bytes]) -> Any:
    """A binary file, unpacked where its first bytes are those of gzip, bzip2, xz or Zstandard."""
    start = raw.tell()
    head = raw.read(6)
    raw.seek(start)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)
    if head.startswith(b"BZh"):
        return bz2.BZ2File(raw)
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(raw)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return pa.CompressedInputStream(pa.PythonFile(cast(Any, raw), "r"), "zstd")
    return raw


def _members(names: Iterable[str | None]) -> Iterator[Member | LeftOut]:
    """The pages among the files of an archive; a name is null where it is that of a folder or link."""
    listed = [*names]
    present = {*filter(None, listed)}
    seen: Counter[str] = Counter()
    for number, name in enumerate(listed):
        if name is None or _is_beside_pages(name, present):
            continue
        suffix = PurePosixPath(name).suffix.casefold()
        if suffix not in PAGE_SUFFIXES and suffix not in NESTED:
            yield _TABLES_INSIDE if suffix in _TABLES else _OTHERS
            continue
        seen[name] += 1
        # An archive may hold two files of one name.
        shown = f"/{name}" if seen[name] == 1 else f"/{name}~{seen[name]}"
        yield Member(shown, (number,), "an archive in an archive" if suffix in NESTED else None)


def _is_beside_pages(name: str, names: Container[str]) -> bool:
    """Whether a name is that of a file which is no page: hidden, or saved by a system or a browser beside pages."""
    *folders, file = name.split("/")
    if any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in (*folders, file)):
        return True
    return any(is_saved_with_page("/".join(folders[: depth + 1]), names) for depth in range(len(folders)))


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """A file's name. Many programs write UTF-8 and do not say so; what is none is read as the format wants, as code page 437."""
    if info.flag_bits & _UTF_8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _damaged(error: BaseException) -> ContainerError:
    found = str(error) or type(error).__name__
    return ContainerError("an archive that can be read", found, "fetch it again, or unpack it and name the folder")
