"""The floors below which no measure may fall: a hand-kept file, pinned with the digest of the gold standard they hold on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import CommandError, DataError, Problem
from builder.evaluation.evaluate import Evaluation, Stratum
from builder.evaluation.measures import MEASURES
from builder.files import read_text
from builder.reading.layouts import RANK

ALL = "all"
FALSE_TURNS = "false_turns"
"""A count, held from above: turns predicted on pages without turns."""
UNREAD = "unread"
"""A count, held from above: pages that a package does not hold. In `[all]` alone."""

_AT_LEAST = tuple(m.name for m in MEASURES if m.name != "silent_pages_wrong")
_DIGEST_KEY = "gold_sha256"


@dataclass(frozen=True)
class Floors:
    """What a file of floors pins."""

    path: str
    gold_sha256: str
    by_stratum: Mapping[str, Mapping[str, float]]
    """For all pages and for the pages of a layout: the least allowed, in per cent, by the measure's name."""


def read_floors(path: Path) -> Floors:
    """Reads a file of floors.

    It is TOML: ``gold_sha256``, and tables, ``[all]`` or of a layout's name, that give measures, in per cent at least, and
    counts, at most: ``false_turns`` and, in ``[all]``, ``unread``. Raises `CommandError` where there is none,
    `DataError` where it holds anything else: a floor that is misspelt would never be missed.
    """
    try:
        content = tomllib.loads(read_text(path))
    except OSError as error:
        raise CommandError(f"{path}: expected a file of floors, found {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise DataError(
            [Problem(str(path), "floors in TOML", str(error), "correct the file", code="bad-toml")]
        ) from None
    problems = list(_wrong(str(path), content))
    if problems:
        raise DataError(problems)
    digest = content.pop(_DIGEST_KEY)
    return Floors(str(path), digest, content)


def _wrong(path: str, content: Mapping[str, Any]) -> list[Problem]:
    strata = (ALL, *RANK)
    problems = []
    if not isinstance(content.get(_DIGEST_KEY), str):
        problems.append(
            Problem(path, f"{_DIGEST_KEY}, the digest of the gold standard", "none", "add it", code="no-digest")
        )
    for stratum, floors in content.items():
        if stratum == _DIGEST_KEY:
            continue
        if stratum not in strata or not isinstance(floors, Mapping):
            problems.append(
                Problem(path, f"a table [{'], ['.join(strata)}]", stratum, "correct its name", code="unknown-stratum")
            )
            continue
        measures = (*_AT_LEAST, FALSE_TURNS, *([UNREAD] if stratum == ALL else []))
        problems += [
            Problem(
                path,
                f"{', '.join(measures)} = NUMBER",
                f"[{stratum}] {name} = {value!r}",
                "correct it",
                code="bad-floor",
            )
            for name, value in floors.items()
            if name not in measures or isinstance(value, bool) or not isinstance(value, int | float)
        ]
    return problems


def check_digest(floors: Floors, gold_sha256: str, gold_path: Path) -> None:
    """Raises `DataError` where the floors were set on another gold standard."""
    if floors.gold_sha256 != gold_sha256:
        expected = f"the gold standard on which the floors of {floors.path} were set, SHA-256 {floors.gold_sha256}"
        advice = "measure against that file, or set the floors anew"
        raise DataError(
            [Problem(str(gold_path), expected, f"SHA-256 {gold_sha256}", advice, code="other-gold-standard")]
        )


def below(floors: Floors, evaluation: Evaluation) -> list[str]:
    """What falls below its floor: measure, floor, found. Layouts without pages are skipped."""
    findings = []
    for name, pinned in floors.by_stratum.items():
        stratum = evaluation.named(name)
        if stratum:
            counts = {FALSE_TURNS: stratum.counts.invented, UNREAD: len(evaluation.unread or ())}
            findings += [f"{name}: {text}" for text in _below(pinned, stratum, counts)]
    return findings


def _below(pinned: Mapping[str, float], stratum: Stratum, counts: Mapping[str, int]) -> list[str]:
    findings = []
    for measure, floor in pinned.items():
        if measure in counts:
            if counts[measure] > floor:
                findings.append(f"{measure}: expected at most {floor:g}, found {counts[measure]}")
            continue
        value = stratum.estimates[measure].value
        if value is None:
            findings.append(f"{measure}: expected at least {floor:g} %, found nothing to measure")
        elif value < floor:
            findings.append(f"{measure}: expected at least {floor:g} %, found {value:.3f} %")
    return findings
