"""Grows an archive of any size from saved pages: the same pages again, with other ids, dates, titles and words.

An archive is ten parts of the same pages: a tenth of it is a folder of its own, so that ten times the pages are also ten
times the bytes, and the same mix.
"""

import datetime as dt
import multiprocessing
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PARTS = 10
FIRST_ID = 100_000
"""Above every id of the site's own."""
DAYS_APART = 97
"""Between two copies of a page, so that they do not stand side by side in the package."""

_MONTHS = "January February March April May June July August September October November December".split()
_ISO_DATE = re.compile(rb'(?<=datetime=")([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?=")')
_PRINTED_DATE = re.compile(rb"([JFMASOND][a-z]{2,8}) ([0-9]{1,2}), ([12][0-9]{3})\b")
_TITLE, _TITLE_END, _PARAGRAPH_END = b"entry-title", b"</h1>", b"</p>"
_SENTENCE_END = re.compile(rb"(?<=[A-Za-z0-9>%\x99\x9c\x9d])(?=[.!?](?:\xe2\x80\x9d|\")?\s*$)")
"""Where a paragraph ends with a sentence: never a label, a heading or a separator."""
_REACH = 20
"""Bytes at the end of a paragraph where that is looked for."""


@dataclass(frozen=True)
class _Copies:
    """One page, and the numbers of its copies in the archive."""

    page: Path
    numbers: range
    """Within the first part."""
    parts: int
    part_size: int
    folder: Path


def grow(pages: Sequence[Path], folder: Path, count: int) -> None:
    """Writes an archive of `count` pages, a multiple of ten, into the folders `0` to `9` of a new folder."""
    size = count // PARTS
    for part in range(PARTS):
        (folder / str(part)).mkdir(parents=True)
    # Each page as often as any other, or once more: the sample's mix of years and kinds.
    bounds = [-(-page * size // len(pages)) for page in range(len(pages) + 1)]
    tasks = [_Copies(pages[i], range(*bounds[i : i + 2]), PARTS, size, folder) for i in range(len(pages))]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as executor:
        for _ in executor.map(_write_copies, tasks, chunksize=16):
            pass


def _write_copies(task: _Copies) -> None:
    original = task.page.read_bytes()
    copy = 0
    for part in range(task.parts):
        for number in task.numbers:
            copy += 1
            event_id = FIRST_ID + part * task.part_size + number
            path = task.folder / str(part) / f"{event_id}.html"
            path.write_bytes(altered(original, task.page.stem, str(event_id), copy))


def altered(page: bytes, old_id: str, new_id: str, copy: int) -> bytes:
    """A page under another id, its dates moved, the copy's number in its title and before every paragraph's full stop.

    Dates are moved wherever the page gives them in full; days that an announcement gives as a span stay.
    """
    page = re.sub(rf"{old_id}(?![0-9])".encode(), new_id.encode(), page)
    days = dt.timedelta(days=copy * DAYS_APART)
    page = _ISO_DATE.sub(lambda m: str(_date(m[1], m[2], m[3], days)).encode(), page)
    page = _PRINTED_DATE.sub(lambda m: _printed(m, days), page)
    word = f" {copy}".encode()
    title_end = page.index(_TITLE_END, page.index(_TITLE))
    *paragraphs, rest = page[title_end:].split(_PARAGRAPH_END)
    ends = (paragraph[:-_REACH] + _SENTENCE_END.sub(word, paragraph[-_REACH:]) for paragraph in paragraphs)
    return page[:title_end] + word + _PARAGRAPH_END.join([*ends, rest])


def _date(year: bytes, month: bytes | int, day: bytes, later: dt.timedelta) -> dt.date:
    return dt.date(int(year), int(month), int(day)) + later


def _printed(match: re.Match[bytes], later: dt.timedelta) -> bytes:
    try:
        date = _date(match[3], _MONTHS.index(match[1].decode()) + 1, match[2], later)
    except ValueError:  # A page may print a day that no calendar has.
        return match[0]
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}".encode()
