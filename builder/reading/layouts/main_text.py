"""Text of the site's main version: a lead under the title, photo captions, tags and the publication status below.

Events
Meeting with Nursultan Nazarbayev
Vladimir Putin met with First President of Kazakhstan Nursultan Nazarbayev …
June 30, 2021
18:40
The Kremlin, Moscow
4 of 4
Meeting with First President of Kazakhstan Nursultan Nazarbayev.
President of Russia Vladimir Putin: Mr Nazarbayev, …
Geography / Kazakhstan / Topics / … / Persons / … / Publication status / Published in sections: … / Text version
"""

import re
from collections.abc import Sequence
from functools import partial

from builder.reading.document import Block, Document, PageMetadata, PersonTag
from builder.reading.layouts.asides import find_aside
from builder.reading.layouts.dates import read_when
from builder.reading.layouts.heads import read_head, section_blocks
from builder.reading.layouts.lines import SourceLines, TextLine, block, is_cut_label, is_label, paragraph_blocks
from builder.reading.layouts.pullquotes import mark_pullquotes
from builder.reading.layouts.run_on import is_run_on
from builder.reading.layouts.site import SECTIONS, STATUS, TAG_LISTS, known_time
from builder.reading.layouts.tails import LONGEST_TAG, read_tail
from builder.reading.layouts.wrapped import is_wrapped

NAME = "main_text"

MARKS = f"a first line such as “Events”, or “{STATUS}” and “Text version” below"

_FOREIGN = re.compile(
    r"[a-z][\w ]*: |[#\[>-]|\*(?!(?: ?\*)+$)|[A-Z]\w+: (?:\S+$|https?:)|Structure$|President of Russia$"
)


_SIGNS_ALONE = frozenset(":,")
"""Lines of a text whose line a tool broke at every element of the page's markup."""
_UNKNOWN_BELOW = 3
"""Lines below the publication status that may be new to the builder; of a site's menus there are more."""


def _is_main(page: SourceLines) -> bool:
    """Whether the text has the line above, or the lines below, that every page of the main version has."""
    lines = page.lines
    status = _last_status(lines)
    if status is None and not any(line.text in SECTIONS for line in lines[:2]):
        return False
    # A text that a tool changed is read as plain text: with head lines, menus or marks, or broken at a column.
    below = [] if status is None else lines[status + 1 :]
    unknown = _count_unknown(below) if len(below) > _UNKNOWN_BELOW + 1 else 0
    if any(_FOREIGN.match(line.text) for line in lines[:6]) or unknown > _UNKNOWN_BELOW:
        return False
    if any(line.text in _SIGNS_ALONE for line in lines):
        return False
    return not (is_wrapped(page.source.text, lines) or is_run_on(page.source.text, lines))


def _last_status(lines: Sequence[TextLine]) -> int | None:
    """The index of the line that heads the publication status; of several such lines, of the last."""
    return max((i for i, line in enumerate(lines) if line.text == STATUS), default=None)


def _is_menu(line: TextLine) -> bool:
    return line.text == "Text version"


def _count_unknown(lines: Sequence[TextLine]) -> int:
    """How many lines below the publication status are new to the builder."""
    return sum(block.kind == "unassigned" for block in read_tail(lines, is_menu=_is_menu, other="unassigned").blocks)


def try_read(page: SourceLines) -> Document | None:
    """Reads a text of this layout; returns None for any other. Raises `DataError` where it has no title or no date."""
    if not _is_main(page):
        return None
    source, text, lines = page.source, page.source.text, page.lines
    blocks: list[Block] = []
    index = 0
    announced = None
    if len(lines) > 1 and lines[1].text in SECTIONS and (announced := read_when(lines[0], text)):
        blocks += announced.blocks(lines[0])
        index = 1
    above = section_blocks(lines[index:], lambda line: line.text in SECTIONS)
    blocks += above
    index += len(above)
    end = _tail_start(lines)
    head = read_head(text, lines[index:end], source.display_path)
    # An announcement heads the day of the event; the date under its title is the day when it was published.
    blocks += [b._replace(kind="status") if announced and b.kind == "date" else b for b in head.blocks]
    subject = " ".join(filter(None, (head.title, head.lead)))
    blocks += _body_blocks(text, lines[index + head.line_count : end], subject)
    tail = read_tail(lines[end:], is_menu=_is_menu, other="unassigned")
    blocks += tail.blocks
    metadata = PageMetadata(
        title=head.title,
        date=(announced or head.when).date,
        time=known_time(head.when.date, (announced or head).time),
        place=head.place,
        lead=head.lead,
        geography=tail.tags.get("Geography", ()),
        topics=tail.tags.get("Topics", ()),
        persons=tuple(map(PersonTag, tail.tags.get("Persons", ()))),
        published_in=tail.published_in or (),
        event_id=tail.event_id,
        url=tail.url,
        shows_elisions=True,
    )
    return Document(NAME, text, metadata, tuple(blocks))


def _body_blocks(text: str, lines: Sequence[TextLine], subject: str) -> list[Block]:
    """The body's paragraphs, and the captions and boxes between them as blocks of their own."""
    blocks: list[Block] = []
    running: list[TextLine] = []
    index, is_spoken, begins_label = 0, False, partial(_begins_label, lines)
    while index < len(lines):
        is_spoken = is_spoken or begins_label(index)
        aside = find_aside(lines, range(index, len(lines)), subject, is_spoken=is_spoken, begins_label=begins_label)
        if aside is None:
            running.append(lines[index])
            index += 1
            continue
        length, kind = aside
        blocks += paragraph_blocks("body", running)
        running = []
        blocks += [block(kind, line) for line in lines[index : index + length]]
        index += length
    return mark_pullquotes(text, blocks + paragraph_blocks("body", running))


def _begins_label(lines: Sequence[TextLine], index: int) -> bool:
    return is_label(lines[index].text) or is_cut_label(lines, index)


# ---------------------------------------------------------------------------------------------------------------------
# Below the body


def _tail_start(lines: Sequence[TextLine]) -> int:
    """The index of the first line below the body: of its first tag list, else of the publication status."""
    start = _last_status(lines)
    if start is None:
        return len(lines)
    for name in reversed(TAG_LISTS):
        above = [i for i in range(max(0, start - 60), start) if lines[i].text == name]
        if above and all(_looks_like_tag(line.text) for line in lines[above[-1] + 1 : start]):
            start = above[-1]
    return start


def _looks_like_tag(text: str) -> bool:
    return len(text) <= LONGEST_TAG and not text.endswith((".", "!", "?", "…>")) and ":" not in text
