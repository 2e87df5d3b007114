"""Names of persons, groups and labels: what sort a name is, and its short forms."""

from __future__ import annotations

import re
from functools import lru_cache

from discograph.values.patterns import fold
from discograph.wordlists import words

_LABEL_SUFFIX = re.compile(r"[ \u00a0](?:Records|Recordings)\Z", re.IGNORECASE)
_JUNIOR = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?\Z")


@lru_cache(maxsize=4096)  # a name's credits come one after the other
def is_ensemble(name: str) -> bool:
    """Tell whether a name is that of a group, by the nouns that groups are called by.

    Shape: a name without a group noun and without "and" or a leading "The" is taken for a person.

    >>> is_ensemble("Modern Jazz Quartet"), is_ensemble("Kenny Clarke")
    (True, False)
    """
    tokens = fold(name).split()
    return tokens[:1] == ["the"] or any(token in words("ensembles") for token in tokens[1:])


def label_key(name: str) -> str:
    """Return the name of a record label without the noun that articles add or drop at will.

    >>> label_key("Fontana Records")
    'Fontana'
    """
    return _LABEL_SUFFIX.sub("", name.strip())


def surname(name: str) -> str:
    """Return the last word of a person's name, "Jr." and the like left out.

    >>> surname("Eddie Lockjaw Davis Jr.")
    'Davis'
    """
    return (_JUNIOR.sub("", name.strip()).split() or [""])[-1]


def resolve(name: str, known: tuple[str, ...]) -> str | None:
    """Return the one full name that a name as used in running text stands for; None if none or several.

    Shape: ``known`` holds full names; a name stands for itself, and a surname for the one bearer of it.

    >>> resolve("Davis", ("Miles Davis", "Kenny Clarke"))
    'Miles Davis'
    """
    wanted = fold(name)
    if any(fold(full) == wanted for full in known):
        return next(full for full in known if fold(full) == wanted)
    bearers = {full for full in known if not is_ensemble(full) and fold(surname(full)) == wanted}
    return bearers.pop() if len(bearers) == 1 else None
