"""Stage directions by their words: what is none of the speech, and what is a speaker's aside."""

import pytest

from builder.lexicon.directions import is_direction, is_direction_in_brackets

DIRECTIONS = """
    Looking at the map. | continuing | Interrupted by applause. | Handing over a letter. | Gesturing towards the door.
    Applause. | applause | Prolonged applause. | sustained applause | Stormy applause. | Thunderous applause. | Loud laughter.
    Standing ovation. | Ovation. | A burst of laughter. | Laughter in the hall. | laughter and applause | Cheers and applause.
    General laughter. | Shouts of “Bravo!” | Shouts from the audience. | Exclamations from the floor. | Crosstalk.
    A minute of silence. | Minute of silence. | Moment of silence. | silence | Pause. | Technical pause. | Break.
    Interruption. | inaudible | Unintelligible. | Indistinct. | unclear | Animation in the audience. | Animated discussion.
    Noise. | Stirring in the hall. | Noise in the hall. | Whistle. | Singing. | Music.
    Nods. | nods | Sighs. | Coughs. | Sings. | Shakes hands. | Turns to Mr Hentzau. | Looks at his watch. | Drinks water. | Waves.
    Hugs the boy. | Shows a picture. | Hands over a letter. | Stands up. | Picks up the telephone. | Kisses the icon. | Reads.
    All rise. | They shake hands. | The audience laughs. | Everyone laughs. | everyone laughs | Rudolf Elphberg laughs.
    they sing | Phone rings. | Bell rings. | Crowd chanting. | The national anthem plays. | Mr Hentzau nods. | The children sing.
    A video is shown. | Video played. | A film was shown. | The anthem of Ruritania is played. | Documents are signed.
    A toast is raised. | The letter was read out. | Flowers were laid. | Video. | Photo. | Joint photo. | Slide.
    Signing of documents. | Signing ceremony. | Exchange of gifts. | The national anthem. | National anthem of Ruritania.
    In German. | in German | In English and German. | in English, then in German | German | Speaks German. | retranslated
    through an interpreter | via interpreter | Speaking through an interpreter.
    No translation. | Not translated. | Back translated.
    no microphone. | No microphone | off-mic | no sound | off-mike, inaudible
    To the audience. | To Rupert Hentzau. | To Fritz Tarlenheim. | To his aide. | to Mr Hentzau | to Vladimir Hentzau
    From the audience | From the audience. | from the floor | From his seat.
    Addressing Rupert Hentzau. | Replying to a question on bread | Laughing. | laughing, to Rupert | Smiles.
    Rupert Hentzau: Never! | Remark: Hear, hear! | Governor of Zenda Fritz Tarlenheim: Yes. | Rupert Hentzau (from his seat): No.
"""
ASIDES = """
    looking at it from the other side | interrupted by the war | continuing our talks
    EAEU | as you know | I mean bread | 19.7 percent | in Germany, too | to be frank | to put it mildly | in Zenda
    no doubt about that | music, theatre and cinema | signs of growth are there | we heard laughter | much silence
    in good German | German wine | German or French | bread and wine | Zenda Region | Federal Road Agency
    which is 4.8% of the GDP | this is very important | Mr Hentzau has noted this | Mr President talked about that
    you know this, right? | we will talk more about this | here is a photo | see the report
    from the regions | to the regions | to Zenda | a break with the past
    a pause in the talks is no end | standing at 5 percent | general meeting | silence is golden
    the silence of the sea | all rise and fall | video games | photo archive of Zenda | looks like rain | takes time, of course
    We laugh. | I nod. | You may laugh. | I would like to thank you all. | They are shown to us in May. | note: we won
    our anthem | the play | the leaves | the number of stands | reads well | contractor – Crocus | profits fell up to five-fold
    before, they stood at under 400 billion, today they are 450 billion | many thanks for this | Parliament | Hentzau
"""


def words_of(table: str) -> list[str]:
    return [words.strip() for line in table.strip().splitlines() for words in line.split(" | ") if words.strip()]


@pytest.mark.parametrize("words", words_of(DIRECTIONS))
def test_these_are_directions(words: str) -> None:
    assert is_direction(f"({words})")


@pytest.mark.parametrize("words", words_of(ASIDES))
def test_these_are_asides(words: str) -> None:
    assert not is_direction(f"({words})")
    assert not is_direction_in_brackets(f"[{words}]")


@pytest.mark.parametrize(
    ("words", "opens_turn", "opens_paragraph", "direction"),
    [
        ("(following up on the bridge)", True, False, True),
        ("(on the proposal by the Governor)", True, False, True),
        ("(after a short word with the Minister)", True, False, True),
        ("(I shall be brief)", True, False, False),
        ("(following up on the bridge)", False, False, False),
        ("(following up on the bridge)", False, True, True),
        ("(in response to Fritz Tarlenheim)", False, True, True),
        ("(on the proposal by the Governor)", False, True, True),
        ("(Ms Petrova reported on the harvest.)", False, True, True),
        ("(The Minister then spoke about the roads of Zenda.)", False, True, True),
        ("(Next Rupert Hentzau went on to describe the bridges.)", False, True, True),
        ("(Ms Petrova reported on the harvest.)", False, False, False),
        ("(Ms Petrova reported on our harvest.)", False, True, False),
        ("(Ms Petrova has noted this)", False, True, False),
        ("(the bridges of Zenda)", False, True, False),
    ],
)
def test_what_begins_a_turn_or_a_paragraph_is_a_direction_more_often(
    words: str, opens_turn: bool, opens_paragraph: bool, direction: bool
) -> None:
    assert is_direction(words, opens_turn=opens_turn, opens_paragraph=opens_paragraph) is direction


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("[Laughter]", True),
        ("[Applause.]", True),
        ("[Prolonged applause]", True),
        ("[applause from the gallery]", True),
        ("[inaudible]", True),
        ("[Nods.]", True),
        ("[A video is shown.]", True),
        ("[shows]", False),
        ("[Russian]", False),
        ("[in German]", False),
        ("[Rupert Hentzau: No]", False),
        ("[the anthem]", False),
        ("[May 3]", False),
        ("[]", False),
    ],
)
def test_in_brackets_only_what_no_editor_puts_into_a_speech_is_a_direction(words: str, direction: bool) -> None:
    assert is_direction_in_brackets(words) is direction
