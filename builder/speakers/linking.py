"""Links the speakers of all pages of a build: who is one person and who are two, by the numbers the site gives to persons.

A page knows a speaker by name. Where two persons on the site share a name, the id of each gets the site's number as a
suffix, and a label of that name without a link belongs to neither. Where pages give one person on the site two names, both
get one id. Every other speaker keeps the id from the page. The order in which pages are read makes no difference.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from builder.lexicon.offices import may_be_one
from schema.ids import speaker_id


class NumberedName(NamedTuple):
    """A pair of a person's number and a plain id that some page gives."""

    site_person_id: str
    plain_id: str
    is_of_reference: bool
    """Whether the plain id is an id of the reference."""
    is_order_shown: bool
    """Whether a label shows the order of the name's words."""


class Identities(NamedTuple):
    """The ids that speakers take, by their number or their plain id."""

    of_person: Mapping[str, str]
    """The id of each person with a number."""
    of_name: Mapping[str, str]
    """The id of a speaker without a number, by the plain id; the plain id itself where it is missing here."""
    notices: tuple[str, ...]


class NamedSpeaker(NamedTuple):
    """A speaker of one page, as far as linking needs it."""

    plain_id: str
    site_person_id: str | None
    is_of_reference: bool


class Bearer(NamedTuple):
    """The only speaker with a certain plain id on the included pages."""

    speaker_id: str
    site_person_id: str | None


@dataclass(slots=True)
class _PersonOnPages:
    """The names of one person on the site."""

    plain_ids: set[str] = field(default_factory=set)
    best: tuple[bool, bool, str] = (True, True, "")
    """The best plain id, after what makes it better: an id of the reference, an order of words that a label shows."""

    def add(self, name: NumberedName) -> None:
        this = (not name.is_of_reference, not name.is_order_shown, name.plain_id)
        self.best = min(self.best, this) if self.plain_ids else this
        self.plain_ids.add(name.plain_id)


def identities(names: Iterable[NumberedName]) -> Identities:
    """Decides which id each person takes, by every pair of a number and a plain id that the included pages give."""
    persons: dict[str, _PersonOnPages] = defaultdict(_PersonOnPages)
    for name in names:
        persons[name.site_person_id].add(name)
    by_best_id: dict[str, list[str]] = defaultdict(list)
    """The numbers of the persons by the plain id that is best for each."""
    by_any_id: dict[str, list[str]] = defaultdict(list)
    """The numbers of the persons by every plain id that a page gives them."""
    for number in sorted(persons, key=_by_value):
        by_best_id[persons[number].best[2]].append(number)
        for plain_id in persons[number].plain_ids:
            by_any_id[plain_id].append(number)
    of_person: dict[str, str] = {}
    notices: list[str] = []
    for plain_id, numbers in sorted(by_best_id.items()):
        for number in numbers:
            is_of_reference = not persons[number].best[0]
            of_person[number] = speaker_id(plain_id, None if len(numbers) == 1 or is_of_reference else number)
        if len(numbers) > 1:
            ids = ", ".join(of_person[number] for number in numbers)
            notices.append(f"{plain_id}: {len(numbers)} persons on the site have this name; their ids are {ids}")
    for number, person in sorted(persons.items(), key=lambda item: _by_value(item[0])):
        if others := sorted(person.plain_ids - {of_person[number], person.best[2]}):
            notices.append(
                f"{of_person[number]}: person {number} of the site, whom pages also name {', '.join(others)}"
            )
    of_name = {plain_id: of_person[numbers[0]] for plain_id, numbers in by_any_id.items() if len(numbers) == 1}
    return Identities(of_person, {plain: final for plain, final in of_name.items() if plain != final}, tuple(notices))


def _by_value(number: str) -> tuple[int, str]:
    """Sorts the site's numbers as numbers: they have no leading zeros, and a page may print one of any length."""
    return len(number), number


def ids_on_page(speakers: Sequence[NamedSpeaker], page_name: str | None, found: Identities) -> list[str]:
    """The id of each speaker of one page. `page_name` is the date and title of the page, as an id shows them."""
    ids = [_id_of(speaker, found) for speaker in speakers]
    bearers = Counter(ids)
    numbered = {id_ for speaker, id_ in zip(speakers, ids, strict=True) if speaker.site_person_id is not None}
    # Beside the numbered person, a name that no page gives to another number is that person's; beside anybody else, who has
    # no number stays separate, known on this page only.
    return [
        speaker_id(speaker.plain_id, page_name)
        if bearers[id_] > 1
        and speaker.site_person_id is None
        and not speaker.is_of_reference
        and not (id_ in numbered and speaker.plain_id in found.of_name)
        else id_
        for speaker, id_ in zip(speakers, ids, strict=True)
    ]


def _id_of(speaker: NamedSpeaker, found: Identities) -> str:
    if speaker.site_person_id is not None:
        return found.of_person.get(speaker.site_person_id, speaker.plain_id)
    return speaker.plain_id if speaker.is_of_reference else found.of_name.get(speaker.plain_id, speaker.plain_id)


def id_of_mentioned(site_person_id: str | None, bearer: Bearer | None, found: Identities) -> str | None:
    """The speaker who is a person mentioned in speech: the one with the site's number, else the only one of the full name.

    `bearer` is the only speaker of that name, if there is exactly one. Null where the person is no speaker.
    """
    if site_person_id is not None and (known := found.of_person.get(site_person_id)):
        return known
    if bearer and None in (site_person_id, bearer.site_person_id):
        return bearer.speaker_id
    return None


def is_namesake(offices: Sequence[str], role: str) -> bool:
    """Whether a person mentioned with an office is someone other than the speaker of that name who holds these offices."""
    return bool(offices) and not may_be_one(offices, [role])
