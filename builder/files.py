"""Opens files that a command names or a package holds: regular files, at once, or an error.

Opening a pipe waits until somebody writes to it, and a device may never end. So a file is opened without waiting, and what was
opened is looked at before it is read: whoever looks first and opens then may be shown two different things.
"""

import errno
import io
import os
import stat
from pathlib import Path

NOT_A_FILE = "a pipe, socket or device"
A_LINK = "a symbolic link"

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: str | Path, *, follow_links: bool = True) -> io.BufferedReader:
    """Opens a regular file to read its bytes. Raises `OSError` for anything else, and for a link unless it may be followed."""
    return os.fdopen(_open(path, os.O_RDONLY, follow_links=follow_links), "rb")


def read_bytes(path: str | Path, *, follow_links: bool = True) -> bytes:
    """The bytes of a regular file. Raises `OSError`."""
    with open_regular(path, follow_links=follow_links) as file:
        return file.read()


def read_text(path: str | Path, encoding: str = "utf-8", *, follow_links: bool = True) -> str:
    """The text of a regular file, its line ends as line feeds. Raises `OSError` and `UnicodeDecodeError`."""
    return read_bytes(path, follow_links=follow_links).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def write_bytes(path: str | Path, content: bytes) -> None:
    """Writes a regular file, which need not exist yet. Raises `OSError`."""
    with os.fdopen(_open(path, os.O_WRONLY | os.O_CREAT), "wb") as file:
        file.truncate()
        file.write(content)


def kind_of(mode: int) -> str:
    """What something is that is no regular file, in words for a message, from its mode."""
    if stat.S_ISLNK(mode):
        return A_LINK
    return "a folder" if stat.S_ISDIR(mode) else NOT_A_FILE


def _open(path: str | Path, flags: int, *, follow_links: bool = True) -> int:
    nofollow = 0 if follow_links else getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags | nofollow | _AT_ONCE, 0o666)
    except OSError as error:
        if nofollow and error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, A_LINK, str(path)) from None
        if error.errno == errno.ENXIO:  # a socket; or a pipe to be written to that nobody reads
            raise OSError(errno.EINVAL, NOT_A_FILE, str(path)) from None
        raise
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
    raise OSError(code, os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else NOT_A_FILE, str(path))
