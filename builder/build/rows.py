"""From pages to the columns of the tables whose rows one page gives."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from builder.build.page import Page
from builder.build.page_index import Slices
from builder.lexicon.countries import country_code
from builder.reading.document import Reading
from schema.columns import arrow_schema
from schema.excerpts import is_excerpt_of
from schema.ids import utterance_id
from schema.kinds import kind_of
from schema.tables import BY_NAME, Table
from schema.text import count_words
from schema.validate import validate_columns

PAGE_TABLES = tuple(BY_NAME[name] for name in ("meetings", "utterances", "participations", "mentions", "segments"))
"""The tables of which every row belongs to one page."""

Columns = dict[str, list[Any]]
"""The values of a table, a list a column."""


class Rows:
    """The rows of some pages, as columns, by table."""

    def __init__(self) -> None:
        self.tables: dict[str, Columns] = {
            table.name: {column.name: [] for column in table.columns} for table in PAGE_TABLES
        }
        self.slices: list[Slices] = []
        """Where the rows of each page stand."""

    def add(self, page: Page, meeting_id: str) -> None:
        """Adds a page's rows under this id of its meeting, and notes where they stand."""
        before = self._counts()
        word_counts = [count_words(turn.text) for turn in page.reading.turns]
        self._add_meeting(page, meeting_id, word_counts)
        self._add_utterances(page, meeting_id, word_counts)
        self._add_participations(page, meeting_id, word_counts)
        self._add_mentions(page, meeting_id)
        self._add_segments(page.reading, meeting_id)
        self.slices.append({name: (before[name], count - before[name]) for name, count in self._counts().items()})

    def _counts(self) -> dict[str, int]:
        return {name: len(columns["meeting_id"]) for name, columns in self.tables.items()}

    def validate(self) -> None:
        """Checks every value against its model. Raises `WrongValuesError`."""
        for table in PAGE_TABLES:
            validate_columns(table.model, self.tables[table.name])

    def arrow(self, table: Table) -> pa.Table:
        return table_from_columns(table, self.tables[table.name])

    def _add_meeting(self, page: Page, meeting_id: str, word_counts: list[int]) -> None:
        facts = page.reading.document.facts
        countries = facts.countries
        if countries is None and facts.geography is not None:
            countries = tuple(dict.fromkeys(code for name in facts.geography if (code := country_code(name))))
        _append(
            self.tables["meetings"],
            meeting_id=meeting_id,
            event_id=page.event_id,
            title=facts.title,
            kind=kind_of(facts.title, facts.published_in),
            date=facts.date,
            time=facts.time,
            place=facts.place,
            language=facts.language,
            lead=facts.lead,
            topics=facts.topics,
            geography=facts.geography,
            persons=None if facts.persons is None else tuple(tag.name for tag in facts.persons),
            countries=countries,
            published_in=facts.published_in,
            is_excerpt=is_excerpt(page.reading),
            url=page.url,
            url_ru=facts.url_ru,
            utterance_count=len(word_counts),
            speaker_count=len(page.cast.speakers),
            word_count=sum(word_counts),
        )

    def _add_utterances(self, page: Page, meeting_id: str, word_counts: list[int]) -> None:
        roles = {speaker.speaker_id: speaker.role for speaker in page.cast.speakers}
        turns = zip(page.reading.turns, page.cast.by_turn, word_counts, strict=True)
        for sequence, (turn, speaker_id, word_count) in enumerate(turns, start=1):
            _append(
                self.tables["utterances"],
                utterance_id=utterance_id(meeting_id, sequence),
                meeting_id=meeting_id,
                sequence=sequence,
                speaker_id=speaker_id,
                label=turn.label,
                role=roles[speaker_id] if speaker_id else None,
                note=turn.note,
                text=turn.text,
                word_count=word_count,
                follows_gap=turn.follows_gap,
                start_char=turn.start,
                end_char=turn.end,
            )

    def _add_participations(self, page: Page, meeting_id: str, word_counts: list[int]) -> None:
        spoken: dict[str | None, list[int]] = {}
        for speaker_id, word_count in zip(page.cast.by_turn, word_counts, strict=True):
            spoken.setdefault(speaker_id, []).append(word_count)
        for speaker in sorted(page.cast.speakers, key=lambda speaker: speaker.speaker_id):
            _append(
                self.tables["participations"],
                meeting_id=meeting_id,
                speaker_id=speaker.speaker_id,
                role=speaker.role,
                role_evidence=speaker.role_evidence,
                speaker_evidence=speaker.speaker_evidence,
                country=speaker.country,
                utterance_count=len(spoken[speaker.speaker_id]),
                word_count=sum(spoken[speaker.speaker_id]),
            )

    def _add_mentions(self, page: Page, meeting_id: str) -> None:
        for sequence, mention in enumerate(page.mentions, start=1):
            _append(
                self.tables["mentions"],
                meeting_id=meeting_id,
                sequence=sequence,
                utterance_id=utterance_id(meeting_id, mention.turn + 1),
                kind=mention.kind,
                text=mention.text,
                start_char=mention.start,
                end_char=mention.end,
                name=mention.person.name,
                speaker_id=mention.person.page_id,
                site_person_id=mention.person.site_person_id,
            )

    def _add_segments(self, reading: Reading, meeting_id: str) -> None:
        # Column by column: there are some fifty segments a page, more than of all other rows together.
        text, pieces = reading.document.text, reading.pieces
        turn_ids = [utterance_id(meeting_id, number) for number in range(1, len(reading.turns) + 1)]
        columns = self.tables["segments"]
        columns["meeting_id"].extend([meeting_id] * len(pieces))
        columns["sequence"].extend(range(1, len(pieces) + 1))
        columns["kind"].extend([piece.kind for piece in pieces])
        columns["start_char"].extend([piece.start for piece in pieces])
        columns["end_char"].extend([piece.end for piece in pieces])
        columns["text"].extend([text[piece.start : piece.end] for piece in pieces])
        columns["utterance_id"].extend([None if piece.turn is None else turn_ids[piece.turn] for piece in pieces])
        columns["paragraph"].extend([piece.paragraph for piece in pieces])


def table_from_columns(table: Table, columns: Mapping[str, list[Any]]) -> pa.Table:
    """A table as Arrow, with the schema of its model."""
    arrays = [pa.array(columns[column.name], column.type.arrow) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table.model))


def is_excerpt(reading: Reading) -> bool | None:
    """Whether a page says that it shows a part only; null where it says nothing and its layout cannot show a cut."""
    facts = reading.document.facts
    headings = (facts.title, *(" ".join(text.split()) for text in reading.text_of("heading")))
    has_cut = bool(reading.text_of("elision") or reading.text_of("note"))
    return is_excerpt_of(headings, has_cut, facts.shows_elisions)


def _append(columns: Columns, **values: Any) -> None:
    for name, value in values.items():
        columns[name].append(value)
