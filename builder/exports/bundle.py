"""The bundle: the whole package in one zip file, with its descriptor at the root."""

from pathlib import Path

from builder.exports import StagedPackage
from builder.exports.zips import open_zip
from builder.package.package_files import DIST, closing_files, files_below


def write(package: StagedPackage, path: Path) -> None:
    """Writes `kremlin-meetings-VERSION.zip`: every file of the package but itself."""
    files = files_below(package.dist)
    closing = closing_files(package.dist, package.extent, package.release)
    with open_zip(path) as bundle:
        for name, content in sorted(closing.items()):
            bundle.write(name, content)
        for name in files:
            bundle.copy(f"{DIST}/{name}", package.dist / name)
