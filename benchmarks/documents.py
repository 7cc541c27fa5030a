"""Documents of which a part is measured."""

import sys
from pathlib import Path


def put_between(document: Path, begin_mark: str, end_mark: str, text: str) -> None:
    """Puts a text between two marks of a document. Ends the program where it has them not."""
    before, begin, rest = document.read_text("utf-8").partition(begin_mark)
    _, end, after = rest.partition(end_mark)
    if not begin or not end:
        sys.exit(f"{document}: expected the lines {begin_mark.strip()} and {end_mark.strip()}, found none")
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8", newline="\n")
