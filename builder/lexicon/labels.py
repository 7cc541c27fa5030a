"""Speaker labels: finding the one at the start of a paragraph, and distinguishing it from speech with a colon."""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from builder.lexicon.names import (
    MAX_LABEL_CHARS,
    ends_of,
    is_capitalised_name,
    is_name_token,
    is_voice,
    reads_as_sentence,
    split_label,
)
from schema.text import normal_form

_COLON = re.compile(r":(?![0-9/])")
_NOTE = re.compile(r"\s*\((?P<note>[^()]{2,120})\)?\s*$")
_LATE_NOTE = re.compile(r"\s*\((?P<note>[^():]{2,60})\)\s*:")
RUN_TOGETHER = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][a-z])")
"""Where a space is lost between two words: `MinisterRupert Hentzau`."""
_FURTHEST_COLON = MAX_LABEL_CHARS + 130
"""The last offset at which a label's colon may stand, counting its note and the layout's line breaks."""
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?…]['’”\"]?\s|[;!?…“”«»<>*]")


_LONGEST_UNKNOWN = 12
"""Words in a label that only its place or type shows to be one, at most."""


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label as it stands at the start of a paragraph."""

    text: str
    """As printed, in normal form, without note and colon."""
    note: str | None
    name_end: int
    """Where its words end, before note and colon, counted from the paragraph's start."""
    end: int
    """The offset after its colon and note."""


def read_label(paragraph: str) -> Label | None:
    """What stands before a paragraph's first colon, if its form allows a label; None otherwise."""
    colon = _COLON.search(paragraph, endpos=_FURTHEST_COLON)
    if not colon:
        return None
    head, end = paragraph[: colon.start()], colon.end()
    note = _NOTE.search(head)
    if note:
        head = head[: note.start()]
    elif late := _LATE_NOTE.match(paragraph, end):
        # A slip of some pages: `Question: (retranslated): …`
        note, end = late, late.end()
    text = normal_form(head)
    if not 0 < len(text) <= MAX_LABEL_CHARS or _ENDS_SENTENCE.search(text + " "):
        return None
    if not text[0].isalpha() or text.endswith(","):
        return None
    return Label(text, normal_form(note["note"]) if note else None, len(head.rstrip()), end)


def names_speaker(label: Label, known_names: AbstractSet[str] = frozenset()) -> bool:
    """Whether a label's words name a speaker: a voice, or a person with or without an office.

    `known_names` are names that the page gives: a label that is one, or ends with one in full, needs no other sign.
    """
    if is_voice(label.text) or label.text in known_names:
        return True
    if reads_as_sentence(label.text):
        return False
    if split_label(label.text) or split_label(RUN_TOGETHER.sub(" ", label.text)):
        return True
    return any(" " in end and end in known_names for end in ends_of(label.text))


def recurring_names(labels: Iterable[Label]) -> set[str]:
    """Labels of two to four words in capitals that stand before a colon more than once: they can only be names."""
    counts = Counter(label.text for label in labels)
    return {text for text, count in counts.items() if count > 1 and is_capitalised_name(text)}


def speaks_in_bold(label: Label, others_speak: bool) -> bool:
    """Whether a label in bold is a speaker's though its words do not show it: an office that no list has, a voice.

    `others_speak` says whether the page has labels that do show it.
    """
    words = label.text.split()
    if reads_as_sentence(label.text) or len(words) > _LONGEST_UNKNOWN:
        return False
    return others_speak or (len(words) > 2 and all(map(is_name_token, words[-2:])))
