"""Whether a page says that it shows a part only."""

import re
from collections.abc import Callable, Sequence

from schema.vocabularies import SegmentKind

_EXCERPT = re.compile(r"Beginning of\b|Excerpts? from\b")


def is_excerpt_of(title: str, texts_of: Callable[[SegmentKind], Sequence[str]], shows_cuts: bool) -> bool | None:
    """By a page's title, its headings and the cuts that it shows; null where it says nothing and its layout cannot show a cut.

    `texts_of` gives the texts of the page's segments of a kind, and `shows_cuts` says whether its layout would show a cut.
    """
    headings = (title, *(" ".join(text.split()) for text in texts_of("heading")))
    if texts_of("elision") or texts_of("note") or any(_EXCERPT.match(heading) for heading in headings):
        return True
    return False if shows_cuts else None
