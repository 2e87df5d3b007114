"""A progress bar for people who wait at a terminal, and for nobody else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

Item = TypeVar("Item")

DELAY_SECONDS = 1.0
"""Work that is over sooner shows no bar: a flash helps nobody."""


def track(items: Iterable[Item], label: str, *, quiet: bool = False) -> Iterator[Item]:
    """Yield the items unchanged and show on stderr how far they are.

    Shape: the bar has an end if the items have a length. Nothing is shown, and rich not imported, unless
    stderr is a terminal, ``quiet`` is off and the work has lasted ``DELAY_SECONDS``.
    """
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    total = len(items) if isinstance(items, Sized) else None
    progress: Progress | None = None
    try:
        for done, item in enumerate(items):
            if progress is None and time.monotonic() - start >= DELAY_SECONDS:
                progress = _bar()
                task = progress.add_task(label, total=total, completed=done)
            yield item
            if progress is not None:
                progress.update(task, completed=done + 1)
    finally:
        if progress is not None:
            progress.stop()


def _bar() -> Progress:
    """Start a bar that leaves nothing behind when it stops."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.start()
    return progress
