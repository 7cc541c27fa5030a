"""Mails: a page a message, or the pages that are attached to it. `.eml` holds one message, `.mbox` many."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from builder.files import open_regular
from builder.reading.containers.members import ContainerError, Content, LeftOut, Member
from builder.reading.document import Given
from builder.reading.limits import MAX_FILE_BYTES
from builder.reading.page_names import PAGE_SUFFIXES

if TYPE_CHECKING:
    from email.message import Message

_OTHERS = LeftOut("attachments that are no pages")
_LETTERS = LeftOut("letters around attached pages")
_MAX_BYTES = 4 * MAX_FILE_BYTES
"""Of a message: attachments are coded, and take more room."""
HEAD_BYTES = 20_000
"""Of a file, by which it is known to be a mail."""
_BORDER = re.compile(rb"From \S+ [^\r\n]{1,80}[0-9]{4}[^\r\n]{0,10}\r?\n")
"""What stands between the messages of a mailbox."""
_HEADS = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){3,200}")
_SENDER = re.compile(rb"^From:", re.IGNORECASE | re.MULTILINE)
_OF_MAIL = re.compile(
    rb"^(?:Message-ID|Received|Return-Path|Delivered-To|To|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
_OF_SAVED_PAGE = re.compile(rb"^(?:Snapshot-)?Content-Location:|^From: <Saved by", re.IGNORECASE | re.MULTILINE)
_ESCAPED_BORDER = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_REPLY = re.compile(r"(?:(?:Re|Fwd?|FW)\s*:\s*)+", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"(?<=[^\n]) \n(?=[^\n> ])(?<!\n-- \n)")
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)
"""What the standard library raises for messages that break its rules."""


def is_mail(head: bytes) -> bool:
    """Whether a file is a message or a mailbox, by its first bytes; a page that a browser saved as MHTML is none."""
    head = head[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    border = _BORDER.match(head)
    heads = _HEADS.match(head, border.end() if border else 0)
    if heads is None or not _SENDER.search(heads[0]) or _OF_SAVED_PAGE.search(heads[0]):
        return False
    return bool(border or len(_OF_MAIL.findall(heads[0])) > 1)


class _Leaf(NamedTuple):
    """A part of a message that may be a page."""

    part: "Message"
    name: str
    """Of an attached file; empty for the letter itself."""


class Mailbox:
    """A message, or a mailbox of several."""

    def __init__(self, file: str) -> None:
        self._raw = open_regular(file)
        self._message: tuple[int, Message] | None = None

    def members(self) -> Iterator[Member | LeftOut]:
        """Its messages, in their order, counted from 1; of one that brings pages along, these."""
        borders = [*self._borders()]
        for number, (start, end) in enumerate(borders, start=1):
            name = f"#{number}" if len(borders) > 1 else ""
            leaves = _leaves(self._parsed(start, end))
            attached = [index for index, leaf in enumerate(leaves) if leaf.name]
            pages = [
                index for index in attached if PurePosixPath(leaves[index].name).suffix.casefold() in PAGE_SUFFIXES
            ]
            for _ in range(len(attached) - len(pages)):
                yield _OTHERS
            if not pages:
                yield Member(name, (start, end, -1))
                continue
            yield _LETTERS
            for index in pages:
                yield Member(f"{name}/{leaves[index].name}", (start, end, index))

    def read(self, member: Member) -> Content:
        """The letter, or the page that is attached."""
        start, end, index = member.place
        message = self._parsed(start, end)
        leaves = _leaves(message)
        if index >= 0:
            return Content(_payload(leaves[index].part))
        letters = [leaf.part for leaf in leaves if not leaf.name]
        # Where a letter is there in two forms, HTML keeps its paragraphs whole.
        letter = next((part for part in letters if part.get_content_type() == "text/html"), next(iter(letters), None))
        if letter is None:
            raise ContainerError("a message with a text", "none", "take it out, or save its page")
        is_html = letter.get_content_type() == "text/html"
        data = _payload(letter)
        return Content(data if is_html else _text(letter, data), _given(message), _charset(letter), is_html)

    def close(self) -> None:
        """Closes the file."""
        self._raw.close()
        self._message = None

    def _borders(self) -> Iterator[tuple[int, int]]:
        """Where each message begins and ends."""
        self._raw.seek(0)
        start, position, is_after_blank = 0, 0, True
        for line in self._raw:
            if is_after_blank and line.startswith(b"From ") and _BORDER.match(line):
                if position > start:
                    yield start, position
                start = position
            is_after_blank = not line.strip()
            position += len(line)
        if position > start:
            yield start, position

    def _parsed(self, start: int, end: int) -> "Message":
        import email.policy  # noqa: PLC0415  # few builds need it

        if self._message is None or self._message[0] != start:
            if end - start > _MAX_BYTES:
                raise ContainerError(f"a message of at most {_MAX_BYTES:,} bytes", "more", "save its page alone")
            self._raw.seek(start)
            data = self._raw.read(end - start).lstrip(b"\xef\xbb\xbf\r\n")
            if border := _BORDER.match(data):
                data = _ESCAPED_BORDER.sub(b"", data[border.end() :])
            try:
                self._message = start, email.message_from_bytes(data, policy=email.policy.compat32)
            except _FAULTS as error:
                raise _damaged(error) from None
        return self._message[1]


def _leaves(message: "Message") -> list[_Leaf]:
    """The parts of a message that hold text, or are files."""
    try:
        parts = [part for part in message.walk() if not part.is_multipart()]
        leaves = (_Leaf(part, (part.get_filename() or "").replace("/", "_")) for part in parts)
        return [leaf for leaf in leaves if leaf.name or leaf.part.get_content_maintype() == "text"]
    except _FAULTS as error:
        raise _damaged(error) from None


def _payload(part: "Message") -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _FAULTS as error:
        raise _damaged(error) from None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: "Message") -> str | None:
    try:
        return part.get_content_charset()
    except _FAULTS:
        return None


def _text(part: "Message", data: bytes) -> bytes:
    """A letter's text in UTF-8, without the line breaks that a program put into its paragraphs and marked."""
    try:
        text = data.decode(_charset(part) or "utf-8")
    except (UnicodeDecodeError, LookupError):
        # Who reads the page says what is wrong with it.
        return data
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).casefold() == "flowed":
        is_joined = str(part.get_param("delsp", "")).casefold() == "yes"
        text = _SOFT_BREAK.sub("" if is_joined else " ", text)
    return text.encode("utf-8", "surrogatepass")


def _given(message: "Message") -> Given:
    """The subject as title, and the day on which a message was sent: for a text that prints none."""
    from email.header import decode_header, make_header  # noqa: PLC0415
    from email.utils import parsedate_tz  # noqa: PLC0415

    try:
        subject = str(make_header(decode_header(str(message.get("Subject", ""))))).strip()
        sent = parsedate_tz(str(message.get("Date", "")))
    except _FAULTS:
        return Given()
    date = f"{sent[0]:04}-{sent[1]:02}-{sent[2]:02}" if sent else None
    return Given(title=_REPLY.sub("", subject, count=1) or None, date=date)


def _damaged(error: BaseException) -> ContainerError:
    return ContainerError("a message that can be read", str(error) or type(error).__name__, "save its page alone")
