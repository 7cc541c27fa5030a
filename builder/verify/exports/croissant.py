"""The description for catalogues says of tables, columns and files what the descriptor says."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.files import read_text
from builder.package.names import DIST
from builder.verify.exports.trees import differences
from builder.verify.findings import Finding, Place, in_file, same
from builder.verify.package_rows import Package
from schema.tables import TABLES

CONTEXT_SHA256 = "4c4b94fb76d2b1b79fc9dca5eddb04b7a1418d6a446cf275f5ed36a1ea0c0e6a"
"""Of the standard's context, its names in alphabetical order and without spaces."""
TYPES = {"string": "Text", "array": "Text", "integer": "Integer", "boolean": "Boolean", "date": "Date", "time": "Time"}


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `croissant.json` with the descriptor."""
    found = json.loads(read_text(path, follow_links=False))
    if isinstance(package.descriptor, dict):
        yield from description_differs(in_file(f"{DIST}/{path.name}"), described(package.descriptor), found)


def description_differs(place: Place, expected: dict[str, Any], found: Any) -> Iterator[Finding]:
    """Compares a description with what it is to be; its `@context` is the standard's."""
    context = found.pop("@context", None) if isinstance(found, dict) else None
    context = json.dumps(context, sort_keys=True, separators=(",", ":"))
    yield from same(place, "sha256 of @context", CONTEXT_SHA256, sha256(context.encode()).hexdigest())
    yield from differences(place, expected, found)


def described(descriptor: dict[str, Any]) -> dict[str, Any]:
    """What Croissant says of the package with this descriptor."""
    resources = {resource["path"]: resource for resource in descriptor["resources"]}
    compilers = [who["title"] for who in descriptor["contributors"] if "compiler" in who["roles"]]
    authors = [{"@type": "Organization", "name": name} for name in compilers]
    title, version, created = descriptor["title"], descriptor["version"], descriptor["created"][:10]
    expected = {
        "@type": "Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": title,
        "description": descriptor["description"],
        "identifier": descriptor["id"],
        "version": version,
        "datePublished": created,
        "license": descriptor["licenses"][0]["path"],
        "creator": authors,
        "publisher": authors,
        "citeAs": f"{', '.join(compilers)} ({created[:4]}). {title}, version {version} [data set].",
        "keywords": descriptor["keywords"],
        "inLanguage": descriptor["languages"],
        "isAccessibleForFree": True,
        "isLiveDataset": False,
        "isBasedOn": {
            "@type": "WebSite",
            "name": "President of Russia",
            "url": descriptor["sources"][0]["path"],
        },
        "distribution": [_file(resources[f"dist/{table.name}.parquet"]) for table in TABLES],
        "recordSet": [_record_set(table.name, resources[f"dist/{table.name}.csv"]["schema"]) for table in TABLES],
    }
    for record_set, file in zip(expected["recordSet"], expected["distribution"], strict=True):
        record_set["description"] = file["description"]
    if days := descriptor.get("temporal"):
        expected["temporalCoverage"] = f"{days['start']}/{days['end']}"
    return expected


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    name = resource["path"].removeprefix("dist/")
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "contentUrl": name,
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(table: str, schema: dict[str, Any]) -> dict[str, Any]:
    targets = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", [])}
    fields = []
    for column in schema["fields"]:
        name = column["name"]
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{table}/{name}",
            "name": name,
            "description": column["description"],
            "dataType": f"sc:{TYPES[column['type']]}",
            "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": name}},
        }
        if column["type"] == "array":
            field |= {"isArray": True, "arrayShape": "-1"}
        if target := targets.get(name):
            field["references"] = {"field": {"@id": f"{target['resource']}/{target['fields'][0]}"}}
        fields.append(field)
    keys = [{"@id": f"{table}/{name}"} for name in schema["primaryKey"]]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": fields,
    }
