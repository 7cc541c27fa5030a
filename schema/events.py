"""Which event a page shows: the site's number for it, and what two pages of one event have in common."""

import re
from typing import NamedTuple

from schema.text import normal_form

EVENT_NUMBER = r"[1-9][0-9]{0,9}(?![0-9])"
"""How a page or an address writes the number; of no more digits, so that it never reads like a part of a hash."""
_EVENT_ID = re.compile(
    rf"https?://(?:[a-z]+\.)*kremlin\.ru/(?:events/(?:[a-z-]+/|[0-9]+/(?=[0-9]))*|d/)({EVENT_NUMBER})(?:[/?#].*)?"
)

NUMBER = "the event's number"
SPEECH = "the same speech"
NARRATION = "the same title and narration"
TEXT = "the same text"
BEGINNING = "one goes on where the other ends"
THIRD_SOURCE = "what each has in common with a third source"
EVENT_KEYS = (NUMBER, SPEECH, NARRATION, TEXT, BEGINNING, THIRD_SOURCE)
"""What two sources of one event may have in common, the surest first."""
_DUPLICATE_OF = "shows the same event as {path}: {key}"
_KEY = re.compile(rf": (?P<key>{'|'.join(EVENT_KEYS)})(?:; (?P<difference>(?:its|it) .+)|$)")


_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org(?:/web)?|(?:www\.)?archive\.org/(?:wayback|web)|(?:www\.)?archive\.(?:today|ph|is|li|md|vn|fo)|wayback\.archive-it\.org(?:/[0-9]+)?|"
    r"arquivo\.pt/wayback|(?:www\.)?webarchive\.org\.uk/wayback/archive)/(?:[0-9][0-9a-z_*.-]*|newest|oldest|latest)/"
    r"|https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]+:)?"
)
_SCHEME = re.compile(r"(?P<scheme>https?):/+")
_IS_ADDRESS = re.compile(r"(?:https?:/+)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/?#]|$)")


def own_address(url: str) -> str:
    """A page's own address: without that of a web archive, where it was copied from one."""
    match = _ARCHIVED.match(url)
    if not match or not _IS_ADDRESS.match(own := url[match.end() :]):
        return url
    scheme = _SCHEME.match(own)
    # An archive may leave out the scheme, or one of its slashes.
    return f"{scheme['scheme']}://{own[scheme.end() :]}" if scheme else f"http://{own}"


def event_id_of(url: str | None) -> str | None:
    """The site's number of an event, the last part of its address; null where the address is no event's: other parts of the site
    count for themselves."""
    match = _EVENT_ID.fullmatch(url or "")
    return match[1] if match else None


class DuplicateReason(NamedTuple):
    """Why a source is a duplicate."""

    path: str
    """The path of the included source of its event, in normal form."""
    key: str
    """Which of `EVENT_KEYS` the two share."""
    difference: str | None = None
    """From where on their words differ; null where they are the same."""


def duplicate_reason(path: str, key: str, difference: str | None = None) -> str:
    """Why a source is a duplicate: the path of the included source of its event, which of `EVENT_KEYS` they share, and
    from where on their words differ."""
    reason = _DUPLICATE_OF.format(path=path, key=key)
    return normal_form(f"{reason}; {difference}" if difference else reason)


def parse_duplicate_reason(reason: str) -> DuplicateReason | None:
    """What `duplicate_reason` was made from; null for a text that it does not make."""
    start = _DUPLICATE_OF.partition("{")[0]
    match = _KEY.search(reason)
    if not match or not reason.startswith(start) or match.start() <= len(start):
        return None
    return DuplicateReason(reason[len(start) : match.start()], match["key"], match["difference"])
