"""Photo captions, credits and slide counts, detected by their words where a layout does not mark them."""

import re

_OPENING = re.compile(
    r"(?:At|With|During|Before|After|Following|Prior to|While|Attending|Visit(?:ing)?|(?:Joint |Working |Expanded )?"
    r"(?:[Mm]eeting|[Tt]alks|[Cc]eremony|[Nn]ews conference|[Pp]ress statements?|[Cc]onversation)|Participants|"
    r"Statements? for the press|Presidential Address|Direct Line|Plenary session)\b"
)
# A caption names a scene. One of these words makes it a statement, and so somebody's speech.
_STATEMENT = re.compile(
    r"\b(?:I|we|We|you|You|my|our|us|your|me|is|are|was|were|be|been|has|have|had|will|would|shall|should|can|could|may|"
    r"might|must|do|does|did|not|thank|Thank|please|that|which|who|what|it|It|this|these|those|there|they)\b"
)
_LABEL_LIKE = re.compile(r"(?!Photo)[^.!?:]{2,200}:(?:\s|$)")
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
SLIDE_COUNT = re.compile(r"[0-9]+ of [0-9]+")
"""What the site prints with each picture of several: `4 of 6`."""
_CREDIT = re.compile(r"Photo(?:s|graph)?\b(?: by\b|: ?)")
_LONGEST_CREDIT = 200
LONGEST = 400
"""Characters in a caption at most."""


def is_credit(text: str) -> bool:
    """Whether a line names a photo's author: `Photo: TASS`."""
    return bool(_CREDIT.match(text)) and len(text) <= _LONGEST_CREDIT


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
    words = {word.casefold() for word in _CONTENT_WORD.findall(text)}
    shared = words & {word.casefold() for word in _CONTENT_WORD.findall(subject)}
    return len(shared) >= 2 and 2 * len(shared) >= len(words)
