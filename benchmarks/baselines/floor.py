"""The floor: each whole page parsed by lexbor, the text of its paragraphs written by pyarrow. No turns, no checks."""

import pyarrow as pa
import pyarrow.parquet as pq
from selectolax.lexbor import LexborHTMLParser

from benchmarks.baselines.common import arguments, text_of

PAGES_AT_A_TIME = 1000
SCHEMA = pa.schema([("page", pa.string()), ("text", pa.string())])


def main() -> None:
    pages, output = arguments()
    with pq.ParquetWriter(output, SCHEMA, compression="zstd") as writer:
        for first in range(0, len(pages), PAGES_AT_A_TIME):
            names: list[str] = []
            texts: list[str] = []
            for page in pages[first : first + PAGES_AT_A_TIME]:
                paragraphs = [node.text() for node in LexborHTMLParser(text_of(page)).css("p")]
                names += [page.stem] * len(paragraphs)
                texts += paragraphs
            writer.write_table(pa.table([names, texts], schema=SCHEMA))


if __name__ == "__main__":
    main()
