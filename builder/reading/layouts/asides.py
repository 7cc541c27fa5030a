"""What stands between the paragraphs of a page's text and is none of them: slide counts, captions, credits, boxes of links."""

from collections.abc import Callable, Sequence

from builder.reading.document import BlockKind
from builder.reading.layouts.captions import (
    SLIDE_COUNT,
    is_caption_below_count,
    is_caption_in_body,
    is_caption_in_speech,
    is_credit,
)
from builder.reading.layouts.dates import ends_with_date, read_date_line
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, continues
from builder.reading.layouts.site import BOX_TITLES, as_printed

_LONGEST_LINK = 300

Aside = tuple[int, BlockKind]
"""How many lines it has, and what it is."""


def find_aside(
    lines: Sequence[TextLine],
    of_body: range,
    subject: str,
    *,
    is_spoken: bool,
    begins_label: Callable[[int], bool],
    is_link: Callable[[TextLine], bool] = lambda line: False,
    goes_on: Callable[[TextLine, TextLine], bool] = continues,
) -> Aside | None:
    """What begins with the first of the body's lines and is no paragraph of it; None where the line is one.

    `subject` is what the page is about, its title and lead. `is_spoken` says whether somebody's speech goes before.
    """
    index = of_body.start
    line, following = lines[index], lines[index + 1] if len(of_body) > 1 else None
    if SLIDE_COUNT.fullmatch(line.text):
        is_caption = following and is_caption_below_count(following.text) and not begins_label(index + 1)
        return (2 if is_caption else 1), "caption"
    if is_credit(line.text):
        return 1, "caption"
    if as_printed(line.text) in BOX_TITLES:
        length = _box_length(lines, of_body, begins_label, is_link, goes_on)
        return (length, "related") if length > 1 else None
    if following and following.text.startswith(":"):
        return None
    below = following.text if following else ""
    if is_caption_in_body(line.text, subject) or (is_spoken and is_caption_in_speech(line.text, subject, below)):
        return (1, "caption") if not begins_label(index) else None
    return None


def _box_length(
    lines: Sequence[TextLine],
    of_body: range,
    begins_label: Callable[[int], bool],
    is_link: Callable[[TextLine], bool],
    goes_on: Callable[[TextLine, TextLine], bool],
) -> int:
    """How many lines a box of links has: its title, and for each link the other page's title and its date, or no date at all."""
    last, shows_dates = of_body.start, False
    while last + 1 in of_body:
        line, below = lines[last + 1], lines[last + 2] if last + 2 in of_body else None
        if SLIDE_COUNT.fullmatch(line.text):
            break
        is_dated = below is not None and _is_date(below)
        if not (is_link(line) or ends_with_date().search(line.text) or _is_date(line) or is_dated):
            is_title = (
                len(line.text) <= _LONGEST_LINK and line.text[0].isupper() and not ENDS_A_SENTENCE.search(line.text)
            )
            if (
                shows_dates
                or not is_title
                or line.text.endswith(",")
                or (below and goes_on(line, below))
                or begins_label(last + 1)
            ):
                break
        shows_dates = shows_dates or is_dated
        last += 1
    return last + 1 - of_body.start


def _is_date(line: TextLine) -> bool:
    when = read_date_line(line)
    return when is not None and when.place is None
