"""Damages files of many pages at random: each must become a package that verifies, or a clear message.

Pages of every layout are changed, wrapped into a file of each form that `build` takes, and the bytes of this file are changed
again. `python -m benchmarks.robustness.fuzz_containers --seconds 60` prints how many ran and what came of them. It fails where
one breaks the promise or takes ten seconds, and keeps its file. `--try FILE` reads such a file.
"""

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
from pyarrow import feather

from builder.errors import CommandError, printable
from tests.support.containers import ADDRESS, mhtml, packed, record, table, tarred, zipped
from tests.support.promises import become_package, become_pages, first_inputs

SECONDS_FOR_ONE = 10
BUILT_EVERY = 25
MOST_CHANGES, LONGEST_RUN = 4, 64
SIGNS = (
    b"\0",
    b"\xff",
    b"\n",
    b"\n\n",
    b'"',
    b"\\",
    b",",
    b"\x1f\x8b",
    b"PK\3\4",
    b"---\n",
    b"{",
    b"[",
    b"</",
    b"From ",
    b"=\n",
)

Wrap = Callable[[Path, Sequence[bytes]], object]


def rows(pages: Sequence[bytes]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"Talks {number}",
            "date": "2018-05-04",
            "text": page.decode("utf-8", "replace"),
            "url": f"{ADDRESS}{number}",
        }
        for number, page in enumerate(pages, start=1)
    ]


def _named(pages: Sequence[bytes]) -> Mapping[str, bytes]:
    return {f"{number}.html": page for number, page in enumerate(pages)}


def _web_archive(path: Path, pages: Sequence[bytes]) -> None:
    records = (record(f"{ADDRESS}{number}", page) for number, page in enumerate(pages, start=1))
    path.write_bytes(b"".join(packed(each, path.suffix) for each in records))


def _mails(path: Path, pages: Sequence[bytes]) -> None:
    messages = []
    for page in pages:
        mail = EmailMessage()
        head = {
            "From": "a@b.example",
            "To": "c@d.example",
            "Subject": "Talks",
            "Date": "Fri, 4 May 2018 12:00:00 +0300",
        }
        for name, value in head.items():
            mail[name] = value
        mail.set_content(page.decode("utf-8", "replace"), cte=random.choice(("base64", "quoted-printable")))
        messages.append(mail.as_bytes())
    path.write_bytes(b"".join(b"From a@b.example Fri May 4 12:00:00 2018\n" + message + b"\n" for message in messages))


def _feed(path: Path, pages: Sequence[bytes]) -> None:
    entries = (
        f'<entry><title>T</title><link href="{ADDRESS}{number}"/><published>2018-05-04</published>'
        f"<content>{escape(page.decode('utf-8', 'replace'))}</content></entry>"
        for number, page in enumerate(pages, start=1)
    )
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>', "utf-8")


def _texts(path: Path, pages: Sequence[bytes]) -> None:
    path.write_bytes(random.choice((b"\n\f", b"\n\n* * *\n\n", b"\n-----\n", b"\n\n")).join(pages))


FORMS: Mapping[str, Wrap] = {
    ".zip": lambda path, pages: zipped(path, _named(pages)),
    ".warc": _web_archive,
    ".warc.gz": _web_archive,
    ".mhtml": lambda path, pages: path.write_bytes(mhtml(pages[0].decode("utf-8", "replace").encode())),
    ".mbox": _mails,
    ".atom": _feed,
    ".txt": _texts,
    ".feather": lambda path, pages: feather.write_feather(pa.Table.from_pylist(rows(pages)), str(path)),
    **dict.fromkeys((".tar", ".tar.gz", ".tar.xz", ".tar.zst"), lambda path, pages: tarred(path, _named(pages))),
    **dict.fromkeys(
        (".csv", ".tsv", ".csv.gz", ".json", ".jsonl", ".jsonl.zst", ".parquet", ".db"),
        lambda path, pages: table(path, rows(pages)),
    ),
}


def changed(data: bytes, lots: random.Random) -> bytes:
    """Bytes with a few changes: some taken out, doubled, moved, flipped or put in."""
    for _ in range(lots.randint(1, MOST_CHANGES)):
        at = lots.randrange(len(data) + 1)
        end = min(len(data), at + lots.randint(1, LONGEST_RUN))
        to = lots.randrange(len(data) + 1)
        data = lots.choice(
            (
                data[:at] + data[end:],
                data[:to] + data[at:end] + data[to:],
                data[:at] + bytes(lots.randrange(256) for _ in range(end - at)) + data[end:],
                data[:at] + lots.choice(SIGNS) + data[at:],
                data[:at] if lots.random() < 0.2 else data,
            )
        )
    return data


def made(suffix: str, lots: random.Random) -> bytes:
    """A file of a form with damaged pages, or a damaged one."""
    pages = [lots.choice([*first_inputs().values()]) for _ in range(lots.randint(1, 3))]
    pages = [changed(page, lots) if lots.random() < 0.5 else page for page in pages]
    random.seed(lots.random())
    with TemporaryDirectory() as folder:
        path = Path(folder, f"made{suffix}")
        try:
            FORMS[suffix](path, pages)
        except (ValueError, UnicodeError):
            # Not every library writes what is no text.
            return b""
        data = path.read_bytes()
    return changed(data, lots) if lots.random() < 0.6 else data


@contextmanager
def in_time(seconds: int) -> Any:
    """Raises `TimeoutError` after so many seconds."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"takes more than {seconds} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def outcome(name: str, data: bytes, *, build: bool) -> str:
    """What comes of a file. Raises `BrokenPromiseError` and whatever a reader raises."""
    try:
        with in_time(SECONDS_FOR_ONE):
            if build:
                return f"built: {become_package(data, name, keep_going=True)}"
            statuses = {entry.status for entry in become_pages(name, data)}
    except CommandError:
        return "refused"
    return " and ".join(sorted(statuses)) or "no pages"


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=20221128)
    arguments.add_argument(
        "--keep", type=Path, default=Path("fuzz-findings"), help="folder for what breaks the promise"
    )
    arguments.add_argument("--try", dest="one", type=Path, help="read this one file")
    options = arguments.parse_args()
    if options.one:
        for build in (False, True):
            print(outcome(options.one.name, options.one.read_bytes(), build=build))
        return
    lots, end, counts, broken = random.Random(options.seed), time.monotonic() + options.seconds, Counter[str](), 0
    while time.monotonic() < end:
        suffix = lots.choice([*FORMS])
        data = made(suffix, lots)
        counts["files"] += 1
        try:
            counts[outcome(f"made{suffix}", data, build=counts["files"] % BUILT_EVERY == 0)] += 1
        except Exception:  # whatever it is, it breaks the promise
            broken += 1
            options.keep.mkdir(parents=True, exist_ok=True)
            kept = options.keep / f"finding-{options.seed}-{counts['files']}{suffix}"
            kept.write_bytes(data)
            print(f"{kept} breaks the promise:\n{printable(traceback.format_exc()[-1_500:])}".replace("\\x0a", "\n"))
    print("\n".join(f"{count:>8,}  {what}" for what, count in sorted(counts.items())))
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
