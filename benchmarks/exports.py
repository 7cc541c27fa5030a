"""Where the time of exports goes.

`python -m benchmarks.exports PACKAGE` writes each export anew from the tables of a package, in this process, and prints the
seconds of CPU that each took, in the order of a build: hashing the tables counts for the export that comes to it first.
"""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.build.process import prepare_process
from builder.exports import Done, StagedPackage, Step, check_installed, write_exports
from builder.package.descriptor import Extent
from builder.package.export_files import EXPORTS
from builder.package.names import DIST
from builder.package.reader import PackageReader
from builder.package.release import current_release
from schema.tables import TABLES


def measure(tables: Path) -> dict[str, float]:
    """Seconds by export, of a package whose tables are copied."""
    check_installed(EXPORTS)
    seconds = dict.fromkeys((export.name for export in EXPORTS), 0.0)

    def run(write: Callable[[Step], Done], steps: Iterable[Step]) -> Iterator[Done]:
        for step in steps:
            began = time.process_time()
            done = write(step)
            seconds[step.export.name] += time.process_time() - began
            yield done

    with TemporaryDirectory(dir=tables) as folder:
        dist = Path(folder) / DIST
        dist.mkdir()
        for table in TABLES:
            for path in (tables / DIST).glob(f"{table.name}.*"):
                shutil.copy(path, dist)
        package = StagedPackage(Path(folder), _extent(PackageReader(Path(folder))), current_release())
        write_exports(EXPORTS, package, run=run)
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
