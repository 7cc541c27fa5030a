"""Step 2 of resolving a page: gathers the persons whom its tags and links name, as candidates for its labels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.lexicon.site_names import in_speech, is_listed_as, orders
from builder.reading.document import PageMetadata
from builder.speakers.page_speakers import PrintedName
from builder.speakers.reference import People, Person
from schema.ids import slug
from schema.vocabularies import SpeakerEvidence


@dataclass(slots=True, eq=False)
class Candidate:
    """A person whom a label of the page may name, with what the labels matched so far say."""

    name: str
    person: Person | None = None
    """The entry in the reference."""
    site_person_id: str | None = None
    listed: str | None = None
    """The name as the site lists it, in a tag or on a card."""
    listed_evidence: SpeakerEvidence = "full_name"
    """The evidence for a label that prints the listed name: a link elsewhere on the page, or a tag."""
    printed: dict[PrintedName, None] = field(default_factory=dict)
    """The name's forms in labels."""
    roles: list[str] = field(default_factory=list)
    """The offices in labels."""
    turns: int = 0
    """Zero for a person named only in a tag or a link."""
    is_known_here_alone: bool = False
    """Whether the page gives no more than a family name, which may be someone else's on another page."""

    @property
    def is_sure(self) -> bool:
        """Whether something other than labels says who it is."""
        return bool(self.person or self.site_person_id or self.listed)

    def is_called(self, name: str) -> bool:
        """Whether a full name is this person's, as a label prints it or, in any order, as the site lists it."""
        names = (self.name, *(printed.form for printed in self.printed))
        if any(slug(other) == slug(name) for other in names if " " in other):
            return True
        return self.listed is not None and is_listed_as(self.listed, name)

    def full_names(self) -> Iterator[str]:
        """The person's names, in the order in which they are spoken."""
        words = self.name.split()
        # In a listed name of three words or more the first is most often the family name.
        yield self.name if self.name != self.listed or len(words) < 3 else " ".join([*words[1:], words[0]])
        yield from (name.form for name in self.printed if " " in name.form and name.form != self.name)


def gather_candidates(metadata: PageMetadata, label_names: Iterable[str], people: People) -> tuple[Candidate, ...]:
    """The persons in the page's links and tags, each once. The names in labels show the order of a listed name."""
    full_names = [name for name in label_names if " " in name]
    linked_ids = {tag.site_person_id for tag in metadata.linked_persons if tag.site_person_id}
    candidates: list[Candidate] = []
    known: set[str] = set()
    for tag in (*metadata.linked_persons, *(metadata.persons or ())):
        key = tag.site_person_id or tag.name
        if key in known:
            continue
        person = find_person(people, tag.site_person_id, orders(tag.name))
        if person and with_person(candidates, person):
            continue
        known.add(key)
        evidence: SpeakerEvidence = "tag" if tag.site_person_id else "full_name"
        site_name = in_speech(tag.name, full_names)
        candidates.append(
            Candidate(
                name=site_name.name if site_name else tag.name,
                person=person,
                site_person_id=tag.site_person_id,
                listed=tag.name,
                listed_evidence="link" if tag.site_person_id in linked_ids else evidence,
            )
        )
    return tuple(candidates)


def find_person(people: People, site_person_id: str | None, names: Iterable[str]) -> Person | None:
    """Finds an entry of the reference by the site's number, else by a name whose entry has no other number."""
    if site_person_id and (person := people.by_site_id.get(site_person_id)):
        return person
    for name in names:
        person = people.by_form.get(name.casefold())
        if person and not (site_person_id and person.site_person_id):
            return person
    return None


def with_person(candidates: Sequence[Candidate], person: Person | None) -> Candidate | None:
    """The candidate with an entry of the reference; null where there is none."""
    return next((c for c in candidates if person and c.person is person), None)
