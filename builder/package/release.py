"""What this release is called: its title, version and date, as CITATION.cff states them, and nowhere else."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CITATION = PROJECT / "CITATION.cff"

NAME = "kremlin-meetings"
SOURCE_TITLE = "President of Russia"
SOURCE_URL = "http://en.kremlin.ru"
LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Release:
    """One release of the dataset."""

    title: str
    description: str
    version: str
    created: dt.date
    keywords: tuple[str, ...]
    authors: tuple[str, ...]

    @property
    def file_metadata(self) -> dict[str, str]:
        """What every Parquet file carries in its footer: files get separated from what describes them."""
        return {
            "name": NAME,
            "version": self.version,
            "licence": f"{LICENCE} {LICENCE_URL}",
            "source": f"{SOURCE_TITLE}, {SOURCE_URL}",
        }

    @property
    def licence_text(self) -> str:
        """The licence of the data, with the attribution that it asks for."""
        return (
            f"{self.title} {self.version}: licence of the data\n\n"
            f"The files in this folder are licensed under {LICENCE_TITLE} ({LICENCE}).\n"
            f"Its text: {LICENCE_URL}legalcode\n\n"
            f"Attribution: {SOURCE_TITLE}, kremlin.ru ({SOURCE_URL}). The texts are the site's, which licenses its content\n"
            f"under {LICENCE}. They were cut into tables, and their white space was made uniform in all columns but\n"
            "segments.text; nothing else was changed. Whoever uses them names the source, links to the licence, and\n"
            "says what was changed.\n"
        )


@cache
def current_release() -> Release:
    """The release that CITATION.cff states."""
    import yaml  # noqa: PLC0415  # whoever asks for the project's folder alone does not wait for it

    # The parser in C, where there is one, is ten times faster.
    citation = yaml.load(CITATION.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Release(
        title=citation["title"],
        description=" ".join(citation["abstract"].split()),
        version=str(citation["version"]),
        created=dt.date.fromisoformat(str(citation["date-released"])),
        keywords=tuple(citation["keywords"]),
        authors=tuple(author["name"] for author in citation["authors"]),
    )
