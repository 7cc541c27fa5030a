"""Plain text for corpus tools: what was said, a file for each meeting and each speaker, and tables that describe the files.

Labels, titles and notes are outside the texts, so that a count of words counts what was said.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from builder.exports import StagedPackage
from builder.exports.by_meeting import by_meeting
from builder.exports.zips import ZipWriter, file_name, open_zip
from builder.package.read_me import read_me_of_texts

MEETING_COLUMNS = ("file", "meeting_id", "date", "year", "title", "kind", "place", "speakers", "turns", "words", "url")
SPEAKER_COLUMNS = ("file", "speaker_id", "name", "turns", "words")
BETWEEN_TURNS = "\n\n"


def write(package: StagedPackage, path: Path) -> None:
    """Writes `text.zip`. Memory: a meeting, and where each turn of a speaker lies in a temporary file."""
    with open_zip(path) as texts, TemporaryFile(dir=package.folder) as spool:
        turns = _write_meetings(package, texts, spool)
        _write_speakers(package, texts, spool, turns)
        texts.write("README.txt", read_me_of_texts(package.release).encode())


def _write_meetings(package: StagedPackage, texts: ZipWriter, spool: IO[bytes]) -> dict[str, list[tuple[int, int]]]:
    """Writes the files of the meetings. Returns where each speaker's turns lie in the spool: offset and length in bytes."""
    turns: dict[str, list[tuple[int, int]]] = defaultdict(list)
    names = dict(package.tables.tuples("speakers", ["speaker_id", "name"]))
    rows: list[list[Any]] = []
    for meeting, tables in by_meeting(package.tables, "utterances"):
        utterances = tables["utterances"]
        if not utterances:
            continue
        file = f"meetings/{file_name(meeting['meeting_id'], '.txt')}"
        texts.write(file, _joined([row["text"] for row in utterances]))
        speakers = dict.fromkeys(row["speaker_id"] for row in utterances if row["speaker_id"])
        rows.append(
            [
                file,
                meeting["meeting_id"],
                meeting["date"].isoformat(),
                meeting["date"].year,
                meeting["title"],
                meeting["kind"],
                meeting["place"],
                "; ".join(names[speaker] for speaker in speakers),
                len(utterances),
                meeting["word_count"],
                meeting["url"],
            ]
        )
        for row in utterances:
            if row["speaker_id"]:
                content = row["text"].encode()
                turns[row["speaker_id"]].append((spool.tell(), len(content)))
                spool.write(content)
    texts.write("metadata.csv", _csv(MEETING_COLUMNS, rows))
    return turns


def _write_speakers(
    package: StagedPackage, texts: ZipWriter, spool: IO[bytes], turns: dict[str, list[tuple[int, int]]]
) -> None:
    words: dict[str, int] = defaultdict(int)
    for speaker, count in package.tables.tuples("participations", ["speaker_id", "word_count"]):
        words[speaker] += count
    rows: list[list[Any]] = []
    for speaker, name in package.tables.tuples("speakers", ["speaker_id", "name"]):
        file = f"speakers/{file_name(speaker, '.txt')}"
        texts.write_parts(file, _pieces(spool, turns[speaker]))
        rows.append([file, speaker, name, len(turns[speaker]), words[speaker]])
    texts.write("speakers.csv", _csv(SPEAKER_COLUMNS, rows))


def _pieces(spool: IO[bytes], places: list[tuple[int, int]]) -> Iterator[bytes]:
    for number, (offset, length) in enumerate(places):
        spool.seek(offset)
        yield (BETWEEN_TURNS.encode() if number else b"") + spool.read(length)
    yield b"\n"


def _joined(texts: list[str]) -> bytes:
    return (BETWEEN_TURNS.join(texts) + "\n").encode()


def _csv(header: tuple[str, ...], rows: list[list[Any]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue().encode()
