"""One page: which predicted turns are turns of the gold standard, and whether their labels and texts agree.

All comparisons ignore white space, zero-width characters and, on both sides, the page's stage directions inside speech
and `<…>`: those may be in a turn's text or left out.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from builder.evaluation.inputs import EvaluatedTurn, GoldPage, GoldTurn

START_LENGTH = 40
"""A turn is told by the first so many characters of its speech, or by its first paragraph where that is shorter."""

_INVISIBLE = re.compile("[\\s\u200b\u200c\u200d\ufeff\u00ad]+")
_ELISIONS = frozenset({"<…>", "<...>"})
_LATE_NOTE = re.compile(r"\([^()]{2,60}\):")
"""A slip of some pages: `Question: (retranslated): …`. Such a note may stand before the text."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one page, or of many pages added up."""

    pages: int = 0
    """Pages with turns."""
    pages_right: int = 0
    """Of them, those with every boundary, label and text right."""
    matched: int = 0
    """Gold turns whose start was predicted."""
    missed: int = 0
    """Gold turns whose start was not predicted."""
    false: int = 0
    """Predicted turns that start where no gold turn does."""
    absent: int = 0
    """Gold turns that the text does not show: not held against the predictions."""
    labels: int = 0
    """Matched turns whose gold label is sure."""
    labels_right: int = 0
    """Of them, those with the label as printed, or without its note."""
    labels_printed: int = 0
    """Of them, those with the label exactly as printed."""
    texts: int = 0
    """Matched turns whose gold text is sure."""
    texts_right: int = 0
    """Of them, those with the speech, with or without captions and the like that stand between its paragraphs."""
    texts_strict: int = 0
    """Of them, those with the speech alone."""
    silent_pages: int = 0
    """Pages without turns."""
    silent_pages_with_turns: int = 0
    """Of them, those on which a turn was predicted."""
    invented: int = 0
    """Turns predicted on pages without turns."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def compare(gold: GoldPage, predicted: Sequence[EvaluatedTurn], text: str | None = None) -> Tally:
    """Counts what is right and wrong on one page.

    `text` is the rendition that the predictions were made from, where gold turns that it does not show are not to count.
    """
    page = _PageComparison(gold)
    turns = [_Predicted(turn, page) for turn in predicted]
    if not page.turns:
        return Tally(silent_pages=1, silent_pages_with_turns=bool(turns), invented=len(turns))
    pairs = _align(page.turns, turns)
    found = {g for g, _ in pairs}
    absent = (page.absent_from(text) if text is not None else set()) - found
    missed = len(page.turns) - len(found) - len(absent)
    false = _false_turns(page, turns, {p for _, p in pairs}, absent)
    agreement = sum((_agreement(page.turns[g], turns[p]) for g, p in pairs), Tally())
    wrong = missed + false + (agreement.labels - agreement.labels_right) + (agreement.texts - agreement.texts_right)
    return agreement + Tally(
        pages=1, pages_right=not wrong, matched=len(pairs), missed=missed, false=false, absent=len(absent)
    )


def squeeze(text: str) -> str:
    """A text without white space and characters that do not show."""
    return _INVISIBLE.sub("", text)


class _PageComparison:
    """A page of the gold standard, brought to the form in which texts are compared."""

    def __init__(self, gold: GoldPage) -> None:
        self.gold = gold
        skipped = {squeeze(direction) for direction in gold.inline_directions} | _ELISIONS
        # The longest first: one direction may be part of another.
        self._skipped = sorted(skipped - {""}, key=len, reverse=True)
        self.turns = [_GoldIndex(self, index, turn) for index, turn in enumerate(gold.turns)]

    def bare(self, text: str) -> str:
        """A squeezed text without the page's directions; as it is where nothing else would be left."""
        full = bare = squeeze(text)
        for direction in self._skipped:
            bare = bare.replace(direction, "")
        return bare or full

    def absent_from(self, text: str) -> set[int]:
        """The turns whose start does not follow a colon in the text, in order."""
        shown, position, absent = self.bare(text), 0, set()
        for turn in self.turns:
            at = shown.find(":" + turn.start, position)
            if at < 0:
                absent.add(turn.index)
            else:
                position = at + 1
        return absent


class _GoldIndex:
    """A gold turn, in the form in which it is compared."""

    def __init__(self, page: _PageComparison, index: int, turn: GoldTurn) -> None:
        self.page, self.index, self.turn = page, index, turn
        self.labels = frozenset({squeeze(turn.label), squeeze(turn.name)})
        self.printed = squeeze(turn.label)
        self.start = page.bare("".join(turn.paragraphs[:1]))[:START_LENGTH]
        self.speech = page.bare("".join(turn.paragraphs))

    @cached_property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The speech and what stands between its paragraphs, in order, each with whether a right text must hold it."""
        parts = tuple(self._parts())
        if "".join(text for text, needed in parts if needed) == self.speech:
            return parts
        # A paragraph that is a direction alone is not part of the bare speech, where there is other speech.
        return tuple((text, needed and text in self.speech) for text, needed in parts)

    def _parts(self) -> Iterator[tuple[str, bool]]:
        between = [block for block in self.page.gold.nonspeech if block.turn == self.index]
        for place in range(len(self.turn.paragraphs) + 1):
            for block in between:
                if block.para == place:
                    # A caption may come twice: as the text of its image and below it.
                    yield from [(self.page.bare(block.text), False)] * (2 if block.kind == "caption" else 1)
            for paragraph in self.turn.paragraphs[place : place + 1]:
                if paragraph:
                    yield self.page.bare(paragraph), True


class _Predicted:
    """A predicted turn, in the form in which it is compared."""

    def __init__(self, turn: EvaluatedTurn, page: _PageComparison) -> None:
        self.label = squeeze(turn.label)
        self.text = page.bare(turn.text)

    def starts_like(self, start: str) -> bool:
        """Whether the text begins as the gold one does; where it is shorter than `START_LENGTH`, as far as it goes."""
        text = self.text
        if note := _LATE_NOTE.match(text):
            text = text[note.end() :]
        return bool(start and text) and (text.startswith(start) or start.startswith(text))


# ---------------------------------------------------------------------------------------------------------------------
# Boundaries

_BEST = 4
"""What a pair is worth at most; see `_worth`."""


def _worth(gold: _GoldIndex, predicted: _Predicted) -> int:
    """What it is worth to pair two turns: 0 where their starts differ, else more where label and whole start agree too."""
    if not predicted.starts_like(gold.start):
        return 0
    return 2 + (predicted.label in gold.labels) + predicted.text.startswith(gold.start)


def _align(gold: Sequence[_GoldIndex], predicted: Sequence[_Predicted]) -> list[tuple[int, int]]:
    """Pairs gold turns with predicted ones that start alike, in order, so that the pairs are worth the most in all."""
    # What agrees wholly at either end is paired at once: no better alignment exists, and the rest stays small.
    first = 0
    while first < min(len(gold), len(predicted)) and _worth(gold[first], predicted[first]) == _BEST:
        first += 1
    last = 0
    most = min(len(gold), len(predicted)) - first
    while last < most and _worth(gold[len(gold) - 1 - last], predicted[len(predicted) - 1 - last]) == _BEST:
        last += 1
    middle = _align_middle(gold[first : len(gold) - last], predicted[first : len(predicted) - last])
    return [
        *((index, index) for index in range(first)),
        *((first + g, first + p) for g, p in middle),
        *((len(gold) - back, len(predicted) - back) for back in range(last, 0, -1)),
    ]


def _align_middle(gold: Sequence[_GoldIndex], predicted: Sequence[_Predicted]) -> list[tuple[int, int]]:
    """The same by dynamic programming over all pairs."""
    rows, columns = len(gold), len(predicted)
    worth = [[_worth(g, p) for p in predicted] for g in gold]
    # best[g][p]: what the turns from g and p on are worth at most.
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for g in reversed(range(rows)):
        for p in reversed(range(columns)):
            paired = worth[g][p] and worth[g][p] + best[g + 1][p + 1]
            best[g][p] = max(best[g + 1][p], best[g][p + 1], paired)
    pairs, g, p = [], 0, 0
    while g < rows and p < columns:
        if worth[g][p] and best[g][p] == worth[g][p] + best[g + 1][p + 1]:
            pairs.append((g, p))
            g, p = g + 1, p + 1
        elif best[g][p] == best[g + 1][p]:
            g += 1
        else:
            p += 1
    return pairs


def _false_turns(
    page: _PageComparison, turns: Sequence[_Predicted], paired: Collection[int], absent: Collection[int]
) -> int:
    """How many predicted turns start where none does, those apart of which the gold standard cannot say it."""
    left = [turn for index, turn in enumerate(turns) if index not in paired]
    for index in sorted(absent):
        # The rendition damaged this turn's text: what bears its label is neither right nor wrong.
        damaged = next((turn for turn in left if turn.label in page.turns[index].labels), None)
        if damaged:
            left.remove(damaged)
    if page.gold.gold_sure:
        return len(left)
    optional = [(squeeze(o.label), page.bare(o.text)[:START_LENGTH]) for o in page.gold.optional_starts]
    return sum(not any(t.label == label or t.starts_like(start) for label, start in optional) for t in left)


# ---------------------------------------------------------------------------------------------------------------------
# Labels and texts


def _agreement(gold: _GoldIndex, predicted: _Predicted) -> Tally:
    """Whether label and text of a matched turn are right, where the gold standard is sure of them."""
    counts = Tally()
    if gold.turn.label_sure:
        counts += Tally(
            labels=1,
            labels_right=predicted.label in gold.labels,
            labels_printed=predicted.label == gold.printed,
        )
    if gold.turn.text_sure:
        counts += Tally(
            texts=1,
            texts_right=_consists_of(gold.parts, predicted.text),
            texts_strict=predicted.text == gold.speech,
        )
    return counts


def _consists_of(parts: Sequence[tuple[str, bool]], text: str) -> bool:
    """Whether a text is these parts, in order, with or without those that it need not hold."""
    ends = {0}  # Where in the text the parts so far may end.
    for part, needed in parts:
        reached = {end + len(part) for end in ends if text.startswith(part, end)}
        ends = reached if needed else ends | reached
    return len(text) in ends
