"""Results at a terminal: as wide as it is, and page by page where they are longer than it is high."""

from __future__ import annotations

import os
import sys

import click

from discograph.query.table import display_width


def terminal_width() -> int | None:
    """Return the columns of the terminal on standard output, None where there is no terminal."""
    return _terminal_size().columns if sys.stdout.isatty() else None


def show(data: bytes, *, is_paged: bool | None) -> None:
    """Write UTF-8 text to standard output.

    Shape: ``is_paged`` None pages what is longer than the terminal; the pager is that of ``PAGER``, else
    ``less``, which then does not fold lines and stays out of the way of what fits.
    """
    if is_paged or (is_paged is None and sys.stdout.isatty() and _is_long(data)):
        os.environ.setdefault("LESS", "-FRSX")
        click.echo_via_pager(data.decode())
    else:
        click.echo(data, nl=False)


def _is_long(data: bytes) -> bool:
    columns, lines = _terminal_size()
    text = data.decode()
    if text.count("\n") >= lines:
        return True
    return sum(1 + display_width(line) // max(columns, 1) for line in text.splitlines()) >= lines


def _terminal_size() -> os.terminal_size:
    import shutil  # which brings all formats of archives

    return shutil.get_terminal_size()
