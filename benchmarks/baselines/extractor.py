"""trafilatura, which finds a page's text by itself, the same label rule and pandas."""

import pandas as pd
from trafilatura import extract

from benchmarks.baselines.common import arguments, text_of, turns


def main() -> None:
    pages, output = arguments()
    rows = []
    for page in pages:
        paragraphs = (extract(text_of(page)) or "").split("\n")
        rows += [(page.stem, label, text) for label, text in turns(paragraphs)]
    pd.DataFrame(rows, columns=["page", "label", "text"]).to_parquet(output, compression="zstd")


if __name__ == "__main__":
    main()
