"""The generated texts of the project: data dictionary, JSON Schemas, and the rows and outputs that its documents show.

In a document, a ```` ```text ```` block right below a ```` ```python ```` or ```` ```sh ```` block is that block's output, and a
```` ```json ```` block below `<!-- a row of TABLE -->` is a row of the project's own package. What needs
a tool that is not in the project's environment stands in a block such as ```` ```r client ````, which `make test-clients` runs.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from builder.errors import DataError, Problem
from builder.package.release import PROJECT
from schema.documents import dictionary, json_schema
from schema.tables import BY_NAME, TABLES

BEGIN, END = "<!-- data dictionary: begin (make docs) -->", "<!-- data dictionary: end -->"
SECONDS_FOR_A_BLOCK = 100

_LINES = r"(?:(?!```).*+\n)*+"
_BLOCK = re.compile(
    rf"^```(?P<language>python|sh|r)(?P<client> client)?\n(?P<code>{_LINES})```\n(?:\n```text\n(?P<output>{_LINES})```\n)?",
    re.MULTILINE,
)
_ROW = re.compile(
    r"(?<=^<!-- a row of )(?P<table>\w+)(?P<fence> -->\n\n```json\n)(?P<row>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class CodeBlock:
    """A code block of a document, and the output that the document shows for it."""

    path: Path
    line: int
    """Counted from 1."""
    language: str
    """`python` or `sh`, or `r` in a block for the tests of clients."""
    code: str
    output: str | None
    """None where the document shows no output."""

    def run(self) -> str:
        """Runs the block as a reader would, in the project's folder and with this Python's tools, and returns its output
        without white space at the ends of lines. Raises `DataError` where it fails."""
        programs = {"python": [sys.executable, "-c"], "sh": ["bash", "-ec"], "r": ["Rscript", "--vanilla", "-e"]}
        command = [*programs[self.language], self.code]
        tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        environment = {**os.environ, "PATH": tools, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        environment |= {"PYTHONIOENCODING": "utf-8"}  # whatever this process prints in
        result = subprocess.run(
            command,
            cwd=PROJECT,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS_FOR_A_BLOCK,
            env=environment,
        )
        if result.returncode:
            last_line = (result.stderr.strip() or "no message").splitlines()[-1]
            found = f"exit code {result.returncode}: {last_line}"
            advice = "correct the block, or run `make test` once to install what the documents use"
            raise DataError(
                [
                    Problem(
                        str(self.path.relative_to(PROJECT)),
                        "a block that runs",
                        found,
                        advice,
                        self.line,
                        code="block-fails",
                    )
                ]
            )
        return "".join(f"{line.rstrip()}\n" for line in result.stdout.rstrip().split("\n"))


def documents(project: Path = PROJECT) -> list[Path]:
    """The documents whose code blocks run: README, CONTRIBUTING and the pages of docs/."""
    return [project / "README.md", project / "CONTRIBUTING.md", *sorted((project / "docs").glob("*.md"))]


def blocks(path: Path, *, for_clients: bool = False) -> list[CodeBlock]:
    """The Python and shell blocks of a document, in order; or those for the tests of clients, and R's among them."""
    text = path.read_text("utf-8")
    return [
        CodeBlock(path, text.count("\n", 0, m.start()) + 1, m["language"], m["code"], m["output"])
        for m in _BLOCK.finditer(text)
        if bool(m["client"]) == for_clients and (for_clients or m["language"] != "r")
    ]


def generated_texts(project: Path = PROJECT, *, run_blocks: bool = True) -> dict[Path, str]:
    """Every generated file of the project with the text that it should have. Without `run_blocks` the outputs that the
    documents show are taken as they are.

    Raises `DataError` where a document is missing, the data dictionary lacks its marks, a row shown is not in the package,
    or a block fails.
    """
    if missing := [path.name for path in documents(project) if not path.is_file()]:
        found = f"no {' and no '.join(missing)}"
        raise DataError(
            [Problem(str(project), "the project's documents", found, "run it in a checkout", code="no-documents")]
        )
    texts = {path: _with_rows(path.read_text("utf-8"), project) for path in documents(project)}
    if run_blocks:
        texts = {path: _with_outputs(text, blocks(path)) for path, text in texts.items()}
    dictionary_page = project / "docs" / "data-dictionary.md"
    texts[dictionary_page] = _with_dictionary(dictionary_page.name, texts[dictionary_page])
    for table in TABLES:
        schema = json.dumps(json_schema(table), indent=2, ensure_ascii=False)
        texts[project / "docs" / "json-schema" / f"{table.name}.schema.json"] = schema + "\n"
    return texts


def outdated(texts: dict[Path, str]) -> list[Path]:
    """The files whose text is not the one that it should be."""
    return [path for path, text in texts.items() if not path.is_file() or path.read_text("utf-8") != text]


def refresh(*, write: bool) -> list[Path]:
    """The files whose generated text was out of date; they are written anew if asked. Raises `DataError` where a block fails."""
    texts = generated_texts()
    stale = outdated(texts)
    for path in stale if write else ():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], "utf-8", newline="\n")
    return stale


def _with_dictionary(name: str, text: str) -> str:
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        expected = f"the lines {BEGIN!r} and {END!r}"
        raise DataError([Problem(name, expected, "none", "put them back", code="no-marks")])
    tables = "\n".join(dictionary(table) for table in TABLES)
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}"


def _with_outputs(text: str, shown: list[CodeBlock]) -> str:
    for block in shown:
        if block.output is not None:
            fence = f"```{block.language}\n{block.code}```\n\n```text\n"
            text = text.replace(f"{fence}{block.output}```", f"{fence}{block.run()}```", 1)
    return text


def _with_rows(text: str, project: Path) -> str:
    return _ROW.sub(lambda m: f"{m['table']}{m['fence']}{_row(m['table'], json.loads(m['row']), project)}\n```", text)


def _row(table: str, shown: dict[str, object], project: Path) -> str:
    """The row of the project's package that has the key of the row shown."""
    key = BY_NAME[table].primary_key
    for line in (project / "dist" / f"{table}.jsonl").read_text("utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        if all(row[column] == shown.get(column) for column in key):
            return json.dumps(row, indent=2, ensure_ascii=False)
    shown_key = ", ".join(f"{column} {shown.get(column)}" for column in key)
    found = f"none with {shown_key}"
    raise DataError(
        [Problem(f"dist/{table}.jsonl", "the row that a document shows", found, "show another row", code="no-such-row")]
    )
