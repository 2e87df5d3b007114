"""Work that may take too long: it goes on in a thread, and whoever asked for it gets an error in time.

The engine cannot be stopped from Python, but it lets other threads run while it works.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from discograph.errors import QueryTimeoutError

Result = TypeVar("Result")

_TICK_SECONDS = 3600.0  # a wait without end would not see Ctrl-C on every system


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """Return what ``work`` returns, or raise what it raises.

    Shape: the work runs in a thread of its own, so that an interrupt from the keyboard is seen at once;
    what is not done in time is left behind and ends with the process.
    Units: ``seconds`` from now, None for no limit.
    Raises: QueryTimeoutError when the time is over.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # Rust panics are no Exception; whoever asked raises it again
            errors.append(error)

    thread = threading.Thread(target=run, name="discograph-query", daemon=True)
    thread.start()
    thread.join(seconds)
    while seconds is None and thread.is_alive():
        thread.join(_TICK_SECONDS)
    if errors:
        raise errors[0]
    if not results:
        raise QueryTimeoutError(
            f"no answer within {seconds:g} s; give it more time with --timeout, ask for less (a parameter, a LIMIT), "
            "or look at the plan with --explain"
        )
    return results[0]
