"""Who is one person and who are two, over all pages of a build: decided by the numbers that the site gives to persons.

A page knows a speaker by name. Where two persons of the site bear one name, each takes the site's number into the id, and
labels of that name without a link are neither's. Where pages give one person of the site two names, one of the two ids is
everyone's. All else keeps the id that its page gives; nothing depends on the order in which pages are read.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.lexicon.offices import may_be_one


@dataclass(frozen=True, slots=True)
class Identities:
    """Which id the speakers take, by the plain id that their page gives them and their number."""

    of_person: Mapping[str, str]
    """The id of each person whom the site numbers."""
    of_name: Mapping[str, str]
    """The id of a speaker without a number, by the plain id; itself where it is not here."""
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Person:
    """The names of one person of the site."""

    plain_ids: set[str] = field(default_factory=set)
    best: tuple[bool, bool, str] = (True, True, "")
    """Its best id, behind what makes another better: not of the reference, in an order of words that no label shows."""

    def add(self, plain_id: str, is_of_reference: bool, is_order_shown: bool) -> None:
        this = (not is_of_reference, not is_order_shown, plain_id)
        self.best = min(self.best, this) if self.plain_ids else this
        self.plain_ids.add(plain_id)


def identities(named: Iterable[tuple[str, str, bool, bool]]) -> Identities:
    """Decides by all pairs of a number and a plain id that pages give, each with whether the reference gives the id and
    whether the order of the name's words is shown."""
    persons: dict[str, _Person] = defaultdict(_Person)
    for number, plain_id, is_of_reference, is_order_shown in named:
        persons[number].add(plain_id, is_of_reference, is_order_shown)
    bearers: dict[str, list[str]] = defaultdict(list)
    """The persons by the id that suits each best."""
    namers: dict[str, list[str]] = defaultdict(list)
    """The persons whom some page calls so."""
    for number in sorted(persons, key=_by_value):
        bearers[persons[number].best[2]].append(number)
        for plain_id in persons[number].plain_ids:
            namers[plain_id].append(number)
    of_person: dict[str, str] = {}
    notices: list[str] = []
    for plain_id, numbers in sorted(bearers.items()):
        for number in numbers:
            is_of_reference = not persons[number].best[0]
            of_person[number] = plain_id if len(numbers) == 1 or is_of_reference else f"{plain_id}-{number}"
        if len(numbers) > 1:
            ids = ", ".join(of_person[number] for number in numbers)
            notices.append(f"{plain_id}: {len(numbers)} persons of the site bear this name, told apart as {ids}")
    for number, person in sorted(persons.items(), key=lambda item: _by_value(item[0])):
        if others := sorted(person.plain_ids - {of_person[number], person.best[2]}):
            notices.append(
                f"{of_person[number]}: person {number} of the site, whom pages also name {', '.join(others)}"
            )
    of_name = {plain_id: of_person[numbers[0]] for plain_id, numbers in namers.items() if len(numbers) == 1}
    return Identities(of_person, {plain: final for plain, final in of_name.items() if plain != final}, tuple(notices))


def _by_value(number: str) -> tuple[int, str]:
    """Sorts the site's numbers as numbers: they have no leading zeros, and a page may print one of any length."""
    return len(number), number


def settle_speakers(db: sqlite3.Connection) -> list[str]:
    """Gives every speaker of an included page, and every person spoken of there, their id. Returns what should be known."""
    named = db.execute(
        "SELECT s.site_person_id, s.plain_id, max(s.is_of_reference), max(s.is_order_shown) FROM speaker s JOIN page p "
        "USING (path) WHERE p.status = 'included' AND s.site_person_id IS NOT NULL GROUP BY 1, 2"
    )
    found = identities(named)
    db.execute("CREATE INDEX speaker_page_id ON speaker (path, page_id)")
    db.execute("CREATE INDEX speaker_plain_id ON speaker (plain_id, site_person_id)")
    db.executemany(
        "UPDATE speaker SET speaker_id = ?2 WHERE plain_id = ?1 AND site_person_id IS NULL AND NOT is_of_reference",
        found.of_name.items(),
    )
    db.execute("CREATE TEMP TABLE identity (site_person_id TEXT PRIMARY KEY, speaker_id TEXT NOT NULL)")
    db.execute("CREATE INDEX speaker_speaker_id ON speaker (speaker_id)")
    db.executemany("INSERT INTO identity VALUES (?, ?)", found.of_person.items())
    db.execute(
        "UPDATE speaker SET speaker_id = (SELECT i.speaker_id FROM identity i WHERE i.site_person_id = "
        "speaker.site_person_id) WHERE site_person_id IN (SELECT site_person_id FROM identity)"
    )
    _part_again(db)
    _settle_mentioned(db)
    return list(found.notices)


def _part_again(db: sqlite3.Connection) -> None:
    """Two speakers of one page are not one because another page's link says so: the one without a number stays apart, known
    on that page alone."""
    db.execute(
        "UPDATE speaker SET speaker_id = plain_id || '-' || (SELECT name FROM page WHERE page.path = speaker.path) "
        "WHERE site_person_id IS NULL AND NOT is_of_reference AND (path, speaker_id) IN "
        "(SELECT path, speaker_id FROM speaker GROUP BY 1, 2 HAVING count(*) > 1)"
    )


def _settle_mentioned(db: sqlite3.Connection) -> None:
    """A person spoken of is a speaker by the site's number; else by the full name, if no namesake of another number speaks."""
    db.execute(
        "UPDATE mentioned SET speaker_id = (SELECT i.speaker_id FROM identity i WHERE i.site_person_id = "
        "mentioned.site_person_id) WHERE site_person_id IS NOT NULL"
    )
    # Once for each name: a name may stand on every page.
    db.execute("CREATE TEMP TABLE bearer (plain_id TEXT PRIMARY KEY, speaker_id TEXT NOT NULL, site_person_id TEXT)")
    db.execute(
        "INSERT INTO bearer SELECT s.plain_id, min(s.speaker_id), max(s.site_person_id) FROM speaker s JOIN page p "
        "USING (path) WHERE p.status = 'included' GROUP BY 1 HAVING count(DISTINCT s.speaker_id) = 1"
    )
    db.execute(
        "UPDATE mentioned SET speaker_id = (SELECT b.speaker_id FROM bearer b WHERE b.plain_id = mentioned.plain_id AND "
        "(mentioned.site_person_id IS NULL OR b.site_person_id IS NULL)) WHERE speaker_id IS NULL"
    )
    db.execute("CREATE INDEX mentioned_speaker_id ON mentioned (speaker_id, role)")
    # By the name alone, and with an office that is none of this speaker's: a namesake.
    by_name = db.execute(
        "SELECT DISTINCT speaker_id, role FROM mentioned WHERE speaker_id IS NOT NULL AND role IS NOT NULL AND "
        "site_person_id IS NULL"
    ).fetchall()
    roles_of: dict[str, list[str]] = {}
    for speaker_id, role in by_name:
        if speaker_id not in roles_of:
            rows = db.execute(
                "SELECT DISTINCT role FROM speaker WHERE speaker_id = ? AND role IS NOT NULL", (speaker_id,)
            )
            roles_of[speaker_id] = [other for (other,) in rows]
        held = roles_of[speaker_id]
        if held and not may_be_one(held, [role]):
            db.execute(
                "UPDATE mentioned SET speaker_id = NULL WHERE speaker_id = ? AND role = ? AND site_person_id IS NULL",
                (speaker_id, role),
            )
