"""The dataset as a catalogue describes it: Croissant 1.1, which is schema.org in JSON-LD with the columns of the Parquet files.

`croissant.json` holds it, and a page that shows the dataset may hold it in its head.

Source: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html
"""

from collections.abc import Mapping
from typing import Any

from builder.package.descriptor import LANGUAGES, Extent, FileStats, identifier
from builder.package.release import LICENCE_URL, SOURCE_TITLE, SOURCE_URL, Release
from schema.columns import Column
from schema.tables import TABLES, Table

PARQUET = "application/x-parquet"
"""Not the type that is registered: with that one mlcroissant validates the files and then does not load them."""

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The standard's own, written out: a link to it would need the network."""

DATA_TYPES: Mapping[str, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "time": "sc:Time",
    "array": "sc:Text",
}
"""By the type of a column in Table Schema; an array's is that of its items."""


def make_croissant(extent: Extent, files: Mapping[str, FileStats], release: Release) -> dict[str, Any]:
    """The dictionary of `croissant.json`. `files` gives the files of `dist/` by name, the tables' Parquet files among them."""
    years = {"temporalCoverage": f"{extent.first}/{extent.last}"} if extent.first and extent.last else {}
    authors = [{"@type": "Organization", "name": author} for author in release.authors]
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": release.title,
        "description": release.description,
        "identifier": identifier(files, release.version),
        "version": release.version,
        "datePublished": release.created.isoformat(),
        "license": LICENCE_URL,
        "creator": authors,
        "publisher": authors,
        "citeAs": cite_as(release),
        "keywords": list(release.keywords),
        "inLanguage": list(LANGUAGES),
        **years,
        "isAccessibleForFree": True,
        "isLiveDataset": False,
        "isBasedOn": {"@type": "WebSite", "name": SOURCE_TITLE, "url": SOURCE_URL},
        "distribution": [_file(table, files[f"{table.name}.parquet"]) for table in TABLES],
        "recordSet": [_record_set(table) for table in TABLES],
    }


def cite_as(release: Release) -> str:
    """How to cite the release, in one line."""
    authors = ", ".join(release.authors)
    return f"{authors} ({release.created:%Y}). {release.title}, version {release.version} [data set]."


def _file(table: Table, stats: FileStats) -> dict[str, Any]:
    name = f"{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": table.description,
        "contentUrl": name,
        "contentSize": f"{stats.bytes} B",
        "encodingFormat": PARQUET,
        "sha256": stats.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    key = [{"@id": f"{table.name}/{name}"} for name in table.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": key if len(key) > 1 else key[0],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    target = next((key for key in table.foreign_keys if key.column == column.name), None)
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": DATA_TYPES[column.type.table_schema["type"]],
        **({"isArray": True, "arrayShape": "-1"} if column.is_list else {}),
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
        **({"references": {"field": {"@id": f"{target.table}/{target.key}"}}} if target else {}),
    }
