"""Cutting a page into turns: what is said, what is not, and where each character of the page goes."""

import datetime as dt
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.build.page import check_cover
from builder.lexicon.directions import is_direction
from builder.reading.document import Block, BlockKind, Document, PageMetadata, Segment, Transcript
from builder.reading.segmentation import segment_document
from schema.vocabularies import SegmentKind
from tests.support.pages import DIALOGUE, NBSP, accessible, as_reading, html, main, pieces_of
from tests.support.told import brief, refusal, refusals

Page = Callable[..., str]
in_both_layouts = pytest.mark.parametrize("page", [accessible, main])

SAT, THANKED = "Rudolf Elphberg: Please, sit down.", "Rupert Hentzau: Thank you."
TOURED = "The guests then toured the castle."


def texts(transcript: Transcript) -> list[str]:
    return [turn.text for turn in transcript.turns]


def labels(transcript: Transcript) -> list[str]:
    return [turn.label for turn in transcript.turns]


def gaps(transcript: Transcript) -> list[bool | None]:
    return [turn.follows_gap for turn in transcript.turns]


def said(paragraph: str) -> str:
    """The text of a turn of one paragraph."""
    (turn,) = as_reading(main(f"Rudolf Elphberg: {paragraph}")).turns
    return turn.text


def problems(page: str) -> list[str]:
    """The place and code of every problem for which a page is refused."""
    return [brief(problem) for problem in refusals(as_reading, page, "zenda.txt")]


def cut_blocks(text: str, *blocks: tuple[BlockKind, str]) -> Transcript:
    """A text of these blocks, in order, cut; each `~` in it is a tool's mark."""
    placed: list[Block] = []
    for kind, words in blocks:
        start = text.index(words, placed[-1].end if placed else 0)
        placed.append(Block(kind, start, start + len(words)))
    markup = tuple((at, at + 1) for at, char in enumerate(text) if char == "~")
    metadata = PageMetadata("Meeting with Rupert Hentzau", dt.date(2018, 5, 4))
    return segment_document(Document("invented", text, metadata, tuple(placed), markup), "zenda.txt")


def pieces_in_full(transcript: Transcript) -> list[tuple[str, str, int | None]]:
    """Kind, text and turn of every piece."""
    return [
        (segment.kind, transcript.document.text[segment.start : segment.end], segment.turn)
        for segment in transcript.segments
    ]


def body_kinds(transcript: Transcript) -> list[str]:
    """The kinds of the pieces of the body, white space left out."""
    head = {"furniture", "section", "title", "lead", "date", "time", "place", "tag", "status", "blank"}
    return [segment.kind for segment in transcript.segments if segment.kind not in head]


def text_by_its_pieces(transcript: Transcript, turn: int) -> str:
    """The text of a turn, worked out from its pieces alone: speech and insertions in normal form."""
    paragraphs: dict[int | None, list[str]] = {}
    for segment in transcript.segments:
        if segment.turn == turn and segment.kind in ("speech", "insertion"):
            paragraphs.setdefault(segment.paragraph, []).append(transcript.document.text[segment.start : segment.end])
    plain = [re.sub(r"\s+", " ", "".join(parts)).strip() for parts in paragraphs.values()]
    return unicodedata.normalize("NFC", "\n\n".join(filter(None, plain)))


# ---------------------------------------------------------------------------------------------------------------------
# Turns


@pytest.mark.parametrize("between", ["\n", " \n", f"{NBSP}\n", "\n\n"])
@in_both_layouts
def test_a_label_cut_by_a_line_break_is_one_label(page: Page, between: str) -> None:
    transcript = as_reading(page(SAT, f"Rupert Hentzau{between}: Thank you."))
    assert labels(transcript) == ["Rudolf Elphberg", "Rupert Hentzau"]
    assert texts(transcript) == ["Please, sit down.", "Thank you."]
    assert pieces_of(transcript, "label")[-1] == "Rupert Hentzau :"


def test_of_a_full_name_of_three_words_the_last_is_the_family_name() -> None:
    transcript = as_reading(main("Rudolf Fritz Elphberg: Please, sit down.", THANKED, "Elphberg: And you, Rupert?"))
    assert labels(transcript) == ["Rudolf Fritz Elphberg", "Rupert Hentzau", "Elphberg"]
    transcript = as_reading(main("Rudolf Fritz Elphberg: Please, sit down.", THANKED, "Fritz: And you, Rupert?"))
    assert labels(transcript) == ["Rudolf Fritz Elphberg", "Rupert Hentzau"]


def test_what_ends_in_a_full_name_that_another_label_gives_is_a_label() -> None:
    line = "herald Rupert Hentzau: Thank you."
    transcript = as_reading(main("Prime Minister of Ruritania Rupert Hentzau: Good day.", line))
    assert labels(transcript) == ["Prime Minister of Ruritania Rupert Hentzau", "herald Rupert Hentzau"]
    assert labels(as_reading(main(SAT, line))) == ["Rudolf Elphberg"]


def test_a_caption_is_no_label_and_makes_no_name_known() -> None:
    caption, line = "Rupert Hentzau: a portrait", "Hentzau: I too."
    transcript = cut_blocks(f"{caption}\n{SAT}\n{line}", ("caption", caption), ("body", SAT), ("body", line))
    assert labels(transcript) == ["Rudolf Elphberg"]


def test_a_name_that_the_tags_alone_show_to_be_one_is_a_label() -> None:
    line = "Rupert Bank: Thank you."
    assert labels(as_reading(main(SAT, line, persons=("Bank Rupert",)))) == ["Rudolf Elphberg", "Rupert Bank"]
    assert labels(as_reading(main(SAT, line))) == ["Rudolf Elphberg"]


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("<b>Rudolf Elphberg:</b> Sit.", "Rudolf Elphberg"),
        ("<b>Rudolf Elphberg</b>: You <b>must</b> sit.", "Rudolf Elphberg"),
        ("<b>Rudolf</b> <b>Elphberg:</b> Sit.", "Rudolf Elphberg"),
        ("<b>Rudolf</b> Elphberg: Sit.", None),
        ("<b>Rudolf</b> Elphberg: You <b>must</b> sit.", None),
        ("Rudolf <b>Elphberg:</b> Sit.", None),
        ("<i>Rudolf Elphberg:</i> Sit.", None),
        ("Rudolf Elphberg: <b>Sit.</b>", None),
        ("Rudolf Elphberg: Sit.", None),
    ],
)
def test_in_html_a_label_is_in_bold_from_its_first_to_its_last_word(paragraph: str, label: str | None) -> None:
    assert labels(as_reading(html(f"<p>{paragraph}</p>"))) == ([label] if label else [])


def test_a_word_in_bold_before_a_colon_is_a_voice_where_somebody_else_speaks() -> None:
    elder = "<p><b>Elder:</b> Thank you.</p>"
    assert labels(as_reading(html("<p><b>Rudolf Elphberg:</b> Sit.</p>", elder))) == ["Rudolf Elphberg", "Elder"]
    assert labels(as_reading(html(elder))) == []


@pytest.mark.parametrize("dots", ["…", "..."])
def test_a_line_that_begins_with_dots_after_a_full_stop_is_a_paragraph_of_its_own(dots: str) -> None:
    transcript = as_reading(main("Rudolf Elphberg: I waited.", f"{dots}and then we left.", THANKED))
    assert texts(transcript)[0] == f"I waited.\n\n{dots}and then we left."


# ---------------------------------------------------------------------------------------------------------------------
# Insertions, directions, asides


@pytest.mark.parametrize(
    "direction",
    [
        "(Applause.)",
        "(Applause)",
        "(Laughter.)",
        "(Laughter in the hall.)",
        "(Laughter. Applause.)",
        "(Addressing Rupert Hentzau.)",
        "(Addressing Rupert Hentzau (on the left).)",
        "(In German.)",
        "(Speaks German.)",
        "(Shows a photograph)",
        "(Minute of silence.)",
        "(Replying to a question on bread)",
        f"(In{NBSP}German.)",
    ],
)
def test_a_direction_is_never_in_the_text(direction: str) -> None:
    said_in_a_paragraph = as_reading(main(f"Rudolf Elphberg: We won. {direction} Long live Zenda!", THANKED))
    on_its_own = as_reading(main("Rudolf Elphberg: We won.", direction, "Long live Zenda!", THANKED))
    assert texts(said_in_a_paragraph) == ["We won. Long live Zenda!", "Thank you."]
    assert texts(on_its_own) == ["We won.\n\nLong live Zenda!", "Thank you."]
    for transcript in (said_in_a_paragraph, on_its_own):
        assert pieces_of(transcript, "direction") == [direction.replace(NBSP, " ")]
        assert {segment.turn for segment in transcript.segments if segment.kind == "direction"} == {0}


@pytest.mark.parametrize(
    "aside",
    [
        "(EAEU)",
        "(as you know)",
        "(I mean bread)",
        "(19.7 percent)",
        "(in Germany, too)",
        "(in Russian regions, too)",
        "(to be frank)",
        "(to put it mildly)",
        "(no doubt about that)",
        "(music, theatre and cinema)",
        "(signs of growth are there)",
    ],
)
def test_a_speakers_aside_stays_in_the_text(aside: str) -> None:
    assert said(f"We won {aside} in the end.") == f"We won {aside} in the end."


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("(Applause.)", True),
        ("(laughing, to Rupert)", True),
        ("(In German.)", True),
        ("(in German)", True),
        ("(German)", True),
        ("(silence)", True),
        ("(no sound)", True),
        ("(No microphone: Rupert speaks)", True),
        ("(Turns to Rupert Hentzau.)", True),
        ("( Turns to\nRupert Hentzau… )", True),
        ("()", False),
        ("(…)", False),
        ("(in)", False),
        ("(in Zenda)", False),
        ("(in good German)", False),
        ("(German wine)", False),
        ("(German or French)", False),
        ("(signs of growth.)", False),
        ("(Signs of growth)", False),
        ("(bread and wine)", False),
        ("(we heard laughter)", False),
        ("(much silence)", False),
    ],
)
def test_a_direction_is_known_by_its_first_words(words: str, direction: bool) -> None:
    assert is_direction(words) == direction


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("(Laughter.) Not I.", "Not I."),
        ("It was [May 3] [in Zenda] there.", "It was [May 3] [in Zenda] there."),
        ("It was [May 3]  (laughter) there.", "It was [May 3] there."),
        ("Not I. (Laughter.)", "Not I."),
        ("Not I (laughter).", "Not I."),
        ("No (laughter), not I.", "No, not I."),
        ("No (laughter)! Not I.", "No! Not I."),
        ("No (laughter)… Not I.", "No… Not I."),
        ("He said “no (laughter)” to me.", "He said “no” to me."),
        ("No (laughter) (applause) not I.", "No not I."),
        ("No(laughter) not I.", "No not I."),
        ("No, [Rupert] (laughter), not I.", "No, [Rupert], not I."),
        ("No <…> not I.", "No not I."),
    ],
)
def test_no_space_is_left_where_a_direction_stood(paragraph: str, text: str) -> None:
    assert said(paragraph) == text


def test_a_direction_behind_an_aside_is_not_said() -> None:
    assert said("We won (as you know) in the end (laughter), and [Rupert] lost (laughter).") == (
        "We won (as you know) in the end, and [Rupert] lost."
    )


@pytest.mark.parametrize("paragraph", ["We won (as you know). {}", "We won.{}", "{}We won.", "[Rupert]{}won."])
def test_no_break_spaces_at_the_ends_of_a_turn_are_no_part_of_it(paragraph: str) -> None:
    page = html(f"<p><b>Rudolf Elphberg:</b>{paragraph.format(NBSP)}{NBSP}</p>")
    transcript = as_reading(page)
    (turn,) = transcript.turns
    spoken = transcript.document.text[turn.start : turn.end]
    assert spoken == paragraph.format(NBSP).strip()
    assert turn.text == paragraph.format(" ").strip()


def test_parentheses_that_are_never_closed_are_speech() -> None:
    assert said("We won (laughter and so on.") == "We won (laughter and so on."
    assert said("We won [in the end.") == "We won [in the end."


@pytest.mark.parametrize(
    ("turn", "text"),
    [
        ("Remark: (no microphone.)", "(no microphone.)"),
        ("Remark: (No microphone).", "(No microphone)."),
        ("Audience: (Laughter.) (Applause.)", "(Laughter.) (Applause.)"),
        ("Audience:\n(Applause.)", "(Applause.)"),
        ("Question: (off-mic) <…>", "(off-mic)"),
        ("Question: (off-mic)<...>", "(off-mic)"),
    ],
)
def test_a_turn_that_is_nothing_but_a_direction_keeps_it_as_its_text(turn: str, text: str) -> None:
    transcript = as_reading(main(SAT, turn, THANKED))
    assert texts(transcript) == ["Please, sit down.", text, "Thank you."]
    assert pieces_of(transcript, "speech")[1] == text
    assert pieces_of(transcript, "label")[1] == turn.partition(":")[0] + ":"
    assert pieces_of(transcript, "direction") == []
    assert pieces_of(transcript, "elision") == re.findall("<.*>", turn)
    assert gaps(transcript)[2] == ("<" in turn)


# ---------------------------------------------------------------------------------------------------------------------
# Elisions, gaps, separators, headings, notes


@pytest.mark.parametrize("elision", ["<…>", "<...>", "< … >", f"<{NBSP}…>"])
def test_an_elision_within_a_speech_belongs_to_the_turn_and_is_not_said(elision: str) -> None:
    transcript = as_reading(main(SAT, elision, "The wine is good.", THANKED))
    assert texts(transcript) == ["Please, sit down.\n\nThe wine is good.", "Thank you."]
    assert gaps(transcript) == [False, False]
    assert [segment.turn for segment in transcript.segments if segment.kind == "elision"] == [0]


@pytest.mark.parametrize(
    ("between", "follows_gap"),
    [
        ((), False),
        (("<…>",), True),
        (("* * *",), True),
        (("Beginning of Ruritania–Graustark talks",), True),
        (("<…>", "* * *"), True),
        (("<…>", "(Applause.)"), True),
        (("<…>", "To be continued."), True),
        (("To be continued.",), False),
        (("<…>", "3 of 4", "With Rupert Hentzau."), True),
        (("3 of 4", "With Rupert Hentzau."), False),
        (("(Applause.)",), False),
        (("See also", "Trip to Zenda", "May 3, 2018"), False),
        (("* * *", TOURED), True),
        (("Beginning of Ruritania–Graustark talks", TOURED), True),
    ],
)
def test_a_turn_follows_a_gap_where_the_main_layout_shows_one(between: tuple[str, ...], follows_gap: bool) -> None:
    assert gaps(as_reading(main(SAT, *between, THANKED))) == [False, follows_gap]


@pytest.mark.parametrize(
    ("between", "follows_gap"),
    [((), None), (("* * *",), True), (("Beginning of Ruritania–Graustark talks",), True), (("* * *", TOURED), True)],
)
def test_the_accessible_layout_shows_some_gaps_and_never_shows_that_there_is_none(
    between: tuple[str, ...], follows_gap: bool | None
) -> None:
    assert gaps(as_reading(accessible(SAT, *between, THANKED))) == [None, follows_gap]


@pytest.mark.parametrize(
    ("before", "follows_gap"),
    [
        ((), False),
        (("The two spoke of peace.",), False),
        (("Beginning of Ruritania–Graustark talks",), True),
        (("The two spoke of peace.", "* * *"), True),
        (("The two spoke of peace.", "* * *", "Transcript of the talks"), True),
    ],
)
def test_the_first_turn_follows_a_gap_where_a_separator_or_heading_stands_before_it(
    before: tuple[str, ...], follows_gap: bool
) -> None:
    assert gaps(as_reading(main(*before, SAT, THANKED))) == [follows_gap, False]


@pytest.mark.parametrize("separator", ["* * *", "***", "* *", f"*{NBSP}*{NBSP}*"])
@in_both_layouts
def test_a_separator_ends_a_turn_and_what_follows_is_narration(page: Page, separator: str) -> None:
    transcript = as_reading(page(SAT, separator, TOURED, "They left on foot.", THANKED))
    assert texts(transcript) == ["Please, sit down.", "Thank you."]
    assert pieces_of(transcript, "separator") == [" ".join(separator.split())]
    assert pieces_of(transcript, "narration") == [TOURED, "They left on foot."]


@pytest.mark.parametrize(
    "heading",
    [
        "Beginning of Ruritania–Graustark talks",
        "Excerpts from transcript of the talks with Rupert Hentzau",
        "Transcript of meeting with the Government",
        "Opening remarks at the council of the castle",
        "Press statements following the talks",
        "Answers to questions from journalists",
        "Opening remarks by King Rudolf X",
    ],
)
@in_both_layouts
def test_a_heading_ends_a_turn_and_what_follows_is_narration(page: Page, heading: str) -> None:
    transcript = as_reading(page(SAT, heading, TOURED, THANKED))
    assert texts(transcript) == ["Please, sit down.", "Thank you."]
    assert pieces_of(transcript, "heading") == [heading]
    assert pieces_of(transcript, "narration") == [TOURED]


@pytest.mark.parametrize(
    "sentence",
    [
        "Beginning of May is a good time.",
        "Speech to the people is what we owe.",
        "Remarks by others do not count.",
        "Interview with me? Never!",
        "Excerpts from it were printed,",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_speech(sentence: str) -> None:
    assert texts(as_reading(main(SAT, sentence, THANKED)))[0] == f"Please, sit down.\n\n{sentence}"


@pytest.mark.parametrize("space", [" ", f" {NBSP}" + " " * 300])
def test_a_heading_has_three_hundred_characters_at_most_white_space_counted_once(space: str) -> None:
    longest = "Beginning of talks on " + "o" * 278
    assert len(longest) == 300
    for heading in (longest, longest.removesuffix("o" * 200)):
        transcript = as_reading(main(SAT, heading.replace(" ", space), THANKED))
        assert pieces_of(transcript, "heading") == [heading]
    assert pieces_of(as_reading(main(SAT, f"{longest}o".replace(" ", space), THANKED)), "heading") == []


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("* * *", "In the great hall.", THANKED),
        ("* * *", "In the great hall", TOURED),
        ("To be continued.", "In the great hall", THANKED),
    ],
)
def test_a_line_elsewhere_than_between_a_separator_and_a_label_is_no_heading(
    before: str, line: str, after: str
) -> None:
    transcript = as_reading(main(SAT, before, line, after, SAT))
    assert pieces_of(transcript, "heading") == []
    assert line in " ".join(pieces_of(transcript, "narration"))


@pytest.mark.parametrize("kind", ["direction", "elision", "note"])
def test_a_line_between_a_separator_and_a_label_that_is_something_else_stays_that(kind: str) -> None:
    line = {"direction": "(Applause)", "elision": "<…>", "note": "To be continued"}[kind]
    transcript = as_reading(main(SAT, "* * *", line, THANKED))
    assert pieces_of(transcript, "heading") == []
    assert body_kinds(transcript)[3] == ("narration" if kind == "direction" else kind)


@pytest.mark.parametrize("note", ["To be continued.", "To be continued", "(To be continued.)", "To be continued…"])
@in_both_layouts
def test_to_be_continued_is_a_note_and_not_said(page: Page, note: str) -> None:
    transcript = as_reading(page(*DIALOGUE, note))
    assert pieces_of(transcript, "note") == [note]
    assert texts(transcript)[-1] == "Please, sit down."


def test_a_caption_within_a_speech_does_not_end_it() -> None:
    transcript = as_reading(main(SAT, "2 of 4", "With Rupert Hentzau in the castle.", "The wine is good.", THANKED))
    assert texts(transcript)[0] == "Please, sit down.\n\nThe wine is good."
    assert [segment.turn for segment in transcript.segments if segment.kind == "caption"] == [None, None]


# ---------------------------------------------------------------------------------------------------------------------
# Line breaks of the layout


@pytest.mark.parametrize("mark", [",", ".", ";", "?", "!", "’s sword", "%", ")", "]", "”"])
def test_a_line_break_before_punctuation_is_blank_and_not_text(mark: str) -> None:
    opening = {")": "(", "]": "[", "”": "“"}.get(mark, "")
    transcript = as_reading(main(f"Rudolf Elphberg: I met {opening}Rupert\n{mark} and left.", THANKED))
    assert texts(transcript)[0] == f"I met {opening}Rupert{mark} and left."
    (at,) = (
        at for at, char in enumerate(transcript.document.text) if transcript.document.text[at:].startswith(f"\n{mark}")
    )
    if mark != "]":  # an insertion is one piece
        assert Segment("blank", at, at + 1, turn=0) in transcript.segments


def test_line_breaks_of_the_layout_in_one_paragraph_leave_the_others_alone() -> None:
    transcript = as_reading(
        main("Rudolf Elphberg: I met\nthe old man\n, Rupert.", "Rupert Hentzau: He left\n, I hear.")
    )
    assert texts(transcript) == ["I met the old man, Rupert.", "He left, I hear."]


def test_a_line_break_within_a_sentence_is_one_space() -> None:
    assert said("I met\nthe old man\nof Zenda.") == "I met the old man of Zenda."


# ---------------------------------------------------------------------------------------------------------------------
# Characters


def test_start_and_end_are_the_first_and_last_character_of_speech() -> None:
    page = main("Rudolf Elphberg: (Laughter.)  Please, sit down. (Applause.)", "All of you. (Applause.)", THANKED)
    transcript = as_reading(page)
    first, second = transcript.turns
    assert page[first.start : first.end] == "Please, sit down. (Applause.)\nAll of you."
    assert page[second.start : second.end] == "Thank you."


def test_what_lies_between_start_and_end_may_hold_a_caption_that_the_text_does_not() -> None:
    page = main(SAT, "2 of 4", "With Rupert Hentzau.", "The wine is good.", THANKED)
    turn = as_reading(page).turns[0]
    assert page[turn.start : turn.end] == "Please, sit down.\n2 of 4\nWith Rupert Hentzau.\nThe wine is good."
    assert turn.text == "Please, sit down.\n\nThe wine is good."


def test_every_piece_of_a_page_has_its_kind_and_order() -> None:
    transcript = as_reading(
        main(
            "4 of 4",
            "With Rupert Hentzau.",
            "The two spoke of peace.",
            "* * *",
            "Beginning of the talks",
            "Rudolf Elphberg: Sit [down]. (Applause.)",
            "(Laughter.)",
            "<…>",
            "Rupert Hentzau (in German): Danke.",
            "To be continued.",
        )
    )
    assert (
        body_kinds(transcript)
        == (
            "caption caption narration separator heading label speech insertion speech direction direction elision "
            "label speech note"
        ).split()
    )


def test_label_speech_insertion_direction_and_the_blanks_within_belong_to_the_turn() -> None:
    transcript = as_reading(main("Rudolf Elphberg: Sit [down]. (Applause.)", "All of you.", THANKED))
    first = [segment for segment in transcript.segments if segment.turn == 0]
    assert {segment.kind for segment in first} == {"label", "speech", "insertion", "direction", "blank"}
    assert first[0].kind == "label"
    assert first[-1].kind == "speech"
    assert [a.end for a in first[:-1]] == [b.start for b in first[1:]]


def test_the_blanks_on_both_sides_of_a_caption_within_a_turn_belong_to_the_turn() -> None:
    transcript = as_reading(main(SAT, "2 of 4", "With Rupert Hentzau.", "The wine is good.", THANKED))
    first, _ = transcript.turns
    within = [p for p in transcript.segments if p.kind == "blank" and first.start < p.start < first.end]
    assert [segment.turn for segment in within] == [0, 0, 0]
    (between,) = (p for p in transcript.segments if p.kind == "blank" and p.start == first.end)
    assert between.turn is None


def test_what_no_block_of_a_layout_holds_is_unassigned_and_not_lost() -> None:
    text = "Zenda. And more.\n\nRudolf Elphberg: Sit. Left over"
    blocks = (Block("narration", 0, 6), Block("body", 18, 39))
    metadata = PageMetadata("Meeting with Rupert Hentzau", dt.date(2018, 5, 4))
    transcript = segment_document(Document("invented", text, metadata, blocks), "zenda.txt")
    assert [(segment.kind, text[segment.start : segment.end]) for segment in transcript.segments] == [
        ("narration", "Zenda."),
        ("unassigned", " And more.\n\n"),
        ("label", "Rudolf Elphberg:"),
        ("blank", " "),
        ("speech", "Sit."),
        ("unassigned", " Left over"),
    ]


def test_a_tool_s_marks_are_furniture_and_what_stands_between_them_keeps_its_kind() -> None:
    text = "\n\n".join(("# Meeting with Rupert Hentzau", "May 4, 2018", f"**{SAT}** _All_ of you.", f"**{THANKED}**"))
    transcript = as_reading(text)
    assert texts(transcript) == ["Please, sit down. All of you.", "Thank you."]
    assert pieces_of(transcript, "furniture") == ["#", "**", "**", "_", "_", "**", "**"]
    assert "".join(text[p.start : p.end] for p in transcript.segments) == text


def test_white_space_that_marks_leave_of_a_piece_is_blank_and_parts_words_of_speech() -> None:
    transcript = cut_blocks(
        "They met.~ \nRudolf Elphberg:~ ~Sit.\n(Applause.)~ ~\nAll~ ~of you.~ ~\n(Laughter.)~ ~\nRupert Hentzau: Yes.\n",
        ("body", "They met.~ "),
        ("body", "Rudolf Elphberg:~ ~Sit."),
        ("body", "(Applause.)~ ~"),
        ("body", "All~ ~of you.~ ~"),
        ("body", "(Laughter.)~ ~"),
        ("body", "Rupert Hentzau: Yes."),
    )
    assert pieces_in_full(transcript) == [
        ("narration", "They met.", None),
        ("furniture", "~", None),
        ("blank", " \n", None),
        ("label", "Rudolf Elphberg:", 0),
        ("furniture", "~", None),
        ("blank", " ", 0),
        ("furniture", "~", None),
        ("speech", "Sit.", 0),
        ("blank", "\n", 0),
        ("direction", "(Applause.)", 0),
        ("furniture", "~", None),
        ("blank", " ", 0),
        ("furniture", "~", None),
        ("blank", "\n", 0),
        ("speech", "All", 0),
        ("furniture", "~", None),
        ("speech", " ", 0),
        ("furniture", "~", None),
        ("speech", "of you.", 0),
        ("furniture", "~", None),
        ("blank", " ", 0),
        ("furniture", "~", None),
        ("blank", "\n", 0),
        ("direction", "(Laughter.)", 0),
        ("furniture", "~", None),
        ("blank", " ", None),
        ("furniture", "~", None),
        ("blank", "\n", None),
        ("label", "Rupert Hentzau:", 1),
        ("blank", " ", 1),
        ("speech", "Yes.", 1),
        ("blank", "\n", None),
    ]
    assert texts(transcript) == ["Sit.\n\nAll of you.", "Yes."]
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(31, 64), (99, 103)]


@pytest.mark.parametrize("edge", ["", "~", "~~"])
def test_marks_at_the_ends_of_a_text_are_furniture_and_no_piece_is_empty(edge: str) -> None:
    transcript = cut_blocks(f"{edge}Rudolf Elphberg: Sit.{edge}", ("body", "Rudolf Elphberg: Sit."))
    marks = [("furniture", edge, None)] if edge else []
    assert transcript.segments[-1].end == len(transcript.document.text)
    assert pieces_in_full(transcript) == [
        *marks,
        ("label", "Rudolf Elphberg:", 0),
        ("blank", " ", 0),
        ("speech", "Sit.", 0),
        *marks,
    ]


def test_white_space_at_the_ends_of_a_text_is_blank_and_nobody_s() -> None:
    transcript = cut_blocks("\nRudolf Elphberg: Sit.\n", ("body", "Rudolf Elphberg: Sit."))
    assert [pieces_in_full(transcript)[at] for at in (0, -1)] == [("blank", "\n", None)] * 2


def test_of_a_kind_that_a_page_has_no_piece_of_there_is_no_text() -> None:
    transcript = cut_blocks("Rudolf Elphberg: Sit.", ("body", "Rudolf Elphberg: Sit."))
    assert (transcript.text_of("label"), transcript.text_of("note")) == (["Rudolf Elphberg:"], [])


def test_speech_and_insertions_alone_are_numbered_by_paragraph() -> None:
    transcript = as_reading(main("Rudolf Elphberg: Sit [down].", "(Applause.)", "All [of you].", "Now.", THANKED))
    numbered = [(p.kind, p.paragraph) for p in transcript.segments if p.turn == 0 and p.kind != "blank"]
    assert numbered == [
        ("label", None),
        ("speech", 1),
        ("insertion", 1),
        ("speech", 1),
        ("direction", None),
        ("speech", 2),
        ("insertion", 2),
        ("speech", 2),
        ("speech", 3),
    ]


@in_both_layouts
def test_text_is_in_normal_form(page: Page) -> None:
    transcript = as_reading(page(f"Rudolf Elphberg:{NBSP}We{NBSP}met  at\tthe \u2009cafe\u0301 {NBSP}.", THANKED))
    assert texts(transcript)[0] == "We met at the café ."


# ---------------------------------------------------------------------------------------------------------------------
# Errors


def test_a_line_that_goes_on_from_no_label_is_refused_with_its_line() -> None:
    problem = refusal(as_reading, main(SAT, "Well.", ": Thank you."), "zenda.txt")
    assert (brief(problem), problem.found) == ("zenda.txt:9: no-speaker", '": Thank you."')


def test_a_caption_may_begin_with_a_colon() -> None:
    transcript = cut_blocks(": the castle\n" + SAT, ("caption", ": the castle"), ("body", SAT))
    assert pieces_of(transcript, "caption") == [": the castle"]


def test_a_label_without_speech_is_refused_with_its_line_in_a_text_with_marks_too() -> None:
    text = "~Rudolf Elphberg: Sit.\n~Rupert Hentzau:~"
    problem = refusal(cut_blocks, text, ("body", SAT[:16] + " Sit."), ("body", "Rupert Hentzau:"))
    assert brief(problem) == "zenda.txt:2: no-speech"


def test_a_label_that_ends_the_text_is_refused() -> None:
    assert refusal(cut_blocks, "Rudolf Elphberg:", ("body", "Rudolf Elphberg:")).code == "no-speech"


def test_a_label_without_speech_is_refused_with_its_line() -> None:
    problem = refusal(as_reading, main(SAT, "Rupert Hentzau:", "Rudolf Elphberg: Well?"), "zenda.txt")
    assert brief(problem) == "zenda.txt:8: no-speech"
    assert '"Rupert Hentzau:"' in problem.found


@pytest.mark.parametrize("after", ["* * *", "Beginning of the talks", "<…>", "To be continued."])
def test_a_label_that_nothing_said_follows_is_refused(after: str) -> None:
    assert problems(main(SAT, "Rupert Hentzau:", after, "Rudolf Elphberg: Well?")) == ["zenda.txt:8: no-speech"]


def test_all_that_is_wrong_with_a_page_is_told_at_once() -> None:
    found = problems(main("Rupert Hentzau:", "Question:", SAT, "Well.", ": Thank you.", "Rupert Hentzau:", SAT))
    assert [int(problem.split(":")[1]) for problem in found] == [7, 8, 11, 12]


def test_in_html_all_that_is_wrong_is_told_at_once_without_lines() -> None:
    found = problems(
        html("<b>Rupert Hentzau:</b>", "<b>Question:</b>", "<b>Rudolf Elphberg:</b> Well?", ": Thank you.")
    )
    assert found == ["zenda.txt: no-speaker", "zenda.txt: no-speech", "zenda.txt: no-speech"]


# ---------------------------------------------------------------------------------------------------------------------
# Any talk

WORDS = st.sampled_from("we met bread, wine and peace. at 15:30 (EAEU) café “old” it’s 19.7 percent! Zenda".split())
INSERTIONS = st.sampled_from(["[in Zenda]", "[national leader]", "[Rupert: no]"])
DIRECTIONS = st.sampled_from(["(laughter)", "(Applause.)", "(Addressing Rupert Hentzau.)"])
SPACES = st.sampled_from([" ", " ", NBSP, "  ", "\t"])
LABELS = st.sampled_from(
    [
        "Rudolf Elphberg",
        "Rupert Hentzau",
        "President of Ruritania Rudolf Elphberg",
        "Question",
        "Rupert Hentzau (in German)",
    ]
)
GAPS = {"nothing": (), "cut": ("<…>",), "separator": ("* * *",), "heading": ("Beginning of the talks",)}


@st.composite
def paragraph(draw: st.DrawFn) -> tuple[str, str]:
    """A paragraph as printed, and what of it is said. It begins and ends with a word."""
    inner = draw(st.lists(st.one_of(WORDS, WORDS, INSERTIONS, DIRECTIONS), max_size=6))
    parts = ["We", *inner, "spoke."]
    printed = parts[0]
    for part in parts[1:]:
        printed += draw(SPACES) + part
    spoken = " ".join(part for part in parts if not re.match(r"\([lA]", part))
    return printed, spoken


@st.composite
def talk(draw: st.DrawFn) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Turns: what stands before each, its label, its paragraphs."""
    turn = st.tuples(st.sampled_from(sorted(GAPS)), LABELS, st.lists(paragraph(), min_size=1, max_size=3))
    return draw(st.lists(turn, min_size=1, max_size=5))


@in_both_layouts
@settings(deadline=None)
@given(turns=talk())
def test_any_talk_is_cut_at_its_labels_and_nothing_is_lost(
    page: Page, turns: list[tuple[str, str, list[tuple[str, str]]]]
) -> None:
    body: list[str] = []
    for gap, label, paragraphs in turns:
        (first, _), *others = paragraphs
        body += [*GAPS[gap], f"{label}: {first}", *(printed for printed, _ in others)]
    text = page(*body, place="Zenda")
    transcript = as_reading(text)
    assert labels(transcript) == [label.removesuffix(" (in German)") for _, label, _ in turns]
    assert texts(transcript) == ["\n\n".join(spoken for _, spoken in paragraphs) for _, _, paragraphs in turns]
    none = False if page is main else None
    assert gaps(transcript) == [True if gap != "nothing" else none for gap, _, _ in turns]
    assert [p.start for p in transcript.segments] == [0, *(p.end for p in transcript.segments[:-1])]
    assert transcript.segments[-1].end == len(text)
    assert pieces_of(transcript, "unassigned", "narration") == []
    for number, turn in enumerate(transcript.turns):
        assert turn.text == text_by_its_pieces(transcript, number)
        assert "laughter" not in turn.text
        assert "Applause" not in turn.text
        assert "Addressing" not in turn.text
        spoken = [p for p in transcript.segments if p.turn == number and p.kind in ("speech", "insertion")]
        assert (turn.start, turn.end) == (spoken[0].start, spoken[-1].end)
        assert not text[turn.start].isspace()
        assert not text[turn.end - 1].isspace()
    printed = Counter(re.findall(r"\((?:laughter|Applause\.|Addressing Rupert Hentzau\.)\)", " ".join(text.split())))
    assert Counter(pieces_of(transcript, "direction")) == printed


# ---------------------------------------------------------------------------------------------------------------------
# Time

SHAPES: dict[str, Callable[[int], str]] = {
    "words": lambda n: "bread and wine " * (n // 15),
    "spaces": lambda n: "bread" + " " * n + "wine",
    "no-break spaces": lambda n: "bread" + NBSP * n + "wine",
    "spaces and breaks": lambda n: "bread" + " \n" * (n // 2) + ", wine",
    "open parentheses": lambda n: "(" * n,
    "open parentheses and words": lambda n: "(a " * (n // 3),
    "nested parentheses": lambda n: "(" + "(a)" * (n // 3),
    "open brackets": lambda n: "[a " * (n // 3),
    "open elisions": lambda n: "<" + " " * n,
    "directions": lambda n: "(laughter) " * (n // 11),
    "insertions": lambda n: "[a] " * (n // 4),
    "broken lines": lambda n: "bread\n, " * (n // 8),
    "paragraphs": lambda n: "Bread.\n" * (n // 7),
    "labels": lambda n: "Rudolf Elphberg: Bread.\n" * (n // 24),
    "stars": lambda n: "* " * (n // 2) + "a",
    "colons": lambda n: "a: " * (n // 3),
}


def seconds(work: Callable[[], object]) -> float:
    """The shortest of two measurements."""
    measured = []
    for _ in range(2):
        start = time.process_time()
        work()
        measured.append(time.process_time() - start)
    return min(measured)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_to_cut_a_page_grows_no_faster_than_its_length(shape: str) -> None:
    short, long = (main(f"Rudolf Elphberg: Well. {SHAPES[shape](size)}", THANKED) for size in (2_000, 16_000))
    taken_by_short = seconds(lambda: as_reading(short))
    # Eight times as long, so eight times the time; quadratic would be 64 times. Below a millisecond all is noise.
    assert seconds(lambda: as_reading(long)) < 24 * max(taken_by_short, 0.001)


# ---------------------------------------------------------------------------------------------------------------------
# The net below the layouts


@pytest.mark.parametrize(
    ("segments", "found"),
    [
        ([("title", 0, 5), ("place", 3, 11)], "characters 3 to 5 in two"),
        ([("title", 0, 5), ("place", 0, 5), ("speech", 5, 11)], "characters 0 to 5 in two"),
        ([("title", 0, 5), ("speech", 6, 11)], "characters 5 to 6 in none"),
        ([("speech", 6, 11)], "characters 0 to 6 in none"),
        ([("title", 0, 5), ("blank", 5, 6)], "characters 6 to 11 in none"),
    ],
)
def test_a_page_of_which_a_character_is_in_no_piece_or_two_is_never_published(
    segments: list[tuple[SegmentKind, int, int]], found: str
) -> None:
    document = Document("plain_text", "Talks\nZenda", PageMetadata("Talks", dt.date(2018, 5, 4)), ())
    problem = refusal(check_cover, document, [Segment(*segment) for segment in segments], "zenda.txt")
    line = 2 if found.startswith("characters 6 to 11") else 1
    assert (brief(problem), problem.found) == (f"zenda.txt:{line}: not-covered", found)
