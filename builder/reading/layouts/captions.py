"""Photo captions, credits and slide counts, detected by their words where a layout does not mark them."""

import re

from builder.lexicon.names import split_label
from builder.lexicon.occupations import is_office_word
from builder.lexicon.vocabulary import CONNECTORS

_OPENING = re.compile(
    r"(?:At|With|During|Before|After|Following|Prior to|While|Attending|Visit(?:ing)?|(?:Joint |Working |Expanded )?"
    r"(?:[Mm]eeting|[Tt]alks|[Cc]eremony|[Nn]ews conference|[Pp]ress statements?|[Cc]onversation)|Participants|"
    r"Statements? for the press|Presidential Address|Direct Line|Plenary session)\b"
)
# A caption names a scene. One of these words makes it a statement, and so somebody's speech.
_STATEMENT = re.compile(
    r"\b(?:I|we|We|you|You|my|our|us|your|me|is|are|was|were|be|been|has|have|had|will|would|shall|should|can|could|may|"
    r"might|must|do|does|did|not|thank|Thank|please|that|which|who|what|it|It|this|these|those|there|they|"
    r"began|ended|spoke|said|made|met|took|visited|told|gave|let|let’s)\b"
)
_COMMONEST = (
    " that ",
    " is ",
    " are ",
    " we ",
    " have ",
    " will ",
    " this ",
    " I ",
    " has ",
    " our ",
    " it ",
    " was ",
    " you ",
)
"""Of these words those that most sentences have: looked for first, because it takes less time."""
_LABEL_LIKE = re.compile(r"(?!Photo)[^.!?:]{2,200}:(?:\s|$)")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
SLIDE_COUNT = re.compile(r"[0-9]+ (?:of|/) [0-9]+|[0-9]+/[0-9]+")
"""What the site prints with each picture of several: `4 of 6`; some tools write `4 / 6`."""
_CREDIT = re.compile(r"Photo(?:s|graph)?\b(?: by\b|: ?)|[^:]{1,300}\. Photos?(?: by\b|: )[^.:]{1,60}\.?$")
_LONGEST_CREDIT = 200
_ADDED = re.compile(r"(?<=[^\W\d_]{3}\. )With [A-Z].*", re.DOTALL)
"""A second sentence of a caption: `With Rupert Hentzau (left).`"""
LONGEST = 400
"""Characters in a caption at most."""


def is_credit(text: str) -> bool:
    """Whether a line names a photo's author: `Photo: TASS`."""
    match = _CREDIT.match(text) if "Photo" in text else None
    return match is not None and (match.end() == len(text) or len(text) <= _LONGEST_CREDIT)


def is_caption_below_count(text: str) -> bool:
    """Whether the line below `4 of 6` is that photo's caption: it nearly always is, unless somebody speaks there."""
    return len(text) <= LONGEST and not _LABEL_LIKE.match(text)


def is_caption_in_body(text: str, subject: str) -> bool:
    """Whether a line of the body is a caption: it names the page's own scene and states nothing.

    `subject` is what the page is about, its title and lead: a caption repeats most of its words.
    """
    if len(text) > LONGEST or not text.endswith(".") or ":" in text:
        return False
    if not _OPENING.match(text) or _STATEMENT.search(text):
        return False
    words, shared = _words_shared(_ADDED.sub("", text), subject)
    return shared >= 2 and 2 * shared >= words


def is_caption_in_speech(text: str, subject: str, following: str) -> bool:
    """Whether a line between paragraphs of speech is a caption: one sentence without a verb that repeats the title, or that
    names a person with an office, and perhaps where that is.

    `following` is the next line: where the person speaks there, the line may give the floor.
    """
    if not text.endswith(".") or len(text) > LONGEST or ":" in text or any(map(text.__contains__, _COMMONEST)):
        return False
    if _STATEMENT.search(text) or _VERB.search(text):
        return False
    if _SENTENCE_WITHIN.search(text):
        return False
    words, shared = _words_shared(text, subject)
    if shared >= 3 and 3 * shared >= 2 * words:
        return True
    person = _PERSON.fullmatch(text)
    parts = split_label(person["words"]) if person and _names_only(person["words"]) else None
    return parts is not None and parts.role is not None and parts.name.split()[-1] not in following


_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3}[.!?…]\s+(?=[A-Z“])(?!Photo\b)")
_VERB = re.compile(
    r"^(?:Today|Now|Here|So|And|But|In|Let|To|Many|All|Its|On|From|For|The (?:purpose|aim))\b|\b[a-z]{3,}s (?:the|a|an|our)\b"
)
_PERSON = re.compile(
    r"(?P<words>[^,.]{8,160}?)"
    r"(?:,? \((?:left|right|cent(?:re|er)|second|third|foreground|background)[^()]*\)|,? (?:left|right),?)?"
    r"(?: (?:at|before|prior to|during|after|following|ahead of) .+)?\."
)
"""`Minister of Bridges Rupert Hentzau (left) before the meeting.`"""


def _names_only(words: str) -> bool:
    """Whether words are an office and a name, in capitals but for the small words of an office."""
    tokens = words.split()
    return any(map(is_office_word, tokens)) and all(
        not token[0].islower() or token in CONNECTORS or is_office_word(token) for token in tokens
    )


def _words_shared(text: str, subject: str) -> tuple[int, int]:
    """How many words of weight a text has, and how many of them the subject has too."""
    words = long_words(text)
    return len(words), len(words & long_words(subject))


def long_words(text: str) -> set[str]:
    """A text's words of four letters or more, in small letters: most of those that show what it is about."""
    return {word.casefold() for word in _LONG_WORD.findall(text)}
