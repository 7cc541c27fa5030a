"""Lines that break in the midst of sentences, as those of a page's markup may, in a text that has none of the page's own."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.head_fields import is_field
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label
from builder.reading.layouts.one_line import WordsBeside, part_ends
from builder.reading.layouts.run_on import AFTER_SENTENCE, labels_within, run_together, spaced_out
from builder.reading.layouts.wrapped import is_wrapped, joined, stands_alone

_SHORT = 50
"""Characters of a line behind which most often a paragraph ends."""


def join_broken(text: str, lines: Sequence[TextLine], beside: WordsBeside) -> list[TextLine]:
    """The lines; those that break in the midst of sentences are joined where a tool ran the paragraphs together.

    A page's markup may break its lines anywhere, which does not show. Some tools keep these breaks, and none of the page's own.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    amid = sum(not ENDS_A_SENTENCE.search(a.text) and not is_field(b) for a, b in pairs)
    if len(lines) < 3 or 2 * amid < len(pairs):
        return list(lines)
    whole = [joined(text, group[0], group[-1]) for group in _unbroken(lines)]
    junctions = sum(1 for line in whole for _ in run_together().finditer(line.text))
    is_run_together = junctions >= 2 and junctions > amid // 20
    if is_run_together or (_hides_labels(text, lines, whole, beside) and not is_wrapped(text, lines)):
        return whole
    return list(lines)


def _hides_labels(text: str, lines: Sequence[TextLine], whole: Sequence[TextLine], beside: WordsBeside) -> bool:
    """Whether most labels stand within the lines, or are broken by them."""
    spaced = spaced_out(text)
    firsts = {line.start: line for line in whole}
    begun = broken = 0
    ends, before = True, ""
    for line in lines:
        begins = line.text[0] == ":" or (is_label(line.text) and not _is_amid_label(before, line.text))
        if line.start not in firsts:
            begun += begins and (ends or line.text[0] == ":")
        elif not begins:
            broken += is_label(firsts[line.start].text)
        ends = len(line.text) < _SHORT or bool(
            ENDS_A_SENTENCE.search(line.text) or BEGINS_LIKE_HEADING.match(line.text)
        )
        before = line.text
    # The first label may follow the date and place that end the head.
    parted = part_ends(text, whole, beside).lines
    within = sum(1 for line in parted for _ in labels_within(spaced, line.start, line.end))
    within += sum(line.start not in firsts and is_label(line.text) for line in parted)
    return within + broken > begun and 2 * (within + broken) >= 3 * begun


def _is_amid_label(before: str, line: str) -> bool:
    """Whether a line goes on with a label that begins within the line before: `* * * President of Ruritania` / `Rudolf
    Elphberg:`."""
    start = max((sentence.end() for sentence in AFTER_SENTENCE.finditer(before)), default=len(before))
    return start < len(before) and is_label(f"{before[start:]} {line}")


def _unbroken(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines between two blank ones, or between what stands alone."""
    group: list[TextLine] = []
    for line in lines:
        if group and (line.after_blank or stands_alone(line) or stands_alone(group[-1])):
            yield group
            group = []
        group.append(line)
    yield group
