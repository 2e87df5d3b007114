"""What the benchmarks that start the command line do first."""

from __future__ import annotations

import os
from pathlib import Path


def keep_bytecode(folder: Path) -> None:
    """Let the processes that this one starts keep compiled modules in a folder.

    Why: both sides of a ratio are measured as they run once installed. Where the environment forbids bytecode
    (``PYTHONDONTWRITEBYTECODE``), a checkout is compiled anew for each run, and installed packages are not.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
