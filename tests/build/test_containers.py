"""Packages of pages as people keep them: one build of everything, checked against its sources."""

import json
import re
import shlex
from pathlib import Path

import pytest

from builder.reading.discovery import gather
from tests.conftest import PROJECT
from tests.support import pages
from tests.support.commands import rows, run, tree
from tests.support.containers import ADDRESS, database, mhtml, packed, record, table, tarred, zipped
from tests.support.told import briefs_of


def page(number: int, words: str = "It rains in Zenda.") -> bytes:
    said = pages.said("President of Ruritania Rudolf Elphberg", f"{words} Number {number}.")
    return pages.html(said, title=f"Talks number {number}", number=number).encode()


def row(number: int) -> dict[str, object]:
    words = f"President of Ruritania Rudolf Elphberg: Row {number}.\nRupert Hentzau: Thank you."
    return {"title": f"Row {number}", "date": "2018-05-04", "text": words, "link": f"{ADDRESS}{number}"}


MESSAGE = (
    b"From: a@zenda.example\nTo: b@zenda.example\nSubject: Talks by mail\nDate: Fri, 4 May 2018 12:30:00 +0300\n"
    b"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\nRupert Hentzau: It=E2=80=99s rai=\nning.\n"
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of each kind of file."""
    folder = tmp_path_factory.mktemp("everything") / "in"
    folder.mkdir()
    (folder / "file.html").write_bytes(page(1))
    (folder / "saved.mhtml").write_bytes(mhtml(page(2), f"{ADDRESS}2"))
    zipped(folder / "a.zip", {"3.html": page(3), "4.html": page(4), "b.png": b"x"})
    tarred(folder / "b.tar.gz", {"5.html": page(5), "3.html": page(3)})
    crawl = [record(f"{ADDRESS}{n}", page(n)) for n in (6, 7)] + [
        record(f"{ADDRESS}6", page(6, "It snows, and it rains"))
    ]
    (folder / "c.warc.gz").write_bytes(b"".join(packed(each, ".gz") for each in crawl))
    for number, suffix in enumerate((".csv", ".tsv.xz", ".jsonl", ".json", ".parquet", ".xlsx"), start=10):
        table(folder / f"t{number}{suffix}", [row(number)])
    database(folder / "t20.db", "pages", [row(20)])
    (folder / "html.jsonl").write_text(json.dumps({"html": page(21).decode()}) + "\n")
    (folder / "speech.txt").write_text("Rupert Hentzau: It rains.\n")
    (folder / "metadata.csv").write_text("file,title,date\nspeech.txt,A speech,2018-05-06\nfile.html,Another title,\n")
    two = "{} visit\nMay 4, 2018\n\nRupert Hentzau: I say {}.\n"
    (folder / "two.txt").write_text(f"{two.format('One', 'one')}\n-----\n\n{two.format('Two', 'two')}")
    (folder / "word.htm").write_text(
        "<html><body><p>In Word</p><p>May 7, 2018</p><p>Rupert Hentzau: It rains.</p><script>'<p>x</p>'</script></body></html>"
    )
    (folder / "talks.eml").write_bytes(MESSAGE)
    ansi = "In Windows\r\nMay 8, 2018\r\n\r\nRupert Hentzau: It’s raining – “really”.\r\n"
    (folder / "ansi.txt").write_bytes(ansi.encode("cp1252"))
    # The accessible version's first lines, and neither title nor date below them.
    cut = row(22) | {"text": "View settings\nFont size:\n\nRupert Hentzau: It rains on."}
    (folder / "cut.jsonl").write_text(json.dumps(cut) + "\n")
    (folder / "settings.json").write_text("{}")
    return folder


def test_everything_that_people_keep_becomes_one_package_that_verifies(everything: Path, tmp_path: Path) -> None:
    result = run("build", everything, "--output", tmp_path / "out", "--jobs", "1", "--json")
    assert result.exit_code == 0, result.output
    sources = {line["path"]: line for line in rows(tmp_path / "out", "sources")}
    assert [path for path, line in sources.items() if line["status"] == "duplicate"] == [
        "b.tar.gz/3.html",
        f"c.warc.gz/{ADDRESS}6@20200801120000",
    ]
    assert len(rows(tmp_path / "out", "meetings")) == len(sources) - 2 == 22
    assert sources["speech.txt"]["given"] == ["date", "title"]
    assert sources["file.html"]["given"] == ["title"]
    assert sources["t12.jsonl#1"]["given"] == ["date", "title", "url"]
    assert sources["a.zip/3.html"]["given"] is None
    assert sources["ansi.txt"]["encoding"] == "windows-1252"
    report = json.loads(result.stdout)
    assert report["left_out"] == {f"{everything}/a.zip": {"files that are no pages": 1}}
    assert [problem["path"] for problem in report["passed_over"]] == [f"{everything}/settings.json"]
    checked = run("verify", tmp_path / "out", "--sources", everything)
    assert (checked.exit_code, "WRONG" in checked.stdout) == (0, False), checked.output


@pytest.mark.slow
def test_two_processes_and_another_order_give_the_same_bytes(
    everything: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.build.pipeline.PAGES_IN_BATCH", 4)
    for module in ("workers", "pipeline"):
        monkeypatch.setattr(f"builder.build.{module}.worth_starting", lambda jobs, _: jobs)
    named = sorted(everything.iterdir())
    for jobs, order in ((1, named), (2, named[::-1])):
        files = [file for file in order if file.name not in ("metadata.csv", "settings.json")]
        run("build", *files, "--output", tmp_path / str(jobs), "--jobs", jobs, "--quiet")
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_a_bad_member_costs_itself_alone(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"1.html": page(1), "2.html": b"", "3.txt": b"title: Talks\n"})
    named = ("build", archive, "--output", tmp_path / "out", "--json")
    result = run(*named)
    expected = [f"{archive}/2.html:1: empty-file", f"{archive}/3.txt:1: no-date"]
    assert (result.exit_code, briefs_of(result)) == (1, expected)
    assert run(*named, "--keep-going").exit_code == 0
    assert [line["status"] for line in rows(tmp_path / "out", "sources")] == ["included", "rejected", "rejected"]
    assert run("verify", tmp_path / "out", "--sources", archive).exit_code == 0


def test_a_container_that_changes_between_listing_and_reading_gives_a_message(tmp_path: Path) -> None:
    from builder.build.pipeline import build  # noqa: PLC0415
    from builder.errors import DataError  # noqa: PLC0415

    path = table(tmp_path / "a.csv", [row(1), row(2)])
    inputs = gather([path])
    table(path, [row(1)])
    with pytest.raises(DataError) as caught:
        build(inputs, tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == ["unreadable-container"]


def test_inspect_shows_one_page_of_many(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"1.html": page(1), "2.html": page(2)})
    result = run("inspect", f"{archive}/2.html")
    assert (result.exit_code, "Talks number 2" in result.stdout) == (0, True)
    wrong = run("inspect", archive)
    assert (wrong.exit_code, f"{archive}/1.html" in wrong.stderr) == (2, True)


def test_columns_title_and_date_are_options(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [{"kop": "Talks", "dag": "2018-05-04", "woorden": "Rupert Hentzau: It rains."}])
    out = ("--output", tmp_path / "out", "--quiet")
    assert run("build", path, *out).exit_code == 1
    assert run("build", path, *out, "--columns", "title=kop,date=dag,text=woorden").exit_code == 0
    assert run("build", path, *out, "--columns", "words=kop").exit_code == 2
    (tmp_path / "speech.txt").write_text("Rupert Hentzau: It rains.\n")
    assert run("build", tmp_path / "speech.txt", *out, "--title", "Talks", "--date", "2018-05-04").exit_code == 0
    [meeting] = rows(tmp_path / "out", "meetings")
    assert (meeting["title"], meeting["date"]) == ("Talks", "2018-05-04")
    (tmp_path / "other.txt").write_text("Rupert Hentzau: It snows.\n")
    assert run("build", tmp_path, *out, "--title", "Talks").exit_code == 2


# ---------------------------------------------------------------------------------------------------------------------
# README's list of what can go in

EXAMPLES = re.findall(
    r"^\| .+ \| `python -m builder (build .+)` \| `(.+)` \|$", (PROJECT / "README.md").read_text("utf-8"), re.MULTILINE
)
SPEECH = {"title": "Talks", "date": "2018-05-04", "text": "Rupert Hentzau: It rains."}
FEED = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Talks</title><link href="{ADDRESS}57366"/>'
    "<published>2018-05-04</published><content>&lt;p&gt;Rupert Hentzau: It rains.&lt;/p&gt;</content></entry></feed>"
)
TEXT = "{} visit\nMay 4, 2018\n\nRupert Hentzau: I say {}.\n"


def test_each_kind_of_readme_s_list_is_read_as_its_example_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    Path("pages/57366.html").write_bytes(page(57366))
    Path("saved.mhtml").write_bytes(mhtml(page(57366)))
    table(Path("odd.csv"), [{"kop": "Talks", "dag": "2018-05-04", "tekst": "Rupert Hentzau: It rains."}])
    for name in ("speeches.csv.gz", "speeches.parquet"):
        table(Path(name), [SPEECH])
    for name in ("speeches", "older"):
        database(Path("archive.db"), name, [SPEECH])
    zipped(Path("pages.zip"), {"57366.html": page(57366)})
    Path("crawl.warc.gz").write_bytes(packed(record(f"{ADDRESS}57366", page(57366)), ".gz"))
    Path("feed.atom").write_text(FEED)
    Path("copy.htm").write_text(
        "<html><body><p>Talks</p><p>May 4, 2018</p><p>Rupert Hentzau: It rains.</p></body></html>"
    )
    Path("mails.txt").write_text(f"{TEXT.format('One', 'one')}\n* * *\n\n{TEXT.format('Two', 'two')}")
    Path("talks.eml").write_bytes(MESSAGE)
    Path("speech.txt").write_text("Rupert Hentzau: It rains.\n")
    for command, name in EXAMPLES:
        assert run(*shlex.split(command), "--output", "out", "--quiet", "--jobs", 1).exit_code == 0, command
        assert rows(tmp_path / "out", "sources")[0]["path"] == name
    assert len(EXAMPLES) == 13
