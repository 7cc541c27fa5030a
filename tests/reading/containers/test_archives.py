"""Zip and tar archives: the same pages as in a folder, and no harm from archives that mean it."""

import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from builder.reading.containers import archives
from tests.reading.containers.support import found, outcomes, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import packed, tarred, zipped

ONE = pages.html(pages.said("President of Ruritania Rudolf Elphberg", "It rains in Zenda."), number=57366).encode()
TWO = pages.html(pages.said("Rupert Hentzau", "It snows."), title="Talks", number=57367).encode()
FILES = {"57366.html": ONE, "2018/57367.html": TWO}
MAKERS = {".zip": zipped} | dict.fromkeys((".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.zst"), tarred)


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_pages_of_an_archive_are_those_of_its_files(tmp_path: Path, suffix: str) -> None:
    read = pages_of(MAKERS[suffix](tmp_path / f"pages{suffix}", FILES))
    assert [*read] == [f"pages{suffix}/57366.html", f"pages{suffix}/2018/57367.html"]
    for page, data in zip(read.values(), FILES.values(), strict=True):
        (tmp_path / "page.html").write_bytes(data)
        [alone] = pages_of(tmp_path / "page.html").values()
        assert (page.transcript, page.text_sha256) == (alone.transcript, alone.text_sha256)
        assert (page.source.sha256, page.source.byte_size) == (alone.source.sha256, len(data))


def test_what_is_no_page_is_counted_and_what_lies_beside_pages_is_not(tmp_path: Path) -> None:
    beside = {"57366_files/ad.html": b"x", "__MACOSX/57366.html": b"x", ".git/a.txt": b"x", ".a.html": b"x"}
    archive = zipped(tmp_path / "a.zip", {"57366.html": ONE, "a.png": b"x", "b.css": b"x", **beside})
    inputs = found(archive)
    assert [item.path for item in inputs.files] == ["a.zip/57366.html"]
    assert inputs.left_out == {str(archive): {"files that are no pages": 2}}


def test_an_archive_in_an_archive_is_refused_by_name(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"57366.html": ONE, "old/more.tar.gz": b"x"})
    problem = problem_in(archive)
    assert (problem.path, problem.code) == (f"{archive}/old/more.tar.gz", "nested-archive")


def test_names_that_lead_out_of_the_archive_do_no_harm(tmp_path: Path) -> None:
    read = pages_of(tarred(tmp_path / "a.tar", {"../../etc/57366.html": ONE, "/tmp/57367.html": TWO}))
    assert len(read) == 2
    assert os.listdir(tmp_path) == ["a.tar"]


def test_links_and_devices_in_an_archive_are_no_pages(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", FILES)
    with tarfile.open(path, "a") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            about = tarfile.TarInfo(f"page{kind.decode()}.html")
            about.type, about.linkname = kind, "/etc/passwd"
            archive.addfile(about)
    assert len(pages_of(path)) == 2


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_two_files_of_one_name_are_two_pages(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.html", ONE)
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr("a.html", TWO)
    else:
        first, second = (tarred(tmp_path / name, {"a.html": data}) for name, data in (("1.tar", ONE), ("2.tar", TWO)))
        path.write_bytes(first.read_bytes()[: 512 + (len(ONE) + 511) // 512 * 512] + second.read_bytes())
        first.unlink(), second.unlink()
    read = pages_of(path)
    assert [*read] == [f"a{suffix}/a.html", f"a{suffix}/a.html~2"]
    assert [words(page)[0][1] for page in read.values()] == ["It rains in Zenda.", "It snows."]


def test_names_in_other_encodings_are_shown(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"Xenda.html": ONE})
    # UTF-8 without the flag that says so, as many programs write it.
    path.write_bytes(path.read_bytes().replace(b"Xenda.html", "Énda.html".encode()))
    assert [*pages_of(path)] == ["a.zip/Énda.html"]
    tar = tarred(tmp_path / "b.tar", {"page.html": ONE})
    data = bytearray(tar.read_bytes())
    data[:4] = b"\xef\xf0.."
    header = bytes(data[:148]) + b" " * 8 + bytes(data[156:512])
    data[148:156] = b"%06o\0 " % sum(header)
    tar.write_bytes(data)
    assert problem_in(tar).code == "bad-file-name"


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"57366.html": ONE})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    problem = problem_in(path)
    assert (problem.path, problem.code) == (f"{path}/57366.html", "unreadable-container")
    assert "password" in problem.found


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ".tar.xz"])
def test_a_bomb_is_refused_before_it_fills_the_memory(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_RATIO_COUNTS_FROM", 1 << 16)
    path = MAKERS[suffix](tmp_path / f"a{suffix}", {"a.html": bytes(1 << 25), "b.html": ONE})
    codes = {problem.code for page in outcomes(path).values() if hasattr(page, "problems") for problem in page.problems}
    assert codes <= {"file-too-large", "unreadable-container"}
    assert codes


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("damage", ["cut short", "changed", "empty"])
def test_a_damaged_archive_gives_a_message(tmp_path: Path, suffix: str, damage: str) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}", {f"{n}.html": ONE + os.urandom(3_000) for n in range(9)})
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    if damage == "cut short":
        del data[middle:]
    elif damage == "changed":
        data[middle : middle + 40] = bytes(byte ^ 0xFF for byte in data[middle : middle + 40])
    path.write_bytes(b"" if damage == "empty" else data)
    problems = [p for page in outcomes(path).values() for p in getattr(page, "problems", ())]
    # A plain tar archive has no sum of its content.
    assert problems or (suffix == ".tar" and damage == "changed")
    assert {problem.code for problem in problems} <= {"unreadable-container", "no-pages-in-file"} or damage == "changed"


def test_an_archive_in_a_folder_without_pages_is_passed_over_and_named_outright_an_error(tmp_path: Path) -> None:
    pages.save(tmp_path, page=pages.main(*pages.DIALOGUE))
    archive = zipped(tmp_path / "a.zip", {"a.png": b"x"})
    inputs = found(tmp_path)
    assert ([item.path for item in inputs.files], [p.code for p in inputs.passed_over]) == (
        ["page.txt"],
        ["no-pages-in-file"],
    )
    assert problem_in(archive).code == "no-pages-in-file"


def test_members_are_read_in_any_order(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar.gz", FILES)
    read = pages_of(path)
    back = [page.transcript for page in read.values()]
    container = archives.TarArchive(str(path))
    members = [*container.members()]
    for member, data in [*zip(members, FILES.values(), strict=True)][::-1]:
        assert container.read(member).data == data  # type: ignore[arg-type]
    container.close()
    assert len(back) == 2


def test_what_is_packed_says_so_by_its_first_bytes() -> None:
    for suffix in (".gz", ".xz", ".zst", ""):
        assert archives.unpacked(io.BytesIO(packed(b"words of a page", suffix))).read() == b"words of a page"
    assert archives.unpacked(io.BytesIO(lzma.compress(b"x"))).read() == b"x"


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.warc.gz", "a.db"])
def test_a_pipe_with_the_name_of_a_container_is_refused_and_never_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    for named in (tmp_path, tmp_path / name):
        assert problem_in(named).code == "not-a-file"


def test_an_archive_of_tables_alone_says_that_they_must_be_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"speeches.csv": b"title,date,text\n"})
    assert problem_in(path).found == "1 tables, which are read once they are unpacked"
