"""The office and the country of a speaker on one page. Independent of how labels are matched to speakers."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from builder.lexicon.office_states import country_of_office, is_office_of_a_state, names_another_state
from builder.lexicon.offices import may_be_one, office_in
from builder.speakers.outside_speech import OutsideSpeech
from builder.speakers.reference import People, Person
from schema.vocabularies import RoleEvidence

Role = tuple[str | None, RoleEvidence]
"""An office, and where the page prints it."""

_STATE_OF_SITE = "RUS"
"""The site belongs to the President of Russia, so a minister of no named state is Russia's, unless the page names another."""


def role_of(
    printed: Sequence[str], names: Iterable[str], order: Mapping[str | None, int], outside: OutsideSpeech
) -> Role:
    """The office of a speaker: the first that a label prints, else the first beside one of the names outside speech.

    `order` gives the place of each label's office on the page.
    """
    if printed:
        return min(printed, key=order.__getitem__), "label"
    names = dict.fromkeys(names)
    for evidence, texts in outside.regions():
        for text in texts:
            if office := office_in(text, names):
                return office, evidence
    return None, "none"


class Holder(NamedTuple):
    """A speaker whose country is looked for."""

    role: str | None
    person: Person | None
    """The entry in the reference."""
    names: tuple[str, ...]


def countries_of(
    speakers: Iterable[Holder], day: dt.date, people: People, outside: OutsideSpeech, labels: Iterable[str]
) -> list[str | None]:
    """The country for which each speaker speaks.

    The words of the office decide; else the reference for that day; else the same office as the page prints it beside the
    name elsewhere, `President of Ruritania` for `President`; else, for an office of a state, the country is the site's own,
    unless a text of the page speaks of another state's office or of talks with it.
    """
    countries: list[str | None] = []
    undecided: list[int] = []
    for role, person, names in speakers:
        country = (country_of_office(role) if role else None) or (people.country_of(person, day) if person else None)
        if not country and role:
            country = _country_elsewhere(role, names, outside)
            if not country and is_office_of_a_state(role):
                undecided.append(len(countries))
        countries.append(country)
    if undecided and not any(names_another_state(text, _STATE_OF_SITE) for text in (*outside.spoken_of(), *labels)):
        for index in undecided:
            countries[index] = _STATE_OF_SITE
    return countries


def _country_elsewhere(role: str, names: Iterable[str], outside: OutsideSpeech) -> str | None:
    """The country of the same office, printed with more words beside the name."""
    names = dict.fromkeys(names)
    offices = {office for _, texts in outside.regions() for text in texts if (office := office_in(text, names))}
    found = {country_of_office(office) for office in offices if may_be_one([role], [office])} - {None}
    return found.pop() if len(found) == 1 else None
