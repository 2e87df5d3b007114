"""Carriers of recordings (LP, CD, cassette …) in the words of an article."""

from __future__ import annotations

import re
from functools import cache

from discograph.lexicon import alternatives, concept


@cache
def carrier_pattern() -> re.Pattern[str]:
    """Return a pattern for the name of a carrier, as any label of the scheme ``format`` spells it."""
    return re.compile(rf"(?<![\w-]){alternatives('format')}(?![\w-])", re.IGNORECASE)


@cache
def carrier_phrase() -> re.Pattern[str]:
    """Return a pattern for a carrier with its number and box: "3-CD box-set", "8-CD/12-LP box set", "double LP"."""
    number = r"(?:\d{1,2}[- ]?|(?:one|two|three|four|five|six|double|triple|quadruple)[- ])?"
    bare = r"(?<!LP album)(?<!CD album)(?<!CD release)(?<!LP record)(?<!vinyl record)"  # LP, CD, vinyl will do
    one = rf"{number}{alternatives('format')}{bare}(?![\w-])"
    return re.compile(rf"(?<![\w-]){one}(?:/{one})*(?:[ -]box(?:ed)?[ -]?sets?| set)?", re.IGNORECASE)


def carrier(words: str) -> str:
    """Return the slug of the first carrier that words name, "" if they name none.

    >>> carrier("original LP"), carrier("the record")
    ('lp', '')
    """
    match = carrier_pattern().search(words)
    found = concept("format", match[0]) if match else None
    return found.slug if found else ""
