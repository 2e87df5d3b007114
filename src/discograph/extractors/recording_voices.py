"""Clauses on the recording of the album that are not "it was recorded": participles before it, and who recorded it."""

from __future__ import annotations

import re

from discograph.document import Document, Text
from discograph.extractors.base import is_album
from discograph.needles import Sieve
from discograph.values.dates import find_dates
from discograph.values.patterns import NAME, unquote

_AT = r"(?=(?:live |entirely |mostly )?(?:at|in|on|between|from|over|during) )"
OPENED = Sieve(
    rf"\A(?P<clause>(?:Recorded|Taped) {_AT}[^;:]{{4,150}}?), (?P<subject>it|(?:the|this) (?:album|record|LP|recording)"
    rf"|{NAME}) (?:was|is|has|had|features|featured|contains|includes|marks|marked|became)\b"
)
"""In the lead: "Recorded in May 1960, it was released …"; elsewhere "it" may be a song."""
ACTIVE = Sieve(
    rf"\A(?:In [^,]{{4,30}}, )?(?:He|She|They|The (?:band|group|trio|quartet|quintet|sextet|duo|orchestra)|{NAME}) "
    rf"(?:then |first )?(?P<verb>recorded) (?P<object>(?:the|this) (?:album|LP|record)|[\"“]?{NAME}[\"”]?) {_AT}"
)
BOTH = Sieve(
    r"\brecorded and (?:first |originally |then )?(?:released|issued) in (?P<date>(?:[A-Z][a-z]+ )?(?:19|20)\d\d)\b"
)


def opening(sentence: Text, document: Document, *, is_lead: bool) -> Text | None:
    """Return the clause of a participle before the album: "Recorded in May 1960, the album was released …"."""
    match = OPENED.match(sentence.value)
    if match is None:
        return None
    subject = match["subject"]
    is_told = (is_lead or subject != "it") and is_album(unquote(subject), document)
    return sentence.group(match, "clause") if is_told else None


def active(sentence: Text, document: Document) -> re.Match[str] | None:
    """Return the match of "NAME recorded the album at …" with its verb; None where nobody is said to have."""
    match = ACTIVE.match(sentence.value)
    return match if match and is_album(unquote(match["object"]), document) else None


def with_release(sentence: Text, start: int) -> Text | None:
    """Return the clause of a date that recording and release share: "recorded and released in 1964"; or None."""
    match = BOTH.match(sentence.value, start)
    return sentence.group(match, 0) if match and len(find_dates(match["date"])) == 1 else None
