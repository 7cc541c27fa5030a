"""The countries of speakers that their own page leaves open and other pages show, in a build's database."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

_MOST_DAYS = 366
"""How far the meetings before and after may be whose offices show the country of a person without office."""


class Spoken(NamedTuple):
    """One page on which a person speaks."""

    row: int
    day: dt.date
    site_person_id: str | None
    role: str | None
    country: str | None


def find_countries(db: sqlite3.Connection) -> None:
    """Enters the country of each speaker whose page gives none, where the same office has one on all other pages that show it,
    or where the page gives a numbered person no office and the meetings before and after show the same country."""
    db.execute(
        "CREATE TEMP TABLE office_country AS SELECT s.speaker_id, lower(s.role) AS office, min(s.country) AS country "
        "FROM speaker s JOIN page p USING (path) WHERE p.status = 'included' AND s.country IS NOT NULL AND s.role IS NOT NULL "
        "GROUP BY 1, 2 HAVING count(DISTINCT s.country) = 1"
    )
    db.execute("CREATE INDEX office_country_office ON office_country (speaker_id, office)")
    db.execute(
        "UPDATE speaker SET found_country = (SELECT o.country FROM office_country o WHERE o.speaker_id = speaker.speaker_id "
        "AND o.office = lower(speaker.role)) WHERE country IS NULL AND role IS NOT NULL"
    )
    db.execute("CREATE TEMP TABLE found (speaker INTEGER PRIMARY KEY, country TEXT NOT NULL)")
    db.executemany("INSERT INTO found VALUES (?, ?)", _without_office(db))
    db.execute(
        "UPDATE speaker SET found_country = (SELECT f.country FROM found f WHERE f.speaker = speaker.rowid) "
        "WHERE rowid IN (SELECT speaker FROM found)"
    )


def _without_office(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    rows = db.execute(
        "SELECT s.speaker_id, s.rowid, substr(p.name, 1, 10), s.site_person_id, s.role, s.country FROM speaker s "
        "JOIN page p USING (path) WHERE p.status = 'included' ORDER BY s.speaker_id, 3, p.path"
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        pages = [Spoken(row, dt.date.fromisoformat(day), *rest) for _, row, day, *rest in group]
        yield from countries_between(pages)


def countries_between(pages: Sequence[Spoken]) -> Iterator[tuple[int, str]]:
    """The rows of a person without office that stand between two offices of one country, each at most a year away."""
    held = [page for page in pages if page.role is not None]
    if not held:
        return
    following = 0
    for page in pages:
        while following < len(held) and held[following].day <= page.day:
            following += 1
        if page.role is None and page.country is None and page.site_person_id and 0 < following < len(held):
            before, after = held[following - 1], held[following]
            is_near = max(page.day - before.day, after.day - page.day) <= dt.timedelta(_MOST_DAYS)
            if is_near and before.country and before.country == after.country:
                yield page.row, before.country
