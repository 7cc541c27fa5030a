"""Times the reading of growing pages: does the time grow faster than the page?

Each kind of hostile page (labels without end, brackets that never close, namesakes by the thousand) is made at a size and at
four times that size, in every layout, and read, each in a process of its own with a bound on its memory. One that
takes more than `MAX_RATIO` times as long for four times as much breaks the promise.

`python -m benchmarks.robustness.scaling` prints what came of it and fails where the promise is broken. With `--full` pages as
large as the bounds allow are read instead, and fail that take a third of the time that a page may take. `--only WORD` takes
the pages whose name holds the word, `--size N` another size.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.build.page import check_counts
from builder.build.read_stage import ReadTask, read_batch
from builder.errors import DataError
from builder.reading.decoding import RawFile, decode
from builder.reading.discovery import Input
from builder.reading.layouts import read_document
from builder.reading.limits import ADVICE, MAX_READING_SECONDS, MAX_TEXT_CHARS
from builder.reading.provenance import ProvenanceTables
from builder.reading.segmentation import segment_document
from builder.speakers.mentions import find_mentions
from builder.speakers.reference import load_people
from builder.speakers.resolution import resolve
from tests.support.names import letters, name

SIZE = 25_000
"""Characters of the body of the smaller page, roughly."""
SMALLEST = 1_000
"""Characters of a page that is never made shorter."""
TIMES = 4
MAX_RATIO = 6
"""Linear is 4, quadratic 16; a cache that no longer holds all costs up to twice as much."""
NOISE = 0.15
"""Seconds below which a stage of the larger page is not judged."""
LONGEST = 120
"""Seconds of a processor for one page at most."""
MEMORY = 6 << 30

TALK = "President of Ruritania Rudolf Elphberg: Mr Hentzau, I am glad to see you.\n"


def of(line: str) -> Callable[[int], str]:
    """The same line again and again."""
    return lambda size: line * (size // len(line) + 1)


def numbered(line: Callable[[int], str]) -> Callable[[int], str]:
    """Lines that are each another."""

    def body(size: int) -> str:
        lines, length, number = [], 0, 0
        while length < size:
            lines.append(line(number))
            length += len(lines[-1])
            number += 1
        return "".join(lines)

    return body


def run(segment: str, before: str = "", after: str = "\n") -> Callable[[int], str]:
    """One line of the same piece again and again."""
    return lambda size: before + segment * (size // len(segment) + 1) + after


BODIES: dict[str, Callable[[int], str]] = {
    "speech": of(TALK),
    "labels of one speaker": of("Rudolf Elphberg: Yes.\n"),
    "labels of as many speakers": numbered(lambda n: f"{name(n)}: Yes, it did.\n"),
    "labels with as many offices": numbered(lambda n: f"Minister of Ca{letters(n)}stles {name(n)}: Yes, it did.\n"),
    "family names alone": numbered(lambda n: f"Hen{letters(n)}tzau: Yes, it did.\nRupert Hen{letters(n)}tzau: No.\n"),
    "names with initials": numbered(lambda n: f"R. Hen{letters(n)}tzau: Yes, it did.\n"),
    "names of one family": numbered(lambda n: f"Ru{letters(n)}pert Hentzau: Yes, it did.\n"),
    "names with one given name": numbered(lambda n: f"Rupert Hen{letters(n)}tzau: Yes, it did.\n"),
    "names one slip apart": numbered(lambda n: f"Rupert Hent{letters(n)[:2]}zau{letters(n // 676)}: Yes.\n"),
    "labels of unknown words": numbered(lambda n: f"Castle {letters(n)}: Yes, it did.\n"),
    "labels without speech": of("Rudolf Elphberg:\n"),
    "speech without labels": of(": Yes, it did.\n"),
    "one label without end": run("Minister of Castles "),
    "one label, then one paragraph": run("It rains. ", "Rudolf Elphberg: "),
    "blank lines": run("\n"),
    "lines of one letter": of("a\n"),
    "lines of one capital": of("A\n"),
    "colons": run(":", "Rudolf Elphberg: Yes "),
    "labels on one line": run("Rudolf Elphberg: Yes. "),
    "brackets that never close": run("[", "Rudolf Elphberg: Yes "),
    "brackets that never open": run("]", "Rudolf Elphberg: Yes "),
    "brackets": run("[a] ", "Rudolf Elphberg: Yes "),
    "brackets with names": numbered(
        lambda n: f"{'Rudolf Elphberg: ' if not n else ''}Yes [Rudolf Hen{letters(n)}tzau] "
    ),
    "brackets in brackets": lambda size: "Rudolf Elphberg: Yes " + "[" * (size // 2) + "]" * (size // 2) + "\n",
    "links": run("[a](http://a.b/c) ", "Rudolf Elphberg: Yes "),
    "links that never close": run("[a](http://a.b/c ", "Rudolf Elphberg: Yes "),
    "links' definitions": numbered(lambda n: f"[a{n}]: http://a.b/c\n[a{n}] "),
    "pictures": run("![a](b.png) ", "Rudolf Elphberg: Yes "),
    "parentheses that never close": run("(", "Rudolf Elphberg: Yes "),
    "parentheses": run("(Applause.) ", "Rudolf Elphberg: Yes "),
    "parentheses in parentheses": lambda size: "Rudolf Elphberg: Yes " + "(" * (size // 2) + ")" * (size // 2) + "\n",
    "elisions": run("<…> ", "Rudolf Elphberg: Yes "),
    "lines of elisions": of("<…>\n"),
    "elisions and labels": of("<…>\nRudolf Elphberg: Yes.\n"),
    "angles that never close": run("<", "Rudolf Elphberg: Yes "),
    "tags in text": run("<b>a</b> ", "Rudolf Elphberg: Yes "),
    "tags that never close": run("<b ", "Rudolf Elphberg: Yes "),
    "asterisks": run("*", "Rudolf Elphberg: Yes "),
    "asterisks and spaces": run("* "),
    "asterisks, spaces and a letter": run("* ", "", "a\n"),
    "underscores": run("_", "Rudolf Elphberg: Yes "),
    "underscores and letters": run("_a", "Rudolf Elphberg: Yes "),
    "backslashes": run("\\", "Rudolf Elphberg: Yes "),
    "digits": run("1", "Rudolf Elphberg: Yes "),
    "lines of digits": of("1\n"),
    "dots": run(".", "Rudolf Elphberg: Yes "),
    "dots and spaces": run(". ", "Rudolf Elphberg: Yes "),
    "capitals": run("A", "Rudolf Elphberg: Yes "),
    "words in capitals": run("Aa ", "Rudolf Elphberg: Yes "),
    "words run together": run("Aa", "Rudolf Elphberg: Yes "),
    "a word again and again": run("Rupert ", "Rudolf Elphberg: Yes "),
    "a name again and again": run("Rupert Hentzau ", "Rudolf Elphberg: Yes "),
    "cards": run("Rupert Hentzau Hentzau RupertPrime Minister of Ruritania ", "Rudolf Elphberg: Yes "),
    "sentences run together": run("It rains.It", "Rudolf Elphberg: Yes "),
    "dashes": run("-", "Rudolf Elphberg: Yes "),
    "lines of dashes": of("- a\n"),
    "a line of dashes": run("-", "", "a\n"),
    "a line of dashes and spaces": run("- ", "", "a\n"),
    "hash signs": run("#", "", "a\n"),
    "headings": of("# Talks\n"),
    "underlined headings": of("Talks\n=====\n"),
    "quotes": run("> ", "", "a\n"),
    "lines of quotes": of("> a\n"),
    "spaces": run(" ", "Rudolf Elphberg: Yes", "a\n"),
    "spaces before lines": of(" " * 50 + "a\n"),
    "no-break spaces": run("\xa0", "Rudolf Elphberg: Yes", "a\n"),
    "a separator's many lines": of("* * *\nTalks\nRudolf Elphberg: Yes.\n"),
    "captions": of("1 of 2\nAt a meeting with Rupert Hentzau.\n"),
    "boxes": of("See also\nTalks\nMay 4, 2018\n"),
    "boxes' links": run("Talks\nMay 4, 2018\n", "See also\n"),
    "dates": of("May 4, 2018\n"),
    "dates on one line": run("May 4, 2018 "),
    "date's digits": run("1", "May ", ", 2018\n"),
    "directions": of("(Applause.)\n"),
    "broken labels": of("Rudolf Elphberg\n: Yes.\n"),
    "broken lines": of("and so it goes on\n"),
    "broken sentences": of("It goes on and\non and on\n"),
    "tags": numbered(lambda n: f"{'Persons' + chr(10) if not n else ''}Hen{letters(n)}tzau Rupert\n"),
    "statuses": of("Publication status\n"),
    "sections": of("Published in sections: News\n"),
    "one status's sections": run("News, ", "Published in sections: "),
    "an address without end": run("a", "Direct link: en.kremlin.ru/d/"),
    "addresses": of("http://a.b/c\n"),
    "head lines": of("title: Talks\n"),
    "head lines without end": run("a ", "title: "),
    "apostrophes": run("’", "Rudolf Elphberg: Yes "),
    "combining marks": run("\u0301", "Rudolf Elphberg: Ye"),
    "marks of direction": run("\u202e", "Rudolf Elphberg: Yes "),
    "other scripts": run("Пу", "Rudolf Elphberg: Yes "),
    "ideographs": run("京 ", "Rudolf Elphberg: Yes "),
    "leads": run("They met. ", "", "\nMay 4, 2018\n"),
    "narration with an office": run("President of Ruritania Rupert Hentzau met. ", "", "\nRupert Hentzau: Yes.\n"),
    "narration in capitals": run("President Minister ", "", "Rupert Hentzau met.\nRupert Hentzau: Yes.\n"),
    "narration with others' names": lambda size: (
        numbered(lambda n: f"{name(n)} met. ")(size // 2) + "\n" + numbered(lambda n: f"{name(n)}: Yes.\n")(size // 2)
    ),
}
"""The body of a page, by what it holds."""

HTML_BODIES: dict[str, Callable[[int], str]] = {
    "paragraphs": of("<p>a</p>"),
    "labels in bold": of("<p><b>Rudolf Elphberg:</b> Yes.</p>"),
    "labels in bold of as many speakers": numbered(lambda n: f"<p><b>{name(n)}:</b> Yes.</p>"),
    "bold in one paragraph": run("<b>a</b> ", "<p><b>Rudolf Elphberg:</b> "),
    "bold labels in one paragraph": run("<b>Rudolf Elphberg: </b>", "<p>"),
    "words in bold and not, as one label": run("<b>R</b> ", "<p>", "<b>Elphberg:</b> Yes.</p>"),
    "links to persons": numbered(
        lambda n: f'<a href="/catalog/persons/{n}/events">{name(n)}</a> ' if n else "<p><b>Rudolf Elphberg:</b> Yes, "
    ),
    "linked labels": numbered(lambda n: f'<p><b><a href="/persons/{n + 1}/events">{name(n)}</a>:</b> Yes.</p>'),
    "cards of persons": numbered(
        lambda n: (
            f'<a href="/persons/{n + 1}/"><span class="read__tooltip"><span class="tooltip_title">'
            f"Hen{letters(n)}tzau Rupert</span></span></a>"
        )
    ),
    "cards' titles": of("tooltip_title "),
    "cards' titles that end": of("tooltip_title>"),
    "cards' titles that begin": of("<a tooltip_title "),
    "tags of persons": numbered(
        lambda n: (
            f"{'<div class=read__tags><h3>Persons</h3>' if not n else ''}"
            f'<li><a href="/persons/{n + 1}/">Hen{letters(n)}tzau Rupert</a></li>'
        )
    ),
    "slides": numbered(lambda n: f"{'<div class=slider>' if not n else ''}<div data-text='At talks {n}.'></div>"),
    "line breaks": run("<br>", "<p>a"),
    "line breaks and letters": run("a<br>", "<p>"),
    "dates": of('<time class="read__published" datetime="x">May</time> '),
    "titles": of('<h1 class="entry-title">a</h1>'),
    "entities": run("&amp;", "<p>"),
    "numbers of characters": run("&#1;", "<p>"),
    "text alone": run("a ", "<p>"),
    "quotation marks": run('"', "<p>"),
    "comments": of("<!-- a -->"),
    "comments that never close": of("<!-- "),
    "scripts": of("<script>a</script>"),
    "scripts that never close": of("<script>"),
    "frames in scripts": of("<iframe><!--</iframe>"),
    "divisions": of("<div>"),
    "divisions and text": of("<div>a"),
    "lists": of("<ul><li>"),
    "bold with attributes": numbered(lambda n: f"<b a={n}><p>"),
    "every formatting element": lambda size: (
        "<a><b><big><code><em><font><i><nobr><s><small><strike><strong><tt><u>" * 3 + "<p>x" * (size // 4)
    ),
    "attributes": numbered(lambda n: f"{'<p' if not n else ''} a{n}"),
    "attributes of the body": numbered(lambda n: f"<body a{n}>"),
    "options": lambda size: "<select>" + "<option>" * (size // 8),
    "plain text in scripts": run("<script a", "<plaintext>"),
    "plain text in tags": run("<a", "<plaintext>", '"'),
    "plain text in quotes": run('<a "', "<xmp>"),
    "attributes of an end": numbered(lambda n: f"{'<p></p' if not n else ''} a{n}"),
    "attributes in quotes": numbered(lambda n: f"""{"<p" if not n else ""} a{n}='">'"""),
    "tables": of("<table><tr><td>"),
    "text in tables": run("x<b>", "<table>"),
    "statuses": run("<p>Published in sections: News</p>", '<div class="read__status">'),
}
"""The body of a page's HTML, by what it holds."""


def main_text(body: str) -> str:
    return f"Events\nMeeting with Rupert Hentzau\nMay 4, 2018\n12:30\nZenda\n{body}\nPublication status\nText version\n"


def accessible_text(body: str) -> str:
    head = "View settings\nFont size:\nSite colours:\nOfficial website of the President of Russia\nTranscripts /\n"
    return f"{head}Meeting with Rupert Hentzau\nMay 4, 2018, Zenda\n{body}\nMay 4, 2018, Zenda\n"


def plain_text(body: str) -> str:
    return f"title: Meeting with Rupert Hentzau\ndate: 2018-05-04\n\n{body}"


def wrapped(body: str) -> str:
    """Plain text whose first lines a tool broke at a column."""
    line = "and so it goes on and on, and from there it goes on again until it ends"
    return plain_text(
        "\n".join(["Rudolf Elphberg: It goes on and on and from there on, again and", *[line] * 9]) + f"\n{body}"
    )


def html(body: str) -> str:
    return (
        '<!doctype html><html><head><meta property="og:url" content="http://en.kremlin.ru/events/president/news/51374"/>'
        '</head><body><article id="event-51374"><h1 class="entry-title">Meeting with Rupert Hentzau</h1>'
        '<time class="read__published" datetime="2018-05-04">May 4, 2018</time><div class="entry-content">'
        f"{body}</div></article></body></html>"
    )


def html_with_head(head: str) -> str:
    return html("<p><b>Rudolf Elphberg:</b> Yes.</p>").replace("</head>", f"{head}</head>")


def html_of_lines(body: str) -> str:
    return html("".join(f"<p><b>{line}</b></p>" for line in body.split("\n")))


def _page(layout: Callable[[str], str], body: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: layout(body(size))


HEADS: dict[str, Callable[[int], str]] = {
    "addresses": of("property=og:url "),
    "addresses in tags": of("<a property=og:url>"),
    "Russian addresses": of("hreflang=ru "),
    "Russian addresses in tags": of("<a hreflang=ru>"),
    "addresses without end": run("http://a.b/", "<meta property=og:url content="),
    "numbers of events": of("<a id=event-"),
}
"""The head of a page's HTML, by what it holds."""

LAYOUTS = {"main": main_text, "accessible": accessible_text, "plain": plain_text, "wrapped": wrapped}

Times = dict[str, float | str]
"""The seconds that each stage took, the most memory, and in words what came of the page."""

PAGES: dict[str, Callable[[int], str]] = {
    **{f"{layout}: {what}": _page(wrap, body) for layout, wrap in LAYOUTS.items() for what, body in BODIES.items()},
    **{f"html: {what}": _page(html, body) for what, body in HTML_BODIES.items()},
    **{f"html: {what} above": _page(html_with_head, head) for what, head in HEADS.items()},
    **{
        f"html: {what}, a paragraph a line": _page(html_of_lines, body)
        for what, body in BODIES.items()
        if "<" not in body(10)
    },
}
"""Hostile pages of a size, by name."""


def stages(page: str) -> Times:
    """The seconds of a processor that each stage takes to read a page, what came of it, and the most memory."""
    took: Times = {}
    people = load_people()
    with TemporaryDirectory() as folder:
        file = Path(folder, "page")
        file.write_text(page, "utf-8", newline="")
        item = Input(str(file), file.name, file.name)

        def timed(stage: str, act: Callable[[], object]) -> object:
            start = time.process_time()
            try:
                return act()
            finally:
                took[stage] = time.process_time() - start

        try:
            source = timed("decode", lambda: decode(RawFile(item, file.read_bytes()), ProvenanceTables()))
            document = timed("layout", lambda: read_document(source))  # type: ignore[arg-type]
            transcript = timed("cut", lambda: segment_document(document, file.name))  # type: ignore[arg-type]
            check_counts(transcript, file.name)  # type: ignore[arg-type]
            assignment = timed("people", lambda: resolve(transcript, people))  # type: ignore[arg-type]
            timed("mentions", lambda: find_mentions(transcript, assignment))  # type: ignore[arg-type]
            outcome = f"{document.layout}, {len(transcript.turns)} turns, {len(assignment.speakers)} speakers"  # type: ignore[attr-defined]
        except DataError as error:
            outcome = error.problems[0].found[:60]
        read = timed("all", lambda: read_batch(ReadTask(0, (item,), folder)))
        entry = read.entries[0]  # type: ignore[attr-defined]
        took["outcome"] = outcome if entry.status == "included" else f"rejected: {entry.reason[-90:]}"
    took["MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def measured(name: str, size: int) -> Times:
    """What `stages` says of a page, from a process of its own; what ended the process where it did not end well."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
        try:
            os.write(writer, json.dumps(stages(PAGES[name](size))).encode())
        except BaseException as error:  # Whatever it is, it is what came of the page.
            os.write(
                writer, json.dumps({"all": 0.0, "outcome": f"BROKEN {type(error).__name__}: {error}"[:500]}).encode()
            )
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else {"all": float(LONGEST), "outcome": f"BROKEN ended with status {status}"}


def measured_within_bounds(name: str, size: int) -> Times:
    """What `stages` says of the largest page that no bound rejects, to a third: one of many turns is full before it is long."""
    found = measured(name, size)
    while is_beyond_bounds(found) and size > SMALLEST:
        size //= 2
        found = measured(name, size)
        if not is_beyond_bounds(found) and not is_beyond_bounds(larger := measured(name, size * 3 // 2)):
            size, found = size * 3 // 2, larger
    return {**found, "outcome": f"{size:,} characters: {found['outcome']}"}


def is_beyond_bounds(found: Times) -> bool:
    """Whether a page was rejected as one beyond the bounds, and not for the time that it took."""
    return str(found["outcome"]).endswith(ADVICE) and float(found["all"]) < MAX_READING_SECONDS


def too_steep(small: Times, large: Times) -> Iterator[str]:
    """What takes longer than the page's size explains: all stages together, and those of them that take most."""
    times = [{k: v for k, v in page.items() if isinstance(v, float) and k != "MiB"} for page in (small, large)]
    before, after = (sum(page.values()) for page in times)
    if after > NOISE and after > MAX_RATIO * before:
        yield f"{before:.2f} → {after:.2f} s"
        for stage, seconds in times[1].items():
            if seconds > after / 5:
                yield f"{stage} {times[0].get(stage, 0):.2f} → {seconds:.2f}"


def grow(names: list[str], size: int) -> int:
    """Reads pages at a size and at a larger one; how many took longer than their size explains."""
    broken = 0
    for page in names:
        small, large = measured(page, size), measured(page, TIMES * size)
        steep = [
            *too_steep(small, large),
            *(o for o in (str(small["outcome"]), str(large["outcome"])) if "BROKEN" in o),
        ]
        broken += bool(steep)
        show("STEEP" if steep else "ok", page, large, "; ".join(steep))
    print(
        f"{len(names)} pages, each at {size:,} and {TIMES * size:,} characters: {broken} grow faster than they should"
    )
    return broken


def fill(names: list[str], size: int) -> int:
    """Reads pages as large as the bounds allow; how many took more than a third of the time that a page may take."""
    broken = 0
    slowest, largest = (0.0, ""), (0.0, "")
    for page in names:
        found = measured_within_bounds(page, size)
        seconds, memory = float(found["all"]), float(found.get("MiB", 0))
        is_broken = seconds > MAX_READING_SECONDS / 3 or "BROKEN" in str(found["outcome"])
        broken += is_broken
        slowest, largest = max(slowest, (seconds, page)), max(largest, (memory, page))
        show("LONG" if is_broken else "ok", page, found)
    print(
        f"{len(names)} pages, each as large as the bounds allow: {broken} take more than {MAX_READING_SECONDS / 3:.0f} s"
    )
    print(f"the slowest {slowest[0]:.1f} s ({slowest[1]}), the most memory {largest[0]:.0f} MiB ({largest[1]})")
    return broken


def show(mark: str, page: str, found: Times, more: str = "") -> None:
    seconds, memory = float(found["all"]), float(found.get("MiB", 0))
    print(f"{mark:5} {seconds:7.2f} s {memory:5.0f} MiB  {page}: {found['outcome']}  {more}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--only", default="", help="take the pages whose name holds this word")
    arguments.add_argument("--size", type=int, default=SIZE)
    arguments.add_argument("--full", action="store_true", help="read pages as large as the bounds allow")
    options = arguments.parse_args()
    names = [name for name in PAGES if options.only in name]
    sys.exit(bool(fill(names, MAX_TEXT_CHARS - 2_000) if options.full else grow(names, options.size)))


if __name__ == "__main__":
    main()
