"""The command line: the only module that prints, catches and exits."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from builder import pipeline
from builder.errors import CommandError, DataError
from builder.inputs import gather
from builder.package import DESCRIPTOR, DIST
from builder.release import PROJECT

DATA_WRONG, COMMAND_WRONG = 1, 2
FINDINGS_SHOWN = 10

EXIT_CODES = "Exit codes: 0 done, 1 the data are wrong, 2 the command was wrong."

app = typer.Typer(
    name="python -m builder",
    help="Makes the Kremlin Meetings dataset from saved pages of the President of Russia's English website, and checks it.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog=EXIT_CODES)
def build(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="INPUT", help="Transcripts, or folders of them (*.txt). Default: the project's seeds/."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where dist/ and datapackage.json are put.")
    ] = PROJECT,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going", help="Build from the inputs that can be read; list the others in the table sources."
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes to work in. Default: one a core.")
    ] = pipeline.default_jobs(),
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Work on the Dask cluster at this address (needs the extra `cluster`)."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where a source holds text that no rule claims.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Build the data package from transcripts.

    Everything that is wrong with the inputs is reported at once, and the package that stands in DIR stays as it was.
    The same inputs give the same bytes, whenever and wherever they are built.
    """
    with _problems_reported("; nothing was written"), _progress(quiet) as progress:
        built = pipeline.build(
            inputs or [PROJECT / "seeds"],
            output,
            jobs=jobs,
            scheduler=scheduler,
            keep_going=keep_going,
            strict=strict,
            progress=progress,
        )
    if not quiet:
        _summary(built, output)


@app.command(epilog=EXIT_CODES)
def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds datapackage.json and dist/.")
    ] = PROJECT,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also check the package against the folder of its source files."),
    ] = None,
) -> None:
    """Check that a package is whole: checksums, schemas, keys, references, counts, and every character of every source.

    Prints one line a check, and under it what is wrong, by file and row.
    """
    from builder.verify import verify_package  # noqa: PLC0415  # not needed to build
    from builder.verify.sources import hash_files  # noqa: PLC0415

    with _problems_reported():
        if not folder.is_dir():
            raise CommandError(f"{folder}: expected a folder with datapackage.json and dist/, found none")
        if not (folder / DIST).is_dir() and not (folder / DESCRIPTOR).is_file():
            raise CommandError(
                f"{folder}: expected datapackage.json and dist/, found neither; name the folder of a package"
            )
        if sources is None:
            checks = verify_package(folder)
        else:
            files = hash_files(gather([sources]).files)
            with TemporaryDirectory() as again:
                pipeline.build([sources], Path(again), jobs=pipeline.default_jobs(), keep_going=True)
                checks = verify_package(folder, Path(again), files)
    console = _console()
    for check in checks:
        mark = "[green]ok[/green]    " if check.passed else "[red]WRONG[/red] "
        console.print(f"{mark} {escape(check.title)}", highlight=False, soft_wrap=True)
        for finding in check.findings[:FINDINGS_SHOWN]:
            console.print(f"         {escape(_printable(finding))}", highlight=False, soft_wrap=True)
        if len(check.findings) > FINDINGS_SHOWN:
            console.print(f"         … and {len(check.findings) - FINDINGS_SHOWN} more", highlight=False)
    if not all(check.passed for check in checks):
        raise typer.Exit(DATA_WRONG)


@app.command(epilog=EXIT_CODES)
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One source file.")],
) -> None:
    """Show how one source is read: its text, with every region and turn marked and named."""
    from builder.page import read_page  # noqa: PLC0415
    from builder.reference import load_people  # noqa: PLC0415
    from builder.show import show_page  # noqa: PLC0415

    with _problems_reported():
        inputs = gather([file])
        if file.is_dir() or len(inputs.files) != 1:
            raise CommandError(f"{file}: expected one file, found {'a folder' if file.is_dir() else 'none'}")
        show_page(read_page(inputs.files[0], load_people()), _console())


@app.command(epilog=EXIT_CODES)
def evaluate(
    predicted: Annotated[
        Path,
        typer.Argument(metavar="PREDICTED", help="A built package, or a JSONL file of {source, seq, label, text}."),
    ],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The gold standard, .jsonl or .jsonl.xz.")],
    text_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The texts (SOURCE.txt) that were read: only pages found there count, and turns that they do not show do not.",
        ),
    ] = None,
    floor: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail where a measure is below the floor that this file pins.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write counts, measures and intervals as JSON.")
    ] = None,
) -> None:
    """Measure turn boundaries, labels and texts against a gold standard, in all, by layout and by year.

    Pages are told by the name of their file: NNNNN.html is the gold standard's source NNNNN. Pages whose gold standard
    is unsure are measured apart.
    """
    # Imported here, so that a build does not wait for it.
    from builder.evaluation import floors as floors_file  # noqa: PLC0415
    from builder.evaluation import report  # noqa: PLC0415
    from builder.evaluation.evaluate import evaluate as evaluate_predictions  # noqa: PLC0415
    from builder.evaluation.inputs import read_gold, read_predictions  # noqa: PLC0415

    with _problems_reported():
        floors = floors_file.read_floors(floor) if floor else None
        standard = read_gold(gold)
        if floors:
            floors_file.check_digest(floors, standard.sha256, gold)
        evaluation = evaluate_predictions(standard, read_predictions(predicted), text_dir)
        if json:
            report.write_json(evaluation, json)
    # Cells cut to a narrow terminal would tell nothing.
    console = Console(highlight=False, width=max(_console().width, report.WIDTH))
    for table in report.tables(evaluation):
        console.print(table)
    for note in report.notes(evaluation):
        console.print(_printable(note), markup=False, soft_wrap=True)
    findings = floors_file.below(floors, evaluation) if floors else []
    for finding in findings:
        print(_printable(f"{floor}: {finding}"), file=sys.stderr)
    if findings:
        raise typer.Exit(DATA_WRONG)


@app.command(epilog=EXIT_CODES)
def review(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds datapackage.json and dist/.")
    ] = PROJECT,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", metavar="FILE", help="Also write the speakers in doubt as JSON Lines.")
    ] = None,
) -> None:
    """List the speakers in doubt: who may be one person under two ids, or several under one.

    With the names, offices and meetings of each. What you decide goes into builder/reference/people.toml, with its source.
    """
    # Imported here, so that a build does not wait for it.
    from builder.review import REASONS, write_jsonl  # noqa: PLC0415
    from builder.review import review as review_package  # noqa: PLC0415

    with _problems_reported():
        doubts = review_package(folder)
        if jsonl:
            write_jsonl(doubts, jsonl)
    for reason, meaning in REASONS.items():
        same = [doubt for doubt in doubts if doubt.reason == reason]
        print(f"{len(same):5}  {reason}: {meaning}")
        for doubt in same:
            for index, candidate in enumerate(doubt.candidates):
                number = f", person {candidate.site_person_id} of the site" if candidate.site_person_id else ""
                meetings = f"{candidate.meeting_count} meeting{'s' if candidate.meeting_count > 1 else ''}"
                mark = "-" if index == 0 else " "
                print(_printable(f"       {mark} {candidate.speaker_id}: {candidate.name}{number}, {meetings}"))
                for what in (candidate.forms, candidate.offices, candidate.meetings):
                    if what:
                        print(_printable(f"             {'; '.join(what)}"))


@app.command(epilog=EXIT_CODES)
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a text is out of date.")] = False,
) -> None:
    """Refresh the texts made from the models: the README's data dictionary and docs/json-schema/."""
    from builder.docs import generated_texts, outdated  # noqa: PLC0415

    texts = generated_texts()
    stale = outdated(texts)
    for path in stale:
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[path], "utf-8", newline="\n")
        print(f"{path.relative_to(PROJECT)}: {'out of date; run `make docs`' if check else 'written'}")
    if check and stale:
        raise typer.Exit(DATA_WRONG)


# ---------------------------------------------------------------------------------------------------------------------


def main() -> None:
    """Runs the command line. Asked to end, it clears up as it does after Ctrl-C."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    app()


def _console() -> Console:
    return Console(highlight=False, emoji=False)


@contextmanager
def _problems_reported(nothing_done: str = "") -> Iterator[None]:
    """The one boundary at which errors become messages and exit codes."""
    try:
        yield
    except DataError as error:
        for problem in error.problems:
            print(_printable(str(problem)), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}{nothing_done}", file=sys.stderr)
        raise typer.Exit(DATA_WRONG) from None
    except CommandError as error:
        print(_printable(str(error)), file=sys.stderr)
        raise typer.Exit(COMMAND_WRONG) from None


@contextmanager
def _progress(quiet: bool) -> Iterator[pipeline.Progress]:
    """A progress bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda what, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _summary(report: pipeline.Report, output: Path) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{report.rows['sources']:,}", "files read")
    for name in ("meetings", "utterances", "speakers"):
        table.add_row(f"{report.rows[name]:,}", name)
    table.add_row(f"{report.words:,}", "words")
    table.add_row(f"{report.characters.total():,}", "characters, of them")
    for kind, count in report.characters.most_common():
        table.add_row(f"{count:,}", f"  {kind}")
    if "unassigned" not in report.characters:
        table.add_row("0", "  unassigned")
    table.add_row(f"{report.statuses['duplicate']:,}", "duplicates")
    table.add_row(f"{report.statuses['rejected']:,}", "rejected")
    console = _console()
    console.print(table)
    for notice in report.notices:
        console.print(_printable(f"note: {notice}"), markup=False, soft_wrap=True)
    for problem in report.problems:
        console.print(_printable(f"rejected: {problem}"), markup=False, soft_wrap=True)
    if passed_over := report.inputs.passed_over:
        names = ", ".join(passed_over[:FINDINGS_SHOWN])
        more = f" and {len(passed_over) - FINDINGS_SHOWN} more" if len(passed_over) > FINDINGS_SHOWN else ""
        console.print(
            _printable(f"note: not read, since not named as transcripts are: {names}{more}"),
            markup=False,
            soft_wrap=True,
        )
    console.print(_printable(f"written to {output}"), markup=False, soft_wrap=True)


def _printable(text: str) -> str:
    """A message without control characters: what a source holds never steers the reader's terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
