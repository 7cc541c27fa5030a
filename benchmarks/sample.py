"""The sample of real pages that stands beside the project, unpacked into packages: one for each form of its pages."""

import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT.parent / "shared" / "corpus"
GOLD = SAMPLE / "dev-gold.jsonl.xz"


@dataclass(frozen=True)
class Form:
    """One form in which the sample holds every page."""

    title: str
    archive: str
    folder: str
    """Where its pages lie in the archive."""


FORMS = (
    Form("HTML", "dev-pages.tar.xz", "."),
    Form("text of the accessible site", "dev-text.tar.xz", "A"),
    Form("text of the main site", "dev-text.tar.xz", "B"),
)


def is_here() -> bool:
    """Whether the sample stands beside the project; says so in a line where it does not."""
    if not GOLD.is_file():
        print(
            f"the sample of real pages is not here (../{SAMPLE.relative_to(PROJECT.parent).as_posix()}): nothing measured"
        )
        return False
    return True


def packages() -> Iterator[tuple[Form, Path]]:
    """Builds the package of each form in a temporary folder, which goes when the next one is asked for.

    Raises `CalledProcessError` where the build fails; what is wrong it has printed itself.
    """
    for form in FORMS:
        with TemporaryDirectory() as temporary:
            pages, package = Path(temporary) / "pages", Path(temporary) / "package"
            with tarfile.open(SAMPLE / form.archive) as archive:
                archive.extractall(pages, filter="data")
            command = [sys.executable, "-m", "builder", "build", str(pages / form.folder), "--output", str(package)]
            subprocess.run([*command, "--keep-going", "--quiet"], cwd=PROJECT, check=True)
            yield form, package
