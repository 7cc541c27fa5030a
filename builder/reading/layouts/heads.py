"""The head of a page in the site's own text layouts: title, lead, date, time and place, on one line or several."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from builder.errors import DataError, Problem, quote
from builder.lexicon.sentences import reads_as_statement
from builder.lexicon.vocabulary import CONNECTORS
from builder.reading.document import Block
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.captions import long_words
from builder.reading.layouts.dates import (
    DateLine,
    ImpossibleDateError,
    as_it_stands,
    date_problem,
    impossible_time,
    is_place_with_small_words,
    looks_like_place,
    parse_date,
    read_clock,
    read_date_line,
    unreadable_date,
)
from builder.reading.layouts.lines import (
    ENDS_A_SENTENCE,
    TextLine,
    block,
    continues,
    is_cut_label,
    is_label,
    paragraph_blocks,
    without_layout_breaks,
)
from builder.reading.layouts.site import BOX_TITLES, TAG_LISTS
from schema.text import join_paragraphs

_LONGEST_HEAD = 40
"""Lines that may stand from the title to the date."""
_LONGEST_TITLE = 4
"""Lines over which a title may be broken."""
_LONGEST_REST_OF_TITLE = 8
"""Words that one of them has below the first, at most, where neither its words nor its end show that it goes on."""
_MENU_LINES = 6
_OPENS_A_TALK = re.compile(r"[“\"‘']|(?:Mr|Mrs|Ms|Dr|Dear|Esteemed|His|Her|Your)\b")
_SCENE = re.compile(r"(?:At|During|Before|After|While|With|Following|Prior to)\b")


class Head(NamedTuple):
    """The part above the body: title, lead, date, time and place, on one line or several."""

    title: str
    lead: str | None
    when: DateLine
    time: dt.time | None
    place: str | None
    blocks: tuple[Block, ...]
    line_count: int
    """How many of the lines given belong to it."""


def section_blocks(lines: Sequence[TextLine], is_section: Callable[[TextLine], bool]) -> list[Block]:
    """The blocks of the first lines up to the section's name: with the lines of the site's menus above it, if there are few."""
    for index, line in enumerate(lines[:_MENU_LINES]):
        if is_section(line):
            return [*(block("furniture", above) for above in lines[:index]), block("section", line)]
        if ENDS_A_SENTENCE.search(line.text) or len(line.text.split()) > _LONGEST_MENU_ITEM or read_date_line(line):
            break
    return []


_LONGEST_MENU_ITEM = 3


def read_head_date(line: TextLine, text: str, path: str, *, ends_with_place: bool = False) -> DateLine | None:
    """Reads a line that may be the page's date; None where it is none. Raises `DataError` for an impossible date."""
    try:
        printed = as_it_stands(line, text)
        when = parse_date(printed) or (parse_date(printed, ends_with_place=True) if ends_with_place else None)
    except ImpossibleDateError as error:
        raise _impossible("a day and time that exist", str(error), line, path) from None
    for kind, start, end in when.parts if when else ():
        if kind == "time":
            _check_time(printed[start:end], line, path)
    return when


def read_head(text: str, lines: Sequence[TextLine], path: str, *, date_is_second: bool = False) -> Head:
    """Reads the head that begins with the first of these lines. Raises `DataError` where title or date are wrong.

    Where `date_is_second` is set, the line below the title is date and place, whatever the place's words.
    """
    title_end = _title_end(lines)
    index, when = _find_date(text, lines, path, title_end if date_is_second else None)
    title_end = min(title_end, index)
    if not date_is_second and _is_rest_of_title(lines[title_end:index]):
        title_end = index
    lead_blocks = paragraph_blocks("lead", lines[title_end:index])
    blocks = [Block("title", lines[0].start, lines[title_end - 1].end), *lead_blocks, *when.blocks(lines[index])]
    time, place, count = when.time, when.place, index + 1
    if time is None and place is None and count < len(lines):
        _check_time(lines[count].text, lines[count], path)
        time = read_clock(lines[count].text)
        if time is not None:
            blocks.append(block("time", lines[count]))
            count += 1
    title = " ".join(line.text for line in lines[:title_end])
    lead = join_paragraphs(without_layout_breaks(text[b.start : b.end]) for b in lead_blocks) or None
    if place is None and is_place_line(lines, count, " ".join(filter(None, (title, lead)))):
        place = lines[count].text
        blocks.append(block("place", lines[count]))
        count += 1
    return Head(title, lead, when, time, place, tuple(blocks), count)


def is_place_line(lines: Sequence[TextLine], index: int, subject: str) -> bool:
    """Whether a line below the date is the place; `subject` is what the page is about, its title and lead."""
    if index >= len(lines):
        return False
    line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if line.text in TAG_LISTS or not (looks_like_place(line.text) or is_place_with_small_words(line.text)):
        return False
    if (
        BEGINS_LIKE_HEADING.match(line.text)
        or _OPENS_A_TALK.match(line.text)
        or _SCENE.match(line.text)
        or read_date_line(line)
    ):
        return False
    if is_cut_label(lines, index) or (following and following.text[0] != ":" and continues(line, following)):
        return False
    if "," in line.text:
        return True
    # A caption repeats the words of the title; a place is named by other words.
    words = long_words(line.text)
    return len(words) < 4 or 3 * len(words & long_words(subject)) < 2 * len(words)


def _is_rest_of_title(lines: Sequence[TextLine]) -> bool:
    """Whether all lines from a title to the date are its own: a lead is a sentence, or at least tells something."""
    return 0 < len(lines) < _LONGEST_TITLE and not any(
        line.after_blank
        or ENDS_A_SENTENCE.search(line.text)
        or is_label(line.text)
        or reads_as_statement(line.text)
        or len(line.text.split()) > _LONGEST_REST_OF_TITLE
        for line in lines
    )


def _title_end(lines: Sequence[TextLine]) -> int:
    """How many lines the title has: more than one where it was broken."""
    count = 1
    while count < min(len(lines), _LONGEST_TITLE) and breaks_a_title(lines[count - 1], lines[count]):
        count += 1
    return count


def breaks_a_title(before: TextLine, line: TextLine) -> bool:
    """Whether a title goes on in the next line: that begins with a small letter, or the first ends with a word such as “of”."""
    if line.after_blank or not (continues(before, line) or before.text.rpartition(" ")[2] in CONNECTORS):
        return False
    return not is_label(line.text) and read_date_line(line) is None


def _find_date(text: str, lines: Sequence[TextLine], path: str, date_below: int | None) -> tuple[int, DateLine]:
    """The index of the date line below the title, and what it says. Raises `DataError` where either is missing."""
    first = lines[0].number if lines else text.rstrip().count("\n") + 1
    is_title = bool(lines) and re.search(r"[^\W_]", lines[0].text)
    above: DateLine | None = None
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.text in BOX_TITLES or is_label(line.text):
            break
        when = read_head_date(line, text, path, ends_with_place=index == date_below)
        if when and index and is_title:
            return index, when
        if when and not index and when.parts[0][0] == "date":
            above = when
        elif when and index:
            break
    if lines and (above or not is_title):
        found = f"the date line {quote(lines[0].text)}" if above else quote(lines[0].text)
        advice = "add the line with the page's title"
        raise DataError([Problem(path, "the title above the date", found, advice, line=first, code="no-title")])
    expected = 'a date line such as "April 3, 2019" or "April 3, 2019, The Kremlin, Moscow" under the title'
    if unreadable := unreadable_date(lines[1:]):
        raise DataError([date_problem(unreadable, path, expected)])
    title = quote(lines[0].text) if lines else "the end of the text"
    advice = "add the line with the date of the event"
    raise DataError([Problem(path, expected, f"none below {title}", advice, line=first, code="no-date")])


def _check_time(text: str, line: TextLine, path: str) -> None:
    """Raises `DataError` for a time that does not exist."""
    if impossible := impossible_time(text):
        raise _impossible("a time that exists", impossible, line, path)


def _impossible(expected: str, found: str, line: TextLine, path: str) -> DataError:
    return DataError([Problem(path, expected, quote(found), "correct it", line=line.number, code="impossible-date")])
