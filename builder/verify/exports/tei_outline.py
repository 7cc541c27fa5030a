"""A TEI file as a list of what it holds, element by element: so as it is, or so as the tables say that it should be."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from builder.verify.findings import Finding, Place

_UNPRINTABLE = re.compile("[\ufffe\uffff]")
_SHORT = {
    "{http://www.tei-c.org/ns/1.0}": "",
    "{http://www.w3.org/2001/XInclude}": "xi:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
}
LINE_BREAK = "\n"
"""What stands between elements where white space is no text."""


def element(tag: str, *content: str | list[str] | None, **attributes: str | None) -> list[str]:
    """An element as the tables state it: its start, what it holds, its end. Null attributes and content are not there.

    `_` in an attribute's name stands for a colon. Pieces of text that nothing parts are one.
    """
    stated = {name.replace("_", ":"): printable(value) for name, value in attributes.items() if value is not None}
    outline = [_start(tag, stated)]
    text = ""
    for part in content:
        if isinstance(part, str):
            text += part
        elif part:
            outline += [*_text(printable(text)), *part]
            text = ""
    return [*outline, *_text(printable(text)), f"</{tag}>"]


def outline_of(content: bytes) -> list[str]:
    """What a file holds."""
    parser = XMLParser(target=TreeBuilder(insert_comments=True, insert_pis=True))
    parser.feed(content)
    return list(_outline(parser.close()))


def differences(place: Place, expected: list[str], found: list[str]) -> Iterator[Finding]:
    """The first thing in which a file is not what the tables say: after a lost element all that follows differs."""
    for number, (one, other) in enumerate(zip_longest(expected, found)):
        if one != other:
            around = next((line for line in reversed(expected[: number + 1]) if line.startswith("<u ")), "")
            yield place.differs(around, one, other)
            return


def printable(text: str) -> str:
    """A text without what XML cannot hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _outline(part: Element) -> Iterator[str]:
    if not isinstance(part.tag, str):
        yield "a comment or instruction"
        return
    tag = _short(part.tag if part.tag.startswith("{") else f"{{}}{part.tag}")
    yield _start(tag, {_short(name): value for name, value in part.items()})
    yield from _text(part.text)
    for inner in part:
        yield from _outline(inner)
        yield from _text(inner.tail)
    yield f"</{tag}>"


def _start(tag: str, attributes: dict[str, str]) -> str:
    return "<" + " ".join([tag, *(f'{name}="{attributes[name]}"' for name in sorted(attributes))]) + ">"


def _text(text: str | None) -> list[str]:
    return [] if text in (None, "", LINE_BREAK) else [f"text: {text}"]


def _short(name: str) -> str:
    namespace, brace, local = name.rpartition("}")
    return _SHORT.get(namespace + brace, namespace + brace) + local
