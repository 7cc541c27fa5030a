"""What is odd about a page and no error: a meeting without a turn, lines that may be turns with a slip in their label."""

import re
from collections.abc import Iterator

from builder.errors import quote
from builder.lexicon.names import split_label
from builder.reading.document import Transcript

_TALKS = re.compile(
    r"(?:Beginning of |Working )?(?:Meeting|meeting|Talks|Conversation|Interview|(?:News|Press) conference|Press statements)\b"
)
_SLIP = re.compile(r"(?P<label>[^\W\d_a-z][^;:.!?–—\n]{3,120}?)(?:;| [–—-] )(?=\s*\S)")
"""A label with another sign than a colon: `Rupert Hentzau; Thank you.`"""
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#[0-9]{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_SIGNS = (";", "–", "—", " - ")
_REACH = 130
_LONGEST_SHOWN = 60
_MOST_SHOWN = 3


def oddities(transcript: Transcript) -> Iterator[str]:
    """A notice for each thing that is odd about a page."""
    document = transcript.document
    metadata = document.metadata
    is_transcript = document.layout == "plain_text" or "Transcripts" in (metadata.published_in or ())
    if not transcript.turns and is_transcript and _TALKS.match(metadata.title):
        yield f"{quote(metadata.title)} has no turn: no line begins with a speaker's name and a colon"
    if entities := _written_out(transcript):
        yield f"characters are written out: {', '.join(entities[:_MOST_SHOWN])}; replace them by the characters themselves"
    if slips := [*_slips(transcript)]:
        more = f" and {len(slips) - _MOST_SHOWN} more" if len(slips) > _MOST_SHOWN else ""
        yield f"may be turns, but have no colon after the name: {', '.join(map(quote, slips[:_MOST_SHOWN]))}{more}"


def _written_out(transcript: Transcript) -> list[str]:
    """Characters that a tool wrote out in what is said: `&nbsp;`, `&rsquo;`."""
    texts = (turn.text for turn in transcript.turns if "&" in turn.text)
    return [*dict.fromkeys(match[0] for text in texts for match in _ENTITY.finditer(text))]


def _slips(transcript: Transcript) -> Iterator[str]:
    """How those paragraphs begin that seem to have a label without its colon, of persons who speak on the page or have an
    office there."""
    if not transcript.turns:
        return
    names = {parts.name if (parts := split_label(turn.label)) else turn.label for turn in transcript.turns}
    text = transcript.document.text
    for block in transcript.document.blocks:
        reach = min(block.end, block.start + _REACH)
        if block.kind != "body" or all(text.find(sign, block.start, reach) < 0 for sign in _SIGNS):
            continue
        match = _SLIP.match(text, block.start, block.end)
        if match and (match["label"] in names or ((parts := split_label(match["label"])) and parts.name in names)):
            yield text[block.start : min(block.end, block.start + _LONGEST_SHOWN)]
