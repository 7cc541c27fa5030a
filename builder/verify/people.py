"""Checks of what is derived about persons: their names, their offices over time, and who mentions them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from builder.speakers.reference import Person, load_people
from builder.verify import participations
from builder.verify.findings import Finding, Place, Row, same
from builder.verify.package_rows import Meeting, Package
from builder.verify.rows import group
from schema.tables import BY_NAME


def names(package: Package) -> Iterator[Finding]:
    """The names of a speaker are the aliases, and stand in no more meetings than the speaker does."""
    forms = group(package.rows("names"), "speaker_id")
    meetings = Counter(speaker for (speaker,) in package.tuples("participations", "speaker_id"))
    persons = {person.speaker_id: person for person in load_people().person}
    numbers: dict[str, str] = {}
    shared = []
    for speaker in package.rows("speakers"):
        name = speaker["speaker_id"]
        own = forms.get(name, [])
        yield from _speaker(persons.get(name), speaker)
        yield from same(Place("speakers", name), "aliases", sorted({row["form"] for row in own}), speaker["aliases"])
        for row in own:
            if row["meeting_count"] > meetings[name]:
                place = Place("names", f"{name}, {row['form']}, {row['evidence']}")
                expected, found = f"at most {meetings[name]}", str(row["meeting_count"])
                text = f"meeting_count: expected {expected}, found {found}"
                yield place.says(text, column="meeting_count", expected=expected, found=found)
        number = speaker["site_person_id"]
        if number is not None and (other := numbers.setdefault(number, name)) != name:
            text = f"site_person_id {number} is {other}'s too"
            shared.append(Place("speakers", name).says(text, column="site_person_id", found=number))
    yield from shared


def _speaker(person: Person | None, row: Row) -> Iterator[Finding]:
    """The Wikidata item is the one of the reference, and a name has both of its parts or neither."""
    place = Place("speakers", row["speaker_id"])
    # Whoever has a person's name need not be that person: then none is given.
    if row["wikidata_id"] is not None:
        yield from same(place, "wikidata_id", person and person.wikidata_id, row["wikidata_id"])
    yield from same(place, "whether given_name is null", row["family_name"] is None, row["given_name"] is None)


@dataclass
class _Office:
    """An office of a speaker, as the participations print it."""

    office: str
    first_meeting_id: str
    last_meeting_id: str
    meeting_count: int


def offices(package: Package) -> Iterator[Finding]:
    """The offices are those that the participations print, from the first meeting to the last."""
    dates = dict(package.tuples("meetings", "meeting_id", "date"))
    wanted = {
        (speaker, office.office): {
            "first_date": dates.get(office.first_meeting_id),
            "last_date": dates.get(office.last_meeting_id),
            "first_meeting_id": office.first_meeting_id,
            "last_meeting_id": office.last_meeting_id,
            "meeting_count": office.meeting_count,
        }
        for (speaker, _), office in sorted(_printed(package).items())
    }
    found = {(row["speaker_id"], row["office"]): row for row in package.rows("offices")}
    for key, columns in wanted.items():
        place = Place("offices", ", ".join(key))
        if key not in found:
            yield place.says("expected from the participations, found none")
            continue
        for column, value in columns.items():
            yield from same(place, column, value, found[key][column])
    for key in sorted(found.keys() - wanted.keys()):
        yield Place("offices", ", ".join(key)).says("no participation prints this office")


def _printed(package: Package) -> dict[tuple[str, str], _Office]:
    """The offices that the participations print, by speaker and spelling in lower case."""
    printed: dict[tuple[str, str], _Office] = {}
    for batch in package.sorted_by_meeting(BY_NAME["participations"]):
        columns = (batch.column(name).to_pylist() for name in ("meeting_id", "speaker_id", "role"))
        for meeting, speaker, role in zip(*columns, strict=True):
            if role is None:
                continue
            office = printed.setdefault((speaker, role.casefold()), _Office(role, meeting, meeting, 0))
            office.last_meeting_id = meeting
            office.meeting_count += 1
    return printed


def participations_of_meeting(package: Package, meeting: Meeting) -> Iterator[Finding]:
    """Who takes part in a meeting, and as what, is what its page says."""
    if meeting.segments and meeting.source and meeting.meetings:
        yield from participations.findings(package.speakers.evidence, meeting)


def mentions(package: Package, meeting: Meeting) -> Iterator[Finding]:
    """The mentions of a meeting are numbered in order, stand in its turns, and their speakers have the numbers they say."""
    own = {row["utterance_id"] for row in meeting.utterances}
    for sequence, row in enumerate(meeting.mentions, start=1):
        place = Place("mentions", f"{meeting.meeting_id}, {row['sequence']}")
        number, speaker = row["site_person_id"], row["speaker_id"]
        yield from same(place, "sequence", sequence, row["sequence"])
        if (utterance := row["utterance_id"]) not in own:
            expected = package.meeting_of.get(utterance)
            yield from same(place, f"meeting of {utterance}", expected, meeting.meeting_id)
        if row["kind"] == "link" and number is None:
            yield place.says("expected the site's number on a link, found null", column="site_person_id", found="null")
        if (bearer := package.speakers.bearers.get(number)) is not None:
            yield from same(place, f"speaker_id of {number}", bearer, speaker)
        if (known := package.speakers.numbers.get(speaker)) is not None and number is not None:
            yield from same(place, f"site_person_id of {speaker}", known, number)
