"""Compares what a JSON or YAML file holds with what it should hold, value by value."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from builder.verify.findings import Finding, Place, same

_NOTHING = object()


def differences(place: Place, expected: Any, found: Any, path: str = "") -> Iterator[Finding]:
    """A finding for each value that differs, named by its path: `recordSet.3.key`. The order of names matters in no object."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in {**expected, **found}:
            yield from _pair(place, expected.get(name, _NOTHING), found.get(name, _NOTHING), f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(found, list):
        for number, (one, other) in enumerate(zip_longest(expected, found, fillvalue=_NOTHING)):
            yield from _pair(place, one, other, f"{path}.{number}")
    elif type(expected) is not type(found):
        yield place.differs(path.strip("."), repr(expected), repr(found))
    else:
        yield from same(place, path.strip("."), expected, found)


def _pair(place: Place, expected: Any, found: Any, path: str) -> Iterator[Finding]:
    if expected is _NOTHING:
        yield place.says(f"{path.strip('.')}: expected nothing, found {found!r:.80}", column=path.strip("."))
    elif found is _NOTHING:
        yield place.says(f"{path.strip('.')}: expected {expected!r:.80}, found nothing", column=path.strip("."))
    else:
        yield from differences(place, expected, found, path)
