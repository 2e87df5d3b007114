"""Track numbers as credits cite them: ``1–4, 13–17, 19``."""

from __future__ import annotations

import re

from discograph.errors import ValueParseError
from discograph.values.patterns import DASH

_LEAD_IN = re.compile(r"\A(?:on\s+)?(?:tracks?|#|nos?\.?|numbers?|songs?)?[\s:#]*", re.IGNORECASE)
_PART = re.compile(rf"#?(?P<first>[0-9]{{1,3}})(?:\s*(?:[{DASH}]|\bto\b)\s*#?(?P<last>[0-9]{{1,3}}))?\Z")
_ONLY = re.compile(r"\s+only\Z", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&)\s|,|;|&|\band\b|\s)\s*")


def parse_track_ranges(text: str) -> tuple[int, ...]:
    """Return the track numbers that a qualifier lists, in rising order, each once.

    Shape: numbers and ranges, with or without a leading "tracks"; a range runs upwards.
    Raises: ValueParseError if any part is not a track number: a year, a title, a range that runs down.

    >>> parse_track_ranges("1–4, 13–17, 19")
    (1, 2, 3, 4, 13, 14, 15, 16, 17, 19)
    >>> parse_track_ranges("tracks 2 & 5")
    (2, 5)
    """
    body = re.sub(rf"\s*([{DASH}])\s*", r"\1", text[_LEAD_IN.match(text).end() :].strip())  # type: ignore[union-attr]
    body = re.sub(r"(\d)\s+to\s+(\d)", r"\1-\2", _ONLY.sub("", body))
    numbers: set[int] = set()
    for part in filter(None, _SEPARATOR.split(body)):
        match = _PART.match(part)
        if not match:
            raise ValueParseError(f"expected track numbers such as 1–4, 7, got {text!r}")
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if not 1 <= first <= last:
            raise ValueParseError(f"a range of tracks that runs down or begins with 0: {text!r}")
        numbers.update(range(first, last + 1))
    if not numbers:
        raise ValueParseError(f"expected track numbers, got {text!r}")
    return tuple(sorted(numbers))


def format_track_ranges(numbers: tuple[int, ...]) -> str:
    """Return rising numbers as sorted ranges: the form of the ``tracks`` column.

    >>> format_track_ranges((1, 2, 3, 7))
    '1-3,7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
