"""A person on the page has the turns, offices and words that the tables give them."""

from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from builder.verify.exports.page.facts import Facts
from builder.verify.exports.page.html import attribute, attributes, cells, day_of, percent, text, texts
from builder.verify.findings import Finding, Place, same

MOST_APPEARANCES = 500
MOST_COMPANIONS = 30


def person_is_shown(
    article: LexborNode, speaker: str, facts: Facts, place: Place, *, with_turns: bool
) -> Iterator[Finding]:
    """Compares an article with the rows of its speaker."""
    rows = facts.participations[speaker]
    turns = sum(row["utterance_count"] for row in rows)
    yield from same(place, "name", facts.names[speaker], text(article, "h1"))
    counts = [_several(turns, "turn"), f"{facts.words[speaker]:,} words", _several(len(rows), "meeting")]
    yield from same(place, "counts", counts, texts(article, ".facts .count"))
    number = facts.wikidata[speaker]
    link = number and f"https://www.wikidata.org/wiki/{number}"
    yield from same(place, "wikidata_id", link, attribute(article, ".wikidata", "href"))
    yield from same(place, "text of wikidata_id", number and f"Wikidata {number}", text(article, ".wikidata"))
    offices = [
        [row["office"], day_of(row["first_date"]), day_of(row["last_date"]), f"{row['meeting_count']:,}"]
        for row in sorted(facts.offices[speaker], key=lambda row: (row["first_date"], row["office"]))
    ]
    yield from same(place, "offices", offices, cells(article, ".offices tbody tr"))
    words = [facts.words_in[speaker, year] for year in facts.years]
    by_year = [[f"{year}", f"{count:,}"] for year, count in zip(facts.years, words, strict=True)]
    yield from same(place, "words by year", by_year, cells(article, ".by-year tr"))
    bars = [percent(count, max(words)) for count in words]
    yield from same(place, "bars by year", bars, attributes(article, ".by-year .bar rect", "width"))
    yield from _companions(article, speaker, facts, place)
    yield from _appearances(article, speaker, facts, place, with_turns=with_turns)


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _companions(article: LexborNode, speaker: str, facts: Facts, place: Place) -> Iterator[Finding]:
    met: Counter[str] = Counter()
    for row in facts.participations[speaker]:
        met.update(facts.speakers_at[row["meeting_id"]])
    del met[speaker]
    most = sorted(met, key=lambda other: (-met[other], other))[:MOST_COMPANIONS]
    wanted = [(facts.names[other], f"person:{other}", _several(met[other], "meeting")) for other in most]
    links = [(link or "").partition("#")[2] for link in attributes(article, ".companions a", "href")]
    found = [*zip(texts(article, ".companions a"), links, texts(article, ".companions .times"), strict=False)]
    yield from same(place, "who spoke at the same meetings", wanted, found)


def _appearances(
    article: LexborNode, speaker: str, facts: Facts, place: Place, *, with_turns: bool
) -> Iterator[Finding]:
    rows = facts.participations[speaker][-MOST_APPEARANCES:]
    items = article.css(".appearances > li")
    yield from same(place, "number of meetings", len(rows), len(items))
    for row, item in zip(rows, items, strict=False):
        meeting = facts.meetings[row["meeting_id"]]
        here = place._replace(key=f"{speaker}, {row['meeting_id']}")
        link = (attribute(item, "a", "href") or "").partition("#")[2]
        yield from same(here, "meeting", (meeting["title"], row["meeting_id"]), (text(item, "a"), link))
        yield from same(here, "date", day_of(meeting["date"]), text(item, "time"))
        yield from same(here, "role", row["role"], text(item, ".office"))
        yield from same(here, "country", row["country"], attribute(item, ".state", "data-country"))
        counts = f"{row['word_count']:,} words in {_several(row['utterance_count'], 'turn')}"
        yield from same(here, "counts", counts, text(item, ".words"))
        said = [number for number, who, _ in facts.turns_of[row["meeting_id"]] if who == speaker] if with_turns else []
        yield from same(here, "turns", [f"#{number}" for number in said], texts(item, ".chips a"))
        links = [(link or "").partition("#")[2] for link in attributes(item, ".chips a", "href")]
        yield from same(here, "links of the turns", [f"{row['meeting_id']}-{number:04}" for number in said], links)
