"""Where turns begin: the blocks of a document, each with its label if it begins with one.

Text has words alone. A saved page shows in bold what is a label; there a label may also stand within a paragraph, and where a
page has labels in bold, its words may show one that lacks it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from builder.lexicon.label_words import is_common_noun, is_voice
from builder.lexicon.labels import (
    FURTHEST_COLON,
    Label,
    could_be_person,
    names_speaker,
    read_label,
    recurring_names,
    speaks_in_bold,
)
from builder.lexicon.names import MAX_LABEL_CHARS, split_label
from builder.lexicon.site_names import names_of_tags
from builder.reading.document import Block, Document, Mark
from builder.reading.marks import marked, marked_from, outside
from schema.text import normal_form

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_LONGEST_SUBJECT = 4
_OF_PERSONS = re.compile(r"(?:er|or|ist|ee|ant|ian|ess)s?$|(?:men|women|people|children)$")
"""The ends of nouns of persons, in lower case: `seamstresses`, `weavers`."""

Labelled = tuple[Block, Label | None]

_ENDS_SENTENCE = re.compile(r"[.!?…”)\]>][”\"’)]?\s*$")
"""What a paragraph has before a label in bold that does not begin a line: the end of a sentence."""
_HAS_WORDS = re.compile(r"\w")
_LINE_BREAK = re.compile(r"\n\s*")
_SPACE = re.compile(r"\s*")
_REACH = FURTHEST_COLON + 400
"""Characters that a label with its notes may take, and more."""
_LONGEST_FRAGMENT = 3
"""Letters of a word that may have been left out of the bold, at its beginning or end: `R<b>upert Hentzau</b>`."""
_FULL_STOP = re.compile(r"\.\s+(?=\S)")
_BEGINS_SPEECH = re.compile(r"\s*[“\"‘(\[<]?[^\W_a-z]")


def labelled_blocks(document: Document) -> Sequence[Labelled]:
    """The blocks of a document in order, each with its label, or null."""
    text = document.text
    if not document.knows_bold:
        found = [read_label(text[b.start : b.end]) if b.kind == "body" else None for b in document.blocks]
        labels = [label for label in found if label]
        known = _known_names(document, labels) if labels else set[str]()
        return [
            (block, label if label and names_speaker(label, known) else None)
            for block, label in zip(document.blocks, found, strict=True)
        ]
    in_bold = [_label_in_bold(text, b, b.start) if b.kind == "body" and b.marks else None for b in document.blocks]
    in_bold = [*_with_full_stops(document, in_bold)]
    labels = [label for label in in_bold if label]
    if not labels:
        return list(zip(document.blocks, in_bold, strict=True))
    page = _voices(document, labels)
    first = [label if label and page.speaks(label) else None for label in in_bold]
    if not page.others_speak:
        return list(zip(document.blocks, first, strict=True))
    return [*_within_paragraphs(document, first, page)]


@dataclass(frozen=True)
class _Voices:
    """Who speaks on a saved page, by its labels in bold."""

    text: str
    """Of the page."""
    known: set[str]
    """Names that the page gives."""
    speaking: set[str]
    """The labels in bold whose words show that they are labels."""
    speakers: set[str]
    """Those that name a person, and the names in them."""

    @property
    def others_speak(self) -> bool:
        return bool(self.speaking)

    def speaks(self, label: Label) -> bool:
        """Whether a label in bold at the start of a line is a speaker's."""
        if label.text in self.speaking or names_speaker(label, self.known):
            return True
        return speaks_in_bold(label, self.others_speak) and not self._is_subject(label)

    def _is_subject(self, label: Label) -> bool:
        """Whether a label is of words that the page has in lower case too, and of no person: `Bridges`, the heading of a part of
        a speech."""
        words = [word.casefold() for word in label.text.split()]
        if len(words) > _LONGEST_SUBJECT or any(is_common_noun(word) or _OF_PERSONS.search(word) for word in words):
            return False
        return self._words_in_lower_case.issuperset(words)

    @cached_property
    def _words_in_lower_case(self) -> frozenset[str]:
        return frozenset(word for word in _WORD.findall(self.text) if word.islower())

    def speaks_without_bold(self, label: Label, *, is_answered: bool) -> bool:
        """Whether a label that lacks its bold is a speaker's: of a person who speaks elsewhere in bold, or with an office; of a
        voice that has labels in bold, where a person answers it."""
        if label.text in self.speakers or (is_answered and label.text in self.speaking):
            return True
        parts = split_label(label.text) if names_speaker(label, self.known) else None
        if parts is None:
            return False
        return parts.name in self.speakers or (parts.role is not None and label.text.endswith(f" {parts.name}"))


def _voices(document: Document, labels: Sequence[Label]) -> _Voices:
    known = _known_names(document, labels)
    speaking = {label.text for label in labels if names_speaker(label, known)}
    speakers: set[str] = set()
    for text in speaking:
        if not is_voice(text):
            parts = split_label(text)
            speakers |= {text, parts.name} if parts else {text}
    return _Voices(document.text, known, speaking, speakers)


def _known_names(document: Document, labels: Sequence[Label]) -> set[str]:
    """Names that the page gives: of its sure labels, of labels that recur, of its person tags, of its title."""
    sure = [label.text for label in labels if names_speaker(label)]
    known = {*sure, *recurring_names(labels), *names_of_tags(tag.name for tag in document.metadata.persons or ())}
    known.update(label.text for label in labels if could_be_person(label, document.metadata.title))
    for label_text in sure:
        if parts := split_label(label_text):
            known |= {parts.name, parts.name.split()[-1]}
    return known


def _label_in_bold(text: str, block: Block, start: int) -> Label | None:
    """The label in bold that a block has at a place; null where there is none. It may be several runs of bold in a row, and
    lack a letter of its first or last word; its note need not be in bold."""
    bold = marked(block, "bold")
    label = read_label(text[start : block.end]) if bold else None
    if label is None:
        return None
    end = start + label.name_end
    if bold[0][0] <= start and bold[0][1] >= end:
        # As nearly all labels are.
        return label
    left_out = [(a, b) for a, b in outside(bold, start, end) if text[a:b].strip()]
    if all(_is_fragment(text, a, b, end) for a, b in left_out):
        return label
    # A note without parentheses, in italics: `<b>Rupert Hentzau</b> <i>retranslated</i>:`
    in_bold = marked_from(bold, start)
    is_note = start < in_bold < end and not any(
        text[a:b].strip() for a, b in outside(marked(block, "italic"), in_bold, start + label.end - 1)
    )
    if is_note and label.note is None and (name := normal_form(text[start:in_bold])) and not name.endswith(","):
        return Label(name, normal_form(text[in_bold:end]), len(text[start:in_bold].rstrip()), label.end)
    return None


def _is_person(label: Label) -> bool:
    """Whether the words of a label alone show that it names a person."""
    return names_speaker(label) and split_label(label.text) is not None


def _with_full_stops(document: Document, in_bold: Sequence[Label | None]) -> Sequence[Label | None]:
    """The labels in bold with those that end with a full stop, where a page has more than one label."""
    stopped = [
        _label_with_full_stop(document.text, block) if block.marks and block.kind == "body" and not label else None
        for block, label in zip(document.blocks, in_bold, strict=True)
    ]
    if not any(stopped) or sum(map(bool, (*stopped, *in_bold))) < 2:
        return in_bold
    return [label or other for label, other in zip(in_bold, stopped, strict=True)]


def _label_with_full_stop(text: str, block: Block) -> Label | None:
    """A person in bold at the start of a block, with a full stop and speech behind it: `<b>Rupert Hentzau.</b> Thank you.`"""
    end = marked_from(marked(block, "bold"), block.start)
    name = normal_form(text[block.start : end])
    stop = _FULL_STOP.match(text, block.start + len(text[block.start : end].rstrip()) - name.endswith("."), block.end)
    name = name.removesuffix(".")
    if (
        not stop
        or len(name) > MAX_LABEL_CHARS
        or "." in name[-2:]
        or not _BEGINS_SPEECH.match(text, stop.end(), block.end)
    ):
        return None
    label = Label(name, None, stop.start() - block.start, stop.end() - block.start)
    return label if ". " not in name and _is_person(label) else None


def _is_fragment(text: str, start: int, end: int, end_of_label: int) -> bool:
    """Whether a stretch that is not in bold is a few letters of a word of which the rest is: `R<b>upert Hentzau</b>`."""
    letters = text[start:end]
    if end - start > _LONGEST_FRAGMENT or not letters.isalpha():
        return False
    return (end < end_of_label and text[end].isalpha()) or (start > 0 and text[start - 1].isalpha())


def _within_paragraphs(document: Document, first: Sequence[Label | None], page: _Voices) -> Iterator[Labelled]:
    """The blocks, each cut where a label stands within it, with the labels that its first words lacked bold for."""
    text = document.text
    for index, block in enumerate(document.blocks):
        kind, start, end, marks = block
        begun = first[index]
        if kind == "body":
            stop = end if end - start < FURTHEST_COLON else start + FURTHEST_COLON
            if begun is None and text.find(":", start, stop) > 0:
                following = first[index + 1] if index + 1 < len(first) else None
                is_answered = following is not None and following.text in page.speakers
                begun = _label_without_bold(text, block, start, page, is_answered=is_answered)
            if marks or text.find("\n", start, end) >= 0:
                # Most blocks have neither.
                yield from _within(document, index, begun, first, page)
                continue
        yield block, begun


def _within(
    document: Document, index: int, begun: Label | None, first: Sequence[Label | None], page: _Voices
) -> Iterator[Labelled]:
    """The parts of a body block with marks or line breaks; `begun` is its label so far."""
    text, blocks = document.text, document.blocks
    block = blocks[index]
    if begun is None:
        goes_on = index + 1 < len(blocks) and blocks[index + 1].kind == "body" and first[index + 1] is None
        begun = _label_without_colon(text, block, page, goes_on=goes_on)
    after = block.start + (begun.end if begun else 1)
    has_bold = any(mark.start >= after and mark.kind == "bold" for mark in block.marks)
    if has_bold or text.find("\n", after, block.end) >= 0:
        yield from _cut(text, block, begun, page)
    else:
        yield block, begun


def _label_without_bold(
    text: str, block: Block, start: int, page: _Voices, *, is_answered: bool = False
) -> Label | None:
    stretch = text[start : min(block.end, start + _REACH)]
    label = read_label(stretch)
    if label is None or not _BEGINS_SPEECH.match(stretch, label.end):
        return None
    if page.speaks_without_bold(label, is_answered=is_answered):
        return label
    # Bold in pieces: `<b>Ru</b><b>pert Hen</b>tzau<b>:</b>`, `<b>Rupert</b> Hentzau:`. There the words must show a person.
    reach = start + _LONGEST_FRAGMENT
    return label if any(a <= reach for a, b in marked(block, "bold") if b > start) and _is_person(label) else None


def _label_without_colon(text: str, block: Block, page: _Voices, *, goes_on: bool) -> Label | None:
    """A person's name or office and name in bold at the start of a block, of one who has labels with a colon elsewhere; what is
    said begins with a capital, on the same line or in the next block, where the page goes on with one that has no label."""
    end = marked_from(marked(block, "bold"), block.start)
    name = normal_form(text[block.start : end]).rstrip(" .")
    if name not in page.speakers:
        return None
    rest = text[end : block.end]
    rest_start = end + len(rest) - len(rest.lstrip(". \xa0"))
    begins = bool(_BEGINS_SPEECH.match(text, rest_start, block.end)) if rest_start < block.end else goes_on
    return Label(name, None, end - block.start, rest_start - block.start) if begins else None


def _cut(text: str, block: Block, label: Label | None, page: _Voices) -> Iterator[Labelled]:
    """A block in parts: it ends where a label begins a line of it, or in bold follows the end of a sentence."""
    starts = [(block.start, label)]
    marks = sorted(block.marks, key=attrgetter("start"))
    for place in _places(text, block, marks, block.start + (label.end if label else 1)):
        last, label_before = starts[-1]
        if label_before and not _HAS_WORDS.search(text, last + label_before.end, place):
            # Of two labels in a row the first would have no speech.
            continue
        before = text[max(block.start, place - _REACH) : place].rstrip(" \xa0")
        at_line = before.endswith("\n")
        if at_line or _ENDS_SENTENCE.search(before):
            found = _label_within(text, _window(block, marks, place), page, at_line=at_line)
            if found and _HAS_WORDS.search(text, place + found.end, block.end):
                starts.append((place, found))
    return _parts(text, block, marks, starts)


def _places(text: str, block: Block, marks: Sequence[Mark], after: int) -> list[int]:
    """Where a label may begin within a block: at the start of a line, or of a run of bold."""
    places = {match.end() for match in _LINE_BREAK.finditer(text, after, block.end)}
    for mark in marks:
        if mark.kind == "bold" and mark.start >= after and (word := _SPACE.match(text, mark.start, block.end)):
            places.add(word.end())
    return sorted(places)


def _window(block: Block, marks: Sequence[Mark], place: int) -> Block:
    """As much of a block from a place on as a label may take."""
    end = min(block.end, place + _REACH)
    first = bisect_left(marks, place - _REACH, key=attrgetter("start"))
    last = bisect_left(marks, end, key=attrgetter("start"))
    return Block(block.kind, place, end, tuple(marks[first:last]))


def _label_within(text: str, window: Block, page: _Voices, *, at_line: bool) -> Label | None:
    """The label with which the rest of a block begins; null where it begins with none."""
    label = _label_in_bold(text, window, window.start)
    if label and (names_speaker(label, page.known) or (at_line and page.speaks(label))):
        return label
    return _label_without_bold(text, window, window.start, page) if at_line else None


def _parts(
    text: str, block: Block, marks: Sequence[Mark], starts: Sequence[tuple[int, Label | None]]
) -> Iterator[Labelled]:
    """The parts of a block that begin at these places, with the marks of each."""
    if len(starts) == 1:
        yield block, starts[0][1]
        return
    waiting, index = list[Mark](), 0
    for (start, label), (stop, _) in pairwise([*starts, (block.end, None)]):
        end = start + len(text[start:stop].rstrip())
        while index < len(marks) and marks[index].start < end:
            waiting.append(marks[index])
            index += 1
        own = [mark for mark in waiting if mark.end > start]
        clipped = (Mark(m.kind, max(m.start, start), min(m.end, end), m.site_person_id) for m in own)
        yield Block(block.kind, start, end, tuple(clipped)), label
        waiting = [mark for mark in own if mark.end > end]
