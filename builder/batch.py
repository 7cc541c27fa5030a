"""The first half of a build, a batch of inputs at a time: pages read, their rows put by, an entry for the ledger each."""

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from pydantic import ValidationError

from builder.errors import Problem, quote
from builder.ids import meeting_id
from builder.inputs import Input
from builder.ledger import PageEntry, Slices
from builder.page import Page, Rejected, read_page
from builder.reference import load_people
from builder.rows import PAGE_TABLES, Rows
from builder.sources import PLAIN, sha256_of_text
from schema.text import normal_form


@dataclass(frozen=True, slots=True)
class Batch:
    """Some inputs to read, and the folder where their rows are put by."""

    number: int
    items: tuple[Input, ...]
    folder: str


@dataclass(slots=True)
class BatchRead:
    """What reading a batch gave, its rows apart."""

    number: int
    entries: list[PageEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unassigned: list[Problem] = field(default_factory=list)
    """Text that no rule claimed: no reason to reject a page, unless the build is strict."""


def spool_file(folder: str, batch: int, table: str) -> str:
    """Where the rows of one table are put by that the pages of one batch give."""
    return str(Path(folder) / f"{batch}-{table}.arrow")


def read_batch(batch: Batch) -> BatchRead:
    """Reads every input of a batch and writes their rows, under provisional ids, into the batch's folder.

    Whatever goes wrong with one page costs that page alone.
    """
    read = BatchRead(batch.number)
    rows = Rows()
    people = load_people()
    for item in batch.items:
        try:
            outcome = read_page(item, people)
        except Exception as error:  # A page must never end the build of all others, whatever is in it.
            outcome = _failed(item, error)
        if isinstance(outcome, Page):
            outcome = _add(outcome, item, rows, read) or outcome
        if isinstance(outcome, Rejected):
            read.entries.append(_rejected(outcome))
            read.problems += outcome.problems
    for table in PAGE_TABLES:
        with pa.ipc.new_file(spool_file(batch.folder, batch.number, table.name), rows.arrow(table).schema) as file:
            file.write_table(rows.arrow(table).combine_chunks())
    return read


def _add(page: Page, item: Input, rows: Rows, read: BatchRead) -> Rejected | None:
    """Adds a page's rows and its entry; gives it back as rejected where its values break a rule of the schema."""
    facts = page.reading.document.facts
    name = meeting_id(facts.date, facts.title)
    own = Rows()
    own.add(page, name)
    try:
        own.validate()
    except ValidationError as error:
        first = error.errors()[0]
        problem = Problem(
            item.shown_path,
            f"a value that the schema allows ({first['msg']})",
            quote(str(first["input"])),
            "mend the page",
        )
        return Rejected(item.path, (problem,), None, page.source, page.reading.document.layout)
    slices = {table.name: (rows.count(table.name), own.count(table.name)) for table in PAGE_TABLES}
    rows.extend(own)
    read.entries.append(_included(page, name, slices))
    text = page.reading.document.text
    read.unassigned += [
        Problem(
            item.shown_path,
            "text that a rule claims",
            quote(text[p.start : p.end]),
            "add a rule to the layout",
            line=page.reading.document.line_at(p.start),
        )
        for p in page.reading.pieces
        if p.kind == "unassigned"
    ]
    return None


def _failed(item: Input, error: Exception) -> Rejected:
    found = f"{type(error).__name__}: {quote(str(error))}"
    problem = Problem(item.shown_path, "a page that the builder can read", found, "report this page to the project")
    return Rejected(item.path, (problem,))


def _included(page: Page, name: str, slices: Slices) -> PageEntry:
    source = page.source
    return PageEntry(
        path=source.path,
        sha256=source.sha256,
        byte_size=source.byte_size,
        media_type=source.media_type,
        encoding=source.encoding,
        layout=page.reading.document.layout,
        status="included",
        reason=None,
        text_length=len(page.reading.document.text),
        text_sha256=page.text_sha256,
        rank=page.rank,
        name=name,
        event_id=page.event_id,
        event_keys=tuple(page.event_keys()),
        speakers=page.cast.speakers,
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
