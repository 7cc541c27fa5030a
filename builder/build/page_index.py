"""What is known of every page of a build, on disk: which stand for one event, their ids, their order, who speaks in them.

A build's memory must not grow with the archive, so this is a database in the build's own folder and not a list.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from builder.build.events import (
    Duplicate,
    EventByWords,
    EventPage,
    event_number,
    events_by_words,
    find_duplicates,
    first_event,
)
from builder.build.speaker_countries import find_countries
from builder.build.speaker_links import link_speakers
from builder.build.spool import Slices, rows_of_page
from builder.package.reader import as_tuples
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker
from schema.events import NARRATION, SPEECH, duplicate_reason
from schema.ids import distinct_meeting_id, meeting_date
from schema.vocabularies import SourceStatus

_SCHEMA = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, sha256 TEXT, byte_size INTEGER, media_type TEXT NOT NULL, encoding TEXT, layout TEXT,
    status TEXT NOT NULL, reason TEXT, given TEXT, duplicate_of TEXT, meeting_id TEXT, text_length INTEGER,
    text_sha256 TEXT, rank INTEGER, name TEXT, event_id TEXT, words_kind TEXT, opening TEXT, words_sha256 TEXT,
    word_count INTEGER, shows_cut INTEGER, batch INTEGER, slices BLOB, event TEXT, taken_event_id TEXT
) WITHOUT ROWID;
CREATE TABLE speaker (
    path TEXT NOT NULL, page_id TEXT NOT NULL, plain_id TEXT NOT NULL, speaker_id TEXT NOT NULL, name TEXT NOT NULL,
    given_name TEXT, family_name TEXT, site_person_id TEXT, wikidata_id TEXT, is_of_reference INTEGER NOT NULL,
    is_order_shown INTEGER NOT NULL, role TEXT, role_evidence TEXT,
    country TEXT, found_country TEXT, joined_to TEXT
);
CREATE TABLE form (path TEXT NOT NULL, page_id TEXT NOT NULL, form TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE TABLE mentioned (
    path TEXT NOT NULL, page_id TEXT NOT NULL, plain_id TEXT NOT NULL, site_person_id TEXT, role TEXT,
    speaker_id TEXT
);
CREATE TABLE notice (path TEXT NOT NULL, text TEXT NOT NULL);
"""


class PageEntry(NamedTuple):
    """One input in the index: what `sources` says of it, and what decides over its event."""

    path: str
    sha256: str | None
    byte_size: int | None
    media_type: str
    encoding: str | None
    layout: str | None
    status: SourceStatus
    reason: str | None
    text_length: int | None
    text_sha256: str | None
    given: str | None = None
    """The columns of its meeting whose value stands beside the page, parted by spaces."""
    rank: int = 0
    name: str | None = None
    """The date and slug of its title: its meeting's id, unless another event has the same."""
    event_id: str | None = None
    words_kind: str | None = None
    """This and the next fields: see `EventPage`."""
    opening: str | None = None
    words_sha256: str | None = None
    word_count: int = 0
    shows_cut: bool = False
    speakers: tuple[PageSpeaker, ...] = ()
    mentioned: tuple[Mentioned, ...] = ()
    """The persons mentioned in its speech."""
    notices: tuple[str, ...] = ()
    """What is no error on the page but should be known, if the page is included."""
    slices: Slices | None = None


class PlacedPage(NamedTuple):
    """An included page: where its rows are, the meeting id they have, and the one they get."""

    batch: int
    name: str
    meeting_id: str
    taken_event_id: str | None
    """The number of its event, if another page prints it and this one does not."""
    slices: Slices
    speaker_ids: Mapping[str, str]
    """The final ids of the speakers whose id on the page is another."""
    mentioned_ids: Mapping[str, str]
    """The speaker ids of the persons it mentions who speak on some page, by their id on this page."""
    countries: Mapping[str, str]
    """The countries that other pages show, by the speaker's id on this page."""
    joined: Mapping[str, str]
    """The speakers of this page who are one person with another of its speakers, whose row stays, by their ids on this page."""


_PAGE_COLUMNS = tuple(name for name in PageEntry._fields if name not in ("speakers", "mentioned", "notices", "slices"))
_page_row = attrgetter(*_PAGE_COLUMNS)
_INSERT_PAGE = f"INSERT INTO page ({', '.join(_PAGE_COLUMNS)}, batch, slices) VALUES ({'?, ' * len(_PAGE_COLUMNS)}?, ?)"
_SPEAKER_COLUMNS = (
    "plain_id",
    "name",
    "given_name",
    "family_name",
    "site_person_id",
    "is_order_shown",
    "role",
    "role_evidence",
    "country",
)
_of_speaker = attrgetter(*_SPEAKER_COLUMNS)
_INSERT_SPEAKER = (
    f"INSERT INTO speaker ({', '.join(_SPEAKER_COLUMNS)}, path, page_id, speaker_id, wikidata_id, is_of_reference) "
    f"VALUES ({'?, ' * len(_SPEAKER_COLUMNS)}?, ?, ?, ?, ?)"
)


def _speaker_row(path: str, speaker: PageSpeaker) -> tuple[object, ...]:
    """A speaker as a row of the index, its id for now the plain one."""
    person = speaker.person
    wikidata_id = person.wikidata_id if person else None
    return (*_of_speaker(speaker), path, speaker.speaker_id, speaker.plain_id, wikidata_id, person is not None)


class PageIndex:
    """The index of one build: SQL stores and orders, pure functions decide. Close it before its folder is removed."""

    db: sqlite3.Connection
    """Read by `index_rows`, which turns it into the tables of all pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self.db = sqlite3.connect(folder / "pages.sqlite", isolation_level=None)
        # It lives as long as the build; there is nothing to recover after a crash.
        self.db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;" + _SCHEMA
        )
        # SQL makes no key itself.
        self.db.create_function("first_event", 2, first_event, deterministic=True)
        self.db.create_function("event_number", 1, event_number, deterministic=True)
        self.db.execute("BEGIN")

    def close(self) -> None:
        self.db.close()

    def add(self, batch: int, entries: Sequence[PageEntry]) -> None:
        """Enters the pages of one batch."""
        speakers = [(e.path, speaker) for e in entries for speaker in e.speakers]
        self.db.executemany(
            _INSERT_PAGE, [(*_page_row(e), batch, msgspec.json.encode(e.slices) if e.slices else None) for e in entries]
        )
        self.db.executemany(_INSERT_SPEAKER, [_speaker_row(path, speaker) for path, speaker in speakers])
        self.db.executemany(
            "INSERT INTO form VALUES (?,?,?,?)",
            [(path, s.speaker_id, name.form, name.evidence) for path, s in speakers for name in s.printed],
        )
        self.db.executemany(
            "INSERT INTO mentioned (path, page_id, plain_id, site_person_id, role) VALUES (?,?,?,?,?)",
            [(e.path, who.page_id, who.plain_id, who.site_person_id, who.role) for e in entries for who in e.mentioned],
        )
        self.db.executemany("INSERT INTO notice VALUES (?,?)", [(e.path, text) for e in entries for text in e.notices])

    def hashes(self) -> set[str]:
        """The hashes of all files and of their texts."""
        rows = self.db.execute("SELECT sha256 FROM page UNION SELECT text_sha256 FROM page")
        return {digest for (digest,) in rows if digest}

    def decide(self) -> list[str]:
        """Decides which pages stand for an event, and gives every meeting and every speaker their id.

        Returns the notices: each duplicate, each date and title of several events, each name of several persons, each person
        with several names, and what the included pages give notice of.
        """
        notices = self._find_events() + self._assign_meeting_ids() + link_speakers(self.db)
        find_countries(self.db)
        pages = self.db.execute(
            "SELECT n.path, n.text FROM notice n JOIN page p USING (path) WHERE p.status = 'included' ORDER BY 1, 2"
        )
        return notices + [f"{path}: {text}" for path, text in pages]

    def _find_events(self) -> list[str]:
        """Enters the event of each page, and marks all but the fullest page of an event as its duplicates."""
        self.db.execute("UPDATE page SET event = first_event(path, event_id) WHERE status = 'included'")
        notices = self._find_events_by_words()
        self.db.execute("CREATE INDEX page_event ON page (event)")
        several = "SELECT event FROM page WHERE status = 'included' GROUP BY 1 HAVING count(*) > 1"
        shared = self._event_pages(f"event IN ({several}) ORDER BY event, path")
        found: list[Duplicate] = []
        for _, pages in groupby(shared, key=attrgetter("event")):
            found += find_duplicates(list(pages), self._words)
        reasons = [(d, duplicate_reason(d.duplicate_of, d.key, d.difference)) for d in found]
        self.db.executemany(
            "UPDATE page SET status = 'duplicate', duplicate_of = ?, reason = ? WHERE path = ?",
            [(duplicate.duplicate_of, reason, duplicate.path) for duplicate, reason in reasons],
        )
        # The fullest page of an event may be one that does not print its number.
        self.db.execute(
            "UPDATE page SET taken_event_id = event_number(event) WHERE status = 'included' AND event_id IS NULL"
        )
        return notices + sorted(f"{duplicate.path}: a duplicate, {reason}" for duplicate, reason in reasons)

    def _find_events_by_words(self) -> list[str]:
        """Enters the events of pages without a number. Returns notices of those whose words fit several events."""
        date = "substr(name, 1, 10)"
        to_compare = (
            f"SELECT {date} FROM page WHERE status = 'included' GROUP BY 1 "
            "HAVING count(*) > 1 AND count(event_id) < count(*)"
        )
        pages = self._event_pages(f"status = 'included' AND {date} IN ({to_compare}) ORDER BY {date}, path")
        found: list[EventByWords] = []
        for _, of_date in groupby(pages, key=lambda page: meeting_date(page.name)):
            found += events_by_words(list(of_date), self._words)
        self.db.executemany("UPDATE page SET event = ? WHERE path = ?", [(page.event, page.path) for page in found])
        unsure = sorted(page.path for page in found if not page.is_sure)
        return [f"{path}: its words fit several events, so it is kept as one of its own" for path in unsure]

    def _event_pages(self, which: str) -> Iterator[EventPage]:
        return map(EventPage._make, self.db.execute(f"SELECT {', '.join(EventPage._fields)} FROM page WHERE {which}"))

    def _words(self, path: str) -> list[str]:
        """The words of a page by which its event is known, as its rows in the spool have them."""
        row = self.db.execute("SELECT batch, slices, words_kind FROM page WHERE path = ?", (path,)).fetchone()
        batch, slices, kind = row[0], msgspec.json.decode(row[1], type=Slices), row[2]
        if kind == SPEECH:
            rows = rows_of_page(self._folder, batch, "utterances", slices, ["text"])
            return [text for (text,) in as_tuples(rows, ("text",))]
        rows = rows_of_page(self._folder, batch, "segments", slices, ["kind", "text"])
        texts = [(text, segment_kind) for segment_kind, text in as_tuples(rows, ("kind", "text"))]
        if kind == NARRATION:
            return [text for kind in ("lead", "narration") for text, segment_kind in texts if segment_kind == kind]
        return ["".join(text for text, _ in texts)]

    def _assign_meeting_ids(self) -> list[str]:
        """Gives each included page its meeting's id, and each duplicate the id of the page that it duplicates."""
        self.db.execute("UPDATE page SET meeting_id = name WHERE status = 'included'")
        shared = self.db.execute(
            "SELECT name, path, coalesce(event_id, taken_event_id), text_sha256 FROM page WHERE status = 'included' AND name IN "
            "(SELECT name FROM page WHERE status = 'included' GROUP BY 1 HAVING count(*) > 1) ORDER BY 1, 2"
        ).fetchall()
        notices = []
        for name, group in groupby(shared, key=itemgetter(0)):
            pages = list(group)
            ids = [(distinct_meeting_id(name, event_id, text_sha256), path) for _, path, event_id, text_sha256 in pages]
            self.db.executemany("UPDATE page SET meeting_id = ? WHERE path = ?", ids)
            paths = ", ".join(path for _, path in ids)
            notices.append(f"{paths}: {len(ids)} events of one date and title, with ids {name}--…")
        self.db.execute("CREATE INDEX page_meeting_id ON page (meeting_id)")
        self.db.execute(
            "UPDATE page SET meeting_id = (SELECT o.meeting_id FROM page o WHERE o.path = page.duplicate_of) "
            "WHERE status = 'duplicate'"
        )
        return notices

    def placed(self) -> Iterator[PlacedPage]:
        """The included pages, in the order of their meetings' ids."""
        speakers = _OfMeetings(self.db, "speaker", "speaker_id", "r.page_id != r.speaker_id")
        mentioned = _OfMeetings(self.db, "mentioned", "speaker_id", "r.speaker_id IS NOT NULL")
        countries = _OfMeetings(self.db, "speaker", "found_country", "r.found_country IS NOT NULL")
        joined = _OfMeetings(self.db, "speaker", "joined_to", "r.joined_to IS NOT NULL")
        for batch, name, meeting_id, taken_event_id, slices in self.db.execute(
            "SELECT batch, name, meeting_id, taken_event_id, slices FROM page WHERE status = 'included' ORDER BY meeting_id"
        ):
            placed = (batch, name, meeting_id, taken_event_id, msgspec.json.decode(slices, type=Slices))
            yield PlacedPage(*placed, *(found.of(meeting_id) for found in (speakers, mentioned, countries, joined)))

    def statuses(self) -> Counter[SourceStatus]:
        """How many pages there are of each status."""
        return Counter(dict(self.db.execute("SELECT status, count(*) FROM page GROUP BY 1")))


class _OfMeetings:
    """What is found of the persons of each meeting, by the id that its rows give them; asked for in the order of meetings."""

    def __init__(self, db: sqlite3.Connection, table: str, column: str, which: str) -> None:
        rows = db.execute(
            f"SELECT p.meeting_id, r.page_id, r.{column} FROM {table} r JOIN page p USING (path) "
            f"WHERE p.status = 'included' AND {which} ORDER BY 1"
        )
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, meeting_id: str) -> dict[str, str]:
        if self._next is None or self._next[0] != meeting_id:
            return {}
        found = {page_id: value for _, page_id, value in self._next[1]}
        self._next = next(self._groups, None)
        return found
