"""Speaker labels: finding the one at the start of a paragraph, and distinguishing it from speech with a colon."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from builder.lexicon.label_words import (
    is_capitalised_name,
    is_common_noun,
    is_name_like_a_sentence,
    is_name_token,
    is_voice,
    reads_as_sentence,
)
from builder.lexicon.names import MAX_LABEL_CHARS, ends_of, is_addressed_politely, name_in_parentheses, split_label
from builder.lexicon.occupations import bare, may_be_occupation
from builder.lexicon.sentences import is_entry_of_list, reads_as_statement
from builder.lexicon.vocabulary import CONNECTORS, TOPICS
from schema.text import normal_form

_COLON = re.compile(r":(?![0-9/])|(?<=[^\W\d_]):(?=[0-9])")
_LONGEST_NOTE = 300
_NOTE = re.compile(rf"\s*\((?P<note>[^()]{{2,{_LONGEST_NOTE}}})\)?\s*$")
_NOTE_BEFORE = re.compile(r"\s*\((?P<note>[^()]{2,120})\)$")
"""The first of two notes."""
_NOTE_GOES_ON = re.compile(r"[^()]{0,100}\)\s*(?:\([^()]{2,120}\)\s*)?:")
"""What follows a colon that stands inside a note."""
_LATE_NOTE = re.compile(r"\s*\((?P<note>[^():]{2,60})\)\s*:")
RUN_TOGETHER = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][a-z]|[A-Z]{3})|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
"""Where a space is lost between two words: `MinisterRupert Hentzau`, `RupertHENTZAU`, `CEORupert Hentzau`."""
FURTHEST_COLON = MAX_LABEL_CHARS + _LONGEST_NOTE + 10
"""The last offset at which a label's colon may stand, counting its note and the layout's line breaks."""
_SHORTENED = re.compile(
    r"\b(?:Acad|Adm|Amb|Archim|Assoc|Asst|Brig|Capt|Cmdr|Col|Corp|Cpl|Dep|Dept|Esq|Gen|Gov|Hon|Inc|Lieut|Ltd|Maj|Messrs|Mrs|"
    r"Pres|Prof|Rear|Rep|Rev|Sen|Sgt|Univ|Vice)\."
)
"""Words whose full stop ends no sentence."""
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?…]['’”\"]?\s|[;!?…“”«»<>*]")


_LONGEST_UNKNOWN = 12
"""Words in a label that only its place or type shows to be one, at most."""


class Label(NamedTuple):
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
    colon = _COLON.search(paragraph, 0, FURTHEST_COLON)
    if not colon:
        return None
    head = paragraph[: colon.start()]
    has_note = "(" in head
    if has_note and head.rfind("(") > head.rfind(")") and (rest := _NOTE_GOES_ON.match(paragraph, colon.end())):
        # `Question (Channel One: the evening news):`
        colon = rest
        head = paragraph[: rest.end() - 1]
    end = colon.end()
    notes: list[str] = []
    if has_note and (note := _NOTE.search(head)):
        head, notes = head[: note.start()], [note["note"]]
        if first := _NOTE_BEFORE.search(head):
            head, notes = head[: first.start()], [first["note"], note["note"]]
    elif late := _LATE_NOTE.match(paragraph, end):
        # A slip of some pages: `Question: (retranslated): …`
        end, notes = late.end(), [late["note"]]
    text = normal_form(head)
    if notes and (named := f"{text} ({normal_form(notes[0])})") and name_in_parentheses(named):
        # `Minister of Culture (Flavia Elphberg)`: what stands in parentheses is the name, or the office.
        head = paragraph[: paragraph.index(")", len(head)) + 1]
        text, notes = named, notes[1:]
    if not 0 < len(text) <= MAX_LABEL_CHARS or _ends_sentence(text):
        return None
    if (
        not text[0].isalpha()
        or text.endswith(",")
        or (len(paragraph) < end + 80 and is_entry_of_list(text, paragraph[end:].strip()))
    ):
        return None
    return Label(text, "; ".join(map(normal_form, notes)) or None, len(head.rstrip()), end)


def _ends_sentence(text: str) -> bool:
    return bool(_ENDS_SENTENCE.search(text + " ")) and bool(_ENDS_SENTENCE.search(_SHORTENED.sub("", text) + " "))


def names_speaker(label: Label, known_names: AbstractSet[str] = frozenset()) -> bool:
    """Whether a label's words name a speaker: a voice, or a person with or without an office.

    `known_names` are names that the page gives: a label that is one, or ends with one in full, needs no other sign.
    """
    if is_voice(label.text) or label.text in known_names:
        return True
    if is_addressed_politely(label.text) and (len(label.text.split()) > 2 or label.text.split()[-1] in known_names):
        return True
    if reads_as_sentence(label.text) or reads_as_statement(label.text):
        return False
    if split_label(label.text) or split_label(RUN_TOGETHER.sub(" ", label.text)):
        return True
    return any(" " in end and end in known_names for end in ends_of(label.text))


def could_be_person(label: Label, title: str) -> bool:
    """Whether a label that reads as words of a sentence is a name that the page's title has: `Meeting with He Lifeng`."""
    return is_name_like_a_sentence(label.text) and label.text in title


def recurring_names(labels: Iterable[Label]) -> set[str]:
    """Labels of two to four words in capitals that stand before a colon more than once: they can only be names."""
    counts = Counter(label.text for label in labels)
    return {
        text
        for text, count in counts.items()
        if count > 1 and (is_capitalised_name(text) or is_name_like_a_sentence(text))
    }


def speaks_in_bold(label: Label, others_speak: bool) -> bool:
    """Whether a label in bold is a speaker's though its words do not show it: an office that no list has, a voice.

    `others_speak` says whether the page has labels that do show it.
    """
    words = label.text.split()
    if len(words) > _LONGEST_UNKNOWN or _is_topic(words):
        return False
    if reads_as_sentence(label.text):
        # `He Lifeng`, `Mr Hentzau`
        return others_speak and (is_name_like_a_sentence(label.text) or is_addressed_politely(label.text))
    return others_speak or (len(words) > 2 and all(map(is_name_token, words[-2:])))


def _is_topic(words: Sequence[str]) -> bool:
    """Whether words are the heading of a part of a speech: `Housing`, `Education and science`, `First`."""
    if all(_is_subject(word.casefold().strip(",")) or word in CONNECTORS or word.isdigit() for word in words):
        return True
    # `Social policy`: a noun in small letters at the end, of no person.
    last = words[-1]
    return (
        1 < len(words) < 4
        and last.islower()
        and not any(is_common_noun(bare(w)) or may_be_occupation(w) for w in words)
    )


def _is_subject(word: str) -> bool:
    return word in TOPICS or (len(word) > _LONGEST_NAME_LIKE_SUBJECT and word.endswith(_ENDS_OF_SUBJECTS))


_LONGEST_NAME_LIKE_SUBJECT = 6
_ENDS_OF_SUBJECTS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ance",
    "ence",
    "ism",
    "ology",
    "ogies",
    "ture",
    "ities",
    "tions",
    "ments",
)
"""Ends of nouns of things, in lower case: `Gasification`."""
