"""The page shows what the tables hold: every turn's text, speaker and office, every number of its pictures, and the source's own
characters behind them.

Read by selectolax, a parser as browsers have it; the page is written from templates.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from selectolax.lexbor import LexborNode

from builder.package.names import CHECKSUMS, DIST, LICENCE_FILE
from builder.package.release import current_release
from builder.verify.exports.page.facts import Facts, count
from builder.verify.exports.page.html import dates_agree, parse, root_of, text, what_runs
from builder.verify.exports.page.overview import linked_data_is_croissant, overview_is_shown
from builder.verify.exports.page.people import person_is_shown
from builder.verify.exports.page.transcripts import meeting_is_shown
from builder.verify.exports.page.words import words_are_found
from builder.verify.findings import Finding, Place, in_file, same
from builder.verify.package_rows import Package

MOST_BYTES = 5_000_000


def findings(package: Package, index: Path, folder: Path, _: Path) -> Iterator[Finding]:
    """Compares `index.html` and the pages of the folder with the tables. Holds one file and one meeting."""
    facts = count(package)
    parts = sorted(folder.glob("*.html"), key=_order) if folder.is_dir() else []
    place = in_file(f"{DIST}/{index.name}")
    page = parse(index)
    yield from what_runs(page, place, is_index=True, may_fetch=bool(parts))
    own = {index.name, CHECKSUMS, LICENCE_FILE}
    bundle = f"kremlin-meetings-{package.version}.zip"
    names = sorted(path.name for path in package.dist.iterdir() if path.is_file() and path.name not in {*own, bundle})
    files = {name: package.file_stats(name) for name in names}
    yield from overview_is_shown(root_of(page), facts, current_release(), files, place, is_folder=bool(parts))
    if isinstance(package.descriptor, dict):
        yield from linked_data_is_croissant(root_of(page), package.descriptor, place)
    pages = parts or [index]
    yield from _meetings(package, facts, pages)
    yield from _people(facts, pages, with_turns=not parts)
    if parts:
        yield from words_are_found(package, page, parts, folder)
    yield from dates_agree(root_of(page), place)
    for path in parts:
        part, here = parse(path), in_file(f"{DIST}/page/{path.name}")
        yield from what_runs(part, here, is_index=False, may_fetch=True)
        yield from dates_agree(root_of(part), here)
        if path.stat().st_size > MOST_BYTES:
            yield in_file(f"{DIST}/page/{path.name}").says(f"expected at most {MOST_BYTES:,} bytes, found more")


def _order(path: Path) -> list[tuple[bool, int, str]]:
    """Files in the order of their years and numbers: `2019-2` before `2019-10`, both before `people-1`."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"[-.]", path.name)]


def _articles(pages: list[Path], kind: str) -> Iterator[tuple[LexborNode, Place]]:
    """The articles of a kind in all files, one file in memory at a time."""
    for path in pages:
        page = parse(path)
        name = path.name if len(pages) == 1 and path.name == "index.html" else f"page/{path.name}"
        for article in page.css(f"article.{kind}"):
            yield article, in_file(f"{DIST}/{name}")


def _meetings(package: Package, facts: Facts, pages: list[Path]) -> Iterator[Finding]:
    release = current_release()
    dataset = f"{release.title} {package.version}"
    meetings = (meeting for meeting in package.by_meeting() if meeting.meetings)
    for meeting, found in zip_longest(meetings, _articles(pages, "meeting")):
        shown = found[0].attributes.get("id") if found else None
        wanted = meeting.meeting_id if meeting else None
        place = found[1] if found else in_file(f"{DIST}/{pages[-1].name}")
        if shown != wanted:
            yield place.differs("meeting", wanted, shown)
            return
        if meeting and found:
            yield from meeting_is_shown(found[0], meeting, facts, dataset, place._replace(key=wanted))


def _people(facts: Facts, pages: list[Path], *, with_turns: bool) -> Iterator[Finding]:
    left = set(facts.names)
    for article, place in _articles(pages, "person"):
        speaker = (article.attributes.get("id") or "").removeprefix("person:")
        if speaker not in left:
            yield place.says(f"expected nobody, or once each of the speakers, found {text(article, 'h1')}")
            continue
        left.remove(speaker)
        yield from person_is_shown(article, speaker, facts, place._replace(key=speaker), with_turns=with_turns)
    yield from same(in_file(f"{DIST}/{pages[-1].name}"), "speakers without a page", [], sorted(left))
