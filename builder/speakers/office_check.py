"""What should be known of a page's speakers and is no error: offices that the reference gives otherwise, and slips."""

import datetime as dt
from collections.abc import Iterator

from builder.lexicon.countries import country_of_adjective, state_code
from builder.lexicon.spelling import is_slip
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
    """An office as its title and the code of its state; null where it is not the state's itself: `President of Tatarstan`."""
    title, of, state = role.replace("'", "’").partition(" of ")
    if of:
        country = state_code(state)
    else:
        adjective, _, title = role.partition(" ")
        country = country_of_adjective(adjective)
    return (title.casefold(), country) if country and title else None


def slip_notices(assignment: SpeakerAssignment) -> Iterator[str]:
    """A notice for each label whose name is taken for another that differs from it by a typing error."""
    for speaker in assignment.speakers:
        known = [speaker.name, *(name.form for name in speaker.printed if name.evidence != "spelling")]
        for printed in speaker.printed:
            if printed.evidence == "spelling" and any(is_slip(printed.form, name) for name in known):
                yield f"{printed.form}: taken for {speaker.name}, from whom it differs by one typing error"
