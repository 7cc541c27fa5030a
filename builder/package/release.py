"""The release: its title, version and date. CITATION.cff is the only place that states them."""

import datetime as dt
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from builder.errors import DataError, Problem
from builder.files import read_text
from builder.package.versions import parse_version

PROJECT = Path(__file__).resolve().parents[2]
CITATION = "CITATION.cff"
"""The file that states the release. In an installed builder it lies beside this module."""
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


class Release(NamedTuple):
    """One release of the dataset."""

    title: str
    description: str
    version: str
    created: dt.date
    keywords: tuple[str, ...]
    authors: tuple[str, ...]

    @property
    def file_metadata(self) -> dict[str, str]:
        """What the footer of every Parquet file says, in case the file is passed on alone."""
        return {
            "name": NAME,
            "version": self.version,
            "licence": f"{LICENCE} {LICENCE_URL}",
            "source": f"{SOURCE_TITLE}, {SOURCE_URL}",
        }

    @property
    def licence_text(self) -> str:
        """The licence of the data, with the attribution that it requires."""
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
    """Reads the release from CITATION.cff.

    Raises `DataError` if the version is not a version number, or differs from the one in pyproject.toml.
    """
    import yaml  # noqa: PLC0415  # slow to import, and not needed by everyone who imports this module

    path = citation_path()
    # The C parser is ten times faster, but not installed everywhere.
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


def datasheet_template() -> str:
    """The text of the datasheet, with places in braces for what a package's tables and release say."""
    return read_text(Path(__file__).with_name("datasheet.md"))


def dataset_card_template() -> str:
    """The text of the card for Hugging Face, with places in braces for what a package's tables and release say."""
    return read_text(Path(__file__).with_name("dataset_card.md"))


def citation_path() -> Path:
    """The path of CITATION.cff: in the project's folder if it is there, else beside this module."""
    in_project = PROJECT / CITATION
    return in_project if in_project.exists() else Path(__file__).with_name(CITATION)


def check_version(version: str, citation: Path, pyproject: Path) -> None:
    """Raises `DataError` if the version in CITATION.cff is not a version number, or if there is a pyproject.toml that states
    another one."""
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
