"""The blocks of a page's HTML: its text, what the markup says of each block, and what is in bold, in italics or a link."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from builder.reading.document import BlockKind, Mark, MarkKind
from builder.reading.layouts.captions import SLIDE_COUNT
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


_RAW = "(?:script|style|iframe|noembed|noframes)"
_TOKEN = re.compile(
    r"([^<]*+)(?:<p>([^<]++)</p>|"
    rf"<{_RAW}[ >].*?(?:</{_RAW}>|\Z)|"
    r'<(/?)([a-zA-Z][^\s/>]*+)([^>"]*+(?:"[^"]*+(?:"|\Z)[^>"]*+)*+)(?:>|\Z)|'
    r"<!--.*?(?:-->|\Z)|<|$)",
    re.DOTALL,
)
"""Text, and what stands behind it: a paragraph of nothing but text, as most are, or a tag: `/` of an end tag, its name, its
attributes. The parser writes them in one form only. The content of a script or the like is no markup, and is
skipped with its tags, as comments are.
"""
_PLAIN = re.compile(r"<(/?)(?:plaintext|xmp)(?![^\s/>])", re.IGNORECASE)
"""Obsolete elements whose text the parser does not escape, so that it would look like markup."""
_DATETIME = re.compile(r' datetime="([^"]*)"')
_CLASS = re.compile(r' class="([^"]*)"')
_COUNTRY = re.compile(r"countries/([A-Z]{2})\b")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCK_LEVEL = frozenset(
    """
    address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section table tbody td tfoot th thead tr ul video
    """.split()
)
_UNSEEN = frozenset("template noscript button".split())
_MARKS: dict[str, MarkKind] = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_WITH_MEANING = frozenset({*_MARKS, *_UNSEEN, "a", "time", "blockquote", "h3"})
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
_HOVER_CARD = "read__tooltip"
_SLIDER = "slider"
_COPY_OF_SLIDE = "cycle-sentinel"
"""One of the slides, which the page's script repeats before all others and a browser saves with them."""
_SLIDE_TEXT = re.compile(r' (?:data-cycle-desc|data-text|alt)="([^"]*)"')
_MEANINGFUL = frozenset({*_ROLES, _HOVER_CARD, _SLIDER, _COPY_OF_SLIDE})


@dataclass(slots=True)
class _Open:
    """An open element that means something, and the state to return to at its end."""

    kind: BlockKind
    unseen: bool
    in_slider: bool
    is_list_title: bool = False
    mark: MarkKind | None = None
    site_person_id: str | None = None
    start: int = 0
    """Where its mark begins in the current block."""


def read_blocks(markup: str) -> list[HtmlBlock]:
    """The blocks of an article in document order: each block's text nodes, white-space runs but no-break spaces as one
    space, `<br>` as a line break, inline markup never a break; without hover cards; each distinct caption of a slide once.
    """
    return _BlockReader().read(markup)


def _normalised(markup: str) -> str:
    """Markup as the parser writes what it understood: every element closed, every sign of text escaped."""
    article = LexborHTMLParser(markup).body
    html = (article.html if article is not None else None) or ""
    if "<plaintext" in html or "<xmp" in html:
        return _normalised(_PLAIN.sub(r"<\1pre", markup)) if _PLAIN.search(markup) else html
    return html


@lru_cache(maxsize=1024)
def _meaning(raw_attributes: str) -> tuple[str, ...]:
    """Those of an element's classes that mean something; the same few elements make up every page."""
    css_class = _CLASS.search(raw_attributes)
    return tuple(token for token in css_class[1].split() if token in _MEANINGFUL) if css_class else ()


def _with_single_spaces(html: str) -> str:
    # As bytes: there only ASCII's white space parts words, a no-break space is none.
    return b" ".join(html.encode().split()).decode()


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

    def caption(self, raw: str) -> None:
        """A slide's caption: a block of its own, once, whether the page shows it or keeps it in an attribute."""
        text = raw.strip(" ")
        if text.strip() and text not in self.captions and not SLIDE_COUNT.fullmatch(text):
            self.captions.add(text)
            self.blocks.append(HtmlBlock("caption", text))

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
        if block.marks:
            end = len(text)
            block.marks = [
                Mark(m.kind, m.start, min(m.end, end), m.site_person_id) for m in block.marks if m.start < end
            ]
        self.blocks.append(block)


@dataclass(slots=True)
class _BlockReader:
    """Walks the normalised markup token by token, and keeps what the open elements say about their text."""

    out: _BlockWriter = field(default_factory=_BlockWriter)
    kind: BlockKind = "unassigned"
    unseen: bool = False
    in_slider: bool = False

    def read(self, markup: str) -> list[HtmlBlock]:
        html = _normalised(markup)
        # Of any run of white space one space is left, and the parser's one entity for the no-break space is resolved,
        # for the page as a whole: that is many times faster than text by text.
        html = _with_single_spaces(html).replace("&nbsp;", "\xa0")
        out, parts = self.out, self.out.parts
        stack: list[_Open | None] = []
        for text, paragraph, end, name, attributes in _TOKEN.findall(html):
            if text and (parts or text != " ") and not self.unseen:
                self.text(text)
            if paragraph:
                self.paragraph(paragraph)
                continue
            if not name:
                continue
            if parts and name in _BLOCK_LEVEL:
                out.flush()
            if end:
                if stack and (opened := stack.pop()):
                    self.close(opened)
            elif name in _VOID:
                self.void(name, attributes)
            elif name in _WITH_MEANING or self.in_slider or ("class=" in attributes and _meaning(attributes)):
                stack.append(self.open(name, attributes))
            else:
                stack.append(None)
        out.flush()
        return out.blocks

    def paragraph(self, raw: str) -> None:
        """A paragraph without markup inside."""
        if self.out.parts:
            self.out.flush()
        if not self.unseen:
            self.text(raw)
        if self.out.parts:
            self.out.flush()

    def text(self, raw: str) -> None:
        text = unescape(raw) if "&" in raw else raw
        if self.in_slider:
            self.out.caption(text)
        else:
            self.out.add_text(self.kind, text)

    def void(self, name: str, raw_attributes: str) -> None:
        """An element that has no end: a line break, or a picture of a slide."""
        if self.unseen:
            return
        if name == "br":
            self.out.line_break()
        elif self.in_slider and name == "img":
            self.slide(raw_attributes)

    def open(self, name: str, raw_attributes: str) -> _Open:
        opened = _Open(self.kind, self.unseen, self.in_slider)
        if name in _MARKS:
            self.out.start_mark(opened, _MARKS[name])
        elif name == "a":
            self.link(opened, raw_attributes)
        elif name == "time":
            datetime = _DATETIME.search(raw_attributes)
            self.out.datetime = datetime[1] if datetime else None
        elif name == "blockquote" and self.kind == "body":
            self.kind = "pullquote"
        elif name == "h3":
            opened.is_list_title = self.out.in_list_title = True
        elif name in _UNSEEN:
            self.unseen = True
        for token in _meaning(raw_attributes):
            if token in _ROLES:
                self.kind = _ROLES[token]
            self.unseen = self.unseen or token in (_HOVER_CARD, _COPY_OF_SLIDE)
            self.in_slider = self.in_slider or token == _SLIDER
        if self.in_slider and not self.unseen:
            self.slide(raw_attributes)
        return opened

    def close(self, opened: _Open) -> None:
        self.out.end_mark(opened)
        if opened.is_list_title:
            self.out.in_list_title = False
        self.kind, self.unseen, self.in_slider = opened.kind, opened.unseen, opened.in_slider

    def link(self, opened: _Open, raw_attributes: str) -> None:
        """A link to a person or a country: on the tag or the words that it stands on, the site's id."""
        if person := PERSON_PAGE.search(raw_attributes):
            self.out.tag_id = opened.site_person_id = person[1]
            self.out.start_mark(opened, "person")
        elif country := _COUNTRY.search(raw_attributes):
            self.out.tag_id = country[1]

    def slide(self, raw_attributes: str) -> None:
        for text in dict.fromkeys(_SLIDE_TEXT.findall(raw_attributes)):
            self.out.caption(unescape(text))
