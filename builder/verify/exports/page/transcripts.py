"""A meeting on the page is its source, character by character, cut into the turns that the tables say."""

from collections.abc import Iterator
from typing import Any

import pycountry
from selectolax.lexbor import LexborNode

from builder.verify.exports.page.facts import Facts
from builder.verify.exports.page.html import attribute, attributes, day_of, percent, text, texts
from builder.verify.findings import Finding, Place, same
from builder.verify.package_rows import Meeting
from schema.text import normal_form

Row = dict[str, Any]


def meeting_is_shown(
    article: LexborNode, meeting: Meeting, facts: Facts, dataset: str, place: Place
) -> Iterator[Finding]:
    """Compares an article with the rows of its meeting. `dataset` is its title and version."""
    yield from _head(article, meeting, place)
    row, source = meeting.meetings[0], meeting.source or {}
    on_paper = f"{row['url'] or source.get('path')} · {dataset}, {row['meeting_id']}"
    yield from same(place, "line on paper", on_paper, text(article, ".on-paper"))
    about = f"all of its {source.get('text_length'):,} characters."
    yield from same(place, "characters of the source", True, about in (text(article, ".in-source") or ""))
    whole = f"#source:{row['meeting_id']}"
    yield from same(place, "link of the source", whole, attribute(article, ".head .to-source", "href"))
    pieces = [*_pieces(article)]
    wanted = [(segment.kind, segment.text) for segment in meeting.segments]
    for number, (one, other) in enumerate(zip(wanted, pieces, strict=False), start=1):
        yield from same(place, f"segment {number}", one, other[:2])
    yield from same(place, "number of segments", len(wanted), len(pieces))
    for segment, piece in zip(meeting.segments, pieces, strict=False):
        if segment.utterance_id:
            yield from same(place, f"turn of segment {segment.sequence}", segment.utterance_id, piece[2])
    turns = article.css("section.turn")
    yield from same(
        place,
        "turns",
        [row["utterance_id"] for row in meeting.utterances],
        [turn.attributes.get("id") for turn in turns],
    )
    countries = {row["speaker_id"]: row["country"] for row in meeting.participations}
    for row, turn in zip(meeting.utterances, turns, strict=False):
        here = place._replace(key=row["utterance_id"])
        name = facts.names[row["speaker_id"]] if row["speaker_id"] else row["label"]
        yield from _turn(turn, row, name, here)
        citations = [*_citations(row, meeting, name, dataset)]
        yield from same(here, "citations", citations, texts(turn, ".cite pre"))
        yield from _state(turn, countries.get(row["speaker_id"]), here)
    yield from _strip(article, meeting, facts, place)


def _head(article: LexborNode, meeting: Meeting, place: Place) -> Iterator[Finding]:
    row, source = meeting.meetings[0], meeting.source or {}
    time = f"T{row['time']}" if row["time"] else ""
    expected = {
        "date": (str(row["date"]), article.attributes.get("data-date")),
        "time": (f"{row['date']}{time}", attribute(article, ".head time", "datetime")),
        "title": (row["title"], text(article, ".head h1")),
        "place": (row["place"], text(article, ".head .where")),
        "kind": (row["kind"] and row["kind"].replace("_", " "), text(article, ".head .kind")),
        "is_excerpt": (bool(row["is_excerpt"]), article.css_first(".head .excerpt") is not None),
        "url": ((row["url"],) * 2, (text(article, ".head .url"), attribute(article, ".head .url", "href"))),
        "path": (source.get("path"), text(article, ".head .path")),
        "layout": (source.get("layout"), text(article, ".head .layout")),
        "sha256": (source.get("sha256"), text(article, ".head .sha256")),
        "text_sha256": (source.get("text_sha256"), text(article, ".head .text-sha256")),
        "text_length": (f"{source.get('text_length'):,}", text(article, ".head .length")),
        "language": (row["language"], attribute(article, ".text", "lang")),
    }
    for name, (wanted, found) in expected.items():
        yield from same(place, name, wanted, found)
    turns = f"{row['utterance_count']:,} turn{'' if row['utterance_count'] == 1 else 's'}"
    yield from same(place, "counts", [turns, f"{row['word_count']:,} words"], texts(article, ".head .count"))
    shown = article.css_first(".head time")
    clock = f", {str(row['time'])[:5]}" if row["time"] else ""
    yield from same(place, "date as shown", day_of(row["date"]) + clock, shown and shown.text())


def _pieces(article: LexborNode) -> Iterator[tuple[str | None, str, str | None]]:
    """The segments of the article: kind, text, and the turn in which each stands."""
    body = article.css_first(".text")
    for container in body.iter() if body else ():
        turn = container.attributes.get("id") if container.tag == "section" else None
        for child in container.iter():
            for node in child.iter() if child.tag == "p" else (child,):
                if node.tag == "span" and node.attributes.get("class") != "at" and container.tag != "p":
                    yield node.attributes.get("class"), node.text(), turn


def _turn(turn: LexborNode, row: Row, name: str, place: Place) -> Iterator[Finding]:
    yield from same(place, "speaker_id", row["speaker_id"], turn.attributes.get("data-speaker"))
    yield from same(place, "speaker", name, text(turn, ".who .name"))
    link = attribute(turn, ".who a.name", "href")
    person = f"person:{row['speaker_id']}" if row["speaker_id"] else None
    yield from same(place, "link of the speaker", person, link and link.partition("#")[2])
    yield from same(place, "role", row["role"], text(turn, ".who .office"))
    yield from same(place, "note", row["note"], text(turn, ".who .turn-note"))
    paragraphs = ["".join(texts(p, "span.speech, span.insertion")) for p in turn.css("p.said")]
    said = "\n\n".join(filter(None, map(normal_form, paragraphs)))
    if said or any(kind in ("speech", "insertion") for kind in attributes(turn, "span", "class")):
        yield from same(place, "text", row["text"], said)
    number = row["sequence"]
    back = f"Turn {number}, characters {row['start_char']:,}–{row['end_char']:,} · back to the transcript"
    yield from same(place, "offsets", back, text(turn, ".back"))
    links = [f"#{row['utterance_id']}", f"#{row['utterance_id']}", f"#source:{row['utterance_id']}"]
    found = [attribute(turn, selector, "href") for selector in (".back", ".tools .number", ".tools .to-source")]
    yield from same(place, "links", links, found)
    yield from same(place, "number", f"#{number}", text(turn, ".tools .number"))
    yield from same(place, "place of the source", f"source:{row['utterance_id']}", attribute(turn, ".at", "id"))


def _state(turn: LexborNode, code: str | None, place: Place) -> Iterator[Finding]:
    yield from same(place, "country", code, attribute(turn, ".who .state", "data-country"))
    shown = text(turn, ".who .state")
    country = pycountry.countries.get(alpha_3=code) if code else None
    names = [getattr(country, name, None) for name in ("common_name", "name", "official_name")]
    if country and not (shown and any(name and shown in name for name in [*names, "Russia" * (code == "RUS")])):
        yield place.differs("name of the state", country.name, shown)


def _citations(row: Row, meeting: Meeting, name: str, dataset: str) -> Iterator[str]:
    """The citation as text and as BibTeX."""
    event, source = meeting.meetings[0], meeting.source or {}
    date = event["date"]
    where = (
        f"characters {row['start_char']}–{row['end_char']} of the source text with SHA-256 {source.get('text_sha256')}"
    )
    turn = f"urn {row['sequence']} of {event['utterance_count']}"
    data = f"{dataset}, {row['utterance_id']}"
    url = f" {event['url']}." if event["url"] else ""
    day = day_of(date)
    yield f"{name}, t{turn} in “{event['title']}”, {day}. President of Russia.{url} {data}: {where}."
    lines = [
        f"@misc{{{row['utterance_id']},",
        f"  author = {{{{{tex(name)}}}}},",
        f"  title = {{{tex(event['title'])}}},",
        f"  year = {{{date.year}}},",
        f"  month = {{{date.month}}},",
        "  howpublished = {President of Russia},",
        *([f"  url = {{{event['url']}}},"] if event["url"] else []),
        f"  note = {{{tex(f'T{turn}. {data}: {where}')}}},",
        "}",
    ]
    yield "\n".join(lines)


def tex(value: str) -> str:
    """A text as BibTeX writes it."""
    out = ""
    for character in value:
        if character in "{}%&#$_":
            out += "\\" + character
        else:
            out += {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}.get(
                character, character
            )
    return out


def _strip(article: LexborNode, meeting: Meeting, facts: Facts, place: Place) -> Iterator[Finding]:
    """The strip of turns and the list beneath it."""
    rows = meeting.utterances
    who = [facts.names[row["speaker_id"]] if row["speaker_id"] else row["label"] for row in rows]
    words = [row["word_count"] for row in rows]
    whole, most = meeting.meetings[0]["word_count"], max(words, default=0)
    titles = [f"{row['sequence']}. {name}: {row['word_count']:,} words" for row, name in zip(rows, who, strict=True)]
    yield from same(place, "strip", titles, texts(article, ".contents .strip title"))
    lengths = [(percent(sum(words[:at]), whole), percent(count, whole)) for at, count in enumerate(words)]
    found = [(rect.attributes.get("x"), rect.attributes.get("width")) for rect in article.css(".contents .strip rect")]
    yield from same(place, "lengths of the strip", lengths, found)
    yield from same(place, "contents", who, texts(article, ".contents .speaker"))
    yield from same(
        place, "words of the contents", [f"{count:,}" for count in words], texts(article, ".contents .words")
    )
    patterns = facts.patterns([row["speaker_id"] for row in rows])
    for name in (".contents .strip", ".contents .swatch", ".contents .bar", ".who .swatch"):
        yield from same(place, f"patterns of {name}", patterns, attributes(article, f"{name} rect", "class"))
    bars = attributes(article, ".contents .bar rect", "width")
    yield from same(place, "bars of the contents", [percent(count, most) for count in words], bars)
    anchors = [f"#{row['utterance_id']}" for row in rows]
    yield from same(place, "links of the strip", anchors, attributes(article, ".contents .strip a", "href"))
    yield from same(place, "links of the contents", anchors, attributes(article, ".contents li a", "href"))
