"""Which track was recorded on which day, told by titles: '"A" and "B" were recorded on May 3, 1962; "C" on May 4'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discograph.document import Text
from discograph.needles import Sieve
from discograph.records import TrackScope
from discograph.values.dates import find_dates
from discograph.wordlists import rows

_MONTHS = "|".join(rows("months")[0])
_QUOTED = r"[\"“][^\"“”]{1,100}[\"”]"
_LIST = rf"(?P<titles>{_QUOTED}(?:(?:,|,? and|,? &) {_QUOTED}){{0,12}})"
_OPENING = r"(?:(?:The|One) exception (?:is|was) (?:the (?:track|song|piece) )?|(?:The )?(?:[Tt]racks?|[Ss]ongs?) )?"
TITLES = Sieve(rf"\A{_OPENING}{_LIST},? (?:which )?(?:was|were) (?:recorded|taped|made) (?=(?:on |in |at )?\S)")
_MORE = re.compile(rf"; (?:and )?{_LIST} (?:(?:was|were) )?(?:recorded |taped )?(?=(?:on|in|at) )")
_DAY = re.compile(rf"(?:on )?(?P<date>(?:{_MONTHS}) \d{{1,2}}|\d{{1,2}} (?:{_MONTHS}))(?!,? \d{{4}}|\w)")
_ELSEWHERE = re.compile(r"\bby (?:the )?[A-Z]|\b(?:first|originally|previously|earlier|also|again|later|version)\b")

_ON_PART = r"(?:dis[ck]|CD|LP|side) \w+(?:[,:]? tracks? \d[\d\s,&and–-]*?)?"
NOTED_TRACKS = rf"Tracks? \d[\d\s,&and–-]*?|{_ON_PART}(?:,? and {_ON_PART})*"
"""What a note on recording is about: "Tracks 1–3", "Side one", "Disc 1, tracks 1–3 and disc 2, track 1"."""


@dataclass(frozen=True, slots=True)
class TitledDay:
    """One day: the words that tell of it, those of its date with their value (EDTF), and the titles."""

    words: Text
    date: Text
    edtf: str
    titles: Text
    scope: TrackScope


def titled_days(sentence: Text, known: frozenset[str]) -> Iterator[TitledDay]:
    """Yield the days of a sentence that begins with titles.

    Shape: ``known`` are the titles of the listing, case-folded; where the listing is lost, none.
    Only days count: a year may be that of the song. A later day takes the year of the one before it.
    """
    first = TITLES.match(sentence.value)
    if not first or _ELSEWHERE.search(sentence.value):
        return
    year = ""
    starts = [first, *_MORE.finditer(sentence.value, first.end())]
    if not known and len(starts) == 1:
        return  # one title may be any song
    for number, match in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(sentence.value.rstrip("."))
        words = sentence.cut(match.start("titles"), stop)
        told = sentence.cut(match.end(), stop)
        found = _day(told, year)
        titles = tuple(re.findall(r"[\"“]([^\"“”]+)[\"”]", match["titles"]))
        if found is None or (known and not all(_key(title) in known for title in titles)):
            return
        date, edtf = found
        year = edtf[:4]
        scope = TrackScope(titles=tuple(title.strip(" ,.") for title in titles), text=match["titles"])
        yield TitledDay(words, date, edtf, sentence.group(match, "titles"), scope)


def _key(title: str) -> str:
    return title.strip(" ,.").casefold()


def _day(told: Text, year: str) -> tuple[Text, str] | None:
    """Return the day that words tell, with the year before it where they name none; None if they name no day."""
    dates = find_dates(told.value)
    if len(dates) == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d", dates[0].edtf):
        return told.cut(dates[0].start, dates[0].end), dates[0].edtf
    match = _DAY.match(told.value)
    found = find_dates(f"{match['date']} {year}") if match and year and not dates else []
    return (told.group(match, "date"), found[0].edtf) if match and found else None
