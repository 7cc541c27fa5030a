"""What every process of the builder sets before it works."""

import gc
import os
import sys


def prepare_process() -> None:
    """Sets this process up to build: to be called once, before Arrow is imported."""
    # Arrow's own allocator keeps what is freed, some 40 MiB in each process, and is no faster here.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # Looking for plugins of pydantic reads what every installed package says of itself; none may change what is checked.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    hide_unused()
    collect_seldom()


def hide_unused() -> None:
    """Hides pandas and numpy from this process. Where they are installed, Arrow would import both, which takes a third of a
    second, only to ask of values whether they are of their types; the builder has none."""
    if not any(isinstance(finder, _Hidden) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Hidden())


class _Hidden:
    # Not of `importlib.abc`, which takes long to import.
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname in {"numpy", "pandas"}:
            raise ModuleNotFoundError(fullname)


def collect_seldom() -> None:
    """Runs the garbage collector less often: pages are many small values without cycles, and it took a third of the time."""
    gc.set_threshold(200_000, 50, 100)
