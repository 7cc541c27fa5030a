"""The first half of a build: pages are read in batches, their rows stored, and entries made for the page index."""

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from builder.build.context import BuildContext, context_of
from builder.build.events import OPENING
from builder.build.page import Page, Rejected, read_page
from builder.build.page_index import PageEntry
from builder.build.rows import PAGE_TABLES, Rows
from builder.build.spool import Slices, spool_file
from builder.errors import DataError, Problem, quote
from builder.reading.decoding import RawFile, read_file, sha256_of_text
from builder.reading.discovery import Input
from builder.reading.document import PLAIN
from builder.reading.oddities import oddities
from builder.speakers.mentions import mentioned
from builder.speakers.office_check import office_doubts, slip_notices
from builder.speakers.reference import People
from schema.ids import meeting_id
from schema.text import normal_form, squeezed
from schema.validate import WrongValuesError


class ReadTask(NamedTuple):
    """Some inputs to read, and the folder where their rows are stored."""

    number: int
    items: tuple[Input, ...]
    folder: str


@dataclass(slots=True)
class ReadResult:
    """What reading a batch gave, without its rows."""

    number: int
    entries: list[PageEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unassigned: list[Problem] = field(default_factory=list)
    """Text that no rule claimed: no reason to reject a page, unless the build is strict."""


def read_batch(task: ReadTask) -> ReadResult:
    """Reads every input of a batch and writes their rows, under provisional ids, into the batch's folder.

    Whatever goes wrong with one page costs that page alone.
    """
    context = context_of(task.folder)
    outcomes = [(item, _read(item, context)) for item in task.items]
    try:
        rows = _rows(outcomes)
        rows.validate()
    except Exception:  # Of which page, shows when each is taken alone.
        outcomes = [(item, _validated(item, outcome)) for item, outcome in outcomes]
        rows = _rows(outcomes)
    for table in PAGE_TABLES:
        columns = rows.arrow(table)
        with pa.ipc.new_file(spool_file(task.folder, task.number, table.name), columns.schema) as file:
            file.write_table(columns)
    return _summed_up(task.number, outcomes, rows, context.people)


def _read(item: Input, context: BuildContext) -> Page | Rejected:
    try:
        return read_page(item, context)
    except Exception as error:  # A page must never end the build of all others, whatever is in it.
        return Rejected(item.path, (_defect(item, error),), _raw(item, context))


def _rows(outcomes: Iterable[tuple[Input, Page | Rejected]]) -> Rows:
    rows = Rows()
    for _, outcome in outcomes:
        if isinstance(outcome, Page):
            rows.add(outcome, _name(outcome))
    return rows


def _validated(item: Input, outcome: Page | Rejected) -> Page | Rejected:
    """A page, or its rejection where no rows can be made of it or their values break a rule of the schema."""
    if isinstance(outcome, Rejected):
        return outcome
    try:
        _rows([(item, outcome)]).validate()
        return outcome
    except WrongValuesError as error:
        first = error.wrong[0]
        expected = f"a {first.column} that the schema allows ({first.message})"
        problem = Problem(item.display_path, expected, quote(str(first.value)), "correct the page", code="bad-value")
    except Exception as error:
        problem = _defect(item, error)
    return Rejected(item.path, (problem,), None, outcome.source, outcome.transcript.document.layout)


def _summed_up(
    number: int, outcomes: Iterable[tuple[Input, Page | Rejected]], rows: Rows, people: People
) -> ReadResult:
    """What the page index and the build's report need of a batch."""
    read = ReadResult(number)
    slices = iter(rows.slices)
    meetings = rows.meetings()
    for item, outcome in outcomes:
        if isinstance(outcome, Rejected):
            read.entries.append(_rejected(outcome))
            read.problems += outcome.problems
            continue
        read.entries.append(_included(outcome, next(meetings), next(slices), people))
        document = outcome.transcript.document
        read.unassigned += [
            Problem(
                item.display_path,
                "text that a rule claims",
                quote(document.text[segment.start : segment.end]),
                "add a rule to the layout",
                line=document.line_at(segment.start),
                code="unassigned-text",
            )
            for segment in outcome.transcript.segments
            if segment.kind == "unassigned"
        ]
    return read


def _name(page: Page) -> str:
    metadata = page.transcript.document.metadata
    return meeting_id(metadata.date, metadata.title)


def _defect(item: Input, error: Exception) -> Problem:
    found = f"{type(error).__name__}: {quote(str(error))}"
    return Problem(
        item.display_path,
        "a page that the builder can read",
        found,
        "report this page to the project",
        code="builder-error",
        trace="".join(traceback.format_exception(error)),
    )


def _raw(item: Input, context: BuildContext) -> RawFile | None:
    """The bytes of a page that could not be read as one; none where they cannot be read either."""
    try:
        return read_file(item, context.containers)
    except DataError:
        return None


def _included(page: Page, meeting: Mapping[str, Any], slices: Slices, people: People) -> PageEntry:
    """The entry of a page, some of it as its row of the table meetings has it."""
    source = page.source
    words_kind, texts = page.words()
    words = squeezed("".join(texts))
    return PageEntry(
        path=source.path,
        sha256=source.sha256,
        byte_size=source.byte_size,
        media_type=source.media_type,
        encoding=source.encoding,
        layout=page.transcript.document.layout,
        status="included",
        reason=None,
        text_length=len(page.transcript.document.text),
        text_sha256=page.text_sha256,
        given=" ".join(sorted(page.transcript.document.metadata.given)) or None,
        rank=page.rank,
        name=meeting["meeting_id"],
        event_id=page.event_id,
        words_kind=words_kind,
        opening=words[:OPENING],
        words_sha256=sha256_of_text(words),
        word_count=meeting["word_count"],
        shows_cut=bool(meeting["is_excerpt"]),
        speakers=page.assignment.speakers,
        mentioned=tuple(mentioned(page.mentions)),
        notices=(
            *oddities(page.transcript),
            *office_doubts(page.assignment, page.transcript.document.metadata.date, people),
            *slip_notices(page.assignment),
        ),
        slices=slices,
    )


def _rejected(item: Rejected) -> PageEntry:
    source = item.source
    return PageEntry(
        path=item.path,
        sha256=source.sha256 if source else item.raw.sha256 if item.raw else None,
        byte_size=source.byte_size if source else len(item.raw.data) if item.raw else None,
        media_type=source.media_type if source else PLAIN,
        encoding=source.encoding if source else None,
        layout=item.layout,
        status="rejected",
        reason=normal_form("; ".join(problem.reason for problem in item.problems)),
        # Of HTML the text is what its layout reads; where that failed there is none.
        text_length=len(source.text) if source and source.media_type == PLAIN else None,
        text_sha256=sha256_of_text(source.text) if source and source.media_type == PLAIN else None,
    )
