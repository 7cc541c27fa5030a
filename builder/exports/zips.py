"""Zip files whose bytes depend on their members alone, and the names of these."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LONGEST = 180
"""Characters of a key in a file's name; a disk takes 255 bytes."""
MODE = 0o100644
UNIX = 3
"""Of every member: what a file may be used for, and the system whose modes these are."""
_LEVEL = 2
"""How hard zlib tries. Its usual 6 takes three times as long, and the files are an eleventh smaller."""
_COMPRESSED = (".xlsx", ".zip")
"""Files that would hardly become smaller."""


class ZipWriter:
    """Writes members to a zip file, one after the other."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file

    def write(self, name: str, content: bytes) -> None:
        """Writes a member."""
        self._file.writestr(_settled(ZipInfo(name)), content, ZIP_DEFLATED, _LEVEL)

    def write_parts(self, name: str, parts: Iterable[bytes], *, as_they_are: bool = False) -> None:
        """Writes a member of any size, part by part; what cannot become smaller as it is."""
        # By its name, or the file's level would not hold.
        member = ZipInfo(name) if as_they_are else name
        with self._file.open(member, "w", force_zip64=True) as target:
            for part in parts:
                target.write(part)
        _settled(self._file.getinfo(name))

    def copy(self, name: str, path: Path) -> None:
        """Copies a file of any size into a member."""
        with path.open("rb") as source:
            blocks = iter(partial(source.read, 1 << 20), b"")
            self.write_parts(name, blocks, as_they_are=path.suffix in _COMPRESSED)


@contextmanager
def open_zip(path: Path, mode: Literal["w", "a"] = "w") -> Iterator[ZipWriter]:
    """Opens a new zip file, or with `a` one to which members are added."""
    with ZipFile(path, mode, ZIP_DEFLATED, compresslevel=_LEVEL) as file:
        yield ZipWriter(file)


def _settled(info: ZipInfo) -> ZipInfo:
    """A member with the mode and system of all. Its time is the earliest that a zip file can state, unless one is given."""
    info.create_system = UNIX
    info.external_attr = MODE << 16
    return info


def file_name(key: str, suffix: str) -> str:
    """A file's name from a key: the key itself, or its beginning and a hash where the name would be too long for a disk."""
    whole = key if len(key) <= _LONGEST else f"{key[:_LONGEST]}--{sha256(key.encode()).hexdigest()[:8]}"
    return whole + suffix
