"""Which event a page shows: the site's number for it, and what two pages of one event have in common."""

import re

from schema.text import normal_form

_EVENT_ID = re.compile(r"kremlin\.ru/(?:[a-z-]+/)*([1-9][0-9]*)(?:[/?#].*)?$")

EVENT_KEYS = ("the event's number", "the same speech", "the same narration", "the same text")
"""What two pages of one event may have in common."""
_DUPLICATE_OF = "shows the same event as {path}: {key}"


def event_id_of(url: str | None) -> str | None:
    """The site's number of an event, the last part of its address; null where the address has none."""
    match = _EVENT_ID.search(url or "")
    return match[1] if match else None


def duplicate_reason(path: str, key: str) -> str:
    """Why a source is a duplicate: the path of the included source of its event, and which of `EVENT_KEYS` they share."""
    return normal_form(_DUPLICATE_OF.format(path=path, key=key))
