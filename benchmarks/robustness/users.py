"""Commands run as a user who is not root and owns nothing."""

import os
import shutil
import subprocess

NOBODY = 65534
_MAY_READ = "-all,+dac_read_search"


def as_nobody(command: list[str]) -> list[str] | None:
    """The command that runs another one as nobody; None if this process cannot switch users. Nobody may read every file, so that
    Python is found wherever it is installed, but write only what everyone may."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() or setpriv is None:
        return None
    options = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    options += [f"--{which}={_MAY_READ}" for which in ("bounding-set", "inh-caps", "ambient-caps")]
    may = subprocess.run([setpriv, *options, "true"], capture_output=True, check=False).returncode == 0
    return [setpriv, *options, *command] if may else None
