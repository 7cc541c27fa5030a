"""What the project's documents say is so: their blocks run, their links resolve, and what is generated is current."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from builder.package.documentation import CodeBlock, blocks, documents, generated_texts, outdated
from schema.documents import json_schema
from schema.tables import BY_NAME, TABLES
from tests.conftest import PROJECT
from tests.support.commands import rows
from tests.support.told import brief, refusal

DOCUMENTS = {path.relative_to(PROJECT).as_posix(): path.read_text("utf-8") for path in documents()}
SHOWN_ONLY = {"text", "console", "json", "r"}
"""Languages of blocks that are not run: outputs, what needs a network, a cluster or another program, rows, R."""

FOR_CLIENTS = {"python client", "sh client", "r client"}
"""Those of blocks that `make test-clients` runs."""


def _run_in_a_test(path: Path, block: CodeBlock) -> object:
    # Those of README use what `make build` installs, and take a few seconds.
    marks = [] if path.name == "README.md" else [pytest.mark.slow]
    return pytest.param(block, id=f"{path.name}-line-{block.line}", marks=marks)


BLOCKS = [_run_in_a_test(path, block) for path in documents() for block in blocks(path)]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_code_block_runs_and_prints_what_is_shown_below_it(block: CodeBlock) -> None:
    printed = block.run()
    if block.output is not None:
        assert printed == block.output, "refresh it with: make docs"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_code_block_that_can_run_is_run(name: str) -> None:
    fences = re.findall(r"^ *```(.*)$", DOCUMENTS[name], re.MULTILINE)
    languages = fences[::2]
    assert set(fences[1::2]) <= {""}
    for_clients = [language for language in languages if language in FOR_CLIENTS]
    assert set(languages) <= SHOWN_ONLY | {"python", "sh", *FOR_CLIENTS}
    assert len(for_clients) == len(blocks(PROJECT / name, for_clients=True))
    assert len([language for language in languages if language in ("python", "sh")]) == len(blocks(PROJECT / name))


def test_the_readme_needs_only_what_a_build_installs() -> None:
    locked = re.findall(
        r"^([a-z0-9-]+)(?:\[\w+\])?==", (PROJECT / "requirements/build.txt").read_text("utf-8"), re.MULTILINE
    )
    code = "".join(block.code for block in blocks(PROJECT / "README.md") if block.language == "python")
    imported = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
    assert imported - {"json"} <= set(locked)


def test_a_block_that_fails_is_named_with_its_line() -> None:
    block = CodeBlock(PROJECT / "docs/loading.md", 7, "python", "import no_such_module", None)
    problem = refusal(block.run)
    assert brief(problem) == "docs/loading.md:7: block-fails"
    assert problem.found == "exit code 1: ModuleNotFoundError: No module named 'no_such_module'"


def _anchors(text: str) -> set[str]:
    """The anchors that GitHub gives a document's headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    document = PROJECT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = document.parent / path if path else document
        assert linked.exists(), target
        assert not anchor or anchor in _anchors(linked.read_text("utf-8")), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_module_and_make_target_that_a_document_names_exists(name: str) -> None:
    named = re.findall(r"`([^`\n]+)`", DOCUMENTS[name])
    rooms = ("builder/", "schema/", "tests/", "docs/", "benchmarks/", "requirements/", "seeds/", "dist/", ".ci/")
    paths = [
        text
        for text in named
        if text.startswith(rooms) and " " not in text and "VERSION" not in text and "NAME" not in text
    ]
    assert [path for path in paths if not (PROJECT / path).exists()] == []
    modules = re.findall(r"python -m ((?:builder|benchmarks)[\w.]*)", DOCUMENTS[name])
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {target for text in named if text.startswith("make ") for target in text.split()[1:]}
    asked |= set(re.findall(r"^make ([a-z-]+)", DOCUMENTS[name], re.MULTILINE))
    assert asked - targets == set()


def test_the_rooms_of_contributing_are_the_layers_of_the_imports() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    modules = [module.strip() for layer in layers for module in layer.split("|")]
    table = DOCUMENTS["CONTRIBUTING.md"].partition("## Rooms")[2].partition("\n## ")[0]
    rooms = re.findall(r"^\| `(\S+?)(?:/|\.py)` \|", table, re.MULTILINE)
    assert [room.replace("/", ".") for room in rooms] == modules


def test_the_readme_names_every_table() -> None:
    linked = re.findall(r"^\| \[\w+\]\(docs/data-dictionary\.md#(\w+)\) \|", DOCUMENTS["README.md"], re.MULTILINE)
    assert linked == [table.name for table in TABLES]


def test_the_readme_shows_a_row_of_the_shipped_data() -> None:
    assert re.search(r"^<!-- a row of utterances -->\n\n```json$", DOCUMENTS["README.md"], re.MULTILINE)


def test_the_generated_texts_are_current() -> None:
    # The outputs of blocks are compared by the tests that run them.
    assert outdated(generated_texts(run_blocks=False)) == [], "refresh them with: make docs"


def test_a_row_that_a_document_shows_is_refreshed_from_the_package(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "docs/data-dictionary.md").write_text(DOCUMENTS["docs/data-dictionary.md"], "utf-8")
    (tmp_path / "CONTRIBUTING.md").write_text("", "utf-8")
    shown = '<!-- a row of sources -->\n\n```json\n{"path": "a.txt", "status": "rejected"}\n```\n'
    (tmp_path / "README.md").write_text(shown, "utf-8")
    (tmp_path / "dist/sources.jsonl").write_text('{"path":"a.txt","status":"included","reason":null}\n', "utf-8")
    texts = generated_texts(tmp_path, run_blocks=False)
    assert texts[tmp_path / "README.md"] == (
        '<!-- a row of sources -->\n\n```json\n{\n  "path": "a.txt",\n  "status": "included",\n  "reason": null\n}\n```\n'
    )
    (tmp_path / "dist/sources.jsonl").write_text('{"path":"b.txt"}\n', "utf-8")
    problem = refusal(generated_texts, tmp_path, run_blocks=False)
    assert problem.code == "no-such-row"
    assert "a.txt" in problem.found


def test_a_project_without_its_documents_or_their_marks_is_named(tmp_path: Path) -> None:
    problem = refusal(generated_texts, tmp_path)
    assert (brief(problem), problem.found) == (f"{tmp_path}: no-documents", "no README.md and no CONTRIBUTING.md")
    (tmp_path / "docs").mkdir()
    for name in ("README.md", "CONTRIBUTING.md", "docs/data-dictionary.md"):
        (tmp_path / name).write_text("# Zenda\n", "utf-8")
    assert brief(refusal(generated_texts, tmp_path)) == "data-dictionary.md: no-marks"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_shipped_row_is_valid_under_its_json_schema(table) -> None:
    validator = jsonschema.Draft202012Validator(
        json_schema(table), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    lines = (PROJECT / "dist" / f"{table.name}.jsonl").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_a_json_schema_refuses_what_its_model_refuses() -> None:
    row = rows(PROJECT, "utterances")[0]
    validator = jsonschema.Draft202012Validator(json_schema(BY_NAME["utterances"]))
    for wrong in ({"text": ""}, {"text": "a\rb"}, {"sequence": 0}, {"speaker_id": "Putin"}, {"more": 1}):
        assert not validator.is_valid(row | wrong)


# The examples of the other tables show what the shipped pages do not print: duplicates, offices that change, mentions.
@pytest.mark.parametrize("name", ["meetings", "utterances", "speakers", "participations", "names", "segments"])
def test_the_examples_of_the_data_dictionary_are_values_of_the_shipped_data(name: str) -> None:
    shipped = rows(PROJECT, name)
    for column in BY_NAME[name].columns:
        values = [row[column.name] for row in shipped if row[column.name] is not None]
        assert not values or column.example in values, column.name


def test_the_release_has_one_version() -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
    changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+) – (\S+)$", changelog, re.MULTILINE)
    assert newest
    assert newest.groups() == (citation["version"], citation["date-released"])
