"""The words with which the site heads a transcript or a part of it."""

import re

BEGINS_LIKE_HEADING = re.compile(
    r"(?:Beginning|Excerpts?|(?:Full )?[Tt]ranscript|Speech|Opening|Introductory|Closing|Concluding|Remarks|"
    r"(?:Press )?[Ss]tatements?|Interview|Answers?|Replies|Address|(?:Press|News) [Cc]onference|Meeting|Talks|Conversation)\b"
)
"""What a heading may begin with. A sentence may too: where this decides, something else shows that the line is none."""
HEADING = re.compile(
    r"(?:Beginning of|Excerpts? from|(?:Full )?[Tt]ranscript of|Speech (?:at|by|to|during)|Address (?:at|to|by)|"
    r"(?:Opening|Closing|Introductory|Concluding) (?:remarks|speech|statement|address|words)|Remarks (?:at|by|during)|"
    r"(?:Press )?[Ss]tatements? (?:following|for the press|to the press)|Answers? to (?:journalists|questions)|"
    r"Replies to|Interview (?:to|with|by)|(?:Press|News) conference)\b"
)
"""What only a heading begins with, if it does not end like a sentence."""
