"""Headings of a personnel section that are the days of sessions: "=== May 4, 1955 ===" above those who played then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, ListItem, Paragraph, Section, Text
from discograph.errors import ValueParseError
from discograph.extractors.base import days_of, located, place_kind
from discograph.needles import Sieve
from discograph.records import Findings, PlaceRecord, Rule, Said, SessionRecord, TrackScope, say
from discograph.values.dates import FoundDate, find_dates, members_of
from discograph.values.patterns import NAME
from discograph.values.track_scopes import parse_track_scope
from discograph.wordlists import section_kind

DATE = Rule("session-heading", 'a heading in the personnel section that is a date and nothing else: "May 4, 1955"')
TRACKS = Rule("session-heading-tracks", "the tracks in brackets behind such a date: 'May 4, 1955 (\"Title\")'")
PLACE = Rule("session-heading-place", 'the place behind such a date: "May 4, 1955, at PLACE in TOWN"')
RULES = (DATE, TRACKS, PLACE)

_TRACKS = r"(?P<before>Tracks? \d[\d\s,&–-]*(?:and \d+)?)"
_ORDER = r"(?:(?:First|Second|Third|Fourth|Fifth|Sixth|\d(?:st|nd|rd|th)) session|Session \w+)"
_HEADING = Sieve(
    rf"(?:(?:{_TRACKS}|{_ORDER})(?:[,:]| [–-])? ?(?P<bracket>\()?)?"
    r"(?:(?:[Rr]ecorded|Sessions?)(?: on| of|,|:)? |on )?(?P<date>[^()]*?\b(?:1[89]|20)\d\d)"
    rf"(?:,? at (?:the )?(?P<place>{NAME})(?:(?:,| in) (?P<town>{NAME}(?:, {NAME})*))?)?"
    r"(?(bracket)\)|(?: \((?P<tracks>[^()]+)\))?) ?:?\Z"
)
_LONGEST = 120  # code points; a longer line is prose
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?\Z")
_JOINT = re.compile(r"[\s,;&/]*(?:and|&)?[\s,;]*\Z")


def extract(document: Document) -> Findings:
    """Return a session for each date that heads credits; a year or a month may be that of an edition."""
    found: list[SessionRecord] = []
    for section in document.lead.sections:
        if section.heading and section_kind(section.heading.value) == "personnel":
            for part in section.walk():
                for heading in _headings(part, is_top=part is section):
                    found += _sessions(heading)
    return Findings(tuple(found))


def _headings(section: Section, *, is_top: bool) -> Iterator[Text]:
    """Yield the heading of a section that holds lines, and the lines above another line."""
    lines = [block.text for block in section.blocks if isinstance(block, Paragraph | ListItem)]
    if section.heading and lines and not is_top:
        yield section.heading
    yield from lines[:-1]


def _sessions(heading: Text) -> Iterator[SessionRecord]:
    match = _HEADING.match(heading.value) if len(heading) <= _LONGEST else None
    if not match:
        return
    words = heading.group(match, "date")
    found = find_dates(words.value)
    if not found or not _is_days(words.value, found):
        return
    tracks = next((heading.group(match, key) for key in ("before", "tracks") if match[key]), None)
    scope = _scope(tracks) if tracks else None
    if match["tracks"] and scope is None:
        return  # "(reissue)"
    for date in found:
        said = say(date.edtf, words.cut(date.start, date.end), DATE)
        yield SessionRecord(said.of(None), said, days_of(words, date, DATE), _place(heading, match), scope)


def _place(heading: Text, match: re.Match[str]) -> PlaceRecord | None:
    if not match["place"]:
        return None
    town = heading.group(match, "town") if match["town"] else None
    return located(heading.group(match, "place"), town, PLACE, place_kind(match["place"], "Venue"))


def _is_days(words: str, found: list[FoundDate]) -> bool:
    """Tell whether words are days, or ranges of days, and nothing else."""
    ends = [0, *(date.end for date in found)]
    starts = [*(date.start for date in found), len(words)]
    gaps = (words[end:start] for end, start in zip(ends, starts, strict=True))
    members = (member for date in found for member in members_of(words, date))
    return all(map(_JOINT.match, gaps)) and all(_DAY.match(member.edtf) for member in members)


def _scope(text: Text) -> Said[TrackScope] | None:
    try:
        scope = parse_track_scope(text.value)
    except ValueParseError:
        return None
    return say(scope, text, TRACKS) if scope else None
