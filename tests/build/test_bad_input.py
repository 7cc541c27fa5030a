"""Bad input gets a message that says where, what was expected, what was found, what to do, and harms nothing."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from builder.build import pipeline, workers
from builder.package import publish
from builder.verify import verify_package
from tests.support import pages
from tests.support.commands import rows, run, tree
from tests.support.told import brief, briefs_of, findings_of, problems_of, wrong_command

GOOD = pages.main(*pages.DIALOGUE)

Files = dict[str, str | bytes]


def write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture(scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    pages.save(folder / "in", earlier=pages.main("President of Ruritania Rudolf Elphberg: It rains."))
    assert run("build", folder / "in", "--output", folder / "out", "--quiet").exit_code == 0
    return folder / "out"


@pytest.fixture
def published(_published: Path, tmp_path: Path) -> Path:
    """A folder with a package that an earlier build published: of another page than these tests read."""
    return Path(shutil.copytree(_published, tmp_path / "published"))


# ---------------------------------------------------------------------------------------------------------------------
# Each kind of bad input

PRESIDENT = "President of Ruritania Rudolf Elphberg: It rains."

# By what is wrong: the file's content, the line and the code of the problem, and what was found there.
BAD: dict[str, tuple[str | bytes, int, str, str]] = {
    "empty": (b"", 1, "empty-file", "an empty file"),
    "white space alone": ("\n \xa0\n", 1, "empty-file", "white space alone"),
    "not UTF-8": ("Events\nMeeting in Hofbau, Zürich\n".encode("latin-1"), 2, "not-utf-8", "byte 27 = fc"),
    "binary": (b"\x7fELF\n\x00\x00", 2, "binary-file", "byte 5 is 00"),
    "UTF-16": (GOOD.encode("utf-16"), 1, "not-utf-8", "UTF-16"),
    "control characters": (
        pages.main("President of Ruritania Rudolf Elphberg: It \x1b[31mrains."),
        *(7, "control-character", "U+001B at character 44"),
    ),
    "no layout": ("\n\nDear diary,\nit rains.\n", 1, "no-layout", '"Dear diary,"'),
    "no title, main": ("Events\nMay 4, 2018\n12:30\n" + PRESIDENT, 2, "no-title", '"May 4, 2018"'),
    "no title, accessible": (
        pages.accessible(PRESIDENT).replace("Meeting with Rupert Hentzau\n\n", ""),
        *(11, "no-title", '"May 4, 2018, The Castle, Zenda"'),
    ),
    "no date, main": (
        "Events\nMeeting with Rupert Hentzau\nZenda\n" + PRESIDENT,
        *(2, "no-date", '"Meeting with Rupert Hentzau"'),
    ),
    "no date, accessible": (
        pages.accessible(PRESIDENT, date="Friday", place=None),
        *(11, "no-date", '"Meeting with Rupert Hentzau"'),
    ),
    "a section and no more": ("Events\n", 1, "no-date", "the end of the text"),
    "February 30, main": (
        pages.main(PRESIDENT, date="February 30, 2018"),
        *(4, "impossible-date", '"February 30, 2018"'),
    ),
    "February 30, accessible": (
        pages.accessible(PRESIDENT, date="February 30, 2018"),
        *(13, "impossible-date", '"February 30, 2018"'),
    ),
    "February 30 where the date is repeated": (
        pages.accessible(PRESIDENT, place=None).removesuffix("May 4, 2018") + "February 30, 2018",
        *(18, "impossible-date", '"February 30, 2018"'),
    ),
    "25:70, main": (pages.main(PRESIDENT, time="25:70"), 5, "impossible-date", '"25:70"'),
    "25:70, accessible": (
        pages.accessible(PRESIDENT, date="May 4, 2018, 25:70"),
        *(13, "impossible-date", '"25:70"'),
    ),
    "speech without its label, main": (
        pages.main(": Thank you, Mr President.", PRESIDENT),
        *(7, "no-speaker", '": Thank you, Mr President."'),
    ),
    "speech without its label, accessible": (
        pages.accessible(": Thank you, Mr President.", PRESIDENT),
        *(15, "no-speaker", '": Thank you, Mr President."'),
    ),
    "speech without its label, after narration": (
        pages.main("They met in Zenda.", ": Thank you, Mr President.", PRESIDENT),
        *(8, "no-speaker", '": Thank you, Mr President."'),
    ),
    "a label without speech, main": (
        pages.main("President of Ruritania Rudolf Elphberg:", "Prime Minister of Ruritania Rupert Hentzau: Yes."),
        *(7, "no-speech", '"President of Ruritania Rudolf Elphberg:"'),
    ),
    "a label without speech, accessible": (
        pages.accessible(PRESIDENT, "Rudolf Elphberg:"),
        *(17, "no-speech", '"Rudolf Elphberg:"'),
    ),
    "a label in two lines without speech": (
        pages.main(PRESIDENT, "Rudolf Elphberg", ":"),
        *(8, "no-speech", '"Rudolf Elphberg :"'),
    ),
}
PLACES = [f"{name}.txt:{line}: {code}" for name, (_, line, code, _) in sorted(BAD.items())]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder of all the bad files, and a good one."""
    files = {f"{name}.txt": content for name, (content, *_) in BAD.items()}
    return write(tmp_path / "in", files | {"good.txt": GOOD})


def test_every_bad_file_is_named_with_what_is_wrong_and_the_published_package_stays(published: Path, bad: Path) -> None:
    before = tree(published)
    result = run("build", bad, "--output", published, "--json")
    assert result.exit_code == 1
    problems = problems_of(result)
    assert [brief(problem).removeprefix(f"{bad}/") for problem in problems] == PLACES
    other = {
        name: problem["found"]
        for problem, (name, case) in zip(problems, sorted(BAD.items()), strict=True)
        if case[3] not in problem["found"]
    }
    assert other == {}
    assert tree(published) == before


def test_a_problem_is_a_line_and_the_lines_are_counted(published: Path, bad: Path) -> None:
    told = problems_of(run("build", bad, "--output", published, "--json"))
    lines = [*(problem["message"] for problem in told), f"{len(BAD)} problems; nothing was written"]
    result = run("build", bad, "--output", published)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (1, "", lines)


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_fails_the_build(tmp_path: Path, name: str) -> None:
    content, line, code, _ = BAD[name]
    write(tmp_path / "in", {"a.txt": content, "b.txt": GOOD})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/a.txt:{line}: {code}"])
    assert not (tmp_path / "out").exists()


def test_bad_files_that_are_kept_out_stand_in_sources_with_the_words_of_their_problems(
    tmp_path: Path, bad: Path
) -> None:
    result = run("build", bad, "--output", tmp_path / "out", "--keep-going", "--json")
    assert result.exit_code == 0
    problems = {Path(problem["path"]).name: problem for problem in problems_of(result)}
    assert [brief(problem).removeprefix(f"{bad}/") for problem in problems.values()] == PLACES
    *rejected, good = sorted(rows(tmp_path / "out", "sources"), key=lambda row: row["path"] == "good.txt")
    assert [row["path"] for row in rejected] == list(problems)
    for row in rejected:
        problem = problems[row["path"]]
        words = problem["message"].removeprefix(f"{bad}/{row['path']}:{problem['line']}: ")
        assert (row["status"], row["meeting_id"]) == ("rejected", None), row["path"]
        assert row["reason"] == f"line {problem['line']}: {words}"
    assert (good["path"], good["status"], good["reason"]) == ("good.txt", "included", None)
    shown = run("build", bad, "--output", tmp_path / "out", "--keep-going").stdout
    assert [name for name, problem in problems.items() if f"rejected: {problem['message']}\n" not in shown] == []


def test_a_link_in_a_circle_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"sub/a.txt": GOOD})
    (tmp_path / "in/sub/up").symlink_to("..")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/sub/up: link-loop"])
    assert tree(published) == before


def test_a_file_that_links_to_itself_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    (tmp_path / "in/b.txt").symlink_to("b.txt")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/b.txt: unreadable-file"])
    assert tree(published) == before


def test_a_file_that_cannot_be_read_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    (tmp_path / "in/b.txt").symlink_to("nowhere.txt")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/b.txt: unreadable-file"])
    assert problems_of(result)[0]["found"] == "No such file or directory"
    assert tree(published) == before


def test_a_folder_without_transcripts_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"notes.doc": "x"})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in: no-pages"])
    assert tree(published) == before


def test_sections_that_a_page_leaves_empty_are_no_traceback(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": pages.main(PRESIDENT, published=", News")})
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code in (0, 1)


def test_two_blanks_in_a_file_s_name_are_no_problem(tmp_path: Path) -> None:
    write(tmp_path / "in", {"one  two.txt": GOOD, "three\xa0four.txt": pages.accessible(*pages.DIALOGUE)})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet")
    assert result.exit_code == 0
    assert {row["path"] for row in rows(tmp_path / "out", "sources")} == {"one  two.txt", "three\xa0four.txt"}


# ---------------------------------------------------------------------------------------------------------------------
# All at once


def test_all_problems_of_a_run_are_reported_together_by_file_and_line(published: Path, tmp_path: Path) -> None:
    write(
        tmp_path / "in",
        {
            "b.txt": "Events\nTalks\nMay \x07, 2018\n\x08",
            "a/2.txt": b"",
            "a/1.txt": b"\xff",
            "c.txt": pages.main(
                "President of Ruritania Rudolf Elphberg:",
                "Prime Minister of Ruritania Rupert Hentzau: Thank you.",
                ": And more.",
                "Rudolf Elphberg:",
            ),
            "good.txt": GOOD,
        },
    )
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--json")
    assert [place.removeprefix(f"{tmp_path}/in/") for place in briefs_of(result)] == [
        "a/1.txt:1: not-utf-8",
        "a/2.txt:1: empty-file",
        "b.txt:3: control-character",
        "b.txt:4: control-character",
        "c.txt:7: no-speech",
        "c.txt:9: no-speaker",
        "c.txt:10: no-speech",
    ]
    assert result.exit_code == 1
    assert tree(published) == before


def test_problems_of_folders_and_of_files_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": b"", "two/notes.doc": "x"})
    (tmp_path / "one/me").symlink_to(".")
    result = run("build", tmp_path / "one", tmp_path / "two", "--output", tmp_path / "out", "--json")
    assert sorted(briefs_of(result)) == [
        f"{tmp_path}/one/a.txt:1: empty-file",
        f"{tmp_path}/one/me: link-loop",
        f"{tmp_path}/two: no-pages",
    ]


def test_a_build_of_bad_input_makes_no_output_folder(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": b""})
    assert run("build", tmp_path / "in", "--output", tmp_path / "new/out").exit_code == 1
    assert os.listdir(tmp_path) == ["in"]


def test_keeping_on_builds_the_rest_and_lists_what_was_rejected(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD, "b.txt": b"ab\xff", "c.txt": "Events\nTalks\n", "d.txt": b""})
    os.mkfifo(tmp_path / "in/e.txt")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going", "--json")
    assert result.exit_code == 0
    problems = {Path(problem["path"]).name: problem for problem in problems_of(result)}
    assert {name: problem["code"] for name, problem in problems.items()} == {
        "b.txt": "not-utf-8",
        "c.txt": "no-date",
        "d.txt": "empty-file",
        "e.txt": "not-a-file",
    }
    assert [row["meeting_id"] for row in rows(tmp_path / "out", "meetings")] == [
        "2018-05-04-meeting-with-rupert-hentzau"
    ]
    by_path = {row["path"]: row for row in rows(tmp_path / "out", "sources")}
    assert {path: row["status"] for path, row in by_path.items()} == {
        "a.txt": "included",
        "b.txt": "rejected",
        "c.txt": "rejected",
        "d.txt": "rejected",
        "e.txt": "rejected",
    }
    assert (
        by_path["b.txt"].items()
        >= {
            "sha256": "2a40b10d4bc66af94cac46438fc1c5d9e11fda03dac8f86304ea8604a3eae1fa",
            "byte_size": 3,
            "media_type": "text/plain",
            "encoding": None,
            "layout": None,
            "status": "rejected",
            "meeting_id": None,
            "text_length": None,
            "text_sha256": None,
        }.items()
    )
    assert (by_path["c.txt"]["layout"], by_path["c.txt"]["encoding"], by_path["c.txt"]["text_length"]) == (
        "main_text",
        "utf-8",
        13,
    )
    assert (by_path["e.txt"]["sha256"], by_path["e.txt"]["byte_size"]) == (None, None)
    # Without a line, the reason is the message after the file's name.
    assert problems["e.txt"]["message"] == f"{tmp_path}/in/e.txt: {by_path['e.txt']['reason']}"
    assert run("verify", tmp_path / "out").exit_code == 0


def test_keeping_on_with_nothing_good_fails_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": b"", "b.txt": b""})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--keep-going", "--json")
    assert briefs_of(result) == [f"{tmp_path}/in/a.txt:1: empty-file", f"{tmp_path}/in/b.txt:1: empty-file"]
    assert result.exit_code == 1
    assert tree(published) == before


def test_keeping_on_passes_over_empty_folders_and_circles(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": GOOD, "two/notes.doc": "x"})
    (tmp_path / "one/me").symlink_to(".")
    command = ("build", tmp_path / "one", tmp_path / "two", "--output", tmp_path / "out", "--keep-going")
    result = run(*command, "--json")
    assert result.exit_code == 0
    assert [row["path"] for row in rows(tmp_path / "out", "sources")] == ["one/a.txt"]
    assert sorted(briefs_of(result)) == [f"{tmp_path}/one/me: link-loop", f"{tmp_path}/two: no-pages"]
    shown = run(*command).stdout
    assert all(problem["message"] in shown for problem in problems_of(result))


# ---------------------------------------------------------------------------------------------------------------------
# Text that no rule claims

UNCLAIMED = GOOD + "\nRead also: the castle’s own gazette\n"


def test_text_that_no_rule_claims_is_counted_and_kept(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": UNCLAIMED})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).count("35 unassigned") == 1
    assert [row["text"] for row in rows(tmp_path / "out", "segments") if row["kind"] == "unassigned"] == [
        "Read also: the castle’s own gazette"
    ]


@pytest.mark.parametrize("more", [(), ("--keep-going",)], ids=["alone", "keeping on"])
def test_strict_fails_on_text_that_no_rule_claims(published: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    write(tmp_path / "in/deep", {"a.txt": UNCLAIMED})
    write(tmp_path / "in", {"b.txt": pages.main(PRESIDENT)})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--strict", *more, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{tmp_path}/in/deep/a.txt:15: unassigned-text"])
    assert problems_of(result)[0]["found"] == '"Read also: the castle’s own gazette"'
    assert tree(published) == before


def test_strict_passes_where_every_character_is_claimed(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--strict", "--quiet").exit_code == 0


# ---------------------------------------------------------------------------------------------------------------------
# The output


def test_an_output_below_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "file": "mine"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "file/out")
    assert wrong_command(result) == f"{tmp_path}/file/out"
    assert "Not a directory" in result.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "file": "mine"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "file")
    assert wrong_command(result) == f"{tmp_path}/file"
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(("name", "found"), [("my.txt", "my.txt"), ("sub/my.txt", "sub (a folder)"), (".my", ".my")])
def test_a_folder_dist_that_no_build_made_is_not_replaced(tmp_path: Path, name: str, found: str) -> None:
    write(tmp_path, {"in/a.txt": GOOD, f"out/dist/{name}": "mine"})
    before = tree(tmp_path)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert wrong_command(result) == f"{tmp_path}/out/dist"
    assert f" {found};" in result.stderr
    assert tree(tmp_path) == before


def test_files_put_beside_those_of_a_build_are_not_destroyed(published: Path, tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD})
    write(published / "dist", {f"{n}.md": "mine" for n in range(1, 8)})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert wrong_command(result) == f"{published}/dist"
    assert "1.md, 2.md, 3.md, 4.md, 5.md" in result.stderr
    assert "6.md" not in result.stderr
    assert tree(published) == before


def test_a_folder_dist_that_may_not_be_written_to_is_not_replaced(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be renamed, but never removed. Whoever is root may write everywhere, hence the question is answered here."""
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(os, "access", lambda path, mode: path != published / "dist")
    result = run("build", tmp_path / "in", "--output", published)
    assert wrong_command(result) == f"{published}/dist"
    assert tree(published) == before


def test_a_database_that_finds_no_room_is_an_output_that_cannot_be_written(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page index's writes fail with errors of their own."""
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    real = pipeline.PageIndex

    def small(folder: Path) -> pipeline.PageIndex:
        index = real(folder)
        index.db.execute("PRAGMA max_page_count = 30")
        return index

    monkeypatch.setattr(pipeline, "PageIndex", small)
    pages.save(tmp_path / "in", **{f"{n:03}": pages.main(*pages.DIALOGUE, title=f"Talks {n}") for n in range(99)})
    result = run("build", tmp_path / "in", "--output", published)
    assert wrong_command(result) == f"{published}"
    assert "database or disk is full" in result.stderr
    assert tree(published) == before


def test_processes_that_cannot_be_started_are_not_the_output_s_fault(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(workers, "FILES_WORTH_A_PROCESS", 1)
    write(tmp_path / "in", {"b.txt": pages.main(PRESIDENT)})
    monkeypatch.setattr(workers, "Process", _disk_is_full)
    result = run("build", tmp_path / "in", "--output", published, "--jobs", 2)
    assert wrong_command(result) == "--jobs"
    assert "No space left on device" in result.stderr
    assert tree(published) == before


def test_a_file_named_dist_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "out/dist": "mine"})
    before = tree(tmp_path)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert wrong_command(result) == f"{tmp_path}/out/dist"
    assert tree(tmp_path) == before


def test_a_link_named_dist_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD})
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/dist").symlink_to(tmp_path / "elsewhere")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert wrong_command(result) == f"{tmp_path}/out/dist"
    assert os.listdir(tmp_path / "out") == ["dist"]
    assert (tmp_path / "out/dist").is_symlink()


@pytest.mark.parametrize(
    ("content", "owner"),
    [
        ('{"name": "somebody-else"}', "somebody-else"),
        ("[]", "no package's name"),
        ("{}", "no package's name"),
        ("not JSON", "no package's name"),
        (b"\xff\x00", "no package's name"),
    ],
)
def test_a_descriptor_of_another_package_is_not_replaced(tmp_path: Path, content: str | bytes, owner: str) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "out/datapackage.json": content})
    before = tree(tmp_path)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert wrong_command(result) == f"{tmp_path}/out/datapackage.json"
    assert owner in result.stderr
    assert tree(tmp_path) == before


def test_other_files_beside_dist_stay_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "out/README.md": "mine", "out/seeds/b.txt": "mine"})
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    assert (tmp_path / "out/README.md").read_text() == (tmp_path / "out/seeds/b.txt").read_text() == "mine"
    assert sorted(os.listdir(tmp_path / "out")) == ["README.md", "datapackage.json", "dist", "seeds"]


def test_of_two_builds_at_once_the_second_is_refused(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    other = os.open(published, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = run("build", tmp_path / "in", "--output", published)
    finally:
        os.close(other)
    assert wrong_command(result) == f"{published}"
    assert tree(published) == before
    assert run("build", tmp_path / "in", "--output", published, "--quiet").exit_code == 0


def _disk_is_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _is_interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("fails", [_disk_is_full, _is_interrupted])
@pytest.mark.parametrize("step", ["complete_package", "publish"])
def test_a_build_that_fails_while_it_writes_leaves_the_published_package(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fails: Callable[..., None]
) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(pipeline, step, fails)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.exit_code != 0
    assert tree(published) == before
    if fails is _disk_is_full:
        assert wrong_command(result) == f"{published}"
        assert "No space left on device" in result.stderr


@pytest.mark.parametrize("step", ["rename", "replace"])
def test_a_build_that_fails_while_it_publishes_puts_the_old_package_back(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(os, step)

    def fail(old: Path, new: Path) -> None:
        # Only what is new fails to be put in place.
        if str(old).endswith((f"{publish.STAGING}/dist", f"{publish.STAGING}/datapackage.json")):
            _disk_is_full()
        real(old, new)

    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(os, step, fail)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.exit_code == 2
    assert tree(published) == before


def mark_as_a_build_s(staging: Path) -> None:
    """Marks a folder as a build does that works there."""
    with publish.staging(staging.parent / "elsewhere") as made:
        shutil.copy(made / publish.OWNER, staging)


def test_what_a_killed_build_left_is_cleared_by_the_next(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    write(published, {".dist-staging/dist/meetings.csv": "half", ".dist-staging/replaced/meetings.csv": "old"})
    mark_as_a_build_s(published / ".dist-staging")
    assert run("build", tmp_path / "in", "--output", published, "--quiet").exit_code == 0
    assert sorted(os.listdir(published)) == ["datapackage.json", "dist"]


@pytest.mark.parametrize("state", ["the old one is away", "the new one has no descriptor yet", "it was the first"])
def test_of_a_build_that_was_killed_between_the_steps_of_publishing_verify_says_so_in_a_line(
    published: Path, tmp_path: Path, state: str
) -> None:
    """The states are those that `benchmarks.robustness.fault_injection` comes upon."""
    write(tmp_path / "in", {"a.txt": GOOD})
    assert run("build", tmp_path / "in", "--output", tmp_path / "new", "--quiet").exit_code == 0
    staged, wanted = published / publish.STAGING, tree(tmp_path / "new")
    shutil.copytree(tmp_path / "new", staged, ignore=shutil.ignore_patterns("in"))
    mark_as_a_build_s(staged)
    os.rename(published / "dist", staged / publish.REPLACED)
    if state != "the old one is away":
        os.rename(staged / "dist", published / "dist")
    if state == "it was the first":
        shutil.rmtree(staged / publish.REPLACED)
        (published / "datapackage.json").unlink()
    result = run("verify", published, "--json")
    assert (result.exit_code, briefs_of(result)) == (1, [f"{published}: half-published"])
    assert run("verify", published).stderr == f"{problems_of(result)[0]['message']}\n1 problem\n"
    assert run("build", tmp_path / "in", "--output", published, "--quiet").exit_code == 0
    assert tree(published) == wanted


def test_what_a_killed_build_left_beside_a_whole_package_does_not_keep_it_from_being_verified(
    published: Path, tmp_path: Path
) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    assert run("build", tmp_path / "in", "--output", tmp_path / "new", "--quiet").exit_code == 0
    shutil.copytree(tmp_path / "new", published / publish.STAGING)
    assert run("verify", published).exit_code == 0
    # As it is while what is left is being cleared away.
    shutil.rmtree(published / publish.STAGING / "dist")
    assert run("verify", published).exit_code == 0


def test_a_hand_edited_file_is_named_by_verify_and_mended_by_the_next_build(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    table = published / "dist/utterances.csv"
    table.write_text(table.read_text("utf-8").replace("It rains.", "It snows."), "utf-8")
    assert run("verify", published).exit_code == 1
    found = findings_of(verify_package(published))
    assert found["files"] == ("dist/utterances.csv",)
    assert found["formats"] == (
        "dist/utterances.csv: row 1 (2018-05-04-meeting-with-rupert-hentzau-0001): text: "
        'expected "It rains.", found "It snows."',
    )
    assert run("build", tmp_path / "in", "--output", published, "--quiet").exit_code == 0
    assert run("verify", published).exit_code == 0


# ---------------------------------------------------------------------------------------------------------------------
# What is printed never steers a terminal

NASTY = "a\x1b[2J\u202e\u2066\x07.txt"
SHOWN = r"a\x1b[2J\x202e\x2066\x07.txt"


def assert_printable(result: Result) -> None:
    output = result.stdout + result.stderr
    assert [c for c in output if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("content", ["", GOOD, b"\xff", "no layout"], ids=["empty", "good", "not UTF-8", "no layout"])
@pytest.mark.parametrize("more", [(), ("--keep-going",), ("--strict",)], ids=["plain", "keeping on", "strict"])
def test_control_characters_in_a_file_s_name_are_shown_and_not_sent(
    tmp_path: Path, content: str | bytes, more: tuple[str, ...]
) -> None:
    write(tmp_path / "in", {NASTY: content, "b.txt": pages.accessible(*pages.DIALOGUE), f"{NASTY}.md": "x"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", *more)
    assert SHOWN in result.stdout + result.stderr
    assert_printable(result)


@pytest.mark.parametrize(
    "page",
    [
        pages.main(PRESIDENT, "Rudolf Elphberg (in \u202eRuritanian):"),
        pages.main("\u202e: Thank you.", ": Thank \u202eyou."),
        "\u202eno layout",
        "Events\n\u202eTalks\n",
        GOOD + "\nRead \u202ealso\n",
    ],
    ids=["label", "orphan", "no layout", "no date", "unassigned"],
)
def test_marks_of_direction_in_a_page_are_not_sent(tmp_path: Path, page: str) -> None:
    write(tmp_path / "in", {"a.txt": page})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--strict")
    assert result.exit_code == 1
    assert_printable(result)


def test_control_characters_in_the_names_of_inputs_and_output_are_shown_and_not_sent(tmp_path: Path) -> None:
    write(tmp_path, {f"{NASTY}/a.txt": GOOD, f"empty{NASTY}/a.md": ""})
    for arguments in (
        (tmp_path / NASTY, "--output", tmp_path / f"out{NASTY}"),
        (tmp_path / NASTY / "missing", "--output", tmp_path / "out"),
        (tmp_path / f"empty{NASTY}", "--output", tmp_path / "out"),
        (tmp_path / NASTY, "--output", tmp_path / NASTY / "a.txt"),
    ):
        result = run("build", *arguments)
        assert SHOWN in result.stdout + result.stderr
        assert_printable(result)


def test_a_provenance_table_s_control_characters_are_shown_and_not_sent(tmp_path: Path) -> None:
    for number, table in enumerate(["\x1b[2J\u202e\n", f"file,sha256,url\na,{'0' * 64},\x1b[2J\u202e\n"]):
        write(tmp_path / str(number), {"a.txt": GOOD, "provenance.csv": table})
        result = run("build", tmp_path / str(number), "--output", tmp_path / "out")
        assert result.exit_code == 1
        assert "1b" in result.stderr
        assert_printable(result)


def test_of_control_characters_the_first_of_each_of_ten_lines_is_told(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD, "b.txt": "\x07a\x07\n" * 12})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--json")
    assert briefs_of(result) == [f"{tmp_path}/in/b.txt:{line}: control-character" for line in range(1, 11)]


def test_a_message_stays_as_it_is_whatever_the_number_of_its_line(tmp_path: Path) -> None:
    """`:100:` is the name of a picture to the library that prints the summary."""
    write(tmp_path / "in", {"a.txt": GOOD, "b.txt": "\n" * 99 + "x\x07y", "c:smile:.doc": "x"})
    command = ("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going")
    (problem,) = problems_of(run(*command, "--json"))
    assert brief(problem) == f"{tmp_path}/in/b.txt:100: control-character"
    shown = run(*command).stdout
    assert f"rejected: {problem['message']}\n" in shown
    assert "c:smile:.doc" in shown


def test_a_package_in_the_folder_of_its_pages_is_no_page(tmp_path: Path) -> None:
    """Its licence is a text, and would be read by the next build."""
    write(tmp_path, {"in/a.txt": GOOD})
    for _ in range(2):
        assert run("build", tmp_path / "in", "--output", tmp_path / "in").exit_code == 0
        assert run("verify", tmp_path / "in", "--sources", tmp_path / "in").exit_code == 0
