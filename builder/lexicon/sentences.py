"""Words before a colon that read like a label and are none: statements, titles of documents, lists of posts and their holders."""

import re
from functools import lru_cache

from builder.lexicon.label_words import LABELS_KEPT
from builder.lexicon.names import split_label
from builder.lexicon.vocabulary import CONNECTORS

_OPENERS = frozenset(
    """
    about according addressing after against among answering around as at attending based because before besides between by
    closing commenting compare concerning consider considering despite during especially finally following for from greeting
    hence however imagine in including indeed instead like maybe meanwhile moreover nevertheless on once opening otherwise
    particularly perhaps recall regarding remember replying similarly since speaking take taking therefore through thus to
    together towards until unlike upon via welcoming with without
    """.split()
)
"""First words of a sentence, in lower case, that begin no label of three words or more: `To Lam` is a name."""
_TITLED = re.compile(
    r"(?:(?:Presidential )?(?:Executive )?Order|Presidential (?:Decree|Address)|(?:Joint |Press )?(?:Statement|Declaration)s?|"
    r"(?:Federal )?(?:Constitutional )?Law|Decree|Resolution|Memorandum|Agreement|Message|Telegram|Letter|Greetings?|"
    r"Congratulations|Condolences|Meeting|Talks|(?:Telephone )?[Cc]onversation|Interview|Speech|Address|Remarks|Answers?|Replies|"
    r"Beginning|Excerpts?|Transcript|Photos?)(?: [Oo]n| [Tt]o| [Ww]ith| [Bb]y| [Ff]rom| [Oo]f| [Ff]or| [Aa]t| [Bb]etween| made)\b"
    r"|(?:Article|Chapter|Item|Paragraph|Section|Part|Point|Step|Annex) (?:[0-9]|[IVX]+\b|One|Two|Three|Four|Five)"
)
"""How the title of a document, an event or its part begins."""
_STATES = re.compile(
    r", (?:for example|for instance|of course|in particular|in turn|that is)\b"
    r"|\b(?:wrote|met|took|gave|sent|spoke|went|came|held|began)\b"
    r"|\b(?!(?:advanced|applied|appointed|armed|certified|combined|decorated|disabled|distinguished|elected|honou?red|integrated|"
    r"licensed|limited|related|renowned|retired|shared|specialised|unified|united|wounded|need|seed|speed|feed|breed)\b)"
    r"[a-z]{2,}ed\b(?!-)"
)
"""What a label has not: a verb that tells what somebody did, and what a speaker adds."""
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]*(?: (?:[^\W\d_a-z][\w’'.-]*)){1,3}[.;,]?")
_LONGEST_NAME = 60


@lru_cache(LABELS_KEPT)
def reads_as_statement(label: str) -> bool:
    """Whether words before a colon tell something, or are the title of a document: `In addition, the King went to Zenda`."""
    first, _, rest = label.partition(" ")
    if first.strip(",").casefold() in _OPENERS and " " in rest:
        return True
    return bool(_TITLED.match(label) or _STATES.search(label))


def is_entry_of_list(label: str, said: str) -> bool:
    """Whether a post and its holder stand in a list: `Mayor of Great Zenda: Fritz Tarlenheim.`, where no name ends the post."""
    if len(said) > _LONGEST_NAME or not _NAME.fullmatch(said):
        return False
    parts = split_label(label)
    return parts is not None and parts.role is not None and parts.role.rpartition(" ")[2] in CONNECTORS
