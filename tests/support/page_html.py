"""Reads the page with Python's own parser of HTML: another than the one that `verify` reads it with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"meta", "link", "br", "input"}


@dataclass
class Element:
    """An element, with what it holds in order."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *, tag: str = "", of: str = "") -> list["Element"]:
        """The elements below with this tag and class."""
        return [item for item in self.walk() if (not tag or item.tag == tag) and (not of or of in item.classes)]

    def one(self, *, tag: str = "", of: str = "") -> "Element":
        """The only such element."""
        (found,) = self.all(tag=tag, of=of)
        return found

    def by_id(self, name: str) -> "Element":
        """The only element with this id."""
        (found,) = [item for item in self.walk() if item.attributes.get("id") == name]
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in _VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"{closed.tag} is closed by {tag}"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(path: Path) -> Element:
    """The page in a file. Fails where an element is not closed."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    (root,) = reader.open
    return root


def said(turn: Element) -> str:
    """What is said in a turn, its paragraphs parted by a blank line."""
    paragraphs = [
        "".join(span.text for span in p.walk() if span.classes & {"speech", "insertion"}) for p in turn.all(of="said")
    ]
    return "\n\n".join(" ".join(text.split()) for text in paragraphs)


def source_of(article: Element) -> str:
    """The text of a meeting's source: all its segments."""
    spans = [span for span in article.one(of="text").all(tag="span") if not span.classes & _NOT_OF_THE_SOURCE]
    return "".join(span.text for span in spans)


_NOT_OF_THE_SOURCE = {"at", "name", "office", "state", "turn-note"}
