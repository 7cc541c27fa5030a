"""What tests of commands share: running one in this process, and reading what it wrote."""

from pathlib import Path
from typing import Any

import msgspec
from typer.testing import CliRunner, Result

from builder.cli.app import app

TERMINAL = CliRunner(env={"COLUMNS": "300", "NO_COLOR": "1", "FORCE_COLOR": None})


def run(*arguments: object) -> Result:
    """Runs a command in this process; an error that it did not catch fails the test as it is."""
    result = TERMINAL.invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rows(package: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a package's table."""
    return [msgspec.json.decode(line) for line in (package / f"dist/{table}.jsonl").read_bytes().splitlines()]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, hidden or not: the bytes of files, null for folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")
    }
