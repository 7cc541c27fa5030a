"""The code keeps to its own rules of structure: sizes, private names, one noun for each class."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

MAX_CLASS_LINES, MAX_FUNCTION_LINES = 150, 50
NAMED_TUPLE_METHODS = {"_replace", "_asdict", "_fields", "_make"}
"""Public, in spite of their names."""
MODULES = sorted(path for room in ("schema", "builder") for path in (PROJECT / room).rglob("*.py"))


def definitions(path: Path) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_class_or_function_is_too_long(path: Path) -> None:
    """One that must be longer says why in a comment that begins with `# long:` on its first line."""
    lines = path.read_text("utf-8").splitlines()
    for node in definitions(path):
        most = MAX_CLASS_LINES if isinstance(node, ast.ClassDef) else MAX_FUNCTION_LINES
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        assert length <= most or "# long:" in lines[node.lineno - 1], f"{node.name}: {length} lines, expected {most}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_private_name_of_another_module_is_used(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            private = [alias.name for alias in node.names if alias.name.startswith("_")]
            assert not private, f"line {node.lineno}: imports {private} of {node.module}"
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            owner = ast.unparse(node.value)
            is_public = node.attr in NAMED_TUPLE_METHODS or (owner, node.attr) == ("os", "_exit")
            assert owner in ("self", "cls") or is_public, f"line {node.lineno}: {owner}.{node.attr}"


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in definitions(path):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(f"{path.relative_to(PROJECT)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
