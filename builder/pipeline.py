"""The flow: read, recognise the layout, cut into turns, resolve people, assemble, write, verify, publish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.arrow import Tables, to_arrow
from builder.assemble import Dataset, Page, Rejected, assemble
from builder.document import Source
from builder.errors import DataError, Problem
from builder.inputs import Input, Inputs, gather
from builder.layouts import recognise
from builder.package import publish, staging, write_package
from builder.people import resolve
from builder.reference import load_people
from builder.release import current_release
from builder.sources import RawFile, decode, read_file, sha256_of_text
from builder.turns import cut
from builder.verify import verify_package


@dataclass(frozen=True)
class Built:
    """What a build made, for its report."""

    inputs: Inputs
    dataset: Dataset
    rejected: tuple[Rejected, ...]
    problems: tuple[Problem, ...]
    """Of the rejected inputs, and of those that could not be found."""


def build(
    named: Sequence[Path],
    output: Path,
    *,
    keep_going: bool = False,
    strict: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Built:
    """Builds the package of these files and folders below `output`, replacing the one that stands there.

    Raises `DataError` with all that is wrong, leaving the published package as it was; with `keep_going` the wrong
    inputs are listed in `sources` instead. With `strict`, text that no rule claims is wrong too. Raises `CommandError`
    for an input that does not exist or an output that cannot be written.
    """
    inputs = gather(named)
    built = read_all(inputs, progress)
    problems = list(built.problems)
    if keep_going and built.dataset.meetings:
        problems = []
    if strict:
        problems += _unassigned(built)
    if problems:
        raise DataError(problems)
    with staging(output) as folder:
        write_package(to_arrow(built.dataset), folder, current_release())
        findings = [finding for check in verify_package(folder) for finding in check.findings]
        if findings:
            raise RuntimeError("the package fails its own checks; nothing was published\n" + "\n".join(findings))
        publish(folder, output)
    return built


def read_all(inputs: Inputs, progress: Callable[[int, int], None] = lambda done, total: None) -> Built:
    """Reads every input and assembles the tables of those that could be read."""
    outcomes: list[Page | Rejected] = []
    for done, item in enumerate(inputs.files):
        progress(done, len(inputs.files))
        outcomes.append(read_page(item))
    progress(len(inputs.files), len(inputs.files))
    rejected = tuple(outcome for outcome in outcomes if isinstance(outcome, Rejected))
    dataset = assemble((outcome for outcome in outcomes if isinstance(outcome, Page)), rejected)
    problems = (*inputs.problems, *(problem for outcome in rejected for problem in outcome.problems))
    return Built(inputs, dataset, rejected, problems)


def read_tables(folder: Path) -> Tables:
    """The tables that a folder of sources gives, the wrong ones listed as rejected."""
    return to_arrow(read_all(gather([folder])).dataset)


def read_page(item: Input) -> Page | Rejected:
    """One input, through every stage that needs no other page."""
    raw: RawFile | None = None
    source: Source | None = None
    layout: str | None = None
    try:
        raw = read_file(item)
        source = decode(raw)
        recognised = recognise(source)
        layout = recognised.name
        document = recognised.read(source)
        reading = cut(document, source.shown_path)
    except DataError as error:
        return Rejected(item.path, error.problems, raw, source, layout)
    return Page(source, reading, resolve(reading, load_people()), sha256_of_text(document.text))


def _unassigned(built: Built) -> list[Problem]:
    paths = {row.meeting_id: row.path for row in built.dataset.sources if row.status == "included"}
    return [
        Problem(paths[row.meeting_id], "text that a rule claims", f"{row.text!r}", "add a rule to the layout")
        for row in built.dataset.segments
        if row.kind == "unassigned"
    ]
