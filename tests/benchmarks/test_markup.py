"""The trial of damaged markup: what it does to a page, and when it calls text lost."""

import random
from pathlib import Path

import pytest

from benchmarks import sample
from benchmarks.robustness.markup import STRAY, TAKEN_OUT, UNCLOSED, damaged, is_lost, main
from tests.support.pages import html, said

PAGE = html(said("Rudolf Elphberg", "The railway to Hofbau is open."), """<p class='x'>It rains.</p>""")


def test_each_damage_is_to_the_article_alone() -> None:
    found = dict(damaged(PAGE, random.Random(1)))
    kinds = {"stray": STRAY, "unclosed": UNCLOSED, "without": TAKEN_OUT}
    assert {*found} == {f"{kind} {sign}" for kind, signs in kinds.items() for sign in signs} | {"cut short"}
    start, end = PAGE.index("<article"), PAGE.rindex("</article")
    assert PAGE.startswith(found.pop("cut short"))
    for damage, page in found.items():
        kind, _, sign = damage.partition(" ")
        assert len(page) - len(PAGE) == (-1 if kind == "without" else len(sign))
        assert page.startswith(PAGE[:start])
        assert page.endswith(PAGE[end:])


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Rudolf Elphberg: The railway to Hofbau is open. It rains.", False),
        ("The railway\n to  Hofbau is open.", False),
        ('The rail"way to Hofbau is open.', False),
        ("It rains.", True),
        ("", True),
    ],
)
def test_a_paragraph_is_lost_whose_words_are_not_in_the_text(text: str, lost: bool) -> None:
    assert is_lost("The railway to Hofbau is open.", text) == lost


def test_without_the_sample_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sample, "GOLD", tmp_path / "gold.jsonl.xz")
    monkeypatch.setattr("sys.argv", ["markup"])
    main()
    assert capsys.readouterr().out.endswith("nothing measured\n")
