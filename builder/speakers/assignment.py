"""Step 4 of resolving a page: gives each person matched an id, a name, an office and a country, and each turn its speaker."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.lexicon.site_names import SiteName, in_speech
from builder.reading.document import PageMetadata
from builder.speakers.candidates import Candidate
from builder.speakers.labels_of_page import LinkedLabel, PageLabels
from builder.speakers.outside_speech import OutsideSpeech
from builder.speakers.page_speakers import PageSpeaker, PrintedName, SpeakerAssignment
from builder.speakers.reference import People
from builder.speakers.roles import Holder, countries_of, role_of
from schema.ids import meeting_id, plain_speaker_id, speaker_id
from schema.vocabularies import SpeakerEvidence

_BEST_EVIDENCE_FIRST: tuple[SpeakerEvidence, ...] = (
    *("link", "tag", "full_name", "short_name", "spelling", "alias", "family_name"),
)

_Ids = tuple[str, str]
"""A speaker's id on the page, and the plain id."""


def assign(
    labels: PageLabels,
    matches: Mapping[LinkedLabel, Candidate],
    metadata: PageMetadata,
    people: People,
    outside: OutsideSpeech,
) -> SpeakerAssignment:
    """The speakers of a page, in the order of their first turn, and the speaker of each turn."""
    speaking = list(dict.fromkeys(matches[label] for label in labels.by_turn if label in matches))
    ids = _ids(speaking, metadata)
    merged: dict[_Ids, Candidate] = {}
    for candidate in speaking:
        # Two spellings may give one id: `Jean Rupert Hentzau`, `Jean-Rupert Hentzau`; `HENTZAU`, `Hentzau`.
        first = merged.get(ids[candidate])
        merged[ids[candidate]] = _merged(first, candidate) if first else candidate
    order = {role: rank for rank, role in enumerate(dict.fromkeys(parts.role for parts in labels.named.values()))}
    speakers = [_speaker(candidate, found, metadata, order, outside) for found, candidate in merged.items()]
    holders = [Holder(s.role, s.person, (s.name, *filter(lambda form: " " in form, s.forms))) for s in speakers]
    countries = countries_of(holders, metadata.date, people, outside, labels.named)
    return SpeakerAssignment(
        tuple(speaker._replace(country=country) for speaker, country in zip(speakers, countries, strict=True)),
        tuple(ids[matches[label]][0] if label in matches else None for label in labels.by_turn),
    )


def _ids(speaking: Sequence[Candidate], metadata: PageMetadata) -> dict[Candidate, _Ids]:
    """The ids of each speaker on this page."""
    plain = {candidate: _plain_id(candidate, metadata) for candidate in speaking}
    bearers = Counter(plain.values())
    return {
        candidate: (
            name if candidate.person or bearers[name] == 1 else speaker_id(name, candidate.site_person_id),
            name,
        )
        for candidate, name in plain.items()
    }


def _plain_id(candidate: Candidate, metadata: PageMetadata) -> str:
    if candidate.person:
        return candidate.person.speaker_id
    name = plain_speaker_id(_site_name(candidate).name)
    # Never the family name alone: on another page it may be someone else's.
    return speaker_id(name, meeting_id(metadata.date, metadata.title) if candidate.is_known_here_alone else None)


def _merged(one: Candidate, other: Candidate) -> Candidate:
    return replace(one, printed=one.printed | other.printed, roles=[*one.roles, *other.roles])


def _site_name(candidate: Candidate) -> SiteName:
    """The name as the site lists it, in the order in which the labels speak it; else as the labels print it."""
    if not candidate.listed:
        return SiteName(candidate.name, None, None, True)
    printed = [name.form for name in candidate.printed if " " in name.form]
    if listed := in_speech(candidate.listed, printed):
        return listed
    return SiteName(next((form for form in printed if not form.isupper()), candidate.name), None, None, True)


def _speaker(
    candidate: Candidate, ids: _Ids, metadata: PageMetadata, order: Mapping[str | None, int], outside: OutsideSpeech
) -> PageSpeaker:
    """The speaker that a candidate has become; the country is still to be found."""
    person = candidate.person
    site_name = _site_name(candidate)
    known = person or site_name
    evidence = {name.evidence for name in candidate.printed}
    printed = dict(candidate.printed)
    if candidate.listed and any(tag.name == candidate.listed for tag in metadata.persons or ()):
        printed.setdefault(PrintedName(candidate.listed, "site"))
    names = (known.name, *(name.form for name in candidate.printed if " " in name.form))
    role, role_evidence = role_of(candidate.roles, names, order, outside)
    return PageSpeaker(
        speaker_id=ids[0],
        plain_id=ids[1],
        name=known.name,
        person=person,
        printed=tuple(printed),
        given_name=known.given_name,
        family_name=known.family_name,
        site_person_id=(person.site_person_id if person else None) or candidate.site_person_id,
        is_order_shown=site_name.is_order_shown,
        role=role,
        role_evidence=role_evidence,
        speaker_evidence=next(best for best in _BEST_EVIDENCE_FIRST if best in evidence),
        country=None,
    )
