"""The body of a page as plain text: its paragraphs, and the captions and boxes of links that stand between them."""

import re
from functools import partial

from builder.lexicon.labels import names_speaker, read_label
from builder.lexicon.names import split_label
from builder.lexicon.occupations import is_office_word
from builder.reading.document import SEPARATOR, Block, BlockKind
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.asides import find_aside
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, continues, is_label
from builder.reading.layouts.plain_page import PageText, is_furniture, line_blocks
from builder.reading.layouts.pullquotes import mark_pullquotes
from builder.reading.layouts.run_on import is_heading
from builder.reading.layouts.site import BOX_TITLES, as_printed
from builder.reading.layouts.wrapped import OWN_LINE, breaks_a_sentence

# Some tools put a picture's words in brackets, in a paragraph of their own.
_IN_BRACKETS = re.compile(r"\[(?:[^\s\[\]]+ ){3,60}[^\s\[\]]+\]")
_LINES_OF_LABEL = 8
_LINES_OF_PICTURE = 5


def body_blocks(page: PageText, start: int, end: int, subject: str) -> list[Block]:
    """The body's paragraphs, and the captions and boxes between them as blocks of their own."""
    blocks: list[Block] = []
    before: TextLine | None = None
    index, follows_label, is_spoken = start, False, False
    while index < end:
        line = page.lines[index]
        label_end = _label_lines(page, index, end)
        if label_end is not None and not (before and _is_amid_sentence(page, before, line)):
            before = page.lines[label_end]
            blocks.append(Block("body", line.start, before.end))
            index, follows_label, is_spoken = label_end + 1, before.text.endswith(":"), True
            continue
        goes_on = before is not None and _goes_on(page, before, line)
        length, kind = (1, None) if goes_on or follows_label else _aside(page, index, end, subject, is_spoken)
        if kind:
            blocks += line_blocks(kind, page.lines[index : index + length])
        elif goes_on:
            blocks[-1] = blocks[-1]._replace(end=line.end)
        else:
            blocks.append(Block("body", line.start, line.end))
        before = None if kind else line
        index, follows_label = index + length, False
    return mark_pullquotes(page.text, blocks)


def _goes_on(page: PageText, before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if continues(before, line):
        return True
    if line.after_blank or OWN_LINE.fullmatch(line.text) or OWN_LINE.fullmatch(before.text):
        return False
    return page.is_parted or (page.is_broken and not ENDS_A_SENTENCE.search(before.text))


def _is_amid_sentence(page: PageText, before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with a sentence of the line before, where blank lines separate the paragraphs: what begins there
    is no label."""
    return (
        page.is_parted
        and not line.after_blank
        and not ENDS_A_SENTENCE.search(before.text)
        and not BEGINS_LIKE_HEADING.match(before.text)
    )


def _label_lines(page: PageText, index: int, end: int) -> int | None:
    """The index of the line that ends the speaker's label which begins here; None where none does.

    A tool may break the line in a label, where it was bold or a link: `President of Ruritania` / `Rudolf Elphberg` / `:`.
    """
    line = page.lines[index]
    if breaks_a_sentence(page.lines[index - 1], line):
        return None
    if label := read_label(line.text):
        return index if names_speaker(label) else None
    if ENDS_A_SENTENCE.search(line.text) or BEGINS_LIKE_HEADING.match(line.text):
        return None
    if _is_heading_above_label(page, index, end):
        return None
    text, names = line.text, split_label(line.text) is not None
    for last in range(index + 1, min(index + _LINES_OF_LABEL, end)):
        following = page.lines[last]
        if is_heading(text) and is_office_word(following.text.partition(" ")[0]) and is_label(following.text):
            return None
        goes_on = following.text.startswith((":", "("))
        is_before_colon = last + 1 < end and page.lines[last + 1].text.startswith((":", "("))
        if not goes_on and (names or (following.after_blank and not is_before_colon)):
            return None
        if not (goes_on or is_before_colon or page.is_broken or page.is_parted):
            return None
        text += " " + following.text
        if label := read_label(text):
            return last if names_speaker(label) else None
        if ENDS_A_SENTENCE.search(following.text) and not (is_before_colon and text.endswith(")")):
            return None
        names = names or ("(" not in text and split_label(following.text) is not None)
    return None


def _is_heading_above_label(page: PageText, index: int, end: int) -> bool:
    """Whether a line ends the heading of a part, and the label begins below it: with an office, which the line has not."""
    if index + 1 >= end or not is_office_word(page.lines[index + 1].text.partition(" ")[0]):
        return False
    if any(map(is_office_word, page.lines[index].text.split())):
        return False
    before = page.lines[index - 2 : index]
    return any(BEGINS_LIKE_HEADING.match(line.text) or SEPARATOR.fullmatch(line.text) for line in before)


def _aside(page: PageText, index: int, end: int, subject: str, is_spoken: bool) -> tuple[int, BlockKind | None]:
    """How many lines from here on are no part of the body's text, and what they are."""
    line = page.lines[index]
    found = find_aside(
        page.lines,
        range(index, end),
        subject,
        is_spoken=is_spoken,
        begins_label=lambda at: _label_lines(page, at, end) is not None,
        is_link=partial(_is_link, page),
        goes_on=partial(_goes_on, page),
    )
    if found:
        return found
    if as_printed(line.text) in BOX_TITLES:
        return 1, "related"
    if is_furniture(line.text) and " " in line.text.removeprefix("President of Russia"):
        return 1, "furniture"
    if pictures := _picture_length(page, index, end):
        return pictures, "caption"
    return 1, "caption" if _IN_BRACKETS.fullmatch(line.text) else None


def _picture_length(page: PageText, index: int, end: int) -> int:
    """How many lines the words have that Markdown gives a picture, `![words](address)`; 0 where a line is none."""
    start, _ = page.stripped.origin(page.lines[index].start, page.lines[index].end)
    if page.source[start - 2 : start] != "![":
        return 0
    for last in range(index, min(index + _LINES_OF_PICTURE, end)):
        _, stop = page.stripped.origin(page.lines[last].start, page.lines[last].end)
        if page.source.startswith("](", stop):
            return last + 1 - index
    return 0


def _is_link(page: PageText, line: TextLine) -> bool:
    """Whether a line is a Markdown link and nothing else."""
    start, end = page.stripped.origin(line.start, line.end)
    return page.source[start - 1 : start] == "[" and page.source.startswith("](", end)
