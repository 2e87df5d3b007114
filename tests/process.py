"""Run discograph as its users do: in a process of its own, from a folder of their own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import discograph

ROOT = Path(__file__).resolve().parents[1]
_SOURCE = Path(discograph.__file__).parents[1]


class Ended(NamedTuple):
    """What came of a process."""

    code: int
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    """Return this process's environment with changes, in which ``discograph`` can be imported anywhere."""
    return os.environ | {"PYTHONPATH": str(_SOURCE)} | changes


def run(*arguments: str | Path, cwd: Path, **changes: str) -> Ended:
    """Run ``discograph`` with arguments in a folder; ``changes`` are environment variables."""
    command = [sys.executable, "-m", "discograph", *map(str, arguments)]
    return end_of(command, cwd, environment(**changes))


def run_here(*arguments: str | Path, cwd: Path) -> Ended:
    """Run ``discograph`` in this process, which is quicker: the same arguments, output and exit code."""
    from discograph.cli import run as run_command

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_command([str(argument) for argument in arguments])
    texts = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode())
    return Ended(code, *texts)


def end_of(command: list[str], cwd: Path, variables: Mapping[str, str]) -> Ended:
    """Run a command to its end, at most two minutes."""
    process = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, check=False, timeout=120)
    return Ended(process.returncode, process.stdout.decode(), process.stderr.decode())


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its path there; a folder is there as ``b"folder"``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"folder"
        for path in sorted(folder.rglob("*"))
    }
