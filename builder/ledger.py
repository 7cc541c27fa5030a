"""What is known of every page of a build, on disk: which stand for one event, their ids, their order, who speaks in them.

A build's memory must not grow with the archive, so this is a database in the build's own folder and not a list.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from builder.people import PageSpeaker
from schema.records import SourceStatus
from schema.text import normal_form

_SCHEMA = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, sha256 TEXT, byte_size INTEGER, media_type TEXT NOT NULL, encoding TEXT, layout TEXT,
    status TEXT NOT NULL, reason TEXT, meeting_id TEXT, text_length INTEGER, text_sha256 TEXT,
    rank INTEGER, name TEXT, event_id TEXT, batch INTEGER, slices BLOB
) WITHOUT ROWID;
CREATE TABLE event_key (what TEXT NOT NULL, value TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE speaker (
    speaker_id TEXT NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, given_name TEXT, family_name TEXT,
    site_person_id TEXT, wikidata_id TEXT, forms BLOB NOT NULL
);
"""

Slices = dict[str, tuple[int, int]]
"""Where a page's rows stand in its batch: for each table, the first row and how many."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One input in the ledger: what `sources` says of it, and what decides over its event."""

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
    slices: Slices | None = None


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """An included page: where its rows are, the id they bear, and the id they should."""

    batch: int
    name: str
    meeting_id: str
    slices: Slices


@dataclass(slots=True)
class SpeakerForms:
    """What all pages together say of one speaker."""

    speaker_id: str
    names: Counter[str] = field(default_factory=Counter)
    """Each name, and how many pages give it."""
    given_name: str | None = None
    family_name: str | None = None
    site_person_id: str | None = None
    wikidata_id: str | None = None
    printed: set[str] = field(default_factory=set)


class Ledger:
    """The ledger of one build. Close it before its folder is removed."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
        # It lives as long as the build; there is nothing to recover after a crash.
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;" + _SCHEMA
        )
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def add(self, batch: int, entries: Iterable[PageEntry]) -> None:
        """Enters the pages of one batch."""
        for e in entries:
            slices = msgspec.json.encode(e.slices) if e.slices else None
            self._db.execute(
                "INSERT INTO page VALUES (?,?,?,?,?,?,?,?,NULL,?,?,?,?,?,?,?)",
                (
                    *(e.path, e.sha256, e.byte_size, e.media_type, e.encoding, e.layout, e.status, e.reason),
                    *(e.text_length, e.text_sha256, e.rank, e.name, e.event_id, batch, slices),
                ),
            )
            self._db.executemany("INSERT INTO event_key VALUES (?,?,?)", [(*key, e.path) for key in e.event_keys])
            self._db.executemany(
                "INSERT INTO speaker VALUES (?,?,?,?,?,?,?,?)",
                [
                    (
                        *(s.speaker_id, e.path, s.name, s.given_name, s.family_name, s.site_person_id),
                        *(s.person.wikidata_id if s.person else None, msgspec.json.encode(s.forms)),
                    )
                    for s in e.speakers
                ],
            )

    def settle(self) -> list[str]:
        """Decides which pages stand for an event and gives every meeting its id.

        Returns a notice for each duplicate, and for each date and title that several events share.
        """
        return self._settle_duplicates() + self._settle_ids()

    def _settle_ids(self) -> list[str]:
        """Gives each included page its meeting's id, and each duplicate that of the page that it shows again."""
        self._db.execute("UPDATE page SET meeting_id = name WHERE status = 'included'")
        notices = []
        for name in self._shared("name"):
            suffix = "coalesce(event_id, substr(text_sha256, 1, 8))"
            self._db.execute(
                f"UPDATE page SET meeting_id = name || '-' || {suffix} WHERE name = ? AND status = 'included'", (name,)
            )
            rows = self._db.execute(
                "SELECT path FROM page WHERE name = ? AND status = 'included' ORDER BY path", (name,)
            )
            paths = [path for (path,) in rows]
            notices.append(f"{', '.join(paths)}: {len(paths)} events of one date and title, told apart as {name}-…")
        for meeting_id in self._shared("meeting_id"):
            # Another title may read like an id told apart: `Talks 5` beside event 5 of two `Talks`.
            self._db.execute(
                "UPDATE page SET meeting_id = meeting_id || '-' || substr(text_sha256, 1, 8) "
                "WHERE meeting_id = ? AND name != meeting_id AND status = 'included'",
                (meeting_id,),
            )
        self._db.execute(
            "UPDATE page SET meeting_id = (SELECT o.meeting_id FROM page o WHERE o.path = page.meeting_id) "
            "WHERE status = 'duplicate'"
        )
        return notices

    def _shared(self, column: str) -> list[str]:
        """The values of a column that several included pages have."""
        return [
            value
            for (value,) in self._db.execute(
                f"SELECT {column} FROM page WHERE status = 'included' GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
            ).fetchall()
        ]

    def _settle_duplicates(self) -> list[str]:
        """Marks the duplicates, their `meeting_id` for now the path of the page that they show again."""
        self._db.execute("CREATE INDEX event_key_value ON event_key (value, what)")
        shared = self._db.execute(
            "SELECT k.what, k.value, k.path FROM event_key k JOIN page p USING (path) JOIN "
            "(SELECT what, value FROM event_key GROUP BY value, what HAVING count(*) > 1) USING (what, value) "
            "ORDER BY p.rank, p.sha256, p.path, k.rowid"
        ).fetchall()
        # Pages that share a key show one event, and so do two that share different keys with a third.
        original: dict[str, str] = {}
        first_with: dict[tuple[str, str], str] = {}
        order: dict[str, int] = {}
        reasons: dict[str, str] = {}
        for what, value, path in shared:
            original.setdefault(path, path)
            order.setdefault(path, len(order))
            other = first_with.setdefault((what, value), path)
            one, two = _root(original, path), _root(original, other)
            # The pages come in order of preference, so the root found first is the one to keep.
            later, earlier = (one, two) if order[one] > order[two] else (two, one)
            original[later] = earlier
            reasons.setdefault(path, what)
            reasons.setdefault(other, what)
        notices = []
        for path in original:
            if (root := _root(original, path)) != path:
                reason = normal_form(f"shows the same event as {root}: {reasons[path]}")
                self._db.execute(
                    "UPDATE page SET status = 'duplicate', reason = ?, meeting_id = ? WHERE path = ?",
                    (reason, root, path),
                )
                notices.append(f"{path}: a duplicate, {reason}")
        return sorted(notices)

    def placed(self) -> Iterator[PlacedPage]:
        """The included pages, in the order of their meetings' ids."""
        for batch, name, meeting_id, slices in self._db.execute(
            "SELECT batch, name, meeting_id, slices FROM page WHERE status = 'included' ORDER BY meeting_id"
        ):
            yield PlacedPage(batch, name, meeting_id, msgspec.json.decode(slices, type=Slices))

    def count(self, status: SourceStatus) -> int:
        return int(self._db.execute("SELECT count(*) FROM page WHERE status = ?", (status,)).fetchone()[0])

    def sources(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table sources, in the order of their paths."""
        yield from self._db.execute(
            "SELECT path, sha256, byte_size, media_type, encoding, layout, status, reason, meeting_id, text_length, "
            "text_sha256 FROM page ORDER BY path"
        )

    def speakers(self) -> Iterator[SpeakerForms]:
        """What the included pages say of each speaker, in the order of the speakers' ids."""
        rows = self._db.execute(
            "SELECT s.speaker_id, s.name, s.given_name, s.family_name, s.site_person_id, s.wikidata_id, s.forms "
            "FROM speaker s JOIN page p USING (path) WHERE p.status = 'included' ORDER BY s.speaker_id"
        )
        for speaker_id, group in groupby(rows, key=itemgetter(0)):
            forms = SpeakerForms(speaker_id)
            for _, name, given_name, family_name, site_person_id, wikidata_id, printed in group:
                forms.names[name] += 1
                # Of several values the least, never the first read: the order of reading must not show.
                forms.given_name = _least(forms.given_name, given_name)
                forms.family_name = _least(forms.family_name, family_name)
                forms.site_person_id = _least(forms.site_person_id, site_person_id)
                forms.wikidata_id = _least(forms.wikidata_id, wikidata_id)
                forms.printed.update(msgspec.json.decode(printed, type=list[str]))
            yield forms


def _root(parents: dict[str, str], path: str) -> str:
    while parents[path] != path:
        path = parents[path]
    return path


def _least(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)
