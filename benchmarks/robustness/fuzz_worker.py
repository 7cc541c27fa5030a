"""The process of the fuzzer: it imports the builder with a counter in every branch. `fuzz` starts it."""

import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["builder", "schema"]):
    from benchmarks.robustness.fuzz import fuzz

fuzz(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
