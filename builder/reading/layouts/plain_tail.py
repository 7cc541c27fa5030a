"""What stands below the body of a page as plain text: tags, publication status, the site's menus, a tool's references."""

import re
from dataclasses import dataclass, field

from builder.reading.document import Block, BlockKind
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.lines import is_label
from builder.reading.layouts.plain_page import PageText, is_furniture, line_blocks
from builder.reading.layouts.site import STATUS, TAG_LISTS, as_printed, read_status

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
_LONGEST_TAG = 100
_LONGEST_FOOTER_LINE = 300


@dataclass
class Tail:
    """What stands below the body."""

    start: int
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    published_in: tuple[str, ...] | None = None
    event_id: str | None = None
    url: str | None = None
    blocks: list[Block] = field(default_factory=list)


def read_tail(page: PageText, body: int) -> Tail:
    """Reads the tags, the publication status and the site's menus below the body."""
    tail = Tail(_tail_start(page, body))
    tag_list: str | None = None
    for line in page.lines[tail.start :]:
        kind: BlockKind = "furniture"
        heading = as_printed(line.text)
        if heading in TAG_LISTS and not tail.tags.get(heading):
            tag_list, kind = heading, "tag"
            tail.tags[tag_list] = ()
        elif heading == STATUS or (status := read_status(line.text)):
            tag_list, kind = None, "status"
            if heading != STATUS and status:
                tail.published_in = status.published_in if status.published_in is not None else tail.published_in
                tail.event_id, tail.url = status.event_id or tail.event_id, status.url or tail.url
        elif _BELOW.fullmatch(heading) or is_furniture(line.text):
            tag_list = None
        elif tag_list and len(line.text) <= _LONGEST_TAG:
            kind = "tag"
            tail.tags[tag_list] += (line.text,)
        tail.blocks += line_blocks(kind, [line])
    tail.tags = {name: values for name, values in tail.tags.items() if values}
    return tail


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
