"""The hand-kept reference of persons and their offices: small TOML tables, validated when they are read."""

import datetime as dt
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

import pycountry
from pydantic import Field, model_validator

from builder.errors import DataError, Problem, quote
from builder.lexicon.hand_kept import read_table
from schema.records import Country, Line, Record, SiteId, SpeakerId, WikidataId

PEOPLE = Path(__file__).parent / "people.toml"
OFFICES = "offices.toml"


class Person(Record):
    """A person about whom the project knows more than a page says."""

    speaker_id: SpeakerId
    name: Line
    given_name: Line | None = None
    family_name: Line | None = None
    aliases: tuple[Line, ...] = ()
    site_person_id: SiteId | None = None
    wikidata_id: WikidataId | None = None
    country: Country | None = None
    source: Line


class Tenure(Record):
    """An office that a person held from one day to another."""

    speaker_id: SpeakerId
    office: Line
    """As the site prints it: `President of Russia`."""
    country: Country | None = None
    """The state that the office speaks for."""
    first: dt.date
    last: dt.date | None = None
    """Null where the person still holds it."""
    source: Line

    def covers(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def _check_country(code: str | None, where: str) -> None:
    """Raises `ValueError` for a code that ISO 3166-1 does not assign."""
    if code and pycountry.countries.get(alpha_3=code) is None:
        raise ValueError(f"{where}: country: expected an ISO 3166-1 alpha-3 code, found {code}")


class People(Record):
    """The persons and their offices."""

    person: tuple[Person, ...] = Field(default=())
    tenure: tuple[Tenure, ...] = Field(default=())

    @model_validator(mode="after")
    def _nothing_twice(self) -> "People":
        for what in ("speaker_id", "site_person_id", "wikidata_id"):
            values = [value for person in self.person if (value := getattr(person, what))]
            if twice := sorted({v for v in values if values.count(v) > 1}):
                raise ValueError(f"{what} given to two persons: {', '.join(twice)}")
        for person in self.person:
            _check_country(person.country, person.speaker_id)
        forms = [
            form.casefold()
            for person in self.person
            for form in {person.name.casefold(), *(alias.casefold() for alias in person.aliases)}
        ]
        if twice := sorted({form for form in forms if forms.count(form) > 1}):
            raise ValueError(f"one name given to two persons: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _tenures_are_of_persons(self) -> "People":
        known = {person.speaker_id for person in self.person}
        begun: set[tuple[str, dt.date, str]] = set()
        for tenure in self.tenure:
            where = f"{tenure.speaker_id}: {tenure.office}"
            if tenure.speaker_id not in known:
                raise ValueError(f"{where}: an office of a person whom the reference does not have")
            if tenure.last is not None and tenure.last < tenure.first:
                raise ValueError(f"{where}: ends on {tenure.last}, before it begins on {tenure.first}")
            if (key := (tenure.speaker_id, tenure.first, tenure.office)) in begun:
                raise ValueError(f"{where}: begins twice on {tenure.first}")
            begun.add(key)
            _check_country(tenure.country, where)
        return self

    def country_of(self, person: Person, day: dt.date) -> str | None:
        """The state that a person's public offices speak for on a day."""
        held = (t.country for t in self.tenure if t.speaker_id == person.speaker_id and t.covers(day))
        return next(filter(None, held), person.country)

    @cached_property
    def by_site_id(self) -> Mapping[str, Person]:
        """The persons by the site's number."""
        return {person.site_person_id: person for person in self.person if person.site_person_id}

    @cached_property
    def by_form(self) -> Mapping[str, Person]:
        """The persons by every form of their name, case-folded."""
        return {form.casefold(): person for person in self.person for form in (person.name, *person.aliases)}


def read_people(path: Path = PEOPLE) -> People:
    """Reads the persons, and their offices from offices.toml in the same folder, if it is there.

    Raises `ValueError`, naming the file, where an entry is wrong.
    """
    people = read_table(People, path)
    offices = path.with_name(OFFICES)
    if not offices.is_file():
        return people
    return read_table(People, offices, {"person": people.model_dump(mode="json")["person"]})


@cache
def load_people() -> People:
    """The project's own reference, read once per process. Raises `DataError` where an entry is wrong."""
    try:
        return read_people()
    except ValueError as error:
        found = quote(str(error))
        problem = Problem(
            PEOPLE.parent.name, "tables of people and offices", found, "correct the entry", code="bad-people"
        )
        raise DataError([problem]) from None
