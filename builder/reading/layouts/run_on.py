"""Text in which a tool ran paragraphs together: on one line, or without a space between them.

On one line, a label is found by what stands before it: the end of a sentence, or where a full stop is missing or a heading
stands there, by the name, which begins a turn elsewhere on the page.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise, zip_longest

from builder.lexicon.label_words import last_name
from builder.lexicon.names import ends_of, split_label
from builder.lexicon.occupations import is_office_word
from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import CONNECTORS, NAME_PARTICLES, SENTENCE_WORDS
from builder.reading.document import DIRECTION
from builder.reading.headings import BEGINS_LIKE_HEADING
from builder.reading.layouts.head_fields import is_field
from builder.reading.layouts.lines import ENDS_A_SENTENCE, TextLine, is_label
from schema.text import normal_form


@cache
def run_together() -> re.Pattern[str]:
    return re.compile(
        # Where a paragraph ends and the next begins with no space between: `Strelsau.Thank you`, `friends,It is`, `* * *Talks`.
        r"(?<=[^\W_]{2}[.!?…:;,])(?=[“«‘(\[]?[^\W\d_a-z](?:[^\W\d_A-Z]|[’'\s]))"
        r"|(?<=[\w)][.!?…][”’)\]])(?=[“«‘(\[]?[^\W\d_a-z])|(?<=\w[)\]”’][.!?…])(?=[^\W\d_a-z][^\W\d_A-Z])"
        r"|(?<=[\w\s.,][0-9][.])(?=[“«]?[^\W\d_a-z][^\W\d_A-Z]{2})|(?<=[?!…)\]])(?=[^\W\d_a-z][^\W\d_A-Z]{2})"
        r"|(?<=[^\W\d_A-Z]{2}[.!?…])(?=[^\W\d_a-z]{2,6}\s)"
        r"|(?<=[^\W_]{2}[.!?…])(?=\* ?\*)|(?<=\* \*)(?=[^\s*])"
        r"|(?<=[.!?…:,;”)\w])(?=<[…])|(?<=[…]>)(?=\S)"
    )


_JOINED_WORDS = re.compile(r"(?<=[^\W_A-Z])(?=[^\W\d_a-z][^\W\d_A-Z])")
_WIDE_SPACE = re.compile(r"[^\S\n]{2,}")
_SEPARATOR = re.compile(
    r"(?<=[^\S\n])(?=\*(?: ?\*){2}[^\S\n])|(?<=[^\S\n]\*(?: \*){2})[^\S\n]|(?<=[^\S\n]\*\*\*)[^\S\n]"
)
"""Before and behind `* * *` within a line."""
AFTER_SENTENCE = re.compile(
    r"(?<![\s.(“][^\W\d_a-z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)\.[”’\"»)\]]{0,2}\s|[!?…][”’\"»)\]]{0,2}\s"
    r"|…>\s|\*(?: ?\*){1,8}\s"
)
_DIRECTION = re.compile(rf"(?<=[.!?…”\"»\]]\s)(?:{DIRECTION.pattern}|\[[^\[\]]*\])\s")
"""What stands in parentheses or brackets behind a sentence: `Yes. (Laughter) `."""
_NUMBER = re.compile(r"(?:^\s?|[.!?…:;][”’\"»)]?\s)\(?[0-9]{1,3}[.)]\s$")
"""The number of a list's entry, which ends as a sentence does."""
_NOTE = re.compile(r"\s*\([^()]*\)\s*$|\s+$")
_WORD = re.compile(r"\S+")
_GOES_ON = (
    SENTENCE_WORDS
    | CONNECTORS
    | frozenset(
        "about after against among around before behind between but called during like named near or per since than through "
        "towards until upon via with within without".split()
    )
)
"""Words behind which a name goes on with the sentence."""
_HEAD_OF_STATE = re.compile(r"(?<=\s)President of Russia (?=[^\W\d_a-z])")
_ENDS_PART = re.compile(r"(?:…>|\*)\s*+$")
_LONGEST_LABEL = 300
_LINES_OF_HEAD = 6
_CAPITALS = re.compile(r"(?<![\w’'.-])[^\W\d_a-z][\w’'.-]*(?: [^\W\d_a-z][\w’'-]*){1,5}")
_BEGINS_SPEECH = re.compile(r":\s*(?:\([^()]*\)\s*)?[“\"‘(\[<…]?[^\W_a-z]|:\s*[“\"‘(\[<…]")
_FEWEST_WIDE = 10


def split_paragraphs(text: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines; those in which a tool ran paragraphs together are split."""
    junctions = sum(1 for line in lines for _ in run_together().finditer(line.text))
    is_run_together = junctions >= 2 and junctions > sum(bool(ENDS_A_SENTENCE.search(line.text)) for line in lines)
    if not is_run_together and not is_flat(text, lines):
        return list(lines)
    spaced = spaced_out(text)
    known = frozenset(_names(spaced, lines))
    return [part for line, after in zip_longest(lines, lines[1:]) for part in _parts(text, spaced, line, after, known)]


def spaced_out(text: str) -> str:
    """A text whose white space is plain spaces, one for each."""
    return text.replace("\xa0", " ").replace("\n", " ")


def is_flat(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a tool wrote the paragraphs on one line: more labels stand within lines than on lines of one label, or wide
    spaces separate what it wrote."""
    long = (line for line in lines if len(line.text) > _LONGEST_LABEL)
    if sum(len(_WIDE_SPACE.findall(text, line.start, line.end)) for line in long) > max(_FEWEST_WIDE, len(lines)):
        return True
    told = (line for line in lines if not is_field(line))
    spaced = spaced_out(text)
    within = {line.start: sum(1 for _ in labels_within(spaced, line.start, line.end)) for line in told}
    alone = sum(is_label(line.text) for line in lines if not within.get(line.start))
    return sum(within.values()) > alone


def is_run_on(text: str, lines: Sequence[TextLine]) -> bool:
    """Whether a tool wrote most of a page on one line, with labels within it."""
    # A line of more than half the text holds its middle.
    middle = len(text) // 2
    start, end = text.rfind("\n", 0, middle) + 1, text.find("\n", middle)
    end = len(text) if end == -1 else end
    return 2 * (end - start) > len(text) and text.find(":", start, end) != -1 and is_flat(text, lines)


def _names(text: str, lines: Sequence[TextLine]) -> Iterator[str]:
    """The full names in labels that begin a line or follow the end of a sentence."""
    for line in lines:
        for at in (line.start, *labels_within(text, line.start, line.end)):
            words = _NOTE.sub("", text[at : max(at, text.find(":", at, line.end))])
            parts = split_label(normal_form(words)) if is_label(f"{words}:") else None
            if parts and " " in parts.name:
                yield parts.name
    # A person whom the title names: `Meeting with Rupert Hentzau`.
    for line in lines[:_LINES_OF_HEAD]:
        if len(line.text) <= _LONGEST_LABEL and not ENDS_A_SENTENCE.search(line.text):
            for capitals in _CAPITALS.findall(line.text):
                name = last_name(capitals.split())
                if is_given_name(name[0]) or f" with {capitals}" in line.text:
                    yield " ".join(name)


def _parts(
    text: str, spaced: str, line: TextLine, after: TextLine | None, known: AbstractSet[str]
) -> Iterator[TextLine]:
    """A line's paragraphs. It is split between two sentences without a space, at a wide space, and before a label."""
    if is_field(line):
        yield line
        return
    patterns = (run_together(), _WIDE_SPACE, _SEPARATOR)
    cuts = {match.end() for pattern in patterns for match in pattern.finditer(text, line.start, line.end)}
    after_blank = line.after_blank
    # A label may go on in the next line.
    colon = (
        text.find(":", after.start, min(after.end, after.start + _LONGEST_LABEL))
        if after and not after.after_blank
        else -1
    )
    for start, end in pairwise(sorted({line.start, *cuts, line.end})):
        reach = colon + 1 if end == line.end and colon != -1 else end
        for a, b in pairwise([start, *(at for at in labels_within(spaced, start, reach, known) if at < end), end]):
            if words := text[a:b].strip():
                at = text.index(words, a)
                yield TextLine(line.number, at, at + len(words), normal_form(words), after_blank)
                after_blank = False


def labels_within(text: str, start: int, end: int, known: AbstractSet[str] = frozenset()) -> Iterator[int]:
    """Where in a run of text a speaker's label begins: behind a sentence, or at a name that is known or below a heading.

    A heading that stands between a sentence and a label begins a part of its own.
    """
    position = start
    while (colon := text.find(":", position, end)) != -1:
        window = max(position, colon - _LONGEST_LABEL)
        sentence, at = _label_before(text, window, colon, known, window == start)
        if at is not None and at > start:
            if start < sentence < at and BEGINS_LIKE_HEADING.match(text, sentence):
                yield sentence
            yield at
        position = colon + 1


def _label_before(
    text: str, window: int, colon: int, known: AbstractSet[str], is_start: bool
) -> tuple[int, int | None]:
    """Where the sentence before a colon begins, and where in it a label that ends at the colon; None where there is none.

    `is_start` says whether a paragraph begins with the window.
    """
    ends = [m.end() for pattern in (AFTER_SENTENCE, _DIRECTION) for m in pattern.finditer(text, window, colon)]
    sentence = max(ends, default=window)
    joints = [joint.end() for joint in _JOINED_WORDS.finditer(text, sentence, colon)]
    joint = next(
        (at for at in joints if is_office_word(text[at:colon].partition(" ")[0])), joints[0] if joints else None
    )
    within = _label_without_stop(text, sentence, colon, known)
    is_listed = text[sentence:colon] not in known and _NUMBER.search(text[window:sentence])
    if BEGINS_LIKE_HEADING.match(text, sentence) or not (ends or is_start) or is_listed:
        is_joined = joint and is_office_word(text[joint:colon].partition(" ")[0])
        return sentence, joint if is_joined else within
    if is_label(text[sentence : colon + 2]):
        if joint and is_heading(text[sentence:joint]) and text.startswith("President of ", joint):
            return sentence, joint
        return sentence, within if within and is_heading(text[sentence:within]) else sentence
    if joint and is_label(text[joint : colon + 2]):
        return sentence, joint
    return sentence, within


def is_heading(words: str) -> bool:
    """Whether words before a label are a heading and no part of an office: `Talks with workers of the port`."""
    tokens = words.split()
    return len(tokens) > 3 and not CONNECTORS.isdisjoint(tokens) and not any(map(is_office_word, tokens))


def _label_without_stop(text: str, sentence: int, colon: int, known: AbstractSet[str]) -> int | None:
    """Where in a sentence a label begins before which a full stop is missing; None where none does."""
    words = _NOTE.sub("", text[sentence:colon])
    if at := _below_heading(words):
        return sentence + at
    named = next((end for end in ends_of(words) if end in known), None)
    begins_part = BEGINS_LIKE_HEADING.match(text, sentence) is not None or (
        named is not None
        and bool(_ENDS_PART.search(text, max(0, sentence - 8), sentence))
        and is_heading(words[: -len(named)])
    )
    if not named and not begins_part:
        return None
    if not begins_part and not _BEGINS_SPEECH.match(text, colon):
        return None
    name_at = len(words) - len(named) if named else -1
    starts = []
    for before, word in pairwise(_WORD.finditer(words)):
        at, above = word.start(), before[0]
        if not word[0][0].isupper() or above[-1] in ",;:–—-" or above.casefold().strip("“”’)") in _GOES_ON:
            continue
        if above in NAME_PARTICLES:
            continue
        is_named = at == name_at and (begins_part or not (above[0].isupper() and above[-1].isalnum()))
        is_office = above[0].islower() or (words.startswith("President of ", at) and not is_office_word(above))
        if (is_named or (is_office and _holds_office(words[at:]))) and is_label(words[at:] + ":"):
            starts.append(at)
    # The office of the person whom a heading names comes before that name.
    first = (at for at in starts if not _holds_given_name(words[at : max(at, name_at)]))
    found = next(first, starts[-1] if starts else None)
    return None if found is None else sentence + found


def _below_heading(words: str) -> int:
    """Where the head of state's label begins below the heading of a part that stands before it; 0 where none does."""
    at = max((office.start() for office in _HEAD_OF_STATE.finditer(words)), default=0)
    heading = words[:at].rstrip()
    is_above = at and (BEGINS_LIKE_HEADING.match(heading) or is_heading(heading))
    if not is_above or heading.rpartition(" ")[2].casefold() in _GOES_ON:
        return 0
    return at if is_label(words[at:] + ":") else 0


def _holds_office(words: str) -> bool:
    return any(map(is_office_word, words.split()))


def _holds_given_name(words: str) -> bool:
    return any(map(is_given_name, words.split()))
