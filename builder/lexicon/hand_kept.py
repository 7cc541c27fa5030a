"""Hand-kept tables: small TOML files, validated when they are read."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from builder.files import read_text
from schema.records import Record

Model = TypeVar("Model", bound=Record)


def parse_table(model: type[Model], text: str, more: dict[str, Any] | None = None) -> Model:
    """The content of a TOML file, adding the keys in `more`.

    Raises `tomllib.TOMLDecodeError`, `RecursionError` or `OverflowError` where it is no TOML that can be read, and
    `pydantic.ValidationError` where its values are wrong.
    """
    # TOML knows no tuples, so the values go through JSON's rules, which are strict but take a list for one.
    return model.model_validate_json(msgspec.json.encode(tomllib.loads(text) | (more or {})))


def read_table(model: type[Model], path: Path, more: dict[str, Any] | None = None) -> Model:
    """Reads a TOML file, adding the keys in `more`.

    Raises `ValueError`, with the name of the file, where it cannot be read or is invalid.
    """
    try:
        return parse_table(model, read_text(path), more)
    except (
        OSError,
        RecursionError,
        OverflowError,
        ValueError,
    ) as error:  # `ValueError`: no UTF-8, no TOML, a wrong entry
        raise ValueError(f"{path.name}: {error}") from error
