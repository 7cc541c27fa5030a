"""Invented pages in the site's real layouts, for the tests: nobody said any of this."""

import hashlib
from pathlib import Path

from builder.document import Document, Reading, Source
from builder.layouts import recognise
from builder.turns import cut

NBSP = "\xa0"

TALK = (
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in Strelsau.",
    "Count of Festenburg Rupert Hentzau: Thank you, Mr President.",
    "Rudolf Elphberg: Please, sit down.",
)
"""Three turns by two people."""


def accessible(
    *body: str,
    title: str = "Meeting with Rupert Hentzau",
    section: str = "Transcripts",
    date: str = "May 4, 2018",
    place: str | None = "The Castle, Zenda",
) -> str:
    """A page as the accessible version of the site gives it: paragraphs parted by blank lines, date and place repeated."""
    when = ", ".join(filter(None, (date, place)))
    head = "View settings\n\nFont size:\nSite colours:\n\n\nOfficial website of the President of Russia\n\n"
    return f"{head}{section} {NBSP} /\n\n{title}\n\n{when}\n\n" + "".join(f"{line}\n\n" for line in body) + f"\n{when}"


def main(
    *body: str,
    title: str = "Meeting with Rupert Hentzau",
    lead: str | None = "Rudolf Elphberg met with Rupert Hentzau in Zenda.",
    date: str = "May 4, 2018",
    time: str | None = "12:30",
    place: str | None = "The Castle, Zenda",
    geography: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    persons: tuple[str, ...] = (),
    published: str = "News, Transcripts",
) -> str:
    """A page as the main version of the site gives it: a line a paragraph, tags and publication status below."""
    lines = ["Events", title, lead, date, time, place, *body]
    for name, values in (("Geography", geography), ("Topics", topics), ("Persons", persons)):
        lines += [name, *values] if values else []
    lines += [
        "Publication status",
        f"Published in sections: {published}",
        f"Publication date: {date}, {time or '12:00'}",
        "Text version",
    ]
    return "\n".join(line for line in lines if line is not None)


def save(folder: Path, **pages: str) -> Path:
    """Writes pages as NAME.txt into a folder and returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8", newline="")
    return folder


DIALOGUE = (
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in Strelsau.",
    "Prime Minister of Ruritania Rupert Hentzau: Thank you, Mr President.",
    "Rudolf Elphberg: Please, sit down.",
)
"""Three turns by two people who both hold a state's office."""


def with_direct_link(page: str, number: int, scheme: str = "") -> str:
    """A page of the main version that prints its event's number, as its publication status may do."""
    return page.replace("\nText version", f"\nDirect link: {scheme}en.kremlin.ru/d/{number}\nText version")


def know_addresses(folder: Path, **addresses: str) -> Path:
    """Writes a folder's provenance.csv that knows the address of NAME.txt, and returns the folder."""
    lines = [
        f"{name}.txt,{hashlib.sha256((folder / f'{name}.txt').read_bytes()).hexdigest()},{address}\n"
        for name, address in addresses.items()
    ]
    (folder / "provenance.csv").write_text("file,sha256,url\n" + "".join(lines), "utf-8", newline="")
    return folder


def as_source(text: str, path: str = "page.txt") -> Source:
    """A text as if it had been read from a file."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(
        path=path,
        shown_path=path,
        sha256=digest,
        byte_size=len(text.encode()),
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        url=None,
    )


def as_document(text: str, path: str = "page.txt") -> Document:
    """A page as its layout reads it."""
    source = as_source(text, path)
    return recognise(source).read(source)


def as_reading(text: str, path: str = "page.txt") -> Reading:
    """A page cut into turns and pieces."""
    return cut(as_document(text, path), path)


def pieces_of(reading: Reading, *kinds: str) -> list[str]:
    """The text of a page's pieces of these kinds, in order, white space as one space."""
    text = reading.document.text
    return [" ".join(text[p.start : p.end].split()) for p in reading.pieces if p.kind in kinds]
