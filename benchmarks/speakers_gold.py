"""How often a package names the speaker whom a reader of the page names, and gives the office and the state that it prints.

Labels that carry no link to a person were drawn at random, and read against their pages; the reader's verdicts stand in
speakers_gold.csv. `benchmarks.speakers` compares them with a package; `python -m benchmarks.speakers_gold` prints the draws to
be read: draw, page, turn, label.
"""

import csv
import lzma
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq

from benchmarks.draws import Draw, draw_apart
from benchmarks.sample import GOLD, is_here
from builder.evaluation.measures import Estimate, wilson

VERDICTS = Path(__file__).with_suffix(".csv")
MEASURED = ("person", "site_person_id", "role", "role_evidence", "country")
COMMONEST = 2
"""The speakers of half of all labels are few, and easy: the measures are given without them too."""

Label = tuple[str, int, str]
"""Event id, the turn's place on its page, counted from 0, and the label as printed, its note with it."""


DRAWS = (
    Draw("first draw, on which the rules were improved", 20220),
    Draw("second draw, read after that, and later improved on too", 20221),
    Draw("third draw, read after that", 20222, size=120),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whom a reader takes a label to name, and as what; null where the page prints nothing of the kind."""

    draw: int
    """Counted from 0."""
    event_id: str
    sequence: int
    """From 0, as in the gold standard of turns; `utterances.sequence` counts from 1."""
    label: str
    person: str | None
    site_person_id: str | None
    """The site's own number, where a link or a tag of that page gives it for this person."""
    role: str | None
    role_evidence: str | None
    country: str | None


@dataclass(frozen=True)
class Score:
    """What a package gives for the labels of one draw."""

    draw: Draw
    all: Mapping[str, Estimate]
    """For each measured column, the share of labels for which it is the reader's. Of `site_person_id`, of those for which the
    page gives one."""
    others: Mapping[str, Estimate]
    """The same without the labels of the two commonest persons."""
    wrong: tuple[str, ...]


def draws(pages: Iterable[Mapping[str, Any]]) -> list[list[Label]]:
    """The labels of each draw, in the order of their pages: of all that carry no link, each of a page once."""
    first: dict[tuple[str, str], Label] = {}
    for page in pages:
        for turn in page["turns"]:
            if turn["person_id"] is None:
                first.setdefault((page["id"], turn["label"]), (page["id"], turn["seq"], turn["label"]))
    drawn = draw_apart(list(first.values()), DRAWS)
    return [sorted(labels, key=lambda label: (int(label[0]), label[1])) for labels in drawn]


def verdicts() -> list[Verdict]:
    """What the reader said of each label."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return [
            Verdict(
                draw=int(row["draw"]) - 1,
                event_id=row["event_id"],
                sequence=int(row["sequence"]),
                label=row["label"],
                **{column: row[column] or None for column in MEASURED},
            )
            for row in csv.DictReader(file)
        ]


def measure(package: Path) -> list[Score]:
    """Compares a package of the sample with the verdicts, draw by draw."""
    read, given = verdicts(), _given(package / "dist")
    persons = Counter(verdict.person for verdict in read if verdict.person)
    commonest = {person for person, _ in persons.most_common(COMMONEST)}
    scores = []
    for number, draw in enumerate(DRAWS):
        judged = [
            (verdict, given.get((verdict.event_id, verdict.sequence + 1))) for verdict in read if verdict.draw == number
        ]
        others = [(verdict, found) for verdict, found in judged if verdict.person not in commonest]
        scores.append(Score(draw, _estimates(judged), _estimates(others), tuple(_wrong(judged))))
    return scores


Judged = Sequence[tuple[Verdict, Mapping[str, Any] | None]]


def _estimates(judged: Judged) -> dict[str, Estimate]:
    estimates = {}
    for column in MEASURED:
        cases = [(v, found) for v, found in judged if column != "site_person_id" or v.site_person_id]
        estimates[column] = wilson(sum(_is_right(v, found, column) for v, found in cases), len(cases))
    return estimates


def _wrong(judged: Judged) -> Iterable[str]:
    for verdict, found in judged:
        for column in MEASURED:
            if (column != "site_person_id" or verdict.site_person_id) and not _is_right(verdict, found, column):
                place = f"{verdict.event_id}: turn {verdict.sequence + 1}: {verdict.label!r}: {column}"
                yield f"{place}: read as {getattr(verdict, column)}, given as {found and found[column]}"


def _is_right(verdict: Verdict, found: Mapping[str, Any] | None, column: str) -> bool:
    if found is None:
        return False
    expected = _plain(getattr(verdict, column))
    if column != "person":
        return expected == _plain(found[column])
    names = {_plain(name).casefold() for name in found["names"]}
    return expected.casefold() in names if expected else not names


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _given(dist: Path) -> dict[tuple[str, int], dict[str, Any]]:
    """What a package gives for each utterance, by event id and sequence."""
    rows = {
        name: pq.read_table(dist / f"{name}.parquet").to_pylist()
        for name in ("meetings", "utterances", "participations", "speakers")
    }
    event_of = {row["meeting_id"]: row["event_id"] for row in rows["meetings"]}
    speakers = {row["speaker_id"]: row for row in rows["speakers"]}
    parts = {(row["meeting_id"], row["speaker_id"]): row for row in rows["participations"]}
    given = {}
    for row in rows["utterances"]:
        speaker = speakers.get(row["speaker_id"])
        part = parts.get((row["meeting_id"], row["speaker_id"]))
        given[event_of[row["meeting_id"]], row["sequence"]] = {
            "person": speaker["name"] if speaker else None,
            "names": [speaker["name"], *speaker["aliases"]] if speaker else [],
            "site_person_id": speaker["site_person_id"] if speaker else None,
            **{column: part[column] if part else None for column in ("role", "country")},
            "role_evidence": part["role_evidence"] if part else None,
        }
    return given


def main() -> None:
    if not is_here():
        return
    pages = map(msgspec.json.decode, lzma.decompress(GOLD.read_bytes()).splitlines())
    for number, drawn in enumerate(draws(pages), start=1):
        for event_id, sequence, label in drawn:
            print(number, event_id, sequence, label, sep="\t")


if __name__ == "__main__":
    main()
