"""The dataset at a glance: its tables, their keys and what refers to what."""

from typing import NamedTuple

from schema.columns import Column, columns
from schema.records import (
    MeetingRecord,
    MentionRecord,
    NameRecord,
    OfficeRecord,
    ParticipationRecord,
    Record,
    SegmentRecord,
    SourceRecord,
    SpeakerRecord,
    TenureRecord,
    UtteranceRecord,
)


class ForeignKey(NamedTuple):
    """A column whose values, null apart, are keys of another table."""

    column: str
    table: str
    """The table referred to."""
    key: str
    """That table's primary key."""


class Table(NamedTuple):
    """One table of the dataset."""

    name: str
    title: str
    model: type[Record]
    primary_key: tuple[str, ...]
    """The columns that tell its rows apart."""
    foreign_keys: tuple[ForeignKey, ...] = ()
    sorted_by: tuple[str, ...] = ()
    """The columns in whose order its rows stand, if not the primary key; they tell the rows apart too."""

    @property
    def order(self) -> tuple[str, ...]:
        """The columns in whose order the rows stand."""
        return self.sorted_by or self.primary_key

    @property
    def is_of_one_meeting(self) -> bool:
        """Whether each row belongs to one meeting, and the rows of a meeting stand together."""
        return self.order[0] == "meeting_id"

    @property
    def description(self) -> str:
        return " ".join((self.model.__doc__ or "").split())

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.model)

    @property
    def has_row_rules(self) -> bool:
        """Whether its model has rules for several columns of a row together."""
        return bool(self.model.__pydantic_decorators__.model_validators)


MEETING = ForeignKey("meeting_id", "meetings", "meeting_id")
FIRST_MEETING = ForeignKey("first_meeting_id", "meetings", "meeting_id")
LAST_MEETING = ForeignKey("last_meeting_id", "meetings", "meeting_id")
SPEAKER = ForeignKey("speaker_id", "speakers", "speaker_id")
UTTERANCE = ForeignKey("utterance_id", "utterances", "utterance_id")

TABLES = (
    Table("meetings", "Meetings", MeetingRecord, ("meeting_id",)),
    Table(
        "utterances",
        "Utterances",
        UtteranceRecord,
        ("utterance_id",),
        (MEETING, SPEAKER),
        sorted_by=("meeting_id", "sequence"),
    ),
    Table("speakers", "Speakers", SpeakerRecord, ("speaker_id",)),
    Table("participations", "Participations", ParticipationRecord, ("meeting_id", "speaker_id"), (MEETING, SPEAKER)),
    Table("names", "Names", NameRecord, ("speaker_id", "form", "evidence"), (SPEAKER,)),
    Table("offices", "Offices", OfficeRecord, ("speaker_id", "office"), (SPEAKER, FIRST_MEETING, LAST_MEETING)),
    Table("tenures", "Tenures", TenureRecord, ("speaker_id", "first_date", "office"), (SPEAKER,)),
    Table("mentions", "Mentions", MentionRecord, ("meeting_id", "sequence"), (MEETING, UTTERANCE, SPEAKER)),
    Table("sources", "Sources", SourceRecord, ("path",), (MEETING,)),
    Table("segments", "Segments", SegmentRecord, ("meeting_id", "sequence"), (MEETING, UTTERANCE)),
)

BY_NAME = {table.name: table for table in TABLES}


def _check(tables: tuple[Table, ...]) -> None:
    """Every column has a type, every key and reference names columns that exist. Raises at import, not in production."""
    for table in tables:
        names = {column.name for column in table.columns}
        used = {*table.primary_key, *table.order, *(key.column for key in table.foreign_keys)}
        if missing := used - names:
            raise TypeError(
                f"table {table.name}: keys name columns that {table.model.__name__} lacks: {sorted(missing)}"
            )
        for key in table.foreign_keys:
            if BY_NAME[key.table].primary_key != (key.key,):
                raise TypeError(f"table {table.name}: {key.key} is not the primary key of {key.table}")


_check(TABLES)
