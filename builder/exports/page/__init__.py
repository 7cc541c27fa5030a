"""A page to look at, search and quote from: one HTML file that opens from disk and asks the network for nothing.

A large archive has an index and a folder of pages. Each meeting stands in its source's own characters, once: the reader shows the
speech, "source" shows all. Pictures are HTML and SVG beside the numbers that they show.
"""

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from builder.exports import StagedPackage, TooLargeError
from builder.exports.by_meeting import by_meeting
from builder.exports.page import citation, head
from builder.exports.page.overview import UNNAMED, Overview, gather, in_order, shares_by_meeting, with_turns
from builder.exports.page.site import FOLDER, MOST_APPEARANCES, Part, Site, plan
from builder.exports.page.transcript import GROUPS, Block, Turn, parts_of, state_name
from builder.exports.page.word_index import WordIndex
from builder.package.formats import FORMATS
from builder.package.export_files import EXPORTS
from builder.package.package_files import file_stats
from builder.package.release import LICENCE_TITLE, Release

Row = dict[str, Any]
Context = dict[str, Any]

MOST_BYTES = 5_000_000
"""Of a file of the folder."""
MOST_SPEAKERS = 8
"""Persons in the picture of words by speaker and year; all others are one."""
MOST_DOTS = 60
"""Meetings on the time line; more of them have a table of years alone."""
MOST_PEOPLE = 100
"""Persons whom the index lists."""
MOST_COMPANIONS = 30
"""Persons whom a person's page names as speaking at the same meetings."""


def write(package: StagedPackage, index: Path, folder: Path, _: Path) -> None:
    """Writes `index.html` and, of a large archive, the folder's pages. Memory: a meeting, and some hundred bytes a participation."""
    overview = gather(package.tables)
    site = plan(overview)
    pages = _Pages(package, overview, site)
    if not site.is_folder:
        with_turns(overview, package.tables)
        pages.write(index, "index.html", pages.of_index() | {"transcripts": pages.all_transcripts, "persons": pages.all_persons})
        return
    folder.mkdir()
    words = WordIndex()
    transcripts = pages.all_transcripts(words)
    for part in site.parts:
        contexts = (next(transcripts) for _ in part.meetings)
        pages.write_part(package.dist / part.file, part, lambda rows=contexts: rows, lambda: ())  # type: ignore[misc]
    for part in site.people_parts:
        people = part.people
        pages.write_part(package.dist / part.file, part, lambda: (), lambda chosen=people: pages.persons(chosen))  # type: ignore[misc]
    firsts = []
    for number, (first, content) in enumerate(words.files(), start=1):
        (folder / f"words-{number}.json").write_bytes(content)
        firsts.append(first)
    pages.write(index, "index.html", pages.of_index() | {"folder_data": Markup(head.inline_json(_folder_data(site, firsts)))})


class _Pages:
    """Fills the templates from the tables."""

    def __init__(self, package: StagedPackage, overview: Overview, site: Site) -> None:
        self._package, self._overview, self._site = package, overview, site
        self._names = {key: person.row["name"] for key, person in overview.people.items()}
        self._ranks = {person.row["speaker_id"]: rank for rank, person in enumerate(overview.ranked)}
        self._templates = _environment(overview)

    def write(self, path: Path, template: str, context: Context) -> None:
        """Writes a file, piece by piece."""
        site = self._site.seen_from(path.relative_to(self._package.dist).as_posix())
        self._here = site
        stream = self._templates.get_template("index.html" if template == "index.html" else "part.html")
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(stream.generate(self._common() | {"site": site} | context))

    def write_part(self, path: Path, part: Part, transcripts: Any, persons: Any) -> None:
        """Writes a file of the folder."""
        title = f"{part.title} – {self._package.release.title}"
        about = {"part": part, "title": title, "linked_data": None, "folder_data": None, "transcripts": transcripts, "persons": persons}
        self.write(path, "part.html", about)
        if path.stat().st_size > MOST_BYTES:
            raise TooLargeError(f"{FOLDER}/{path.name} would have more than {MOST_BYTES:,} bytes; read the tables instead")

    def _common(self) -> Context:
        release = self._package.release
        style = head.asset("page.css")
        scripts = [head.FIRST_SCRIPT, head.minisearch(), head.asset("page.js")]
        return {
            "release": release,
            "overview": self._overview,
            "meetings": self._overview.meetings,
            "years": [*self._overview.years],
            "description": _description(self._overview),
            "policy": head.policy(style, scripts, may_fetch=self._site.is_folder),
            "style": Markup(style),
            "first_script": Markup(scripts[0]),
            "minisearch": Markup(scripts[1]),
            "script": Markup(scripts[2]),
            "cite": lambda meeting, source, turn: citation.of_turn(release, meeting, source, turn.row, turn.name),
        }

    def of_index(self) -> Context:
        """What the index shows beside the transcripts."""
        overview, release = self._overview, self._package.release
        files = _files(self._package, self._site)
        years = [*overview.years]
        description = _description(overview)
        speakers = self._speakers()
        return {
            "title": f"{release.title}: who said what, and where it stands in the source",
            "sentence": SENTENCE,
            "folder_data": None,
            "linked_data": Markup(head.linked_data(release, description, files, (years[0], years[-1]) if years else None)),
            "total": overview.total(),
            "ranked": overview.ranked,
            "top": [*enumerate(overview.ranked[:3])],
            "most_people": MOST_PEOPLE,
            "most_dots": MOST_DOTS,
            "every": math.ceil(len(years) / 6) or 1,
            "most_words": max((row["word_count"] for row in overview.meetings.values()), default=0),
            "speakers": speakers,
            "most_in_a_year": max((words for _, by_year, *_ in speakers for words in by_year.values()), default=0),
            "groups": [*GROUPS],
            "sources": self._sources(),
            "files": files,
            "dataset": citation.of_dataset(release),
            "licence_title": LICENCE_TITLE,
        }

    def _speakers(self) -> list[tuple[str, dict[int, int], int, str | None]]:
        """The rows of the picture of words by speaker and year: name, words by year, pattern, link."""
        overview = self._overview
        years, ranked = [*overview.years], overview.ranked
        rows: list[tuple[str, dict[int, int], int, str | None]] = []
        for person in ranked[:MOST_SPEAKERS]:
            by_year = {year: person.by_year[year] for year in years}
            rows.append((person.row["name"], by_year, self._pattern(person.row["speaker_id"]), self._site.person(person.row["speaker_id"])))
        if rest := ranked[MOST_SPEAKERS:]:
            by_year = {year: sum(person.by_year[year] for person in rest) for year in years}
            rows.append((f"{len(rest):,} others", by_year, 4, None))
        unnamed = overview.unnamed()
        if any(unnamed.values()):
            rows.append(("Voices without a name", {year: unnamed[year] for year in years}, UNNAMED, None))
        return rows

    def _sources(self) -> list[tuple[str, str | None, list[tuple[str, int, int]]]]:
        """The rows of the picture of what sources consist of: of each meeting, or of each year where they are many."""
        numbers = {group: number for number, group in enumerate(GROUPS)}
        if self._site.is_folder or len(self._overview.meetings) > MOST_DOTS:
            rows: Any = [(f"{year}", None, each.shares) for year, each in self._overview.years.items() if each.meetings]
        else:
            shares = shares_by_meeting(self._package.tables)
            rows = [
                (row["title"], self._site.meeting(key), shares[key]) for key, row in self._overview.meetings.items()
            ]
        return [(name, href, [(group, size, numbers[group]) for group, size in in_order(each)]) for name, href, each in rows]

    def _pattern(self, speaker_id: str) -> int:
        rank = self._ranks[speaker_id]
        return rank if rank < 3 else 3

    def all_transcripts(self, words: WordIndex | None = None) -> Iterator[Context]:
        """The meetings, one at a time; their words go into the index."""
        for meeting, tables in by_meeting(self._package.tables, "utterances", "participations", "segments"):
            if words:
                words.add(tables["utterances"])
            yield self._transcript(meeting, tables)

    def _transcript(self, meeting: Row, tables: dict[str, list[Row]]) -> Context:
        utterances = tables["utterances"]
        countries = {row["speaker_id"]: row["country"] for row in tables["participations"]}
        patterns = self._overview.patterns([row["speaker_id"] for row in utterances])
        turns = [
            Turn(row, row["sequence"], self._names.get(row["speaker_id"], row["label"]), countries.get(row["speaker_id"]), pattern)
            for row, pattern in zip(utterances, patterns, strict=True)
        ]
        words = [row["word_count"] for row in utterances]
        parts: list[Turn | Block] = [*parts_of(tables["segments"], {turn.row["utterance_id"]: turn for turn in turns})]
        return {
            "meeting": meeting,
            "source": self._overview.sources[meeting["meeting_id"]],
            "turns": turns,
            "parts": parts,
            "before": [sum(words[:index]) for index in range(len(words))],
            "longest": max(words, default=0),
        }

    def all_persons(self) -> Iterator[Context]:
        """Every person, first who says most."""
        return self.persons([person.row["speaker_id"] for person in self._overview.ranked])

    def persons(self, speakers: Any) -> Iterator[Context]:
        """These persons, one at a time."""
        for speaker in speakers:
            person = self._overview.people[speaker]
            others = sorted(person.companions.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COMPANIONS]
            yield {
                "person": person,
                "companions": [(self._overview.people[other], count) for other, count in others],
                "pattern": self._pattern(speaker),
                "shown": person.meetings[-MOST_APPEARANCES:],
            }


def _folder_data(site: Site, firsts: list[str]) -> Context:
    """What a search over the folder must know: the first word of each file of the index, and which file has which meetings."""
    parts, first = [], 0
    for part in site.parts:
        parts.append({"file": part.file, "title": part.title, "year": part.title[:4], "first": first, "count": len(part.meetings)})
        first += len(part.meetings)
    return {"words": firsts, "parts": parts}


SENTENCE = (
    "Official transcripts of meetings of the President of Russia, as his English website prints them: who spoke, in what office, "
    "and where every line stands in its source."
)


def _description(overview: Overview) -> str:
    total, years = overview.total(), [*overview.years]
    span = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    return (
        f"Read, search and cite what was said at {total.meetings:,} meeting{'s' if total.meetings != 1 else ''} of the President of "
        f"Russia{span}: {total.words:,} words in {total.turns:,} turns, each shown in its source, character by character."
    )


def _files(package: StagedPackage, site: Site) -> list[Context]:
    """The files that lie beside the page, with what each is."""
    titles = {file.name(package.release.version): file.media_type for export in EXPORTS for file in export.files}
    titles |= {f".{form.name}": form.media_type for form in FORMATS}
    files = []
    for path in sorted(package.dist.iterdir()):
        if path.is_file() and path.name != "index.html":
            stats = file_stats(path)
            kind = titles.get(path.name) or titles.get(path.suffix)
            files.append({"name": path.name, "bytes": stats.bytes, "sha256": stats.sha256, "media_type": kind})
    return files


def _environment(overview: Overview) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(head.HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    years = [*overview.years]
    first, last = (dt.date(years[0], 1, 1), dt.date(years[-1] + 1, 1, 1)) if years else (dt.date.min, dt.date.max)

    def date_at(date: dt.date) -> str:
        return _percent(20 + 960 * (date - first).days / (last - first).days, 1000)

    def year_at(year: int, middle: float = 0) -> str:
        begin, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        return _percent(20 + 960 * ((begin - first).days + middle * (end - begin).days) / (last - first).days, 1000)

    environment.filters |= {
        "number": lambda value: f"{value:,}",
        "percent": _percent,
        "share": lambda part, whole: f"{100 * part / whole:.1f}%",
        "day": citation.day,
        "state": state_name,
        "size": _size,
        "date_at": date_at,
        "year_at": year_at,
        "radius": lambda words, most: f"{4 + 8 * math.sqrt(words / most if most else 0):.1f}",
    }
    return environment


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole if whole else 0:.2f}%"


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 1000 else f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"


