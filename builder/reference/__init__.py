"""The hand-kept reference data: small tables in TOML, validated as they are read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import pycountry
from pydantic import Field, ValidationError, model_validator

from schema.records import Country, Line, Record, SiteId, SpeakerId, WikidataId

PEOPLE = Path(__file__).parent / "people.toml"


class Person(Record):
    """One person of whom the project knows more than a page says."""

    speaker_id: SpeakerId
    name: Line
    given_name: Line | None = None
    family_name: Line | None = None
    aliases: tuple[Line, ...] = ()
    site_person_id: SiteId | None = None
    wikidata_id: WikidataId | None = None
    country: Country | None = None
    source: Line


class People(Record):
    """The persons, found by any form of their name."""

    person: tuple[Person, ...] = Field(default=())

    @model_validator(mode="after")
    def _nothing_twice(self) -> "People":
        for what in ("speaker_id", "site_person_id", "wikidata_id"):
            values = [value for person in self.person if (value := getattr(person, what))]
            if twice := sorted({v for v in values if values.count(v) > 1}):
                raise ValueError(f"{what} given to two persons: {', '.join(twice)}")
        for person in self.person:
            if person.country and pycountry.countries.get(alpha_3=person.country) is None:
                raise ValueError(
                    f"{person.speaker_id}: country: expected an ISO 3166-1 alpha-3 code, found {person.country}"
                )
        forms = [
            form.casefold()
            for person in self.person
            for form in {person.name.casefold(), *(alias.casefold() for alias in person.aliases)}
        ]
        if twice := sorted({form for form in forms if forms.count(form) > 1}):
            raise ValueError(f"one name given to two persons: {', '.join(twice)}")
        return self

    @property
    def by_site_id(self) -> Mapping[str, Person]:
        """The persons by the site's number."""
        return _by_site_id(self)

    @property
    def by_form(self) -> Mapping[str, Person]:
        """The persons by every form of their name, case-folded."""
        return _by_form(self)


@cache
def _by_site_id(people: People) -> Mapping[str, Person]:
    return {person.site_person_id: person for person in people.person if person.site_person_id}


@cache
def _by_form(people: People) -> Mapping[str, Person]:
    return {form.casefold(): person for person in people.person for form in (person.name, *person.aliases)}


@cache
def load_people(path: Path = PEOPLE) -> People:
    """Reads the persons. Raises `ValueError`, naming the file, where an entry is wrong."""
    try:
        # TOML knows no tuples, so the values go through JSON's rules, which are strict but take a list for one.
        return People.model_validate_json(_as_json(path))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _as_json(path: Path) -> bytes:
    return msgspec.json.encode(tomllib.loads(path.read_text("utf-8")))
