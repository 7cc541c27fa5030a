"""Changes the code in thousands of small ways, one at a time: does a test fail?

mutmut makes the mutants of the modules that pyproject.toml names: `schema/`, the segmenting, the resolving of people. Each is
tried with the tests that reach its function, in a process forked for it (`benchmarks.robustness.mutant_tests`); what survives
that although its function is called on import is tried again in a process that imports everything anew.

`python -m benchmarks.robustness.mutants [MODULE …]` prints the score, module by module, and every survivor that
`survivors.toml` does not explain; it fails where fewer than `FLOOR` are killed, or an explained one is. A mutant
that does not end in ten times the time is killed.
`--every N --from K` takes each Nth mutant from the Kth on: all of them take half an hour. `--tests FILE …` tries a module
with its own tests alone, in a minute or two.
"""

import argparse
import ast
import difflib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.robustness.mutant_tests import CALLED_ON_IMPORT, JOBS, MUTANTS, RESULTS, function_of
from benchmarks.sample import PROJECT

FOLDER = PROJECT / "mutants"
EXPLAINED = Path(__file__).parent / "survivors.toml"
AFRESH = (
    "tests/schema/test_schema.py",
    "tests/package/test_documentation.py",
    "tests/lexicon/test_labels.py",
    "tests/lexicon/test_names.py",
    "tests/lexicon/test_offices.py",
    "tests/schema/test_kinds.py",
    "tests/speakers/test_labels_of_page.py",
    "tests/speakers/test_matching.py",
    "tests/speakers/test_roles.py",
)
"""The tests of what is made on import: the schemas, the vocabulary."""
SECONDS_AFRESH = 120
FLOOR = 0.97
"""Of the mutants, those killed at least. The score as measured is in docs/trust.md; a sample's is a little above or below."""


@dataclass(frozen=True)
class Change:
    """What a mutant has otherwise than the code: the function, and the lines of it, without their indentation."""

    function: str
    old: str
    new: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="like builder.reading.markup; default: all")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth mutant")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="K", help="the first of them: 1 to N")
    parser.add_argument(
        "--tests", nargs="+", metavar="FILE", help="these tests only; default: those pyproject.toml names"
    )
    options = parser.parse_args()
    modules = options.modules
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    arguments = settings["pytest_add_cli_args"]
    tests = options.tests or settings["pytest_add_cli_args_test_selection"]
    names = [name for name in _make_mutants() if not modules or name.rpartition(".")[0] in modules]
    names = names[options.first - 1 :: options.every]
    outcomes = _try_forked(names, arguments, tests)
    left = [name for name in names if outcomes[name] == CALLED_ON_IMPORT]
    print(f"{len(left)} of {len(names)} are to be tried afresh", file=sys.stderr)
    if left and _try_afresh("", arguments):
        sys.exit(f"fails without any mutant: {' '.join(AFRESH)}")
    with ThreadPoolExecutor(JOBS) as pool:
        for name, killed in zip(left, pool.map(lambda name: _try_afresh(name, arguments), left), strict=True):
            outcomes[name] = "killed" if killed else "survived"
    sys.exit(_report(outcomes, whole=not modules and options.every == 1 and not options.tests))


def _make_mutants() -> list[str]:
    """Has mutmut write every module with its mutants in it, below `mutants/`; gives their names."""
    subprocess.run(
        [sys.executable, "-c", "from mutmut.__main__ import *; set_mutant_under_test('mutant_generation'); "
         "Path('mutants').mkdir(exist_ok=True); copy_src_dir(); copy_also_copy_files(); setup_source_paths(); "
         f"create_mutants({JOBS})"],
        cwd=PROJECT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    names = []
    for path in sorted(FOLDER.rglob("*.py.meta")):
        names += json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return names


def _try_forked(names: Sequence[str], arguments: Iterable[str], tests: Iterable[str]) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder, "names.json"), Path(folder, "outcomes.json")
        asked.write_text(json.dumps(names), "utf-8")
        subprocess.run(
            # Every failing test has a traceback made, and pytest's own reads the module, all mutants in it, each time.
            [sys.executable, "-m", "pytest", "-q", "--tb=native", "-p", "benchmarks.robustness.mutant_tests", *arguments, *tests],
            cwd=FOLDER, check=True, stdout=subprocess.DEVNULL,
            env={**os.environ, MUTANTS: str(asked), RESULTS: str(answered), "MUTANT_UNDER_TEST": "stats"},
        )  # fmt: skip
        outcomes: dict[str, str] = json.loads(answered.read_text("utf-8"))
    return outcomes


def _try_afresh(name: str, arguments: Iterable[str]) -> bool:
    """Whether a test fails under a mutant, in a process that imports all code anew."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", *arguments, *AFRESH]
    try:
        tried = subprocess.run(
            command, cwd=FOLDER, check=False, capture_output=True, timeout=SECONDS_AFRESH,
            env={**os.environ, "MUTANT_UNDER_TEST": name},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    return tried.returncode != 0


def _report(outcomes: Mapping[str, str], *, whole: bool) -> bool:
    """Prints what came of it; gives whether something is wrong."""
    changes = {name: _change(name) for name in outcomes if outcomes[name] in ("survived", "not reached")}
    explained = {
        Change(entry["function"], entry["old"], entry["new"])
        for entry in tomllib.loads(EXPLAINED.read_text("utf-8")).get("survivor", ())
    }
    # SQL reads its words in capitals and small letters alike.
    explained.update(filter(_is_only_case_of_sql, changes.values()))
    by_module: dict[str, list[str]] = {}
    for name in outcomes:
        by_module.setdefault(name.rpartition(".")[0], []).append(name)
    print(f"{'module':34} {'mutants':>8} {'killed':>8} {'explained':>10} {'left':>6}")
    total = [0, 0, 0, 0]
    for module, names in sorted(by_module.items()):
        alive = [changes[name] for name in names if name in changes]
        counts = (len(names), len(names) - len(alive), sum(change in explained for change in alive))
        row = (*counts, counts[0] - counts[1] - counts[2])
        total = [a + b for a, b in zip(total, row, strict=True)]
        print(f"{module:34} {row[0]:8} {row[1]:8} {row[2]:10} {row[3]:6}")
    print(f"{'in all':34} {total[0]:8} {total[1]:8} {total[2]:10} {total[3]:6}")
    print(f"score: {total[1] / total[0]:.1%} killed, {(total[1] + total[2]) / total[0]:.1%} killed or explained")
    for name, change in changes.items():
        if change not in explained:
            print(f"\n{outcomes[name]}: {name}\n  - {change.old}\n  + {change.new}".replace("\n    ", "\n      "))
    stale = explained - {*changes.values()} if whole else set()
    for change in stale:
        print(f"\n{EXPLAINED.name} explains a mutant that does not survive: {change}")
    return bool(stale) or total[1] < FLOOR * total[0]


_SQL = re.compile(
    r"\b(?:SELECT|DISTINCT|FROM|JOIN|ON|WHERE|AND|IN|NULL|GROUP BY|HAVING|ORDER BY|UPDATE|SET|INSERT|CREATE)\b"
)
_SQL_TEXT = re.compile(r"'[^']*'")


def _is_only_case_of_sql(change: Change) -> bool:
    """Whether a mutant only writes words of an SQL statement in other letters, big or small: SQL reads them as the same words,
    but for what stands in single quotes."""
    is_case = change.old.casefold() == change.new.casefold() and _SQL.search(change.old)
    return bool(is_case) and _SQL_TEXT.findall(change.old) == _SQL_TEXT.findall(change.new)


def _change(name: str) -> Change:
    """What a mutant changes, from the module that holds both."""
    module, _, mutant = name.rpartition(".")
    path = FOLDER / module.replace(".", "/")
    lines, functions = _module(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
    original = functions[f"{function_of(mutant)}__mutmut_orig"]
    old, new = (
        [line.strip() for line in lines[node.lineno : node.end_lineno]] for node in (original, functions[mutant])
    )
    different = [
        (old[a:b], new[c:d])
        for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    was, becomes = ("\n".join(line for pair in different for line in pair[side]) for side in (0, 1))
    function = function_of(mutant).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Change(f"{module}.{function}", was, becomes)


@cache
def _module(path: Path) -> tuple[list[str], dict[str, ast.FunctionDef]]:
    """The lines of a module, and every function in it by its name."""
    source = path.read_text("utf-8")
    return source.splitlines(), dict(_functions(ast.parse(source)))


def _functions(tree: ast.AST) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node


if __name__ == "__main__":
    main()
