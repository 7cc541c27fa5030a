"""The hover cards of links to persons. Only the name is read from them, as the site lists it, and the person's number.

A card shows the site's entry of the day on which the page was saved. Its office may be of a later day than the page, and is
never read.
"""

import re
from html import unescape

from builder.reading.document import PersonTag
from builder.reading.layouts.site import PERSON_PAGE
from schema.text import normal_form

_TITLE = "tooltip_title"
_REST = re.compile(r"[^>]{0,1000}+>(?P<name>[^<]{1,300}+)<")
"""What follows in the tag of a card's title, and the name."""
_FURTHEST = 4_000
"""Characters from where a card's link begins, or the tag of its title, to the title at most."""


def read_cards(markup: str) -> tuple[PersonTag, ...]:
    """The persons whose cards a page holds, each once, in order. Their number is on the card's title or on its link."""
    persons: dict[str, PersonTag] = {}
    # A search for the word is faster than a pattern for the tag: most pages have few cards, or none.
    position = markup.find(_TITLE)
    while position >= 0:
        start = markup.rfind("<", max(0, position - _FURTHEST), position)
        rest = _REST.match(markup, position)
        if rest and start >= 0:
            tag = markup[start : rest.start("name")]
            number = PERSON_PAGE.search(tag)
            if not number and "href" not in tag:
                number = _number_of_link(markup, start)
            if number and (name := normal_form(unescape(rest["name"]))):
                persons.setdefault(number[1], PersonTag(name, number[1]))
        position = markup.find(_TITLE, position + len(_TITLE))
    return tuple(persons.values())


def _number_of_link(markup: str, end: int) -> re.Match[str] | None:
    """The person of the link that is open at a place; None where none is, or it leads elsewhere."""
    start = markup.rfind("<a ", max(0, end - _FURTHEST), end)
    if start < 0 or "</a" in markup[start:end] or "tooltip_person" not in markup[start:end]:
        return None
    return PERSON_PAGE.search(markup, start, markup.find(">", start))
