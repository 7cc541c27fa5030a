"""What each character of a block is: its label, speech, an insertion, a direction, an elision, or white space that is none."""

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.lexicon.directions import is_direction, is_direction_in_brackets
from builder.reading.classification import Item, Run
from builder.reading.document import DIRECTION, ELISION, LAYOUT_BREAK, Span
from builder.reading.marks import marked, outside
from schema.segments import SPOKEN
from schema.vocabularies import SegmentKind

_INLINE = re.compile(rf"(?P<elision>{ELISION.pattern})|(?P<insertion>\[[^\[\]]*\])|(?P<direction>{DIRECTION.pattern})")
_OTHER_ROLES = "(<[\n"
"""The characters that begin a direction, an elision, an insertion, a layout's line break."""
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]?$")
_OF_WORD = re.compile(r"\w")
_REACH = 40
"""Characters before a parenthesis that show whether a sentence ends there."""
_PUNCTUATION = re.compile(r"[,.;:!?…)\]]|”(?!\w)")


def runs_of(text: str, item: Item) -> list[Run]:
    """The roles within one block: label, speech, insertions, directions, elisions, and the white space that is none."""
    start, end = item.block.start, item.block.end
    if item.kind != "speech":
        return [Run(item.kind, start, end)]
    runs, start = _label(text, item)
    if _is_all_speech(text[start:end]):
        runs.append(Run("speech", start, end))
        return runs
    body = list(_paragraph_runs(text, start, end, item))
    spoken = [i for i, run in enumerate(body) if run.kind in SPOKEN]
    if spoken:
        first, last = spoken[0], spoken[-1]
        body[first] = body[first]._replace(start=_skip_space(text, body[first].start, body[first].end))
        trimmed = text[body[last].start : body[last].end].rstrip()
        body[last] = body[last]._replace(end=body[last].start + len(trimmed))
    return runs + [part for run in body for part in _without_layout_breaks(text, run)]


def _label(text: str, item: Item) -> tuple[list[Run], int]:
    """The label of a block, if it has one, and where what it says begins."""
    start = item.block.start
    if not item.label:
        return [], start
    end = start + item.label.end
    return [Run("label", start, end)], _skip_space(text, end, item.block.end)


def _is_all_speech(stretch: str) -> bool:
    """Whether a stretch is speech from end to end, as most paragraphs are: nothing in it could begin another role."""
    return bool(stretch) and stretch == stretch.strip() and not any(map(stretch.__contains__, _OTHER_ROLES))


def holds_words(text: str, runs: Iterable[Run]) -> bool:
    return any(_OF_WORD.search(text, run.start, run.end) for run in runs if run.kind in SPOKEN)


def all_spoken(text: str, item: Item) -> list[Run]:
    """The roles within one block whose directions are its speech: its label, and all the rest but an elision behind it."""
    end = item.block.end
    runs, start = _label(text, item)
    cut_off = re.compile(r"\s*(<(?:…|\.\.\.)>)$").search(text, start, end)
    if cut_off and cut_off.start() > start:
        runs += _without_layout_breaks(text, Run("speech", start, cut_off.start()))
        runs.append(Run("elision", cut_off.start(1), end))
    else:
        runs += _without_layout_breaks(text, Run("speech", start, end))
    return runs


def _paragraph_runs(text: str, start: int, end: int, item: Item) -> Iterator[Run]:
    """Speech, insertions, directions and elisions of one paragraph; white space between two of these may be left out."""
    runs: list[Run] = []
    italics = marked(item.block, "italic") if item.block.marks else []
    position = start
    for match in _INLINE.finditer(text, start, end):
        kind: SegmentKind = match.lastgroup  # type: ignore[assignment]  # the groups are named for the kinds
        if kind == "direction" and not _is_direction(match, start, italics, begins_turn=item.label is not None):
            continue
        if kind == "insertion" and is_direction_in_brackets(match[0]):
            kind = "direction"
        _add_speech(text, runs, position, match.start())
        runs.append(Run(kind, match.start(), match.end()))
        position = match.end()
    _add_speech(text, runs, position, end)
    for i, run in enumerate(runs):
        if run.kind in SPOKEN and _stands_before_punctuation(text, runs, i + 1, end):
            # `No (laughter), not me`: without the direction the space before it would stand before the comma.
            yield run._replace(end=run.start + len(text[run.start : run.end].rstrip()))
        else:
            yield run


def _is_direction(match: re.Match[str], start: int, italics: Sequence[Span], *, begins_turn: bool) -> bool:
    """Whether a parenthesis is a direction: one in italics is, whatever its words. `start` is where the paragraph's speech
    begins."""
    text = match.string
    if italics and _is_in_italics(text, italics, *match.span()):
        return True
    before = text[max(start, match.start() - _REACH) : match.start()].rstrip()
    return is_direction(
        match[0],
        opens_turn=begins_turn and not before and not text[match.end() : match.end() + 1].isalnum(),
        opens_paragraph=not before or bool(_SENTENCE_END.search(before)),
    )


def _is_in_italics(text: str, italics: Sequence[Span], start: int, end: int) -> bool:
    """Whether all of a parenthesis is in italics, its signs and its full stop apart."""
    upright = "".join(text[a:b] for a, b in outside(italics, start, end))
    return not any(map(str.isalnum, upright))


def _stands_before_punctuation(text: str, runs: Sequence[Run], index: int, end: int) -> bool:
    """Whether a paragraph goes on with punctuation from one run on, once the directions and elisions there are gone."""
    if index == len(runs) or runs[index].kind in SPOKEN:
        return False
    spoken = next((runs[i].start for i in range(index, len(runs)) if runs[i].kind in SPOKEN), end)
    return bool(_PUNCTUATION.match(text, spoken))


def _add_speech(text: str, runs: list[Run], start: int, end: int) -> None:
    if not text[start:end].strip():
        if runs and runs[-1].kind == "insertion":
            runs[-1] = runs[-1]._replace(end=end)
        return
    runs.append(Run("speech", start, end))


def _without_layout_breaks(text: str, run: Run) -> Iterator[Run]:
    """A run without the line breaks that a layout put before punctuation."""
    if run.kind not in SPOKEN or "\n" not in text[run.start : run.end]:
        yield run
        return
    position = run.start
    for match in LAYOUT_BREAK.finditer(text, run.start, run.end):
        yield Run(run.kind, position, match.start())
        position = match.end()
    yield Run(run.kind, position, run.end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start
