"""Who speaks on a page and as what: the participations, compared with the words of the page."""

from collections.abc import Iterator, Mapping, Sequence, Set

from builder.lexicon.office_states import country_of_office
from builder.verify.findings import Finding, Place, Row, same, shown
from builder.verify.meetings import Texts
from builder.verify.package_rows import Meeting, squeezed
from builder.verify.stated import KINDS_OF_EVIDENCE


def findings(evidence: Mapping[str, Set[str]], meeting: Meeting) -> Iterator[Finding]:
    """What is wrong with the speakers of a meeting. `evidence` is how the names of each speaker were resolved."""
    labels: dict[str, list[str]] = {}
    for row in meeting.utterances:
        if row["speaker_id"] is not None:
            labels.setdefault(row["speaker_id"], []).append(row["label"])
    for row in meeting.participations:
        place = Place("participations", f"{meeting.meeting_id}, {row['speaker_id']}")
        known = evidence.get(row["speaker_id"], set())
        if row["speaker_evidence"] not in known:
            wanted = f"one of those of its names, {', '.join(sorted(known))}"
            yield place.says(
                f"speaker_evidence: expected {wanted}, found {row['speaker_evidence']}", column="speaker_evidence"
            )
        yield from _role(place, row, meeting.texts, labels.get(row["speaker_id"], []))
        # Where the office names no state, the person or the page may give the country.
        if row["role"] and (code := country_of_office(row["role"])):
            yield from same(place, "country", code, row["country"])


def _role(place: Place, row: Row, texts: Texts, labels: Sequence[str]) -> Iterator[Finding]:
    """The office stands where the evidence says."""
    role, evidence = row["role"], row["role_evidence"]
    yield from same(place, "whether role is null", evidence == "none", role is None)
    if role is None or evidence == "none":
        return
    places = labels if evidence == "label" else [t for kind in KINDS_OF_EVIDENCE[evidence] for t in texts.get(kind, ())]
    office = squeezed(role)
    if not any(office in text or (evidence == "label" and _is_round(office, text)) for text in map(squeezed, places)):
        yield place.says(f"role: expected an office that its {evidence} prints, found {shown(role)}", column="role")


def _is_round(office: str, label: str) -> bool:
    """Whether an office stands round a name, `King Rudolf V of Ruritania`: the label's beginning and its end."""
    return any(label.startswith(office[:k]) and label.endswith(office[k:]) for k in range(1, len(office)))
