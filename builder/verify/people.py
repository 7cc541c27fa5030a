"""Checks on what is derived of persons: their names, their offices over time, and of whom they speak."""

from collections import defaultdict
from collections.abc import Iterator

from builder.speakers.reference import Person, load_people
from builder.verify.reading import Package, Row, same
from builder.verify.rows import group
from builder.verify.segments import findings


def names(package: Package) -> Iterator[str]:
    """The names of a speaker are the aliases, and stand in no more meetings than the speaker does."""
    rows = package.rows
    forms = group(rows["names"], "speaker_id")
    meetings = {name: len(taking_part) for name, taking_part in group(rows["participations"], "speaker_id").items()}
    persons = {person.speaker_id: person for person in load_people().person}
    for speaker in rows["speakers"]:
        name = speaker["speaker_id"]
        own = forms.get(name, [])
        yield from _speaker(persons.get(name), speaker)
        yield from same(f"speakers: {name}: aliases", sorted({row["form"] for row in own}), speaker["aliases"])
        for row in own:
            if row["meeting_count"] > meetings.get(name, 0):
                where = f"names: {name}, {row['form']}, {row['evidence']}"
                yield f"{where}: meeting_count: expected at most {meetings.get(name, 0)}, found {row['meeting_count']}"
    numbers: dict[str, str] = {}
    for speaker in rows["speakers"]:
        number = speaker["site_person_id"]
        if number is not None and (other := numbers.setdefault(number, speaker["speaker_id"])) != speaker["speaker_id"]:
            yield f"speakers: {speaker['speaker_id']}: site_person_id {number} is {other}'s too"


def _speaker(person: Person | None, row: Row) -> Iterator[str]:
    """A Wikidata item is the reference's, and a name is parted in two or not at all."""
    where = f"speakers: {row['speaker_id']}"
    # Who bears a person's name need not be that person: then none is given.
    if row["wikidata_id"] is not None:
        yield from same(f"{where}: wikidata_id", person and person.wikidata_id, row["wikidata_id"])
    yield from same(f"{where}: whether given_name is null", row["family_name"] is None, row["given_name"] is None)


def names_and_offices(package: Package) -> Iterator[str]:
    """What is derived of each speaker follows from the rows that it is derived of."""
    yield from names(package)
    yield from offices(package)
    yield from findings(package).people


def offices(package: Package) -> Iterator[str]:
    """The offices are those that the participations print, from the first meeting to the last."""
    dates = {row["meeting_id"]: row["date"] for row in package.rows["meetings"]}
    printed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in package.rows["participations"]:
        if row["role"] is not None:
            printed[row["speaker_id"], row["role"].casefold()].append((row["meeting_id"], row["role"]))
    wanted = [_office(speaker_id, sorted(places), dates) for (speaker_id, _), places in sorted(printed.items())]
    found = {(row["speaker_id"], row["office"]): row for row in package.rows["offices"]}
    for row in wanted:
        key = row["speaker_id"], row["office"]
        where = f"offices: {row['speaker_id']}, {row['office']}"
        if key not in found:
            yield f"{where}: expected from the participations, found none"
            continue
        for column, value in row.items():
            yield from same(f"{where}: {column}", value, found[key][column])
    for key in sorted(found.keys() - {(row["speaker_id"], row["office"]) for row in wanted}):
        yield f"offices: {key[0]}, {key[1]}: no participation prints this office"


def _office(speaker_id: str, places: list[tuple[str, str]], dates: dict[str, object]) -> Row:
    """The row of an office that participations print in these meetings, in this form each."""
    first, last = places[0][0], places[-1][0]
    return {
        "speaker_id": speaker_id,
        "office": places[0][1],
        "first_date": dates.get(first),
        "last_date": dates.get(last),
        "first_meeting_id": first,
        "last_meeting_id": last,
        "meeting_count": len(places),
    }


def mentions(package: Package) -> Iterator[str]:
    """The mentions stand in the speech of their turns, numbered in order, and their speakers bear the numbers they say."""
    rows = package.rows
    number_of = {row["speaker_id"]: row["site_person_id"] for row in rows["speakers"]}
    bearers = {number: name for name, number in number_of.items() if number is not None}
    meeting_of = {row["utterance_id"]: row["meeting_id"] for row in rows["utterances"]}
    for meeting, own in group(rows["mentions"], "meeting_id").items():
        for sequence, row in enumerate(own, start=1):
            where = f"mentions: {meeting}, {row['sequence']}"
            yield from same(f"{where}: sequence", sequence, row["sequence"])
            yield from same(f"{where}: meeting of {row['utterance_id']}", meeting_of.get(row["utterance_id"]), meeting)
            if row["kind"] == "link" and row["site_person_id"] is None:
                yield f"{where}: expected the site's number on a link, found null"
            if (bearer := bearers.get(row["site_person_id"])) is not None:
                yield from same(f"{where}: speaker_id of {row['site_person_id']}", bearer, row["speaker_id"])
            number = number_of.get(row["speaker_id"])
            if number is not None and row["site_person_id"] is not None:
                yield from same(f"{where}: site_person_id of {row['speaker_id']}", number, row["site_person_id"])
    yield from findings(package).mentions
