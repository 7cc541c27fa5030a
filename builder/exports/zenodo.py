"""The metadata with which the package is deposited at Zenodo.

Source: https://developers.zenodo.org/#representation
"""

from html import escape
from pathlib import Path
from typing import Any

import msgspec

from builder.exports import StagedPackage
from builder.package.release import LICENCE, LICENCE_TITLE, SOURCE_TITLE, SOURCE_URL


def write(package: StagedPackage, path: Path) -> None:
    """Writes `.zenodo.json`."""
    release, extent = package.release, package.extent
    rows = extent.row_counts
    about: dict[str, Any] = {
        "title": release.title,
        "upload_type": "dataset",
        "description": (
            f"<p>{escape(release.description, quote=False)}</p><p>{rows['meetings']:,} meetings, {rows['utterances']:,} turns, "
            f"{rows['speakers']:,} speakers.</p>"
        ),
        "version": release.version,
        "publication_date": release.created.isoformat(),
        "creators": [{"name": author} for author in release.authors],
        "contributors": [{"name": "Presidential Executive Office of Russia", "type": "Producer"}],
        "keywords": list(release.keywords),
        "language": "eng",
        "access_right": "open",
        "license": LICENCE.lower(),
        "notes": f"Texts: {SOURCE_TITLE}, {SOURCE_URL}, {LICENCE_TITLE}.",
        "related_identifiers": [
            {"identifier": SOURCE_URL, "relation": "isDerivedFrom", "resource_type": "other", "scheme": "url"}
        ],
    }
    if extent.first and extent.last:
        about["dates"] = [
            {
                "start": extent.first.isoformat(),
                "end": extent.last.isoformat(),
                "type": "Collected",
                "description": "The days of the events",
            }
        ]
    path.write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=2) + b"\n")
