"""Invented pages in the site's real layouts, for the tests: nobody said any of this."""

from pathlib import Path

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
