"""Lines of a track listing that say of which edition it is: "For the 1958 Quay LP, Quay QM 100"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discograph.document import Text
from discograph.extractors.release_phrases import CATALOGUE, DATE, FORMAT, KIND, LABEL
from discograph.needles import Sieve
from discograph.records import ReleaseEventRecord, Rule, quoted, say
from discograph.values.carriers import carrier_phrase
from discograph.values.dates import find_dates

LISTING = Rule(
    "listing-edition", '"For the YEAR LABEL LP, LABEL NUMBER", "Issued on CD in YEAR: LABEL NUMBER" in a listing'
)
RULES = (LISTING,)

_NUMBERED = Sieve(
    r"(?P<told>(?:For the|[Oo]riginally|[Ff]irst|(?:[Rr]e-?)?(?:[Ii]ssued|[Rr]eleased))\b[^;:]{4,120})[:,] "
    r"(?P<label>[A-Z][\w&.'’-]*(?: [A-Z][a-z][\w&.'’-]*){0,3}) "
    r"(?P<number>(?:[A-Z]{1,5}[- ]?)?\d[\w–-]*(?: \d[\w–-]*){0,3})\.?\Z"
)
_ISSUE = re.compile(
    r"\b(?:albums?|issue[sd]?|re-?issue[sd]?|releases?|re-?released?|set|edition|version)\b", re.IGNORECASE
)
_AGAIN = re.compile(r"\bre-?(?:issue|release)d?\b", re.IGNORECASE)


def listed_edition(line: Text) -> Iterator[ReleaseEventRecord]:
    """Yield the releases that a line of a track listing names with label and number, one for each clause of it."""
    for clause in line.split(re.compile(r";\s*")):
        match = _NUMBERED.search(clause.value)
        if match and (carrier_phrase().search(match["told"]) or _ISSUE.search(match["told"])):
            yield _event(clause, match)


def _event(clause: Text, match: re.Match[str]) -> ReleaseEventRecord:
    told = clause.group(match, "told")
    dates = find_dates(told.value)
    carrier = carrier_phrase().search(told.value)
    again = _AGAIN.search(told.value)
    return ReleaseEventRecord(
        say(None, clause, LISTING),
        date=say(dates[0].edtf, told.cut(dates[0].start, dates[0].end), DATE) if dates else None,
        labels=(quoted(clause.group(match, "label"), LABEL),),
        kind=say("reissue", told.group(again, 0), KIND) if again else None,
        edition=quoted(told.group(carrier, 0), FORMAT) if carrier else None,
        catalogue=quoted(clause.group(match, "number"), CATALOGUE),
    )
