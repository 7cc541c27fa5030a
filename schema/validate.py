"""Checks values against the models by whole columns: the same rules, read off the same fields, many values at a time."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter

from schema.records import Record


def validate_columns(model: type[Record], columns: Mapping[str, Sequence[Any]]) -> None:
    """Checks a table's columns, each a list of one value a row, against the fields of its model.

    What a model says of two fields together is left to whoever makes the rows, and to `verify`. Raises
    `pydantic.ValidationError`, which names the row by its index, and `ValueError` for columns that are not the model's.
    """
    if list(columns) != list(model.model_fields):
        raise ValueError(f"{model.__name__}: expected the columns {list(model.model_fields)}, found {list(columns)}")
    for name, adapter in _adapters(model).items():
        adapter.validate_python(columns[name], strict=True)


@cache
def _adapters(model: type[Record]) -> dict[str, TypeAdapter[Any]]:
    """For each field, what checks a list of its values."""
    adapters = {}
    for name, field in model.model_fields.items():
        value = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        adapters[name] = TypeAdapter(list[value])  # type: ignore[valid-type]  # a type made at run time
    return adapters
