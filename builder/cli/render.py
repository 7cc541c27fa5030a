"""What the commands show on a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from builder.cli.notices import FINDINGS_SHOWN, show_notices
from builder.errors import printable
from builder.package.release import unicode_notice
from builder.progress import silent

if TYPE_CHECKING:
    from builder.build.page import Page
    from builder.build.pipeline import Report
    from builder.progress import Progress as ProgressReport
    from builder.verify import Check
    from builder.verify.against import Comparison
    from builder.verify.review import Doubt


def _console(*, stderr: bool = False) -> Console:
    return Console(highlight=False, emoji=False, stderr=stderr)


# ---------------------------------------------------------------------------------------------------------------------
# A build


@contextmanager
def progress_bar() -> Iterator["ProgressReport"]:
    """A progress bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def show_build(report: "Report", output: Path) -> None:
    """The summary of a build."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{report.rows['sources']:,}", "files read")
    for name in ("meetings", "utterances", "speakers"):
        table.add_row(f"{report.rows[name]:,}", name)
    table.add_row(f"{report.words:,}", "words")
    table.add_row(f"{report.characters.total():,}", "characters, by kind:")
    for kind, count in report.characters.most_common():
        table.add_row(f"{count:,}", f"  {kind}")
    if "unassigned" not in report.characters:
        table.add_row("0", "  unassigned")
    table.add_row(f"{report.statuses['duplicate']:,}", "duplicates")
    table.add_row(f"{report.statuses['rejected']:,}", "rejected")
    console = _console()
    console.print(table)
    if notice := unicode_notice():
        console.print(f"note: {notice}", markup=False, soft_wrap=True)
    show_notices(report)
    console.print(printable(f"written to {output}"), markup=False, soft_wrap=True)


# ---------------------------------------------------------------------------------------------------------------------
# Checks and measures


def show_checks(checks: Iterable["Check"]) -> None:
    """A line a check, and under it what is wrong."""
    console = _console()
    for check in checks:
        _verdict(console, check.passed, check.title)
        _first_of(console, [str(finding) for finding in check.findings])


def _verdict(console: Console, is_right: bool, title: str) -> None:
    mark = "[green]ok[/green]    " if is_right else "[red]WRONG[/red] "
    console.print(f"{mark} {escape(title)}", highlight=False, soft_wrap=True)


def _first_of(console: Console, lines: Sequence[str]) -> None:
    """The first of some lines, indented, and how many more there are."""
    for line in lines[:FINDINGS_SHOWN]:
        console.print(f"         {printable(line)}", markup=False, soft_wrap=True)
    if len(lines) > FINDINGS_SHOWN:
        console.print(f"         … and {len(lines) - FINDINGS_SHOWN} more", highlight=False)


def checks_as_json(checks: Iterable["Check"], comparison: "Comparison | None") -> dict[str, Any]:
    """What verification found as JSON gives it; with a comparison, also the versions and the changes."""
    shown: dict[str, Any] = {"checks": [check.to_dict() for check in checks]}
    if comparison is not None:
        shown["comparison"] = {
            "old_version": comparison.old_version,
            "new_version": comparison.new_version,
            "least_version": comparison.least_version,
            "is_version_right": comparison.is_version_right,
            "changes": [str(change) for change in comparison.changes],
        }
    return shown


def show_comparison(comparison: "Comparison") -> None:
    """How many things of each table changed and the first of them, and what version number that calls for."""
    console = _console()
    versions = f"{comparison.old_version} → {comparison.new_version}"
    console.print()
    console.print(printable(f"compared with the older package ({versions})"), markup=False, soft_wrap=True)
    by_kind: dict[tuple[str, str], list[str]] = {}
    for change in comparison.changes:
        by_kind.setdefault((change.table, change.what), []).append(str(change))
    for (table, what), changes in by_kind.items():
        console.print(printable(f"{table}: {len(changes):,} {what}"), markup=False, soft_wrap=True)
        _first_of(console, changes)
    if not comparison.changes:
        console.print("no row and no column differs")
    reasons = {
        "none": "the files are the same",
        "patch": "the same data in other bytes",
        "minor": "data were added",
        "major": "data changed or are gone",
    }
    wanted = f"version {comparison.least_version} at least: {reasons[comparison.level]}"
    _verdict(console, comparison.is_version_right, wanted)


def show_doubts(doubts: Iterable["Doubt"]) -> None:
    """The speakers in doubt, by reason: each with its names, its offices and some of its meetings."""
    from builder.verify.review import REASONS  # noqa: PLC0415  # not needed for what the other commands show

    console, doubts = _console(), list(doubts)

    def line(text: str) -> None:
        console.print(printable(text), markup=False, soft_wrap=True)

    for reason, meaning in REASONS.items():
        same = [doubt for doubt in doubts if doubt.reason == reason]
        line(f"{len(same):5}  {reason}: {meaning}")
        for doubt in same:
            for mark, candidate in zip("-" + " " * len(doubt.candidates), doubt.candidates, strict=False):
                number = f", person {candidate.site_person_id} of the site" if candidate.site_person_id else ""
                meetings = f"{candidate.meeting_count} meeting{'s' if candidate.meeting_count > 1 else ''}"
                line(f"       {mark} {candidate.speaker_id}: {candidate.name}{number}, {meetings}")
                for what in filter(None, (candidate.forms, candidate.offices, candidate.meetings)):
                    line(f"             {'; '.join(what)}")


def show_tables(tables: Iterable[Table], notes: Iterable[str], width: int) -> None:
    """Tables that need this many columns, and notes below them."""
    # Cells cut to a narrow terminal would tell nothing.
    console = Console(highlight=False, width=max(_console().width, width))
    for table in tables:
        console.print(table)
    for note in notes:
        console.print(printable(note), markup=False, soft_wrap=True)


# ---------------------------------------------------------------------------------------------------------------------
# A page

STYLES = {
    "speech": "default",
    "label": "bold cyan",
    "insertion": "magenta",
    "direction": "magenta italic",
    "elision": "yellow",
    "title": "bold",
    "lead": "green",
    "narration": "green",
    "heading": "bold green",
    "caption": "blue",
    "related": "blue",
    "pullquote": "blue",
    "unassigned": "bold white on red",
}
_OTHER_STYLE = "dim"
_WIDTH = 12


def show_page(page: "Page") -> None:
    """A page's facts, its speakers, and its text region by region."""
    console = _console()
    metadata = page.transcript.document.metadata
    console.print(_fact("layout", page.transcript.document.layout))
    for name in ("title", "date", "time", "place", "lead", "geography", "topics", "published_in"):
        console.print(_fact(name, getattr(metadata, name)))
    console.print(_fact("persons", metadata.persons and tuple(tag.name for tag in metadata.persons)))
    for speaker in page.assignment.speakers:
        role = f"{speaker.role} (by {speaker.role_evidence})" if speaker.role else "no office printed"
        console.print(
            _fact("speaker", f"{speaker.speaker_id}: {speaker.name}, {role}, {speaker.country or 'no country'}")
        )
    console.print()
    for turn, segments in groupby(page.transcript.segments, key=lambda segment: segment.turn):
        if turn is not None:
            who = page.assignment.by_turn[turn] or "a voice without a name"
            console.print(Text(f"── turn {turn + 1}: {who} " + "─" * 20, style="cyan"))
        for segment in segments:
            if segment.kind != "blank":
                console.print(
                    _region(segment.kind, page.transcript.document.text[segment.start : segment.end], segment.start)
                )


def page_as_json(page: "Page") -> dict[str, Any]:
    """A page's layout, metadata, speakers and segments as JSON gives them."""
    document = page.transcript.document
    fields = ("title", "date", "time", "place", "lead", "geography", "topics", "published_in")
    shown = {name: getattr(document.metadata, name) for name in fields}
    return {
        "layout": document.layout,
        **{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in shown.items()},
        "persons": document.metadata.persons and [tag.name for tag in document.metadata.persons],
        "speakers": [
            {
                "speaker_id": speaker.speaker_id,
                "name": speaker.name,
                "role": speaker.role,
                "role_evidence": speaker.role_evidence,
                "country": speaker.country,
            }
            for speaker in page.assignment.speakers
        ],
        "segments": [
            {
                "kind": segment.kind,
                "start_char": segment.start,
                "end_char": segment.end,
                "turn": None if segment.turn is None else segment.turn + 1,
                "speaker_id": None if segment.turn is None else page.assignment.by_turn[segment.turn],
                "text": document.text[segment.start : segment.end],
            }
            for segment in page.transcript.segments
        ],
    }


def _fact(name: str, value: object) -> Text:
    shown = "–" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
    return Text.assemble((f"{name:<{_WIDTH}} ", "dim"), _safe(shown))


def _region(kind: str, text: str, start: int) -> Text:
    style = STYLES.get(kind, _OTHER_STYLE)
    return Text.assemble((f"{kind:<{_WIDTH}}", style), (f"{start:>8}  ", "dim"), (_safe(text), style))


def _safe(text: str) -> str:
    """Line breaks shown as a mark; nothing that could steer the terminal."""
    return printable(text.replace("\n", " ⏎ ").replace("\xa0", "·"))
