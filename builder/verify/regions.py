"""Whether each segment of a page in one of the site's own layouts stands where its kind may, and says what it may.

Such a page has a head, a body and a tail, in this order. What of the body is a caption, a quotation or a box of links, a saved
page shows by its markup alone: of these the words tell nothing.
"""

from collections.abc import Iterator, Sequence

from builder.document import SEPARATOR
from builder.layouts import accessible_text, html, main_text
from builder.layouts.lines import read_clock
from builder.layouts.main_text import SECTIONS, STATUS, TAG_LISTS
from builder.layouts.site import read_status
from builder.turns import NOTE
from builder.verify.meetings import date_of
from builder.verify.reading import shown
from builder.verify.roles import Segment
from schema.text import normal_form

_HEAD = frozenset({"section", "title", "lead", "date", "time", "place", "status", "furniture", "blank"})
_TAIL = frozenset({"tag", "status", "furniture", "date", "time", "place", "unassigned", "blank"})
_BODY = frozenset(
    """
    narration caption pullquote related heading separator label speech insertion direction elision note blank unassigned
    """.split()
)
_NEVER = {
    accessible_text.NAME: frozenset({"caption", "pullquote", "related", "tag", "status", "unassigned"}),
    main_text.NAME: frozenset({"pullquote"}),
    html.NAME: frozenset[str](),
}
"""What a layout has none of."""
_BUTTONS = frozenset({"Text version"})


def places(segments: Sequence[Segment], layout: str | None) -> Iterator[str]:
    """Segments of a kind that cannot stand there, or that their words are not."""
    if layout not in _NEVER:
        return
    start = next((i for i, s in enumerate(segments) if s.kind not in _HEAD), len(segments))
    end = next((i + 1 for i in range(len(segments) - 1, start - 1, -1) if segments[i].kind not in _TAIL), start)
    title = next((i for i, s in enumerate(segments) if s.kind == "title"), 0)
    for index, segment in enumerate(segments):
        kind = segment.kind
        if kind == "blank":
            continue
        if (
            kind in _NEVER[layout]
            or (start <= index < end and kind not in _BODY)
            or (index >= end and kind in _BODY - _TAIL)
        ):
            yield f"{segment.where}: kind: expected one that may stand there in {layout}, found {kind}"
        elif expected := _by_words(segment, layout, is_head=index < start, is_above_title=index < title):
            yield f"{segment.where}: kind: expected {expected} for {shown(segment.text)}, found {kind}"


def _by_words(segment: Segment, layout: str, *, is_head: bool, is_above_title: bool) -> str | None:
    """What a segment must be by its words, where that is not its kind; null where its kind may be right."""
    kind = segment.kind
    if kind in ("speech", "insertion", "label", "lead", "narration") and len(segment.text) > _LONGEST:
        return None
    text = normal_form(segment.text)
    checks = {
        "date": lambda: date_of(segment.text) is not None,
        "time": lambda: read_clock(text) is not None,
        "section": lambda: is_head and _is_section(text, layout),
        "furniture": lambda: _is_furniture(text, layout, is_head=is_head),
        "status": lambda: is_head or text == STATUS or read_status(text) is not None,
    }
    if kind in checks and not checks[kind]():
        return "another kind"
    if kind != "status" and not is_head and layout != accessible_text.NAME and (text == STATUS or read_status(text)):
        return "status"
    if kind != "furniture" and layout == accessible_text.NAME and is_above_title and text in accessible_text.FURNITURE:
        return "furniture"
    if kind != "separator" and SEPARATOR.fullmatch(text):
        return "separator"
    return "note" if kind not in ("note", "speech") and NOTE.fullmatch(text) else None


_LONGEST = 200
"""Characters of a text that may be anything but words of the page."""


def _is_section(text: str, layout: str) -> bool:
    if layout == html.NAME:
        return True
    return text in SECTIONS if layout == main_text.NAME else text.endswith("/")


def _is_furniture(text: str, layout: str, *, is_head: bool) -> bool:
    if layout == accessible_text.NAME:
        # Below the date that ends the page may stand anything of the site's footer, but no date.
        return text in accessible_text.FURNITURE if is_head else date_of(text) is None
    return text in _BUTTONS or (layout == html.NAME and text.endswith(" more"))


def tags(segments: Sequence[Segment], layout: str | None) -> Iterator[str]:
    """The first tag is the heading of its list."""
    first = next((segment for segment in segments if segment.kind == "tag"), None)
    if layout in _NEVER and first and normal_form(first.text) not in TAG_LISTS:
        yield f"{first.where}: expected the heading of a list of tags, found {shown(first.text)}"
