"""What sort of event a page reports: named rules over its title and the sections that carry it, in order."""

import re
from collections.abc import Collection
from typing import NamedTuple

from schema.records import MeetingKind


class Rule(NamedTuple):
    """One rule: a page of this kind has such a title, or is published in such a section."""

    kind: MeetingKind
    title: re.Pattern[str] | None = None
    section: str | None = None


def _title(kind: MeetingKind, pattern: str) -> Rule:
    return Rule(kind, title=re.compile(pattern, re.IGNORECASE))


# The first rule that fits decides: what a title says outright stands before what a section only suggests.
RULES = (
    Rule("announcement", section="Announcements"),
    Rule("announcement", section="Accreditation"),
    _title(
        "telephone_call", r"\b(?:tele)?phone (?:conversation|call|talk)|\bby (?:tele)?phone\b|\bon the (?:tele)?phone\b"
    ),
    _title("interview", r"\binterview"),
    _title(
        "news_conference",
        r"\b(?:news|press) (?:conference|statement|opportunity)|\bstatements? (?:for|to) the (?:press|media)|"
        r"\b(?:answers?|answered|replies|replied) to (?:journalists|reporters|media|questions)|"
        r"\banswered (?:journalists|reporters|media|questions)|\bdirect line\b",
    ),
    _title(
        "message",
        r"\bcondolence|\bcongratulat|\bgreetings?\b|\bgreeted\b|\bmessage (?:of|to|on|from)\b|\bbirthday\b|\bbest wishes\b|"
        r"\bsent (?:a |his )?(?:telegram|letter|message)",
    ),
    _title(
        "document",
        r"\b(?:executive order|decree|federal law|law on|amendments? to|instructions?|list of instructions|bill|resolution|"
        r"directive)\b|\bsigned\b.*\b(?:law|order|laws|bill|act)\b",
    ),
    _title(
        "address",
        r"\b(?:address(?:es|ed)? (?:to|the|by|on|at|of)|presidential address|video address|new year address|"
        r"speech(?:es)?|opening remarks|remarks at|speaks? at|spoke at)\b",
    ),
    _title(
        "ceremony",
        r"\bceremon|\b(?:state decorations|decorat(?:ed|ions?)|awards?|awarded|presented|credentials|wreath|parade|"
        r"laid|inauguration|unveil|reception|gala|concert)\b",
    ),
    _title(
        "meeting",
        r"\b(?:meetings?|met|meets|talks|conversation|session|summit|consultations?|council|videoconference|"
        r"teleconference|forum|congress|conference|plenary|discuss(?:ed|ion)?|gathering)\b",
    ),
    Rule("document", section="Documents"),
)


def kind_of(title: str, published_in: Collection[str] | None) -> MeetingKind | None:
    """The kind of a page; null where no rule applies."""
    for rule in RULES:
        if (rule.title and rule.title.search(title)) or (rule.section and rule.section in (published_in or ())):
            return rule.kind
    return None
