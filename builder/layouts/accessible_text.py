"""Text of the site's accessible version: no lead is marked, no cut is shown, the date stands again at the end.

View settings / Font size: / Site colours: / Official website of the President of Russia
Transcripts /
Beginning of conversation with Kassym-Jomart Tokayev
April 3, 2019, The Kremlin, Moscow
President of Russia Vladimir Putin: Mr President, friends, …
April 3, 2019, The Kremlin, Moscow
"""

from builder.document import Block, Document, Facts, Source
from builder.layouts.lines import Line, block, paragraph_blocks, read_head, read_head_date, split_lines
from builder.layouts.site import known_time

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


def recognises(source: Source) -> bool:
    """Whether the text begins with two of the lines that stand above every page of the accessible version."""
    head = [line.text for line in split_lines(source.text[:2000])[:12]]
    return len(FURNITURE.intersection(head)) >= 2


def read(source: Source) -> Document:
    """Reads a text of this layout. Raises `DataError` where it has no title or no date."""
    text, lines = source.text, split_lines(source.text)
    blocks: list[Block] = []
    index = 0
    while index < len(lines) and lines[index].text in FURNITURE:
        blocks.append(block("furniture", lines[index]))
        index += 1
    if index < len(lines) and _is_section(lines[index]):
        blocks.append(block("section", lines[index]))
        index += 1
    head = read_head(text, lines[index:], source.shown_path)
    body = lines[index + head.line_count :]
    tail: list[Block] = []
    if body and (again := read_head_date(body[-1], text, source.shown_path)):
        tail += again.blocks
        body = body[:-1]
    blocks += [*head.blocks, *paragraph_blocks("body", body), *tail]
    facts = Facts(
        title=head.title,
        date=head.when.date,
        time=known_time(head.when.date, head.time),
        place=head.place,
        lead=head.lead,
    )
    return Document(NAME, text, facts, tuple(blocks))


def _is_section(line: Line) -> bool:
    """`Transcripts /`, or in Russian `Документ /`: one or two words and a slash."""
    return line.text.endswith("/") and len(line.text.split()) <= 4
