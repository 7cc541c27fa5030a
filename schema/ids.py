"""The ids: readable, made of what the page says, and the same for ever.

What tells apart two ids that would be the same stands behind `--`. No slug holds that, so no page can print words that
spell such an id.
"""

import datetime as dt
import re
from functools import lru_cache

from anyascii import anyascii

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_APART = "--"
_LEADING_ZEROS = re.compile(r"(?<![a-z0-9])0+")


@lru_cache(maxsize=16_384)
def slug(text: str) -> str:
    """A text as an id shows it: ASCII letters in lower case and digits, joined by hyphens.

    Numbers lose their leading zeros: `Talks 05` and `Talks 5` are one slug.
    """
    ascii_text = re.sub(r"['’ʼ]", "", anyascii(text).casefold())
    return _NOT_IN_SLUG.sub("-", _LEADING_ZEROS.sub("", ascii_text)).strip("-")


def meeting_id(date: dt.date, title: str) -> str:
    """A meeting's id: its date and title."""
    return f"{date.isoformat()}-{slug(title) or 'untitled'}"


def distinct_meeting_id(name: str, event_id: str | None, text_sha256: str) -> str:
    """The id of one of several events of one date and title: the site's number, else the text's hash, tells them apart.

    `name` is the id that they would share.
    """
    return f"{name}{_APART}{event_id or text_sha256[:16]}"


def possible_meeting_ids(date: dt.date, title: str, event_id: str | None, text_sha256: str) -> frozenset[str]:
    """Every id that a build may give a meeting: the plain one, and those that tell it from others of its date and title."""
    plain = meeting_id(date, title)
    return frozenset({plain, distinct_meeting_id(plain, event_id, text_sha256)})


def utterance_id(meeting: str, sequence: int) -> str:
    """An utterance's id: its meeting's, and its sequence number padded to four digits."""
    return f"{meeting}-{sequence:04d}"


def sequence_of(utterance: str) -> int:
    """The sequence number of an utterance, by its id: the inverse of `utterance_id`."""
    return int(utterance.rpartition("-")[2])


def plain_speaker_id(name: str) -> str:
    """The id that a speaker's name gives."""
    return slug(name) or "unnamed"


def speaker_id(plain_id: str, suffix: str | None = None) -> str:
    """A speaker's id: the plain id, and a suffix that separates it from another speaker of the same name.

    The suffix is the site's number for the person, or the id of the only meeting on which the speaker is known.
    """
    return f"{plain_id}{_APART}{suffix}" if suffix else plain_id


def without_suffix(id_of_speaker: str, suffix: str | None) -> str:
    """The plain id of a speaker: the inverse of `speaker_id`. An id without the suffix is returned unchanged."""
    return id_of_speaker.removesuffix(f"{_APART}{suffix}") if suffix else id_of_speaker


def meeting_date(meeting_id: str) -> dt.date:
    """The date that a meeting's id begins with."""
    return dt.date.fromisoformat(meeting_id[: len("2020-03-10")])
