"""What is compared: a gold standard of pages, and the turns predicted for them, from a built package or a JSONL file."""

import hashlib
import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import msgspec
import pyarrow as pa

from builder.errors import CommandError, DataError, Problem, quote
from builder.files import read_bytes
from builder.package.names import DIST
from builder.package.package_files import damaged_package, refuse_links_and_devices
from builder.package.reader import PackageReader

COMPRESSED = ".xz"

Line = TypeVar("Line")


# ---------------------------------------------------------------------------------------------------------------------
# The gold standard


class GoldTurn(msgspec.Struct, frozen=True):
    """One speaker turn as the page's markup gives it."""

    label: str
    """As printed, with its note, without the colon."""
    name: str
    """The label without a note in parentheses."""
    paragraphs: tuple[str, ...]
    text_sure: bool
    """False where it is open at which paragraph the speech ends or resumes."""
    label_sure: bool


class Nonspeech(msgspec.Struct, frozen=True):
    """A block that nobody speaks. It stands after `para` paragraphs of turn `turn`, counted from 0; -1: before the first."""

    kind: str
    text: str
    turn: int
    para: int


class OptionalStart(msgspec.Struct, frozen=True):
    """A place of an unsure page that may or may not be the start of a turn."""

    label: str
    text: str


class GoldPage(msgspec.Struct, frozen=True):
    """One page of the gold standard: what the comparison needs of it."""

    source: str
    date: str
    gold_sure: bool
    """False where the page's own markup is in doubt; such pages are measured apart."""
    turns: tuple[GoldTurn, ...]
    nonspeech: tuple[Nonspeech, ...]
    inline_directions: tuple[str, ...]
    """Stage directions printed inside the speech: they may be in a turn's text or left out."""
    optional_starts: tuple[OptionalStart, ...]

    @property
    def year(self) -> str:
        return self.date[:4]


@dataclass(frozen=True)
class GoldStandard:
    """A gold standard, and by what it is told from another."""

    pages: Mapping[str, GoldPage]
    """By source, in the file's order."""
    sha256: str
    """Of the JSONL, uncompressed."""


def read_gold(path: Path) -> GoldStandard:
    """Reads a gold standard, `.jsonl` or `.jsonl.xz`.

    Raises `CommandError` where there is no such file, `DataError` where it is not a gold standard.
    """
    data = _read(path)
    decoder = msgspec.json.Decoder(GoldPage)
    pages: dict[str, GoldPage] = {}
    for number, page in _lines(data, decoder, path, "a page of the gold standard"):
        if page.source in pages:
            found = f"{page.source} a second time"
            raise DataError(
                [Problem(str(path), "each page once", found, "take one of the two out", line=number, code="page-twice")]
            )
        pages[page.source] = page
    if not pages:
        raise DataError(
            [
                Problem(
                    str(path),
                    "a page of the gold standard on each line",
                    "no line",
                    "name another file",
                    code="no-page",
                )
            ]
        )
    return GoldStandard(pages, hashlib.sha256(data).hexdigest())


# ---------------------------------------------------------------------------------------------------------------------
# Predictions


@dataclass(frozen=True, slots=True)
class EvaluatedTurn:
    """One predicted turn."""

    label: str
    text: str


@dataclass(frozen=True)
class Predictions:
    """The turns predicted for each source, and what is known of how the source was read."""

    turns: Mapping[str, Sequence[EvaluatedTurn]]
    """By the stem of the source's file name, in the order of the page."""
    layouts: Mapping[str, str] | None
    """The layout as which each source was recognised, if it was; null where the predictions do not say."""
    read: frozenset[str] | None
    """The sources that became a meeting, with or without turns; null where the predictions do not say."""


def stem(path: str) -> str:
    """What names a source on both sides: its file's name up to the first full stop."""
    return PurePosixPath(path).name.split(".")[0]


def read_predictions(path: Path) -> Predictions:
    """Reads a built package, a folder that holds dist/, or a JSONL file of ``{source, seq, label, text}``.

    Raises `CommandError` where there is neither, `DataError` where the file does not hold such predictions.
    """
    if not path.is_dir():
        return _read_jsonl(path)
    refuse_links_and_devices(path)
    try:
        return _read_package(path)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found = f"{type(error).__name__}: {quote(str(error))}"
        raise damaged_package(path, found) from None


class _Row(msgspec.Struct):
    """One line of a JSONL file of predictions."""

    source: str | int
    text: str | None = None
    label: str | None = None
    seq: float | None = None


def _read_jsonl(path: Path) -> Predictions:
    rows: dict[str, list[tuple[float, int, EvaluatedTurn]]] = {}
    for number, row in _lines(_read(path), msgspec.json.Decoder(_Row), path, "a turn: {source, seq, label, text}"):
        place = number - 1 if row.seq is None else row.seq
        rows.setdefault(stem(str(row.source)), []).append(
            (place, number, EvaluatedTurn(row.label or "", row.text or ""))
        )
    # The line's number parts turns of one place, so that turns themselves are never compared.
    turns = {source: [turn for _, _, turn in sorted(found, key=lambda r: r[:2])] for source, found in rows.items()}
    return Predictions(turns, layouts=None, read=None)


def _read_package(folder: Path) -> Predictions:
    sources = _read_table(folder, "sources", ["path", "status", "layout", "meeting_id"])
    utterances = _read_table(folder, "utterances", ["meeting_id", "sequence", "label", "text"])
    included = {s["meeting_id"]: stem(s["path"]) for s in sources if s["status"] == "included"}
    read = frozenset(included.values())
    if len(read) != len(included):
        found = f"{len(included) - len(read)} more included sources than names of files"
        advice = "build the forms of a page into packages of their own"
        raise DataError(
            [
                Problem(
                    str(folder), "one included source for each name of a file", found, advice, code="source-name-twice"
                )
            ]
        )
    turns: dict[str, list[tuple[int, EvaluatedTurn]]] = {}
    for row in utterances:
        turns.setdefault(included[row["meeting_id"]], []).append(
            (row["sequence"], EvaluatedTurn(row["label"], row["text"]))
        )
    ordered = {source: [turn for _, turn in sorted(found, key=lambda r: r[0])] for source, found in turns.items()}
    # The included source of a name is written last, so that its layout stands whatever else has its name.
    layouts = {
        stem(s["path"]): s["layout"] for s in sorted(sources, key=lambda s: s["status"] == "included") if s["layout"]
    }
    return Predictions(ordered, layouts, read)


def _read_table(folder: Path, name: str, columns: list[str]) -> list[dict[str, Any]]:
    package = PackageReader(folder)
    path = package.path(name)
    try:
        return [dict(zip(columns, values, strict=True)) for values in package.tuples(name, columns)]
    except FileNotFoundError:
        raise CommandError(f"{folder}: expected a built package, found no {DIST}/{path.name}") from None
    except (OSError, pa.ArrowException) as error:
        raise DataError(
            [Problem(str(path), f"the table {name}", str(error), "build the package again", code="bad-table")]
        ) from None


# ---------------------------------------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    """A file's bytes, uncompressed. Raises `CommandError` where it cannot be read, `DataError` for a broken `.xz`."""
    try:
        data = read_bytes(path)
    except OSError as error:
        raise CommandError(f"{path}: expected a file that can be read, found {error.strerror or error}") from None
    if path.suffix != COMPRESSED:
        return data
    try:
        return lzma.decompress(data)
    except lzma.LZMAError as error:
        raise DataError([Problem(str(path), "an xz file", str(error), "fetch the file again", code="bad-xz")]) from None


def _lines(data: bytes, decoder: "msgspec.json.Decoder[Line]", path: Path, expected: str) -> Iterator[tuple[int, Line]]:
    """The lines of a JSONL file, decoded and numbered from 1, skipping blank ones. Raises `DataError`."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise DataError(
                [Problem(str(path), expected, str(error), "correct the line", line=number, code="bad-line")]
            ) from None
