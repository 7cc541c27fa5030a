"""The cases in `tests/cases/`: each file holds a page, and what the builder reads in it.

A file begins with a sentence that says what the case shows. Sections follow, each below a line such as `== page ==`:

page        the text, as a source holds it
metadata    what the page says of itself; what is not listed is null, `(empty)` is an empty list
segments    kind, number of the turn where there is one, and text of every segment but white space
turns       number, label, note, whether it follows a gap, and text; ` ¶ ` stands between paragraphs, `-` for null
problem     instead of the last three: its place and code, and what was found

To see what is read in a new page: `python -m tests.reading.test_cases PAGE`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.errors import DataError
from builder.reading.document import PersonTag, Transcript
from builder.reading.layouts import LayoutError
from builder.reading.segmentation import SPOKEN, text_of_segments
from tests.support.pages import as_reading
from tests.support.told import brief

CASES = Path(__file__).parents[1] / "cases"
_SECTION = re.compile(r"^== (page|metadata|segments|turns|problem) ==\n", re.MULTILINE)
_GAP = {True: "gap", False: "no gap", None: "-"}


def sections(case: str) -> dict[str, str]:
    """A case's sections by name, each without its last line break."""
    about, *parts = _SECTION.split(case)
    assert about.strip(), "a case begins with a sentence that says what it shows"
    return {name: text.removesuffix("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}


def outcome(page: str) -> dict[str, str]:
    """What is read in a page, by section, as a case writes it."""
    try:
        transcript = as_reading(page)
    except DataError as error:
        layout = [f"{error.layout}"] if isinstance(error, LayoutError) else []
        problems = [f"{brief(problem)}: {problem.found}" for problem in error.problems]
        return {"problem": "\n".join(layout + problems)}
    _check_cover(transcript)
    parts = {"metadata": _metadata, "segments": _segments, "turns": _turns}
    return {name: "\n".join(lines(transcript)) for name, lines in parts.items()}


def _check_cover(transcript: Transcript) -> None:
    """Every character of the text is in one segment, and every turn's text is the normal form of its speech."""
    text = transcript.document.text
    assert "".join(text[segment.start : segment.end] for segment in transcript.segments) == text
    for number, turn in enumerate(transcript.turns):
        spoken = [segment for segment in transcript.segments if segment.turn == number and segment.kind in SPOKEN]
        assert text_of_segments(text, spoken) == turn.text
        assert (spoken[0].start, spoken[-1].end) == (turn.start, turn.end)


def _metadata(transcript: Transcript) -> Iterator[str]:
    document = transcript.document
    yield f"layout: {document.layout}"
    for name, value in document.metadata._asdict().items():
        if name in ("linked_persons", "shows_elisions", "given") and not value:
            continue
        if value is not None:
            yield f"{name}: {_shown(value)}"


def _shown(value: object) -> str:
    if isinstance(value, PersonTag):
        return value.name
    if isinstance(value, tuple):
        return "; ".join(map(_shown, value)) or "(empty)"
    return " ¶ ".join(str(value).split("\n\n"))


def _segments(transcript: Transcript) -> Iterator[str]:
    for segment in transcript.segments:
        if segment.kind != "blank":
            text = " ".join(transcript.document.text[segment.start : segment.end].split())
            turn = "" if segment.turn is None else segment.turn + 1
            yield f"{segment.kind:10} {turn:>2} | {text}"


def _turns(transcript: Transcript) -> Iterator[str]:
    for number, turn in enumerate(transcript.turns, start=1):
        text = " ¶ ".join(turn.text.split("\n\n"))
        yield f"{number} | {turn.label} | {turn.note or '-'} | {_GAP[turn.follows_gap]} | {text}".rstrip()


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_case_is_read_as_its_file_says(path: Path) -> None:
    case = sections(path.read_text("utf-8"))
    assert outcome(case.pop("page")) == case


def test_there_are_cases() -> None:
    assert len(list(CASES.glob("*.txt"))) > 40


if __name__ == "__main__":
    for name, text in outcome(Path(sys.argv[1]).read_text("utf-8")).items():
        sys.stdout.write(f"== {name} ==\n{text}\n")
