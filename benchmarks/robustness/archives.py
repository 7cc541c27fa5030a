"""Times the page index on growing archives: does its time grow faster than they do?

Each kind of hostile archive (all pages of one date and title, all of one event, all mentioning one person) is entered into a
page index at a size and at four times that size. One that takes more than `MAX_RATIO` times as long breaks the promise.

`python -m benchmarks.robustness.archives` prints the result and fails where one grows faster;
`--size N` takes another size.
"""

import argparse
import sys
import time
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
    """An included page, with nothing in common with others but what is given."""
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


def mentioned(number: str | None, role: str | None) -> Mentioned:
    return Mentioned(NAME, PLAIN_ID, PLAIN_ID, number, role)


ARCHIVES: dict[str, Callable[[int], PageEntry]] = {
    "one date and title": lambda n: entry(n, name="2018-05-04-talks"),
    "one date and title each two": lambda n: entry(n, name=f"2018-05-04-talks-{n // 2}"),
    "one event": lambda n: entry(n, event_id="5"),
    "one event, the same words": lambda n: entry(n, event_id="5", words_sha256="0" * 64),
    "one date, alike at first": lambda n: entry(n, opening="Good day."),
    "one speaker, of whom every page speaks": lambda n: entry(
        n, speakers=(speaker(),), mentioned=(mentioned(None, f"Duke of Castle {n}"),)
    ),
    "namesakes with numbers": lambda n: entry(
        n, speakers=(speaker(str(n + 1)),), mentioned=(mentioned(str(n + 1), None),)
    ),
    "one person of the site": lambda n: entry(n, speakers=(speaker("5"),), mentioned=(mentioned("5", None),)),
}
"""The pages of a hostile archive, by what they have in common."""


def settled(pages: Callable[[int], PageEntry], count: int) -> float:
    """The seconds of a processor that a index takes to settle pages and to give back what it knows."""
    with TemporaryDirectory() as folder, closing(PageIndex(Path(folder))) as index:
        words = pa.table({"text": [f"Good day. This is talk {number}." for number in range(count)]})
        with pa.ipc.new_file(spool_file(folder, 0, "utterances"), words.schema) as file:
            file.write_table(words)
        index.add(0, map(pages, range(count)))
        start = time.process_time()
        index.decide()
        for rows in (
            index.placed(),
            *(rows(index.db) for rows in (source_rows, speaker_forms, name_rows, office_rows)),
        ):
            for _ in rows:
                pass
        return time.process_time() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--size", type=int, default=SIZE)
    size = arguments.parse_args().size
    broken = 0
    for name, pages in ARCHIVES.items():
        small, large = settled(pages, size), settled(pages, TIMES * size)
        is_steep = large > MAX_RATIO * small
        broken += is_steep
        print(f"{'STEEP' if is_steep else 'ok':5} {small:6.2f} → {large:6.2f} s  {name}", flush=True)
    print(
        f"{len(ARCHIVES)} archives, each of {size:,} and of {TIMES * size:,} pages: {broken} grow faster than they should"
    )
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
