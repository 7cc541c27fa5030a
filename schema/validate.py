"""Checks values against the models by whole columns: the same rules, read off the same fields, many values at a time."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from operator import eq, gt, sub
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from schema.records import Record, SegmentRecord


class WrongValue(NamedTuple):
    """A value that a field does not allow."""

    column: str
    row: int
    """Counted from 0."""
    message: str
    value: Any


class WrongValuesError(ValueError):
    """Columns hold values that their fields do not allow: all of them, by column and row."""

    def __init__(self, model: type[Record], wrong: Sequence[WrongValue]) -> None:
        self.wrong = tuple(wrong)
        shown = "; ".join(f"{w.column}, row {w.row}: {w.message}, found {w.value!r}" for w in self.wrong[:10])
        super().__init__(f"{model.__name__}: {shown}")


def validate_columns(model: type[Record], columns: Mapping[str, Sequence[Any]]) -> None:
    """Checks a table's columns, each a list of one value a row, against the fields of its model.

    What a model says of two fields together, `validate_lengths` checks. Raises `WrongValuesError`, and `ValueError` for columns
    that are not the model's.
    """
    if list(columns) != list(model.model_fields):
        raise ValueError(f"{model.__name__}: expected the columns {list(model.model_fields)}, found {list(columns)}")
    if wrong := [value for name, values in columns.items() for value in _wrong_values(model, name, values)]:
        raise WrongValuesError(model, wrong)


def validate_ids(model: type[Record], columns: Mapping[str, Sequence[Any]]) -> None:
    """Checks the ids among a table's columns against the fields of its model, each distinct value once.

    Raises `WrongValuesError`; its row numbers count the distinct values.
    """
    ids = {name: [*dict.fromkeys(values)] for name, values in columns.items() if name.endswith("_id")}
    if wrong := [value for name, values in ids.items() for value in _wrong_values(model, name, values)]:
        raise WrongValuesError(model, wrong)


def validate_lengths(model: type[Record], columns: Mapping[str, Sequence[Any]]) -> None:
    """Checks what a model says of two fields together: that a passage has a length, and that a segment has its text's.

    The columns are those of the table that `validate_columns` lets pass. Raises `WrongValuesError`.
    """
    if not {"start_char", "end_char"} <= columns.keys():
        return
    starts, ends = columns["start_char"], columns["end_char"]
    if model is SegmentRecord:
        right, message = [*map(eq, map(sub, ends, starts), map(len, columns["text"]))], "not the end of the text"
    else:
        right, message = [*map(gt, ends, starts)], "not after start_char"
    if not all(right):
        wrong = [row for row, is_right in enumerate(right) if not is_right]
        raise WrongValuesError(model, [WrongValue("end_char", row, message, ends[row]) for row in wrong])


def _wrong_values(model: type[Record], name: str, values: Sequence[Any]) -> Iterator[WrongValue]:
    """What a field does not allow of a column's values."""
    try:
        _adapters(model)[name].validate_python(values, strict=True)
    except ValidationError as error:
        for e in error.errors():
            yield WrongValue(name, int(e["loc"][0]), e["msg"], e["input"])


@cache
def _adapters(model: type[Record]) -> dict[str, TypeAdapter[Any]]:
    """For each field, what checks a list of its values."""
    adapters = {}
    for name, field in model.model_fields.items():
        value: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        adapters[name] = _of_list(value)
    return adapters


@cache
def _of_list(value: Hashable) -> TypeAdapter[Any]:
    """What checks a list of values of a type; fields of one type share it."""
    return TypeAdapter(list[value])  # type: ignore[valid-type]  # a type made at run time
