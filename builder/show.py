"""Shows how one source is read, for whoever adds a transcript or a layout."""

from itertools import groupby

from rich.console import Console
from rich.text import Text

from builder.errors import DataError
from builder.page import Page, Rejected

STYLES = {
    "speech": "default",
    "label": "bold cyan",
    "insertion": "magenta",
    "direction": "magenta italic",
    "elision": "yellow",
    "title": "bold",
    "lead": "green",
    "narration": "green",
    "heading": "bold green",
    "caption": "blue",
    "related": "blue",
    "pullquote": "blue",
    "unassigned": "bold white on red",
}
OTHER_STYLE = "dim"
_WIDTH = 12


def show_page(page: Page | Rejected, console: Console) -> None:
    """Prints a page's facts, its speakers, and its text region by region. Raises `DataError` where it was rejected."""
    if isinstance(page, Rejected):
        raise DataError(page.problems)
    facts = page.reading.document.facts
    console.print(_fact("layout", page.reading.document.layout))
    for name in ("title", "date", "time", "place", "lead", "geography", "topics", "published_in"):
        console.print(_fact(name, getattr(facts, name)))
    console.print(_fact("persons", facts.persons and tuple(tag.name for tag in facts.persons)))
    for speaker in page.cast.speakers:
        role = f"{speaker.role} (by {speaker.role_evidence})" if speaker.role else "no office printed"
        console.print(
            _fact("speaker", f"{speaker.speaker_id}: {speaker.name}, {role}, {speaker.country or 'no country'}")
        )
    console.print()
    for turn, pieces in groupby(page.reading.pieces, key=lambda piece: piece.turn):
        if turn is not None:
            who = page.cast.by_turn[turn] or "a voice without a name"
            console.print(Text(f"── turn {turn + 1}: {who} " + "─" * 20, style="cyan"))
        for piece in pieces:
            if piece.kind != "blank":
                console.print(_region(piece.kind, page.reading.document.text[piece.start : piece.end], piece.start))


def _fact(name: str, value: object) -> Text:
    shown = "–" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
    return Text.assemble((f"{name:<{_WIDTH}} ", "dim"), _safe(shown))


def _region(kind: str, text: str, start: int) -> Text:
    style = STYLES.get(kind, OTHER_STYLE)
    return Text.assemble((f"{kind:<{_WIDTH}}", style), (f"{start:>8}  ", "dim"), (_safe(text), style))


def _safe(text: str) -> str:
    """Line breaks shown as a mark; nothing that could steer the terminal."""
    shown = text.replace("\n", " ⏎ ").replace("\xa0", "·")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)
