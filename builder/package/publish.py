"""A data package as files: its layout on the disk, staged beside the published one and put in its place at once."""

import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from builder.errors import CommandError
from builder.package.descriptor import Extent, FileStats, make_descriptor
from builder.package.release import NAME, Release

try:
    import fcntl
except ImportError:  # Windows has no such lock; there a folder that is open elsewhere cannot be renamed either.
    fcntl = None  # type: ignore[assignment]

DIST = "dist"
DESCRIPTOR = "datapackage.json"
CHECKSUMS = "SHA256SUMS"
LICENCE_FILE = "LICENSE.txt"
STAGING = ".dist-staging"
REPLACED = ".dist-replaced"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def file_stats(path: Path) -> FileStats:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return FileStats(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def encode_descriptor(descriptor: dict[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(descriptor), indent=2) + b"\n"


def read_checksums(path: Path) -> dict[str, str]:
    """What SHA256SUMS lists: hash by file name. Raises `ValueError` for a line that is none of its."""
    sums = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        digest, separator, name = line.partition("  ")
        if not separator or not _DIGEST.fullmatch(digest) or not name or name in sums:
            raise ValueError(f"{CHECKSUMS}:{number}: expected a hash, two spaces and a file's name, found {line!r}")
        sums[name] = digest
    return sums


def encode_checksums(sums: Mapping[str, str]) -> bytes:
    """The content of SHA256SUMS, from the hash of each file by its name."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def refuse_devices(folder: Path) -> None:
    """Raises `CommandError` where something of a package is neither a file nor a folder: a pipe may never end."""
    dist = folder / DIST
    for path in sorted([folder / DESCRIPTOR, *(dist.rglob("*") if dist.is_dir() else ())]):
        if path.exists() and not path.is_file() and not path.is_dir():
            raise CommandError(f"{path}: expected a file, found a pipe, socket or device; take it away")


def complete_package(folder: Path, extent: Extent, release: Release) -> None:
    """Adds to the tables' files below a folder what makes them a package: licence, checksums, descriptor."""
    dist = folder / DIST
    (dist / LICENCE_FILE).write_text(release.licence_text, "utf-8", newline="\n")
    facts = {path.name: file_stats(path) for path in sorted(dist.iterdir())}
    (dist / CHECKSUMS).write_bytes(encode_checksums({name: file.sha256 for name, file in facts.items()}))
    (folder / DESCRIPTOR).write_bytes(encode_descriptor(make_descriptor(extent, facts, release)))


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """An empty folder beside the package to be replaced; nothing of it is left behind.

    Raises `CommandError` where the output cannot be written, another build is at work there, or what stands there was
    not made by a build.
    """
    made = [folder for folder in (output, *output.parents) if not folder.exists()]
    try:
        output.mkdir(parents=True, exist_ok=True)
        _refuse_what_is_not_ours(output)
        with _only_build_in(output):
            folder = output / STAGING
            _remove(folder)
            folder.mkdir()
            try:
                yield folder
            finally:
                _remove(folder)
                for made_folder in made:
                    if not any(made_folder.iterdir()):
                        made_folder.rmdir()
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, sqlite3.OperationalError) and not _is_of_the_disk(error):
            raise
        found = getattr(error, "strerror", None) or error
        raise CommandError(
            f"{output}: expected a folder that can be written, found {found}; name another with --output"
        ) from None


def _is_of_the_disk(error: sqlite3.OperationalError) -> bool:
    """Whether a database failed for its file, and not for what was asked of it."""
    codes = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes


def publish(staged: Path, output: Path) -> None:
    """Puts a staged package in the place of the one before.

    A folder and a file cannot be replaced in one step. The steps are ordered so that what a kill leaves between two of
    them `is_half_published` tells, and the next build mends it.
    """
    replaced = output / REPLACED
    _remove(replaced)
    try:
        if (output / DIST).exists():
            os.rename(output / DIST, replaced)
        os.rename(staged / DIST, output / DIST)
        os.replace(staged / DESCRIPTOR, output / DESCRIPTOR)
    except BaseException:  # Ctrl-C too, which may come after the last step, when the new package is whole.
        if (staged / DESCRIPTOR).exists():
            if not (staged / DIST).exists():
                _remove(output / DIST)
            if replaced.exists():
                os.rename(replaced, output / DIST)
        raise
    # The new package stands: what cannot be removed of the old one, the next build clears away.
    shutil.rmtree(replaced, ignore_errors=True)


def is_half_published(output: Path) -> bool:
    """Whether a build was ended between two steps of publishing: the old package is no more, the new one not yet whole."""
    if not (output / DIST).exists():
        return (output / REPLACED).exists()
    return _describes(output / STAGING / DESCRIPTOR, output / DIST) and not _describes(
        output / DESCRIPTOR, output / DIST
    )


def _describes(descriptor: Path, dist: Path) -> bool:
    """Whether the files that a descriptor states are those of a folder `dist/`."""
    try:
        resources = msgspec.json.decode(descriptor.read_bytes())["resources"]
        stated = {(resource["path"], resource["hash"]) for resource in resources}
        sums = read_checksums(dist / CHECKSUMS)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return stated <= {(f"{DIST}/{name}", f"sha256:{digest}") for name, digest in sums.items()}


@contextmanager
def _only_build_in(output: Path) -> Iterator[None]:
    """Holds the output folder for one build at a time."""
    if fcntl is None:
        yield
        return
    handle = os.open(output, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"{output}: another build is at work there; wait for it, or name another --output"
            ) from None
        yield
    finally:
        os.close(handle)


def _refuse_what_is_not_ours(output: Path) -> None:
    """Keeps a build from replacing a folder `dist/` or a `datapackage.json` that it did not make, or may not remove."""
    dist, descriptor = output / DIST, output / DESCRIPTOR
    if dist.is_symlink() or (dist.exists() and not dist.is_dir()):
        raise CommandError(f"{dist}: expected a folder, found a file or a link; move it away, or name another --output")
    if dist.exists():
        if not os.access(dist, os.W_OK | os.X_OK):
            # It could be put aside, but not removed.
            raise CommandError(
                f"{dist}: expected a folder that can be replaced, found one that may not be written to; "
                "change its permissions, or name another --output"
            )
        try:
            listed = {*read_checksums(dist / CHECKSUMS), CHECKSUMS}
        except (OSError, ValueError):
            listed = set()
        present = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if not path.is_dir()}
        if foreign := sorted(present - listed):
            raise CommandError(
                f"{dist}: expected the files of an earlier build, found {', '.join(foreign[:5])}"
                f"{' and more' if len(foreign) > 5 else ''}; move them away, or name another --output"
            )
    if descriptor.exists():
        try:
            name = msgspec.json.decode(descriptor.read_bytes())["name"]
        except (msgspec.DecodeError, KeyError, TypeError, RecursionError):
            name = "no package's name"
        if name != NAME:
            raise CommandError(
                f"{descriptor}: expected the descriptor of {NAME}, found that of {name}; "
                "move it away, or name another --output"
            )


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
