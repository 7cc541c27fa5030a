"""The page, read back."""

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import builder
from builder.errors import CommandError
from builder.exports.page import head, site, word_index
from builder.verify import verify_package
from builder.verify.exports import page as reader
from builder.verify.package_rows import Package
from tests.support import page_html, pages
from tests.support.exports import replace_text
from tests.support.page_html import Element, said, source_of

TALK = "2018-05-06-talks-with-rupert-hentzau"


@pytest.fixture(scope="module")
def page(exported_once: Path) -> Element:
    return page_html.read(exported_once / "dist" / "index.html")


def rows(package: Path, table: str) -> list[dict[str, object]]:
    return pq.read_table(package / "dist" / f"{table}.parquet").to_pylist()  # type: ignore[no-any-return]


def findings(package: Path) -> list[str]:
    """What the check of the page alone finds."""
    dist = package / "dist"
    found = reader.findings(Package(package), dist / "index.html", dist / "page", dist / "page")
    return [str(finding) for finding in found]


# ---------------------------------------------------------------------------------------------------------------------
# What it shows


def test_every_utterance_has_an_anchor_and_its_text(page: Element, exported_once: Path) -> None:
    turns = {turn.attributes["id"]: said(turn) for turn in page.all(tag="section", of="turn")}
    assert turns == {row["utterance_id"]: row["text"] for row in rows(exported_once, "utterances")}


def test_every_meeting_holds_its_source_to_the_character(page: Element, exported_once: Path) -> None:
    shown = {
        article.attributes["id"]: hashlib.sha256(source_of(article).encode()).hexdigest()
        for article in page.all(tag="article", of="meeting")
    }
    sources = [row for row in rows(exported_once, "sources") if row["status"] == "included"]
    assert shown == {row["meeting_id"]: row["text_sha256"] for row in sources}


def test_a_turn_shows_who_speaks_in_what_office_and_how(page: Element) -> None:
    turn = page.by_id(f"{TALK}-0001")
    assert turn.one(of="name").text == "Rudolf Elphberg"
    assert turn.one(of="name").attributes["href"] == "#person:rudolf-elphberg"
    assert turn.one(of="office").text == "President of Ruritania"
    assert turn.one(of="turn-note").text == "in German"
    assert [span.text for span in turn.all(of="direction")] == ["(Laughter.)"]
    assert [span.text for span in turn.all(of="insertion")] == ["[Rupert Hentzau]"]


def test_a_voice_without_a_name_has_its_label_and_no_link(page: Element) -> None:
    turn = page.by_id(f"{TALK}-0004")
    assert (turn.one(of="name").tag, turn.one(of="name").text) == ("span", "Remark")
    assert "data-speaker" not in turn.attributes


def test_a_citation_names_the_turn_its_source_and_its_characters(page: Element, exported_once: Path) -> None:
    text, bibtex = (pre.text for pre in page.by_id(f"{TALK}-0002").all(tag="pre"))
    row = next(row for row in rows(exported_once, "utterances") if row["utterance_id"] == f"{TALK}-0002")
    assert text.startswith(
        "Rupert Hentzau, turn 2 of 4 in “Talks with Rupert Hentzau”, 6 May 2018. President of Russia."
    )
    assert f"{TALK}-0002: characters {row['start_char']}–{row['end_char']} of the source text with SHA-256 " in text
    assert bibtex.startswith(f"@misc{{{TALK}-0002,\n  author = {{{{Rupert Hentzau}}}},\n  title = {{Talks with")


def test_a_person_has_turns_offices_words_and_company(page: Element) -> None:
    person = page.by_id("person:fritz-tarlenheim")
    assert [cell.text for cell in person.one(of="offices").all(tag="td")][::4] == [
        "Minister of Ports",
        "Minister of Railways",
    ]
    assert [item.one(tag="a").text for item in person.one(of="companions").all(tag="li")] == ["Rupert Hentzau"]
    assert [link.attributes["href"] for link in person.all(tag="a") if link.text.startswith("#")] == [
        "#2018-05-09-meeting-with-fritz-tarlenheim-0001",
        "#2018-06-05-excerpts-from-transcript-of-talks-on-railways-0002",
    ]


def test_the_pictures_have_the_numbers_of_the_tables(page: Element, exported_once: Path) -> None:
    meetings = rows(exported_once, "meetings")
    (year,) = page.by_id("timeline").one(tag="tbody").all(tag="tr")
    counts = [len(meetings), *(sum(row[name] for row in meetings) for name in ("utterance_count", "word_count"))]
    assert [cell.text for cell in year.all(tag="td") if cell.text] == [str(count) for count in counts]
    said = {row["speaker_id"]: 0 for row in rows(exported_once, "speakers")}
    for row in rows(exported_once, "participations"):
        said[row["speaker_id"]] += row["word_count"]
    shown = [
        int(table.one(tag="caption").one(of="words").text) for table in page.by_id("words-by-speaker").all(tag="table")
    ]
    assert sum(shown) == counts[-1]
    assert shown[:-1] == sorted(said.values(), reverse=True)


def test_links_within_the_page_lead_somewhere(page: Element) -> None:
    ids = [item.attributes["id"] for item in page.walk() if "id" in item.attributes]
    targets = {link.attributes["href"][1:] for link in page.all(tag="a") if link.attributes["href"].startswith("#")}
    assert {target for target in targets - {*ids} if not target.startswith("q=")} == set()
    assert len(ids) == len({*ids})


# ---------------------------------------------------------------------------------------------------------------------
# That it is safe

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)> & </article> {{ 7 * 7 }} \u2028 -->'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    text = pages.main(f"Rudolf Elphberg: Look: {HOSTILE}", "</script>", title='Talks on "<b>tags</b>" & {braces}_100%')
    builder.build_package([pages.save(folder / "pages", page=text)], folder / "out", exports="page")
    return folder / "out"


def test_markup_in_a_transcript_is_shown_and_is_no_markup(hostile: Path) -> None:
    page = page_html.read(hostile / "dist/index.html")
    (turn,) = page.all(tag="section", of="turn")
    assert said(turn) == rows(hostile, "utterances")[0]["text"]
    assert "<script>alert(" in said(turn)
    assert len(page.all(tag="script")) == 4
    assert page.all(tag="img") == page.all(tag="b") == []
    assert page.one(tag="article", of="meeting").one(tag="h1").text == 'Talks on "<b>tags</b>" & {braces}_100%'
    assert findings(hostile) == []


def test_what_a_citation_holds_cannot_break_bibtex(hostile: Path) -> None:
    page = page_html.read(hostile / "dist/index.html")
    _, bibtex = (pre.text for pre in page.one(tag="section", of="turn").all(tag="pre"))
    assert 'title = {Talks on "<b>tags</b>" \\& \\{braces\\}\\_100\\%},' in bibtex


def test_the_policy_allows_the_page_its_own_scripts_and_style_alone(page: Element) -> None:
    (policy,) = [meta.attributes["content"] for meta in page.all(tag="meta") if "http-equiv" in meta.attributes]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    scripts = [script.text for script in page.all(tag="script") if "type" not in script.attributes]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert allowed["script-src"] == " ".join(f"'sha256-{value}'" for value in hashes)
    assert "unsafe" not in policy


def test_the_page_loads_nothing(page: Element) -> None:
    loading = {"src", "srcset", "style", "action", "data", "poster"}
    assert [item.tag for item in page.walk() if loading & item.attributes.keys()] == []
    assert [item.attributes for item in page.all(tag="link")] == [{"rel": "icon", "href": "data:,"}]
    assert not re.search(r"url\((?!#)|@import", page.one(tag="style").text)


def test_linked_data_is_json_that_ends_no_script() -> None:
    text = head.inline_json({"a": "</script><!-- \u2028\u2029 &"})
    assert json.loads(text) == {"a": "</script><!-- \u2028\u2029 &"}
    assert not set("<>&\u2028\u2029") & {*text}


def test_the_head_holds_the_croissant_without_the_descriptions_of_columns(page: Element, exported_once: Path) -> None:
    (script,) = [script for script in page.all(tag="script") if script.attributes.get("type") == "application/ld+json"]
    croissant = json.loads((exported_once / "dist/croissant.json").read_text("utf-8"))
    for record_set in croissant["recordSet"]:
        for field in record_set["field"]:
            assert field.pop("description")
    assert json.loads(script.text) == croissant


def test_the_search_library_is_the_one_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert head.minisearch().startswith("/* MiniSearch 7.2.0\nCopyright 2022 Luca Ongaro")
    monkeypatch.setattr(head, "MINISEARCH_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="not the file whose hash is known"):
        head.minisearch()


# ---------------------------------------------------------------------------------------------------------------------
# Damage

DAMAGES = [
    ("sit down", "stand up", "text"),
    ("President of Ruritania</span>", "King of Ruritania</span>", "role"),
    ('data-country="RUS"', 'data-country="KOR"', "country"),
    (">Rupert Hentzau</a></h2>", ">Rupert</a></h2>", "speaker"),
    ('class="direction">(Laughter.)', 'class="speech">(Laughter.)', "segment"),
    (f'id="{TALK}-0002"', f'id="{TALK}-0009"', "turn"),
    ("turn 2 of 4 in", "turn 3 of 4 in", "citations"),
    ('<pre tabindex="0" role="region" aria-label="BibTeX">@misc{', '<pre>@book{', "citations"),
    ('class="text-sha256">', 'class="text-sha256">0', "text_sha256"),
    ("Voices without a name", "Nobody", "words by speaker"),
    ('<span class="size">', '<span class="size">1', "shares"),
    ('property="og:title" content="', 'property="og:title" content="x', "og:title"),
    ('name="description" content="', 'name="description" content="x', "description"),
    ('href="#person:rupert-hentzau">Rupert', 'href="#person:rupert-hentzau">R', "speaker: expected"),
    ('className="js"', 'className="x"', "first script"),
    ('class="to-source" href="#source:', 'class="to-source" href="#x:', "link of the source"),
    ('<ol class="appearances"><li', '<ol class="appearances"><li></li><li', "number of meetings"),
    ('"@type":"Dataset"', '"@type":"Thing"', "@type"),
    ('"cr":"http://mlcommons.org/croissant/"', '"cr":"http://example.org/"', "sha256 of @context"),
    ('"column":"word_count"', '"column":"word_counts"', "extract.column"),
    ('{"@context"', '["@context"', "linked data"),
    ("default-src &#39;none&#39;", "default-src *", "policy"),
    ("</style>", "*{color:red}</style>", "style"),
    ("SHOWN = 50", "SHOWN = 51", "script"),
    ("MiniSearch 7.2.0", "MiniSearch 7.2.1", "licence of the search"),
    ("</main>", '<img src="http://x">', "element img"),
    ("</main>", '<p onclick="x()"></p></main>', "attribute onclick"),
    ('<code class="sha256">', '<code class="sha256">0', "files"),
    ('class="count">', 'class="count">1', "counts"),
    ('datetime="2018', 'datetime="2019', "datetime"),
    ('datetime="2018', 'datetime="x', "datetime"),
    ("all of its ", "all of its 1", "characters of the source"),
    ('height="18" aria-hidden="true"><rect class="f', '><rect class="f9', "patterns of the strip"),
    ('height="28" aria-hidden="true"><a href="#', '><a href="#x', "links of the strip"),
    (f'<a href="#{TALK}" tabindex', '<a href="#x" tabindex', "links of the time line"),
    ("<title>speech: ", "<title>labels: ", "names of the shares"),
    ('<circle class="dot" cx="', '<circle class="dot" cx="9', "places on the time line"),
    ('<li class="card" data-meeting="', '<li class="card" data-meeting="x', "meetings"),
    ('<ul class="companions"><li>', '<ul class="companions"><li><a href="#person:x">X</a></li><li>', "who spoke"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), DAMAGES)
@pytest.mark.slow
def test_a_changed_value_is_found(old: str, new: str, says: str, exported: Path) -> None:
    replace_text(exported / "dist/index.html", old, new)
    found = findings(exported)
    assert any(says in line for line in found), found


@pytest.mark.parametrize("kind", ["meeting", "person"])
def test_a_lost_article_is_found(kind: str, exported: Path) -> None:
    path = exported / "dist/index.html"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(rf'<article class="screen {kind}".*?</article>', "", text, count=1, flags=re.DOTALL), "utf-8"
    )
    assert any(line.startswith("dist/index.html") for line in findings(exported))


# ---------------------------------------------------------------------------------------------------------------------
# A large archive


@pytest.fixture(scope="module")
def folder_once(tmp_path_factory: pytest.TempPathFactory, exported_once: Path) -> Iterator[Path]:
    """The same package, as if it were too large for one file."""
    folder = tmp_path_factory.mktemp("folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "_TOO_LONG", 0)
        patch.setattr(site, "_LONGEST_PART", 20_000)
        patch.setattr(word_index, "LONGEST", 500)
        builder.build_package(
            [exported_once.parent / "pages"], folder / "package", keep_going=True, exports="page,bundle"
        )
        yield folder / "package"


@pytest.fixture
def folder(folder_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_once, tmp_path / "package"))


def test_a_large_archive_has_a_folder_that_passes_every_check(folder_once: Path) -> None:
    names = {path.name for path in (folder_once / "dist/page").iterdir()}
    assert {"2018-1.html", "people-1.html", "words-1.json"} < names
    assert [str(finding) for check in verify_package(folder_once) for finding in check.findings] == []


def test_the_files_of_the_folder_are_described_and_bundled(folder_once: Path) -> None:
    resources = json.loads((folder_once / "datapackage.json").read_text("utf-8"))["resources"]
    by_path = {resource["path"]: resource for resource in resources}
    assert by_path["dist/page/2018-1.html"]["name"] == "page-2018-1-html"
    assert by_path["dist/page/2018-1.html"]["title"] == "Page: 2018-1"
    assert "  page/2018-1.html\n" in (folder_once / "dist/SHA256SUMS").read_text("utf-8")


def test_links_between_the_files_lead_somewhere(folder_once: Path) -> None:
    dist = folder_once / "dist"
    files = {path: page_html.read(path) for path in [dist / "index.html", *(dist / "page").glob("*.html")]}
    ids = {path: {item.attributes.get("id") for item in page.walk()} for path, page in files.items()}
    for path, page in files.items():
        for link in page.all(tag="a"):
            file, _, anchor = link.attributes["href"].partition("#")
            target = (path.parent / file).resolve() if file else path
            if file.startswith("http") or anchor.startswith("q="):
                continue
            assert target.is_file(), link.attributes
            assert not anchor or anchor in ids[target], link.attributes


def test_the_index_of_words_names_the_meetings_of_each(folder_once: Path) -> None:
    words: dict[str, list[int]] = {}
    for path in (folder_once / "dist/page").glob("words-*.json"):
        words |= json.loads(path.read_text("utf-8"))
    ids = [row["meeting_id"] for row in rows(folder_once, "meetings")]
    assert ids.index(TALK) == 1
    # The first meeting, and the steps to the next ones.
    assert words["strelsau"] == [1, 2]
    assert words["@fritz-tarlenheim"] == [4, 2]
    assert "laughter" not in words


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("2018-1.html", "Good morning", "Good evening"),
        ("people-1.html", "Minister of Ports", "Minister of Boats"),
        ("people-1.html", "</main>", '<img src="x"></main>'),
        ("words-1.json", "[", "[1,"),
        ("words-2.json", '":', 'x":'),
    ],
)
def test_damage_in_the_folder_is_found(file: str, old: str, new: str, folder: Path) -> None:
    replace_text(folder / "dist/page" / file, old, new)
    assert any(file in line or "index.html" in line for line in findings(folder))


@pytest.mark.parametrize("file", ["2018-1.html", "people-1.html", "words-1.json"])
def test_a_lost_file_of_the_folder_is_found(file: str, folder: Path) -> None:
    (folder / "dist/page" / file).unlink()
    assert findings(folder) != []


def test_a_package_with_a_folder_is_replaced_by_the_next_build(folder: Path, exported_once: Path) -> None:
    builder.build_package([exported_once.parent / "pages"], folder, keep_going=True, exports="page")
    assert not (folder / "dist/page").exists() or [*(folder / "dist/page").iterdir()]
    assert [str(finding) for check in verify_package(folder) for finding in check.findings] == []


@pytest.mark.parametrize("name", ["page/notes.html", "page/deep/2018.html", "pages/2018.html"])
def test_a_file_that_no_build_made_is_not_replaced(name: str, folder: Path, exported_once: Path) -> None:
    path = folder / "dist" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", "utf-8")
    with pytest.raises(CommandError, match="found page"):
        builder.build_package([exported_once.parent / "pages"], folder, keep_going=True)
    assert path.read_text("utf-8") == "mine"
