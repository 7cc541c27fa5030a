"""Where the time of exports goes.

`python -m benchmarks.exports PACKAGE` writes each export anew from the tables of a package, in this process, and prints the
seconds of CPU that each took. Those that read the others' files come last, as in a build.
"""

import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.build.process import prepare_process
from builder.build.workers import workers
from builder.exports import StagedPackage, check_installed, write_exports
from builder.package.descriptor import Extent
from builder.package.export_files import EXPORTS
from builder.package.names import DIST
from builder.package.reader import PackageReader
from builder.package.release import current_release
from schema.tables import TABLES


def measure(tables: Path) -> dict[str, float]:
    """Seconds by export, of a package whose tables are copied."""
    check_installed(EXPORTS)
    seconds = {}
    with TemporaryDirectory(dir=tables) as folder, workers(1) as pool:
        dist = Path(folder) / DIST
        dist.mkdir()
        for table in TABLES:
            for path in (tables / DIST).glob(f"{table.name}.*"):
                shutil.copy(path, dist)
        package = StagedPackage(Path(folder), _extent(PackageReader(Path(folder))), current_release())
        for export in EXPORTS:
            began = time.process_time()
            write_exports([export], package, run=pool.map)
            seconds[export.name] = time.process_time() - began
    return seconds


def _extent(reader: PackageReader) -> Extent:
    rows = Counter({table.name: sum(part.num_rows for part in reader.batches(table)) for table in TABLES})
    dates = [date for (date,) in reader.tuples("meetings", ["date"])]
    return Extent(rows, min(dates, default=None), max(dates, default=None))


if __name__ == "__main__":
    prepare_process()
    measured = measure(Path(sys.argv[1]))
    for name, taken in measured.items():
        print(f"{name:12}{taken:8.2f}")
    print(f"{'all':12}{sum(measured.values()):8.2f}")
