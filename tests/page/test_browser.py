"""The page as people use it: opened from disk in Chromium, with mouse, keys, phone and paper."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page

from tests.page.conftest import NODE_MODULES, Open

pytestmark = pytest.mark.browser

TALK = "2018-05-06-talks-with-rupert-hentzau"
SCREENS = {
    "first": "",
    "reader": f"#{TALK}",
    "source": f"#source:{TALK}-0002",
    "person": "#person:rupert-hentzau",
    "search": "#q=good",
    "nothing found": "#q=xyzzy",
}


def rows(page: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(page.parent / f"{table}.parquet").to_pylist()  # type: ignore[no-any-return]


def hits(page: Page) -> list[str]:
    """The turns that a search shows."""
    links = page.locator("#hits .when a").evaluate_all("links => links.map(link => link.hash.slice(1))")
    return [str(link) for link in links]


def search(page: Page, words: str) -> list[str]:
    page.locator("#q").fill(words)
    return hits(page)


# ---------------------------------------------------------------------------------------------------------------------
# Opening


def test_it_opens_from_disk_and_asks_for_nothing_but_itself(seeds: Path, open_page: Open) -> None:
    asked: list[str] = []
    page = open_page(seeds)
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked == [seeds.as_uri()]
    assert page.locator("#overview h1").is_visible()
    assert page.title().startswith("Kremlin Meetings: ")


def test_the_page_of_the_seeds_is_small(seeds: Path) -> None:
    assert seeds.stat().st_size < 250_000


@pytest.mark.parametrize("script", [True, False])
def test_every_utterance_reads_as_in_the_table(script: bool, seeds: Path, open_page: Open) -> None:
    page = open_page(seeds, java_script_enabled=script)
    for row in rows(seeds, "utterances"):
        turn = page.locator(f"[id='{row['utterance_id']}']")
        paragraphs = [" ".join(text.split()) for text in turn.locator("p.said").all_text_contents()]
        assert "\n\n".join(paragraphs) == row["text"]


def test_without_javascript_everything_but_the_search_is_there(invented: Path, open_page: Open) -> None:
    page = open_page(invented, java_script_enabled=False)
    for row in rows(invented, "utterances"):
        assert page.locator(f"[id='{row['utterance_id']}']").is_visible()
    for row in rows(invented, "speakers"):
        assert page.locator(f"[id='person:{row['speaker_id']}']").is_visible()
    assert not page.locator("#q").is_visible()
    assert not page.locator("#search").is_visible()
    page.locator(f"[id='{TALK}-0002'] .to-source").click()
    assert page.locator(f"[id='{TALK}'] .label").first.is_visible()
    page.locator(f"[id='{TALK}-0002'] .back").click()
    page.locator(f"[id='{TALK}-0002'] .cite summary").click()
    assert page.locator(f"[id='{TALK}-0002'] .cite pre").first.is_visible()


# ---------------------------------------------------------------------------------------------------------------------
# Pictures


def test_bars_are_as_long_as_their_numbers_say(seeds: Path, open_page: Open) -> None:
    page = open_page(seeds)
    found = page.locator("#words-by-speaker tbody tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('rect').getBoundingClientRect().width / "
        "row.querySelector('svg').getBoundingClientRect().width, Number(row.querySelector('.number').textContent)])"
    )
    most = max(words for _, words in found)
    assert sum(words for _, words in found) == sum(row["word_count"] for row in rows(seeds, "utterances"))
    assert all(length == pytest.approx(words / most, abs=0.01) for length, words in found)


def test_the_strip_of_a_meeting_leads_to_its_turns(seeds: Path, open_page: Open) -> None:
    meeting = rows(seeds, "meetings")[0]
    page = open_page(seeds, f"#{meeting['meeting_id']}")
    strip = page.locator(f"[id='{meeting['meeting_id']}'] .contents .strip rect")
    widths = strip.evaluate_all("items => items.map(item => item.getBoundingClientRect().width)")
    words = [row["word_count"] for row in rows(seeds, "utterances") if row["meeting_id"] == meeting["meeting_id"]]
    assert [width / sum(widths) for width in widths] == pytest.approx([count / sum(words) for count in words], abs=0.01)
    strip.nth(1).click()
    assert page.url.endswith(f"#{meeting['meeting_id']}-0002")


# ---------------------------------------------------------------------------------------------------------------------
# Reading


def test_one_screen_shows_at_a_time_and_back_goes_back(invented: Path, open_page: Open) -> None:
    page = open_page(invented)
    page.locator(".card h3 a", has_text="Talks with Rupert Hentzau").click()
    assert page.locator("main > .screen:visible").count() == 1
    assert page.locator(f"[id='{TALK}']").is_visible()
    page.locator(f"[id='{TALK}-0002'] a.name").click()
    assert page.locator("[id='person:rupert-hentzau']").is_visible()
    page.go_back()
    assert page.locator(f"[id='{TALK}']").is_visible()
    page.go_back()
    assert page.locator("#overview").is_visible()


def test_a_link_to_a_turn_opens_it_in_view(seeds: Path, open_page: Open) -> None:
    for row in rows(seeds, "utterances")[-1:]:
        page = open_page(seeds, f"#{row['utterance_id']}")
        box = page.locator(f"[id='{row['utterance_id']}']").bounding_box()
        assert box is not None
        assert -10 <= box["y"] < 900


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_source_shows_the_characters_that_the_row_names(size: str, seeds: Path, open_page: Open) -> None:
    segments: dict[str, str] = {}
    for row in rows(seeds, "segments"):
        segments[row["meeting_id"]] = segments.get(row["meeting_id"], "") + row["text"]
    utterances = rows(seeds, "utterances")
    page = open_page(seeds, size=size)
    for row in utterances:
        page.goto(f"{seeds.as_uri()}#source:{row['utterance_id']}")
        lit = page.locator(f"[id='{row['utterance_id']}'] :is(.speech, .insertion)")
        texts = lit.all_text_contents()
        passage = segments[row["meeting_id"]][row["start_char"] : row["end_char"]]
        assert passage.startswith(texts[0])
        assert passage.endswith(texts[-1])
        assert lit.first.is_visible()
        colours = lit.evaluate_all("items => items.map(item => getComputedStyle(item).backgroundColor)")
        assert len({*colours} - {"rgba(0, 0, 0, 0)"}) == 1


def test_the_source_shows_all_that_stands_around_a_turn(seeds: Path, open_page: Open) -> None:
    last = rows(seeds, "utterances")[-1]
    page = open_page(seeds, f"#source:{last['utterance_id']}")
    texts = [row["text"] for row in rows(seeds, "segments") if row["meeting_id"] == last["meeting_id"]]
    spans = page.locator(f"[id='{last['meeting_id']}'] .text :is(.between, .turn, p.said, p.aside) > span:not(.at)")
    assert spans.all_text_contents() == texts
    shown = spans.evaluate_all("spans => spans.map(span => getComputedStyle(span).display)")
    assert {*shown} == {"inline"}


def test_a_citation_is_copied(invented: Path, open_page: Open) -> None:
    page = open_page(invented, f"#{TALK}-0002", permissions=["clipboard-read", "clipboard-write"])
    turn = page.locator(f"[id='{TALK}-0002']")
    turn.locator("summary").click()
    turn.locator("button.copy").nth(1).click()
    page.wait_for_function("document.querySelector('button.copy[data-says]')")
    assert page.evaluate("navigator.clipboard.readText()") == turn.locator("pre").nth(1).text_content()


def test_paper_shows_the_transcript_and_nothing_around_it(invented: Path, open_page: Open) -> None:
    page = open_page(invented, f"#{TALK}")
    page.emulate_media(media="print")
    assert page.locator(f"[id='{TALK}-0001'] p.said").first.is_visible()
    assert page.locator(f"[id='{TALK}-0001'] .name").is_visible()
    for hidden in (".top", ".contents", ".tools", "#overview", ".back-to-list"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden


# ---------------------------------------------------------------------------------------------------------------------
# Searching


def test_search_finds_words_beginnings_and_phrases(invented: Path, open_page: Open) -> None:
    page = open_page(invented)
    both = [f"{TALK}-0001", "2018-05-08-meeting-with-rupert-hentzau-0001"]
    assert sorted(search(page, "strels")) == sorted(search(page, "STRELSAU")) == both
    assert f"{TALK}-0003" in search(page, "sit please")
    assert search(page, '"sit please"') == []
    assert f"{TALK}-0003" in search(page, "“please sit”")
    assert search(page, "laughter") == []


def test_search_finds_exactly_the_turns_that_hold_a_word(seeds: Path, open_page: Open) -> None:
    page = open_page(seeds)
    for word in ("economic", "friend", "cooperation", "2018"):
        expected = {row["utterance_id"] for row in rows(seeds, "utterances") if f" {word}" in f" {row['text'].lower()}"}
        assert set(search(page, word)) >= expected
        assert expected


def test_search_filters_by_speaker_year_and_office(invented: Path, open_page: Open) -> None:
    page = open_page(invented)
    search(page, "good")
    page.locator("#by-speaker").select_option("fritz-tarlenheim")
    assert hits(page) == ["2018-05-09-meeting-with-fritz-tarlenheim-0001"]
    assert "speaker=fritz-tarlenheim" in page.url
    page.locator("#by-office").select_option("Minister of Ports")
    assert len(hits(page)) == 1
    page.locator("#by-year").select_option("2018")
    assert page.locator("#count").inner_text() == "1 turn by 1 named speaker"


def test_the_address_holds_the_search_and_back_leaves_it(invented: Path, open_page: Open) -> None:
    page = open_page(invented)
    found = search(page, "good")
    address = page.url
    assert "#q=good" in address
    page.go_back()
    assert page.locator("#overview").is_visible()
    again = open_page(address)
    assert hits(again) == found
    assert again.locator("#q").input_value() == "good"
    again.locator("#hits .when a").first.click()
    assert again.locator(f"[id='{found[0]}']").is_visible()
    again.go_back()
    assert hits(again) == found


def test_all_turns_of_a_person_are_one_click_away(invented: Path, open_page: Open) -> None:
    page = open_page(invented, "#person:rupert-hentzau")
    page.locator("[id='person:rupert-hentzau'] .read-all").click()
    wanted = [row["utterance_id"] for row in rows(invented, "utterances") if row["speaker_id"] == "rupert-hentzau"]
    assert hits(page) == wanted


def test_hits_are_copied_as_csv(invented: Path, open_page: Open) -> None:
    page = open_page(invented, "#q=good", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#copy-hits").click()
    page.wait_for_function("document.querySelector('#copy-hits').textContent === 'Copied'")
    copied = list(csv.DictReader(io.StringIO(page.evaluate("navigator.clipboard.readText()"), newline="")))
    texts = {row["utterance_id"]: row["text"] for row in rows(invented, "utterances")}
    assert [row["utterance_id"] for row in copied] == hits(page)
    assert all(row["text"].replace("\r\n", "\n") == texts[row["utterance_id"]] for row in copied)
    assert copied[0]["link"] == f"{invented.as_uri()}#{copied[0]['utterance_id']}"


def test_counts_by_speaker_and_year_add_up(invented: Path, open_page: Open) -> None:
    page = open_page(invented, "#q=good")
    for table in page.locator("#facets table").all():
        assert sum(int(text) for text in table.locator(".number").all_text_contents()) == len(hits(page))


# ---------------------------------------------------------------------------------------------------------------------
# Keys


def test_keys_search_and_move_between_turns(invented: Path, open_page: Open) -> None:
    page = open_page(invented, f"#{TALK}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    assert page.url.endswith(f"#{TALK}-0002")
    page.keyboard.press("ArrowDown")
    assert page.url.endswith(f"#{TALK}-0003")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == f"{TALK}-0002"
    page.keyboard.press("/")
    page.keyboard.type("train")
    assert "#q=train" in page.url
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#hits') !== null")
    page.keyboard.press("Escape")
    assert page.locator(f"[id='{TALK}']").is_visible()


def test_tab_reaches_everything_that_a_mouse_does(invented: Path, open_page: Open) -> None:
    page = open_page(invented, f"#{TALK}")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.className + ' ' + document.activeElement.tagName"))
    assert {"skip A", "name A", "number A", "to-source A", " SUMMARY"} <= seen


# ---------------------------------------------------------------------------------------------------------------------
# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(screen: str, size: str, scheme: str, invented: Path, open_page: Open) -> None:
    page = open_page(invented, SCREENS[screen], size=size, scheme=scheme, bypass_csp=True)
    for summary in page.locator("summary:visible").all()[:3]:
        if screen == "reader":
            summary.click()
    page.add_script_tag(path=NODE_MODULES / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => JSON.stringify(result.violations))")
    assert [(item["id"], [node["html"][:150] for node in item["nodes"]][:3]) for item in json.loads(found)] == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(screen: str, width: int, invented: Path, seeds: Path, open_page: Open) -> None:
    for path in (invented, seeds):
        page = open_page(path, SCREENS[screen], size=(width, 800))
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_moves_while_the_page_loads(seeds: Path, open_page: Open) -> None:
    page = open_page(seeds)
    script = """() => new Promise(done => {
      let sum = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300);
    })"""
    assert page.evaluate(script) == 0


# ---------------------------------------------------------------------------------------------------------------------
# A large archive


def test_a_folder_is_searched_where_a_server_stands_behind_it(served: str, open_page: Open) -> None:
    page = open_page(served)
    page.locator("#q").fill("strelsau")
    page.locator("#hits li").nth(1).wait_for()
    assert hits(page) == ["2018-05-08-meeting-with-rupert-hentzau-0001", f"{TALK}-0001"]
    page.locator("#hits .when a").nth(1).click()
    page.locator(f"[id='{TALK}-0001']").wait_for()
    assert "/page/2018" in page.url
    page.go_back()
    page.locator("#hits li").nth(1).wait_for()


def test_a_folder_from_disk_says_what_it_cannot_do(archive: Path, open_page: Open) -> None:
    page = open_page(archive)
    page.locator("#q").fill("strelsau")
    assert page.locator("#count").inner_text() == "From disk, this page cannot search all years."
    assert "python -m http.server" in page.locator("#scope").inner_text()


def test_a_year_from_disk_searches_itself(archive: Path, open_page: Open) -> None:
    (path,) = (
        path for path in (archive.parent / "page").glob("2018*.html") if f'id="{TALK}"' in path.read_text("utf-8")
    )
    page = open_page(path)
    assert search(page, "strelsau") == [f"{TALK}-0001"]
    assert "Only this page’s meetings" in page.locator("#scope").inner_text()
