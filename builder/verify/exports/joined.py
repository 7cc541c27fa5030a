"""Turns and appearances joined with what the other tables say of them, for the exports that hold them so."""

from collections.abc import Iterator

from builder.verify.findings import Row
from builder.verify.package_rows import Package


def turns(package: Package) -> Iterator[Row]:
    """Each utterance with `id`, its number, and the columns of its meeting, its speaker and its participation.

    Where two of them have a column of one name, the utterance's counts, then the participation's.
    """
    people = {row["speaker_id"]: row for row in package.rows("speakers")}
    nobody = dict.fromkeys(("name", "given_name", "family_name", "site_person_id", "wikidata_id", "country"))
    number = 0
    for meeting in package.by_meeting():
        roles = {row["speaker_id"]: row for row in meeting.participations}
        for utterance in meeting.utterances:
            number += 1
            who = utterance["speaker_id"]
            speaker = people.get(who, {}) | roles.get(who, {})
            yield {**meeting.meetings[0], **nobody, **speaker, **utterance, "id": number}


def appearances(package: Package) -> Iterator[Row]:
    """Each participation with the columns of its meeting and its speaker."""
    people = {row["speaker_id"]: row for row in package.rows("speakers")}
    for meeting in package.by_meeting():
        for row in meeting.participations:
            yield {**meeting.meetings[0], **people[row["speaker_id"]], **row}
