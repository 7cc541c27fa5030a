"""The tables of which a row comes from many pages, or from none, as columns, from the page index in the order of their keys."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter

from builder.build.rows import Columns
from builder.package.formats import ROWS_AT_A_TIME
from builder.speakers.reference import load_people
from schema.ids import meeting_date
from schema.tables import BY_NAME


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

    @property
    def name(self) -> str:
        """Not the form in capitals, then the commonest, then the first of the alphabet: never by the order of reading."""
        return min(self.names, key=lambda form: (form.isupper(), -self.names[form], form))


def source_rows(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """The rows of the table sources, in the order of their paths."""
    rows = db.execute(
        "SELECT path, sha256, byte_size, media_type, encoding, layout, status, reason, given, meeting_id, text_length, "
        "text_sha256 FROM page ORDER BY path"
    )
    for *before, given, meeting, length, digest in rows:
        yield (*before, tuple(given.split()) if given else None, meeting, length, digest)


def speaker_rows(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """The rows of the table speakers, in the order of their ids."""
    for forms in speaker_forms(db):
        yield (
            forms.speaker_id,
            forms.name,
            forms.given_name,
            forms.family_name,
            tuple(sorted(forms.printed)),
            forms.site_person_id,
            forms.wikidata_id,
        )


def speaker_forms(db: sqlite3.Connection) -> Iterator[SpeakerForms]:
    """What the included pages say of each speaker, in the order of the speakers' ids."""
    rows = db.execute(
        "SELECT s.speaker_id, s.is_of_reference, s.site_person_id, s.is_order_shown, s.name, s.given_name, "
        "s.family_name, s.wikidata_id FROM speaker s JOIN page p USING (path) WHERE p.status = 'included' "
        "ORDER BY s.speaker_id"
    )
    forms_of = groupby(name_rows(db), key=itemgetter(0))
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


def name_rows(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, int]]:
    """The rows of the table names, in the order of its key."""
    yield from db.execute(
        "SELECT s.speaker_id, f.form, f.evidence, count(DISTINCT f.path) FROM form f JOIN speaker s USING (path, page_id) "
        "JOIN page p USING (path) WHERE p.status = 'included' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )


def office_rows(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """The rows of the table offices, in the order of its key: each office of each speaker, as the first meeting prints it,
    that meeting, the last one, and how many there are. Capitals make no other office."""
    rows = db.execute(
        "SELECT DISTINCT s.speaker_id, s.role, p.meeting_id FROM speaker s JOIN page p USING (path) "
        "WHERE p.status = 'included' AND s.role IS NOT NULL ORDER BY 1, 3"
    )
    for speaker_id, group in groupby(rows, key=itemgetter(0)):
        held: dict[str, list[tuple[str, str]]] = {}
        for _, role, meeting_id in group:
            held.setdefault(role.casefold(), []).append((role, meeting_id))
        for printed in sorted(held.values()):
            (office, first), (_, last) = printed[0], printed[-1]
            yield speaker_id, office, meeting_date(first), meeting_date(last), first, last, len(printed)


def tenure_rows(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """The rows of the table tenures, in the order of its key: what the reference knows of those of its persons who speak."""
    speaking = {
        speaker_id
        for (speaker_id,) in db.execute(
            "SELECT DISTINCT s.speaker_id FROM speaker s JOIN page p USING (path) "
            "WHERE p.status = 'included' AND s.is_of_reference"
        )
    }
    for tenure in sorted(load_people().tenure, key=lambda tenure: (tenure.speaker_id, tenure.first, tenure.office)):
        if tenure.speaker_id in speaking:
            yield tenure.speaker_id, tenure.first, tenure.last, tenure.office, tenure.country, tenure.source


def _least(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)


def columns_of(db: sqlite3.Connection, table: str) -> Iterator[Columns]:
    """The rows of one of `INDEX_TABLES` as columns, some rows at a time."""
    rows = iter(INDEX_TABLES[table](db))
    names = [column.name for column in BY_NAME[table].columns]
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        yield {name: list(values) for name, values in zip(names, zip(*some, strict=True), strict=True)}


INDEX_TABLES: Mapping[str, Callable[[sqlite3.Connection], Iterable[tuple[object, ...]]]] = {
    "sources": source_rows,
    "speakers": speaker_rows,
    "names": name_rows,
    "offices": office_rows,
    "tenures": tenure_rows,
}
"""The tables, each with what reads its rows."""
