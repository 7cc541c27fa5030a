"""Who speaks, and as what: from the labels of one page to its speakers.

A speaker's id depends on the page and on the hand-kept people alone, so no page ever changes another page's ids.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.document import PersonTag, Reading
from builder.ids import slug
from builder.names import NamedLabel, given_name_first, is_voice, names_of_tags, split_label
from builder.offices import country_of_office, office_beside
from builder.reference import People, Person
from schema.records import RoleEvidence, SpeakerEvidence

_REGIONS: tuple[Literal["lead", "title", "heading", "caption", "narration"], ...] = (
    "lead",
    "title",
    "heading",
    "caption",
    "narration",
)
"""Where a page may print an office that the label does not, in order of precedence."""

_BEST_EVIDENCE_FIRST: tuple[SpeakerEvidence, ...] = ("link", "full_name", "short_name", "alias")


@dataclass(frozen=True, slots=True)
class PageSpeaker:
    """One named speaker of one page."""

    speaker_id: str
    name: str
    """In full, as the reference has it, else as the page prints it."""
    person: Person | None
    """Its entry in the reference."""
    forms: tuple[str, ...]
    """Every form of the name that the page prints, in labels and person tags."""
    family_name: str | None
    """As the page's person tags part it."""
    given_name: str | None
    site_person_id: str | None
    role: str | None
    role_evidence: RoleEvidence
    speaker_evidence: SpeakerEvidence
    country: str | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of a page, and which of them takes each turn."""

    speakers: tuple[PageSpeaker, ...]
    """In order of their first turn."""
    by_turn: tuple[str | None, ...]
    """The speaker's id of each turn; null for a voice without a name."""


@dataclass(slots=True)
class _Voice:
    """What one page's labels say of one person, as it gathers."""

    name: str
    person: Person | None
    forms: list[str]
    roles: list[str]
    evidence: set[SpeakerEvidence]
    site_person_ids: set[str]
    """From links in the labels."""


def resolve(reading: Reading, people: People) -> Cast:
    """Names the speaker of every turn of a page, and gives each their office on that page."""
    if not reading.turns:
        return Cast((), ())
    tags = reading.document.facts.persons or ()
    labels = list(dict.fromkeys(turn.label for turn in reading.turns))
    named = _named(labels, people, tags)
    full_names = list(
        dict.fromkeys([parts.name for parts in named.values() if " " in parts.name] + names_of_tags(tags))
    )
    voices: dict[str, _Voice] = {}
    links = {turn.label: turn.site_person_id for turn in reading.turns if turn.site_person_id}
    by_label = {
        label: _add(named[label], links.get(label), full_names, people, voices) if label in named else None
        for label in labels
    }
    speakers = tuple(_speaker(speaker_id, voice, reading, tags) for speaker_id, voice in voices.items())
    return Cast(speakers, tuple(by_label[turn.label] for turn in reading.turns))


def _named(labels: Iterable[str], people: People, tags: Sequence[PersonTag]) -> dict[str, NamedLabel]:
    """Each label that is not a voice's, parted into name and office."""
    alone = {label: split_label(label) for label in labels if not is_voice(label)}
    # Full names that the page or the reference gives show where the office ends in a label: a label that is a name
    # alone, a person tag, the persons known.
    known = [form for person in people.person for form in (person.name, *person.aliases)] + names_of_tags(tags)
    known += [p.name for p in alone.values() if p and (p.role is None or p.role.startswith(p.name))]
    known = list(dict.fromkeys(known))
    return {label: split_label(label, known) or NamedLabel(label, None) for label in alone}


def _add(
    parts: NamedLabel, link: str | None, full_names: Sequence[str], people: People, voices: dict[str, _Voice]
) -> str:
    """Joins a label to the person it names on this page, and by its link to a person; returns that person's speaker id."""
    name = parts.name
    evidence: SpeakerEvidence = "full_name"
    if " " not in name and (longer := _only_name_ending(name, full_names)):
        name, evidence = longer, "short_name"
    person = people.by_site_id.get(link or "") or people.by_form.get(name.casefold())
    if person and person.name.casefold() != name.casefold():
        evidence = "alias"
    if link:
        evidence = "link"
    speaker_id = person.speaker_id if person else slug(name) or "unnamed"
    voice = voices.setdefault(speaker_id, _Voice(person.name if person else name, person, [], [], set(), set()))
    if voice.name.isupper():
        voice.name = name
    voice.forms.append(parts.name)
    voice.evidence.add(evidence)
    if link:
        voice.site_person_ids.add(link)
    if parts.role:
        voice.roles.append(parts.role)
    return speaker_id


def _only_name_ending(name: str, full_names: Iterable[str]) -> str | None:
    """The one full name of the page that ends with this family name; null where there is none, or more than one."""
    fitting = {full.casefold(): full for full in full_names if full.casefold().endswith(" " + name.casefold())}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _speaker(speaker_id: str, voice: _Voice, reading: Reading, tags: Sequence[PersonTag]) -> PageSpeaker:
    person = voice.person
    own_tags = [tag for tag in tags if given_name_first(tag) in {voice.name, *voice.forms}]
    linked = sorted(voice.site_person_ids) or [tag.site_person_id for tag in own_tags if tag.site_person_id]
    role, role_evidence = _role(voice, reading)
    country = country_of_office(role) if role else None
    family_name, given_name = own_tags[0].name.split() if own_tags else (None, None)
    return PageSpeaker(
        speaker_id=speaker_id,
        name=voice.name,
        person=person,
        forms=tuple(dict.fromkeys([*voice.forms, *(tag.name for tag in own_tags)])),
        given_name=person.given_name if person else given_name,
        family_name=person.family_name if person else family_name,
        site_person_id=(person.site_person_id if person else None) or (linked[0] if linked else None),
        role=role,
        role_evidence=role_evidence,
        speaker_evidence=min(voice.evidence, key=_BEST_EVIDENCE_FIRST.index),
        country=country or (person.country if person else None),
    )


def _role(voice: _Voice, reading: Reading) -> tuple[str | None, RoleEvidence]:
    """The office that the page prints for a speaker, and where; the first printed wins."""
    if voice.roles:
        return voice.roles[0], "label"
    names = dict.fromkeys([voice.name, *(form for form in voice.forms if " " in form)])
    for region in _REGIONS:
        for text in reading.text_of(region):
            if office := office_beside(text, names):
                return office, region
    return None, "none"
