"""Pages as plain text from any other tool: a title, a date, and labelled turns where there are any.

title: Meeting with Rupert Hentzau          | President of Ruritania     (the site's menus)
date: 2018-05-04                            | # Meeting with Rupert Hentzau
url: http://en.kremlin.ru/…                 | May 4, 2018, The Castle, Zenda
**Rudolf Elphberg:** Mr Hentzau, …          | Rudolf Elphberg: Mr Hentzau, …   (lines broken at 72 columns)

Anything may stand above the title and below the body; `site.py` lists what is known of it. Metadata that the text does not
give is None. Marks that the tool left in the text are not read; see `markup.py`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from builder.errors import DataError, Problem, quote
from builder.reading.document import Document, PageMetadata, PersonTag, Source
from builder.reading.layouts.dates import DateLine, date_problem, unreadable_date
from builder.reading.layouts.given import read_given
from builder.reading.layouts.lines import SourceLines, TextLine, split_lines
from builder.reading.layouts.one_line import WordsBeside
from builder.reading.layouts.plain_body import body_blocks
from builder.reading.layouts.plain_head import PlainHead, read_head
from builder.reading.layouts.plain_page import PageText, line_blocks
from builder.reading.layouts.plain_tail import read_plain_tail
from builder.reading.layouts.site import known_time
from schema.text import normal_form

NAME = "plain_text"
MARKS = "a title and a date line such as “May 4, 2018” near the top, or head lines such as “title: …” and “date: …”"

_LONGEST_HEAD = 60_000
"""Characters in which title and date stand, menus counted."""


def try_read(lines: SourceLines) -> Document | None:
    """Reads a text with title and date at its top, or one of them in a head line that names it; returns None for any other
    source. Raises `DataError` where the other one is missing."""
    source = lines.source
    # In a longer text than this the top alone decides whether all of it is read.
    is_long = len(source.text) > _LONGEST_HEAD
    top, beside = source.text[:_LONGEST_HEAD], _beside(source, source.given.title)
    page = PageText(top, split_lines(top) if is_long else lines.lines, beside)
    head = read_head(page)
    if not head.fields.keys() & {"title", "date"} and not (head.title and head.when):
        return None
    if is_long:
        page = PageText(source.text, lines.lines, beside)
        head = read_head(page)
    if not head.title or not head.when:
        raise DataError(_missing(source, head, page.lines))
    return _document(source, page, head, head.title, head.when)


def complete(lines: SourceLines, title: str | None, date: dt.date | None) -> Document | None:
    """Reads a text that lacks its title, its date or both, with those that stand beside it; None where one is lacking still."""
    page = PageText(lines.source.text, lines.lines, _beside(lines.source, title))
    head = read_head(page)
    taken: tuple[str, ...]
    when = DateLine(date) if date else None
    if head.when and (head.title or title):
        # The date heads the text, and what a text begins with is no title then.
        taken = () if head.title else ("title",)
        document = _document(lines.source, page, head, head.title or title or "", head.when)
    elif title and when:
        head = _title_alone(page, title)
        taken = ("date",) if head.title else ("date", "title")
        document = _document(lines.source, page, head, title, when)
    else:
        return None
    return document._replace(metadata=document.metadata._replace(given=taken))


def _beside(source: Source, title: str | None) -> WordsBeside:
    return WordsBeside(title, source.given.place, is_dated=bool(source.given.date))


def _title_alone(page: PageText, title: str) -> PlainHead:
    """The head of a text that has none, but may print its title again."""
    first = page.lines[0] if page.lines else None
    if first is None or first.text != normal_form(title):
        return PlainHead()
    return PlainHead(title=first.text, end=1, blocks=line_blocks("title", [first]))


def _document(source: Source, page: PageText, head: PlainHead, title: str, when: DateLine) -> Document:
    # On one line the first date may be that of the publication.
    if page.title and source.given.date and (date := read_given(source.given, source.display_path).date):
        when = replace(when, date=date)
    subject = " ".join(filter(None, (title, head.lead or source.given.lead)))
    page.part_asides(head.end, subject)
    tail_start, tail = read_plain_tail(page, head.end)
    blocks = [*head.blocks, *body_blocks(page, head.end, tail_start, subject), *tail.blocks]
    metadata = PageMetadata(
        title=title,
        date=when.date,
        time=known_time(when.date, when.time),
        place=when.place,
        lead=head.lead,
        topics=tail.tags.get("Topics") or None,
        geography=tail.tags.get("Geography") or None,
        persons=tuple(map(PersonTag, tail.tags["Persons"])) if tail.tags.get("Persons") else None,
        published_in=tail.published_in,
        event_id=tail.event_id,
        url=head.url or tail.url,
    )
    placed = tuple(page.in_source(block) for block in sorted(blocks, key=lambda b: b.start))
    return Document(NAME, source.text, metadata, placed, page.markup)


def _missing(source: Source, head: PlainHead, lines: Sequence[TextLine]) -> list[Problem]:
    problems = []
    if not head.title:
        advice = "add a line “title: …” at the top"
        problems.append(
            Problem(source.display_path, "the page's title above its date", "none", advice, line=1, code="no-title")
        )
    if not head.when:
        found = f"none below {quote(head.title)}" if head.title else "none"
        if value := head.fields.get("date"):
            found = quote(value.text)
        elif unreadable := unreadable_date(lines):
            return [*problems, date_problem(unreadable, source.display_path, "the date of the event")]
        advice = "add a line “date: YYYY-MM-DD” at the top"
        problems.append(Problem(source.display_path, "the date of the event", found, advice, line=1, code="no-date"))
    return problems
