"""How often `meetings.kind` is what a reader takes a page to report, on pages of the sample drawn at random.

`python -m benchmarks.kinds` prints the draws to be read: event id, title, sections and, with `--with-kind`, the kind that
the rules give. The reader's verdicts stand in kinds_gold.csv. `benchmarks.accuracy` compares the two.
"""

import argparse
import csv
import lzma
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from benchmarks.draws import Draw, draw_apart
from benchmarks.sample import GOLD, is_here
from builder.evaluation.inputs import stem
from builder.evaluation.measures import Estimate, wilson
from schema.kinds import kind_of

VERDICTS = Path(__file__).with_name("kinds_gold.csv")

DRAWS = (
    Draw("first draw, on which the rules were improved", 2000),
    Draw("second draw, read after that, and later improved on too", 2020),
)


class Page(msgspec.Struct):
    """What the reader of a draw is shown of a page."""

    id: str
    title: str
    published_in: tuple[str, ...] | None


def draws(event_ids: list[str]) -> list[list[str]]:
    """The event ids of each draw, in the order of their numbers."""
    return [sorted(drawn, key=int) for drawn in draw_apart(sorted(event_ids, key=int), DRAWS)]


def verdicts() -> dict[str, str | None]:
    """The kind that a reader took each drawn page to be of; null where none of the nine."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {row["event_id"]: row["kind"] or None for row in csv.DictReader(file)}


def measure(package: Path, event_ids: list[str]) -> list[tuple[Draw, Estimate]]:
    """For each draw, the share of its pages to which a package gives the reader's kind. Raises `KeyError` for a page unread."""
    read, given = verdicts(), _kinds_of(package)
    return [
        (draw, wilson(sum(given[event_id] == read[event_id] for event_id in drawn), len(drawn)))
        for draw, drawn in zip(DRAWS, draws(event_ids), strict=True)
    ]


def _kinds_of(package: Path) -> Mapping[str, str | None]:
    """The kind of each source of a package whose files are named by event id."""
    sources = pq.read_table(package / "dist" / "sources.parquet", columns=["path", "meeting_id"]).to_pylist()
    meetings = pq.read_table(package / "dist" / "meetings.parquet", columns=["meeting_id", "kind"]).to_pylist()
    kinds = {row["meeting_id"]: row["kind"] for row in meetings}
    return {stem(row["path"]): kinds.get(row["meeting_id"]) for row in sources}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--with-kind", action="store_true", help="show the kind that the rules give; not before reading"
    )
    with_kind = parser.parse_args().with_kind
    if not is_here():
        return
    decoder = msgspec.json.Decoder(Page)
    with lzma.open(GOLD) as lines:
        pages = {page.id: page for page in map(decoder.decode, lines)}
    for draw, drawn in zip(DRAWS, draws(list(pages)), strict=True):
        print(f"== {draw.title} (seed {draw.seed})")
        for page in (pages[event_id] for event_id in drawn):
            kind = [kind_of(page.title, page.published_in) or "–"] if with_kind else []
            print(page.id, page.title, ", ".join(page.published_in or ()), *kind, sep=" | ")


if __name__ == "__main__":
    main()
