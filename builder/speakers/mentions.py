"""Of whom a page's speakers speak, where the page itself says so: persons linked inside speech, names in editors' brackets.

Names that are merely said are not looked for: whom they mean would be a guess.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from builder.lexicon.names import POSSESSIVE, is_name_token, split_label
from builder.lexicon.site_names import fits, in_speech, is_listed_as
from builder.lexicon.spelling import is_given_name, is_prefix
from builder.lexicon.vocabulary import NAME_PARTICLES
from builder.reading.document import Segment, Transcript
from builder.speakers.page_speakers import PageSpeaker, SpeakerAssignment
from schema.ids import slug
from schema.records import MentionKind
from schema.segments import SPOKEN
from schema.text import normal_form

_NEXT_WORD = re.compile(r"\s*([^\W\d_][\w’'-]*)")
_FAR = 60
"""Characters behind a bracket that are looked at."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A person of whom a page speaks."""

    name: str
    page_id: str
    """What stands for the person until the whole build knows who speaks: unique for each person on the page."""
    plain_id: str
    """The id that the name gives."""
    site_person_id: str | None
    role: str | None
    """The office that a bracket prints beside the name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an utterance speaks of a person."""

    turn: int
    """Counted from 0."""
    kind: MentionKind
    text: str
    start: int
    end: int
    person: Mentioned


def find_mentions(transcript: Transcript, assignment: SpeakerAssignment) -> tuple[Mention, ...]:
    """The persons of whom a page's speech speaks, in the order of the text."""
    if not transcript.turns:
        return ()
    text = transcript.document.text
    insertions = [segment for segment in transcript.segments if segment.kind == "insertion"]
    links = [mark for block in transcript.document.blocks for mark in block.marks if mark.kind == "person"]
    if not insertions and not links:
        return ()
    persons = _Persons(transcript, assignment)
    spoken = [segment for segment in transcript.segments if segment.kind in SPOKEN]
    found: list[Mention] = []
    linked: set[Segment] = set()

    def add(segment: Segment, kind: MentionKind, start: int, end: int, person: Mentioned | None) -> None:
        if person and segment.turn is not None:
            found.append(Mention(segment.turn, kind, normal_form(text[start:end]), start, end, person))

    for mark in links:
        start, end = _trimmed(text, mark.start, mark.end)
        segment = spoken[bisect_right(spoken, start, key=attrgetter("start")) - 1]
        if segment.start <= start < end <= segment.end:
            linked.add(segment)
            add(segment, "link", start, end, persons.linked(normal_form(text[start:end]), mark.site_person_id))
    for segment in insertions:
        start, end = _trimmed(text, segment.start, segment.end, "[]")
        if start < end and segment not in linked:
            add(
                segment,
                "insertion",
                start,
                end,
                persons.inserted(normal_form(text[start:end]), text[segment.end :][:_FAR]),
            )
    return tuple(sorted(found, key=lambda mention: mention.start))


class _Persons:
    """The persons whom a page knows, for those of whom it speaks."""

    def __init__(self, transcript: Transcript, assignment: SpeakerAssignment) -> None:
        metadata = transcript.document.metadata
        tags = (*(metadata.persons or ()), *metadata.linked_persons)
        self.assignment = assignment
        self.listed = {tag.name: tag.site_person_id for tag in tags}

    def linked(self, words: str, number: str | None) -> Mentioned:
        """Whom a link leads to: by the site's number."""
        for speaker in self.assignment.speakers:
            if number and speaker.site_person_id == number:
                return _speaker(speaker)
        listed = next((name for name, other in self.listed.items() if other == number and fits(name, words)), None)
        return _person(_spoken(listed, words), number)

    def inserted(self, words: str, after: str) -> Mentioned | None:
        """Whom a bracket names, as the words behind it may complete the name; null where it names no person."""
        parts = split_label(words)
        name = POSSESSIVE.sub("", parts.name if parts else words.partition(",")[0])
        if not all(is_name_token(word) or word in NAME_PARTICLES for word in name.split()):
            return None
        next_word = _NEXT_WORD.match(after)
        said = POSSESSIVE.sub("", next_word[1]) if next_word else ""
        if " " not in name and is_given_name(name) and is_name_token(said):
            # `[Rudolf] Elphberg`: the editors complete the name that is said.
            name = f"{name} {said}"
        role = parts.role if parts else None
        speakers = [s for s in self.assignment.speakers if _is_called(s, name)]
        words_of_name = name.casefold().split()
        listed = [
            tag for tag in self.listed if is_listed_as(tag, name) or is_prefix(words_of_name, tag.casefold().split())
        ]
        if len(speakers) == 1:
            return _speaker(speakers[0], role)
        if not speakers and len(listed) == 1:
            return _person(_spoken(listed[0], name), self.listed[listed[0]], role)
        # Two words in capitals may be a town or a firm.
        is_person = " " in name and is_given_name(name.split()[0])
        return _person(name, None, role) if is_person else None


def _speaker(speaker: PageSpeaker, role: str | None = None) -> Mentioned:
    plain_id, number = speaker.plain_id, speaker.site_person_id
    return Mentioned(speaker.name, _page_id(plain_id, number), plain_id, number, role)


def _person(name: str, number: str | None, role: str | None = None) -> Mentioned:
    plain_id = slug(name) or "unnamed"
    return Mentioned(name, _page_id(plain_id, number), plain_id, number, role)


def _page_id(plain_id: str, number: str | None) -> str:
    return f"{plain_id}-{number}" if number else plain_id


def _spoken(listed: str | None, words: str) -> str:
    """A listed name in the order in which it is spoken, where that is known; the words themselves where none is listed."""
    site_name = in_speech(listed, [words]) if listed else None
    return site_name.name if site_name else listed or words


def _is_called(speaker: PageSpeaker, name: str) -> bool:
    """Whether a name is a speaker's, in full or the family name alone."""
    full_names = [form for form in (speaker.name, *speaker.forms) if " " in form]
    return any(slug(name) == slug(full) or name.casefold() == full.casefold().split()[-1] for full in full_names)


def _trimmed(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """A passage without the white space, and these characters, at its ends."""
    inside = [at for at in range(start, end) if not text[at].isspace() and text[at] not in also]
    return (inside[0], inside[-1] + 1) if inside else (end, end)


def mentioned(mentions: Sequence[Mention]) -> Iterator[Mentioned]:
    """Each person of whom a page speaks, once."""
    persons: dict[str, Mentioned] = {}
    for mention in mentions:
        known = persons.setdefault(mention.person.page_id, mention.person)
        if mention.person.role and not known.role:
            persons[known.page_id] = mention.person
    yield from persons.values()
