"""What stands below the body of a page as plain text: tags, publication status, the site's menus, a tool's references."""

import re

from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.lines import TextLine, is_label
from builder.reading.layouts.plain_page import PageText, is_furniture
from builder.reading.layouts.site import as_printed
from builder.reading.layouts.tails import Tail, read_tail

_BELOW = re.compile(
    r"Text version|Share|Print|Direct link|Send by email|Last updated at\b.*|Publication status|References|Links|Visible links:?|"
    r"All content on this site is licensed under.*|(?:Presidential )?Executive Office ?(?:[0-9]{4})?|Official Internet Resources|"
    r"Published in sections?:.*|Publication date:.*|Direct link:.*|Geography|Topics|Persons|©.*|Copyright\b.*|"
    r"Official Website of the President of Russia:?|Back to top|Related (?:news|articles|content|events)|"
    r"Footnotes?:?|Notes?:|Tags:.*|Links?:|(?:Read|See) (?:more|also) .*http\S*"
)
_REFERENCE = re.compile(r"[0-9]{1,4}\. (?:https?://|mailto:|file:)")
_DURATION = re.compile(r": ?[0-9]{1,2} ?(?:m|hrs?)\b")
"""How long a video is, as the buttons below a page print it."""
_LONGEST_FOOTER_LINE = 300


def read_plain_tail(page: PageText, body: int) -> tuple[int, Tail]:
    """The index of the first line below the body, and what the lines from there on say."""
    start = max(body, len(page.lines) - len(page.below)) if page.below else _tail_start(page, body)
    return start, read_tail(page.lines[start:], is_menu=_is_menu, other="furniture")


def _is_menu(line: TextLine) -> bool:
    return bool(_BELOW.fullmatch(as_printed(line.text))) or is_furniture(line.text)


def _is_duration(page: PageText, index: int) -> bool:
    """Whether a line is how long a video is, or the colon before that."""
    return bool(_DURATION.match(" ".join(line.text for line in page.lines[index : index + 2])))


def _tail_start(page: PageText, body: int) -> int:
    """The index of the first line below the body: no sentence stands after it, and nobody speaks."""
    start = len(page.lines)
    for index in range(len(page.lines) - 1, body - 1, -1):
        line = page.lines[index]
        is_below = _BELOW.fullmatch(as_printed(line.text)) or _REFERENCE.match(line.text)
        if is_below or (start == index + 1 and is_furniture(line.text)):
            start = index
        elif len(line.text) > _LONGEST_FOOTER_LINE or (line.text[0] == ":" and not _is_duration(page, index)):
            break
        if is_label(line.text):
            break
    # The accessible version prints date and place again at the end.
    return start - 1 if start > body and read_date_line(page.lines[start - 1]) else start
