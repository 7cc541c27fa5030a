"""What the builder stands on: no more than CONTRIBUTING gives a reason for, under licences that allow all that users do."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT

ALLOWED = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-2.1-only",
    "MIT",
    "MPL-2.0",
    "MPL-2.0 AND MIT",
    "PSF-2.0",
    "any-OSI",
}
"""Licences that let anyone use a package beside this project's own code, and change and sell what is made with it. Of the
two that ask for more, LGPL and MPL, they ask it for changes of the package itself, and there are none."""

CLASSIFIERS = {
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
}
"""What packages without a licence expression call it."""


PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
OPTIONAL = {
    extra: {Requirement(line).name for line in lines} for extra, lines in PYPROJECT["optional-dependencies"].items()
}
"""What each extra installs."""


def runtime() -> list[str]:
    return sorted(Requirement(line).name for line in PYPROJECT["dependencies"])


def installed_to_build() -> list[str]:
    """Every package that a build needs on this machine: the dependencies, what builds the wheel, and what those need in turn.

    `make build` also installs frictionless, which only `make validate` runs."""
    found, left = set[str](), [*runtime(), "hatchling", "editables"]
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found.add(name)
            needed = map(Requirement, metadata.requires(name) or ())
            left += [r.name for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]
    return sorted(found)


def licence(package: str) -> str:
    """The package's licence as an SPDX expression, as it states it itself."""
    about = metadata.metadata(package)
    if expression := about.get("License-Expression"):
        return expression
    stated = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or [] if c.startswith("License :: ")]
    return " AND ".join(CLASSIFIERS.get(name, name) for name in stated) or about.get("License") or "none stated"


@pytest.mark.parametrize("package", installed_to_build())
def test_a_package_that_a_build_installs_may_be_used_by_anyone(package: str) -> None:
    assert licence(package) in ALLOWED


def test_contributing_gives_each_dependency_its_licence_and_a_reason() -> None:
    section = (PROJECT / "CONTRIBUTING.md").read_text("utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"^\| ([a-z]\w+) \| ([^|]+) \| (.+) \|$", section, re.MULTILINE)
    assert sorted(name for name, _, _ in rows if name != "package") == sorted({*runtime(), *OPTIONAL["exports"]})
    for name, stated, reason in rows:
        if name != "package":
            assert (name, stated) == (name, licence(name))
            assert len(reason.split()) > 2


IMPORTED_AS = {"pyyaml": "yaml"}
"""What a package is imported as, where that is not its name."""


@cache
def imported() -> dict[str, set[str]]:
    """The packages of others that the builder's and the schema's modules import, each with the modules that do."""
    found: dict[str, set[str]] = {}
    for path in (path for room in ("builder", "schema") for path in (PROJECT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"builder", "schema"}:
                found.setdefault(name, set()).add(path.relative_to(PROJECT).as_posix())
    return found


def test_every_dependency_is_imported_and_nothing_else_is() -> None:
    assert {*imported()} - set().union(*OPTIONAL.values()) == {IMPORTED_AS.get(name, name) for name in runtime()}


def test_what_is_optional_is_imported_where_it_is_needed_alone() -> None:
    assert imported()["distributed"] == {"builder/build/cluster.py"}
    for name in OPTIONAL["exports"] & {*imported()}:
        assert all(path.startswith(("builder/exports/", "builder/verify/exports/")) for path in imported()[name])
