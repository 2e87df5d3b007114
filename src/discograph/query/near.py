"""Names like one that is not there, for messages."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, known: Iterable[str], *, most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Return the known names that are most like a name, at most so many, the likest first.

    >>> near("who-plaid", ["who-played", "labels"])
    ['who-played']
    """
    from difflib import get_close_matches  # where all goes well, nobody needs it

    return get_close_matches(name, list(known), n=most, cutoff=cutoff)
