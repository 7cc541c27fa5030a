"""What is known of every page of a build, on disk: which stand for one event, their ids, their order, who speaks in them.

A build's memory must not grow with the archive, so this is a database in the build's own folder and not a list.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from builder.build.events import EventKey, find_duplicates
from builder.build.speaker_links import link_speakers
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker
from schema.events import duplicate_reason
from schema.ids import distinct_meeting_id
from schema.records import SourceStatus

_SCHEMA = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, sha256 TEXT, byte_size INTEGER, media_type TEXT NOT NULL, encoding TEXT, layout TEXT,
    status TEXT NOT NULL, reason TEXT, duplicate_of TEXT, duplicate_key TEXT, meeting_id TEXT, text_length INTEGER,
    text_sha256 TEXT, rank INTEGER, name TEXT, event_id TEXT, batch INTEGER, slices BLOB
) WITHOUT ROWID;
CREATE TABLE event_key (what TEXT NOT NULL, value TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE speaker (
    path TEXT NOT NULL, page_id TEXT NOT NULL, plain_id TEXT NOT NULL, speaker_id TEXT NOT NULL, name TEXT NOT NULL,
    given_name TEXT, family_name TEXT, site_person_id TEXT, wikidata_id TEXT, is_of_reference INTEGER NOT NULL,
    is_order_shown INTEGER NOT NULL, role TEXT
);
CREATE TABLE form (path TEXT NOT NULL, page_id TEXT NOT NULL, form TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE TABLE mentioned (
    path TEXT NOT NULL, page_id TEXT NOT NULL, plain_id TEXT NOT NULL, site_person_id TEXT, role TEXT,
    speaker_id TEXT
);
CREATE TABLE notice (path TEXT NOT NULL, text TEXT NOT NULL);
"""

Slices = dict[str, tuple[int, int]]
"""Where a page's rows stand in its batch: for each table, the first row and how many."""


@dataclass(frozen=True, slots=True)
class PageEntry:
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
    rank: int = 0
    name: str | None = None
    """The date and slug of its title: its meeting's id, unless another event bears the same."""
    event_id: str | None = None
    event_keys: tuple[tuple[str, str], ...] = ()
    speakers: tuple[PageSpeaker, ...] = ()
    mentioned: tuple[Mentioned, ...] = ()
    """The persons of whom its speech speaks."""
    notices: tuple[str, ...] = ()
    """What is no error on the page but should be known, if the page is included."""
    slices: Slices | None = None


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """An included page: where its rows are, the id they bear, and the id they should."""

    batch: int
    name: str
    meeting_id: str
    slices: Slices
    speaker_ids: Mapping[str, str]
    """The final ids of those of its speakers to whom it gives another itself."""
    mentioned_ids: Mapping[str, str]
    """The ids of those of whom it speaks and who speak somewhere, by what its rows say of them."""


_PAGE_COLUMNS = tuple(
    field.name
    for field in fields(PageEntry)
    if field.name not in ("event_keys", "speakers", "mentioned", "notices", "slices")
)
_INSERT_PAGE = f"INSERT INTO page ({', '.join(_PAGE_COLUMNS)}, batch, slices) VALUES ({'?, ' * len(_PAGE_COLUMNS)}?, ?)"
_SPEAKER_COLUMNS = ("plain_id", "name", "given_name", "family_name", "site_person_id", "is_order_shown", "role")
_INSERT_SPEAKER = (
    f"INSERT INTO speaker ({', '.join(_SPEAKER_COLUMNS)}, path, page_id, speaker_id, wikidata_id, is_of_reference) "
    f"VALUES ({'?, ' * len(_SPEAKER_COLUMNS)}?, ?, ?, ?, ?)"
)


def _speaker_row(path: str, speaker: PageSpeaker) -> tuple[object, ...]:
    """A speaker as a row of the index, its id for now the plain one."""
    person = speaker.person
    of_speaker = (getattr(speaker, name) for name in _SPEAKER_COLUMNS)
    wikidata_id = person.wikidata_id if person else None
    return (*of_speaker, path, speaker.speaker_id, speaker.plain_id, wikidata_id, person is not None)


class PageIndex:
    """The index of one build: SQL stores and orders, pure functions decide. Close it before its folder is removed."""

    db: sqlite3.Connection
    """Read by `index_rows`, which turns it into the tables of all pages."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "pages.sqlite", isolation_level=None)
        # It lives as long as the build; there is nothing to recover after a crash.
        self.db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;" + _SCHEMA
        )
        # SQL makes no id and no reason itself: the schema's rules do.
        self.db.create_function("distinct_meeting_id", 3, distinct_meeting_id, deterministic=True)
        self.db.create_function("duplicate_reason", 2, duplicate_reason, deterministic=True)
        self.db.execute("BEGIN")

    def close(self) -> None:
        self.db.close()

    def add(self, batch: int, entries: Iterable[PageEntry]) -> None:
        """Enters the pages of one batch."""
        for entry in entries:
            slices = msgspec.json.encode(entry.slices) if entry.slices else None
            self.db.execute(_INSERT_PAGE, (*(getattr(entry, name) for name in _PAGE_COLUMNS), batch, slices))
            self.db.executemany(
                "INSERT INTO event_key VALUES (?,?,?)", [(*key, entry.path) for key in entry.event_keys]
            )
            self.db.executemany(_INSERT_SPEAKER, [_speaker_row(entry.path, speaker) for speaker in entry.speakers])
            self.db.executemany(
                "INSERT INTO form VALUES (?,?,?,?)",
                [(entry.path, s.speaker_id, name.form, name.evidence) for s in entry.speakers for name in s.printed],
            )
            self.db.executemany(
                "INSERT INTO mentioned (path, page_id, plain_id, site_person_id, role) VALUES (?,?,?,?,?)",
                [(entry.path, who.page_id, who.plain_id, who.site_person_id, who.role) for who in entry.mentioned],
            )
            self.db.executemany("INSERT INTO notice VALUES (?,?)", [(entry.path, text) for text in entry.notices])

    def decide(self) -> list[str]:
        """Decides which pages stand for an event, and gives every meeting and every speaker their id.

        Returns the notices: each duplicate, each date and title of several events, each name of several persons, each person
        with several names, and what the included pages give notice of.
        """
        notices = self._mark_duplicates() + self._assign_meeting_ids() + link_speakers(self.db)
        pages = self.db.execute(
            "SELECT n.path, n.text FROM notice n JOIN page p USING (path) WHERE p.status = 'included' ORDER BY 1, 2"
        )
        return notices + [f"{path}: {text}" for path, text in pages]

    def _mark_duplicates(self) -> list[str]:
        self.db.execute("CREATE INDEX event_key_value ON event_key (value, what)")
        shared = self.db.execute(
            "SELECT k.what, k.value, k.path FROM event_key k JOIN page p USING (path) JOIN "
            "(SELECT what, value FROM event_key GROUP BY value, what HAVING count(*) > 1) USING (what, value) "
            "ORDER BY p.rank, p.sha256, p.path, k.rowid"
        )
        duplicates = find_duplicates(map(EventKey._make, shared))
        self.db.executemany(
            "UPDATE page SET status = 'duplicate', duplicate_of = :duplicate_of, duplicate_key = :key WHERE path = :path",
            [duplicate._asdict() for duplicate in duplicates],
        )
        return sorted(f"{d.path}: a duplicate, {duplicate_reason(d.duplicate_of, d.key)}" for d in duplicates)

    def _assign_meeting_ids(self) -> list[str]:
        """Gives each included page its meeting's id, and each duplicate the id of the page that it duplicates."""
        self.db.execute("UPDATE page SET meeting_id = name WHERE status = 'included'")
        self.db.execute("CREATE INDEX page_name ON page (name)")
        self.db.execute("CREATE INDEX page_meeting_id ON page (meeting_id)")
        notices = []
        for name in self._shared("name"):
            self.db.execute(
                "UPDATE page SET meeting_id = distinct_meeting_id(name, event_id, text_sha256) "
                "WHERE name = ? AND status = 'included'",
                (name,),
            )
            rows = self.db.execute(
                "SELECT path FROM page WHERE name = ? AND status = 'included' ORDER BY path", (name,)
            )
            paths = [path for (path,) in rows]
            notices.append(f"{', '.join(paths)}: {len(paths)} events of one date and title, told apart as {name}-…")
        for meeting_id in self._shared("meeting_id"):
            # Another title may read like such an id: `Talks 5` beside event 5 of two `Talks`.
            self.db.execute(
                "UPDATE page SET meeting_id = distinct_meeting_id(meeting_id, NULL, text_sha256) "
                "WHERE meeting_id = ? AND name != meeting_id AND status = 'included'",
                (meeting_id,),
            )
        self.db.execute(
            "UPDATE page SET meeting_id = (SELECT o.meeting_id FROM page o WHERE o.path = page.duplicate_of) "
            "WHERE status = 'duplicate'"
        )
        return notices

    def _shared(self, column: str) -> list[str]:
        """The values of a column that several included pages have."""
        rows = self.db.execute(
            f"SELECT {column} FROM page WHERE status = 'included' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
        )
        return [value for (value,) in rows.fetchall()]

    def placed(self) -> Iterator[PlacedPage]:
        """The included pages, in the order of their meetings' ids."""
        speakers = _Renamed(self.db, "speaker", "r.page_id != r.speaker_id")
        mentioned = _Renamed(self.db, "mentioned", "r.speaker_id IS NOT NULL")
        for batch, name, meeting_id, slices in self.db.execute(
            "SELECT batch, name, meeting_id, slices FROM page WHERE status = 'included' ORDER BY meeting_id"
        ):
            placed = (batch, name, meeting_id, msgspec.json.decode(slices, type=Slices))
            yield PlacedPage(*placed, speakers.of(meeting_id), mentioned.of(meeting_id))

    def count(self, status: SourceStatus) -> int:
        return int(self.db.execute("SELECT count(*) FROM page WHERE status = ?", (status,)).fetchone()[0])


class _Renamed:
    """The persons of each meeting who take another id than its rows give them; asked for in the order of meetings."""

    def __init__(self, db: sqlite3.Connection, table: str, which: str) -> None:
        rows = db.execute(
            f"SELECT p.meeting_id, r.page_id, r.speaker_id FROM {table} r JOIN page p USING (path) "
            f"WHERE p.status = 'included' AND {which} ORDER BY 1"
        )
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, meeting_id: str) -> dict[str, str]:
        if self._next is None or self._next[0] != meeting_id:
            return {}
        renamed = {page_id: speaker_id for _, page_id, speaker_id in self._next[1]}
        self._next = next(self._groups, None)
        return renamed
