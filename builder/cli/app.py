"""The commands: each reads what it is asked, calls the builder's API, shows the result, and sets the exit code.

This is the one module that prints messages, catches errors and exits.
"""

import errno
import gc
import io
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import builder
from builder.build.process import prepare_process
from builder.build.workers import default_jobs
from builder.errors import CommandError, DataError, Problem, printable
from builder.package.release import PROJECT
from builder.progress import silent

if TYPE_CHECKING:
    from builder.progress import Progress as ProgressReport

DATA_WRONG, COMMAND_WRONG = 1, 2

EXIT_CODES = "Exit codes: 0 done, 1 the data are wrong, 2 the command was wrong."

SEEDS = PROJECT / "seeds"
HOME = PROJECT if SEEDS.is_dir() else None
"""The project's folder; null in an installed builder, which has no pages and no package of its own."""

app = typer.Typer(
    name="python -m builder",
    help="Makes the Kremlin Meetings dataset from saved pages of the President of Russia's English website, and checks it.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary; notices go to stderr.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
PackageFolder = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR",
        help="The folder that holds datapackage.json and dist/. Default: the project's own folder.",
    ),
]


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from builder.package.release import NAME, current_release  # noqa: PLC0415

        print(f"{NAME} {current_release().version}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit.")
    ] = False,
) -> None:
    """Makes the Kremlin Meetings dataset from saved pages of the President of Russia's English website, and checks it."""


@app.command(epilog=EXIT_CODES)
def build(  # long: its options are its parameters
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="INPUT",
            help="Pages, tables, archives and web archives of pages, or folders of them. Default: the project's seeds/.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where dist/ and datapackage.json are put. Default: the project's own folder.",
        ),
    ] = None,
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
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD=COLUMN,…", help="Which column of a table holds what, as in title=headline,text=body."
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The title of the one page that is read, which does not print it."),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The date of its event, likewise.")] = None,
    exports: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES|all|none",
            help="Also write the dataset in these forms, as in xlsx,tei. Default: all for the project's own package, else none.",
        ),
    ] = None,
    quiet: Quiet = False,
    as_json: Json = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the builder an error arose that rejects a page.")
    ] = False,
) -> None:
    """Build the data package from pages.

    Everything that is wrong with the inputs is reported at once, and the package that stands in DIR stays as it was.
    The same inputs give the same bytes, whenever and wherever they are built.
    """
    with _problems_reported("; nothing was written", as_json=as_json, debug=debug):
        if not inputs and not HOME:
            raise CommandError("INPUT: expected pages or folders of them, found none; name them")
        target = output or HOME
        if target is None:
            raise CommandError("--output: expected the folder for the package, found none; name it")
        with _progress(quiet or as_json) as progress:
            report = builder.build_package(
                inputs or [SEEDS],
                target,
                jobs=jobs,
                scheduler=scheduler,
                keep_going=keep_going,
                strict=strict,
                columns=columns or {},
                title=title,
                date=date,
                exports=exports,
                progress=progress,
            )
    from builder.cli.notices import report_as_json, show_notices  # noqa: PLC0415

    if debug:
        _print_traces(report.problems)
    if as_json:
        _print_json(report_as_json(report, target))
    elif quiet:
        show_notices(report, stderr=True)
    else:
        from builder.cli.render import show_build  # noqa: PLC0415

        show_build(report, target)


@app.command(epilog=EXIT_CODES)
def verify(
    folder: PackageFolder = HOME,
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
    as_json: Json = False,
) -> None:
    """Check that a package is whole: checksums, schemas, keys, references, counts, and every character of every source.

    Prints one line a check, and under it what is wrong, by file and row. With --against, a version number that is less
    than the changes call for is wrong too.
    """
    with _problems_reported(as_json=as_json):
        if changes is not None and against is None:
            raise CommandError(
                "--changes: expected --against OLD beside it, found none; name the older package's folder"
            )
        package = _package_folder(folder)
        with _progress(quiet or as_json) as progress:
            checks = builder.verify_package(package, sources=sources, jobs=default_jobs(), progress=progress)
    from builder.cli.render import checks_as_json, show_checks, show_comparison  # noqa: PLC0415

    if not as_json:
        show_checks(checks)
    comparison = None
    if against is not None:
        from builder.verify.against import compare, write_changes  # noqa: PLC0415

        with _problems_reported(as_json=as_json):
            comparison = compare(against, package)
            if changes is not None:
                write_changes(comparison, changes)
        if not as_json:
            show_comparison(comparison)
    if as_json:
        _print_json(checks_as_json(checks, comparison))
    if not all(check.passed for check in checks) or (comparison and not comparison.is_version_right):
        raise typer.Exit(DATA_WRONG)


@app.command(epilog=EXIT_CODES)
def inspect(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="One page: a file, or one in a file of many, as pages.zip/60217.html.")
    ],
    as_json: Json = False,
) -> None:
    """Show how one source is read: its text, with every region and turn marked and named."""
    from builder.cli.render import page_as_json, show_page  # noqa: PLC0415

    with _problems_reported(as_json=as_json):
        page = builder.read_page(file)
    if as_json:
        _print_json(page_as_json(page))
    else:
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
            help="The texts (SOURCE.txt) that were read. Only pages found there are measured; gold turns that their text "
            "lacks are left out.",
        ),
    ] = None,
    floor: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail where a measure is below the floor that this file pins.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Also write counts, measures and intervals as JSON.")
    ] = None,
) -> None:
    """Measure turn boundaries, labels and texts against a gold standard, in all, by layout and by year.

    Pages are matched by file name: NNNNN.html is the gold standard's source NNNNN. Pages whose gold standard
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
        if json_file:
            report.write_json(evaluation, json_file)
    show_tables(report.tables(evaluation), report.notes(evaluation), report.WIDTH)
    findings = floors_file.below(floors, evaluation) if floors else []
    for finding in findings:
        print(printable(f"{floor}: {finding}"), file=sys.stderr)
    if findings:
        raise typer.Exit(DATA_WRONG)


@app.command(epilog=EXIT_CODES)
def review(
    folder: PackageFolder = HOME,
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
        doubts = review_package(_package_folder(folder))
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
    from builder.package.release import current_release  # noqa: PLC0415
    from builder.verify import check_verified  # noqa: PLC0415

    with _problems_reported("; nothing was written"):
        check_verified(PROJECT)
        version = current_release().version
        was_pinned = pin_package(PROJECT, version, check=check)
    print(f"the ids of {version}: {'pinned already' if was_pinned else 'pinned'}")


@app.command(epilog=EXIT_CODES)
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a text is out of date.")] = False,
) -> None:
    """Refresh what is generated: data dictionary, JSON Schemas, and the rows and outputs shown in README and docs/."""
    from builder.package.documentation import refresh  # noqa: PLC0415

    with _problems_reported("; nothing was written"):
        stale = refresh(write=not check)
    for path in stale:
        print(f"{path.relative_to(PROJECT)}: {'out of date; run `make docs`' if check else 'written'}")
    if check and stale:
        raise typer.Exit(DATA_WRONG)


# ---------------------------------------------------------------------------------------------------------------------


def main() -> None:
    """Runs the command line. A request to end clears up as Ctrl-C does."""
    _read_names_as_utf8()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows ASCII alone shows the other characters escaped.
            stream.reconfigure(errors="backslashreplace")
    prepare_process()
    try:
        with _output_reported():
            app()
    finally:
        # All memory goes at once: no need to look through it for cycles again.
        gc.freeze()


def _read_names_as_utf8() -> None:
    """Begins anew in Python's UTF-8 mode where the locale gives file names another encoding: the same files must give the
    same bytes, and Arrow takes every path for UTF-8. What is printed stays in the terminal's encoding."""
    if os.name == "nt" or sys.getfilesystemencoding() == "utf-8" or sys.flags.utf8_mode:
        return
    printed_in = {"PYTHONIOENCODING": f"{sys.stdout.encoding}:backslashreplace"} if sys.stdout else {}
    environment = printed_in | os.environ | {"PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]], environment)


@contextmanager
def _output_reported() -> Iterator[None]:
    """Reports output that cannot be written: to a full disk, say. What was printed last may fail only now."""
    try:
        try:
            yield
        finally:
            if sys.stdout:  # It may be closed.
                sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:  # of a file, not of the standard output
            raise
        # Else Python would write the rest when it ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if error.errno == errno.EPIPE:  # Whoever reads has read enough.
            sys.exit(DATA_WRONG)
        with suppress(OSError):
            print(f"standard output: expected room for what is printed, found {error.strerror}", file=sys.stderr)
        sys.exit(COMMAND_WRONG)


def _package_folder(folder: Path | None) -> Path:
    """The folder named, which is the project's where none is. Raises `CommandError` where there is neither."""
    if folder is None:
        raise CommandError("DIR: expected the folder of a package, found none; name it")
    return folder


@contextmanager
def _problems_reported(nothing_done: str = "", *, as_json: bool = False, debug: bool = False) -> Iterator[None]:
    """The one boundary at which errors become messages and exit codes."""
    try:
        yield
    except DataError as error:
        if debug:
            _print_traces(error.problems)
        if as_json:
            _print_json({"problems": [problem.to_dict() for problem in error.problems]})
            raise typer.Exit(DATA_WRONG) from None
        for problem in error.problems:
            print(printable(str(problem)), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}{nothing_done}", file=sys.stderr)
        raise typer.Exit(DATA_WRONG) from None
    except CommandError as error:
        if as_json:
            _print_json({"error": str(error)})
        else:
            print(printable(str(error)), file=sys.stderr)
        raise typer.Exit(COMMAND_WRONG) from None


def _print_json(value: Any) -> None:
    # Escaped to ASCII, so that no terminal's encoding can stop it.
    print(json.dumps(value, indent=2))


def _print_traces(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if problem.trace:
            print(printable(problem.path), problem.trace, sep="\n", file=sys.stderr)


@contextmanager
def _progress(quiet: bool) -> Iterator["ProgressReport"]:
    if quiet:
        yield silent
        return
    from builder.cli.render import progress_bar  # noqa: PLC0415

    with progress_bar() as progress:
        yield progress
