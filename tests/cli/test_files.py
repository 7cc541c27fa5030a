"""Whatever file a command is given, and wherever it prints: a message at once, never a traceback, never a wait."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import builder
from builder.errors import CommandError, DataError
from builder.files import open_regular, read_bytes, read_text, write_bytes
from builder.package import releases
from builder.package.documentation import CodeBlock
from builder.speakers import reference
from tests.conftest import PROJECT, SEEDS, Run
from tests.reading.test_hostile import GOLD
from tests.support import pages

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
TALK = pages.main(*pages.TALK)


# ---------------------------------------------------------------------------------------------------------------------
# Opening


@needs_pipes
@pytest.mark.parametrize("act", [open_regular, read_bytes, read_text, lambda path: write_bytes(path, b"x")])
@pytest.mark.parametrize("kind", ["pipe", "device", "link to a pipe", "folder"])
def test_only_a_regular_file_is_opened(tmp_path: Path, act: Callable[[Path], object], kind: str) -> None:
    path = Path("/dev/zero") if kind == "device" else tmp_path / "path"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")
    with pytest.raises(OSError, match="directory" if kind == "folder" else "a pipe, socket or device"):
        act(path)


def test_a_link_is_followed_only_where_it_may_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a\r\nb")
    (tmp_path / "link").symlink_to("file")
    assert read_text(tmp_path / "link") == "a\nb"
    with pytest.raises(OSError, match="a symbolic link"):
        read_bytes(tmp_path / "link", follow_links=False)


def test_a_file_is_replaced_by_what_is_written(tmp_path: Path) -> None:
    write_bytes(tmp_path / "file", b"a long content")
    write_bytes(tmp_path / "file", b"short")
    assert (tmp_path / "file").read_bytes() == b"short"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


@needs_pipes
@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "PIPE", "GOLD"),
        ("evaluate", "PACKAGE", "PIPE"),
        ("evaluate", "PACKAGE", "GOLD", "--floor", "PIPE"),
        ("evaluate", "PACKAGE", "GOLD", "--json", "PIPE"),
        ("review", "PACKAGE", "--jsonl", "PIPE"),
        ("verify", "PACKAGE", "--against", "PACKAGE", "--changes", "PIPE"),
        ("verify", "PACKAGE", "--against", "PIPE"),
        ("verify", "PACKAGE", "--sources", "PIPE"),
        ("verify", "PIPE"),
        ("build", "PIPE", "--output", "PIPE"),
        ("inspect", "PIPE"),
    ],
    ids=" ".join,
)
@pytest.mark.slow
def test_no_command_waits_for_a_pipe(
    builder: Run, seed_package: Path, pipe: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD) + "\n")
    named = {"PIPE": str(pipe), "PACKAGE": str(seed_package), "GOLD": str(tmp_path / "gold.jsonl")}
    result = builder(*(named.get(argument, argument) for argument in arguments))
    assert result.returncode in (1, 2)
    assert str(pipe) in result.stderr
    assert "Traceback" not in result.stderr


# ---------------------------------------------------------------------------------------------------------------------
# Folders and names of inputs


@pytest.fixture
def deep_folder(tmp_path: Path) -> Iterator[Path]:
    """A page in a folder, and beside it a folder 1,500 levels deep, deeper than a path can say."""
    folder = pages.save(tmp_path / "in", a=TALK)
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=here)
        above, here = here, os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(above)
    os.close(here)
    yield folder
    # Python removes none so deep.
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_a_folder_too_deep_is_named(deep_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        builder.build_package([deep_folder], tmp_path / "out")
    assert [problem.code for problem in raised.value.problems] == ["folder-too-deep"]
    builder.build_package([deep_folder], tmp_path / "out", keep_going=True)


AWKWARD = ["a\nb.txt", r"a\nb.txt", "a\n\\b.txt", "a\\\nb.txt", r"a\\nb.txt", "b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no such names here")
def test_names_that_are_shown_escaped_stay_apart_from_those_that_are_spelt_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number, name in enumerate(AWKWARD):
        (tmp_path / "in" / name).write_text(pages.main(f"Rudolf Elphberg: Page {number}.", title=f"Talks {number}"))
    report = builder.build_package([tmp_path / "in"], tmp_path / "out", keep_going=True)
    rows = pq.read_table(tmp_path / "out/dist/sources.parquet", columns=["path", "status"]).to_pylist()
    assert {row["path"] for row in rows if row["status"] == "included"} == {
        name for name in AWKWARD if "\n" not in name
    }
    assert len({row["path"] for row in rows}) == len(AWKWARD)
    assert all(row["path"].startswith("./") for row in rows if row["status"] == "rejected")
    shown = {item.display_path for item in report.inputs.files}
    assert len(shown) == len(AWKWARD)
    assert all(name.isprintable() for name in shown)
    assert all(check.passed for check in builder.verify_package(tmp_path / "out", sources=tmp_path / "in"))


def test_a_title_too_long_for_an_id_is_rejected_by_name(tmp_path: Path) -> None:
    """Every turn and segment of its page would hold it: of 100,000 characters that took 7 GB."""
    talk = [f"Rudolf Elphberg: Sentence {number}." for number in range(2_000)]
    pages.save(tmp_path / "in", a=pages.main(*talk, title="Talks in Zenda " * 7_000))
    with pytest.raises(DataError) as raised:
        builder.build_package([tmp_path / "in"], tmp_path / "out")
    (problem,) = raised.value.problems
    assert problem.code == "too-many-items"
    assert problem.expected == "at most 1,000 characters in the title"


# ---------------------------------------------------------------------------------------------------------------------
# The project's own tables


@pytest.mark.parametrize(
    "content",
    [
        "[[person]]\nname = 1\n",
        "[[person]\n",
        "a = " + "[" * 5_000,
        f"a = {'9' * 60}\n",
        b"\xff",
        None,
    ],
    ids=["a wrong value", "no TOML", "deep", "a large number", "no UTF-8", "a pipe"],
)
def test_people_that_cannot_be_read_are_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | bytes | None
) -> None:
    people = tmp_path / "people.toml"
    if content is None:
        os.mkfifo(people)
    else:
        people.write_bytes(content.encode() if isinstance(content, str) else content)
    pages.save(tmp_path / "in", a=TALK)
    monkeypatch.setattr(reference, "read_people", lambda real=reference.read_people: real(people))
    reference.load_people.cache_clear()
    try:
        for act in (
            lambda: builder.build_package([tmp_path / "in"], tmp_path / "out"),
            lambda: builder.read_page(tmp_path / "in/a.txt"),
        ):
            with pytest.raises(DataError) as raised:
                act()
            (problem,) = raised.value.problems
            assert problem.code == "bad-people"
            assert "people.toml" in problem.found
    finally:
        reference.load_people.cache_clear()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", ["a = " + "[" * 5_000, f"a = {'9' * 60}\n"], ids=["deep", "a large number"])
def test_a_release_map_that_cannot_be_read_is_a_message(tmp_path: Path, content: str) -> None:
    (tmp_path / "map.toml").write_text(content)
    with pytest.raises(DataError) as raised:
        releases.load_releases.__wrapped__(tmp_path)
    assert {problem.code for problem in raised.value.problems} <= {"no-toml", "bad-change"}


# ---------------------------------------------------------------------------------------------------------------------
# JSON nested without end


@pytest.mark.parametrize("where", ["datapackage.json", ".dist-staging/datapackage.json"])
def test_deep_json_is_a_message(tmp_path: Path, where: str) -> None:
    pages.save(tmp_path / "in", a=TALK)
    (tmp_path / "out" / where).parent.mkdir(parents=True)
    (tmp_path / "out" / where).write_text("[" * 200_000)
    with pytest.raises(CommandError, match="found"):
        builder.build_package([tmp_path / "in"], tmp_path / "out")


# ---------------------------------------------------------------------------------------------------------------------
# Printing

COMMANDS = [
    ("verify", "PACKAGE"),
    ("verify", "PACKAGE", "--json"),
    ("review", "PACKAGE"),
    ("inspect", str(next(SEEDS.glob("*.txt")))),
    ("--help",),
    ("--version",),
]
INSPECT_IS_QUICK = [
    command if "inspect" in command else pytest.param(command, marks=pytest.mark.slow) for command in COMMANDS
]
"""Each runs in a process of its own."""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
@pytest.mark.parametrize("arguments", INSPECT_IS_QUICK, ids=" ".join)
def test_output_for_which_there_is_no_room_is_a_message(seed_package: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "builder", *arguments]
    command = [str(seed_package) if argument == "PACKAGE" else argument for argument in command]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, cwd=PROJECT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    message = "standard output: expected room for what is printed, found No space left on device\n"
    assert (result.returncode, result.stderr) == (2, message)


@pytest.mark.slow
def test_a_closed_output_is_no_error(seed_package: Path) -> None:
    command = f'exec "{sys.executable}" -m builder verify "{seed_package}" >&-'
    result = subprocess.run(["sh", "-c", command], cwd=PROJECT, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("arguments", INSPECT_IS_QUICK, ids=" ".join)
def test_output_that_knows_ascii_alone_shows_the_rest_escaped(
    builder: Run, seed_package: Path, arguments: tuple[str, ...]
) -> None:
    named = [str(seed_package) if argument == "PACKAGE" else argument for argument in arguments]
    result = builder(*named, env={"PYTHONIOENCODING": "ascii:strict"})
    assert result.returncode == 0, result.stderr
    assert result.stdout.isascii()
    assert "Traceback" not in result.stderr


def test_a_block_of_a_document_prints_in_utf8_wherever_its_output_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    block = CodeBlock(PROJECT / "README.md", 1, "python", "print('→ Zenda')", None)
    assert block.run() == "→ Zenda\n"
