"""The blocks of a page's HTML: its text, what the markup says of each block, and what is in bold, in italics or a link."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from builder.reading.document import BlockKind, Mark, MarkKind
from builder.reading.layouts.captions import SLIDE_COUNT
from builder.reading.layouts.html_tree import (
    Attributes,
    check_comment,
    check_nothing_lost,
    check_tag,
    parse,
    text_left_out,
)
from builder.reading.layouts.site import PERSON_PAGE
from schema.text import normal_form


@dataclass(slots=True)
class HtmlBlock:
    """One block of the article's text."""

    kind: BlockKind = "unassigned"
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    datetime: str | None = None
    tag_list: str | None = None
    """Which list of tags it stands in."""
    tag_id: str | None = None
    """The site's id of what the tag names: a country's code, a person's number."""
    is_shown: bool = field(default=True, compare=False)
    """Whether its text is in the page's text nodes; a slide's caption may stand in an attribute alone."""


_COUNTRY = re.compile(r"countries/([A-Z]{2})\b")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCK_LEVEL = frozenset(
    """
    address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section table tbody td tfoot th thead tr ul video
    """.split()
)
_RULES = {
    "script": "scripts",
    "style": "scripts",
    "iframe": "scripts",
    "noembed": "scripts",
    "noframes": "scripts",
    "template": "controls",
    "noscript": "controls",
    "button": "controls",
    "read__tooltip": "hover cards",
    "cycle-sentinel": "slides that were shown before",
}
"""The elements, by name or class, whose text is none of the page's, and as what it is counted. The last is one of the slides,
which the page's script repeats before all others and a browser saves with them."""
_MARKS: dict[str, MarkKind] = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_WITH_MEANING = frozenset({*_MARKS, "a", "time", "blockquote", "h3"})
"""Elements that mean something even without a class."""

_ROLES: dict[str, BlockKind] = {
    "read__categ": "section",
    "entry-title": "title",
    "read__lead": "lead",
    "read__published": "date",
    "announce_date": "date",
    "read__time": "time",
    "read__place": "place",
    "entry-content": "body",
    "media": "caption",
    "media__container": "caption",
    "video__description": "caption",
    "read__cut": "related",
    "read__tags": "tag",
    "read__tagsmore": "furniture",
    "read__status": "status",
    "text_version_link": "furniture",
}
"""What an element's class says of the text inside it."""
_SLIDER = "slider"
_SLIDE_TEXTS = frozenset({"data-cycle-desc", "data-text", "alt"})
"""The attributes of a slide that hold its caption."""
_MEANINGFUL = frozenset({*_ROLES, *_RULES, _SLIDER})
_TEXT = "-text"
"""What the parser calls a text node. The names of comments and of whatever else is no element begin with a hyphen too."""


@dataclass(slots=True)
class _Open:
    """An open element that means something, and the state to return to at its end."""

    kind: BlockKind
    in_slider: bool
    is_list_title: bool = False
    mark: MarkKind | None = None
    site_person_id: str | None = None
    start: int = 0
    """Where its mark begins in the current block."""


def read_blocks(markup: str) -> list[HtmlBlock]:
    """The blocks of an article in document order: each block's text nodes, white-space runs but no-break spaces as one
    space, `<br>` as a line break, inline markup never a break; without hover cards; each distinct caption of a slide once.

    Raises `FormatError` where text of the article would be in no block.
    """
    article = parse(markup)
    reader = _BlockReader()
    blocks = reader.read(article)
    check_nothing_lost(article, blocks, reader.left_out)
    return blocks


@lru_cache(maxsize=1024)
def _meaning(classes: str) -> tuple[str, ...]:
    """Those of an element's classes that mean something; the same few elements make up every page."""
    return tuple(token for token in classes.split() if token in _MEANINGFUL)


def _with_single_spaces(text: str) -> str:
    """A text with one space for each run of white space, as HTML has it: a no-break space is none."""
    for other in "\n\t\v\f\r":
        if other in text:
            text = text.replace(other, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


@dataclass(slots=True)
class _BlockWriter:
    """Collects the text and marks of the current block, and the finished blocks."""

    blocks: list[HtmlBlock] = field(default_factory=list)
    block: HtmlBlock = field(default_factory=HtmlBlock)
    parts: list[str] = field(default_factory=list)
    """The text of the current block."""
    length: int = 0
    """How long it is."""
    marked: list[_Open] = field(default_factory=list)
    """The open elements that mark their text."""
    captions: set[str] = field(default_factory=set)
    in_list_title: bool = False
    tag_list: str | None = None
    datetime: str | None = None
    tag_id: str | None = None

    def add_text(self, kind: BlockKind, text: str) -> None:
        parts = self.parts
        if text[0] == " " and (not parts or parts[-1][-1] in " \n"):
            text = text[1:]
        if not text:
            return
        if not parts:
            # A block is what its first words are: the element that says so may be an inline one.
            self.block.kind = kind
        if self.datetime or self.tag_id:
            self.block.datetime = self.block.datetime or self.datetime
            self.block.tag_id = self.block.tag_id or self.tag_id
        parts.append(text)
        self.length += len(text)

    def line_break(self) -> None:
        parts = self.parts
        if parts:
            last = parts.pop()
            kept = last.rstrip(" ")
            parts += (kept, "\n")
            self.length += len(kept) - len(last) + 1

    def caption(self, raw: str, *, is_shown: bool = False) -> bool:
        """A slide's caption: a block of its own, once, whether the page shows it or keeps it in an attribute.

        Returns whether it is one that had not come before.
        """
        text = raw.strip(" ")
        if not text.strip() or text in self.captions or SLIDE_COUNT.fullmatch(text):
            return False
        self.captions.add(text)
        self.blocks.append(HtmlBlock("caption", text, is_shown=is_shown))
        return True

    def start_mark(self, opened: _Open, kind: MarkKind) -> None:
        if all(outer.mark != kind for outer in self.marked):
            # Bold in bold says nothing more.
            opened.mark, opened.start = kind, self.length
            self.marked.append(opened)

    def end_mark(self, opened: _Open) -> None:
        if opened.mark:
            self.marked.pop()
            self.add_mark(opened, self.length)

    def add_mark(self, opened: _Open, end: int) -> None:
        if opened.mark and end > opened.start:
            self.block.marks.append(Mark(opened.mark, opened.start, end, opened.site_person_id))

    def flush(self) -> None:
        """Ends the current block."""
        text = "".join(self.parts).rstrip(" \n")
        self.parts.clear()
        if text and not text.isspace():
            self.finish(text)
        self.length = 0
        self.block = HtmlBlock()
        # What is still open goes on in the next block: `<b>` around two paragraphs.
        for opened in self.marked:
            opened.start = 0
        self.datetime = self.tag_id = None

    def finish(self, text: str) -> None:
        block = self.block
        block.text = text
        if block.kind == "tag":
            if self.in_list_title:
                self.tag_list = normal_form(text)
            else:
                block.tag_list = self.tag_list
        for opened in self.marked:
            self.add_mark(opened, len(text))
        if len(text) < self.length and block.marks:
            # Marks of white space at the end, which is no part of the text.
            end = len(text)
            block.marks = [m._replace(end=min(m.end, end)) for m in block.marks if m.start < end]
        self.blocks.append(block)


@dataclass(slots=True)
class _BlockReader:
    """Walks the tree of an article, and keeps what the open elements say about their text."""

    out: _BlockWriter = field(default_factory=_BlockWriter)
    kind: BlockKind = "unassigned"
    in_slider: bool = False
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The texts that are in no block, by the rule that leaves them out."""

    def read(self, article: LexborNode) -> list[HtmlBlock]:  # noqa: PLR0912  # a call for each node would cost more
        out, parts = self.out, self.out.parts
        above: list[tuple[LexborNode, str, _Open | None]] = []
        node: LexborNode | None = article.first_child
        while node is not None or above:
            if node is None:
                node, name, opened = above.pop()
                if parts and name in _BLOCK_LEVEL:
                    out.flush()
                if opened:
                    self.close(opened)
            elif (name := node.tag or "") == _TEXT:
                text = node.text_content
                if text and (parts or not text.isspace() or "\xa0" in text):
                    self.text(text)
            elif name.startswith("-"):
                check_comment(node)
            else:
                if parts and name in _BLOCK_LEVEL:
                    out.flush()
                attributes = node.attributes
                meaning: tuple[str, ...] = ()
                if attributes or not name.isalnum():
                    check_tag(name, attributes)
                    meaning = _meaning(attributes.get("class") or "")
                if name in _VOID:
                    self.void(name, attributes)
                elif name in _RULES or (meaning and not _RULES.keys().isdisjoint(meaning)):
                    rule = next(_RULES[each] for each in (name, *meaning) if each in _RULES)
                    self.left_out[rule].append(text_left_out(node, name, rule))
                else:
                    has_meaning = meaning or name in _WITH_MEANING or self.in_slider
                    above.append((node, name, self.open(name, attributes, meaning) if has_meaning else None))
                    node = node.first_child
                    continue
            node = node.next
        out.flush()
        return out.blocks

    def text(self, raw: str) -> None:
        text = _with_single_spaces(raw)
        if not self.in_slider:
            self.out.add_text(self.kind, text)
        elif not self.out.caption(text, is_shown=True):
            self.left_out["slides that were shown before"].append(text)

    def void(self, name: str, attributes: Attributes) -> None:
        """An element that has no end: a line break, or a picture of a slide."""
        if name == "br":
            self.out.line_break()
        elif self.in_slider and name == "img":
            self.slide(attributes)

    def open(self, name: str, attributes: Attributes, meaning: tuple[str, ...]) -> _Open:
        opened = _Open(self.kind, self.in_slider)
        if name in _MARKS:
            self.out.start_mark(opened, _MARKS[name])
        elif name == "a":
            self.link(opened, attributes)
        elif name == "time":
            self.out.datetime = attributes.get("datetime")
        elif name == "blockquote" and self.kind == "body":
            self.kind = "pullquote"
        elif name == "h3":
            opened.is_list_title = self.out.in_list_title = True
        for token in meaning:
            if token in _ROLES:
                self.kind = _ROLES[token]
            self.in_slider = self.in_slider or token == _SLIDER
        if self.in_slider:
            self.slide(attributes)
        return opened

    def close(self, opened: _Open) -> None:
        self.out.end_mark(opened)
        if opened.is_list_title:
            self.out.in_list_title = False
        self.kind, self.in_slider = opened.kind, opened.in_slider

    def link(self, opened: _Open, attributes: Attributes) -> None:
        """A link to a person or a country: on the tag or the words that it stands on, the site's id."""
        addresses = " ".join(value for value in attributes.values() if value)
        if person := PERSON_PAGE.search(addresses):
            self.out.tag_id = opened.site_person_id = person[1]
            self.out.start_mark(opened, "person")
        elif country := _COUNTRY.search(addresses):
            self.out.tag_id = country[1]

    def slide(self, attributes: Attributes) -> None:
        texts = (value for name, value in attributes.items() if name in _SLIDE_TEXTS and value)
        for text in dict.fromkeys(map(_with_single_spaces, texts)):
            self.out.caption(text)
