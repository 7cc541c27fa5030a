"""The files of a package: their checksums and descriptor, and what must not stand among them."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from builder.errors import CommandError, DataError, Problem
from builder.files import A_LINK, NOT_A_FILE, open_regular, read_bytes, read_text
from builder.package.descriptor import Extent, FileStats, make_descriptor
from builder.package.export_files import export_folders
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST, LICENCE_FILE
from builder.package.release import Release

_DIGEST = re.compile(r"[0-9a-f]{64}")


def file_stats(path: Path) -> FileStats:
    """Size and SHA-256 of a file."""
    with open_regular(path, follow_links=False) as file:
        return FileStats(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


def encode_descriptor(descriptor: dict[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(descriptor), indent=2) + b"\n"


def read_checksums(path: Path) -> dict[str, str]:
    """The hashes in SHA256SUMS, by file name. Raises `ValueError` for a line that is not a hash and a name."""
    sums = {}
    for number, line in enumerate(read_text(path, follow_links=False).splitlines(), start=1):
        digest, separator, name = line.partition("  ")
        if not separator or not _DIGEST.fullmatch(digest) or not name or name in sums:
            raise ValueError(f"{CHECKSUMS}:{number}: expected a hash, two spaces and a file's name, found {line!r}")
        sums[name] = digest
    return sums


def encode_checksums(sums: Mapping[str, str]) -> bytes:
    """The content of SHA256SUMS, from the hash of each file by its name."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def read_descriptor(path: Path) -> Any:
    """The descriptor, decoded. Raises `OSError`, and `ValueError` where it is not JSON."""
    try:
        return msgspec.json.decode(read_bytes(path, follow_links=False))
    except RecursionError:
        raise ValueError("JSON nested too deep to be read") from None


def files_below(dist: Path) -> list[str]:
    """The paths of all files of a folder `dist/`: what it directly holds, and what the folders of exports in it hold.

    Raises `OSError` where it cannot be read.
    """
    names = {*os.listdir(dist)}
    for folder in export_folders() & names:
        if stat.S_ISDIR(mode_of(dist / folder)):
            names = names - {folder} | {f"{folder}/{name}" for name in os.listdir(dist / folder)}
    return sorted(names)


def refuse_devices(folder: Path) -> None:
    """Raises `CommandError` if a package contains a pipe or device, which may never end."""
    for path in _parts(folder):
        # This follows links: a link to a device is reported as a device.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise CommandError(f"{path}: expected a file, found {NOT_A_FILE}; take it away")


def refuse_links_and_devices(folder: Path) -> None:
    """Raises `CommandError` as `refuse_devices` does, and `DataError` if a package contains a link, which may lead out of it."""
    refuse_devices(folder)
    advice = "put in its place what it leads to, or download the package again"
    if links := [path for path in _parts(folder) if stat.S_ISLNK(mode_of(path))]:
        raise DataError([Problem(str(path), "a file of the package", A_LINK, advice, code="link") for path in links])


def _parts(folder: Path) -> list[Path]:
    """What a package consists of: its folder `dist/`, its descriptor, and everything that `dist/` and the folders of exports in
    it directly hold."""
    parts = [path for path in (folder / DIST, folder / DESCRIPTOR) if mode_of(path)]
    if stat.S_ISDIR(mode_of(folder / DIST)):
        with suppress(PermissionError):  # The checks report that.
            parts += [folder / DIST / name for name in files_below(folder / DIST)]
    return parts


def mode_of(path: Path) -> int:
    """The mode of the file, folder or link at a path; 0 if there is none, or none that this user may see."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return 0


def damaged_package(place: Path | str, found: str, advice: str = "build it again") -> DataError:
    """The error that a package is not as a build leaves it, so that nothing can be said of it."""
    return DataError([Problem(str(place), "a package that `verify` passes", found, advice, code="damaged-package")])


def complete_package(
    folder: Path,
    extent: Extent,
    release: Release,
    run: Callable[[Callable[[Path], FileStats], Iterable[Path]], Iterator[FileStats]] = map,
) -> None:
    """Completes a package: adds licence, checksums and descriptor to its other files, which `run` may hash side by side."""
    dist = folder / DIST
    names = files_below(dist)
    stats = dict(zip(names, run(file_stats, [dist / name for name in names]), strict=True))
    for name, content in closing_files(stats, extent, release).items():
        (folder / name).write_bytes(content)


def closing_files(stats: Mapping[str, FileStats], extent: Extent, release: Release) -> dict[str, bytes]:
    """The files that complete a package, by their paths in it: the licence of the data, the checksums of all files of `dist/`,
    of which the size and hash are given, and the descriptor."""
    licence = release.licence_text.encode()
    facts = {**stats, LICENCE_FILE: FileStats(len(licence), hashlib.sha256(licence).hexdigest())}
    return {
        f"{DIST}/{LICENCE_FILE}": licence,
        f"{DIST}/{CHECKSUMS}": encode_checksums({name: file.sha256 for name, file in facts.items()}),
        DESCRIPTOR: encode_descriptor(make_descriptor(extent, facts, release)),
    }
