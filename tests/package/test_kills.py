"""A build killed at any step on the disk, and the next one killed at any of its: the old package or the new one is whole.

A kill is an exception that nothing outlives: after it every further step on the disk raises it too, so that no `finally` and no
`except` can do anything more, as none can in a process that is gone.
"""

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from builder.errors import CommandError
from builder.package import publish
from builder.package.package_files import encode_checksums
from builder.package.publish import is_half_published, staging
from builder.package.release import NAME

STEPS = ("rename", "replace", "unlink", "remove", "rmdir", "mkdir")
OLD, FIRST, SECOND = "old", "first", "second"

Tree = dict[str, bytes]


class Killed(BaseException):
    """The end of a process."""


@contextmanager
def killed_before(monkeypatch: pytest.MonkeyPatch, at: int | None) -> Iterator[list[str]]:
    """Kills at this step on the disk, counted from 1; the steps that were begun are listed."""
    steps: list[str] = []

    def count(what: str) -> None:
        steps.append(what)
        if at is not None and len(steps) >= at:
            raise Killed

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **keywords: Any) -> Any:
            count(f"{real.__name__} {arguments[0]}")
            return real(*arguments, **keywords)

        return step

    real_open = io.open

    def opened(path: Path, mode: str = "r", *arguments: Any, **keywords: Any) -> Any:
        if not {*"wax+"} & {*mode}:
            return real_open(path, mode, *arguments, **keywords)
        count(f"create {path}")
        with real_open(path, mode, *arguments, **keywords) as file:
            count(f"write {path}")
        return real_open(file.name, mode, *arguments, **keywords)

    with monkeypatch.context() as patched:
        for name in STEPS:
            patched.setattr(os, name, counted(getattr(os, name)))
        patched.setattr(io, "open", opened)
        with suppress(Killed):
            yield steps


def content_of(version: str) -> Tree:
    """A package of two tables, as far as publishing looks at it."""
    files = {name: f"{name} of {version}\n".encode() for name in ("meetings.csv", "LICENSE.txt")}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    resources = [{"path": f"dist/{name}", "hash": f"sha256:{digest}"} for name, digest in digests.items()]
    descriptor = json.dumps({"name": NAME, "version": version, "resources": resources}).encode()
    sums = encode_checksums(digests)
    return {"datapackage.json": descriptor, "dist/SHA256SUMS": sums} | {f"dist/{n}": d for n, d in files.items()}


def write(folder: Path, files: Tree) -> None:
    for name, data in files.items():
        if not (folder / name).parent.exists():
            (folder / name).parent.mkdir()
        with io.open(folder / name, "wb") as file:  # noqa: UP020  # the one that is counted
            file.write(data)


def build(output: Path, version: str) -> None:
    """What a build does on the disk: its spool and the package written, then published."""
    with staging(output) as staged:
        (staged / "spool").mkdir()
        write(staged / "spool", {"rows": b"rows"})
        # The descriptor is written last, as `complete_package` does.
        files = content_of(version)
        write(staged, {name: files[name] for name in sorted(files, reverse=True)})
        publish.publish(staged, output)


def failing_build(output: Path, _version: str) -> None:
    """A build of pages that are wrong."""
    with staging(output):
        raise CommandError("the pages are wrong")


def tree(folder: Path) -> Tree:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def package_in(output: Path) -> Tree:
    return {name: data for name, data in tree(output).items() if not name.startswith(publish.STAGING)}


def begin(folder: Path, *, has_old: bool) -> Path:
    output = folder / "out"
    output.mkdir(parents=True)
    if has_old:
        write(output, content_of(OLD))
    return output


def count_steps(folder: Path, monkeypatch: pytest.MonkeyPatch, *, has_old: bool) -> int:
    output = begin(folder, has_old=has_old)
    with killed_before(monkeypatch, None) as steps:
        build(output, FIRST)
    assert tree(output) == content_of(FIRST)
    return len(steps)


@pytest.mark.parametrize(
    "has_old", [pytest.param(True, marks=pytest.mark.slow, id="over a package"), pytest.param(False, id="the first")]
)
@pytest.mark.parametrize(
    "next_build",
    [pytest.param(build, marks=pytest.mark.slow, id="a build"), pytest.param(failing_build, id="a build that fails")],
)
def test_every_kill_and_every_kill_of_the_next_build_leaves_a_whole_package_or_is_mended(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    next_build: Callable[[Path, str], None],
    has_old: bool,
) -> None:
    nothing: Tree = {}
    whole = {OLD: content_of(OLD) if has_old else nothing, FIRST: content_of(FIRST), SECOND: content_of(SECOND)}
    pairs = 0
    for first in range(1, count_steps(tmp_path / "count", monkeypatch, has_old=has_old) + 2):
        second, ended = 0, False
        while not ended:
            second += 1
            output = begin(tmp_path / f"{first}-{second}", has_old=has_old)
            with killed_before(monkeypatch, first):
                build(output, FIRST)
            may_be = [whole[OLD], whole[FIRST]]
            assert package_in(output) in may_be or is_half_published(output), (first, "after the first kill")
            with killed_before(monkeypatch, second) as steps, suppress(CommandError):
                next_build(output, SECOND)
            ended = len(steps) < second
            may_be += [whole[SECOND]] if next_build is build else []
            assert package_in(output) in may_be or is_half_published(output), (first, second, steps)
            with pytest.raises(CommandError, match="the pages are wrong"):
                failing_build(output, SECOND)
            assert tree(output) in may_be, (first, second, "after the build that mends")
            if ended:
                assert tree(output) in ([whole[SECOND]] if next_build is build else may_be)
            pairs += 1
    assert pairs > 200


def killed_before_the_descriptor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output of a build that was killed after the second rename: new tables are in place, the old descriptor still is."""
    output = begin(folder, has_old=True)
    with monkeypatch.context() as patched:
        patched.setattr(publish, "_take_back", lambda *_: None)
        patched.setattr(publish, "_clear", lambda *_: None)
        patched.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            build(output, FIRST)
    return output


def test_a_build_that_fails_after_one_that_was_killed_leaves_the_old_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = killed_before_the_descriptor(tmp_path, monkeypatch)
    assert is_half_published(output)
    with pytest.raises(CommandError, match="the pages are wrong"):
        failing_build(output, SECOND)
    assert tree(output) == content_of(OLD)


@pytest.mark.parametrize("has_old", [True, False], ids=["over a package", "the first"])
def test_a_disk_that_is_full_at_any_step_leaves_a_whole_package_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_old: bool
) -> None:
    """Only what takes room fails, so all is taken back and removed at once."""
    reals = {(io, "open"): io.open, (os, "rename"): os.rename, (os, "mkdir"): os.mkdir}
    number, steps = 0, [""]
    while len(steps) >= number:
        number, steps = number + 1, []
        output = begin(tmp_path / str(number), has_old=has_old)

        def failing(real: Callable[..., Any], steps: list[str] = steps, at: int = number) -> Callable[..., Any]:
            def step(*arguments: Any, **keywords: Any) -> Any:
                if real is not reals[io, "open"] or "w" in str(arguments[1:]):
                    steps.append(str(arguments[0]))
                    if len(steps) == at:
                        raise OSError(28, "No space left on device")
                return real(*arguments, **keywords)

            return step

        with monkeypatch.context() as patched:
            for (module, name), real in reals.items():
                patched.setattr(module, name, failing(real))
            with suppress(CommandError):
                build(output, FIRST)
        # That the output's folder cannot be made does not matter where it is there already.
        is_done = len(steps) < number or steps[number - 1] == str(output)
        assert tree(output) == (content_of(FIRST) if is_done else content_of(OLD) if has_old else {}), steps
        assert not (output / publish.STAGING).exists(), steps
    assert number > 8


# ---------------------------------------------------------------------------------------------------------------------
# What is not a build's stays


@pytest.mark.parametrize(
    "files",
    [{"notes.txt": b"mine"}, {"OWNER": b"me"}, {"datapackage.json": b"{}", "dist/meetings.csv": b"mine"}],
    ids=["a file", "another owner", "like a package"],
)
def test_a_folder_of_the_user_s_own_is_not_removed(tmp_path: Path, files: Tree) -> None:
    output = begin(tmp_path, has_old=True)
    for name, data in files.items():
        (output / publish.STAGING / name).parent.mkdir(parents=True, exist_ok=True)
        (output / publish.STAGING / name).write_bytes(data)
    before = tree(output)
    with pytest.raises(CommandError, match="expected nothing, or what a build left there"):
        build(output, FIRST)
    assert tree(output) == before


@pytest.mark.parametrize("is_dangling", [True, False])
def test_a_link_in_place_of_the_build_s_folder_is_not_followed(tmp_path: Path, is_dangling: bool) -> None:
    output = begin(tmp_path, has_old=True)
    elsewhere = tmp_path / "elsewhere"
    if not is_dangling:
        elsewhere.mkdir()
    (output / publish.STAGING).symlink_to(elsewhere)
    with pytest.raises(CommandError, match="expected nothing, or what a build left there"):
        build(output, FIRST)
    assert package_in(output) == content_of(OLD)


def test_a_package_whose_files_are_links_is_not_replaced(tmp_path: Path) -> None:
    output, store = begin(tmp_path, has_old=True), tmp_path / "store"
    os.rename(output / "dist", store)
    (output / "dist").mkdir()
    for path in store.iterdir():
        (output / "dist" / path.name).symlink_to(path)
    with pytest.raises(CommandError, match=r"found LICENSE.txt \(a symbolic link\), SHA256SUMS \(a symbolic link\)"):
        build(output, FIRST)
    assert all(path.is_symlink() for path in (output / "dist").iterdir())


def test_a_descriptor_that_is_a_link_is_not_replaced(tmp_path: Path) -> None:
    output = begin(tmp_path, has_old=True)
    os.rename(output / "datapackage.json", tmp_path / "elsewhere.json")
    (output / "datapackage.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(CommandError, match="expected a file, found a symbolic link"):
        build(output, FIRST)
    assert (output / "datapackage.json").is_symlink()


def test_another_project_s_files_with_checksums_are_not_replaced(tmp_path: Path) -> None:
    """Many projects have a folder `dist/` that holds what a list of checksums names."""
    output = begin(tmp_path, has_old=False)
    wheel = b"a wheel"
    sums = encode_checksums({"a.whl": hashlib.sha256(wheel).hexdigest()})
    write(output, {"dist/a.whl": wheel, "dist/SHA256SUMS": sums})
    with pytest.raises(CommandError, match=r"expected the files of an earlier build, found a\.whl"):
        build(output, FIRST)


def test_a_folder_dist_put_back_by_hand_after_a_kill_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = killed_before_the_descriptor(tmp_path, monkeypatch)
    for path in (output / "dist").iterdir():
        path.unlink()
    write(output, content_of(OLD))
    with pytest.raises(CommandError, match="the pages are wrong"):
        failing_build(output, SECOND)
    assert tree(output) == content_of(OLD)


# ---------------------------------------------------------------------------------------------------------------------
# Pipes, and JSON that no reader ends


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize(
    "name", ["datapackage.json", f"{publish.STAGING}/datapackage.json", f"{publish.STAGING}/OWNER"]
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    output = begin(tmp_path, has_old=False)
    (output / name).parent.mkdir(exist_ok=True)
    os.mkfifo(output / name)
    assert not is_half_published(output)
    with pytest.raises(CommandError, match=r"expected (a file, found a pipe, socket or device|nothing, or what)"):
        build(output, FIRST)


def test_a_descriptor_nested_without_end_is_another_s(tmp_path: Path) -> None:
    output = begin(tmp_path, has_old=False)
    (output / "datapackage.json").write_text("[" * 100_000)
    with pytest.raises(CommandError, match="found that of no package's name"):
        build(output, FIRST)
