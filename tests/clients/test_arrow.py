"""pyarrow's datasets and Ibis open the Parquet and CSV files."""

from pathlib import Path

import ibis
import pyarrow.csv as pa_csv
import pyarrow.dataset as ds
import pytest

from tests.clients.values import NAMES, differences, rows_of


@pytest.mark.client("pyarrow datasets")
@pytest.mark.parametrize("table", NAMES)
def test_a_dataset_of_parquet(table: str, dist: Path) -> None:
    assert differences(rows_of(dist, table), ds.dataset(dist / f"{table}.parquet").to_table().to_pylist()) == []


@pytest.mark.client("pyarrow datasets")
def test_a_dataset_of_csv_needs_newlines_in_values_at_size(dist: Path, tmp_path: Path) -> None:
    """Cells hold line breaks, and a block may end in one."""
    path = tmp_path / "long.csv"
    lines = (dist / "utterances.csv").read_bytes().partition(b"\n")
    path.write_bytes(lines[0] + b"\n" + lines[2] * 200)
    rows = 200 * len(rows_of(dist, "utterances"))
    options = {"read_options": pa_csv.ReadOptions(block_size=1 << 16)}
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    form = ds.CsvFileFormat(parse_options=parse, **options)
    assert ds.dataset(path, format=form).count_rows() == rows
    with pytest.raises(Exception, match=r"newlines_in_values|CSV"):
        ds.dataset(path, format=ds.CsvFileFormat(**options)).to_table()


@pytest.mark.client("Ibis")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # how Ibis calls DuckDB and pandas
@pytest.mark.parametrize("table", NAMES)
def test_ibis_reads_parquet(table: str, dist: Path) -> None:
    found = ibis.duckdb.connect().read_parquet(dist / f"{table}.parquet").to_pyarrow().to_pylist()
    assert differences(rows_of(dist, table), found) == []


@pytest.mark.client("Ibis")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # how Ibis calls DuckDB and pandas
def test_ibis_joins_two_tables(dist: Path) -> None:
    connection = ibis.duckdb.connect()
    utterances, meetings = (connection.read_parquet(dist / f"{name}.parquet") for name in ("utterances", "meetings"))
    joined = utterances.join(meetings, "meeting_id")
    assert joined.count().execute() == len(rows_of(dist, "utterances"))
