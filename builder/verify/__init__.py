"""The referee: everything that always holds, checked on the files as a stranger downloaded them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.errors import DataError, Problem, quote
from builder.package.publish import is_half_published, refuse_devices
from builder.verify import files, formats, people, rows, segments, sources
from builder.verify import source_rows as ledger
from builder.verify.reading import Package

Finder = Callable[[Package], Iterator[str]]


@dataclass(frozen=True)
class Check:
    """One check and what it found wrong: nothing, where the package passes."""

    title: str
    findings: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.findings


CHECKS: tuple[tuple[str, Finder], ...] = (
    ("dist/ holds the files that SHA256SUMS lists, unchanged", files.checksums),
    ("datapackage.json describes these files", files.descriptor),
    ("every file has its table's columns and types", files.schemas),
    ("Parquet, JSONL and CSV hold the same rows", formats.formats_agree),
    ("every row keeps the rules of its table", rows.valid),
    ("keys are unique and rows stand in their order", rows.keys),
    ("references resolve", rows.references),
    ("counts and sequences agree, every speaker speaks", rows.counts),
    ("names and offices follow from who takes part", people.names_and_offices),
    ("mentions are what their segments say", people.mentions),
    ("each meeting has one included source", ledger.ledger),
    ("segments cover every character of their source", segments.cover),
    ("meetings are what their segments say", segments.meeting_rows),
    ("utterances are what their segments say", segments.utterances),
)


def verify_package(
    folder: Path, again: Path | None = None, source_files: Mapping[str, str | None] | None = None
) -> list[Check]:
    """Checks a package. With `source_files`, the SHA-256 of each source file by its path, and `again`, the folder of the
    package that these files give when read anew, also that the sources are the ones described and say the same.

    Raises `DataError` where a build was ended while it put the package in its place: there is nothing to check; and
    `CommandError` where a pipe or device stands in a file's place.
    """
    refuse_devices(folder)
    if is_half_published(folder):
        expected = "a package that a build put in its place"
        found = "one whose build was ended before its last step"
        raise DataError([Problem(str(folder), expected, found, "run the build again")])
    package = Package(folder)
    checks = list(CHECKS)
    if source_files is not None:
        checks.append(("the source files are the ones described", lambda p: sources.described(p, source_files)))
    if again is not None:
        checks.append(("the source files, read again, give the same rows", lambda p: sources.reread(p, Package(again))))
    return [_run(title, finder, package) for title, finder in checks]


def _run(title: str, finder: Finder, package: Package) -> Check:
    findings: list[str] = []
    try:
        findings.extend(finder(package))
    except Exception as error:
        # A damaged file may lack what a check needs, and may hold what nothing reads; that must show, never pass.
        findings.append(f"could not be checked: {type(error).__name__}: {quote(str(error))}")
    return Check(title, tuple(findings))
