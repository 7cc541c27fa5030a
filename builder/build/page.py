"""One page, from its file to its speakers: every stage that needs no other page."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.errors import DataError, Problem
from builder.reading.decoding import RawFile, decode, read_file, sha256_of_text
from builder.reading.discovery import Input
from builder.reading.document import Document, Piece, Reading, Source
from builder.reading.layouts import RANK, recognise
from builder.reading.limits import MOST_NAMES, MOST_TURNS, check_count, time_bound
from builder.reading.segmentation import cut
from builder.speakers.mentions import Mention, find_mentions
from builder.speakers.reference import People
from builder.speakers.resolution import Cast, resolve
from schema.events import EVENT_KEYS, event_id_of

_NUMBER, _SPEECH, _NARRATION, _TEXT = EVENT_KEYS


@dataclass(frozen=True, slots=True)
class Page:
    """One source that could be read."""

    source: Source
    reading: Reading
    cast: Cast
    mentions: tuple[Mention, ...]
    text_sha256: str

    @property
    def url(self) -> str | None:
        return self.reading.document.facts.url or self.source.url

    @property
    def event_id(self) -> str | None:
        """The site's number of the event: as the page prints it, else the last part of its address."""
        if printed := self.reading.document.facts.event_id:
            return printed
        return event_id_of(self.url)

    @property
    def rank(self) -> int:
        """Of several pages of one event the one whose layout has the least rank is kept."""
        return RANK[self.reading.document.layout]

    def event_keys(self) -> list[tuple[str, str]]:
        """What two pages of one event have in common, each with its name: the event's number, or their words but for
        white space."""
        keys = [(_NUMBER, self.event_id)] if self.event_id else []
        # An utterance's text is in normal form: it holds no other white space.
        if spoken := "".join(turn.text for turn in self.reading.turns).replace(" ", "").replace("\n", ""):
            return [*keys, (_SPEECH, sha256_of_text(spoken))]
        if narrated := "".join("".join(self.reading.text_of("narration")).split()):
            return [*keys, (_NARRATION, sha256_of_text(narrated))]
        return [*keys, (_TEXT, self.text_sha256)]


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that could not be read as a transcript, with what is known of it."""

    path: str
    problems: tuple[Problem, ...]
    raw: RawFile | None = None
    """Null where its bytes could not be read."""
    source: Source | None = None
    """Null where they are no text."""
    layout: str | None = None
    """Null where none was recognised."""


def read_page(item: Input, people: People) -> Page | Rejected:
    """One input, through every stage that needs no other page."""
    raw: RawFile | None = None
    source: Source | None = None
    layout: str | None = None
    try:
        with time_bound(item.shown_path):
            raw = read_file(item)
            source = decode(raw)
            recognised = recognise(source)
            layout = recognised.name
            document = recognised.read(source)
            reading = cut(document, source.shown_path)
            check_counts(reading, source.shown_path)
            check_cover(document, reading.pieces, source.shown_path)
            cast = resolve(reading, people)
            return Page(source, reading, cast, find_mentions(reading, cast), sha256_of_text(document.text))
    except DataError as error:
        return Rejected(item.path, error.problems, raw, source, layout)


def check_counts(reading: Reading, path: str) -> None:
    """Raises `DataError` for a page of more turns or names than are resolved."""
    facts, turns = reading.document.facts, reading.turns
    check_count(len(turns), MOST_TURNS, "turns", path)
    if len(turns) > MOST_NAMES:
        check_count(len({turn.label for turn in turns}), MOST_NAMES, "different speakers' labels", path)
    persons = len(facts.linked_persons) + len(facts.persons or ())
    check_count(persons, MOST_NAMES, "persons in tags and on cards", path)


def check_cover(document: Document, pieces: Sequence[Piece], path: str) -> None:
    """Raises `DataError` where a character would stand in two segments or in none: no such page is ever published."""
    end = 0
    for piece in (*pieces, Piece("blank", len(document.text), len(document.text))):
        if piece.start != end:
            found = f"characters {min(piece.start, end)} to {max(piece.start, end)} in {'none' if piece.start > end else 'two'}"
            advice = "this is the builder's fault: please report it, with the page"
            line = document.line_at(min(piece.start, end))
            raise DataError([Problem(path, "each character in one segment", found, advice, line)])
        end = piece.end
