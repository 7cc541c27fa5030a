"""Files of many pages. An adapter is one module: a class that lists what such a file holds and reads it, and knows of no layout.

A new one is one module, and a line in `_ADAPTERS` and in `_SUFFIXES`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from builder.errors import DataError, Problem
from builder.reading.containers.members import Container, ContainerError, Content, LeftOut, Member


class FileOfPages(NamedTuple):
    """A file of many pages, and how it is read."""

    file: str
    form: str
    """Which adapter reads it."""
    table: str | None = None
    """The table of a database, where one was named."""
    columns: tuple[tuple[str, str], ...] = ()
    """Which column of a table holds which field, where that was stated."""


# Each adapter is imported when it is needed: most builds read files of one page alone.


def _zip(of: FileOfPages) -> Container:
    from builder.reading.containers.archives import ZipArchive  # noqa: PLC0415

    return ZipArchive(of.file)


def _tar(of: FileOfPages) -> Container:
    from builder.reading.containers.archives import TarArchive  # noqa: PLC0415

    return TarArchive(of.file)


def _web_archive(of: FileOfPages) -> Container:
    from builder.reading.containers.web_archives import WebArchive  # noqa: PLC0415

    return WebArchive(of.file)


def _feed(of: FileOfPages) -> Container:
    from builder.reading.containers.feeds import FeedFile  # noqa: PLC0415

    return FeedFile(of.file)


def _texts(of: FileOfPages) -> Container:
    from builder.reading.containers.texts import PartedText  # noqa: PLC0415

    return PartedText(of.file)


def _mails(of: FileOfPages) -> Container:
    from builder.reading.containers.mails import Mailbox  # noqa: PLC0415

    return Mailbox(of.file)


def _table(of: FileOfPages) -> Container:
    from builder.reading.containers.tables import PageTable, rows_of  # noqa: PLC0415

    return PageTable(rows_of(of.file, of.form, of.table), dict(of.columns))


TABLES = ("csv", "json", "jsonl", "parquet", "arrow", "xlsx", "database")
"""The forms of tables."""
_ADAPTERS: Mapping[str, Callable[[FileOfPages], Container]] = {
    **{"zip": _zip, "tar": _tar, "web archive": _web_archive, "feed": _feed, "texts": _texts, "mails": _mails},
    **dict.fromkeys(TABLES, _table),
}
"""What reads each form of file."""
_SUFFIXES = {
    "zip": ".zip .maff",
    "tar": ".tar .tar.gz .tgz .tar.bz2 .tar.xz .tar.zst",
    "web archive": ".warc .warc.gz .warc.zst .wacz",
    "feed": ".atom .rss .xml",
    "mails": ".eml .mbox",
    "csv": " ".join(f".{form}{packed}" for form in ("csv", "tsv") for packed in ("", ".gz", ".bz2", ".xz", ".zst")),
    "json": ".json .json.gz .json.bz2 .json.xz .json.zst",
    "jsonl": " ".join(
        f".{form}{packed}" for form in ("jsonl", "ndjson", "jl") for packed in ("", ".gz", ".bz2", ".xz", ".zst")
    ),
    **{"parquet": ".parquet", "arrow": ".arrow .feather", "xlsx": ".xlsx", "database": ".db .sqlite .sqlite3"},
}
_FORM_OF = {suffix: form for form, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_TEXT_SUFFIXES = (".txt", ".md")
"""Of texts, of which one may hold several pages."""
SUFFIXES = tuple(_FORM_OF)
"""How the names of files of many pages end."""
USUAL_SUFFIXES = tuple(suffixes.split()[0] for suffixes in _SUFFIXES.values())
"""One of each form, for messages."""


def form_by_name(file: str) -> str | None:
    """Which form of file of many pages a file is by its name; null for another one."""
    name = file.lower()
    if not name.endswith(SUFFIXES):
        return None
    # `.tar.gz` before `.gz`: the longest suffix counts.
    return _FORM_OF[max((suffix for suffix in SUFFIXES if name.endswith(suffix)), key=len)]


def form_of(file: str, *, is_named: bool) -> str | None:
    """Which form of file of many pages a file is; null for a file of one page.

    The first bytes go before the name. But in a folder a file whose name is that of a page is not opened for that: there are
    many, and reading it says what it is.
    """
    by_name = form_by_name(file)
    if by_name or is_named:
        from builder.reading.containers.kinds import form_by_bytes  # noqa: PLC0415

        if form := form_by_bytes(file) or by_name:
            return form
    if file.lower().endswith(_TEXT_SUFFIXES):
        from builder.reading.containers.texts import form_of_text  # noqa: PLC0415

        return form_of_text(file)
    return None


def list_members(of: FileOfPages) -> Iterator[Member | LeftOut]:
    """What a file of many pages holds. Raises `ContainerError` where it cannot be read, perhaps after some members."""
    container = _open(of)
    try:
        yield from container.members()
    finally:
        container.close()


def _open(of: FileOfPages) -> Container:
    try:
        return _ADAPTERS[of.form](of)
    except OSError as error:
        found = error.strerror or str(error)
        raise ContainerError("a file that can be read", found, "check the file and its permissions") from None


class OpenContainers:
    """Reads members of files of many pages, and keeps the file open from which the last one was read: the next is mostly
    from the same."""

    def __init__(self) -> None:
        self._of: FileOfPages | None = None
        self._container: Container | None = None

    def read(self, of: FileOfPages, member: Member, display_path: str) -> Content:
        """One member's content. Raises `DataError`."""
        try:
            if self._of != of or self._container is None:
                self.close()
                self._container, self._of = _open(of), of
            return self._container.read(member)
        except ContainerError as error:
            raise DataError([container_problem(display_path, error)]) from None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file that is open."""
        if self._container:
            self._container.close()
        self._container = self._of = None


def container_problem(display_path: str, error: ContainerError) -> Problem:
    """The problem that a file of many pages, or a member, cannot be read."""
    return Problem(display_path, error.expected, error.found, error.advice, line=error.line, code=error.code)
