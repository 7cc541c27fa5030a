"""From pages to the columns of the tables whose rows one page gives."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from builder.build.page import Page
from builder.build.spool import Slices
from builder.lexicon.countries import country_code
from builder.reading.document import Transcript
from schema.columns import arrow_schema
from schema.excerpts import is_excerpt_of
from schema.ids import utterance_id
from schema.kinds import kind_of
from schema.tables import TABLES, Table
from schema.text import count_words
from schema.validate import validate_columns, validate_lengths

PAGE_TABLES = tuple(table for table in TABLES if table.is_of_one_meeting)
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
        word_counts = [count_words(turn.text) for turn in page.transcript.turns]
        self._add_meeting(page, meeting_id, word_counts)
        self._add_utterances(page, meeting_id, word_counts)
        self._add_participations(page, meeting_id, word_counts)
        self._add_mentions(page, meeting_id)
        self._add_segments(page.transcript, meeting_id)
        self.slices.append({name: (before[name], count - before[name]) for name, count in self._counts().items()})

    def meetings(self) -> Iterator[dict[str, Any]]:
        """The rows of the table meetings, one for each page."""
        columns = self.tables["meetings"]
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True))

    def _counts(self) -> dict[str, int]:
        return {name: len(columns["meeting_id"]) for name, columns in self.tables.items()}

    def validate(self) -> None:
        """Checks every value against its model. Raises `WrongValuesError`."""
        for table in PAGE_TABLES:
            validate_columns(table.model, self.tables[table.name])
            validate_lengths(table.model, self.tables[table.name])

    def arrow(self, table: Table) -> pa.Table:
        return table_from_columns(table, self.tables[table.name])

    def _add_meeting(self, page: Page, meeting_id: str, word_counts: list[int]) -> None:
        metadata = page.transcript.document.metadata
        countries = metadata.countries
        if countries is None and metadata.geography is not None:
            countries = tuple(dict.fromkeys(code for name in metadata.geography if (code := country_code(name))))
        _append(
            self.tables["meetings"],
            meeting_id=meeting_id,
            event_id=page.event_id,
            title=metadata.title,
            kind=kind_of(metadata.title, metadata.published_in),
            date=metadata.date,
            time=metadata.time,
            place=metadata.place,
            language=metadata.language,
            lead=metadata.lead,
            topics=metadata.topics,
            geography=metadata.geography,
            persons=None if metadata.persons is None else tuple(tag.name for tag in metadata.persons),
            countries=countries,
            published_in=metadata.published_in,
            is_excerpt=is_excerpt(page.transcript),
            url=page.url,
            url_ru=metadata.url_ru,
            utterance_count=len(word_counts),
            speaker_count=len(page.assignment.speakers),
            word_count=sum(word_counts),
        )

    def _add_utterances(self, page: Page, meeting_id: str, word_counts: list[int]) -> None:
        roles = {speaker.speaker_id: speaker.role for speaker in page.assignment.speakers}
        turns = zip(page.transcript.turns, page.assignment.by_turn, word_counts, strict=True)
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
        for speaker_id, word_count in zip(page.assignment.by_turn, word_counts, strict=True):
            spoken.setdefault(speaker_id, []).append(word_count)
        for speaker in sorted(page.assignment.speakers, key=lambda speaker: speaker.speaker_id):
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

    def _add_segments(self, transcript: Transcript, meeting_id: str) -> None:
        # Column by column: there are some fifty segments a page, more than of all other rows together.
        text, segments = transcript.document.text, transcript.segments
        turn_ids = [utterance_id(meeting_id, number) for number in range(1, len(transcript.turns) + 1)]
        columns = self.tables["segments"]
        columns["meeting_id"].extend([meeting_id] * len(segments))
        columns["sequence"].extend(range(1, len(segments) + 1))
        columns["kind"].extend([segment.kind for segment in segments])
        columns["start_char"].extend([segment.start for segment in segments])
        columns["end_char"].extend([segment.end for segment in segments])
        columns["text"].extend([text[segment.start : segment.end] for segment in segments])
        columns["utterance_id"].extend(
            [None if segment.turn is None else turn_ids[segment.turn] for segment in segments]
        )
        columns["paragraph"].extend([segment.paragraph for segment in segments])


def table_from_columns(table: Table, columns: Mapping[str, list[Any]]) -> pa.Table:
    """A table as Arrow, with the schema of its model."""
    arrays = [pa.array(columns[column.name], column.type.arrow) for column in table.columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table.model))


def is_excerpt(transcript: Transcript) -> bool | None:
    """Whether a page says that it shows a part only; null where it says nothing and its layout cannot show a cut."""
    metadata = transcript.document.metadata
    return is_excerpt_of(metadata.title, transcript.text_of, metadata.shows_elisions)


def _append(columns: Columns, **values: Any) -> None:
    for name, value in values.items():
        columns[name].append(value)
