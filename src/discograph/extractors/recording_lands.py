"""A country as the place of a recording: "recorded in Denmark in 1974", where no town or studio is named."""

from __future__ import annotations

import re

from discograph.document import Text
from discograph.extractors.base import territory
from discograph.records import PlaceRecord, Rule, quoted
from discograph.wordlists import country, words

_NEXT = re.compile(r"(?:,|,? (?:and|&|or|to|then|but)(?: in)?) (?:the )?(?P<word>[A-Z]\w*)")
_VAGUE = re.compile(r"\b(?:somewhere|elsewhere|partly|[a-z]+s) (?:in|throughout) (?:the )?\Z")
"""Nothing but a part of the recording, or "various places in"."""


def town_or_land(clause: Text, start: int, stop: int, rule: Rule) -> PlaceRecord | None:
    """Return the town or country that a clause names between two offsets; None if it is one of several countries.

    An adjective is a language here: "recorded in Danish".
    """
    name = clause.cut(start, stop)
    found = country(name.value)
    if found is None:
        return PlaceRecord(quoted(name, rule))
    if _plain(name.value) not in (_plain(found.name), _plain(found.label)):
        return None
    following = _NEXT.match(clause.value, stop)
    is_one_of_several = following is not None and following["word"].casefold() not in words("months")
    return None if is_one_of_several or _VAGUE.search(clause.value, 0, start) else territory(name, rule)


def without_lands(places: list[tuple[int, PlaceRecord]]) -> list[tuple[int, PlaceRecord]]:
    """Return the places of a clause without countries, where it names towns or studios, too."""
    return [place for place in places if not place[1].canonical] or places


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace(".", "")
