"""From counts to measures, each with how many cases it rests on and a 95 % confidence interval."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from builder.evaluation.compare import Tally

Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""

RESAMPLES = 1000
SEED = 20200831
"""Fixed, so that the same predictions give the same interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure in per cent, with its 95 % interval; null where it rests on no case."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    """How many cases it rests on."""


def wilson(right: int, n: int) -> Estimate:
    """A proportion with Wilson's score interval, which holds for few cases, and where all or none are right."""
    if not n:
        return Estimate(None, None, None, 0)
    share, z2 = right / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    margin = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # Rounding must not carry a bound past the value where all or none are right.
    low = 0.0 if right == 0 else 100 * (centre - margin)
    high = 100.0 if right == n else 100 * (centre + margin)
    return Estimate(100 * right / n, low, high, n)


def f1(pages: Sequence[Tally]) -> Estimate:
    """The harmonic mean of precision and recall over these pages; `n` counts gold turns.

    Its interval is the wider, bound by bound, of two. A percentile bootstrap over pages (`RESAMPLES` draws, fixed seed),
    since wrong turns come together on a page, so that turns are no independent cases. And Wilson's for the share J of
    matched among all turns of either side, carried over by F1 = 2 J / (1 + J), since the bootstrap, as the delta method,
    shrinks to a point where no page, or by luck of the sample hardly one, is wrong.
    """
    counts = [(page.matched, page.missed + page.false) for page in pages if page.matched or page.missed or page.false]
    total = (sum(matched for matched, _ in counts), sum(wrong for _, wrong in counts))
    share = wilson(total[0], sum(total))
    if share.value is None or share.low is None or share.high is None:
        return share
    low, high = _f1_of_share(share.low), _f1_of_share(share.high)
    if total[1]:
        resampled = _bootstrap(counts)
        low = min(low, resampled[round(0.025 * (RESAMPLES - 1))])
        high = max(high, resampled[round(0.975 * (RESAMPLES - 1))])
    return Estimate(_f1(*total), low, high, sum(page.matched + page.missed for page in pages))


def _f1(matched: int, wrong: int) -> float:
    """In per cent, from the turns on both sides and those on one alone."""
    return 100 * 2 * matched / (2 * matched + wrong)


def _f1_of_share(share: float) -> float:
    return 100 * 2 * share / (100 + share)


def _bootstrap(counts: Sequence[tuple[int, int]]) -> list[float]:
    """F1 of as many pages drawn with replacement, many times, in order."""
    draw = random.Random(SEED)
    values = []
    for _ in range(RESAMPLES):
        drawn = draw.choices(counts, k=len(counts))
        values.append(_f1(sum(matched for matched, _ in drawn), sum(wrong for _, wrong in drawn)))
    return sorted(values)


# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how it is called, what it says, and how it follows from the counts of pages."""

    name: str
    title: str
    meaning: str
    """For readers of the code."""
    estimate: Callable[[Sequence[Tally], Tally], Estimate]
    """From the pages' counts, and their sum."""


MEASURES = (
    Measure(
        "precision",
        "precision",
        "share of predicted turns that start where a gold turn does",
        lambda pages, t: wilson(t.matched, t.matched + t.false),
    ),
    Measure(
        "recall",
        "recall",
        "share of gold turns whose start was predicted",
        lambda pages, t: wilson(t.matched, t.matched + t.missed),
    ),
    Measure("f1", "F1", "harmonic mean of the two", lambda pages, t: f1(pages)),
    Measure(
        "label",
        "label",
        "share of matched turns with the printed label, its note left out or not",
        lambda pages, t: wilson(t.labels_right, t.labels),
    ),
    Measure(
        "printed",
        "label as printed",
        "share of matched turns with the printed label, note included",
        lambda pages, t: wilson(t.labels_printed, t.labels),
    ),
    Measure(
        "text",
        "text",
        "share of matched turns with the speech, captions and the like between its paragraphs in or out",
        lambda pages, t: wilson(t.texts_right, t.texts),
    ),
    Measure(
        "strict",
        "text, strict",
        "share of matched turns with the speech alone",
        lambda pages, t: wilson(t.texts_strict, t.texts),
    ),
    Measure(
        "pages_right",
        "pages right",
        "share of pages with turns on which every boundary, label and text is right",
        lambda pages, t: wilson(t.pages_right, t.pages),
    ),
    Measure(
        "silent_pages_wrong",
        "no-turn pages with turns",
        "share of pages without turns on which a turn was predicted",
        lambda pages, t: wilson(t.silent_pages_with_turns, t.silent_pages),
    ),
)
