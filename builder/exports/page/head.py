"""What stands in the page's head and runs in it: style, scripts, the policy that allows nothing else, linked data."""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from builder.files import read_text
from builder.package.release import LICENCE_URL, NAME, SOURCE_TITLE, SOURCE_URL, Release

HERE = Path(__file__).parent
MINISEARCH_SHA256 = "885c8833ae59798d751390a73f88b1514b866a0e0d3f08d41b6989058e3f48b9"
"""Of minisearch.min.js: minisearch 7.2.0 from npm, `dist/umd/index.js`, made small with `terser -c -m`."""
FIRST_SCRIPT = 'document.documentElement.className="js"'
"""Runs before anything is drawn, so that nothing moves."""


@cache
def asset(name: str) -> str:
    """A file beside this module."""
    return read_text(HERE / name)


def minisearch() -> str:
    """The search library with its licence. Raises `ValueError` where the kept copy is not the one that was checked."""
    library, licence = asset("minisearch.min.js"), asset("minisearch.LICENSE.txt")
    if hashlib.sha256(library.encode()).hexdigest() != MINISEARCH_SHA256:
        raise ValueError("minisearch.min.js is not the file whose hash is known")
    return f"/* MiniSearch 7.2.0\n{licence}*/\n{library}"


def policy(style: str, scripts: list[str], *, may_fetch: bool) -> str:
    """The Content-Security-Policy: this style and these scripts, and nothing from anywhere else."""
    hashes = " ".join(_hash(script) for script in scripts)
    parts = [
        "default-src 'none'",
        f"script-src {hashes}",
        f"style-src {_hash(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    if may_fetch:
        parts.insert(4, "connect-src 'self'")
    return "; ".join(parts)


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def linked_data(release: Release, description: str, files: list[dict[str, Any]], years: Sequence[int]) -> str:
    """What catalogues and search engines read of the dataset: schema.org as JSON-LD, safe within a script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": release.title,
        "alternateName": NAME,
        "description": description,
        "version": release.version,
        "datePublished": release.created.isoformat(),
        "license": LICENCE_URL,
        "keywords": [*release.keywords],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": author} for author in release.authors],
        "isBasedOn": {"@type": "WebSite", "name": SOURCE_TITLE, "url": SOURCE_URL},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file["name"],
                "contentUrl": file["name"],
                "encodingFormat": file["media_type"],
                "contentSize": f"{file['bytes']} B",
                "sha256": file["sha256"],
            }
            for file in files
        ],
    }
    if years:
        data["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    return inline_json(data)


def inline_json(value: Any) -> str:
    """JSON that ends no script element and that every parser of JavaScript reads."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
