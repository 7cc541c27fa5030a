"""The persons whom a page's speakers mention: those linked inside speech, and names in editors' brackets.

Other names in speech are not looked for, since whom they mean would be a guess.
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
from schema.ids import plain_speaker_id, slug, speaker_id
from schema.records import MentionKind
from schema.segments import SPOKEN
from schema.text import normal_form

_NEXT_WORD = re.compile(r"\s*([^\W\d_][\w’'-]*)")
_FAR = 60
"""How many characters after a bracket may complete the name."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A person mentioned on a page."""

    name: str
    page_id: str
    """Identifies the person on the page until the pages are linked; unique for each person."""
    plain_id: str
    """The id that the name gives."""
    site_person_id: str | None
    role: str | None
    """The office that a bracket prints beside the name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an utterance mentions a person."""

    turn: int
    """Counted from 0."""
    kind: MentionKind
    text: str
    start: int
    end: int
    person: Mentioned


def find_mentions(transcript: Transcript, assignment: SpeakerAssignment) -> tuple[Mention, ...]:
    """The mentions in a page's speech, in the order of the text."""
    if not transcript.turns:
        return ()
    text = transcript.document.text
    insertions = [segment for segment in transcript.segments if segment.kind == "insertion"]
    links = [mark for block in transcript.document.blocks for mark in block.marks if mark.kind == "person"]
    if not insertions and not links:
        return ()
    persons = _Persons(transcript, assignment)
    spoken = [segment for segment in transcript.segments if segment.kind in SPOKEN]
    places: list[tuple[Segment, MentionKind, int, int, Mentioned | None]] = []
    linked: set[Segment] = set()
    for mark in links:
        start, end = _trimmed(text, mark.start, mark.end)
        segment = spoken[bisect_right(spoken, start, key=attrgetter("start")) - 1]
        if segment.start <= start < end <= segment.end:
            linked.add(segment)
            person = persons.linked(normal_form(text[start:end]), mark.site_person_id)
            places.append((segment, "link", start, end, person))
    for segment in insertions:
        start, end = _trimmed(text, segment.start, segment.end, "[]")
        if start < end and segment not in linked:
            after = text[segment.end : segment.end + _FAR]
            inserted = persons.inserted(normal_form(text[start:end]), after)
            places.append((segment, "insertion", start, end, inserted))
    found = (
        Mention(segment.turn, kind, normal_form(text[start:end]), start, end, who)
        for segment, kind, start, end, who in places
        if who and segment.turn is not None
    )
    return tuple(sorted(found, key=lambda mention: mention.start))


class _Persons:
    """The persons whom a page names outside its speech, among whom a mention is looked up."""

    def __init__(self, transcript: Transcript, assignment: SpeakerAssignment) -> None:
        metadata = transcript.document.metadata
        tags = (*(metadata.persons or ()), *metadata.linked_persons)
        self.assignment = assignment
        self.listed = {tag.name: tag.site_person_id for tag in tags}

    def linked(self, words: str, number: str | None) -> Mentioned:
        """The person a link leads to, by the site's number."""
        for speaker in self.assignment.speakers:
            if number and speaker.site_person_id == number:
                return _speaker(speaker)
        listed = next((name for name, other in self.listed.items() if other == number and fits(name, words)), None)
        return _person(_spoken(listed, words), number)

    def inserted(self, words: str, after: str) -> Mentioned | None:
        """The person a bracket names, or null where it names none. The word after it may complete the name."""
        parts = split_label(words)
        name = POSSESSIVE.sub("", parts.name if parts else words.partition(",")[0])
        if not all(is_name_token(word) or word in NAME_PARTICLES for word in name.split()):
            return None
        next_word = _NEXT_WORD.match(after)
        said = POSSESSIVE.sub("", next_word[1]) if next_word else ""
        if " " not in name and is_given_name(name) and is_name_token(said):
            # `[Rudolf] Elphberg`: the editors complete the name in the speech.
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
        # Two capitalised words may also be a town or a firm.
        is_person = " " in name and is_given_name(name.split()[0])
        return _person(name, None, role) if is_person else None


def _speaker(speaker: PageSpeaker, role: str | None = None) -> Mentioned:
    plain_id, number = speaker.plain_id, speaker.site_person_id
    return Mentioned(speaker.name, speaker_id(plain_id, number), plain_id, number, role)


def _person(name: str, number: str | None, role: str | None = None) -> Mentioned:
    plain_id = plain_speaker_id(name)
    return Mentioned(name, speaker_id(plain_id, number), plain_id, number, role)


def _spoken(listed: str | None, words: str) -> str:
    """A listed name in spoken order, if the words show that order; the words themselves where no name is listed."""
    site_name = in_speech(listed, [words]) if listed else None
    return site_name.name if site_name else listed or words


def _is_called(speaker: PageSpeaker, name: str) -> bool:
    """Whether a name is the speaker's, in full or the family name alone."""
    full_names = [form for form in (speaker.name, *speaker.forms) if " " in form]
    return any(slug(name) == slug(full) or name.casefold() == full.casefold().split()[-1] for full in full_names)


def _trimmed(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The range of a passage without white space, or the characters of `also`, at its ends."""
    inside = [at for at in range(start, end) if not text[at].isspace() and text[at] not in also]
    return (inside[0], inside[-1] + 1) if inside else (end, end)


def mentioned(mentions: Sequence[Mention]) -> Iterator[Mentioned]:
    """Each person mentioned on a page, once, with an office if any mention gives one."""
    persons: dict[str, Mentioned] = {}
    for mention in mentions:
        known = persons.setdefault(mention.person.page_id, mention.person)
        if mention.person.role and not known.role:
            persons[known.page_id] = mention.person
    yield from persons.values()
