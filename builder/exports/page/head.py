"""What stands in the page's head and runs in it: style, scripts, the policy that allows nothing else, linked data."""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from builder.exports import StagedPackage
from builder.files import read_text

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


def linked_data(package: StagedPackage) -> str:
    """What catalogues and search engines read of the dataset: Croissant as JSON-LD, safe within a script element.

    The columns' descriptions stay in `croissant.json`: they are as long as all the rest.
    """
    data = package.croissant()
    for record_set in data["recordSet"]:
        for field in record_set["field"]:
            del field["description"]
    return inline_json(data)


def inline_json(value: Any) -> str:
    """JSON that ends no script element and that every parser of JavaScript reads."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
