"""Tracks as sides and discs number them: ``disc 1, tracks 2–3; disc 2``, ``tracks 1–3 on side B``, ``A2, B1``."""

from __future__ import annotations

import re

from discograph.errors import ValueParseError
from discograph.values.patterns import DASH
from discograph.values.track_ranges import parse_track_ranges

_NUMBERS = rf"\d(?:[\d\s,&{DASH}]|and(?= \d))*"
_TRACKS = r"(?:(?:tracks?|songs?|nos?\.)[\s:#]*)"
_PARTS = r"(?:side|dis[ck]|CD|LP)"
_NAMES_PART = re.compile(rf"\b{_PARTS}s?\s+[\w&]", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?:on\s+)?(?:{_TRACKS}?(?P<before>{_NUMBERS})(?:on|of|from)\s+)?(?:the\s+)?\b{_PARTS}\s+(?P<part>\w+)"
    rf"(?(before)|(?:\s*[,:{DASH}]?\s*{_TRACKS}?(?P<after>{_NUMBERS}))?)(?:\s*(?:[,;&]|\band\b))*\s*",
    re.IGNORECASE,
)
_SIDES = re.compile(rf"\A(?:[A-H]\d{{1,2}}(?:\s*[{DASH}]\s*[A-H]?\d{{1,2}})?(?:\s*(?:,|&|and|\s)\s*|\Z))+\Z")
_SIDE = re.compile(rf"(?P<side>[A-H])(?P<first>\d{{1,2}})(?:\s*[{DASH}]\s*(?:(?P=side))?(?P<last>\d{{1,2}}))?")


def parse_track_places(text: str) -> tuple[tuple[str, int], ...]:
    """Return tracks as ``(part, number)``, 0 for a whole part; nothing where no side or disc is named.

    Raises: ValueParseError if a side or disc is named, and other things than sides, discs and their tracks, too.

    >>> parse_track_places("disc 1, tracks 2–3; disc 2")
    (('1', 2), ('1', 3), ('2', 0))
    >>> parse_track_places("A2, B1")
    (('A', 2), ('B', 1))
    """
    if _SIDES.match(text):
        return tuple(_lettered(text))
    if not _NAMES_PART.search(text):
        return ()
    places: list[tuple[str, int]] = []
    end = 0
    while end < len(text):
        place = _PLACE.match(text, end)
        if place is None:
            raise ValueParseError(f"expected sides or discs and their tracks, got {text!r}")
        numbers = (place["before"] or place["after"] or "").strip(" ,&")
        places += [(place["part"], number) for number in (parse_track_ranges(numbers) if numbers else (0,))]
        end = place.end()
    return tuple(places)


def _lettered(text: str) -> list[tuple[str, int]]:
    places = []
    for match in _SIDE.finditer(text):
        last = int(match["last"] or match["first"])
        places += [(match["side"], number) for number in range(int(match["first"]), last + 1)]
    return places
