"""The result of resolving one page: its speakers, and who takes each turn."""

from typing import NamedTuple

from builder.speakers.reference import Person
from schema.vocabularies import NameEvidence, RoleEvidence, SpeakerEvidence


class PrintedName(NamedTuple):
    """One form of a speaker's name on one page, and how it was resolved to the speaker."""

    form: str
    evidence: NameEvidence


class PageSpeaker(NamedTuple):
    """One named speaker of one page."""

    speaker_id: str
    """Unique on its page. Linking the pages may replace it, where two persons share a name."""
    plain_id: str
    """The id without the suffix that separates namesakes."""
    name: str
    """In full, as the reference has it, else as the site lists it, else as the page prints it."""
    person: Person | None
    """The speaker's entry in the reference."""
    printed: tuple[PrintedName, ...]
    """Every form of the name that the page prints, in labels and person tags."""
    family_name: str | None
    """As the site's list separates it from the given name."""
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


class SpeakerAssignment(NamedTuple):
    """The speakers of a page, and which of them takes each turn."""

    speakers: tuple[PageSpeaker, ...]
    """In order of their first turn."""
    by_turn: tuple[str | None, ...]
    """The speaker's id for each turn; null for a voice without a name."""
