"""Days named without their year: "On December 4, he brought …".

MOS:DATE lets articles omit the year where there is no risk of ambiguity; assembly finds the one session day
that is meant.
"""

from __future__ import annotations

from discograph.document import Document
from discograph.needles import Sieve
from discograph.records import DayMention, Findings, Manner, Rule, say

DAY = Rule("prose-session-day", '"On MONTH DAY" without a year is the one session day that it can mean (MOS:DATE)')
RULES = (DAY,)

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAY = Sieve(
    rf"\bOn (?:(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<month2>{'|'.join(_MONTHS)}))"
    r"(?=, (?!\d)| [^\W\d])"
)


def extract(document: Document) -> Findings:
    """Return the days without a year that open a clause."""
    found = []
    for text in document.paragraphs():
        for match in _DAY.finditer(text.value):
            month = _MONTHS.index(match["month"] or match["month2"]) + 1
            day = int(match["day"] or match["day2"])
            found.append(DayMention(say(f"{month:02}-{day:02}", text.group(match, 0), DAY, Manner.IMPLIED)))
    return Findings(tuple(found))
