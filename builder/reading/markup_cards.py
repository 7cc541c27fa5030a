"""Hover cards that a tool wrote into a text: the site's entry of a person or a term, run together with the page's own words.

Where the words of a page are a link to a person, the site shows a card when the pointer rests on them. Some tools save the
card as text, right behind the words:

    Rupert Hentzau Hentzau RupertPrime Minister of Ruritania
    `------------´ `---------------------------------------´
     the page's     the card: the same name, family name first, and the person's office

A card is no part of what the page says. Its office may be of a later day, and is never read.
"""

import re
from collections.abc import Iterator
from functools import cache

from builder.reading.document import Span

CARD_TITLE = "Background information"
"""What heads the card of a term, and the cards within links."""
_CARD_REACH = 130
"""Characters from the start of a card's name to the place where it shows, at most."""

# Parts of the patterns below. A small letter here is every letter that is no capital: names may be in any script.
_CAPITAL = r"[^\W\d_a-z]"
_SMALL = r"[^\W\d_A-Z]"
_NO_WORD_BEFORE = r"(?<![\w’'-])"
_NAME_BEGINS = rf"(?:{_NO_WORD_BEFORE}|(?<={_SMALL}|{_CAPITAL})(?={_CAPITAL}{_SMALL}))"
"""A word begins, or a name is run together with the office before it: `BridgesRupert`, `CEORupert`."""
_PART_OF_NAME = rf"(?:[a-z]{{2}}-)?{_CAPITAL}[\w’'ʻ.-]{{0,40}}"
"""A word of a name: `Rupert`, `al-Hentzau`, `R.`."""
_NAME_ENDS = rf"""
    (?:
        (?![\w’'-])                     # The word ends, …
      | (?<={_SMALL})(?={_CAPITAL})     # … or the office is run together with it: `RupertPrime`.
    )
"""
_TITLE_WORD = rf"""
    (?:
        (?:{_CAPITAL}|[“\"0-9])[\w’'.”\"-]*
      | (?:of|the|for|and|in|on|to|with|between|de)(?!\w)
    )
"""
"""A word of a term: in capitals, or a small one between two such."""
_STOP_WITHIN = rf"\.(?=\w)(?!{_CAPITAL}{_SMALL}{{2}})"
"""A full stop that ends no sentence: `zenda.org`, not `Bridges.President`."""
_OFFICE_WORD = rf"""
    (?!I\b)
    (?:
        {_CAPITAL}[\w’'-]*(?:{_STOP_WITHIN}[^\W\d_][\w’'-]*)*
      | (?:of|the|for|and|in|on|to)(?!\w)
    )
"""
"""A word of an office, likewise; `I` begins the page's next sentence."""
_NO_SMALL_WORD = r"(?<!\b(?:of|in|on|to|de))(?<!\b(?:the|for|and))(?<!\bwith)(?<!\bbetween)"
"""The last word of a term or an office is none of the small ones."""
_IN_CARD = r"(?:[^\S\n]|\n(?!\s*\n)(?![^.:!?\n]{1,200}:\s))"
"""White space within a card, which goes on over a line break, but not over a blank line, nor into a line that begins with a
label."""
_SENTENCE_GOES_ON = r"\s(?:he|her|his|I|is|it|its|she|that|their|they|this|was|we|were|who|you)\b"
_BLANK_LINE = r"\n\s*\n"

_OFFICE = rf"""
    (?:
        # Up to the colon of a label, which may have a note: `Prime Minister of Ruritania (retranslated):`
        \s{{0,9}}(?={_CAPITAL})
        (?:
            (?!{_SENTENCE_GOES_ON}|{_BLANK_LINE})
            (?:[^:.!?;“”()]|{_STOP_WITHIN})
          | \([^():\n]{{1,60}}\)(?!\s?:)
        ){{1,160}}
        (?=\s{{0,9}}(?:\([^():\n]{{2,60}}\)\s?)?:)
      |
        # Else as far as its words are in capitals: `Prime Minister of Ruritania` before ` said that`
        [^\S\n]?(?={_CAPITAL})
        {_OFFICE_WORD}(?:,?{_IN_CARD}{_OFFICE_WORD}){{0,24}}{_NO_SMALL_WORD}
        (?:[ \xa0]\({_CAPITAL}[^():\n]{{1,60}}\)(?!\s?:))?
    )?
"""
"""The office in a card, run together with the name or not."""


@cache
def _person_card() -> re.Pattern[str]:
    """A name in full, and the card behind it.

    | Text                                                                | Card                                             |
    |---------------------------------------------------------------------|--------------------------------------------------|
    | `Rupert Hentzau Hentzau RupertPrime Minister of Ruritania: Yes.`    | ` Hentzau RupertPrime Minister of Ruritania`     |
    | `Rupert Hentzau Rupert Hentzau said that`                           | ` Rupert Hentzau`                                |
    | `Rupert Hentzau said that Hentzau`                                  | none                                             |
    """
    return re.compile(
        rf"""
        # The page's words: `Rupert Hentzau`
        {_NAME_BEGINS}
        (?P<given>{_PART_OF_NAME}(?:\s{_PART_OF_NAME}){{0,2}})
        \s+
        (?P<family>{_PART_OF_NAME}?)
        # The card: once or more the same name, mostly with the family name first, then the office
        (?P<card>
            (?:
                [^\S\n]{{0,40}}[_\[\]]{{0,3}}
                (?:
                    (?:\n\s{{0,40}})?(?P=family)\s+(?P=given)
                  | [^\S\n]{{0,4}}(?P=given)\s+(?P=family)
                )
                {_NAME_ENDS}
                \]?
            )+
            {_OFFICE}
        )
        """,
        re.VERBOSE,
    )


@cache
def _family_card() -> re.Pattern[str]:
    """A family name alone, and the card behind it.

    | Text                                                       | Card                                          |
    |------------------------------------------------------------|-----------------------------------------------|
    | `Mr Hentzau Hentzau RupertPrime Minister of Ruritania.`    | ` Hentzau RupertPrime Minister of Ruritania`  |
    | `Mr Hentzau Hentzau Rupert is here.`                       | ` Hentzau Rupert`                             |
    | `Mr Hentzau Rupert is here.`                               | none                                          |
    """
    return re.compile(
        rf"""
        # The page's words: `Mr Hentzau`
        {_NO_WORD_BEFORE}(?:Mr|Mrs|Ms)?
        (?P<family>{_CAPITAL}[\w’'-]{{2,40}})
        # The card: the name in full, once or more, then the office
        (?P<card>
            [^\S\n]{{1,40}}(?P=family)[^\S\n]
            (?P<given>{_CAPITAL}{_SMALL}+(?:[ \xa0]{_CAPITAL}{_SMALL}+)?)
            (?:\s{{0,40}}(?P=family)[^\S\n](?P=given))*
            {_NAME_ENDS}
            {_OFFICE}
        )
        """,
        re.VERBOSE,
    )


_TWICE = re.compile(
    rf"""
    # A word twice in a row, or a pair of words twice: `Hentzau Hentzau`, `Rupert Hentzau Rupert Hentzau`
    {_NO_WORD_BEFORE}
    (?P<word>
        (?:[a-z]{{2}}-)?{_CAPITAL}[\w’'-]{{0,40}}
        (?P<more>\s{_CAPITAL}[\w’'-]{{0,40}})?
    )
    [\s_\[\]]{{1,40}}
    (?P=word)(?![\w’'-])
  |
    # Two words run together: `RupertPrime`
    {_SMALL}(?=[A-Z][a-z])
    """,
    re.VERBOSE,
)
"""Where a person's card may begin: quick to find, and rare."""


@cache
def _term_card() -> re.Pattern[str]:
    """The card of a term, behind the words that are linked to it.

    | Text                                                              | Card                                                   |
    |-------------------------------------------------------------------|--------------------------------------------------------|
    | `the ZEU Background information Zenda Economic Union (ZEU) met`   | ` Background information Zenda Economic Union (ZEU)`   |
    | `the Union Background information Zenda Union of Trade met`       | ` Background information Zenda Union of Trade`         |
    """
    return re.compile(
        rf"""
        (?<!\s)\s*+{CARD_TITLE.replace(" ", "[ ]")}\s*
        (?:
            # A term with its short form: `Zenda Economic Union (ZEU)`
            (?:{_TITLE_WORD},?{_IN_CARD}){{1,15}}\({_CAPITAL}[\w -]{{0,25}}\)
          | {_TITLE_WORD}(?:,?{_IN_CARD}{_TITLE_WORD}){{0,15}}{_NO_SMALL_WORD}
        )?
        """,
        re.VERBOSE,
    )


def find_cards(text: str) -> list[Span]:
    """Where the cards stand in a text that has no other markup."""
    cards = [card.span("card") for card in person_cards(text)]
    if CARD_TITLE in text:
        cards += [match.span() for match in _term_card().finditer(text)]
    return cards


def person_cards(text: str) -> Iterator[re.Match[str]]:
    """Persons' cards, each with the words before it; the card is the match's group `card`."""
    position = 0
    for hint in _TWICE.finditer(text):
        if hint.start() < position:
            continue
        from_word = max(position, hint.start() - _CARD_REACH)
        stop = hint.end() + 3 * _CARD_REACH
        card = _person_card().search(text, from_word, stop)
        if not card or card.start() > hint.start():
            card = _family_card().match(text, hint.start(), stop) or card
        if card:
            yield card
            position = card.end()
