"""Joins the persons of different pages whose names are one name spelt in two ways, by the rules that a page's own labels follow.

Only where one other person fits on all pages: everything else is left to `review`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import NamedTuple

from builder.lexicon.offices import may_be_one
from builder.lexicon.spelling import is_part_of, is_slip, slip_keys, spelling_key, words_key


class SpeltPerson(NamedTuple):
    """A person as the included pages together know them."""

    speaker_id: str
    names: tuple[str, ...]
    """In full, as labels and the site print them."""
    site_person_id: str | None
    is_of_reference: bool
    roles: tuple[str, ...]
    pages: int

    @property
    def is_sure(self) -> bool:
        """Whether something other than labels says who it is."""
        return self.is_of_reference or self.site_person_id is not None

    @property
    def standing(self) -> tuple[bool, bool, int, str]:
        """Of two spellings of one person the one with the least is kept."""
        return not self.is_of_reference, self.site_person_id is None, -self.pages, self.speaker_id


def joined(
    persons: Iterable[SpeltPerson], speak_together: Callable[[str, str], bool]
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The id that each person joined takes, and a notice of each. Two who speak together on a page are two persons to it, so
    to all."""
    known = {person.speaker_id: person for person in persons if person.names}
    fits: dict[str, set[str]] = defaultdict(set)
    for one, other in _related(known.values()):
        if other not in fits[one] and not speak_together(one, other):
            fits[one].add(other)
            fits[other].add(one)
    taken: dict[str, str] = {}
    for group in _groups(fits):
        members = sorted((known[speaker_id] for speaker_id in group), key=lambda person: person.standing)
        is_one = sum(person.is_sure for person in members) < 2 and all(
            fits[person.speaker_id] >= group - {person.speaker_id} for person in members
        )
        if is_one:
            taken |= {person.speaker_id: members[0].speaker_id for person in members[1:]}
    notices = (f"{taken[one]}: other pages spell the name {known[one].names[0]}" for one in sorted(taken))
    return taken, tuple(notices)


def _related(persons: Iterable[SpeltPerson]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose names may be one person's; a pair may come more than once."""
    by_spelling: dict[str, list[_Named]] = defaultdict(list)
    by_ends: dict[str, list[_Named]] = defaultdict(list)
    by_slip: dict[str, list[_Named]] = defaultdict(list)
    for person in persons:
        for name in person.names:
            words = words_key(name)
            if len(words) > 1:
                by_spelling[spelling_key(name)].append((name, person))
                by_ends[f"{words[0]} {words[-1]}"].append((name, person))
                for key in slip_keys(name) if person.roles else ():
                    by_slip[key].append((name, person))
    for groups, are_one in ((by_spelling, _are_spelt_otherwise), (by_ends, _are_parts), (by_slip, _are_a_slip)):
        for group in groups.values():
            for one, other in combinations(group, 2):
                if one[1] is not other[1] and are_one(one, other):
                    yield one[1].speaker_id, other[1].speaker_id


_Named = tuple[str, SpeltPerson]


def _are_spelt_otherwise(one: _Named, other: _Named) -> bool:
    roles, others = one[1].roles, other[1].roles
    return not roles or not others or may_be_one(roles, others)


def _are_parts(one: _Named, other: _Named) -> bool:
    """Whether one name leaves out words of the other, and an office or the site shows that it is one person's."""
    words, other_words = words_key(one[0]), words_key(other[0])
    if not (is_part_of(words, other_words) or is_part_of(other_words, words)):
        return False
    if one[1].roles and other[1].roles:
        return may_be_one(one[1].roles, other[1].roles)
    return one[1].is_sure or other[1].is_sure


def _are_a_slip(one: _Named, other: _Named) -> bool:
    """Whether two names differ by one typing error and have one office, of more words than `student`."""
    roles, others = ([role for role in named[1].roles if " " in role] for named in (one, other))
    return is_slip(one[0], other[0]) and may_be_one(roles, others)


def _groups(fits: Mapping[str, AbstractSet[str]]) -> Iterator[frozenset[str]]:
    """The ids that hang together, in the order of the first."""
    seen: set[str] = set()
    for speaker_id in sorted(fits):
        group, waiting = set[str](), [speaker_id]
        while waiting:
            if (one := waiting.pop()) not in seen:
                seen.add(one)
                group.add(one)
                waiting += fits[one]
        if group:
            yield frozenset(group)
