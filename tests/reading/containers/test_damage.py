"""Whatever bytes of a file of many pages are changed: a message or a page comes of it, and never an error of the builder."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.build.page import Rejected
from builder.reading.metadata_tables import MetadataTables
from tests.reading.containers.support import outcomes
from tests.support import pages
from tests.support.containers import ADDRESS, database, mhtml, packed, record, table, tarred, zipped
from tests.support.promises import check_page, check_problem

PAGE = pages.html(pages.said("Rupert Hentzau", "It rains."), number=57366).encode()
FILES = {"57366.html": PAGE, "57367.html": PAGE}
ROW = {"title": "Talks", "date": "2018-05-04", "text": "Rupert Hentzau: It rains."}
TEXT = "{} visit\nMay 4, 2018\n\nRupert Hentzau: I say {}.\n"
FEED = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Talks</title><link href="{ADDRESS}57366"/>'
    "<published>2018-05-04</published><content>&lt;p&gt;Rupert Hentzau: It rains.&lt;/p&gt;</content></entry></feed>"
)


def web_archive(path: Path) -> Path:
    records = (record(f"{ADDRESS}{number}", PAGE) for number in (57366, 57367))
    path.write_bytes(b"".join(packed(each, path.suffix) for each in records))
    return path


def written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


MAKERS: dict[str, Callable[[Path], object]] = {
    **dict.fromkeys((".zip",), lambda path: zipped(path, FILES)),
    **dict.fromkeys((".tar", ".tar.gz", ".tar.xz", ".tar.zst"), lambda path: tarred(path, FILES)),
    **dict.fromkeys((".warc", ".warc.gz"), web_archive),
    **dict.fromkeys((".csv", ".jsonl", ".json", ".parquet", ".xlsx", ".csv.gz"), lambda path: table(path, [ROW, ROW])),
    **{".db": lambda path: database(path, "pages", [ROW, ROW]), ".mhtml": written(mhtml(PAGE))},
    **{".atom": written(FEED.encode()), ".txt": written(f"{TEXT.format(1, 1)}\n-----\n{TEXT.format(2, 2)}".encode())},
}


@pytest.mark.parametrize("suffix", MAKERS)
@settings(max_examples=25, deadline=None)
@given(
    at=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    noise=st.binary(max_size=40),
    keep=st.sampled_from([1.0, 1.0, 0.9, 0.3]),
)
def test_changed_bytes_give_pages_or_messages(suffix: str, at: float, length: int, noise: bytes, keep: float) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        MAKERS[suffix](path)
        data = path.read_bytes()
        start = int(at * len(data))
        damaged = data[:start] + noise + data[start + length :]
        path.write_bytes(damaged[: int(keep * len(damaged))])
        for outcome in outcomes(path).values():
            if isinstance(outcome, Rejected):
                for problem in outcome.problems:
                    check_problem(problem)
            else:
                check_page(outcome)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_any_table_of_metadata_is_read_or_a_problem(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "metadata.csv").write_bytes(b"file,title\n" + content)
        for problem in MetadataTables().of_folder(folder).problems:
            check_problem(problem)
