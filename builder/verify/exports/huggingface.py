"""The card of Hugging Face lists the tables that have rows, and says of them what the descriptor says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from builder.files import read_text
from builder.package.names import DIST
from builder.package.release import dataset_card_template
from builder.verify.exports.trees import differences
from builder.verify.findings import Finding, first_other_line, in_file
from builder.verify.package_rows import Package
from schema.tables import TABLES

SIZES = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B"]
"""By how many digits more than three a number has."""


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `README.md` with the descriptor and the counts of the tables."""
    place = in_file(f"{DIST}/{path.name}")
    text = read_text(path, follow_links=False)
    parts = re.fullmatch(r"---\n(.*?\n)---\n\n(.*)", text, re.DOTALL)
    if parts is None:
        yield place.says("expected a head of YAML between two lines ---, found none")
        return
    if isinstance(package.descriptor, str):
        return
    names = [table.name for table in TABLES if package.row_counts[table.name]]
    yield from differences(place, _head(package, names), yaml.safe_load(parts[1]))
    expected = _body(package, package.descriptor, names)
    yield from first_other_line(place, expected.encode(), parts[2].encode(), " of the body")


def _head(package: Package, names: list[str]) -> dict[str, Any]:
    stated: Any = package.descriptor
    first = "utterances" if "utterances" in names else names[0]
    configs: list[dict[str, Any]] = [
        {"config_name": n, "data_files": [{"split": "train", "path": f"{n}.parquet"}]} for n in names
    ]
    configs[names.index(first)]["default"] = True
    return {
        "pretty_name": stated["title"],
        "license": stated["licenses"][0]["name"].lower(),
        "language": stated["languages"],
        "multilinguality": ["monolingual"],
        "size_categories": [SIZES[max(len(str(package.row_counts[first])) - 3, 0)]],
        "tags": stated["keywords"],
        "configs": configs,
    }


def _body(package: Package, stated: dict[str, Any], names: list[str]) -> str:
    resources = {resource["path"]: resource for resource in stated["resources"]}
    of_table = {name: resources[f"{DIST}/{name}.parquet"]["description"] for name in names}
    schemas = {name: resources[f"{DIST}/{name}.csv"]["schema"] for name in names}
    days, licence = stated.get("temporal"), stated["licenses"][0]
    authors = ", ".join(who["title"] for who in stated["contributors"] if "compiler" in who["roles"])
    cited = f"{authors} ({stated['created'][:4]}). {stated['title']}, version {stated['version']} [data set]."
    return dataset_card_template().format(
        title=stated["title"],
        description=stated["description"],
        version=stated["version"],
        days=f" from {days['start']} to {days['end']}" if days else "",
        tables="\n".join(f"| `{n}` | {package.row_counts[n]:,} | {of_table[n]} |" for n in names),
        source=stated["sources"][0]["path"],
        licence=licence["title"],
        licence_url=licence["path"],
        citation=cited,
        columns="\n\n".join(_columns(name, of_table[name], schemas[name]) for name in names),
        **{name: package.row_counts[name] for name in ("meetings", "utterances", "speakers")},
    )


def _columns(name: str, description: str, schema: dict[str, Any]) -> str:
    targets = {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}
    lines = ["| column | type | meaning | example |", "| --- | --- | --- | --- |"]
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        is_list = field["type"] == "array"
        kind = ("list of strings" if is_list else field["type"]) + ("" if rules.get("required") else ", or null")
        meaning = field["description"]
        if field["name"] in targets:
            meaning += f" → {targets[field['name']]}."
        if "enum" in rules:
            meaning += " One of " + ", ".join(f"`{value}`" for value in rules["enum"]) + "."
        if "`" not in meaning:
            meaning = meaning.replace("<", "&lt;")
        example = json.dumps(json.loads(field["example"]), ensure_ascii=False) if is_list else field["example"]
        cells = (f"`{field['name']}`", kind, meaning.replace("|", "\\|"), f"`{example}`".replace("|", "\\|"))
        lines.append(f"| {' | '.join(cells)} |")
    return f"### {name}\n\n{description}\n\n" + "\n".join(lines)
