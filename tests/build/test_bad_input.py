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
from builder.reading.discovery import SUFFIXES
from builder.reading.layouts import LAYOUTS
from tests.support import pages
from tests.support.commands import rows, run, tree

GOOD = pages.main(*pages.DIALOGUE)
NAMED = " or ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))

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
NO_LAYOUT = "; or ".join(f"{layout.name}: {layout.marks}" for layout in LAYOUTS)
NO_DATE = 'a date line such as "April 3, 2019" or "April 3, 2019, The Kremlin, Moscow" under the title'
NO_LABEL = "a speaker's name on the line before one that begins with a colon"

# By what is wrong: the file's content, and the message after the file's name.
BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", ":1: expected the text of a page, found an empty file; save the page again"),
    "white space alone": (
        "\n \xa0\n",
        ":1: expected the text of a page, found white space alone; save the page again",
    ),
    "not UTF-8": (
        "Events\nMeeting in Hofbau, Zürich\n".encode("latin-1"),
        ":2: expected UTF-8 text, found byte 27 = fc, which is not UTF-8; save the file as UTF-8",
    ),
    "binary": (
        b"PK\x03\x04\n\x00\x00",
        ":2: expected UTF-8 text, found a binary file (byte 5 is 00); name the page's text instead",
    ),
    "UTF-16": (
        GOOD.encode("utf-16"),
        ":1: expected UTF-8 text, found UTF-16 text; save the file as UTF-8",
    ),
    "control characters": (
        pages.main("President of Ruritania Rudolf Elphberg: It \x1b[31mrains."),
        ":7: expected text without control characters, found U+001B at character 44; take it out",
    ),
    "no layout": (
        "\n\nDear diary,\nit rains.\n",
        f':1: expected {NO_LAYOUT}, found a text that begins "Dear diary,"; '
        "save the whole page as text, from its first line to its last",
    ),
    "no title, main": (
        "Events\nMay 4, 2018\n12:30\n" + PRESIDENT,
        ':2: expected the title above the date, found the date line "May 4, 2018"; add the line with the page\'s title',
    ),
    "no title, accessible": (
        pages.accessible(PRESIDENT).replace("Meeting with Rupert Hentzau\n\n", ""),
        ':11: expected the title above the date, found the date line "May 4, 2018, The Castle, Zenda"; '
        "add the line with the page's title",
    ),
    "no date, main": (
        "Events\nMeeting with Rupert Hentzau\nZenda\n" + PRESIDENT,
        f':2: expected {NO_DATE}, found none below "Meeting with Rupert Hentzau"; '
        "add the line with the date of the event",
    ),
    "no date, accessible": (
        pages.accessible(PRESIDENT, date="Friday", place=None),
        f':11: expected {NO_DATE}, found none below "Meeting with Rupert Hentzau"; '
        "add the line with the date of the event",
    ),
    "a section and no more": (
        "Events\n",
        f":1: expected {NO_DATE}, found none below the end of the text; add the line with the date of the event",
    ),
    "February 30, main": (
        pages.main(PRESIDENT, date="February 30, 2018"),
        ':4: expected a day and time that exist, found "February 30, 2018"; correct it',
    ),
    "February 30, accessible": (
        pages.accessible(PRESIDENT, date="February 30, 2018"),
        ':13: expected a day and time that exist, found "February 30, 2018"; correct it',
    ),
    "February 30 where the date is repeated": (
        pages.accessible(PRESIDENT, place=None).removesuffix("May 4, 2018") + "February 30, 2018",
        ':18: expected a day and time that exist, found "February 30, 2018"; correct it',
    ),
    "25:70, main": (
        pages.main(PRESIDENT, time="25:70"),
        ':5: expected a time that exists, found "25:70"; correct it',
    ),
    "25:70, accessible": (
        pages.accessible(PRESIDENT, date="May 4, 2018, 25:70"),
        ':13: expected a day and time that exist, found "25:70"; correct it',
    ),
    "speech without its label, main": (
        pages.main(": Thank you, Mr President.", PRESIDENT),
        f':7: expected {NO_LABEL}, found ": Thank you, Mr President."; add the line with the speaker\'s label',
    ),
    "speech without its label, accessible": (
        pages.accessible(": Thank you, Mr President.", PRESIDENT),
        f':15: expected {NO_LABEL}, found ": Thank you, Mr President."; add the line with the speaker\'s label',
    ),
    "speech without its label, after narration": (
        pages.main("They met in Zenda.", ": Thank you, Mr President.", PRESIDENT),
        f':8: expected {NO_LABEL}, found ": Thank you, Mr President."; add the line with the speaker\'s label',
    ),
    "a label without speech, main": (
        pages.main("President of Ruritania Rudolf Elphberg:", "Prime Minister of Ruritania Rupert Hentzau: Yes."),
        ':7: expected speech after the speaker\'s label, found none after "President of Ruritania Rudolf Elphberg:"; '
        "add what was said, or take the label away",
    ),
    "a label without speech, accessible": (
        pages.accessible(PRESIDENT, "Rudolf Elphberg:"),
        ':17: expected speech after the speaker\'s label, found none after "Rudolf Elphberg:"; '
        "add what was said, or take the label away",
    ),
    "a label in two lines without speech": (
        pages.main(PRESIDENT, "Rudolf Elphberg", ":"),
        ':8: expected speech after the speaker\'s label, found none after "Rudolf Elphberg :"; '
        "add what was said, or take the label away",
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_is_named_with_what_is_wrong_and_the_published_package_stays(
    published: Path, tmp_path: Path, content: str | bytes, message: str
) -> None:
    write(tmp_path / "in", {"a.txt": content, "b.txt": GOOD})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == f"{tmp_path}/in/a.txt{message}\n1 problem; nothing was written\n"
    assert result.stdout == ""
    assert result.exit_code == 1
    assert tree(published) == before


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_that_is_kept_out_stands_in_sources_with_the_same_words(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    write(tmp_path / "in", {"a.txt": content, "b.txt": GOOD})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
    bad, good = rows(tmp_path / "out", "sources")
    line, reason = message.removeprefix(":").split(": ", 1)
    assert (bad["path"], bad["status"], bad["meeting_id"]) == ("a.txt", "rejected", None)
    assert bad["reason"] == f"line {line}: {reason}"
    assert (good["path"], good["status"], good["reason"]) == ("b.txt", "included", None)
    assert f"rejected: {tmp_path}/in/a.txt{message}\n" in result.stdout


def test_a_link_in_a_circle_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"sub/a.txt": GOOD})
    (tmp_path / "in/sub/up").symlink_to("..")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{tmp_path}/in/sub/up: expected a folder, found a link that leads back to '{tmp_path}/in'; "
        "take the link away\n1 problem; nothing was written\n"
    )
    assert result.exit_code == 1
    assert tree(published) == before


def test_a_file_that_links_to_itself_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    (tmp_path / "in/b.txt").symlink_to("b.txt")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{tmp_path}/in/b.txt: expected a file that can be read, found a link that leads in a circle; "
        "check the file, its permissions and where it links to\n1 problem; nothing was written\n"
    )
    assert result.exit_code == 1
    assert tree(published) == before


def test_a_file_that_cannot_be_read_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    (tmp_path / "in/b.txt").symlink_to("nowhere.txt")
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{tmp_path}/in/b.txt: expected a file that can be read, found No such file or directory; "
        "check the file, its permissions and where it links to\n1 problem; nothing was written\n"
    )
    assert result.exit_code == 1
    assert tree(published) == before


def test_a_folder_without_transcripts_is_named_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"notes.md": "x"})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{tmp_path}/in: expected transcripts, files named {NAMED}, found none; "
        "name the folder that holds them\n1 problem; nothing was written\n"
    )
    assert result.exit_code == 1
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
    result = run("build", tmp_path / "in", "--output", published)
    folder = tmp_path / "in"
    assert result.stderr.splitlines() == [
        f"{folder}/a/1.txt:1: expected UTF-8 text, found byte 0 = ff, which is not UTF-8; save the file as UTF-8",
        f"{folder}/a/2.txt:1: expected the text of a page, found an empty file; save the page again",
        f"{folder}/b.txt:3: expected text without control characters, found U+0007 at character 5; take it out",
        f"{folder}/b.txt:4: expected text without control characters, found U+0008 at character 1; take it out",
        f"{folder}/c.txt:7: expected speech after the speaker's label, found none after "
        '"President of Ruritania Rudolf Elphberg:"; add what was said, or take the label away',
        f'{folder}/c.txt:9: expected {NO_LABEL}, found ": And more."; add the line with the speaker\'s label',
        f"{folder}/c.txt:10: expected speech after the speaker's label, found none after "
        '"Rudolf Elphberg:"; add what was said, or take the label away',
        "7 problems; nothing was written",
    ]
    assert result.exit_code == 1
    assert tree(published) == before


def test_problems_of_folders_and_of_files_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": b"", "two/notes.md": "x"})
    (tmp_path / "one/me").symlink_to(".")
    result = run("build", tmp_path / "one", tmp_path / "two", "--output", tmp_path / "out")
    assert sorted(line.split(": ")[0] for line in result.stderr.splitlines()) == [
        f"{tmp_path}/one/a.txt:1",
        f"{tmp_path}/one/me",
        f"{tmp_path}/two",
        "3 problems; nothing was written",
    ]


def test_a_build_of_bad_input_makes_no_output_folder(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": b""})
    assert run("build", tmp_path / "in", "--output", tmp_path / "new/out").exit_code == 1
    assert os.listdir(tmp_path) == ["in"]


def test_keeping_on_builds_the_rest_and_lists_what_was_rejected(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD, "b.txt": b"ab\xff", "c.txt": "Events\nTalks\n", "d.txt": b""})
    os.mkfifo(tmp_path / "in/e.txt")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
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
    assert by_path["b.txt"] == {
        "path": "b.txt",
        "sha256": "2a40b10d4bc66af94cac46438fc1c5d9e11fda03dac8f86304ea8604a3eae1fa",
        "byte_size": 3,
        "media_type": "text/plain",
        "encoding": None,
        "layout": None,
        "status": "rejected",
        "reason": "line 1: expected UTF-8 text, found byte 2 = ff, which is not UTF-8; save the file as UTF-8",
        "meeting_id": None,
        "text_length": None,
        "text_sha256": None,
    }
    assert (by_path["c.txt"]["layout"], by_path["c.txt"]["encoding"], by_path["c.txt"]["text_length"]) == (
        "main_text",
        "utf-8",
        13,
    )
    assert (by_path["e.txt"]["sha256"], by_path["e.txt"]["byte_size"]) == (None, None)
    assert by_path["e.txt"]["reason"] == "expected a file, found a pipe, socket or device; name a regular file"
    assert run("verify", tmp_path / "out").exit_code == 0


def test_keeping_on_with_nothing_good_fails_and_the_published_package_stays(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": b"", "b.txt": b""})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published, "--keep-going")
    assert result.stderr.splitlines() == [
        f"{tmp_path}/in/a.txt:1: expected the text of a page, found an empty file; save the page again",
        f"{tmp_path}/in/b.txt:1: expected the text of a page, found an empty file; save the page again",
        "2 problems; nothing was written",
    ]
    assert result.exit_code == 1
    assert tree(published) == before


def test_keeping_on_passes_over_empty_folders_and_circles(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.txt": GOOD, "two/notes.md": "x"})
    (tmp_path / "one/me").symlink_to(".")
    result = run("build", tmp_path / "one", tmp_path / "two", "--output", tmp_path / "out", "--keep-going")
    assert result.exit_code == 0
    assert [row["path"] for row in rows(tmp_path / "out", "sources")] == ["one/a.txt"]
    assert "found a link that leads back to" in result.stdout
    assert f"{tmp_path}/two: expected transcripts" in result.stdout


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
    result = run("build", tmp_path / "in", "--output", published, "--strict", *more)
    assert result.stderr == (
        f"{tmp_path}/in/deep/a.txt:15: expected text that a rule claims, "
        'found "Read also: the castle’s own gazette"; add a rule to the layout\n'
        "1 problem; nothing was written\n"
    )
    assert result.exit_code == 1
    assert tree(published) == before


def test_strict_passes_where_every_character_is_claimed(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--strict", "--quiet").exit_code == 0


# ---------------------------------------------------------------------------------------------------------------------
# The output


def test_an_output_below_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "file": "mine"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "file/out")
    assert result.stderr == (
        f"{tmp_path}/file/out: expected a folder that can be written, found Not a directory; "
        "name another with --output\n"
    )
    assert result.exit_code == 2
    assert (tmp_path / "file").read_text() == "mine"


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "file": "mine"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "file")
    assert result.stderr.startswith(f"{tmp_path}/file: expected a folder that can be written, found ")
    assert result.exit_code == 2
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("name", ["dist/my.txt", "dist/sub/my.txt", "dist/.my"])
def test_a_folder_dist_that_no_build_made_is_not_replaced(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"in/a.txt": GOOD, f"out/{name}": "mine"})
    before = tree(tmp_path)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert result.stderr == (
        f"{tmp_path}/out/dist: expected the files of an earlier build, found {name.removeprefix('dist/')}; "
        "move them away, or name another --output\n"
    )
    assert result.exit_code == 2
    assert tree(tmp_path) == before


def test_files_put_beside_those_of_a_build_are_not_destroyed(published: Path, tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD})
    write(published / "dist", {f"{n}.md": "mine" for n in range(1, 8)})
    before = tree(published)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{published}/dist: expected the files of an earlier build, found 1.md, 2.md, 3.md, 4.md, 5.md and more; "
        "move them away, or name another --output\n"
    )
    assert result.exit_code == 2
    assert tree(published) == before


def test_a_folder_dist_that_may_not_be_written_to_is_not_replaced(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be renamed, but never removed. Whoever is root may write everywhere, hence the question is answered here."""
    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(os, "access", lambda path, mode: path != published / "dist")
    result = run("build", tmp_path / "in", "--output", published)
    assert result.stderr == (
        f"{published}/dist: expected a folder that can be replaced, found one that may not be written to; "
        "change its permissions, or name another --output\n"
    )
    assert result.exit_code == 2
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
    assert result.stderr == (
        f"{published}: expected a folder that can be written, found database or disk is full; name another with --output\n"
    )
    assert result.exit_code == 2
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
    said = "--jobs: expected processes that can be started, found No space left on device; try --jobs 1\n"
    assert (result.exit_code, result.stderr) == (2, said)
    assert tree(published) == before


def test_a_file_named_dist_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD, "out/dist": "mine"})
    before = tree(tmp_path)
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert result.stderr.startswith(f"{tmp_path}/out")
    assert result.exit_code == 2
    assert tree(tmp_path) == before


def test_a_link_named_dist_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": GOOD})
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/dist").symlink_to(tmp_path / "elsewhere")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert result.stderr.startswith(f"{tmp_path}/out")
    assert result.exit_code == 2
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
    assert result.stderr == (
        f"{tmp_path}/out/datapackage.json: expected the descriptor of kremlin-meetings, found that of {owner}; "
        "move it away, or name another --output\n"
    )
    assert result.exit_code == 2
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
    assert result.stderr == f"{published}: another build is at work there; wait for it, or name another --output\n"
    assert result.exit_code == 2
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
        assert result.exit_code == 2
        assert result.stderr == (
            f"{published}: expected a folder that can be written, found No space left on device; "
            "name another with --output\n"
        )


@pytest.mark.parametrize("step", ["rename", "replace"])
def test_a_build_that_fails_while_it_publishes_puts_the_old_package_back(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(os, step)

    def fail(old: Path, new: Path) -> None:
        # Only what is new fails to be put in place.
        if publish.STAGING in str(old):
            _disk_is_full()
        real(old, new)

    write(tmp_path / "in", {"a.txt": GOOD})
    before = tree(published)
    monkeypatch.setattr(os, step, fail)
    result = run("build", tmp_path / "in", "--output", published)
    assert result.exit_code == 2
    assert tree(published) == before


def test_what_a_killed_build_left_is_cleared_by_the_next(published: Path, tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.txt": GOOD})
    write(published, {".dist-staging/dist/meetings.csv": "half", ".dist-replaced/meetings.csv": "old"})
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
    os.rename(published / "dist", published / publish.REPLACED)
    shutil.copytree(tmp_path / "new", staged)
    if state != "the old one is away":
        os.rename(staged / "dist", published / "dist")
    if state == "it was the first":
        shutil.rmtree(published / publish.REPLACED)
        (published / "datapackage.json").unlink()
    result = run("verify", published)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{published}: expected a package that a build put in its place, found one whose build was ended before its last "
        "step; run the build again\n1 problem\n"
    )
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
    result = run("verify", published)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "WRONG  dist/ holds the files that SHA256SUMS lists, unchanged"
    assert lines[1].startswith("         dist/utterances.csv: expected sha256 ")
    assert lines[1].endswith("; download it again")
    assert (
        "         dist/utterances.csv: row 1 (2018-05-04-meeting-with-rupert-hentzau-0001): text: "
        'expected "It rains.", found "It snows."'
    ) in lines
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
def test_marks_of_direction_in_a_page_are_shown_and_not_sent(tmp_path: Path, page: str) -> None:
    write(tmp_path / "in", {"a.txt": page})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--strict")
    assert result.exit_code == 1
    assert r"\x202e" in result.stderr.replace(r"\u202e", r"\x202e")
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


def test_a_message_stays_as_it_is_whatever_the_number_of_its_line(tmp_path: Path) -> None:
    """`:100:` is the name of a picture to the library that prints the summary."""
    write(tmp_path / "in", {"a.txt": GOOD, "b.txt": "\n" * 99 + "x\x07y", "c:smile:.md": "x"})
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going")
    assert (
        f"rejected: {tmp_path}/in/b.txt:100: expected text without control characters, "
        "found U+0007 at character 2; take it out\n"
    ) in result.stdout
    assert "c:smile:.md" in result.stdout
