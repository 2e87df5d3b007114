"""Prose that says when and where the album was recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import is_album, located, manner_of, place_kind
from discograph.records import Findings, PlaceRecord, Record, Rule, SessionRecord, say
from discograph.values.dates import FoundDate, find_dates
from discograph.values.patterns import NAME
from discograph.wordlists import country

DATE = Rule("prose-recorded-date", '"(the album) was recorded … on DATE"')
PLACE = Rule("prose-recorded-place", '"(the album) was recorded … at PLACE in TOWN"')
RULES = (DATE, PLACE)

# "It was recorded …", "The album was recorded …", and in the lead "… is an album by NAME, recorded …".
_RECORDED = re.compile(
    r"(?:\A(?P<subject>[^,;:]{1,80}?) (?:was|were) |(?P<lead>\b(?:album|soundtrack|EP|LP|mixtape)\b[^;:.]*?)[ ,])"
    r"(?P<verb>recorded)\b"
)
_CLAUSE_END = re.compile(
    r"[;:.]|,? (?:and|but|while|which|featuring|with|for|by) |, (?:and )?(?:re-?)?(?:released|issued)\b"
)
_AT = re.compile(rf"\b(?:at|in) (?:the )?(?P<place>{NAME})(?:,? (?:in )?(?P<town>{NAME}(?:, {NAME})?))?")
_OTHER_THINGS = re.compile(
    r"\b(?:tracks?|songs?|takes?|version|bonus|session|sides?|disc|pieces?|performances?|concert)\b"
)


def extract(document: Document) -> Findings:
    """Return a session for each sentence that says when or where the album of the page was recorded."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _session(s, document)))


def _session(sentence: Text, document: Document) -> Iterator[Record]:
    match = _RECORDED.search(sentence.value)
    if not match or (match["subject"] and not is_album(match["subject"], document)):
        return
    if match["lead"] and _OTHER_THINGS.search(match["lead"]):
        return
    start = match.start("verb")
    clause = sentence.cut(start, _end(sentence.value, match.end()))
    manner = manner_of(sentence.value[: match.end()])
    dates = find_dates(clause.value)
    date = say(dates[0].edtf, clause.cut(dates[0].start, dates[0].end), DATE, manner) if len(dates) == 1 else None
    place = _place(clause, dates)
    if date or place:
        yield SessionRecord(say(None, sentence.cut(start, start + len(clause)), DATE, manner), date, (), place)


def _end(sentence: str, start: int) -> int:
    """Return where the clause ends: the "and" of "December 4 and 5" ends none."""
    dates = find_dates(sentence)
    for match in _CLAUSE_END.finditer(sentence, start):
        if not any(date.start < match.start() < date.end for date in dates):
            return match.start()
    return len(sentence)


def _place(clause: Text, dates: list[FoundDate]) -> PlaceRecord | None:
    for match in _AT.finditer(clause.value):
        if any(date.start <= match.start("place") < date.end for date in dates):
            continue
        name, town = clause.group(match, "place"), None
        if match["town"] and not any(date.start <= match.start("town") < date.end for date in dates):
            town = clause.group(match, "town")
        is_town = match[0].startswith("in ") and place_kind(name.value, "Place") == "Place"
        if is_town or country(name.value):
            return PlaceRecord(say(name.value, name, PLACE)) if not country(name.value) else None
        return located(name, town, PLACE, place_kind(name.value, "Venue"))
    return None
