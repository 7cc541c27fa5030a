"""Marks that a tool left in a text: `**`, `](http://…)`, `[1]`, bullets. They are no part of what the page says.

A text is read without them; offsets of what is read map back to the text with them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from builder.reading.document import Span
from builder.reading.markup_cards import CARD_TITLE, find_cards, person_cards


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without its markup. Line breaks are never markup, so lines keep their numbers."""

    text: str
    _kept: tuple[int, ...]
    """Where each kept stretch begins in this text; the first may be empty, where the text begins with markup."""
    _origins: tuple[int, ...]
    """Where each kept stretch begins in the text with markup."""

    def origin(self, start: int, end: int) -> Span:
        """Where a run of this text that is not empty stands in the text with markup."""
        return self._shift(start) + start, self._shift(end - 1) + end

    def stretches(self, start: int, end: int) -> Iterator[Span]:
        """The runs of the text with markup that make up a run of this one, in order."""
        index = bisect_right(self._kept, start) - 1
        while start < end:
            stop = self._kept[index + 1] if index + 1 < len(self._kept) else len(self.text)
            yield self.origin(start, min(stop, end))
            start = stop
            index += 1

    def find(self, offset: int) -> int:
        """The offset in this text of a character of the text with markup, or of the next character that was kept."""
        index = bisect_right(self._origins, offset) - 1
        stop = self._kept[index + 1] if index + 1 < len(self._kept) else len(self.text)
        return min(self._kept[index] + offset - self._origins[index], stop)

    def _shift(self, offset: int) -> int:
        index = bisect_right(self._kept, offset) - 1
        return self._origins[index] - self._kept[index]


def strip_markup(text: str, markup: Iterable[Span]) -> Stripped:
    """The text without these runs, which are disjoint and in order."""
    bounds = [0, *(bound for span in markup for bound in span), len(text)]
    stretches = list(pairwise(bounds))[::2]
    kept, length = [], 0
    for start, end in stretches:
        kept.append(length)
        length += end - start
    return Stripped("".join(text[a:b] for a, b in stretches), tuple(kept), tuple(a for a, _ in stretches))


# ---------------------------------------------------------------------------------------------------------------------
# Finding the marks

_SEPARATOR = r"[^\S\n]*(?:\\?\*[^\S\n]*){3,}$"
_LINE = re.compile(
    rf"""
    ^(?!{_SEPARATOR})                                   # Not a separator of asterisks
    (?:[^\S\n]{{0,40}}>(?!\S))*                         # A quotation's signs: `> > `
    [^\S\n]*
    (?P<sign>
        (?:
            \#{{1,6}}(?=[^\S\n])                        # A heading: `## `
          | [*+•·‣▪◦●○■□►](?=[^\S\n]{{1,8}}\S)          # A bullet: `* Zenda`
          | -(?=[^\S\n]{{2,8}}\S)                       # A dash with two spaces or more is a bullet as well
        )?
        [^\S\n]*
        (?:\#{{1,6}}(?=[^\S\n]))?                       # A heading in a list: `* ## Zenda`
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The sign that a line begins with: `# Zenda`, `> * Zenda`, `-   Zenda`; empty where it has none, as in `- Zenda`, `* * *`."""
# A dash is a bullet where most lines begin with one; otherwise it belongs to the page.
_DASH = re.compile(r"^[^\S\n]*(?P<sign>[-–—])(?=[^\S\n]\S)", re.MULTILINE)
_QUOTE = re.compile(r"^[^\S\n]{0,40}(?:>[^\S\n]?){1,10}(?=\S|$)", re.MULTILINE)
_RULE = re.compile(
    r"^[^\S\n]*(?:[-_=~─—](?:[^\S\n]?[-_=~─—]){2,}|\+{3,}|:{3,}(?:[^\S\n][^\n]*)?)[^\S\n]*$", re.MULTILINE
)
_SIGN = re.compile(r"[\\<()\[^*_⁰¹²³⁴⁵⁶⁷⁸⁹†‡]")
_ORDINAL = "(?:st|nd|rd|th)"


@cache
def _marks() -> re.Pattern[str]:  # long: one pattern, with examples of its parts
    """A mark, wherever it stands in a line.

    | Name        | Mark            | In                                                                    |
    |-------------|-----------------|-----------------------------------------------------------------------|
    | escape      | the backslash   | `\\*`, `4\\.`                                                          |
    | tag         | the tag         | `<br>`, `</b>`, `<a href="…">`                                        |
    | address     | with its signs  | `<http://zenda.example>`, `(/events/1)`, `[http://zenda.example]`     |
    | footnote    | all             | `[1]`, `[^1]`, `^[1]^`                                                |
    | raised      | the sign        | `Zenda¹`, `peace.²`, `Elphe†`; not `m²`                               |
    | empty       | the brackets    | `[]`                                                                  |
    | caret       | its signs       | `21^st^`, `21^(st)`, `21^st`                                          |
    | stars       | the asterisks   | `**Zenda**`                                                           |
    | underscores | the underscores | `_Zenda_`; not `zenda_castle`                                         |
    """
    return re.compile(
        rf"""
        (?P<escape>
            \\(?=[\\`*_{{}}\[\]()#+\-.!<>|~&'\"$^@:]|$)
        )
      | (?P<tag>
            </?[a-zA-Z][a-zA-Z0-9]{{0,15}}(?:\s[^<>]{{0,2000}})?/?>
        )
      | (?P<address>
            <(?:https?://|www\.|mailto:)[^\s<>]{{1,500}}>
          | \((?:https?://|/|\.\.?/|[\w/]{{1,60}}\.html?)[^\s()]{{0,5000}}\)
          | \[(?:(?:https?://|www\.)[^\s\[\]]{{1,20000}}|[\w/.-]{{1,60}}\.html?(?:\#[\w-]*)?)\](?!\()
        )
      | (?P<footnote>
            \^?\[(?:\^[^\s\[\]]{{1,20}}|[0-9]{{1,3}})\]\^?(?!\()
        )
      | (?P<raised>
            (?<=[^\W\d_]{{3}})[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}
          | (?<=[.,;:!?)\]”’»])[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}
          | [†‡]
        )
      | (?P<empty>
            \[\]
        )
      | (?P<caret>
            (?<=[0-9])\^\((?={_ORDINAL}\))
          | (?<=[0-9])\^(?={_ORDINAL}(?![a-z]))
          | (?<=[0-9]{_ORDINAL})\^
          | (?<=\^{_ORDINAL})\^
          | (?<=\^\({_ORDINAL})\)
        )
      | (?P<stars>
            \*{{1,3}}
        )
      | (?P<underscores>
            (?<![^\W_])_{{1,80}}
          | _{{1,80}}(?![^\W_])
        )
        """,
        re.MULTILINE | re.VERBOSE,
    )


_ASTERISKS = re.compile(rf"^{_SEPARATOR}|(?<=[^\S\n])\*(?: ?\*){{2}}(?=[^\S\n])", re.MULTILINE)


@cache
def _target() -> re.Pattern[str]:
    """What follows the text of a link: `(http://zenda.example "Zenda")`, `(/events/1)`, `{.person #1}`."""
    return re.compile(
        r"""
        \(
        (?P<address>
            \s*+<?(?:[^\s()<>]|\([^\s()]{0,200}\)){0,20000}>?                  # The address, perhaps with brackets in it
            (?:\s*+(?<=\s)(?:\"[^\"]{0,500}\"|'[^'\n]{0,500}'))?              # The link's title
            \s*+
        )
        \)
        (?:\{[.\#\w][^{}]{0,2000}\})?                                          # Attributes, as Pandoc writes them
      | \{[.\#][^{}]{0,2000}\}
        """,
        re.VERBOSE,
    )


_IS_ADDRESS = re.compile(r"\s*(?:$|<|#|\S*[/#]|\S+\.(?:html?|php|aspx?|pdf)|mailto:)")
_BRACKET = re.compile(r"\\.|!?\[|\]")
_FOOTNOTE = re.compile(r"^[^\S\n]{0,8}\[\^[^\[\]\s]{1,40}\]:.*$", re.MULTILINE)
"""A footnote below the text: `[^1]: A note.`"""
_PAIRS = re.compile(
    r"(?P<opens>\[\[(?:[^\[\]\n|]{1,200}\|)?)[^\[\]\n|]{1,200}(?P<closes>\]\])"
    r"|(?P<marks>==)(?=[^\s=])[^=\n]{1,1000}(?<=\S)(?P<ends>==)(?!=)"
)
"""A link to another note, `[[Hentzau|Rupert]]`, and what a reader marked, `==Zenda==`."""
_REFERENCE = re.compile(r"[^\S\n]?\[([^\[\]\n]{1,200})\]")
_DEFINITION = re.compile(
    r"^[^\S\n]{0,8}\[(?P<name>[^\[\]\n]{1,200})\]:[^\S\n]*(?:\n[^\S\n]*)?(?<=[\s])<?(?:https?:|mailto:|/|\.\.?/|www\.|#|[\w/-]+\.html?)\S*.*$",
    re.MULTILINE,
)
"""Where the links of a text lead, below it: `[1]: http://zenda.example`."""
_HEADING_ATTRIBUTES = re.compile(r"^#{1,6}[^\S\n][^\n{]*(?P<sign>\{[#.][^{}]{0,2000}\})[^\S\n]*$", re.MULTILINE)

_LINK_REACH = 1000
"""Characters of a link in which a person's card is looked for."""


def find_markup(text: str) -> tuple[Span, ...]:
    """The runs of a text that are a tool's marks, disjoint and in order, none with a line break."""
    marks = tuple(_find_marks(text))
    stripped = strip_markup(text, marks)
    cards = find_cards(stripped.text)
    if not cards:
        return marks
    runs = (run for card in cards for run in stripped.stretches(*card))
    return tuple(_without_line_breaks(text, merged([*marks, *runs])))


def _find_marks(text: str) -> Iterator[Span]:
    found = [match.span("sign") for match in _LINE.finditer(text) if match["sign"]]
    dashes = [match.span("sign") for match in _DASH.finditer(text)]
    if 2 * len(dashes) > sum(map(bool, map(str.strip, text.split("\n")))):
        found += dashes
    found += [match.span() for pattern in (_QUOTE, _RULE, _DEFINITION, _FOOTNOTE) for match in pattern.finditer(text)]
    protected = {i for m in _ASTERISKS.finditer(text) for i in range(*m.span()) if text[i] == "*"}
    found += [match.span("sign") for match in _HEADING_ATTRIBUTES.finditer(text)]
    found += [
        match.span(end) for match in _PAIRS.finditer(text) for end in ("opens", "closes", "marks", "ends") if match[end]
    ]
    found += _links(text)
    found += _other_marks(text, protected)
    return _without_line_breaks(text, merged(found))


def _other_marks(text: str, protected: set[int]) -> Iterator[Span]:
    position = 0
    for sign in _SIGN.finditer(text):
        match = _marks().match(text, sign.start()) if sign.start() >= position else None
        if not match:
            continue
        start, end = match.span()
        position = end
        if match.lastgroup == "escape":
            protected.add(end)
        elif match.lastgroup in ("stars", "underscores") and start in protected:
            continue
        elif match.lastgroup == "address" and start and text[start - 1] == " " and text[end : end + 1] in ",.;:!?)":
            start -= 1
        yield start, end


def _links(text: str) -> Iterator[Span]:
    """The brackets around a link's or a picture's text, and its address. Brackets of an insertion stay."""
    names = {match["name"].casefold() for match in _DEFINITION.finditer(text)}
    open_brackets: list[Span] = []
    for match in _BRACKET.finditer(text):
        if match[0] in ("[", "!["):
            open_brackets.append(match.span())
        elif match[0] == "]" and open_brackets:
            opened = open_brackets.pop()
            target = _target().match(text, match.end())
            if target and (target["address"] is None or _IS_ADDRESS.match(target["address"])):
                yield opened
                yield opened[1] + _before_card(text[opened[1] : match.start()]), target.end()
            elif names and (reference := _REFERENCE.match(text, match.end())) and reference[1].casefold() in names:
                yield opened
                yield match.start(), reference.end()
            elif names and text[opened[1] : match.start()].casefold() in names:
                yield opened
                yield match.span()


def _before_card(words: str) -> int:
    """How many characters of a link's text stand before a hover card, with its title or picture, that a tool wrote into it."""
    before, title, _ = words.partition(CARD_TITLE)
    if title:
        return len(before)
    before, picture, _ = words.partition("![")
    if picture and before.strip("\\*_ \xa0\n"):
        return len(before)
    person = next(person_cards(words[:_LINK_REACH]), None)
    return person.start("card") if person else len(words)


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The same characters, in runs that neither touch nor overlap."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last is None or start > last[1]:
            if last:
                yield last
            last = start, end
        else:
            last = last[0], max(last[1], end)
    if last:
        yield last


def _without_line_breaks(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        position = start
        for part in text[start:end].split("\n"):
            if part:
                yield position, position + len(part)
            position += len(part) + 1
