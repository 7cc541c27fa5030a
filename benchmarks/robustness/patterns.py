"""Times every regular expression on texts made to slow it down.

`python -m benchmarks.robustness.patterns` prints the result and fails where a pattern's time grows faster than the text.
How patterns are found and the texts made is in `tests.support.patterns`; `--only WORD` takes the patterns whose place holds it.
"""

import argparse
import resource
import sys

from tests.support.patterns import LENGTH, TIMES, patterns, steep


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--only", default="", help="take the patterns whose place holds this word")
    options = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    count = broken = 0
    for used in patterns():
        if options.only not in used.where:
            continue
        count += 1
        for finding in steep(used):
            broken += 1
            print(f"STEEP {used.where} ({', '.join(sorted(used.methods))}): {finding}", flush=True)
    print(f"{count} patterns, each under attack at {LENGTH:,} and {TIMES * LENGTH:,} characters; {broken} grow faster")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
