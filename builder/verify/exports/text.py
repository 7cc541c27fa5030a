"""The texts for corpus tools are those of the utterances, and their tables describe them."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from hashlib import file_digest, sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.names import DIST
from builder.package.read_me import read_me_of_texts
from builder.package.release import current_release
from builder.verify.findings import Finding, in_file, same
from builder.verify.package_rows import Package

MEETINGS = ["file", "meeting_id", "date", "year", "title", "kind", "place", "speakers", "turns", "words", "url"]
SPEAKERS = ["file", "speaker_id", "name", "turns", "words"]


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares `text.zip` with the tables. Holds a meeting's text, and of each speaker's the hash alone."""
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as texts:
        wanted = yield from _meetings(package, texts, path)
        wanted |= yield from _speakers(package, texts, path)
        wanted |= {"metadata.csv", "speakers.csv", "README.txt"}
        yield from same(in_file(f"{DIST}/{path.name}"), "members", sorted(wanted), sorted(texts.namelist()))
        release = current_release()._replace(version=str(package.version))
        place = in_file(f"{DIST}/{path.name}/README.txt")
        yield from same(place, "", read_me_of_texts(release), _read(texts, "README.txt"))


def _short(key: str) -> str:
    """A key as a file's name has it: what is too long for a disk ends in a hash."""
    return key if len(key) <= 180 else f"{key[:180]}--{sha256(key.encode()).hexdigest()[:8]}"


def _read(texts: ZipFile, name: str) -> str | None:
    return texts.read(name).decode("utf-8", "replace") if name in texts.NameToInfo else None


def _hash(texts: ZipFile, name: str) -> str | None:
    if name not in texts.NameToInfo:
        return None
    with texts.open(name) as file:
        return file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # read by blocks


def _meetings(package: Package, texts: ZipFile, path: Path) -> Generator[Finding, None, set[str]]:
    """Compares the files of the meetings and their table. Returns the names of the files."""
    names = dict(package.tuples("speakers", "speaker_id", "name"))
    columns = ["meeting_id", "date", "title", "kind", "place", "word_count", "url"]
    meetings = {key: rest for key, *rest in package.tuples("meetings", *columns)}
    rows = [MEETINGS]
    turns = package.tuples("utterances", "meeting_id", "speaker_id", "text")
    for meeting_id, group in groupby(turns, key=itemgetter(0)):
        said = list(group)
        file = f"meetings/{_short(meeting_id)}.txt"
        text = "\n\n".join(text for _, _, text in said) + "\n"
        yield from same(in_file(f"{DIST}/{path.name}/{file}"), "", text, _read(texts, file))
        date, title, kind, place, words, url = meetings[meeting_id]
        # By id: two persons of one name are two.
        speakers = "; ".join(names[speaker] for speaker in dict.fromkeys(row[1] for row in said) if speaker)
        row = [file, meeting_id, f"{date}", f"{date:%Y}", title, kind, place, speakers, len(said), words, url]
        rows.append(["" if value is None else str(value) for value in row])
    yield from _table(texts, "metadata.csv", rows, path)
    return {row[0] for row in rows[1:]}


def _speakers(package: Package, texts: ZipFile, path: Path) -> Generator[Finding, None, set[str]]:
    """Compares the files of the speakers and their table. Returns the names of the files."""
    hashes: dict[str, Any] = defaultdict(sha256)
    turns: Counter[str] = Counter()
    for speaker, text in package.tuples("utterances", "speaker_id", "text"):
        if speaker:
            hashes[speaker].update(("\n\n" if turns[speaker] else "").encode() + text.encode())
            turns[speaker] += 1
    words: Counter[str] = Counter()
    for speaker, count in package.tuples("participations", "speaker_id", "word_count"):
        words[speaker] += count
    rows = [SPEAKERS]
    for speaker, name in package.tuples("speakers", "speaker_id", "name"):
        file = f"speakers/{_short(speaker)}.txt"
        hashes[speaker].update(b"\n")
        yield from same(
            in_file(f"{DIST}/{path.name}/{file}"), "sha256", hashes[speaker].hexdigest(), _hash(texts, file)
        )
        rows.append([file, speaker, name, str(turns[speaker]), str(words[speaker])])
    yield from _table(texts, "speakers.csv", rows, path)
    return {row[0] for row in rows[1:]}


def _table(texts: ZipFile, name: str, rows: list[list[str]], path: Path) -> Iterator[Finding]:
    place = in_file(f"{DIST}/{path.name}/{name}")
    content = _read(texts, name) or ""
    yield from same(place, "carriage returns", 0, content.count("\r"))
    found = list(csv.reader(io.StringIO(content, newline="")))
    yield from same(place, "rows", len(rows), len(found))
    for number, (wanted, got) in enumerate(zip(rows, found, strict=False), start=1):
        yield from same(place, f"row {number}", wanted, got)
