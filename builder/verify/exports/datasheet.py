"""The datasheet is the project's, with this package's numbers."""

import re
from collections.abc import Iterator
from pathlib import Path

from builder.files import read_text
from builder.package.names import DIST
from builder.package.release import datasheet_template
from builder.verify.findings import Finding, first_other_line, in_file, same
from builder.verify.package_rows import Package
from schema.tables import TABLES


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `datasheet.md` with the project's text, line by line, and its numbers with the tables."""
    place = in_file(f"{DIST}/{path.name}")
    text = read_text(path, follow_links=False)
    shown = dict(re.findall(r"^\| (?!count \|)(?!---)(.+) \| ([\d,]+) \|$", text, re.MULTILINE))
    counted = {name: f"{count:,}" for name, count in _counts(package).items()}
    for name in {**counted, **shown}:
        yield from same(place, name, counted.get(name), shown.get(name))
    stated = {} if isinstance(package.descriptor, str) else package.descriptor
    licence, days = stated["licenses"][0], stated.get("temporal", {"start": "none", "end": "none"})
    expected = datasheet_template().format(
        title=stated["title"],
        version=stated["version"],
        authors=", ".join(who["title"] for who in stated["contributors"] if "compiler" in who["roles"]),
        first=days["start"],
        last=days["end"],
        licence=licence["title"],
        licence_url=licence["path"],
        counts="\n".join(f"| {name} | {count} |" for name, count in shown.items()),
    )
    yield from first_other_line(place, expected.encode(), text.encode())


def _counts(package: Package) -> dict[str, int]:
    rows = {f"rows of `{table.name}`": package.row_counts[table.name] for table in TABLES}

    def count(table: str, column: str, wanted: object) -> int:
        return sum(value == wanted for (value,) in package.tuples(table, column))

    lengths = package.tuples("sources", "status", "text_length")
    return rows | {
        "words spoken": sum(words for (words,) in package.tuples("meetings", "word_count")),
        "meetings at which nobody speaks": count("meetings", "utterance_count", 0),
        "pages that say that they show a part": count("meetings", "is_excerpt", True),
        "pages of which nobody can tell": count("meetings", "is_excerpt", None),
        "meetings without a time of day": count("meetings", "time", None),
        "meetings without a known address": count("meetings", "url", None),
        "turns of a voice that the page does not name": count("utterances", "speaker_id", None),
        "turns after a cut or a heading": count("utterances", "follows_gap", True),
        "sources that are included": count("sources", "status", "included"),
        "sources that are duplicates": count("sources", "status", "duplicate"),
        "sources that were rejected": count("sources", "status", "rejected"),
        "characters of included sources": sum(length for status, length in lengths if status == "included"),
    }
