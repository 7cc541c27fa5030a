"""Step 1 of resolving a page: reads its labels, each split into a name and an office."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from builder.lexicon.labels import RUN_TOGETHER
from builder.lexicon.names import KnownNames, NamedLabel, could_be_name, is_voice, split_label
from builder.lexicon.site_names import spoken_names
from builder.reading.document import PersonTag, Turn
from builder.speakers.reference import People


class LinkedLabel(NamedTuple):
    """A label, and the site's number for the person it links to."""

    text: str
    site_person_id: str | None


@dataclass(frozen=True, slots=True)
class PageLabels:
    """The labels of a page."""

    by_turn: tuple[LinkedLabel, ...]
    """The label of each turn."""
    named: Mapping[str, NamedLabel]
    """Name and office by the label's text, in the order of the page; without the labels that name nobody."""


def read_labels(turns: Sequence[Turn], tags: Iterable[PersonTag], people: People) -> PageLabels:
    """Reads the label of each turn. The full names in the page's tags and in the reference help to split them."""
    links: dict[str, set[str]] = {}
    for turn in turns:
        if turn.site_person_id:
            links.setdefault(turn.label, set()).add(turn.site_person_id)
    # A label linked on one turn counts as linked on all, unless it links to two persons.
    only = {label: next(iter(ids)) for label, ids in links.items() if len(ids) == 1}
    by_turn = tuple(LinkedLabel(turn.label, turn.site_person_id or only.get(turn.label)) for turn in turns)
    tags = tuple(tags)
    named = _split([label.text for label in dict.fromkeys(by_turn)], people, tags)
    for text in _common_nouns(turns, named, tags):
        del named[text]
    for text, link in dict.fromkeys(by_turn):
        if link and text not in named and not is_voice(text):
            # The link shows that it is a person, whatever its words.
            named[text] = NamedLabel(text, None)
    return PageLabels(by_turn, named)


def _common_nouns(turns: Sequence[Turn], named: Mapping[str, NamedLabel], tags: Iterable[PersonTag]) -> Sequence[str]:
    """Labels of one word that somebody on the page speaks in lower case, and nobody as a name: `Seamstresses`."""
    alone = [text for text, parts in named.items() if parts.name == text and text.istitle() and text.isalpha()]
    if not alone:
        return ()
    names = {word for parts in named.values() if " " in parts.name for word in parts.name.split()}
    names.update(word for tag in tags for word in tag.name.split())
    said = {word for turn in turns for word in re.findall(r"\w+", turn.text)}
    return [text for text in alone if text not in names and text.lower() in said]


def _split(labels: Iterable[str], people: People, tags: Iterable[PersonTag]) -> dict[str, NamedLabel]:
    """Splits each label that names a person into name and office."""
    alone = {label: split_label(label) for label in labels if not is_voice(label)}
    unnamed = {label for label, parts in alone.items() if parts is None and not could_be_name(label)}
    # A known full name shows where the office ends in a label: one from the reference, from a person tag, or from a
    # label that is only a name.
    known = [form for person in people.person for form in (person.name, *person.aliases)]
    known += [name for name in spoken_names(tag.name for tag in tags) if " " in name]
    known += [p.name for p in alone.values() if p and (p.role is None or p.role.startswith(p.name))]
    known_names = KnownNames(known)
    named = {label: split_label(label, known_names) or _run_together(label, known_names) for label in alone}
    # An office alone, a firm, a place: a voice whose name the page does not print.
    return {label: parts for label, parts in named.items() if label not in unnamed or parts.name != label}


def _run_together(label: str, known: KnownNames) -> NamedLabel:
    """Splits a label printed without a space, `MinisterRupert Hentzau`; otherwise all of it is the name."""
    if " " in label and (parts := split_label(RUN_TOGETHER.sub(" ", label), known)) and parts.role:
        return parts
    return NamedLabel(label, None)
