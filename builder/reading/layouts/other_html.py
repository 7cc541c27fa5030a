"""HTML that is no page of the site as it is today: a copy in Word or a blog, an entry of a feed, a page of the older sites.

Its markup says nothing of the page's parts. So the text of its blocks, parted by blank lines, is read as text is.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from builder.errors import DataError, FormatError, Problem
from builder.reading.document import PLAIN, Block, Document, Given, Source
from builder.reading.layouts.accessible_text import FURNITURE
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.html_blocks import read_blocks
from builder.reading.layouts.lines import TextLine
from builder.reading.layouts.mail_heads import end_of_mail_heads
from builder.reading.layouts.site import TAG_LISTS, is_section_heading
from builder.reading.limits import MAX_TAGS, check_text, checked_article
from schema.events import event_id_of, own_address
from schema.text import normal_form

_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[[^<>]*+>|<\?[^<>]*+>|<(script|style|template|svg|noscript|iframe|button|select|textarea)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_META = re.compile(r"<meta\b[^<>]*+>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|property|itemprop|content)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TITLES = ("og:title", "dc.title", "headline")
_DATES = ("article:published_time", "datepublished", "dc.date", "date", "pubdate")
_H1 = re.compile(r"<h1\b[^<>]*+>(.{1,2000}?)</?h1\b", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*+>(.{1,2000}?)</?title\b", re.DOTALL | re.IGNORECASE)
_TIME = re.compile(r"""<time\s(?:[^>]{0,200}?\s)?datetime\s*+=\s*+["']([^"'>]{0,60})""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PREFORMATTED = re.compile(r"<pre\b[^<>]*>.*?(?:</pre|\Z)", re.DOTALL | re.IGNORECASE)
_TAG_OR_BREAK = re.compile(r"<[^<>]*>|(?<![^\S\n])[^\S\n]*+\n\s*+")
_LINK_START, _LINK_END = "\ue000", "\ue001"
_LINK_STARTS = re.compile(r"<a\b(?=[^<>]*\bhref\b)[^<>]*>", re.IGNORECASE)
_LINK_ENDS = re.compile(r"</a\b", re.IGNORECASE)
_HEADING = re.compile(r"<(h[1-3])\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_LINK_SIGNS = re.compile(f"[{_LINK_START}{_LINK_END}]")
_LINKED = re.compile(f"{_LINK_START}[^{_LINK_START}{_LINK_END}]*{_LINK_END}")
_WORD = re.compile(r"\w")
_LINE = re.compile(r"\S(?:.*\S)?")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright\b|all rights reserved", re.IGNORECASE)
_LINK = re.compile(r"""<(?:link\b|a class="domain)[^<>]{0,2000}>""", re.IGNORECASE)
_NAMES_PAGE = re.compile(r"""\brel=["']?(?:canonical|bookmark)\b|reader-domain""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref=["']?(https?://[^"'<>\s]+)""", re.IGNORECASE)
_BARS = ", ".join(
    (
        *("#wm-ipp-base", "#wm-ipp", "#wm-ipp-print", "#donato", '[id$="google-cache-hdr"]', "#HEADER:has(form)"),
        *(".reader-toolbar", ".reader-domain", ".reader-estimated-time"),
    )
)
"""What the Wayback Machine, a search engine's cache, archive.today and Firefox's reader view put above a page."""
_MARKS_OF_BARS = ("wm-ipp", "google-cache-hdr", 'id="HEADER"', "reader-toolbar")


class Around(NamedTuple):
    """What stands round a page's own text: menus, and the heads of mails."""

    above: str = ""
    below: str = ""


def as_text(source: Source) -> tuple[Source, Around]:
    """The text of such a page, and what stands round it. Raises `DataError` where text would be lost."""
    try:
        page = _PREFORMATTED.sub(_with_breaks, _body(_NO_TEXT.sub(" ", _without_bars(source.text))))
        blocks = read_blocks(checked_article(_with_link_signs(page), source.display_path))
    except FormatError as error:
        advice = "save the page again, or as plain text"
        problem = Problem(source.display_path, error.expected, error.found, advice, code="text-lost")
        raise DataError([problem]) from None
    above, texts, below = _without_menus([block.text for block in blocks])
    text = _joined(texts)
    check_text(_joined([*above, text, *below]), source.display_path)
    start = end_of_mail_heads(text)
    around = Around(_joined([*above, *filter(None, (text[:start].rstrip(),))]), _joined(below))
    return source._replace(text=text[start:], media_type=PLAIN), around


def as_html(document: Document, around: Around) -> Document:
    """A document that was read from such a text, with what stands round it: its lines are none of the file."""
    above, below = (f"{around.above}\n\n" if around.above else ""), (f"\n\n{around.below}" if around.below else "")
    by, end = len(above), len(above) + len(document.text)
    blocks = [
        block._replace(
            start=block.start + by,
            end=block.end + by,
            marks=tuple(mark._replace(start=mark.start + by, end=mark.end + by) for mark in block.marks),
        )
        for block in document.blocks
    ]
    return document._replace(
        text=above + document.text + below,
        blocks=(*_furniture(above, 0), *blocks, *_furniture(below, end)),
        markup=tuple((start + by, end + by) for start, end in document.markup),
        is_source_text=False,
    )


def _furniture(text: str, start: int) -> list[Block]:
    """A block for each line of a text that stands at a place of the page's."""
    return [Block("furniture", start + line.start(), start + line.end()) for line in _LINE.finditer(text)]


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(texts)


def _with_breaks(preformatted: re.Match[str]) -> str:
    """Preformatted text with its line breaks as elements."""

    def element(found: re.Match[str]) -> str:
        if found[0].startswith("<"):
            return found[0]
        return "<br>" if found[0].count("\n") == 1 else "<p>"

    return _TAG_OR_BREAK.sub(element, preformatted[0])


def _with_link_signs(page: str) -> str:
    """A page with a sign at each end of a link, but of one that is a heading."""
    page = _LINK_STARTS.sub(rf"\g<0>{_LINK_START}", _LINK_SIGNS.sub("", page))
    page = _LINK_ENDS.sub(rf"{_LINK_END}\g<0>", page)
    return _HEADING.sub(lambda heading: _LINK_SIGNS.sub("", heading[0]), page)


def _without_menus(texts: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The texts of blocks without the signs at links: the blocks of links above all others, the others, those below them."""
    bare = [_LINK_SIGNS.sub("", text).replace("  ", " ").strip() for text in texts]
    others = [
        index
        for index, text in enumerate(bare)
        if not (_is_of_links(texts[index]) or _COPYRIGHT.match(text)) or text in FURNITURE or _is_date(text)
    ]
    if not others:
        return [], bare, []
    start, end = others[0], others[-1] + 1
    # Dates, the section above the title and the site's lists of tags are links too.
    start -= bool(start and is_section_heading(bare[start - 1]))
    end = len(bare) if bare[end - 1] in TAG_LISTS else end
    return bare[:start], bare[start:end], bare[end:]


def _is_of_links(text: str) -> bool:
    """Whether a block is a menu: nothing but links, and signs between them."""
    return _LINK_START in text and not _WORD.search(_LINKED.sub("", text))


def head_facts(page: str) -> Given:
    """Title, date and address, as the head of a page or its own markup says them."""
    named: dict[str, str] = {}
    for tag in _META.findall(page):
        attributes = {name.lower(): html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key and attributes.get("content"):
            named.setdefault(key.lower(), attributes["content"])
    titles = [named.get(name) for name in _TITLES] + [_words(pattern.search(page)) for pattern in (_H1, _TITLE)]
    dates = [named.get(name) for name in _DATES] + _TIME.findall(page)[:1]
    addresses = [*filter(None, (named.get("og:url"),)), *_addresses(page)]
    if any(own_address(url) != url for url in addresses):
        # The date that a web archive writes is that of its copy.
        dates = []
    url = next(filter(event_id_of, map(own_address, addresses)), None)
    return Given(title=next(filter(None, titles), None), date=next(filter(_is_date, dates), None), url=url)


def _addresses(page: str) -> Iterator[str]:
    """The addresses that a page says are its own."""
    for tag in _LINK.findall(page):
        if _NAMES_PAGE.search(tag) and (href := _HREF.search(tag)):
            yield html.unescape(href[1])


def _without_bars(page: str) -> str:
    """A page without the bars that web archives, caches and readers put above it, which show dates of their own."""
    if not any(mark in page for mark in _MARKS_OF_BARS) or page.count("<") > MAX_TAGS:
        return page
    tree = LexborHTMLParser(page)
    for bar in tree.css(_BARS):
        bar.decompose()
    return tree.html or ""


def _body(page: str) -> str:
    """The part of a page that holds its words: its article, else its body."""
    lowered = page.lower()
    start, end = lowered.find("<article"), lowered.rfind("</article")
    if 0 <= start < end:
        return page[start : page.find(">", end) + 1 or len(page)]
    start, end = lowered.find("<body"), lowered.rfind("</body")
    start = page.find(">", start) + 1 if start >= 0 else max(0, lowered.find("</head>"))
    return page[start : end if end >= start else len(page)]


def _words(match: re.Match[str] | None) -> str | None:
    return normal_form(html.unescape(_TAG.sub(" ", match[1]))) or None if match else None


def _is_date(text: str | None) -> bool:
    return bool(text) and read_date_line(TextLine(1, 0, len(text or ""), normal_form(text or ""), True)) is not None
