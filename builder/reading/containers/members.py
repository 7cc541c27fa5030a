"""What a file of many pages holds: its members, and what each of them gives."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from builder.reading.document import NOTHING_GIVEN, Given


class Member(NamedTuple):
    """One page in a file of many."""

    name: str
    """As `sources.path` shows it behind the name of the file."""
    place: tuple[int, ...]
    """Where it stands in the file; what the numbers mean, the container alone knows."""
    refusal: str | None = None
    """What it is, where it cannot be a page."""


class LeftOut(NamedTuple):
    """What in a file of many pages is no page."""

    what: str
    """In the plural, for a count: `images`."""


class Content(NamedTuple):
    """What a member holds."""

    data: bytes
    given: Given = NOTHING_GIVEN
    charset: str | None = None
    """The encoding that it was sent in, where that is known."""
    is_html: bool = False
    """Whether it is known to be HTML, perhaps a part of a page."""


class ContainerError(Exception):
    """A file of many pages, or a member, cannot be read."""

    code = "unreadable-container"

    def __init__(self, expected: str, found: str, advice: str, line: int | None = None) -> None:
        self.line = line
        self.expected = expected
        self.found = found
        self.advice = advice
        super().__init__(f"expected {expected}, found {found}; {advice}")


class NoPagesError(ContainerError):
    """A file is of a kind that may hold pages, but holds none: no fault, where it lies in a folder beside pages."""

    code = "no-pages-in-file"


class Container(Protocol):
    """A file of many pages, open to be read."""

    def members(self) -> Iterator[Member | LeftOut]:
        """What it holds, in the order in which it is read best. Raises `ContainerError`."""
        ...

    def read(self, member: Member) -> Content:
        """One member's content; quickest where they are read in order. Raises `ContainerError`."""
        ...

    def close(self) -> None:
        """Closes the file."""
        ...
