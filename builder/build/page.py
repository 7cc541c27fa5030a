"""One page, from its file to its speakers: every stage that needs no other page."""

from collections.abc import Sequence
from dataclasses import replace
from operator import ne
from typing import NamedTuple

from builder.build.context import BuildContext
from builder.errors import DataError, Problem
from builder.reading.containers import TABLES
from builder.reading.decoding import RawFile, decode, read_file, sha256_of_text
from builder.reading.discovery import Input
from builder.reading.document import PLAIN, Document, Segment, Source, Transcript
from builder.reading.language import check_english
from builder.reading.layouts import RANK, LayoutError, read_document
from builder.reading.limits import MAX_NAMES, MAX_TITLE_CHARS, MAX_TURNS, check_count, time_bound
from builder.reading.segmentation import segment_document
from builder.speakers.mentions import Mention, find_mentions
from builder.speakers.page_speakers import SpeakerAssignment
from builder.speakers.resolution import resolve
from schema.events import NARRATION, SPEECH, TEXT, event_id_of

_LACKING = ("no-title", "no-date", "no-layout")


class Page(NamedTuple):
    """One source that could be read."""

    source: Source
    transcript: Transcript
    assignment: SpeakerAssignment
    mentions: tuple[Mention, ...]
    text_sha256: str

    @property
    def url(self) -> str | None:
        return self.transcript.document.metadata.url or self.source.url

    @property
    def event_id(self) -> str | None:
        """The site's number of the event: as the page prints it, else the last part of its address."""
        if printed := self.transcript.document.metadata.event_id:
            return printed
        return event_id_of(self.url)

    @property
    def rank(self) -> int:
        """Of several pages of one event the one whose layout has the least rank is kept."""
        return RANK[self.transcript.document.layout]

    def words(self) -> tuple[str, Sequence[str]]:
        """The words by which the page is compared with others, by turns or paragraphs, and what they are: what is spoken, else
        the lead and the narration, else the whole text."""
        if self.transcript.turns:
            return SPEECH, [turn.text for turn in self.transcript.turns]
        # Not every layout tells the two apart.
        if unspoken := [*self.transcript.text_of("lead"), *self.transcript.text_of("narration")]:
            return NARRATION, unspoken
        return TEXT, [self.transcript.document.text]


class Rejected(NamedTuple):
    """One input that could not be read as a transcript, with what is known of it."""

    path: str
    problems: tuple[Problem, ...]
    raw: RawFile | None = None
    """Null where its bytes could not be read."""
    source: Source | None = None
    """Null where they are no text."""
    layout: str | None = None
    """Null where none was detected."""


def read_page(item: Input, context: BuildContext) -> Page | Rejected:
    """One input, through every stage that needs no other page."""
    raw: RawFile | None = None
    source: Source | None = None
    layout: str | None = None
    try:
        with time_bound(item.display_path):
            raw = read_file(item, context.containers)
            source = decode(raw, context.provenance, context.metadata)
            document = _read_english(source)
            layout = document.layout
            transcript = segment_document(document, source.display_path)
            check_counts(transcript, source.display_path)
            check_cover(document, transcript.segments, source.display_path)
            assignment = resolve(transcript, context.people)
            return Page(
                source, transcript, assignment, find_mentions(transcript, assignment), sha256_of_text(document.text)
            )
    except LayoutError as error:
        return Rejected(item.path, _advised(item, error.problems), raw, source, error.layout)
    except DataError as error:
        return Rejected(item.path, _advised(item, error.problems), raw, source, layout)


def _advised(item: Input, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems; where a row of a table lacks title or date, with what to do about its columns."""
    if item.of is None or item.of.form not in TABLES:
        return problems
    advice = "state the columns of title and date, as in --columns title=COLUMN,date=COLUMN, or fill them"
    return tuple(replace(each, advice=advice) if each.code in _LACKING else each for each in problems)


def _read_english(source: Source) -> Document:
    """The document that a source is. Raises `DataError` as `read_document` does, and for a page in another language."""
    try:
        document = read_document(source)
    except DataError:
        if source.media_type == PLAIN:
            # More to the point than that no date was found.
            check_english(source.text, source.display_path)
        raise
    check_english(document.text, source.display_path)
    return document


def check_counts(transcript: Transcript, path: str) -> None:
    """Raises `DataError` for a page of more turns or names than are resolved, or of a title too long for an id."""
    metadata, turns = transcript.document.metadata, transcript.turns
    check_count(len(metadata.title), MAX_TITLE_CHARS, "characters in the title", path)
    check_count(len(turns), MAX_TURNS, "turns", path)
    if len(turns) > MAX_NAMES:
        check_count(len({turn.label for turn in turns}), MAX_NAMES, "different speakers' labels", path)
    persons = len(metadata.linked_persons) + len(metadata.persons or ())
    check_count(persons, MAX_NAMES, "persons in tags and on cards", path)


def check_cover(document: Document, segments: Sequence[Segment], path: str) -> None:
    """Raises `DataError` where a character would stand in two segments or in none: no such page is ever published."""
    starts = [*(segment.start for segment in segments), len(document.text)]
    ends = [0, *(segment.end for segment in segments)]
    if starts != ends:
        start, end = next(pair for pair in zip(starts, ends, strict=True) if ne(*pair))
        first, last = sorted((start, end))
        found = f"characters {first} to {last} in {'none' if start > end else 'two'}"
        advice = "this is the builder's fault: please report it, with the page"
        line = document.line_at(first)
        raise DataError([Problem(path, "each character in one segment", found, advice, line, code="not-covered")])
