"""Times the page index on growing archives: does the time grow faster than the archive?

Each hostile archive (all pages with one date and title, of one event, mentioning one person) is put into a page index at one
size and at four times that size. It must not take more than `MAX_RATIO` times as long.

`python -m benchmarks.robustness.archives` prints the results and fails if an archive takes longer; `--size N` sets the smaller
size.
"""

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from builder.build.index_rows import name_rows, office_rows, source_rows, speaker_forms
from builder.build.page_index import PageEntry, PageIndex
from builder.build.spool import spool_file
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker, PrintedName
from schema.events import SPEECH

SIZE = 25_000
TIMES = 4
MAX_RATIO = 6
NAME, PLAIN_ID = "Rudolf Elphberg", "rudolf-elphberg"


def entry(number: int, **other: Any) -> PageEntry:
    """An included page that shares with others only what is given."""
    values: dict[str, Any] = {
        "path": f"{number:07}.txt",
        "sha256": f"{number:064x}",
        "byte_size": 1,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "layout": "html",
        "status": "included",
        "reason": None,
        "text_length": 1,
        "text_sha256": f"{number * 7919:064x}",
        "name": f"2018-05-04-talks-{number}",
        "words_kind": SPEECH,
        "opening": f"{number:07}",
        "words_sha256": f"{number:064x}",
        "slices": {"meetings": (0, 1), "utterances": (number, 1)},
    }
    return PageEntry(**values | other)


def speaker(number: str | None = None) -> PageSpeaker:
    return PageSpeaker(
        speaker_id=PLAIN_ID,
        plain_id=PLAIN_ID,
        name=NAME,
        person=None,
        printed=(PrintedName(NAME, "full_name"),),
        family_name=None,
        given_name=None,
        site_person_id=number,
        is_order_shown=True,
        role="Minister",
        role_evidence="label",
        speaker_evidence="full_name",
        country=None,
    )


def mentioned(number: str | None, role: str | None = None) -> Mentioned:
    return Mentioned(NAME, PLAIN_ID, PLAIN_ID, number, role)


def mentioning(n: int, number: str | None, role: str | None = None) -> PageEntry:
    return entry(n, speakers=(speaker(number),), mentioned=(mentioned(number, role),))


ARCHIVES: dict[str, Callable[[int], PageEntry]] = {
    "one date and title": lambda n: entry(n, name="2018-05-04-talks"),
    "one date and title for every two pages": lambda n: entry(n, name=f"2018-05-04-talks-{n // 2}"),
    "one event": lambda n: entry(n, event_id="5"),
    "one event, the same words": lambda n: entry(n, event_id="5", words_sha256="0" * 64),
    "one date, alike at first": lambda n: entry(n, opening="Good day."),
    "one speaker, whom every page mentions": lambda n: mentioning(n, None, f"Duke of Castle {n}"),
    "namesakes with numbers": lambda n: mentioning(n, str(n + 1)),
    "one person of the site": lambda n: mentioning(n, "5"),
}
"""The pages of each hostile archive, by what they have in common."""


def settled(pages: Callable[[int], PageEntry], count: int) -> float:
    """The seconds of processor time that a page index takes to decide on pages and to return all rows."""
    with TemporaryDirectory() as folder, closing(PageIndex(Path(folder))) as index:
        words = pa.table({"text": [f"Good day. This is talk {number}." for number in range(count)]})
        with pa.ipc.new_file(spool_file(folder, 0, "utterances"), words.schema) as file:
            file.write_table(words)
        index.add(0, [*map(pages, range(count))])
        start = time.process_time()
        index.decide()
        deque(index.placed(), 0)
        for rows in (source_rows, speaker_forms, name_rows, office_rows):
            deque(rows(index.db), 0)
        return time.process_time() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--size", type=int, default=SIZE, help="pages of the smaller archive")
    size = arguments.parse_args().size
    broken = 0
    for name, pages in ARCHIVES.items():
        small, large = settled(pages, size), settled(pages, TIMES * size)
        is_steep = large > MAX_RATIO * small
        broken += is_steep
        print(f"{'STEEP' if is_steep else 'ok':5} {small:6.2f} → {large:6.2f} s  {name}", flush=True)
    print(f"{len(ARCHIVES)} archives, each of {size:,} and of {TIMES * size:,} pages: {broken} grow too fast")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
