"""The five seeds as a person read them, line by line, and the published tables beside that reading.

Written from the five files alone, before anyone looked at dist/: where the two differ, the tables are wrong.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from tests.conftest import PROJECT, SEEDS

PUTIN, NAZARBAYEV, TOKAYEV = "vladimir-putin", "nursultan-nazarbayev", "kassym-jomart-tokayev"


class Said(NamedTuple):
    """One turn: who, by what label, in what office; how it begins and ends; on which lines of the file it stands."""

    label: str
    speaker: str
    role: str
    first_words: str
    last_words: str
    paragraphs: int
    follows_gap: bool | None
    lines: tuple[int, int]


class Seed(NamedTuple):
    """One file, read by eye."""

    file: str
    meeting_id: str
    event_id: str | None
    url: str | None
    title: str
    date: dt.date
    time: dt.time | None
    place: str
    lead: str | None
    geography: list[str] | None
    topics: list[str] | None
    persons: list[str] | None
    countries: list[str] | None
    published_in: list[str] | None
    is_excerpt: bool | None
    layout: str
    said: tuple[Said, ...]
    participations: dict[str, tuple[str, str, str]]
    """For each speaker the role, where the page prints it, and the state."""
    segments: dict[str, int]
    """How many segments of the kinds that can be counted by eye."""


KREMLIN = "The Kremlin, Moscow"
RUSSIA, KAZAKHSTAN = "President of Russia", "President of Kazakhstan"

SEEDS_AS_READ = (
    Seed(
        file="000_120d7ad5254d731b.txt",
        meeting_id="2019-04-03-beginning-of-conversation-with-kassym-jomart-tokayev",
        event_id="60217",
        url="http://en.special.kremlin.ru/events/president/transcripts/60217",
        title="Beginning of conversation with Kassym-Jomart Tokayev",
        date=dt.date(2019, 4, 3),
        time=None,
        place=KREMLIN,
        lead=None,
        geography=None,
        topics=None,
        persons=None,
        countries=None,
        published_in=None,
        is_excerpt=True,
        layout="accessible_text",
        said=(
            Said(
                "President of Russia Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Mr President, friends,",
                "we are very happy to see you.",
                5,
                None,
                (15, 23),
            ),
            Said(
                "President of Kazakhstan Kassym-Jomart Tokayev",
                TOKAYEV,
                KAZAKHSTAN,
                "Thank you for your congratulations, Mr President.",
                "Indeed, there is no end to the work in this regard.",
                5,
                None,
                (25, 33),
            ),
            Said(
                "Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Please convey my greetings",
                "greetings to Mr Nazarbayev.",
                1,
                None,
                (35, 35),
            ),
            Said("Kassym-Jomart Tokayev", TOKAYEV, KAZAKHSTAN, "I will be", "pleased to do so.", 1, None, (37, 37)),
            Said("Vladimir Putin", PUTIN, RUSSIA, "Thank you.", "Thank you.", 1, None, (39, 39)),
        ),
        participations={PUTIN: (RUSSIA, "label", "RUS"), TOKAYEV: (KAZAKHSTAN, "label", "KAZ")},
        segments={
            "furniture": 4,
            "section": 1,
            "title": 1,
            "date": 2,
            "time": 0,
            "place": 2,
            "lead": 0,
            "narration": 0,
            "caption": 0,
            "heading": 0,
            "separator": 0,
            "label": 5,
            "insertion": 1,
            "direction": 0,
            "elision": 0,
            "tag": 0,
            "status": 0,
        },
    ),
    Seed(
        file="001_94d1d4e3d959143d.txt",
        meeting_id="2020-03-10-meeting-with-nursultan-nazarbayev",
        event_id="62966",
        url="http://en.kremlin.ru/events/president/news/62966",
        title="Meeting with Nursultan Nazarbayev",
        date=dt.date(2020, 3, 10),
        time=None,
        place=KREMLIN,
        lead=None,
        geography=None,
        topics=None,
        persons=None,
        countries=None,
        published_in=None,
        is_excerpt=None,
        layout="accessible_text",
        said=(
            Said(
                "President of Russia Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Mr Nazarbayev,",
                "I think last year it grew by 19.7 or 19.6 percent.",
                5,
                None,
                (17, 25),
            ),
            Said(
                "Nursultan Nazarbayev",
                NAZARBAYEV,
                "first President of Kazakhstan",
                "Yes, it did.",
                "Yes, it did.",
                1,
                None,
                (27, 27),
            ),
            Said(
                "Vladimir Putin",
                PUTIN,
                RUSSIA,
                "It has reached almost $20 billion.",
                "I am very happy to see you. Welcome.",
                2,
                None,
                (29, 31),
            ),
            Said(
                "Nursultan Nazarbayev",
                NAZARBAYEV,
                "first President of Kazakhstan",
                "I thank you, Mr President, for meeting with me despite the turbulent times and the big events in the "
                "world: stock prices",
                "Success to you and to Russia.",
                7,
                None,
                (33, 45),
            ),
            Said("Vladimir Putin", PUTIN, RUSSIA, "Thank you very much.", "Thank you very much.", 1, None, (47, 47)),
        ),
        participations={
            PUTIN: (RUSSIA, "label", "RUS"),
            NAZARBAYEV: ("first President of Kazakhstan", "narration", "KAZ"),
        },
        segments={
            "furniture": 4,
            "section": 1,
            "title": 1,
            "date": 2,
            "time": 0,
            "place": 2,
            "lead": 0,
            "narration": 1,
            "caption": 0,
            "heading": 0,
            "separator": 0,
            "label": 5,
            "insertion": 0,
            "direction": 0,
            "elision": 0,
            "tag": 0,
            "status": 0,
        },
    ),
    Seed(
        file="002_ab5bf782828af87f.txt",
        meeting_id="2021-06-30-meeting-with-nursultan-nazarbayev",
        event_id=None,
        url=None,
        title="Meeting with Nursultan Nazarbayev",
        date=dt.date(2021, 6, 30),
        time=dt.time(18, 40),
        place=KREMLIN,
        lead="Vladimir Putin met with First President of Kazakhstan Nursultan Nazarbayev, who is in Russia on a working "
        "visit.",
        geography=["Kazakhstan"],
        topics=["Foreign policy"],
        persons=["Nazarbayev Nursultan"],
        countries=["KAZ"],
        published_in=["News", "Transcripts"],
        is_excerpt=True,
        layout="main_text",
        said=(
            Said(
                "President of Russia Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Mr Nazarbayev,",
                "I would like to ask you to convey my best wishes to him when you are back home.",
                5,
                False,
                (9, 13),
            ),
            Said(
                "Nursultan Nazarbayev",
                NAZARBAYEV,
                "First President of Kazakhstan",
                "Thank you, Mr President.",
                "I sincerely wish you success and good health.",
                8,
                False,
                (14, 22),
            ),
            Said("Vladimir Putin", PUTIN, RUSSIA, "Thank you very much.", "Thank you very much.", 1, False, (23, 23)),
        ),
        participations={
            PUTIN: (RUSSIA, "label", "RUS"),
            NAZARBAYEV: ("First President of Kazakhstan", "lead", "KAZ"),
        },
        segments={
            "section": 1,
            "title": 1,
            "date": 1,
            "time": 1,
            "place": 1,
            "lead": 1,
            "narration": 0,
            "caption": 2,
            "heading": 0,
            "separator": 0,
            "label": 3,
            "insertion": 1,
            "direction": 0,
            "elision": 1,
            "tag": 6,
            "status": 3,
            "furniture": 1,
        },
    ),
    Seed(
        file="003_68c74ac3b36af49f.txt",
        meeting_id="2022-08-19-meeting-with-president-of-kazakhstan-kassym-jomart-tokayev",
        event_id=None,
        url=None,
        title="Meeting with President of Kazakhstan Kassym-Jomart Tokayev",
        date=dt.date(2022, 8, 19),
        time=dt.time(16, 15),
        place="Sochi",
        lead="Vladimir Putin met with President of the Republic of Kazakhstan Kassym-Jomart Tokayev in Sochi.",
        geography=["Kazakhstan"],
        topics=["Foreign policy"],
        persons=["Tokayev Kassym-Jomart"],
        countries=["KAZ"],
        published_in=["News", "Transcripts"],
        is_excerpt=True,
        layout="main_text",
        said=(
            Said(
                "President of Russia Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Mr Tokayev, I am very happy to see you. Thank you for accepting our invitation.",
                "trust-based strategic partnership. I am very happy to see you.",
                5,
                True,
                (10, 14),
            ),
            Said(
                "President of Kazakhstan Kassym-Jomart Tokayev",
                TOKAYEV,
                KAZAKHSTAN,
                "Thank you, Mr President, first of all, for your invitation",
                "I want to give more momentum to our bilateral cooperation in all areas.",
                5,
                False,
                (15, 20),
            ),
            Said(
                "Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Thank you.",
                "in a business-like and friendly atmosphere.",
                2,
                False,
                (21, 22),
            ),
            Said("Kassym-Jomart Tokayev", TOKAYEV, KAZAKHSTAN, "Thank you.", "Thank you.", 1, False, (23, 23)),
        ),
        participations={PUTIN: (RUSSIA, "label", "RUS"), TOKAYEV: (KAZAKHSTAN, "label", "KAZ")},
        segments={
            "section": 1,
            "title": 1,
            "date": 1,
            "time": 1,
            "place": 1,
            "lead": 1,
            "narration": 0,
            "caption": 2,
            "heading": 1,
            "separator": 0,
            "label": 4,
            "insertion": 0,
            "direction": 0,
            "elision": 1,
            "tag": 6,
            "status": 3,
            "furniture": 1,
        },
    ),
    Seed(
        file="004_49ad9724eaf95afd.txt",
        meeting_id="2017-12-27-meeting-with-president-of-kazakhstan-nursultan-nazarbayev",
        event_id="56509",
        url="http://en.kremlin.ru/events/president/news/56509",
        title="Meeting with President of Kazakhstan Nursultan Nazarbayev",
        date=dt.date(2017, 12, 27),
        time=None,
        place=KREMLIN,
        lead=None,
        geography=None,
        topics=None,
        persons=None,
        countries=None,
        published_in=None,
        is_excerpt=None,
        layout="accessible_text",
        said=(
            Said(
                "President of Russia Vladimir Putin",
                PUTIN,
                RUSSIA,
                "Mr Nazarbayev,",
                "every success and all the very best in 2018.",
                8,
                True,
                (23, 37),
            ),
            Said(
                "President of Kazakhstan Nursultan Nazarbayev",
                NAZARBAYEV,
                KAZAKHSTAN,
                "Mr Putin, thank you for inviting me to this meeting.",
                "Let me put it bluntly: Kazakhstan is on your side.",
                9,
                None,
                (39, 55),
            ),
            Said("Vladimir Putin", PUTIN, RUSSIA, "Thank you.", "Thank you.", 1, None, (57, 57)),
            Said(
                "Nursultan Nazarbayev",
                NAZARBAYEV,
                KAZAKHSTAN,
                "I wish you every success and all the very best!",
                "I also wish prosperity to the Russian people and the Russian state.",
                2,
                None,
                (59, 61),
            ),
        ),
        participations={PUTIN: (RUSSIA, "label", "RUS"), NAZARBAYEV: (KAZAKHSTAN, "label", "KAZ")},
        segments={
            "furniture": 4,
            "section": 1,
            "title": 1,
            "date": 2,
            "time": 0,
            "place": 2,
            "lead": 0,
            "narration": 2,
            "caption": 0,
            "heading": 1,
            "separator": 1,
            "label": 4,
            "insertion": 1,
            "direction": 0,
            "elision": 0,
            "tag": 0,
            "status": 0,
        },
    ),
)

Row = dict[str, Any]
Rows = Callable[[str, Seed], list[Row]]


@pytest.fixture(scope="module")
def rows_of() -> Rows:
    """The published rows of one seed's meeting, in order of sequence."""
    tables: dict[str, list[Row]] = {}

    def rows(table: str, seed: Seed) -> list[Row]:
        if table not in tables:
            tables[table] = pq.read_table(PROJECT / "dist" / f"{table}.parquet").to_pylist()
        of_meeting = [row for row in tables[table] if row["meeting_id"] == seed.meeting_id]
        return sorted(of_meeting, key=lambda row: row.get("sequence", 0))

    return rows


each_seed = pytest.mark.parametrize("seed", SEEDS_AS_READ, ids=lambda seed: seed.file[:3])


def plain(text: str) -> str:
    """As a reader sees it: white space of every sort is one space."""
    return re.sub(r"\s+", " ", text).strip()


def lines_of(seed: Seed) -> dict[int, str]:
    """The lines of the file that are not blank, as a reader sees them, by their numbers."""
    raw = (SEEDS / seed.file).read_bytes().decode("utf-8").split("\n")
    return {number: plain(line) for number, line in enumerate(raw, start=1) if plain(line)}


def expected_text(seed: Seed, said: Said) -> str:
    """What was said, from the lines of the file on which it stands."""
    first, last = said.lines
    paragraphs = [line for number, line in lines_of(seed).items() if first <= number <= last]
    if paragraphs[0] == said.label:  # the label stands on a line of its own, the next begins with the colon
        paragraphs[:2] = [f"{paragraphs[0]}{paragraphs[1]}"]
    assert paragraphs[0].startswith(f"{said.label}: ")
    paragraphs[0] = paragraphs[0].removeprefix(f"{said.label}: ")
    assert len(paragraphs) == said.paragraphs
    return "\n\n".join(paragraphs)


@each_seed
def test_the_head_of_a_seed_is_as_read(seed: Seed, rows_of: Rows) -> None:
    (meeting,) = rows_of("meetings", seed)
    fields = (
        "event_id url title date time place lead geography topics persons countries published_in is_excerpt".split()
    )
    assert {field: meeting[field] for field in fields} == {field: getattr(seed, field) for field in fields}
    assert meeting["kind"] == "meeting"
    assert meeting["language"] == "en"
    assert meeting["url_ru"] is None


@each_seed
def test_a_meeting_counts_its_turns_speakers_and_words(seed: Seed, rows_of: Rows) -> None:
    (meeting,) = rows_of("meetings", seed)
    words = sum(len(re.findall(r"\w+(?:[’'-]\w+)*", expected_text(seed, said))) for said in seed.said)
    assert meeting["utterance_count"] == len(seed.said)
    assert meeting["speaker_count"] == 2
    assert meeting["word_count"] == words


def test_the_five_hold_five_five_three_four_and_four_turns(rows_of: Rows) -> None:
    assert [len(seed.said) for seed in SEEDS_AS_READ] == [5, 5, 3, 4, 4]
    assert [len(rows_of("utterances", seed)) for seed in SEEDS_AS_READ] == [5, 5, 3, 4, 4]


@each_seed
def test_who_speaks_in_each_turn_and_as_what(seed: Seed, rows_of: Rows) -> None:
    found = [(row["sequence"], row["label"], row["speaker_id"], row["role"]) for row in rows_of("utterances", seed)]
    assert found == [(n, said.label, said.speaker, said.role) for n, said in enumerate(seed.said, start=1)]


@each_seed
def test_the_first_and_last_words_and_paragraphs_of_each_turn(seed: Seed, rows_of: Rows) -> None:
    for row, said in zip(rows_of("utterances", seed), seed.said, strict=True):
        assert row["text"].startswith(said.first_words)
        assert row["text"].endswith(said.last_words)
        assert len(row["text"].split("\n\n")) == said.paragraphs


@each_seed
def test_every_word_of_each_turn_is_on_the_lines_read(seed: Seed, rows_of: Rows) -> None:
    assert [row["text"] for row in rows_of("utterances", seed)] == [expected_text(seed, said) for said in seed.said]


@each_seed
def test_a_turn_follows_a_gap_where_the_page_shows_one(seed: Seed, rows_of: Rows) -> None:
    assert [row["follows_gap"] for row in rows_of("utterances", seed)] == [said.follows_gap for said in seed.said]


@each_seed
def test_no_label_of_a_seed_has_a_note(seed: Seed, rows_of: Rows) -> None:
    assert [row["note"] for row in rows_of("utterances", seed)] == [None] * len(seed.said)


@each_seed
def test_the_offsets_of_a_turn_find_its_first_and_last_words_in_the_file(seed: Seed, rows_of: Rows) -> None:
    text = (SEEDS / seed.file).read_bytes().decode("utf-8")
    for row, said in zip(rows_of("utterances", seed), seed.said, strict=True):
        passage = text[row["start_char"] : row["end_char"]]
        assert plain(passage) == expected_text(seed, said).replace("\n\n", " ")
        assert passage == passage.strip()


@each_seed
def test_the_offices_and_where_the_page_prints_them(seed: Seed, rows_of: Rows) -> None:
    found = {
        row["speaker_id"]: (row["role"], row["role_evidence"], row["country"])
        for row in rows_of("participations", seed)
    }
    assert found == seed.participations
    assert {row["speaker_evidence"] for row in rows_of("participations", seed)} == {"full_name"}


@each_seed
def test_a_participation_counts_the_turns_of_its_speaker(seed: Seed, rows_of: Rows) -> None:
    found = {row["speaker_id"]: row["utterance_count"] for row in rows_of("participations", seed)}
    assert found == Counter(said.speaker for said in seed.said)


@each_seed
def test_the_segments_that_can_be_counted_by_eye(seed: Seed, rows_of: Rows) -> None:
    kinds = Counter(row["kind"] for row in rows_of("segments", seed))
    assert {kind: kinds[kind] for kind in seed.segments} == seed.segments
    absent = ("unassigned", "pullquote", "related", "note")
    assert [kinds[kind] for kind in absent] == [0] * len(absent)


@each_seed
def test_the_segments_joined_are_the_file(seed: Seed, rows_of: Rows) -> None:
    assert "".join(row["text"] for row in rows_of("segments", seed)).encode() == (SEEDS / seed.file).read_bytes()


@each_seed
def test_each_file_is_the_one_source_of_its_meeting(seed: Seed, rows_of: Rows) -> None:
    (source,) = rows_of("sources", seed)
    assert (source["path"], source["status"], source["layout"]) == (seed.file, "included", seed.layout)


@pytest.mark.parametrize(
    ("file", "kind", "texts"),
    [
        ("000", "insertion", ["[national leader]"]),
        (
            "001",
            "narration",
            ["Vladimir Putin met at the Kremlin with the first President of Kazakhstan Nursultan Nazarbayev."],
        ),
        ("001", "section", ["Документ /"]),
        ("002", "caption", ["4 of 4", "Meeting with First President of Kazakhstan Nursultan Nazarbayev."]),
        ("002", "insertion", ["[Kassym-Jomart Tokayev]"]),
        ("002", "elision", ["<…>"]),
        ("002", "label", ["President of Russia Vladimir Putin:", "Nursultan Nazarbayev :", "Vladimir Putin:"]),
        ("003", "heading", ["Beginning of Russia-Kazakhstan talks"]),
        (
            "003",
            "caption",
            [
                "3 of 6",
                "With President of Kazakhstan Kassym-Jomart Tokayev. Photo by President of Kazakhstan Press Service",
            ],
        ),
        ("004", "separator", ["* * *"]),
        (
            "004",
            "heading",
            ["Transcript of meeting with President of the Republic of Kazakhstan Nursultan Nazarbayev"],
        ),
        (
            "004",
            "narration",
            [
                "Vladimir Putin had a meeting with President of the Republic of Kazakhstan Nursultan Nazarbayev.",
                "The presidents of Russia and Kazakhstan took part in an informal meeting of the heads of CIS states "
                "yesterday.",
            ],
        ),
        ("004", "insertion", ["[the Russia-Kazakhstan Interregional Cooperation Forum]"]),
    ],
)
def test_what_is_not_said_is_kept_by_its_kind(file: str, kind: str, texts: list[str], rows_of: Rows) -> None:
    (seed,) = (seed for seed in SEEDS_AS_READ if seed.file.startswith(file))
    assert [plain(row["text"]) for row in rows_of("segments", seed) if row["kind"] == kind] == texts


def test_the_editors_gloss_stands_in_the_text_beside_the_word_it_explains(rows_of: Rows) -> None:
    tokayev = rows_of("utterances", SEEDS_AS_READ[0])[1]["text"]
    assert "from our first President, yelbasy [national leader] Nursultan Nazarbayev.\n\n" in tokayev


def test_three_people_speak() -> None:
    speakers = pq.read_table(PROJECT / "dist" / "speakers.parquet").to_pylist()
    names = ("speaker_id", "name", "given_name", "family_name", "aliases", "site_person_id", "wikidata_id")
    known = [row for row in speakers if row["speaker_id"] in (TOKAYEV, NAZARBAYEV, PUTIN)]
    assert [{name: row[name] for name in names} for row in known] == [
        {
            "speaker_id": TOKAYEV,
            "name": "Kassym-Jomart Tokayev",
            "given_name": "Kassym-Jomart",
            "family_name": "Tokayev",
            "aliases": ["Kassym-Jomart Tokayev", "Tokayev Kassym-Jomart"],
            "site_person_id": "593",
            "wikidata_id": None,
        },
        {
            "speaker_id": NAZARBAYEV,
            "name": "Nursultan Nazarbayev",
            "given_name": "Nursultan",
            "family_name": "Nazarbayev",
            "aliases": ["Nazarbayev Nursultan", "Nursultan Nazarbayev"],
            "site_person_id": "43",
            "wikidata_id": None,
        },
        {
            "speaker_id": PUTIN,
            "name": "Vladimir Putin",
            "given_name": "Vladimir",
            "family_name": "Putin",
            "aliases": ["Vladimir Putin"],
            "site_person_id": None,
            "wikidata_id": "Q7747",
        },
    ]
