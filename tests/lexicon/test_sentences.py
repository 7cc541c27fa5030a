"""Words before a colon that read like a label and are none."""

import pytest

from builder.lexicon.labels import names_speaker, read_label


def is_label(text: str) -> bool:
    label = read_label(text)
    return label is not None and names_speaker(label)


@pytest.mark.parametrize(
    "text",
    [
        "In addition, the President laid flowers at the stones in the Castle Garden: Zenda, Strelsau.",
        "Take Ruritania, for example: their bridges are old.",
        "Fritz Tarlenheim, a poet of the Silver Age, described women in a vivid manner: Wind.",
        "Attending the ceremony, Prime Minister Rupert Hentzau: and others.",
        "With Prime Minister Rupert Hentzau: at the castle.",
        "To Prime Minister Rupert Hentzau: Dear Mr Hentzau.",
        "From Chairman of the Bridge Council Rupert Hentzau: greetings.",
        "According to Prime Minister Rupert Hentzau: all is well.",
        "Recall Rudolf Elphberg: he won.",
        "Thus Fritz Tarlenheim: he knows.",
        "Perhaps Rupert Hentzau: he knows.",
        "Speaking of Governor Fritz Tarlenheim: he knows.",
        "Participants included Minister Rupert Hentzau: and others.",
        "Governor Fritz Tarlenheim asked Prime Minister Rupert Hentzau: and he knew.",
        "Governor Fritz Tarlenheim met Prime Minister Rupert Hentzau: they spoke.",
        "Executive Order On Awarding State Decorations for Young Builders: Having considered the proposal.",
        "By Order of the President of Ruritania Rudolf Elphberg: go.",
        "Joint Statement by President of Ruritania Rudolf Elphberg and Prime Minister Rupert Hentzau: we agree.",
        "Message to Prime Minister Rupert Hentzau: Dear friend.",
        "Telegram from President of Ruritania Rudolf Elphberg: dear friends.",
        "Meeting with Prime Minister Rupert Hentzau: key points.",
        "Telephone conversation with Prime Minister Rupert Hentzau: key points.",
        "Chapter Two, Article Five: the text.",
        "Item One, Bridges: we need them.",
        "Minister for Civil Defence, Emergencies and Disaster Relief: Fritz Tarlenheim.",
        "Mayor of Great Zenda: Fritz Tarlenheim.",
        "Strelsau Declaration: full text",
        "Strelsau Bridges Convention: full text",
        "Zenda Memorandum: the text.",
        "Chief of Staff of the Elphberg Guards: Fritz Tarlenheim",
    ],
)
def test_a_statement_a_title_or_an_entry_of_a_list_is_no_label(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize(
    "text",
    [
        "From the audience: Welcome.",
        "Prime Minister Rupert Hentzau: Fritz Tarlenheim.",
        "Retired Colonel Fritz Tarlenheim: Welcome.",
        "Head of the United Bridges party Fritz Tarlenheim: Welcome.",
        "Director of the Institute of Applied Bridges Fritz Tarlenheim: Welcome.",
        "Acting Governor of Zenda Fritz Tarlenheim: Welcome.",
        "Mayor of Great Zenda Fritz Tarlenheim: That is a fine bridge, and so is the castle above it, as we all know very well.",
        "Mohamed Tarlenheim: Welcome.",
    ],
)
def test_a_label_with_such_words_is_one(text: str) -> None:
    assert is_label(text)
