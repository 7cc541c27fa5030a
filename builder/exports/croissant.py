"""The description for catalogues of data sets: Croissant, in JSON-LD."""

from pathlib import Path

from builder.exports import StagedPackage
from builder.package.croissant import make_croissant
from builder.package.package_files import encode_descriptor, file_stats
from schema.tables import TABLES


def write(package: StagedPackage, path: Path) -> None:
    """Writes `croissant.json`."""
    files = {file.name: file_stats(file) for table in TABLES for file in package.dist.glob(f"{table.name}.*")}
    path.write_bytes(encode_descriptor(make_croissant(package.extent, files, package.release)))
