"""Reads and validates the pinned ids of every release, and the hand-kept map of what became of ids that changed."""

import csv
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, ValidationError, model_validator

from builder.errors import DataError, Problem, quote
from builder.files import read_text
from builder.lexicon.hand_kept import parse_table
from builder.package.release import PROJECT
from builder.package.versions import VERSION, parse_version
from schema.records import Line, MeetingId, Record, Sha256, SpeakerId, UtteranceId

RELEASES = Path(__file__).parent
MAP = "map.toml"

Version = Annotated[str, StringConstraints(pattern=rf"^{VERSION.pattern}$")]
OfTable = Literal["meetings", "utterances", "speakers"]
_INTO = {"kept": (0, 0), "split": (2, None), "merged": (1, 1), "reassigned": (1, 1), "withdrawn": (0, 0)}
"""How many ids may replace one: at least and at most."""


class Pin(Record):
    """The ids of one utterance of a release, or of one meeting without utterances, with the text of the source they belong to."""

    text_sha256: Sha256
    meeting_id: MeetingId
    utterance_id: UtteranceId | None = None
    start_char: Annotated[int, Field(ge=0)] | None = None
    """The character of that text at which the utterance begins."""
    speaker_id: SpeakerId | None = None


class IdChange(Record):
    """What a release did with one id."""

    release: Version
    table: OfTable
    id: SpeakerId
    """The id. Ids of meetings and utterances have the same form as those of speakers."""
    what: Literal["kept", "split", "merged", "reassigned", "withdrawn"]
    into: tuple[SpeakerId, ...] = ()
    reason: Line

    @model_validator(mode="after")
    def _goes_where_it_says(self) -> "IdChange":
        least, most = _INTO[self.what]
        if len({*self.into}) < least or (most is not None and len(self.into) > most):
            wanted = "no id" if not least else "one id" if most else "two ids or more, all different,"
            raise ValueError(f"{self.what}: expected {wanted} in `into`, found {list(self.into)}")
        if self.what in ("merged", "reassigned") and self.id in self.into:
            raise ValueError(f"{self.what}: expected another id in `into`, found the same; write `kept`")
        return self

    @property
    def successors(self) -> tuple[str, ...]:
        """The ids that took its place."""
        return (self.id,) if self.what == "kept" else self.into

    @property
    def retires(self) -> bool:
        """Whether the id must not be used any more."""
        return self.what != "reassigned" and self.id not in self.successors


class _Map(Record):
    change: tuple[IdChange, ...] = ()


FIRST_LINE = 2
"""The number of the line that holds a release's first pin."""


class PinnedRelease(NamedTuple):
    """The pins of one release, in the order of the table `utterances`."""

    version: str
    path: Path
    pins: tuple[Pin, ...]


class Releases(NamedTuple):
    """The pins of all releases, newest first, and the changes in the map, oldest first."""

    pinned: tuple[PinnedRelease, ...]
    changes: tuple[IdChange, ...]

    def reason(self, table: str, row_id: str, since: str) -> str | None:
        """What became of an id after a release, in words; null if the map does not say."""
        for change in self.changes:
            if (change.table, change.id) == (table, row_id) and parse_version(change.release) > parse_version(since):
                into = f" into {', '.join(change.into)}" if change.into else ""
                return f"{change.what}{into} in {change.release}: {change.reason}"
        return None


def display_path(path: Path) -> str:
    """A path as messages show it: below the project's folder if it is there."""
    return path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else str(path)


def map_path() -> str:
    """The path of the map, as messages show it."""
    return display_path(RELEASES / MAP)


@cache
def load_releases(folder: Path = RELEASES) -> Releases:
    """Reads the pins of every release and the map. Raises `DataError` that lists every wrong line and entry."""
    problems: list[Problem] = []
    pinned = []
    for path in sorted(folder.glob("*.csv")):
        if VERSION.fullmatch(path.stem):
            pinned.append(PinnedRelease(path.stem, path, _read_pins(path, problems)))
        else:
            problems.append(
                Problem(
                    display_path(path),
                    "a name such as 1.2.3.csv",
                    path.name,
                    "name it after its release",
                    code="no-version",
                )
            )
    pinned.sort(key=lambda release: parse_version(release.version), reverse=True)
    changes = _read_map(folder / MAP, pinned, problems)
    if problems:
        raise DataError(problems)
    return Releases(tuple(pinned), tuple(sorted(changes, key=lambda change: parse_version(change.release))))


def render_pins(pins: Iterable[Pin]) -> bytes:
    """The content of the file that holds a release's pins."""
    rows = [
        [*Pin.model_fields],
        *([value if value is not None else "" for value in dict(pin).values()] for pin in pins),
    ]
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


def _read_pins(path: Path, problems: list[Problem]) -> tuple[Pin, ...]:
    header, *lines = read_text(path).splitlines() or [""]
    advice = "pin that release again from its package"
    if header != ",".join(Pin.model_fields):
        problems.append(
            Problem(display_path(path), ",".join(Pin.model_fields), quote(header), advice, line=1, code="bad-pins")
        )
        return ()
    pins = []
    for number, cells in enumerate(csv.reader(lines), start=2):
        try:
            values = zip(Pin.model_fields, cells, strict=True)
            pins.append(Pin.model_validate_strings({name: cell for name, cell in values if cell}))
        except ValueError as error:
            problems.append(
                Problem(
                    display_path(path),
                    "the ids of an utterance",
                    _first_line(error),
                    advice,
                    line=number,
                    code="bad-pins",
                )
            )
    return tuple(pins)


def _read_map(path: Path, pinned: Iterable[PinnedRelease], problems: list[Problem]) -> tuple[IdChange, ...]:
    advice = "correct it, as the head of the file explains"
    try:
        changes = parse_table(_Map, read_text(path)).change
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, OverflowError) as error:
        problems.append(Problem(display_path(path), "TOML", str(error), advice, code="no-toml"))
        return ()
    except ValidationError as error:
        for wrong in error.errors():
            place = [f"{step + 1}" if isinstance(step, int) else step for step in wrong["loc"]]
            expected = f"{' '.join(place) or 'its content'} to be right"
            problems.append(
                Problem(
                    display_path(path),
                    expected,
                    f"{quote(str(wrong['input']))} ({wrong['msg']})",
                    advice,
                    code="bad-change",
                )
            )
        return ()
    seen = set()
    for number, change in enumerate(changes, start=1):
        known = {
            getattr(pin, f"{change.table[:-1]}_id")
            for release in pinned
            if parse_version(release.version) < parse_version(change.release)
            for pin in release.pins
        }
        expected = found = ""
        if change.id not in known:
            expected, found = f"an id that a release before {change.release} gave", change.id
        elif (change.release, change.table, change.id) in seen:
            expected, found = "one entry for an id and a release", f"another for {change.id} in {change.release}"
        if expected:
            problems.append(
                Problem(display_path(path), f"change {number} to have {expected}", found, advice, code="bad-change")
            )
        seen.add((change.release, change.table, change.id))
    return changes


def _first_line(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        wrong = error.errors()[0]
        return f"{'.'.join(map(str, wrong['loc']))}: {quote(str(wrong['input']))} ({wrong['msg']})"
    return str(error)
