"""What browsers save: the page in it is read as it would be alone."""

import base64
import html
import io
import plistlib
import quopri
import zipfile
from pathlib import Path

import pytest

from builder.reading.limits import MAX_FILE_BYTES
from tests.reading.containers.support import about, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import ADDRESS, mhtml

SAID = ("Rupert Hentzau", "It rains – “in Zenda” = here.")
TEXT = pages.html(pages.said(*SAID), number=57366)
PAGE = TEXT.encode()
FRAME = b"<html><body><p>You are viewing a page of a web archive.</p></body></html>"
PICTURE = ("Content-Type: image/png\nContent-Transfer-Encoding: base64", base64.encodebytes(b"\x89PNG"))
TYPE = "Content-Type: text/html; charset={}\nContent-Transfer-Encoding: {}\nContent-Location: {}"


def message(*parts: tuple[str, bytes], kind: str = "multipart/related", head: str = "MIME-Version: 1.0\n") -> bytes:
    """A message of parts, each with its head, as browsers write it."""
    said = [f"--next\n{about}\n\n".encode() + body + b"\n" for about, body in parts]
    top = f'From: <Saved by a browser>\n{head}Content-Type: {kind};\n\tboundary="next"\n\n'
    return top.encode() + b"".join(said) + b"--next--\n"


def part(
    data: bytes, coding: str = "quoted-printable", charset: str = "utf-8", address: str = f"{ADDRESS}57366"
) -> tuple[str, bytes]:
    coders = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}
    return TYPE.format(charset, coding, address), coders.get(coding, bytes)(data)


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
    assert words(page) == [SAID]


@pytest.mark.parametrize(
    "content",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
        b"bplist00 WebMainResource",
        plistlib.dumps({"WebMainResource": {}}),
        plistlib.dumps({"WebMainResource": {"WebResourceData": b""}}),
    ],
)
def test_a_damaged_page_of_a_browser_gives_a_message(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.mhtml").write_bytes(content)
    assert problem_in(tmp_path).code == "damaged-page"


NESTED = message(part(PAGE)).partition(b"\n\n")
MESSAGES = {
    "base64": message(part(PAGE, "base64"), PICTURE),
    "8bit": message(part(PAGE, "8bit"), PICTURE),
    "windows-1251": message(part(TEXT.encode("cp1251"), charset="windows-1251")),
    "UTF-16": message(part(TEXT.encode("utf-16"), "base64", "unicode")),
    "UTF-16 without a mark": message(part(TEXT.encode("utf-16-le"), "base64", "utf-16le")),
    "carriage returns": message(part(PAGE)).replace(b"\n", b"\r\n"),
    "carriage returns alone": message(part(PAGE.replace(b"\n", b" "))).replace(b"\n", b"\r"),
    "no version": message(part(PAGE), head=""),
    "XHTML": message(part(PAGE)).replace(b"text/html", b"application/xhtml+xml"),
    "a frame first": message(part(FRAME, address="http://example.com/frame"), part(PAGE)),
    "a frame last": message(part(PAGE), part(FRAME, address="http://example.com/frame")),
    "beside its text": message(
        ("Content-Type: text/plain", b"Rupert Hentzau: It ra="), part(PAGE), kind="multipart/alternative"
    ),
    "parts within parts": message(
        (NESTED[0].decode().partition("\n")[2].replace("next", "inner"), NESTED[2].replace(b"next", b"inner")),
        kind="multipart/mixed",
    ),
    "base64 that breaks off": message(part(PAGE, "base64"))[:-30],
}


@pytest.mark.parametrize("form", MESSAGES)
def test_a_page_in_a_message_is_the_page(tmp_path: Path, form: str) -> None:
    (tmp_path / "page.mht").write_bytes(MESSAGES[form])
    [page] = pages_of(tmp_path).values()
    assert (words(page), str(about(page).date)) == ([SAID], "2018-05-04")


def resource(data: bytes, charset: str = "UTF-8", url: str = f"{ADDRESS}57366") -> dict[str, object]:
    return {"WebMainResource": {"WebResourceData": data, "WebResourceTextEncodingName": charset, "WebResourceURL": url}}


@pytest.mark.parametrize(
    "archive",
    [
        resource(TEXT.encode("cp1251"), "windows-1251"),
        resource(TEXT.encode("utf-16-le"), "UTF-16LE"),
        {**resource(FRAME, url="http://example.com"), "WebSubframeArchives": [resource(PAGE)]},
        {**resource(PAGE), "WebSubframeArchives": [resource(FRAME, url="http://example.com")]},
    ],
)
def test_a_web_archive_of_safari_is_read_in_any_encoding_and_with_frames(
    tmp_path: Path, archive: dict[str, object]
) -> None:
    (tmp_path / "page.webarchive").write_bytes(plistlib.dumps(archive, fmt=plistlib.FMT_BINARY))
    [page] = pages_of(tmp_path).values()
    assert words(page) == [SAID]


def source_in_chromium(page: str) -> str:
    rows = "".join(
        f'<tr><td class="line-number" value="{number}"></td>'
        f'<td class="line-content"><span class="html-tag">{html.escape(line)}</span></td></tr>'
        for number, line in enumerate(page.split("\n"), start=1)
    )
    return f'<html><body><div class="line-gutter-backdrop"></div><table><tbody>{rows}</tbody></table></body></html>'


def source_in_firefox(page: str) -> str:
    lines = "\n".join(
        f'<span id="line{number}"></span>{html.escape(line)}' for number, line in enumerate(page.split("\n"), start=1)
    )
    head = '<!DOCTYPE html><html><head><title>view</title></head><body id="viewsource">'
    return f'{head}<pre id="line1">{lines}</pre></body></html>'


@pytest.mark.parametrize("view", [source_in_chromium, source_in_firefox])
def test_the_source_of_a_page_that_was_saved_as_a_page_is_the_page(tmp_path: Path, view: object) -> None:
    (tmp_path / "page.html").write_text(view(TEXT.replace("</p>", "</p>\n")), "utf-8")  # type: ignore[operator]
    [page] = pages_of(tmp_path).values()
    assert words(page) == [SAID]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (message(part(PAGE))[: len(message(part(PAGE))) // 2], "one that breaks off"),
        (message(part(PAGE), part(PAGE, address=f"{ADDRESS}57367"), kind="multipart/mixed"), "2"),
        (message(*[part(b"x")] * 5_001), "5,002"),
        (message(("Content-Type: text/plain", b"Talks")), "none"),
        (message(part(b"Talks")), "none"),
        (message(*[PICTURE]), "none"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
            + b"Content-Type: message/rfc822\n\n" * 2_000,
            "parts within parts",
        ),
    ],
)
def test_a_message_without_one_whole_page_gives_a_message(tmp_path: Path, data: bytes, found: str) -> None:
    (tmp_path / "page.mhtml").write_bytes(data)
    assert (problem_in(tmp_path).code, problem_in(tmp_path).found) == ("damaged-page", found)


def test_a_frame_that_holds_a_page_in_an_attribute_loses_nothing(tmp_path: Path) -> None:
    frame = '<iframe src="x" srcdoc="&lt;html&gt;&lt;p&gt;A player&lt;/p&gt;"></iframe>'
    (tmp_path / "page.html").write_text(TEXT.replace("</article>", f"{frame}</article>"), "utf-8")
    [page] = pages_of(tmp_path).values()
    assert words(page) == [SAID]


def test_a_page_that_a_browser_translated_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TEXT.replace('class="no-js"', 'class="no-js translated-ltr"'), "utf-8")
    assert (problem_in(tmp_path).code, problem_in(tmp_path).found) == (
        "translated-page",
        "a page that a browser translated",
    )


def unpacking_itself(
    files: dict[str, bytes], before: bytes = b"<!DOCTYPE html><html><body><script>unpack()</script><!--"
) -> bytes:
    """HTML with a zip archive in a comment."""
    archive = io.BytesIO()
    archive.write(before)
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return archive.getvalue() + b"--><p>extra</p></body></html>"


@pytest.mark.parametrize("name", ["index.html", "57366/index.html"])
def test_a_page_that_unpacks_itself_is_the_page_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "page.html").write_bytes(unpacking_itself({"style.css": b"p {}", name: PAGE}))
    [page] = pages_of(tmp_path).values()
    assert words(page) == [SAID]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (
            unpacking_itself({"index.html": PAGE}).replace(b"PK\x01\x02", b"PK\x01\x09"),
            "one that is damaged (BadZipFile)",
        ),
        (unpacking_itself({"index.html": b"x" * (MAX_FILE_BYTES + 1)}), "more"),
    ],
    ids=["damaged", "too large"],
)
def test_a_page_that_unpacks_to_no_page_gives_a_message(tmp_path: Path, data: bytes, found: str) -> None:
    (tmp_path / "page.html").write_bytes(data)
    assert (problem_in(tmp_path).code, problem_in(tmp_path).found) == ("damaged-page", found)
