"""Checks the offices that a page prints against those that the reference gives for that day."""

import datetime as dt
from collections.abc import Iterator

from builder.lexicon.office_states import country_of_office
from builder.speakers.page_speakers import SpeakerAssignment
from builder.speakers.reference import People


def office_doubts(assignment: SpeakerAssignment, day: dt.date, people: People) -> Iterator[str]:
    """A notice for each speaker with an office that, by the reference, someone else holds on that day, or that the speaker
    holds only on other days."""
    for speaker in assignment.speakers:
        if speaker.role is None or (office := _office(speaker.role)) is None:
            continue
        same = [tenure for tenure in people.tenure if _office(tenure.office) == office]
        holders = {tenure.speaker_id for tenure in same if tenure.covers(day)}
        if speaker.plain_id in holders or not same:
            continue
        if holders:
            yield f"{speaker.role} {speaker.name}: on {day} the reference knows {', '.join(sorted(holders))} in this office"
        elif any(tenure.speaker_id == speaker.plain_id for tenure in same):
            yield f"{speaker.role} {speaker.name}: the reference does not know them in this office on {day}"


def _office(role: str) -> tuple[str, str] | None:
    """An office as its title and the code of its state; null where it names no state."""
    country = country_of_office(role)
    return (role.partition(" of ")[0].casefold(), country) if country else None
