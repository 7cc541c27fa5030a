"""Damages the markup of real pages: is text lost without a word?

Each page of the sample beside the project is damaged once in each way, at a random place of its article: a sign more or less
in a tag, an element or a comment without an end, the rest of the page cut off. A page may be rejected. If it is read, every
paragraph that the gold standard has of it must still be in its text.

`python -m benchmarks.robustness.markup` prints the result and fails if a page loses a paragraph; `--every N` takes each Nth page.
"""

import argparse
import json
import lzma
import random
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample import FORMS, GOLD, SAMPLE, is_here
from builder.build.context import BuildContext
from builder.build.page import Page, read_page
from builder.reading.discovery import Input

STRAY = ('"', "'", "<", ">", "</", "<!--", '="', "<?php 1 ?>")
UNCLOSED = (
    "<button>",
    "<button/>",
    "<noscript>",
    '<span class="read__tooltip">',
    "<template>",
    "<script>",
    "<iframe/>",
    "<!-- ",
    "<textarea>",
    "<svg>",
)
TAKEN_OUT = ('"', "'", ">", "/")
READ, REJECTED, LOST = "read", "rejected", "LOST"
SEED = 20200810


def pages() -> Iterator[tuple[str, str]]:
    """The name and the HTML of each page of the sample."""
    with tarfile.open(SAMPLE / FORMS[0].archive) as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)):
                yield Path(member.name).stem, file.read().decode("utf-8", "replace")


def paragraphs() -> dict[str, list[str]]:
    """The paragraphs that the gold standard has of each page: the lead, speech, and text that nobody speaks."""
    found = {}
    with lzma.open(GOLD, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            spoken = [text for turn in page["turns"] for text in turn["paragraphs"]]
            unspoken = [part["text"] for part in page["nonspeech"] if part["kind"] in ("intro", "unattributed")]
            found[page["source"]] = [*page["lead"], *spoken, *unspoken]
    return found


def damaged(page: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The page with its article damaged, each with what was done."""
    start, end = page.find("<article"), page.rfind("</article")
    tags = [match.span() for match in re.finditer(r"<[^>]*>", page[:end]) if match.start() > start]
    for sign in STRAY:
        first, last = chance.choice(tags)
        place = chance.randrange(first + 1, last)
        yield f"stray {sign}", page[:place] + sign + page[place:]
    for opening in UNCLOSED:
        place = chance.choice(tags)[1]
        yield f"unclosed {opening}", page[:place] + opening + page[place:]
    yield "cut short", page[: chance.choice(tags)[1]]
    for sign in TAKEN_OUT:
        places = [i for first, last in tags for i in range(first, last) if page[i] == sign]
        if places:
            place = chance.choice(places)
            yield f"without {sign}", page[:place] + page[place + 1 :]


def text_of(page: str, folder: Path, context: BuildContext) -> str | None:
    """The text that is read of a page; null where it is rejected."""
    file = folder / "page.html"
    file.write_text(page, "utf-8", newline="")
    outcome = read_page(Input(str(file), file.name, file.name), context)
    return outcome.transcript.document.text if isinstance(outcome, Page) else None


def is_lost(paragraph: str, text: str) -> bool:
    """Whether a text lacks a paragraph: where the sign stands in it, half of its words are enough."""
    if squeezed(paragraph) in squeezed(text):
        return False
    words, present = re.findall(r"\w+", paragraph), {*re.findall(r"\w+", text)}
    return 2 * sum(word in present for word in words) < len(words)


def squeezed(text: str) -> str:
    return "".join(text.split())


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--every", type=int, default=1, help="each Nth page")
    options = arguments.parse_args()
    if not is_here():
        return
    of_page, chance, context = paragraphs(), random.Random(SEED), BuildContext()
    counts: Counter[tuple[str, str]] = Counter()
    with TemporaryDirectory() as folder:
        for name, page in list(pages())[:: options.every]:
            whole = text_of(page, Path(folder), context) or ""
            expected = [text for text in of_page.get(name, ()) if squeezed(text) in squeezed(whole)]
            for damage, changed in damaged(page, chance):
                text = text_of(changed, Path(folder), context)
                lost = [] if text is None else [paragraph for paragraph in expected if is_lost(paragraph, text)]
                counts[damage, REJECTED if text is None else LOST if lost else READ] += 1
                if lost:
                    print(f"LOST {name}, {damage}: {lost[0][:80]}", flush=True)
    for damage in dict.fromkeys(damage for damage, _ in counts):
        print(f"{damage:40} " + "  ".join(f"{counts[damage, each]:5} {each}" for each in (READ, REJECTED, LOST)))
    broken = sum(count for (_, outcome), count in counts.items() if outcome == LOST)
    print(f"{counts.total():,} damaged pages: {broken} lose a paragraph without a word")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
