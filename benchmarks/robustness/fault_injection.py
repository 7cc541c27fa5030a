"""Builds that replace an older package while something goes wrong: kills, full disks, missing permission, races.

Afterwards the published package must be the old one or the new one, byte for byte; if a kill falls between the two steps of
publishing, `verify` must say so. The next build must publish the new package and leave nothing else behind. A build that fails
must end with a message, not a traceback, and leave no process and no temporary file.

`python -m benchmarks.robustness.fault_injection` (or `make fault-injection`) prints the results and fails if a promise was
broken. `--every N` takes each Nth step and size, `--random N` so many random moments, `--only WORD` the trials whose name
contains the word. Trials that mount disks or switch users need root, or `unshare --user --map-root-user`.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.robustness import disks, kills, races
from benchmarks.robustness.harness import HEADING, Trial, sample_pages
from benchmarks.robustness.users import as_nobody

Kind = tuple[str, Callable[[Trial], None], str | None]
"""A kind of trial: its name, what runs it, and why it is skipped, None if it is not."""


def kinds(folder: Path, every: int, moments: int, may_mount: bool) -> list[Kind]:
    """All kinds of trials."""
    some = max(2, moments // 10)
    library = kills.failing_writes(folder)
    mounts = None if may_mount else "mounting takes root"
    calls = None if library else "it takes a C compiler, on Linux"
    users = None if as_nobody([]) else "it takes root, and the program setpriv"

    def failing(number: int) -> Callable[[Trial], None]:
        return lambda trial: kills.at_random_calls(trial, library or folder, number, some)

    return [
        ("killed at each step", lambda t: kills.at_every_step(t, kills.killed, every), None),
        ("killed at a random moment, with its workers", lambda t: kills.at_random_moments(t, moments, os.killpg), None),
        ("its main process killed at a random moment", lambda t: kills.at_random_moments(t, some, os.kill), None),
        ("no space at each step", lambda t: kills.at_every_step(t, kills.full, every), None),
        ("a disk error at each step", lambda t: kills.at_every_step(t, kills.faulty, every), None),
        ("a disk error from a random write on", failing(errno.EIO), calls),
        ("no space from a random write on", failing(errno.ENOSPC), calls),
        ("a real disk with too little space", lambda t: disks.full_disks(t, every), mounts),
        ("a real disk that takes too few files", disks.few_files, mounts),
        ("files limited in size", lambda t: disks.file_size_limits(t, every), None),
        ("temporary files or shared memory full", disks.full_temporary, mounts),
        ("a read-only disk", disks.read_only_disk, mounts),
        ("folders without write permission", disks.read_only_folders, users),
        ("sources that change while they are read", lambda t: races.changing_sources(t, some), None),
        ("two builds at once", lambda t: races.two_builds(t, some), None),
        ("a build while verify reads", lambda t: races.build_and_verify(t, some), None),
        ("a build while others read", lambda t: races.build_and_reader(t, max(2, some // 3)), None),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth step of a build")
    parser.add_argument("--random", type=int, default=300, metavar="N", help="how many random moments")
    parser.add_argument("--only", default="", metavar="WORD", help="only the trials whose name contains this")
    options = parser.parse_args()
    may_mount = disks.may_mount()
    broken = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        # Another user must be able to read what is here.
        folder.chmod(0o755)
        trial = Trial(folder, *sample_pages(folder))
        if may_mount:
            disks.own_shared_memory()
            trial.is_alone = True
        os.environ["TMPDIR"] = str(trial.temporary)
        print(HEADING)
        for title, run, skipped in kinds(folder, options.every, options.random, may_mount):
            if options.only not in title:
                continue
            if skipped:
                print(f"{title:<58} skipped: {skipped}", flush=True)
                continue
            tally = trial.begin(title)
            run(trial)
            print(tally, flush=True)
            for line in tally.broken[:20]:
                print(f"  {line}")
            broken += len(tally.broken)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
