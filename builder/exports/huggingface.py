"""The card that makes the folder of the tables a dataset of Hugging Face: a configuration for each table.

Source: https://huggingface.co/docs/hub/datasets-cards
"""

from pathlib import Path
from typing import Any

import yaml

from builder.exports import StagedPackage, TooLargeError
from builder.package.croissant import cite_as
from builder.package.descriptor import LANGUAGES
from builder.package.release import LICENCE, LICENCE_TITLE, LICENCE_URL, SOURCE_URL, dataset_card_template
from schema.documents import dictionary
from schema.tables import TABLES, Table

FIRST = "utterances"
"""The table that is loaded where none is named."""


def write(package: StagedPackage, path: Path) -> None:
    """Writes `README.md`."""
    release, extent = package.release, package.extent
    rows = extent.row_counts
    # `datasets` cannot read a Parquet file without rows.
    tables = [table for table in TABLES if rows[table.name]]
    text = dataset_card_template().format(
        title=release.title,
        description=release.description,
        version=release.version,
        meetings=rows["meetings"],
        days=f" from {extent.first} to {extent.last}" if extent.first else "",
        utterances=rows["utterances"],
        speakers=rows["speakers"],
        tables="\n".join(f"| `{table.name}` | {rows[table.name]:,} | {table.description} |" for table in tables),
        source=SOURCE_URL,
        licence=LICENCE_TITLE,
        licence_url=LICENCE_URL,
        citation=cite_as(release),
        columns="\n".join(f"#{dictionary(table)}" for table in tables).rstrip("\n"),
    )
    front = yaml.safe_dump(_front(package, tables), sort_keys=False, allow_unicode=True, width=1_000)
    path.write_text(f"---\n{front}---\n\n{text}", "utf-8", newline="\n")


def _front(package: StagedPackage, tables: list[Table]) -> dict[str, Any]:
    """What the Hub reads of the card."""
    rows = package.extent.row_counts
    first = FIRST if rows[FIRST] else tables[0].name
    return {
        "pretty_name": package.release.title,
        "license": LICENCE.lower(),
        "language": list(LANGUAGES),
        "multilinguality": ["monolingual"],
        "size_categories": [_size(rows[first])],
        "tags": [*package.release.keywords],
        "configs": [
            {
                "config_name": table.name,
                **({"default": True} if table.name == first else {}),
                "data_files": [{"split": "train", "path": f"{table.name}.parquet"}],
            }
            for table in tables
        ],
    }


def _size(rows: int) -> str:
    """The Hub's name for a number of rows."""
    below = ""
    for power, name in enumerate(("1K", "10K", "100K", "1M", "10M", "100M", "1B"), start=3):
        if rows < 10**power:
            return f"{below}n<{name}"
        below = f"{name}<"
    raise TooLargeError(f"{rows:,} rows; use the Parquet files")
