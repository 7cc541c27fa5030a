"""Strings that name code, files or folders: each names something that is there.

A module that moves breaks imports at once, but the names in settings, commands, texts and other strings only in silence.
"""

import ast
import importlib.util
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache

import pytest

from tests.conftest import PROJECT

SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
TOOLS = SETTINGS["tool"]
SURVIVORS = PROJECT / "benchmarks/robustness/survivors.toml"

PATH = re.compile(
    r"(?<![\w./<~-])(?:builder|schema|tests|benchmarks|docs|requirements)/[\w./-]*\.(?:py|toml|csv|md|txt|json)\b"
)
DOTTED = re.compile(r"(?<![\w./@-])(?:builder|schema|tests|benchmarks)(?:\.[a-z_]\w*){2,}\b(?![/(*])")
PLACEHOLDER = re.compile(r"\b(?:NAME|VERSION)\b")
COMMAND = re.compile(r"-m ((?:builder|benchmarks|tests)(?:\.\w+)*)")


@cache
def texts() -> dict[str, str]:
    """The project's texts that name code: by their path."""
    named = [PROJECT / name for name in ("Makefile", "pyproject.toml", ".ci/run", "README.md", "CONTRIBUTING.md")]
    folders = [(room, end) for room in ("builder", "schema", "tests", "benchmarks") for end in ("py", "toml")]
    found = [path for room, end in [*folders, ("docs", "md")] for path in (PROJECT / room).rglob(f"*.{end}")]
    return {path.relative_to(PROJECT).as_posix(): path.read_text("utf-8") for path in [*named, *found] if path.exists()}


def globs() -> Iterator[str]:
    """The paths and patterns of paths that settings hold."""
    yield from TOOLS["hatch"]["build"]["targets"]["wheel"]["packages"]
    yield from TOOLS["ruff"]["lint"]["per-file-ignores"]
    yield from TOOLS["pytest"]["ini_options"]["testpaths"]
    yield from TOOLS["coverage"]["run"]["source"]
    mutmut = TOOLS["mutmut"]
    for key in ("source_paths", "only_mutate", "also_copy", "pytest_add_cli_args_test_selection"):
        yield from mutmut[key]


@pytest.mark.parametrize("glob", sorted(set(globs())))
def test_a_path_in_the_settings_matches_a_file(glob: str) -> None:
    assert any(PROJECT.glob(glob))


def modules_in_settings() -> Iterator[str]:
    yield from TOOLS["mypy"]["packages"]
    linter = TOOLS["importlinter"]
    yield from linter["root_packages"]
    for contract in linter["contracts"]:
        for key in ("layers", "source_modules", "forbidden_modules"):
            for names in contract.get(key, ()):
                yield from (name.strip() for name in names.split("|"))


@pytest.mark.parametrize("module", sorted(set(modules_in_settings())))
def test_a_module_in_the_settings_is_there(module: str) -> None:
    assert importlib.util.find_spec(module)


def test_pytest_passes_over_no_folder_of_tests() -> None:
    patterns = TOOLS["pytest"]["ini_options"]["norecursedirs"]
    folders = {part for path in (PROJECT / "tests").rglob("test_*.py") for part in path.relative_to(PROJECT).parts[:-1]}
    assert [name for name in folders if any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_every_command_names_a_module() -> None:
    missing = {
        f"{path}: {module}"
        for path, text in texts().items()
        for module in COMMAND.findall(text)
        if not PLACEHOLDER.search(module) and not is_there(module)
    }
    assert missing == set()


def test_every_path_in_a_text_is_there() -> None:
    """But for the releases that the tests of pins make up."""
    missing = {
        f"{path}: {found}"
        for path, text in texts().items()
        for found in PATH.findall(text)
        if not PLACEHOLDER.search(found)
        and not (PROJECT / found).exists()
        and not (path == "tests/package/test_pins.py" and "/releases/" in found)
    }
    assert missing == set()


def test_every_dotted_name_in_a_text_resolves() -> None:
    missing = {
        f"{path}: {name}"
        for path, text in texts().items()
        for name in DOTTED.findall(text)
        if not name.endswith((".toml", ".csv", ".md")) and not PLACEHOLDER.search(name) and not is_there(name)
    }
    assert missing == set()


@cache
def is_there(name: str) -> bool:
    """Whether a dotted name is a module or something in one; nothing that starts a program when imported is imported."""
    if (PROJECT / name.replace(".", "/")).is_dir() or (PROJECT / f"{name.replace('.', '/')}.py").is_file():
        return True
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def patched() -> Iterator[tuple[str, str]]:
    """What tests replace by its name in a string: the place and the name."""
    for path, text in texts().items():
        if path.startswith("tests/") and path.endswith(".py") and re.search(r"\.(?:setattr|patch)\(", text):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                    name = node.args[0]
                    if node.func.attr in ("setattr", "patch") and isinstance(name, ast.Constant):
                        yield f"{path}:{node.lineno}", str(name.value)


def test_whatever_a_test_replaces_by_name_is_there() -> None:
    names = [*patched()]
    assert names
    assert [f"{place}: {name}" for place, name in names if not is_there(name)] == []


def test_every_survivor_explained_is_of_a_function_that_holds_its_lines() -> None:
    stale = []
    for entry in tomllib.loads(SURVIVORS.read_text("utf-8"))["survivor"]:
        if not is_there(entry["function"]):
            stale.append(entry["function"])
            continue
        function = inspect.unwrap(pkgutil.resolve_name(entry["function"]))
        lines = {line.strip() for line in inspect.getsource(getattr(function, "fget", function)).splitlines()}
        stale += [f"{entry['function']}: {line}" for line in entry["old"].splitlines() if line not in lines]
    assert stale == []
