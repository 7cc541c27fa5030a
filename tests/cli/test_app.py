"""What the command line prints, where, in what form, and with which exit code."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from typer.testing import CliRunner

import builder
from builder import verify_package
from builder.build import read_stage
from builder.cli import app as command_line
from builder.cli.app import app
from builder.package.release import current_release
from tests.conftest import PROJECT
from tests.support import pages
from tests.support.commands import run
from tests.support.told import refusal, wrong_command

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
EXIT_CODES = "Exit codes: 0 done, 1 the data are wrong, 2 the command was wrong."

TINY = pages.main(
    "President of Ruritania Rudolf Elphberg: Good morning.",
    title="Talks",
    lead=None,
    time=None,
    place=None,
    published="News",
)
"""175 characters, counted by hand in `test_the_summary_counts_…`."""


def empty_page(path: Path) -> str:
    """The message that an empty page gets."""
    return str(refusal(builder.read_page, path))


def squeezed(text: str) -> list[str]:
    """The lines of an output, white space as one space, without empty ones."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def help_of(*command: str) -> str:
    """A help text as one line, without the frames around its parts."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stderr == ""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.stdout).split())


def on_a_terminal(stream: Literal["stdout", "stderr"], *arguments: object) -> tuple[int, str, str]:
    """Runs the command line with one stream on a terminal; gives its exit code, what came there, and on the other."""
    unset = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "300", "LINES": "50"}
    terminal, end = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: end}
    command = [sys.executable, "-m", "builder", *map(str, arguments)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, **streams) as process:
        os.close(end)
        shown = b""
        try:
            while part := os.read(terminal, 65536):
                shown += part
        except OSError:  # so ends a terminal whose other end is closed
            pass
        other = b"".join(filter(None, process.communicate(timeout=60)))
    os.close(terminal)
    return process.returncode, shown.decode().replace("\r\n", "\n"), other.decode()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one source in `in/` and the package made of it. Never change it."""
    folder = tmp_path_factory.mktemp("package")
    pages.save(folder / "in", a=pages.main(*pages.DIALOGUE))
    assert run("build", folder / "in", "--output", folder, "--quiet").exit_code == 0
    return folder


# ---------------------------------------------------------------------------------------------------------------------
# Help and wrong usage


def test_the_help_says_what_this_is_and_names_every_command() -> None:
    text = help_of()
    assert "Makes the Kremlin Meetings dataset from saved pages of the President of Russia's English website" in text
    assert "build Build the data package from pages." in text
    assert "verify Check that a package is whole" in text
    assert "inspect Show how one source is read" in text
    assert EXIT_CODES in text


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_says_what_it_does_and_how_it_ends(command: str) -> None:
    text = help_of(command)
    assert text.startswith(f"Usage: python -m builder {command} ")
    assert EXIT_CODES in text


@pytest.mark.parametrize("command", COMMANDS)
def test_the_short_form_of_help_says_the_same(command: str) -> None:
    assert run(command, "-h").stdout == run(command, "--help").stdout


def test_the_help_of_build_states_its_defaults_and_every_option() -> None:
    text = help_of("build")
    assert "Default: the project's seeds/." in text
    assert "Pages, tables, archives and web archives of pages, or folders of them." in text
    assert "Where dist/ and datapackage.json are put. Default: the project's own folder." in text
    assert "Build from the inputs that can be read; list the others in the table sources." in text
    assert "Fail where a source holds text that no rule claims." in text
    assert "No progress bar and no summary; notices go to stderr." in text
    assert "the package that stands in DIR stays as it was" in text


def test_the_usage_of_build_names_its_inputs_once() -> None:
    usage = run("build", "--help").stdout.strip().splitlines()[0]
    assert usage.strip() == "Usage: python -m builder build [OPTIONS] [INPUT]..."


def test_the_help_of_verify_states_its_default_and_its_output() -> None:
    text = help_of("verify")
    assert "The folder that holds datapackage.json and dist/. Default: the project's own folder." in text
    assert "Also check the package against the folder of its source files." in text
    assert "one line a check" in text


def test_the_help_of_inspect_names_its_file() -> None:
    assert "One page: a file, or one in a file of many" in help_of("inspect")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("publish",),
        ("build", "--fast"),
        ("build", "--output"),
        ("build", "nowhere.txt"),
        ("verify", "nowhere"),
        ("verify", "one", "two"),
        ("verify", ".", "--sources", "nowhere"),
        ("inspect",),
        ("inspect", "one", "two"),
        ("inspect", "nowhere.txt"),
        ("inspect", "seeds"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_why(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.strip()
    assert "Traceback" not in result.output


def test_verify_of_what_is_no_folder_names_it(tmp_path: Path) -> None:
    result = run("verify", tmp_path / "nowhere")
    assert wrong_command(result) == f"{tmp_path}/nowhere"
    assert (result.exit_code, result.stdout) == (2, "")


# ---------------------------------------------------------------------------------------------------------------------
# build: the summary


def test_the_summary_counts_what_was_read_and_every_character_by_kind(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert squeezed(result.stdout) == [
        "1 files read",
        "1 meetings",
        "1 utterances",
        "1 speakers",
        "2 words",
        # Events 6, Talks 5, May 4, 2018 11, label 39 and blank 1 and speech 13, then 18, 27, 36 and 12, line ends 7.
        "175 characters, by kind:",
        # Publication status 18, Published in sections: News 27, Publication date: May 4, 2018, 12:00 36.
        "81 status",
        # President of Ruritania Rudolf Elphberg:
        "39 label",
        # Good morning.
        "13 speech",
        # Text version
        "12 furniture",
        "11 date",
        "8 blank",
        "6 section",
        "5 title",
        "0 unassigned",
        "0 duplicates",
        "0 rejected",
        f"written to {tmp_path}/out",
    ]
    assert result.stderr == ""
    assert result.exit_code == 0


def test_the_summary_lists_duplicates_what_was_rejected_and_why_and_what_was_passed_over(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY, b=TINY + "\n", c="", d=TINY.replace("May 4", "May 32", 1))
    (tmp_path / "in/notes.doc").write_text("x")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
    lines = squeezed(result.stdout)
    assert lines[:5] == ["4 files read", "1 meetings", "1 utterances", "1 speakers", "2 words"]
    assert "1 duplicates" in lines
    assert "2 rejected" in lines
    [duplicate] = [line for line in lines if "duplicate," in line]
    assert re.fullmatch(
        r"note: ([ab])\.txt: a duplicate, shows the same event as (?!\1)[ab]\.txt: the same speech", duplicate
    )
    assert [line for line in lines if line.startswith("rejected: ")] == [
        f"rejected: {refusal(builder.read_page, tmp_path / f'in/{name}.txt')}" for name in "cd"
    ]
    assert any(line.startswith("note: skipped, ") and line.endswith(f": {tmp_path}/in/notes.doc") for line in lines)
    assert lines[-1] == f"written to {tmp_path}/out"


def test_great_counts_are_grouped_by_thousands(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main("President of Ruritania Rudolf Elphberg: So " + "on and " * 1000 + "on."))
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert "2,002 words" in squeezed(result.stdout)
    assert "7,006 speech" in squeezed(result.stdout)


def test_quiet_prints_notices_alone_and_to_stderr(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY, b=TINY)
    (tmp_path / "in/notes.doc").write_text("x")
    for option in ("--quiet", "-q"):
        result = run("build", tmp_path / "in", "--output", tmp_path / "out", option)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.splitlines() == [
            "note: b.txt: a duplicate, shows the same event as a.txt: the same speech",
            f"note: skipped, not a page: {tmp_path}/in/notes.doc",
        ]


def test_quiet_prints_nothing_where_there_is_no_notice(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_quiet_still_says_what_is_wrong(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a="")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{empty_page(tmp_path / 'in/a.txt')}\n1 problem; nothing was written\n"


def test_the_summary_does_not_depend_on_the_order_of_inputs(tmp_path: Path) -> None:
    pages.save(tmp_path / "one", a=TINY)
    pages.save(tmp_path / "two", b=pages.main(*pages.DIALOGUE))
    folders = [tmp_path / "one", tmp_path / "two"]
    outputs = [run("build", *named, "--output", tmp_path / "out").stdout for named in (folders, folders[::-1])]
    assert outputs[0] == outputs[1]


# ---------------------------------------------------------------------------------------------------------------------
# build: the progress bar


@pytest.mark.slow
def test_on_a_terminal_a_progress_bar_stands_on_stderr(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    code, shown, other = on_a_terminal("stderr", "build", tmp_path / "in", "--output", tmp_path / "out")
    assert code == 0
    assert "reading" in shown
    assert "1/1" in shown
    assert "1  files read" in other
    assert "\x1b" not in other


@pytest.mark.slow
def test_on_a_terminal_there_is_no_progress_bar_with_quiet(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    assert on_a_terminal("stderr", "build", tmp_path / "in", "--output", tmp_path / "out", "--quiet") == (0, "", "")


@pytest.mark.slow
def test_on_a_terminal_the_messages_stand_below_the_progress_bar(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a="")
    code, shown, _ = on_a_terminal("stderr", "build", tmp_path / "in", "--output", tmp_path / "out")
    assert code == 1
    assert shown.endswith(f"{empty_page(tmp_path / 'in/a.txt')}\n1 problem; nothing was written\n")


# ---------------------------------------------------------------------------------------------------------------------
# inspect

PAGE = pages.main(
    "4 of 4",
    "With Rupert Hentzau.",
    "Beginning of talks in Zenda",
    "President of Ruritania Rudolf Elphberg: Mr Hentzau [Rupert of Hentzau], welcome.",
    "(Applause.)",
    "Sit down.",
    "* * *",
    "Question: What <…> now?",
    "Prime Minister of Ruritania Rupert Hentzau",
    ": We [bold]shall[/bold] see.",
    "To be continued.",
    geography=("Zenda",),
    topics=("Railways", "Harvest"),
    persons=("Hentzau Rupert",),
)


def test_inspect_shows_the_facts_and_every_region_and_turn_by_name(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    result = run("inspect", tmp_path / "a.txt")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = squeezed(result.stdout)
    facts = lines.index("section 0 Events")
    for fact in (
        "layout main_text",
        "title Meeting with Rupert Hentzau",
        "date 2018-05-04",
        "time 12:30:00",
        "place The Castle, Zenda",
        "lead Rudolf Elphberg met with Rupert Hentzau in Zenda.",
        "geography Zenda",
        "topics Railways, Harvest",
        "persons Hentzau Rupert",
        "published_in News, Transcripts",
        "speaker rudolf-elphberg: Rudolf Elphberg, President of Ruritania (by label), no country",
        "speaker rupert-hentzau: Rupert Hentzau, Prime Minister of Ruritania (by label), no country",
    ):
        assert fact in lines[:facts]
    assert [re.sub(r" ─+$", "", re.sub(r"^(\w+) \d+ ", r"\1: ", line)) for line in lines[facts:]] == [
        "section: Events",
        "title: Meeting with Rupert Hentzau",
        "lead: Rudolf Elphberg met with Rupert Hentzau in Zenda.",
        "date: May 4, 2018",
        "time: 12:30",
        "place: The Castle, Zenda",
        "caption: 4 of 4",
        "caption: With Rupert Hentzau.",
        "heading: Beginning of talks in Zenda",
        "── turn 1: rudolf-elphberg",
        "label: President of Ruritania Rudolf Elphberg:",
        "speech: Mr Hentzau",
        "insertion: [Rupert of Hentzau]",
        "speech: , welcome.",
        "direction: (Applause.)",
        "speech: Sit down.",
        "separator: * * *",
        "── turn 2: a voice without a name",
        "label: Question:",
        "speech: What",
        "elision: <…>",
        "speech: now?",
        "── turn 3: rupert-hentzau",
        "label: Prime Minister of Ruritania Rupert Hentzau ⏎ :",
        "speech: We",
        "insertion: [bold]",
        "speech: shall",
        "insertion: [/bold]",
        "speech: see.",
        "note: To be continued.",
        "tag: Geography",
        "tag: Zenda",
        "tag: Topics",
        "tag: Railways",
        "tag: Harvest",
        "tag: Persons",
        "tag: Hentzau Rupert",
        "status: Publication status",
        "status: Published in sections: News, Transcripts",
        "status: Publication date: May 4, 2018, 12:30",
        "furniture: Text version",
    ]


def test_inspect_gives_each_region_s_offset(tmp_path: Path) -> None:
    pages.save(tmp_path, a=TINY)
    regions = [line.split(maxsplit=2) for line in run("inspect", tmp_path / "a.txt").stdout.splitlines()]
    for kind, offset, text in (part for part in regions if len(part) == 3 and part[1].isdigit()):
        assert TINY[int(offset) :].startswith(text), kind


def test_inspect_names_what_no_rule_claims(tmp_path: Path) -> None:
    pages.save(tmp_path, a=TINY + "\nRead also: the castle’s gazette")
    assert squeezed(run("inspect", tmp_path / "a.txt").stdout)[-1] == "unassigned 176 Read also: the castle’s gazette"


def test_inspect_tells_a_list_that_is_empty_from_one_that_the_layout_does_not_print(tmp_path: Path) -> None:
    pages.save(tmp_path, main=TINY, accessible=pages.accessible(*pages.DIALOGUE))
    facts = {
        name: next(line for line in squeezed(run("inspect", tmp_path / f"{name}.txt").stdout) if "topics" in line)
        for name in ("main", "accessible")
    }
    assert facts == {"main": "topics", "accessible": "topics –"}


def test_inspect_writes_plain_marks_where_there_is_no_terminal(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    in_colour = CliRunner(env={"COLUMNS": "300", "NO_COLOR": None, "FORCE_COLOR": None, "TERM": "xterm-256color"})
    result = in_colour.invoke(app, ["inspect", str(tmp_path / "a.txt")])
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


@pytest.mark.slow
def test_inspect_is_coloured_on_a_terminal_and_colour_adds_nothing_to_its_words(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    code, shown, other = on_a_terminal("stdout", "inspect", tmp_path / "a.txt")
    assert (code, other) == (0, "")
    coloured = {kind: style for style, kind in re.findall(r"\x1b\[([0-9;]+)m(\w+) +\x1b\[0m", shown)}
    assert {"label", "insertion", "direction", "elision", "caption", "heading", "title", "lead"} <= set(coloured)
    assert len({coloured[kind] for kind in ("label", "insertion", "elision", "caption", "lead")}) == 5
    assert re.search(r"\x1b\[[0-9;]+m── turn 1: rudolf-elphberg", shown)
    plain = run("inspect", tmp_path / "a.txt").stdout
    assert squeezed(re.sub(r"\x1b\[[0-9;]*m", "", shown)) == squeezed(plain)


@pytest.mark.slow
def test_inspect_sends_nothing_of_the_source_that_steers_a_terminal(tmp_path: Path) -> None:
    mark = "\u202e"
    page = pages.main(
        f"President of Ruritania Rudolf Elphberg (in {mark}Ruritanian): It {mark}rains.",
        title=f"Ta{mark}lks",
        lead=f"They {mark}met.",
        topics=(f"Rail{mark}ways",),
    )
    pages.save(tmp_path, a=page)
    _, shown, _ = on_a_terminal("stdout", "inspect", tmp_path / "a.txt")
    assert mark not in shown
    assert "Talks" in shown  # read without what does not show
    assert set(re.findall(r"\x1b(?!\[[0-9;]*m)", shown)) == set()


@pytest.mark.slow
def test_inspect_of_a_bad_file_gives_its_message(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.txt").write_text("Events\nTalks \x1b[31m\n")
    code, shown, other = on_a_terminal("stderr", "inspect", tmp_path / "a\x1b[2J.txt")
    assert (code, other) == (1, "")
    assert shown.startswith(rf"{tmp_path}/a\x1b[2J.txt:2: ")
    assert "U+001B at character 7" in shown
    assert "\x1b" not in shown


def test_inspect_does_not_speak_of_writing(tmp_path: Path) -> None:
    pages.save(tmp_path, a="")
    result = run("inspect", tmp_path / "a.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{empty_page(tmp_path / 'a.txt')}\n")
    assert "written" not in result.stderr


def test_inspect_of_a_folder_is_a_wrong_command(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    for folder in (tmp_path / "in", tmp_path):
        result = run("inspect", folder)
        assert wrong_command(result) == f"{folder}"


def test_inspect_writes_nothing(tmp_path: Path) -> None:
    pages.save(tmp_path, a=TINY)
    assert run("inspect", tmp_path / "a.txt").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


# ---------------------------------------------------------------------------------------------------------------------
# verify


def test_verify_prints_one_line_a_check(package: Path) -> None:
    result = run("verify", package)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) >= 11
    assert all(line.startswith("ok     ") for line in lines)
    assert lines[0] == f"ok     {verify_package(package)[0].title}"
    assert len(set(lines)) == len(lines)


def test_verify_with_sources_prints_three_lines_more(package: Path) -> None:
    alone = run("verify", package).stdout.splitlines()
    result = run("verify", package, "--sources", package / "in")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        *alone,
        *(f"ok     {check.title}" for check in verify_package(package, sources=package / "in")[-3:]),
    ]


def copied(package: Path, to: Path) -> Path:
    """A copy of a package that a test may damage."""
    (to / "dist").mkdir(parents=True)
    for path in (package / "datapackage.json", *(package / "dist").iterdir()):
        (to / path.relative_to(package)).write_bytes(path.read_bytes())
    return to


def test_verify_sets_what_is_wrong_below_its_check(package: Path, tmp_path: Path) -> None:
    damaged = copied(package, tmp_path / "damaged")
    (damaged / "dist/notes.doc").write_text("mine")
    result = run("verify", damaged)
    assert (result.exit_code, result.stderr) == (1, "")
    files, descriptor, *_ = verify_package(damaged)
    assert result.stdout.splitlines()[:3] == [
        f"WRONG  {files.title}",
        f"         {files.findings[0]}",
        f"ok     {descriptor.title}",
    ]


def test_verify_shows_ten_findings_and_counts_the_rest(package: Path, tmp_path: Path) -> None:
    damaged = copied(package, tmp_path / "damaged")
    for number in range(13):
        (damaged / f"dist/{number:02}.md").write_text("mine")
    lines = run("verify", damaged).stdout.splitlines()
    assert lines[1:12] == [
        *(f"         {finding}" for finding in verify_package(damaged)[0].findings[:10]),
        "         … and 3 more",
    ]


def test_verify_of_a_folder_that_holds_no_package_is_no_traceback(tmp_path: Path) -> None:
    result = run("verify", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert wrong_command(result) == f"{tmp_path}"


@pytest.mark.parametrize(
    "name", ["datapackage.json", "dist/SHA256SUMS", "dist/utterances.csv", "dist/segments.parquet"]
)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty", marks=pytest.mark.slow),
        pytest.param(b"\x00\xff\x1b[31m", id="binary"),
        pytest.param(b"[1]\n", id="list", marks=pytest.mark.slow),
        pytest.param(None, id="missing"),
    ],
)
@pytest.mark.slow
def test_verify_of_a_damaged_package_is_no_traceback(
    package: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    damaged = copied(package, tmp_path / "damaged")
    if content is None:
        (damaged / name).unlink()
    else:
        (damaged / name).write_bytes(content)
    result = run("verify", damaged)
    assert result.exit_code == 1
    assert Path(name).name in result.stdout
    assert [c for c in result.stdout + result.stderr if not c.isprintable() and c != "\n"] == []


def test_verify_shows_what_it_found_as_it_is_but_never_sends_it_to_the_terminal(package: Path, tmp_path: Path) -> None:
    damaged = copied(package, tmp_path / "damaged")
    for form in ("csv", "jsonl"):
        table = damaged / f"dist/utterances.{form}"
        text = table.read_text("utf-8")
        assert "sit down." in text
        table.write_text(text.replace("sit down.", "sit \u202e:smile: [red]down[/red]."), "utf-8")
    result = run("verify", damaged)
    assert result.exit_code == 1
    assert r'"Please, sit \x202e:smile: [red]down[/red]."' in result.stdout
    assert [c for c in result.stdout if not c.isprintable() and c != "\n"] == []


@pytest.mark.slow
def test_verify_is_coloured_on_a_terminal_alone(package: Path) -> None:
    code, shown, other = on_a_terminal("stdout", "verify", package)
    assert (code, other) == (0, "")
    assert shown.count("\x1b[32mok\x1b[0m") == len(shown.splitlines())
    assert "\x1b" not in run("verify", package).stdout


# ---------------------------------------------------------------------------------------------------------------------
# A process of its own


def test_bad_input_to_the_program_itself_is_no_traceback(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a="", b=TINY)
    (tmp_path / "in/c.txt").symlink_to("c.txt")
    program = [sys.executable, "-m", "builder", "build", tmp_path / "in", "--output", tmp_path / "out"]
    result = subprocess.run(program, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith("2 problems; nothing was written\n")


# ---------------------------------------------------------------------------------------------------------------------
# What programs read


def test_the_version_is_the_release_s() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"kremlin-meetings {current_release().version}\n")


def test_build_gives_its_report_as_json(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY, b="")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going", "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (report["rows"]["meetings"], report["statuses"]) == (1, {"included": 1, "rejected": 1})
    [problem] = report["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("empty-file", f"{tmp_path}/in/b.txt", 1)


def test_a_build_that_fails_gives_its_problems_as_json(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", b="")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == ["empty-file"]


def test_a_wrong_command_is_an_error_as_json(tmp_path: Path) -> None:
    result = run("verify", tmp_path, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"].startswith(f"{tmp_path}: ")


def test_verify_gives_its_checks_and_findings_as_json(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / "copy")
    (tmp_path / "copy/dist/names.csv").unlink()
    result = run("verify", tmp_path / "copy", "--json")
    assert result.exit_code == 1
    failed = {check["check"]: check["findings"] for check in json.loads(result.stdout)["checks"] if not check["passed"]}
    assert any(finding["file"] == "dist/names.csv" for finding in failed["files"])


def test_inspect_gives_a_page_as_json(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=TINY)
    shown = json.loads(run("inspect", tmp_path / "in/a.txt", "--json").stdout)
    assert shown["title"] == "Talks"
    assert "".join(segment["text"] for segment in shown["segments"]) == TINY
    assert [s["speaker_id"] for s in shown["segments"] if s["kind"] == "speech"] == ["rudolf-elphberg"]


def test_debug_shows_where_an_error_arose_that_rejects_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Zenda fell")

    monkeypatch.setattr(read_stage, "read_page", fail)
    pages.save(tmp_path / "in", a=TINY)
    plain = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert 'RuntimeError: "Zenda fell"' in plain.stderr
    assert "Traceback" not in plain.stderr
    told = run("build", tmp_path / "in", "--output", tmp_path / "out", "--debug")
    assert told.exit_code == 1
    assert "Traceback (most recent call last):" in told.stderr
    assert "in fail" in told.stderr


def test_without_a_project_the_command_asks_for_pages_and_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "HOME", None)
    assert wrong_command(run("build")) == "INPUT"
    pages.save(tmp_path / "in", a=TINY)
    assert wrong_command(run("build", tmp_path / "in")) == "--output"
