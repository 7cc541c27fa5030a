"""From a model's field to a column: the one type table, and what is read off it for Arrow and Table Schema."""

import json
import types
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import pyarrow as pa
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from schema.records import Record


class ColumnType(NamedTuple):
    """How one Python type is stored: its Arrow type, and its type in a Table Schema."""

    arrow: pa.DataType
    table_schema: dict[str, Any]


COLUMN_TYPES: dict[Any, ColumnType] = {
    str: ColumnType(pa.string(), {"type": "string"}),
    int: ColumnType(pa.int64(), {"type": "integer"}),
    bool: ColumnType(pa.bool_(), {"type": "boolean"}),
    date: ColumnType(pa.date32(), {"type": "date"}),
    # Milliseconds because Parquet has no time of whole seconds: time32("s") would come back as another type.
    time: ColumnType(pa.time32("ms"), {"type": "time"}),
    tuple[str, ...]: ColumnType(pa.list_(pa.string()), {"type": "array", "arrayItem": {"type": "string"}}),
}


class ColumnTypeError(TypeError):
    """A field whose type the type table does not hold."""


class Column(NamedTuple):
    """One column of a table, as its model declares it."""

    name: str
    type: ColumnType
    nullable: bool
    description: str
    example: Any
    constraints: dict[str, Any]
    """Table Schema constraints beside `required`: enum, pattern, minLength, minimum."""

    @property
    def is_enum(self) -> bool:
        return "enum" in self.constraints

    @property
    def is_list(self) -> bool:
        return pa.types.is_list(self.type.arrow)


@cache
def columns(model: type[Record]) -> tuple[Column, ...]:
    """The columns of a table, in order. Raises `ColumnTypeError` for a field that no column can hold."""
    return tuple(_column(model, name, field) for name, field in model.model_fields.items())


@cache
def arrow_schema(model: type[Record]) -> pa.Schema:
    """The table's Arrow schema, each field with its description."""
    return pa.schema(
        pa.field(c.name, c.type.arrow, nullable=c.nullable, metadata={"description": c.description})
        for c in columns(model)
    )


def table_schema_fields(model: type[Record]) -> list[dict[str, Any]]:
    """The table's fields as a Table Schema lists them."""
    return [
        {"name": c.name, **c.type.table_schema, "description": c.description, "example": _cell(c.example)}
        | ({"constraints": constraints} if (constraints := _required(c) | c.constraints) else {})
        for c in columns(model)
    ]


def _cell(value: Any) -> str:
    """A value as a CSV cell holds it: the Data Package profile wants examples as text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _required(column: Column) -> dict[str, Any]:
    return {} if column.nullable else {"required": True}


def _column(model: type[Record], name: str, field: FieldInfo) -> Column:
    where = f"{model.__name__}.{name}"
    if not field.description or not field.examples:
        raise ColumnTypeError(f"{where}: expected a description and an example, found none; add them to its Field(...)")
    annotation, nullable = _without_none(field.annotation)
    base, constraints = _unwrap(annotation)
    for item in field.metadata:
        constraints |= _constraints(item)
    if get_origin(base) is Literal and all(isinstance(value, str) for value in get_args(base)):
        constraints["enum"] = list(get_args(base))
        base = str
    if base not in COLUMN_TYPES:
        raise ColumnTypeError(
            f"{where}: expected one of {', '.join(map(_type_name, COLUMN_TYPES))}, found {_type_name(base)}; "
            "use one of these, or add the type to COLUMN_TYPES in schema/columns.py"
        )
    return Column(name, COLUMN_TYPES[base], nullable, field.description, field.examples[0], constraints)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        members = [a for a in get_args(annotation) if a is not types.NoneType]
        if len(members) == 1:
            return members[0], True
    return annotation, False


def _unwrap(annotation: Any) -> tuple[Any, dict[str, Any]]:
    """A type without its annotations, and the constraints that these state."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        base, constraints = _unwrap(inner)
        for item in metadata:
            constraints |= _constraints(item)
        return base, constraints
    if get_origin(annotation) is tuple:
        item, *rest = get_args(annotation)
        if rest == [Ellipsis]:
            # A list cell's items are held to their constraints by the model; Table Schema has no place for them.
            return tuple[_unwrap(item)[0], ...], {}  # type: ignore[misc]  # a type made at run time
    return annotation, {}


def _constraints(item: Any) -> dict[str, Any]:
    return dict(_named_constraints(item))


def _named_constraints(item: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(item, StringConstraints):
        if item.min_length:
            yield "minLength", item.min_length
        if item.pattern:
            # Table Schema anchors a pattern itself, so the anchors are taken off.
            yield "pattern", str(item.pattern).removeprefix("^").removesuffix("$")
    elif isinstance(item, FieldInfo):
        for inner in item.metadata:
            yield from _named_constraints(inner)
    elif (least := getattr(item, "ge", None)) is not None:
        # What pydantic makes of `Field(ge=…)` is of a class in a package of its own, on which nothing here depends else.
        yield "minimum", least


def _type_name(annotation: Any) -> str:
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)
