"""The second half of a build, a run of meetings at a time: their rows are merged in order into parts of each file."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from builder.build.page_index import PlacedPage
from builder.build.rows import PAGE_TABLES
from builder.build.spool import open_spool
from builder.package.formats import ROWS_IN_GROUP, TEXT_FORMATS, Chunk
from schema.ids import sequence_of, utterance_id
from schema.tables import BY_NAME
from schema.validate import validate_ids

_OPEN_SPOOLS = 32
_OF_SPEAKERS = ("utterances", "participations", "mentions")


class MergeTask(NamedTuple):
    """A run of meetings to bring together."""

    number: int
    pages: tuple[PlacedPage, ...]
    folder: str


class TablePart(NamedTuple):
    """One table's rows of a chunk, and the same rows as each text format renders them, by its name."""

    table: str
    rows: pa.Table
    texts: Mapping[str, bytes]


class StoredTablePart(NamedTuple):
    """A part as files. Between two processes that is cheaper than a pipe, and in one it costs next to nothing."""

    table: str
    arrow: str
    texts: Mapping[str, str]

    def take(self) -> TablePart:
        """The part; its files are removed."""
        with pa.OSFile(self.arrow, "rb") as file:
            rows = pa.ipc.open_file(file).read_all()
        texts = {name: Path(path).read_bytes() for name, path in self.texts.items()}
        for path in (self.arrow, *self.texts.values()):
            Path(path).unlink()
        return TablePart(self.table, rows, texts)


class MergeCounts(NamedTuple):
    """What a run of meetings adds to the build's report."""

    meetings: int
    words: int
    first: dt.date
    last: dt.date
    characters: Counter[str]
    """Of the sources' texts, by the kind of their segment."""


def merge_tasks(pages: Iterable[PlacedPage], folder: str) -> Iterator[MergeTask]:
    """Cuts the pages into chunks, by what they hold alone: the same pages always give the same chunks."""
    number, held, rows = 0, [], 0
    for page in pages:
        held.append(page)
        rows += page.slices["segments"][1]
        if rows >= ROWS_IN_GROUP:
            yield MergeTask(number, tuple(held), folder)
            number, held, rows = number + 1, [], 0
    if held:
        yield MergeTask(number, tuple(held), folder)


def merge(task: MergeTask) -> tuple[list[StoredTablePart], MergeCounts]:
    """Brings the rows of a chunk's pages together, under their final ids, and renders them into files of the chunk's folder."""
    chunks = {table.name: Chunk(_gather(task, table.name)) for table in PAGE_TABLES}
    for name, chunk in chunks.items():
        validate_ids(BY_NAME[name].model, chunk.lists)
    parts = (render_rows(name, chunk) for name, chunk in chunks.items())
    stored = [_stored(part, str(Path(task.folder) / f"part-{task.number}-{part.table}")) for part in parts]
    return stored, _tally(chunks["meetings"].lists, chunks["segments"].lists)


def _stored(part: TablePart, stem: str) -> StoredTablePart:
    with pa.ipc.new_file(f"{stem}.arrow", part.rows.schema) as file:
        file.write_table(part.rows)
    texts = {name: f"{stem}.{name}" for name in part.texts}
    for name, path in texts.items():
        Path(path).write_bytes(part.texts[name])
    return StoredTablePart(part.table, f"{stem}.arrow", texts)


def _tally(meetings: dict[str, list[Any]], segments: dict[str, list[Any]]) -> MergeCounts:
    characters: Counter[str] = Counter()
    for kind, start, end in zip(segments["kind"], segments["start_char"], segments["end_char"], strict=True):
        characters[kind] += end - start
    dates = meetings["date"]
    return MergeCounts(len(dates), sum(meetings["word_count"]), min(dates), max(dates), characters)


def render_rows(table: str, chunk: Chunk) -> TablePart:
    """Some rows of a table as a part of its files. Raises `ValueError` where they do not stand in its order."""
    chunk.check_order(BY_NAME[table])
    return TablePart(table, chunk.rows, {form.name: form.render(chunk, BY_NAME[table]) for form in TEXT_FORMATS})


def _gather(task: MergeTask, table: str) -> pa.Table:
    # Of this call alone: a file that stayed open would stay mapped after the build has removed it.
    opened = lru_cache(_OPEN_SPOOLS)(partial(open_spool, task.folder, table=table))
    slices: list[pa.Table] = []
    for page in task.pages:
        start, count = page.slices[table]
        if not count and slices:
            continue
        rows = opened(page.batch).slice(start, count)
        rows = _renamed(rows, page) if page.meeting_id != page.name or page.taken_event_id else rows
        rows = _joined(rows, page, table) if page.joined else rows
        slices.append(_with_final_speakers(rows, page, table) if table in _OF_SPEAKERS else rows)
    return pa.concat_tables(slices).combine_chunks()


def _with_final_speakers(rows: pa.Table, page: PlacedPage, table: str) -> pa.Table:
    """A page's rows with the final ids of its speakers and of persons it mentions, and the countries that other pages show."""
    ids = page.mentioned_ids if table == "mentions" else page.speaker_ids
    if not rows.num_rows or (not ids and not page.countries and table != "mentions"):
        return rows
    index = rows.schema.get_field_index("speaker_id")
    names: list[Any] = rows.column(index).to_pylist()
    if table == "participations" and page.countries:
        country = rows.schema.get_field_index("country")
        printed: list[Any] = rows.column(country).to_pylist()
        found = [page.countries.get(name, code) for name, code in zip(names, printed, strict=True)]
        rows = rows.set_column(country, rows.schema.field(country), pa.array(found, pa.string()))
    final: list[Any] = [ids.get(name or "", None if table == "mentions" else name) for name in names]
    rows = rows.set_column(index, rows.schema.field(index), pa.array(final, pa.string()))
    if table != "participations" or final == sorted(final):
        return rows
    # The order of the key, of which the id is part.
    in_order: list[dict[str, Any]] = sorted(rows.to_pylist(), key=itemgetter("speaker_id"))
    return pa.Table.from_pylist(in_order, schema=rows.schema)


def _joined(rows: pa.Table, page: PlacedPage, table: str) -> pa.Table:
    """A page's rows, with one participation for speakers who are one person, and its office on all their turns."""
    if table not in ("meetings", "utterances", "participations"):
        return rows
    records: list[dict[str, Any]] = rows.to_pylist()
    if table == "meetings":
        records[0]["speaker_count"] -= len(page.joined)
    if table == "participations":
        kept = {record["speaker_id"]: record for record in records}
        for other, first in page.joined.items():
            record = kept.pop(other)
            for column in ("utterance_count", "word_count"):
                kept[first][column] += record[column]
            kept[first]["country"] = kept[first]["country"] or record["country"]
        records = list(kept.values())
    if table == "utterances":
        roles = {record["speaker_id"]: record["role"] for record in records}
        for record in records:
            if record["speaker_id"] in page.joined:
                record["speaker_id"] = page.joined[record["speaker_id"]]
                record["role"] = roles[record["speaker_id"]]
    return pa.Table.from_pylist(records, schema=rows.schema)


def _renamed(rows: pa.Table, page: PlacedPage) -> pa.Table:
    """A page's rows under the final id of its meeting, and with the number of its event."""
    for index, name in enumerate(rows.column_names):
        if name == "meeting_id":
            column = pa.array([page.meeting_id] * rows.num_rows, pa.string())
        elif name == "utterance_id":
            old: list[Any] = rows.column(name).to_pylist()
            new = [value and utterance_id(page.meeting_id, sequence_of(value)) for value in old]
            column = pa.array(new, pa.string())
        elif name == "event_id" and page.taken_event_id:
            column = pa.array([page.taken_event_id] * rows.num_rows, pa.string())
        else:
            continue
        rows = rows.set_column(index, rows.schema.field(index), column)
    return rows
