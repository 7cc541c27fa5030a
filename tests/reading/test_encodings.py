"""The encoding of a saved page, and files that are no page."""

import pytest

from builder.errors import DataError
from builder.reading.encodings import ENCODINGS, decode_html, kind_of_other_file
from tests.support.told import brief

WORDS = "<p>Mr Hentzau – “friends”, Владимир</p>"


def page(label: str | None, encoding: str, words: str = WORDS) -> bytes:
    declaration = f"<meta charset={label}>" if label else ""
    return f"<!doctype html><head>{declaration}</head>{words}".encode(encoding)


@pytest.mark.parametrize(
    ("label", "encoding", "name"),
    [
        ("windows-1251", "cp1251", "windows-1251"),
        ('"CP1251"', "cp1251", "windows-1251"),
        ("koi8-r", "koi8-r", "koi8-r"),
        ("x-mac-cyrillic", "mac-cyrillic", "x-mac-cyrillic"),
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        (None, "utf-8", "utf-8"),
        ("windows-1251", "utf-8", "utf-8"),
    ],
)
def test_a_page_is_read_as_it_declares_unless_it_is_utf_8(label: str | None, encoding: str, name: str) -> None:
    words = WORDS if encoding != "koi8-r" else "<p>Владимир</p>"
    text, found = decode_html(page(label, encoding, words), "zenda.html")
    assert text.endswith(words)
    assert found == name
    assert found in ENCODINGS


def test_latin_1_is_windows_1252_as_in_browsers() -> None:
    assert decode_html(page("iso-8859-1", "cp1252", "<p>“Zenda”</p>"), "zenda.html")[0].endswith("<p>“Zenda”</p>")


def test_a_declaration_may_stand_in_the_content_of_a_meta_tag() -> None:
    start = b'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    assert decode_html(start + "мир".encode("cp1251"), "zenda.html")[0].endswith("мир")


@pytest.mark.parametrize("label", ["windows-1251", "iso-8859-1", "koi8-r", "utf-8"])
def test_utf_8_with_a_wrong_byte_is_utf_8_whatever_it_declares(label: str) -> None:
    text, encoding = decode_html(page(label, "utf-8") + b"caf\xe9", "zenda.html")
    assert text.endswith(f"{WORDS}caf\ufffd")
    assert encoding == "utf-8"


@pytest.mark.parametrize(
    "other",
    [
        b'<meta name="description" content="About charset=koi8-r">',
        b'<meta data-charset="koi8-r">',
        b"<script>x = '<meta charset=koi8-r>'</script>",
        b"<!-- <meta charset=koi8-r> -->",
    ],
)
def test_what_only_looks_like_a_declaration_is_none(other: bytes) -> None:
    data = b"<html>" + other + b'<meta charset="windows-1251">' + "мир".encode("cp1251")
    assert decode_html(data, "zenda.html")[1] == "windows-1251"


def test_a_declaration_in_a_comment_is_none() -> None:
    data = b"<html><!-- <meta charset=windows-1251> -->" + "мир".encode("cp1251")
    with pytest.raises(DataError):
        decode_html(data, "zenda.html")


@pytest.mark.parametrize(
    ("label", "encoding"),
    [(None, "cp1251"), ("shift_jis", "cp1251"), ("utf-8", "cp1251"), ("utf-16", "cp1251")],
    ids=["none", "unknown", "UTF-8", "UTF-16"],
)
def test_a_page_whose_encoding_is_not_known_is_refused(label: str | None, encoding: str) -> None:
    with pytest.raises(DataError) as caught:
        decode_html(page(label, encoding), "zenda.html")
    assert [brief(problem) for problem in caught.value.problems] == ["zenda.html: unknown-encoding"]


def test_a_wrong_byte_here_and_there_is_the_pages_own() -> None:
    data = page("utf-8", "utf-8") + b"caf\xe9"
    assert decode_html(data, "zenda.html")[0].endswith("caf\ufffd")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"PK\x03\x04\x14 word/document.xml", ".docx"),
        (b"WARC/1.0\r\n", "WARC"),
        (b"AT&TFORM\0\0\1\0DJVM", "DjVu"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"PK\x03\x04\x14 ppt/presentation.xml", ".pptx"),
        (b"PK\x03\x04\x14 Index/Document.iwa", "Pages, Numbers or Keynote"),
    ],
)
def test_a_file_that_is_no_page_is_named_for_what_it_is(start: bytes, kind: str) -> None:
    assert kind in (kind_of_other_file(start) or ("", ""))[0]


@pytest.mark.parametrize(
    "start", [b"Title: Talks\nDate: May 4, 2018\n\n", b"<!doctype html>", b"Events\n", b"MIME-Version: 1.0\n", b""]
)
def test_what_may_be_a_page_is_none_of_these(start: bytes) -> None:
    assert kind_of_other_file(start) is None
