"""Damages the files of exports, and asks only the check of exports what it finds."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from builder.package.export_files import EXPORTS
from builder.package.names import DIST
from builder.package.release import current_release
from builder.verify.exports import exports
from builder.verify.package_rows import Package
from tests.support.resealing import reseal


def findings(package: Path) -> list[str]:
    """What the check of exports finds in a package, as lines of text."""
    reseal(package)
    return [str(finding) for finding in exports(Package(package))]


def findings_of(name: str, package: Path) -> list[str]:
    """What the check finds in one export of a package, whose other exports are taken away."""
    for export in EXPORTS:
        if export.name != name:
            for file in export.files:
                (package / DIST / file.name(current_release().version)).unlink(missing_ok=True)
    return [str(finding) for finding in exports(Package(package))]


def replace_text(path: Path, old: str, new: str) -> None:
    """Replaces the first of the places that hold `old`, which there must be."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="")


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A change of the first of the places that hold `old`, which there must be."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def change_member(path: Path, name: str, change: Callable[[bytes], bytes | None]) -> None:
    """Changes a member of a zip file, or takes it out where `change` returns None."""
    with ZipFile(path) as old:
        members = {member: old.read(member) for member in old.namelist()}
    assert name in members
    with ZipFile(path, "w") as new:
        for member, content in members.items():
            changed = change(content) if member == name else content
            if changed is not None:
                new.writestr(member, changed)


def add_member(path: Path, name: str, content: bytes) -> None:
    """Adds a member to a zip file."""
    copy = path.with_suffix(".new")
    shutil.copy(path, copy)
    with ZipFile(copy, "a") as file:
        file.writestr(name, content)
    copy.replace(path)
