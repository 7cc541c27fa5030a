"""What is known of every page of a build, on disk: which stand for one event, their ids, their order, who speaks in them.

A build's memory must not grow with the archive, so this is a database in the build's own folder and not a list.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from builder.build.speaker_links import settle_speakers
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker
from schema.events import duplicate_reason
from schema.records import SourceStatus

_SCHEMA = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, sha256 TEXT, byte_size INTEGER, media_type TEXT NOT NULL, encoding TEXT, layout TEXT,
    status TEXT NOT NULL, reason TEXT, meeting_id TEXT, text_length INTEGER, text_sha256 TEXT,
    rank INTEGER, name TEXT, event_id TEXT, batch INTEGER, slices BLOB
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


@dataclass(slots=True)
class SpeakerForms:
    """What all pages together say of one speaker."""

    speaker_id: str
    names: Counter[str] = field(default_factory=Counter)
    """Each name that the best of its pages give, and how many do."""
    given_name: str | None = None
    family_name: str | None = None
    site_person_id: str | None = None
    wikidata_id: str | None = None
    printed: set[str] = field(default_factory=set)


class PageIndex:
    """The index of one build. Close it before its folder is removed."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "pages.sqlite", isolation_level=None)
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
                "INSERT INTO speaker VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                [
                    (
                        *(e.path, s.speaker_id, s.plain_id, s.plain_id, s.name, s.given_name, s.family_name),
                        *(s.site_person_id, s.person.wikidata_id if s.person else None),
                        *(s.person is not None, s.is_order_shown, s.role),
                    )
                    for s in e.speakers
                ],
            )
            self._db.executemany(
                "INSERT INTO form VALUES (?,?,?,?)",
                [(e.path, s.speaker_id, name.form, name.evidence) for s in e.speakers for name in s.printed],
            )
            self._db.executemany(
                "INSERT INTO mentioned VALUES (?,?,?,?,?,NULL)",
                [(e.path, who.page_id, who.plain_id, who.site_person_id, who.role) for who in e.mentioned],
            )
            self._db.executemany("INSERT INTO notice VALUES (?,?)", [(e.path, text) for text in e.notices])

    def settle(self) -> list[str]:
        """Decides which pages stand for an event, and gives every meeting and every speaker their id.

        Returns a notice for each duplicate, each date and title that several events share, each name that several persons
        share, each person under several names, and what the included pages themselves gave notice of.
        """
        notices = self._settle_duplicates() + self._settle_ids() + settle_speakers(self._db)
        pages = self._db.execute(
            "SELECT n.path, n.text FROM notice n JOIN page p USING (path) WHERE p.status = 'included' ORDER BY 1, 2"
        )
        return notices + [f"{path}: {text}" for path, text in pages]

    def _settle_ids(self) -> list[str]:
        """Gives each included page its meeting's id, and each duplicate that of the page that it shows again."""
        self._db.execute("UPDATE page SET meeting_id = name WHERE status = 'included'")
        self._db.execute("CREATE INDEX page_name ON page (name)")
        self._db.execute("CREATE INDEX page_meeting_id ON page (meeting_id)")
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
                reason = duplicate_reason(root, reasons[path])
                self._db.execute(
                    "UPDATE page SET status = 'duplicate', reason = ?, meeting_id = ? WHERE path = ?",
                    (reason, root, path),
                )
                notices.append(f"{path}: a duplicate, {reason}")
        return sorted(notices)

    def placed(self) -> Iterator[PlacedPage]:
        """The included pages, in the order of their meetings' ids."""
        speakers = _Renamed(self._db, "speaker", "r.page_id != r.speaker_id")
        mentioned = _Renamed(self._db, "mentioned", "r.speaker_id IS NOT NULL")
        for batch, name, meeting_id, slices in self._db.execute(
            "SELECT batch, name, meeting_id, slices FROM page WHERE status = 'included' ORDER BY meeting_id"
        ):
            placed = (batch, name, meeting_id, msgspec.json.decode(slices, type=Slices))
            yield PlacedPage(*placed, speakers.of(meeting_id), mentioned.of(meeting_id))

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
            "SELECT s.speaker_id, s.is_of_reference, s.site_person_id, s.is_order_shown, s.name, s.given_name, "
            "s.family_name, s.wikidata_id FROM speaker s JOIN page p USING (path) WHERE p.status = 'included' "
            "ORDER BY s.speaker_id"
        )
        forms_of = groupby(self.names(), key=itemgetter(0))
        for speaker_id, group in groupby(rows, key=itemgetter(0)):
            forms = SpeakerForms(speaker_id)
            best = None
            parted: set[tuple[str, str]] = set()
            for _, is_of_reference, number, is_order_shown, name, given_name, family_name, wikidata_id in group:
                # The reference's name before the site's, and that before what labels alone print.
                standing = (not is_of_reference, number is None, not is_order_shown)
                if best is None or standing < best:
                    best = standing
                    forms.names.clear()
                    parted.clear()
                if standing == best:
                    forms.names[name] += 1
                    if given_name and family_name:
                        parted.add((family_name, given_name))
                # Of several values the least, never the first read: the order of reading must not show.
                forms.site_person_id = _least(forms.site_person_id, number)
                forms.wikidata_id = _least(forms.wikidata_id, wikidata_id)
            if parted:
                forms.family_name, forms.given_name = min(parted)
            _, names = next(forms_of)
            forms.printed.update(form for _, form, _, _ in names)
            yield forms

    def names(self) -> Iterator[tuple[str, str, str, int]]:
        """The rows of the table names, in the order of its key."""
        yield from self._db.execute(
            "SELECT s.speaker_id, f.form, f.evidence, count(DISTINCT f.path) FROM form f JOIN speaker s USING (path, page_id) "
            "JOIN page p USING (path) WHERE p.status = 'included' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )

    def offices(self) -> Iterator[tuple[str, str, str, str, int]]:
        """The rows of the table offices, in the order of its key: each office of each speaker, as the first meeting prints it,
        that meeting, the last one, and how many there are. Capitals make no other office."""
        rows = self._db.execute(
            "SELECT s.speaker_id, s.role, p.meeting_id FROM speaker s JOIN page p USING (path) "
            "WHERE p.status = 'included' AND s.role IS NOT NULL ORDER BY 1, 3"
        )
        for speaker_id, group in groupby(rows, key=itemgetter(0)):
            held: dict[str, list[tuple[str, str]]] = {}
            for _, role, meeting_id in group:
                held.setdefault(role.casefold(), []).append((role, meeting_id))
            yield from sorted(
                (speaker_id, printed[0][0], printed[0][1], printed[-1][1], len(printed)) for printed in held.values()
            )


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


def _root(parents: dict[str, str], path: str) -> str:
    while parents[path] != path:
        # What is passed on the way moves up, so that no chain grows as long as the archive.
        parents[path] = path = parents[parents[path]]
    return path


def _least(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)
