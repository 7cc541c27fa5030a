"""What a meeting's row says of its page, against the page's own words: its segments.

The layouts whose text is the site's own print each fact in a segment of its own. Plain text from another tool may have marks
in the middle of a word, or title and date on one line: there the words are compared without their white space.

Lines with a date, a time or a status are read by the code that reads pages (`dates`, `lines`, `site`), which knows hundreds of
spellings. What is checked here is that the row says what the line says.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from builder.lexicon.countries import country_code
from builder.package.descriptor import LANGUAGES
from builder.reading.document import LAYOUT_BREAK
from builder.reading.layouts.dates import DateLine, read_clock, read_date_line
from builder.reading.layouts.lines import TextLine
from builder.reading.layouts.site import StatusLine, as_printed, known_time, read_status
from builder.verify.findings import Finding, Place, Row, same, shown
from builder.verify.package_rows import Meeting, squeezed
from builder.verify.stated import ACCESSIBLE_TEXT, COLUMN_OF_TAGS, HTML, MAIN_TEXT, PLAIN
from schema.events import event_id_of
from schema.excerpts import is_excerpt_of
from schema.kinds import kind_of
from schema.text import join_paragraphs, normal_form

SHOWING_CUTS = frozenset({HTML, MAIN_TEXT})
"""The layouts that print tags and the publication status, and show a cut where the page has one."""
_OF_TAGS = (*COLUMN_OF_TAGS.values(), "countries", "published_in")
_NOTHING: Sequence[str] = ()

Texts = Mapping[str, Sequence[str]]
"""The raw text of a page's segments, by their kind, in order."""


def facts(meeting: Row, rows: Meeting) -> Iterator[Finding]:
    """What is wrong with a meeting's row, by the segments of its page. What stands beside the page, no segment has."""
    given = (rows.source["given"] if rows.source else None) or ()
    yield from (finding for finding in _facts(meeting, rows) if finding.column not in given)
    for column in given:
        if meeting.get(column) is None:
            expected = f"the {column} that sources.given names"
            where = Place("meetings", f"{meeting['meeting_id']}")
            yield where.says(
                f"{column}: expected {expected}, found none", column=column, expected=expected, found="none"
            )


def _facts(meeting: Row, rows: Meeting) -> Iterator[Finding]:
    layout, texts = rows.layout, rows.texts
    where = Place("meetings", f"{meeting['meeting_id']}")
    # In plain text a tool's marks may part a line of the status: there no rule below reads it line by line.
    status = [line for text in texts.get("status", _NOTHING) if (line := read_status(normal_form(text)))]
    yield from same(where, "kind", kind_of(meeting["title"], meeting["published_in"]), meeting["kind"])
    if meeting["language"] not in LANGUAGES:
        yield where.says(
            f"language: expected {' or '.join(LANGUAGES)}, found {shown(meeting['language'])}", column="language"
        )
    is_excerpt = is_excerpt_of(meeting["title"], lambda kind: texts.get(kind, _NOTHING), layout in SHOWING_CUTS)
    yield from same(where, "is_excerpt", is_excerpt, meeting["is_excerpt"])
    yield from _head(where, meeting, layout, texts)
    yield from _lists(where, meeting, layout, texts, status)
    has_duplicates = any(row["status"] == "duplicate" for row in rows.sources)
    yield from _addresses(where, meeting, layout, status, has_duplicates)


def _same_words(where: Place, column: str, printed: str, found: str | None, is_plain: bool) -> Iterator[Finding]:
    """A finding where a value is not what the page prints; in plain text, white space is ignored."""
    if is_plain and squeezed(printed) == squeezed(found or ""):
        return
    yield from same(where, column, printed or None, found)


# ---------------------------------------------------------------------------------------------------------------------
# Title, lead, date, time and place


def _head(where: Place, meeting: Row, layout: str | None, texts: Texts) -> Iterator[Finding]:
    is_plain = layout == PLAIN
    yield from _same_words(
        where, "title", normal_form(" ".join(texts.get("title", _NOTHING))), meeting["title"], is_plain
    )
    paragraphs = texts.get("lead", _NOTHING)
    if layout != HTML:
        paragraphs = [LAYOUT_BREAK.sub("", text) for text in paragraphs]
    yield from _same_words(where, "lead", join_paragraphs(paragraphs), meeting["lead"], is_plain)
    dates = [when for text in texts.get("date", _NOTHING) if (when := _date_of(text))]
    # Of HTML the machine-readable date counts, which no segment has.
    if layout != HTML and dates:
        yield from same(where, "date", dates[0].date, meeting["date"])
    elif not texts.get("date") and not is_plain:
        yield where.says("date: expected a segment that prints it, found none", column="date")
    clocks = [clock for text in texts.get("time", _NOTHING) if (clock := read_clock(text))]
    places = [normal_form(text) for text in texts.get("place", _NOTHING)]
    if is_plain:
        yield from _place_and_time_of_plain_text(where, meeting, texts, dates, clocks)
        return
    # The accessible version prints its date line again at the end.
    place = normal_form(" ".join(places)) if layout == HTML else (places or [""])[0]
    yield from same(where, "place", place or None, meeting["place"])
    time = known_time(meeting["date"], clocks[0]) if clocks else None
    if layout == HTML:
        time = known_time(meeting["date"], read_clock(texts["time"][0])) if texts.get("time") else None
    # An announcement's day of publication stands with a time that is not the event's.
    if not (meeting["time"] is None and layout == MAIN_TEXT and _is_announced(texts)):
        yield from same(where, "time", time, meeting["time"])


def _place_and_time_of_plain_text(
    where: Place,
    meeting: Row,
    texts: Texts,
    dates: Sequence[DateLine],
    clocks: Sequence[dt.time],
) -> Iterator[Finding]:
    """Place and time stand in their segments or on a date line, which a tool's marks may have parted."""
    place, time = meeting["place"], meeting["time"]
    of_dates = [*texts.get("date", _NOTHING)]
    printed = squeezed("".join([*of_dates, *texts.get("place", _NOTHING)]))
    if place is None:
        named = next((when.place for when in dates if when.place), "".join(texts.get("place", _NOTHING)))
        yield from same(where, "place", normal_form(named) or None, None)
    elif squeezed(place) not in printed:
        expected = f"what its segments print, {shown(printed)}"
        yield where.says(
            f"place: expected {expected}, found {shown(place)}", column="place", expected=expected, found=place
        )
    known = next((when.time for when in dates if when.time), clocks[0] if clocks else None)
    wanted = known_time(meeting["date"], known) if known else None
    figures = squeezed("".join([*of_dates, *texts.get("time", _NOTHING)]))
    if wanted != time and not (time and f"{time.hour}:{time.minute:02}" in figures):
        yield from same(where, "time", wanted, time)


def _is_announced(texts: Texts) -> bool:
    """Whether a day of publication stands among the lines of the publication status, as on announcements alone."""
    return any(_date_of(text) for text in texts.get("status", _NOTHING))


def _date_of(text: str) -> DateLine | None:
    """The date that a segment prints; null where it is only a part of one."""
    bare = text.strip().rstrip(",")
    line = TextLine(1, 0, len(bare), normal_form(bare), after_blank=True)
    return read_date_line(line)


# ---------------------------------------------------------------------------------------------------------------------
# Tags and publication status


def _lists(
    where: Place, meeting: Row, layout: str | None, texts: Texts, status: Sequence[StatusLine]
) -> Iterator[Finding]:
    if layout == ACCESSIBLE_TEXT:
        for column in _OF_TAGS:
            yield from same(where, column, None, meeting[column])
        return
    yield from _tags(where, meeting, layout, texts.get("tag", _NOTHING))
    yield from _countries(where, meeting, layout)
    if layout == PLAIN:
        yield from _sections_of_plain_text(where, meeting["published_in"], texts.get("status", _NOTHING))
        return
    sections = [line.published_in for line in status if line.published_in is not None]
    # Text layouts take the last such line, HTML the first.
    printed = sections[0 if layout == HTML else -1] if sections else ()
    yield from same(where, "published_in", list(printed), meeting["published_in"])


def _tags(where: Place, meeting: Row, layout: str | None, tags: Sequence[str]) -> Iterator[Finding]:
    if layout == PLAIN:
        yield from _tags_of_plain_text(where, meeting, tags)
    elif layout == HTML:
        # Which list a tag is of, the markup says.
        printed = {*map(normal_form, tags)}
        for column in COLUMN_OF_TAGS.values():
            for value in meeting[column] or ():
                if value not in printed:
                    yield where.says(f"{column}: expected tags that its segments print, found {value!r}", column=column)
    else:
        lists: dict[str, list[str]] = {name: [] for name in COLUMN_OF_TAGS}
        current = next(iter(lists.values()))
        for tag in map(normal_form, tags):
            if tag in lists:
                current = lists[tag]
            else:
                current.append(tag)
        for name, column in COLUMN_OF_TAGS.items():
            yield from same(where, column, lists[name], meeting[column])


def _sections_of_plain_text(where: Place, found: Sequence[str] | None, status: Sequence[str]) -> Iterator[Finding]:
    """The sections stand on a line of the publication status, which a tool may have broken."""
    printed = squeezed("".join(status))
    start = printed.find(_SECTIONS)
    if (found is None) != (start < 0):
        expected = "null" if start < 0 else "what its segments print"
        yield where.says(
            f"published_in: expected {expected}, found {shown(found)}",
            column="published_in",
            expected=expected,
            found=shown(found),
        )
    elif found is not None and squeezed(",".join(found)) not in printed[start:]:
        text = f"published_in: expected what its segments print, {shown(printed[start:])}, found {found}"
        yield where.says(text, column="published_in", expected=shown(printed[start:]), found=str(found))


_SECTIONS = "Publishedinsection"


def _tags_of_plain_text(where: Place, meeting: Row, tags: Sequence[str]) -> Iterator[Finding]:
    """Each tag stands among the segments of tags, and nothing else does but the lists' headings."""
    printed = "".join(map(squeezed, tags))
    length = 0
    # A list's heading may be printed more than once, and a tool's marks may part one: then what else stands there is not told.
    headings = [tag for tag in tags if as_printed(normal_form(tag)) in COLUMN_OF_TAGS]
    whole = {as_printed(normal_form(heading)) for heading in headings}
    for name, column in COLUMN_OF_TAGS.items():
        values = meeting[column]
        if values is None:
            continue
        for value in values:
            length += len(squeezed(value))
            if squeezed(value) not in printed:
                yield where.says(f"{column}: expected tags that its segments print, found {value!r}", column=column)
        if not values or name.casefold() not in printed.casefold():
            yield where.says(
                f"{column}: expected null where its segments print no such list, found {values}", column=column
            )
        elif name not in whole:
            return
    if length + sum(len(squeezed(heading)) for heading in headings) != len(printed):
        columns = ", ".join(COLUMN_OF_TAGS.values())
        yield where.says(f"{columns}: expected all tags that its segments print, found others", column=columns)


def _countries(where: Place, meeting: Row, layout: str | None) -> Iterator[Finding]:
    if meeting["geography"] is None:
        yield from same(where, "countries", None, meeting["countries"])
        return
    # The tags of HTML carry codes of their own.
    if layout != HTML:
        known = list(dict.fromkeys(code for name in meeting["geography"] if (code := country_code(name))))
        yield from same(where, "countries", known, meeting["countries"])


# ---------------------------------------------------------------------------------------------------------------------
# Addresses


def _addresses(
    where: Place, meeting: Row, layout: str | None, status: Sequence[StatusLine], has_duplicates: bool
) -> Iterator[Finding]:
    """The site's number of the event is the one that the page prints, else that of its address, else that of a duplicate."""
    if layout != HTML:
        yield from same(where, "url_ru", None, meeting["url_ru"])
    if layout not in (HTML, PLAIN):
        # Of HTML it may stand in an attribute alone, and other tools' marks may part its line.
        printed = next((line.event_id for line in reversed(status) if line.event_id), None)
        known = printed or event_id_of(meeting["url"])
        if known or not has_duplicates:
            yield from same(where, "event_id", known, meeting["event_id"])
    address = next((line.url for line in reversed(status) if line.url), None)
    if address and layout == MAIN_TEXT:
        yield from same(where, "url", address, meeting["url"])
