"""Step 1 of resolving a page: reads its labels, each split into a name and an office."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from builder.lexicon.countries import is_state
from builder.lexicon.label_words import could_be_name, is_name_token, is_voice
from builder.lexicon.labels import RUN_TOGETHER
from builder.lexicon.names import KnownNames, NamedLabel, ends_of, split_label
from builder.lexicon.occupations import is_occupation, is_office_noun
from builder.lexicon.site_names import spoken_names
from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import CONNECTORS, NAME_PARTICLES
from builder.reading.document import PersonTag, Turn
from builder.speakers.reference import People
from schema.text import normal_form

Texts = Callable[[], Sequence[str]]
"""What the page prints outside its speech: title, lead, headings and the like. Asked for where a label needs it."""


class LinkedLabel(NamedTuple):
    """A label, and the site's number for the person it links to."""

    text: str
    site_person_id: str | None


class PageLabels(NamedTuple):
    """The labels of a page."""

    by_turn: tuple[LinkedLabel, ...]
    """The label of each turn."""
    named: Mapping[str, NamedLabel]
    """Name and office by the label's text, in the order of the page; without the labels that name nobody."""


def read_labels(turns: Sequence[Turn], tags: Iterable[PersonTag], people: People, texts: Texts) -> PageLabels:
    """Reads the label of each turn. The names in the page's tags, in its texts and in the reference help to split them."""
    links: dict[str, set[str]] = {}
    for turn in turns:
        if turn.site_person_id:
            links.setdefault(turn.label, set()).add(turn.site_person_id)
    # A label linked on one turn counts as linked on all, unless it links to two persons.
    only = {label: next(iter(ids)) for label, ids in links.items() if len(ids) == 1}
    by_turn = tuple(LinkedLabel(turn.label, turn.site_person_id or only.get(turn.label)) for turn in turns)
    tags = tuple(tags)
    named = _split([label.text for label in dict.fromkeys(by_turn)], people, tags, texts)
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


def _split(labels: Iterable[str], people: People, tags: Iterable[PersonTag], texts: Texts) -> dict[str, NamedLabel]:
    """Splits each label that names a person into name and office."""
    alone = {label: split_label(label) for label in labels if not is_voice(label)}
    unnamed = {label for label, parts in alone.items() if parts is None and not could_be_name(label)}
    # A known full name shows where the office ends in a label: one from the reference, from a person tag, or from a
    # label that is only a name.
    known = [form for person in people.person for form in (person.name, *person.aliases)]
    known += [name for name in spoken_names(tag.name for tag in tags) if " " in name]
    names = [p.name for label, p in alone.items() if p and label.startswith(p.name)]
    shorter = frozenset((*known, *names))
    known_names = KnownNames((*known, *(name for name in names if not _begins_with_office(name, shorter))))
    page = _Beside(known_names, texts, tuple(alone))
    named = {label: _with_spaces(label, page) or _parted(label, page) for label in alone}
    # An office alone, a firm, a place: a voice whose name the page does not print.
    return {label: parts for label, parts in named.items() if label not in unnamed or parts.name != label}


class _Beside(NamedTuple):
    """What a page has beside a label that helps to split it."""

    known: KnownNames
    texts: Texts
    labels: Sequence[str]


def _parted(label: str, page: _Beside) -> NamedLabel:
    parts = split_label(label, page.known)
    return _with_whole_name(parts, page.texts) if parts else NamedLabel(label, None)


def _begins_with_office(name: str, known: AbstractSet[str]) -> bool:
    """Whether a label that may be all name is what no list has as an office, before a shorter name that the page gives."""
    for end in ends_of(name):
        before = name.removesuffix(end).split()
        if " " in end and end in known:
            is_name = any(
                is_given_name(word) or word.endswith(".") or word.casefold() in NAME_PARTICLES for word in before
            )
            return not is_name and (is_given_name(end.split()[0]) or is_occupation(before[-1]))
    return False


_BEFORE_NAMES = frozenset("with and by".split())


def _with_whole_name(parts: NamedLabel, texts: Texts) -> NamedLabel:
    """A label parted before a given name that no list has, where the page shows elsewhere how much is the name."""
    office = parts.role.split() if parts.role else []
    name = parts.name
    whole = parts
    while len(office) > 1 and is_name_token(office[-1]) and not office[-1].endswith(",") and not is_state(office[-1]):
        name = f"{office.pop()} {name}"
        if any(_stands_alone(name, text) for text in texts()):
            whole = NamedLabel(name, " ".join(office))
        if len(name.split()) > _LONGEST_UNKNOWN_NAME:
            break
    return whole if whole.role and whole.role.split()[-1] not in CONNECTORS else parts


_LONGEST_UNKNOWN_NAME = 4


def _stands_alone(name: str, text: str) -> bool:
    """Whether a text has a name where nothing before can be part of it: first of all, after `with`, after an office."""
    before, found, after = text.partition(name)
    words = before.split()
    if not found or after[:1].isalnum() or (before and not before[-1].isspace()):
        return False
    return not words or words[-1] in _BEFORE_NAMES or is_office_noun(words[-1])


def _with_spaces(label: str, page: _Beside) -> NamedLabel | None:
    """Splits a label that lost its spaces, `MinisterRupert Hentzau`, `PresidentofRuritania`; None for any other label."""
    pieces = " ".join(_pieces(label))
    if pieces == label and not _LOST_SPACE.search(label):
        return None
    squeezed = "".join(label.split()).casefold()
    # A name alone that another label spells with its spaces is that label's by its spelling.
    for text in page.labels:
        if text != label and (parts := _spaced(squeezed, text, page)) and parts.role:
            return parts
    for text in page.texts():
        if parts := _spaced(squeezed, text, page):
            return parts
    as_printed = split_label(label, page.known)
    parts = split_label(pieces, page.known)
    return parts if parts and parts.role and not (as_printed and as_printed.role) else None


_LOST_SPACE = re.compile(r"[^\W\d_A-Z](?=[A-Z])")


def _pieces(label: str) -> Iterator[str]:
    """The words of a label without spaces, as far as capitals and offices show them: `PresidentofRuritania`."""
    for word in RUN_TOGETHER.sub(" ", label).split():
        end = next((end for end in _RUN_ON if word.endswith(end) and is_office_noun(word.removesuffix(end))), "")
        yield word.removesuffix(end)
        if end:
            yield end.replace("ofthe", "of the")


_RUN_ON = ("ofthe", "of", "for", "to", "and")


def _spaced(squeezed: str, text: str, page: _Beside) -> NamedLabel | None:
    """Splits the words of a text that are these letters, if it has them with spaces between."""
    places = [index for index, character in enumerate(text) if not character.isspace()]
    start = "".join(text[place].lower() for place in places).find(squeezed)
    if start < 0:
        return None
    first, last = places[start], places[start + len(squeezed) - 1]
    if text[first - 1 : first].isalnum() or text[last + 1 : last + 2].isalnum():
        return None
    spaced = normal_form(text[first : last + 1])
    return split_label(spaced, page.known) if " " in spaced else None
