"""Who speaks on a page and as what, by its labels and its words: what utterances, participations and names say of it.

How a build reads a label depends on all names that its page gives, so a label may be read here in several ways; what a row
says must be one of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from builder.ids import slug
from builder.labels import RUN_TOGETHER
from builder.names import KnownNames, split_label
from builder.offices import country_of_office, is_office_of_a_state, names_another_state, office_beside
from builder.people import BEST_EVIDENCE_FIRST, REGIONS, STATE_OF_SITE
from builder.reference import People, load_people
from builder.sitenames import orders
from builder.spelling import is_part_of
from builder.verify.meetings import Texts
from builder.verify.reading import Row, same, shown
from schema.text import normal_form

Readings = Mapping[str, frozenset[str | None]]
"""The forms of a speaker's name that a label may be read to hold, and the offices that stand beside each."""
_SITE = "site"


class Directory:
    """The speakers of a package and the forms of their names; counts in how many meetings each form stands."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.people: People = load_people()
        self.persons = {person.speaker_id: person for person in self.people.person}
        self.evidence: dict[str, dict[str, set[str]]] = {}
        """How each form of a speaker's name was resolved."""
        for row in rows["names"]:
            self.evidence.setdefault(row["speaker_id"], {}).setdefault(row["form"], set()).add(row["evidence"])
        self.printed = {
            speaker: tuple(form for form, evidence in forms.items() if evidence != {_SITE})
            for speaker, forms in self.evidence.items()
        }
        """The forms that labels print."""
        self.possible: Counter[tuple[str, str]] = Counter()
        """In how many meetings a form may stand."""
        self.sure: Counter[tuple[str, str]] = Counter()
        """In how many it must, since a label there can be read in no other way."""


@lru_cache(maxsize=65_536)
def readings(label: str, forms: tuple[str, ...]) -> Readings:
    """How a label may be parted into one of these forms of a name and an office."""
    found: dict[str, set[str | None]] = {}
    for form in forms:
        if label == form:
            found.setdefault(form, set()).add(None)
        elif label.endswith(" " + form):
            found.setdefault(form, set()).add(label.removesuffix(form).strip(" ,") or None)
        elif label.startswith(form + ", "):
            found.setdefault(form, set()).add(label.removeprefix(form).strip(" ,"))
    for text in (label, RUN_TOGETHER.sub(" ", label)):
        for known in (None, KnownNames(forms)):
            if (parts := split_label(text, known)) and parts.name in forms:
                found.setdefault(parts.name, set()).add(parts.role)
    return {form: frozenset(roles) for form, roles in found.items()}


def findings(
    directory: Directory, meeting: Row, texts: Texts, spoken: Sequence[Row], taking_part: Sequence[Row]
) -> Iterator[str]:
    """What is wrong with the speakers of a meeting."""
    labels: dict[str, dict[str, None]] = {}
    for row in spoken:
        if row["speaker_id"] is not None:
            labels.setdefault(row["speaker_id"], {})[row["label"]] = None
            if not readings(row["label"], directory.printed.get(row["speaker_id"], ())):
                where = f"utterances: {row['utterance_id']}: label"
                yield f"{where}: expected a name of {row['speaker_id']}, found {shown(row['label'])}"
    for row in taking_part:
        read = [
            readings(label, directory.printed.get(row["speaker_id"], ())) for label in labels.get(row["speaker_id"], ())
        ]
        if not read:
            continue
        where = f"participations: {meeting['meeting_id']}, {row['speaker_id']}"
        _count(directory, meeting, row["speaker_id"], read)
        yield from _evidence(where, row, directory.evidence.get(row["speaker_id"], {}), read)
        yield from _role(where, row, texts, read)
        country = _country(row, directory, meeting, texts, spoken)
        yield from same(f"{where}: country", country, row["country"])


def _count(directory: Directory, meeting: Row, speaker: str, read: Sequence[Readings]) -> None:
    directory.possible.update((speaker, form) for form in {form for forms in read for form in forms})
    directory.sure.update((speaker, form) for form in {next(iter(forms)) for forms in read if len(forms) == 1})
    for form in {*(meeting["persons"] or ())}:
        if _SITE in directory.evidence.get(speaker, {}).get(form, ()):
            # A form that is a tag's may be a label's too: counted apart.
            directory.possible[speaker, f"{_SITE}: {form}"] += 1


def _evidence(where: str, row: Row, evidence: Mapping[str, set[str]], read: Sequence[Readings]) -> Iterator[str]:
    """The best of what shows whom the labels name, as the table of names has it."""
    of_labels = [set().union(*(evidence[form] - {_SITE} for form in forms)) for forms in read if forms]
    found = row["speaker_evidence"]
    if of_labels and not any(found in some for some in of_labels):
        known = ", ".join(sorted(set().union(*of_labels)))
        yield f"{where}: speaker_evidence: expected one of those of its names, {known}, found {found}"
    # Each label's is the best that it can be at the least.
    worst = min((max(map(BEST_EVIDENCE_FIRST.index, some)) for some in of_labels if some), default=None)
    if worst is not None and BEST_EVIDENCE_FIRST.index(found) > worst:
        yield f"{where}: speaker_evidence: expected {BEST_EVIDENCE_FIRST[worst]} or better, found {found}"


def _role(where: str, row: Row, texts: Texts, read: Sequence[Readings]) -> Iterator[str]:
    """The office stands where the evidence says, and in no place that goes before."""
    role, evidence = row["role"], row["role_evidence"]
    beside = [set().union(*forms.values()) for forms in read if forms]
    if evidence == "label":
        # The first label that prints one.
        for roles in beside:
            if role in roles:
                return
            if None not in roles:
                yield from same(f"{where}: role", next(iter(roles)), role)
                return
        yield f"{where}: role: expected an office that a label prints, found {shown(role)}"
        return
    if printed := next((roles for roles in beside if roles and None not in roles), None):
        yield f"{where}: role_evidence: expected label, which prints {shown(min(filter(None, printed)))}, found {evidence}"
        return
    names = {form for forms in read if len(forms) == 1 for form in forms if " " in form}
    for region, kinds in REGIONS:
        of_region = [text for kind in kinds for text in texts.get(kind, ())]
        if region == evidence:
            if not any(role in normal_form(text) for text in of_region if role):
                yield f"{where}: role: expected an office that its {evidence} prints, found {shown(role)}"
            return
        for text in of_region:
            near = [name for name in names if name in normal_form(text)]
            if near and (office := office_beside(text, near)):
                yield f"{where}: role_evidence: expected {region}, which prints {shown(office)}, found {evidence}"
                return


def _country(row: Row, directory: Directory, meeting: Row, texts: Texts, spoken: Sequence[Row]) -> str | None:
    """The state of the office, else the reference's on that day, else the site's own where the page names no other."""
    role = row["role"]
    code = country_of_office(role) if role else None
    if code is None and (person := directory.persons.get(row["speaker_id"])):
        code = directory.people.country_of(person, meeting["date"])
    if code is None and role and is_office_of_a_state(role):
        labels = dict.fromkeys(turn["label"] for turn in spoken if turn["speaker_id"] is not None)
        prose = (text for kind in ("lead", "heading", "narration") for text in texts.get(kind, ()))
        if not any(names_another_state(text, STATE_OF_SITE) for text in (meeting["title"], *prose, *labels)):
            code = STATE_OF_SITE
    return code


def counts(directory: Directory, names: Sequence[Row]) -> Iterator[str]:
    """The forms of names stand in as many meetings as their labels and tags say; asked once all meetings are seen."""
    of_labels: Counter[tuple[str, str]] = Counter()
    for row in names:
        key = row["speaker_id"], row["form"]
        where = f"names: {row['speaker_id']}, {row['form']}, {row['evidence']}: meeting_count"
        if row["evidence"] == _SITE:
            yield from same(
                where, directory.possible[row["speaker_id"], f"{_SITE}: {row['form']}"], row["meeting_count"]
            )
            continue
        of_labels[key] += row["meeting_count"]
        if row["meeting_count"] > directory.possible[key]:
            most = directory.possible[key]
            yield f"{where}: expected at most {most}, as many meetings as have such labels, found {row['meeting_count']}"
    for (speaker, form), count in of_labels.items():
        if count < (least := directory.sure[speaker, form]):
            where = f"names: {speaker}, {form}: meeting_count"
            yield f"{where}: expected {least} in all, as many meetings as have such labels, found {count}"


def speaker(directory: Directory, row: Row) -> Iterator[str]:
    """A speaker is as the reference has them; else the name is one that pages print, and its parts and the id are the name's."""
    where = f"speakers: {row['speaker_id']}"
    if person := directory.persons.get(row["speaker_id"]):
        for column in ("name", "given_name", "family_name", "wikidata_id"):
            yield from same(f"{where}: {column}", getattr(person, column), row[column])
        if person.site_person_id:
            yield from same(f"{where}: site_person_id", person.site_person_id, row["site_person_id"])
        return
    yield from same(f"{where}: wikidata_id", None, row["wikidata_id"])
    name, given, family = row["name"], row["given_name"], row["family_name"]
    yield from same(f"{where}: whether given_name is null", family is None, given is None)
    if given and family and name not in {f"{given} {family}", f"{family} {given}"}:
        yield f"{where}: name: expected {shown(given)} and {shown(family)}, found {shown(name)}"
    forms = directory.evidence.get(row["speaker_id"], {})
    known = {*forms, *(order for form, evidence in forms.items() if _SITE in evidence for order in orders(form))}
    identifier = row["speaker_id"]
    is_of_id = re.fullmatch(rf"{re.escape(slug(name))}(?:-[0-9].*)?", identifier)
    if name not in known and not is_of_id and not any(is_part_of(form.split(), name.split()) for form in forms):
        yield f"{where}: name: expected one that pages print, {', '.join(sorted(known))}, found {shown(name)}"
    if not is_of_id and not any(identifier.startswith(slug(form)) for form in known) and row["site_person_id"] is None:
        yield f"{where}: speaker_id: expected the slug of a name, {slug(name)}, found {identifier}"
