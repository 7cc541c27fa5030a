"""The description for catalogues of data sets: Croissant, in JSON-LD."""

from pathlib import Path

from builder.exports import StagedPackage
from builder.package.package_files import encode_descriptor


def write(package: StagedPackage, path: Path) -> None:
    """Writes `croissant.json`."""
    path.write_bytes(encode_descriptor(package.croissant()))
