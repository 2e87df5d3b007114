"""Which tracks a qualifier is about: ``tracks 1–3 & 5``, ``except "Title"``, ``A2, B1``, ``all but 5``.

Where a qualifier cannot be read as tracks, it is a note: ``(2005)``, ``(credited as "…")``.
"""

from __future__ import annotations

import re

from discograph.errors import ValueParseError
from discograph.records import TrackScope
from discograph.values.track_places import parse_track_places
from discograph.values.track_ranges import parse_track_ranges

_EXCEPT = re.compile(
    r"\A(?:on )?(?:all(?: tracks)? )?(?:except(?: for)?|all but|but not|not|excluding|other than)(?: on)?"
    r"(?: tracks?)?\s+",
    re.IGNORECASE,
)
_ALL = re.compile(r"\A(?:on )?(?:all|all tracks|all songs|throughout)\Z", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"\A(?:(?:only )?on |in |for )?(?:the )?(?:bonus )?(?:tracks?|songs?|#|nos?\.|cuts?)?[\s:#]*", re.IGNORECASE
)
_ONLY = re.compile(r"\s*\bonly\b\s*", re.IGNORECASE)
_TITLES = re.compile(r"\"([^\"]+)\"|“([^”]+)”|‘([^’]+)’")
_ON_TITLE = re.compile(r"on (?P<title>(?!tracks?\b|side\b|all\b|dis[ck]\b|CDs?\b|LPs?\b)[^\W\d_a-z].*)\Z")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def parse_track_scope(text: str) -> TrackScope | None:
    """Return the tracks that a qualifier names; None where it makes no restriction ("all tracks").

    Raises: ValueParseError if it is about something else.

    >>> parse_track_scope("tracks 1–3 & 5").numbers
    (1, 2, 3, 5)
    >>> parse_track_scope('except "This Magic"').is_excluded
    True
    """
    value = text.strip().strip(".,;")
    if _ALL.match(value):
        return None
    excluded = _EXCEPT.match(value)
    body = _ONLY.sub(" ", value[excluded.end() :] if excluded else value).strip()
    if titles := [next(filter(None, groups)) for groups in _TITLES.findall(body)]:
        rest = _TITLES.sub("", body).casefold()
        if re.sub(r"\b(?:on|and|the|tracks?|songs?|only|in|for|except)\b|[\s,&]", "", rest):
            raise ValueParseError(f"expected tracks, got {text!r}")
        return TrackScope(titles=tuple(t.strip(" ,.") for t in titles), is_excluded=bool(excluded), text=text)
    if unquoted := _ON_TITLE.match(body):
        return TrackScope(titles=(unquoted["title"],), is_excluded=bool(excluded), text=text)
    if places := parse_track_places(body) or parse_track_places(_LEAD_IN.sub("", body)):
        return TrackScope(places=places, is_excluded=bool(excluded), text=text)
    body = _LEAD_IN.sub("", body)
    if _YEAR.search(body):
        raise ValueParseError(f"expected tracks, got a year: {text!r}")
    return TrackScope(numbers=parse_track_ranges(body), is_excluded=bool(excluded), text=text)
