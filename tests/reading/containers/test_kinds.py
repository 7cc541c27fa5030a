"""A file is read as what its first bytes say, whatever its name; what cannot be read is named for what it is."""

import plistlib
from pathlib import Path

import pytest

from builder.errors import CommandError
from builder.reading.discovery import find_page, gather
from builder.reading.document import Given
from tests.reading.containers.support import about, outcomes, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import ADDRESS, database, mhtml, packed, record, table, tarred, zipped

PAGE = pages.html(pages.said("Rupert Hentzau", "It rains."), number=57366).encode()
ROW = {"title": "Talks", "date": "2018-05-04", "text": "Rupert Hentzau: It rains."}


@pytest.mark.parametrize("name", ["pages.html", "pages.txt", "pages", "pages.csv"])
@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "warc", "warc.gz", "parquet", "db", "xlsx"])
def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path, kind: str, name: str) -> None:
    made = tmp_path / f"made.{kind}"
    if kind == "zip":
        zipped(made, {"57366.html": PAGE})
    elif kind.startswith("tar"):
        tarred(made, {"57366.html": PAGE})
    elif kind.startswith("warc"):
        made.write_bytes(packed(record(f"{ADDRESS}57366", PAGE), made.suffix))
    elif kind == "db":
        database(made, "pages", [ROW])
    else:
        table(made, [ROW])
    made.rename(tmp_path / name)
    [page] = pages_of(tmp_path / name).values()
    assert words(page) == [("Rupert Hentzau", "It rains.")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc"),
        ({"word/document.xml": b"x", "[Content_Types].xml": b"x"}, ".docx"),
        ({"mimetype": b"application/epub+zip"}, ".epub"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, ".odt"),
        (b"Rar!\x1a\x07", "RAR"),
    ],
)
def test_what_cannot_be_read_is_named_for_what_it_is(
    tmp_path: Path, content: bytes | dict[str, bytes], said: str
) -> None:
    path = tmp_path / "page.html"
    if isinstance(content, dict):
        import zipfile  # noqa: PLC0415

        with zipfile.ZipFile(path, "w") as archive:
            for name, data in content.items():
                archive.writestr(name, data)
    else:
        path.write_bytes(content)
    problem = problem_in(path)
    assert problem.code == "other-file"
    assert said in problem.found
    assert problem_in(tmp_path) == problem


def test_in_a_folder_a_container_with_the_name_of_a_page_is_named_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(zipped(tmp_path / "a", {"57366.html": PAGE}).read_bytes())
    (tmp_path / "a").unlink()
    problem = problem_in(tmp_path)
    assert (problem.code, problem.found, problem.advice) == (
        *("other-file", "a zip archive", "name it so that it ends in .zip"),
    )


# ---------------------------------------------------------------------------------------------------------------------
# What browsers save


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page.html", "page.txt"])
def test_a_page_in_mhtml_is_the_page(tmp_path: Path, name: str) -> None:
    long = pages.html(pages.said("Rupert Hentzau", "It rains “in Zenda” = here, " + "and goes on " * 20 + "so."))
    (tmp_path / name).write_bytes(mhtml(long.encode()))
    [page] = pages_of(tmp_path).values()
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/page.html").write_text(long, "utf-8")
    [alone] = pages_of(tmp_path / "plain").values()
    assert page.transcript.segments == alone.transcript.segments
    assert page.source.byte_size == (tmp_path / name).stat().st_size


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_in_a_web_archive_of_safari_is_the_page(tmp_path: Path, form: plistlib.PlistFormat) -> None:
    main = {"WebResourceData": PAGE, "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": f"{ADDRESS}57366"}
    (tmp_path / "page.webarchive").write_bytes(plistlib.dumps({"WebMainResource": main}, fmt=form))
    [page] = pages_of(tmp_path).values()
    assert words(page) == [("Rupert Hentzau", "It rains.")]


@pytest.mark.parametrize(
    "content",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
        b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: http://zenda.example\n\nTalks\n\nMay 4, 2018\n",
        b"bplist00 WebMainResource",
        plistlib.dumps({"WebMainResource": {}}),
        plistlib.dumps({"WebMainResource": {"WebResourceData": b""}}),
    ],
)
def test_a_damaged_page_of_a_browser_gives_a_message(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.mhtml").write_bytes(content)
    assert problem_in(tmp_path).code == "damaged-page"


@pytest.mark.parametrize("folder", ["page_files", "page_fichiers", "page-Dateien", "page_archivos", "page_файлы"])
def test_the_folder_that_a_browser_saves_with_a_page_is_passed_over(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / folder / "frame.html").write_bytes(b"<html>")
    assert [*pages_of(tmp_path)] == ["page.html"]


# ---------------------------------------------------------------------------------------------------------------------
# Other HTML

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Document1</title>
<style><!-- p.MsoNormal {font-family:"Times New Roman"} --></style></head><body lang=EN-US>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><div class=WordSection1>
<p class=MsoNormal><b><span style='font-size:16.0pt'>Talks with Rupert
Hentzau<o:p></o:p></span></b></p><p class=MsoNormal><i>May 4, 2018</i></p>
<p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>
<p class=MsoNormal><b>President of Ruritania Rudolf Elphberg:</b> Good day,<br>
friends.</p><p class=MsoNormal><b>Rupert Hentzau</b>: It rains.</p></div></body></html>"""
BLOG = """<!doctype html><html><head><meta charset="utf-8"><title>Talks with Rupert Hentzau | My blog</title>
<meta property="og:title" content="Talks with Rupert Hentzau">
<meta property="article:published_time" content="2018-05-04T12:30:00+03:00"></head><body><nav><p>Home</p></nav>
<script>document.write("<p>Buy!</p>")</script><article><h1>Talks</h1>
<p><strong>President of Ruritania Rudolf Elphberg:</strong> Good day, friends.</p>
<p><strong>Rupert Hentzau:</strong> It rains.</p></article><footer><p>Me</p></footer></body></html>"""


@pytest.mark.parametrize(("page", "given"), [(WORD, ()), (BLOG, ("date", "title"))])
def test_a_copy_in_other_html_is_read_as_its_text(tmp_path: Path, page: str, given: tuple[str, ...]) -> None:
    (tmp_path / "page.htm").write_text(page, "utf-8")
    [read] = pages_of(tmp_path).values()
    assert (about(read).title, str(about(read).date)) == ("Talks with Rupert Hentzau", "2018-05-04")
    assert words(read) == [
        ("President of Ruritania Rudolf Elphberg", "Good day, friends."),
        ("Rupert Hentzau", "It rains."),
    ]
    assert (read.source.media_type, read.transcript.document.layout) == ("text/html", "plain_text")
    assert set(given) <= set(about(read).given)


def test_other_html_without_a_date_is_refused_without_a_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><html><body><p>title: Talks</p><p>It rains.</p></body></html>")
    assert (problem_in(tmp_path).code, problem_in(tmp_path).line) == ("no-date", None)


def test_markdown_is_read_as_a_page_and_a_readme_is_none(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Talks\n\n*May 4, 2018*\n\n**Rupert Hentzau:** It rains.\n")
    (tmp_path / "README.md").write_text("# My pages\n")
    [page] = pages_of(tmp_path).values()
    assert words(page) == [("Rupert Hentzau", "It rains.")]
    assert gather([tmp_path]).skipped == (f"{tmp_path}/README.md",)


# ---------------------------------------------------------------------------------------------------------------------
# What stands beside a page


def test_metadata_beside_files_gives_and_corrects(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("Rupert Hentzau: It rains.\n")
    (tmp_path / "page.html").write_bytes(PAGE)
    zipped(tmp_path / "a.zip", {"57367.html": PAGE.replace(b"57366", b"57367")})
    (tmp_path / "metadata.csv").write_text(
        "\ufefffile,Title,date,place,url\nspeech.txt,Talks,2018-05-04,Zenda,\npage.html,Right title,,,\n"
        f"a.zip/57367.html,,2018-05-06,,{ADDRESS}57367\n",
        "utf-8",
    )
    member, page, speech = pages_of(tmp_path).values()
    assert (about(speech).title, str(about(speech).date), about(speech).place) == ("Talks", "2018-05-04", "Zenda")
    assert sorted(about(speech).given) == ["date", "place", "title"]
    assert (about(page).title, about(page).given, str(about(page).date)) == ("Right title", ("title",), "2018-05-04")
    assert (str(about(member).date), about(member).given) == ("2018-05-06", ("date",))


@pytest.mark.parametrize("content", [b"\xff", b"title,date\nT,2018-05-04\n", b"file\na.txt\n", b"", b'file,title\n"a'])
def test_a_wrong_table_of_metadata_is_a_problem(tmp_path: Path, content: bytes) -> None:
    from builder.reading.metadata_tables import MetadataTables  # noqa: PLC0415

    (tmp_path / "metadata.csv").write_bytes(content)
    assert [problem.code for problem in MetadataTables().of_folder(str(tmp_path)).problems] == ["metadata-table"]


def test_a_file_that_metadata_names_twice_is_a_problem(tmp_path: Path) -> None:
    from builder.reading.metadata_tables import MetadataTables  # noqa: PLC0415

    (tmp_path / "metadata.csv").write_text("file,title\na.txt,A\na.txt,B\n,C\n")
    problems = MetadataTables().of_folder(str(tmp_path)).problems
    assert [(problem.code, problem.line) for problem in problems] == [("metadata-table", 3), ("metadata-table", 4)]


def test_title_and_date_of_one_page_may_be_stated(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("Rupert Hentzau: It rains.\n")
    stated = Given(title="Talks", date="May 4, 2018")
    [page] = outcomes(tmp_path / "speech.txt", given=stated).values()  # type: ignore[arg-type]
    assert (about(page).title, about(page).given) == ("Talks", ("date", "title"))  # type: ignore[arg-type]
    (tmp_path / "other.txt").write_text("x")
    with pytest.raises(CommandError):
        gather([tmp_path], given=stated)


# ---------------------------------------------------------------------------------------------------------------------
# One of many


def test_one_page_of_many_is_found_by_its_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"57366.html": PAGE, "b/57367.html": PAGE})
    rows = table(tmp_path / "a.csv", [ROW, ROW])
    tables = database(tmp_path / "a.db", "pages", [ROW])
    assert find_page(f"{path}/b/57367.html").path == "a.zip/b/57367.html"
    assert find_page(f"{rows}#2").path == "a.csv#2"
    assert find_page(f"{tables}::pages#1").path == "a.db::pages#1"
    for wrong in (f"{path}/none.html", f"{rows}#3", str(path), str(tmp_path), str(tmp_path / "nowhere.txt")):
        with pytest.raises(CommandError):
            find_page(wrong)
