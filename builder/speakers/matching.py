"""Step 3 of resolving a page: matches each label to the person it names.

A label matches by its link, by a person tag, or by the full name; then by a part of the name, another spelling or a slip,
where these fit exactly one person on the page. A label that fits several persons gets a candidate of its own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from builder.lexicon.label_words import is_abbreviated
from builder.lexicon.names import NamedLabel
from builder.lexicon.offices import may_be_one
from builder.lexicon.site_names import fits, is_listed_as
from builder.lexicon.spelling import spelling_key
from builder.speakers.candidates import Candidate, find_person, with_person
from builder.speakers.labels_of_page import LinkedLabel, PageLabels
from builder.speakers.name_relations import fitting
from builder.speakers.outside_speech import OutsideSpeech
from builder.speakers.page_speakers import PrintedName
from builder.speakers.reference import People, Person
from schema.ids import slug
from schema.vocabularies import SpeakerEvidence

_Found = tuple[Candidate, SpeakerEvidence]
"""The person of a label, and how the label shows it."""


def match_labels(
    labels: PageLabels, listed: Sequence[Candidate], people: People, outside: OutsideSpeech
) -> Mapping[LinkedLabel, Candidate]:
    """The person whom each label names: one of those listed, or a new one. What the labels say is added to them."""
    page = _Known([*listed], people, outside)
    turns = Counter(label for label in labels.by_turn if label.text in labels.named)
    abbreviated = [
        label for label in turns if not label.site_person_id and is_abbreviated(labels.named[label.text].name)
    ]
    # The surest first: the persons they show help to match the others.
    sure = sorted((label for label in turns if label not in {*abbreviated}), key=lambda label: not label.site_person_id)
    matches = {label: _match(label, labels.named[label.text], turns[label], page) for label in sure}
    _join_spellings(page.candidates, matches)
    for label in abbreviated:
        matches[label] = _match(label, labels.named[label.text], turns[label], page)
    return matches


class _Known(NamedTuple):
    """What is known while labels are matched."""

    candidates: list[Candidate]
    """The persons of the page so far."""
    people: People
    outside: OutsideSpeech


def _match(label: LinkedLabel, parts: NamedLabel, turns: int, page: _Known) -> Candidate:
    """The person whom a label names, a new one where it names none known so far, with what the label says added."""
    name = parts.name
    link = label.site_person_id
    candidate, evidence = _by_link(name, link, page) if link else _by_name(name, page)
    if candidate not in page.candidates:
        page.candidates.append(candidate)
    candidate.printed.setdefault(PrintedName(name, evidence))
    candidate.turns += turns
    if parts.role:
        candidate.roles.append(parts.role)
    if candidate.name.isupper() and " " in name and not candidate.listed:
        candidate.name = name
    return candidate


def _by_link(name: str, link: str, page: _Known) -> _Found:
    known = next((c for c in page.candidates if c.site_person_id == link), None)
    if known and known.listed and not known.turns and not fits(known.listed, name):
        # The site's list and the label disagree: the number stays, but here the person's name is the label's.
        known.name, known.listed = name, None
    if not known:
        person = find_person(page.people, link, [name])
        known = with_person(page.candidates, person) or Candidate(name, person)
        known.site_person_id = known.site_person_id or link
    return known, "link"


def _by_name(name: str, page: _Known) -> _Found:
    return _by_part_of_name(name, page) if is_abbreviated(name) else _by_full_name(name, page)


def _by_full_name(name: str, page: _Known) -> _Found:
    called = [c for c in page.candidates if c.is_called(name)]
    if len(called) > 1:
        # Namesakes: a label without a link belongs to neither.
        called = [c for c in called if not c.is_sure]
    elif not called and (found := _by_reference(name, page)):
        return found
    if not called:
        return _by_slip(name, page)
    (candidate, *_) = called
    if candidate.listed and is_listed_as(candidate.listed, name):
        return candidate, candidate.listed_evidence
    return candidate, _evidence_of(candidate.person, name) if candidate.person else "full_name"


def _by_reference(name: str, page: _Known) -> _Found | None:
    person = find_person(page.people, None, [name])
    return (
        (with_person(page.candidates, person) or Candidate(name, person), _evidence_of(person, name))
        if person
        else None
    )


def _by_slip(name: str, page: _Known) -> _Found:
    """A new person; named as the title prints the name, where a label that nothing else explains has a typing error."""
    titled = page.outside.name_in_title(name)
    if titled and not any(candidate.is_called(titled) or candidate.is_called(name) for candidate in page.candidates):
        return Candidate(titled), "spelling"
    return Candidate(name), "full_name"


def _by_part_of_name(name: str, page: _Known) -> _Found:
    """The person of a label that is a family name alone, or one with initials."""
    if known := _by_reference(name, page):
        return known
    listed = [c for c in page.candidates if c.listed and c.listed.casefold() == name.casefold()]
    if len(listed) == 1:
        return listed[0], listed[0].listed_evidence
    found, evidence = fitting(name, page.candidates)
    if len(found) == 1:
        return found[0], evidence
    if not found and (full := page.outside.full_name(name)):
        return _by_name(full, page)[0], "short_name"
    return Candidate(name, is_known_here_alone=True), "family_name"


def _evidence_of(person: Person, name: str) -> SpeakerEvidence:
    return "full_name" if slug(person.name) == slug(name) else "alias"


def _join_spellings(candidates: list[Candidate], matches: dict[LinkedLabel, Candidate]) -> None:
    """Joins each person named only in labels to the one other person for whom the name can stand, if there is one."""
    order = {candidate: index for index, candidate in enumerate(candidates)}

    def standing(candidate: Candidate) -> tuple[bool, int, bool, int]:
        return candidate.is_sure, candidate.turns, bool(candidate.roles), -order[candidate]

    for candidate in sorted((c for c in candidates if not c.is_sure), key=standing):
        found, evidence = fitting(candidate.name, [c for c in candidates if c is not candidate])
        other = max(found, key=standing, default=None)
        if other is None or standing(other) < standing(candidate) or not _are_one(found):
            continue
        if not candidate.roles or not other.roles or may_be_one(candidate.roles, other.roles):
            other.printed |= {PrintedName(name.form, evidence): None for name in candidate.printed}
            other.roles += candidate.roles
            other.turns += candidate.turns
            candidates.remove(candidate)
            matches |= {label: other for label, matched in matches.items() if matched is candidate}


def _are_one(candidates: Sequence[Candidate]) -> bool:
    """Whether the candidates are one person whose name labels spell in several ways."""
    return len(candidates) == 1 or (
        len({spelling_key(c.name) for c in candidates}) == 1 and sum(c.is_sure for c in candidates) < 2
    )
