"""The command line: what is asked of the builder, and how what goes wrong is told. It alone catches and exits."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from builder.build.workers import collect_seldom, default_jobs, never_import_pandas, start_early, worth_starting
from builder.errors import CommandError, DataError, Problem, printable
from builder.package.release import PROJECT
from builder.reading.discovery import gather

if TYPE_CHECKING:
    from builder.build.pipeline import Progress as ProgressReport

DATA_WRONG, COMMAND_WRONG = 1, 2

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
    ] = default_jobs(),
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
        found = gather(inputs or [PROJECT / "seeds"])
        if scheduler is None:
            start_early(worth_starting(jobs, len(found.files)))
        from builder.build.pipeline import build as build_package  # noqa: PLC0415  # heavy: the workers import it meanwhile

        built = build_package(
            found,
            output,
            jobs=jobs,
            scheduler=scheduler,
            keep_going=keep_going,
            strict=strict,
            progress=progress,
        )
    if not quiet:
        from builder.cli.render import show_build  # noqa: PLC0415

        show_build(built, output)


@app.command(epilog=EXIT_CODES)
def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds datapackage.json and dist/.")
    ] = PROJECT,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also check the package against the folder of its source files."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="OLD", help="Also list what was added, changed or lost since the package in this folder."),
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write every such change to this file, as JSON Lines.")
    ] = None,
) -> None:
    """Check that a package is whole: checksums, schemas, keys, references, counts, and every character of every source.

    Prints one line a check, and under it what is wrong, by file and row. With --against, a version number that is less
    than the changes call for is wrong too.
    """
    # Imported here, as in every command: a build does not wait for what it does not need.
    from builder.build.pipeline import build as build_package  # noqa: PLC0415
    from builder.cli.render import show_checks, show_comparison  # noqa: PLC0415
    from builder.package.publish import DESCRIPTOR, DIST  # noqa: PLC0415
    from builder.verify import verify_package  # noqa: PLC0415
    from builder.verify.against import compare, write_changes  # noqa: PLC0415
    from builder.verify.sources import hash_files  # noqa: PLC0415

    with _problems_reported():
        if changes is not None and against is None:
            raise CommandError(
                "--changes: expected --against OLD beside it, found none; name the older package's folder"
            )
        if not folder.is_dir():
            raise CommandError(f"{folder}: expected a folder with datapackage.json and dist/, found none")
        if not (folder / DIST).is_dir() and not (folder / DESCRIPTOR).is_file():
            raise CommandError(
                f"{folder}: expected datapackage.json and dist/, found neither; name the folder of a package"
            )
        if sources is None:
            checks = verify_package(folder)
        else:
            found = gather([sources])
            files = hash_files(found.files)
            with TemporaryDirectory() as again:
                build_package(found, Path(again), jobs=default_jobs(), keep_going=True)
                checks = verify_package(folder, Path(again), files)
    show_checks(checks)
    is_right = all(check.passed for check in checks)
    if against is not None:
        with _problems_reported():
            comparison = compare(against, folder)
            if changes is not None:
                write_changes(comparison, changes)
        show_comparison(comparison)
        is_right = is_right and comparison.is_version_right
    if not is_right:
        raise typer.Exit(DATA_WRONG)


@app.command(epilog=EXIT_CODES)
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One source file.")],
) -> None:
    """Show how one source is read: its text, with every region and turn marked and named."""
    from builder.build.page import Rejected, read_page  # noqa: PLC0415
    from builder.cli.render import show_page  # noqa: PLC0415
    from builder.speakers.reference import load_people  # noqa: PLC0415

    with _problems_reported():
        inputs = gather([file])
        if file.is_dir() or len(inputs.files) != 1:
            raise CommandError(f"{file}: expected one file, found {'a folder' if file.is_dir() else 'none'}")
        page = read_page(inputs.files[0], load_people())
        if isinstance(page, Rejected):
            raise DataError(page.problems)
        show_page(page)


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
    from builder.cli.render import show_tables  # noqa: PLC0415
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
    show_tables(report.tables(evaluation), report.notes(evaluation), report.WIDTH)
    findings = floors_file.below(floors, evaluation) if floors else []
    for finding in findings:
        print(printable(f"{floor}: {finding}"), file=sys.stderr)
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

    With the names, offices and meetings of each. What you decide goes into
    builder/speakers/reference/people.toml, with its source.
    """
    from builder.cli.render import show_doubts  # noqa: PLC0415
    from builder.verify.review import review as review_package  # noqa: PLC0415
    from builder.verify.review import write_jsonl  # noqa: PLC0415

    with _problems_reported():
        doubts = review_package(folder)
        if jsonl:
            write_jsonl(doubts, jsonl)
    show_doubts(doubts)


@app.command(epilog=EXIT_CODES)
def pin(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where the pins are missing.")] = False,
) -> None:
    """Pin the ids of this release: every later build must give the same pages the same ids.

    Written to builder/package/releases/ from the project's own package, which must verify. Pins that differ are never replaced.
    """
    from builder.package.pins import pin as pin_package  # noqa: PLC0415
    from builder.package.publish import DESCRIPTOR, DIST  # noqa: PLC0415
    from builder.package.release import current_release  # noqa: PLC0415
    from builder.verify import verify_package  # noqa: PLC0415

    with _problems_reported("; nothing was written"):
        failed = [check.title for check in verify_package(PROJECT) if not check.passed]
        if failed:
            advice = "see `python -m builder verify`, and build it again"
            raise DataError([Problem(f"{DESCRIPTOR} and {DIST}", "a package that verifies", failed[0], advice)])
        version = current_release().version
        was_pinned = pin_package(PROJECT, version, check=check)
    print(f"the ids of {version}: {'pinned already' if was_pinned else 'pinned'}")


@app.command(epilog=EXIT_CODES)
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a text is out of date.")] = False,
) -> None:
    """Refresh what is generated: data dictionary, JSON Schemas, and the rows and outputs shown in README and docs/."""
    from builder.package.documentation import generated_texts, outdated  # noqa: PLC0415

    with _problems_reported("; nothing was written"):
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
    never_import_pandas()
    collect_seldom()
    # Arrow's own allocator keeps what is freed, some 40 MiB in each process, and is no faster here.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        app()
    finally:
        # All memory goes at once: no need to look through it for cycles again.
        gc.freeze()


@contextmanager
def _problems_reported(nothing_done: str = "") -> Iterator[None]:
    """The one boundary at which errors become messages and exit codes."""
    try:
        yield
    except DataError as error:
        for problem in error.problems:
            print(printable(str(problem)), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}{nothing_done}", file=sys.stderr)
        raise typer.Exit(DATA_WRONG) from None
    except CommandError as error:
        print(printable(str(error)), file=sys.stderr)
        raise typer.Exit(COMMAND_WRONG) from None


@contextmanager
def _progress(quiet: bool) -> Iterator["ProgressReport"]:
    if quiet:
        yield lambda what, done, total: None
        return
    from builder.cli.render import progress_bar  # noqa: PLC0415

    with progress_bar() as progress:
        yield progress
