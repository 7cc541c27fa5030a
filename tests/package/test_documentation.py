"""What the project's documents say is so."""

import json
import re

import jsonschema
import pytest
import yaml

from builder.package.documentation import generated_texts, outdated
from schema.documents import json_schema
from schema.tables import BY_NAME, TABLES
from tests.conftest import PROJECT
from tests.support.readme import README, Block, blocks, tidy

BLOCKS = blocks(README.read_text("utf-8"))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.language}-line-{block.line}")
def test_a_code_block_of_the_readme_runs_and_prints_what_it_shows(block: Block) -> None:
    result = block.run()
    assert result.returncode == 0, result.stderr
    if block.output is not None:
        assert tidy(result.stdout) == block.output, "refresh the README's output with: python -m tests.support.readme"


def test_every_code_block_of_the_readme_is_run_but_those_for_r() -> None:
    fences = re.findall(r"^```(\w+)$", README.read_text("utf-8"), re.MULTILINE)
    assert set(fences) <= {"python", "sh", "text", "r", "json"}
    assert fences.count("python") + fences.count("sh") == len(BLOCKS) > 0


def test_the_readme_shows_a_row_of_the_shipped_data_as_it_is() -> None:
    shown = re.findall(r"^```json\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    rows = [json.loads(line) for line in (PROJECT / "dist" / "utterances.jsonl").read_text("utf-8").splitlines()]
    assert [json.loads(row) in rows for row in shown] == [True]


def test_the_generated_texts_are_current() -> None:
    assert outdated(generated_texts()) == [], "refresh them with: make docs"


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
    row = json.loads((PROJECT / "dist" / "utterances.jsonl").read_text("utf-8").splitlines()[0])
    validator = jsonschema.Draft202012Validator(json_schema(BY_NAME["utterances"]))
    for wrong in ({"text": ""}, {"text": "a\rb"}, {"sequence": 0}, {"speaker_id": "Putin"}, {"more": 1}):
        assert not validator.is_valid(row | wrong)


@pytest.mark.parametrize("name", ["meetings", "utterances", "participations", "segments", "speakers"])
def test_the_examples_of_the_data_dictionary_are_values_of_the_shipped_data(name: str) -> None:
    rows = [json.loads(line) for line in (PROJECT / "dist" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    # No page of the shipped data prints these: the form is shown all the same.
    unprinted = {"note", "url_ru", "follows_gap"}
    for column in BY_NAME[name].columns:
        if column.name not in unprinted:
            assert column.example in [row[column.name] for row in rows], column.name


def test_the_release_has_one_version() -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
    changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+) – (\S+)$", changelog, re.MULTILINE)
    assert newest
    assert newest.groups() == (citation["version"], citation["date-released"])
