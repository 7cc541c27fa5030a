"""The text that a page prints outside its speech, where it may give a speaker's office or full name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from builder.lexicon.label_words import is_name_token, last_name
from builder.lexicon.offices import sentences
from builder.lexicon.spelling import fits_initials, is_given_name, is_slip
from builder.reading.document import Transcript
from schema.text import normal_form
from schema.vocabularies import RoleEvidence, SegmentKind

REGIONS: tuple[tuple[RoleEvidence, tuple[SegmentKind, ...]], ...] = (
    ("lead", ("lead",)),
    ("title", ("title",)),
    ("heading", ("heading",)),
    ("caption", ("caption",)),
    # Nobody speaks the words of a direction either: `(Addressing Deputy Prime Minister …)`.
    ("narration", ("narration", "direction")),
)
"""Where a page may print an office that the label does not, in order of precedence."""

_FURTHEST_GIVEN_NAME = 10
"""How many words before a family name may belong to the name."""


class OutsideSpeech:
    """The text of a page outside its speech. What is looked up often is computed once, when it is first needed."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._sentences: dict[RoleEvidence, Sequence[str]] = {}
        self._printed: Sequence[str] | None = None

    def texts(self, kinds: Iterable[SegmentKind]) -> Iterator[str]:
        """The text of each segment of these kinds, kind by kind."""
        for kind in kinds:
            yield from self._transcript.text_of(kind)

    def printed(self) -> Sequence[str]:
        """The text of each segment in the regions, in normal form, in order of precedence."""
        if self._printed is None:
            self._printed = [normal_form(text) for _, kinds in REGIONS for text in self.texts(kinds)]
        return self._printed

    def spoken_of(self) -> Iterator[str]:
        """The text in which a page says who meets whom."""
        yield from self.texts(("title", "lead", "heading", "narration"))

    def regions(self) -> Iterator[tuple[RoleEvidence, Sequence[str]]]:
        """The sentences of each region, in order of precedence."""
        for evidence, kinds in REGIONS:
            if evidence not in self._sentences:
                self._sentences[evidence] = [sentences(text) for text in self.texts(kinds)]
            yield evidence, self._sentences[evidence]

    def full_name(self, name: str) -> str | None:
        """The only full name with this family name, and these initials if there are any; null where there is none, or several."""
        names = set()
        family_name = name.rpartition(".")[2].strip() or name
        for words, index in self._places_of_words.get(family_name.casefold(), ()):
            start = index
            while start > 0 and index - start < _FURTHEST_GIVEN_NAME and _goes_before_family_name(words[start - 1]):
                start -= 1
            full = last_name([*words[start:index], _without_end(words[index])])
            if is_given_name(full[0]) and (family_name == name or fits_initials(name, " ".join(full))):
                names.add(" ".join(full))
        return names.pop() if len(names) == 1 else None

    def name_in_title(self, name: str) -> str | None:
        """The only name of the title from which a label's name differs by one typing error; null where there is none, or where
        the page prints the label's name elsewhere too, or the title's nowhere else: then the error may be the title's."""
        length = name.count(" ") + 1
        found = set()
        for text in self.texts(("title",)):
            words = [_without_end(word) for word in text.split()]
            others = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
            found |= {other for other in others if is_slip(other, name) and all(map(is_name_token, other.split()))}
        if len(found) != 1 or any(name in text for text in self.printed()):
            return None
        (titled,) = found
        return titled if sum(titled in text for text in self.printed()) > 1 else None

    @cached_property
    def _places_of_words(self) -> Mapping[str, Sequence[tuple[Sequence[str], int]]]:
        """Where each word stands, as a text's words and an index; without the first word of a text."""
        places: dict[str, list[tuple[list[str], int]]] = {}
        for _, kinds in REGIONS:
            for text in self.texts(kinds):
                words = text.split()
                for index, word in enumerate(words[1:], start=1):
                    places.setdefault(_without_end(word).casefold(), []).append((words, index))
        return places


def _goes_before_family_name(word: str) -> bool:
    return is_name_token(word) and not word.endswith(",")


def _without_end(word: str) -> str:
    """A word without the possessive and the punctuation at its end."""
    end = len(word)
    while end and not (word[end - 1].isalnum() or word[end - 1] == "_"):
        end -= 1
    return word[:end].removesuffix("’s").removesuffix("'s")
