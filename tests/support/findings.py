"""What holds for every finding of `verify`, whichever test it appears in."""

import pytest

from builder.verify.findings import Finding, Place
from schema.tables import BY_NAME, TABLES

_COLUMNS = {column.name for table in TABLES for column in table.columns}
_NOT_OF_A_TABLE = {"speakers", "paragraphs", "row", "head", "formulas"}
"""What else a finding compares and gives in one word."""
_says = Place.says


def check_every_finding(patch: pytest.MonkeyPatch) -> None:
    """Fails a test in which a finding names no place, another column than there is, or half of a comparison."""

    def says(
        place: Place, text: str, *, column: str | None = None, expected: str | None = None, found: str | None = None
    ) -> Finding:
        where = f"{place}: {text!r}, column {column!r}, expected {expected!r}, found {found!r}"
        assert place.table is None or place.table in BY_NAME, where
        assert place.table or place.file, where
        assert place.key is None or "None" not in place.key.split(", "), where
        if column and place.table and " " not in column:
            assert column.partition(".")[0] in _COLUMNS | _NOT_OF_A_TABLE, where
        assert expected is None or found is not None, where
        return _says(place, text, column=column, expected=expected, found=found)

    patch.setattr(Place, "says", says)
