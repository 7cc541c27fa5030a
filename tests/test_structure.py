"""The code keeps to its own rules of structure: sizes, private names, one noun for each class."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.conftest import PROJECT

MAX_CLASS_LINES, MAX_FUNCTION_LINES = 150, 50
NAMED_TUPLE_METHODS = {"_replace", "_asdict", "_fields", "_make"}
"""Public, in spite of their names."""
MODULES = sorted(path for room in ("schema", "builder") for path in (PROJECT / room).rglob("*.py"))


@cache
def parts() -> list[tuple[str, Any]]:
    """The classes, functions, attributes and imports of every module, each with its file and line."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.Attribute, ast.ImportFrom)
    return [
        (f"{path.relative_to(PROJECT).as_posix()}:{node.lineno}", node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, kinds)
    ]


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, Any]]:
    return ((place, node) for place, node in parts() if isinstance(node, kinds))


def is_long(node: ast.ClassDef | ast.FunctionDef) -> bool:
    most = MAX_CLASS_LINES if isinstance(node, ast.ClassDef) else MAX_FUNCTION_LINES
    return (node.end_lineno or node.lineno) - node.lineno + 1 > most


def has_reason(place: str) -> bool:
    path, _, line = place.rpartition(":")
    return "# long:" in (PROJECT / path).read_text("utf-8").splitlines()[int(line) - 1]


def test_no_class_or_function_is_too_long() -> None:
    """One that must be longer says why in a comment that begins with `# long:` on its first line."""
    long = [(place, node.name) for place, node in nodes(ast.ClassDef, ast.FunctionDef) if is_long(node)]
    assert [(place, name) for place, name in long if not has_reason(place)] == []


def test_no_private_name_of_another_module_is_imported() -> None:
    imports = [(place, node) for place, node in nodes(ast.ImportFrom) if node.module != "__future__"]
    assert [(place, a.name) for place, node in imports for a in node.names if a.name.startswith("_")] == []


def is_foreign(node: ast.Attribute) -> bool:
    """Whether an attribute is a private one of another object than its own."""
    if not node.attr.startswith("_") or node.attr.endswith("__") or node.attr in NAMED_TUPLE_METHODS:
        return False
    owner = ast.unparse(node.value)
    return owner not in ("self", "cls") and (owner, node.attr) != ("os", "_exit")


def test_no_private_name_of_another_object_is_used() -> None:
    assert [(place, ast.unparse(node)) for place, node in nodes(ast.Attribute) if is_foreign(node)] == []


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for place, node in nodes(ast.ClassDef):
        places[node.name.lstrip("_")].append(place)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
