"""Which event a page shows: the site's number for it, and what two pages of one event have in common."""

import re
from typing import NamedTuple

from schema.text import normal_form

_EVENT_ID = re.compile(r"kremlin\.ru/(?:[a-z-]+/)*([1-9][0-9]*)(?:[/?#].*)?$")

EVENT_KEYS = ("the event's number", "the same speech", "the same narration", "the same text")
"""What two pages of one event may have in common."""
_DUPLICATE_OF = "shows the same event as {path}: {key}"
_IS_DUPLICATE_OF = re.compile(rf"shows the same event as (?P<path>.+): (?P<key>{'|'.join(EVENT_KEYS)})")


def event_id_of(url: str | None) -> str | None:
    """The site's number of an event, the last part of its address; null where the address has none."""
    match = _EVENT_ID.search(url or "")
    return match[1] if match else None


class DuplicateReason(NamedTuple):
    """Why a source is a duplicate."""

    path: str
    """The path of the included source of its event, in normal form."""
    key: str
    """Which of `EVENT_KEYS` the two share."""


def duplicate_reason(path: str, key: str) -> str:
    """Why a source is a duplicate: the path of the included source of its event, and which of `EVENT_KEYS` they share."""
    return normal_form(_DUPLICATE_OF.format(path=path, key=key))


def parse_duplicate_reason(reason: str) -> DuplicateReason | None:
    """What `duplicate_reason` was made from; null for a text that it does not make."""
    match = _IS_DUPLICATE_OF.fullmatch(reason)
    return DuplicateReason(match["path"], match["key"]) if match else None
