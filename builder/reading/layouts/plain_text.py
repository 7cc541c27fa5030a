"""Pages as plain text from any other tool: a title, a date, and labelled turns where there are any.

title: Meeting with Rupert Hentzau          | President of Ruritania     (the site's menus)
date: 2018-05-04                            | # Meeting with Rupert Hentzau
url: http://en.kremlin.ru/…                 | May 4, 2018, The Castle, Zenda
**Rudolf Elphberg:** Mr Hentzau, …          | Rudolf Elphberg: Mr Hentzau, …   (lines broken at 72 columns)

Above the title and below the body may stand anything: what is known of it stands in `site.py`. What the text does not say
is null. Marks that the tool left in the text are no part of what it says; see `markup.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from builder.errors import DataError, Problem, quote
from builder.lexicon.labels import names_speaker, read_label
from builder.lexicon.names import is_office_word, is_voice, split_label
from builder.reading.document import SEPARATOR, Block, BlockKind, Document, PageMetadata, PersonTag, Source
from builder.reading.layouts.captions import is_caption_below_count, is_caption_in_body
from builder.reading.layouts.dates import ENDS_WITH_DATE, When, read_date_line
from builder.reading.layouts.lines import ENDS_A_SENTENCE, Line, continues, looks_like_place, read_clock, split_lines
from builder.reading.layouts.site import BOX_TITLES, MENU, as_printed, known_time, read_status
from builder.reading.layouts.wrapped import (
    FIELD,
    HEADING,
    OWN_LINE,
    breaks_a_sentence,
    field_name,
    is_label,
    part,
    unwrap,
)
from builder.reading.markup import Stripped, find_markup, strip_markup
from schema.text import join_paragraphs, normal_form

NAME = "plain_text"
MARKS = "a title and a date line such as “May 4, 2018” near the top, or head lines such as “title: …” and “date: …”"

_LONGEST_HEAD = 60_000
"""Characters in which title and date stand, menus counted."""
_FURTHEST_DATE = 40
"""Lines from the title to the date at most."""
_LONGEST_TITLE = 400


def recognises(source: Source) -> bool:
    """Whether title and date stand at the top of the text, or one of them in a head line that names it."""
    if source.media_type == "text/html":
        return False
    page = _Page(source.text[:_LONGEST_HEAD])
    head = _read_head(page)
    return bool(head.fields.keys() & {"title", "date"}) or bool(head.title and head.when)


def read(source: Source) -> Document:
    """Reads a text of this layout. Raises `DataError` where it has no title or no date."""
    page = _Page(source.text)
    head = _read_head(page)
    if not head.title or not head.when:
        raise DataError(_missing(source, head))
    tail = _read_tail(page, head.end)
    subject = " ".join(filter(None, (head.title, head.lead)))
    blocks = [*head.blocks, *_body_blocks(page, head.end, tail.start, subject), *tail.blocks]
    when = head.when
    metadata = PageMetadata(
        title=head.title,
        date=when.date,
        time=known_time(when.date, when.time),
        place=when.place,
        lead=head.lead,
        topics=tail.tags.get("Topics"),
        geography=tail.tags.get("Geography"),
        persons=tuple(map(PersonTag, tail.tags["Persons"])) if "Persons" in tail.tags else None,
        published_in=tail.published_in,
        event_id=tail.event_id,
        url=head.url or tail.url,
    )
    placed = tuple(_in_source(block, page.stripped) for block in sorted(blocks, key=lambda b: b.start))
    return Document(NAME, source.text, metadata, placed, page.markup)


def _missing(source: Source, head: "_Head") -> list[Problem]:
    problems = []
    if not head.title:
        advice = "add a line “title: …” at the top"
        problems.append(Problem(source.display_path, "the page's title above its date", "none", advice, line=1))
    if not head.when:
        found = f"none below {quote(head.title)}" if head.title else "none"
        if value := head.fields.get("date"):
            found = quote(value.text)
        advice = "add a line “date: YYYY-MM-DD” at the top"
        problems.append(Problem(source.display_path, "the date of the event", found, advice, line=1))
    return problems


def _in_source(block: Block, stripped: Stripped) -> Block:
    start, end = stripped.origin(block.start, block.end)
    return block._replace(start=start, end=end)


class _Page:
    """A text without its markup, in lines as the page has them: those that a tool broke at a column are joined."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.markup = find_markup(text)
        self.stripped = strip_markup(text, self.markup)
        self.text = self.stripped.text
        self.lines = unwrap(self.text, part(self.text, split_lines(self.text)))
        # Where blank lines part the paragraphs, or lines break anywhere, a single break means nothing.
        self.is_broken = _is_broken(self.lines)
        self.is_parted = _is_parted(self.lines)
        self.headings = _headings(text, self)

    def blocks(self, kind: BlockKind, lines: Sequence[Line]) -> list[Block]:
        return [Block(kind, line.start, line.end) for line in lines]


# ---------------------------------------------------------------------------------------------------------------------
# Lines

_BEFORE_HEADING = re.compile(r"^(?:[^\S\n]{0,3}#[^\S\n]+|[^\S\n]*(?=\S.*\n={3,}[^\S\n]*$))", re.MULTILINE)
"""What stands before the words of a heading of the first level: its sign, or nothing where it is underlined."""
_WORD = re.compile(r"\S")


def _headings(text: str, page: _Page) -> frozenset[int]:
    """Where in the stripped text a line begins that the text marks as a heading of the first level."""
    marked = (page.stripped.find(match.end()) for match in _BEFORE_HEADING.finditer(text))
    starts = {word.start() for start in marked if (word := _WORD.search(page.text, start))}
    return frozenset(line.start for line in page.lines if line.start in starts)


def _is_broken(lines: Sequence[Line]) -> bool:
    """Whether lines break where the page's markup had a line or a link, so that most breaks mean nothing."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    return 10 * sum(breaks_a_sentence(a, b) for a, b in pairs) >= len(pairs)


def _is_parted(lines: Sequence[Line]) -> bool:
    """Whether blank lines part the paragraphs: after most sentences that end a line stands one."""
    after = [b.after_blank for a, b in pairwise(lines) if ENDS_A_SENTENCE.search(a.text)]
    return len(after) >= 3 and 10 * sum(after) >= 6 * len(after)


# ---------------------------------------------------------------------------------------------------------------------
# Head

_ADDRESS = re.compile(r"(?:[0-9]{1,4}\. )?(?:https?://|www\.|mailto:|file:)\S+")
_SITE_NAME = re.compile(
    r"(?<!\s)\s*+[•|·–—-]\s*+(?:(?:Official [Ww]ebsite of the )?President of Russia|Kremlin(?:\.ru)?)$"
)
_SECTION = re.compile(r"(?:Events|News|Transcripts|Documents|События|Новости|Стенограммы|Документы?)(?: ?/)?")
_KREMLIN = re.compile(r"https?://(?:[\w-]+\.)*kremlin\.ru/\S*")
_FIELD_SIGN = re.compile("[:=]")
_VALUE = re.compile(r"""[^\s"'](?:.*[^\s"'])?""", re.DOTALL)


@dataclass
class _Head:
    """What stands above the body, as far as it is found."""

    title: str | None = None
    when: When | None = None
    lead: str | None = None
    url: str | None = None
    end: int = 0
    """The index of the first line of the body."""
    blocks: list[Block] = field(default_factory=list)
    fields: dict[str, Line] = field(default_factory=dict)


def _read_head(page: _Page) -> _Head:
    """Reads head lines, then the page's own head below them."""
    head = _Head()
    start = _read_fields(page, head)
    date_at = _find_date(page, start)
    if date_at is not None and _is_announced(page, date_at):
        _read_announced(page, head, start, date_at)
    else:
        _read_printed(page, head, start, date_at)
    _take_fields(page, head)
    return head


def _read_printed(page: _Page, head: _Head, start: int, date_at: int | None) -> None:
    """Reads the head that a page prints: title, lead, date, time and place, as far as they stand there."""
    lines = page.lines
    title_at = _find_title(page, head, start, date_at)
    if date_at is not None and title_at is not None and date_at > title_at + _FURTHEST_DATE:
        date_at = None
    if title_at is not None:
        _take_title(page, head, lines[title_at])
    end = start if title_at is None else title_at + 1
    if date_at is not None:
        if title_at is not None:
            _take_lead(page, head, lines[title_at + 1 : date_at])
        end = max(end, _take_date(page, head, date_at, title_at))
    covered = {block.start for block in head.blocks}
    head.blocks += page.blocks("furniture", [line for line in lines[start:end] if line.start not in covered])
    head.end = end


def _read_fields(page: _Page, head: _Head) -> int:
    """Reads `title: …`, `date: …`, `url: …` at the top; returns the index of the line after them."""
    for index, line in enumerate(page.lines):
        match = FIELD.fullmatch(line.text)
        name = "url" if match and match["bare"] else field_name(match["key"]) if match else None
        if match and name:
            value = None if name == "other" or name in head.fields else _value(page, line, bool(match["bare"]))
            if value:
                head.fields[name] = value
                around = ((line.start, value.start), (value.end, line.end))
                head.blocks += [Block("furniture", start, end) for start, end in around if start < end]
                continue
        elif not index or line.after_blank or not line.text.startswith(("- ", "[", '"')):
            return index
        head.blocks += page.blocks("furniture", [line])
    return len(page.lines)


def _value(page: _Page, line: Line, is_bare: bool) -> Line | None:
    """The part of a head line that is its value, without quotation marks; null where there is none."""
    sign = None if is_bare else _FIELD_SIGN.search(page.text, line.start)
    words = _VALUE.search(page.text, sign.end() if sign else line.start, line.end)
    if not words:
        return None
    return replace(line, start=words.start(), end=words.end(), text=normal_form(words[0]))


def _take_fields(page: _Page, head: _Head) -> None:
    """Takes from the head lines what the page's own head does not say."""
    # By their names: the date before the place and the time, which are said of it.
    for name, value in sorted(head.fields.items()):
        kind: BlockKind = "furniture"
        if name == "title" and head.title is None:
            _take_title(page, head, value)
            continue
        if name == "date" and head.when is None:
            kind, head.when = "date", read_date_line(value)
        elif name == "lead" and head.lead is None:
            kind, head.lead = "lead", value.text
        elif name == "url" and _KREMLIN.fullmatch(value.text):
            head.url = value.text
        elif head.when and name == "time" and head.when.time is None and (clock := read_clock(value.text)):
            kind, head.when = "time", replace(head.when, time=clock)
        elif head.when and name == "place" and head.when.place is None and looks_like_place(value.text):
            kind, head.when = "place", replace(head.when, place=value.text)
        head.blocks.append(Block(kind, value.start, value.end))


def _is_announced(page: _Page, date_at: int) -> bool:
    """Whether a date heads an announcement: above the section's name and the title."""
    return date_at + 2 < len(page.lines) and bool(_SECTION.fullmatch(page.lines[date_at + 1].text))


def _read_announced(page: _Page, head: _Head, start: int, date_at: int) -> None:
    """Reads an announcement's head: it heads the day of the event, and prints below the title when it was published."""
    lines, title_at = page.lines, date_at + 2
    head.blocks += page.blocks("furniture", lines[start:date_at]) + page.blocks("section", [lines[date_at + 1]])
    head.blocks += page.blocks("date", [lines[date_at]])
    _take_title(page, head, lines[title_at])
    head.when, head.end = read_date_line(lines[date_at]), title_at + 1
    published_at = _find_date(page, title_at + 1)
    if published_at is not None and published_at <= title_at + _FURTHEST_DATE:
        lead = lines[title_at + 1 : published_at]
        head.lead = join_paragraphs(line.text for line in lead) or None
        head.end = published_at + 1
        if head.end < len(lines) and read_clock(lines[head.end].text):
            head.end += 1
        head.blocks += page.blocks("lead", lead) + page.blocks("status", lines[published_at : head.end])


def _find_date(page: _Page, start: int) -> int | None:
    """The index of the first line that is a date, above the first turn; not one in a box of links."""
    for index, line in enumerate(page.lines[start:], start=start):
        if is_label(line.text):
            return None
        if read_date_line(line) and not any(
            as_printed(above.text) in BOX_TITLES for above in page.lines[max(0, index - 2) : index]
        ):
            return index
    return None


def _find_title(page: _Page, head: _Head, start: int, date_at: int | None) -> int | None:
    """The index of the line that is the page's title, or prints it again below its head lines."""
    lines = page.lines
    above = range(start, min(len(lines), start + 400) if date_at is None else date_at)
    known = head.fields["title"].text if "title" in head.fields else None
    if known is None and start < len(lines) and _SITE_NAME.search(lines[start].text):
        known = _SITE_NAME.sub("", lines[start].text)
    if known:
        bare = _SITE_NAME.sub("", known)
        again = [i for i in above if _SITE_NAME.sub("", lines[i].text) == bare]
        if again or "title" in head.fields:
            return again[-1] if again else None
    marked = [i for i in above if lines[i].start in page.headings]
    below = [i + 1 for i in above[:-1] if _SECTION.fullmatch(lines[i].text)]
    first: Sequence[int] = [i for i in above if not _is_furniture(lines[i].text)]
    if date_at is not None and not first:
        first = range(date_at + 1, len(lines))
    for candidate in (*marked[-1:], *below[-1:], *first[:1]):
        if _can_be_title(lines[candidate]):
            return candidate
    return None


def _can_be_title(line: Line) -> bool:
    if len(line.text) > _LONGEST_TITLE or _is_furniture(line.text) or not re.search(r"[^\W\d_]", line.text):
        return False
    return not is_label(line.text)


def _is_furniture(text: str) -> bool:
    """Whether a line is of the site's menus, or an address alone."""
    return text.strip("-•*|/ ") in MENU or as_printed(text) in MENU or bool(_ADDRESS.fullmatch(text))


def _take_title(page: _Page, head: _Head, line: Line) -> None:
    suffix = _SITE_NAME.search(page.text[line.start : line.end])
    end = line.start + suffix.start() if suffix else line.end
    head.title = normal_form(page.text[line.start : end])
    head.blocks.append(Block("title", line.start, end))
    if suffix:
        head.blocks.append(Block("furniture", end, line.end))


def _take_lead(page: _Page, head: _Head, lines: Sequence[Line]) -> None:
    """What stands between title and date: the lead, where it is a sentence."""
    lead = [line for line in lines if ENDS_A_SENTENCE.search(line.text) and not _is_furniture(line.text)]
    head.lead = join_paragraphs(line.text for line in lead) or None
    head.blocks += page.blocks("lead", lead)


def _take_date(page: _Page, head: _Head, index: int, title_at: int | None) -> int:
    """Takes the date line, and the lines of time and place below it; returns the index of the line after them."""
    # Where nothing but menus stands above the date, the title is the line below it, whatever else that looks like.
    lines = page.lines[:title_at] if title_at == index + 1 else page.lines
    when = read_date_line(lines[index])
    if when is None:
        return index
    head.blocks += page.blocks("date", [lines[index]])
    index += 1
    if index < len(lines) and when.time is None and (clock := read_clock(lines[index].text)):
        when = replace(when, time=clock)
        head.blocks += page.blocks("time", [lines[index]])
        index += 1
    if index < len(lines) and when.place is None and _is_place(page, index):
        when = replace(when, place=lines[index].text)
        head.blocks += page.blocks("place", [lines[index]])
        index += 1
    head.when = when
    return index


def _is_place(page: _Page, index: int) -> bool:
    line = page.lines[index]
    if not looks_like_place(line.text) or _is_furniture(line.text) or HEADING.match(line.text):
        return False
    if _CREDIT.match(line.text) or as_printed(line.text) in BOX_TITLES:
        return False
    # A label may be broken after a word of the office or after the name; a place has neither.
    if is_voice(line.text) or any(map(is_office_word, line.text.split())):
        return False
    return index + 1 == len(page.lines) or not page.lines[index + 1].text.startswith((":", "("))


# ---------------------------------------------------------------------------------------------------------------------
# Body

_SLIDE_COUNT = re.compile(r"[0-9]+ (?:of|/) [0-9]+|[0-9]+/[0-9]+")
_CREDIT = re.compile(r"Photo(?:s|graph)?\b(?: by\b|: ?)")
# Some tools put a picture's words in brackets, in a paragraph of their own.
_IN_BRACKETS = re.compile(r"\[(?:[^\s\[\]]+ ){3,60}[^\s\[\]]+\]")
_LINES_OF_LABEL = 5


def _body_blocks(page: _Page, start: int, end: int, subject: str) -> list[Block]:
    """The body's paragraphs, with the captions and boxes that stand between them told apart."""
    blocks: list[Block] = []
    before: Line | None = None
    index, follows_label = start, False
    while index < end:
        line = page.lines[index]
        label_end = _label_lines(page, index, end)
        if label_end is not None:
            before = page.lines[label_end]
            blocks.append(Block("body", line.start, before.end))
            index, follows_label = label_end + 1, before.text.endswith(":")
            continue
        goes_on = before is not None and _goes_on(page, before, line)
        length, kind = (1, None) if goes_on or follows_label else _aside(page, index, end, subject)
        if kind:
            blocks += page.blocks(kind, page.lines[index : index + length])
        elif goes_on:
            blocks[-1] = blocks[-1]._replace(end=line.end)
        else:
            blocks.append(Block("body", line.start, line.end))
        before = None if kind else line
        index, follows_label = index + length, False
    return blocks


def _goes_on(page: _Page, before: Line, line: Line) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if continues(before, line):
        return True
    if line.after_blank or OWN_LINE.fullmatch(line.text) or OWN_LINE.fullmatch(before.text):
        return False
    return page.is_parted or (page.is_broken and not ENDS_A_SENTENCE.search(before.text))


def _label_lines(page: _Page, index: int, end: int) -> int | None:
    """The index of the line that ends the speaker's label which begins here; null where none does.

    A tool may break the line in a label, where it was bold or a link: `President of Ruritania` / `Rudolf Elphberg` / `:`.
    """
    line = page.lines[index]
    if breaks_a_sentence(page.lines[index - 1], line):
        return None
    if label := read_label(line.text):
        return index if names_speaker(label) else None
    if ENDS_A_SENTENCE.search(line.text) or HEADING.match(line.text):
        return None
    if _is_heading_above_label(page, index, end):
        return None
    text, names = line.text, split_label(line.text) is not None
    for last in range(index + 1, min(index + _LINES_OF_LABEL, end)):
        following = page.lines[last]
        goes_on = following.text.startswith((":", "("))
        is_before_colon = last + 1 < end and page.lines[last + 1].text.startswith((":", "("))
        if not goes_on and (names or following.after_blank):
            return None
        if not (goes_on or is_before_colon or page.is_broken or page.is_parted):
            return None
        text += " " + following.text
        if label := read_label(text):
            return last if names_speaker(label) else None
        if ENDS_A_SENTENCE.search(following.text) and not (is_before_colon and text.endswith(")")):
            return None
        names = names or ("(" not in text and split_label(following.text) is not None)
    return None


def _is_heading_above_label(page: _Page, index: int, end: int) -> bool:
    """Whether a line ends the heading of a part, and the label begins below it: with an office, which the line has not."""
    if index + 1 >= end or not is_office_word(page.lines[index + 1].text.partition(" ")[0]):
        return False
    if any(map(is_office_word, page.lines[index].text.split())):
        return False
    before = page.lines[index - 2 : index]
    return any(HEADING.match(line.text) or SEPARATOR.fullmatch(line.text) for line in before)


def _aside(page: _Page, index: int, end: int, subject: str) -> tuple[int, BlockKind | None]:
    """How many lines from here on are no part of the body's text, and what they are."""
    line, following = page.lines[index], page.lines[index + 1 : min(index + 2, end)]
    if _SLIDE_COUNT.fullmatch(line.text):
        caption = following and is_caption_below_count(following[0].text) and _label_lines(page, index + 1, end) is None
        return (2 if caption else 1), "caption"
    if _CREDIT.match(line.text) and len(line.text) <= 200:
        return 1, "caption"
    if as_printed(line.text) in BOX_TITLES:
        return _box_length(page, index, end), "related"
    if _is_furniture(line.text) and " " in line.text.removeprefix("President of Russia"):
        return 1, "furniture"
    if pictures := _picture_length(page, index, end):
        return pictures, "caption"
    if _IN_BRACKETS.fullmatch(line.text):
        return 1, "caption"
    if is_caption_in_body(line.text, subject) and not any(f.text.startswith(":") for f in following):
        return 1, "caption"
    return 1, None


def _picture_length(page: _Page, index: int, end: int) -> int:
    """How many lines the words have that Markdown gives a picture, `![words](address)`; 0 where a line is none."""
    start, _ = page.stripped.origin(page.lines[index].start, page.lines[index].end)
    if page.source[start - 2 : start] != "![":
        return 0
    for last in range(index, min(index + _LINES_OF_LABEL, end)):
        _, stop = page.stripped.origin(page.lines[last].start, page.lines[last].end)
        if page.source.startswith("](", stop):
            return last + 1 - index
    return 0


def _box_length(page: _Page, index: int, end: int) -> int:
    """How many lines a box of links has: its title, and for each link the other page's title and date."""
    length = 1
    while index + length < end:
        line = page.lines[index + length]
        if _SLIDE_COUNT.fullmatch(line.text):
            break
        if _is_link(page, line) or (index + length + 1 < end and read_date_line(page.lines[index + length + 1])):
            length += 1
            continue
        is_whole = index + length + 1 >= end or not _goes_on(page, line, page.lines[index + length + 1])
        is_title = is_whole and len(line.text) <= 300 and not ENDS_A_SENTENCE.search(line.text)
        if not read_date_line(line) and (not is_title or _label_lines(page, index + length, end) is not None):
            break
        length += 1
    return length


def _is_link(page: _Page, line: Line) -> bool:
    """Whether a line is a Markdown link and nothing else, or ends with the date of another page."""
    start, end = page.stripped.origin(line.start, line.end)
    if page.source[start - 1 : start] == "[" and page.source.startswith("](", end):
        return True
    return bool(ENDS_WITH_DATE.search(line.text))


# ---------------------------------------------------------------------------------------------------------------------
# Below the body

_TAG_LISTS = ("Geography", "Topics", "Persons")
_STATUS = "Publication status"
_BELOW = re.compile(
    r"Text version|Share|Print|Direct link|Send by email|Last updated at\b.*|Publication status|References|Links|Visible links:?|"
    r"All content on this site is licensed under.*|(?:Presidential )?Executive Office ?(?:[0-9]{4})?|Official Internet Resources|"
    r"Published in sections?:.*|Publication date:.*|Direct link:.*|Geography|Topics|Persons|©.*|Copyright\b.*|"
    r"Official Website of the President of Russia:?|Back to top|Related (?:news|articles|content|events)|"
    r"Footnotes?:?|Notes?:|Tags:.*|Links?:|(?:Read|See) (?:more|also) .*http\S*"
)
_REFERENCE = re.compile(r"[0-9]{1,4}\. (?:https?://|mailto:|file:)")
_DURATION = re.compile(r": ?[0-9]{1,2} ?(?:m|hrs?)\b")
"""How long a video is, as the buttons below a page print it."""
_LONGEST_TAG = 100
_LONGEST_FOOTER_LINE = 300


@dataclass
class _Tail:
    """What stands below the body."""

    start: int
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    published_in: tuple[str, ...] | None = None
    event_id: str | None = None
    url: str | None = None
    blocks: list[Block] = field(default_factory=list)


def _read_tail(page: _Page, body: int) -> _Tail:
    """Reads the tags, the publication status and the site's menus below the body."""
    tail = _Tail(_tail_start(page, body))
    tag_list: str | None = None
    for line in page.lines[tail.start :]:
        kind: BlockKind = "furniture"
        heading = as_printed(line.text)
        if heading in _TAG_LISTS and not tail.tags.get(heading):
            tag_list, kind = heading, "tag"
            tail.tags[tag_list] = ()
        elif heading == _STATUS or (status := read_status(line.text)):
            tag_list, kind = None, "status"
            if heading != _STATUS and status:
                tail.published_in = status.published_in if status.published_in is not None else tail.published_in
                tail.event_id, tail.url = status.event_id or tail.event_id, status.url or tail.url
        elif _BELOW.fullmatch(heading) or _is_furniture(line.text):
            tag_list = None
        elif tag_list and len(line.text) <= _LONGEST_TAG:
            kind = "tag"
            tail.tags[tag_list] += (line.text,)
        tail.blocks += page.blocks(kind, [line])
    tail.tags = {name: values for name, values in tail.tags.items() if values}
    return tail


def _is_duration(page: _Page, index: int) -> bool:
    """Whether a line is how long a video is, or the colon before that."""
    return bool(_DURATION.match(" ".join(line.text for line in page.lines[index : index + 2])))


def _tail_start(page: _Page, body: int) -> int:
    """The index of the first line below the body: no sentence stands after it, and nobody speaks."""
    start = len(page.lines)
    for index in range(len(page.lines) - 1, body - 1, -1):
        line = page.lines[index]
        is_below = _BELOW.fullmatch(as_printed(line.text)) or _REFERENCE.match(line.text)
        if is_below or (start == index + 1 and _is_furniture(line.text)):
            start = index
        elif len(line.text) > _LONGEST_FOOTER_LINE or (line.text[0] == ":" and not _is_duration(page, index)):
            break
        if is_label(line.text):
            break
    # The accessible version prints date and place again at the end.
    return start - 1 if start > body and read_date_line(page.lines[start - 1]) else start
