"""`verify` against the catalogue of damages: it finds and names each kind, in each table and column.

`make corruption` tries all damages, in every row and format.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from builder.verify import verify_package
from schema.tables import TABLES
from tests.support.damages import Damage, alterations
from tests.support.filled_package import build_filled_package
from tests.support.referee import NOT_EVEN_WITH_SOURCES, UNKNOWABLE, Trial, explained
from tests.support.resealing import FORMAT_NAMES, copied, rewrite, rows_of

COLUMNS = {table.name: {column.name for column in table.columns} for table in TABLES}
pytestmark = pytest.mark.slow

OF_FILES = "files"
"""Damage to the descriptor, the checksums, the licence, the folder."""
OTHERS = 12
"""Damages of each table tried besides one of each column."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The package of the sample pages, and every damage to it."""
    package, sources = build_filled_package(tmp_path_factory.mktemp("sample"))
    return Trial(package, sources)


def some_of(damages: Iterable[Damage], table: str) -> list[Damage]:
    """One damage in all formats for each column of a table, of another kind each time, and an even sample of the table's other
    damages."""
    of_column: dict[str, list[Damage]] = defaultdict(list)
    others: list[Damage] = []
    for one in damages:
        if (one.tables[0] if one.tables else _table_of(one)) != table:
            continue
        if one.topic.removeprefix(f"{table}.") in COLUMNS.get(table, ()):
            of_column[one.topic].append(one)
        else:
            others.append(one)
    columns = [some[number % len(some)] for number, some in enumerate(of_column.values())]
    return columns + others[:: max(1, len(others) // OTHERS)]


def _table_of(one: Damage) -> str:
    """The table whose file a damage is of."""
    name = one.place.removeprefix("dist/").partition(".")[0]
    return name if name in COLUMNS else OF_FILES


@pytest.mark.parametrize("table", [*(table.name for table in TABLES), OF_FILES])
def test_damage_of_every_kind_is_found_and_named_by_its_place(trial: Trial, tmp_path: Path, table: str) -> None:
    some = some_of(trial.damages, table)
    assert some
    for one in some:
        outcome = trial.outcome(one, tmp_path / "package", with_sources=False)
        assert outcome.crash is None, f"{one}\n{outcome.crash}"
        if not explained(one, (*UNKNOWABLE, *NOT_EVEN_WITH_SOURCES)):
            assert outcome.alone, f"not found: {one}"
        assert outcome.placed or not outcome.alone, f"found, but not at its place: {one}"


def test_the_packages_that_are_damaged_fill_every_column(trial: Trial, seed_package: Path) -> None:
    """Otherwise there would be no value to damage."""
    sample_rows, seed_rows = rows_of(trial.package), rows_of(seed_package)
    for table in TABLES:
        rows = sample_rows[table.name] + seed_rows[table.name]
        empty = [column.name for column in table.columns if all(row[column.name] is None for row in rows)]
        assert not empty, table.name


def test_the_catalogue_damages_every_column_in_every_format(trial: Trial) -> None:
    places = "\n".join(one.place for one in trial.damages)
    for table in TABLES:
        for column in table.columns:
            for form in (*FORMAT_NAMES, "all formats"):
                assert f"{table.name}: {column.name}, row 1, {form}" in places


def test_a_package_rewritten_with_its_own_rows_passes(trial: Trial, tmp_path: Path) -> None:
    """What is found must be the damage, not the way it is done."""
    package = copied(trial.package, tmp_path / "package")
    rewrite(package, rows_of(package))
    assert [check for check in verify_package(package) if not check.passed] == []
    for path in (trial.package / "dist").iterdir():
        assert (package / "dist" / path.name).read_bytes() == path.read_bytes(), path.name


def test_what_verify_cannot_know_its_sources_tell(trial: Trial, tmp_path: Path) -> None:
    found = 0
    for one in trial.damages:
        if one.topic in ("meetings.url", "mentions.speaker_id") and "set to null" in one.kind:
            outcome = trial.outcome(one, tmp_path / "package")
            assert outcome.with_sources, one
            found += not outcome.alone
    assert found


def test_a_type_that_the_catalogue_cannot_alter_is_no_silent_gap() -> None:
    with pytest.raises(TypeError, match="no alteration is known for float"):
        list(alterations(TABLES[0].columns[0], 1.5, []))
