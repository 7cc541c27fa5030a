"""What sort of event a page reports, from its title and sections; and the hand-made verdicts that measure it."""

from pathlib import Path
from typing import get_args

import pytest

from benchmarks import draws, kinds, sample
from schema.kinds import TITLE_RULES, kind_of
from schema.vocabularies import MeetingKind

TITLES: tuple[tuple[str, MeetingKind | None], ...] = (
    ("Meeting with Count Rupert Hentzau", "meeting"),
    ("Rudolf Elphberg received Rupert Hentzau", "meeting"),
    ("Colonel Sapt reported to the President on the state of the moat", "meeting"),
    ("Opening remarks at meeting with the burghers of Zenda", "meeting"),
    ("Rudolf Elphberg met with Strelsau journalists", "news_conference"),
    ("At the end of the Zenda summit, Rudolf Elphberg answered journalists’ questions", "news_conference"),
    ("Press statements following talks with Rupert Hentzau", "news_conference"),
    ("Rudolf Elphberg discussed the harvest by telephone with Rupert Hentzau", "telephone_call"),
    ("Rudolf Elphberg congratulated Rupert Hentzau by telephone", "telephone_call"),
    ("On trout and statecraft (interview to the Strelsau Gazette)", "interview"),
    ("Greetings to participants in the meeting of anglers", "message"),
    ("Rudolf Elphberg sent Rupert Hentzau a telegram of sympathy", "message"),
    ("Rudolf Elphberg and Bill Tarlenheim met at the lodge", "meeting"),
    ("Rudolf Elphberg signed the Law on Moats", "document"),
    ("Rudolf Elphberg appointed Fritz von Tarlenheim Keeper of the Moat", "document"),
    ("Meeting on the draft law on moats", "meeting"),
    ("New Year Address to the Nation", "address"),
    ("Rudolf Elphberg addressed the congress of anglers", "address"),
    ("Rudolf Elphberg received credentials from six ambassadors", "ceremony"),
    ("Ceremony for presenting state decorations", "ceremony"),
    ("Rudolf Elphberg will meet with Rupert Hentzau on May 4", "announcement"),
    ("Greetings to the forum that will be held in Zenda", "message"),
    ("Visit to the trout farm", None),
    ("Ruritania needs more trout", None),
)


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_a_title_tells_the_kind(title: str, kind: MeetingKind | None) -> None:
    assert kind_of(title, None) == kind_of(title, ["News"]) == kind


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("Announcements", "announcement"),
        ("Accreditation", "announcement"),
        ("Documents", "document"),
        ("News", "meeting"),
    ],
)
def test_a_section_of_one_kind_decides_before_the_title(section: str, kind: MeetingKind) -> None:
    assert kind_of("Meeting with Rupert Hentzau", ["News", section]) == kind


def test_rules_are_told_by_name() -> None:
    assert len({rule.name for rule in TITLE_RULES}) == len(TITLE_RULES)


def test_every_verdict_is_one_of_the_kinds_and_every_drawn_page_has_one() -> None:
    verdicts = kinds.verdicts()
    assert len(verdicts) == len(kinds.DRAWS) * draws.DRAWN
    assert set(verdicts.values()) <= {*get_args(MeetingKind), None}


def test_the_draws_are_repeatable_and_apart() -> None:
    event_ids = [str(number) for number in range(1, 1001)]
    first, second = kinds.draws(event_ids)
    assert (first, second) == tuple(kinds.draws(event_ids[::-1]))
    assert len({*first, *second}) == len(first) + len(second)


def test_where_the_sample_is_absent_a_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sample, "GOLD", tmp_path / "none")
    assert not sample.is_here()
    assert capsys.readouterr().out.count("\n") == 1
