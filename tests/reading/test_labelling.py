"""Labels that a saved page shows by its markup: within a paragraph, without bold, without a colon; and what is no label."""

import pytest

from tests.support.pages import as_reading, html, person_link, pieces_of

SAT = "<p><b>Rudolf Elphberg:</b> Please, sit down.</p>"
THANKED = "<p><b>Rupert Hentzau:</b> Thank you.</p>"
ELPHBERG, HENTZAU = "Rudolf Elphberg", "Rupert Hentzau"
GOVERNOR = "Governor of Zenda Fritz Tarlenheim"


def turns(*paragraphs: str) -> list[tuple[str, str]]:
    """Label and text of the turns between the first and the last."""
    found = [(turn.label, turn.text) for turn in as_reading(html(SAT, *paragraphs, THANKED)).turns]
    assert found[0] == (ELPHBERG, "Please, sit down.")
    assert found[-1] == (HENTZAU, "Thank you.")
    return found[1:-1]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        # Behind a line break, or the end of a sentence
        ("<b>Rupert Hentzau:</b> One.<br/><br/><b>Rudolf Elphberg:</b> Two.", [(HENTZAU, "One."), (ELPHBERG, "Two.")]),
        ("<b>Rupert Hentzau:</b> One.<br>Two.<br> <b>Elder:</b> Three.", [(HENTZAU, "One. Two."), ("Elder", "Three.")]),
        ("<b>Rupert Hentzau:</b> One. <b>Question:</b> Why?", [(HENTZAU, "One."), ("Question", "Why?")]),
        ("<b>Rupert Hentzau:</b> “One.” <b>Rudolf Elphberg: </b>Two.", [(HENTZAU, "“One.”"), (ELPHBERG, "Two.")]),
        ("<b>Rupert Hentzau:</b><br/>One.<br/><b>Rudolf</b> <b>Elphberg:</b><br/>Two.", [(HENTZAU, "One."), (ELPHBERG, "Two.")]),
        (f"<b>Rupert Hentzau:</b> One.<br/>{GOVERNOR}: Two.", [(HENTZAU, "One."), (GOVERNOR, "Two.")]),
        ("<b>Rupert Hentzau:</b> One.<br/>Rudolf Elphberg: Two.", [(HENTZAU, "One."), (ELPHBERG, "Two.")]),
        ("<b>Rupert Hentzau:</b> We met <b>Rudolf Elphberg:</b> a king.", [(HENTZAU, "We met Rudolf Elphberg: a king.")]),
        ("<b>Rupert Hentzau:</b> So it is. <b>Zenda:</b> a city.", [(HENTZAU, "So it is. Zenda: a city.")]),
        # No label is left without speech
        ("<b>Rupert Hentzau:</b><br/><b>Rudolf Elphberg:</b> Two.", [(HENTZAU, "Rudolf Elphberg: Two.")]),
        ("<b>Rupert Hentzau:</b> One.<br/><b>Rudolf Elphberg:</b>", [(HENTZAU, "One. Rudolf Elphberg:")]),
        # A letter that is not in bold
        ("R<b>upert Hentzau: </b>One.", [(HENTZAU, "One.")]),
        ("<b>Rupert Hentza</b>u: One.", [(HENTZAU, "One.")]),
        ("<b>Rupert Hen</b>t<b>zau</b>: One.", [(HENTZAU, "One.")]),
        # No bold, but of one who has it elsewhere, or with an office
        ("Rupert Hentzau: One.", [(HENTZAU, "One.")]),
        ("Rupert Hentzau (smiling): “One.”", [(HENTZAU, "“One.”")]),
        ("<i>Rupert Hentzau:</i> One.", [(HENTZAU, "One.")]),
        ("<b>Rupert</b> Hentzau: One.", [(HENTZAU, "One.")]),
        # Bold in pieces, of one who has no other label
        ("<b>Fr</b><b>itz Tarlen</b>heim<b>:</b> One.", [("Fritz Tarlenheim", "One.")]),
        ("<b>Fritz</b> Tarlenheim: One.", [("Fritz Tarlenheim", "One.")]),
        ("<b>Virologist</b> Flavia <b>Strofzin</b>: One.", [("Virologist Flavia Strofzin", "One.")]),
        # A full stop
        ("<b>Fritz Tarlenheim.</b> One.", [("Fritz Tarlenheim", "One.")]),
        (f"<b>{GOVERNOR}.</b> “One.”", [(GOVERNOR, "“One.”")]),
        ("<b>Fritz Tarlenheim</b>. One.", [("Fritz Tarlenheim", "One.")]),
        # A voice without bold, between one in bold and an answer
        ("<b>Question:</b> Why?</p><p>Question: When?", [("Question", "Why?"), ("Question", "When?")]),
        (f"{GOVERNOR}: One.", [(GOVERNOR, "One.")]),
        ("Governor of Zenda <b>Fritz Tarlenheim:</b> One.", [(GOVERNOR, "One.")]),
        # No colon
        ("<b>Rupert Hentzau</b> One.", [(HENTZAU, "One.")]),
        ("<b>Rupert Hentzau.</b> One.", [(HENTZAU, "One.")]),
        ("<b>Rupert Hentzau</b>. “One.”", [(HENTZAU, "“One.”")]),
        ("<b>Rupert Hentzau</b></p><p>One.", [(HENTZAU, "One.")]),
        # A note in italics, without parentheses, or longer than a line
        ("<b>Rupert Hentzau</b> <i>retranslated</i>: One.", [(HENTZAU, "One.")]),
        ("<b>Rupert Hentzau</b> <i>in German:</i> One.", [(HENTZAU, "One.")]),
        (f"<b>Rupert Hentzau</b> <i>({'on the bridges and roads of Zenda ' * 8})</i>: One.", [(HENTZAU, "One.")]),
        # Bold decides
        ("<b>He Lifeng:</b> One.", [("He Lifeng", "One.")]),
        ("<b>Than Shwe:</b> One.", [("Than Shwe", "One.")]),
        ("<b>Will Power:</b> One.", [("Will Power", "One.")]),
        ("<b>Mr Marsh:</b> One.", [("Mr Marsh", "One.")]),
        ("<b>Prof. Fritz Tarlenheim:</b> One.", [("Prof. Fritz Tarlenheim", "One.")]),
        ("<b>Lt. Gen. Fritz Tarlenheim:</b> One.", [("Lt. Gen. Fritz Tarlenheim", "One.")]),
        ("<b>R.Hentzau:</b> One.", [("R.Hentzau", "One.")]),
        ("<b>RupertHENTZAU:</b> One.", [("RupertHENTZAU", "One.")]),
        (f"<b>{GOVERNOR}, moderator of the meeting:</b> One.", [(f"{GOVERNOR}, moderator of the meeting", "One.")]),
    ],
)  # fmt: skip
def test_a_label_may_stand_within_a_paragraph_or_lack_its_bold_or_its_colon(
    paragraph: str, expected: list[tuple[str, str]]
) -> None:
    assert turns(f"<p>{paragraph}</p>") == expected


def test_the_link_of_a_label_within_a_paragraph_is_its_speaker_s() -> None:
    cut = f"<p><b>Rudolf Elphberg:</b> One.<br/><b>{person_link(HENTZAU, 119)}:</b> Two.</p>"
    found = [(turn.label, turn.site_person_id) for turn in as_reading(html(SAT, cut)).turns]
    assert found == [(ELPHBERG, None), (ELPHBERG, None), (HENTZAU, "119")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "<b>Housing:</b> we shall build.",
        "<b>Education and science:</b> we shall teach.",
        "<b>First:</b> we shall build.",
        "<b>Conclusion:</b> we shall win.",
        "<b>Bridges:</b> of all bridges this is the longest.",
        "<b>He said:</b> never.",
        "<b>No comment:</b> that was all.",
        "Hentzau: an old name.",
        "Fritz Tarlenheim: He is a count.",
        "Question: “How much?” Answer: “Much.”",
        "Minister of Bridges: Fritz Tarlenheim.",
        "<b>Rupert Hentzau</b> was there.",
        "<b>Fritz Tarlenheim</b> One.",
        "<b>Fritz</b> Tarlenheim: an old name.",
        "<b>Bridges and roads.</b> One.",
        "<b>Great Zenda.</b> one.",
        "Question: When?",
        "<b>Social policy:</b> One.",
        "<b>Gasification:</b> One.",
        "<b>Important:</b> One.",
        "Rupert Hentzau: a life.",
    ],
)
def test_these_are_said_by_whoever_spoke_before(paragraph: str) -> None:
    transcript = as_reading(html(SAT, f"<p>{paragraph}</p>", THANKED))
    assert [turn.label for turn in transcript.turns] == [ELPHBERG, HENTZAU]


def test_where_nobody_has_a_label_in_bold_none_is_one() -> None:
    page = html(f"<p>{GOVERNOR}: One.</p>", "<p><b>Rupert</b> Hentzau: Two.</p>", "<p>Rupert Hentzau: Three.</p>")
    assert as_reading(page).turns == ()


@pytest.mark.parametrize(
    ("paragraphs", "kind", "words"),
    [
        # In italics: a direction, or before a label a heading
        (("<p><i>The anthem is played.</i></p>", "<p>Yes.</p>"), "direction", "The anthem is played."),
        (("<p><i>Rupert Hentzau joins in.</i></p>",), "direction", "Rupert Hentzau joins in."),
        (("<p>We <i>(a long walk up to the castle)</i> won.</p>",), "direction", "(a long walk up to the castle)"),
        (("<p>We (<i>he bows.</i>) won.</p>",), "direction", "(he bows.)"),
        (("<p>We <i>(he bows</i>) won.</p>",), "direction", "(he bows)"),
        (("<p><i>On bridges and roads</i></p>",), "heading", "On bridges and roads"),
        (("<p><b>On bridges and roads</b></p>",), "heading", "On bridges and roads"),
        (("<p><b>Fritz Tarlenheim</b></p>",), "heading", "Fritz Tarlenheim"),
        # But speech where it has words of one who speaks, goes on from a colon, or is quoted
        (("<p><i>I thank you.</i></p>",), "direction", None),
        (("<p>I quote:</p>", "<p><i>The sea is wide.</i></p>"), "direction", None),
        (("<p><i>“The sea is wide.”</i></p>",), "direction", None),
        (("<p>We (see <i>Zenda Today</i>) won.</p>",), "direction", None),
        (("<p><b>Peace and bread.</b></p>",), "heading", None),
        (("<p><b>Peace and bread</b></p>", "<p>Yes.</p>"), "heading", None),
        (("<p><b>Three things,</b></p>",), "heading", None),
    ],
)
def test_what_is_in_italics_or_in_bold_and_no_label_is_a_direction_or_a_heading(
    paragraphs: tuple[str, ...], kind: str, words: str | None
) -> None:
    transcript = as_reading(html(SAT, *paragraphs, THANKED))
    assert pieces_of(transcript, kind) == ([words] if words else [])
    assert [turn.label for turn in transcript.turns] == [ELPHBERG, HENTZAU]


@pytest.mark.parametrize(
    ("quotation", "kind"),
    [
        ("We shall build bridges.", "pullquote"),
        ("“We shall build many bridges”", "pullquote"),
        ("Every sailor carries a lantern northward.", "speech"),
    ],
)
def test_a_quotation_is_speech_where_it_does_not_repeat_the_page(quotation: str, kind: str) -> None:
    page = html(SAT, "<p>We shall build many long bridges.</p>", f"<blockquote>{quotation}</blockquote>", THANKED)
    assert quotation in pieces_of(as_reading(page), kind)
