"""The kind of a meeting, by its title and categories."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.kinds import TITLE_RULES, TitleRule, kind_of


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Meeting with Rupert Hentzau", "meeting"),
        ("Beginning of conversation with Rupert Hentzau", "meeting"),
        ("Rudolf Elphberg met with Rupert Hentzau", "meeting"),
        ("Russia-Kazakhstan talks", "meeting"),
        ("State Council meeting", "meeting"),
        ("Meeting on implementing executive orders", "meeting"),
        ("Meeting with Bill Hentzau", "meeting"),
        ("Meeting with winners of the Teacher of the Year award", "meeting"),
        ("Meeting with working group on amendments to the Constitution", "meeting"),
        ("News conference following the talks", "news_conference"),
        ("Joint news conference with President of Kazakhstan Rupert Hentzau", "news_conference"),
        ("Press statements following Russian-Kazakhstani talks", "news_conference"),
        ("Statement for the press", "news_conference"),
        ("Answers to questions from journalists", "news_conference"),
        ("Direct Line with Rudolf Elphberg", "news_conference"),
        ("Telephone conversation with Rupert Hentzau", "telephone_call"),
        ("Rudolf Elphberg spoke with Rupert Hentzau by telephone", "telephone_call"),
        ("Interview to Zenda News Agency", "interview"),
        ("Presidential Address to the Federal Assembly", "address"),
        ("New Year Address to the Nation", "address"),
        ("Speech at State Reception", "address"),
        ("Presentation of state decorations", "ceremony"),
        ("Ceremony for presenting foreign ambassadors’ letters of credence", "ceremony"),
        ("Gala concert in Zenda", "ceremony"),
        ("Greetings to guests of the Zenda festival", "message"),
        ("Condolences to King of Ruritania Rudolf Elphberg", "message"),
        ("Birthday greetings to Rupert Hentzau", "message"),
        ("Rudolf Elphberg congratulated Rupert Hentzau", "message"),
        ("Executive Order on awards", "document"),
        ("Law on bees signed", "document"),
        ("Statements following Russian-Ruritanian talks", "news_conference"),
        ("Speaking at a council meeting, Rudolf Elphberg said that bees matter", "address"),
        ("Rudolf Elphberg heard a report by Rupert Hentzau", "meeting"),
        ("Working lunch with Rupert Hentzau", "meeting"),
        ("Rudolf Elphberg handed Rupert Hentzau the keys", None),
        ("Rudolf Elphberg handed the keys to Rupert Hentzau", "ceremony"),
        ("Rudolf Elphberg took part in the guards’ march", "ceremony"),
        ("Rudolf Elphberg met with guards on March 8", "meeting"),
        ("Rudolf Elphberg was officially greeted in Zenda", "ceremony"),
        ("Events commemorating the battle of Zenda", "ceremony"),
        ("Rudolf Elphberg started up the first mill of Zenda", "ceremony"),
        ("Rudolf Elphberg and Rupert Hentzau exchanged friendly letters after the launch", "message"),
        ("Welcoming remarks to the new edition of Zenda Tales", "message"),
        ("Welcoming remarks at the congress of beekeepers", "address"),
        ("Rupert Hentzau relieved of his post", "document"),
        ("Treaty on bees ratified", "document"),
        ("Rudolf Elphberg arrived in Zenda to attend a conference on bees", None),
        ("Rudolf Elphberg arrived in Zenda and met with beekeepers", "meeting"),
        ("Trip to Zenda", None),
        ("Visit to Strelsau", None),
    ],
)
def test_the_kind_of_a_page_follows_from_its_title(title: str, kind: str | None) -> None:
    assert kind_of(title, None) == kind
    assert kind_of(title, ()) == kind


def test_an_announcement_is_one_whatever_it_announces() -> None:
    assert kind_of("Meeting with Rupert Hentzau will take place", ("News", "Announcements")) == "announcement"


def test_a_page_among_the_documents_is_one_though_its_title_does_not_say_so() -> None:
    assert kind_of("On bees", ("News", "Documents")) == "document"
    assert kind_of("On bees", ("News",)) is None


_PARTS = [
    "meeting",
    "will visit",
    "statement for the press",
    "laws",
    "’s",
    "-",
    " ",
    "After",
    ", ",
    "É",
    "_",
    "congratulat",
    "1",
]


@given(st.lists(st.sampled_from(_PARTS) | st.text(max_size=3), max_size=8).map("".join))
def test_a_rule_fits_where_a_word_begins_or_nowhere(title: str) -> None:
    def first(rule: TitleRule) -> int:
        found = re.search(rule.pattern, title, re.IGNORECASE)
        return found.start() if found else len(title) + 1

    rule = min(TITLE_RULES, key=first)
    expected = rule.kind if first(rule) <= len(title) else None
    if not title.lower().startswith(("after", "before", "following", "during", "at", "on")):
        assert kind_of(title, None) == expected
