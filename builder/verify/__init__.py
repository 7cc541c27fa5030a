"""Verifies a package: everything that always holds, checked on the files as they were downloaded.

A check looks at the package as a whole, or at one meeting at a time, or both. No check relies on another one: what several
of them need, `package_rows.Package` computes when it is first asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from builder.errors import DataError, Problem
from builder.files import A_LINK
from builder.package.formats import format_titles, parquet_file
from builder.package.names import DIST
from builder.package.package_files import damaged_package, refuse_devices
from builder.package.publish import is_half_published
from builder.progress import Progress, silent
from builder.verify import files, formats, people, rows, segments, source_rows, sources, tenures
from builder.verify.exports import exports
from builder.verify.findings import Check, Finding, could_not_be_checked, in_file
from builder.verify.package_rows import Meeting, Package
from builder.verify.paragraphs import paragraphs
from builder.verify.sources import SourceFiles
from builder.verify.written import UNREADABLE

__all__ = ["CHECKS", "Check", "Finding", "verify_package"]

OfPackage = Callable[[Package], Iterator[Finding]]
OfMeeting = Callable[[Package, Meeting], Iterator[Finding]]


@dataclass(frozen=True)
class CheckSpec:
    """A check to be made: what finds its findings."""

    name: str
    title: str
    of_package: tuple[OfPackage, ...] = ()
    of_meeting: tuple[OfMeeting, ...] = ()
    """Called for every meeting, all checks in one pass over the tables."""


CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec("files", "dist/ holds the files that SHA256SUMS lists, unchanged", (files.checksums,)),
    CheckSpec("descriptor", "datapackage.json describes these files", (files.descriptor,)),
    CheckSpec("schemas", "every file has its table's columns and types", (files.schemas,)),
    CheckSpec("formats", f"{format_titles()} hold the same rows", (formats.formats_agree,)),
    CheckSpec("rows", "every row keeps the rules of its table", (rows.valid,)),
    CheckSpec(
        "keys", "keys are unique and rows stand in their order", (rows.keys, rows.event_ids), (rows.segment_sequence,)
    ),
    CheckSpec("references", "references resolve", (rows.references,)),
    CheckSpec(
        "counts", "counts and sequences agree, every speaker speaks", (rows.every_speaker_speaks,), (rows.counts,)
    ),
    CheckSpec(
        "people",
        "names, offices and tenures follow from who takes part and the reference",
        (people.names, people.offices, tenures.tenures),
        (people.participations_of_meeting,),
    ),
    CheckSpec("mentions", "mentions are what their segments say", (), (people.mentions, segments.mentions)),
    CheckSpec(
        "sources", "each meeting has one included source", (source_rows.files,), (source_rows.sources_of_meeting,)
    ),
    CheckSpec("segments", "segments cover every character of their source", (), (segments.cover,)),
    CheckSpec("meetings", "meetings are what their segments say", (), (segments.meeting_rows,)),
    CheckSpec("utterances", "utterances are what their segments say", (), (segments.utterances,)),
    CheckSpec("exports", "exports hold what the tables hold", (exports,)),
)


def check_verified(folder: Path) -> None:
    """Raises `DataError` unless a package passes every check."""
    failed = [check.title for check in verify_package(folder) if not check.passed]
    if failed:
        raise damaged_package(folder, failed[0], "see `python -m builder verify`, and build it again")


def verify_package(
    folder: Path,
    again: Path | None = None,
    source_files: SourceFiles | None = None,
    progress: Progress = silent,
) -> list[Check]:
    """Checks a package.

    `source_files` are compared with the ones it describes, and `again`, a folder with the package that they give now, row by
    row. Raises `DataError` if a build was interrupted while it published the package, and `CommandError` if a pipe or device
    stands in a file's place.
    """
    refuse_devices(folder)
    if is_half_published(folder):
        expected = "a complete package"
        found = "one whose build was interrupted while it published the package"
        raise DataError([Problem(str(folder), expected, found, "run the build again", code="half-published")])
    package = Package(folder)
    checks = list(CHECKS)
    if source_files is not None:
        title = "the source files are the ones described"
        checks.append(CheckSpec("described", title, (lambda p: sources.described(p, source_files),)))
        title = "every paragraph of the source files is in the segments"
        checks.append(CheckSpec("paragraphs", title, (), (partial(paragraphs, source_files.content),)))
    if again is not None:
        title = "the source files, read again, give the same rows"
        checks.append(CheckSpec("reread", title, (lambda p: sources.reread(p, Package(again)),)))
    if package.dist.is_symlink():
        # Nothing that it leads to is part of the package, so nothing of it is read.
        return [Check(check.name, check.title, (replace(_DIST_IS_A_LINK, check=check.name),)) for check in checks]
    of_package = [_check_package(package, check) for check in checks]
    of_meetings = _check_meetings(package, checks, progress)
    return [
        Check(check.name, check.title, tuple(replace(f, check=check.name) for f in (*found, *of_meetings[check.name])))
        for check, found in zip(checks, of_package, strict=True)
    ]


_DIST_IS_A_LINK = in_file(DIST).says(f"expected a folder, found {A_LINK}; put in its place the folder that it leads to")


def _check_package(package: Package, check: CheckSpec) -> list[Finding]:
    """What a check finds in the package as a whole."""
    findings: list[Finding] = []
    for finder in check.of_package:
        try:
            findings.extend(finder(package))
        except Exception as error:
            # A damaged file may lack what a check needs, and may hold what nothing reads; that must show, never pass.
            findings.append(_failure(error))
    pa.default_memory_pool().release_unused()
    return findings


def _check_meetings(package: Package, checks: Sequence[CheckSpec], progress: Progress) -> dict[str, list[Finding]]:
    """What the checks find in single meetings, by the name of the check."""
    found: dict[str, list[Finding]] = {check.name: [] for check in checks}
    finders = [(check.name, finder) for check in checks for finder in check.of_meeting]
    failures: set[tuple[str, str]] = set()
    try:
        total = _count_meetings(package)
        for done, meeting in enumerate(package.by_meeting()):
            progress("verifying", done, total)
            for name, finder in finders:
                try:
                    found[name].extend(finder(package, meeting))
                except Exception as error:
                    failure = _failure(error, meeting)
                    # What fails in every meeting alike is told once.
                    if (name, failure.text) not in failures:
                        failures.add((name, failure.text))
                        found[name].append(failure)
    except Exception as error:
        for name in dict.fromkeys(name for name, _ in finders):
            found[name].append(_failure(error))
    return found


def _count_meetings(package: Package) -> int:
    """How many meetings the package says it has, for the progress bar; 0 where that cannot be read."""
    try:
        with parquet_file(package.reader.path("meetings")) as file:
            return int(file.metadata.num_rows)
    except UNREADABLE:
        return 0


def _failure(error: Exception, meeting: Meeting | None = None) -> Finding:
    key = meeting.meeting_id if meeting else None
    table = "meetings" if meeting else None
    return Finding(table, key, None, None, None, None, None, could_not_be_checked(error))
