"""The README's code blocks: what each prints, and the output that the README shows for it.

A ```text block right below a ```python or ```sh block is its output. `python -m tests.support.readme` puts today's output there.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
README = PROJECT / "README.md"

_BLOCK = re.compile(
    r"^```(?P<language>python|sh)\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """A code block of the README, and the output that it shows; null where it shows none."""

    language: str
    code: str
    output: str | None
    line: int

    def run(self) -> subprocess.CompletedProcess[str]:
        """Runs the block as a reader would: in the project's folder, with its tools."""
        command = [sys.executable, "-c", self.code] if self.language == "python" else ["bash", "-ec", self.code]
        tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": tools, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=100, env=environment
        )


def blocks(text: str) -> list[Block]:
    return [
        Block(m["language"], m["code"], m["output"], text.count("\n", 0, m.start()) + 1) for m in _BLOCK.finditer(text)
    ]


def refresh() -> None:
    """Writes the output of every block that shows one into the README."""
    text = README.read_text("utf-8")
    for block in blocks(text):
        result = block.run()
        if result.returncode:
            sys.exit(f"{README.name}:{block.line}: {result.stderr}")
        if block.output is not None:
            fence = f"```{block.language}\n{block.code}```\n\n```text\n"
            text = text.replace(f"{fence}{block.output}```", f"{fence}{tidy(result.stdout)}```", 1)
    README.write_text(text, "utf-8")


def tidy(output: str) -> str:
    """Output as the README shows it: no white space at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in output.rstrip().split("\n"))


if __name__ == "__main__":
    refresh()
