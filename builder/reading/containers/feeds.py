"""Feeds of the site, Atom or RSS: a page an entry."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.etree.ElementTree import fromstring as parse

from builder.files import open_regular
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member, NoPagesError
from builder.reading.document import Given
from builder.reading.limits import MAX_FILE_BYTES
from schema.events import event_id_of

_NO_EVENT = LeftOut("entries of no event")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTENTS = ("content", "encoded")
_SUMMARIES = ("summary", "description")
_DATES = ("published", "pubDate", "date", "issued", "updated")


class FeedFile:
    """A feed that was saved."""

    def __init__(self, file: str) -> None:
        with open_regular(file) as raw:
            self._entries = entries_of(raw.read(MAX_FILE_BYTES + 1))

    def members(self) -> Iterator[Member | LeftOut]:
        """Its entries, in their order."""
        for number, entry in enumerate(self._entries):
            yield Member(f"#{number + 1}", (number,)) if is_of_event(entry) else _NO_EVENT

    def read(self, member: Member) -> Content:
        """The content of one entry."""
        return entry_content(self._entries[member.place[0]])

    def close(self) -> None:
        """Leaves the entries."""
        self._entries = []


def entries_of(data: bytes) -> list[Element]:
    """The entries of a feed. Raises `ContainerError`."""
    if len(data) > MAX_FILE_BYTES:
        raise ContainerError(f"a feed of at most {MAX_FILE_BYTES:,} bytes", "more", "save it in parts")
    if _DECLARES.search(data):
        raise NoPagesError("a feed", "XML that declares a document type", "save the feed again")
    try:
        root = parse(data, XMLParser())
    except (ParseError, ValueError, LookupError) as error:
        raise ContainerError("a feed that can be read", str(error), "save it again") from None
    if _name(root) not in ("feed", "rss", "RDF"):
        raise NoPagesError("a feed, Atom or RSS", f"XML with the root <{_name(root)}>", "write a table as CSV or JSON")
    return [element for element in root.iter() if _name(element) in ("entry", "item")]


def is_of_event(entry: Element) -> bool:
    """Whether an entry is a page of an event, and not of a document or a photo album."""
    return event_id_of(_address(entry)) is not None


def entry_content(entry: Element) -> Content:
    """The words of an entry, and what stands beside them."""
    content, summary = _first(entry, _CONTENTS), _first(entry, _SUMMARIES)
    lead = summary if content else None
    given = Given(
        title=_first(entry, ("title",)),
        date=_first(entry, _DATES),
        lead=re.sub(r"<[^<>]*>", " ", lead) if lead else None,
        url=_address(entry),
    )
    return Content((content or summary or "").encode("utf-8"), given, is_html=True)


def _name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _first(entry: Element, names: tuple[str, ...]) -> str | None:
    """The text of the first of these elements that has any."""
    texts = {_name(child): "".join(child.itertext()).strip() for child in reversed(entry)}
    return next((texts[name] for name in names if texts.get(name)), None)


def _address(entry: Element) -> str | None:
    """The address of an entry's page."""
    links = [child for child in entry if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
    addresses = [link.get("href") or (link.text or "").strip() for link in links]
    return next(filter(None, addresses), None) or _first(entry, ("guid", "id"))
