"""Files that a command is asked to write besides a package."""

from pathlib import Path

from builder.errors import CommandError
from builder.files import write_bytes


def write_file(path: Path, content: bytes) -> None:
    """Writes a file. Raises `CommandError` where it cannot be written."""
    try:
        write_bytes(path, content)
    except OSError as error:
        raise CommandError(f"{path}: expected a file that can be written, found {error.strerror or error}") from None
