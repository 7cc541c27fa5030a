"""Fills the page's templates from the tables."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from builder.exports import StagedPackage, TooLargeError
from builder.exports.by_meeting import Row, by_meeting
from builder.exports.page import citation, head
from builder.exports.page.filters import environment
from builder.exports.page.overview import PATTERNS, Overview
from builder.exports.page.pictures import MOST_DOTS, describe, of_sources, of_speakers
from builder.exports.page.site import FOLDER, INDEX, MOST_APPEARANCES, Part, Site
from builder.exports.page.transcript import GROUPS, ShownTurn, parts_of
from builder.exports.page.word_index import WordIndex
from builder.package.export_files import EXPORTS
from builder.package.formats import FORMATS
from builder.package.release import LICENCE_TITLE

Context = dict[str, Any]

MOST_BYTES = 5_000_000
"""Of a file of the folder."""
MOST_PEOPLE = 100
"""Persons whom the index lists."""
MOST_COMPANIONS = 30
"""Persons whom a person's page names as speaking at the same meetings."""
SENTENCE = (
    "Official transcripts of meetings of the President of Russia, as his English website prints them: who spoke, in what office, "
    "and where every line stands in its source."
)


class Pages:
    """The files of the page of one package."""

    def __init__(self, package: StagedPackage, overview: Overview, site: Site) -> None:
        self._package, self._overview, self._site = package, overview, site
        self._names = {key: person.row["name"] for key, person in overview.people.items()}
        self._environment = environment([*overview.years])

    def write_index(self, path: Path, **more: Any) -> None:
        """Writes the index, with the transcripts and persons if they are given."""
        self._write(path, "index.html", INDEX, self._of_index() | more)

    def write_part(self, part: Part, transcripts: Iterable[Context], persons: Iterable[Context]) -> None:
        """Writes a file of the folder. Raises `TooLargeError` where it would have more bytes than a browser should read."""
        path = self._package.dist / part.file
        title = f"{part.title} – {self._package.release.title}"
        about = {"part": part, "title": title, "linked_data": None, "folder_data": None}
        self._write(
            path, "part.html", part.file, about | {"transcripts": lambda: transcripts, "persons": lambda: persons}
        )
        if path.stat().st_size > MOST_BYTES:
            raise TooLargeError(f"{FOLDER}/{path.name} has more than {MOST_BYTES:,} bytes; use the tables or text.zip")

    def _write(self, path: Path, template: str, here: str, context: Context) -> None:
        whole = self._common() | {"site": self._site.seen_from(here)} | context
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(self._environment.get_template(template).generate(whole))

    def _common(self) -> Context:
        """What every file shows."""
        release, style = self._package.release, head.asset("page.css")
        scripts = [head.FIRST_SCRIPT, head.minisearch(), head.asset("page.js")]
        return {
            "release": release,
            "overview": self._overview,
            "meetings": self._overview.meetings,
            "years": [*self._overview.years],
            "description": describe(self._overview),
            "policy": head.policy(style, scripts, may_fetch=self._site.is_folder),
            "style": style,
            "scripts": scripts,
            "cite": lambda meeting, source, turn: citation.of_turn(release, meeting, source, turn.row, turn.name),
        }

    def _of_index(self) -> Context:
        """What the index shows beside the transcripts."""
        overview, release = self._overview, self._package.release
        files, years = _files(self._package), [*overview.years]
        speakers = of_speakers(overview, self._site)
        return {
            "title": f"{release.title}: who said what, and where it stands in the source",
            "sentence": SENTENCE,
            "linked_data": head.linked_data(self._package),
            "folder_data": None,
            "total": overview.total(),
            "ranked": overview.ranked,
            "top": [*enumerate(overview.ranked[:PATTERNS])],
            "most_people": MOST_PEOPLE,
            "most_dots": MOST_DOTS,
            "every": len(years) // 7 + 1,
            "most_words": max((row["word_count"] for row in overview.meetings.values()), default=0),
            "speakers": speakers,
            "most_in_a_year": max((words for _, by_year, *_ in speakers for words in by_year.values()), default=0),
            "groups": [*GROUPS],
            "sources": of_sources(overview, self._site, self._package.tables),
            "files": files,
            "dataset": citation.of_dataset(release),
            "licence_title": LICENCE_TITLE,
        }

    def folder_data(self, firsts: Sequence[str]) -> str:
        """What a search over the folder must know: the first word of each file of its index, and the meetings of each page."""
        parts: list[Context] = []
        first = 0
        for part in self._site.parts:
            year, count = part.title[:4], len(part.meetings)
            parts.append({"file": part.file, "title": part.title, "year": year, "first": first, "count": count})
            first += count
        return head.inline_json({"words": [*firsts], "parts": parts})

    def all_transcripts(self, words: WordIndex | None = None) -> Iterator[Context]:
        """The meetings, one at a time; their words go into the index."""
        for meeting, tables in by_meeting(self._package.tables, "utterances", "participations", "segments"):
            if words:
                words.add(tables["utterances"])
            yield self._transcript(meeting, tables)

    def _transcript(self, meeting: Row, tables: dict[str, list[Any]]) -> Context:
        utterances = tables["utterances"]
        countries = {row["speaker_id"]: row["country"] for row in tables["participations"]}
        patterns = self._overview.patterns([row["speaker_id"] for row in utterances])
        turns = [
            ShownTurn(
                row,
                row["sequence"],
                self._names[row["speaker_id"]] if row["speaker_id"] else row["label"],
                countries.get(row["speaker_id"]),
                pattern,
            )
            for row, pattern in zip(utterances, patterns, strict=True)
        ]
        words = [row["word_count"] for row in utterances]
        return {
            "meeting": meeting,
            "source": self._overview.sources[meeting["meeting_id"]],
            "strip": [
                (turn.row["utterance_id"], turn.number, turn.name, turn.pattern, length, before)
                for turn, length, before in zip(turns, words, [0, *accumulate(words)], strict=False)
            ],
            "parts": parts_of(tables["segments"], {turn.row["utterance_id"]: turn for turn in turns}),
            "longest": max(words, default=0),
        }

    def all_persons(self) -> Iterator[Context]:
        """Every person, first who says most."""
        return self.persons([person.row["speaker_id"] for person in self._overview.ranked])

    def persons(self, speakers: Iterable[str]) -> Iterator[Context]:
        """These persons, one at a time."""
        for speaker in speakers:
            person = self._overview.people[speaker]
            others = sorted(person.companions.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COMPANIONS]
            yield {
                "person": person,
                "companions": [(self._overview.people[other], count) for other, count in others],
                "pattern": self._overview.pattern(speaker),
                "shown": person.meetings[-MOST_APPEARANCES:],
            }


def _files(package: StagedPackage) -> list[Context]:
    """The files that lie beside the page, with what each is."""
    version = package.release.version
    types = {file.name(version): file.media_type for export in EXPORTS for file in export.files}
    types |= {f".{form.name}": form.media_type for form in FORMATS}
    paths = [path for path in sorted(package.dist.iterdir()) if path.is_file() and path.name != INDEX]
    stats = package.stats(path.name for path in paths)
    return [
        stats[path.name]._asdict() | {"name": path.name, "media_type": types.get(path.name) or types[path.suffix]}
        for path in paths
    ]
