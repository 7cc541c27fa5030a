"""Citations to copy: of one turn, with the place of its characters in the source, and of the dataset."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.exports.by_meeting import Row
from builder.package.release import LICENCE, NAME, SOURCE_TITLE, Release

_MONTHS = "January February March April May June July August September October November December".split()
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_OF_TEX = re.compile(f"[{re.escape(''.join(_TEX))}]")


@dataclass(frozen=True)
class Citation:
    """A citation as text and as BibTeX."""

    text: str
    bibtex: str


def day(date: dt.date) -> str:
    """A date as people write it: `4 May 2018`. Not by `strftime`, whose words follow the machine's language."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def of_turn(release: Release, meeting: Row, source: Row, turn: Row, name: str) -> Citation:
    """The citation of one turn."""
    place = (
        f"characters {turn['start_char']}–{turn['end_char']} of the source text with SHA-256 {source['text_sha256']}"
    )
    in_dataset = f"{release.title} {release.version}, {turn['utterance_id']}"
    address = f" {meeting['url']}." if meeting["url"] else ""
    said = f"turn {turn['sequence']} of {meeting['utterance_count']}"
    text = f"{name}, {said} in “{meeting['title']}”, {day(meeting['date'])}. {SOURCE_TITLE}.{address} {in_dataset}: {place}."
    fields = {
        "author": f"{{{_tex(name)}}}",
        "title": _tex(meeting["title"]),
        "year": str(meeting["date"].year),
        "month": str(meeting["date"].month),
        "howpublished": _tex(SOURCE_TITLE),
        "url": meeting["url"],
        "note": _tex(f"{said[0].upper()}{said[1:]}. {in_dataset}: {place}"),
    }
    return Citation(text, _bibtex("misc", turn["utterance_id"], fields))


def of_dataset(release: Release) -> Citation:
    """The citation of the whole dataset."""
    authors, year = " and ".join(release.authors), str(release.created.year)
    texts = f"Texts: {SOURCE_TITLE}, kremlin.ru, {LICENCE}"
    text = f"{authors} ({year}). {release.title}, version {release.version} [data set]. {texts}."
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in release.authors),
        "title": _tex(release.title),
        "year": year,
        "version": release.version,
        "note": _tex(texts),
    }
    return Citation(text, _bibtex("dataset", f"{NAME}-{release.version}", fields))


def _bibtex(kind: str, key: str, fields: Mapping[str, str | None]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}}}"


def _tex(text: str) -> str:
    return _OF_TEX.sub(lambda found: _TEX[found[0]], text)
