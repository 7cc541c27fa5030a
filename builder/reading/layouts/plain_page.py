"""A page as plain text: its text without a tool's markup, in the lines that the page had."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from builder.reading.document import Block, BlockKind
from builder.reading.layouts.asides_within import part_asides
from builder.reading.layouts.broken_lines import join_broken
from builder.reading.layouts.head_fields import part_text_field
from builder.reading.layouts.heads import breaks_a_title
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label, split_lines
from builder.reading.layouts.one_line import NOTHING_BESIDE, WordsBeside, part_ends
from builder.reading.layouts.run_on import split_paragraphs
from builder.reading.layouts.site import MENU, as_printed
from builder.reading.layouts.wrapped import breaks_a_sentence, fit_on_one_line, joined, stands_alone, unwrap
from builder.reading.markup import find_markup, strip_markup


class PageText:
    """A text without its markup, in lines as the page has them: those that a tool broke at a column are joined."""

    def __init__(self, text: str, lines: Sequence[TextLine], beside: WordsBeside = NOTHING_BESIDE) -> None:
        """`lines` are those of the text with its markup."""
        self.source, self.beside = text, beside
        self.markup = find_markup(text)
        self.stripped = strip_markup(text, self.markup)
        self.text = self.stripped.text
        if self.markup:
            lines = _parted_from_headings(self.text, split_lines(self.text), text)
        ends = part_ends(self.text, join_broken(self.text, part_text_field(self.text, lines), beside), beside)
        self.title, self.below = ends.title, ends.below
        parted = split_paragraphs(self.text, ends.lines)
        self.is_run_on = len(parted) > len(ends.lines)
        """Whether a tool wrote paragraphs on one line."""
        self.lines = unwrap(self.text, parted, text) + ends.below
        # Where blank lines separate the paragraphs, or lines break anywhere, a single break means nothing.
        self.is_broken = _is_broken(self.lines)
        self.is_parted = _is_parted(self.lines)
        self.headings = _headings(text, self)

    def part_asides(self, body: int, subject: str) -> None:
        """Makes what stands between the paragraphs of a body lines of their own, where a tool wrote paragraphs on one line."""
        end = len(self.lines) - len(self.below)
        if self.is_run_on and body < end:
            self.lines[body:end] = part_asides(self.text, self.lines[body:end], subject)

    def in_source(self, block: Block) -> Block:
        """A block of the text without markup, placed in the text with markup."""
        start, end = self.stripped.origin(block.start, block.end)
        return block._replace(start=start, end=end)


_BEFORE_HEADING = re.compile(r"^(?:[^\S\n]{0,3}#[^\S\n]+|[^\S\n]*(?=\S.*\n={3,}[^\S\n]*$))", re.MULTILINE)
"""What stands before the words of a heading of the first level: its sign, or nothing where it is underlined."""
_WORD = re.compile(r"\S")


_MARKED_HEADING = re.compile(r"(?:[^\S\n]{0,40}>)*[^\S\n]{0,3}#{1,6}[^\S\n]")


def _parted_from_headings(text: str, lines: Sequence[TextLine], with_marks: str) -> list[TextLine]:
    """The lines; one below a heading, `# Talks`, begins a paragraph, or goes on with a heading that was too long for its line."""
    headings = {number for number, row in enumerate(with_marks.split("\n"), start=1) if _MARKED_HEADING.match(row)}
    if not headings:
        return [*lines]
    fit = fit_on_one_line(text, lines, with_marks)
    parted, is_heading = [*lines[:1]], bool(lines) and lines[0].number in headings
    for before, line in pairwise(lines):
        is_apart = line.after_blank or stands_alone(line) or is_label(line.text) or line.text == before.text
        if is_heading and not is_apart and not fit(before, line):
            parted[-1] = joined(text, parted[-1], line)
            continue
        begins = is_heading and not breaks_a_title(before, line)
        parted.append(line._replace(after_blank=True) if begins else line)
        is_heading = line.number in headings
    return parted


def _headings(text: str, page: PageText) -> frozenset[int]:
    """Where in the stripped text a line begins that the text marks as a heading of the first level."""
    marked = (page.stripped.find(match.end()) for match in _BEFORE_HEADING.finditer(text))
    starts = {word.start() for start in marked if (word := _WORD.search(page.text, start))}
    return frozenset(line.start for line in page.lines if line.start in starts)


def _is_broken(lines: Sequence[TextLine]) -> bool:
    """Whether lines break where the page's markup had a line or a link, so that most breaks mean nothing."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    return 10 * sum(breaks_a_sentence(a, b) for a, b in pairs) >= len(pairs)


def _is_parted(lines: Sequence[TextLine]) -> bool:
    """Whether blank lines separate the paragraphs: most sentences that end a line are followed by one."""
    after = [b.after_blank for a, b in pairwise(lines) if ENDS_A_SENTENCE.search(a.text)]
    return len(after) >= 3 and 10 * sum(after) >= 6 * len(after)


_ADDRESS = re.compile(r"(?:[0-9]{1,4}\. )?(?:https?://|www\.|mailto:|file:)\S+|(?:[a-z]{1,20}\.)?[Kk]remlin\.ru")


_MAIL_LINE = re.compile(r"On .{6,200} wrote:|-{2,40} ?(?:Original|Forwarded) [Mm]essage ?-*|Begin forwarded message:")


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the site's menus or a mail's, or is nothing but an address."""
    if text.strip("-•*|/ ") in MENU or as_printed(text) in MENU:
        return True
    return bool(_ADDRESS.fullmatch(text) or _MAIL_LINE.fullmatch(text))


def line_blocks(kind: BlockKind, lines: Iterable[TextLine]) -> list[Block]:
    """A block for each line."""
    return [Block(kind, line.start, line.end) for line in lines]
