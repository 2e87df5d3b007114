"""Prose about bookings and performances at a venue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Document, Text
from discograph.document.sentences import sentences
from discograph.extractors.base import located, manner_of, place_kind
from discograph.needles import Sieve
from discograph.records import EngagementRecord, Findings, Manner, Record, Rule, quoted, say
from discograph.values.dates import find_dates
from discograph.values.patterns import NAME

ENGAGEMENT = Rule(
    "prose-engagement",
    '"NAME was booked to perform / performed at the VENUE in TOWN in DATE", "NAME\'s residency / concert at …"',
)
RULES = (ENGAGEMENT,)

_PERFORMED = (
    r"(?:was |were |had been )?(?:(?:booked|engaged|hired|scheduled) to (?:perform|play|appear)"
    r"|performed|played|appeared|headlined)(?: (?:live|regularly|nightly))?"
)
_EVENT = r"(?:residency|engagement|booking|concert|performance|appearance|gig|run|stint)"
_ENGAGEMENT = Sieve(
    rf"(?<![\w’'])(?P<agent>{NAME})(?: {_PERFORMED}|['’]s? (?:[\w-]+ ){{0,2}}{_EVENT}) at (?:the )?"
    rf"(?P<venue>{NAME})(?: (?:club|nightclub|theater|theatre))?(?:(?:,| in| in the) (?P<town>{NAME}))?"
)
_NO_NAMES = frozenset({"It", "He", "She", "They", "We", "I", "This", "The", "Who", "Both"})


def extract(document: Document) -> Findings:
    """Return the engagements of named agents at named venues."""
    return Findings(tuple(r for text in document.paragraphs() for s in sentences(text) for r in _engagements(s)))


def _engagements(sentence: Text) -> Iterator[Record]:
    if " at " not in sentence.value:  # most sentences; spares the search for names
        return
    for match in _ENGAGEMENT.finditer(sentence.value):
        manner = manner_of(sentence.value[: match.start("venue")])
        if manner != Manner.NEGATED and match["agent"] not in _NO_NAMES:
            yield _engagement(sentence, match, manner)


def _engagement(sentence: Text, match: re.Match[str], manner: Manner) -> EngagementRecord:
    dates = find_dates(sentence.value)
    town = sentence.group(match, "town") if match["town"] else None
    if town and any(date.start <= match.start("town") < date.end for date in dates):
        town = None
    venue = located(sentence.group(match, "venue"), town, ENGAGEMENT, place_kind(match["venue"], "Venue"))
    after = next((date for date in dates if date.start >= match.end("venue")), None)
    date = say(after.edtf, sentence.cut(after.start, after.end), ENGAGEMENT, manner) if after else None
    said = say(None, sentence.cut(match.start("agent"), match.end("venue")), ENGAGEMENT, manner)
    return EngagementRecord(said, quoted(sentence.group(match, "agent"), ENGAGEMENT, manner), venue, date)
