"""Text of the site's accessible version: it marks no lead, shows no cut, and repeats the date at the end.

View settings / Font size: / Site colours: / Official website of the President of Russia
Transcripts /
Beginning of conversation with Kassym-Jomart Tokayev
April 3, 2019, The Kremlin, Moscow
President of Russia Vladimir Putin: Mr President, friends, …
April 3, 2019, The Kremlin, Moscow
"""

from collections.abc import Sequence

from builder.reading.document import Block, Document, PageMetadata
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.heads import read_head, read_head_date, section_blocks
from builder.reading.layouts.lines import SourceLines, TextLine, block, paragraph_blocks
from builder.reading.layouts.pullquotes import mark_pullquotes
from builder.reading.layouts.run_on import is_run_on
from builder.reading.layouts.site import known_time
from builder.reading.layouts.wrapped import is_wrapped

NAME = "accessible_text"

FURNITURE = frozenset(
    {
        "View settings",
        "Font size:",
        "Site colours:",
        "Official website of the President of Russia",
    }
)
MARKS = "its first lines, such as “View settings”, “Font size:” and “Official website of the President of Russia”"
_LONGEST_FOOTER = 39
"""Lines from the date at the end on, at most."""


def _is_accessible(page: SourceLines) -> bool:
    """Whether the text begins with two of the lines that stand above every page of the accessible version."""
    lines = page.lines
    head = [line.text for line in lines[:12]]
    if len(FURNITURE.intersection(head)) < 2 or head[0] not in FURNITURE:
        return False
    return not (is_wrapped(page.source.text, lines) or is_run_on(page.source.text, lines))


def try_read(page: SourceLines) -> Document | None:
    """Reads a text of this layout; returns None for any other. Raises `DataError` where it has no title or no date."""
    if not _is_accessible(page):
        return None
    source, text, lines = page.source, page.source.text, page.lines
    blocks: list[Block] = []
    index = 0
    while index < len(lines) and lines[index].text in FURNITURE:
        blocks.append(block("furniture", lines[index]))
        index += 1
    above = section_blocks(lines[index:], _is_section)
    blocks += above
    index += len(above)
    head = read_head(text, lines[index:], source.display_path, date_is_second=True)
    body = lines[index + head.line_count :]
    time, place = head.time, head.place
    tail: list[Block] = []
    end = _last_date(body)
    if body and (again := read_head_date(body[end], text, source.display_path)):
        tail = [block("furniture", line) for line in body[end:]]
        if again.date == head.when.date:
            tail[:1] = again.blocks(body[end])
            time, place = time or again.time, place or again.place
        body = body[:end]
    blocks += [*head.blocks, *mark_pullquotes(text, paragraph_blocks("body", body)), *tail]
    metadata = PageMetadata(
        title=head.title,
        date=head.when.date,
        time=known_time(head.when.date, time),
        place=place,
        lead=head.lead,
    )
    return Document(NAME, text, metadata, tuple(blocks))


def _last_date(body: Sequence[TextLine]) -> int:
    """The index of the date line that ends the page; below it may stand a few lines of the site's footer."""
    for index in reversed(range(max(0, len(body) - _LONGEST_FOOTER), len(body))):
        if read_date_line(body[index]):
            return index
    return len(body) - 1


def _is_section(line: TextLine) -> bool:
    """`Transcripts /`, or in Russian `Документ /`: one or two words and a slash."""
    return line.text.endswith("/") and len(line.text.split()) <= 4
