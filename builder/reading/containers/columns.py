"""Which column of a table holds what, by the names that people give them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from builder.errors import CommandError
from builder.reading.containers.members import ContainerError, NoPagesError

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "html": ("html", "rawhtml", "pagehtml", "sourcehtml", "htmlcontent", "contenthtml"),
        "text": (
            *("text", "body", "content", "transcript", "words", "speech", "fulltext", "rawtext", "articletext"),
            *(
                "articlebody",
                "bodytext",
                "maintext",
                "transcripttext",
                "texten",
                "textenglish",
                "article",
                "paragraphs",
            ),
        ),
        "title": ("title", "headline", "name", "heading", "header", "subject", "articletitle", "titleen"),
        "date": (
            *(
                "date",
                "datetime",
                "published",
                "publishedat",
                "publicationdate",
                "publishdate",
                "datepublished",
                "pubdate",
            ),
            *("publishedon", "eventdate", "isodate", "dateiso", "day"),
        ),
        "time": ("time", "clock", "eventtime", "publishedtime"),
        "place": ("place", "location", "venue", "city", "where"),
        "lead": (
            "lead",
            "summary",
            "description",
            "abstract",
            "intro",
            "introduction",
            "standfirst",
            "subtitle",
            "teaser",
        ),
        "url": (
            "url",
            "link",
            "source",
            "href",
            "sourceurl",
            "pageurl",
            "articleurl",
            "permalink",
            "address",
            "uri",
            "web",
        ),
        "id": ("id", "eventid", "event", "number", "pageid", "articleid", "kremlinid", "newsid"),
    }
)
"""What a column may hold, and the names by which it is known, without capitals, spaces and underscores."""
_QUALIFIERS = frozenset(
    "article body clean cleaned content doc document en eng english entry event full item kremlin main news original page post "
    "raw speech story unfiltered value whole".split()
)
"""Words that people add to such a name, as in `transcript_unfiltered`."""
_WORDS = re.compile(r"[^\W\d_A-Z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*")
_NO_NAME = re.compile(r"[\W_]+")


def find_columns(columns: Iterable[str], stated: Mapping[str, str]) -> dict[str, str]:
    """The column that holds each field, by its name or as `stated` says.

    Raises `ContainerError` where no column holds the pages, or a stated one is not there.
    """
    names = [*columns]
    for column in stated.values():
        if column not in names:
            raise _wrong(f"the column {column!r} that --columns states", names)
    taken = {*stated.values()}
    found = {field: name for field, name in find_fields(names).items() if name not in taken} | dict(stated)
    if not {"text", "html"} & found.keys():
        wrong = _wrong("a column with the text or the HTML of the pages", names)
        raise NoPagesError(wrong.expected, wrong.found, wrong.advice)
    return found


def find_fields(columns: Iterable[str]) -> dict[str, str]:
    """The column that holds each field, by its name alone."""
    names = [*columns]
    by_name = {_NO_NAME.sub("", name.casefold()): name for name in reversed(names)}
    # A name alone goes before one with another word beside it.
    by_name = {_without_qualifiers(name): name for name in reversed(names)} | by_name
    found = {field: next((by_name[each] for each in known if each in by_name), None) for field, known in FIELDS.items()}
    return {field: name for field, name in found.items() if name is not None}


def _without_qualifiers(name: str) -> str:
    words = [word.casefold() for word in _WORDS.findall(name)]
    return "".join(word for word in words if word not in _QUALIFIERS)


def columns_stated(columns: Mapping[str, str] | str) -> dict[str, str]:
    """Which column holds which field, from `title=headline,text=body` or as a mapping. Raises `CommandError` for a field that
    is none."""
    parts = (
        [part.partition("=")[::2] for part in columns.split(",") if part]
        if isinstance(columns, str)
        else columns.items()
    )
    stated = {field.strip(): name.strip() for field, name in parts}
    for field, name in stated.items():
        if field not in FIELDS or not name:
            expected = f"FIELD=COLUMN,… with fields among {', '.join(FIELDS)}"
            raise CommandError(f"--columns: expected {expected}, found {field!r}{' without a column' * (not name)}")
    return stated


def _wrong(expected: str, names: Sequence[str]) -> ContainerError:
    known = find_fields(names)
    unknown = [name for name in names if name not in known.values()]
    # Ready to be edited: what is known, and of what is not the first column that may be it.
    ready: dict[str, str] = {field: known[field] for field in ("title", "date", "url") if field in known}
    ready["text"] = known.get("text") or next(filter(_may_be_text, unknown), unknown[0] if unknown else "COLUMN")
    shown = ",".join(f"{field}={name}" for field, name in ready.items())
    return ContainerError(
        expected, f"the columns {', '.join(names) or '(none)'}", f'state them, as in --columns "{shown}"'
    )


def _may_be_text(name: str) -> bool:
    """Whether a name says that the column holds a text, among other words: `transcript_filtered`."""
    return any(word in FIELDS["text"] for word in map(str.casefold, _WORDS.findall(name)))
