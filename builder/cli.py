"""The command line: the only module that prints, catches and exits."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from builder import pipeline
from builder.docs import generated_texts, outdated
from builder.errors import CommandError, DataError
from builder.inputs import gather
from builder.release import PROJECT
from builder.show import show_page
from builder.verify import hash_files, verify_package

DATA_WRONG, COMMAND_WRONG = 1, 2
FINDINGS_SHOWN = 10

app = typer.Typer(
    name="python -m builder",
    help="Makes the Kremlin Meetings dataset from saved pages of the President of Russia's English website, and checks it.",
    epilog="Exit codes: 0 done, 1 the data are wrong, 2 the command was wrong.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def build(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[INPUT]…", help="Transcripts, or folders of them (*.txt). Default: the project's seeds/."
        ),
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
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where a source holds text that no rule claims.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Build the data package from transcripts.

    Everything that is wrong with the inputs is reported at once, and the package that stands in DIR stays as it was.
    The same inputs give the same bytes, whenever and wherever they are built.
    """
    with _problems_reported(), _progress(quiet) as progress:
        built = pipeline.build(
            inputs or [PROJECT / "seeds"], output, keep_going=keep_going, strict=strict, progress=progress
        )
    if not quiet:
        _summary(built, output)


@app.command()
def verify(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder that holds datapackage.json and dist/.")
    ] = PROJECT,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Also check the package against the folder of its source files."),
    ] = None,
) -> None:
    """Check that a package is whole: checksums, schemas, keys, references, counts, and every character of every source.

    Prints one line a check, and under it what is wrong, by file and row.
    """
    with _problems_reported():
        if not folder.is_dir():
            raise CommandError(f"{folder}: expected a folder with datapackage.json and dist/, found none")
        if sources is None:
            checks = verify_package(folder)
        else:
            files = hash_files((item.path, item.file) for item in gather([sources]).files)
            checks = verify_package(folder, pipeline.read_tables(sources), files)
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


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One source file.")],
) -> None:
    """Show how one source is read: its text, with every region and turn marked and named."""
    with _problems_reported():
        inputs = gather([file])
        if file.is_dir() or len(inputs.files) != 1:
            raise CommandError(f"{file}: expected one file, found {'a folder' if file.is_dir() else 'none'}")
        show_page(pipeline.read_page(inputs.files[0]), _console())


@app.command()
def docs(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail where a text is out of date.")] = False,
) -> None:
    """Refresh the texts made from the models: the README's data dictionary and docs/json-schema/."""
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
    """Runs the command line."""
    app()


def _console() -> Console:
    return Console(highlight=False)


@contextmanager
def _problems_reported() -> Iterator[None]:
    """The one boundary at which errors become messages and exit codes."""
    try:
        yield
    except DataError as error:
        for problem in error.problems:
            print(_printable(str(problem)), file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        raise typer.Exit(DATA_WRONG) from None
    except CommandError as error:
        print(_printable(str(error)), file=sys.stderr)
        raise typer.Exit(COMMAND_WRONG) from None


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _summary(built: pipeline.Built, output: Path) -> None:
    data = built.dataset
    statuses = Counter(row.status for row in data.sources)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    words = sum(row.word_count for row in data.meetings)
    for count, what in (
        (len(data.sources), "files read"),
        (len(data.meetings), "meetings"),
        (len(data.utterances), "utterances"),
        (len(data.speakers), "speakers"),
        (words, "words"),
    ):
        table.add_row(f"{count:,}", what)
    characters = Counter[str]()
    for row in data.segments:
        characters[row.kind] += len(row.text)
    table.add_row(f"{sum(characters.values()):,}", "characters, of them")
    for kind, count in characters.most_common():
        table.add_row(f"{count:,}", f"  {kind}")
    if "unassigned" not in characters:
        table.add_row("0", "  unassigned")
    table.add_row(f"{statuses['duplicate']:,}", "duplicates")
    table.add_row(f"{statuses['rejected']:,}", "rejected")
    console = _console()
    console.print(table)
    for notice in data.notices:
        console.print(_printable(f"note: {notice}"), markup=False, soft_wrap=True)
    for problem in built.problems:
        console.print(_printable(f"rejected: {problem}"), markup=False, soft_wrap=True)
    if passed_over := built.inputs.passed_over:
        console.print(
            _printable(f"note: not read, since not named *.txt: {', '.join(passed_over)}"), markup=False, soft_wrap=True
        )
    console.print(f"written to {output}", markup=False, soft_wrap=True)


def _printable(text: str) -> str:
    """A message without control characters: what a source holds never steers the reader's terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
