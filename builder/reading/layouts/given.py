"""What stands beside a page: in the other columns of its row, or in the table `metadata.csv` of its folder."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from builder.errors import DataError, Problem, quote
from builder.reading.document import NOTHING_GIVEN, Document, Given
from builder.reading.layouts.dates import read_clock, read_date_line
from builder.reading.layouts.lines import TextLine
from builder.reading.layouts.site import known_time
from schema.events import EVENT_NUMBER, event_id_of, own_address
from schema.text import normal_form

_NUMBER = re.compile(EVENT_NUMBER)
_ADDRESS = re.compile(r"(?:(?P<scheme>https?://)|(?=[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}/))\S+")
_SECONDS = re.compile(r"(?P<whole>(?:9|1[0-9])[0-9]{8})(?:[0-9]{3}|[0-9]{6}|[0-9]{9})?(?:\.[0-9]+)?")
_GUESSED = "plain_text"
"""The layout that knows title and date by their place alone."""
_HEAD = 2_000
_LONG_TITLE = 4
"""Words of a title that a text does not have by chance; a shorter one is a line of its own."""


class GivenMetadata(NamedTuple):
    """What stands beside a page, read. Null where nothing does."""

    title: str | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    place: str | None = None
    lead: str | None = None
    url: str | None = None
    event_id: str | None = None

    def complete(self, document: Document) -> Document:
        """A document with what stands beside it where it says nothing itself."""
        metadata = document.metadata
        taken = {name: value for name, value in self._values() if getattr(metadata, name) is None}
        # A number that an address says needs none beside it.
        if event_id_of(taken.get("url") or metadata.url):
            taken.pop("event_id", None)
        return _with(document, taken)

    def correct(self, document: Document) -> Document:
        """A document with what stands beside it, whatever it says itself."""
        return _with(
            document, {name: value for name, value in self._values() if getattr(document.metadata, name) != value}
        )

    def correct_misread(self, document: Document) -> Document:
        """A document with the title and date that stand beside it, where its own title was no more than a guess: the text has
        the title beside it near its top, but somewhere else."""
        metadata = document.metadata
        if document.layout != _GUESSED or not self.title or self.title in normal_form(metadata.title):
            return document
        top = document.text[:_HEAD]
        is_short = len(self.title.split()) < _LONG_TITLE
        if self.title not in (map(normal_form, top.split("\n")) if is_short else normal_form(top)):
            return document
        return _with(document, {"title": self.title} | ({"date": self.date} if self.date else {}))

    def _values(self) -> Iterator[tuple[str, Any]]:
        return ((name, value) for name, value in self._asdict().items() if value is not None)


NOTHING_READ = GivenMetadata()


def _with(document: Document, values: dict[str, Any]) -> Document:
    if not values:
        return document
    given = tuple(dict.fromkeys((*document.metadata.given, *values)))
    return document._replace(metadata=document.metadata._replace(**values, given=given))


def read_given(given: Given, path: str) -> GivenMetadata:
    """Reads what stands beside a page. Raises `DataError` for a date or time that is none.

    A clock with another zone than Moscow's is left out: the site prints Moscow's, and whether a tool that wrote `Z` had moved
    the clock cannot be known.
    """
    if given == NOTHING_GIVEN:
        return NOTHING_READ
    date, time, place = None, None, given.place
    if given.date:
        when = read_date_line(_line(_in_words(given.date.strip())))
        if when is None:
            raise _unreadable(path, "date", "a date such as 2019-04-03 or April 3, 2019", given.date)
        date, place = when.date, place or when.place
        time = known_time(when.date, when.time) if when.time else None
    if given.time and date:
        clock = read_clock(normal_form(given.time))
        if clock is None:
            raise _unreadable(path, "time", "a time such as 18:10", given.time)
        time = known_time(date, clock)
    number = _NUMBER.fullmatch((given.id or "").strip())
    title, place, lead = (
        normal_form(unescape(text)) or None if text else None for text in (given.title, place, given.lead)
    )
    # Many a column `source` holds a name.
    address = _ADDRESS.fullmatch((given.url or "").strip())
    url = own_address(address[0] if address["scheme"] else f"http://{address[0]}") if address else None
    return GivenMetadata(title, date, time, place, lead, url, number[0] if number else None)


def _in_words(date: str) -> str:
    """A date; where it is the seconds since 1970, or a thousandth of these or less, as programs count them, in words."""
    match = _SECONDS.fullmatch(date)
    if match is None:
        return date
    return dt.datetime.fromtimestamp(int(match["whole"]), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(text: str) -> TextLine:
    return TextLine(1, 0, len(text), normal_form(text), after_blank=True)


def _unreadable(path: str, field: str, expected: str, found: str) -> DataError:
    advice = f"correct the {field}, or leave it empty"
    return DataError([Problem(path, expected, f"the {field} {quote(found)}", advice, code="bad-given")])
