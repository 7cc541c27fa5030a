"""What stands below the body of a page's text: lists of tags, the publication status, and other lines of the site."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.reading.document import Block, BlockKind
from builder.reading.layouts.lines import TextLine
from builder.reading.layouts.site import STATUS, TAG_LISTS, as_printed, read_status

LONGEST_TAG = 100
_STATUS_LINE = re.compile(r"(?:Published in(?: sections?)?|Publication date|Direct link)\b")
_LONGEST_STATUS = 8
"""Lines over which a line of the status may be broken."""


@dataclass
class Tail:
    """What the lines below a body say."""

    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By list; no list that the page does not have."""
    published_in: tuple[str, ...] | None = None
    event_id: str | None = None
    url: str | None = None
    blocks: list[Block] = field(default_factory=list)


def read_tail(lines: Sequence[TextLine], *, is_menu: Callable[[TextLine], bool], other: BlockKind) -> Tail:
    """Reads the lines below a body, with a block for each; what no rule claims is a block of kind `other`."""
    tail = Tail()
    tag_list: str | None = None
    for group in _groups(lines):
        kind = other
        text, heading = " ".join(line.text for line in group), as_printed(group[0].text)
        if heading in TAG_LISTS and not tail.tags.get(heading):
            tag_list, kind = heading, "tag"
            tail.tags[tag_list] = ()
        elif heading == STATUS:
            tag_list, kind = None, "status"
        elif status := read_status(text):
            tag_list, kind = None, "status"
            tail.published_in = status.published_in if status.published_in is not None else tail.published_in
            tail.event_id, tail.url = status.event_id or tail.event_id, status.url or tail.url
        elif is_menu(group[0]):
            tag_list, kind = None, "furniture"
        elif tag_list and len(text) <= LONGEST_TAG:
            kind = "tag"
            tail.tags[tag_list] += (text,)
        tail.blocks.append(Block(kind, group[0].start, group[-1].end))
    return tail


def _groups(lines: Sequence[TextLine]) -> Iterator[Sequence[TextLine]]:
    """The lines; those over which a line of the publication status is broken go together."""
    index = 0
    while index < len(lines):
        length = status_length(lines[index : index + _LONGEST_STATUS])
        yield lines[index : index + length]
        index += length


def status_length(lines: Sequence[TextLine]) -> int:
    """How many of the lines make up the first one, if that is of the publication status: `Published in sections:` / `News,`."""
    if not _STATUS_LINE.match(lines[0].text):
        return 1
    count, text = 1, lines[0].text
    while count < len(lines):
        line = lines[count].text
        is_whole = read_status(text) is not None and not text.endswith((":", ","))
        if _STATUS_LINE.match(line) or (is_whole and not line.startswith((",", ":"))):
            break
        text = f"{text} {line}"
        count += 1
    return count if read_status(text) else 1
