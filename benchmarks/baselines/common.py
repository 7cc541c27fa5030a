"""What the rivals share: the pages, and one rule for labels."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_LABEL = re.compile(r"\s*([A-Z][^:.!?]{1,120}):\s+(.*)", re.DOTALL)


def arguments() -> tuple[list[Path], Path]:
    """The pages below the folder that the command names, and its output."""
    folder, output = map(Path, sys.argv[1:])
    return sorted(folder.rglob("*.html")), output


def text_of(page: Path) -> str:
    return page.read_bytes().decode("utf-8", "replace")


def turns(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Label and text of each turn: a paragraph that begins `Capital … :` starts one, the paragraphs after it go on."""
    label, texts = None, list[str]()
    for paragraph in paragraphs:
        if match := _LABEL.fullmatch(paragraph):
            if label:
                yield label, "\n".join(texts)
            label, texts = match[1], [match[2]]
        else:
            texts.append(paragraph)
    if label:
        yield label, "\n".join(texts)
