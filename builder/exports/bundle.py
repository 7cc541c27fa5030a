"""The bundle: the whole package in one zip file, with its descriptor at the root."""

from pathlib import Path

from builder.exports import StagedPackage
from builder.exports.zips import open_zip
from builder.package.names import DIST
from builder.package.package_files import closing_files, files_below
from schema.tables import TABLES


def write_tables(package: StagedPackage, _path: Path) -> None:
    """Begins the zip file, outside `dist/`, with the tables' files: most of its time, and the exports need as long."""
    with open_zip(_begun(package)) as bundle:
        for name in _of_tables(package):
            bundle.copy(f"{DIST}/{name}", package.dist / name)


def write(package: StagedPackage, path: Path) -> None:
    """Writes `kremlin-meetings-VERSION.zip`: every file of the package but itself."""
    files = files_below(package.dist)
    closing = closing_files(package.stats(files), package.extent, package.release)
    with open_zip(_begun(package), "a") as bundle:
        for name in sorted({*files} - {*_of_tables(package)}):
            bundle.copy(f"{DIST}/{name}", package.dist / name)
        for name, content in sorted(closing.items()):
            bundle.write(name, content)
    _begun(package).rename(path)


def _begun(package: StagedPackage) -> Path:
    return package.folder / "bundle.zip"


def _of_tables(package: StagedPackage) -> list[str]:
    return sorted(path.name for table in TABLES for path in package.dist.glob(f"{table.name}.*"))
