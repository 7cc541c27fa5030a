"""What can be wrong with the input, in words that help to fix it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

EXCERPT_LENGTH = 80
"""How many characters of the input a message quotes at most."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what was expected, what was found, what to do."""

    path: str
    expected: str
    found: str
    advice: str
    line: int | None = None
    """Counted from 1; null where the problem is the whole file's."""
    code: str = field(kw_only=True)
    """What kind of problem it is, in words joined by hyphens: `no-title`. It stays when the wording changes."""

    trace: str = field(default="", repr=False, compare=False)
    """Where in the builder an error arose that nobody expected; empty for a problem of the input."""

    @property
    def reason(self) -> str:
        """The problem without the file's name."""
        place = "" if self.line is None else f"line {self.line}: "
        return f"{place}expected {self.expected}, found {self.found}; {self.advice}"

    def __str__(self) -> str:
        place = "" if self.line is None else f":{self.line}"
        return f"{self.path}{place}: expected {self.expected}, found {self.found}; {self.advice}"

    def to_dict(self) -> dict[str, str | int | None]:
        """The problem as JSON gives it; `message` is the line of text."""
        names = ("code", "path", "line", "expected", "found", "advice")
        return {name: getattr(self, name) for name in names} | {"message": str(self)}


class DataError(Exception):
    """The data are wrong. Holds every problem that was found, not the first alone."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class FormatError(Exception):
    """A file or its markup is not as its kind should be: what was expected, and what was found."""

    def __init__(self, expected: str, found: str) -> None:
        self.expected = expected
        self.found = found
        super().__init__(f"expected {expected}, found {found}")


class CommandError(Exception):
    """The command was wrong: an input that does not exist, an output that cannot be written."""


def quote(text: str) -> str:
    """An excerpt of the input for a message: on one line, cut to length, with no control characters."""
    line = " ".join(text.split())
    if len(line) > EXCERPT_LENGTH:
        line = line[: EXCERPT_LENGTH - 1] + "…"
    return '"' + "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line) + '"'


def printable(text: str) -> str:
    """A message without control characters: what a source holds never steers the reader's terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
