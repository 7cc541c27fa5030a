"""The evaluation of a set of predictions: its measures over all pages, by layout and by year, sure and unsure pages apart."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.errors import CommandError, DataError, Problem
from builder.evaluation.compare import Tally, compare
from builder.evaluation.inputs import GoldPage, GoldStandard, Predictions
from builder.evaluation.measures import MEASURES, Estimate
from builder.files import read_text

Grouping = Literal["all", "layout", "year"]
NO_LAYOUT = "not read"
"""Stands for the layout of pages that the package does not hold or could not recognise."""


@dataclass(frozen=True)
class Stratum:
    """The measures over one group of pages."""

    grouping: Grouping
    value: str
    """Which layout or year; `all` for all."""
    sure: bool
    """Whether these are the pages whose gold standard is sure, or the others."""
    counts: Tally
    estimates: Mapping[str, Estimate]
    """By the name of the measure."""


@dataclass(frozen=True)
class Evaluation:
    """What a comparison gives."""

    gold_sha256: str
    strata: tuple[Stratum, ...]
    """All pages first, then by layout where that is known, then by year; in each group sure pages before unsure ones."""
    unread: tuple[str, ...] | None
    """Pages of the gold standard that are no included source of the package; null where the predictions do not say."""
    unknown: tuple[str, ...]
    """Sources that the gold standard does not hold: not measured."""

    @property
    def overall(self) -> Stratum:
        return self.strata[0]

    def named(self, name: str) -> Stratum | None:
        """The sure pages of the layout or year of this name, or of `all`; null where there are none."""
        return next((s for s in self.strata if s.value == name and s.sure), None)


def evaluate(gold: GoldStandard, predictions: Predictions, text_dir: Path | None = None) -> Evaluation:
    """Compares predictions with the gold standard, page by page.

    A page without predictions counts as one on which no turn was predicted. With `text_dir`, the folder of the texts
    (`SOURCE.txt`) that the predictions were made from, only pages with a text there count, and gold turns that the text
    does not show are not held against the predictions. Raises `CommandError` where there is no such folder, `DataError`
    for a text that cannot be read.
    """
    if text_dir is not None and not text_dir.is_dir():
        raise CommandError(f"{text_dir}: expected the folder of the texts, found none")
    compared: list[tuple[GoldPage, Tally]] = []
    for page in gold.pages.values():
        text = None
        if text_dir is not None:
            text = _text_of(page, text_dir)
            if text is None:
                continue
        compared.append((page, compare(page, predictions.turns.get(page.source, ()), text)))
    read = predictions.read
    predicted = predictions.turns.keys() if read is None else read
    return Evaluation(
        gold.sha256,
        tuple(_strata(compared, predictions)),
        None if read is None else tuple(page.source for page, _ in compared if page.source not in read),
        tuple(sorted(predicted - gold.pages.keys())),
    )


def _text_of(page: GoldPage, folder: Path) -> str | None:
    """The text of a page; null where the folder has none."""
    path = folder / f"{page.source}.txt"
    try:
        return read_text(path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            [Problem(str(path), "a text in UTF-8", str(error), "save it as UTF-8", code="not-utf-8")]
        ) from None


def _strata(compared: Iterable[tuple[GoldPage, Tally]], predictions: Predictions) -> Iterable[Stratum]:
    layouts = predictions.layouts
    groupings: list[tuple[Grouping, Callable[[GoldPage], str]]] = [("all", lambda page: "all")]
    if layouts is not None:
        groupings.append(("layout", lambda page: layouts.get(page.source, NO_LAYOUT)))
    groupings.append(("year", lambda page: page.year))
    for grouping, value_of in groupings:
        # All sure pages come first, even where there are none.
        groups: dict[tuple[str, bool], list[Tally]] = {("all", True): []} if grouping == "all" else {}
        for page, tally in compared:
            groups.setdefault((value_of(page), page.gold_sure), []).append(tally)
        for (value, sure), tallies in sorted(groups.items(), key=lambda group: (group[0][0], not group[0][1])):
            total = sum(tallies, Tally())
            estimates = {measure.name: measure.estimate(tallies, total) for measure in MEASURES}
            yield Stratum(grouping, value, sure, total, estimates)
