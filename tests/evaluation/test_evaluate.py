"""Measuring turns: every measure by numbers worked out by hand, and the same numbers as the sample's own scorer."""

import json
import lzma
import random
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from builder.errors import CommandError, DataError
from builder.evaluation.compare import Tally, compare
from builder.evaluation.evaluate import Evaluation, evaluate
from builder.evaluation.floors import Floors, below, check_digest, read_floors
from builder.evaluation.inputs import (
    EvaluatedTurn,
    GoldPage,
    GoldStandard,
    GoldTurn,
    Nonspeech,
    OptionalStart,
    Predictions,
    read_gold,
    read_predictions,
    stem,
)
from builder.evaluation.measures import Estimate, f1, wilson
from builder.evaluation.report import notes, tables
from tests.conftest import Run
from tests.support.told import brief, refusal

Row = dict[str, Any]

OPENING = "Colleagues, I would like to thank you for coming to Zenda at such short notice."
ANSWER = "Thank you very much. The bridge over the moat will be finished before the winter."
CLOSING = "Then let us look at the drawings together, since we have them here."


def turn(
    label: str, *paragraphs: str, name: str | None = None, text_sure: bool = True, label_sure: bool = True
) -> GoldTurn:
    return GoldTurn(label, name or label, paragraphs, text_sure, label_sure)


def page(*turns: GoldTurn, source: str = "1", sure: bool = True, date: str = "2018-05-04", **more: Any) -> GoldPage:
    optional = {"nonspeech": (), "inline_directions": (), "optional_starts": (), **more}
    return GoldPage(source=source, date=date, gold_sure=sure, turns=turns, **optional)


TALK = page(
    turn("President of Ruritania Rudolf Elphberg", OPENING),
    turn("Rupert Hentzau (retranslated)", ANSWER, name="Rupert Hentzau"),
    turn("Rudolf Elphberg", CLOSING),
)
RIGHT = (
    EvaluatedTurn("President of Ruritania Rudolf Elphberg", OPENING),
    EvaluatedTurn("Rupert Hentzau", ANSWER),
    EvaluatedTurn("Rudolf Elphberg", CLOSING),
)


def counted(tally: Tally) -> dict[str, int]:
    """The counts that are not 0."""
    return {field.name: getattr(tally, field.name) for field in fields(tally) if getattr(tally, field.name)}


# ---------------------------------------------------------------------------------------------------------------------
# One page


ALL_RIGHT = {
    "pages": 1,
    "pages_right": 1,
    "matched": 3,
    "labels": 3,
    "labels_right": 3,
    "labels_printed": 2,  # one leaves out its note
    "texts": 3,
    "texts_right": 3,
    "texts_strict": 3,
}


def test_right_predictions_are_right() -> None:
    assert counted(compare(TALK, RIGHT)) == ALL_RIGHT


def test_white_space_and_characters_that_do_not_show_make_no_difference() -> None:
    odd = [EvaluatedTurn(t.label.replace(" ", "\xa0"), "\n\n" + t.text.replace(" ", " \u200b\xad\n")) for t in RIGHT]
    assert counted(compare(TALK, odd)) == ALL_RIGHT


@pytest.mark.parametrize(
    ("predicted", "differs"),
    [
        pytest.param(
            RIGHT[:2],
            {"matched": 2, "missed": 1, "labels": 2, "labels_right": 2, "labels_printed": 1}
            | {"texts": 2, "texts_right": 2, "texts_strict": 2},
            id="a turn dropped",
        ),
        pytest.param((*RIGHT, EvaluatedTurn("I repeat", "we shall finish it.")), {"false": 1}, id="a turn invented"),
        pytest.param(
            (RIGHT[0], EvaluatedTurn("Rupert Hentzau", ANSWER + "\n\nRudolf Elphberg: " + CLOSING)),
            {"matched": 2, "missed": 1, "labels": 2, "labels_right": 2, "labels_printed": 1}
            | {"texts": 2, "texts_right": 1, "texts_strict": 1},
            id="two turns merged",
        ),
        pytest.param(
            (*RIGHT[:2], EvaluatedTurn("Rudolf Elphberg", CLOSING[5:])),
            {"matched": 2, "missed": 1, "false": 1, "labels": 2, "labels_right": 2, "labels_printed": 1}
            | {"texts": 2, "texts_right": 2, "texts_strict": 2},
            id="a start moved",
        ),
        pytest.param(
            (*RIGHT[:2], EvaluatedTurn("R. Elphberg", CLOSING)),
            {"labels_right": 2, "labels_printed": 1},
            id="another label",
        ),
        pytest.param(
            (*RIGHT[:2], EvaluatedTurn("Rudolf Elphberg", CLOSING[:-1])),
            {"texts_right": 2, "texts_strict": 2},
            id="text cut short",
        ),
        pytest.param(
            (RIGHT[1], RIGHT[0], RIGHT[2]),
            {"matched": 2, "missed": 1, "false": 1, "labels": 2, "labels_right": 2, "labels_printed": 1}
            | {"texts": 2, "texts_right": 2, "texts_strict": 2},
            id="out of order",
        ),
        pytest.param(
            (),
            {"matched": 0, "missed": 3, "labels": 0, "labels_right": 0, "labels_printed": 0}
            | {"texts": 0, "texts_right": 0, "texts_strict": 0},
            id="nothing predicted",
        ),
    ],
)
def test_what_is_wrong_is_counted(predicted: tuple[EvaluatedTurn, ...], differs: dict[str, int]) -> None:
    expected = ALL_RIGHT | {"pages_right": 0} | differs
    assert counted(compare(TALK, predicted)) == {name: count for name, count in expected.items() if count}


def test_a_start_is_the_first_forty_characters_or_the_first_paragraph() -> None:
    short = page(turn("Question", "And you?", "Both of you."))
    assert compare(short, [EvaluatedTurn("Question", "And you?")]).matched == 1
    assert compare(short, [EvaluatedTurn("Question", "And they?")]).matched == 0
    long = page(turn("Question", "x" * 40 + "yes"))
    assert compare(long, [EvaluatedTurn("Question", "x" * 40 + "no")]).matched == 1
    assert compare(long, [EvaluatedTurn("Question", "x" * 39 + "no")]).matched == 0


def test_a_note_after_the_colon_may_stand_before_the_text() -> None:
    assert (
        compare(page(turn("Question", ANSWER)), [EvaluatedTurn("Question", "(retranslated): " + ANSWER)]).matched == 1
    )


def test_of_two_turns_that_start_alike_the_one_with_the_right_label_is_paired() -> None:
    gold = page(turn("Question", "Yes."), turn("Reply", "Yes."))
    tally = compare(gold, [EvaluatedTurn("Reply", "Yes.")])
    assert (tally.matched, tally.missed, tally.labels_right) == (1, 1, 1)


def test_directions_inside_speech_and_elisions_may_be_in_or_out() -> None:
    gold = page(turn("Question", "Yes. (Laughter.) No."), inline_directions=("(Laughter.)",))
    for text in ("Yes. No.", "Yes. (Laughter.) No.", "Yes. <…> No."):
        assert compare(gold, [EvaluatedTurn("Question", text)]).texts_strict == 1


def test_a_turn_that_is_a_direction_alone_keeps_it() -> None:
    gold = page(turn("Remark", "(No microphone.)"), inline_directions=("(No microphone.)",))
    assert compare(gold, [EvaluatedTurn("Remark", "(No microphone.)")]).pages_right == 1


def test_what_stands_between_paragraphs_may_be_in_the_text_but_not_in_the_strict_one() -> None:
    caption = Nonspeech("caption", "Rudolf Elphberg at the drawing board.", 0, 1)
    gold = page(turn("Question", OPENING, CLOSING), nonspeech=(caption,))
    for shown, right in ((0, 1), (1, 1), (2, 1), (3, 0)):
        text = "\n".join([OPENING, *[caption.text] * shown, CLOSING])
        tally = compare(gold, [EvaluatedTurn("Question", text)])
        assert (tally.texts_right, tally.texts_strict) == (right, int(shown == 0))
    misplaced = f"{OPENING} {CLOSING} {caption.text}"
    assert compare(gold, [EvaluatedTurn("Question", misplaced)]).texts_right == 0
    box = page(turn("Question", OPENING, CLOSING), nonspeech=(Nonspeech("see_also", caption.text, 0, 1),))
    assert (
        compare(box, [EvaluatedTurn("Question", f"{OPENING} {caption.text} {caption.text} {CLOSING}")]).texts_right == 0
    )


def test_what_the_gold_standard_is_not_sure_of_does_not_count() -> None:
    gold = page(turn("Question", ANSWER, text_sure=False), turn("Reply", CLOSING, label_sure=False))
    tally = compare(gold, [EvaluatedTurn("Question", ANSWER + " And more."), EvaluatedTurn("Answer", CLOSING)])
    assert (tally.labels, tally.texts, tally.pages_right) == (1, 1, 1)


def test_turns_on_a_page_without_turns_are_invented() -> None:
    assert counted(compare(page(), RIGHT)) == {"silent_pages": 1, "silent_pages_with_turns": 1, "invented": 3}
    assert counted(compare(page(), ())) == {"silent_pages": 1}


def test_optional_starts_are_neither_right_nor_wrong_on_an_unsure_page() -> None:
    optional = (OptionalStart("Rudolf Elphberg", CLOSING), OptionalStart("Reply", "No."))
    extra = (
        EvaluatedTurn("Reply", "Maybe."),
        EvaluatedTurn("Voice", CLOSING),
        EvaluatedTurn("Voice", "Something else."),
    )
    gold = page(turn("Question", ANSWER), sure=False, optional_starts=optional)
    assert compare(gold, [EvaluatedTurn("Question", ANSWER), *extra]).false == 1
    sure = page(turn("Question", ANSWER), optional_starts=optional)
    assert compare(sure, [EvaluatedTurn("Question", ANSWER), *extra]).false == 3


def test_turns_that_the_text_does_not_show_are_not_held_against_the_predictions() -> None:
    text = f"President of Ruritania Rudolf Elphberg: {OPENING}\n\nRudolf Elphberg: {CLOSING}"
    tally = compare(TALK, [RIGHT[0], RIGHT[2]], text)
    assert (tally.matched, tally.missed, tally.absent, tally.pages_right) == (2, 0, 1, 1)
    damaged = compare(TALK, [RIGHT[0], EvaluatedTurn("Rupert Hentzau", "The bridge"), RIGHT[2]], text)
    assert (damaged.matched, damaged.false, damaged.absent, damaged.pages_right) == (2, 0, 1, 1)
    assert compare(TALK, RIGHT, text).absent == 0


# ---------------------------------------------------------------------------------------------------------------------
# Measures and intervals


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (8, 10, 49.02, 94.33),
        (0, 10, 0, 27.75),
        (10, 10, 72.25, 100),
        (1, 2, 9.45, 90.55),
        (950, 1000, 93.47, 96.19),
        (263, 263, 98.56, 100),
    ],
)
def test_wilson_intervals(right: int, n: int, low: float, high: float) -> None:
    estimate = wilson(right, n)
    assert estimate.value == pytest.approx(100 * right / n)
    assert estimate.low == pytest.approx(low, abs=0.005)
    assert estimate.high == pytest.approx(high, abs=0.005)


def test_of_no_cases_nothing_is_said() -> None:
    assert wilson(0, 0) == f1([Tally(silent_pages=3)]) == Estimate(None, None, None, 0)


def test_f1_where_nothing_is_wrong_is_known_no_better_than_its_cases_allow() -> None:
    estimate = f1([Tally(pages=1, matched=10)])
    assert (estimate.value, estimate.high, estimate.n) == (100, 100, 10)
    assert estimate.low == pytest.approx(200 * 72.25 / 172.25, abs=0.005)  # Wilson's 72.25 % as share J: 2 J / (1 + J)


def test_f1_and_its_interval_where_wrong_turns_come_together() -> None:
    spread = [Tally(matched=9, missed=1)] * 40
    together = [Tally(matched=10)] * 36 + [Tally(missed=10)] * 4
    for pages in (spread, together):
        estimate = f1(pages)
        assert estimate.value == pytest.approx(200 * 360 / (2 * 360 + 40))
        assert estimate.n == 400
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < estimate.value < estimate.high  # type: ignore[operator]
    assert f1(together).low < f1(spread).low - 2  # type: ignore[operator]
    assert f1(together) == f1(together)


NEWS = page(source="2", date="2001-02-03")
UNSURE = page(turn("Question", ANSWER), source="3", date="2018-06-01", sure=False)
GOLD = GoldStandard({p.source: p for p in (TALK, NEWS, UNSURE)}, "0" * 64)


def predictions(layouts: dict[str, str] | None = None, **turns: Iterable[EvaluatedTurn]) -> Predictions:
    read = None if layouts is None else frozenset(layouts)
    return Predictions({name.lstrip("p"): list(found) for name, found in turns.items()}, layouts, read)


def values(evaluation: Evaluation, stratum: str = "all") -> dict[str, float | None]:
    found = evaluation.named(stratum)
    assert found
    return {name: estimate.value for name, estimate in found.estimates.items()}


def test_measures_by_hand() -> None:
    # Two of three turns found, one false; one label and one text of the two right.
    found = (RIGHT[0], EvaluatedTurn("R. Hentzau", ANSWER[:-1]), EvaluatedTurn("Remark", "Bravo!"))
    evaluation = evaluate(
        GOLD, predictions(p1=found, p2=[EvaluatedTurn("Question", "Why?"), EvaluatedTurn("Reply", "So.")])
    )
    assert values(evaluation) == {
        "precision": pytest.approx(200 / 3),
        "recall": pytest.approx(200 / 3),
        "f1": pytest.approx(200 / 3),
        "label": 50,
        "printed": 50,
        "text": 50,
        "strict": 50,
        "pages_right": 0,
        "silent_pages_wrong": 100,
    }
    assert evaluation.overall.counts.invented == 2
    assert {name: e.n for name, e in evaluation.overall.estimates.items()} == {
        "precision": 3,
        "recall": 3,
        "f1": 3,
        "label": 2,
        "printed": 2,
        "text": 2,
        "strict": 2,
        "pages_right": 1,
        "silent_pages_wrong": 1,
    }


def test_pages_are_grouped_by_layout_and_year_and_unsure_ones_apart() -> None:
    layouts = {"1": "html", "3": "main_text", "9": "html"}
    evaluation = evaluate(GOLD, predictions(layouts, p1=RIGHT))
    shown = [(s.grouping, s.value, s.sure, s.counts.pages + s.counts.silent_pages) for s in evaluation.strata]
    assert shown == [
        ("all", "all", True, 2),
        ("all", "all", False, 1),
        ("layout", "html", True, 1),
        ("layout", "main_text", False, 1),
        ("layout", "not read", True, 1),
        ("year", "2001", True, 1),
        ("year", "2018", True, 1),
        ("year", "2018", False, 1),
    ]
    assert evaluation.unread == ("2",)
    assert evaluation.unknown == ("9",)
    assert evaluation.overall.counts.pages_right == 1
    assert len(tables(evaluation)) == 3
    assert len(notes(evaluation)) == 3


# ---------------------------------------------------------------------------------------------------------------------
# Files


def write_lines(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def gold_row(source: str, turns: list[Row], **more: Any) -> Row:
    row: Row = {"source": source, "date": "2018-05-04", "gold_sure": True, "turns": turns, "title": "Talks"}
    return {**row, "nonspeech": [], "inline_directions": [], "optional_starts": [], **more}


def gold_turn(label: str, *paragraphs: str) -> Row:
    return {"label": label, "name": label, "paragraphs": paragraphs, "text_sure": True, "label_sure": True, "seq": 0}


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    rows = [gold_row("1", [gold_turn("Question", ANSWER), gold_turn("Reply", CLOSING)]), gold_row("2", [])]
    return write_lines(tmp_path / "gold.jsonl", rows)


@pytest.fixture
def predicted_file(tmp_path: Path) -> Path:
    rows = [
        {"source": "1.html", "seq": 2, "label": "Reply", "text": CLOSING},
        {"source": "1.html", "seq": 1, "label": "Question", "text": ANSWER},
    ]
    return write_lines(tmp_path / "predicted.jsonl", rows)


def test_files_are_read(gold_file: Path, predicted_file: Path) -> None:
    compressed = gold_file.with_name("gold.jsonl.xz")
    compressed.write_bytes(lzma.compress(gold_file.read_bytes()))
    assert read_gold(compressed) == read_gold(gold_file)
    found = read_predictions(predicted_file)
    assert found.turns == {"1": [EvaluatedTurn("Question", ANSWER), EvaluatedTurn("Reply", CLOSING)]}
    assert values(evaluate(read_gold(gold_file), found))["f1"] == 100


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"source": "1"', ":1: bad-line"),
        ('{"source": "1"}', ":1: bad-line"),
        (json.dumps(gold_row("1", [])) + "\n" + json.dumps(gold_row("1", [])), ":2: page-twice"),
        ("", ": no-page"),
    ],
)
def test_a_file_that_is_no_gold_standard_is_refused(tmp_path: Path, content: str, place: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, "utf-8")
    assert brief(refusal(read_gold, path)) == f"{path}{place}"


def test_what_does_not_exist_is_the_commands_fault(tmp_path: Path) -> None:
    for read in (read_gold, read_predictions, read_floors):
        with pytest.raises(CommandError):
            read(tmp_path / "none.jsonl")
    with pytest.raises(CommandError, match=f"^{re.escape(str(tmp_path))}: "):
        read_predictions(tmp_path)
    with pytest.raises(CommandError, match=f"^{re.escape(str(tmp_path / 'none'))}: "):
        evaluate(GOLD, predictions(), tmp_path / "none")


def test_with_texts_only_the_pages_found_there_count(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(f"Rudolf Elphberg: {CLOSING}", "utf-8")
    evaluation = evaluate(GOLD, predictions(p1=[RIGHT[2]]), tmp_path)
    assert counted(evaluation.overall.counts)["absent"] == 2
    assert values(evaluation)["pages_right"] == 100
    assert evaluation.overall.counts.silent_pages == 0
    assert any("do not show" in note for note in notes(evaluation))


# ---------------------------------------------------------------------------------------------------------------------
# Floors

FLOORS = f'gold_sha256 = "{GOLD.sha256}"\n[all]\nf1 = 66\nlabel = 99.9\nfalse_turns = 0\n[main_text]\ntext = 100\n'


def floors_file(folder: Path, content: str = FLOORS) -> Path:
    path = folder / "floors.toml"
    path.write_text(content, "utf-8")
    return path


def without_words(lines: Iterable[str]) -> list[str]:
    """Lines about measures below their floor, by stratum, measure, floor and value."""
    parts = [line.split(": ", 2) for line in lines]
    return [f"{of}: {name}: {', '.join(re.findall(r'[0-9.]+(?: %)?', words))}" for of, name, words in parts]


def misses(floors: Floors, evaluation: Evaluation) -> list[str]:
    return without_words(below(floors, evaluation))


def test_measures_below_their_floor_are_named(tmp_path: Path) -> None:
    floors = read_floors(floors_file(tmp_path))
    check_digest(floors, GOLD.sha256, Path("gold.jsonl"))
    assert below(floors, evaluate(GOLD, predictions(p1=RIGHT))) == []
    worse = evaluate(
        GOLD, predictions(p1=[EvaluatedTurn("x", OPENING), RIGHT[1]], p2=[EvaluatedTurn("Question", "Why?")])
    )
    assert misses(floors, worse) == ["all: label: 99.9 %, 50.000 %", "all: false_turns: 0, 1"]
    assert misses(floors, evaluate(GOLD, predictions(p2=RIGHT))) == [
        "all: f1: 66 %, 0.000 %",
        "all: label: 99.9 %",
        "all: false_turns: 0, 3",
    ]
    cut = [*RIGHT[:2], EvaluatedTurn("Rudolf Elphberg", CLOSING[:-9])]
    by_layout = evaluate(GOLD, predictions({"1": "main_text", "2": "html", "3": "html"}, p1=cut))
    assert misses(floors, by_layout) == ["main_text: text: 100 %, 66.667 %"]
    whole = read_floors(floors_file(tmp_path, FLOORS.replace("false_turns = 0", "unread = 1")))
    assert below(whole, evaluate(GOLD, predictions({"1": "html", "2": "html"}, p1=RIGHT))) == []
    assert misses(whole, evaluate(GOLD, predictions({"1": "html"}, p1=RIGHT))) == ["all: unread: 1, 2"]


def test_floors_hold_for_their_gold_standard_alone(tmp_path: Path) -> None:
    floors = read_floors(floors_file(tmp_path))
    problem = refusal(check_digest, floors, "f" * 64, Path("gold.jsonl"))
    assert brief(problem) == "gold.jsonl: other-gold-standard"


@pytest.mark.parametrize(
    "content",
    [
        "f1 = ",
        "[all]\nf1 = 99",
        FLOORS.replace("label", "lable"),
        FLOORS.replace("66", "'66'"),
        FLOORS.replace("66", "true"),
        FLOORS.replace("main_text", "main"),
        FLOORS.replace("text = 100", "unread = 0"),
        FLOORS.replace("[all]\n", "") + "[all]\n",
    ],
)
def test_a_floor_that_could_never_be_missed_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataError):
        read_floors(floors_file(tmp_path, content))


# ---------------------------------------------------------------------------------------------------------------------
# The command


def test_the_command_prints_measures_and_writes_them(
    builder: Run, gold_file: Path, predicted_file: Path, tmp_path: Path
) -> None:
    output = tmp_path / "measures.json"
    result = builder("evaluate", predicted_file, gold_file, "--json", output)
    assert result.returncode == 0, result.stderr
    assert "100.00" in result.stdout
    assert "By year" in result.stdout
    written = json.loads(output.read_bytes())
    assert written["strata"][0]["counts"]["matched"] == 2
    assert written["strata"][0]["measures"]["f1"]["value"] == 100


@pytest.mark.slow
def test_the_command_fails_below_a_floor(builder: Run, gold_file: Path, predicted_file: Path, tmp_path: Path) -> None:
    digest = read_gold(gold_file).sha256
    floors = floors_file(tmp_path, FLOORS.replace(GOLD.sha256, digest))
    assert builder("evaluate", predicted_file, gold_file, "--floor", floors).returncode == 0
    write_lines(predicted_file, [{"source": "2", "seq": 1, "label": "Question", "text": ANSWER}])
    result = builder("evaluate", predicted_file, gold_file, "--floor", floors)
    assert result.returncode == 1
    lines = [line.removeprefix(f"{floors}: ") for line in result.stderr.splitlines()]
    assert without_words(lines) == ["all: f1: 66 %, 0.000 %", "all: label: 99.9 %", "all: false_turns: 0, 1"]


@pytest.mark.slow
def test_the_command_refuses_another_gold_standard_and_what_does_not_exist(
    builder: Run, gold_file: Path, predicted_file: Path, tmp_path: Path
) -> None:
    result = builder("evaluate", predicted_file, gold_file, "--floor", floors_file(tmp_path))
    assert result.returncode == 1
    assert result.stderr.startswith(f"{gold_file}: ")
    assert GOLD.sha256 in result.stderr
    assert builder("evaluate", tmp_path / "none", gold_file).returncode == 2
    assert builder("evaluate", tmp_path, gold_file).returncode == 2
    assert builder("evaluate", predicted_file, gold_file, "--json", tmp_path / "none" / "x.json").returncode == 2


def test_a_package_is_measured_by_layout(builder: Run, seed_package: Path, tmp_path: Path) -> None:
    """A gold standard made of the package itself is met wholly; one more page in it is found not to be read."""
    sources = pq.read_table(seed_package / "dist" / "sources.parquet").to_pylist()
    utterances = pq.read_table(seed_package / "dist" / "utterances.parquet").to_pylist()
    rows = [
        gold_row(
            stem(source["path"]),
            [gold_turn(u["label"], u["text"]) for u in utterances if u["meeting_id"] == source["meeting_id"]],
        )
        for source in sources
    ]
    gold = write_lines(tmp_path / "gold.jsonl", [*rows, gold_row("another", [gold_turn("Question", ANSWER)])])
    evaluation = evaluate(read_gold(gold), read_predictions(seed_package))
    assert evaluation.unread == ("another",)
    with_turns = [source for source, row in zip(sources, rows, strict=True) if row["turns"]]
    assert values(evaluation)["pages_right"] == pytest.approx(100 * len(with_turns) / (len(with_turns) + 1))
    for layout in {source["layout"] for source in with_turns}:
        assert values(evaluation, layout)["pages_right"] == 100
    assert builder("evaluate", seed_package, gold).returncode == 0


def test_a_package_without_a_table_or_with_a_broken_one_is_refused(seed_package: Path, tmp_path: Path) -> None:
    package = shutil.copytree(seed_package, tmp_path / "package")
    (package / "dist" / "sources.parquet").write_bytes(b"PAR1")
    assert brief(refusal(read_predictions, package)) == f"{package}/dist/sources.parquet: bad-table"


# ---------------------------------------------------------------------------------------------------------------------
# The same numbers as the sample's scorer

COUNTS = {
    "pages": "pages",
    "perfect": "pages_right",
    "tp": "matched",
    "fn": "missed",
    "fp": "false",
    "absent": "absent",
    "labels": "labels",
    "label_ok": "labels_right",
    "printed": "labels_printed",
    "texts": "texts",
    "text_ok": "texts_right",
    "strict": "texts_strict",
    "narrative_pages": "silent_pages",
    "false_pages": "silent_pages_with_turns",
    "false": "invented",
}
RATES = {name: name for name in ("precision", "recall", "f1", "label", "printed", "text", "strict")} | {
    "perfect": "pages_right"
}


@pytest.fixture(scope="session")
def sample_gold(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every third page of the gold standard, and those that are not sure."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    lines = lzma.decompress((corpus / "dev-gold.jsonl.xz").read_bytes()).splitlines(keepends=True)
    taken = [line for number, line in enumerate(lines) if number % 3 == 0 or not json.loads(line)["gold_sure"]]
    path.write_bytes(b"".join(taken))
    return path


@pytest.fixture(scope="session")
def sample_texts(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the texts of both layouts, A and B."""
    folder = tmp_path_factory.mktemp("texts")
    with tarfile.open(corpus / "dev-text.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def as_predicted(gold: Path) -> list[list[Row]]:
    """The gold turns themselves, page by page: right predictions."""
    pages = []
    for line in gold.read_text("utf-8").splitlines():
        entry = json.loads(line)
        turns = [{"label": t["label"], "text": "\n\n".join(t["paragraphs"])} for t in entry["turns"]]
        pages.append([{"source": entry["source"] + ".html", **t} for t in turns] or [{"source": entry["source"]}])
    return pages


def drop(turns: list[Row], draw: random.Random) -> list[Row]:
    return [t for t in turns if draw.random() > 0.1]


def merge(turns: list[Row], draw: random.Random) -> list[Row]:
    merged: list[Row] = []
    for t in turns:
        if merged and draw.random() < 0.1:
            merged[-1] = {**merged[-1], "text": f"{merged[-1]['text']}\n\n{t['label']}: {t['text']}"}
        else:
            merged.append(t)
    return merged


def split(turns: list[Row], draw: random.Random) -> list[Row]:
    out: list[Row] = []
    for t in turns:
        head, middle, tail = t["text"].partition("\n\n")
        parts = [{**t, "text": head}, {**t, "text": tail}] if middle and draw.random() < 0.2 else [t]
        out += parts
    return out


def relabel(turns: list[Row], draw: random.Random) -> list[Row]:
    changes: list[Callable[[str], str]] = [
        lambda label: label.split("(")[0],
        lambda label: label.split()[-1],
        lambda label: label + " (in German)",
        lambda label: label.upper(),
    ]
    return [{**t, "label": draw.choice(changes)(t["label"])} if draw.random() < 0.3 else t for t in turns]


def cut_text(turns: list[Row], draw: random.Random) -> list[Row]:
    return [{**t, "text": t["text"][: draw.randint(10, 400)]} if draw.random() < 0.2 else t for t in turns]


def move_starts(turns: list[Row], draw: random.Random) -> list[Row]:
    return [{**t, "text": t["text"][draw.randint(1, 60) :]} if draw.random() < 0.2 else t for t in turns]


def shuffle_and_repeat(turns: list[Row], draw: random.Random) -> list[Row]:
    out = [t for t in turns for _ in range(1 + (draw.random() < 0.1))]
    for _ in range(len(out) // 10):
        place = draw.randrange(len(out) - 1)
        out[place], out[place + 1] = out[place + 1], out[place]
    return out


def undamaged(turns: list[Row], draw: random.Random) -> list[Row]:
    return turns


def everything(turns: list[Row], draw: random.Random) -> list[Row]:
    for damage in (drop, merge, split, relabel, cut_text, move_starts, shuffle_and_repeat):
        turns = damage(turns, draw)
    return turns


Damage = Callable[[list[Row], random.Random], list[Row]]
DAMAGES: tuple[Damage, ...] = (
    undamaged,
    drop,
    merge,
    split,
    relabel,
    cut_text,
    move_starts,
    shuffle_and_repeat,
    everything,
)


def damaged(pages: list[list[Row]], damage: Damage) -> Iterator[Row]:
    """The right predictions, damaged in one way, the same at every call; in some ways with turns where there are none."""
    draw = random.Random(damage.__name__)
    for turns in pages:
        found: list[Row] = []
        if "text" in turns[0]:
            found = damage(turns, draw)
        elif damage in (everything, move_starts) and draw.random() < 0.05:
            found = [{**turns[0], "label": "Question", "text": CLOSING}] * draw.randint(1, 3)
        yield from ({**t, "seq": place} for place, t in enumerate(found))


@pytest.mark.slow
@pytest.mark.parametrize("rendition", [None, "A", "B"])
def test_the_numbers_are_those_of_the_samples_scorer(
    corpus: Path, sample_gold: Path, sample_texts: Path, tmp_path: Path, rendition: str | None
) -> None:
    damages = (move_starts, everything) if rendition else DAMAGES
    pages = as_predicted(sample_gold)
    files = {d: write_lines(tmp_path / f"{d.__name__}.jsonl", damaged(pages, d)) for d in damages}
    texts = sample_texts / rendition if rendition else None

    scored = tmp_path / "scored.json"
    runs = [f"{damage.__name__}={path}" + (f",{texts}" if texts else "") for damage, path in files.items()]
    command = [sys.executable, str(corpus / "score.py"), str(sample_gold), *runs, "--json", str(scored)]
    subprocess.run(command, check=True, capture_output=True)
    theirs = json.loads(scored.read_text("utf-8"))

    gold = read_gold(sample_gold)
    for damage, path in files.items():
        evaluation = evaluate(gold, read_predictions(path), texts)
        assert_same(evaluation, theirs[damage.__name__])
    rates, counts = theirs["everything"]["rates"], theirs["everything"]["counts"]
    assert all(5 < rate < 95 for rate in rates.values())
    assert counts["false"] > 0


def assert_same(evaluation: Evaluation, theirs: Row) -> None:
    """Every count and every rate is the same, of sure pages and of unsure ones."""
    strata = {s.sure: s for s in evaluation.strata if s.grouping == "all"}
    for sure, prefix, rates in ((True, "", theirs["rates"]), (False, "unsure_", theirs["unsure"])):
        ours = strata[sure]
        # Of unsure pages without turns the scorer counts nothing.
        compared = {t: o for t, o in COUNTS.items() if sure or not o.startswith(("silent", "invented"))}
        assert {o: getattr(ours.counts, o) for o in compared.values()} == {
            o: theirs["counts"].get(prefix + t, 0) for t, o in compared.items()
        }
        assert {t: ours.estimates[o].value for t, o in RATES.items()} == rates
