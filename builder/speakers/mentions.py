"""The persons whom a page's speakers mention: those linked inside speech, and names in editors' brackets.

Other names in speech are not looked for, since whom they mean would be a guess.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from builder.lexicon.label_words import POSSESSIVE, is_name_token
from builder.lexicon.names import split_label
from builder.lexicon.occupations import is_office_noun, is_office_word
from builder.lexicon.site_names import fits, in_speech, is_listed_as
from builder.lexicon.spelling import is_given_name, is_prefix
from builder.lexicon.vocabulary import NAME_PARTICLES
from builder.reading.document import Segment, Transcript
from builder.speakers.page_speakers import PageSpeaker, SpeakerAssignment
from schema.ids import plain_speaker_id, slug, speaker_id
from schema.segments import SPOKEN
from schema.text import normal_form
from schema.vocabularies import MentionKind

_NEXT_WORD = re.compile(r"\s*([^\W\d_][\w’'-]*)")
_FAR = 60
"""How many characters after a bracket may complete the name."""


class Mentioned(NamedTuple):
    """A person mentioned on a page."""

    name: str
    page_id: str
    """Identifies the person on the page until the pages are linked; unique for each person."""
    plain_id: str
    """The id that the name gives."""
    site_person_id: str | None
    role: str | None
    """The office that a bracket prints beside the name."""


class Mention(NamedTuple):
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
            before, after = text[max(0, segment.start - _FAR) : segment.start], text[segment.end : segment.end + _FAR]
            inserted = persons.inserted(normal_form(text[start:end]), before, after)
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

    def inserted(self, words: str, before: str, after: str) -> Mentioned | None:
        """The person a bracket names, or null where it names none. The words before and after it may complete the name."""
        words = _FIRST_WORD.sub("", words)
        next_word = _NEXT_WORD.match(after)
        said = POSSESSIVE.sub("", next_word[1]) if next_word else ""
        if _is_given(words.split()[-1:]) and is_name_token(said) and _lacks_family_name(words):
            # `[Rudolf] Elphberg`, `[Foreign Minister Rudolf] Elphberg`: the editors complete the name in the speech.
            words = f"{words} {said}"
        parts = split_label(words)
        name = POSSESSIVE.sub("", parts.name if parts else words.partition(",")[0])
        role = (parts.role if parts else None) or _office_after_comma(words)
        if not name or not all(is_name_token(word) or word in NAME_PARTICLES for word in name.split()):
            return None
        speakers = [s for s in self.assignment.speakers if _is_called(s, name)]
        words_of_name = name.casefold().split()
        listed = [
            tag for tag in self.listed if is_listed_as(tag, name) or is_prefix(words_of_name, tag.casefold().split())
        ]
        if len(speakers) == 1:
            return _speaker(speakers[0], role)
        if not speakers and len(listed) == 1:
            return _person(_spoken(listed[0], name), self.listed[listed[0]], role)
        if " " in name:
            # Two capitalised words may also be a town or a firm.
            return _person(name, None, role) if is_given_name(name.split()[0]) else None
        if speakers or listed or is_given_name(name):
            return None
        return self._known_by_family_name(name, role, before)

    def _known_by_family_name(self, name: str, role: str | None, before: str) -> Mentioned | None:
        """The person of a family name in brackets, where the words before it show that it is one: `He [Hentzau]`."""
        spoken = before.split()[-_MOST_GIVEN_NAMES:]
        given = next((spoken[index:] for index in range(len(spoken)) if _is_given(spoken[index:])), [])
        if given:
            return _person(f"{given[0]} {name}", None, role)
        is_person = bool(role) or any(word.casefold() in _PERSONS or is_office_noun(word) for word in spoken[-1:])
        return _person(name, None, role) if is_person else None


_FIRST_WORD = re.compile(r"\A(?:(?:to|with|by|from|and|Mr|Mrs|Ms|Dr)\.? )+(?=[^\W\d_])")
_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oe]vich|[oe]vna|ich|ichna)")
_MOST_GIVEN_NAMES = 2
_PERSONS = frozenset("he she him her mr ms mrs".split())


def _is_given(words: Sequence[str]) -> bool:
    """Whether words are a given name, perhaps with a patronymic; or a patronymic alone, which stands for both."""
    if not words:
        return False
    first, *rest = words
    return (is_given_name(first) or (not rest and bool(_PATRONYMIC.fullmatch(first)))) and all(
        _PATRONYMIC.fullmatch(word) for word in rest
    )


def _lacks_family_name(words: str) -> bool:
    """Whether a bracket that ends in a given name has no family name before it, as `Hentzau Rudolf` has."""
    *others, last = words.split()
    if not others:
        return is_given_name(last)
    return (
        is_office_noun(others[-1])
        or others[-1].islower()
        or (_PATRONYMIC.fullmatch(last) is not None and _is_given(others[-1:]))
    )


def _office_after_comma(words: str) -> str | None:
    """The office after the name: `Hentzau, President of Zenda Steel`."""
    _, _, office = words.partition(", ")
    return office if any(map(is_office_word, office.split())) else None


def _speaker(speaker: PageSpeaker, role: str | None = None) -> Mentioned:
    plain_id, number = speaker.plain_id, speaker.site_person_id
    return Mentioned(speaker.name, speaker_id(plain_id, number), plain_id, number, role)


def _person(name: str, number: str | None, role: str | None = None) -> Mentioned:
    plain_id = plain_speaker_id(name)
    return Mentioned(name, speaker_id(plain_id, number), plain_id, number, role)


def _spoken(listed: str | None, words: str) -> str:
    """A listed name in spoken order, if the words or its given name show that order; the words where no name is listed."""
    if not listed:
        return _FIRST_WORD.sub("", words)
    if site_name := in_speech(listed, [words]):
        return site_name.name
    family, *given = listed.split()
    is_shown = bool(given) and is_given_name(given[0]) and not is_given_name(family) and "of" not in given
    return " ".join([*given, family]) if is_shown else listed


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
