"""The page's script is sound JavaScript, and the search library is what npm gives."""

import shutil
import subprocess
from pathlib import Path

import pytest

from builder.exports.page.head import HERE
from tests.page.conftest import NODE_MODULES

pytestmark = pytest.mark.browser


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    assert node, "expected node, found none; run .ci/install-debian"
    return subprocess.run([node, *command], capture_output=True, text=True, check=False, timeout=120)


def test_the_script_is_sound() -> None:
    result = run("--check", HERE / "page.js")
    assert (result.returncode, result.stderr) == (0, "")


def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    # The linter takes its own package from beside its settings.
    settings = NODE_MODULES.parent / "eslint.config.mjs"
    shutil.copy(Path(__file__).parent / "eslint.config.mjs", settings)
    try:
        script = shutil.copy(HERE / "page.js", NODE_MODULES.parent / "page.js")
        result = run(NODE_MODULES / "eslint/bin/eslint.js", "--config", settings, "--max-warnings", "0", script)
    finally:
        for name in ("eslint.config.mjs", "page.js"):
            (NODE_MODULES.parent / name).unlink(missing_ok=True)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_search_library_is_npms_made_small(tmp_path: Path) -> None:
    whole = NODE_MODULES / "minisearch/dist/umd/index.js"
    result = run(NODE_MODULES / "terser/bin/terser", whole, "--compress", "--mangle")
    assert result.returncode == 0, result.stderr
    assert result.stdout == (HERE / "minisearch.min.js").read_text("utf-8")
    licence = (NODE_MODULES / "minisearch/LICENSE.txt").read_text("utf-8")
    assert (HERE / "minisearch.LICENSE.txt").read_text("utf-8") == licence
