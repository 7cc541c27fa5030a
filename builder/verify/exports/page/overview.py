"""The page's first screen and pictures show the numbers of the tables; its files, licence and citation are the package's."""

import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from builder.package.descriptor import FileStats
from builder.package.release import Release
from builder.verify.exports.croissant import described, description_differs
from builder.verify.exports.page.facts import GROUPS, Facts, parts_of
from builder.verify.exports.page.html import attribute, attributes, cells, day_of, percent, text, texts
from builder.verify.exports.page.transcripts import tex
from builder.verify.findings import Finding, Place, same

MOST_DOTS, MOST_SPEAKERS, MOST_PEOPLE = 60, 8, 100


def overview_is_shown(
    root: LexborNode, facts: Facts, release: Release, files: dict[str, FileStats], place: Place, *, is_folder: bool
) -> Iterator[Finding]:
    """Compares the index, but for its transcripts and persons, with the tables."""
    yield from _about(root, facts, release, files, place)
    yield from _numbers(root, facts, place)
    if not is_folder:
        yield from _cards(root, facts, place)
    yield from _years(root, facts, place)
    if 0 < len(facts.meetings) <= MOST_DOTS:
        yield from _dots(root, facts, place)
    yield from _speakers(root, facts, place)
    yield from _shares(root, facts, place, is_folder=is_folder)
    people = [
        (facts.names[speaker], f"person:{speaker}", _words(facts, speaker)) for speaker in facts.ranked[:MOST_PEOPLE]
    ]
    links = [(link or "").partition("#")[2] for link in attributes(root, ".people a", "href")]
    found = [*zip(texts(root, ".people a"), links, texts(root, ".people .words"), strict=False)]
    yield from same(place, "people", people, found)


def _words(facts: Facts, speaker: str) -> str:
    meetings = len(facts.participations[speaker])
    return f"{facts.words[speaker]:,} words in {meetings:,} meeting{'' if meetings == 1 else 's'}"


def _totals(facts: Facts) -> tuple[int, int, int]:
    of_years = [facts.of_year(year) for year in facts.years]
    return (
        sum(meetings for meetings, _, _ in of_years),
        sum(turns for _, turns, _ in of_years),
        sum(words for _, _, words in of_years),
    )


def _about(
    root: LexborNode, facts: Facts, release: Release, files: dict[str, FileStats], place: Place
) -> Iterator[Finding]:
    """Title, description, version, citation and files."""
    meetings, turns, words = _totals(facts)
    years = [*facts.years]
    span = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    description = (
        f"Read, search and cite what was said at {meetings:,} meeting{'' if meetings == 1 else 's'} of the President of Russia"
        f"{span}: {words:,} words in {turns:,} turns, each shown in its source, character by character."
    )
    title = f"{release.title}: who said what, and where it stands in the source"
    yield from same(place, "title", title, text(root, "title"))
    for name in ('[name="description"]', '[property="og:description"]'):
        yield from same(place, f"meta{name}", description, attribute(root, f"meta{name}", "content"))
    yield from same(place, "og:title", title, attribute(root, 'meta[property="og:title"]', "content"))
    yield from same(place, "heading", release.title, text(root, "#overview h1"))
    yield from same(place, "version", release.version, text(root, "#data strong"))
    listed = [*zip(texts(root, ".files a"), texts(root, ".files .sha256"), strict=False)]
    yield from same(place, "files", [(name, stats.sha256) for name, stats in sorted(files.items())], listed)
    yield from same(place, "links of the files", sorted(files), attributes(root, ".files a", "href"))
    sizes = [_size(stats.bytes) for _, stats in sorted(files.items())]
    yield from same(place, "sizes of the files", sizes, texts(root, ".files .bytes"))
    yield from same(place, "citation", [*_citation(release)], texts(root, "#data .copyable pre")[:2])


def linked_data_is_croissant(root: LexborNode, descriptor: dict[str, Any], place: Place) -> Iterator[Finding]:
    """The linked data is the dataset's description for catalogues, without those of its columns."""
    try:
        found = json.loads(text(root, 'script[type="application/ld+json"]') or "")
    except ValueError as error:
        yield place.says(f"linked data: {error}; build it again")
        return
    expected = described(descriptor)
    for record_set in expected["recordSet"]:
        for field in record_set["field"]:
            del field["description"]
    yield from description_differs(place._replace(key="linked data"), expected, found)


def _citation(release: Release) -> Iterator[str]:
    authors = " and ".join(release.authors)
    of_texts = "Texts: President of Russia, kremlin.ru, CC-BY-4.0"
    yield f"{authors} ({release.created.year}). {release.title}, version {release.version} [data set]. {of_texts}."
    braced = " and ".join(f"{{{tex(author)}}}" for author in release.authors)
    lines = [
        f"@dataset{{kremlin-meetings-{release.version},",
        f"  author = {{{braced}}},",
        f"  title = {{{tex(release.title)}}},",
        f"  year = {{{release.created.year}}},",
        f"  version = {{{release.version}}},",
        f"  note = {{{tex(of_texts)}}},",
        "}",
    ]
    yield "\n".join(lines)


def _size(count: int) -> str:
    if count < 1000:
        return f"{count:,} bytes"
    return f"{count / 1e3:,.1f} kB" if count < 1e6 else f"{count / 1e6:,.1f} MB"


def _numbers(root: LexborNode, facts: Facts, place: Place) -> Iterator[Finding]:
    meetings, turns, words = _totals(facts)
    wanted = [f"{number:,}" for number in (meetings, turns, len(facts.names), words)]
    yield from same(place, "numbers", wanted, texts(root, ".numbers dd"))


def _cards(root: LexborNode, facts: Facts, place: Place) -> Iterator[Finding]:
    """The list of the meetings, with the strip of each."""
    cards = root.css(".card")
    ids = [card.attributes.get("data-meeting") for card in cards]
    yield from same(place, "meetings", list(facts.meetings), ids)
    for (key, row), card in zip(facts.meetings.items(), cards, strict=False):
        here = place._replace(key=key)
        yield from same(here, "title", (row["title"], f"#{key}"), (text(card, "h3"), attribute(card, "h3 a", "href")))
        where = f" · {row['place']}" if row["place"] else ""
        yield from same(here, "date and place", day_of(row["date"]) + where, text(card, ".when"))
        turns = f"{row['utterance_count']:,} turn{'' if row['utterance_count'] == 1 else 's'}"
        excerpt = " · excerpt" if row["is_excerpt"] else ""
        yield from same(here, "counts", f"{turns} · {row['word_count']:,} words{excerpt}", text(card, ".facts"))
        words = [count for *_, count in facts.turns_of[key]]
        lengths = [(percent(sum(words[:at]), sum(words)), percent(count, sum(words))) for at, count in enumerate(words)]
        found = [(rect.attributes.get("x"), rect.attributes.get("width")) for rect in card.css(".strip rect")]
        yield from same(here, "strip", lengths, found)
        patterns = facts.patterns([speaker for _, speaker, _ in facts.turns_of[key]])
        yield from same(here, "patterns of the strip", patterns, attributes(card, ".strip rect", "class"))


def _years(root: LexborNode, facts: Facts, place: Place) -> Iterator[Finding]:
    rows = [(year, *facts.of_year(year)) for year in facts.years]
    most = max((words for *_, words in rows), default=0)
    for table in root.css("table.years"):
        shown = [[f"{year}", *(f"{number:,}" for number in numbers)] for year, *numbers in rows]
        yield from same(place, "years", shown, cells(table, "tbody tr"))
        bars = [percent(words, most) for *_, words in rows]
        yield from same(place, "bars of the years", bars, attributes(table, ".bar rect", "width"))


def _dots(root: LexborNode, facts: Facts, place: Place) -> Iterator[Finding]:
    """The time line."""
    titles = [f"{day_of(row['date'])}: {row['title']}, {row['word_count']:,} words" for row in facts.meetings.values()]
    yield from same(place, "time line", titles, texts(root, "#timeline circle title"))
    links = [(link or "").partition("#")[2] for link in attributes(root, "#timeline svg a", "href")]
    yield from same(place, "links of the time line", [*facts.meetings], links)
    first, after = dt.date(facts.years[0], 1, 1), dt.date(facts.years[-1] + 1, 1, 1)
    most = max(row["word_count"] for row in facts.meetings.values())
    dots = [
        (
            f"{2 + 96 * (row['date'] - first).days / (after - first).days:.2f}%",
            f"{4 + 8 * math.sqrt(row['word_count'] / most if most else 0):.1f}",
        )
        for row in facts.meetings.values()
    ]
    found = [(dot.attributes.get("cx"), dot.attributes.get("r")) for dot in root.css("#timeline circle")]
    yield from same(place, "places on the time line", dots, found)


def _speakers(root: LexborNode, facts: Facts, place: Place) -> Iterator[Finding]:
    """Words by speaker and year."""
    ranked = facts.ranked
    rows = [
        (facts.names[speaker], [facts.words_in[speaker, year] for year in facts.years])
        for speaker in ranked[:MOST_SPEAKERS]
    ]
    if rest := ranked[MOST_SPEAKERS:]:
        others = [sum(facts.words_in[speaker, year] for speaker in rest) for year in facts.years]
        rows.append((f"{len(rest):,} others", others))
    if any(unnamed := [facts.words_in[None, year] for year in facts.years]):
        rows.append(("Voices without a name", unnamed))
    most = max((words for _, by_year in rows for words in by_year), default=0)
    tables = root.css("#words-by-speaker table")
    yield from same(place, "speakers", len(rows), len(tables))
    for (name, words), table in zip(rows, tables, strict=False):
        here = place._replace(key=name)
        caption = " ".join((text(table, "caption") or "").split())
        yield from same(here, "words by speaker", f"{name} {sum(words):,}", caption)
        shown = [[f"{year}", f"{count:,}"] for year, count in zip(facts.years, words, strict=True)]
        yield from same(here, "words by year", shown, cells(table, "tbody tr"))
        bars = [percent(count, most) for count in words]
        yield from same(here, "bars by year", bars, attributes(table, ".bar rect", "width"))


def _shares(root: LexborNode, facts: Facts, place: Place, *, is_folder: bool) -> Iterator[Finding]:
    """What the sources consist of: of each meeting, or of each year where they are many."""
    if is_folder or len(facts.meetings) > MOST_DOTS:
        rows: list[tuple[str, Counter[str]]] = []
        for year in facts.years:
            of_year = [facts.shares[key] for key, row in facts.meetings.items() if row["date"].year == year]
            if of_year:
                rows.append((f"{year}", sum(of_year, Counter())))
    else:
        rows = [(f"{day_of(row['date'])}: {row['title']}", facts.shares[key]) for key, row in facts.meetings.items()]
        links = [(link or "").partition("#")[2] for link in attributes(root, "#what-sources-hold h4 a", "href")]
        yield from same(place, "links of the sources", [*facts.meetings], links)
    legend = [" ".join(name.split()) for name in texts(root, "#what-sources-hold .legend")]
    yield from same(place, "groups", GROUPS, legend)
    shown = root.css("#what-sources-hold .share")
    yield from same(place, "sources", [name for name, _ in rows], texts(root, "#what-sources-hold .share h4"))
    for (name, counts), share in zip(rows, shown, strict=False):
        here = place._replace(key=name)
        items = share.css(".shares li")
        found = [(item.attributes.get("data-group"), text(item, ".size"), text(item, ".part")) for item in items]
        yield from same(here, "shares", parts_of(counts), found)
        sizes = [counts[group] for group in GROUPS if counts[group]]
        lengths = [(percent(sum(sizes[:at]), sum(sizes)), percent(size, sum(sizes))) for at, size in enumerate(sizes)]
        drawn = [(rect.attributes.get("x"), rect.attributes.get("width")) for rect in share.css(".stack rect")]
        yield from same(here, "lengths of the shares", lengths, drawn)
        parts = [(GROUPS.index(name), f"{name}: {size}") for name, size, _ in parts_of(counts)]
        yield from same(here, "names of the shares", [name for _, name in parts], texts(share, ".stack title"))
        for kind in (".stack", ".swatch"):
            patterns = [f"f{number}" for number, _ in parts]
            yield from same(here, f"patterns of {kind}", patterns, attributes(share, f"{kind} rect", "class"))
