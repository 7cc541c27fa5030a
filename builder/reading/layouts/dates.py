"""Date lines in any usual written form: `May 4, 2018`, `4 May 2018, 12:30, Zenda`, `2018-05-04T12:30`, `04.05.2018`."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from builder.errors import Problem, quote
from builder.lexicon.vocabulary import SENTENCE_WORDS
from builder.reading.document import Block, BlockKind
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.lines import TextLine
from schema.text import normal_form

Part = tuple[BlockKind, int, int]


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date, time and place that a line gives."""

    date: dt.date
    time: dt.time | None = None
    place: str | None = None
    parts: tuple[Part, ...] = field(default=(), compare=False)
    """What stands where in the line."""

    def blocks(self, line: TextLine) -> tuple[Block, ...]:
        """The line's parts as blocks of the text."""
        return tuple(Block(kind, line.start + start, line.start + end) for kind, start, end in self.parts)


class ImpossibleDateError(ValueError):
    """A date line that names a day or a time that does not exist."""


MONTHS = "January February March April May June July August September October November December".split()
_MONTH = rf"(?P<{{}}>{'|'.join(f'{m[:3]}(?:{m[3:]})?' if m != 'September' else 'Sept?(?:ember)?' for m in MONTHS)})\.?"
_DAY = r"(?P<{}>[0-9]{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{}>[0-9]{{4}})(?![0-9])"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
_DASH = " ?[-–—−] ?"
# One day, or the first of several: `June 13 − 14, 2019`, `June 30 − July 1, 2019`, `December 31, 2019 – January 1, 2020`.
_FORMS = (
    f"{_WEEKDAY}{_MONTH.format('m1')},? {_DAY.format('d1')}"
    f"(?:,? (?P<own1>[0-9]{{4}})(?={_DASH}{_WEEKDAY}(?:{_MONTH.format('x1')}) ))?"
    f"(?:{_DASH}{_WEEKDAY}(?:{_MONTH.format('to1')} )?[0-9]{{1,2}})?,? {_YEAR.format('y1')}",
    f"{_WEEKDAY}{_DAY.format('d2')}(?:(?: of)? {_MONTH.format('from2')},?(?: (?P<own2>[0-9]{{4}}))?(?={_DASH}[0-9]))?"
    f"(?:{_DASH}[0-9]{{1,2}})?(?: of)? {_MONTH.format('m2')},? {_YEAR.format('y2')}",
    r"(?P<y3>[0-9]{4})(?P<s3>[-/.])(?P<m3>[0-9]{1,2})(?P=s3)(?P<d3>[0-9]{1,2})(?![0-9])"
    rf"(?:{_DASH}(?!-)[0-9]{{4}}(?P=s3)[0-9]{{1,2}}(?P=s3)[0-9]{{1,2}})?",
    r"(?P<d4>[0-9]{1,2})\.(?P<m4>[0-9]{1,2})\.(?P<y4>[0-9]{4})(?![0-9])"
    rf"(?:{_DASH}[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}})?",
    r"(?<![0-9])(?P<y5>(?:19|20)[0-9]{2})(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12][0-9]|3[01])(?![0-9])",
)
_DATE = re.compile("|".join(_FORMS), re.IGNORECASE | re.ASCII)
_SPACE = re.compile(r"[^\S ]")
_WORDS = re.compile(r"[^\W_][\w’'-]*")
_HAS_YEAR = re.compile(r"[12][0-9]{3}")
_PREFIX = re.compile(
    r"(?:(?:Announcement|Date(?: of (?:event|publication))?|Published(?: on| at)?|Posted(?: on)?|Event date)[:,]? )?",
    re.IGNORECASE,
)
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
_UNTIL = r"(?:(?: [-–—−] |[–—−])|(?<!T[0-9]{2}:[0-9]{2})-)[0-9]{1,2}:[0-9]{2}"
"""The end of `18:00–20:00`; a hyphen in a tool's own format, `T18:00-03:00`, stands before another clock's difference."""
_TIME = re.compile(
    rf"(?:T|[ ,|•·–—-]{{0,40}}(?:\bat )?){_CLOCK}(?:(?P<seconds>:[0-9]{{2}}(?:[.,][0-9]+)?)|{_UNTIL})?"
    r" ?(?P<half>[ap]\.?m\.?)? ?(?P<zone>Z|(?:UTC|GMT)?[+-][0-9]{2}:?[0-9]{2}|UTC|GMT|MSK|\(?Moscow time\)?)?(?![0-9:])",
    re.IGNORECASE,
)
_OTHER_CLOCK = re.compile(r"Z|(?:UTC|GMT)(?!\+0[34])|-|\+(?!0[34])", re.IGNORECASE)
_SIGNS = " ,|•·–—/-"
_BEHIND = re.compile(r"(?P<signs>[ ,|•·–—/(\[-]*)(?P<place>.*?)(?P<end>[ ,;|/)\]–—-]*\.{0,3}[ )\]]*)$")
_SITE = re.compile(
    r"(?:(?:www\.|en\.)?kremlin(?:\.ru)?|(?:Official )?website of the President of Russia)", re.IGNORECASE
)
_LONGEST = 200
_LINES_KEPT = 256
"""How many lines' results are cached: a page prints its date more than once."""


@cache
def ends_with_date() -> re.Pattern[str]:
    """A date in words at the end of a line."""
    return re.compile(rf"(?:{'|'.join(_FORMS[:2])})$", re.IGNORECASE | re.ASCII)


def read_date_line(line: TextLine) -> DateLine | None:
    """Reads a line that is a date, with or without a time and a place; None where it is none or no such day exists."""
    try:
        return parse_date(line.text)
    except ImpossibleDateError:
        return None


def read_when(line: TextLine, source_text: str) -> DateLine | None:
    """Reads a date line; its parts are those of the line as it stands in the source."""
    try:
        return parse_date(as_it_stands(line, source_text))
    except ImpossibleDateError:
        return None


def as_it_stands(line: TextLine, source_text: str) -> str:
    """A line as it stands in the source, with plain spaces, so that offsets hold."""
    return _SPACE.sub(" ", source_text[line.start : line.end])


@lru_cache(_LINES_KEPT)
def parse_date(text: str, *, ends_with_place: bool = False) -> DateLine | None:
    """Reads a line's text. Raises `ImpossibleDateError` for a date line that names a day that does not exist.

    Where `ends_with_place` is set, all words behind date and comma are the place.
    """
    if len(text) > _LONGEST or not _HAS_YEAR.search(text) or not (found := _DATE.search(text)):
        return None
    above = _words_before(text[: found.start()])
    time = _TIME.match(text, found.end())
    behind = _BEHIND.match(text, time.end() if time else found.end())
    if above is None or behind is None or (above and behind["place"]):
        return None
    is_told = ends_with_place and found.start() == 0 and "," in behind["signs"]
    if behind["place"] and not is_told and not _is_place(normal_form(behind["place"]), behind["signs"].strip(" [")):
        return None
    date = _date(found)
    start, end = behind.span("place")
    if text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end):
        end += 1
    cuts: list[tuple[BlockKind, int]] = [("date", 0)]
    if above:
        first = text.index(above)
        cuts = [("furniture", 0), ("place", first), ("date", first + len(above))]
    cuts += [("time", time.start("hour"))] if time else []
    cuts += [("place", start), ("furniture", end)] if start < end else []
    return DateLine(
        date, _clock(time) if time else None, normal_form(above or text[start:end]) or None, _parts(text, cuts)
    )


_DATE_LIKE = re.compile(r"(?:\D*\b[0-9]{1,2}\b\D+[12][0-9]{3}\b|\D*\b[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\b)")
_LONGEST_DATE = 80
_NEAR = 10


def unreadable_date(lines: Sequence[TextLine]) -> TextLine | None:
    """Of the first lines one that seems to be a date and cannot be read as one: `Mai 4, 2018`, `03/04/2018`."""
    near = (line for line in lines[:_NEAR] if len(line.text) <= _LONGEST_DATE and _DATE_LIKE.match(line.text))
    return next((line for line in near if read_date_line(line) is None), None)


def date_problem(line: TextLine, path: str, expected: str) -> Problem:
    """Why a line that seems to be a date cannot be read as one."""
    try:
        parse_date(line.text)
    except ImpossibleDateError as error:
        found = quote(str(error))
        return Problem(path, "a day that exists", found, "correct it", line=line.number, code="impossible-date")
    advice = "write the date as YYYY-MM-DD, or as May 4, 2018"
    return Problem(path, expected, quote(line.text), advice, line=line.number, code="no-date")


def _parts(text: str, cuts: Sequence[tuple[BlockKind, int]]) -> tuple[Part, ...]:
    spans = [(kind, start, end) for (kind, start), (_, end) in pairwise([*cuts, ("date", len(text))])]
    return tuple((k, a, a + len(text[a:b].rstrip())) for k, a, b in spans if text[a:b].strip())


def _words_before(text: str) -> str | None:
    """The place that stands before a date, empty where none does; None where other words stand there."""
    bare = text.lstrip("([ ")
    words = bare[_PREFIX.match(bare).end() :]  # type: ignore[union-attr]  # matches all
    place = words.strip(_SIGNS)
    if not place or _SITE.fullmatch(place):
        return ""
    is_parted = words.rstrip().endswith(tuple(_SIGNS.strip()))
    return place if is_parted and looks_like_place(place) and not BEGINS_LIKE_HEADING.match(place) else None


def _is_place(words: str, signs: str) -> bool:
    """Whether what stands behind a date is a place; behind a comma or the like it may have words in small letters."""
    if BEGINS_LIKE_HEADING.match(words):
        return False
    return looks_like_place(words) or (bool(signs) and is_place_with_small_words(words))


_PLACE_WORDS = frozenset("a an and at by de du for in near of off on s the upon board".split())
_KINDS_OF_PLACE = frozenset(
    """
    airbase airfield airport area arena base camp cathedral centre church city college cosmodrome district factory field ground
    hall hospital hotel institute island laboratory library memorial monastery museum palace park plant port region residence
    school settlement shipyard site square stadium station street suburb territory theatre town university valley village works
    """.split()
)
"""Words in small letters with which a place ends."""
_LONGEST_PLACE = 100
_NO_PLACE = re.compile(r"[:*<>!?;“”]|[^.)]\.$|,$|^[0-9]+ of [0-9]+$")
_MOST_SMALL_WORDS = 4


def looks_like_place(text: str) -> bool:
    """Whether a line of a head can be a place: short, in capitals but for small words, not a sentence."""
    if len(text) > _LONGEST_PLACE or _NO_PLACE.search(text):
        return False
    words = _WORDS.findall(text)
    return bool(words) and not words[0][0].islower() and all(not w[0].islower() or w in _PLACE_WORDS for w in words)


def is_place_with_small_words(text: str) -> bool:
    """Whether words can be a place though some begin with small letters: `Zenda region, Tarlenheim`, `Zenda airport`."""
    words = _WORDS.findall(text)
    small = [word for word in words if word[0].islower() and word not in _PLACE_WORDS]
    is_aboard = text.casefold().startswith(("on board ", "aboard "))
    if len(text) > _LONGEST_PLACE or _NO_PLACE.search(text) or not words or (words[0][0].islower() and not is_aboard):
        return False
    if len(small) > _MOST_SMALL_WORDS or any(word in SENTENCE_WORDS or word.endswith("ed") for word in small):
        return False
    *wider, last = text.split(", ")
    if wider:
        return looks_like_place(last) and all(part[:1].isupper() or part[:1].isdigit() for part in wider)
    return words[-1] in _KINDS_OF_PLACE or is_aboard


def _date(match: re.Match[str]) -> dt.date:
    """The first day that a match gives."""
    form = next(number for number in "12345" if match["y" + number])
    month = _number(match["m" + form])
    year = int(match["y" + form])
    if form in "12":
        other = match["to1"] if form == "1" else match["from2"]
        if form == "2" and other:
            month, other = _number(other), match["m2"]
        # `December 31 – January 1, 2020`
        own = match["own" + form]
        year = int(own) if own else year - (other is not None and _number(other) < month)
    try:
        return dt.date(year, month, int(match["d" + form]))
    except ValueError:
        raise ImpossibleDateError(match[0]) from None


def _number(month: str) -> int:
    return int(month) if month.isdigit() else 1 + [m[:3] for m in MONTHS].index(month[:3].capitalize())


def read_clock(text: str) -> dt.time | None:
    """The time of day that a text is, of `18:00–20:00` the first; None where it is none."""
    match = _TIME.fullmatch(normal_form(text).rstrip(_SIGNS))
    return _clock(match) if match else None


def impossible_time(text: str) -> str | None:
    """The time that a text is, if there is no such time."""
    match = _TIME.fullmatch(normal_form(text).rstrip(_SIGNS))
    return f"{match['hour']}:{match['minute']}" if match and not _exists(match) else None


def _exists(match: re.Match[str]) -> bool:
    return int(match["hour"]) <= 23 and int(match["minute"]) <= 59


def _clock(match: re.Match[str]) -> dt.time | None:
    """The time of a match on the site's clock. In a tool's own format, midnight means no time is known."""
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    if hour > 23 or minute > 59 or (match["zone"] and _OTHER_CLOCK.match(match["zone"])):
        return None
    by_tool = bool(match["seconds"]) or match[0].startswith("T")
    return None if by_tool and hour == minute == 0 else dt.time(hour, minute)
