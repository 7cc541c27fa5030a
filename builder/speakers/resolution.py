"""Who speaks, and as what: from the labels of one page to its speakers.

A speaker's id depends on the page and on the hand-kept people alone. What no page can know is left to the ledger: that
another person of the same name, whom the site numbers otherwise, speaks elsewhere.

Within a page a label joins the person whom it can only mean: by its link, by a person tag, by the full name; then by a part
of the name, another spelling or a slip, where these fit exactly one person of the page. What fits several stays apart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from builder.lexicon.labels import RUN_TOGETHER
from builder.lexicon.names import KnownNames, NamedLabel, could_be_name, is_name_token, is_voice, last_name, split_label
from builder.lexicon.offices import (
    country_of_office,
    is_office_of_a_state,
    may_be_one,
    names_another_state,
    office_in,
    sentences,
)
from builder.lexicon.site_names import SiteName, fits, in_speech, is_listed_as, orders, spoken_names
from builder.lexicon.spelling import (
    fits_initials,
    is_given_name,
    is_part_of,
    is_prefix,
    is_slip,
    spelling_key,
    words_key,
)
from builder.reading.document import PersonTag, Transcript
from builder.speakers.reference import People, Person
from schema.ids import meeting_id, slug
from schema.records import NameEvidence, RoleEvidence, SegmentKind, SpeakerEvidence

REGIONS: tuple[tuple[RoleEvidence, tuple[SegmentKind, ...]], ...] = (
    ("lead", ("lead",)),
    ("title", ("title",)),
    ("heading", ("heading",)),
    ("caption", ("caption",)),
    # A direction inside a speech is nobody's words either: `(Addressing Deputy Prime Minister …)`.
    ("narration", ("narration", "direction")),
)
"""Where a page may print an office that the label does not, in order of precedence."""

_STATE_OF_SITE = "RUS"
"""The site is the President of Russia's: a minister whose state it does not name is Russia's, unless the page names another."""
_BEST_EVIDENCE_FIRST: tuple[SpeakerEvidence, ...] = (
    *("link", "tag", "full_name", "short_name", "spelling", "alias", "family_name"),
)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """One form of a speaker's name on one page, and how it was resolved to them."""

    form: str
    evidence: NameEvidence


@dataclass(frozen=True, slots=True)
class PageSpeaker:
    """One named speaker of one page."""

    speaker_id: str
    """Unique on its page. The ledger may give another, where persons of one name must be told apart."""
    plain_id: str
    """The id without what tells namesakes apart."""
    name: str
    """In full, as the reference has it, else as the site lists it, else as the page prints it."""
    person: Person | None
    """Its entry in the reference."""
    printed: tuple[PrintedName, ...]
    """Every form of the name that the page prints, in labels and person tags."""
    family_name: str | None
    """As the site's list parts it."""
    given_name: str | None
    site_person_id: str | None
    is_order_shown: bool
    """Whether the page shows in which order the name is spoken."""
    role: str | None
    role_evidence: RoleEvidence
    speaker_evidence: SpeakerEvidence
    country: str | None

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the name, each once."""
        return tuple(dict.fromkeys(name.form for name in self.printed))


@dataclass(frozen=True, slots=True)
class SpeakerAssignment:
    """The speakers of a page, and which of them takes each turn."""

    speakers: tuple[PageSpeaker, ...]
    """In order of their first turn."""
    by_turn: tuple[str | None, ...]
    """The speaker's id of each turn; null for a voice without a name."""


@dataclass(slots=True, eq=False)
class _Character:
    """A person of whom the page speaks, or who speaks on it, as it gathers."""

    name: str
    person: Person | None = None
    site_person_id: str | None = None
    listed: str | None = None
    """As the site lists the person, in a tag or on a card."""
    silent_evidence: SpeakerEvidence = "full_name"
    """What shows the person of a label that is the name listed: a link elsewhere on the page, a tag."""
    printed: dict[PrintedName, None] = field(default_factory=dict)
    """As labels print the name."""
    roles: list[str] = field(default_factory=list)
    turns: int = 0
    """None for a person whom only a tag or a link names."""
    is_known_here_alone: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether more than the words of labels says who it is."""
        return bool(self.person or self.site_person_id or self.listed)

    def is_called(self, name: str) -> bool:
        """Whether a full name is the person's: as a label printed it, or as the site lists it, in any order."""
        names = (self.name, *(printed.form for printed in self.printed))
        if any(slug(other) == slug(name) for other in names if " " in other):
            return True
        return self.listed is not None and is_listed_as(self.listed, name)

    def spoken(self) -> Iterator[str]:
        """The full names of the person in the order of speech."""
        words = self.name.split()
        # Of more than two words the family name is most often the first; what stands before another is not read as one.
        yield self.name if self.name != self.listed or len(words) < 3 else " ".join([*words[1:], words[0]])
        yield from (name.form for name in self.printed if " " in name.form and name.form != self.name)


_Entry = tuple[str, str | None]
"""A label, and the site's number of the person whom it links to."""


def resolve(transcript: Transcript, people: People) -> SpeakerAssignment:
    """Names the speaker of every turn of a page, and gives each their office on that page."""
    if not transcript.turns:
        return SpeakerAssignment((), ())
    return _Page(transcript, people).assignment()


class _Page:
    """The labels of a page, and the persons whom they name."""

    def __init__(self, transcript: Transcript, people: People) -> None:
        metadata = transcript.document.metadata
        self.transcript = transcript
        self.people = people
        self.listed: tuple[PersonTag, ...] = (*metadata.linked_persons, *(metadata.persons or ()))
        links: dict[str, set[str]] = {}
        for turn in transcript.turns:
            if turn.site_person_id:
                links.setdefault(turn.label, set()).add(turn.site_person_id)
        # A label that is linked once is linked; one that is linked to two persons only where it is.
        only = {label: next(iter(ids)) for label, ids in links.items() if len(ids) == 1}
        self.entries: list[_Entry] = [
            (turn.label, turn.site_person_id or only.get(turn.label)) for turn in transcript.turns
        ]
        self.turns = Counter(self.entries)
        self.named = _named([label for label, _ in self.turns], people, self.listed)
        self.characters: list[_Character] = []
        self.regions: dict[tuple[SegmentKind, ...], list[str]] = {}
        """The texts of the kinds where an office was looked for."""
        for label, link in self.turns:
            if link and label not in self.named and not is_voice(label):
                # The link says that it is a person, whatever its words.
                self.named[label] = NamedLabel(label, None)

    def assignment(self) -> SpeakerAssignment:
        """The page's speakers, each label given to one of them."""
        names = [parts.name for parts in self.named.values()]
        self.add_listed([name for name in names if " " in name])
        found: dict[_Entry, _Character] = {}
        entries = [entry for entry in self.turns if entry[0] in self.named]
        # The surest first: what they show of the page's persons helps with the others.
        sure = [entry for entry in entries if entry[1] or not _is_abbreviated(self.named[entry[0]].name)]
        for entry in sorted(sure, key=lambda entry: not entry[1]):
            found[entry] = self.character_of(entry)
        self.join_spellings(found)
        for entry in entries:
            if entry not in found:
                found[entry] = self.character_of(entry)
        speaking = list(dict.fromkeys(found[entry] for entry in self.entries if entry in found))
        ids = self.ids(speaking)
        first_of: dict[tuple[str, str], _Character] = {}
        for character in speaking:
            # Two spellings may have one id: `Jean Rupert Hentzau`, `Jean-Rupert Hentzau`; `HENTZAU`, `Hentzau`.
            first = first_of.setdefault(ids[character], character)
            if first is not character:
                _join(character, first, found, None)
        speakers = tuple(self.speaker(character, *ids[character]) for character in first_of.values())
        return SpeakerAssignment(speakers, tuple(ids[found[e]][0] if e in found else None for e in self.entries))

    def add_listed(self, label_names: Sequence[str]) -> None:
        """The persons whom the page's tags and links name, as silent until a label is theirs."""
        known: set[str] = set()
        cards = {tag.site_person_id for tag in self.transcript.document.metadata.linked_persons}
        for tag in self.listed:
            key = tag.site_person_id or tag.name
            if key in known:
                continue
            person = self.person_of(tag.site_person_id, orders(tag.name))
            if person and any(character.person is person for character in self.characters):
                continue
            site_name = in_speech(tag.name, label_names)
            evidence: SpeakerEvidence = "tag" if tag.site_person_id else "full_name"
            if tag.site_person_id in cards and tag.site_person_id:
                evidence = "link"
            character = _Character(
                name=site_name.name if site_name else tag.name,
                person=person,
                site_person_id=tag.site_person_id,
                listed=tag.name,
                silent_evidence=evidence,
            )
            known.add(key)
            self.characters.append(character)

    def person_of(self, site_person_id: str | None, names: Iterable[str]) -> Person | None:
        """The entry of the reference: by the site's number, else by a name whose entry has no other number."""
        if site_person_id and (person := self.people.by_site_id.get(site_person_id)):
            return person
        for name in names:
            person = self.people.by_form.get(name.casefold())
            if person and not (site_person_id and person.site_person_id):
                return person
        return None

    def character_of(self, entry: _Entry) -> _Character:
        """The person whom a label names; a new one where it names none of the page's."""
        label, link = entry
        name, role = self.named[label].name, self.named[label].role
        character, evidence = self.linked(name, link) if link else self.unlinked(name)
        character.printed.setdefault(PrintedName(name, evidence))
        character.turns += self.turns[entry]
        if role:
            character.roles.append(role)
        if character.name.isupper() and " " in name and not character.listed:
            character.name = name
        return character

    def linked(self, name: str, link: str) -> tuple[_Character, SpeakerEvidence]:
        known = next((c for c in self.characters if c.site_person_id == link), None)
        if known and known.listed and not known.turns and not fits(known.listed, name):
            # The site's list and the label name two persons: the number stays, the label's is the name here.
            known.name, known.listed = name, None
        if not known:
            person = self.person_of(link, [name])
            known = next((c for c in self.characters if person and c.person is person), None)
            known = known or self.add(_Character(name, person))
            known.site_person_id = known.site_person_id or link
        return known, "link"

    def unlinked(self, name: str) -> tuple[_Character, SpeakerEvidence]:
        if _is_abbreviated(name):
            return self.abbreviated(name)
        called = [c for c in self.characters if c.is_called(name)]
        if len(called) > 1:
            # Namesakes: a label without a link is neither's.
            called = [c for c in called if not c.is_sure]
        elif not called and (person := self.person_of(None, [name])):
            known = next((c for c in self.characters if c.person is person), None)
            return known or self.add(_Character(name, person)), _evidence_of(person, name)
        if not called:
            return self.add(_Character(name)), "full_name"
        return called[0], _evidence_of_name(called[0], name)

    def abbreviated(self, name: str) -> tuple[_Character, SpeakerEvidence]:
        """The person of a label that is a family name alone, or one with initials."""
        if person := self.person_of(None, [name]):
            known = next((c for c in self.characters if c.person is person), None)
            return known or self.add(_Character(name, person)), _evidence_of(person, name)
        listed = [c for c in self.characters if c.listed and c.listed.casefold() == name.casefold()]
        if len(listed) == 1:
            return listed[0], listed[0].silent_evidence
        fitting, evidence = self.fitting(name, self.characters)
        if len(fitting) == 1:
            return fitting[0], evidence
        if not fitting and (full := self.full_name_in_text(name)):
            return self.unlinked(full)[0], "short_name"
        return self.add(_Character(name, is_known_here_alone=True)), "family_name"

    def add(self, character: _Character) -> _Character:
        self.characters.append(character)
        return character

    def fitting(self, name: str, among: Iterable[_Character]) -> tuple[list[_Character], SpeakerEvidence]:
        """The persons for whom a name can stand by the first relation that any has to it, and the evidence that it is."""
        others = [c for c in among if not c.is_known_here_alone]
        words = name.casefold().split()
        fitting = [c for c in others if c.listed and is_prefix(words, c.listed.casefold().split())]
        # Most names have nothing in common: what follows is for those that have.
        near = [(c, full) for c in others for full in c.spoken() if _have_something_in_common(name, full)]
        for relates, evidence in _RELATIONS:
            fitting += [c for c in dict.fromkeys(c for c, full in near if relates(name, full)) if c not in fitting]
            if fitting:
                return fitting, evidence
        return [], "full_name"

    def join_spellings(self, found: dict[_Entry, _Character]) -> None:
        """Joins each person whom labels alone name to the only other of the page that the name can stand for."""
        order = {character: index for index, character in enumerate(self.characters)}

        def standing(character: _Character) -> tuple[bool, int, bool, int]:
            return character.is_sure, character.turns, bool(character.roles), -order[character]

        for character in sorted((c for c in self.characters if not c.is_sure), key=standing):
            fitting, evidence = self.fitting(character.name, [c for c in self.characters if c is not character])
            other = max(fitting, key=standing, default=None)
            if other is None or standing(other) < standing(character) or not _are_one(fitting):
                continue
            if not character.roles or not other.roles or may_be_one(character.roles, other.roles):
                _join(character, other, found, evidence)
                self.characters.remove(character)

    def full_name_in_text(self, family_name: str) -> str | None:
        """The one full name with this family name that the page prints outside of speech; null where there are several."""
        names = set()
        for words, index in self.places_of_words.get(family_name.casefold(), ()):
            start = index
            while start > 0 and index - start < _FURTHEST_GIVEN_NAME and _goes_before_family_name(words[start - 1]):
                start -= 1
            full = last_name([*words[start:index], _without_end(words[index])])
            if is_given_name(full[0]):
                names.add(" ".join(full))
        return names.pop() if len(names) == 1 else None

    @cached_property
    def places_of_words(self) -> dict[str, list[tuple[list[str], int]]]:
        """Where each word stands outside of speech, but the first of a text: the text's words, and which of them it is."""
        places: dict[str, list[tuple[list[str], int]]] = {}
        for _, kinds in REGIONS:
            for text in self.texts(kinds):
                words = text.split()
                for index, word in enumerate(words[1:], start=1):
                    places.setdefault(_without_end(word).casefold(), []).append((words, index))
        return places

    def texts(self, kinds: Iterable[SegmentKind]) -> Iterator[str]:
        """The raw text of each piece of these kinds, kind by kind."""
        for kind in kinds:
            yield from self.transcript.text_of(kind)

    def ids(self, speaking: Sequence[_Character]) -> dict[_Character, tuple[str, str]]:
        """The id of each speaker on this page, and the plain one."""
        plain = {character: self.plain_id(character) for character in speaking}
        bearers = Counter(plain.values())
        return {
            character: (
                f"{name}-{character.site_person_id}"
                if bearers[name] > 1 and character.site_person_id and not character.person
                else name,
                name,
            )
            for character, name in plain.items()
        }

    def plain_id(self, character: _Character) -> str:
        if character.person:
            return character.person.speaker_id
        name = slug(self.site_name(character).name) or "unnamed"
        if not character.is_known_here_alone:
            return name
        # Never by the family name alone: on another page it may be another's.
        metadata = self.transcript.document.metadata
        return f"{name}-{meeting_id(metadata.date, metadata.title)}"

    def site_name(self, character: _Character) -> SiteName:
        """The name as the site lists it, in the order in which the labels speak it; else as the labels print it."""
        printed = [name.form for name in character.printed if " " in name.form]
        listed = in_speech(character.listed, printed) if character.listed else None
        name = (
            next((form for form in printed if not form.isupper()), character.name)
            if character.listed
            else character.name
        )
        return listed or SiteName(name, None, None, True)

    def speaker(self, character: _Character, speaker_id: str, plain_id: str) -> PageSpeaker:
        person = character.person
        name = self.site_name(character)
        printed = dict(character.printed)
        evidence = {name.evidence for name in printed}
        tags = self.transcript.document.metadata.persons or ()
        if any(tag.name == character.listed for tag in tags) and character.listed:
            printed.setdefault(PrintedName(character.listed, "site"))
        role, role_evidence = self.role(character, person.name if person else name.name)
        return PageSpeaker(
            speaker_id=speaker_id,
            plain_id=plain_id,
            name=person.name if person else name.name,
            person=person,
            printed=tuple(printed),
            given_name=person.given_name if person else name.given_name,
            family_name=person.family_name if person else name.family_name,
            site_person_id=(person.site_person_id if person else None) or character.site_person_id,
            is_order_shown=name.is_order_shown,
            role=role,
            role_evidence=role_evidence,
            speaker_evidence=next(best for best in _BEST_EVIDENCE_FIRST if best in evidence),
            country=self.country(role, person),
        )

    def country(self, role: str | None, person: Person | None) -> str | None:
        """The state for which a speaker's office speaks: by its words, else as the reference knows it on that day, else that
        of the site where the page names no other."""
        if role and (code := country_of_office(role)):
            return code
        if person and (code := self.people.country_of(person, self.transcript.document.metadata.date)):
            return code
        return _STATE_OF_SITE if role and is_office_of_a_state(role) and not self.names_another_state else None

    @cached_property
    def names_another_state(self) -> bool:
        """Whether the page's head, headings, narration or labels name another state than the site's own."""
        metadata = self.transcript.document.metadata
        texts = (metadata.title, *self.texts(("lead", "heading", "narration")), *self.named)
        return any(names_another_state(text, _STATE_OF_SITE) for text in texts)

    @cached_property
    def order_of_roles(self) -> dict[str | None, int]:
        """The offices that labels print, in the order of the page."""
        return {role: rank for rank, role in enumerate(dict.fromkeys(parts.role for parts in self.named.values()))}

    def role(self, character: _Character, name: str) -> tuple[str | None, RoleEvidence]:
        """The office that the page prints for a speaker, and where; the first printed wins."""
        if character.roles:
            # Of a label with a later one's spelling joined to it, still the one that the page prints first.
            return min(character.roles, key=self.order_of_roles.__getitem__), "label"
        names = dict.fromkeys([name, *(n.form for n in character.printed if " " in n.form)])
        for evidence, kinds in REGIONS:
            if kinds not in self.regions:
                self.regions[kinds] = [sentences(text) for text in self.texts(kinds)]
            for text in self.regions[kinds]:
                if office := office_in(text, names):
                    return office, evidence
        return None, "none"


_FURTHEST_GIVEN_NAME = 10
"""Words before a family name that are looked at for the rest of the name."""


def _goes_before_family_name(word: str) -> bool:
    return is_name_token(word) and not word.endswith(",")


def _without_end(word: str) -> str:
    """A word without the possessive and the punctuation at its end."""
    end = len(word)
    while end and not (word[end - 1].isalnum() or word[end - 1] == "_"):
        end -= 1
    return word[:end].removesuffix("’s").removesuffix("'s")


_RELATIONS: tuple[tuple[Callable[[str, str], bool], SpeakerEvidence], ...] = (
    (lambda name, full: is_part_of(name.casefold().split(), full.casefold().split()), "short_name"),
    (lambda name, full: is_part_of(full.casefold().split(), name.casefold().split()), "short_name"),
    (lambda name, full: spelling_key(name) == spelling_key(full), "spelling"),
    (lambda name, full: is_part_of(words_key(name), words_key(full)), "spelling"),
    (fits_initials, "spelling"),
    (is_slip, "spelling"),
    (lambda name, full: " " not in name and is_slip(name, full.split()[-1]), "spelling"),
)
"""How a name may stand for a full one, the surest first, and what kind of evidence it is where only one person fits."""


def _have_something_in_common(name: str, full: str) -> bool:
    """Whether any of the relations between two names may hold."""
    key, full_key = words_key(name), words_key(full)
    return (
        not {*key}.isdisjoint(full_key)
        or "".join(key) == "".join(full_key)
        or is_slip(name, full)
        or (" " not in name and is_slip(name, full.rsplit(maxsplit=1)[-1]))
    )


def _evidence_of(person: Person, name: str) -> SpeakerEvidence:
    return "full_name" if slug(person.name) == slug(name) else "alias"


def _evidence_of_name(character: _Character, name: str) -> SpeakerEvidence:
    """What shows that a full name is the person's whose it is."""
    if character.listed and is_listed_as(character.listed, name):
        return character.silent_evidence
    return _evidence_of(character.person, name) if character.person else "full_name"


def _are_one(characters: Sequence[_Character]) -> bool:
    """Whether some persons of a page are one but for the spelling of a name that labels alone give."""
    return len(characters) == 1 or (
        len({spelling_key(c.name) for c in characters}) == 1 and sum(c.is_sure for c in characters) < 2
    )


def _join(
    one: _Character, other: _Character, found: dict[_Entry, _Character], evidence: SpeakerEvidence | None
) -> None:
    """Gives all that labels say of one person to another, for a reason that is evidence for it; null keeps each label's."""
    other.printed |= {PrintedName(name.form, evidence or name.evidence): None for name in one.printed}
    other.roles += one.roles
    other.turns += one.turns
    for entry, character in found.items():
        if character is one:
            found[entry] = other


def _is_abbreviated(name: str) -> bool:
    """Whether a name is a family name alone, or one with initials."""
    return len([word for word in name.replace(".", ". ").split() if not word.endswith(".")]) < 2


def _named(labels: Iterable[str], people: People, tags: Sequence[PersonTag]) -> dict[str, NamedLabel]:
    """Each label that is not a voice's, parted into name and office."""
    alone = {label: split_label(label) for label in labels if not is_voice(label)}
    unnamed = {label for label, parts in alone.items() if parts is None and not could_be_name(label)}
    # Full names that the page or the reference gives show where the office ends in a label: a label that is a name
    # alone, a person tag, the persons known.
    known = [form for person in people.person for form in (person.name, *person.aliases)]
    known += [name for name in spoken_names(tag.name for tag in tags) if " " in name]
    known += [p.name for p in alone.values() if p and (p.role is None or p.role.startswith(p.name))]
    known_names = KnownNames(known)
    named = {label: split_label(label, known_names) or _run_together(label, known_names) for label in alone}
    # An office alone, a firm, a place: a voice whose name the page does not print.
    return {label: parts for label, parts in named.items() if label not in unnamed or parts.name != label}


def _run_together(label: str, known: KnownNames) -> NamedLabel:
    """A label whose words the page runs together, `MinisterRupert Hentzau`; else all of it is the name."""
    if " " in label and (parts := split_label(RUN_TOGETHER.sub(" ", label), known)) and parts.role:
        return parts
    return NamedLabel(label, None)
