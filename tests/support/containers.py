"""Files of many pages as people keep them, made with the libraries that make them."""

import csv
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

Row = Mapping[str, Any]
ADDRESS = "http://en.kremlin.ru/events/president/news/"


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: Mapping[str, bytes]) -> Path:
    """A tar archive, compressed as its name says."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, data in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    path.write_bytes(packed(plain.getvalue(), path.suffix))
    return path


def packed(data: bytes, suffix: str) -> bytes:
    """Bytes, compressed as a file's name says."""
    if suffix in (".gz", ".tgz"):
        return gzip.compress(data)
    if suffix == ".xz":
        return lzma.compress(data)
    return pa.compress(data, codec="zstd", asbytes=True) if suffix == ".zst" else data


def table(path: Path, rows: Sequence[Row]) -> Path:
    """A table, in the form that its name says."""
    form, suffix = (path.suffixes[-2], path.suffix) if path.suffix in (".gz", ".xz", ".zst") else (path.suffix, "")
    if form == ".parquet":
        pq.write_table(pa.Table.from_pylist([*rows]), path)
    elif form == ".xlsx":
        workbook = Workbook()
        for cells in ([*rows[0]], *([*row.values()] for row in rows)):
            workbook.active.append(cells)  # type: ignore[union-attr]
        workbook.save(path)
    elif form in (".db", ".sqlite"):
        database(path, "pages", rows)
    elif form == ".json":
        path.write_bytes(packed(json.dumps([*rows]).encode(), suffix))
    elif form == ".jsonl":
        path.write_bytes(packed("".join(json.dumps(row) + "\n" for row in rows).encode(), suffix))
    else:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, [*rows[0]], delimiter="\t" if form == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
        path.write_bytes(packed(text.getvalue().encode(), suffix))
    return path


def database(path: Path, name: str, rows: Sequence[Row]) -> Path:
    db = sqlite3.connect(path)
    db.execute(f'CREATE TABLE "{name}" ({", ".join(f"{column!r}" for column in rows[0])})')
    db.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', [[*row.values()] for row in rows])
    db.commit()
    db.close()
    return path


def record(
    url: str,
    body: bytes = b"",
    *,
    date: str = "2020-08-01T12:00:00Z",
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    more: Sequence[str] = (),
    sent: Sequence[str] = (),
) -> bytes:
    """A record of a web archive; `more` are lines of its own head, `sent` of the response's."""
    http = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *sent, "", ""]).encode() + body
    lines = ("WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {date}", *more)
    about = (
        f"WARC-Record-ID: <urn:uuid:{abs(hash((url, date, kind)))}>",
        "Content-Type: application/http; msgtype=response",
    )
    head = "\r\n".join([*lines, *about, f"Content-Length: {len(http)}", "", ""])
    return head.encode() + http + b"\r\n\r\n"


def mhtml(page: bytes, address: str = f"{ADDRESS}57366") -> bytes:
    """A page as browsers save it in one file."""
    message = MIMEMultipart("related", type="text/html")
    message["Snapshot-Content-Location"] = address
    part = MIMEText(page.decode(), "html", "utf-8")
    part["Content-Location"] = address
    message.attach(part)
    return message.as_bytes()
