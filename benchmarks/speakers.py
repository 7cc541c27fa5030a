"""Checks on the sample's pages, in each of their forms, who speaks: by the labels that the page itself links to a person, and
by what a reader says of labels that carry no link.

`python -m benchmarks.speakers` prints what it counts and lists every exception; with `--write` it also puts the shares that
agree with the reader into docs/accuracy.md. Exit code 1 where a linked label is not the linked person's, where two linked
persons have one speaker, or one has two, and where a share is below its floor in speakers.toml. Where the sample is not beside
the project it says so and measures nothing.
"""

import argparse
import lzma
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import msgspec
import pyarrow.parquet as pq
from rich.console import Console

from benchmarks import speakers_gold
from benchmarks.accuracy import DOCUMENT
from benchmarks.documents import put_between
from benchmarks.sample import FORMS, GOLD, is_here, packages
from builder.evaluation import report
from builder.evaluation.measures import Estimate, wilson
from builder.lexicon.names import split_label

FLOORS = Path(__file__).with_suffix(".toml")
BEGIN, END = "<!-- speakers: begin -->\n", "<!-- speakers: end -->\n"

Who = Mapping[tuple[str, str, int], str | None]
"""The speaker of each turn, by its page, its label, and how many times the label stood there before."""


@dataclass(frozen=True)
class Speaking:
    """Who speaks, as the package of one form of the sample says."""

    turns: Who
    numbers: Mapping[str, str | None]
    """The site's number of each speaker."""
    forms: Mapping[str, Sequence[str]]
    """The full names that labels print of each speaker."""


@dataclass
class Linked:
    """What the labels that carry a link came to."""

    labels: int = 0
    """Distinct labels, by page."""
    right: int = 0
    short: int = 0
    """Labels on the same pages that end with the linked person's name, and with no other's."""
    short_right: int = 0
    wrong: list[str] = field(default_factory=list)


def read_links(gold: Path) -> dict[tuple[str, str], str]:
    """The site's number of the person to whom a page links a label, by page and label, as the gold standard lists them."""
    pages = map(msgspec.json.decode, lzma.decompress(gold.read_bytes()).splitlines())
    return {
        (page["source"], turn["name"]): turn["person_id"]
        for page in pages
        for turn in page["turns"]
        if turn["person_id"]
    }


def read(package: Path) -> Speaking:
    """Reads who speaks off a package."""
    tables = {
        name: pq.read_table(package / "dist" / f"{name}.parquet").to_pylist()
        for name in ("sources", "utterances", "speakers", "names")
    }
    page_of = {
        row["meeting_id"]: PurePath(row["path"]).stem for row in tables["sources"] if row["status"] == "included"
    }
    turns: dict[tuple[str, str, int], str | None] = {}
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in tables["utterances"]:
        place = page_of[row["meeting_id"]], row["label"]
        turns[*place, counts[place]] = row["speaker_id"]
        counts[place] += 1
    forms: dict[str, list[str]] = defaultdict(list)
    for row in tables["names"]:
        if row["evidence"] != "site" and " " in row["form"]:
            forms[row["speaker_id"]].append(row["form"])
    return Speaking(turns, {row["speaker_id"]: row["site_person_id"] for row in tables["speakers"]}, forms)


def check_linked(links: Mapping[tuple[str, str], str], speaking: Speaking) -> Linked:
    """Compares the numbers that labels are linked to, by page and label, with those of the labels' speakers."""
    found = Linked()
    speakers_of: dict[str, set[str | None]] = defaultdict(set)
    labels_of: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for (page, label, _), speaker in speaking.turns.items():
        labels_of[page][label].add(speaker)
    for (page, label), number in sorted(links.items()):
        if not (own := labels_of[page].get(label)):
            continue
        found.labels += 1
        speakers_of[number] |= own
        if {speaking.numbers.get(speaker or "") for speaker in own} == {number}:
            found.right += 1
        else:
            found.wrong.append(f"{page}: {label!r} is linked to person {number}, and is {own}'s")
        for short in _short_labels(label, labels_of[page]):
            found.short += 1
            found.short_right += labels_of[page][short] == own
            if labels_of[page][short] != own:
                found.wrong.append(f"{page}: {short!r} beside {label!r}, who is {own}, is {labels_of[page][short]}'s")
    found.wrong += _not_one_to_one(speakers_of)
    return found


def _short_labels(label: str, labels: Iterable[str]) -> list[str]:
    """The labels of a page that end as this one's name does, and no other's."""
    parts = split_label(label)
    name = parts.name if parts else label
    others = [other for other in labels if other != label and not other.endswith(name)]
    shorter = [other for other in labels if other != label and f" {name}".endswith(f" {other}")]
    return [short for short in shorter if not any(other.endswith(f" {short}") for other in others)]


def _not_one_to_one(speakers_of: Mapping[str, set[str | None]]) -> list[str]:
    """The persons of the site who are several speakers, and the speakers who are several persons."""
    bearers: dict[str | None, list[str]] = defaultdict(list)
    for number, speakers in speakers_of.items():
        for speaker in speakers:
            bearers[speaker].append(number)
    several = [(f"person {n} of the site is several speakers", s) for n, s in speakers_of.items() if len(s) > 1]
    lines = [f"{what}: {sorted(map(str, speakers))}" for what, speakers in several]
    return lines + [f"{s} is several persons of the site: {n}" for s, n in bearers.items() if len(n) > 1]


def differences(one: Speaking, other: Speaking) -> list[str]:
    """The turns that both forms of the sample have, and give to different speakers."""
    return [
        f"{page}: {label!r}: {one.turns[page, label, index]} and {other.turns[page, label, index]}"
        for page, label, index in sorted(one.turns.keys() & other.turns.keys())
        if one.turns[page, label, index] != other.turns[page, label, index]
    ]


def unnamed(speaking: Speaking) -> list[str]:
    """The labels without a speaker, each once."""
    return sorted({label for (_, label, _), speaker in speaking.turns.items() if speaker is None})


def in_several_forms(speaking: Speaking) -> list[str]:
    """The speakers whose full name the labels print in several forms, but for capitals."""
    return [
        f"{speaker}: {', '.join(dict.fromkeys(forms))}"
        for speaker, forms in sorted(speaking.forms.items())
        if len({form.casefold() for form in forms}) > 1
    ]


def main() -> int:
    """Gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write the shares into docs/{DOCUMENT.name}")
    write = parser.parse_args().write
    if not is_here():
        return 0
    links = read_links(GOLD)
    console = Console(highlight=False, soft_wrap=True)
    read_of: dict[str, Speaking] = {}
    wrong: list[str] = []
    for form, package in packages():
        speaking = read_of[form.title] = read(package)
        console.rule(form.title)
        if form == FORMS[0]:
            found = check_linked(links, speaking)
            wrong = found.wrong
            console.print(f"linked labels that are the linked person's: {found.right} of {found.labels}", markup=False)
            console.print(
                f"short labels beside them that are theirs: {found.short_right} of {found.short}", markup=False
            )
            _list(console, "exceptions", wrong)
            _list(console, "labels without a speaker", unnamed(speaking))
            _list(console, "speakers with their full name in several forms", in_several_forms(speaking))
            scores = speakers_gold.measure(package)
            for score in scores:
                _list(console, f"read by eye, {score.draw.title}: values that differ", score.wrong)
            console.print(_shares(scores), markup=False)
            below = below_floors(scores)
            _list(console, "shares below their floors", below)
            wrong = [*wrong, *below]
            if write:
                put_between(DOCUMENT, BEGIN, END, _shares(scores))
        else:
            # Text shows no links: what it cannot tell is listed, and no fault.
            shared = len(speaking.turns.keys() & read_of[FORMS[0].title].turns.keys())
            _list(
                console,
                f"turns with another speaker than in HTML, of {shared} that both have",
                differences(read_of[FORMS[0].title], speaking),
            )
    return 1 if wrong else 0


def together(estimates: Sequence[Mapping[str, Estimate]]) -> dict[str, Estimate]:
    """The shares of several draws as one."""
    return {
        column: wilson(
            sum(round((of_draw[column].value or 0) * of_draw[column].n / 100) for of_draw in estimates),
            sum(of_draw[column].n for of_draw in estimates),
        )
        for column in speakers_gold.MEASURED
    }


def below_floors(scores: Sequence[speakers_gold.Score]) -> list[str]:
    """The shares, of all draws together, that are below their floors."""
    shares = together([score.all for score in scores])
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    found = ((column, floor, shares[column].value or 0) for column, floor in floors.items())
    return [
        f"{column}: expected at least {floor:g} %, found {value:.3f} %"
        for column, floor, value in found
        if value < floor
    ]


def _shares(scores: Sequence[speakers_gold.Score]) -> str:
    """How often a package gives what the reader read, as a table."""
    groups = [(score.draw.title, score.all) for score in scores]
    groups.append(("all three draws", together([score.all for score in scores])))
    groups += [(f"{score.draw.title}: without the two commonest speakers", score.others) for score in scores]
    groups.append(("all three draws: without the two commonest speakers", together([score.others for score in scores])))
    head = ["labels", *(column.replace("_", " ") for column in speakers_gold.MEASURED)]
    return report.markdown_table(
        head,
        [[title, *(report.cell(right[column], " ") for column in speakers_gold.MEASURED)] for title, right in groups],
    )


def _list(console: Console, title: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    console.print(f"{title}: {len(lines)}", markup=False)
    for line in lines:
        console.print(f"  {line}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
