"""Saved pages of the site's main version, and their print version: HTML.

The page's markup says what is what, by class: `entry-title`, `read__lead`, `announce_date`, `read__tags`. The text is the
blocks of the page's `article`, in document order, joined by line feeds.
"""

import datetime as dt
import re
from collections.abc import Sequence

from builder.errors import DataError, FormatError, Problem, quote
from builder.lexicon.countries import country_code_of_alpha_2
from builder.reading.document import Block, Document, Mark, PageMetadata, PersonTag
from builder.reading.layouts.captions import long_words
from builder.reading.layouts.cards import read_cards
from builder.reading.layouts.dates import read_clock, read_when
from builder.reading.layouts.html_blocks import HtmlBlock, read_blocks
from builder.reading.layouts.lines import SourceLines, TextLine
from builder.reading.layouts.site import known_time, read_status
from builder.reading.limits import check_text, checked_article
from schema.events import EVENT_NUMBER, own_address
from schema.text import find_unseen, join_paragraphs, normal_form, without_unseen

NAME = "html"
MARKS = "an HTML page with the site's <article> and its title (class “entry-title”)"


def try_read(page: SourceLines) -> Document:
    """Reads a saved page. Raises `DataError` where it has no title or no date, is too large, or would lose text."""
    source = page.source
    start, end = _article(source.text)
    markup = checked_article(source.text[start:end], source.display_path)
    try:
        blocks = read_blocks(markup)
    except FormatError as error:
        raise DataError([_problem(source.display_path, error.expected, error.found, "text-lost")]) from None
    if quotations := [block for block in blocks if block.kind == "pullquote"]:
        _find_speech(quotations, blocks)
    text = "\n".join(block.text for block in blocks)
    check_text(text, source.display_path)
    placed: list[Block] = []
    position = 0
    for block in blocks:
        end = position + len(block.text)
        marks = (
            tuple(Mark(m.kind, m.start + position, m.end + position, m.site_person_id) for m in block.marks)
            if block.marks
            else ()
        )
        placed.append(Block(block.kind, position, end, marks))
        position = end + 1
    unseen = find_unseen(text)
    if unseen:
        for block in blocks:
            block.text = without_unseen(block.text)
    metadata = _metadata(blocks, source.text[:start] or source.text, markup, source.display_path)
    return Document(NAME, text, metadata, tuple(placed), unseen, is_source_text=False, knows_bold=True)


_REPEATED = 0.9
"""Of a pull quote's longer words, the share that stands in the body too, at least."""


def _find_speech(quotations: Sequence[HtmlBlock], blocks: Sequence[HtmlBlock]) -> None:
    """A `<blockquote>` is a pull quote, which repeats words of the page; where it does not, it is speech."""
    said = {word for block in blocks if block.kind == "body" for word in long_words(block.text)}
    for block in quotations:
        words = long_words(block.text)
        if len(words & said) < _REPEATED * len(words):
            block.kind = "body"


def _article(text: str) -> tuple[int, int]:
    """Where a page's article stands. It alone is parsed, where there is one: the rest of the page is the site's menus."""
    for name in ("article", "ARTICLE"):
        start = text.find("<" + name)
        if start >= 0:
            # Where no tag ends it, the search is for one in the last character: it goes to the end of the text either way.
            end = text.find(">", text.rfind("</" + name, start)) + 1
            return start, end or len(text)
    return 0, len(text)


# ---------------------------------------------------------------------------------------------------------------------
# Metadata

_EVENT = re.compile(rf"""<\w+\b[^>]*\bid=["']?event-(?P<event_id>{EVENT_NUMBER})""", re.IGNORECASE)
_IS_ADDRESS = re.compile(r"""property=["']?og:url\b""")
_ADDRESS = re.compile(r"""\bcontent=["']?(?P<url>https?://[^"'\s>]+)""")
_IS_FULL = re.compile(r"https?://.")
_IS_RUSSIAN = re.compile(r"""hreflang=["']?ru\b""")
_RUSSIAN = re.compile(r"""\bhref=["']?(?P<url>[^"'\s>]*)""")


def _metadata(blocks: Sequence[HtmlBlock], head: str, article: str, path: str) -> PageMetadata:
    """The page's metadata: from the blocks of its article, and from the links and addresses above the article."""
    by_kind: dict[str, list[HtmlBlock]] = {}
    for block in blocks:
        by_kind.setdefault(block.kind, []).append(block)
    title = normal_form(" ".join(b.text for b in by_kind.get("title", ())))
    problems = []
    if not re.search(r"[^\W_]", title):
        problems.append(_problem(path, "the title (class “entry-title”)", "none", "no-title"))
    dates = by_kind.get("date", ())
    date = _date(dates)
    if date is None:
        found = quote(" ".join(b.text for b in dates)) if dates else "none"
        problems.append(
            _problem(path, "the date of the event (class “read__published” or “announce_date”)", found, "no-date")
        )
    if problems or date is None:
        raise DataError(problems)
    time = read_clock(by_kind["time"][0].text) if "time" in by_kind else None
    place = normal_form(" ".join(b.text for b in by_kind.get("place", ()))) or None
    status = [line for b in by_kind.get("status", ()) if (line := read_status(normal_form(b.text)))]
    event = _EVENT.match(article)
    event_id = event["event_id"] if event else next((line.event_id for line in status if line.event_id), None)
    printed = next((line.url for line in status if line.url), None)
    address = _ADDRESS.search(_tag_with(_IS_ADDRESS, "meta", head))
    url = own_address(address["url"]) if address else printed
    tags = by_kind.get("tag", ())
    codes = [code for b in tags if b.tag_list == "Geography" and (code := _country(b))]
    return PageMetadata(
        title=title,
        date=date,
        time=known_time(date, time),
        place=place,
        lead=join_paragraphs(b.text for b in by_kind.get("lead", ())) or None,
        topics=_tags(tags, "Topics"),
        geography=_tags(tags, "Geography"),
        countries=tuple(dict.fromkeys(codes)),
        persons=tuple(PersonTag(normal_form(b.text), b.tag_id) for b in tags if b.tag_list == "Persons"),
        linked_persons=read_cards(article),
        published_in=next((line.published_in for line in status if line.published_in is not None), ()),
        event_id=event_id,
        url=url,
        url_ru=_russian_address(head, url),
        shows_elisions=True,
    )


def _problem(path: str, expected: str, found: str, code: str) -> Problem:
    return Problem(path, expected, found, "save the page again, as HTML, from the site's main version", code=code)


def _date(blocks: Sequence[HtmlBlock]) -> dt.date | None:
    """The day of the event: an announcement's own, else the page's; the machine-readable one where there is one."""
    for block in sorted(blocks, key=lambda b: not b.text.startswith("Announcement")):
        if block.datetime:
            try:
                return dt.date.fromisoformat(block.datetime[:10])
            except ValueError:
                pass
        if when := read_when(TextLine(1, 0, len(block.text), block.text, True), block.text):
            return when.date
    return None


def _country(block: HtmlBlock) -> str | None:
    return country_code_of_alpha_2(block.tag_id) if block.tag_id else None


def _tags(blocks: Sequence[HtmlBlock], name: str) -> tuple[str, ...]:
    return tuple(normal_form(b.text) for b in blocks if b.tag_list == name)


def _tag_with(attribute: re.Pattern[str], name: str, markup: str) -> str:
    """The first tag of this name with an attribute, whichever of its attributes stands first; empty where there is none."""
    start = looked = 0
    for found in attribute.finditer(markup):
        start = max(start, markup.rfind("<", looked, found.start()))
        looked = found.end()
        if markup[start + 1 : start + 1 + len(name)].lower() == name:
            return markup[start : markup.find(">", found.end()) + 1]
    return ""


def _russian_address(head: str, url: str | None) -> str | None:
    """The Russian original's address, where the page links to one; its own host where saving rewrote the link."""
    link = _RUSSIAN.search(_tag_with(_IS_RUSSIAN, "link", head))
    if not link:
        return None
    if _IS_FULL.match(link["url"]):
        return own_address(link["url"])
    return url.replace("//en.kremlin.ru/", "//kremlin.ru/") if url else None
