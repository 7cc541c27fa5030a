"""What sort of event a page reports: named rules over its title and the sections that carry it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from schema.vocabularies import MeetingKind

_CIRCUMSTANCE = re.compile(
    r"^(?:after|before|following|during|at the (?:end|start|beginning) of|on)\b[^,]{1,60}, ", re.IGNORECASE
)
"""What a headline says first of the occasion, not of the event: `At the end of the G8 summit, …`."""


class TitleRule(NamedTuple):
    """A page whose title says this is of this kind."""

    name: str
    kind: MeetingKind | None
    """Null where this is no kind of event: what else the title names is then only its occasion."""
    pattern: str
    """A regular expression, for which capitals are as small letters."""


SECTIONS: tuple[tuple[str, MeetingKind], ...] = (
    ("Announcements", "announcement"),
    ("Accreditation", "announcement"),
    ("Documents", "document"),
)
"""Sections of the site that hold pages of one kind alone; they decide before any title does."""

# A title names its event before the circumstances (`Meeting on the draft law`, `Greetings to the forum`), so the rule that
# fits earliest in the title decides; where two fit at the same place, the one that stands first here. A rule that begins at
# the title's start (`^.*`) so decides wherever its words stand.
TITLE_RULES = (
    TitleRule(
        "what is to come",
        "announcement",
        r"^(?:(?!\b(?:which|that|who)\b).)*\bwill (?:meet|visit|attend|chair|deliver|speak|address|host|hold|be held|pay|"
        r"turn off|make an? [^,]*visit|take (?:part|place))\b|"
        r"\baccredit(?:ed|ation)\b|\b(?:visit|trip|meeting|summit)s?\b.*\b(?:postponed|cancelled)\b|\bpostpone\b",
    ),
    TitleRule(
        "arrival",
        None,
        r"^(?:(?!\b(?:met|talks?|held)\b).)*\barriv(?:ed|es|al)\b(?!.*\b(?:met|talks?|held|celebrations?)\b)",
    ),
    TitleRule("what is said on an occasion", "address", r"^(?:speaking|addressing)\b"),
    TitleRule(
        "talk by telephone",
        "telephone_call",
        r"^.*(?:\b(?:tele)?phone (?:conversation|call|talk)|\bby (?:tele)?phone\b|\b(?:on|over) the (?:tele)?phone\b)",
    ),
    TitleRule("interview", "interview", r"\binterview"),
    TitleRule(
        "talk to the press",
        "news_conference",
        r"\b(?:news|press) (?:conference|statement|opportunity|briefing)|"
        r"^(?:joint )?statements? (?:following|after)\b.*\btalks\b|\bstatements? (?:for|to) the (?:press|media)|"
        r"\bmade statements? and answered\b|\bdirect line\b|"
        r"\b(?:answers?|answered|repl(?:y|ies|ied))\b.{0,40}\b(?:questions?|journalists|reporters)\b|"
        r"\b(?:met|meeting|conversation|spoke|talked) (?:with|to) (?:\w+ ){0,3}(?:journalists|reporters)\b",
    ),
    TitleRule("official welcome", "ceremony", r"\bofficially (?:greeted|welcomed)\b|\bofficial (?:welcome|greeting)\b"),
    TitleRule("foreword", "message", r"^welcoming remarks to\b.*\b(?:edition|readers)\b"),
    TitleRule("working meal", "meeting", r"\bworking (?:breakfast|lunch|dinner)\b"),
    TitleRule(
        "good wishes and sympathy",
        "message",
        r"\bcondolence|\bcongratulat|\bgreetings?\b|\bgreeted\b|\bbirthday\b|\bbest wishes\b|\bwished\b|"
        r"^(?:\S+ ){1,5}thanked\b",
    ),
    TitleRule(
        "letter",
        "message",
        r"\bmessages? (?:of|to|on|from)\b|\b(?:telegram|letter) (?:of|to|from) (?!creden)|"
        r"\b(?:sent|sends|received)\b.{0,60}\b(?:telegram|letter|message|repl(?:y|ies)|response)s?\b(?! of creden)|"
        r"\bexchanged (?:\w+ ){0,2}(?:letters|messages|telegrams)\b",
    ),
    TitleRule(
        "act named by its form",
        "document",
        r"\b(?:executive orders?|decrees?|federal laws?|draft laws?|laws? on|bill on|amendments?|instructions?|resolution|"
        r"directive)\b|\b(?-i:bills?)\b|^laws?\b",
    ),
    TitleRule(
        "act signed, approved or submitted",
        "document",
        r"\bsigned\b.{0,80}\b(?:law|order|act|code|document|protocol|agreement|treaty|convention|declaration)s?\b|"
        r"\b(?:law|order|agreement|treaty|convention|declaration|protocol)s?\b.*\bsigned\b|"
        r"\b(?:submitted|sent|brought)\b.*\b(?:candidacy|ratification|state duma)\b|\bcandidates for the (?:post|position)\b|"
        r"\bapproved\b|\binstructed\b|\bratif(?:ied|ication)\b|^joint (?:declaration|communiqu[eé])\b",
    ),
    TitleRule(
        "appointment",
        "document",
        r"\bappoint(?:ed|s|ing|ment)\b|\bresignation\b|\bdismissed\b|"
        r"\brelieved of\b|\bstaff changes\b",
    ),
    TitleRule(
        "honour or right conferred by an act", "document", r"\bawarded (?:the )?title\b|\bcitizenship\b|\bpardon"
    ),
    TitleRule(
        "opening words of a meeting",
        "meeting",
        r"^(?:opening|introductory|concluding|closing) remarks\b.*\b(?:meeting|talks|session|summit|negotiations)\b",
    ),
    TitleRule(
        "words to the public",
        "address",
        r"^(?:\S+ ){0,4}(?:address|speech|statement|remarks)\b(?! (?:for|to) the (?:press|media))|"
        r"\b(?:(?:made|delivered|gave|recorded) (?:an?|his|the)|in his)(?: \S+){0,2} (?:address|speech|statement|remarks)\b|"
        r"\b(?:addressed|addresses|speaks? at|spoke at|spoke before)\b",
    ),
    TitleRule(
        "award",
        "ceremony",
        r"\bceremon|\bstate decorations\b|\bdecorat(?:ed|ions?)\b|\baward(?:s|ed|ing)?\b|\bpresent(?:ed|ing)\b|"
        r"\bpresentation (?:of|by)\b|\bconferred\b",
    ),
    TitleRule(
        "credentials",
        "ceremony",
        r"(?:\b(?:received|accepted) (?:\S+ ){0,2})?(?:\bcredentials?\b|\bletters? of creden)",
    ),
    TitleRule(
        "official occasion",
        "ceremony",
        r"\bwreath|\bparade\b|\blaid\b|\binaugurat|\bunveil|\breception\b|\bgala\b|\bconcert\b|\bdinner\b|\bofficial function\b|"
        r"\bopen(?:ing|ed)\b|\blaunch(?:ed|ing)\b|\bcelebrations?\b|\bcelebratory\b|\bfarewell\b|\bfuneral\b|\bservice at\b|"
        r"\b(?:church|christmas|easter|memorial|prayer) service\b|\bcommemorat(?:ion|ing|ive)\b|(?-i:\bmarch\b)|"
        r"\blaying (?:of )?(?:flowers|the (?:foundation|first))\b|\bstarted up\b|\bput into (?:operation|service)\b|"
        r"\bhanded (?:over )?(?:an? |the )?(?:\w+ )?(?:certificates?|awards?|orders?|keys|banners?|prizes?|passports?)\b",
    ),
    TitleRule(
        "people meet",
        "meeting",
        r"\b(?:meetings?|met|meets|talks?|negotiations|conversation|session|summit|consultations?|council|videoconference|"
        r"teleconference|video link\w*|forum|congress|conference|plenary|discuss(?:ed|ion)?|gathering)\b|"
        r"\breceived (?:the )?(?-i:[A-Z])",
    ),
    TitleRule(
        "report to the President",
        "meeting",
        r"\bbrief(?:ed|ings?)\b|\breported (?:to|on)\b|\bheard (?:an? )?reports?\b|\binformed\b.*\b(?:of|on|about)\b",
    ),
)


def kind_of(title: str, published_in: Collection[str] | None) -> MeetingKind | None:
    """The kind of a page; null where no rule applies."""
    for section, kind in SECTIONS:
        if section in (published_in or ()):
            return kind
    event = _CIRCUMSTANCE.sub("", title)
    told = _earliest(event) or (_earliest(title) if event != title else None)
    return told.kind if told else None


_ANY_RULE = re.compile(
    "|".join(f"(?P<rule_{rank}>{rule.pattern})" for rank, rule in enumerate(TITLE_RULES)), re.IGNORECASE
)
"""All rules at once: what it finds is the earliest, and of several there the first."""
_WORD = re.compile(r"\w+")


def _earliest(title: str) -> TitleRule | None:
    """The rule that fits nearest to the start of a title."""
    # Each rule begins where a word does, or at the start: to try them there alone takes a quarter of the time.
    for start in (0, *(word.start() for word in _WORD.finditer(title))):
        if found := _ANY_RULE.match(title, start):
            return TITLE_RULES[int((found.lastgroup or "").removeprefix("rule_"))]
    return None
