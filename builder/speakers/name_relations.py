"""How one name may stand for another: part of it, another spelling of it, a slip."""

from collections.abc import Callable, Iterable

from builder.lexicon.spelling import fits_initials, is_part_of, is_prefix, is_slip, spelling_key, words_key
from builder.speakers.candidates import Candidate
from schema.vocabularies import SpeakerEvidence

_RELATIONS: tuple[tuple[Callable[[str, str], bool], SpeakerEvidence], ...] = (
    (lambda name, full: is_part_of(name.casefold().split(), full.casefold().split()), "short_name"),
    (lambda name, full: is_part_of(full.casefold().split(), name.casefold().split()), "short_name"),
    (lambda name, full: spelling_key(name) == spelling_key(full), "spelling"),
    (lambda name, full: is_part_of(words_key(name), words_key(full)), "spelling"),
    (fits_initials, "spelling"),
    (is_slip, "spelling"),
    (lambda name, full: " " not in name and is_slip(name, full.split()[-1]), "spelling"),
)
"""The relations of a name to a full name, the surest first, and the evidence where only one person fits."""


def fitting(name: str, candidates: Iterable[Candidate]) -> tuple[list[Candidate], SpeakerEvidence]:
    """The candidates for whom a name may stand by the surest relation that holds for any, and the evidence it gives."""
    others = [c for c in candidates if not c.is_known_here_alone]
    words = name.casefold().split()
    found = [c for c in others if c.listed and is_prefix(words, c.listed.casefold().split())]
    # Most names share nothing; the slower comparisons are only for those that do.
    near = [(c, full) for c in others for full in c.full_names() if _share_something(name, full)]
    for relates, evidence in _RELATIONS:
        found += [c for c in dict.fromkeys(c for c, full in near if relates(name, full)) if c not in found]
        if found:
            return found, evidence
    return [], "full_name"


def _share_something(name: str, full: str) -> bool:
    """Whether any of the relations between two names may hold."""
    key, full_key = words_key(name), words_key(full)
    return (
        not {*key}.isdisjoint(full_key)
        or "".join(key) == "".join(full_key)
        or is_slip(name, full)
        or (" " not in name and is_slip(name, full.rsplit(maxsplit=1)[-1]))
    )
