"""Whether a page says that it shows a part only."""

import re
from collections.abc import Iterable

_EXCERPT = re.compile(r"Beginning of\b|Excerpts? from\b")


def is_excerpt_of(headings: Iterable[str], has_cut: bool, shows_cuts: bool) -> bool | None:
    """From a page's title and headings, whether it has a cut, and whether its layout would show one; null where it says
    nothing and its layout cannot show a cut."""
    if has_cut or any(_EXCERPT.match(heading) for heading in headings):
        return True
    return False if shows_cuts else None
