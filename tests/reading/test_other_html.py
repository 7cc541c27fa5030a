"""HTML that is no page of the site as it is today: what stands round the page in it is no part of it."""

from pathlib import Path

import pytest

from tests.reading.containers.support import about, pages_of, problem_in, words
from tests.support.containers import ADDRESS

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


TURNS = """<p><b>President of Ruritania Rudolf Elphberg:</b> Good day, friends.</p>
<p><b>Rupert Hentzau:</b> It rains.</p>"""
TALK = f"<p>May 4, 2018</p><p>The Castle, Zenda</p>{TURNS}"
COPY = f"<p><b>Talks with Rupert Hentzau</b></p>{TALK}"
MENU = """<table><tr><td><A HREF='/eng/'>Home</A> | <a href='/eng/news'>News</a></td></tr>
<tr><td><a href='#'>Speeches</a></td></tr></table>"""
FOOT = """<p><a href='#'>Print version</a></p><table><tr><td>© 2000–2008 Press Office</td></tr>
<tr><td><a href='#'>Site map</a></td></tr></table>"""
WAYBACK = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><p>12 captures</p><p>11 Dec 2014 - 10 Jan 2020</p></div>
<div id="donato"><p>Ask</p></div><!-- END WAYBACK TOOLBAR INSERT -->"""
TODAY = f"""<head><title>Talks with Rupert Hentzau</title><meta property="article:published_time" content="2020-01-10T10:11:12Z">
<link rel="canonical" href="https://archive.ph/2020.01.10-101112/{ADDRESS}57366"></head>
<div id="HEADER"><form><input></form><p>10 Jan 2020 10:11:12 UTC</p></div>"""
READER = f"""<body><div class="toolbar reader-toolbar"><ul><li>Sans-serif</li></ul></div>
<a class="domain reader-domain" href="{ADDRESS}57366">en.kremlin.ru</a><h1 class="reader-title">Talks with Rupert Hentzau</h1>
<div class="reader-estimated-time">2 minutes</div><div class="moz-reader-content">"""
FORWARDED = """<div>Look!</div><div><div>---------- Forwarded message ---------<br>From: <b>Ann</b> &lt;a@example.com&gt;<br>
Date: Tue, May 8, 2018 at 9:15 AM<br>Subject: Read this<br>To: Bob<br></div>"""
OUTLOOK = """<div><p><b>From:</b> Ann<br><b>Sent:</b> Tuesday, May 8, 2018 9:15 AM<br>
<b>To:</b> Bob<br><b>Subject:</b> Read this</p></div>"""
TABLE_OF_MAIL = """<table><tr><th>Subject:</th><td>Read this</td></tr><tr><th>Date:</th><td>May 8, 2018</td></tr>
<tr><th>From:</th><td>Ann</td></tr></table>"""
PREFORMATTED = """<pre>Talks with Rupert Hentzau

May 4, 2018
The Castle, Zenda

<b>President of Ruritania Rudolf Elphberg:</b> Good day,
friends.

Rupert Hentzau: It <a
href="/x">rains</a>.
</pre>"""


@pytest.mark.parametrize(
    "page",
    [
        MENU + COPY + FOOT,
        f"<title>Speeches</title>{MENU}<h1><a href='#'>Talks with Rupert Hentzau</a></h1>{TALK}{FOOT}",
        f"{COPY.replace('May 4, 2018', '<a href=#>May 4, 2018</a>')}{FOOT}",
        f"{MENU}<p><a href='#'>May 4, 2018, The Castle, Zenda</a></p><h1>Talks with Rupert Hentzau</h1>{TURNS}",
        WAYBACK + MENU + COPY,
        f"{TODAY}{MENU}<h1>Talks with Rupert Hentzau</h1>{TALK}",
        f"{READER}{TALK}</div></body>",
        FORWARDED + COPY,
        OUTLOOK + COPY,
        FORWARDED + OUTLOOK + COPY,
        TABLE_OF_MAIL + COPY,
        PREFORMATTED,
        f"<title>Zenda</title>{COPY}",
        f'<div id="bN__google-cache-hdr"><div>It is a snapshot of the page as it appeared on Dec 15, 2020.</div></div>{COPY}',
    ],
)
def test_what_stands_round_a_copy_is_no_part_of_it(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(f"<html>{page}</html>", "utf-8")
    [read] = pages_of(tmp_path).values()
    metadata = about(read)
    assert (metadata.title, str(metadata.date), metadata.place) == (
        *("Talks with Rupert Hentzau", "2018-05-04", "The Castle, Zenda"),
    )
    assert words(read) == [
        ("President of Ruritania Rudolf Elphberg", "Good day, friends."),
        ("Rupert Hentzau", "It rains."),
    ]


def test_menus_and_heads_of_mails_stay_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html>{MENU}{OUTLOOK}{COPY}{FOOT}</html>", "utf-8")
    [read] = pages_of(tmp_path).values()
    shown = [
        (segment.kind, read.transcript.document.text[segment.start : segment.end])
        for segment in read.transcript.segments
    ]
    bare = [(kind, text) for kind, text in shown if kind != "blank"]
    assert bare[:4] == [
        ("furniture", "Home | News"),
        ("furniture", "Speeches"),
        ("furniture", "From: Ann"),
        ("furniture", "Sent: Tuesday, May 8, 2018 9:15 AM"),
    ]
    assert [each for each in bare if each[0] == "title"] == [("title", "Talks with Rupert Hentzau")]
    assert bare[-4:] == [
        ("speech", "It rains."),
        ("furniture", "Print version"),
        ("furniture", "© 2000–2008 Press Office"),
        ("furniture", "Site map"),
    ]


@pytest.mark.parametrize("top", [TODAY, READER])
def test_a_copy_names_the_address_of_its_page(tmp_path: Path, top: str) -> None:
    (tmp_path / "page.html").write_text(f"<html>{top}<h1>Talks with Rupert Hentzau</h1>{TALK}</html>", "utf-8")
    [read] = pages_of(tmp_path).values()
    assert (about(read).url, read.event_id) == (f"{ADDRESS}57366", "57366")


def test_the_section_above_the_title_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html>{MENU}<p><a href='#'>Events</a></p>{COPY}</html>", "utf-8")
    [read] = pages_of(tmp_path).values()
    assert (read.transcript.document.layout, about(read).title) == ("main_text", "Talks with Rupert Hentzau")


def test_lists_of_tags_at_the_end_are_no_menu(tmp_path: Path) -> None:
    lists = {"Geography": "Ruritania", "Topics": "Rain", "Persons": "Hentzau Rupert"}
    tags = "".join(f"<h3>{name}</h3><p><a href='#'>{tag}</a></p>" for name, tag in lists.items())
    (tmp_path / "page.html").write_text(f"<html>{COPY}{tags}</html>", "utf-8")
    (tmp_path / "short.html").write_text(
        f"<html><h1>Hail falls</h1><p>It fell.</p><p>May 4, 2018</p>{tags}</html>", "utf-8"
    )
    page, short = pages_of(tmp_path).values()
    assert about(page).topics == about(short).topics == ("Rain",)
    assert about(short).place is None


def test_a_reader_view_without_a_date_is_refused(tmp_path: Path) -> None:
    page = READER + TALK.replace("<p>May 4, 2018</p><p>The Castle, Zenda</p>", "<p>They met.</p>")
    (tmp_path / "page.html").write_text(f"<html>{page}</html>", "utf-8")
    assert problem_in(tmp_path).code == "no-date"
