"""How a new package replaces the old one.

A build works in a folder of its own, beside the package. It publishes with three renames. The last one moves the descriptor, and
it decides: until then the old package counts, from then on the new one. If a build is killed before the last rename, its folder
still holds the new descriptor; the next build sees that and first puts the old package back.
"""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.errors import CommandError
from builder.files import kind_of, read_bytes
from builder.package.export_files import EXPORTS
from builder.package.formats import FORMATS
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST, LICENCE_FILE
from builder.package.package_files import files_below, mode_of, read_checksums, read_descriptor
from builder.package.release import NAME
from schema.tables import TABLES

try:
    import fcntl
except ImportError:  # Windows has no such lock; there a folder that is open elsewhere cannot be renamed either.
    fcntl = None  # type: ignore[assignment]

STAGING = ".dist-staging"
"""The folder in which a build works, beside the package."""
REPLACED = "replaced"
"""The old `dist/`, in that folder, until the new package is in place."""
OWNER = "OWNER"
"""A file in that folder that names this project. A build removes no folder without it."""
_OWNED = f"A build of {NAME} works here; the next build removes this folder.\n".encode()


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """Gives a build an empty folder beside the package that it will replace.

    At the end the folder is removed. If publishing had begun but not finished, the old package is put back.

    Raises `CommandError` if the output cannot be written, if another build is working there, or if it holds files that no
    build made.
    """
    if os.fsencode(output.absolute()) != str(output.absolute()).encode("utf-8", "replace"):
        # Arrow takes every path for UTF-8.
        raise CommandError(
            f"{output}: expected a path in UTF-8, found another encoding; "
            "name another with --output, or start Python with -X utf8"
        )
    made = [folder for folder in (output, *output.parents) if not folder.exists()]
    folder = output / STAGING
    try:
        output.mkdir(parents=True, exist_ok=True)
        with _only_build_in(output):
            _mend(output)
            _refuse_what_is_not_ours(output)
            folder.mkdir()
            try:
                (folder / OWNER).write_bytes(_OWNED)
                yield folder
            finally:
                _take_back(folder, output)
                with suppress(OSError):  # The next build removes what is left.
                    _clear(folder)
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
    """Whether a database error comes from the disk and not from the query."""
    codes = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes


def publish(staged: Path, output: Path) -> None:
    """Replaces the published package with the staged one. Call it within `staging`, which undoes it if it fails.

    No file system replaces a folder and a file in one step. The last step decides which package counts; see above.
    """
    if mode_of(output / DIST):
        os.rename(output / DIST, staged / REPLACED)
    os.rename(staged / DIST, output / DIST)
    os.replace(staged / DESCRIPTOR, output / DESCRIPTOR)


def is_half_published(output: Path) -> bool:
    """Whether a build ended between two steps of publishing, so that neither package is complete."""
    folder = output / STAGING
    if not _is_ours(folder) or not mode_of(folder / DESCRIPTOR):
        return False
    if not mode_of(folder / DIST):
        return _describes(folder / DESCRIPTOR, output / DIST)
    return bool(mode_of(folder / REPLACED)) and not mode_of(output / DIST)


def _mend(output: Path) -> None:
    """Undoes what a killed build had not finished publishing, and removes its folder. If this is killed too, the next build
    starts it again.

    Raises `CommandError` if no build made that folder.
    """
    folder = output / STAGING
    if not mode_of(folder):
        return
    if not _is_ours(folder):
        raise CommandError(
            f"{folder}: expected nothing, or what a build left there, found something else; "
            "move it away, or name another --output"
        )
    _take_back(folder, output)
    _clear(folder)


def _take_back(folder: Path, output: Path) -> None:
    """Puts the old package back, unless the last step of publishing was done."""
    if not mode_of(folder / DESCRIPTOR):
        return
    # If somebody has put another `dist/` there since, it stays.
    if not mode_of(folder / DIST) and _describes(folder / DESCRIPTOR, output / DIST):
        os.rename(output / DIST, folder / DIST)
    if mode_of(folder / REPLACED) and not mode_of(output / DIST):
        os.rename(folder / REPLACED, output / DIST)


def _clear(folder: Path) -> None:
    """Removes the folder of a build: first the descriptor, so that nothing is undone any more, and last the owner."""
    (folder / DESCRIPTOR).unlink(missing_ok=True)
    for path in sorted(folder.iterdir()):
        if stat.S_ISDIR(mode_of(path)):
            shutil.rmtree(path)
        elif path.name != OWNER:
            path.unlink()
    (folder / OWNER).unlink(missing_ok=True)
    folder.rmdir()


def _is_ours(folder: Path) -> bool:
    """Whether a build of this project made a folder, or the folder is empty."""
    if not stat.S_ISDIR(mode_of(folder)):
        return False
    try:
        content = read_bytes(folder / OWNER, follow_links=False)
    except OSError:
        return not any(folder.iterdir())
    # A build may have been killed while it wrote the line.
    return content == _OWNED or (_OWNED.startswith(content) and len(os.listdir(folder)) == 1)


def _describes(descriptor: Path, dist: Path) -> bool:
    """Whether a descriptor lists the files of a folder `dist/`."""
    try:
        resources = read_descriptor(descriptor)["resources"]
        stated = {(resource["path"], resource["hash"]) for resource in resources}
        sums = read_checksums(dist / CHECKSUMS)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return stated <= {(f"{DIST}/{name}", f"sha256:{digest}") for name, digest in sums.items()}


def _is_of_a_package(name: str) -> bool:
    """Whether the packages of this project have a file of this name in `dist/`."""
    tables = {f"{table.name}.{form.name}" for table in TABLES for form in FORMATS}
    exported = (file for export in EXPORTS for file in export.files)
    return name in tables | {LICENCE_FILE, CHECKSUMS} or any(file.names([name], "*") for file in exported)


@contextmanager
def _only_build_in(output: Path) -> Iterator[None]:
    """Locks the output folder: only one build at a time may work there."""
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
    """Raises `CommandError` if `dist/` or `datapackage.json` was not made by a build, or may not be removed."""
    dist, descriptor = output / DIST, output / DESCRIPTOR
    _refuse_descriptor(descriptor)
    if mode := mode_of(dist):
        if not stat.S_ISDIR(mode):
            raise CommandError(
                f"{dist}: expected a folder, found a file or a link; move it away, or name another --output"
            )
        if not os.access(dist, os.W_OK | os.X_OK):
            # It could be moved, but not removed.
            raise CommandError(
                f"{dist}: expected a folder that can be replaced, found one that may not be written to; "
                "change its permissions, or name another --output"
            )
        if foreign := _foreign_in(dist, is_described=bool(mode_of(descriptor))):
            raise CommandError(
                f"{dist}: expected the files of an earlier build, found {', '.join(foreign[:5])}"
                f"{' and more' if len(foreign) > 5 else ''}; move them away, or name another --output"
            )


def _refuse_descriptor(path: Path) -> None:
    if mode := mode_of(path):
        if not stat.S_ISREG(mode):
            raise CommandError(
                f"{path}: expected a file, found {kind_of(mode)}; move it away, or name another --output"
            )
        try:
            name = read_descriptor(path)["name"]
        except (ValueError, KeyError, TypeError):
            name = "no package's name"
        if name != NAME:
            raise CommandError(
                f"{path}: expected the descriptor of {NAME}, found that of {name}; "
                "move it away, or name another --output"
            )


def _foreign_in(dist: Path, *, is_described: bool) -> list[str]:
    """What in a folder `dist/` was not made by a build: files that SHA256SUMS does not list, any link, and any folder
    but those of exports."""
    try:
        listed = {*read_checksums(dist / CHECKSUMS), CHECKSUMS}
    except (OSError, ValueError):
        listed = set()
    if not is_described:
        # Other projects have a folder `dist/` with such a list too.
        listed = {name for name in listed if _is_of_a_package(name)}
    foreign = []
    for name in files_below(dist):
        mode = mode_of(dist / name)
        if not stat.S_ISREG(mode):
            foreign.append(f"{name} ({kind_of(mode)})")
        elif name not in listed:
            foreign.append(name)
    return foreign
