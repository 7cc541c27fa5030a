"""Where a build's time goes: one build in this process, its functions timed from outside.

`python -m benchmarks.stages FOLDER` prints the table for the pages below a folder. A stage's time is its own, without the
stages that it calls. builder/ holds no clock; a function that STAGES names and the builder no longer has is an error.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from builder.build import merge_stage
from builder.build.pipeline import build
from builder.build.process import collect_seldom, hide_unused
from builder.package.formats import TEXT_FORMATS
from builder.reading import discovery as inputs

STAGES = (
    ("read: find the files", "builder.reading.discovery.gather"),
    ("read: bytes", "builder.build.page.read_file"),
    ("read: decode, hash", "builder.build.page.decode"),
    ("layout: parse the markup", "builder.reading.layouts.html_blocks.parse"),
    ("layout: walk it to blocks", "builder.reading.layouts.html.read_blocks"),
    ("layout: metadata, marks, hash", "builder.build.read_stage.read_page"),
    ("cut into turns", "builder.build.page.segment_document"),
    ("resolve the speakers", "builder.build.page.resolve"),
    ("words of the event", "builder.build.read_stage.squeezed"),
    ("rows", "builder.build.rows.Rows.add"),
    ("validate", "builder.build.rows.Rows.validate"),
    ("to Arrow", "builder.build.rows.Rows.arrow"),
    ("spool, index entries", "builder.build.pipeline.read_batch"),
    ("page index", "builder.build.page_index.PageIndex.add"),
    ("page index", "builder.build.page_index.PageIndex.decide"),
    ("gather in order", "builder.build.merge_stage._gather"),
    ("parts: put together", "builder.build.pipeline.merge"),
    ("parts: count", "builder.build.merge_stage._tally"),
    ("write: order of keys", "builder.package.formats.TableFiles._check_order"),
    ("write: Parquet", "pyarrow.parquet.ParquetWriter.write_table"),
    ("write: JSON Lines and CSV", "builder.package.formats.TableFiles.append"),
    ("sums, descriptor, publish", "builder.build.pipeline.complete_package"),
    ("sums, descriptor, publish", "builder.build.pipeline.publish"),
)
"""Each stage, and a function that belongs to it, where it is called."""
RENDER = "render: {}"
REST = "all else"


class _Clock:
    """Tells time to the stage at work: what a stage calls stops it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._at_work = [REST]
        self._since = time.perf_counter()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time told to a stage."""

        @wraps(function, updated=())
        def run(*args: Any, **kwargs: Any) -> Any:
            self._turn()
            self._at_work.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._turn()
                self._at_work.pop()

        return run

    def stop(self) -> dict[str, float]:
        self._turn()
        return dict(self.seconds)

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._at_work[-1]] += now - self._since
        self._since = now


def measure(pages: Path) -> dict[str, float]:
    """Seconds by stage, in the order of the flow, of a build of the pages below a folder in this process, which is set up as
    the command sets itself up."""
    hide_unused()
    collect_seldom()
    with TemporaryDirectory() as output, _all_timed() as clock:
        build(inputs.gather([pages]), Path(output), keep_going=True)
        seconds = clock.stop()
    names = list(dict.fromkeys([stage for stage, _ in STAGES]))
    rendered = [RENDER.format(form.name) for form in TEXT_FORMATS]
    place = names.index("parts: put together")
    return {name: seconds.get(name, 0.0) for name in [*names[:place], *rendered, *names[place:], REST]}


@contextmanager
def _all_timed() -> Iterator[_Clock]:
    """Puts a clock around the functions of the stages for a while."""
    clock = _Clock()
    with ExitStack() as stack:
        for stage, name in STAGES:
            owner, attribute = found(name)
            stack.enter_context(patch.object(owner, attribute, clock.timed(stage, getattr(owner, attribute))))
        forms = tuple(replace(form, render=clock.timed(RENDER.format(form.name), form.render)) for form in TEXT_FORMATS)
        stack.enter_context(patch.object(merge_stage, "TEXT_FORMATS", forms))
        yield clock


def check() -> None:
    """Raises `LookupError` where the builder has no function any more that a stage names."""
    for _, name in STAGES:
        found(name)


def found(name: str) -> tuple[Any, str]:
    """A dotted name's last part, and the module or class that has it. Raises `LookupError` where none does."""
    path, _, attribute = name.rpartition(".")
    try:
        owner: Any = import_module(path)
    except ModuleNotFoundError:
        module, _, owner_name = path.rpartition(".")
        owner = getattr(import_module(module), owner_name, None)
    if not hasattr(owner, attribute):
        raise LookupError(f"benchmarks.stages: expected {name} in the builder, found none; bring STAGES up to date")
    return owner, attribute


def rows(seconds: dict[str, float]) -> list[list[str]]:
    """A line a stage: its seconds, and its share."""
    total = sum(seconds.values())
    return [[stage, f"{value:.2f}", f"{value / total:.0%}"] for stage, value in seconds.items()]


if __name__ == "__main__":
    for cells in rows(measure(Path(sys.argv[1]))):
        print(f"{cells[0]:30}{cells[1]:>8} {cells[2]:>5}")
