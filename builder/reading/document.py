"""The plain values that pass between the stages."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from schema.text import without_unseen
from schema.vocabularies import SegmentKind

SEPARATOR = re.compile(r"\*(?: ?\*)+")
"""`* * *`: another part of the page follows."""
ELISION = re.compile(r"<\s*(?:…|\.\.\.)\s*>")
"""`<…>`: the page leaves something out."""
DIRECTION = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
"""What stands in parentheses."""
LAYOUT_BREAK = re.compile(
    r"(?<!\s)[^\S\n]*+\n\s*+(?=[,.;:!?%)\]…]|’s?\b|”(?!\w))|(?<=[^\W\d_]-)\n(?=[^\W\d_])(?!(?:and|or|to)\b)"
)
"""A line break that is a layout's and no white space of the author's: it stands before punctuation, or behind the hyphen of a
word, `long-` / `term`."""

Span = tuple[int, int]
"""Where a run of text begins and ends, end exclusive."""
MarkKind = Literal["bold", "italic", "person"]
BlockKind = SegmentKind | Literal["body"]


class Given(NamedTuple):
    """What stands beside a page and not in it, as it is written there: null where nothing does."""

    title: str | None = None
    date: str | None = None
    time: str | None = None
    place: str | None = None
    lead: str | None = None
    url: str | None = None
    id: str | None = None
    """The site's own number of the event."""


NOTHING_GIVEN = Given()


def merged(first: Given, then: Given) -> Given:
    """What is given by one, and where that says nothing by the other."""
    return Given(*(one if one is not None else other for one, other in zip(first, then, strict=True)))


PLAIN, HTML = "text/plain", "text/html"
"""Media types of sources."""


class Source(NamedTuple):
    """One input file whose bytes could be read and decoded."""

    path: str
    """Below the deepest folder common to all inputs, with ``/``."""
    display_path: str
    """As messages name it."""
    sha256: str
    byte_size: int
    media_type: str
    encoding: str
    text: str
    """Byte order mark dropped, line ends as line feeds."""
    url: str | None
    """The page's address, where the hand-kept table beside the file knows it."""
    given: Given = NOTHING_GIVEN
    """What stands beside the page: in the other columns of its row."""
    corrections: Given = NOTHING_GIVEN
    """What the folder's table `metadata.csv`, or the command, says of the page: it wins."""


class Mark(NamedTuple):
    """What a layout knows about a run of a document's text."""

    kind: MarkKind
    start: int
    end: int
    site_person_id: str | None = None


class Block(NamedTuple):
    """A run of a document's text whose role the layout knows, or that belongs to the body.

    A body block is one paragraph; it may hold line breaks that are the layout's and not the author's.
    """

    kind: BlockKind
    start: int
    end: int
    marks: tuple[Mark, ...] = ()


class PersonTag(NamedTuple):
    """A person whom a page's tags name."""

    name: str
    """Family name first, as the site sorts them."""
    site_person_id: str | None = None
    """Where the tag is a link."""


class PageMetadata(NamedTuple):
    """What a page says about itself outside its body. None where its layout does not print it."""

    title: str
    date: dt.date
    time: dt.time | None = None
    place: str | None = None
    language: str = "en"
    lead: str | None = None
    topics: tuple[str, ...] | None = None
    geography: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    """ISO 3166-1 alpha-3 codes, where the tags carry codes; None where `geography` has names alone."""
    persons: tuple[PersonTag, ...] | None = None
    linked_persons: tuple[PersonTag, ...] = ()
    """The persons to whom words of the page are linked, as the site lists them: from the links' hover cards."""
    published_in: tuple[str, ...] | None = None
    event_id: str | None = None
    url: str | None = None
    url_ru: str | None = None
    shows_elisions: bool = False
    """Whether the layout would show a cut (``<…>``) where the page has one."""
    given: tuple[str, ...] = ()
    """The fields whose value stands beside the page and not in it."""


class Document(NamedTuple):
    """A source as its layout reads it: its metadata, and its blocks in order."""

    layout: str
    text: str
    metadata: PageMetadata
    blocks: tuple[Block, ...]
    """Disjoint; what stands between two of them is white space alone, or markup."""
    markup: tuple[Span, ...] = ()
    """Runs of the text that are a tool's marks and not the page's words, disjoint and in order, without line breaks."""
    is_source_text: bool = True
    """Whether its text is the source's own, so that lines of the one are lines of the other."""
    knows_bold: bool = False
    """Whether its marks show all that the page prints in bold: there, a speaker's label is in bold."""

    def line_at(self, offset: int) -> int | None:
        """The line of the source at an offset of the text; None where the two are not the same, as in HTML."""
        return bisect_left(_line_ends(self.text), offset) + 1 if self.is_source_text else None


@lru_cache(maxsize=1)
def _line_ends(text: str) -> list[int]:
    """Where the line feeds of a text stand. A page may have as many problems as lines."""
    return [match.start() for match in re.finditer("\n", text)]


class Segment(NamedTuple):
    """A run of a document's text with its role; a document's segments are contiguous and cover all of it."""

    kind: SegmentKind
    start: int
    end: int
    turn: int | None = None
    """The turn that it belongs to, counted from 0."""
    paragraph: int | None = None


class Turn(NamedTuple):
    """One turn of a speaker, who is not resolved yet."""

    label: str
    note: str | None
    site_person_id: str | None
    """From a link in the label."""
    text: str
    follows_gap: bool | None
    start: int
    end: int


@dataclass(frozen=True)
class Transcript:
    """A document divided into segments and turns."""

    document: Document
    segments: tuple[Segment, ...]
    turns: tuple[Turn, ...]

    def text_of(self, kind: SegmentKind) -> Sequence[str]:
        """The text of each segment of this kind, in order; two that only unseen characters part are one, without these."""
        texts = [self.document.text[start:end] for start, end in self._by_kind.get(kind, ())]
        return [without_unseen(text) for text in texts] if self.document.markup else texts

    @cached_property
    def _by_kind(self) -> Mapping[SegmentKind, Sequence[Span]]:
        spans: dict[SegmentKind, list[Span]] = {}
        before: Segment | None = None
        has_markup = bool(self.document.markup)
        for segment in self.segments:
            if before and before.kind == segment.kind and before.end < segment.start:
                spans[segment.kind][-1] = (spans[segment.kind][-1][0], segment.end)
            elif has_markup and self._is_unseen(segment):
                continue
            else:
                spans.setdefault(segment.kind, []).append((segment.start, segment.end))
            before = segment
        return spans

    def _is_unseen(self, segment: Segment) -> bool:
        """Whether a segment is nothing but characters that do not show."""
        return segment.kind == "furniture" and not without_unseen(self.document.text[segment.start : segment.end])
