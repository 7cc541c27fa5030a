"""Which files a command reads, as what text it reads them, and what a folder's provenance.csv says of them."""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.errors import CommandError, Problem
from builder.reading import decoding as sources
from builder.reading.containers import OpenContainers
from builder.reading.decoding import decode, read_file
from builder.reading.discovery import Inputs, gather
from builder.reading.document import Source
from builder.reading.metadata_tables import MetadataTables
from builder.reading.page_names import PAGE_SUFFIXES, PROVENANCE
from builder.reading.provenance import ProvenanceTables, read_provenance
from tests.conftest import SEED_PAGES
from tests.support import pages
from tests.support.commands import rows, run
from tests.support.told import brief, briefs_of, refusal, refusals


def paths(inputs: Inputs) -> list[str]:
    return [item.path for item in inputs.files]


def said(inputs: Inputs) -> list[str]:
    """The place and code of every problem that shows without opening a file."""
    return [*map(brief, inputs.problems), *(brief(item.problem) for item in inputs.files if item.problem)]


def read(path: Path) -> Source:
    return decode(read_file(gather([path]).files[0], OpenContainers()), ProvenanceTables(), MetadataTables())


def wrong_with(path: Path) -> tuple[Problem, ...]:
    """The problems for which a file, or the table beside it, is refused."""
    return tuple(read_provenance(path.parent / PROVENANCE).problems) or refusals(read, path)


def briefs(path: Path) -> list[str]:
    """The same by place and code."""
    return [brief(problem) for problem in wrong_with(path)]


@pytest.fixture
def never_waits() -> Iterator[None]:
    """Fails a test that waits, as one does that opens a pipe to which nobody writes."""

    def give_up(*_: object) -> None:
        raise TimeoutError("waits for a pipe")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# ---------------------------------------------------------------------------------------------------------------------
# Files and folders


def test_a_folder_gives_its_transcripts_and_those_of_the_folders_in_it(tmp_path: Path) -> None:
    pages.save(tmp_path / "2018/may", b="x")
    pages.save(tmp_path / "2017", c="x")
    pages.save(tmp_path, a="x")
    assert paths(gather([tmp_path])) == ["2017/c.txt", "2018/may/b.txt", "a.txt"]


def test_a_transcript_s_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("x")
    assert paths(gather([tmp_path])) == ["A.TXT"]


def test_a_file_named_on_its_own_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    assert paths(gather([tmp_path / "page", tmp_path / ".hidden"])) == [".hidden", "page"]


def test_paths_are_below_the_deepest_folder_common_to_all_inputs(tmp_path: Path) -> None:
    pages.save(tmp_path / "site/2018", a="x")
    pages.save(tmp_path / "site/2019/may", b="x")
    assert paths(gather([tmp_path / "site/2018", tmp_path / "site/2019/may/b.txt"])) == ["2018/a.txt", "2019/may/b.txt"]
    assert paths(gather([tmp_path / "site", tmp_path / "site/2018/a.txt"])) == ["2018/a.txt", "2019/may/b.txt"]
    assert paths(gather([tmp_path / "site/2019"])) == ["may/b.txt"]
    assert paths(gather([tmp_path / "site/2019/may/b.txt"])) == ["b.txt"]


def test_paths_do_not_depend_on_where_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path / "in/2018", a="x")
    monkeypatch.chdir(tmp_path / "in")
    inputs = gather([Path("../in")])
    assert paths(inputs) == ["2018/a.txt"] == paths(gather([tmp_path / "in"]))
    assert [item.display_path for item in inputs.files] == ["../in/2018/a.txt"]


def test_the_same_file_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages.save(tmp_path, a="x")
    monkeypatch.chdir(tmp_path)
    assert paths(gather([tmp_path, tmp_path / "a.txt", Path("a.txt"), Path("./a.txt"), Path()])) == ["a.txt"]


def test_a_file_and_a_link_to_it_are_read_once(tmp_path: Path) -> None:
    pages.save(tmp_path, b="x")
    (tmp_path / "a.txt").symlink_to("b.txt")
    assert len(gather([tmp_path]).files) == 1


def test_the_order_in_which_inputs_are_named_changes_nothing(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a="x", c="x")
    (tmp_path / "in/b.txt").symlink_to("c.txt")
    named = [tmp_path / "in", tmp_path / "in/c.txt", tmp_path / "in/a.txt"]
    assert paths(gather(named)) == paths(gather(named[::-1]))


def test_hidden_files_and_folders_are_passed_over_without_a_word(tmp_path: Path) -> None:
    pages.save(tmp_path, a="x")
    pages.save(tmp_path / ".git", b="x")
    (tmp_path / ".c.txt").write_text("x")
    inputs = gather([tmp_path])
    assert paths(inputs) == ["a.txt"]
    assert inputs.skipped == ()


def test_files_of_other_names_are_passed_over_and_listed(tmp_path: Path) -> None:
    pages.save(tmp_path, a="x")
    (tmp_path / "notes.doc").write_text("x")
    (tmp_path / "b.txt.bak").write_text("x")
    (tmp_path / "provenance.csv").write_text("file,sha256,url\n")
    inputs = gather([tmp_path])
    assert paths(inputs) == ["a.txt"]
    assert inputs.skipped == (f"{tmp_path}/b.txt.bak", f"{tmp_path}/notes.doc")


def test_the_default_input_is_the_project_s_seeds(tmp_path: Path) -> None:
    assert run("build", "--output", tmp_path, "--quiet").exit_code == 0
    assert [row["path"] for row in rows(tmp_path, "sources")] == [path.name for path in SEED_PAGES]


# ---------------------------------------------------------------------------------------------------------------------
# Links


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    pages.save(tmp_path / "elsewhere", a="x", b="y")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.txt").symlink_to(tmp_path / "elsewhere/a.txt")
    (tmp_path / "in/sub").symlink_to(tmp_path / "elsewhere")
    inputs = gather([tmp_path / "in"])
    assert paths(inputs) == ["one.txt", "sub/b.txt"]
    assert said(inputs) == []


def test_two_links_to_one_folder_are_no_circle(tmp_path: Path) -> None:
    pages.save(tmp_path / "elsewhere", a="x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in/two").symlink_to(tmp_path / "elsewhere")
    inputs = gather([tmp_path / "in"])
    assert len(inputs.files) == 1
    assert said(inputs) == []


def test_a_link_that_leads_back_to_a_folder_above_is_reported_and_not_followed(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a="x")
    pages.save(tmp_path / "in/sub", b="x")
    (tmp_path / "in/sub/up").symlink_to("..")
    inputs = gather([tmp_path / "in"])
    assert paths(inputs) == ["a.txt", "sub/b.txt"]
    assert said(inputs) == [f"{tmp_path}/in/sub/up: link-loop"]
    assert f"{tmp_path}/in'" in inputs.problems[0].found


@pytest.mark.parametrize("named", ["x.txt", "."])
def test_links_that_lead_to_each_other_are_reported(tmp_path: Path, named: str) -> None:
    (tmp_path / "x.txt").symlink_to("y.txt")
    (tmp_path / "y.txt").symlink_to("x.txt")
    inputs = gather([tmp_path / named])
    assert said(inputs)[0] == f"{tmp_path}/x.txt: unreadable-file"


def test_a_link_to_itself_is_reported_whatever_its_name(tmp_path: Path) -> None:
    pages.save(tmp_path, a="x")
    (tmp_path / "me").symlink_to("me")
    inputs = gather([tmp_path])
    assert paths(inputs)[0] == "a.txt"
    assert f"{tmp_path}/me: unreadable-file" in said(inputs)


# ---------------------------------------------------------------------------------------------------------------------
# What cannot be read


def test_a_folder_without_transcripts_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "in/deeper").mkdir(parents=True)
    (tmp_path / "in/notes.doc").write_text("x")
    inputs = gather([tmp_path / "in"])
    assert said(inputs) == [f"{tmp_path}/in: no-pages"]
    assert all(f"*{suffix}" in inputs.problems[0].expected for suffix in PAGE_SUFFIXES)


def test_a_folder_of_other_files_names_some_of_them(tmp_path: Path) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    for name in ("page.pdf", "sub/notes.doc", "z1.doc", "z2.doc"):
        (tmp_path / "in" / name).write_text("x")
    [problem] = gather([tmp_path / "in"]).problems
    assert (problem.code, problem.found) == ("no-pages", "others: page.pdf, sub/notes.doc, z1.doc")


def test_each_folder_without_transcripts_is_named_whatever_else_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/me").symlink_to(".")
    (tmp_path / "b").mkdir()
    pages.save(tmp_path / "c", good="x")
    (tmp_path / "d").mkdir()
    inputs = gather([tmp_path / name for name in "abcd"])
    assert [problem.path for problem in inputs.problems] == [f"{tmp_path}/a/me", f"{tmp_path}/b", f"{tmp_path}/d"]


def test_an_input_that_does_not_exist_is_a_command_error(tmp_path: Path) -> None:
    pages.save(tmp_path, a="x")
    with pytest.raises(CommandError) as caught:
        gather([tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "c"])
    assert f"{tmp_path}/b.txt, {tmp_path}/c" in str(caught.value)
    assert "a.txt" not in str(caught.value)
    result = run("build", tmp_path / "b.txt", "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert f"{tmp_path}/b.txt" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere.txt")
    assert said(gather([tmp_path])) == [f"{tmp_path}/a.txt: unreadable-file"]
    problem = refusal(read, tmp_path / "a.txt")
    assert (brief(problem), problem.found) == (f"{tmp_path}/a.txt: unreadable-file", "No such file or directory")
    assert "links" in problem.advice


def test_a_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    pages.save(tmp_path, a="x")
    monkeypatch.setattr(sources, "open_regular", refuse)
    problem = refusal(read, tmp_path / "a.txt")
    assert (brief(problem), problem.found) == (f"{tmp_path}/a.txt: unreadable-file", "Permission denied")
    assert "links" not in problem.advice


def test_a_folder_without_permission_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(folder: Path, scandir=os.scandir) -> object:  # type: ignore[no-untyped-def]
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    pages.save(tmp_path / "closed", a="x")
    pages.save(tmp_path / "open", b="x")
    monkeypatch.setattr(os, "scandir", scan)
    inputs = gather([tmp_path])
    assert paths(inputs) == ["open/b.txt"]
    assert [(problem.path, problem.found) for problem in inputs.problems] == [
        (f"{tmp_path}/closed", "Permission denied")
    ]


@pytest.mark.usefixtures("never_waits")
def test_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    for name in ("a.txt", "b.txt"):
        assert briefs(tmp_path / name) == [f"{tmp_path}/{name}: not-a-file"]
    result = run("build", tmp_path, "--output", tmp_path / "out", "--json")
    assert result.exit_code == 1
    assert f"{tmp_path}/a.txt: not-a-file" in briefs_of(result)


@pytest.mark.usefixtures("never_waits")
def test_verify_opens_no_pipe_among_the_sources(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main(*pages.DIALOGUE))
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    os.mkfifo(tmp_path / "in/b.txt")
    result = run("verify", tmp_path / "out", "--sources", tmp_path / "in")
    assert result.exit_code == 1
    assert "b.txt" in result.output


def test_verify_reports_a_source_that_cannot_be_read(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main(*pages.DIALOGUE))
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    (tmp_path / "in/b.txt").symlink_to("nowhere")
    result = run("verify", tmp_path / "out", "--sources", tmp_path / "in")
    assert result.exit_code == 1
    assert "b.txt" in result.output


def test_a_device_is_refused() -> None:
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert briefs(Path("/dev/null")) == ["/dev/null: not-a-file"]


@pytest.mark.parametrize(
    "name", [b"\xff.txt", b"two\nlines.txt", b"a\rb.txt"], ids=["not UTF-8", "line feed", "return"]
)
@pytest.mark.parametrize("content", [pages.main(*pages.DIALOGUE), ""], ids=["good", "empty"])
def test_a_file_name_that_no_table_can_hold_is_reported(tmp_path: Path, name: bytes, content: str) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(content)
    result = run("build", tmp_path, "--output", tmp_path / "out", "--json")
    shown = {b"\xff.txt": r"\udcff.txt", b"two\nlines.txt": r"two\nlines.txt", b"a\rb.txt": r"a\rb.txt"}[name]
    assert result.exit_code == 1
    assert briefs_of(result)[0] == f"{tmp_path}/{shown}: bad-file-name"


# ---------------------------------------------------------------------------------------------------------------------
# Bytes to text

PAGE = pages.main(*pages.DIALOGUE)
SAVED_AS = {
    "line feeds": PAGE.encode(),
    "a byte order mark": b"\xef\xbb\xbf" + PAGE.encode(),
    "CRLF": PAGE.replace("\n", "\r\n").encode(),
    "lone CR": PAGE.replace("\n", "\r").encode(),
    "a byte order mark and CRLF": b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode(),
    "line ends of all three sorts": PAGE.replace("\n", "\r\n", 3).replace("\r\n", "\r", 1).encode(),
}


@pytest.mark.parametrize("saved", SAVED_AS.values(), ids=SAVED_AS)
def test_byte_order_marks_and_other_line_ends_give_the_same_text(tmp_path: Path, saved: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(saved)
    assert read(tmp_path / "a.txt").text == PAGE


def test_other_line_ends_change_the_file_s_hash_and_nothing_else(tmp_path: Path) -> None:
    for name, saved in (("lf", SAVED_AS["line feeds"]), ("crlf", SAVED_AS["a byte order mark and CRLF"])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(saved)
        assert run("build", tmp_path / name, "--output", tmp_path / "out" / name, "--quiet").exit_code == 0
    for table in ("meetings", "utterances", "speakers", "participations", "segments"):
        assert rows(tmp_path / "out/lf", table) == rows(tmp_path / "out/crlf", table)
    [one], [other] = rows(tmp_path / "out/lf", "sources"), rows(tmp_path / "out/crlf", "sources")
    assert {column for column in one if one[column] != other[column]} == {"sha256", "byte_size", "encoding"}
    assert (one["byte_size"], other["byte_size"]) == (len(PAGE), len(PAGE) + PAGE.count("\n") + 3)


@pytest.mark.parametrize(
    ("content", "line", "code", "found"),
    [
        (b"", 1, "empty-file", ""),
        (b" \t\n\xc2\xa0\r\n", 1, "empty-file", "white space"),
        (b"ab\xffc", 1, "not-utf-8", "byte 2 = ff"),
        (b"Z\xc3\xbcnda\nStre\xdflsau", 2, "not-utf-8", "byte 11 = df"),
        (b"\xef\xbb\xbfab\n\xffc", 2, "not-utf-8", "byte 6 = ff"),
        (b"cut short: \xd0", 1, "not-utf-8", "byte 11 = d0"),
        (b"one\rtwo\r\xff", 3, "not-utf-8", "byte 8 = ff"),
        (b"\x7fELF\r\n\x1a\n\x00\x00", 3, "binary-file", "byte 8 is 00"),
        ("Events\n".encode("utf-16"), 1, "not-utf-8", "UTF-16"),
        (b"\xfe\xff\x00E", 1, "not-utf-8", "UTF-16"),
        ("Events\n".encode("utf-16-le"), 1, "binary-file", "byte 1 is 00"),
        (b"Events\r\nMeeting \x1b[31mwith", 2, "control-character", "U+001B at character 9"),
        ("Events\nNext\x85line".encode(), 2, "control-character", "U+0085 at character 5"),
        (b"one\x0c\rtwo", 1, "control-character", "U+000C at character 4"),
    ],
)
def test_what_is_no_text_is_refused_by_line_and_byte(
    tmp_path: Path, content: bytes, line: int, code: str, found: str
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    problem = refusal(read, tmp_path / "a.txt")
    assert brief(problem) == f"{tmp_path}/a.txt:{line}: {code}"
    assert found in problem.found


def test_every_line_with_a_control_character_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x07bell\n\x08 and \x08\nclean\nnext\x7f")
    assert [(problem.code, problem.line, problem.found) for problem in wrong_with(tmp_path / "a.txt")] == [
        ("control-character", 1, "U+0007 at character 1"),
        ("control-character", 2, "U+0008 at character 1"),
        ("control-character", 4, "U+007F at character 5"),
    ]


def test_tabs_and_no_break_spaces_are_text(tmp_path: Path) -> None:
    pages.save(tmp_path, a="one\ttwo\xa0three")
    assert read(tmp_path / "a.txt").text == "one\ttwo\xa0three"


# ---------------------------------------------------------------------------------------------------------------------
# provenance.csv

ADDRESS = "http://en.kremlin.ru/events/president/news/123"
ZEROS = "0" * 64


def test_a_page_s_address_is_found_by_the_hash_of_its_file(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE, b=PAGE + "\n")
    pages.know_addresses(tmp_path, a=ADDRESS)
    assert read(tmp_path / "a.txt").url == ADDRESS
    assert read(tmp_path / "b.txt").url is None


@pytest.mark.parametrize("saved", SAVED_AS.values(), ids=SAVED_AS)
def test_an_address_is_found_after_a_new_name_and_other_line_ends(tmp_path: Path, saved: bytes) -> None:
    pages.save(tmp_path, a=PAGE)
    pages.know_addresses(tmp_path, a=ADDRESS)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "renamed.txt").write_bytes(saved)
    assert read(tmp_path / "renamed.txt").url == ADDRESS


def test_each_folder_has_its_own_provenance(tmp_path: Path) -> None:
    for name in ("one", "two"):
        pages.save(tmp_path / name, a=PAGE)
    pages.know_addresses(tmp_path / "one", a=ADDRESS)
    assert [read(tmp_path / name / "a.txt").url for name in ("one", "two")] == [ADDRESS, None]


def test_an_address_may_be_unknown(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    pages.know_addresses(tmp_path, a="")
    assert read(tmp_path / "a.txt").url is None


def test_the_address_stands_in_the_meeting_with_the_event_s_number(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.accessible(*pages.DIALOGUE))
    pages.know_addresses(tmp_path / "in", a="http://en.special.kremlin.ru/events/president/transcripts/60217")
    assert run("build", tmp_path / "in", "--output", tmp_path, "--quiet").exit_code == 0
    [meeting] = rows(tmp_path, "meetings")
    assert meeting["url"] == "http://en.special.kremlin.ru/events/president/transcripts/60217"
    assert meeting["event_id"] == "60217"


@pytest.mark.parametrize(
    ("table", "line", "code", "found"),
    [
        ("", 1, "provenance-header", ""),
        ("file,sha,url\n", 1, "provenance-header", '"file,sha,url"'),
        ("url,file,sha256\n", 1, "provenance-header", '"url,file,sha256"'),
        ("file,sha256,url\na.txt,xyz,\n", 2, "provenance-value", '"xyz"'),
        (
            *(f"file,sha256,url\na.txt,{ZEROS},\nb.txt,{ZEROS[:-1]}1,kremlin.ru/1\n", 3),
            *("provenance-value", '"kremlin.ru/1"'),
        ),
    ],
)
def test_a_wrong_provenance_table_is_refused_by_file_and_line(
    tmp_path: Path, table: str, line: int, code: str, found: str
) -> None:
    pages.save(tmp_path, a=PAGE)
    (tmp_path / "provenance.csv").write_text(table)
    (problem,) = wrong_with(tmp_path / "a.txt")
    assert brief(problem) == f"{tmp_path}/provenance.csv:{line}: {code}"
    assert found in problem.found


@pytest.mark.parametrize(
    "line",
    ["a.txt", f",{ZEROS},", f"a.txt,{ZEROS},{ADDRESS},more", f"{'a' * 200_000},{ZEROS},"],
    ids=["too few cells", "an empty name", "too many cells", "an endless cell"],
)
def test_a_wrong_line_of_a_provenance_table_is_named_in_plain_words(tmp_path: Path, line: str) -> None:
    pages.save(tmp_path, a=PAGE)
    (tmp_path / "provenance.csv").write_text(f"file,sha256,url\n{line}\n")
    (problem,) = wrong_with(tmp_path / "a.txt")
    assert (problem.path, problem.line) == (f"{tmp_path}/provenance.csv", 2)
    assert problem.code in ("provenance-cells", "provenance-csv", "provenance-value")
    assert "None" not in str(problem)
    assert len(str(problem)) < 500


def test_every_wrong_line_of_a_provenance_table_is_named(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    (tmp_path / "provenance.csv").write_text(f"file,sha256,url\na.txt,xyz,\nb.txt,{ZEROS},\nc.txt,{ZEROS},ftp://c\n")
    assert briefs(tmp_path / "a.txt") == [
        f"{tmp_path}/provenance.csv:2: provenance-value",
        f"{tmp_path}/provenance.csv:4: provenance-value",
    ]


def test_a_provenance_table_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    (tmp_path / "provenance.csv").write_bytes(b"file,sha256,url\n\xff")
    assert briefs(tmp_path / "a.txt") == [f"{tmp_path}/provenance.csv: provenance-unreadable"]


@pytest.mark.usefixtures("never_waits")
def test_a_provenance_table_that_is_a_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    os.mkfifo(tmp_path / "provenance.csv")
    assert briefs(tmp_path / "a.txt") == [f"{tmp_path}/provenance.csv: provenance-unreadable"]


def test_a_wrong_provenance_table_is_reported_once_however_many_files_stand_beside_it(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=PAGE, b=PAGE, c=PAGE)
    (tmp_path / "in/provenance.csv").write_text("file,sha,url\n")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/provenance.csv:1: provenance-header"])


def test_a_hash_that_a_provenance_table_gives_two_addresses_is_refused(tmp_path: Path) -> None:
    pages.save(tmp_path, a=PAGE)
    pages.know_addresses(tmp_path, a=ADDRESS)
    table = tmp_path / "provenance.csv"
    table.write_text(table.read_text() + table.read_text().splitlines()[1].replace("/123", "/124") + "\n")
    assert briefs(tmp_path / "a.txt") == [f"{table}:3: provenance-conflict"]
