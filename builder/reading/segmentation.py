"""Segments a document: its body into turns, and all of its text into segments.

The same rules serve text and HTML. They use what the layout knows of a block (bold, a link to a person) where it knows
something, and the words alone where it does not.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from builder.errors import DataError, Problem, quote
from builder.lexicon.labels import Label, names_speaker, read_label, recurring_names, speaks_in_bold
from builder.lexicon.names import names_of_tags, split_label
from builder.lexicon.vocabulary import DIRECTION_WORDS, DIRECTION_WORDS_OF_A_SENTENCE, LANGUAGES
from builder.reading.document import (
    DIRECTION,
    ELISION,
    LAYOUT_BREAK,
    SEPARATOR,
    Block,
    Document,
    Segment,
    Transcript,
    Turn,
)
from builder.reading.markup import strip_markup
from schema.records import SegmentKind
from schema.segments import SPOKEN
from schema.text import join_paragraphs, normal_form


def segment_document(document: Document, path: str) -> Transcript:
    """Divides a document into turns and segments. Raises `DataError` with every problem of its labels."""
    if document.markup:
        return _segment_around_markup(document, path)
    text = document.text
    items = _classify(document)
    _assign_turns(text, items)
    for item in items:
        item.runs = _runs(text, item)
    speaking = {item.turn for item in items if item.turn is not None and _holds_words(text, item.runs)}
    for item in items:
        if item.turn not in speaking and item.kind in ("speech", "direction"):
            # A turn that is nothing but a direction keeps it as its text: `Remark: (no microphone.)`.
            item.runs = _all_spoken(text, item)
    segments = _segments(text, items)
    spoken_of: dict[int | None, list[Segment]] = {}
    for segment in segments:
        if segment.kind in SPOKEN:
            spoken_of.setdefault(segment.turn, []).append(segment)
    problems = list(_orphans(document, items, path))
    turns = []
    for item in items:
        if not item.label:
            continue
        if spoken := spoken_of.get(item.turn):
            turns.append(_turn(document, item.label, item, spoken))
        else:
            problems.append(_without_speech(document, item, path))
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.line or 0))
    return Transcript(document, segments, tuple(turns))


def _segment_around_markup(document: Document, path: str) -> Transcript:
    """Segments a document without its markup, then puts the markup back between the segments, as furniture."""
    stripped = strip_markup(document.text, document.markup)
    blocks = tuple(b._replace(start=stripped.find(b.start), end=stripped.find(b.end)) for b in document.blocks)
    transcript = segment_document(replace(document, text=stripped.text, blocks=blocks, markup=()), path)
    segments: list[Segment] = []
    position = 0
    for segment in transcript.segments:
        for start, end in stripped.stretches(segment.start, segment.end):
            if start > position:
                segments.append(Segment("furniture", position, start))
            segments.append(segment._replace(start=start, end=end))
            position = end
    if position < len(document.text):
        segments.append(Segment("furniture", position, len(document.text)))
    turns = [
        replace(turn, start=start, end=end)
        for turn in transcript.turns
        for start, end in [stripped.origin(turn.start, turn.end)]
    ]
    return Transcript(document, _with_blanks(document.text, segments), tuple(turns))


def _with_blanks(text: str, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments; those of which markup leaves only white space become blank, joined with the blank ones beside them.

    White space between two words of speech stays speech, even where markup separates the words.
    """
    ends = {p.turn: p.end for p in segments if p.turn is not None and not text[p.start : p.end].isspace()}
    merged: list[Segment] = []
    turn: int | None = None
    for segment in segments:
        if segment.kind in SPOKEN or not text[segment.start : segment.end].isspace():
            turn = turn if segment.turn is None else segment.turn
            merged.append(segment)
        elif merged and merged[-1].kind == "blank":
            merged[-1] = merged[-1]._replace(end=segment.end)
        else:
            inside = turn is not None and segment.start < ends[turn]
            merged.append(Segment("blank", segment.start, segment.end, turn if inside else None))
    return tuple(merged)


# ---------------------------------------------------------------------------------------------------------------------
# What each block is

_ELISIONS = ("<…>", "<...>")
_NOTE = re.compile(r"\(?To be continued\b[.…]*\)?", re.IGNORECASE)
_DIRECTION = re.compile(rf"{DIRECTION.pattern}[.…]?")
_HEADING = re.compile(
    r"(?:Beginning of|Excerpts? from|(?:Full )?[Tt]ranscript of|Speech (?:at|by|to|during)|Address (?:at|to|by)|"
    r"(?:Opening|Closing|Introductory|Concluding) (?:remarks|speech|statement|address|words)|Remarks (?:at|by|during)|"
    r"(?:Press )?[Ss]tatements? (?:following|for the press|to the press)|Answers? to (?:journalists|questions)|"
    r"Replies to|Interview (?:to|with|by)|(?:Press|News) conference)\b"
)
_OPEN_END = re.compile(r"[^.,;!?…:]$")
_LONGEST_HEADING = 300


class _Run(NamedTuple):
    """A run of a block's characters with its role."""

    kind: SegmentKind
    start: int
    end: int


@dataclass(slots=True)
class _Item:
    """A block with its role. A body block that is spoken has role `speech`, and its label if it begins with one."""

    block: Block
    kind: SegmentKind
    label: Label | None = None
    turn: int | None = None
    follows_gap: bool | None = None
    runs: Sequence[_Run] = ()


def _classify(document: Document) -> list[_Item]:
    texts = [document.text[b.start : b.end] for b in document.blocks]
    labels = [_label(document, b, t) if b.kind == "body" else None for b, t in zip(document.blocks, texts, strict=True)]
    known = _known_names(document, [label for label in labels if label])
    speaking = [label is not None and names_speaker(label, known) for label in labels]
    others_speak = any(speaking)
    items: list[_Item] = []
    for block, text, label, speaks in zip(document.blocks, texts, labels, speaking, strict=True):
        if block.kind != "body":
            items.append(_Item(block, block.kind))
        elif label and (speaks or (document.knows_bold and speaks_in_bold(label, others_speak))):
            items.append(_Item(block, "speech", label))
        else:
            items.append(_Item(block, _kind_by_words(text)))
    _find_headings(items, texts)
    return items


def _known_names(document: Document, labels: Sequence[Label]) -> set[str]:
    """Names that the page gives: of its sure labels, of labels that recur, of its person tags."""
    if not labels:
        return set()
    sure = [label.text for label in labels if names_speaker(label)]
    known = {*sure, *recurring_names(labels), *names_of_tags(tag.name for tag in document.metadata.persons or ())}
    for label_text in sure:
        if parts := split_label(label_text):
            known |= {parts.name, parts.name.split()[-1]}
    return known


def _label(document: Document, block: Block, text: str) -> Label | None:
    """What a block begins with, if it could be a speaker's label: by its words, and in bold where that is known."""
    if document.knows_bold and not block.marks:
        return None
    label = read_label(text)
    if label and document.knows_bold and not _is_bold(document.text, block, label):
        return None
    return label


def _is_bold(text: str, block: Block, label: Label) -> bool:
    """Whether a label's words are in bold, its note and colon apart; it may be several runs of bold in a row."""
    position, end = block.start, block.start + label.name_end
    for mark in sorted(m for m in block.marks if m.kind == "bold"):
        if text[position : mark.start].strip():
            return False
        position = max(position, mark.end)
        if position >= end:
            return True
    return False


def _kind_by_words(paragraph: str) -> SegmentKind:
    """What a paragraph without a label is; `speech` where it goes on with whatever stands before it."""
    if paragraph[0] not in "(<*T" and paragraph[-1] in ".!?:;":
        # Most paragraphs end here: no other rule can apply.
        return "speech"
    text = normal_form(paragraph)
    if SEPARATOR.fullmatch(text):
        return "separator"
    if ELISION.fullmatch(text):
        return "elision"
    if _NOTE.fullmatch(text):
        return "note"
    if _DIRECTION.fullmatch(text):
        return "direction"
    if _HEADING.match(text) and _OPEN_END.search(text) and len(text) <= _LONGEST_HEADING:
        return "heading"
    return "speech"


def _find_headings(items: Sequence[_Item], texts: Sequence[str]) -> None:
    """A line between a separator and a label, if it is no sentence, is the heading of what follows."""
    for before, item, after, text in zip(items, items[1:], items[2:], texts[1:], strict=False):
        is_line = item.kind == "speech" and not item.label
        if before.kind == "separator" and after.label and is_line and _OPEN_END.search(text):
            item.kind = "heading"


def _assign_turns(text: str, items: Sequence[_Item]) -> None:
    """Numbers the turns. What follows a label is speech, up to the end of the turn; all other text is narration."""
    turn: int | None = None
    count = 0
    gap = False
    for item in items:
        if item.kind in ("separator", "heading", "note"):
            turn, gap = None, gap or item.kind != "note"
        elif item.kind == "elision":
            gap, item.turn = True, turn
        elif item.kind in ("speech", "direction"):
            if item.label:
                item.follows_gap = gap
                turn, count = count, count + 1
            if turn is None:
                # Narration does not end a gap: what comes after it need not answer the turn before the gap.
                item.kind = "narration"
            else:
                item.turn = turn
                if item.kind == "speech":
                    gap = text[item.block.start : item.block.end].endswith(_ELISIONS)
    last_spoken = {item.turn: index for index, item in enumerate(items) if item.kind == "speech"}
    for index, item in enumerate(items):
        if item.kind == "elision" and item.turn is not None and index > last_spoken[item.turn]:
            # An elision that nothing of the same turn follows stands between turns.
            item.turn = None


# ---------------------------------------------------------------------------------------------------------------------
# What each character is

_INLINE = re.compile(rf"(?P<elision>{ELISION.pattern})|(?P<insertion>\[[^\[\]]*\])|(?P<direction>{DIRECTION.pattern})")
_OTHER_ROLES = "(<[\n"
"""The characters that begin a direction, an elision, an insertion, a layout's line break."""
_PUNCTUATION = re.compile(r"[,.;:!?…)\]]|”(?!\w)")
_SOUND = frozenset("microphone mic mike sound translation".split())


def is_direction(words: str) -> bool:
    """Whether what stands in parentheses is a stage direction and not the speaker's aside, by its first words."""
    tokens = re.findall(r"[\w’'-]+", words.casefold())
    if not tokens:
        return False
    if tokens[0] == "in" or tokens[0] in LANGUAGES:
        return tokens[-1] in LANGUAGES and len(tokens) <= 2
    if tokens[0] in DIRECTION_WORDS_OF_A_SENTENCE:
        return bool(re.match(r"\(\s*[A-Z].*[.!…]\s*\)$", words, re.DOTALL)) or len(tokens) == 1 or tokens[1] in _SOUND
    return tokens[0] in DIRECTION_WORDS


def _runs(text: str, item: _Item) -> list[_Run]:
    """The roles within one block: label, speech, insertions, directions, elisions, and the white space that is none."""
    start, end = item.block.start, item.block.end
    if item.kind != "speech":
        return [_Run(item.kind, start, end)]
    runs: list[_Run] = []
    if item.label:
        runs.append(_Run("label", start, start + item.label.end))
        start = _skip_space(text, start + item.label.end, end)
    if _is_all_speech(text[start:end]):
        runs.append(_Run("speech", start, end))
        return runs
    body = list(_paragraph_runs(text, start, end))
    spoken = [i for i, run in enumerate(body) if run.kind in SPOKEN]
    if spoken:
        first, last = spoken[0], spoken[-1]
        body[first] = body[first]._replace(start=_skip_space(text, body[first].start, body[first].end))
        trimmed = text[body[last].start : body[last].end].rstrip()
        body[last] = body[last]._replace(end=body[last].start + len(trimmed))
    return runs + [part for run in body for part in _without_layout_breaks(text, run)]


def _is_all_speech(stretch: str) -> bool:
    """Whether a stretch is speech from end to end, as most paragraphs are: nothing in it could begin another role."""
    return bool(stretch) and stretch == stretch.strip() and not any(map(stretch.__contains__, _OTHER_ROLES))


def _holds_words(text: str, runs: Iterable[_Run]) -> bool:
    return any(re.search(r"\w", text[run.start : run.end]) for run in runs if run.kind in SPOKEN)


def _all_spoken(text: str, item: _Item) -> list[_Run]:
    """The roles within one block whose directions are its speech: its label, and all the rest but an elision behind it."""
    start, end = item.block.start, item.block.end
    runs: list[_Run] = []
    if item.label:
        runs.append(_Run("label", start, start + item.label.end))
        start = _skip_space(text, start + item.label.end, end)
    cut_off = re.compile(r"\s*(<(?:…|\.\.\.)>)$").search(text, start, end)
    if cut_off and cut_off.start() > start:
        runs += _without_layout_breaks(text, _Run("speech", start, cut_off.start()))
        runs.append(_Run("elision", cut_off.start(1), end))
    else:
        runs += _without_layout_breaks(text, _Run("speech", start, end))
    return runs


def _paragraph_runs(text: str, start: int, end: int) -> Iterator[_Run]:
    """Speech, insertions, directions and elisions of one paragraph; white space between two of these may be left out."""
    runs: list[_Run] = []
    position = start
    for match in _INLINE.finditer(text, start, end):
        kind: SegmentKind = match.lastgroup  # type: ignore[assignment]  # the groups are named for the kinds
        if kind == "direction" and not is_direction(match[0]):
            continue
        _add_speech(text, runs, position, match.start())
        runs.append(_Run(kind, match.start(), match.end()))
        position = match.end()
    _add_speech(text, runs, position, end)
    for i, run in enumerate(runs):
        if run.kind in SPOKEN and _stands_before_punctuation(text, runs, i + 1, end):
            # `No (laughter), not me`: without the direction the space before it would stand before the comma.
            yield run._replace(end=run.start + len(text[run.start : run.end].rstrip()))
        else:
            yield run


def _stands_before_punctuation(text: str, runs: Sequence[_Run], index: int, end: int) -> bool:
    """Whether a paragraph goes on with punctuation from one run on, once the directions and elisions there are gone."""
    if index == len(runs) or runs[index].kind in SPOKEN:
        return False
    spoken = next((runs[i].start for i in range(index, len(runs)) if runs[i].kind in SPOKEN), end)
    return bool(_PUNCTUATION.match(text, spoken))


def _add_speech(text: str, runs: list[_Run], start: int, end: int) -> None:
    if not text[start:end].strip():
        if runs and runs[-1].kind == "insertion":
            runs[-1] = runs[-1]._replace(end=end)
        return
    runs.append(_Run("speech", start, end))


def _without_layout_breaks(text: str, run: _Run) -> Iterator[_Run]:
    """A run without the line breaks that a layout put before punctuation."""
    if run.kind not in SPOKEN or "\n" not in text[run.start : run.end]:
        yield run
        return
    position = run.start
    for match in LAYOUT_BREAK.finditer(text, run.start, run.end):
        yield _Run(run.kind, position, match.start())
        position = match.end()
    yield _Run(run.kind, position, run.end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


# ---------------------------------------------------------------------------------------------------------------------
# Segments and turns


def _segments(text: str, items: Sequence[_Item]) -> tuple[Segment, ...]:
    """Segments that cover the whole text: the runs, and the white space between them as `blank`."""
    claimed: list[Segment] = []
    paragraphs: dict[int | None, int] = {}
    for item in items:
        if item.turn is not None and any(run.kind in SPOKEN for run in item.runs):
            paragraphs[item.turn] = paragraphs.get(item.turn, 0) + 1
        for run in item.runs:
            paragraph = paragraphs[item.turn] if run.kind in SPOKEN else None
            claimed.append(Segment(run.kind, run.start, run.end, item.turn, paragraph))
    end_of_turn = {segment.turn: segment.end for segment in claimed}
    segments: list[Segment] = []
    position, turn = 0, None
    for segment in claimed:
        if segment.start > position:
            inside = turn is not None and position < end_of_turn[turn]
            segments.append(_gap(text, position, segment.start, turn if inside else None))
        if segment.end > segment.start:
            segments.append(segment)
        position = segment.end
        turn = segment.turn if segment.turn is not None else turn
    if position < len(text):
        segments.append(_gap(text, position, len(text), None))
    return tuple(segments)


def _gap(text: str, start: int, end: int, turn: int | None) -> Segment:
    return Segment("blank" if text[start:end].isspace() else "unassigned", start, end, turn)


def _turn(document: Document, label: Label, item: _Item, spoken: Sequence[Segment]) -> Turn:
    """The turn whose speech these segments are."""
    return Turn(
        label=label.text,
        note=label.note,
        site_person_id=_linked_person(item.block, label),
        text=text_of_segments(document.text, spoken),
        # Where no gap shows, only a layout that would show a cut says that there is none.
        follows_gap=item.follows_gap or (False if document.metadata.shows_elisions else None),
        start=spoken[0].start,
        end=spoken[-1].end,
    )


def _linked_person(block: Block, label: Label) -> str | None:
    """The site's id of the person whom a link in the label names."""
    end = block.start + label.name_end
    return next((m.site_person_id for m in block.marks if m.kind == "person" and m.start < end), None)


def text_of_segments(text: str, spoken: Iterable[Segment]) -> str:
    """An utterance's text: its speech and insertions in normal form, paragraphs separated by a blank line."""
    paragraphs: dict[int | None, str] = {}
    for segment in spoken:
        paragraphs[segment.paragraph] = paragraphs.get(segment.paragraph, "") + text[segment.start : segment.end]
    return join_paragraphs(paragraphs.values())


# ---------------------------------------------------------------------------------------------------------------------
# Problems


def _orphans(document: Document, items: Sequence[_Item], path: str) -> Iterator[Problem]:
    """Lines that begin with a colon but follow no label: without a speaker of their own, another would get them."""
    for item in items:
        if item.block.kind == "body" and document.text.startswith(":", item.block.start):
            text = document.text[item.block.start : item.block.end]
            yield Problem(
                path,
                "a speaker's name on the line before one that begins with a colon",
                quote(text),
                "add the line with the speaker's label",
                line=document.line_at(item.block.start),
                code="no-speaker",
            )


def _without_speech(document: Document, item: _Item, path: str) -> Problem:
    label = document.text[item.block.start : item.block.end]
    return Problem(
        path,
        "speech after the speaker's label",
        f"none after {quote(label)}",
        "add what was said, or take the label away",
        line=document.line_at(item.block.start),
        code="no-speech",
    )
