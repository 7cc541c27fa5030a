"""A page of HTML as a browser's parser reads it: texts, attributes, tables; and what may run in it."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.files import read_bytes, read_text
from builder.verify.findings import Finding, Place, same

ASSETS = Path(__file__).parents[3] / "exports" / "page"
"""The style and the scripts that the page has word for word. Read as files: no code is shared with what writes the page."""
_MINISEARCH = "885c8833ae59798d751390a73f88b1514b866a0e0d3f08d41b6989058e3f48b9"
_FIRST = 'document.documentElement.className="js"'
_TAGS = set(
    "html head meta title link style script body a svg defs pattern rect circle line path text header nav form label input kbd "
    "noscript p main section h1 h2 h3 h4 dl dd div dt ol ul li span time br figure figcaption table caption thead tbody tr th td "
    "strong pre button code footer article details summary select option".split()
)
"""What the page is made of. Nothing that loads or frames anything is among it."""
FETCH = "connect-src 'self'; "
_LOADING = ("src", "srcset", "data", "action", "formaction", "poster", "background", "ping", "xlink:href", "style")


def parse(path: Path) -> LexborHTMLParser:
    """The page in a file."""
    return LexborHTMLParser(read_bytes(path, follow_links=False).decode())


def root_of(page: LexborHTMLParser) -> LexborNode:
    """The element that holds the whole page."""
    if page.root is None:
        raise ValueError("no element")
    return page.root


def text(node: LexborNode, selector: str) -> str | None:
    """The text of the first element that a selector finds; None where it finds none."""
    found = node.css_first(selector)
    return None if found is None else found.text()


def texts(node: LexborNode, selector: str) -> list[str]:
    """The texts of all elements that a selector finds."""
    return [found.text() for found in node.css(selector)]


def attribute(node: LexborNode, selector: str, name: str) -> str | None:
    """An attribute of the first element that a selector finds."""
    found = node.css_first(selector)
    return None if found is None else found.attributes.get(name)


def attributes(node: LexborNode, selector: str, name: str) -> list[str | None]:
    """An attribute of all elements that a selector finds."""
    return [found.attributes.get(name) for found in node.css(selector)]


def cells(node: LexborNode, selector: str) -> list[list[str]]:
    """The texts of the cells of a table's rows, without those that hold a picture."""
    return [
        [cell.text().strip() for cell in row.css("th, td") if cell.css_first("svg.bar") is None]
        for row in node.css(selector)
    ]


def percent(part: float, whole: float) -> str:
    """A length in a picture."""
    return f"{100 * part / whole if whole else 0:.2f}%"


def dates_agree(root: LexborNode, place: Place) -> Iterator[Finding]:
    """What programs read of a date or time is what people read."""
    for shown in root.css("time"):
        moment = shown.attributes.get("datetime") or ""
        try:
            date = dt.datetime.fromisoformat(moment)
        except ValueError:
            yield place.differs("datetime", shown.text(), moment)
            continue
        clock = f", {date:%H:%M}" if "T" in moment else ""
        yield from same(place, "datetime", day_of(date) + clock, shown.text())


_MONTHS = "January February March April May June July August September October November December".split()


def day_of(date: dt.date) -> str:
    """A date as the page writes it."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def what_runs(page: LexborHTMLParser, place: Place, *, is_index: bool, may_fetch: bool) -> Iterator[Finding]:
    """The page has the project's style and scripts, a policy that allows these alone, and nothing that loads anything."""
    root = root_of(page)
    style, licence = read_text(ASSETS / "page.css"), read_text(ASSETS / "minisearch.LICENSE.txt")
    found = [script for script in page.css("script") if "type" not in script.attributes]
    scripts = [script.text() for script in found]
    search = f"/* MiniSearch 7.2.0\n{licence}*/\n"
    yield from same(place, "style", [style], texts(root, "style"))
    yield from same(
        place,
        "number of scripts",
        (3, 3 + is_index + (is_index and may_fetch)),
        (len(scripts), len(page.css("script"))),
    )
    if len(scripts) == 3:
        yield from same(place, "first script", _FIRST, scripts[0])
        yield from same(place, "licence of the search", search, scripts[1][: len(search)])
        library = hashlib.sha256(scripts[1][len(search) :].encode()).hexdigest()
        yield from same(place, "sha256 of the search", _MINISEARCH, library)
        yield from same(place, "script", read_text(ASSETS / "page.js"), scripts[2])
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {_hash(style)}; img-src data:; "
        f"{FETCH if may_fetch else ''}"
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    yield from same(place, "policy", policy, attribute(root, 'meta[http-equiv="Content-Security-Policy"]', "content"))
    for node in root.traverse():
        if node.tag not in _TAGS and not (node.tag or "-").startswith(("-", "!")):
            yield place.says(f"expected none of the element {node.tag}, which the page does not need; build it again")
        for name in node.attributes:
            if name in _LOADING or name.startswith("on"):
                yield place.says(f"expected no attribute {name}, found one on {node.tag}; build it again")


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
