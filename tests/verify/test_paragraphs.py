"""The referee's own look into the source files finds what the reader loses."""

import plistlib
from pathlib import Path

import pytest

from builder import build_package, verify_package
from builder.reading.layouts import html as html_layout
from builder.reading.layouts.html_blocks import HtmlBlock, read_blocks
from tests.support import pages

PAGE = pages.html(
    pages.said("President of Ruritania Rudolf Elphberg", "The railway to Hofbau is open &amp; paid."),
    pages.said("Rupert Hentzau", f"So it is. {pages.term_link('The League')} met."),
    '<p title="a > b">The harvest is in.</p>',
    "<script>x = 'No text.'</script><!-- Not yet. --><noscript>No script.</noscript><!-->",
)

COPY = """<html><p><a href="#">News</a></p><p>Talks with Rupert Hentzau</p><p>May 4, 2018</p><p>Rupert Hentzau: It rains.</p>
<p><a href="#">Print version</a></p></html>"""
FRAMED = plistlib.dumps(
    {
        "WebMainResource": {"WebResourceData": b"<html><p>You are viewing a page of a web archive.</p></html>"},
        "WebSubframeArchives": [{"WebMainResource": {"WebResourceData": PAGE.encode()}}],
    }
)


def findings(folder: Path) -> list[tuple[str, str]]:
    """Check and place of each finding."""
    checks = verify_package(folder / "out", sources=folder / "in")
    return [(check.name, str(finding.key or finding.file)) for check in checks for finding in check.findings]


def build(folder: Path, name: str, content: str | bytes) -> None:
    (folder / "in").mkdir()
    (folder / "in" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    build_package([folder / "in"], folder / "out")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", PAGE),
        ("a.html", PAGE.replace("utf-8", "windows-1251").replace("railway", "railway – “new”").encode("cp1251")),
        ("a.txt", pages.main(*pages.DIALOGUE).replace("\n", "\r\n")),
        ("a.txt", "\ufeff" + pages.accessible(*pages.DIALOGUE)),
        ("a.html", COPY),
        ("a.webarchive", FRAMED),
    ],
    ids=["HTML", "windows-1251", "line ends", "byte order mark", "menus round it", "a frame"],
)
def test_what_is_read_whole_passes(tmp_path: Path, name: str, content: str | bytes) -> None:
    build(tmp_path, name, content)
    assert findings(tmp_path) == []


def test_a_paragraph_that_the_reader_passes_over_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the file again gives the same rows: no other check can tell."""

    def forgetful(markup: str) -> list[HtmlBlock]:
        return [block for block in read_blocks(markup) if "harvest" not in block.text]

    monkeypatch.setattr(html_layout, "read_blocks", forgetful)
    build(tmp_path, "a.html", PAGE)
    assert findings(tmp_path) == [("paragraphs", "a.html")]
