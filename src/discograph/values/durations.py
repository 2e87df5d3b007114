"""Lengths as articles print them: ``m:ss`` and ``h:mm:ss``."""

from __future__ import annotations

import re

from discograph.errors import ValueParseError

_DURATION = re.compile(r"(?:(?P<hours>[0-9]{1,2}):(?=[0-9]{2}:))?(?P<minutes>[0-9]{1,3}):(?P<seconds>[0-5]\d)\Z")


def parse_duration(text: str) -> int:
    """Return a length in whole seconds.

    Shape: ``m:ss`` or ``h:mm:ss``; minutes may exceed 59 where there is no hour.
    Raises: ValueParseError if the text is anything else.
    Source: Template:Duration; Template:Track listing, parameters ``lengthN``.

    >>> parse_duration("3:45")
    225
    >>> parse_duration("c. 4 minutes")
    Traceback (most recent call last):
        ...
    discograph.errors.ValueParseError: expected m:ss or h:mm:ss, got 'c. 4 minutes'
    """
    match = _DURATION.match(text.strip())
    if not match or (match["hours"] and int(match["minutes"]) > 59):
        raise ValueParseError(f"expected m:ss or h:mm:ss, got {text!r}")
    return int(match["hours"] or 0) * 3600 + int(match["minutes"]) * 60 + int(match["seconds"])
