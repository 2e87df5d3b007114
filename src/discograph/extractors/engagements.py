"""Prose about bookings and runs of performances at a venue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import located, manner_of, place_kind
from discograph.records import EngagementRecord, Findings, Manner, Record, Rule, quoted, say
from discograph.values.dates import find_dates
from discograph.values.patterns import NAME

BOOKED = Rule("prose-engagement", "\"NAME was booked to perform / performed at the VENUE in TOWN in DATE\"")
RESIDENCY = Rule("prose-residency", "\"NAME's residency / engagement at the VENUE in TOWN\"")
RULES = (BOOKED, RESIDENCY)

_WHERE = rf"at (?:the )?(?P<venue>{NAME})(?: (?:club|nightclub))?(?:(?:,| in| in the)? (?P<town>{NAME}))?"
_BOOKED = re.compile(
    rf"(?<![\w’'])(?P<agent>{NAME}) (?:was |were |had been )?"
    rf"(?P<verb>(?:booked|engaged|hired|invited|scheduled) to (?:perform|play|appear)|(?:performed|played|appeared)(?: live)?) {_WHERE}"
)
_RESIDENCY = re.compile(
    rf"(?<![\w’'])(?P<agent>{NAME})['’]s? (?:\w+-\w+ |\w+ )?(?P<verb>residency|engagement|booking) {_WHERE}"
)


def extract(document: Document) -> Findings:
    """Return the engagements of named agents at named venues."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _engagements(s)))


def _engagements(sentence: Text) -> Iterator[Record]:
    for pattern, rule in ((_BOOKED, BOOKED), (_RESIDENCY, RESIDENCY)):
        for match in pattern.finditer(sentence.value):
            manner = manner_of(sentence.value[: match.start("venue")])
            if manner == Manner.NEGATED or match["agent"] in _PRONOUNS:
                continue
            yield _engagement(sentence, match, rule, manner)


def _engagement(sentence: Text, match: re.Match[str], rule: Rule, manner: Manner) -> EngagementRecord:
    dates = find_dates(sentence.value)
    town = sentence.group(match, "town") if match["town"] else None
    if match["town"] and any(date.start <= match.start("town") < date.end for date in dates):
        town = None
    venue = located(sentence.group(match, "venue"), town, rule, place_kind(match["venue"], "Venue"))
    after = next((date for date in dates if date.start >= match.end("venue")), None)
    date = say(after.edtf, sentence.cut(after.start, after.end), rule, manner) if after else None
    said = say(None, sentence.cut(match.start("agent"), match.end("venue")), rule, manner)
    return EngagementRecord(said, quoted(sentence.group(match, "agent"), rule, manner), venue, date)


_PRONOUNS = frozenset({"It", "He", "She", "They", "We", "I", "This", "The"})
