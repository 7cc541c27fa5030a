"""The data package's descriptor, from the tables, their files and the release."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from builder.package.export_files import exports_among
from builder.package.formats import FORMATS, Format, TextFormat
from builder.package.release import LICENCE, LICENCE_TITLE, LICENCE_URL, NAME, SOURCE_TITLE, SOURCE_URL, Release
from schema.columns import table_schema_fields
from schema.tables import TABLES, Table

LANGUAGES = ("en",)
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

OF_FORMULAS = "Text that begins with =, +, - or @ is left as it is; a spreadsheet may take it for a formula."


class FileStats(NamedTuple):
    """What a descriptor states of one file."""

    bytes: int
    sha256: str


class Extent(NamedTuple):
    """What a descriptor states of the tables' contents."""

    row_counts: Mapping[str, int]
    """Rows by table."""
    first: dt.date | None
    """The day of the earliest meeting; null where there is none."""
    last: dt.date | None


def make_descriptor(extent: Extent, files: Mapping[str, FileStats], release: Release) -> dict[str, Any]:
    """The Data Package 2.0 descriptor. `files` gives each file of `dist/` by its name."""
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": NAME,
        "title": release.title,
        "description": release.description,
        "version": release.version,
        "created": f"{release.created.isoformat()}T00:00:00Z",
        "id": identifier(files, release.version),
        "keywords": list(release.keywords),
        "languages": list(LANGUAGES),
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_URL}],
        "sources": [{"title": f"{SOURCE_TITLE}, kremlin.ru", "path": SOURCE_URL}],
        "contributors": [
            {"title": "Presidential Executive Office of Russia", "path": SOURCE_URL, "roles": ["author", "publisher"]},
            *({"title": author, "roles": ["compiler", "maintainer"]} for author in release.authors),
        ],
    }
    if extent.first and extent.last:
        descriptor["temporal"] = {"start": extent.first.isoformat(), "end": extent.last.isoformat()}
    descriptor["resources"] = [
        _resource(table, form, extent.row_counts[table.name], files[f"{table.name}.{form.name}"])
        for form in _IN_ORDER
        for table in TABLES
    ]
    descriptor["resources"] += [
        {**file.resource(name, release.version), "bytes": files[name].bytes, "hash": f"sha256:{files[name].sha256}"}
        for export in exports_among(files, release.version)
        for file in export.files
        for name in file.names(files, release.version)
    ]
    return descriptor


def identifier(files: Mapping[str, FileStats], version: str) -> str:
    """A UUID of the contents: two packages have the same where they are of one release and hold the same rows in all tables but
    `sources`, since the names of files do not matter."""
    hashes = [files[f"{table.name}.{MAIN_FORMAT}"].sha256 for table in TABLES if table.name != "sources"]
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join([SOURCE_URL, NAME, version, *hashes]))}"


MAIN_FORMAT = "csv"
"""The format whose resources have the tables' plain names; foreign keys refer to them, so they stand first."""
_IN_ORDER = sorted(FORMATS, key=lambda form: (form.name != MAIN_FORMAT, form.name))


def _resource(table: Table, form: Format, row_count: int, file: FileStats) -> dict[str, Any]:
    is_main = form.name == MAIN_FORMAT
    resource: dict[str, Any] = {
        "name": table.name if is_main else f"{table.name}-{form.name}",
        "path": f"dist/{table.name}.{form.name}",
        **form.resource(row_count),
        "mediatype": form.media_type,
        **({"encoding": "utf-8"} if isinstance(form, TextFormat) else {}),
        "title": f"{table.title} ({form.name})",
        "description": table.description + (f" {OF_FORMULAS}" if is_main else ""),
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if resource.get("type") == "table":
        schema: dict[str, Any] = {"fields": table_schema_fields(table.model), "primaryKey": list(table.primary_key)}
        # In one format alone: a reader would go through the table referred to once more for each.
        if is_main and table.foreign_keys:
            schema["foreignKeys"] = [
                {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.key]}}
                for key in table.foreign_keys
            ]
        resource["schema"] = schema
    return resource
