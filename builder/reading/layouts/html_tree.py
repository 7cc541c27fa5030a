"""The tree that the parser builds of an article, and what must be true of it and of the blocks that are read from it.

A parser reads whatever it is given: a quotation mark too many makes it take text for an attribute, and a tag without an end
makes it leave out the rest. It says nothing then, so it is asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.errors import FormatError, quote
from schema.text import squeezed

Attributes = Mapping[str, str | None]

_END = "end-of-article"
"""An element that is put at the end of the article. Where the parser does not see it there, a tag, a comment or an element
before it does not end where the page meant it to."""
_TAG = re.compile(r"</?[a-z!]", re.IGNORECASE)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that go on in the next ones until they are ended, and need not be."""
_SHOWN = 20
"""Characters of a broken tag that a message shows."""
_HOLD_MARKUP = ("data-", "srcdoc")
"""Attributes that may hold markup begin so: the site keeps its hover cards in one, what saves a page the frames in it."""
_BROKEN_NAME = re.compile("[\"'<]")
"""What no element's and no attribute's name holds, unless a sign is missing or is one too many."""
_BROKEN_TAG = re.compile(r"""<(?:/(?![a-zA-Z][\w:-]*+\s*+(?:>|\Z))|["']|(?:!(?!--)|\?)[^<>]*+<)""")
"""What the parser takes for something else than a tag, or passes over.

| Text                          | Is taken for                                     |
|-------------------------------|--------------------------------------------------|
| `</p Yes.</p>`, `</ p>`       | an end tag with attributes, a comment            |
| `<"p>`                        | text                                             |
| `<! words</p>`, `<? words<p>` | a comment up to the next tag                     |
"""
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote".split())
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6])[\s>]", re.IGNORECASE)
_OF_TEXT_ALONE = frozenset("script style iframe noembed noframes template".split())
"""Elements in whose content the parser sees no elements."""
_MOST_CHARACTERS = {"controls": 60, "hover cards": 400}
"""More than a button says, or a card: the longest of the sample has 141. A `<noscript>` asks for scripts, or says nothing."""


class TextOfBlock(Protocol):
    """A block, as far as its text is counted."""

    text: str
    is_shown: bool


def parse(markup: str) -> LexborNode:
    """The element that holds an article.

    Raises `FormatError` where its end shows that the parser has taken some of the page for something else.
    """
    end = max(markup.rfind("</article"), markup.rfind("</ARTICLE"))
    if end < 0 and markup[: len("<article")].lower() == "<article":
        raise FormatError("an article that ends", "one that breaks off")
    if broken := _BROKEN_TAG.search(markup):
        raise FormatError("whole tags", quote(markup[broken.start() : broken.end() + _SHOWN]))
    marked = f"{markup[:end]}<{_END}></{_END}>{markup[end:]}" if end >= 0 else f"{markup}<{_END}>"
    body = LexborHTMLParser(marked).body
    if body is None or (found := body.css_first(_END)) is None:
        raise FormatError("markup that goes on to its end", "a tag, a comment or a script without an end")
    parent = found.parent
    while parent is not None and parent.tag in _FORMATTING:
        parent = parent.parent
    if end >= 0 and parent is not None and parent.tag not in ("article", "body"):
        raise FormatError("elements that end before the article does", f"<{parent.tag}> without an end")
    return body


def check_tag(name: str, attributes: Attributes) -> None:
    """Checks one tag.

    Raises `FormatError` where it is broken, or where an attribute holds text of the page, because a quotation mark is missing
    or is one too many.
    """
    if not name.isalnum() and _BROKEN_NAME.search(name):
        raise FormatError("whole tags", quote(f"<{name}"))
    for attribute, value in attributes.items():
        if "<" in attribute:
            raise FormatError("whole tags", quote(f"<{name} {attribute}"))
        # What goes on beyond its tag holds the end of the tag, and then another one.
        if value and "<" in value and ">" in value and _TAG.search(value, value.index(">")):
            if attribute.startswith(_HOLD_MARKUP) and not any(map(_BROKEN_NAME.search, attributes)):
                continue
            found = f"markup in the attribute {attribute} of <{name}>: a quotation mark without its pair"
            raise FormatError("attributes without markup", found)


def check_comment(node: LexborNode) -> None:
    """Raises `FormatError` for a comment that holds paragraphs: its own end is missing."""
    _refuse_paragraphs("a comment", bool(_PARAGRAPH.search(node.html or "")))


def text_left_out(node: LexborNode, name: str, rule: str) -> str:
    """The text of an element whose text is none of the page's, by this rule.

    Raises `FormatError` where it holds paragraphs or more text than such an element does: then its own end is missing, and what
    follows was taken for a part of it.
    """
    holds_paragraphs = name in _OF_TEXT_ALONE and bool(_PARAGRAPH.search(node.html or "", 1))
    for inner in node.traverse():
        check_tag(inner.tag or "", inner.attributes)
        holds_paragraphs = holds_paragraphs or inner.tag in _PARAGRAPHS
    _refuse_paragraphs(f"<{name}>", holds_paragraphs)
    text = node.text(deep=True)
    most = _MOST_CHARACTERS.get(rule)
    if name == "noscript" and "script" not in text.casefold():
        most = 0
    if most is not None and _count(text) > most:
        raise FormatError(f"at most {most} characters in <{name}>", f"{_count(text):,}: its end is missing")
    return text


def _refuse_paragraphs(what: str, holds_paragraphs: bool) -> None:
    if holds_paragraphs:
        raise FormatError("text of the page outside scripts, cards, buttons and comments", f"paragraphs in {what}")


def check_nothing_lost(
    article: LexborNode, blocks: Iterable[TextOfBlock], left_out: Mapping[str, Sequence[str]]
) -> None:
    """Raises `FormatError` unless the text of the blocks, and what is left out by rule, is all that the parser itself sees."""
    seen = article.text(deep=True)
    in_blocks = "\n".join(block.text for block in blocks if block.is_shown)
    texts = {rule: "\n".join(texts) for rule, texts in left_out.items()}
    # Nearly always that is shown by the commonest white space alone, which takes less time.
    if len(squeezed(seen)) == len(squeezed(in_blocks)) + sum(len(squeezed(text)) for text in texts.values()):
        return
    counts = {rule: _count(text) for rule, text in texts.items()}
    if _count(seen) != _count(in_blocks) + sum(counts.values()):
        rules = "".join(f", {count:,} in {rule}" for rule, count in sorted(counts.items()))
        raise FormatError(f"the article's {_count(seen):,} characters in its blocks", f"{_count(in_blocks):,}{rules}")


def _count(text: str) -> int:
    """Characters, but for white space."""
    return len("".join(text.split()))
