"""What every process of the builder sets before it works."""

import gc
import os
import sys
from importlib.abc import MetaPathFinder


def prepare_process() -> None:
    """Sets this process up to build: to be called once, before Arrow is imported."""
    # Arrow's own allocator keeps what is freed, some 40 MiB in each process, and is no faster here.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    never_import_pandas()
    collect_seldom()


def never_import_pandas() -> None:
    """Hides pandas from this process. Where it is installed, Arrow would import it, which takes a quarter of a second,
    only to ask of every list whether it is a pandas series."""
    if not any(isinstance(finder, _NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, _NoPandas())


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def collect_seldom() -> None:
    """Runs the garbage collector less often: pages are many small values without cycles, and it took a third of the time."""
    gc.set_threshold(200_000, 50, 100)
