"""Arrow's functions over whole columns, called by their names.

`pyarrow.compute` makes a Python function of each of them when it is imported, which takes a build of few pages a tenth of its
time; it stays out of what a build imports.
"""

from typing import Any

import pyarrow as pa
from pyarrow._compute import CastOptions, call_function


def apply(function: str, *columns: Any) -> Any:
    """What a function of Arrow's, such as `equal` or `utf8_length`, gives for columns."""
    return call_function(function, list(columns))


def cast(column: Any, to: pa.DataType) -> Any:
    """A column as another type. Raises `pa.ArrowInvalid` where a value would be lost."""
    return call_function("cast", [column], CastOptions.safe(to))


def first_false(column: Any) -> int:
    """The first row that is false, counted from 0; -1 where none is. Nulls are ignored."""
    return column.to_pylist().index(False) if apply("all", column).as_py() is False else -1
