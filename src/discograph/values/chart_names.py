"""Names of charts: which spellings mean one chart, and which charts are not of albums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discograph.lexicon import concept
from discograph.values.patterns import fold

_SONGS = re.compile(r"\b(?:singles?|songs?|airplay|hot 100|club play|tracks|play chart|ringtones?)\b", re.IGNORECASE)
_SUMMARY = re.compile(
    r"\b(?:year|decade|century)[ -]end\b|\bend[ -]of[ -](?:the[ -])?(?:year|decade|century)\b|\ball[ -]time\b"
    r"|\bannual\b|\bbest\b|\bof the (?:year|decade|century)\b|\bweeks\b|\bgreatest\b|\bdefinitive\b|\bessential\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r",? charts?\Z", re.IGNORECASE)
_ENDS = re.compile(r" (?:Albums|LP['’]?s|Soundtracks|Heatseekers|Tape|\d{2,3})\Z")
_MAGAZINE = re.compile(
    r"\b(Billboard|Cash ?[Bb]ox|Record World)(?: [Mm]agazine)?['’]s?(?= )|(?<=Billboard) [Mm]agazine\b"
)


def is_of_songs(name: str) -> bool:
    """Tell whether a chart is one of singles or songs, on which no album stands."""
    return bool(_SONGS.search(name))


def is_summary(words: str) -> bool:
    """Tell whether words speak of a ranking over a year or more, whose places are no peaks, or of weeks."""
    return bool(_SUMMARY.search(words))


def plain_name(name: str) -> str:
    """Return the name of a chart without what a sentence adds to it.

    >>> plain_name("Billboard magazine's Top LP's chart"), plain_name("Top Gospel Albums Chart")
    ("Billboard Top LP's", 'Top Gospel Albums Chart')
    >>> plain_name("UK charts"), plain_name("Billboard jazz chart")
    ('UK charts', 'Billboard jazz chart')
    """
    name = _MAGAZINE.sub(lambda match: match[1] or "", name.strip()).strip()
    name = re.sub(r"\A(?:[Tt]he|both) ", "", name)
    bare = re.sub(r"(?: albums?)? charts?\Z", "", name)
    tokens = bare.split()
    is_name = len(tokens) > 1 and bool(_ENDS.search(bare) or (len(tokens) > 2 and not tokens[-1][0].islower()))
    return bare if is_name or (bare != name and concept("chart", bare)) else name


@cache
def chart_label(name: str) -> str:
    """Return the name by which a chart is known, whatever words of it an article prints; else the name itself.

    >>> chart_label("U.S. Billboard 200 Chart"), chart_label("Top Fjords chart")
    ('Billboard 200', 'Top Fjords chart')
    """
    found = (concept("chart", form) for form in _forms(plain_name(name)))
    known = next(filter(None, found), None)
    return known.label if known else name


def same_chart(one: str, other: str) -> bool:
    """Tell whether two names mean one chart.

    >>> same_chart("the Top Fjords chart", "Billboard Top Fjords"), same_chart("Fjords", "Top Fjords")
    (True, False)
    """
    return one == other or bool(set(_keys(one)) & set(_keys(other)))


def _keys(name: str) -> Iterator[str]:
    """Yield what identifies a chart: its bare name; "Soul/Black Albums" is known by either of its two names."""
    for known in (name, chart_label(name)):
        yield fold(list(_forms(plain_name(known)))[-1]).replace("'", "")
    two = re.fullmatch(r"(?P<first>[\w ]+)/(?P<second>[\w ]+) (?P<noun>albums)(?: charts?)?", name, re.IGNORECASE)
    if two:
        labels = {chart_label(f"{two[part]} {two['noun']}") for part in ("first", "second")}
        if len(labels) == 1:
            yield fold(list(_forms(labels.pop()))[-1])


def _forms(name: str) -> Iterator[str]:
    """Yield a name in ever shorter forms: without "Chart", without the country and paper before it."""
    yield name
    name = _NOUN.sub("", name)
    yield name
    name = re.sub(r"\A(?:the )?U\.?S\.?A? (?=\S+ \S)", "US ", name)
    yield name
    name = name.removeprefix("US ")
    yield name
    yield re.sub(r"\ABillboard (?=\S+ \S)", "", name)
