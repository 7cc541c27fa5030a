"""Zip files whose bytes depend on their members alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can state. Every member has it."""
_MODE = 0o100644
_UNIX = 3


class ZipWriter:
    """Writes members to a zip file, one after the other."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file

    def write(self, name: str, content: bytes) -> None:
        """Writes a member."""
        self._file.writestr(_member(name), content)

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
    info.create_system = _UNIX
    info.external_attr = _MODE << 16
    return info
