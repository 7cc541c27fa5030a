"""Of whom is spoken, by whom, where: persons linked inside speech, and names in editors' brackets."""

import pytest

from builder.mentions import Mention, find_mentions
from builder.people import resolve
from builder.reference import People
from tests.pages import as_reading, html, main, person_link, said, term_link


def mentions(page: str) -> tuple[Mention, ...]:
    reading = as_reading(page, "page.html" if page.startswith("<") else "page.txt")
    found = find_mentions(reading, resolve(reading, People()))
    text = reading.document.text
    for mention in found:
        assert " ".join(text[mention.start : mention.end].split()) == mention.text
    return found


def speaking(*words: str, **facts: object) -> str:
    return html(*(said("Rudolf Elphberg", some) for some in words), title="Talks", lead=None, **facts)  # type: ignore[arg-type]


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
        ("It is [Elphberg] who speaks.", "Elphberg", "Rudolf Elphberg"),
        ("In [Nizhny Zenda] it rained.", None, None),
        ("In [Zenda] it rained.", None, None),
        ("The [Zenda Steel Company] said so.", None, None),
        ("The [President of Ruritania] said so.", None, None),
        ("The [Head of the Service for Bees and Honey Surveillance] said so.", None, None),
        ("We [all] know.", None, None),
        ("That was in [1894].", None, None),
        ("Then [Vladimir] came.", None, None),
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
