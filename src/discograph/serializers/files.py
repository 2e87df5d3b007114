"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from discograph.errors import OutputError


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write several files, each as ``write_file`` does; none if a folder has the name of one. Raises: OutputError."""
    for path in filter(os.path.isdir, files):
        raise OutputError(_explain(path, IsADirectoryError()))
    for path, data in files.items():
        write_file(path, data)


def write_file(path: Path, data: bytes) -> None:
    """Write a file under its name only once all of it is on the disk; missing folders are made.

    Shape: an older file of that name is replaced, or kept as it was on failure; no other file stays behind.
    Raises: OutputError with the path and what to do.
    """
    # Same folder: a rename is atomic only within one file system. Not the file's own name, which could
    # become too long.
    aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.write_bytes(data)
            os.replace(aside, path)  # noqa: PTH105 - the name that the tests put a failure into
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(_explain(path, error)) from error


def _explain(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if isinstance(error, IsADirectoryError):
        return f"{path}: cannot be written: there is a folder of that name; choose another with --output"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{path}: cannot be written: {reason}; free some space, or choose another folder with --output"
    if isinstance(error, PermissionError | FileExistsError | NotADirectoryError) or error.errno == errno.EROFS:
        return f"output folder {path.parent} is not writable ({reason}); choose another with --output"
    return f"{path}: cannot be written: {reason}; choose another folder with --output"
