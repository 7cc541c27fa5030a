"""Finds every regular expression and makes texts to slow it down: does its time grow faster than the text?

Every pattern of the builder and the schema is found: those that modules hold by name, those that they make when first used, and
those written where they are used. From the parse tree of each come texts made for it: what stands before a repeat, then what it
repeats, thousands of times, then something that does not fit, so that the pattern tries again from everywhere. To these come
runs of common characters. Each text is searched at a length and at four times that length, as the builder uses the pattern:
from every place, or from the start alone.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import builder
import schema
from builder.lexicon.labels import FURTHEST_COLON
from builder.lexicon.names import MAX_LABEL_CHARS
from builder.lexicon.spelling import _LONGEST

LENGTH = 4_000
TIMES = 4
MAX_RATIO = 8
"""Linear is 4, quadratic 16."""
NOISE = 0.01
"""Seconds below which the larger text is not judged."""
RUNS = " \n\xa0aA1().,:;-–_*[]<>#=\\\"'’“”/…!?|•京\u0301"
"""Characters whose runs are tried on every pattern, alone and in pairs with a letter and a space."""
TAILS = ("", "\n", "\x00", "a", "A", "!", " ", "\u20ac")
"""What may follow, so that the pattern does not fit there."""

BOUNDED = {
    "builder.lexicon.names": MAX_LABEL_CHARS,
    "builder.lexicon.labels": FURTHEST_COLON,
    "builder.lexicon.spelling": 2 * _LONGEST,
    "builder.lexicon.office_states": MAX_LABEL_CHARS,
    "builder.lexicon.occupations": MAX_LABEL_CHARS,
}
"""Modules and patterns that see texts of a bounded length alone: there the time itself is held."""
FULL = frozenset({"_VERSION", "_DATE_TIME"})
"""Patterns that a loop uses, all to match a whole text."""
QUICK = 0.02
"""Seconds within which a text of a bounded length is to be read."""


class Used(NamedTuple):
    """A pattern, where it stands, and how it is used."""

    where: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


def modules() -> Iterator[tuple[str, Path]]:
    for root in (builder, schema):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            spec = module.module_finder.find_spec(module.name, None)
            if spec and spec.origin and not module.name.endswith("__main__"):
                yield module.name, Path(spec.origin)


def patterns() -> Iterator[Used]:
    """Every pattern of the builder and the schema, each once."""
    methods: dict[str, set[str]] = {}
    inline: list[tuple[str, Any, int, str]] = []
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Attribute):
                continue
            if isinstance(node.value, ast.Name) and node.value.id != "re":
                methods.setdefault(node.value.id, set()).add(node.attr)
            elif isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
                methods.setdefault(f"{node.value.func.id}()", set()).add(node.attr)
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id == "re"
                and call.func.attr not in ("compile", "escape")
                and isinstance(call.args[0], ast.Constant)
            ):
                inline.append((f"{name}:{call.lineno}", call.args[0].value, _flags(call), call.func.attr))
    seen: set[re.Pattern[Any]] = set()
    found = [(f"{name}.{key}", value) for name, _ in modules() for key, value in _held(importlib.import_module(name))]
    for where, pattern in found:
        if pattern not in seen:
            seen.add(pattern)
            name = where.rsplit(".", 1)[-1].split("[")[0]
            used = {"fullmatch"} if name in FULL else methods.get(name, set()) & _ACTS.keys()
            yield Used(where, pattern, frozenset(used or {"finditer"}))
    for where, text, flags, method in inline:
        yield Used(where, re.compile(text, flags), frozenset({method}))


def _flags(call: ast.Call) -> int:
    named = [
        node.attr
        for argument in [*call.args, *[k.value for k in call.keywords]]
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute) and hasattr(re.RegexFlag, node.attr)
    ]
    flags = 0
    for name in named:
        flags |= re.RegexFlag[name]
    return flags


def _held(module: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns that a module holds, those in its tuples and those that its functions make when first used."""
    for key, value in vars(module).items():
        if isinstance(value, re.Pattern):
            yield key, value
        elif getattr(getattr(value, "__wrapped__", None), "__annotations__", {}) == {"return": re.Pattern[str]}:
            yield f"{key}()", value()
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                for inner in part if isinstance(part, tuple) else (part,):
                    if isinstance(inner, re.Pattern):
                        yield f"{key}[{index}]", inner


_ACTS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "findall": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "search": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "sub": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "split": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}


# ---------------------------------------------------------------------------------------------------------------------
# Texts made for a pattern

_OF_CATEGORY = {
    c.CATEGORY_DIGIT: "1",
    c.CATEGORY_NOT_DIGIT: "a",
    c.CATEGORY_SPACE: " ",
    c.CATEGORY_NOT_SPACE: "a",
    c.CATEGORY_WORD: "a",
    c.CATEGORY_NOT_WORD: "-",
}


def example(tree: Iterable[Any], choice: int = 0) -> str:
    """A text that fits a parse tree, as far as one can be told from its parts alone; `choice` takes another of several."""
    return "".join(_example(op, argument, choice) for op, argument in tree)


def _example(op: Any, argument: Any, choice: int) -> str:
    if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        return example(argument[2], choice) * max(1, min(int(argument[0]), 3))
    if op is c.LITERAL:
        return chr(argument)
    if op is c.NOT_LITERAL:
        return next(chr(x) for x in (97, 98, 32) if x != argument)
    if op is c.ANY:
        return "a"
    if op is c.IN:
        return _member(argument, choice)
    if op is c.BRANCH:
        return example(argument[1][choice % len(argument[1])], choice)
    if op is c.SUBPATTERN:
        return example(argument[3], choice)
    if op is c.ATOMIC_GROUP:
        return example(argument, choice)
    return ""


def _member(members: list[Any], choice: int) -> str:
    negated = members[0][0] is c.NEGATE
    if negated:
        inside = re.compile("x")
        inside = _class(members)
        fitting = [x for x in "a A1-\n.\xa0:é" if inside.fullmatch(x)]
        return fitting[choice % len(fitting)] if fitting else "\u20ac"
    op, argument = members[choice % len(members)]
    if op is c.LITERAL:
        return chr(argument)
    if op is c.RANGE:
        return chr(argument[0])
    return _OF_CATEGORY.get(argument, "a")


def _class(members: list[Any]) -> re.Pattern[str]:
    parts = []
    names = {
        c.CATEGORY_DIGIT: r"\d",
        c.CATEGORY_NOT_DIGIT: r"\D",
        c.CATEGORY_SPACE: r"\s",
        c.CATEGORY_NOT_SPACE: r"\S",
        c.CATEGORY_WORD: r"\w",
        c.CATEGORY_NOT_WORD: r"\W",
    }
    for op, argument in members[1:]:
        if op is c.LITERAL:
            parts.append(re.escape(chr(argument)))
        elif op is c.RANGE:
            parts.append(f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}")
        else:
            parts.append(names[argument])
    return re.compile(f"[^{''.join(parts)}]")


def repeats(tree: Iterable[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every repeat of a parse tree that may go on for long: what stands before it, and what it repeats."""
    for op, argument in tree:
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            if argument[1] > 20:
                yield before, argument[2]
            yield from repeats(argument[2], before)
        elif op is c.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, before)
        elif op is c.SUBPATTERN:
            yield from repeats(argument[3], before)
        elif op is c.ATOMIC_GROUP:
            yield from repeats(argument, before)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            yield from repeats(argument[1], before)
        before += _example(op, argument, 0)


def pumps(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """What is tried on a pattern: what stands first, and what follows again and again."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = parser.parse(text, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    tried = set()
    for before, body in repeats(tree):
        for choice in range(6):
            one = example(body, choice)
            for pump in (one, before + one, one + " ", " " + one):
                for first in ("", before):
                    if pump and (first, pump) not in tried:
                        tried.add((first, pump))
                        yield first, pump
    whole = example(tree)
    for pump in [
        *RUNS,
        *(f"{run} " for run in RUNS),
        *(f"a{run}" for run in RUNS),
        "Aa ",
        whole,
        whole[:-1],
        whole[1:],
    ]:
        if pump and ("", pump) not in tried:
            tried.add(("", pump))
            yield "", pump


# ---------------------------------------------------------------------------------------------------------------------
# Measuring


def seconds(act: Callable[[re.Pattern[Any], Any], object], pattern: re.Pattern[Any], text: Any, times: int) -> float:
    """The least time of a processor that a text takes in some tries."""
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        act(pattern, text)
        least = min(least, time.process_time() - start)
    return least


def steep(used: Used, length: int = LENGTH, tails: int = len(TAILS)) -> Iterator[str]:
    """The texts with which a pattern's time grows faster than they do; none where it is linear."""
    bound = next((most for module, most in BOUNDED.items() if used.where.startswith(module)), None)
    acts = {_ACTS[method] for method in used.methods}
    for first, pump in pumps(used.pattern):
        for tail in TAILS[:tails] if bound is None else TAILS[: min(tails, 4)]:
            for act in acts:
                took = []
                for size in (length, TIMES * length) if bound is None else (bound,):
                    text: Any = (first + pump * (size // len(pump)) + tail)[: size + 10]
                    if isinstance(used.pattern.pattern, bytes):
                        text = text.encode("utf-8")
                    took.append((text, seconds(act, used.pattern, text, 1)))
                if bound is not None:
                    is_steep = took[0][1] > QUICK
                else:
                    is_steep = took[1][1] > NOISE and took[1][1] > MAX_RATIO * max(took[0][1], NOISE / 20)
                    if is_steep:
                        # Once may be chance.
                        small, large = (seconds(act, used.pattern, text, 3) for text, _ in took)
                        is_steep = large > MAX_RATIO * max(small, NOISE / 20)
                if is_steep:
                    yield f"{first!r} + {pump!r} * n + {tail!r}: {' → '.join(f'{t:.3f}' for _, t in took)} s"
                    return
