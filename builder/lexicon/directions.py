"""Stage directions in parentheses or brackets, known by their words, and told from a speaker's aside.

(Prolonged applause.)   (Nods.)   (A video is shown.)   (To the audience.)      directions
(as you know)   (EAEU)   (signs of growth are there)                            asides

In doubt it is an aside: then nothing of the speech is lost.
"""

import re
from collections.abc import Sequence

from builder.lexicon.labels import names_speaker, read_label
from builder.lexicon.spelling import is_given_name
from builder.lexicon.vocabulary import (
    ACTS,
    ACTS_OF_A_SUBJECT,
    DIRECTION_WORDS,
    DIRECTION_WORDS_OF_A_SENTENCE,
    LANGUAGES,
    REACTION_MODIFIERS,
    REACTIONS,
    REPORTING_VERBS,
    STAGE_NOUNS,
)

_WORD = re.compile(r"[\w’'-]+")
_SOUND = frozenset("microphone mic mike sound translation interpreter".split())
_INTERPRETED = re.compile(
    r"(?:speaking |speaks )?(?:through|via|with) (?:an |the |his |her )?interpret(?:er|ation)|not translated|"
    r"(?:no|back) translat\w+"
)
_OF_SPEAKER_AND_HEARER = frozenset(
    "i we you my our your me us mine ours yours myself ourselves i’m i've i’ve we’re we’ve we'll we’ll you’re let’s let".split()
)
"""Words of one who speaks: a direction tells of the speaker and has none of them, but in a quotation."""
_STATES = frozenset("is are was were be been has have had will would should can could may must do does did not".split())
_SHOWN = re.compile(
    r"\b(?:is|are|was|were|being)(?: being)? (?:shown|played|performed|sung|screened|presented|demonstrated|broadcast|"
    r"signed|exchanged|heard|unveiled|laid|handed|read|given|held|announced|raised)\b"
)
_ADDRESSED = re.compile(r"To (?:[A-Z]|the |a |an |his |her |all |members |journalists|those |everyone)")
_FROM_THE_HALL = re.compile(
    r"from (?:the|his|her|their) (?:audience|floor|hall|room|stage|stands|seats?|(?:front|back) row|back|balcony)"
)
_ON_WHAT = re.compile(
    r"(?:in (?:response|reply|answer) to|following up|(?:up)?on the (?:proposal|suggestion|request|question)) "
)
"""How a remark on what another said begins: `in response to Rupert Hentzau`."""
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_ENDS = frozenset(".!…")
_MOST_WORDS_OF_AN_ACT = 12
_FEWEST_WORDS_OF_A_SUMMARY = 5
_FURTHEST_VERB = 10
"""Words before which the verb of a summary stands."""


def is_direction(words: str, *, opens_turn: bool = False, opens_paragraph: bool = False) -> bool:
    """Whether what stands in parentheses, which are given too, is a stage direction.

    `opens_turn` says whether it stands right behind a label, where an aside cannot; `opens_paragraph`, whether it begins a
    paragraph or follows the end of a sentence.
    """
    inside = " ".join(words[1:-1].split())
    tokens = _WORD.findall(inside.casefold())
    if not tokens:
        return False
    if _begins_as_direction(inside, tokens) or _is_reaction(inside, tokens) or _is_interjection(inside):
        return True
    if _FROM_THE_HALL.match(inside.casefold()) or _INTERPRETED.fullmatch(inside.casefold().rstrip(".")):
        return True
    if tokens[0] == "to" and _is_addressed(inside, tokens):
        return True
    if not _OF_SPEAKER_AND_HEARER.isdisjoint(_WORD.findall(_QUOTED.sub("", inside).casefold())):
        return False
    if opens_turn or _is_act(inside, tokens):
        return True
    return opens_paragraph and (_is_summary(inside, tokens) or bool(_ON_WHAT.match(inside.casefold())))


def is_direction_in_brackets(words: str) -> bool:
    """Whether what stands in brackets, which are given too, is a stage direction, `[Laughter]`, and no word that the editors
    put into the speech."""
    inside = " ".join(words[1:-1].split())
    tokens = _WORD.findall(inside.casefold())
    if not tokens or not _OF_SPEAKER_AND_HEARER.isdisjoint(tokens):
        return False
    return _is_reaction(inside, tokens) or (_is_sentence(inside) and _is_act(inside, tokens))


def _begins_as_direction(inside: str, tokens: Sequence[str]) -> bool:
    """Whether the first words show it: `Laughing`, `In German`, `No microphone`, `Hands over a letter.`"""
    first = tokens[0]
    if first == "in" or first in LANGUAGES:
        rest = [token for token in tokens if token not in ("and", "then", "in")]
        return bool(rest) and all(token in LANGUAGES for token in rest) and (first == "in" or len(tokens) == 1)
    if first in DIRECTION_WORDS_OF_A_SENTENCE:
        return _is_sentence(inside) or len(tokens) == 1 or tokens[1] in _SOUND
    return first in DIRECTION_WORDS


def _is_sentence(inside: str) -> bool:
    return inside[:1].isupper() and inside[-1:] in _ENDS


def _is_reaction(inside: str, tokens: Sequence[str]) -> bool:
    """Whether it is a sound, a pause or a stir, with what qualifies it: `Prolonged applause`, `Noise in the hall.`"""
    at = next((i for i, token in enumerate(tokens) if token not in REACTION_MODIFIERS), len(tokens) - 1)
    noun = tokens[at]
    if noun not in REACTIONS:
        return False
    if len(tokens) == at + 1:
        return at == 0 or REACTIONS[noun] or _is_sentence(inside)
    goes_on = tokens[at + 1] in ("in", "from", "of", "and", "at", "by", "among", "on", "during")
    return goes_on and (REACTIONS[noun] or _is_sentence(inside))


def _is_interjection(inside: str) -> bool:
    """Whether another speaks here: `Rupert Hentzau: Never!`"""
    label = read_label(inside) if ":" in inside else None
    return label is not None and names_speaker(label)


def _is_addressed(inside: str, tokens: Sequence[str]) -> bool:
    """Whether it says to whom the speaker turns: `To the audience.`, `to Mr Hentzau`."""
    if not _OF_SPEAKER_AND_HEARER.isdisjoint(tokens) or not _STATES.isdisjoint(tokens):
        return False
    words = inside.split()
    if len(words) < 2 or len(words) > _MOST_WORDS_OF_AN_ACT:
        return False
    names_person = words[1] in ("Mr", "Ms", "Mrs") or (
        len(words) > 2 and words[1][0].isupper() and is_given_name(words[1])
    )
    return names_person or (_is_sentence(inside) and bool(_ADDRESSED.match(inside)))


def _is_act(inside: str, tokens: Sequence[str]) -> bool:
    """Whether it tells what somebody does or what is shown: `Nods.`, `The audience laughs.`, `Signing of documents.`"""
    if len(tokens) > _MOST_WORDS_OF_AN_ACT:
        return False
    is_sentence = _is_sentence(inside)
    if tokens[0] in ACTS and (is_sentence or len(tokens) == 1):
        return True
    if is_sentence and _SHOWN.search(inside):
        return True
    ends_with_act = len(tokens) > 1 and tokens[-1] in ACTS_OF_A_SUBJECT
    if (
        ends_with_act
        and len(tokens) <= 5
        and (is_sentence or inside[0].isupper() or tokens[0] in ("everyone", "all", "they"))
    ):
        return True
    if not is_sentence or not _STATES.isdisjoint(tokens):
        return False
    if any(token in ACTS_OF_A_SUBJECT for token in tokens[1:4]):
        return True
    head = next((i for i, token in enumerate(tokens) if token in ("of", "in", "by", "with", "at", "from")), len(tokens))
    return head > 0 and (tokens[head - 1] in STAGE_NOUNS or tokens[0] in STAGE_NOUNS)


def _is_summary(inside: str, tokens: Sequence[str]) -> bool:
    """Whether it sums up what the page does not print: `Ms Petrova reported on the harvest.`"""
    return (
        _is_sentence(inside)
        and len(tokens) >= _FEWEST_WORDS_OF_A_SUMMARY
        and any(token in REPORTING_VERBS for token in tokens[1:_FURTHEST_VERB])
    )
