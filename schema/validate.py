"""Checks values against the models by whole columns: the same rules, read off the same fields, many values at a time."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from schema.records import Record


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

    What a model says of two fields together is left to whoever makes the rows, and to `verify`. Raises
    `WrongValuesError`, and `ValueError` for columns that are not the model's.
    """
    if list(columns) != list(model.model_fields):
        raise ValueError(f"{model.__name__}: expected the columns {list(model.model_fields)}, found {list(columns)}")
    wrong: list[WrongValue] = []
    for name, adapter in _adapters(model).items():
        try:
            adapter.validate_python(columns[name], strict=True)
        except ValidationError as error:
            wrong += [WrongValue(name, int(e["loc"][0]), e["msg"], e["input"]) for e in error.errors()]
    if wrong:
        raise WrongValuesError(model, wrong)


@cache
def _adapters(model: type[Record]) -> dict[str, TypeAdapter[Any]]:
    """For each field, what checks a list of its values."""
    adapters = {}
    for name, field in model.model_fields.items():
        value = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        adapters[name] = TypeAdapter(list[value])  # type: ignore[valid-type]  # a type made at run time
    return adapters
