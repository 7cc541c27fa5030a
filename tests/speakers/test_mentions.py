"""Of whom is spoken, by whom, where: persons linked inside speech, and names in editors' brackets."""

import pytest

from builder.speakers.mentions import Mention, Mentioned, find_mentions, mentioned
from builder.speakers.reference import People
from builder.speakers.resolution import resolve
from tests.support.pages import as_reading, html, main, person_link, said, term_link


def mentions(page: str) -> tuple[Mention, ...]:
    transcript = as_reading(page, "page.html" if page.startswith("<") else "page.txt")
    found = find_mentions(transcript, resolve(transcript, People()))
    text = transcript.document.text
    for mention in found:
        assert " ".join(text[mention.start : mention.end].split()) == mention.text
    return found


def speaking(*words: str, **metadata: object) -> str:
    return html(*(said("Rudolf Elphberg", some) for some in words), title="Talks", lead=None, **metadata)  # type: ignore[arg-type]


def test_a_person_linked_inside_speech_is_mentioned_under_the_name_that_the_site_lists() -> None:
    (mention,) = mentions(speaking(f"I know {person_link('Mr Hentzau', 77, 'Hentzau Rupert')}, of course."))
    assert (mention.kind, mention.text, mention.turn) == ("link", "Mr Hentzau", 0)
    assert (mention.person.name, mention.person.site_person_id) == ("Rupert Hentzau", "77")


def test_a_link_in_a_label_in_narration_or_in_a_caption_is_no_mention() -> None:
    link = person_link("Rupert Hentzau", 77, "Hentzau Rupert")
    page = html(
        f"They met {link}.",
        f"<p><b>{link}:</b> Good day.</p>",
        said("Rudolf Elphberg", "Yes."),
        "* * *",
        f"And {link}.",
    )
    assert mentions(page) == ()


def test_a_glossary_link_is_no_mention() -> None:
    assert mentions(speaking(f"The {term_link('League')} met.")) == ()


def test_a_link_inside_a_direction_is_no_mention() -> None:
    assert mentions(speaking(f"Look here <i>(addressing {person_link('Rupert Hentzau', 77)})</i>, please.")) == ()


def test_each_mention_stands_in_its_turn_in_the_order_of_the_text() -> None:
    one, other = person_link("Hentzau", 77, "Hentzau Rupert"), person_link("Sapt", 78, "Sapt Fritz")
    found = mentions(speaking(f"{other} and {one}.", f"And {one} again."))
    assert [(mention.turn, mention.text) for mention in found] == [(0, "Sapt"), (0, "Hentzau"), (1, "Hentzau")]


@pytest.mark.parametrize(
    ("words", "text", "name"),
    [
        ("He [Vladimir Hentzau] came.", "Vladimir Hentzau", "Vladimir Hentzau"),
        ("The President [of Zenda Vladimir Hentzau] came.", None, None),
        ("He [Prime Minister of Zenda Vladimir Hentzau] came.", "Prime Minister of Zenda Vladimir Hentzau", "Vladimir Hentzau"),
        ("He [Vladimir Hentzau, the king’s guard] came.", "Vladimir Hentzau, the king’s guard", "Vladimir Hentzau"),
        ("His [Vladimir Hentzau’s] horse.", "Vladimir Hentzau’s", "Vladimir Hentzau"),
        ("Then [Vladimir] Hentzau came.", "Vladimir", "Vladimir Hentzau"),
        ("It is [Vladimir] Hentzau’s horse.", "Vladimir", "Vladimir Hentzau"),
        ("Then [Vladimir Hentzau] Senior came.", "Vladimir Hentzau", "Vladimir Hentzau"),
        ("He [Vladimir von Hentzau] came.", "Vladimir von Hentzau", "Vladimir von Hentzau"),
        ("He [ Vladimir Hentzau ] came.", "Vladimir Hentzau", "Vladimir Hentzau"),
        ("He [Xavier Hentzau MAX] came.", "Xavier Hentzau MAX", "Xavier Hentzau MAX"),
        ("It is [President of Ruritania Rudolf Elphberg].", "President of Ruritania Rudolf Elphberg", "Rudolf Elphberg"),
        ("It is [Elphberg] who speaks.", "Elphberg", "Rudolf Elphberg"),
        ("Then [Foreign Minister Vladimir] Hentzau came.", "Foreign Minister Vladimir", "Vladimir Hentzau"),
        ("Then [Vladimir Michailovich] Hentzau came.", "Vladimir Michailovich", "Vladimir Michailovich Hentzau"),
        ("Then Vladimir Michailovich [Hentzau] came.", "Hentzau", "Vladimir Hentzau"),
        ("Then Vladimir [Hentzau] came.", "Hentzau", "Vladimir Hentzau"),
        ("Then he [Hentzau] came.", "Hentzau", "Hentzau"),
        ("I asked the Minister [Hentzau].", "Hentzau", "Hentzau"),
        ("Ask Vladimir [Hentzau, Head of Zenda Steel].", "Hentzau, Head of Zenda Steel", "Vladimir Hentzau"),
        ("Mr Hentzau [Head of the Union of Builders and Painters] knows.", None, None),
        ("I asked [Hentzau, head of the bridge agency].", "Hentzau, head of the bridge agency", "Hentzau"),
        ("I spoke [with Vladimir Hentzau].", "with Vladimir Hentzau", "Vladimir Hentzau"),
        ("I spoke to [Mr Vladimir Hentzau].", "Mr Vladimir Hentzau", "Vladimir Hentzau"),
        ("This [President] Hentzau knows.", None, None),
        ("They came to the town [Hentzau].", None, None),
        ("In [Nizhny Zenda] it rained.", None, None),
        ("In [Zenda] it rained.", None, None),
        ("The [Zenda Steel Company] said so.", None, None),
        ("The [President of Ruritania] said so.", None, None),
        ("The [Head of the Service for Bees and Honey Surveillance] said so.", None, None),
        ("We [all] know.", None, None),
        ("That was in [1894].", None, None),
        ("Then [Vladimir] came.", None, None),
        ("Then came [Vladimir].", None, None),
        ("In [Zenda Vladimir] it rained.", None, None),
        ("Then [] Hentzau came.", None, None),
        ("Thank you [laughs].", None, None),
        ("So [the situation in Strelsau is] calm.", None, None),
    ],
)  # fmt: skip
def test_a_bracket_mentions_a_person_where_it_names_one(words: str, text: str | None, name: str | None) -> None:
    found = [(mention.kind, mention.text, mention.person.name) for mention in mentions(speaking(words))]
    assert found == ([("insertion", text, name)] if text else [])


def test_a_family_name_in_brackets_is_that_of_the_only_person_of_the_page_whom_it_fits() -> None:
    (mention,) = mentions(speaking("I asked him [Hentzau].", persons=[("Hentzau Rupert", 77)]))
    assert (mention.person.name, mention.person.site_person_id) == ("Rupert Hentzau", "77")
    assert mentions(speaking("I asked him [Hentzau].", persons=[("Hentzau Rupert", 77), ("Hentzau Fritz", 78)])) == ()


def test_a_link_inside_brackets_is_one_mention() -> None:
    (mention,) = mentions(speaking(f"I asked him [{person_link('Rupert Hentzau', 77, 'Hentzau Rupert')}]."))
    assert (mention.kind, mention.text) == ("link", "Rupert Hentzau")


def test_text_shows_the_brackets_alone() -> None:
    (mention,) = mentions(main("Rudolf Elphberg: I know [Vladimir Hentzau].", "Rupert Sapt: So do I."))
    assert (mention.kind, mention.person.name, mention.person.plain_id) == (
        "insertion",
        "Vladimir Hentzau",
        "vladimir-hentzau",
    )


def test_a_page_without_turns_mentions_nobody() -> None:
    assert mentions(html(f"They met {person_link('Rupert Hentzau', 77)}.")) == ()


# ---------------------------------------------------------------------------------------------------------------------
# Who it is


def person_of(page: str) -> Mentioned:
    """The one person of whom a page speaks, once."""
    (mention,) = mentions(page)
    return mention.person


def test_whoever_speaks_on_the_page_is_mentioned_as_the_speaker() -> None:
    link = person_link("Mr Hentzau", 77, "Hentzau Rupert")
    label = person_link("Rupert Hentzau", 77, "Hentzau Rupert")
    page = html(said("Rudolf Elphberg", f"I know {link}."), said(label, "And I him."))
    assert person_of(page) == Mentioned("Rupert Hentzau", "rupert-hentzau--77", "rupert-hentzau", "77", None)


def test_a_speaker_in_brackets_has_the_number_of_the_link_in_the_speaker_s_label() -> None:
    label = person_link("Rupert Hentzau", 77, "Hentzau Rupert")
    page = html(said("Rudolf Elphberg", "I know him [Hentzau]."), said(label, "And I him."))
    assert person_of(page) == Mentioned("Rupert Hentzau", "rupert-hentzau--77", "rupert-hentzau", "77", None)


def test_a_speaker_without_a_number_goes_by_the_name_alone() -> None:
    assert person_of(speaking("It is I [Elphberg].")) == Mentioned(
        "Rudolf Elphberg", "rudolf-elphberg", "rudolf-elphberg", None, None
    )


@pytest.mark.parametrize(
    ("words", "card", "name"),
    [
        ("Mr Hentzau", "Hentzau Rupert", "Rupert Hentzau"),
        ("Mr Hentzau", "Sapt Fritz", "Hentzau"),
        ("Hentzau", "Hentzau Rudolf Fritz", "Rudolf Fritz Hentzau"),
        ("Hentzau", "Hentzau Zen Zau", "Hentzau Zen Zau"),
        ("Fritz", "Fritz V King of Ruritania", "Fritz V King of Ruritania"),
    ],
)
def test_a_linked_person_has_the_listed_name_where_it_fits_the_words(words: str, card: str, name: str) -> None:
    assert person_of(speaking(f"I know {person_link(words, 77, card)}.")).name == name


def test_a_name_that_the_site_lists_under_another_number_is_another_person_s() -> None:
    page = speaking(f"I know {person_link('Mr Hentzau', 78, 'Sapt Fritz')}.", persons=[("Hentzau Rupert", 77)])
    assert person_of(page) == Mentioned("Hentzau", "hentzau--78", "hentzau", "78", None)


def test_a_linked_person_whose_words_hold_no_letter_is_unnamed() -> None:
    assert person_of(speaking(f"I know {person_link('…', 77, 'Hentzau Rupert')}.")) == Mentioned(
        "…", "unnamed--77", "unnamed", "77", None
    )


def test_a_link_around_a_space_is_no_mention() -> None:
    assert mentions(speaking(f"I know{person_link(' ', 77)}nobody.")) == ()


@pytest.mark.parametrize("words", ["{}", "{} came.", "It is {}", " {} "])
def test_a_link_may_be_all_that_is_said_or_stand_at_its_ends(words: str) -> None:
    page = speaking(words.format(person_link("Xavier X", 77, "Hentzau Rupert")))
    assert [mention.text for mention in mentions(page)] == ["Xavier X"]


@pytest.mark.parametrize(
    ("words", "person"),
    [
        (
            "He [Prime Minister of Zenda Vladimir Sapt] came.",
            Mentioned("Vladimir Sapt", "vladimir-sapt", "vladimir-sapt", None, "Prime Minister of Zenda"),
        ),
        (
            "He [Prime Minister of Zenda Rupert Hentzau] came.",
            Mentioned("Rupert Hentzau", "rupert-hentzau--77", "rupert-hentzau", "77", "Prime Minister of Zenda"),
        ),
        (
            "He [Prime Minister of Zenda Rudolf Elphberg] came.",
            Mentioned("Rudolf Elphberg", "rudolf-elphberg", "rudolf-elphberg", None, "Prime Minister of Zenda"),
        ),
    ],
    ids=["of nobody known", "of a person listed", "of a speaker"],
)
def test_an_office_in_the_brackets_is_the_person_s_role(words: str, person: Mentioned) -> None:
    assert person_of(speaking(words, persons=[("Hentzau Rupert", 77)])) == person


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("I asked him [Hentzau, the guard].", "Rupert Hentzau"),
        ("I asked him [Hentzau, the guard, of Zenda].", "Rupert Hentzau"),
        ("I asked him [Hentzau].", "Rupert Hentzau"),
        ("I asked him [Rupert Hentzau].", "Rupert Hentzau"),
        ("I asked him [HENTZAU].", "Rupert Hentzau"),
        ("I asked him [Fritz].", "Fritz V King of Ruritania"),
    ],
)
def test_a_name_in_brackets_before_a_comma_or_none_is_a_listed_person_s(words: str, name: str) -> None:
    listed = [("Hentzau Rupert", 77), ("Fritz V King of Ruritania", 78)]
    assert person_of(speaking(words, persons=listed)).name == name


def test_of_a_speaker_s_name_of_three_words_the_last_alone_is_the_family_name() -> None:
    page = html(said("Rudolf Fritz Elphberg", "We [Elphberg] know."), title="Talks", lead=None)
    assert person_of(page).name == "Rudolf Fritz Elphberg"
    assert mentions(page.replace("[Elphberg]", "[Fritz]")) == ()


def test_a_family_name_that_two_speakers_share_is_neither_s() -> None:
    others = [said("Rudolf Elphberg", "We [Elphberg] know."), said("Flavia Elphberg", "Yes.")]
    assert mentions(html(*others, persons=[("Elphberg Rudolf", 77)])) == ()


def test_links_and_brackets_stand_in_one_order_that_of_the_text() -> None:
    one, other = person_link("Sapt", 78, "Sapt Fritz"), person_link("Hentzau", 77, "Hentzau Rupert")
    found = mentions(speaking(f"{one} and [Vladimir Tarlenheim]{other} and [Igor Tarlenheim]."))
    assert [(mention.kind, mention.text) for mention in found] == [
        ("link", "Sapt"),
        ("insertion", "Vladimir Tarlenheim"),
        ("link", "Hentzau"),
        ("insertion", "Igor Tarlenheim"),
    ]


def test_each_person_of_whom_a_page_speaks_is_listed_once_with_the_first_role_that_is_given() -> None:
    words = "[Vladimir Sapt] [Head of Zenda Vladimir Sapt] [Mayor of Zenda Vladimir Sapt] [Igor Sapt] [Vladimir Sapt]"
    found = mentions(speaking(f"He came: {words}."))
    assert [(person.name, person.role) for person in mentioned(found)] == [
        ("Vladimir Sapt", "Head of Zenda"),
        ("Igor Sapt", None),
    ]
