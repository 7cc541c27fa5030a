"""Which pages show one event, decided from what they have in common."""

from collections.abc import Iterable
from typing import NamedTuple


class EventKey(NamedTuple):
    """One thing that a page has in common with others of its event."""

    key: str
    """Which of `schema.events.EVENT_KEYS` it is."""
    value: str
    path: str
    """The page."""


class Duplicate(NamedTuple):
    """A page that shows the event of another one."""

    path: str
    duplicate_of: str
    """The page to include."""
    key: str
    """Which of `schema.events.EVENT_KEYS` it shares with another page of the event."""


def find_duplicates(keys: Iterable[EventKey]) -> list[Duplicate]:
    """The duplicates among pages, by the keys that several of them have, the pages in order of preference.

    Pages that share a key show one event, and so do two that share different keys with a third.
    """
    original: dict[str, str] = {}
    first_with: dict[tuple[str, str], str] = {}
    order: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for key, value, path in keys:
        original.setdefault(path, path)
        order.setdefault(path, len(order))
        other = first_with.setdefault((key, value), path)
        one, two = _root(original, path), _root(original, other)
        # The pages come in order of preference, so the first root is the one to keep.
        later, earlier = (one, two) if order[one] > order[two] else (two, one)
        original[later] = earlier
        reasons.setdefault(path, key)
        reasons.setdefault(other, key)
    roots = ((path, _root(original, path)) for path in original)
    return [Duplicate(path, root, reasons[path]) for path, root in roots if root != path]


def _root(parents: dict[str, str], path: str) -> str:
    while parents[path] != path:
        # What is passed on the way moves up, so that no chain grows as long as the archive.
        parents[path] = path = parents[parents[path]]
    return path
