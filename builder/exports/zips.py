"""Zip files whose bytes depend on their members alone, and the names of these."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can state. Every member has it."""
_LONGEST = 180
"""Characters of a key in a file's name; a disk takes 255 bytes."""
MODE = 0o100644
UNIX = 3
"""Of every member: what a file may be used for, and the system whose modes these are."""


class ZipWriter:
    """Writes members to a zip file, one after the other."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file

    def write(self, name: str, content: bytes) -> None:
        """Writes a member."""
        self._file.writestr(_member(name), content)

    def write_parts(self, name: str, parts: Iterable[bytes]) -> None:
        """Writes a member of any size, part by part."""
        with self._file.open(_member(name), "w", force_zip64=True) as target:
            for part in parts:
                target.write(part)

    def copy(self, name: str, path: Path) -> None:
        """Copies a file of any size into a member."""
        info = _member(name)
        info.file_size = path.stat().st_size
        with path.open("rb") as source, self._file.open(info, "w") as target:
            while block := source.read(1 << 20):
                target.write(block)


@contextmanager
def open_zip(path: Path) -> Iterator[ZipWriter]:
    """Opens a new zip file."""
    with ZipFile(path, "w") as file:
        yield ZipWriter(file)


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _EARLIEST)
    info.compress_type = ZIP_DEFLATED
    info.create_system = UNIX
    info.external_attr = MODE << 16
    return info


def file_name(key: str, suffix: str) -> str:
    """A file's name from a key: the key itself, or its beginning and a hash where the name would be too long for a disk."""
    whole = key if len(key) <= _LONGEST else f"{key[:_LONGEST]}--{sha256(key.encode()).hexdigest()[:8]}"
    return whole + suffix
