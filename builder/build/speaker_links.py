"""Links the speakers in a build's database: reads the rows, lets `speakers.linking` decide, and writes the ids back.

Rows are read in groups and results go to temporary tables, so that memory does not grow with the number of pages.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from builder.speakers.linking import (
    Bearer,
    Identities,
    NamedSpeaker,
    NumberedName,
    id_of_mentioned,
    identities,
    ids_on_page,
    is_namesake,
)
from builder.speakers.spellings import SpeltPerson, joined


def link_speakers(db: sqlite3.Connection) -> list[str]:
    """Gives an id to every speaker, and to every person mentioned who speaks. Returns the notices."""
    found = identities(
        NumberedName(*row)
        for row in db.execute(
            "SELECT s.site_person_id, s.plain_id, max(s.is_of_reference), max(s.is_order_shown) FROM speaker s "
            "JOIN page p USING (path) WHERE p.status = 'included' AND s.site_person_id IS NOT NULL GROUP BY 1, 2"
        )
    )
    db.execute("CREATE INDEX speaker_page_id ON speaker (path, page_id)")
    db.execute("CREATE TEMP TABLE link (speaker INTEGER PRIMARY KEY, speaker_id TEXT NOT NULL)")
    db.executemany("INSERT INTO link VALUES (?, ?)", _changed_ids(db, found))
    db.execute(
        "UPDATE speaker SET speaker_id = (SELECT l.speaker_id FROM link l WHERE l.speaker = speaker.rowid) "
        "WHERE rowid IN (SELECT speaker FROM link)"
    )
    db.execute("CREATE INDEX speaker_speaker_id ON speaker (speaker_id)")
    notices = _join_spellings(db)
    _join_on_pages(db)
    _link_mentioned(db, found)
    return [*found.notices, *notices]


_BEST_EVIDENCE = "instr('label lead title heading caption narration none', s.role_evidence)"


def _join_on_pages(db: sqlite3.Connection) -> None:
    """Enters which speakers of one page are one person, and gives them one office: the one with the best evidence."""
    several = "SELECT path, speaker_id FROM speaker GROUP BY 1, 2 HAVING count(*) > 1"
    rows = db.execute(
        "SELECT s.path, s.speaker_id, s.rowid, s.page_id, s.role, s.role_evidence FROM speaker s "
        f"WHERE (s.path, s.speaker_id) IN ({several}) ORDER BY 1, 2, {_BEST_EVIDENCE}, s.page_id"
    ).fetchall()
    for _, group in groupby(rows, key=itemgetter(0, 1)):
        (_, _, _, first, role, evidence), *others = group
        db.executemany(
            "UPDATE speaker SET joined_to = ?, role = ?, role_evidence = ? WHERE rowid = ?",
            [(first, role, evidence, row) for _, _, row, *_ in others],
        )


def _join_spellings(db: sqlite3.Connection) -> tuple[str, ...]:
    """Gives one id to each person whose name pages spell in several ways. Returns the notices."""
    included = "JOIN page p USING (path) WHERE p.status = 'included'"
    db.execute(
        "CREATE TEMP TABLE person_name AS SELECT DISTINCT s.speaker_id, f.form FROM speaker s JOIN form f USING (path, page_id) "
        f"{included} AND f.evidence != 'site' AND instr(f.form, ' ') UNION SELECT s.speaker_id, s.name FROM speaker s "
        f"{included} AND instr(s.name, ' ')"
    )
    names = _grouped(db.execute("SELECT speaker_id, form FROM person_name ORDER BY 1, 2"))
    roles = _grouped(
        db.execute(f"SELECT DISTINCT s.speaker_id, s.role FROM speaker s {included} AND s.role IS NOT NULL")
    )
    persons = (
        SpeltPerson(speaker_id, names.get(speaker_id, ()), number, bool(known), roles.get(speaker_id, ()), pages)
        for speaker_id, number, known, pages in db.execute(
            "SELECT s.speaker_id, max(s.site_person_id), max(s.is_of_reference), count(*) FROM speaker s "
            f"{included} AND instr(s.speaker_id, '--') = 0 GROUP BY 1"
        )
    )

    def speak_together(*ids: str) -> bool:
        pages = (
            f"SELECT 1 FROM speaker s JOIN speaker o USING (path) {included} AND s.speaker_id = ? AND o.speaker_id = ?"
        )
        return bool(db.execute(f"{pages} LIMIT 1", ids).fetchone())

    taken, notices = joined(persons, speak_together)
    db.executemany("UPDATE speaker SET speaker_id = ? WHERE speaker_id = ?", [(new, old) for old, new in taken.items()])
    return notices


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _changed_ids(db: sqlite3.Connection, found: Identities) -> Iterator[tuple[int, str]]:
    """The row and the id of each speaker whose id is not the plain one."""
    rows = db.execute(
        "SELECT s.path, p.name, s.rowid, s.plain_id, s.site_person_id, s.is_of_reference FROM speaker s "
        "JOIN page p USING (path) ORDER BY 1"
    )
    for (_, page_name), group in groupby(rows, key=itemgetter(0, 1)):
        speakers = [(row, NamedSpeaker(*speaker)) for _, _, row, *speaker in group]
        ids = ids_on_page([speaker for _, speaker in speakers], page_name, found)
        for (row, speaker), speaker_id in zip(speakers, ids, strict=True):
            if speaker_id != speaker.plain_id:
                yield row, speaker_id


def _link_mentioned(db: sqlite3.Connection, found: Identities) -> None:
    """Gives the persons mentioned the ids of the speakers that they are."""
    # Decided once for each name: a name may stand on every page.
    db.execute("CREATE TEMP TABLE bearer (plain_id TEXT PRIMARY KEY, speaker_id TEXT NOT NULL, site_person_id TEXT)")
    db.execute(
        "INSERT INTO bearer SELECT s.plain_id, min(s.speaker_id), max(s.site_person_id) FROM speaker s JOIN page p "
        "USING (path) WHERE p.status = 'included' GROUP BY 1 HAVING count(DISTINCT s.speaker_id) = 1"
    )
    db.execute("CREATE TEMP TABLE mentioned_link (plain_id TEXT, site_person_id TEXT, role TEXT, speaker_id TEXT)")
    db.executemany("INSERT INTO mentioned_link VALUES (?, ?, ?, ?)", _mentioned_ids(db, found))
    db.execute("CREATE INDEX mentioned_link_plain_id ON mentioned_link (plain_id, site_person_id, role)")
    db.execute(
        "UPDATE mentioned SET speaker_id = (SELECT l.speaker_id FROM mentioned_link l WHERE l.plain_id = "
        "mentioned.plain_id AND l.site_person_id IS mentioned.site_person_id AND l.role IS mentioned.role)"
    )


def _mentioned_ids(db: sqlite3.Connection, found: Identities) -> Iterator[tuple[str, str | None, str | None, str]]:
    """Plain id, number and office of each person mentioned who speaks, with the id of the speaker."""
    rows = db.execute(
        "SELECT DISTINCT m.plain_id, m.site_person_id, m.role, b.speaker_id, b.site_person_id FROM mentioned m "
        "LEFT JOIN bearer b USING (plain_id) ORDER BY 1"
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        offices: list[str] | None = None
        for plain_id, number, role, bearer_id, bearer_number in group:
            bearer = Bearer(bearer_id, bearer_number) if bearer_id else None
            speaker_id = id_of_mentioned(number, bearer, found)
            if speaker_id is None:
                continue
            if number is None and role is not None:
                # By the name alone: all such rows of the group mean the bearer.
                offices = _offices(db, speaker_id) if offices is None else offices
                if is_namesake(offices, role):
                    continue
            yield plain_id, number, role, speaker_id


def _offices(db: sqlite3.Connection, speaker_id: str) -> list[str]:
    rows = db.execute("SELECT DISTINCT role FROM speaker WHERE speaker_id = ? AND role IS NOT NULL", (speaker_id,))
    return [role for (role,) in rows]
