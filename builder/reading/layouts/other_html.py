"""HTML that is no page of the site as it is today: a copy in Word or a blog, an entry of a feed, a page of the older sites.

Its markup says nothing of the page's parts. So the text of its blocks, parted by blank lines, is read as text is.
"""

import html
import re

from builder.errors import DataError, FormatError, Problem
from builder.reading.document import Document, Given, Source
from builder.reading.layouts.dates import read_date_line
from builder.reading.layouts.html_blocks import read_blocks
from builder.reading.layouts.lines import TextLine
from builder.reading.limits import check_text, checked_article
from schema.text import normal_form

_PLAIN = "text/plain"
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[[^>]*>|<\?[^>]*>|<(script|style|template|svg|noscript|iframe|button|select|textarea)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_META = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|property|itemprop|content)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TITLES = ("og:title", "dc.title", "headline")
_DATES = ("article:published_time", "datepublished", "dc.date", "date", "pubdate")
_H1 = re.compile(r"<h1\b[^>]*>(.{1,2000}?)</h1", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]*>(.{1,2000}?)</title", re.DOTALL | re.IGNORECASE)
_TIME = re.compile(r"""<time\s(?:[^>]{0,200}?\s)?datetime\s*+=\s*+["']([^"'>]{0,60})""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def as_text(source: Source) -> Source:
    """The text of such a page, with what its head says of it. Raises `DataError` where text would be lost."""
    try:
        blocks = read_blocks(checked_article(_NO_TEXT.sub(" ", _body(source.text)), source.display_path))
    except FormatError as error:
        advice = "save the page again, or as plain text"
        problem = Problem(source.display_path, error.expected, error.found, advice, code="text-lost")
        raise DataError([problem]) from None
    text = "\n\n".join(block.text for block in blocks)
    check_text(text, source.display_path)
    return source._replace(text=text, media_type=_PLAIN)


def as_html(document: Document) -> Document:
    """A document that was read from such a text: its lines are none of the file."""
    return document._replace(is_source_text=False)


def head_facts(page: str) -> Given:
    """Title and date, as the head of a page or its own markup says them."""
    named: dict[str, str] = {}
    for tag in _META.findall(page):
        attributes = {name.lower(): html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if key and attributes.get("content"):
            named.setdefault(key.lower(), attributes["content"])
    titles = [named.get(name) for name in _TITLES] + [_words(pattern.search(page)) for pattern in (_H1, _TITLE)]
    dates = [named.get(name) for name in _DATES] + _TIME.findall(page)[:1]
    return Given(title=next(filter(None, titles), None), date=next(filter(_is_date, dates), None))


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
