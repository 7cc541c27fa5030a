"""Whatever the bytes are, they become a package that verifies or a clean message: no crash, no hang, no endless memory."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import Result

from builder.errors import DataError
from builder.lexicon.names import KnownNames, split_label
from builder.lexicon.offices import office_in, sentences
from builder.reading import limits as bounds
from builder.reading.limits import (
    MAX_ATTRIBUTES,
    MAX_LINES,
    MAX_MARKS,
    MAX_NAMES,
    MAX_TAGS,
    MAX_TEXT_CHARS,
    MAX_TURNS,
    most_attributes,
    time_bound,
)
from tests.support import pages
from tests.support.commands import rows, run
from tests.support.names import letters, name
from tests.support.pages import as_reading, html
from tests.support.patterns import patterns, steep
from tests.support.promises import become, become_package, first_inputs, problem_of
from tests.support.told import brief, refusal

HEAD = "title: Talks\ndate: 2018-05-04\n\n"
SAT = pages.said("Rudolf Elphberg", "Please, sit down.")


def found_in(page: str) -> tuple[str, str]:
    """The code of the problem for which a page is rejected, and what was found."""
    problem = problem_of(page.encode())
    return problem.code, problem.found


def assert_printable(result: Result) -> None:
    output = result.stdout + result.stderr
    assert [character for character in output if not character.isprintable() and character != "\n"] == []


# ---------------------------------------------------------------------------------------------------------------------
# Bounds


def test_a_file_of_a_gigabyte_is_rejected_without_being_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with (tmp_path / "in/a.txt").open("wb") as file:
        file.write(b"Rudolf Elphberg: ")
        file.truncate(1 << 30)
    pages.save(tmp_path / "in", b=pages.main(*pages.DIALOGUE))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = run("build", tmp_path / "in", "--output", tmp_path / "out", "--keep-going", "--quiet")
    assert result.exit_code == 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    large, small = rows(tmp_path / "out", "sources")
    assert large["status"] == "rejected"
    assert "16,777,216" in large["reason"]
    assert "1,073,741,824" in large["reason"]
    assert (large["sha256"], large["byte_size"], large["text_length"]) == (None, None, None)
    assert small["status"] == "included"
    assert run("verify", tmp_path / "out", "--sources", tmp_path / "in").exit_code == 0


def test_a_line_longer_than_a_text_may_be_is_rejected() -> None:
    problem = problem_of((HEAD + "Rudolf Elphberg: " + "a" * MAX_TEXT_CHARS).encode())
    assert (problem.code, problem.found) == ("text-too-long", f"{MAX_TEXT_CHARS + len(HEAD) + 17:,}")
    assert "2,097,152" in problem.expected


@pytest.mark.slow
def test_more_lines_than_a_text_may_have_are_rejected_and_blank_ones_are_not_counted() -> None:
    assert found_in(HEAD + "a\n" * MAX_LINES) == ("too-many-lines", "50,002")
    assert become((HEAD + "\n" * 200_000 + "Rudolf Elphberg: Yes.").encode()).status == "included"


def test_more_brackets_than_a_text_may_have_are_rejected() -> None:
    assert found_in(HEAD + "Rudolf Elphberg: " + "[a]" * (MAX_MARKS + 1)) == ("too-many-marks", "100,001")


@pytest.mark.slow
def test_a_million_labels_are_rejected() -> None:
    assert found_in(HEAD + "A B: Y.\n" * 1_000_000)[0] == "text-too-long"
    problem = problem_of((HEAD + "A B: Y.\n" * 10_000).encode())
    assert (problem.code, problem.found) == ("too-many-items", "10,000")
    assert "9,999 turns" in problem.expected


@pytest.mark.slow
def test_the_last_turn_that_an_id_can_count_is_read(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=HEAD + "A B: Y.\n" * MAX_TURNS)
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    ids = [str(row["utterance_id"]) for row in rows(tmp_path / "out", "utterances")]
    assert ids == sorted(ids)
    assert ids[-1] == "2018-05-04-talks-9999"


def test_more_names_than_are_compared_are_rejected() -> None:
    talk = "".join(f"{name(number)}: Yes.\n\n" for number in range(MAX_NAMES + 1))
    labels = problem_of((HEAD + talk).encode())
    tags = [(f"Hen{letters(number)}tzau Rupert", number + 1) for number in range(MAX_NAMES + 1)]
    persons = problem_of(html(SAT, persons=tags).encode())
    assert {(problem.code, problem.found) for problem in (labels, persons)} == {("too-many-items", "1,001")}
    assert "labels" in labels.expected
    assert "persons" in persons.expected


@pytest.mark.parametrize(
    ("markup", "code", "bound"),
    [
        ("<div>" * 100_000, "too-many-items", "20,000 tags"),
        ("".join(f"<b a={n}><p>" for n in range(9_000)), "too-many-styled-words", "22 "),
        ("<p " + " ".join(f"a{n}" for n in range(100_000)) + ">", "too-many-items", "8,000 attributes"),
        ("".join(f"<body a{n}>" for n in range(10_000)), "too-many-items", "8 tags"),
        ("<p>" + "a " * MAX_TEXT_CHARS, "text-too-long", "2,097,152 "),
    ],
    ids=["depth", "open marks", "attributes", "bodies", "length"],
)
def test_markup_that_would_take_the_parser_hours_or_all_memory_is_rejected(markup: str, code: str, bound: str) -> None:
    start = time.process_time()
    problem = problem_of(html(SAT, markup).encode())
    assert problem.code == code
    assert bound in problem.expected
    assert time.process_time() - start < 5


@pytest.mark.slow
def test_markup_as_deep_as_may_be_is_read() -> None:
    depth = MAX_TAGS // 2 - 100
    page = html(SAT, "<div>" * depth + "deep" + "</div>" * depth)
    assert as_reading(page).turns[0].text.endswith("deep")
    # Marks need no end, so they may be twice as deep.
    assert as_reading(html(SAT, "<p>" + "<b>" * (MAX_TAGS - 200) + "deep")).turns[0].text.endswith("deep")


def test_pictures_that_an_article_holds_itself_do_not_count() -> None:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgo/" * 300_000}" alt="At talks.">'
    assert as_reading(html(SAT, picture)).turns[0].text == "Please, sit down."


def _never_end() -> None:
    with time_bound("a.txt"):
        while True:
            pass


def test_a_page_that_takes_too_long_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_READING_SECONDS", 0.05)
    problem = refusal(_never_end)
    assert brief(problem) == "a.txt: too-slow"
    assert "0.05" in problem.expected
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_the_bounds_of_an_attribute_s_count_hold_whatever_quotes_and_comments_hide() -> None:
    """A tag whose attributes stand in what looks like a comment, a value or another tag has no fewer."""
    attributes = " ".join(f"a{n}" for n in range(100))
    for before in ("<p ", "<!-- <p ", '<p title="<br ', "<p title='\"<br ", "<script><br ", '<p a"b="x> <br ', "</p "):
        assert 100 <= most_attributes(f"{before}{attributes}>") <= 110
    assert most_attributes('<p a="b"c="d"e=f>' * 100) <= 6
    assert MAX_ATTRIBUTES > most_attributes(html(SAT)) > 4


@pytest.mark.parametrize(
    ("markup", "most"),
    [
        ("", 0),
        ("a b", 0),
        ("<p>", 0),
        ("<p a>", 1),
        ("<p a b><p c>", 2),
        ("<p a='b'c='d'>", 3),
        ('<p a=">" b c>', 4),
        ("<p a='>' b c>", 4),
        ("<p>it's a b</p>", 0),
    ],
)
def test_each_white_space_in_a_tag_and_each_end_of_a_value_may_begin_an_attribute(markup: str, most: int) -> None:
    assert most_attributes(markup) == most


@pytest.mark.parametrize(("more", "found"), [(1, "more"), (2, f"{bounds.MAX_FILE_BYTES + 2:,} bytes")])
def test_a_file_s_size_is_told_where_it_is_known(more: int, found: str) -> None:
    """One byte too many was read of a stream, to see that there are more."""
    with pytest.raises(DataError) as caught:
        bounds.check_size(bounds.MAX_FILE_BYTES + more, "a.html")
    assert caught.value.problems[0].found == found
    bounds.check_size(bounds.MAX_FILE_BYTES, "a.html")


# ---------------------------------------------------------------------------------------------------------------------
# Text that is not what it seems

ODD = {
    "NUL": "\x00",
    "escape": "\x1b[2J\x1b]8;;http://a.b\x07",
    "C1": "\x9b2J\x85",
    "vertical tab, form feed": "\x0b\x0c",
    "file separators": "\x1c\x1d\x1e\x1f",
    "bidirectional": "\u202e\u2066\u200f",
    "separators": "\u2028\u2029",
    "zero width": "\u200b\u200d\ufeff",
    "no character": "\ufffe\uffff\U0010ffff",
    "astral": "\U0001f600\U0001d56c",
    "combining": "\u0301\u0301\u20dd",
    "no-break": "\xa0\u202f\u2007",
    "hyphen": "\xad\u2011",
    "digits": "\u0661\u0968\uff11",
    "replacement": "\ufffd",
    "private": "\ue000",
}
ESCAPES = {
    "NUL": "&#0;",
    "escape": "&#27;[2J",
    "C1": "&#155;2J",
    "a lone surrogate": "&#xD800;&#xDFFF;",
    "beyond Unicode": "&#x110000;&#99999999999999999999;",
    "ten thousand digits": f"&#{'1' * 10_000};",
    "bidirectional": "&#x202e;",
    "no such name": "&hentzau;&;&#;&#x;",
}
PLACES: dict[str, Callable[[str], str]] = {
    "main": lambda odd: pages.main(
        f"Rudolf Elphberg: It{odd}rains", lead=f"They met{odd}.", persons=(f"Hentzau{odd} Rupert",)
    ),
    "accessible": lambda odd: pages.accessible(f"Rudolf{odd} Elphberg: It rains.", f"{odd}", title=f"Talks{odd}"),
    "plain": lambda odd: f"title: Talks{odd}\ndate: 2018-05-04{odd}\n\n**Rudolf Elphberg{odd}:** It {odd} **rains**\n",
    "html": lambda odd: html(
        pages.said(f"Rudolf {odd}Elphberg", f"It [{odd}] rains {odd}."), title=f"Talks {odd}", slides=(odd,)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_characters_are_kept_or_rejected(place: Callable[[str], str], odd: str) -> None:
    assert become_package(place(odd).encode("utf-8")) in ("included", "rejected")


@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES)
@pytest.mark.slow
def test_odd_entities_are_characters_or_text_and_never_grow(escape: str) -> None:
    page = html(pages.said("Rudolf Elphberg", f"It rains{escape}."), escape)
    assert become_package(page.encode()) == "included"
    assert len(as_reading(page).document.text) <= len(page)


def test_entities_that_a_page_declares_are_refused() -> None:
    """HTML has no such declarations; a parser takes them for a comment, up to the next tag."""
    declared = '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;">]>&d;'
    assert become_package(html(pages.said("Rudolf Elphberg", f"It rains{declared}.")).encode()) == "rejected"


def test_lone_surrogates_in_bytes_are_no_text() -> None:
    assert problem_of(HEAD.encode() + b"Rudolf Elphberg: \xed\xa0\x80").code == "not-utf-8"


DIGITS = "1" * 10_000
NUMBERED = {
    "day": f"{HEAD}\nMay {DIGITS}, 2018\n",
    "date": pages.main(*pages.TALK, date=f"May {DIGITS}, 2018"),
    "year": pages.main(*pages.TALK, date=f"May 4, {DIGITS}"),
    "field": f"title: Talks\ndate: {DIGITS}-05-04\n\nRudolf Elphberg: Yes.",
    "time": pages.main(*pages.TALK, time=f"{DIGITS}:30"),
    "time of a field": f"{HEAD.strip()}\ntime: 12:{DIGITS}\n\nRudolf Elphberg: Yes.",
    "title": pages.main(*pages.TALK, title=f"Talks {DIGITS}"),
    "slide": pages.main(f"{DIGITS} of {DIGITS}", *pages.TALK),
    "status": pages.main(*pages.TALK).replace("Text version", f"Direct link: en.kremlin.ru/d/{DIGITS}\nText version"),
    "footnote": f"{HEAD}Rudolf Elphberg: Yes[{DIGITS}].",
    "address": f"title: Talks\ndate: 2018-05-04\nurl: http://en.kremlin.ru/d/{DIGITS}\n\nRudolf Elphberg: Yes.",
    "event": html(SAT).replace("event-51374", f"event-{DIGITS}"),
    "machine's date": html(SAT, date="2018-05-04").replace('datetime="2018-05-04"', f'datetime="{DIGITS}"'),
    "machine's time": html(SAT, time=f"{DIGITS}:30"),
    "persons": html(
        pages.said(pages.person_link("Rupert Hentzau", int("1" * 4_000)).replace("1" * 4_000, DIGITS), "Yes."),
        pages.said(pages.person_link("Rudolf Elphberg", 2), "Yes."),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("page", NUMBERED.values(), ids=NUMBERED)
def test_numbers_of_ten_thousand_digits_are_text_or_no_date(page: str) -> None:
    assert become_package(page.encode()) in ("included", "rejected")


def test_marks_around_words_with_a_space_between_are_a_package_that_verifies() -> None:
    for body in ("Yes, **a** **b** c", "Yes, [a](http://a.b/c) \\* b", "Yes (**in** **German**) [**a** **b**]"):
        assert become_package(f"{HEAD}Rudolf Elphberg: {body}".encode()) == "included"
    assert as_reading(f"{HEAD}Rudolf **Elphberg** **Fritz**: Yes, **a** **b**").turns[0].text == "Yes, a b"


def test_sections_of_a_status_stand_without_the_space_that_a_comma_leaves() -> None:
    page = pages.main(*pages.TALK, published="News , Transcripts")
    assert as_reading(page).document.metadata.published_in == ("News", "Transcripts")


def test_a_comma_alone_behind_a_name_is_no_office() -> None:
    assert office_in(sentences("They met Rupert Hentzau, , and more."), ["Rupert Hentzau"]) is None


# ---------------------------------------------------------------------------------------------------------------------
# Any bytes

_LINES = (
    "Events", "Meeting with Rupert Hentzau", "May 4, 2018", "12:30", "The Castle, Zenda", "View settings", "Font size:",
    "Transcripts /", "Rudolf Elphberg: Yes.", "President of Ruritania Rudolf Elphberg: Yes, [in Zenda].", "Rupert Hentzau",
    ": No.", "Question (in German): Why?", "R. Hentzau: <…>", "* * *", "<…>", "(Applause.)", "1 of 2", "See also", "Persons",
    "Hentzau Rupert", "Publication status", "Published in sections: News", "Direct link: en.kremlin.ru/d/5", "Text version",
    "title: Talks", "date: 2018-05-04", "# Talks", "Topics", "GEOGRAPHY",
    "- **Rupert Hentzau:** [a](http://b.c/d) \\*", "> a", "goes on and on",
    "![a](b.png)", "To be continued.", "", "",
)  # fmt: skip
_MARKUP = (
    "<p>", "</p>", "<b>", "</b>", "<i>", "<div>", "</div>", "<br>", "<table>", "<td>", "<svg>", "<script>", "<template>",
    '<div class="slider">', '<div class="read__tags">', "<h3>Persons</h3>", '<span class="read__tooltip">', "<!--", "-->",
    '<a href="/catalog/persons/3/">', "</a>", '<a href="/catalog/countries/KZ">', '<time datetime="2018-05-04">', "<xmp>",
    '<div class="read__published">', '<div class="entry-content">', "<h1 class=entry-title>", "Rudolf Elphberg:", "<select>",
    "Yes [in Zenda]. ", "&#27;", "&#xD800;", "&lt;…&gt;", "(Applause.)", '<img data-text="At talks." alt="a">', "</article>",
)  # fmt: skip
_odd = st.sampled_from([*ODD.values(), DIGITS[:5_000], " ", "\t", "\r", "*", "[", "(", "<", ":"])
_line = st.lists(st.sampled_from(_LINES) | _odd, min_size=1, max_size=3).map("".join)
_heads = st.sampled_from(["", HEAD, "Events\nTalks\nMay 4, 2018\n", "View settings\nFont size:\nTalks\nMay 4, 2018\n"])
texts = st.tuples(_heads, st.lists(_line, max_size=20).map("\n".join)).map("".join)
markups = st.lists(st.sampled_from(_MARKUP) | _odd, max_size=25).map(lambda parts: html(SAT, "".join(parts)))
_settings = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    "page",
    [
        "May 4, 2018\nMay 4, 2018",
        *(
            f"{HEAD}Rudolf Elphberg: Yes.\n\n{tags}\n\nPublication status\n\nText version\n"
            for tags in ("Topics\nTopics\nSport", "TOPICS\nSport\nPERSONS\nHentzau Rupert", "To**pic**s\nSport")
        ),
    ],
    ids=["a date twice and nothing else", "a heading twice", "headings in capitals", "a heading that marks part"],
)
def test_an_odd_page_becomes_a_package_that_verifies(page: str) -> None:
    assert become_package(page.encode()) == "included"


@pytest.mark.slow
@given(texts)
@_settings
def test_any_lines_become_a_package_that_verifies_or_a_clean_message(text: str) -> None:
    become_package(text.encode())


@pytest.mark.slow
@given(markups)
@_settings
def test_any_markup_becomes_a_package_that_verifies_or_a_clean_message(page: str) -> None:
    become_package(page.encode("utf-8", "replace"))


@given(st.sampled_from(sorted(first_inputs().values())), st.randoms(use_true_random=False))
@_settings
def test_any_changed_bytes_become_rows_that_the_models_allow_or_a_clean_message(
    page: bytes, chance: random.Random
) -> None:
    data = bytearray(page)
    for _ in range(chance.randrange(1, 20)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randrange(40))
        data[start:end] = chance.choice(
            [b"", data[end : end + 40], bytes([chance.randrange(256)]) * 3, data[start:end] * 2]
        )
        if not data:
            break
    become(bytes(data))


_label_words = st.sampled_from(["Rupert", "Hentzau", "of", "Zenda,", "Minister", "Rudolf"])
_full_names = st.sampled_from(["Rupert", "Rupert Hentzau", "Zenda", "Hentzau", "of Zenda", "Rudolf Hentzau"])


@given(st.lists(_label_words, min_size=1, max_size=5), st.lists(_full_names, max_size=4))
def test_known_names_are_found_as_by_looking_at_each(words: list[str], names: list[str]) -> None:
    label = " ".join(words)
    plain = next(
        (
            known
            for known in sorted(dict.fromkeys(names), key=len, reverse=True)
            if label == known or label.endswith(" " + known) or label.startswith(known + ", ")
        ),
        None,
    )
    assert KnownNames(names).fitting(label) == plain
    if plain is not None:
        assert split_label(label, KnownNames(names)) is not None


# ---------------------------------------------------------------------------------------------------------------------
# Patterns


@pytest.mark.slow
def test_every_pattern_takes_linear_time_on_texts_made_against_it() -> None:
    """With fewer and shorter texts than `python -m benchmarks.robustness.patterns`: what blows up by powers of two shows here."""
    found = list(patterns())
    assert len(found) > 140
    assert [finding for used in found for finding in steep(used, length=1_000, tails=1)] == []


# ---------------------------------------------------------------------------------------------------------------------
# Links


def test_a_link_out_of_the_folder_is_followed_and_no_table_shows_where_it_leads(tmp_path: Path) -> None:
    pages.save(tmp_path / "elsewhere", secret=pages.main(*pages.DIALOGUE))
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "elsewhere/secret.txt")
    assert run("build", tmp_path / "in", "--output", tmp_path / "out", "--quiet").exit_code == 0
    assert [row["path"] for row in rows(tmp_path / "out", "sources")] == ["a.txt"]
    for file in (tmp_path / "out").rglob("*"):
        assert file.is_dir() or b"elsewhere" not in file.read_bytes()


# ---------------------------------------------------------------------------------------------------------------------
# What is printed never steers a terminal, nor is read as markup

STEERING = "&#27;[2J&#155;1m&#x202e;[red]a[/red][link=http://a.b]c&#7;&#27;]8;;http://a.b&#7;"


def test_what_html_escapes_is_shown_by_inspect_and_not_sent(tmp_path: Path) -> None:
    page = html(pages.said("Rudolf Elphberg", f"It rains{STEERING}."), title=f"Talks {STEERING}", slides=(f"At {STEERING}",),
                place=f"Zenda{STEERING}", topics=(STEERING,), persons=((f"Hentzau {STEERING}", 3),))  # fmt: skip
    file = tmp_path / "a.html"
    file.write_text(page, "utf-8")
    result = run("inspect", file)
    assert result.exit_code == 0
    assert_printable(result)
    assert r"It rains\x1b[2J" in result.stdout
    assert "[red]a[/red][link=http://a.b]c" in result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    pages.save(folder / "in", a=pages.main(*pages.DIALOGUE))
    assert run("build", folder / "in", "--output", folder / "out", "--quiet").exit_code == 0
    return folder / "out"


@pytest.fixture
def package(built: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "package"
    subprocess.run(["cp", "-r", built, copied], check=True)
    return copied


NASTY = "\x1b[2J\u202e[red]a[/red]"
DESCRIPTORS: dict[str, str] = {
    "deep": "[" * 100_000,
    "deep objects": '{"version":' * 100_000,
    "huge number": '{"version": 1e999999, "created": ' + "9" * 10_000 + "}",
    "NaN": '{"version": NaN}',
    "steering": json.dumps({"version": NASTY, NASTY: NASTY}),
    "control characters in a version": '{"version": "0.2.0\\u001f"}',
    "no object": "[]",
    "empty": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("content", DESCRIPTORS.values(), ids=DESCRIPTORS)
def test_a_hostile_descriptor_is_a_finding(package: Path, built: Path, content: str) -> None:
    (package / "datapackage.json").write_text(content, "utf-8")
    results = [
        run("verify", package),
        run("verify", package, "--against", built),
        run("verify", built, "--against", package),
    ]
    for result in results:
        assert result.exit_code == 1
        assert_printable(result)


def test_checksums_of_files_elsewhere_are_findings_and_nothing_elsewhere_is_read(package: Path) -> None:
    with (package / "dist/SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  ../../secret\n{'0' * 64}  /etc/passwd\n{'0' * 64}  {NASTY}\n")
    (package.parent / "secret").write_text("secret")
    result = run("verify", package)
    assert result.exit_code == 1
    assert "dist/../../secret: " in result.stdout
    assert "2bb80d53" not in result.stdout  # how the secret's hash begins
    assert r"\x1b[2J\x202e[red]a[/red]" in result.stdout
    assert_printable(result)


@pytest.mark.parametrize("name", ["dist/meetings.csv", "dist/utterances.parquet", "dist/other", "datapackage.json"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
@pytest.mark.slow
def test_a_pipe_or_device_in_a_package_is_refused_and_not_read(
    package: Path, built: Path, name: str, make: Callable[[Path], None]
) -> None:
    (package / name).unlink(missing_ok=True)
    make(package / name)
    gold = package.parent / "gold.jsonl"
    gold.write_text(json.dumps(GOLD) + "\n")
    commands = [("verify", package), ("verify", built, "--against", package), ("review", package)]
    for command in [*commands, ("evaluate", package, gold)]:
        result = run(*command)
        assert (result.exit_code, result.stderr.partition(": ")[0]) == (2, f"{package}/{name}")


def test_a_hostile_table_of_another_package_is_compared_and_not_sent(package: Path, built: Path) -> None:
    (package / f"dist/{NASTY}.parquet".replace("/red", "")).write_bytes(b"")
    (package / "dist/meetings.parquet").write_bytes(b"no table")
    for command in (("verify", package), ("verify", built, "--against", package), ("review", package)):
        result = run(*command)
        assert result.exit_code == 1
        assert_printable(result)


GOLD = {
    "source": "1", "date": "2018-05-04", "gold_sure": True, "turns": [], "nonspeech": [], "inline_directions": [],
    "optional_starts": [],
}  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        json.dumps({**GOLD, "source": 9}),
        json.dumps({**GOLD, "date": NASTY, "gold_sure": NASTY}),
        '{"source": ' + "9" * 10_000 + "}",
        json.dumps({**GOLD, "more": 0}).replace("0}", "[" * 100_000),
        "\x00",
        '{"source": "\\ud800"}',
    ],
    ids=["deep", "deep objects", "type", "steering", "digits", "deep inside", "NUL", "surrogate"],
)
def test_a_hostile_gold_standard_and_hostile_predictions_are_clean_messages(tmp_path: Path, line: str) -> None:
    hostile, good, turns = tmp_path / "hostile.jsonl", tmp_path / "gold.jsonl", tmp_path / "turns.jsonl"
    hostile.write_text(line, "utf-8")
    good.write_text(json.dumps(GOLD), "utf-8")
    turns.write_text('{"source": "1", "label": "A", "text": "B"}', "utf-8")
    result = run("evaluate", turns, hostile)
    assert result.exit_code == 1
    assert_printable(result)
    assert_printable(run("evaluate", hostile, good))


def test_gold_dates_and_sources_are_shown_and_not_sent(tmp_path: Path) -> None:
    gold, turns = tmp_path / "gold.jsonl", tmp_path / "turns.jsonl"
    gold.write_text(json.dumps({**GOLD, "source": NASTY, "date": NASTY}), "utf-8")
    turns.write_text(json.dumps({"source": f"x{NASTY}", "seq": 1e300, "label": NASTY, "text": NASTY}), "utf-8")
    result = run("evaluate", turns, gold)
    assert result.exit_code == 0
    assert_printable(result)


@pytest.mark.parametrize("content", ["gold_sha256 = " + "9" * 10_000, "a = " + "[" * 100_000, "\x00", NASTY])
def test_hostile_floors_are_clean_messages(tmp_path: Path, content: str) -> None:
    (tmp_path / "floors.toml").write_text(content, "utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD), "utf-8")
    result = run("evaluate", tmp_path / "gold.jsonl", tmp_path / "gold.jsonl", "--floor", tmp_path / "floors.toml")
    assert result.exit_code == 1
    assert_printable(result)


@pytest.mark.parametrize(
    "table",
    [
        "file,sha256,url\n" + '"' * 100_001,
        "file,sha256,url\n" + "a" * 1_000_000,
        "file,sha256,url\na,\x00,b\n",
        f"file,sha256,url\n{NASTY},{'0' * 64},{NASTY}\n",
        "\ufeff" * 3,
        "file,sha256,url\n" + f"a,{'0' * 64},http://{'1' * 4_000}\n" * 2_000,
    ],
    ids=["quotes", "long cell", "NUL", "steering", "marks", "long table"],
)
def test_a_hostile_provenance_table_is_read_or_a_clean_message(tmp_path: Path, table: str) -> None:
    pages.save(tmp_path / "in", a=pages.main(*pages.DIALOGUE))
    (tmp_path / "in/provenance.csv").write_text(table, "utf-8")
    result = run("build", tmp_path / "in", "--output", tmp_path / "out")
    assert result.exit_code in (0, 1)
    assert_printable(result)


@pytest.mark.slow
def test_a_page_of_the_largest_size_is_read_in_a_bounded_memory() -> None:
    """In a process of its own, which may take no more."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "from tests.support.promises import become\n"
        f"print(become(({HEAD!r} + 'Rudolf Elphberg: ' + 'It rains. ' * 209_000).encode()).status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("included\n", "")
