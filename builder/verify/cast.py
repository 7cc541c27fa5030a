"""Who speaks on a page and as what: what participations, names and speakers say of it, by the page's own words."""

from collections.abc import Iterator, Mapping, Sequence

from builder.offices import country_of_office
from builder.people import REGIONS
from builder.reference import load_people
from builder.verify.meetings import Texts
from builder.verify.reading import Row, same, shown
from schema.text import normal_form


class Directory:
    """The speakers that the project's reference knows, and how each form of a speaker's name was resolved."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.persons = {person.speaker_id: person for person in load_people().person}
        self.evidence: dict[str, dict[str, set[str]]] = {}
        for row in rows["names"]:
            self.evidence.setdefault(row["speaker_id"], {}).setdefault(row["form"], set()).add(row["evidence"])


def findings(
    directory: Directory, meeting_id: str, texts: Texts, spoken: Sequence[Row], taking_part: Sequence[Row]
) -> Iterator[str]:
    """What is wrong with the speakers of a meeting."""
    labels: dict[str, list[str]] = {}
    for row in spoken:
        if row["speaker_id"] is not None:
            labels.setdefault(row["speaker_id"], []).append(row["label"])
    for row in taking_part:
        where = f"participations: {meeting_id}, {row['speaker_id']}"
        known = {e for evidence in directory.evidence.get(row["speaker_id"], {}).values() for e in evidence}
        if row["speaker_evidence"] not in known:
            wanted = f"one of those of its names, {', '.join(sorted(known))}"
            yield f"{where}: speaker_evidence: expected {wanted}, found {row['speaker_evidence']}"
        yield from _role(where, row, texts, labels.get(row["speaker_id"], []))
        # Where the office names no state, who bears it or the page may tell the country.
        if row["role"] and (code := country_of_office(row["role"])):
            yield from same(f"{where}: country", code, row["country"])


def _role(where: str, row: Row, texts: Texts, labels: Sequence[str]) -> Iterator[str]:
    """The office stands where the evidence says."""
    role, evidence = row["role"], row["role_evidence"]
    yield from same(f"{where}: whether role is null", evidence == "none", role is None)
    if role is None or evidence == "none":
        return
    places = labels if evidence == "label" else [t for kind in _KINDS[evidence] for t in texts.get(kind, ())]
    if not any(_squeezed(role) in _squeezed(place) for place in places):
        yield f"{where}: role: expected an office that its {evidence} prints, found {shown(role)}"


_KINDS = dict(REGIONS)


def _squeezed(text: str) -> str:
    return "".join(normal_form(text).split())


def speaker(directory: Directory, row: Row) -> Iterator[str]:
    """A Wikidata item is the reference's, and a name is parted in two or not at all."""
    where = f"speakers: {row['speaker_id']}"
    # Who bears a person's name need not be that person: then none is given.
    if row["wikidata_id"] is not None:
        person = directory.persons.get(row["speaker_id"])
        yield from same(f"{where}: wikidata_id", person and person.wikidata_id, row["wikidata_id"])
    yield from same(f"{where}: whether given_name is null", row["family_name"] is None, row["given_name"] is None)
