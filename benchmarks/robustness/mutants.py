"""Changes the code in thousands of small ways, one at a time: does a test fail?

mutmut makes the mutants of `schema/` and `builder/`. `benchmarks.robustness.mutant_tests` tries each with the tests that reach
its function. Survivors whose function is called on import are tried again in a process that imports everything anew. A mutant
that takes ten times as long is stopped and counts as killed.

`python -m benchmarks.robustness.mutants [MODULE …]` prints the score of each module or package, and every survivor that
`survivors.toml` does not explain. It fails if a room's share is below its floor, or an explained one is killed. There are
45,000 mutants, of which a core tries one a second or two; `--every N --from K` takes each Nth, from the Kth on, `--as-in COMMIT`
those of functions that stood in an earlier commit already. `--tests FILE …` tries them with these tests alone, and `--slow`
with those marked as slow too: most tests of exports and their checks are.
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
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.robustness.mutant_tests import CALLED_ON_IMPORT, JOBS, MUTANTS, RESULTS, function_of
from benchmarks.sample import PROJECT
from builder.evaluation.measures import wilson

FOLDER = PROJECT / "mutants"
ROOTS = ("schema", "builder")
EXPLAINED = Path(__file__).parent / "survivors.toml"
MAKE_MUTANTS = f"""
from mutmut.__main__ import *
set_mutant_under_test("mutant_generation")
Path("mutants").mkdir(exist_ok=True)
copy_src_dir()
copy_also_copy_files()
setup_source_paths()
create_mutants({JOBS})
"""
AFRESH = (
    "tests/schema/test_schema.py",
    "tests/package/test_documentation.py::test_the_generated_texts_are_current",
    "tests/package/test_documentation.py::test_a_json_schema_refuses_what_its_model_refuses",
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
FLOORS = {
    "schema": 95,
    "builder": 75,
    "builder.reading": 88,
    "builder.reading.containers": 70,
    "builder.lexicon": 88,
    "builder.speakers": 90,
    "builder.build": 78,
    "builder.package": 80,
    "builder.cli": 60,
    "builder.evaluation": 75,
    "builder.verify": 60,
    "builder.verify.exports": 85,
    "builder.exports": 88,
}
"""The least share of mutants that the quick tests kill in a room, per cent. A sample is below it where its 95 % interval is."""


class Change(NamedTuple):
    """How a mutant differs from the code: the function, and the lines that differ, without their indentation."""

    function: str
    old: str
    new: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="such as builder.verify or builder.reading.markup; default: all"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth mutant")
    parser.add_argument("--from", type=int, default=1, dest="first", metavar="K", help="the first of them: 1 to N")
    parser.add_argument("--tests", nargs="+", metavar="FILE", help="default: the tests that pyproject.toml names")
    parser.add_argument("--as-in", metavar="COMMIT", help="only in functions that said the same in this commit")
    parser.add_argument("--slow", action="store_true", help="with the slow tests of these files too")
    options = parser.parse_args()
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    arguments = settings["pytest_add_cli_args"]
    chosen = [argument.replace("not slow", "slow or not slow") if options.slow else argument for argument in arguments]
    names = [name for name in _make_mutants() if not options.modules or _is_below(name, options.modules)]
    if options.as_in:
        same = _functions_as_in(options.as_in)
        names = [name for name in names if _function_of(name) in same]
    names = names[options.first - 1 :: options.every]
    if _fails_afresh("", arguments):
        sys.exit(f"fails without any mutant: {' '.join(AFRESH)}")
    outcomes = _try_forked(names, [*chosen, *(options.tests or settings["pytest_add_cli_args_test_selection"])])
    left = [name for name in names if outcomes[name] == CALLED_ON_IMPORT]
    print(f"{len(left)} of {len(names)} are to be tried afresh", file=sys.stderr)
    with ThreadPoolExecutor(JOBS) as pool:
        for name, killed in zip(left, pool.map(lambda name: _fails_afresh(name, arguments), left), strict=True):
            outcomes[name] = "killed" if killed else "survived"
    sys.exit(_report(outcomes, whole=not options.modules and options.every == 1 and not options.tests))


def _is_below(name: str, modules: Sequence[str]) -> bool:
    """Whether a mutant is one of these, or of one of these modules or packages."""
    return any(f"{name}.".startswith(f"{module}.") for module in modules)


def _functions_as_in(commit: str) -> set[str]:
    """The functions whose body a module of this commit has too, wherever it stands there and whatever it is called."""
    listed = _git("ls-tree", "-r", "--name-only", commit, "--", *ROOTS).split()
    then = {body for path in listed if path.endswith(".py") for _, body in _bodies(_git("show", f"{commit}:{path}"))}
    now = ((path, path.read_text("utf-8")) for root in ROOTS for path in (PROJECT / root).rglob("*.py"))
    return {
        f"{'.'.join(path.relative_to(PROJECT).with_suffix('').parts).removesuffix('.__init__')}.{name}"
        for path, source in now
        for name, body in _bodies(source)
        if body in then
    }


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=PROJECT, check=True, capture_output=True, text=True).stdout


def _bodies(source: str) -> Iterator[tuple[str, str]]:
    """The name of each function of a module and its code, without docstring and layout."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            told = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            yield node.name, "\n".join(map(ast.dump, told))


def _function_of(mutant: str) -> str:
    """A mutant's function, by its module and name, without its class: `schema.ids.meeting_id`."""
    module, _, name = mutant.rpartition(".")
    return f"{module}.{function_of(name).removeprefix('x_').rpartition('ǁ')[2]}"


def _make_mutants() -> list[str]:
    """Has mutmut write every module with its mutants into `mutants/`; returns their names."""
    subprocess.run([sys.executable, "-c", MAKE_MUTANTS], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    paths = sorted(FOLDER.rglob("*.py.meta"))
    return [name for path in paths for name in json.loads(path.read_text("utf-8"))["exit_code_by_key"]]


def _try_forked(names: Sequence[str], arguments: Sequence[str]) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder, "names.json"), Path(folder, "outcomes.json")
        asked.write_text(json.dumps(names), "utf-8")
        # pytest's own traceback would read the module with all its mutants again for each test that fails.
        plugin = ["--tb=native", "-p", "benchmarks.robustness.mutant_tests"]
        environment = {MUTANTS: str(asked), RESULTS: str(answered), "MUTANT_UNDER_TEST": ""}
        _pytest([*plugin, *arguments], environment).check_returncode()
        outcomes: dict[str, str] = json.loads(answered.read_text("utf-8"))
    return outcomes


def _fails_afresh(name: str, arguments: Sequence[str]) -> bool:
    """Whether a test fails under a mutant, in a process that imports all code anew."""
    try:
        tried = _pytest(["-x", *arguments, *AFRESH], {"MUTANT_UNDER_TEST": name}, SECONDS_AFRESH)
    except subprocess.TimeoutExpired:
        return True
    return tried.returncode != 0


def _pytest(
    arguments: Sequence[str], environment: Mapping[str, str], timeout: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    variables = {**os.environ, **environment}
    return subprocess.run(command, cwd=FOLDER, check=False, stdout=sys.stderr, env=variables, timeout=timeout)


def _report(outcomes: Mapping[str, str], *, whole: bool) -> bool:
    """Prints the results; returns whether something is wrong."""
    changes = {name: _change(name) for name, outcome in outcomes.items() if outcome in ("survived", "not reached")}
    listed = tomllib.loads(EXPLAINED.read_text("utf-8"))["survivor"]
    explained = {Change(entry["function"], entry["old"], entry["new"]) for entry in listed}
    explained.update(filter(_is_only_case_of_sql, changes.values()))
    explained.update(filter(_is_only_zip_s_guard, changes.values()))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in outcomes:
        fate = "killed" if name not in changes else "explained" if changes[name] in explained else "left"
        for place in (name.rpartition(".")[0], "~ in all"):
            counts[place].update(["mutants", fate])
    columns = ("mutants", "killed", "explained", "left")
    print(f"{'module':40}" + "".join(f"{column:>10}" for column in columns))
    for place, found in sorted(counts.items()):
        print(f"{place.removeprefix('~ '):40}" + "".join(f"{found[column]:10}" for column in columns))
    total = counts["~ in all"]
    killed, known = (count / total["mutants"] for count in (total["killed"], total["killed"] + total["explained"]))
    print(f"score: {killed:.1%} killed, {known:.1%} killed or explained")
    is_low = _report_rooms(outcomes, changes)
    for name, change in changes.items():
        if change not in explained:
            print(f"\n{outcomes[name]}: {name}\n  - {change.old}\n  + {change.new}".replace("\n    ", "\n      "))
    stale = explained - {*changes.values()} if whole else set()
    for change in stale:
        print(f"\n{EXPLAINED.name} explains a mutant that does not survive: {change}")
    return bool(stale) or is_low


def _report_rooms(outcomes: Mapping[str, str], changes: Mapping[str, Change]) -> bool:
    """Prints the share of each room; returns whether one is below its floor."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for name in outcomes:
        counts[max((room for room in FLOORS if _is_below(name, [room])), key=len)][name not in changes] += 1
    is_low = False
    for room, floor in FLOORS.items():
        if tried := counts[room].total():
            share = wilson(counts[room][True], tried)
            print(
                f"{room:40}{share.value:6.1f} % of {tried} killed ({share.low:.1f}–{share.high:.1f}), at least {floor} wanted"
            )
            is_low = is_low or (share.high or 0) < floor
    return is_low


_SQL = re.compile(
    r"\b(?:SELECT|DISTINCT|FROM|JOIN|ON|WHERE|AND|IN|NULL|GROUP BY|HAVING|ORDER BY|UPDATE|SET|INSERT|CREATE)\b"
)
_SQL_TEXT = re.compile(r"'[^']*'")


def _is_only_case_of_sql(change: Change) -> bool:
    """Whether a mutant changes only the case of SQL words, which means nothing outside single quotes."""
    is_case = change.old.casefold() == change.new.casefold() and _SQL.search(change.old)
    return bool(is_case) and _SQL_TEXT.findall(change.old) == _SQL_TEXT.findall(change.new)


def _is_only_zip_s_guard(change: Change) -> bool:
    """Whether a mutant only lets `zip` pass over a difference in length, which there is none to pass over: that is an error."""
    others = (", )", ", strict=None)", ", strict=False)")
    return any(change.old.replace(", strict=True)", other, 1) == change.new for other in others)


def _change(name: str) -> Change:
    """What a mutant changes, from the module that holds the original and the mutant."""
    module, _, mutant = name.rpartition(".")
    path = FOLDER / module.replace(".", "/")
    functions = _functions(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
    old, new = functions[f"{function_of(mutant)}__mutmut_orig"], functions[mutant]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    was = "\n".join(line for _, start, end, _, _ in edits for line in old[start:end])
    becomes = "\n".join(line for _, _, _, start, end in edits for line in new[start:end])
    function = function_of(mutant).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Change(f"{module}.{function}", was, becomes)


@cache
def _functions(path: Path) -> dict[str, list[str]]:
    """The lines below the head of every function of a module, without their indentation, by the function's name."""
    source = path.read_text("utf-8")
    lines = [line.strip() for line in source.splitlines()]
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return {node.name: lines[node.lineno : node.end_lineno] for node in nodes}


if __name__ == "__main__":
    main()
