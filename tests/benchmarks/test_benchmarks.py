"""The benchmark's archive: what is grown from a page is another page, not a duplicate of it."""

import re
from pathlib import Path

import pytest

import builder
from benchmarks import exports, stages
from benchmarks.grow import grow
from builder.package.export_files import EXPORTS
from tests.support import pages


def page(event_id: int, title: str, *body: str) -> bytes:
    """An invented page with the marks that growing changes."""
    address = f"http://en.kremlin.ru/events/president/news/{event_id}"
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return (
        f'<!doctype html><html><head><meta property="og:url" content="{address}"/></head><body>'
        f'<article id="event-{event_id}"><h1 class="entry-title p-name">{title}</h1>'
        f'<time class="read__published" datetime="2018-12-30">December 30, 2018</time>{paragraphs}'
        f'<a href="http://en.kremlin.ru/d/{event_id}">en.kremlin.ru/d/{event_id}</a></article></body></html>'
    ).encode()


def test_grown_pages_differ_in_id_date_title_and_words(tmp_path: Path) -> None:
    (tmp_path / "501.html").write_bytes(page(501, "Talks in Zenda", "<b>Rupert Hentzau:</b> So it is.", "* * *"))
    (tmp_path / "502.html").write_bytes(page(502, "Ball <i>in</i> Strelsau", "All danced, “until dawn.” "))
    grow(sorted(tmp_path.glob("*.html")), tmp_path / "grown", 50)
    grown = {path.stem: path.read_text("utf-8") for path in (tmp_path / "grown").rglob("*.html")}
    assert len(grown) == 50
    for event_id, text in grown.items():
        assert re.findall(r"(?:news/|event-|/d/)([0-9]+)", text) == [event_id] * 4
    for pattern in (r"<h1.*</h1>", r"(?:So it is|until dawn) [0-9]+\.", r'datetime="[^"]*">[^<]*<'):
        shown = {(("Talks" in text), match[0]) for text in grown.values() if (match := re.search(pattern, text))}
        assert len(shown) == 50, pattern
    first = grown["100000"]
    assert '<h1 class="entry-title p-name">Talks in Zenda 1</h1>' in first
    assert 'datetime="2019-04-06">April 6, 2019<' in first
    assert "<b>Rupert Hentzau:</b> So it is 1.</p><p>* * *</p>" in first


def test_a_tenth_of_an_archive_holds_the_same_pages_as_the_others(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{500 + number}.html").write_bytes(page(500 + number, f"Day {number} in Zenda", "It rained."))
    grow(sorted(tmp_path.glob("*.html")), tmp_path / "grown", 50)
    parts = [
        sorted(re.findall(r"Day [0-9]", "".join(path.read_text("utf-8") for path in part.iterdir())))
        for part in (tmp_path / "grown").iterdir()
    ]
    assert parts == [parts[0]] * 10
    assert len(set(parts[0])) == 5


def test_every_stage_of_the_profile_names_a_function_of_the_builder() -> None:
    stages.check()


@pytest.mark.slow
def test_every_export_is_timed_and_the_package_left_as_it_was(tmp_path: Path) -> None:
    folder = pages.save(tmp_path / "pages", page=pages.main("Rudolf Elphberg: Good morning."))
    builder.build_package([folder], tmp_path / "package")
    before = sorted(tmp_path.rglob("*"))
    seconds = exports.measure(tmp_path / "package")
    assert list(seconds) == [export.name for export in EXPORTS]
    assert all(0 <= taken < 60 for taken in seconds.values())
    assert sorted(tmp_path.rglob("*")) == before
