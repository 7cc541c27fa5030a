"""Web archives: the pages of events among the responses of a crawl."""

import gzip
import re
import zipfile
from pathlib import Path

import brotli
import pytest

from builder.build.page import Page
from tests.reading.containers.support import about, found, outcomes, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import ADDRESS, packed, record

ONE = pages.html(pages.said("Rupert Hentzau", "It rains."), number=57366).encode()
TWO = pages.html(pages.said("Rupert Hentzau", "It snows."), title="Talks", number=57367).encode()
RECORDS = [record(f"{ADDRESS}57366", ONE), record(f"{ADDRESS}57367", TWO)]
STAMP = "20200801120000"
NAMES = [f"{ADDRESS}{number}@{STAMP}" for number in (57366, 57367)]


def saved(path: Path, records: list[bytes]) -> Path:
    """A web archive, kept as its name says: a record a gzip stream, all in one, or not compressed."""
    if path.name.startswith("whole"):
        path.write_bytes(gzip.compress(b"".join(records)))
    elif path.suffix == ".wacz":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("datapackage.json", "{}")
            for number, each in enumerate(records):
                archive.writestr(f"archive/{number}.warc.gz", gzip.compress(each))
            archive.writestr("pages/pages.jsonl", "{}")
    else:
        path.write_bytes(b"".join(gzip.compress(each) if path.suffix == ".gz" else each for each in records))
    return path


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "whole.warc.gz", "a.wacz"])
def test_a_response_is_read_as_the_page_that_was_saved(tmp_path: Path, name: str) -> None:
    read = pages_of(saved(tmp_path / name, RECORDS))
    assert [*read] == [f"{name}/{each}" for each in NAMES]
    for page, data in zip(read.values(), (ONE, TWO), strict=True):
        (tmp_path / "page.html").write_bytes(data)
        [alone] = pages_of(tmp_path / "page.html").values()
        assert page.transcript.segments == alone.transcript.segments
        assert page.source.sha256 == alone.source.sha256


def test_records_of_one_stream_are_read_in_any_order(tmp_path: Path) -> None:
    from builder.reading.containers.members import Member  # noqa: PLC0415
    from builder.reading.containers.web_archives import WebArchive  # noqa: PLC0415

    archive = WebArchive(str(saved(tmp_path / "whole.warc.gz", RECORDS * 2)))
    members = [each for each in archive.members() if isinstance(each, Member)]
    assert [archive.read(members[at]).data for at in (3, 0, 2, 1)] == [TWO, ONE, ONE, TWO]
    archive.close()


def test_what_is_no_page_of_an_event_is_counted(tmp_path: Path) -> None:
    others = [
        record("http://en.kremlin.ru/static/a.png", b"x", media_type="image/png"),
        record("http://en.kremlin.ru/catalog/persons/119", b"<html>"),
        record(f"{ADDRESS}57368", b"", status="301 Moved Permanently", sent=["Location: /"]),
        record(f"{ADDRESS}57369", b"<html>", status="404 Not Found"),
        record(f"{ADDRESS}57370", b"x", media_type="application/pdf"),
        record("http://kremlin.ru/events/president/news/57366", ONE),
        record("http://example.com/events/president/news/57366", ONE),
        *(
            record(address, ONE)
            for address in (
                "http://eng.kremlin.ru/transcripts",
                "http://archive.kremlin.ru/eng/speeches/2007/02/10/",
                "http://archive.kremlin.ru/text/appears/2007/02/118109.shtml",
            )
        ),
        record(f"{ADDRESS}57366", b"GET / HTTP/1.1", kind="request"),
        record(f"{ADDRESS}57366", b"It rains.", kind="conversion"),
        record(f"{ADDRESS}57366", b"fetchTimeMs: 1", kind="metadata"),
        record(f"{ADDRESS}57366/photos", ONE),
        record(f"{ADDRESS}57366/videos/12", ONE),
        record(f"{ADDRESS}57371", b"<html><head><title>Page not found - Ruritania</title>"),
        record(f"{ADDRESS}57372", gzip.compress(b"<html><title>\n404 Not Found"), sent=["Content-Encoding: gzip"]),
    ]
    archive = saved(tmp_path / "a.warc.gz", [*others, *RECORDS])
    assert len(pages_of(archive)) == 2
    assert found(archive).left_out[str(archive)] == {
        **{"pages of other hosts, or of no event": 7, "redirects": 1, "errors of the site": 3},
        **{"images and other files": 1, "pages of an event's photos and videos": 2, "records about pages": 1},
        "pages that were turned into another form": 1,
    }


def test_captures_of_one_page_are_pages_each(tmp_path: Path) -> None:
    later = record(f"{ADDRESS}57366", ONE, date="2021-01-02T03:04:05Z")
    read = pages_of(saved(tmp_path / "a.warc", [*RECORDS[:1], later, RECORDS[0]]))
    assert [name.rpartition("@")[2] for name in read] == [STAMP, "20210102030405", f"{STAMP}~2"]


def revisit(url: str, *refers_to: str) -> bytes:
    profile = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    return record(url, kind="revisit", date="2021-01-01T00:00:00Z", more=[profile, *refers_to])


def test_a_visit_that_found_a_page_unchanged_is_followed_where_it_stands_under_another_address(tmp_path: Path) -> None:
    again = [
        revisit(f"{ADDRESS}57366", f"WARC-Refers-To-Target-URI: {ADDRESS}57366"),
        revisit("http://en.kremlin.ru/d/57366", f"WARC-Refers-To-Target-URI: {ADDRESS}57366"),
        revisit(f"{ADDRESS}57399", f"WARC-Refers-To-Target-URI: {ADDRESS}57398"),
    ]
    archive = saved(tmp_path / "a.warc.gz", [*again, *RECORDS])
    read = pages_of(archive)
    assert [*read][2] == "a.warc.gz/http://en.kremlin.ru/d/57366@20210101000000"
    first, _, again_first = read.values()
    assert again_first.transcript.segments == first.transcript.segments
    assert set(found(archive).left_out[str(archive)].values()) == {1}


@pytest.mark.parametrize(
    ("refers_to", "title"),
    [
        (["WARC-Refers-To-Target-URI: {}", "WARC-Refers-To-Date: 2021-01-02T03:04:05Z"], "Talks"),
        (["WARC-Refers-To-Target-URI: {}", "WARC-Refers-To-Date: 2020-08-01T12:00:00Z"], "Meeting with Rupert Hentzau"),
        (["WARC-Payload-Digest: sha1:SNOW"], "Talks"),
        (["WARC-Refers-To: <urn:uuid:rain>"], "Meeting with Rupert Hentzau"),
        (["WARC-Refers-To-Target-URI: {}", "WARC-Payload-Digest: sha1:HAIL"], None),
    ],
)
def test_a_visit_is_followed_to_the_capture_that_it_means(
    tmp_path: Path, refers_to: list[str], title: str | None
) -> None:
    rain = record(f"{ADDRESS}57366", ONE, more=["WARC-Payload-Digest: sha1:RAIN", "WARC-Record-ID: <urn:uuid:rain>"])
    snow = record(f"{ADDRESS}57366", TWO, date="2021-01-02T03:04:05Z", more=["WARC-Payload-Digest: sha1:SNOW"])
    visit = revisit("http://en.kremlin.ru/d/57366", *(line.format(f"{ADDRESS}57366") for line in refers_to))
    archive = saved(tmp_path / "a.warc.gz", [rain, snow, visit])
    titles = [about(page).title for page in pages_of(archive).values()]
    assert titles[2:] == ([title] if title else [])
    assert (title is None) == bool(found(archive).left_out)


@pytest.mark.parametrize(
    ("coding", "coded"), [("gzip", gzip.compress(ONE)), ("br", brotli.compress(ONE)), ("deflate", None)]
)
def test_codings_in_which_a_page_was_sent_are_taken_off(tmp_path: Path, coding: str, coded: bytes | None) -> None:
    import zlib  # noqa: PLC0415

    sent = record(f"{ADDRESS}57366", coded or zlib.compress(ONE), sent=[f"Content-Encoding: {coding}"])
    [page] = pages_of(saved(tmp_path / "a.warc", [sent])).values()
    assert page.source.byte_size == len(ONE)


def test_chunks_are_joined(tmp_path: Path) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (ONE[:500], ONE[500:], b""))
    sent = record(f"{ADDRESS}57366", chunks, sent=["Transfer-Encoding: chunked"])
    [page] = pages_of(saved(tmp_path / "a.warc", [sent])).values()
    assert page.source.byte_size == len(ONE)


def test_the_encoding_in_which_a_page_was_sent_goes_before_what_it_declares(tmp_path: Path) -> None:
    page = pages.html(
        pages.said("Rupert Hentzau", "Привет, it rains in Zenda all day long, my friends, and it is May.")
    )
    sent = record(f"{ADDRESS}57366", page.encode("koi8-r", "replace"), media_type="text/html; charset=koi8-r")
    [read] = pages_of(saved(tmp_path / "a.warc", [sent])).values()
    assert (read.source.encoding, "Привет" in words(read)[0][1]) == ("koi8-r", True)


def test_a_page_written_without_its_answer_is_read(tmp_path: Path) -> None:
    def resource(number: int, media_type: str, data: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {ADDRESS}{number}\r\nWARC-Date: 2020-08-01T12:00:00Z\r\n"
        return f"{head}Content-Type: {media_type}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n\r\n"

    page = pages.html(pages.said("Rupert Hentzau", "It rains – “in Zenda”.")).encode("cp1251")
    records = [
        resource(57366, 'text/html; charset="windows-1251"', page),
        resource(57367, "application/octet-stream", TWO),
        resource(57368, "application/octet-stream", b"\x89PNG"),
        resource(57369, "image/png", ONE),
    ]
    first, second = pages_of(saved(tmp_path / "a.warc.gz", records)).values()
    assert (first.source.encoding, words(first)) == ("windows-1251", [("Rupert Hentzau", "It rains – “in Zenda”.")])
    assert words(second) == [("Rupert Hentzau", "It snows.")]


def longer(data: bytes, by: int) -> bytes:
    """A record whose length is not what it says."""
    return re.sub(
        rb"(?<=\nContent-Length: )\d+(?=\r\n\r\nHTTP)", lambda match: b"%d" % (int(match[0]) + by), data, count=1
    )


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.warc.zst"])
@pytest.mark.parametrize("damage", ["too long", "far too long", "too short", "cut short", "noise before"])
def test_behind_a_damaged_record_the_others_are_read(tmp_path: Path, name: str, damage: str) -> None:
    three = [record(f"{ADDRESS}{number}", ONE) for number in (57366, 57367, 57368)]
    by = {"too long": 100, "far too long": 10**9, "too short": -50}.get(damage, 0)
    parts = [packed(longer(each, by) if at == 1 else each, Path(name).suffix) for at, each in enumerate(three)]
    parts[1] = b"noise\n" * (damage == "noise before") + (parts[1][:-200] if damage == "cut short" else parts[1])
    (tmp_path / name).write_bytes(b"".join(parts))
    read = outcomes(tmp_path / name)
    kept = (57366, 57367, 57368) if damage == "noise before" else (57366, 57368)
    assert [path for path, page in read.items() if isinstance(page, Page)] == [
        f"{name}/{ADDRESS}{number}@{STAMP}" for number in kept
    ]
    # Whether a cut record is seen to begin depends on where its packed bytes end.
    places = {"noise before": "0", "cut short": f"(?:0|{len(parts[0]):,})"}
    place = places.get(damage, f"{len(parts[0]):,}")
    assert re.search(f"damaged after byte {place}; the other records were read", problem_in(tmp_path / name).found)


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.warc.zst"])
def test_an_archive_that_breaks_off_in_a_head_gives_a_message(tmp_path: Path, name: str) -> None:
    archive = tmp_path / name
    first, second = (packed(each, Path(name).suffix) for each in RECORDS)
    archive.write_bytes(first + second[:60])
    assert [type(page).__name__ for page in outcomes(archive).values()] == ["Page", "Rejected"]
    assert "damaged after byte" in problem_in(archive).found


@pytest.mark.parametrize("by", [100, 10**9, -50])
def test_a_damaged_record_in_one_stream_ends_it(tmp_path: Path, by: int) -> None:
    three = [record(f"{ADDRESS}{number}", ONE) for number in (57366, 57367, 57368)]
    archive = saved(tmp_path / "whole.warc.gz", [three[0], longer(three[1], by), three[2]])
    assert [type(page).__name__ for page in outcomes(archive).values()] == ["Page", "Rejected"]
    assert problem_in(archive).code == "unreadable-container"


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "whole.warc.gz", "a.wacz"])
@pytest.mark.parametrize("damage", ["cut short", "changed", "empty", "noise"])
def test_a_damaged_web_archive_gives_a_message_or_fewer_pages(tmp_path: Path, name: str, damage: str) -> None:
    path = saved(tmp_path / name, RECORDS * 3)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    damaged = {"cut short": data[:middle], "changed": data[:middle] + b"\x00" * 50 + data[middle + 50 :], "empty": b""}
    path.write_bytes(damaged.get(damage, b"\x00\xff" * 500))
    codes = {problem.code for page in outcomes(path).values() for problem in getattr(page, "problems", ())}
    assert "builder-error" not in codes
    assert codes or damage in ("cut short", "changed")


ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Events</title><updated>2018-05-05T10:00:00+03:00</updated>
<entry><title>Talks with Rupert Hentzau</title><link rel="alternate" href="{ADDRESS}57366"/>
<published>2018-05-04T12:30:00+03:00</published><summary type="html">&lt;p&gt;They met.&lt;/p&gt;</summary>
<content type="html"><![CDATA[<p><b>Rudolf Elphberg:</b> Good day.</p><p><b>Rupert Hentzau:</b> It rains.</p>]]></content></entry>
<entry><title>A photo</title><link href="http://en.kremlin.ru/catalog/persons/1"/><content>x</content></entry>
</feed>""".encode()
RSS = f"""<rss version="2.0"><channel><item><title>Talks with Rupert Hentzau</title><link>{ADDRESS}57366</link>
<pubDate>Fri, 04 May 2018 12:30:00 +0300</pubDate>
<description>&lt;p&gt;Rudolf Elphberg: Good day.&lt;/p&gt;
&lt;p&gt;Rupert Hentzau: It rains.&lt;/p&gt;</description></item></channel></rss>""".encode()


@pytest.mark.parametrize(
    ("name", "feed"), [("feed.xml", ATOM), ("events.atom", ATOM), ("feed.rss", RSS), ("feed", ATOM)]
)
def test_an_entry_of_a_feed_is_a_page(tmp_path: Path, name: str, feed: bytes) -> None:
    (tmp_path / name).write_bytes(feed)
    read = pages_of(tmp_path / name)
    assert [*read] == [f"{name}#1"]
    [page] = read.values()
    assert (about(page).title, str(about(page).date), str(about(page).time)) == (
        *("Talks with Rupert Hentzau", "2018-05-04", "12:30:00"),
    )
    assert (about(page).url, about(page).lead) == (f"{ADDRESS}57366", "They met." if feed is ATOM else None)
    assert words(page) == [("Rudolf Elphberg", "Good day."), ("Rupert Hentzau", "It rains.")]


def test_a_feed_of_the_site_in_a_web_archive_gives_its_entries(tmp_path: Path) -> None:
    feed = record("http://en.kremlin.ru/events/all/feed", ATOM, media_type="application/atom+xml")
    read = pages_of(saved(tmp_path / "a.warc.gz", [feed, RECORDS[1]]))
    assert [*read] == [f"a.warc.gz/http://en.kremlin.ru/events/all/feed@{STAMP}#1", f"a.warc.gz/{NAMES[1]}"]


@pytest.mark.parametrize(
    "content",
    [b"<feed><entry>", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><feed>&b;</feed>", b"<feed/>", b""],
)
def test_a_feed_that_is_none_gives_a_message(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "feed.xml").write_bytes(content)
    [page] = outcomes(tmp_path / "feed.xml").values()
    assert page.problems[0].code in ("unreadable-container", "no-pages-in-file")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["a.warc.gz", "whole.warc.gz"])
def test_a_body_that_is_coded_wrongly_costs_its_page_alone(tmp_path: Path, name: str) -> None:
    sent = ["Content-Encoding: gzip"]
    wrong = [record(f"{ADDRESS}57365", data, sent=sent) for data in (b"x" * 500, gzip.compress(ONE)[:-100])]
    read = outcomes(saved(tmp_path / name, [*wrong, RECORDS[1]]))
    assert [type(page).__name__ for page in read.values()] == ["Rejected", "Rejected", "Page"]


def test_a_page_that_the_crawler_cut_short_is_refused(tmp_path: Path) -> None:
    old = b"<html><h1>Talks</h1><p>May 4, 2018</p><p>Rupert Hentzau: It rains, and it"
    cut = [
        record(f"{ADDRESS}{number}", data, more=["WARC-Truncated: length"])
        for number, data in ((57365, old), (57366, ONE))
    ]
    read = outcomes(saved(tmp_path / "a.warc.gz", cut))
    assert [type(page).__name__ for page in read.values()] == ["Rejected", "Page"]
    assert problem_in(tmp_path / "a.warc.gz").found == "one that the crawler cut short (length)"


@pytest.mark.parametrize("line", ["Content-Encoding: gzip", "Transfer-Encoding: chunked", "Content-Encoding: br"])
def test_a_body_from_which_a_tool_took_the_coding_is_read(tmp_path: Path, line: str) -> None:
    [page] = pages_of(saved(tmp_path / "a.warc.gz", [record(f"{ADDRESS}57366", ONE, sent=[line])])).values()
    assert page.source.byte_size == len(ONE)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://en.kremlin.ru:80/events/president/news/57366", f"{ADDRESS}57366"),
        ("HTTP://EN.Kremlin.ru/events/president/news/57366", f"{ADDRESS}57366"),
        (f"http://web.archive.org/web/2020/{ADDRESS}57366", f"http://web.archive.org/web/2020/{ADDRESS}57366"),
        *(
            (address, address)
            for address in (
                "https://www.en.kremlin.ru/events/president/news/57366/?utm_source=x",
                "http://en.kremlin.ru/events/president/news/57366/print",
                "http://en.kremlin.ru/d/57366",
                "http://en.special.kremlin.ru/events/president/news/57366",
                "http://eng.kremlin.ru/transcripts/8224",
                "http://eng.news.kremlin.ru/news/57366/",
                "http://eng.kremlin.ru/text/speeches/2009/09/10/1534_type104017_221527.shtml",
                "http://archive.kremlin.ru/eng/speeches/2007/02/10/0138_type82912type82914_118123.shtml",
                "http://www.kremlin.ru/eng/text/news/2008/05/200300.shtml",
            )
        ),
    ],
)
def test_an_address_is_the_sites_however_a_crawler_wrote_it(tmp_path: Path, address: str, name: str) -> None:
    [path] = pages_of(saved(tmp_path / "a.warc.gz", [record(address, ONE)]))
    assert path == f"a.warc.gz/{name}@{STAMP}"
