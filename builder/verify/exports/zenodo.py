"""The metadata for Zenodo say what the descriptor says."""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from builder.files import read_text
from builder.package.names import DIST
from builder.verify.findings import Finding, in_file, same
from builder.verify.package_rows import Package


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `.zenodo.json` with the descriptor and the counts of the tables."""
    place = in_file(f"{DIST}/{path.name}")
    found = json.loads(read_text(path, follow_links=False))
    expected = _expected(package)
    for key in {**expected, **found}:
        yield from same(place, key, expected.get(key), found.get(key))


def _expected(package: Package) -> dict[str, Any]:
    stated = {} if isinstance(package.descriptor, str) else package.descriptor
    rows = package.row_counts
    licence, source = stated["licenses"][0], stated["sources"][0]
    people = [who for who in stated["contributors"] if "compiler" in who["roles"]]
    publishers = [who for who in stated["contributors"] if "publisher" in who["roles"]]
    numbers = f"{rows['meetings']:,} meetings, {rows['utterances']:,} turns, {rows['speakers']:,} speakers."
    expected = {
        "title": stated["title"],
        "upload_type": "dataset",
        "description": f"<p>{escape(stated['description'], quote=False)}</p><p>{numbers}</p>",
        "version": stated["version"],
        "publication_date": stated["created"][:10],
        "creators": [{"name": who["title"]} for who in people],
        "contributors": [{"name": who["title"], "type": "Producer"} for who in publishers],
        "keywords": stated["keywords"],
        "language": "eng",
        "access_right": "open",
        "license": licence["name"].lower(),
        "notes": f"Texts: President of Russia, {source['path']}, {licence['title']}.",
        "related_identifiers": [
            {"identifier": source["path"], "relation": "isDerivedFrom", "resource_type": "other", "scheme": "url"}
        ],
    }
    if days := stated.get("temporal"):
        expected["dates"] = [{**days, "type": "Collected", "description": "The days of the events"}]
    return expected
