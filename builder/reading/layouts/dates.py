"""Date lines in any usual written form: `May 4, 2018`, `4 May 2018, 12:30, Zenda`, `2018-05-04T12:30`, `04.05.2018`."""

import datetime as dt
import re
from dataclasses import dataclass

from builder.reading.layouts.lines import MONTHS, TextLine, looks_like_place
from schema.text import normal_form


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date, time and place that a line gives."""

    date: dt.date
    time: dt.time | None = None
    place: str | None = None


_MONTH = rf"(?P<{{}}>{'|'.join(f'{m[:3]}(?:{m[3:]})?' if m != 'September' else 'Sept?(?:ember)?' for m in MONTHS)})\.?"
_DAY = r"(?P<{}>[0-9]{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{}>[0-9]{{4}})(?![0-9])"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
# One day, or the first of several: `June 13 − 14, 2019`, `June 30 − July 1, 2019`.
_TO = rf"(?: ?[-–—−] ?(?:{_MONTH.format('to')} )?[0-9]{{1,2}})?"
_FORMS = (
    _WEEKDAY + _MONTH.format("m1") + " " + _DAY.format("d1") + _TO + ",? " + _YEAR.format("y1"),
    _WEEKDAY
    + _DAY.format("d2")
    + r"(?: ?[-–—−] ?[0-9]{1,2})?(?: of)? "
    + _MONTH.format("m2")
    + ",? "
    + _YEAR.format("y2"),
    r"(?P<y3>[0-9]{4})(?P<s3>[-/.])(?P<m3>[0-9]{1,2})(?P=s3)(?P<d3>[0-9]{1,2})(?![0-9])",
    r"(?P<d4>[0-9]{1,2})\.(?P<m4>[0-9]{1,2})\.(?P<y4>[0-9]{4})(?![0-9])",
)
_DATE = re.compile("|".join(_FORMS))
ENDS_WITH_DATE = re.compile(rf"(?:{'|'.join(_FORMS[:2])})$")
_PREFIX = re.compile(
    r"(?:(?:Announcement|Date(?: of (?:event|publication))?|Published(?: on| at)?|Posted(?: on)?|Event date)[:,]? )?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:[T,|•·–—-]|,? at)? ?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?P<half>[ap]\.?m\.?)?"
    r" ?(?P<zone>Z|UTC|GMT|MSK|\(?Moscow time\)?|[+-][0-9]{2}:?[0-9]{2})?(?![0-9:])",
    re.IGNORECASE,
)
_BETWEEN = " ,|•·–—/-()"
_OTHER_CLOCK = re.compile(r"Z|UTC|GMT|-|\+(?!0[34])", re.IGNORECASE)
_LONGEST = 200


def read_date_line(line: TextLine) -> DateLine | None:
    """Reads a line that is a date, with or without a time and a place; None where it is none or no such day exists."""
    text = line.text.strip("()[] ")
    if len(text) > _LONGEST or not any(character.isdigit() for character in text):
        return None
    found = _DATE.search(text)
    if not found:
        return None
    date = _date(found)
    before = text[: found.start()]
    before = before[_PREFIX.match(before).end() :]  # type: ignore[union-attr]  # matches all
    time, rest = _time(text[found.end() :])
    if date is None:
        return None
    places = [part.strip(_BETWEEN) for part in (before, rest) if part.strip(_BETWEEN)]
    if len(places) > 1 or (places and not _is_place(places[0], before, rest)):
        return None
    return DateLine(date, time, normal_form(places[0]) if places else None)


def _is_place(place: str, before: str, rest: str) -> bool:
    """Whether what is left of the line is a place, separated from the date by a comma or the like."""
    parted = (
        before.rstrip().endswith(tuple(",|•·–—/-")) if before.strip() else rest.lstrip().startswith(tuple(",|•·–—/-("))
    )
    return parted and looks_like_place(place)


def _date(match: re.Match[str]) -> dt.date | None:
    form = next(number for number in "1234" if match["y" + number])
    month = match["m" + form]
    try:
        number = int(month) if month.isdigit() else 1 + [m[:3] for m in MONTHS].index(month[:3])
        return dt.date(int(match["y" + form]), number, int(match["d" + form]))
    except ValueError:
        return None


def _time(text: str) -> tuple[dt.time | None, str]:
    """The time of day that a text begins with, and the rest of it. In a tool's own format, midnight means no time is known."""
    match = _TIME.match(text)
    if not match:
        return None, text
    rest = text[match.end() :]
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    if hour > 23 or minute > 59 or (match["zone"] and _OTHER_CLOCK.match(match["zone"])):
        return None, rest
    by_tool = match[0].count(":") > 1 or match[0].startswith("T")
    return (None if by_tool and hour == minute == 0 else dt.time(hour, minute)), rest
