"""Lines that a tool wrote above a page's text: `title: Meeting with Rupert Hentzau`, `date: 2018-05-04`, `text: …`."""

import re
from collections.abc import Sequence

from builder.reading.layouts.lines import TextLine
from schema.text import normal_form

_LAST_FIELD = 40
"""The last line, counted from 1, that can be a head line."""
_FIELDS = {
    "title": "title headline heading name subject",
    "date": "date published pubdate publishdate publicationdate publisheddate datepublished datetime day eventdate "
    "publishedon publishedat postdate posted postedon sent",
    "time": "time eventtime",
    "place": "place location venue where",
    "url": "url source link canonical canonicalurl address permalink sourceurl uri href originalurl webpage from",
    "lead": "lead summary description excerpt abstract subtitle",
    "text": "text body content contents transcript fulltext articletext articlebody bodytext maintext speech article",
    "other": "author authors byline by sitename site hostname host website publisher domain categories category tag tags "
    "keywords fingerprint license licence id eventid identifier section sections language lang type image images comments "
    "pagetype filedate modified updated lastmodified updatedtime created createdtime createdat clipped saved captured "
    "accessed retrieved crawled fetched downloaded format extractor encoding charset words wordcount length hash sha256 "
    "draft layout country latitude longitude altitude aliases cssclasses slug weight "
    "to cc bcc replyto messageid inreplyto references mimeversion contenttype contenttransferencoding received returnpath "
    "xmailer",
}
_FIELD_OF = {key: name for name, keys in _FIELDS.items() for key in keys.split()}
FIELD = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,24}?) ?(?::|=|\t)(?![^\s]*//) ?(?P<value>.*)|(?P<bare>https?://\S+)")
_KEY = re.compile(r"[A-Za-z][\w .-]{0,24}?[ \xa0]?[:=\t]\s*")


def field_name(key: str) -> str | None:
    """What a head line's key means: `Publish-Date` is a date; None where it is no key."""
    return _FIELD_OF.get(re.sub(r"[\W_]", "", key).casefold())


def is_field(line: TextLine) -> bool:
    """Whether a line near the top is a head line, by its form and its key: `url: http://…`, `Date: May 4, 2018`."""
    match = FIELD.fullmatch(line.text) if line.number <= _LAST_FIELD else None
    return bool(match and match["key"] and field_name(match["key"]))


def part_text_field(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; where the body stands in a head line, `text: …`, below others, its key is a line of its own."""
    for index, line in enumerate(lines[:_LAST_FIELD]):
        match = FIELD.fullmatch(line.text)
        name = field_name(match["key"]) if match and match["key"] else None
        if name == "text" and index and match and match["value"]:
            key = _KEY.match(text, line.start)
            if key is None:
                break
            end = key.end()
            above = line._replace(end=line.start + len(key[0].rstrip()), text=normal_form(key[0]))
            below = TextLine(line.number, end, line.end, normal_form(text[end : line.end]), False)
            return [*lines[:index], above, below, *lines[index + 1 :]]
        if name == "text" or not (name or (match and match["bare"]) or line.text.startswith("---")):
            break
    return list(lines)
