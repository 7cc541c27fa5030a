"""Hand-kept tables: small TOML files, validated when they are read."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from pydantic import ValidationError

from schema.records import Record

Model = TypeVar("Model", bound=Record)


def read_table(model: type[Model], path: Path, more: dict[str, Any] | None = None) -> Model:
    """Reads a TOML file, adding the keys in `more`. Raises `ValueError`, with the name of the file, where it is invalid."""
    try:
        # TOML knows no tuples, so the values go through JSON's rules, which are strict but take a list for one.
        return model.model_validate_json(msgspec.json.encode(tomllib.loads(path.read_text("utf-8")) | (more or {})))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
