"""What tests of files of many pages share: reading their pages."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from builder.build.context import BuildContext
from builder.build.page import Page, Rejected, read_page
from builder.errors import Problem
from builder.reading.containers import OpenContainers
from builder.reading.discovery import Inputs, gather
from builder.reading.document import PageMetadata
from builder.reading.metadata_tables import MetadataTables
from builder.reading.provenance import ProvenanceTables


@cache
def _context() -> BuildContext:
    return BuildContext()


def outcomes(*named: Path, **options: Mapping[str, str]) -> dict[str, Page | Rejected]:
    """What is read in the pages behind some files, by their paths in the order in which they are found."""
    # The persons are the same for all, and take a while to load.
    context = replace(_context(), provenance=ProvenanceTables(), metadata=MetadataTables(), containers=OpenContainers())
    return {item.path: read_page(item, context) for item in gather([*named], **options).files}  # type: ignore[arg-type]


def pages_of(*named: Path, **options: Mapping[str, str]) -> dict[str, Page]:
    """The same where every page can be read."""
    read = outcomes(*named, **options)
    wrong = {path: page.problems for path, page in read.items() if isinstance(page, Rejected)}
    assert not wrong
    return {path: page for path, page in read.items() if isinstance(page, Page)}


def about(page: Page) -> PageMetadata:
    return page.transcript.document.metadata


def words(page: Page) -> list[tuple[str, str]]:
    """Labels and words of its turns."""
    return [(turn.label, turn.text) for turn in page.transcript.turns]


def problem_in(*named: Path) -> Problem:
    """The one problem of the pages behind some files."""
    [problem] = [p for page in outcomes(*named).values() if isinstance(page, Rejected) for p in page.problems]
    return problem


def found(*named: Path) -> Inputs:
    return gather([*named])
