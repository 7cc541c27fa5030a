"""What this release is called: its title, version and date, as CITATION.cff states them, and nowhere else."""

import datetime as dt
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.errors import DataError, Problem
from builder.files import read_text
from builder.package.versions import parse_version

PROJECT = Path(__file__).resolve().parents[2]
CITATION = "CITATION.cff"
"""The file that states the release: in the project's folder, and in an installed builder beside this module."""
PYPROJECT = "pyproject.toml"

NAME = "kremlin-meetings"
SOURCE_TITLE = "President of Russia"
SOURCE_URL = "http://en.kremlin.ru"
LICENCE = "CC-BY-4.0"
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


PYTHON_OF_RELEASES, UNICODE_OF_RELEASES = "3.11", "14.0.0"
"""The Python that builds the releases, and its version of Unicode: which characters are letters or capitals is a table of
Python's, so that a page with characters that are new there may give other rows."""


def unicode_notice() -> str | None:
    """What to say of this Python's tables where they are not those that releases are built with."""
    here = unicodedata.unidata_version
    if here == UNICODE_OF_RELEASES:
        return None
    return (
        f"this Python knows Unicode {here}; releases are built with Python {PYTHON_OF_RELEASES}, which knows "
        f"{UNICODE_OF_RELEASES}: characters that changed since may give other rows"
    )


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
    """The release that CITATION.cff states.

    Raises `DataError` where its version is not a version number, or is not that of the project's pyproject.toml.
    """
    import yaml  # noqa: PLC0415  # whoever asks for the project's folder alone does not wait for it

    path = citation_path()
    # The parser in C, where there is one, is ten times faster.
    citation = yaml.load(read_text(path), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    version = str(citation["version"])
    check_version(version, path, path.with_name(PYPROJECT))
    return Release(
        title=citation["title"],
        description=" ".join(citation["abstract"].split()),
        version=version,
        created=dt.date.fromisoformat(str(citation["date-released"])),
        keywords=tuple(citation["keywords"]),
        authors=tuple(author["name"] for author in citation["authors"]),
    )


def citation_path() -> Path:
    """Where CITATION.cff is: in the project's folder, else where an installed builder has it."""
    in_project = PROJECT / CITATION
    return in_project if in_project.exists() else Path(__file__).with_name(CITATION)


def check_version(version: str, citation: Path, pyproject: Path) -> None:
    """Raises `DataError` where the version that CITATION.cff states is not a version number, or not the one that
    pyproject.toml states, where there is such a file."""
    advice = f"state the same version in {CITATION} and {PYPROJECT}"
    try:
        parse_version(version)
    except ValueError:
        problem = Problem(str(citation), "a version such as 1.2.3", version, advice, code="no-version")
        raise DataError([problem]) from None
    if pyproject.exists():
        stated = tomllib.loads(read_text(pyproject)).get("project", {}).get("version")
        if stated != version:
            expected = f"the version {stated} that {PYPROJECT} states"
            raise DataError([Problem(str(citation), expected, version, advice, code="version-mismatch")])
