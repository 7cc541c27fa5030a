"""Tries who finds a damage to a package: `verify` alone, `verify --sources`, or `frictionless validate`."""

import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from builder.reading.discovery import gather
from builder.verify import verify_package
from builder.verify.sources import SourceFiles
from tests.support.damages import Damage, catalogue
from tests.support.resealing import copied


class Unknowable(NamedTuple):
    """A kind of damage that contradicts no row of the package."""

    kind: str
    """A regular expression for the kind of damage."""
    topic: str
    """One for its table and column."""
    reason: str


UNKNOWABLE: tuple[Unknowable, ...] = (
    Unknowable(
        ".*segments? .*|boundary of segments .*|value .*",
        r"segments[.,].+",
        "which role words have and where it ends, unless a derived value says otherwise",
    ),
    Unknowable(
        ".*",
        r"meetings\.(?:url|url_ru|event_id|topics|geography|persons|countries)",
        "what HTML keeps in attributes, or a tool in pieces",
    ),
    Unknowable(".*", r"utterances\.follows_gap", "whether a gap precedes a turn: not every layout shows it"),
    Unknowable(
        ".*",
        r"(?:speakers\.(?:name|given_name|family_name|site_person_id|wikidata_id)|names\.(?:evidence|meeting_count)"
        r"|participations\.(?:country|role_evidence|speaker_evidence))",
        "who a name refers to and how that was resolved: it may depend on links, other names or the reference",
    ),
    Unknowable(".*", r"mentions(?:\..+|, row dropped)", "that words mention somebody, and whom"),
    Unknowable(".*", r"sources\.(?:sha256|reason)", "the bytes of a file, and why it could not be read"),
    Unknowable(".*", r"sources\.given", "what stands beside a page and not in it"),
)
"""What `verify` cannot find without the sources, and why."""
NOT_EVEN_WITH_SOURCES: tuple[Unknowable, ...] = (
    Unknowable("value .*", r"sources\.path", "the name of a file: files may be renamed"),
)
"""What it cannot find with them, and why."""


def explained(damage: Damage, among: Sequence[Unknowable]) -> Unknowable | None:
    """Why a damage cannot be found; None if no reason is known."""
    return next((u for u in among if re.fullmatch(u.kind, damage.kind) and re.fullmatch(u.topic, damage.topic)), None)


@dataclass(frozen=True)
class Outcome:
    """Who found a damage."""

    alone: bool
    """`verify`."""
    with_sources: bool
    placed: bool
    """Whether a finding names the file or table, and the row."""
    crash: str | None = None
    frictionless: bool | None = None
    """None if frictionless was not asked."""


class Trial:
    """A package, its sources, and the damages to it."""

    def __init__(self, package: Path, sources: Path, *, with_descriptor: bool = True) -> None:
        self.package = package
        self.files = SourceFiles(gather([sources]).files)
        self.damages = list(catalogue(package, with_descriptor=with_descriptor))

    def outcome(
        self, damage: Damage, work: Path, *, with_sources: bool = True, ask_frictionless: bool = False
    ) -> Outcome:
        """Damages a copy of the package and sees who finds it. The sources are read only if nothing else finds it."""
        copied(self.package, work)
        damage.act(work)
        frictionless = finds(work) if ask_frictionless else None
        try:
            alone = [str(finding) for check in verify_package(work) for finding in check.findings]
            checks = verify_package(work, self.package, self.files) if with_sources and not alone else []
        except Exception:
            return Outcome(False, False, False, traceback.format_exc(), frictionless)
        found = alone or [str(finding) for check in checks for finding in check.findings]
        placed = any(all(word in finding for word in words) for finding in found for words in damage.names)
        return Outcome(bool(alone), bool(found), placed, None, frictionless)


def finds(package: Path) -> bool:
    """Whether frictionless finds a package invalid."""
    import frictionless  # noqa: PLC0415  # slow to import, and not always asked

    try:
        return not frictionless.validate(str(package / "datapackage.json")).valid
    except Exception:  # It cannot read the package at all; its command fails then.
        return True
