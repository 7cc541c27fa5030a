"""BeautifulSoup with lxml, a label rule and pandas: how such a page is usually read."""

import pandas as pd
from bs4 import BeautifulSoup

from benchmarks.baselines.common import arguments, text_of, turns


def main() -> None:
    pages, output = arguments()
    rows = []
    for page in pages:
        soup = BeautifulSoup(text_of(page), "lxml")
        paragraphs = [paragraph.get_text() for paragraph in soup.select("article p")]
        rows += [(page.stem, label, text) for label, text in turns(paragraphs)]
    pd.DataFrame(rows, columns=["page", "label", "text"]).to_parquet(output, compression="zstd")


if __name__ == "__main__":
    main()
