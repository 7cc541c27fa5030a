"""The heads of mails above a page that somebody sent on: whose title and date are the mail's."""

import re

_MOST_LINES = 60
"""Lines with words of a text, from its top, among which such heads are looked for."""
_KEY = re.compile(
    r"(?<![*_> ])[*_> ]*+(From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments)[*_ ]*+:[*_]*+(?:\s+(.*))?",
    re.DOTALL,
)
_DAY = frozenset({"Sent", "Date"})


def end_of_mail_heads(text: str) -> int:
    """Where the last head of a mail near the top of a text ends: lines `From: …`, `Sent: …`, `Subject: …` beside each other."""
    keys: set[str] = set()
    position = end = words = 0
    is_value_next = False
    for line in text.splitlines(keepends=True):
        position += len(line)
        if not (stripped := line.strip()):
            continue
        words += 1
        if words > _MOST_LINES:
            break
        if key := _KEY.fullmatch(stripped):
            keys.add(key[1])
            # A table has the value on a line of its own.
            is_value_next = not key[2]
        elif is_value_next:
            is_value_next = False
        else:
            keys = set()
        if {"From", "Subject"} <= keys and keys & _DAY:
            end = position
    return end
