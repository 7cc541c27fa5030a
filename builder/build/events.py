"""Which pages show one event, and which of them stands for it.

Two pages show one event if they print one event number. Where one of the two prints none, they do if they have one date
and the words of one are the other's, or their beginning. Two numbers are always two events. Where a page's words are the
beginning of several events, or go on from one that other pages go on from differently, no event is guessed: the page is an
event of its own.

The words are those spoken; of a page where nobody speaks the narration, and then only pages of one title are compared; of a
page without either the whole text. They are compared without white space.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from builder.errors import quote
from schema import events
from schema.text import squeezed

OPENING = 40
"""Characters of the words of a page that are kept at hand, to compare pages without reading them again."""
SURE_BEGINNING = 200
"""Characters, at least, by which the beginning of other words is known for it where the titles differ: greetings are alike."""

Words = Callable[[str], Sequence[str]]
"""The words of the page with this path, by turns or paragraphs."""


class EventPage(NamedTuple):
    """What decides over a page's event."""

    path: str
    event_id: str | None
    """The site's number of the event."""
    name: str
    """The date and title, as an id shows them."""
    words_kind: str
    """Whether its words are `events.SPEECH`, `events.NARRATION` or `events.TEXT`."""
    opening: str
    """The first of its words, without white space."""
    words_sha256: str
    rank: int
    """The less, the richer its layout."""
    shows_cut: bool
    word_count: int
    """Spoken words."""
    sha256: str
    event: str
    """The event that it shows, as known by now: `number_event` or `page_event`."""


class Duplicate(NamedTuple):
    """A page that shows the event of another one."""

    path: str
    duplicate_of: str
    """The page to include."""
    key: str
    """What the two have in common, one of `schema.events.EVENT_KEYS`."""
    difference: str | None
    """From where on their words differ."""


def number_event(event_id: str) -> str:
    """The event with this number."""
    return f"number {event_id}"


def event_number(event: str) -> str | None:
    """The number of an event; null for one that is known by a page alone."""
    return event.removeprefix("number ") if event.startswith("number ") else None


def page_event(path: str) -> str:
    """The event that is known by this page alone."""
    return f"page {path}"


def first_event(path: str, event_id: str | None) -> str:
    """The event of a page before words are compared."""
    return number_event(event_id) if event_id else page_event(path)


def _own_event(pages: Iterable[EventPage]) -> str:
    return page_event(min(page.path for page in pages))


# ---------------------------------------------------------------------------------------------------------------------
# Pages without a number


class EventByWords(NamedTuple):
    """The event of a page without a number."""

    path: str
    event: str
    is_sure: bool
    """Not where the page's words fit several events: then it is one of its own."""


@dataclass(slots=True)
class _SameWords:
    """Pages of one date with the same words, and how these continue those of other pages."""

    words: str
    pages: list[EventPage]
    children: list["_SameWords"] = field(default_factory=list)
    """Pages whose words begin with these, and with no others' that are longer."""
    above: set[str] = field(default_factory=set)
    """Event numbers of the pages with whose words these begin."""
    below: set[str] = field(default_factory=set)
    """Event numbers of these pages and of those whose words begin with these."""
    is_line: bool = True
    """Whether all words that begin with these continue one another."""
    is_open: bool = False
    """Whether some words that begin with these lead to no event number."""

    @property
    def numbers(self) -> set[str]:
        return {page.event_id for page in self.pages if page.event_id}

    @property
    def unnumbered(self) -> list[EventPage]:
        return [page for page in self.pages if not page.event_id]

    def begins(self, other: "_SameWords") -> bool:
        """Whether the other words go on from these."""
        return other.words.startswith(self.words) and (
            len(self.words) >= SURE_BEGINNING
            or not {page.name for page in self.pages}.isdisjoint(page.name for page in other.pages)
        )


def events_by_words(pages: Sequence[EventPage], words: Words) -> Iterator[EventByWords]:
    """The event of each page without a number, among the pages of one date, that is like another one in its first words."""
    for alike in _alike_at_first(pages):
        if len(alike) > 1 and any(not page.event_id for page in alike):
            for root in _trees(alike, words):
                yield from _events_of(root)


def _alike_at_first(pages: Sequence[EventPage]) -> Iterator[list[EventPage]]:
    """Pages in groups: the words of pages in different groups cannot be the same, nor the beginning of one another."""
    group: list[EventPage] = []
    for page in sorted(pages, key=_opening):
        if group:
            *first, opening = _opening(group[0])
            *here, own_opening = _opening(page)
            if here != first or not own_opening.startswith(opening):
                yield group
                group = []
        group.append(page)
    if group:
        yield group


def _opening(page: EventPage) -> tuple[str, str, str]:
    # A text without speech and narration must be the same as a whole: it begins with the words of the site.
    must_agree = {events.NARRATION: page.name, events.TEXT: page.words_sha256}
    return page.words_kind, must_agree.get(page.words_kind, ""), page.opening


def _trees(pages: Sequence[EventPage], words: Words) -> list[_SameWords]:
    """The pages by their words, as trees: the children of words go on from them."""
    by_words: dict[str, list[EventPage]] = {}
    for page in pages:
        by_words.setdefault(page.words_sha256, []).append(page)
    nodes = [_SameWords(squeezed("".join(words(same[0].path))), same) for same in by_words.values()]
    # In this order the words that begin with some words follow these at once.
    nodes.sort(key=lambda node: node.words)
    roots: list[_SameWords] = []
    path: list[_SameWords] = []
    for node in nodes:
        while path and not node.words.startswith(path[-1].words):
            path.pop()
        before = [other for other in path if other.begins(node)]
        node.above = set().union(*(other.numbers for other in before))
        if before:
            before[-1].children.append(node)
        else:
            roots.append(node)
        path.append(node)
    for node in reversed(nodes):
        node.below = node.numbers.union(*(child.below for child in node.children))
        node.is_line = not node.children or (len(node.children) == 1 and node.children[0].is_line)
        node.is_open = any(child.is_open for child in node.children) if node.children else not node.numbers
    return roots


def _events_of(root: _SameWords) -> Iterator[EventByWords]:
    """The events of the pages of a tree that have no number."""
    waiting = [(root, False)]
    while waiting:
        node, is_forked = waiting.pop()
        if node.unnumbered:
            event = _event_of(node, is_forked)
            yield from (
                EventByWords(page.path, event or _own_event(node.unnumbered), event is not None)
                for page in node.unnumbered
            )
        # Where numbered words go on in several ways, none of these is known for the way of the event.
        is_forked = is_forked or (bool(node.numbers) and not node.is_line)
        waiting += [(child, is_forked) for child in node.children]


def _event_of(node: _SameWords, is_forked: bool) -> str | None:
    """The event of the pages of these words that have no number; null where it may be one of several."""
    if len(node.numbers) == 1:
        return number_event(*node.numbers)
    numbers = node.above | node.below
    if len(numbers) == 1 and (node.is_line or not node.is_open if node.below else not is_forked):
        return number_event(*numbers)
    if numbers or not node.is_line:
        return None
    last = node
    while last.children:
        last = last.children[0]
    return _own_event(last.pages)


# ---------------------------------------------------------------------------------------------------------------------
# Which page stands for an event


def find_duplicates(pages: Sequence[EventPage], words: Words) -> list[Duplicate]:
    """The duplicates among the pages of one event: all but the fullest, in the order of their paths."""
    read = {page.words_sha256: words(page.path) for page in pages}
    has_speech = any(page.words_kind == events.SPEECH for page in pages)
    texts = {page: "" if has_speech and page.words_kind != events.SPEECH else page.words_sha256 for page in pages}
    continued = _continued({text: squeezed("".join(read[text])) if text else "" for text in texts.values()})
    fullest = min((page for page in pages if texts[page] not in continued), key=_preference)
    others = sorted((page for page in pages if page is not fullest), key=lambda page: page.path)
    return [
        Duplicate(page.path, fullest.path, _in_common(page, fullest, read), _difference(page, fullest, read))
        for page in others
    ]


def _continued(words: dict[str, str]) -> set[str]:
    """The hashes of those words with which longer ones begin."""
    in_order = sorted(words, key=words.__getitem__)
    return {
        one for one, other in pairwise(in_order) if words[other] != words[one] and words[other].startswith(words[one])
    }


def _preference(page: EventPage) -> tuple[object, ...]:
    return page.rank, page.shows_cut, -page.word_count, page.sha256, page.path


def _in_common(page: EventPage, other: EventPage, read: dict[str, Sequence[str]]) -> str:
    if page.event_id and page.event_id == other.event_id:
        return events.NUMBER
    if page.words_sha256 == other.words_sha256:
        return page.words_kind
    one, two = (squeezed("".join(read[each.words_sha256])) for each in (page, other))
    return events.BEGINNING if one.startswith(two) or two.startswith(one) else events.THIRD_SOURCE


def _difference(page: EventPage, fullest: EventPage, read: dict[str, Sequence[str]]) -> str | None:
    """From where on the words of a duplicate differ from those of the included page."""
    if page.words_sha256 == fullest.words_sha256:
        return None
    if page.words_kind != fullest.words_kind:
        return "it has no speech" if fullest.words_kind == events.SPEECH else "its words differ"
    unit = "turn" if page.words_kind == events.SPEECH else "paragraph"
    there = squeezed("".join(read[fullest.words_sha256]))
    done = 0
    for number, text in enumerate(read[page.words_sha256], start=1):
        own = squeezed(text)
        if not there.startswith(own, done):
            return f"its words differ from {unit} {number} on, {quote(text[:OPENING])}"
        done += len(own)
    return f"it ends with {unit} {len(read[page.words_sha256])}, {quote(text[:OPENING])}"
