"""Reading one input file: its bytes, its hash, its text."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from builder.document import Source
from builder.errors import DataError, Problem
from builder.inputs import PROVENANCE, Input
from schema.records import Line, Record, Sha256, Url

MEDIA_TYPE = "text/plain"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n?")


def sha256_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as `sources.text_sha256` gives it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class RawFile:
    """One input file as it lies on the disk."""

    item: Input
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_file(item: Input) -> RawFile:
    """Reads one file's bytes. Raises `DataError` where they cannot be read."""
    if item.problem:
        raise DataError([item.problem])
    try:
        return RawFile(item, item.file.read_bytes())
    except OSError as error:
        found = error.strerror or str(error)
        problem = Problem(item.shown_path, "a file that can be read", found, "check the file and its permissions")
        raise DataError([problem]) from None


def decode(raw: RawFile) -> Source:
    """The text of a file, and what its folder's provenance table knows of it. Raises `DataError` where it is no text."""
    text, encoding = _decode(raw.data, raw.item.shown_path)
    provenance = read_provenance(raw.item.file.parent / PROVENANCE)
    # The same text saved with other line ends is still that page.
    entry = provenance.get(raw.sha256) or provenance.get(sha256_of_text(text))
    return Source(
        path=raw.item.path,
        shown_path=raw.item.shown_path,
        sha256=raw.sha256,
        byte_size=len(raw.data),
        media_type=MEDIA_TYPE,
        encoding=encoding,
        text=text,
        url=entry.url if entry else None,
    )


def _decode(data: bytes, path: str) -> tuple[str, str]:
    """The text of a file's bytes, without byte order mark and with line feeds as line ends, and its encoding."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError([Problem(path, "UTF-8 text", "UTF-16 text", "save the file as UTF-8", line=1)])
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if b"\x00" in data:
        offset = data.index(b"\x00")
        line = data.count(b"\n", 0, offset) + 1
        found = f"a binary file (byte {offset} is 00)"
        raise DataError([Problem(path, "UTF-8 text", found, "name the page's text instead", line=line)])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        # The codec counts from after a byte order mark, a reader's editor from the start.
        offset = error.start + (len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        line = data.count(b"\n", 0, offset) + 1
        found = f"byte {offset} = {data[offset]:02x}, which is not UTF-8"
        raise DataError([Problem(path, "UTF-8 text", found, "save the file as UTF-8", line=line)]) from None
    text = _LINE_END.sub("\n", text)
    if not text.strip():
        found = "an empty file" if not data else "white space alone"
        raise DataError([Problem(path, "the text of a page", found, "save the page's text again", line=1)])
    problems = [
        Problem(
            path,
            "text without control characters",
            f"U+{ord(match[0]):04X} at character {match.start() - text.rfind(chr(10), 0, match.start())}",
            "take it out",
            line=text.count("\n", 0, match.start()) + 1,
        )
        for match in _first_in_each_line(text)
    ]
    if problems:
        raise DataError(problems)
    return text, encoding


def _first_in_each_line(text: str) -> list[re.Match[str]]:
    """The first control character of each of the first ten lines that hold one."""
    found: dict[int, re.Match[str]] = {}
    for match in _CONTROL.finditer(text):
        found.setdefault(text.rfind("\n", 0, match.start()), match)
        if len(found) == 10:
            break
    return list(found.values())


# ---------------------------------------------------------------------------------------------------------------------
# Provenance


class Provenance(Record):
    """One line of a folder's hand-kept `provenance.csv`: what the file itself does not say."""

    file: Line
    """Its name when the line was written, for readers: the file is found by its hash, so it may be renamed."""
    sha256: Sha256
    url: Url | None


@cache
def read_provenance(path: Path) -> Mapping[str, Provenance]:
    """A folder's provenance by SHA-256; empty where the folder has no such table. Raises `DataError`."""
    try:
        content = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([Problem(str(path), "a table in UTF-8", str(error), "save it as UTF-8 or remove it")]) from None
    header = list(Provenance.model_fields)
    reader = csv.DictReader(io.StringIO(content))
    if reader.fieldnames != header:
        found = ",".join(reader.fieldnames or ()) or "an empty file"
        raise DataError([Problem(str(path), f"the header {','.join(header)}", found, "correct the header", line=1)])
    entries: dict[str, Provenance] = {}
    problems = []
    for row in reader:
        try:
            entry = Provenance.model_validate({k: v or None for k, v in row.items()})
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            problems.append(
                Problem(
                    str(path), f"a {field} ({first['msg']})", repr(first["input"]), "correct it", line=reader.line_num
                )
            )
        else:
            entries[entry.sha256] = entry
    if problems:
        raise DataError(problems)
    return entries
