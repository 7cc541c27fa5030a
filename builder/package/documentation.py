"""The generated texts of the project: the README's data dictionary and the JSON Schemas, from the models alone."""

import json
from pathlib import Path

from builder.package.release import PROJECT
from schema.documents import dictionary, json_schema
from schema.tables import TABLES

BEGIN, END = "<!-- data dictionary: begin (make docs) -->", "<!-- data dictionary: end -->"


def generated_texts(project: Path = PROJECT) -> dict[Path, str]:
    """Every generated file of the project with the text that it should have. Raises `ValueError` where the README lacks
    the marks between which the data dictionary stands."""
    readme = project / "README.md"
    text = readme.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{readme.name}: expected the lines {BEGIN!r} and {END!r}, found none; put them back")
    tables = "\n".join(dictionary(table) for table in TABLES)
    texts = {readme: f"{before}{BEGIN}\n\n{tables}\n{END}{after}"}
    for table in TABLES:
        schema = json.dumps(json_schema(table), indent=2, ensure_ascii=False)
        texts[project / "docs" / "json-schema" / f"{table.name}.schema.json"] = schema + "\n"
    return texts


def outdated(texts: dict[Path, str]) -> list[Path]:
    """The files whose text is not the one that it should be."""
    return [path for path, text in texts.items() if not path.is_file() or path.read_text("utf-8") != text]
