"""Pages that a tool wrote on one line, or with line breaks anywhere: what of them is head, speech and what stands below."""

from itertools import pairwise

import pytest

from builder.reading.document import Given, Transcript
from builder.reading.layouts import read_document
from builder.reading.segmentation import segment_document
from tests.support import pages

TITLE = "Talks with Rupert Hentzau"
LEAD = "Rudolf Elphberg received Rupert Hentzau on his return. They spoke of the bridges of the town and of the long winter."
PLACE = "The Castle, Zenda"
SPEECH = [
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in Strelsau. The winter was long and the river high, and few of us thought to meet before May.",
    "Rupert Hentzau: Thank you. We came by the mountain road.",
    "Rudolf Elphberg: Good.",
]
SAID = [
    ("President of Ruritania Rudolf Elphberg", "".join(SPEECH[0].partition(": ")[2:]) + " " + SPEECH[1]),
    ("Rupert Hentzau", "Thank you. We came by the mountain road."),
    ("Rudolf Elphberg", "Good."),
]
MAIN = ["Events", TITLE, LEAD, "May 4, 2018", "18:10", PLACE, *SPEECH]
TAGS = ["Geography", "St Petersburg", "Zenda", "Topics", "Bridges", "Persons", "Hentzau Rupert"]
STATUS = [
    "Publication status",
    "Published in sections: News, Transcripts",
    "Publication date: May 4, 2018, 18:10",
    "Direct link: en.kremlin.ru/d/1234",
    "Text version",
]
ACCESSIBLE = [
    *("View settings", "Font size:", "Site colours:", "Official website of the President of Russia", "Transcripts /"),
    *(TITLE, f"May 4, 2018, {PLACE}", LEAD, *SPEECH, f"May 4, 2018, {PLACE}"),
]
BESIDE = Given(title=TITLE, date="2018-05-04")


def read(text: str, given: Given = BESIDE) -> Transcript:
    transcript = segment_document(read_document(pages.as_source(text)._replace(given=given)), "page.txt")
    assert "".join(text[segment.start : segment.end] for segment in transcript.segments) == text
    return transcript


def said(text: str, given: Given = BESIDE) -> list[tuple[str, str]]:
    return [(turn.label, " ".join(turn.text.split())) for turn in read(text, given).turns]


@pytest.mark.parametrize("between", [" ", "", "  ", "\xa0", "\t"], ids=["space", "nothing", "two", "no-break", "tab"])
@pytest.mark.parametrize(
    "lines",
    [SPEECH, ACCESSIBLE, MAIN, [*MAIN, *TAGS, *STATUS], [*MAIN, *STATUS], [*SPEECH, *TAGS[3:], *STATUS]],
    ids=["speech", "accessible", "head", "head, tags and status", "head and status", "tags and status"],
)
def test_head_and_tail_on_the_line_of_the_speech_are_no_part_of_it(lines: list[str], between: str) -> None:
    assert said(between.join(lines)) == SAID


def test_the_heads_parts_are_read_off_the_line() -> None:
    metadata = read(" ".join([*MAIN, *TAGS, *STATUS]), BESIDE._replace(place=PLACE)).document.metadata
    assert (metadata.title, metadata.lead, str(metadata.date), str(metadata.time), metadata.place) == (
        *(TITLE, LEAD, "2018-05-04", "18:10:00", PLACE),
    )
    assert (metadata.published_in, metadata.event_id) == (("News", "Transcripts"), "1234")
    # Where one tag ends and the next begins does not show.
    assert (metadata.geography, metadata.topics, metadata.persons) == (None, None, None)


def test_the_accessible_version_on_one_line_says_its_title_date_and_place() -> None:
    metadata = read(" ".join(ACCESSIBLE), Given()).document.metadata
    assert (metadata.title, str(metadata.date), metadata.place) == (TITLE, "2018-05-04", PLACE)
    assert said(" ".join(ACCESSIBLE), Given()) == SAID


def test_the_name_of_the_page_in_the_browser_is_its_title() -> None:
    text = " ".join([f"{TITLE} • President of Russia", "Structure", *MAIN, *TAGS, *STATUS])
    assert said(text, Given()) == SAID
    assert read(text, Given()).document.metadata.title == TITLE


def test_the_date_beside_the_page_goes_before_one_on_its_line() -> None:
    later = Given(title=TITLE, date="2018-05-09")
    metadata = read(" ".join([*MAIN, *STATUS]), later).document.metadata
    assert (str(metadata.date), str(metadata.time)) == ("2018-05-09", "18:10:00")


def test_an_announcement_on_one_line_is_of_the_day_above_its_title() -> None:
    text = " ".join(["May 9, 2018", "Events", TITLE, LEAD, "May 4, 2018", "18:10", *SPEECH, *STATUS])
    metadata = read(text, Given(title=TITLE, url="http://en.kremlin.ru/events/president/news/1234")).document.metadata
    assert (metadata.title, str(metadata.date), metadata.place, metadata.lead) == (TITLE, "2018-05-09", None, LEAD)


def test_a_page_of_a_head_alone_is_covered_once() -> None:
    line = "".join([*ACCESSIBLE[:5], TITLE, "May 4, 2018, Zenda", "May 4, 2018, Zenda"])
    document = read(line).document
    assert (document.metadata.title, document.metadata.place) == (TITLE, "Zenda")
    assert all(a.end <= b.start for a, b in pairwise(document.blocks))


def test_a_lead_that_repeats_the_title_is_no_title() -> None:
    lead = f"{TITLE} began in Zenda."
    assert read(" ".join([*MAIN[:2], lead, *MAIN[3:]])).document.metadata.title == TITLE


@pytest.mark.parametrize(
    ("aside", "at"),
    [
        ("See also Talks in Zenda April 3, 2018 A look back May 1–2, 2018", 8),
        ("See also Visit to Zenda. A look back May 1, 2018", 8),
        ("Minister of Bridges Fritz Tarlenheim before the meeting.", 8),
        ("At the talks with Rupert Hentzau.", 9),
        ("See also News of the Council of Bridges", 10),
    ],
)
def test_captions_and_boxes_within_the_line_are_no_speech(aside: str, at: int) -> None:
    assert said(" ".join([*MAIN[:at], aside, *MAIN[at:], *TAGS, *STATUS])) == SAID


@pytest.mark.parametrize("date", ["May 4, 2018", f"May 4, 2018, {PLACE}"])
def test_only_a_date_behind_a_sentence_ends_the_page(date: str) -> None:
    assert said(" ".join([*SPEECH, date])) == SAID
    late = "Rudolf Elphberg: We shall meet again on"
    assert said(" ".join([*SPEECH, late, date]))[-1][1] == f"We shall meet again on {date}"


@pytest.mark.parametrize("between", ["", " "])
@pytest.mark.parametrize(
    "heading",
    ["Speech at the opening of the bridge", "Reception to mark the Day of Bridges", "Talks with the mayor in 2018"],
)
def test_the_head_of_states_label_begins_below_a_heading(heading: str, between: str) -> None:
    label = "President of Russia Rudolf Elphberg: "
    text = f"{LEAD} * * *{between}{heading}{between}{label}Friends, I am glad to see you.{between}Rupert Hentzau: Thank you."
    assert said(text) == [
        ("President of Russia Rudolf Elphberg", "Friends, I am glad to see you."),
        ("Rupert Hentzau", "Thank you."),
    ]


@pytest.mark.parametrize(
    "end",
    ["It cost 2.", "We waited …", "They came (by boat)", "Why?", "They came [from Zenda].", "It fell to 0.5."],
)
def test_sentences_run_together_are_parted_however_the_first_ends(end: str) -> None:
    text = "".join([*SPEECH, f"Rupert Hentzau: {end}", "Rudolf Elphberg: I see.", "ZEN General Fritz Tarlenheim: Yes."])
    assert said(text)[-3:] == [
        ("Rupert Hentzau", end),
        ("Rudolf Elphberg", "I see."),
        ("ZEN General Fritz Tarlenheim", "Yes."),
    ]


@pytest.mark.parametrize("between", ["", " "])
def test_lines_that_break_anywhere_mean_nothing(between: str) -> None:
    """As `get_text` writes them: the page's markup broke its lines, and its paragraphs have none."""
    broken = between.join(SPEECH)
    for place in ("to see", "river high", "few of", "mountain road", "Rudolf Elphberg: Good"):
        broken = broken.replace(place, place.replace(" ", "\n", 1))
    assert said(broken) == SAID


def test_the_date_of_publication_is_not_the_pages_own() -> None:
    lines = [
        *SPEECH,
        "Publication status",
        "Published in sections:",
        "News",
        ",",
        "Transcripts",
        "Publication date:",
        "May 5, 2018",
    ]
    transcript = read("\n".join(lines))
    assert str(transcript.document.metadata.date) == "2018-05-04"
    assert transcript.document.metadata.title == TITLE
    assert [turn.label for turn in transcript.turns] == [label for label, _ in SAID]


def test_a_text_broken_at_every_element_is_read_as_a_tools() -> None:
    lines = ["Events", TITLE, "May 4, 2018", "President of Ruritania", "Rudolf Elphberg", ":", "Welcome.", *STATUS]
    transcript = read("\n".join(lines))
    assert transcript.document.layout == "plain_text"
    assert [(turn.label, turn.text) for turn in transcript.turns] == [
        ("President of Ruritania Rudolf Elphberg", "Welcome.")
    ]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Zenda 2 of 3 ", "Zenda"),
        ("The Castle, Zenda * * * ", "The Castle, Zenda"),
        ("The Castle, Moscow An award was presented. ", "The Castle, Moscow"),
        ("The Mill, Moscow Region Mr Hentzau came early. ", "The Mill, Moscow Region"),
        ("Zenda An award was presented. ", None),
        ("Moscow Mayor Fritz Tarlenheim came early. ", None),
    ],
)
def test_a_place_ends_where_its_words_or_what_follows_show_it(words: str, place: str | None) -> None:
    transcript = read(" ".join([*MAIN[:5], words, *SPEECH]))
    assert transcript.document.metadata.place == place
    assert [turn.label for turn in transcript.turns] == [label for label, _ in SAID]


@pytest.mark.parametrize("place", ["The Castle, Moscow", "The Castle, Moscow Region", "Zenda"])
def test_date_clock_and_place_may_be_run_together(place: str) -> None:
    transcript = read("".join([*MAIN[:5], place, *SPEECH]))
    metadata = transcript.document.metadata
    assert (metadata.lead, str(metadata.time), metadata.place) == (LEAD, "18:10:00", place)
    assert [turn.label for turn in transcript.turns] == [label for label, _ in SAID]


def test_the_title_alone_above_the_first_label_is_no_speech() -> None:
    transcript = read(" ".join([TITLE, *SPEECH]))
    assert [block.kind for block in transcript.document.blocks][:2] == ["title", "body"]
    assert [turn.label for turn in transcript.turns] == [label for label, _ in SAID]


def test_a_sentence_that_begins_with_the_title_keeps_it() -> None:
    text = " ".join([f"{TITLE} began in Zenda.", *SPEECH])
    assert read(text).segments[0].kind == "narration"
    assert text.startswith(f"{TITLE} began", read(text).segments[0].start)


@pytest.mark.parametrize("head", [[], ["Events", TITLE, LEAD, "May 4, 2018 18:10", PLACE], [LEAD, "* * *"]])
def test_a_page_of_one_speech_may_break_within_its_label(head: list[str]) -> None:
    """As `get_text(" ", strip=True)` writes it: the markup's line breaks are kept, and no other."""
    speech = " ".join(SPEECH[:2]).replace("President of Ruritania ", "President of Russia\n")
    text = " ".join([*head, speech]).replace("the bridges", "the\nbridges").replace("the river", "the\nriver")
    broken = text.replace("few of", "few\nof").replace("to meet", "to\nmeet").replace("We came", "We\ncame")
    assert said(broken) == [("President of Russia Rudolf Elphberg", SAID[0][1])]


@pytest.mark.parametrize(
    "words", ["At the talks with Rupert Hentzau.", "During the talks with Rupert Hentzau in Zenda."]
)
def test_a_caption_is_told_by_the_title_beside_the_text(words: str) -> None:
    assert said("".join([*SPEECH, words])) == SAID


@pytest.mark.parametrize("name", ["BridgesFritz Tarlenheim", "CEOFritz Tarlenheim"])
def test_a_card_run_together_with_a_label_hides_no_speaker(name: str) -> None:
    text = "".join(
        [*SPEECH, f"Minister of {name}Tarlenheim FritzMinister of Bridges, Head of the Mint:Yes.", SPEECH[3]]
    )
    assert said(text)[3:] == [(f"Minister of {name}", "Yes."), ("Rudolf Elphberg", "Good.")]


def test_the_office_on_a_card_ends_with_its_sentence() -> None:
    came = "Also there was Fritz TarlenheimTarlenheim FritzMinister of Bridges.President of Russia Rudolf Elphberg:"
    assert said("".join([LEAD, came, "Welcome, friends.", SPEECH[2]])) == [
        ("President of Russia Rudolf Elphberg", "Welcome, friends."),
        ("Rupert Hentzau", "Thank you. We came by the mountain road."),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "President of Ruritania\nRudolf Elphberg\n:",
        "President of Ruritania\n \nRudolf Elphberg\n:",
        "President\nof\nRuritania\nRudolf\nElphberg\n:",
    ],
)
def test_a_label_is_one_over_lines_that_break_at_every_element(label: str) -> None:
    """As `get_text("\\n")` writes them: blank lines stand where the markup had white space."""
    text = "\n".join(["Events", " ", TITLE, "May 4, 2018", "18:10", PLACE, label, "Welcome."])
    assert said(text) == [("President of Ruritania Rudolf Elphberg", "Welcome.")]


def test_a_lead_between_blank_lines_is_whole_however_its_lines_break() -> None:
    lead = LEAD.replace(" of the town", "\nof the town").replace(" They spoke", "\nThey spoke")
    metadata = read("\n \n".join([TITLE, lead, "May 4, 2018", "18:10", *SPEECH])).document.metadata
    assert metadata.lead == LEAD


@pytest.mark.parametrize(
    "above",
    [
        ["The bridges of Ruritania were counted on the Day of Bridges,", "May 1, 2018."],
        ["The bridges of Ruritania", "were counted again", "by the mayor and his men", "on a day", "May 1, 2018"],
    ],
    ids=["amid a sentence", "far from the title"],
)
def test_a_date_amid_narration_is_no_head_where_title_and_date_stand_beside(above: list[str]) -> None:
    metadata = read("\n".join([*above, "* * *", *SPEECH])).document.metadata
    assert (metadata.title, str(metadata.date)) == (TITLE, "2018-05-04")


def test_a_head_of_other_words_than_those_beside_stands_with_its_clock() -> None:
    metadata = read("\n".join(["A report on bridges.", "May 1, 2018", "18:10", *SPEECH])).document.metadata
    assert (metadata.title, str(metadata.date)) == ("A report on bridges.", "2018-05-01")
