"""Times every regular expression on texts made to slow it down.

`python -m benchmarks.robustness.patterns` prints the result and fails if a pattern's time grows faster than the text.
`tests.support.patterns` finds the patterns and makes the texts; `--only WORD` takes the patterns whose place contains it.
"""

import argparse
import resource
import sys

from tests.support.patterns import LENGTH, TIMES, patterns, steep


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--only", default="", help="only the patterns whose place contains this word")
    options = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    chosen = [used for used in patterns() if options.only in used.where]
    broken = 0
    for used in chosen:
        for finding in steep(used):
            broken += 1
            print(f"STEEP {used.where} ({', '.join(sorted(used.methods))}): {finding}", flush=True)
    print(
        f"{len(chosen)} patterns, each on texts of {LENGTH:,} and {TIMES * LENGTH:,} characters: {broken} grow too fast"
    )
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
