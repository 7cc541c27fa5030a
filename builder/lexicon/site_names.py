"""The site's own list of persons: `Nazarbayev Nursultan`, family name first, with a number; read off tags and hover cards.

A label shows in which order a name is spoken: `Nursultan Nazarbayev`, but `Xi Jinping` as the site lists him. Where none
shows it, two words are read as family name and given name, and more than two are not split.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from builder.lexicon.names import TITLES_OF_NAMES
from builder.lexicon.spelling import is_slip, words_key
from schema.ids import slug

_MOST_WORDS = 30
"""Words in a name at most; longer texts are no names, and are not reordered."""


class SiteName(NamedTuple):
    """A person's name as the site lists it, put in the order of speech."""

    name: str
    given_name: str | None
    family_name: str | None
    is_order_shown: bool
    """Whether a label shows the order; otherwise it is the usual one."""


@lru_cache(maxsize=4096)
def orders(listed: str) -> tuple[str, ...]:
    """The orders in which a listed name may be spoken: family name last, or as listed."""
    words = listed.split()
    if len(words) > _MOST_WORDS:
        return (" ".join(words),)
    return (*(" ".join(words[k:] + words[:k]) for k in range(1, len(words))), " ".join(words))


def fits(listed: str, label_name: str) -> bool:
    """Whether a listed name can be the one that a label gives: they share a word but for its spelling, or differ by a slip."""
    if {*words_key(listed)} & {*words_key(label_name)}:
        return True
    return any(is_slip(order, label_name) for order in orders(listed))


def is_listed_as(listed: str, label_name: str) -> bool:
    """Whether a label's name is a listed one, word for word, in any order in which it may be spoken.

    Of a name with its title, `Rudolf V King of Ruritania`, a label may have some of the words: `King Rudolf V`.
    """
    if _has_title(listed):
        return " " in label_name and {*label_name.casefold().split()} <= {*listed.casefold().split()}
    return any(slug(order) == slug(label_name) for order in orders(listed))


def _has_title(listed: str) -> bool:
    words = listed.casefold().split()
    return "of" in words or not TITLES_OF_NAMES.isdisjoint(words)


def in_speech(listed: str, label_names: Iterable[str]) -> SiteName | None:
    """A listed name in the order of speech, as one of the labels' names shows it, else the usual one; None where it has not
    two words and no label shows where to split it."""
    words = listed.split()
    if _has_title(listed) or len(words) > _MOST_WORDS:
        # Where its title goes, and what of it is a family name, no order of words shows.
        return None
    for label_name in label_names:
        if (parted := _parted(words, label_name)) is not None:
            spoken = " ".join(words[parted:] + words[:parted])
            if parted == 0 and len(words) == 2:
                # Spoken as listed: the family name is the first word all the same.
                parted = 1
            family, given = (" ".join(words[:parted]), " ".join(words[parted:])) if parted else (None, None)
            return SiteName(spoken, given, family, True)
    if len(words) == 2:
        return SiteName(f"{words[1]} {words[0]}", words[1], words[0], False)
    return SiteName(listed, None, None, False) if len(words) == 1 else None


def _parted(words: list[str], label_name: str) -> int | None:
    """How many words at the listed name's start are the family name, 0 where it is spoken as listed, None where the label's
    name does not show it."""
    keys = [words_key(word) for word in words]
    label = [words_key(word) for word in label_name.split()]
    for family in range(len(words)):
        if keys[family:] + keys[:family] == label:
            return family
    for family in range(len(words) - 1, 0, -1):
        # `Recep Erdogan` shows it of `Erdogan Recep Tayyip` too.
        if len(label) > family and label[-family:] == keys[:family] and label[0] == keys[family]:
            return family
    return None


def spoken_names(listed: Iterable[str]) -> Iterator[str]:
    """Every order in which each of these may be spoken."""
    for name in listed:
        yield from orders(name)


def names_of_tags(tags: Iterable[str]) -> list[str]:
    """The names of those person tags that are two words, in the order of speech."""
    return [f"{words[1]} {words[0]}" for tag in tags if len(words := tag.split()) == 2]
