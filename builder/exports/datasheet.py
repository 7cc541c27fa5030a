"""The datasheet: the questions that a dataset's users should ask, answered, with counts from the tables.

Source: Gebru et al., Datasheets for Datasets, 2021, https://doi.org/10.1145/3458723
"""

from collections import Counter
from pathlib import Path

from builder.exports import StagedPackage
from builder.package.release import LICENCE_TITLE, LICENCE_URL, datasheet_template
from schema.tables import TABLES


def write(package: StagedPackage, path: Path) -> None:
    """Writes `datasheet.md`."""
    release, extent = package.release, package.extent
    counts = {f"rows of `{table.name}`": extent.row_counts[table.name] for table in TABLES} | _counts(package)
    text = datasheet_template().format(
        title=release.title,
        version=release.version,
        authors=", ".join(release.authors),
        first=extent.first or "none",
        last=extent.last or "none",
        licence=LICENCE_TITLE,
        licence_url=LICENCE_URL,
        counts="\n".join(f"| {name} | {count:,} |" for name, count in counts.items()),
    )
    path.write_text(text, "utf-8", newline="\n")


def _counts(package: StagedPackage) -> dict[str, int]:
    """What a user should know of the rows, beside how many there are."""
    counts: Counter[str] = Counter()
    for is_excerpt, turns, words, time, url in package.tables.tuples(
        "meetings", ["is_excerpt", "utterance_count", "word_count", "time", "url"]
    ):
        counts["words spoken"] += words
        counts["meetings at which nobody speaks"] += turns == 0
        counts["pages that say that they show a part"] += is_excerpt is True
        counts["pages of which nobody can tell"] += is_excerpt is None
        counts["meetings without a time of day"] += time is None
        counts["meetings without a known address"] += url is None
    for speaker, gap in package.tables.tuples("utterances", ["speaker_id", "follows_gap"]):
        counts["turns of a voice that the page does not name"] += speaker is None
        counts["turns after a cut or a heading"] += gap is True
    for status, length in package.tables.tuples("sources", ["status", "text_length"]):
        counts["sources that are included"] += status == "included"
        counts["sources that are duplicates"] += status == "duplicate"
        counts["sources that were rejected"] += status == "rejected"
        counts["characters of included sources"] += length or 0 if status == "included" else 0
    return dict(counts)
