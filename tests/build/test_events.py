"""Which sources show one event, which of them stands for it, how events are told apart, and who takes part in several."""

import hashlib
from pathlib import Path

import pytest
from typer.testing import Result

from tests.conftest import is_thorough
from tests.support import pages
from tests.support.commands import rows, run

MEETING = "2018-05-04-meeting-with-rupert-hentzau"
ADDRESS = "http://en.kremlin.ru/events/president/news/"

RAILWAY = (
    "President of Ruritania Rudolf Elphberg: The railway to Hofbau is open.",
    "Prime Minister of Ruritania Rupert Hentzau: So it is.",
)
HARVEST = ("President of Ruritania Rudolf Elphberg: The harvest is in.",)


def build(folder: Path) -> Result:
    """Builds the package of FOLDER/in in FOLDER; whatever it says, it must succeed. `make test-all` also verifies each."""
    result = run("build", folder / "in", "--output", folder)
    assert result.exit_code == 0, result.stderr
    if is_thorough():
        assert run("verify", folder, "--sources", folder / "in").exit_code == 0
    return result


def notes(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith("note: ")]


def ids(output: Path) -> list[object]:
    return [row["meeting_id"] for row in rows(output, "meetings")]


def sources(output: Path) -> dict[object, tuple[object, ...]]:
    """By path: status, reason and meeting of each source."""
    return {row["path"]: (row["status"], row["reason"], row["meeting_id"]) for row in rows(output, "sources")}


# ---------------------------------------------------------------------------------------------------------------------
# One event, several sources


def test_two_sources_with_one_printed_number_are_one_event(tmp_path: Path) -> None:
    """Of two of one layout the one with more words spoken stands for the event."""
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*HARVEST, title="A talk"), 123),
        b=pages.with_direct_link(pages.main(*RAILWAY), 123),
    )
    result = build(tmp_path)
    reason = 'shows the same event as b.txt: the event\'s number; its words differ from turn 1 on, "The harvest is in."'
    assert ids(tmp_path) == [MEETING]
    assert sources(tmp_path) == {"a.txt": ("duplicate", reason, MEETING), "b.txt": ("included", None, MEETING)}
    assert notes(result) == [f"note: a.txt: a duplicate, {reason}"]


def test_of_two_pages_with_the_same_words_but_for_the_text_around_the_lesser_hash_decides(tmp_path: Path) -> None:
    texts = {
        "a": pages.with_direct_link(pages.main(*RAILWAY), 123),
        "b": pages.with_direct_link(pages.main(*RAILWAY, title="A talk"), 123),
    }
    pages.save(tmp_path / "in", **texts)
    build(tmp_path)
    first, second = sorted(texts, key=lambda name: hashlib.sha256(texts[name].encode()).hexdigest())
    found = {path: (status, reason) for path, (status, reason, _) in sources(tmp_path).items()}
    assert found == {
        f"{first}.txt": ("included", None),
        f"{second}.txt": ("duplicate", f"shows the same event as {first}.txt: the event's number"),
    }


def test_the_number_may_stand_in_the_page_or_in_the_provenance_table(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.accessible(*HARVEST), b=pages.with_direct_link(pages.main(*RAILWAY), 123))
    pages.know_addresses(tmp_path / "in", a="http://en.special.kremlin.ru/events/president/transcripts/123")
    build(tmp_path)
    assert sources(tmp_path) == {
        "a.txt": (
            "duplicate",
            'shows the same event as b.txt: the event\'s number; its words differ from turn 1 on, "The harvest is in."',
            MEETING,
        ),
        "b.txt": ("included", None, MEETING),
    }
    [meeting] = rows(tmp_path, "meetings")
    assert (meeting["event_id"], meeting["url"]) == ("123", "http://en.kremlin.ru/d/123")


@pytest.mark.parametrize(
    "section",
    ["president/news", "president/transcripts", "president/transcripts/speeches", "councils", "security-council"],
)
def test_one_number_in_two_sections_of_the_site_is_one_event(tmp_path: Path, section: str) -> None:
    pages.save(tmp_path / "in", a=pages.main(*HARVEST), b=pages.main(*RAILWAY))
    pages.know_addresses(tmp_path / "in", a=f"{ADDRESS}123", b=f"http://en.kremlin.ru/events/{section}/123")
    build(tmp_path)
    assert sorted(status for status, *_ in sources(tmp_path).values()) == ["duplicate", "included"]


@pytest.mark.parametrize("scheme", ["", "http://", "https://"])
def test_a_direct_link_gives_the_event_s_number_and_address(tmp_path: Path, scheme: str) -> None:
    pages.save(tmp_path / "in", a=pages.with_direct_link(pages.main(*RAILWAY), 123, scheme))
    build(tmp_path)
    [meeting] = rows(tmp_path, "meetings")
    assert (meeting["event_id"], meeting["url"]) == ("123", "http://en.kremlin.ru/d/123")


def test_equal_speech_with_other_white_space_is_one_event(tmp_path: Path) -> None:
    page = pages.main(*pages.DIALOGUE)
    spaced = pages.main(*(line.replace(" ", "\xa0") for line in pages.DIALOGUE), title="A talk", lead=None)
    spaced = spaced.replace("Please,\xa0sit", "Please, \t sit")
    pages.save(tmp_path / "in", a=page, b=spaced)
    result = build(tmp_path)
    [(kept, _)] = [item for item in sources(tmp_path).items() if item[1][0] == "included"]
    [(other, (_, reason, _))] = [item for item in sources(tmp_path).items() if item[1][0] == "duplicate"]
    assert reason == f"shows the same event as {kept}: the same speech"
    assert notes(result) == [f"note: {other}: a duplicate, {reason}"]
    assert len(rows(tmp_path, "meetings")) == 1


def test_the_same_file_under_two_names_is_one_event(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", b=pages.main(*RAILWAY), a=pages.main(*RAILWAY))
    build(tmp_path)
    assert sources(tmp_path) == {
        "a.txt": ("included", None, MEETING),
        "b.txt": ("duplicate", "shows the same event as a.txt: the same speech", MEETING),
    }


@pytest.mark.parametrize("names", [("a", "z"), ("z", "a")])
def test_of_the_main_and_the_accessible_text_the_main_one_is_kept(tmp_path: Path, names: tuple[str, str]) -> None:
    main, accessible = names
    pages.save(
        tmp_path / "in",
        **{main: pages.main(*pages.DIALOGUE), accessible: pages.accessible(*pages.DIALOGUE, section="News")},
    )
    result = build(tmp_path)
    reason = f"shows the same event as {main}.txt: the same speech"
    assert sources(tmp_path) == {
        f"{main}.txt": ("included", None, MEETING),
        f"{accessible}.txt": ("duplicate", reason, MEETING),
    }
    assert notes(result) == [f"note: {accessible}.txt: a duplicate, {reason}"]
    [meeting] = rows(tmp_path, "meetings")
    assert meeting["lead"] == "Rudolf Elphberg met with Rupert Hentzau in Zenda."


def test_one_word_less_in_the_middle_makes_another_event(tmp_path: Path) -> None:
    other = (RAILWAY[0].replace("The railway", "Railway"), RAILWAY[1])
    pages.save(tmp_path / "in", a=pages.main(*RAILWAY), b=pages.main(*other))
    build(tmp_path)
    assert [status for status, *_ in sources(tmp_path).values()] == ["included", "included"]


def test_of_an_early_and_a_late_save_the_late_one_is_kept_though_its_layout_is_poorer(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.main(*RAILWAY, "To be continued."),
        b=pages.accessible(*RAILWAY, "Rudolf Elphberg: Good."),
    )
    build(tmp_path)
    reason = 'shows the same event as b.txt: one goes on where the other ends; it ends with turn 2, "So it is."'
    assert sources(tmp_path) == {"a.txt": ("duplicate", reason, MEETING), "b.txt": ("included", None, MEETING)}


def test_the_number_of_an_event_is_kept_though_its_fullest_page_does_not_print_it(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 1),
        b=pages.main(*RAILWAY, "Rudolf Elphberg: Good."),
        c=pages.with_direct_link(pages.main(*HARVEST), 2),
    )
    build(tmp_path)
    assert [(row["meeting_id"], row["event_id"]) for row in rows(tmp_path, "meetings")] == [
        (f"{MEETING}--1", "1"),
        (f"{MEETING}--2", "2"),
    ]
    assert sources(tmp_path)["b.txt"][0] == "included"


@pytest.mark.parametrize(
    "address",
    [
        "http://en.kremlin.ru/supplement/123",
        "http://en.kremlin.ru/catalog/persons/123/events",
        "http://notkremlin.ru/events/president/news/123",
    ],
)
def test_a_number_in_another_part_of_the_site_is_no_events(tmp_path: Path, address: str) -> None:
    pages.save(tmp_path / "in", a=pages.main(*HARVEST), b=pages.main(*RAILWAY, title="A talk"))
    pages.know_addresses(tmp_path / "in", a=f"{ADDRESS}123", b=address)
    build(tmp_path)
    assert [row["event_id"] for row in rows(tmp_path, "meetings")] == [None, "123"]


def test_two_numbers_are_two_events_whatever_their_words(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 1),
        b=pages.with_direct_link(pages.main(*RAILWAY), 2),
        c=pages.main(*RAILWAY),
    )
    result = build(tmp_path)
    assert len(ids(tmp_path)) == 3
    assert "note: c.txt: its words fit several events, so it is kept as one of its own" in notes(result)


def test_the_same_words_of_another_day_are_another_event(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main(*RAILWAY), b=pages.main(*RAILWAY, date="May 5, 2018"))
    build(tmp_path)
    assert len(ids(tmp_path)) == 2


def test_a_greeting_in_common_is_no_event_in_common(tmp_path: Path) -> None:
    greeting = "President of Ruritania Rudolf Elphberg: Good afternoon."
    pages.save(
        tmp_path / "in",
        a=pages.main(greeting, title="A ball"),
        b=pages.main(f"{greeting} The harvest is in.", title="A talk"),
    )
    build(tmp_path)
    assert ids(tmp_path) == ["2018-05-04-a-ball", "2018-05-04-a-talk"]


def test_three_sources_of_one_event_give_one_meeting(tmp_path: Path) -> None:
    """The accessible text has the number of one main text and the words of another."""
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 123),
        b=pages.main(*RAILWAY, "Rudolf Elphberg: Good."),
        c=pages.accessible(*RAILWAY, "Rudolf Elphberg: Good."),
    )
    pages.know_addresses(tmp_path / "in", c=f"{ADDRESS}123")
    build(tmp_path)
    assert sorted(status for status, *_ in sources(tmp_path).values()) == ["duplicate", "duplicate", "included"]
    assert ids(tmp_path) == [MEETING]


def test_which_source_is_included_does_not_depend_on_the_files_names(tmp_path: Path) -> None:
    texts = [
        pages.with_direct_link(pages.main(*RAILWAY), 123),
        pages.with_direct_link(pages.main(*HARVEST), 123),
        pages.main(*pages.DIALOGUE, title="A talk"),
        pages.main(*pages.DIALOGUE, title="A talk", lead=None),
        pages.accessible(*pages.DIALOGUE, title="A talk"),
    ]
    for folder, names in (("one", "abcde"), ("two", "ecdba")):
        pages.save(tmp_path / folder / "in", **dict(zip(names, texts, strict=True)))
        build(tmp_path / folder)
    for table in ("meetings", "utterances", "speakers", "participations", "segments"):
        assert (tmp_path / f"one/dist/{table}.csv").read_bytes() == (tmp_path / f"two/dist/{table}.csv").read_bytes()
    by_hash = [
        {row["sha256"]: (row["status"], row["meeting_id"]) for row in rows(tmp_path / folder, "sources")}
        for folder in ("one", "two")
    ]
    assert by_hash[0] == by_hash[1]


# ---------------------------------------------------------------------------------------------------------------------
# Several events of one date and title


def test_two_events_of_one_date_and_title_take_their_numbers(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 124),
        b=pages.with_direct_link(pages.main(*HARVEST), 123),
    )
    result = build(tmp_path)
    assert ids(tmp_path) == [f"{MEETING}--123", f"{MEETING}--124"]
    assert notes(result) == [f"note: a.txt, b.txt: 2 events of one date and title, with ids {MEETING}--…"]
    assert [row["utterance_id"] for row in rows(tmp_path, "utterances")] == [
        f"{MEETING}--123-0001",
        f"{MEETING}--124-0001",
        f"{MEETING}--124-0002",
    ]


def test_events_without_a_number_take_sixteen_digits_of_their_text_s_hash(tmp_path: Path) -> None:
    unnumbered = pages.main(*HARVEST)
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 124),
        b="\ufeff" + unnumbered.replace("\n", "\r\n"),
    )
    build(tmp_path)
    digits = hashlib.sha256(unnumbered.encode()).hexdigest()[:16]
    assert sorted(map(str, ids(tmp_path))) == sorted([f"{MEETING}--124", f"{MEETING}--{digits}"])
    [row] = [row for row in rows(tmp_path, "sources") if row["path"] == "b.txt"]
    assert str(row["text_sha256"])[:16] == digits


def test_titles_that_differ_in_signs_and_capitals_alone_are_told_apart(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY, title="Talks: Zenda"), 1),
        b=pages.with_direct_link(pages.main(*HARVEST, title="Talks – ZENDA"), 2),
    )
    build(tmp_path)
    assert ids(tmp_path) == ["2018-05-04-talks-zenda--1", "2018-05-04-talks-zenda--2"]


def test_events_of_other_dates_or_titles_take_nothing(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY), 1),
        b=pages.with_direct_link(pages.main(*HARVEST, date="May 5, 2018"), 2),
        c=pages.with_direct_link(pages.main(*pages.DIALOGUE, title="A talk"), 3),
    )
    result = build(tmp_path)
    assert ids(tmp_path) == ["2018-05-04-a-talk", MEETING, "2018-05-05-meeting-with-rupert-hentzau"]
    assert notes(result) == []


def test_a_duplicate_is_no_second_event_of_its_date_and_title(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main(*RAILWAY), b=pages.accessible(*RAILWAY))
    build(tmp_path)
    assert ids(tmp_path) == [MEETING]


def test_a_title_that_looks_like_a_told_apart_id_takes_none_away(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.with_direct_link(pages.main(*RAILWAY, title="Talks"), 5),
        b=pages.with_direct_link(pages.main(*HARVEST, title="Talks"), 6),
        c=pages.main(*pages.DIALOGUE, title="Talks 5"),
    )
    build(tmp_path)
    assert ids(tmp_path) == ["2018-05-04-talks--5", "2018-05-04-talks--6", "2018-05-04-talks-5"]


def test_a_long_transcript_beside_a_title_that_ends_in_a_number_builds(tmp_path: Path) -> None:
    """`X 1` has utterances whose ids begin like the last ones of `X`."""
    turns = [f"{name}: Number {n}." for n in range(503) for name in ("Rudolf Elphberg", "Rupert Hentzau")]
    pages.save(tmp_path / "in", a=pages.main(*turns, title="X"), b=pages.main(*HARVEST, title="X 1"))
    build(tmp_path)
    found = [row["utterance_id"] for row in rows(tmp_path, "utterances")]
    assert len(set(found)) == 1007
    assert found[-2:] == ["2018-05-04-x-1006", "2018-05-04-x-1-0001"]


def test_a_page_that_is_added_changes_no_id(tmp_path: Path) -> None:
    texts = {
        "a": pages.with_direct_link(pages.main(*RAILWAY), 124),
        "b": pages.main(*HARVEST),
        "c": pages.main("Prime Minister of Ruritania Rupert Hentzau: Good.", title="A talk"),
    }
    pages.save(tmp_path / "before/in", **texts)
    build(tmp_path / "before")
    more = {
        "0": pages.main("President of Ruritania Rudolf Elphberg: Good day.", title="A talk", date="May 5, 2018"),
        "d": pages.main("Minister of Railways Rupert Hentzau: All aboard.", title="Another talk"),
        "e": pages.accessible(*RAILWAY),
        # A third event of the date and title of two.
        "f": pages.main("President of Ruritania Rudolf Elphberg: Once more, Mr Hentzau."),
    }
    pages.save(tmp_path / "after/in", **texts, **more)
    build(tmp_path / "after")
    for table, key in (("meetings", "meeting_id"), ("utterances", "utterance_id"), ("speakers", "speaker_id")):
        before, after = ([row[key] for row in rows(tmp_path / name, table)] for name in ("before", "after"))
        assert set(before) < set(after) or (table == "speakers" and before == after)
    kept = {row["meeting_id"]: row for row in rows(tmp_path / "before", "meetings")}
    assert kept == {row["meeting_id"]: row for row in rows(tmp_path / "after", "meetings") if row["meeting_id"] in kept}


# ---------------------------------------------------------------------------------------------------------------------
# News without speech


def test_a_news_page_without_speech_is_a_meeting_without_utterances(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main("The President took the train to Hofbau.", title="Journey to Hofbau"))
    build(tmp_path)
    [meeting] = rows(tmp_path, "meetings")
    assert meeting["meeting_id"] == "2018-05-04-journey-to-hofbau"
    assert (meeting["utterance_count"], meeting["speaker_count"], meeting["word_count"]) == (0, 0, 0)
    assert [rows(tmp_path, table) for table in ("utterances", "speakers", "participations")] == [[], [], []]
    assert [row["text"] for row in rows(tmp_path, "segments") if row["kind"] == "narration"] == [
        "The President took the train to Hofbau."
    ]


def test_equal_narration_without_speech_is_one_event(tmp_path: Path) -> None:
    news = "The President took the train to Hofbau."
    lead = "Rudolf Elphberg met with Rupert Hentzau in Zenda."
    # The accessible version does not mark the lead.
    pages.save(tmp_path / "in", a=pages.main(news, lead=lead), b=pages.accessible(lead, news.replace(" ", "\xa0")))
    result = build(tmp_path)
    assert sources(tmp_path) == {
        "a.txt": ("included", None, MEETING),
        "b.txt": ("duplicate", "shows the same event as a.txt: the same title and narration", MEETING),
    }
    assert notes(result)[0] == "note: b.txt: a duplicate, shows the same event as a.txt: the same title and narration"


def test_equal_narration_around_different_speech_is_two_events(tmp_path: Path) -> None:
    news = "The President took the train to Hofbau."
    pages.save(tmp_path / "in", a=pages.main(news, *RAILWAY), b=pages.main(news, *HARVEST))
    build(tmp_path)
    assert len(ids(tmp_path)) == 2


def test_two_pages_without_any_body_are_two_events(tmp_path: Path) -> None:
    pages.save(tmp_path / "in", a=pages.main(title="Journey to Hofbau"), b=pages.main(title="Journey to Zenda"))
    build(tmp_path)
    assert ids(tmp_path) == ["2018-05-04-journey-to-hofbau", "2018-05-04-journey-to-zenda"]


# ---------------------------------------------------------------------------------------------------------------------
# People over several pages


def talk(name: str, day: int, *more: str, persons: tuple[str, ...] = ()) -> str:
    """A page in which the Prime Minister, his name spelled so, has the first word."""
    first = f"Prime Minister of Ruritania {name}: It is the {day}th."
    return pages.main(first, *more, title="A talk", lead=None, date=f"May {day}, 2018", persons=persons)


def test_a_speaker_s_aliases_are_every_form_that_the_pages_print(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=talk("Rupert Hentzau", 4, "Rudolf Elphberg: So soon?", "Hentzau: Yes."),
        b=talk("Rupert Hentzáu", 5, persons=("Hentzáu Rupert",)),
    )
    build(tmp_path)
    speakers = {row["speaker_id"]: row for row in rows(tmp_path, "speakers")}
    assert list(speakers) == ["rudolf-elphberg", "rupert-hentzau"]
    assert (
        speakers["rupert-hentzau"].items()
        >= {
            "speaker_id": "rupert-hentzau",
            "name": "Rupert Hentzau",
            "given_name": "Rupert",
            "family_name": "Hentzáu",
            "aliases": ["Hentzau", "Hentzáu Rupert", "Rupert Hentzau", "Rupert Hentzáu"],
            "site_person_id": None,
            "wikidata_id": None,
        }.items()
    )
    assert speakers["rudolf-elphberg"]["aliases"] == ["Rudolf Elphberg"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (("Rupert Hentzau", "Rupert Hentzáu", "Rupert Hentzáu"), "Rupert Hentzáu"),
        (("Rupert Hentzáu", "Rupert Hentzau", "Rupert Hentzau"), "Rupert Hentzau"),
        (("Rupert Hentzáu", "Rupert Hentzau"), "Rupert Hentzau"),
        (("RUPERT HENTZAU", "RUPERT HENTZAU", "Rupert Hentzáu"), "Rupert Hentzáu"),
        (("RUPERT HENTZAU", "RUPERT HENTZAU"), "RUPERT HENTZAU"),
    ],
    ids=["the commonest", "the commonest again", "of equals the first", "capitals last", "capitals alone"],
)
def test_a_speaker_s_name_is_the_commonest_form_and_in_capitals_only_if_there_is_no_other(
    tmp_path: Path, printed: tuple[str, ...], name: str
) -> None:
    for folder, names in (("one", printed), ("two", printed[::-1])):
        texts = {f"p{day}": talk(form, day) for day, form in enumerate(names, start=4)}
        pages.save(tmp_path / folder / "in", **texts)
        build(tmp_path / folder)
        [speaker] = rows(tmp_path / folder, "speakers")
        assert (speaker["speaker_id"], speaker["name"]) == ("rupert-hentzau", name)
        assert speaker["aliases"] == sorted(set(printed))


def test_a_speaker_of_a_duplicate_alone_is_no_speaker(tmp_path: Path) -> None:
    """Only included sources count: every speaker speaks."""
    pages.save(
        tmp_path / "in",
        a=pages.main(*RAILWAY),
        b=pages.accessible("Minister of Railways Black Michael: All aboard."),
    )
    pages.know_addresses(tmp_path / "in", a=f"{ADDRESS}1", b=f"{ADDRESS}1")
    build(tmp_path)
    assert [row["speaker_id"] for row in rows(tmp_path, "speakers")] == ["rudolf-elphberg", "rupert-hentzau"]


def test_an_office_belongs_to_its_page(tmp_path: Path) -> None:
    pages.save(
        tmp_path / "in",
        a=pages.main("Prime Minister of Ruritania Rupert Hentzau: Yes.", title="A talk"),
        b=pages.main("Minister of Railways Rupert Hentzau: No.", title="A talk", date="May 5, 2018"),
    )
    build(tmp_path)
    assert [(row["meeting_id"], row["role"]) for row in rows(tmp_path, "participations")] == [
        ("2018-05-04-a-talk", "Prime Minister of Ruritania"),
        ("2018-05-05-a-talk", "Minister of Railways"),
    ]
