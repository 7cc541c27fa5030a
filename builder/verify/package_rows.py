"""A package to be verified: which of its files can be read, and its rows table by table and meeting by meeting."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.errors import quote
from builder.package.descriptor import FileStats
from builder.package.formats import FORMATS, Format
from builder.package.names import DIST
from builder.package.package_files import file_stats
from builder.package.reader import ROWS_AS_OBJECTS, PackageReader, as_dicts, as_tuples
from builder.verify.findings import Row
from builder.verify.segment_rows import SegmentRow
from builder.verify.stated import sha256_of_text
from builder.verify.written import UNREADABLE, Written, compare_with_writer
from schema.columns import arrow_schema
from schema.tables import BY_NAME, TABLES, Table
from schema.text import normal_form, without_unseen


class UnreadableTableError(Exception):
    """No file of a table can be read."""


@dataclass
class Meeting:
    """One meeting, with its rows in every table that has it. Damage may leave any of the lists empty."""

    meeting_id: str | None
    meetings: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    """The included source and its duplicates."""
    utterances: list[Row] = field(default_factory=list)
    participations: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    segments: list[SegmentRow] = field(default_factory=list)

    @cached_property
    def source(self) -> Row | None:
        """The included source."""
        return next((row for row in reversed(self.sources) if row["status"] == "included"), None)

    @property
    def layout(self) -> str | None:
        return self.source["layout"] if self.source else None

    @cached_property
    def text(self) -> str:
        """The text of the source, as its segments give it."""
        return "".join([segment.text for segment in self.segments])

    @cached_property
    def text_sha256(self) -> str:
        return sha256_of_text(self.text)

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """The text of each segment, by the segments' kind; two that only characters which do not show part are one text, without
        these."""
        texts: dict[str, list[str]] = {}
        before, is_parted = "", False
        for segment in self.segments:
            if segment.kind == "furniture" and not without_unseen(segment.text):
                is_parted = True
            elif is_parted and segment.kind == before:
                texts[before][-1] += segment.text
                is_parted = False
            else:
                texts.setdefault(segment.kind, []).append(segment.text)
                before, is_parted = segment.kind, False
        return texts


@dataclass(frozen=True)
class SpeakerIndex:
    """What the checks of single meetings need to know of all speakers."""

    numbers: Mapping[str, str | None]
    """The site's number of each speaker, by the speaker's id."""
    bearers: Mapping[str, str]
    """The speaker who has each number of the site."""
    evidence: Mapping[str, set[str]]
    """How the names of each speaker were resolved."""


@dataclass
class Package:
    """A package to be verified. What is computed once is held; rows never are, except those of the small tables."""

    folder: Path
    _file_stats: dict[str, FileStats] = field(default_factory=dict)

    @cached_property
    def reader(self) -> PackageReader:
        return PackageReader(self.folder)

    @property
    def dist(self) -> Path:
        return self.reader.dist

    @cached_property
    def descriptor(self) -> dict[str, Any] | str:
        """The descriptor; where it is not a JSON object, what it is instead."""
        try:
            descriptor = self.reader.read_descriptor()
        except (OSError, ValueError) as error:
            return str(error)
        return descriptor if isinstance(descriptor, dict) else "something else"

    @property
    def version(self) -> Any:
        """The version that the descriptor states."""
        return self.descriptor.get("version") if isinstance(self.descriptor, dict) else None

    @cached_property
    def written(self) -> dict[str, Written]:
        """How the files of each table compare with what the builder writes of its rows."""
        return {table.name: compare_with_writer(self.reader.path(table.name), table) for table in TABLES}

    @cached_property
    def unread(self) -> dict[str, str]:
        """The tables' files that cannot be read to their end, and why; by their paths in the package."""
        unread = {}
        for table in TABLES:
            for form in FORMATS:
                if form.name not in self.written[table.name].readable:
                    try:
                        for _ in self.reader.batches(table, form):
                            pass
                    except UNREADABLE as error:
                        unread[f"{DIST}/{table.name}.{form.name}"] = quote(str(error))
        return unread

    def formats(self, table: Table) -> list[Format]:
        """The formats of which the table's file can be read."""
        return [form for form in FORMATS if f"{DIST}/{table.name}.{form.name}" not in self.unread]

    def batches(
        self, table: Table, columns: Sequence[str] | None = None, most: int | None = None
    ) -> Iterator[pa.Table]:
        """A table's rows, some at a time: of its Parquet file, or else of another format. See `PackageReader.batches`.

        Raises `UnreadableTableError` where no file of the table can be read.
        """
        readable = self.formats(table)
        if not readable:
            raise UnreadableTableError(f"no file of the table {table.name} can be read")
        yield from self.reader.batches(table, readable[0], columns, most)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a table, one at a time."""
        for batch in self.batches(BY_NAME[name], most=ROWS_AS_OBJECTS):
            yield from as_dicts(batch)

    def tuples(self, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """The values of some columns of a table, a tuple for each row."""
        for batch in self.batches(BY_NAME[name], columns):
            yield from as_tuples(batch, columns)

    @cached_property
    def row_counts(self) -> dict[str, int]:
        return {t.name: sum(b.num_rows for b in self.batches(t, t.primary_key[:1])) for t in TABLES}

    @cached_property
    def speakers(self) -> SpeakerIndex:
        numbers = dict(self.tuples("speakers", "speaker_id", "site_person_id"))
        evidence: dict[str, set[str]] = {}
        for speaker, how in self.tuples("names", "speaker_id", "evidence"):
            evidence.setdefault(speaker, set()).add(how)
        return SpeakerIndex(numbers, {n: name for name, n in numbers.items() if n is not None}, evidence)

    @cached_property
    def meeting_of(self) -> dict[str, str]:
        """The meeting of each utterance. Large: for utterances that are not among their meeting's own."""
        return dict(self.tuples("utterances", "utterance_id", "meeting_id"))

    def by_meeting(self) -> Iterator[Meeting]:
        """The meetings in the order of their ids, each with its rows in every table that has it."""
        streams = {name: self._groups(name) for name in _OF_A_MEETING}
        heads = {name: next(stream, None) for name, stream in streams.items()}
        while present := [head[0] for head in heads.values() if head]:
            meeting_id = min(present, key=_order)
            meeting = Meeting(meeting_id)
            for name, head in heads.items():
                if head and head[0] == meeting_id:
                    setattr(meeting, name, head[1])
                    heads[name] = next(streams[name], None)
            yield meeting

    def _groups(self, name: str) -> Iterator[tuple[str | None, list[Any]]]:
        """The rows of a table by meeting, in the order of the meetings' ids."""
        rows: Iterator[Any]
        batches = self.sorted_by_meeting(BY_NAME[name])
        if name == "segments":
            values = (row for batch in batches for row in as_tuples(batch, SegmentRow._fields))
            for meeting, group in groupby(values, key=itemgetter(0)):
                yield meeting, [SegmentRow(*row) for row in group]
            return
        rows = (row for batch in batches for row in as_dicts(batch))
        for meeting, group in groupby(rows, key=itemgetter("meeting_id")):
            yield meeting, list(group)

    def sorted_by_meeting(self, table: Table) -> Iterator[pa.Table]:
        """A table's rows in the order of their meetings' ids: as they stand, unless they stand in another order."""
        if table.name != "sources" and self._stands_in_order(table):
            yield from self.batches(table, most=ROWS_AS_OBJECTS)
            return
        batches = list(self.batches(table))
        rows = pa.concat_tables(batches) if batches else arrow_schema(table.model).empty_table()
        if table.name == "sources":
            # Rejected sources have no meeting.
            rows = rows.filter(pc.not_equal(rows.column("status"), pa.scalar("rejected")))
        yield rows.sort_by("meeting_id")

    def _stands_in_order(self, table: Table) -> bool:
        last: pa.Table | None = None
        for batch in self.batches(table, ["meeting_id"]):
            ids = batch if last is None else pa.concat_tables([last, batch])
            column = ids.column("meeting_id").combine_chunks()
            if column.null_count or pc.any(pc.greater(column[:-1], column[1:])).as_py():
                return False
            last = batch.slice(max(batch.num_rows - 1, 0))
        return True

    def file_stats(self, name: str) -> FileStats:
        """Size and SHA-256 of a file of `dist/`, read once. Raises `OSError` where it cannot be read."""
        if name not in self._file_stats:
            self._file_stats[name] = file_stats(self.dist / name)
        return self._file_stats[name]


_OF_A_MEETING = ("sources", *(table.name for table in TABLES if table.is_of_one_meeting))


def _order(meeting_id: str | None) -> tuple[bool, str]:
    """Nulls, which only damage brings, come last, as Arrow sorts them."""
    return meeting_id is None, meeting_id or ""


def squeezed(text: str) -> str:
    """A text's words without the white space between them: a tool may have broken or joined them anywhere."""
    return "".join(normal_form(text).split())
